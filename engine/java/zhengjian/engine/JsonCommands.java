package zhengjian.engine;

import io.camunda.zeebe.protocol.impl.record.value.job.JobBatchRecord;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.Intent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Commands given as JSON, which is how Python gives them. */
final class JsonCommands {

  private final Commands commands;
  private final JobAvailability availability;
  private final Executor executor;

  JsonCommands(final Commands commands, final JobAvailability availability, final Executor executor) {
    this.commands = commands;
    this.availability = availability;
    this.executor = executor;
  }

  /** Waits for the answer; {@link Answers} tells its shape. */
  byte[] submit(
      final String valueType, final String intent, final byte[] value, final long key, final long timeoutMillis)
      throws InterruptedException {
    try {
      return Answers.of(send(valueType, intent, value, key, timeoutMillis).get(), null);
    } catch (final ExecutionException e) {
      return Answers.of(null, e.getCause());
    }
  }

  CompletableFuture<byte[]> submitLater(
      final String valueType, final String intent, final byte[] value, final long key, final long timeoutMillis) {
    return send(valueType, intent, value, key, timeoutMillis).handleAsync(Answers::of, executor);
  }

  private CompletableFuture<Reply> send(
      final String valueType, final String intent, final byte[] value, final long key, final long timeoutMillis) {
    final Command command;
    try {
      final var type = ValueType.valueOf(valueType);
      command = Command.of(type, intent(type, intent), key, Values.of(type, Json.object(value)));
    } catch (final RuntimeException e) {
      return CompletableFuture.failedFuture(new Answers.Invalid(e));
    }
    final var patience = Duration.ofMillis(timeoutMillis);
    return command.value() instanceof JobBatchRecord batch
        ? activate(command, batch, patience)
        : commands.send(command, patience);
  }

  /** By number, because Zeebe's look-up by name leaves out some types. */
  private static Intent intent(final ValueType type, final String name) {
    for (short number = 0; number < Intent.NULL_VAL; number++) {
      final var known = Intent.fromProtocolValue(type, number);
      if (known.name().equals(name) && !known.isEvent()) {
        return known;
      }
    }
    throw new IllegalArgumentException("There is no command " + name + " for " + type);
  }

  private CompletableFuture<Reply> activate(
      final Command command, final JobBatchRecord batch, final Duration patience) {
    final var type = batch.getType();
    final int most = batch.getMaxJobsToActivate();
    final long version = availability.version(type);
    return commands
        .send(command, patience)
        .whenComplete(
            (reply, failure) -> {
              if (failure == null && !reply.rejected()) {
                final var got = reply.into(new JobBatchRecord());
                availability.activated(type, version, got.getJobKeys().size() >= most || got.getTruncated());
              }
            });
  }

  /** Waits until a job of the type may be available; false when the time ran out. */
  boolean waitForJobs(final String type, final long timeoutMillis) throws InterruptedException {
    final var woken = new CountDownLatch(1);
    final BooleanSupplier waiter =
        () -> {
          woken.countDown();
          return true;
        };
    if (!availability.park(type, waiter)) {
      return true;
    }
    final boolean available = woken.await(timeoutMillis, TimeUnit.MILLISECONDS);
    availability.leave(type, waiter);
    return available;
  }
}
