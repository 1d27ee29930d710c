package zhengjian.engine;

import io.camunda.zeebe.stream.api.StreamClock.ControllableStreamClock;
import io.camunda.zeebe.stream.impl.ControllableStreamClockImpl;
import java.time.Instant;
import java.time.InstantSource;

/** The engine's clock: the system's, until a client pins it. It tells when it is set back. */
final class EngineClock implements ControllableStreamClock {

  private static final long MILLIS_OF_NO_MATTER = 1_000;

  private final ControllableStreamClock clock = new ControllableStreamClockImpl(InstantSource.system());
  private volatile Runnable setBack = () -> {};

  void whenSetBack(final Runnable then) {
    setBack = then;
  }

  @Override
  public void applyModification(final Modification modification) {
    final long before = clock.millis();
    clock.applyModification(modification);
    if (clock.millis() < before - MILLIS_OF_NO_MATTER) {
      setBack.run();
    }
  }

  @Override
  public Modification currentModification() {
    return clock.currentModification();
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public long millis() {
    return clock.millis();
  }
}
