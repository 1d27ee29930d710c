package zhengjian.engine;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.*;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.Partition.PartitionBrokerHealth;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.Partition.PartitionBrokerRole;
import io.camunda.zeebe.protocol.impl.encoding.MsgPackConverter;
import io.camunda.zeebe.protocol.impl.record.value.deployment.DeploymentRecord;
import io.camunda.zeebe.protocol.impl.record.value.job.JobBatchRecord;
import io.camunda.zeebe.protocol.impl.record.value.message.MessageRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceCreationRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceResultRecord;
import io.camunda.zeebe.protocol.impl.record.value.signal.SignalRecord;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The engine's answers as gRPC messages. */
final class GrpcMessages {

  private GrpcMessages() {}

  static List<ActivateJobsResponse> jobs(final JobBatchRecord batch) {
    return List.of(ActivateJobsResponse.newBuilder().addAllJobs(eachJob(batch)).build());
  }

  static List<ActivatedJob> eachJob(final JobBatchRecord batch) {
    final var messages = new ArrayList<ActivatedJob>();
    final var keys = batch.jobKeys().iterator();
    batch.jobs().forEach(job -> messages.add(GrpcJobs.of(keys.next().getValue(), job)));
    return messages;
  }

  static CreateProcessInstanceResponse created(final Reply reply) {
    final var record = reply.into(new ProcessInstanceCreationRecord());
    return CreateProcessInstanceResponse.newBuilder()
        .setProcessDefinitionKey(record.getProcessDefinitionKey())
        .setBpmnProcessId(record.getBpmnProcessId())
        .setVersion(record.getVersion())
        .setProcessInstanceKey(record.getProcessInstanceKey())
        .setTenantId(record.getTenantId())
        .addAllTags(record.getTags())
        .build();
  }

  static CreateProcessInstanceWithResultResponse result(final Reply reply) {
    final var record = reply.into(new ProcessInstanceResultRecord());
    return CreateProcessInstanceWithResultResponse.newBuilder()
        .setProcessDefinitionKey(record.getProcessDefinitionKey())
        .setBpmnProcessId(record.getBpmnProcessId())
        .setVersion(record.getVersion())
        .setProcessInstanceKey(record.getProcessInstanceKey())
        .setVariables(MsgPackConverter.convertToJson(record.getVariablesBuffer()))
        .setTenantId(record.getTenantId())
        .addAllTags(record.getTags())
        .build();
  }

  static PublishMessageResponse published(final Reply reply) {
    final var record = reply.into(new MessageRecord());
    return PublishMessageResponse.newBuilder().setKey(reply.key()).setTenantId(record.getTenantId()).build();
  }

  static BroadcastSignalResponse broadcast(final Reply reply) {
    final var record = reply.into(new SignalRecord());
    return BroadcastSignalResponse.newBuilder().setKey(reply.key()).setTenantId(record.getTenantId()).build();
  }

  static EvaluateDecisionResponse evaluated(final Reply reply) {
    return GrpcDecisions.of(reply);
  }

  @SuppressWarnings("deprecation")
  static DeployProcessResponse deployedProcesses(final Reply reply) {
    final var response = DeployProcessResponse.newBuilder().setKey(reply.key());
    process(reply.into(new DeploymentRecord())).forEach(response::addProcesses);
    return response.build();
  }

  static DeployResourceResponse deployed(final Reply reply) {
    final var record = reply.into(new DeploymentRecord());
    final var response = DeployResourceResponse.newBuilder().setKey(reply.key()).setTenantId(record.getTenantId());
    process(record).forEach(process -> response.addDeploymentsBuilder().setProcess(process));
    for (final var decision : record.decisionsMetadata()) {
      response
          .addDeploymentsBuilder()
          .getDecisionBuilder()
          .setDmnDecisionId(decision.getDecisionId())
          .setDmnDecisionName(decision.getDecisionName())
          .setVersion(decision.getVersion())
          .setDecisionKey(decision.getDecisionKey())
          .setDmnDecisionRequirementsId(decision.getDecisionRequirementsId())
          .setDecisionRequirementsKey(decision.getDecisionRequirementsKey())
          .setTenantId(decision.getTenantId());
    }
    for (final var requirements : record.decisionRequirementsMetadata()) {
      response
          .addDeploymentsBuilder()
          .getDecisionRequirementsBuilder()
          .setDmnDecisionRequirementsId(requirements.getDecisionRequirementsId())
          .setDmnDecisionRequirementsName(requirements.getDecisionRequirementsName())
          .setVersion(requirements.getDecisionRequirementsVersion())
          .setDecisionRequirementsKey(requirements.getDecisionRequirementsKey())
          .setResourceName(requirements.getResourceName())
          .setTenantId(requirements.getTenantId());
    }
    for (final var form : record.formMetadata()) {
      response
          .addDeploymentsBuilder()
          .getFormBuilder()
          .setFormId(form.getFormId())
          .setVersion(form.getVersion())
          .setFormKey(form.getFormKey())
          .setResourceName(form.getResourceName())
          .setTenantId(form.getTenantId());
    }
    return response.build();
  }

  private static List<ProcessMetadata> process(final DeploymentRecord record) {
    final var messages = new ArrayList<ProcessMetadata>();
    for (final var process : record.processesMetadata()) {
      messages.add(
          ProcessMetadata.newBuilder()
              .setBpmnProcessId(process.getBpmnProcessId())
              .setVersion(process.getVersion())
              .setProcessDefinitionKey(process.getKey())
              .setResourceName(process.getResourceName())
              .setTenantId(process.getTenantId())
              .build());
    }
    return messages;
  }

  static TopologyResponse topology(final InetSocketAddress address, final String version) {
    final var partition =
        Partition.newBuilder()
            .setPartitionId(1)
            .setRole(PartitionBrokerRole.LEADER)
            .setHealth(PartitionBrokerHealth.HEALTHY);
    final var broker =
        BrokerInfo.newBuilder()
            .setHost(address.getHostString())
            .setPort(address.getPort())
            .setVersion(version)
            .addPartitions(partition);
    return TopologyResponse.newBuilder()
        .addBrokers(broker)
        .setClusterSize(1)
        .setPartitionsCount(1)
        .setReplicationFactor(1)
        .setGatewayVersion(version)
        .build();
  }
}
