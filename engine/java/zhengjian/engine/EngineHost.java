package zhengjian.engine;

import io.camunda.zeebe.logstreams.log.LogStream;
import io.camunda.zeebe.stream.impl.ControllableStreamClockImpl;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The Zeebe engine with a durable log, serving gRPC, and open to the Python program around it. */
public final class EngineHost {

  private static final int KEEP_ALIVE_SECONDS = 10;
  private static final int CLOSING_SECONDS = 5;

  private final DirectoryLock lock;
  private final DurableLog durable;
  private final EngineLog log;
  private final LogStream stream;
  private final Processing processing;
  private final JsonCommands commands;
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
    lock = directory == null ? null : DirectoryLock.take(Path.of(directory));
    durable =
        directory == null ? null : new DurableLog(Path.of(directory, "log"), segmentBytes, health::logBroken);
    log = durable == null ? new MemoryLog() : durable;
    final var clock = new ControllableStreamClockImpl(InstantSource.system());
    stream =
        LogStream.builder()
            .withPartitionId(Processing.PARTITION)
            .withLogName("log")
            .withLogStorage(log)
            .withClock(clock)
            .withMeterRegistry(new SimpleMeterRegistry())
            .build();
    final var requests = new Requests(durable == null ? 0 : durable.highest());
    final var writer = new Commands(stream.newLogStreamWriter(), log, requests);
    final var availability = new JobAvailability(workers);
    commands = new JsonCommands(writer, availability, workers);
    records = new Records(stream.newLogStreamReader(), log);
    authentication = new BasicAuthentication(authenticator);
    processing = new Processing(stream, clock, writer, availability, new Replies(requests, log));
    processing.start(health);
    final var gateway = new Gateway(writer, availability, workers);
    server = server(host, port, gateway).start();
    gateway.boundTo(InetSocketAddress.createUnresolved(host, server.getPort()));
  }

  private Server server(final String host, final int port, final Gateway gateway) {
    return NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
        .addService(ServerInterceptors.intercept(gateway, authentication))
        .addService(new HealthStatusManager().getHealthService())
        // pyzeebe pings every 45 seconds, which the server's default takes for an attack.
        .permitKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .build();
  }

  private static ThreadFactory daemons() {
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

  /** The file they were cut from. */
  public String cutFile() {
    return durable == null ? "" : durable.cutFile();
  }

  /** "healthy", or what is wrong. */
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

  public byte[] submit(
      final String valueType, final String intent, final byte[] value, final long key, final long timeoutMillis)
      throws InterruptedException {
    return commands.submit(valueType, intent, value, key, timeoutMillis);
  }

  public void submitLater(
      final String valueType,
      final String intent,
      final byte[] value,
      final long key,
      final long timeoutMillis,
      final long ticket,
      final ReplyListener listener) {
    commands
        .submitLater(valueType, intent, value, key, timeoutMillis)
        .thenAccept(answer -> listener.answered(ticket, answer));
  }

  public boolean waitForJobs(final String type, final long timeoutMillis) throws InterruptedException {
    return commands.waitForJobs(type, timeoutMillis);
  }

  /** Forgets remembered sign-ins. */
  public void forgetCredentials() {
    authentication.forget();
  }

  /** Stops serving, stops the engine, makes the log's end durable, frees the directory. */
  public void close() throws Exception {
    server.shutdownNow().awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS);
    processing.close();
    stream.close();
    log.close();
    workers.shutdownNow();
    if (lock != null) {
      lock.close();
    }
  }
}
