package zhengjian.engine;

import io.camunda.zeebe.logstreams.log.LogStream;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The Zeebe engine with a durable log, serving gRPC, and open to the Python program around it. */
public final class EngineHost {

  private static final int KEEP_ALIVE_SECONDS = 10;
  private static final int CLOSING_SECONDS = 5;

  private final Health health;
  private final ScheduledExecutorService workers = Executors.newScheduledThreadPool(4, daemons());
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private DurableLog durable;
  private EngineLog log;
  private JsonCommands commands;
  private Records records;
  private BasicAuthentication authentication;
  private Server server;

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
    opened.push(workers::shutdownNow);
    try {
      openLog(directory, segmentBytes);
      serve(host, port, authenticator, startEngine());
    } catch (final Exception e) {
      close();
      throw e;
    }
  }

  private void openLog(final String directory, final long segmentBytes) throws IOException {
    if (directory == null) {
      log = new MemoryLog();
      return;
    }
    opened.push(DirectoryLock.take(Path.of(directory)));
    durable = new DurableLog(Path.of(directory, "log"), segmentBytes, health::logBroken);
    log = durable;
    opened.push(durable::shutDown);
  }

  private Gateway startEngine() throws Exception {
    final var clock = new EngineClock();
    final var stream =
        LogStream.builder()
            .withPartitionId(Processing.PARTITION)
            .withLogName("log")
            .withLogStorage(log)
            .withClock(clock)
            .withMeterRegistry(new SimpleMeterRegistry())
            .build();
    opened.push(stream);
    final var requests = new Requests(durable == null ? 0 : durable.highest());
    opened.push(requests::abandon);
    final var writer = new Commands(stream.newLogStreamWriter(), requests);
    final var availability = new JobAvailability(workers);
    commands = new JsonCommands(writer, availability, workers);
    records = new Records(stream.newLogStreamReader(), log);
    final var processing = new Processing(stream, clock, writer, availability, new Replies(requests, log), health);
    opened.push(processing);
    processing.start();
    return new Gateway(writer, availability, workers);
  }

  private void serve(final String host, final int port, final Authenticator authenticator, final Gateway gateway)
      throws IOException {
    authentication = new BasicAuthentication(authenticator);
    server = server(host, port, gateway).start();
    opened.push(() -> server.shutdownNow().awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS));
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
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
