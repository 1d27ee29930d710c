package zhengjian.engine;

import io.camunda.zeebe.util.health.FailureListener;
import io.camunda.zeebe.util.health.HealthReport;

/** Notices when the engine cannot go on, tells the watcher, and makes sure that the process ends. */
final class Health implements FailureListener {

  static final String HEALTHY = "healthy";
  private static final int DISK_STATUS = 74;
  private static final int ENGINE_STATUS = 70;
  private static final long GRACE_MILLIS = 5_000;

  private final Watcher watcher;
  private volatile String state = HEALTHY;

  Health(final Watcher watcher) {
    this.watcher = watcher;
  }

  String state() {
    return state;
  }

  @Override
  public void onFailure(final HealthReport report) {
    state = "unhealthy: " + report;
  }

  @Override
  public void onRecovered(final HealthReport report) {
    state = HEALTHY;
  }

  @Override
  public void onUnrecoverableFailure(final HealthReport report) {
    final var issue = report.getIssue();
    dead(Watcher.ENGINE, issue == null || issue.throwable() == null ? null : issue.throwable());
  }

  void logBroken(final Throwable failure) {
    dead(Watcher.DISK, failure);
  }

  void dead(final String kind, final Throwable failure) {
    if (failure != null) {
      failure.printStackTrace();
    }
    final var detail = String.valueOf(failure);
    state = "dead: " + detail;
    // The watcher is foreign code and may itself hang, hence a thread of its own and an end in any case.
    final var ending = new Thread(() -> watcher.failed(kind, detail), "engine-failed");
    ending.setDaemon(true);
    ending.start();
    final var halting = new Thread(() -> halt(ending, kind), "engine-halt");
    halting.setDaemon(true);
    halting.start();
  }

  private static void halt(final Thread ending, final String kind) {
    try {
      ending.join(GRACE_MILLIS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(kind.equals(Watcher.DISK) ? DISK_STATUS : ENGINE_STATUS);
  }
}
