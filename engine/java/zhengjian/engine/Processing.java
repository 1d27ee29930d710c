package zhengjian.engine;

import io.camunda.search.clients.SearchClientsProxy;
import io.camunda.security.auth.BrokerRequestAuthorizationConverter;
import io.camunda.security.configuration.SecurityConfiguration;
import io.camunda.zeebe.engine.Engine;
import io.camunda.zeebe.engine.EngineConfiguration;
import io.camunda.zeebe.engine.processing.EngineProcessors;
import io.camunda.zeebe.engine.processing.message.command.SubscriptionCommandSender;
import io.camunda.zeebe.engine.state.clock.DbClockState;
import io.camunda.zeebe.logstreams.log.LogStream;
import io.camunda.zeebe.scheduler.ActorScheduler;
import io.camunda.zeebe.stream.api.ReadonlyStreamProcessorContext;
import io.camunda.zeebe.stream.api.StreamProcessorLifecycleAware;
import io.camunda.zeebe.stream.impl.StreamProcessor;
import io.camunda.zeebe.util.FeatureFlags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Zeebe's own stream processor and engine, put together for a single partition without authorizations.
 *
 * <p>The engine plans its checks (timers, job timeouts, message expiry) on its clock, and would do nothing more until
 * the clock has again reached what it was planned for. So the processing starts anew, from the log, when the clock is
 * set back; commands that come meanwhile wait in the log.
 */
final class Processing implements AutoCloseable {

  static final int PARTITION = 1;
  private static final int CLOSING_SECONDS = 5;

  private final LogStream stream;
  private final EngineClock clock;
  private final Commands commands;
  private final JobAvailability availability;
  private final Replies replies;
  private final Health health;
  private final ActorScheduler scheduler =
      ActorScheduler.newActorScheduler().setCpuBoundActorThreadCount(2).setIoBoundActorThreadCount(1).build();
  private StreamProcessor processor;
  private boolean closed;

  Processing(
      final LogStream stream,
      final EngineClock clock,
      final Commands commands,
      final JobAvailability availability,
      final Replies replies,
      final Health health) {
    this.stream = stream;
    this.clock = clock;
    this.commands = commands;
    this.availability = availability;
    this.replies = replies;
    this.health = health;
  }

  /** Replays the log; returns when everything in it has taken effect. */
  void start() throws Exception {
    scheduler.start();
    replay();
  }

  private synchronized void startAnew() {
    if (closed) {
      return;
    }
    try {
      processor.closeAsync().join(CLOSING_SECONDS, TimeUnit.SECONDS);
      replay();
    } catch (final Exception e) {
      health.dead(Watcher.ENGINE, e);
    }
  }

  private synchronized void replay() throws InterruptedException, ExecutionException {
    clock.whenSetBack(() -> {}); // Replaying moves the clock itself.
    final var state = new StateDb();
    final var recovered = new CompletableFuture<Void>();
    processor =
        StreamProcessor.builder()
            .logStream(stream)
            .zeebeDb(state)
            .commandResponseWriter(replies)
            .partitionCommandSender(commands)
            .recordProcessors(List.of(engine()))
            .actorSchedulingService(scheduler)
            .clock(clock)
            .meterRegistry(new SimpleMeterRegistry())
            .addLifecycleListener(recovery(state, recovered))
            .build();
    processor.openAsync(false).join();
    processor.addFailureListener(health);
    recovered.get();
  }

  private Engine engine() {
    final var security = new SecurityConfiguration();
    // Who may do what is decided in front of the engine, by user, group and task.
    security.getAuthorizations().setEnabled(false);
    return new Engine(
        context ->
            EngineProcessors.createEngineProcessors(
                context,
                PARTITION,
                new SubscriptionCommandSender(context.getPartitionId(), commands),
                commands,
                FeatureFlags.createDefault(),
                availability,
                SearchClientsProxy.noop(),
                new BrokerRequestAuthorizationConverter(security)),
        new EngineConfiguration(),
        security);
  }

  private StreamProcessorLifecycleAware recovery(final StateDb state, final CompletableFuture<Void> recovered) {
    return new StreamProcessorLifecycleAware() {
      @Override
      public void onRecovered(final ReadonlyStreamProcessorContext context) {
        // The engine itself looks for a pinned clock only before it replays, when the state is still empty.
        clock.applyModification(new DbClockState(state, state.createContext()).getModification());
        clock.whenSetBack(() -> new Thread(Processing.this::startAnew, "engine-clock-set-back").start());
        recovered.complete(null);
      }

      @Override
      public void onFailed() {
        recovered.completeExceptionally(new IllegalStateException("the engine failed while replaying its log"));
      }
    };
  }

  @Override
  public synchronized void close() throws Exception {
    closed = true;
    if (processor != null) {
      processor.closeAsync().join(CLOSING_SECONDS, TimeUnit.SECONDS);
    }
    scheduler.stop().get(CLOSING_SECONDS, TimeUnit.SECONDS);
  }
}
