package zhengjian.engine;

import io.camunda.zeebe.protocol.impl.record.value.job.JobBatchRecord;
import io.camunda.zeebe.protocol.impl.record.value.job.JobRecord;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.JobBatchIntent;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Brings jobs to one client call: once for ActivateJobs (a long poll), again and again for StreamActivatedJobs.
 *
 * <p>The steps of a delivery never run at the same time: it is either asking the engine, or parked, or done. Jobs that
 * were activated for a client that has gone are yielded, which makes them available again at once.
 */
final class JobDelivery {

  /** The client's side of a call. */
  interface Client {
    /** Whether more can be sent now; when not, {@link JobDelivery#proceed} is called once it can. */
    boolean ready();

    boolean gone();

    void jobs(JobBatchRecord batch);

    void finished();

    void failed(Throwable failure);
  }

  private enum State {
    IDLE,
    ASKING,
    PARKED,
    DONE
  }

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Commands commands;
  private final JobAvailability availability;
  private final ScheduledExecutorService timer;
  private final Supplier<JobBatchRecord> request;
  private final String type;
  private final boolean forever;
  private final long deadline;
  private final Client client;
  private final BooleanSupplier waiter = this::wake;
  private State state = State.IDLE;
  private ScheduledFuture<?> alarm;

  JobDelivery(
      final Commands commands,
      final JobAvailability availability,
      final ScheduledExecutorService timer,
      final Supplier<JobBatchRecord> request,
      final Duration wait,
      final Client client) {
    this.commands = commands;
    this.availability = availability;
    this.timer = timer;
    this.request = request;
    this.client = client;
    type = request.get().getType();
    forever = wait == null;
    deadline = System.nanoTime() + (forever ? 0 : wait.toNanos());
  }

  /** Goes on when nothing is under way. */
  synchronized void proceed() {
    if (state != State.IDLE || !client.ready()) {
      return;
    }
    if (client.gone()) {
      end();
    } else if (availability.park(type, waiter)) {
      park();
    } else {
      ask();
    }
  }

  private void park() {
    final long left = forever ? Long.MAX_VALUE : deadline - System.nanoTime();
    if (left <= 0) {
      availability.leave(type, waiter);
      state = State.DONE;
      client.finished();
      return;
    }
    state = State.PARKED;
    alarm =
        timer.schedule(this::alarmed, Math.min(left, JobAvailability.PROBE.toNanos() + 1), TimeUnit.NANOSECONDS);
  }

  private synchronized boolean wake() {
    if (state != State.PARKED || client.gone()) {
      return false;
    }
    alarm.cancel(false);
    state = State.IDLE;
    if (!client.ready()) {
      return false; // Another one shall have the jobs; this one asks again when it can send.
    }
    proceed();
    return true;
  }

  private synchronized void alarmed() {
    if (state == State.PARKED) {
      availability.leave(type, waiter);
      state = State.IDLE;
      proceed();
    }
  }

  private void ask() {
    state = State.ASKING;
    final var batch = request.get();
    final long version = availability.version(type);
    final int most = batch.getMaxJobsToActivate();
    commands
        .send(Command.of(ValueType.JOB_BATCH, JobBatchIntent.ACTIVATE, batch), PATIENCE)
        .whenCompleteAsync((reply, failure) -> answered(version, most, reply, failure), timer);
  }

  private synchronized void answered(
      final long version, final int most, final Reply reply, final Throwable failure) {
    if (failure != null || reply.rejected()) {
      state = State.DONE;
      client.failed(failure != null ? failure : new Rejection(reply));
      return;
    }
    final var batch = reply.into(new JobBatchRecord());
    final int brought = batch.getJobKeys().size();
    availability.activated(type, version, brought >= most || batch.getTruncated());
    if (client.gone()) {
      giveBack(batch);
      end();
      return;
    }
    if (brought > 0) {
      client.jobs(batch);
    }
    if (!forever && (brought > 0 || System.nanoTime() >= deadline)) {
      state = State.DONE;
      client.finished();
      return;
    }
    state = State.IDLE;
    proceed();
  }

  private void giveBack(final JobBatchRecord batch) {
    final var keys = batch.jobKeys().iterator();
    for (final JobRecord job : batch.jobs()) {
      commands.sendCommand(1, ValueType.JOB, JobIntent.YIELD, keys.next().getValue(), job);
    }
  }

  /** The client went away. */
  synchronized void end() {
    if (state == State.PARKED) {
      alarm.cancel(false);
      availability.leave(type, waiter);
    }
    if (state != State.ASKING) {
      state = State.DONE;
    }
  }
}
