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
import io.camunda.zeebe.stream.impl.ControllableStreamClockImpl;
import io.camunda.zeebe.stream.impl.StreamProcessor;
import io.camunda.zeebe.util.FeatureFlags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Zeebe's own stream processor and engine, put together for a single partition without authorizations. */
final class Processing implements AutoCloseable {

  static final int PARTITION = 1;
  private static final int CLOSING_SECONDS = 5;

  private final ActorScheduler scheduler;
  private final StreamProcessor processor;
  private final StateDb state = new StateDb();
  private final ControllableStreamClockImpl clock;
  private final CompletableFuture<Void> recovered = new CompletableFuture<>();

  Processing(
      final LogStream stream,
      final ControllableStreamClockImpl clock,
      final Commands commands,
      final JobAvailability availability,
      final Replies replies) {
    this.clock = clock;
    scheduler = ActorScheduler.newActorScheduler().setCpuBoundActorThreadCount(2).setIoBoundActorThreadCount(1).build();
    processor =
        StreamProcessor.builder()
            .logStream(stream)
            .zeebeDb(state)
            .commandResponseWriter(replies)
            .partitionCommandSender(commands)
            .recordProcessors(List.of(engine(commands, availability)))
            .actorSchedulingService(scheduler)
            .clock(clock)
            .meterRegistry(new SimpleMeterRegistry())
            .addLifecycleListener(recovery())
            .build();
  }

  private static Engine engine(final Commands commands, final JobAvailability availability) {
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

  private StreamProcessorLifecycleAware recovery() {
    return new StreamProcessorLifecycleAware() {
      @Override
      public void onRecovered(final ReadonlyStreamProcessorContext context) {
        // The engine itself looks for a pinned clock only before it replays, when the state is still empty.
        clock.applyModification(new DbClockState(state, state.createContext()).getModification());
        recovered.complete(null);
      }

      @Override
      public void onFailed() {
        recovered.completeExceptionally(new IllegalStateException("the engine failed while replaying its log"));
      }
    };
  }

  /** Replays the log; returns when everything in it has taken effect. */
  void start(final Health health) throws InterruptedException, ExecutionException {
    scheduler.start();
    processor.openAsync(false).join();
    processor.addFailureListener(health);
    recovered.get();
  }

  @Override
  public void close() throws Exception {
    processor.closeAsync().join(CLOSING_SECONDS, TimeUnit.SECONDS);
    scheduler.stop().get(CLOSING_SECONDS, TimeUnit.SECONDS);
  }
}
