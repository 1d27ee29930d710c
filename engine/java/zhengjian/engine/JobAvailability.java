package zhengjian.engine;

import io.camunda.zeebe.engine.processing.streamprocessor.JobStreamer;
import io.camunda.zeebe.protocol.impl.stream.job.JobActivationProperties;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.agrona.DirectBuffer;

/**
 * Knows for which job types asking the engine may be worth while, so that waiting workers do not fill the log.
 *
 * <p>The engine tells when a job becomes available, which raises the type's version. An activation that leaves nothing
 * behind proves the type empty as of the version read before it was sent. Waiters are woken one at a time, first come
 * first served; whoever got as many jobs as it asked for wakes the next. As a safety net a type counts as unknown again
 * {@link #PROBE} after it was found empty.
 *
 * <p>Jobs are never pushed by the engine: a job stream is served by activations too, so that no job is lost between the
 * engine and a client that is gone.
 */
final class JobAvailability implements JobStreamer {

  static final Duration PROBE = Duration.ofSeconds(60);

  private final ConcurrentHashMap<String, JobType> types = new ConcurrentHashMap<>();
  private final Executor executor;

  JobAvailability(final Executor executor) {
    this.executor = executor;
  }

  private static final class JobType {
    private final ArrayDeque<BooleanSupplier> waiters = new ArrayDeque<>();
    private long version;
    private long emptyAt = -1;
    private long emptySince;

    private boolean mayHave() {
      return version > emptyAt || System.nanoTime() - emptySince > PROBE.toNanos();
    }
  }

  private JobType type(final String name) {
    return types.computeIfAbsent(name, ignored -> new JobType());
  }

  @Override
  public void notifyWorkAvailable(final String name) {
    final var type = type(name);
    synchronized (type) {
      type.version++;
    }
    wakeNext(type);
  }

  @Override
  public Optional<JobStream> streamFor(
      final DirectBuffer jobType, final Predicate<JobActivationProperties> filter) {
    return Optional.empty();
  }

  long version(final String name) {
    final var type = type(name);
    synchronized (type) {
      return type.version;
    }
  }

  /** Parks a waiter unless the type may have jobs: then false. The waiter answers whether it takes the wake-up. */
  boolean park(final String name, final BooleanSupplier waiter) {
    final var type = type(name);
    synchronized (type) {
      if (type.mayHave()) {
        return false;
      }
      type.waiters.add(waiter);
      return true;
    }
  }

  void leave(final String name, final BooleanSupplier waiter) {
    final var type = type(name);
    synchronized (type) {
      type.waiters.remove(waiter);
    }
  }

  /** Takes note of what an activation sent at a version brought. */
  void activated(final String name, final long version, final boolean more) {
    final var type = type(name);
    final boolean wake;
    synchronized (type) {
      if (!more && version >= type.emptyAt) {
        type.emptyAt = version;
        type.emptySince = System.nanoTime();
      }
      wake = more || type.version > version;
    }
    if (wake) {
      wakeNext(type);
    }
  }

  private void wakeNext(final JobType type) {
    final BooleanSupplier waiter;
    synchronized (type) {
      waiter = type.waiters.poll();
    }
    if (waiter != null) {
      executor.execute(
          () -> {
            if (!waiter.getAsBoolean()) {
              wakeNext(type);
            }
          });
    }
  }
}
