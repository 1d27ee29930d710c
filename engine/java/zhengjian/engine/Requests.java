package zhengjian.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The requests that wait for the engine's answer.
 *
 * <p>Ids never meet those of an earlier life, which may still stand unprocessed in the log: they start above the log's
 * highest position times 2^20, and every request that was written moved that position up. Each request ends: by its
 * answer, or by its time running out, and is forgotten then.
 */
final class Requests {

  /** Marks commands whose answer this program waits for. */
  static final int STREAM = 1;

  private static final int MOST = 10_000;

  private final ConcurrentHashMap<Long, CompletableFuture<Reply>> waiting = new ConcurrentHashMap<>();
  private final AtomicLong ids;

  Requests(final long highestPosition) {
    ids = new AtomicLong((highestPosition + 1) << 20);
  }

  /** A new request and the future of its answer; null when too many wait already. */
  Request open(final Duration patience) {
    if (waiting.size() >= MOST) {
      return null;
    }
    final long id = ids.incrementAndGet();
    final var answer = new CompletableFuture<Reply>();
    waiting.put(id, answer);
    answer.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS);
    answer.whenComplete((reply, failure) -> waiting.remove(id));
    return new Request(id, answer);
  }

  boolean waiting(final long id) {
    return waiting.containsKey(id);
  }

  void answer(final long id, final Reply reply) {
    final var answer = waiting.get(id);
    if (answer != null) {
      answer.complete(reply);
    }
  }

  /** Nobody will answer any more. */
  void abandon() {
    waiting.values().forEach(answer -> answer.completeExceptionally(new TimeoutException("the engine has stopped")));
  }

  record Request(long id, CompletableFuture<Reply> answer) {}
}
