package zhengjian.engine;

import io.camunda.zeebe.logstreams.storage.LogStorage;

/** What this engine asks of its log beyond what Zeebe's interface names. */
interface EngineLog extends LogStorage {

  /** Runs something after everything appended so far is as durable as this log makes it. */
  void whenDurable(Runnable then);

  /** The position of the last committed event, 0 when there is none. Commands and rejections are not events. */
  long lastEvent();

  /** Makes durable what was appended, and takes no more. */
  void shutDown() throws InterruptedException;
}
