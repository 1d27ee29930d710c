package zhengjian.engine;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * One short life of an engine without a log, run once so that Java learns which classes a start and the first commands
 * need. What it deploys covers the elements most processes have.
 */
public final class Rehearsal {

  private static final String PROCESS =
      """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
          xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="rehearsal">
        <process id="rehearsal" isExecutable="true">
          <startEvent id="start"/><sequenceFlow id="to_work" sourceRef="start" targetRef="work"/>
          <serviceTask id="work">
            <extensionElements>
              <zeebe:taskDefinition type="=type"/>
              <zeebe:ioMapping><zeebe:input source="=1 + 1" target="sum"/></zeebe:ioMapping>
            </extensionElements>
          </serviceTask>
          <boundaryEvent id="late" attachedToRef="work">
            <timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>
          </boundaryEvent>
          <sequenceFlow id="to_ask" sourceRef="work" targetRef="ask"/>
          <userTask id="ask"><extensionElements><zeebe:userTask/></extensionElements></userTask>
          <sequenceFlow id="to_end" sourceRef="ask" targetRef="end"/><endEvent id="end"/>
        </process>
      </definitions>
      """;

  private final EngineHost host;

  private Rehearsal(final EngineHost host) {
    this.host = host;
  }

  public static void main(final String[] arguments) throws Exception {
    final var host = new EngineHost(null, 1, "127.0.0.1", 0, (user, password) -> true, (kind, detail) -> {});
    new Rehearsal(host).play();
    host.close();
  }

  private void play() throws InterruptedException {
    final var resource = Base64.getEncoder().encodeToString(PROCESS.getBytes(StandardCharsets.UTF_8));
    say("DEPLOYMENT", "CREATE", "{'resources':[{'resourceName':'rehearsal.bpmn','resource':'" + resource + "'}]}");
    say("PROCESS_INSTANCE_CREATION", "CREATE", "{'bpmnProcessId':'rehearsal','variables':{'type':'work'}}");
    say("MESSAGE", "PUBLISH", "{'name':'nobody','correlationKey':'1','timeToLive':0}");
    host.waitForJobs("work", 1_000);
    final var answer =
        say("JOB_BATCH", "ACTIVATE", "{'type':'work','worker':'w','timeout':1000,'maxJobsToActivate':1,"
            + "'tenantIds':['<default>']}");
    final long job = Json.object(answer).at("/value/jobKeys/0").longValue();
    host.submit("JOB", "COMPLETE", "{}".getBytes(StandardCharsets.UTF_8), job, 10_000);
    host.readRecords(0, 10_000, 0);
  }

  private byte[] say(final String valueType, final String intent, final String json) throws InterruptedException {
    return host.submit(valueType, intent, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), -1, 10_000);
  }
}
