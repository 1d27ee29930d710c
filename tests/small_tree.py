"""A small source tree in which everything has its other half; tests of the contract spoil it."""

# ruff: noqa: E501 - XML

from pathlib import Path

from admin.checks import Tree

DIAGRAM = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
 xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI"
 xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="d"
 modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.8.0">
<bpmn:process id="demo" name="示例" isExecutable="true">
  <bpmn:extensionElements>{article}</bpmn:extensionElements>
  <bpmn:startEvent id="start_asked" name="已申请">
    <bpmn:extensionElements><zeebe:formDefinition formId="start_asked" bindingType="deployment" />{article}</bpmn:extensionElements>
    <bpmn:outgoing>flow_1</bpmn:outgoing></bpmn:startEvent>
  <bpmn:serviceTask id="check_size" name="核对大小">
    <bpmn:extensionElements><zeebe:taskDefinition type="demo.check_size" retries="7" />{article}</bpmn:extensionElements>
    <bpmn:incoming>flow_1</bpmn:incoming><bpmn:outgoing>flow_2</bpmn:outgoing></bpmn:serviceTask>
  <bpmn:boundaryEvent id="error_too_large" name="过大" attachedToRef="check_size">
    <bpmn:extensionElements>{article}</bpmn:extensionElements><bpmn:outgoing>flow_3</bpmn:outgoing>
    <bpmn:errorEventDefinition id="e" errorRef="error_1" /></bpmn:boundaryEvent>
  <bpmn:userTask id="approve_size" name="批准大小">
    <bpmn:extensionElements><zeebe:userTask /><zeebe:formDefinition formId="approve_size" bindingType="deployment" />
    <zeebe:assignmentDefinition candidateGroups="bdb_tech" /><zeebe:taskSchedule dueDate="=due" />
    <zeebe:ioMapping><zeebe:output source="=size" target="size" /><zeebe:output source="=answer" target="answer" /></zeebe:ioMapping>
    <zeebe:taskListeners><zeebe:taskListener eventType="completing" type="demo.approve_size" retries="7" /></zeebe:taskListeners>
    {article}</bpmn:extensionElements>
    <bpmn:incoming>flow_2</bpmn:incoming><bpmn:incoming>flow_3</bpmn:incoming><bpmn:outgoing>flow_4</bpmn:outgoing></bpmn:userTask>
  <bpmn:businessRuleTask id="decide_size" name="判定大小">
    <bpmn:extensionElements><zeebe:calledDecision decisionId="decide_size" resultVariable="size" bindingType="deployment" />{article}</bpmn:extensionElements>
    <bpmn:incoming>flow_4</bpmn:incoming><bpmn:outgoing>flow_5</bpmn:outgoing></bpmn:businessRuleTask>
  <bpmn:exclusiveGateway id="gateway_large" name="很大？" default="flow_6">
    <bpmn:extensionElements>{article}</bpmn:extensionElements>
    <bpmn:incoming>flow_5</bpmn:incoming><bpmn:outgoing>flow_6</bpmn:outgoing><bpmn:outgoing>flow_7</bpmn:outgoing></bpmn:exclusiveGateway>
  <bpmn:endEvent id="end_small" name="已办结"><bpmn:extensionElements>{article}</bpmn:extensionElements><bpmn:incoming>flow_6</bpmn:incoming></bpmn:endEvent>
  <bpmn:endEvent id="end_large" name="已退回"><bpmn:extensionElements>{article}</bpmn:extensionElements><bpmn:incoming>flow_7</bpmn:incoming></bpmn:endEvent>
  <bpmn:sequenceFlow id="flow_1" sourceRef="start_asked" targetRef="check_size" />
  <bpmn:sequenceFlow id="flow_2" sourceRef="check_size" targetRef="approve_size" />
  <bpmn:sequenceFlow id="flow_3" sourceRef="error_too_large" targetRef="approve_size" />
  <bpmn:sequenceFlow id="flow_4" sourceRef="approve_size" targetRef="decide_size" />
  <bpmn:sequenceFlow id="flow_5" sourceRef="decide_size" targetRef="gateway_large" />
  <bpmn:sequenceFlow id="flow_6" name="否" sourceRef="gateway_large" targetRef="end_small" />
  <bpmn:sequenceFlow id="flow_7" name="是" sourceRef="gateway_large" targetRef="end_large" />
</bpmn:process>
<bpmn:error id="error_1" errorCode="too_large" />
<bpmndi:BPMNDiagram id="di"><bpmndi:BPMNPlane id="plane" bpmnElement="demo">
{shapes}
{edges}
</bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>
"""

ARTICLE = '<zeebe:properties><zeebe:property name="article" value="第十八条" /></zeebe:properties>'

SHAPES = {
    "start_asked": (0, 100, 36, 36),
    "check_size": (100, 78, 100, 80),
    "error_too_large": (132, 140, 36, 36),
    "approve_size": (300, 78, 100, 80),
    "decide_size": (500, 78, 100, 80),
    "gateway_large": (700, 93, 50, 50),
    "end_small": (800, 100, 36, 36),
    "end_large": (800, 200, 36, 36),
}

EDGES = {
    "flow_1": [(36, 118), (100, 118)],
    "flow_2": [(200, 118), (300, 118)],
    "flow_3": [(150, 176), (150, 220), (350, 220), (350, 158)],
    "flow_4": [(400, 118), (500, 118)],
    "flow_5": [(600, 118), (700, 118)],
    "flow_6": [(750, 118), (800, 118)],
    "flow_7": [(725, 143), (725, 218), (800, 218)],
}

FORM = """{{"type": "default", "id": "{id}", "executionPlatform": "Camunda Cloud", "schemaVersion": 19,
"components": [{{"type": "textfield", "id": "field_1", "key": "size", "label": "大小"}},
{{"type": "radio", "id": "field_2", "key": "answer", "label": "答复", "values": [{{"label": "是", "value": "yes"}}]}}]}}"""

DECISION = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
<decision id="decide_size" name="判定大小"><decisionTable id="t" hitPolicy="FIRST">
<input id="i" label="大小"><inputExpression id="x"><text>size</text></inputExpression></input>
<output id="o" label="结论" name="size" />
<rule id="r"><description>第十八条</description><inputEntry id="a"><text></text></inputEntry>
<outputEntry id="b"><text>1</text></outputEntry></rule></decisionTable></decision></definitions>"""

STEP = """class CheckSize:
    def handle(self, at, size, answer=None):
        if size > 9:
            raise Outcome("too_large", "", {})
        return {"due": ""}
"""
GUARD = "class ApproveSize:\n    def judge(self, task):\n        return None\n"
PACKAGE = "def rooms(parts):\n    return Rooms((CheckSize(parts.registry),), (ApproveSize(),))\n"
PROGRAM = "from workers import demo\n\nPROCESSES = (demo.rooms,)\n"


def drawn(shapes: dict[str, tuple[int, int, int, int]], edges: dict[str, list[tuple[int, int]]]) -> dict[str, str]:
    return {
        "shapes": "\n".join(
            f'<bpmndi:BPMNShape id="{name}_di" bpmnElement="{name}"><dc:Bounds x="{x}" y="{y}" width="{w}" height="{h}" />'
            "</bpmndi:BPMNShape>"
            for name, (x, y, w, h) in shapes.items()
        ),
        "edges": "\n".join(
            f'<bpmndi:BPMNEdge id="{name}_di" bpmnElement="{name}">'
            + "".join(f'<di:waypoint x="{x}" y="{y}" />' for x, y in points)
            + "</bpmndi:BPMNEdge>"
            for name, points in edges.items()
        ),
    }


def small_tree(folder: Path) -> Tree:
    """Write the tree to `folder`."""
    for part in ("bpmn/demo", "workers/demo", "tests/demo"):
        (folder / part).mkdir(parents=True)
    made = Tree(folder)
    made.model("demo").write_text(DIAGRAM.format(article=ARTICLE, **drawn(SHAPES, EDGES)), "utf-8")
    for form in ("start_asked", "approve_size"):
        made.resource("demo", f"{form}.form").write_text(FORM.format(id=form), "utf-8")
    made.resource("demo", "decide_size.dmn").write_text(DECISION, "utf-8")
    for element, room in (("check_size", STEP), ("approve_size", GUARD)):
        made.room("demo", element).write_text(room, "utf-8")
        made.test("demo", element).write_text("", "utf-8")
    made.package("demo").write_text(PACKAGE, "utf-8")
    made.program().write_text(PROGRAM, "utf-8")
    return made
