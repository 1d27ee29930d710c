package zhengjian.engine;

import io.camunda.zeebe.protocol.record.RejectionType;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;

/**
 * How failures look to a gRPC client.
 *
 * <pre>
 * the engine's rejection   NOT_FOUND, INVALID_ARGUMENT, ALREADY_EXISTS, FAILED_PRECONDITION … with its own words
 * a command never written  RESOURCE_EXHAUSTED: nothing happened, try later
 * no answer in time        DEADLINE_EXCEEDED: it may still happen
 * anything else            INTERNAL
 * </pre>
 */
final class GrpcErrors {

  private GrpcErrors() {}

  static Reply rejected(final Reply reply) {
    throw new Rejection(reply);
  }

  static StatusException invalid(final RuntimeException failure) {
    return Status.INVALID_ARGUMENT.withDescription(message(failure)).asException();
  }

  static StatusException of(final Throwable failure) {
    final var cause = failure instanceof CompletionException ? failure.getCause() : failure;
    return switch (cause) {
      case Rejection rejection ->
          status(rejection.reply().rejection()).withDescription(rejection.getMessage()).asException();
      case Commands.Refused refused ->
          Status.RESOURCE_EXHAUSTED.withDescription(refused.getMessage()).asException();
      case TimeoutException late ->
          Status.DEADLINE_EXCEEDED.withDescription("The engine has not answered in time").asException();
      default -> Status.INTERNAL.withDescription(message(cause)).withCause(cause).asException();
    };
  }

  private static Status status(final RejectionType rejection) {
    return switch (rejection) {
      case INVALID_ARGUMENT -> Status.INVALID_ARGUMENT;
      case NOT_FOUND -> Status.NOT_FOUND;
      case ALREADY_EXISTS -> Status.ALREADY_EXISTS;
      case INVALID_STATE -> Status.FAILED_PRECONDITION;
      case PROCESSING_ERROR -> Status.INTERNAL;
      case UNAUTHORIZED, FORBIDDEN -> Status.PERMISSION_DENIED;
      case EXCEEDED_BATCH_RECORD_SIZE -> Status.INVALID_ARGUMENT;
      default -> Status.UNKNOWN;
    };
  }

  private static String message(final Throwable failure) {
    final var cause = failure.getCause();
    final var own = String.valueOf(failure.getMessage());
    return cause == null || cause == failure ? own : own + ": " + cause.getMessage();
  }
}
