package zhengjian.engine;

import io.camunda.zeebe.gateway.protocol.GatewayGrpc;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.*;
import io.camunda.zeebe.protocol.impl.record.value.job.JobBatchRecord;
import io.camunda.zeebe.util.VersionUtil;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;

/** The Zeebe gateway service: every call becomes one command, and its answer the engine's answer. */
final class Gateway extends GatewayGrpc.GatewayImplBase {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration LONG_POLL = Duration.ofSeconds(10);

  private final Commands commands;
  private final JobAvailability availability;
  private final ScheduledExecutorService timer;
  private volatile InetSocketAddress address;

  Gateway(final Commands commands, final JobAvailability availability, final ScheduledExecutorService timer) {
    this.commands = commands;
    this.availability = availability;
    this.timer = timer;
  }

  /** The address the topology names, known once the server is bound. */
  void boundTo(final InetSocketAddress bound) {
    address = bound;
  }

  private <R> void answer(
      final StreamObserver<R> client, final Supplier<Command> command, final Function<Reply, R> response) {
    answer(client, command, PATIENCE, response);
  }

  private <R> void answer(
      final StreamObserver<R> client,
      final Supplier<Command> command,
      final Duration patience,
      final Function<Reply, R> response) {
    final Command built;
    try {
      built = command.get();
    } catch (final RuntimeException e) {
      client.onError(GrpcErrors.invalid(e));
      return;
    }
    // Without a handler a call that was cancelled makes onNext throw.
    ((ServerCallStreamObserver<R>) client).setOnCancelHandler(() -> {});
    commands
        .send(built, patience)
        .thenApply(reply -> reply.rejected() ? GrpcErrors.rejected(reply) : reply)
        .thenApply(response)
        .whenComplete(
            (message, failure) -> {
              if (failure != null) {
                client.onError(GrpcErrors.of(failure));
              } else {
                client.onNext(message);
                client.onCompleted();
              }
            });
  }

  @Override
  public void activateJobs(final ActivateJobsRequest request, final StreamObserver<ActivateJobsResponse> client) {
    final long timeout = request.getRequestTimeout();
    final var wait = timeout < 0 ? Duration.ZERO : timeout == 0 ? LONG_POLL : Duration.ofMillis(timeout);
    deliver(client, () -> GrpcCommands.activation(request), wait, GrpcMessages::jobs);
  }

  @Override
  public void streamActivatedJobs(
      final StreamActivatedJobsRequest request, final StreamObserver<ActivatedJob> client) {
    deliver(client, () -> GrpcCommands.activation(request), null, GrpcMessages::eachJob);
  }

  private <R> void deliver(
      final StreamObserver<R> client,
      final Supplier<JobBatchRecord> request,
      final Duration wait,
      final Function<JobBatchRecord, Iterable<R>> messages) {
    final var call = (ServerCallStreamObserver<R>) client;
    final JobDelivery delivery;
    try {
      final var target = new GrpcJobClient<>(call, wait == null, messages);
      delivery = new JobDelivery(commands, availability, timer, request, wait, target);
    } catch (final RuntimeException e) {
      client.onError(GrpcErrors.invalid(e));
      return;
    }
    call.setOnCancelHandler(delivery::end);
    call.setOnReadyHandler(delivery::proceed);
    delivery.proceed();
  }

  @Override
  public void cancelProcessInstance(
      final CancelProcessInstanceRequest request, final StreamObserver<CancelProcessInstanceResponse> client) {
    answer(client, () -> GrpcCommands.of(request), reply -> CancelProcessInstanceResponse.getDefaultInstance());
  }

  @Override
  public void completeJob(final CompleteJobRequest request, final StreamObserver<CompleteJobResponse> client) {
    answer(client, () -> GrpcCommands.of(request), reply -> CompleteJobResponse.getDefaultInstance());
  }

  @Override
  public void createProcessInstance(
      final CreateProcessInstanceRequest request, final StreamObserver<CreateProcessInstanceResponse> client) {
    answer(client, () -> GrpcCommands.of(request), GrpcMessages::created);
  }

  @Override
  public void createProcessInstanceWithResult(
      final CreateProcessInstanceWithResultRequest request,
      final StreamObserver<CreateProcessInstanceWithResultResponse> client) {
    final long timeout = request.getRequestTimeout();
    answer(
        client,
        () -> GrpcCommands.of(request),
        timeout > 0 ? Duration.ofMillis(timeout) : PATIENCE,
        GrpcMessages::result);
  }

  @Override
  public void evaluateDecision(
      final EvaluateDecisionRequest request, final StreamObserver<EvaluateDecisionResponse> client) {
    answer(client, () -> GrpcCommands.of(request), GrpcMessages::evaluated);
  }

  @Override
  @SuppressWarnings("deprecation")
  public void deployProcess(final DeployProcessRequest request, final StreamObserver<DeployProcessResponse> client) {
    answer(client, () -> GrpcCommands.of(request), GrpcMessages::deployedProcesses);
  }

  @Override
  public void deployResource(
      final DeployResourceRequest request, final StreamObserver<DeployResourceResponse> client) {
    answer(client, () -> GrpcCommands.of(request), GrpcMessages::deployed);
  }

  @Override
  public void failJob(final FailJobRequest request, final StreamObserver<FailJobResponse> client) {
    answer(client, () -> GrpcCommands.of(request), reply -> FailJobResponse.getDefaultInstance());
  }

  @Override
  public void throwError(final ThrowErrorRequest request, final StreamObserver<ThrowErrorResponse> client) {
    answer(client, () -> GrpcCommands.of(request), reply -> ThrowErrorResponse.getDefaultInstance());
  }

  @Override
  public void publishMessage(
      final PublishMessageRequest request, final StreamObserver<PublishMessageResponse> client) {
    answer(client, () -> GrpcCommands.of(request), GrpcMessages::published);
  }

  @Override
  public void resolveIncident(
      final ResolveIncidentRequest request, final StreamObserver<ResolveIncidentResponse> client) {
    answer(client, () -> GrpcCommands.of(request), reply -> ResolveIncidentResponse.getDefaultInstance());
  }

  @Override
  public void setVariables(final SetVariablesRequest request, final StreamObserver<SetVariablesResponse> client) {
    answer(
        client,
        () -> GrpcCommands.of(request),
        reply -> SetVariablesResponse.newBuilder().setKey(reply.key()).build());
  }

  @Override
  public void updateJobRetries(
      final UpdateJobRetriesRequest request, final StreamObserver<UpdateJobRetriesResponse> client) {
    answer(client, () -> GrpcCommands.of(request), reply -> UpdateJobRetriesResponse.getDefaultInstance());
  }

  @Override
  public void updateJobTimeout(
      final UpdateJobTimeoutRequest request, final StreamObserver<UpdateJobTimeoutResponse> client) {
    answer(client, () -> GrpcCommands.of(request), reply -> UpdateJobTimeoutResponse.getDefaultInstance());
  }

  @Override
  public void modifyProcessInstance(
      final ModifyProcessInstanceRequest request, final StreamObserver<ModifyProcessInstanceResponse> client) {
    answer(client, () -> GrpcInstanceCommands.of(request), reply -> ModifyProcessInstanceResponse.getDefaultInstance());
  }

  @Override
  public void migrateProcessInstance(
      final MigrateProcessInstanceRequest request, final StreamObserver<MigrateProcessInstanceResponse> client) {
    answer(
        client, () -> GrpcInstanceCommands.of(request), reply -> MigrateProcessInstanceResponse.getDefaultInstance());
  }

  @Override
  public void deleteResource(
      final DeleteResourceRequest request, final StreamObserver<DeleteResourceResponse> client) {
    answer(client, () -> GrpcCommands.of(request), reply -> DeleteResourceResponse.getDefaultInstance());
  }

  @Override
  public void broadcastSignal(
      final BroadcastSignalRequest request, final StreamObserver<BroadcastSignalResponse> client) {
    answer(client, () -> GrpcCommands.of(request), GrpcMessages::broadcast);
  }

  @Override
  public void topology(final TopologyRequest request, final StreamObserver<TopologyResponse> client) {
    client.onNext(GrpcMessages.topology(address, VersionUtil.getVersion()));
    client.onCompleted();
  }
}
