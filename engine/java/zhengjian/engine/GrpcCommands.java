package zhengjian.engine;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.*;
import io.camunda.zeebe.protocol.impl.record.value.decision.DecisionEvaluationRecord;
import io.camunda.zeebe.protocol.impl.record.value.deployment.DeploymentRecord;
import io.camunda.zeebe.protocol.impl.record.value.incident.IncidentRecord;
import io.camunda.zeebe.protocol.impl.record.value.job.JobBatchRecord;
import io.camunda.zeebe.protocol.impl.record.value.job.JobRecord;
import io.camunda.zeebe.protocol.impl.record.value.message.MessageRecord;
import io.camunda.zeebe.protocol.impl.record.value.resource.ResourceDeletionRecord;
import io.camunda.zeebe.protocol.impl.record.value.signal.SignalRecord;
import io.camunda.zeebe.protocol.impl.record.value.variable.VariableDocumentRecord;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.DecisionEvaluationIntent;
import io.camunda.zeebe.protocol.record.intent.DeploymentIntent;
import io.camunda.zeebe.protocol.record.intent.IncidentIntent;
import io.camunda.zeebe.protocol.record.intent.JobIntent;
import io.camunda.zeebe.protocol.record.intent.MessageIntent;
import io.camunda.zeebe.protocol.record.intent.ResourceDeletionIntent;
import io.camunda.zeebe.protocol.record.intent.SignalIntent;
import io.camunda.zeebe.protocol.record.intent.VariableDocumentIntent;
import io.camunda.zeebe.protocol.record.value.VariableDocumentUpdateSemantic;
import io.camunda.zeebe.util.buffer.BufferUtil;
import java.util.List;

/** What a gRPC request asks of the engine: jobs, messages, decisions, resources. */
final class GrpcCommands {

  private static final int STREAM_BATCH = 32;

  private GrpcCommands() {}

  static JobBatchRecord activation(final ActivateJobsRequest request) {
    return activation(
        request.getType(),
        request.getWorker(),
        request.getTimeout(),
        request.getMaxJobsToActivate(),
        request.getFetchVariableList(),
        request.getTenantIdsList());
  }

  static JobBatchRecord activation(final StreamActivatedJobsRequest request) {
    return activation(
        request.getType(),
        request.getWorker(),
        request.getTimeout(),
        STREAM_BATCH,
        request.getFetchVariableList(),
        request.getTenantIdsList());
  }

  private static JobBatchRecord activation(
      final String type,
      final String worker,
      final long timeout,
      final int most,
      final List<String> fetch,
      final List<String> tenants) {
    tenants.forEach(Documents::tenant);
    final var batch = new JobBatchRecord();
    batch.setType(type).setWorker(worker).setTimeout(timeout).setMaxJobsToActivate(most);
    batch.setTenantIds(List.of(Documents.DEFAULT_TENANT));
    fetch.forEach(name -> batch.variables().add().wrap(BufferUtil.wrapString(name)));
    return batch;
  }

  static Command of(final CompleteJobRequest request) {
    final var job = new JobRecord().setVariables(Documents.variables(request.getVariables()));
    if (request.hasResult()) {
      job.setResult(GrpcJobResults.of(request.getResult()));
    }
    return Command.of(ValueType.JOB, JobIntent.COMPLETE, request.getJobKey(), job);
  }

  static Command of(final FailJobRequest request) {
    final var job =
        new JobRecord()
            .setRetries(request.getRetries())
            .setErrorMessage(request.getErrorMessage())
            .setRetryBackoff(request.getRetryBackOff())
            .setVariables(Documents.variables(request.getVariables()));
    return Command.of(ValueType.JOB, JobIntent.FAIL, request.getJobKey(), job);
  }

  static Command of(final ThrowErrorRequest request) {
    final var job =
        new JobRecord()
            .setErrorCode(BufferUtil.wrapString(request.getErrorCode()))
            .setErrorMessage(request.getErrorMessage())
            .setVariables(Documents.variables(request.getVariables()));
    return Command.of(ValueType.JOB, JobIntent.THROW_ERROR, request.getJobKey(), job);
  }

  static Command of(final UpdateJobRetriesRequest request) {
    final var job = new JobRecord().setRetries(request.getRetries());
    return Command.of(ValueType.JOB, JobIntent.UPDATE_RETRIES, request.getJobKey(), job)
        .referring(Documents.reference(request.hasOperationReference(), request.getOperationReference()));
  }

  static Command of(final UpdateJobTimeoutRequest request) {
    final var job = new JobRecord().setTimeout(request.getTimeout());
    return Command.of(ValueType.JOB, JobIntent.UPDATE_TIMEOUT, request.getJobKey(), job)
        .referring(Documents.reference(request.hasOperationReference(), request.getOperationReference()));
  }

  static Command of(final CancelProcessInstanceRequest request) {
    return GrpcInstanceCommands.of(request);
  }

  static Command of(final CreateProcessInstanceRequest request) {
    return GrpcInstanceCommands.of(request);
  }

  static Command of(final CreateProcessInstanceWithResultRequest request) {
    return GrpcInstanceCommands.of(request);
  }

  static Command of(final EvaluateDecisionRequest request) {
    final var decision = new DecisionEvaluationRecord().setTenantId(Documents.tenant(request.getTenantId()));
    if (request.getDecisionKey() > 0) {
      decision.setDecisionKey(request.getDecisionKey());
    } else {
      decision.setDecisionId(request.getDecisionId());
    }
    decision.setVariables(Documents.variables(request.getVariables()));
    return Command.of(ValueType.DECISION_EVALUATION, DecisionEvaluationIntent.EVALUATE, decision);
  }

  @SuppressWarnings("deprecation")
  static Command of(final DeployProcessRequest request) {
    final var deployment = new DeploymentRecord();
    for (final var process : request.getProcessesList()) {
      deployment
          .resources()
          .add()
          .setResourceName(process.getName())
          .setResource(process.getDefinition().toByteArray());
    }
    return Command.of(ValueType.DEPLOYMENT, DeploymentIntent.CREATE, deployment);
  }

  static Command of(final DeployResourceRequest request) {
    final var deployment = new DeploymentRecord().setTenantId(Documents.tenant(request.getTenantId()));
    for (final var resource : request.getResourcesList()) {
      deployment
          .resources()
          .add()
          .setResourceName(resource.getName())
          .setResource(resource.getContent().toByteArray());
    }
    return Command.of(ValueType.DEPLOYMENT, DeploymentIntent.CREATE, deployment);
  }

  static Command of(final DeleteResourceRequest request) {
    final var deletion = new ResourceDeletionRecord().setResourceKey(request.getResourceKey());
    return Command.of(ValueType.RESOURCE_DELETION, ResourceDeletionIntent.DELETE, deletion)
        .referring(Documents.reference(request.hasOperationReference(), request.getOperationReference()));
  }

  static Command of(final PublishMessageRequest request) {
    final var message =
        new MessageRecord()
            .setName(request.getName())
            .setCorrelationKey(request.getCorrelationKey())
            .setTimeToLive(request.getTimeToLive())
            .setVariables(Documents.variables(request.getVariables()))
            .setTenantId(Documents.tenant(request.getTenantId()));
    if (!request.getMessageId().isEmpty()) {
      message.setMessageId(request.getMessageId());
    }
    return Command.of(ValueType.MESSAGE, MessageIntent.PUBLISH, message);
  }

  static Command of(final BroadcastSignalRequest request) {
    final var signal =
        new SignalRecord()
            .setSignalName(request.getSignalName())
            .setVariables(Documents.variables(request.getVariables()))
            .setTenantId(Documents.tenant(request.getTenantId()));
    return Command.of(ValueType.SIGNAL, SignalIntent.BROADCAST, signal);
  }

  static Command of(final ResolveIncidentRequest request) {
    return Command.of(ValueType.INCIDENT, IncidentIntent.RESOLVE, request.getIncidentKey(), new IncidentRecord())
        .referring(Documents.reference(request.hasOperationReference(), request.getOperationReference()));
  }

  static Command of(final SetVariablesRequest request) {
    final var semantic =
        request.getLocal() ? VariableDocumentUpdateSemantic.LOCAL : VariableDocumentUpdateSemantic.PROPAGATE;
    final var document =
        new VariableDocumentRecord()
            .setScopeKey(request.getElementInstanceKey())
            .setUpdateSemantics(semantic)
            .setVariables(Documents.variables(request.getVariables()));
    return Command.of(ValueType.VARIABLE_DOCUMENT, VariableDocumentIntent.UPDATE, document)
        .referring(Documents.reference(request.hasOperationReference(), request.getOperationReference()));
  }
}
