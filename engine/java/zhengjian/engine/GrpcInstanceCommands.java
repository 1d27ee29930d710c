package zhengjian.engine;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.*;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceCreationRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceCreationRuntimeInstruction;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceMigrationMappingInstruction;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceMigrationRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceModificationActivateInstruction;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceModificationRecord;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceModificationTerminateInstruction;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceModificationVariableInstruction;
import io.camunda.zeebe.protocol.impl.record.value.processinstance.ProcessInstanceRecord;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceCreationIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceMigrationIntent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceModificationIntent;
import io.camunda.zeebe.protocol.record.value.RuntimeInstructionType;
import java.util.Set;

/** What a gRPC request asks of the engine: process instances. */
final class GrpcInstanceCommands {

  private GrpcInstanceCommands() {}

  static Command of(final CreateProcessInstanceRequest request) {
    return Command.of(
            ValueType.PROCESS_INSTANCE_CREATION, ProcessInstanceCreationIntent.CREATE, creation(request))
        .referring(Documents.reference(request.hasOperationReference(), request.getOperationReference()));
  }

  static Command of(final CreateProcessInstanceWithResultRequest request) {
    final var inner = request.getRequest();
    return Command.of(
            ValueType.PROCESS_INSTANCE_CREATION,
            ProcessInstanceCreationIntent.CREATE_WITH_AWAITING_RESULT,
            creation(inner).setFetchVariables(request.getFetchVariablesList()))
        .referring(Documents.reference(inner.hasOperationReference(), inner.getOperationReference()));
  }

  private static ProcessInstanceCreationRecord creation(final CreateProcessInstanceRequest request) {
    final var creation =
        new ProcessInstanceCreationRecord()
            .setBpmnProcessId(request.getBpmnProcessId())
            .setVersion(request.getVersion())
            .setProcessDefinitionKey(request.getProcessDefinitionKey())
            .setTenantId(Documents.tenant(request.getTenantId()))
            .setTags(Set.copyOf(request.getTagsList()))
            .setVariables(Documents.variables(request.getVariables()));
    for (final var start : request.getStartInstructionsList()) {
      creation.startInstructions().add().setElementId(start.getElementId());
    }
    for (final var instruction : request.getRuntimeInstructionsList()) {
      creation.addRuntimeInstruction(
          new ProcessInstanceCreationRuntimeInstruction()
              .setType(RuntimeInstructionType.TERMINATE_PROCESS_INSTANCE)
              .setAfterElementId(instruction.getTerminate().getAfterElementId()));
    }
    return creation;
  }

  static Command of(final CancelProcessInstanceRequest request) {
    final long key = request.getProcessInstanceKey();
    final var instance = new ProcessInstanceRecord().setProcessInstanceKey(key);
    return Command.of(ValueType.PROCESS_INSTANCE, ProcessInstanceIntent.CANCEL, key, instance)
        .referring(Documents.reference(request.hasOperationReference(), request.getOperationReference()));
  }

  static Command of(final MigrateProcessInstanceRequest request) {
    final var plan = request.getMigrationPlan();
    final long key = request.getProcessInstanceKey();
    final var migration =
        new ProcessInstanceMigrationRecord()
            .setProcessInstanceKey(key)
            .setTargetProcessDefinitionKey(plan.getTargetProcessDefinitionKey());
    for (final var mapping : plan.getMappingInstructionsList()) {
      migration.addMappingInstruction(
          new ProcessInstanceMigrationMappingInstruction()
              .setSourceElementId(mapping.getSourceElementId())
              .setTargetElementId(mapping.getTargetElementId()));
    }
    return Command.of(
            ValueType.PROCESS_INSTANCE_MIGRATION, ProcessInstanceMigrationIntent.MIGRATE, key, migration)
        .referring(Documents.reference(request.hasOperationReference(), request.getOperationReference()));
  }

  static Command of(final ModifyProcessInstanceRequest request) {
    final long key = request.getProcessInstanceKey();
    final var modification = new ProcessInstanceModificationRecord().setProcessInstanceKey(key);
    request.getActivateInstructionsList().forEach(given -> modification.addActivateInstruction(activation(given)));
    for (final var given : request.getTerminateInstructionsList()) {
      modification.addTerminateInstruction(
          new ProcessInstanceModificationTerminateInstruction()
              .setElementInstanceKey(given.getElementInstanceKey()));
    }
    return Command.of(
            ValueType.PROCESS_INSTANCE_MODIFICATION, ProcessInstanceModificationIntent.MODIFY, key, modification)
        .referring(Documents.reference(request.hasOperationReference(), request.getOperationReference()));
  }

  private static ProcessInstanceModificationActivateInstruction activation(
      final ModifyProcessInstanceRequest.ActivateInstruction given) {
    final var instruction =
        new ProcessInstanceModificationActivateInstruction()
            .setElementId(given.getElementId())
            .setAncestorScopeKey(given.getAncestorElementInstanceKey());
    for (final var variables : given.getVariableInstructionsList()) {
      instruction.addVariableInstruction(
          new ProcessInstanceModificationVariableInstruction()
              .setElementId(variables.getScopeId())
              .setVariables(Documents.variables(variables.getVariables())));
    }
    return instruction;
  }
}
