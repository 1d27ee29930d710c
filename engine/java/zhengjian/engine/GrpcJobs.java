package zhengjian.engine;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.ActivatedJob;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.UserTaskProperties;
import io.camunda.zeebe.protocol.Protocol;
import io.camunda.zeebe.protocol.impl.encoding.MsgPackConverter;
import io.camunda.zeebe.protocol.impl.record.value.job.JobRecord;
import io.camunda.zeebe.protocol.record.value.JobKind;
import java.util.Map;

/** One activated job as gRPC message. */
final class GrpcJobs {

  private GrpcJobs() {}

  static ActivatedJob of(final long key, final JobRecord job) {
    final var message =
        ActivatedJob.newBuilder()
            .setKey(key)
            .setType(job.getType())
            .setProcessInstanceKey(job.getProcessInstanceKey())
            .setBpmnProcessId(job.getBpmnProcessId())
            .setProcessDefinitionVersion(job.getProcessDefinitionVersion())
            .setProcessDefinitionKey(job.getProcessDefinitionKey())
            .setElementId(job.getElementId())
            .setElementInstanceKey(job.getElementInstanceKey())
            .setCustomHeaders(MsgPackConverter.convertToJson(job.getCustomHeadersBuffer()))
            .setWorker(job.getWorker())
            .setRetries(job.getRetries())
            .setDeadline(job.getDeadline())
            .setVariables(MsgPackConverter.convertToJson(job.getVariablesBuffer()))
            .setTenantId(job.getTenantId())
            .setKind(ActivatedJob.JobKind.valueOf(job.getJobKind().name()))
            .setListenerEventType(ActivatedJob.ListenerEventType.valueOf(job.getJobListenerEventType().name()))
            .addAllTags(job.getTags());
    if (job.getJobKind() == JobKind.TASK_LISTENER) {
      message.setUserTask(userTask(job));
    }
    return message.build();
  }

  /** The engine hands a listener its user task in reserved headers, all of them as text. */
  private static UserTaskProperties userTask(final JobRecord job) {
    final Map<String, String> headers = job.getCustomHeaders();
    final var task = GatewayOuterClass.UserTaskProperties.newBuilder();
    text(headers, Protocol.USER_TASK_ACTION_HEADER_NAME, task::setAction);
    text(headers, Protocol.USER_TASK_ASSIGNEE_HEADER_NAME, task::setAssignee);
    text(headers, Protocol.USER_TASK_DUE_DATE_HEADER_NAME, task::setDueDate);
    text(headers, Protocol.USER_TASK_FOLLOW_UP_DATE_HEADER_NAME, task::setFollowUpDate);
    text(headers, Protocol.USER_TASK_FORM_KEY_HEADER_NAME, value -> task.setFormKey(Long.parseLong(value)));
    text(headers, Protocol.USER_TASK_PRIORITY_HEADER_NAME, value -> task.setPriority(Integer.parseInt(value)));
    text(headers, Protocol.USER_TASK_KEY_HEADER_NAME, value -> task.setUserTaskKey(Long.parseLong(value)));
    list(headers, Protocol.USER_TASK_CANDIDATE_GROUPS_HEADER_NAME, task::addCandidateGroups);
    list(headers, Protocol.USER_TASK_CANDIDATE_USERS_HEADER_NAME, task::addCandidateUsers);
    job.getChangedAttributes().forEach(task::addChangedAttributes);
    return task.build();
  }

  private static void text(
      final Map<String, String> headers, final String name, final java.util.function.Consumer<String> target) {
    final var value = headers.get(name);
    if (value != null && !value.isEmpty()) {
      target.accept(value);
    }
  }

  private static void list(
      final Map<String, String> headers, final String name, final java.util.function.Consumer<String> target) {
    text(headers, name, value -> Json.texts(value).forEach(target));
  }
}
