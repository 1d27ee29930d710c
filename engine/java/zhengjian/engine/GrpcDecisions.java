package zhengjian.engine;

import io.camunda.zeebe.gateway.protocol.GatewayOuterClass;
import io.camunda.zeebe.gateway.protocol.GatewayOuterClass.EvaluateDecisionResponse;
import io.camunda.zeebe.protocol.impl.record.value.decision.DecisionEvaluationRecord;
import io.camunda.zeebe.protocol.record.value.EvaluatedDecisionValue;
import io.camunda.zeebe.protocol.record.value.MatchedRuleValue;

/** An evaluated decision, with every decision it required, as gRPC message. */
final class GrpcDecisions {

  private GrpcDecisions() {}

  static EvaluateDecisionResponse of(final Reply reply) {
    final var record = reply.into(new DecisionEvaluationRecord());
    final var response =
        EvaluateDecisionResponse.newBuilder()
            .setDecisionKey(record.getDecisionKey())
            .setDecisionId(record.getDecisionId())
            .setDecisionName(record.getDecisionName())
            .setDecisionVersion(record.getDecisionVersion())
            .setDecisionRequirementsId(record.getDecisionRequirementsId())
            .setDecisionRequirementsKey(record.getDecisionRequirementsKey())
            .setDecisionOutput(record.getDecisionOutput())
            .setFailedDecisionId(record.getFailedDecisionId())
            .setFailureMessage(record.getEvaluationFailureMessage())
            .setTenantId(record.getTenantId())
            .setDecisionInstanceKey(reply.key())
            .setDecisionEvaluationKey(reply.key());
    record.getEvaluatedDecisions().forEach(decision -> response.addEvaluatedDecisions(evaluated(decision)));
    return response.build();
  }

  private static GatewayOuterClass.EvaluatedDecision evaluated(final EvaluatedDecisionValue decision) {
    final var message =
        GatewayOuterClass.EvaluatedDecision.newBuilder()
            .setDecisionKey(decision.getDecisionKey())
            .setDecisionId(decision.getDecisionId())
            .setDecisionName(decision.getDecisionName())
            .setDecisionVersion((int) decision.getDecisionVersion())
            .setDecisionType(decision.getDecisionType())
            .setDecisionOutput(decision.getDecisionOutput())
            .setTenantId(decision.getTenantId())
            .setDecisionEvaluationInstanceKey(decision.getDecisionEvaluationInstanceKey());
    for (final var input : decision.getEvaluatedInputs()) {
      message
          .addEvaluatedInputsBuilder()
          .setInputId(input.getInputId())
          .setInputName(input.getInputName())
          .setInputValue(input.getInputValue());
    }
    decision.getMatchedRules().forEach(rule -> message.addMatchedRules(matched(rule)));
    return message.build();
  }

  private static GatewayOuterClass.MatchedDecisionRule matched(final MatchedRuleValue rule) {
    final var message =
        GatewayOuterClass.MatchedDecisionRule.newBuilder().setRuleId(rule.getRuleId()).setRuleIndex(rule.getRuleIndex());
    for (final var output : rule.getEvaluatedOutputs()) {
      message
          .addEvaluatedOutputsBuilder()
          .setOutputId(output.getOutputId())
          .setOutputName(output.getOutputName())
          .setOutputValue(output.getOutputValue());
    }
    return message.build();
  }
}
