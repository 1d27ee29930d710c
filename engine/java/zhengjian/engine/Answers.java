package zhengjian.engine;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/**
 * What a submitted command comes to, as JSON.
 *
 * <pre>
 * {"key": …, "valueType": …, "intent": …, "value": {…}}   done
 * {"rejected": kind, "reason": the engine's own words}     refused by the engine, or impossible as given
 * {"refused": reason}                                      never written: nothing will happen
 * {"unanswered": true}                                     no answer in time: it may still happen
 * </pre>
 */
final class Answers {

  private Answers() {}

  static byte[] of(final Reply reply, final Throwable failure) {
    if (failure != null) {
      return failed(failure instanceof CompletionException ? failure.getCause() : failure);
    }
    if (reply.rejected()) {
      return rejected(reply.rejection().name(), reply.reason());
    }
    return bytes(
        "{\"key\":%d,\"valueType\":\"%s\",\"intent\":\"%s\",\"value\":%s}"
            .formatted(reply.key(), reply.valueType(), reply.intent(), reply.value().toJson()));
  }

  /** The command could not be built from what was given. */
  static final class Invalid extends RuntimeException {
    Invalid(final RuntimeException cause) {
      super(cause.getMessage() + (cause.getCause() == null ? "" : ": " + cause.getCause().getMessage()), cause);
    }
  }

  private static byte[] failed(final Throwable failure) {
    return switch (failure) {
      case Invalid invalid -> rejected("INVALID_ARGUMENT", invalid.getMessage());
      case Commands.Refused refused -> bytes("{\"refused\":" + Json.quoted(refused.getMessage()) + "}");
      case TimeoutException late -> bytes("{\"unanswered\":true}");
      default -> throw new IllegalStateException(failure);
    };
  }

  private static byte[] rejected(final String kind, final String reason) {
    return bytes("{\"rejected\":\"%s\",\"reason\":%s}".formatted(kind, Json.quoted(reason)));
  }

  private static byte[] bytes(final String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
