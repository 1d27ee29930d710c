package zhengjian.engine;

import io.camunda.search.clients.SearchClientsProxy;
import io.camunda.security.auth.BrokerRequestAuthorizationConverter;
import io.camunda.security.configuration.SecurityConfiguration;
import io.camunda.zeebe.engine.Engine;
import io.camunda.zeebe.engine.EngineConfiguration;
import io.camunda.zeebe.engine.processing.EngineProcessors;
import io.camunda.zeebe.engine.processing.message.command.SubscriptionCommandSender;
import io.camunda.zeebe.logstreams.log.LogStream;
import io.camunda.zeebe.protocol.impl.record.value.job.JobBatchRecord;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.scheduler.ActorScheduler;
import io.camunda.zeebe.stream.api.ReadonlyStreamProcessorContext;
import io.camunda.zeebe.stream.api.StreamProcessorLifecycleAware;
import io.camunda.zeebe.stream.impl.ControllableStreamClockImpl;
import io.camunda.zeebe.stream.impl.StreamProcessor;
import io.camunda.zeebe.util.FeatureFlags;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The Zeebe engine with a durable log, serving gRPC, and open to the Python program around it. */
public final class EngineHost {

  private static final int PARTITION = 1;

  private final DirectoryLock lock;
  private final DurableLog durable;
  private final EngineLog log;
  private final ActorScheduler scheduler;
  private final LogStream stream;
  private final StreamProcessor processor;
  private final Commands commands;
  private final JobAvailability availability;
  private final Records records;
  private final BasicAuthentication authentication;
  private final Health health;
  private final Server server;
  private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(4, daemons());

  /** Replays the log and serves; returns when clients may come. A null directory keeps the log in memory. */
  public EngineHost(
      final String directory,
      final long segmentBytes,
      final String host,
      final int port,
      final Authenticator authenticator,
      final Watcher watcher)
      throws Exception {
    health = new Health(watcher);
    if (directory == null) {
      lock = null;
      durable = null;
      log = new MemoryLog();
    } else {
      lock = DirectoryLock.take(Path.of(directory));
      durable = new DurableLog(Path.of(directory, "log"), segmentBytes, health::logBroken);
      log = durable;
    }
    final var requests = new Requests(durable == null ? 0 : durable.highest(), workers);
    scheduler = ActorScheduler.newActorScheduler().setCpuBoundActorThreadCount(2).setIoBoundActorThreadCount(1).build();
    scheduler.start();
    final var clock = new ControllableStreamClockImpl(InstantSource.system());
    stream =
        LogStream.builder()
            .withPartitionId(PARTITION)
            .withLogName("log")
            .withLogStorage(log)
            .withClock(clock)
            .withMeterRegistry(new SimpleMeterRegistry())
            .build();
    commands = new Commands(stream.newLogStreamWriter(), requests);
    availability = new JobAvailability(workers);
    records = new Records(stream.newLogStreamReader(), log);
    authentication = new BasicAuthentication(authenticator);
    final var recovered = new CompletableFuture<Void>();
    processor = processor(clock, new Replies(requests, log), recovered);
    processor.openAsync(false).join();
    processor.addFailureListener(health);
    recovered.get();
    final var gateway = new Gateway(commands, availability, workers);
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
            .addService(gateway)
            .intercept(authentication)
            .permitKeepAliveTime(10, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .build();
    serve(gateway, host);
  }

  private void serve(final Gateway gateway, final String host) throws IOException {
    server.start();
    gateway.boundTo(InetSocketAddress.createUnresolved(host, server.getPort()));
  }

  private StreamProcessor processor(
      final ControllableStreamClockImpl clock, final Replies replies, final CompletableFuture<Void> recovered) {
    final var security = new SecurityConfiguration();
    security.getAuthorizations().setEnabled(false);
    final var engine =
        new Engine(
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
    return StreamProcessor.builder()
        .logStream(stream)
        .zeebeDb(new StateDb())
        .commandResponseWriter(replies)
        .partitionCommandSender(commands)
        .recordProcessors(List.of(engine))
        .actorSchedulingService(scheduler)
        .clock(clock)
        .meterRegistry(new SimpleMeterRegistry())
        .addLifecycleListener(recovery(recovered))
        .build();
  }

  private static StreamProcessorLifecycleAware recovery(final CompletableFuture<Void> recovered) {
    return new StreamProcessorLifecycleAware() {
      @Override
      public void onRecovered(final ReadonlyStreamProcessorContext context) {
        recovered.complete(null);
      }

      @Override
      public void onFailed() {
        recovered.completeExceptionally(new IllegalStateException("the engine failed while replaying its log"));
      }
    };
  }

  private static java.util.concurrent.ThreadFactory daemons() {
    final var count = new AtomicInteger();
    return task -> {
      final var thread = new Thread(task, "engine-worker-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** The port gRPC is served on. */
  public int port() {
    return server.getPort();
  }

  /** How many bytes of an interrupted write were cut from the end of the log at the start. */
  public long cutBytes() {
    return durable == null ? 0 : durable.cutBytes();
  }

  public String cutFile() {
    return durable == null ? "" : durable.cutFile();
  }

  public String health() {
    return health.state();
  }

  /** The position of the last committed event. */
  public long committedPosition() {
    return log.lastEvent();
  }

  public byte[] readRecords(final long after, final int limit, final long timeoutMillis)
      throws InterruptedException {
    return records.read(after, limit, timeoutMillis);
  }

  /** Sends a command given as JSON and waits for the answer; see {@link Answers} for its shape. */
  public byte[] submit(
      final String valueType, final String intent, final byte[] value, final long key, final long timeoutMillis)
      throws InterruptedException {
    try {
      return send(valueType, intent, value, key, timeoutMillis).get();
    } catch (final ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The same without waiting: the listener gets the answer under the ticket. */
  public void submitLater(
      final String valueType,
      final String intent,
      final byte[] value,
      final long key,
      final long timeoutMillis,
      final long ticket,
      final ReplyListener listener) {
    send(valueType, intent, value, key, timeoutMillis)
        .thenAccept(answer -> listener.answered(ticket, answer));
  }

  private CompletableFuture<byte[]> send(
      final String valueType, final String intent, final byte[] value, final long key, final long timeoutMillis) {
    final Command command;
    try {
      final var type = ValueType.valueOf(valueType);
      command = Command.of(type, Intent.fromProtocolValue(type, intent), key, Values.of(type, Json.object(value)));
    } catch (final RuntimeException e) {
      return CompletableFuture.completedFuture(Answers.invalid(e));
    }
    final var patience = Duration.ofMillis(timeoutMillis);
    final var answer =
        command.value() instanceof JobBatchRecord batch
            ? activate(command, batch, patience)
            : commands.send(command, patience);
    return answer.handle(Answers::of);
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
  public boolean waitForJobs(final String type, final long timeoutMillis) throws InterruptedException {
    final var woken = new CountDownLatch(1);
    final java.util.function.BooleanSupplier waiter =
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

  /** Forgets remembered sign-ins. */
  public void forgetCredentials() {
    authentication.forget();
  }

  /** Stops serving, stops the engine, makes the log's end durable, frees the directory. */
  public void close() throws Exception {
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    processor.closeAsync().join();
    stream.close();
    scheduler.stop().get(5, TimeUnit.SECONDS);
    log.close();
    workers.shutdownNow();
    if (lock != null) {
      lock.close();
    }
  }
}
