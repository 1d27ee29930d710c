package zhengjian.engine;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass;
import io.camunda.zeebe.protocol.impl.record.value.job.JobResult;
import io.camunda.zeebe.protocol.impl.record.value.job.JobResultActivateElement;
import io.camunda.zeebe.protocol.impl.record.value.job.JobResultCorrections;
import io.camunda.zeebe.protocol.record.value.JobResultType;
import java.util.ArrayList;
import java.util.Locale;

/** What a task listener or an ad-hoc subprocess job answers: denied, corrections, elements to activate. */
final class GrpcJobResults {

  private GrpcJobResults() {}

  static JobResult of(final GatewayOuterClass.JobResult given) {
    final var result = new JobResult().setDenied(given.getDenied()).setDeniedReason(given.getDeniedReason());
    if (given.hasType() && given.getType().replace("_", "").equalsIgnoreCase("adhocsubprocess")) {
      result.setType(JobResultType.AD_HOC_SUB_PROCESS);
    } else if (given.hasType() && !given.getType().toLowerCase(Locale.ROOT).startsWith("user")) {
      throw new IllegalArgumentException("Unknown type of a job result: '" + given.getType() + "'");
    }
    if (given.hasCorrections()) {
      correct(result, given.getCorrections());
    }
    for (final var element : given.getActivateElementsList()) {
      result.addActivateElement(
          new JobResultActivateElement()
              .setElementId(element.getElementId())
              .setVariables(Documents.variables(element.getVariables())));
    }
    return result
        .setCompletionConditionFulfilled(given.getIsCompletionConditionFulfilled())
        .setCancelRemainingInstances(given.getIsCancelRemainingInstances());
  }

  private static void correct(final JobResult result, final GatewayOuterClass.JobResultCorrections given) {
    final var corrections = new JobResultCorrections();
    final var corrected = new ArrayList<String>();
    if (given.hasAssignee()) {
      corrections.setAssignee(given.getAssignee());
      corrected.add("assignee");
    }
    if (given.hasDueDate()) {
      corrections.setDueDate(given.getDueDate());
      corrected.add("dueDate");
    }
    if (given.hasFollowUpDate()) {
      corrections.setFollowUpDate(given.getFollowUpDate());
      corrected.add("followUpDate");
    }
    if (given.hasCandidateUsers()) {
      corrections.setCandidateUsersList(given.getCandidateUsers().getValuesList());
      corrected.add("candidateUsersList");
    }
    if (given.hasCandidateGroups()) {
      corrections.setCandidateGroupsList(given.getCandidateGroups().getValuesList());
      corrected.add("candidateGroupsList");
    }
    if (given.hasPriority()) {
      corrections.setPriority(given.getPriority());
      corrected.add("priority");
    }
    result.setCorrections(corrections).setCorrectedAttributes(corrected);
  }
}
