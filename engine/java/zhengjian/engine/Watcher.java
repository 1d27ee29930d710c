package zhengjian.engine;

/** Is told when the engine cannot go on. The process has to end then; it is ended anyway if this does not do it. */
public interface Watcher {

  /** The log cannot be written. */
  String DISK = "disk";

  /** The engine itself has failed. */
  String ENGINE = "engine";

  void failed(String kind, String detail);
}
