"""Models and rooms are two halves of one thing: this walks both and names every missing half."""

# ruff: noqa: E501 - one case a line

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from admin.checks import Tree
from admin.checks.model import BPMN, SERVICE_TASKS, ZEEBE, read_model, read_xml
from admin.lint import REPOSITORY, check_ourselves
from gateway.pages.starting import STARTABLE
from gateway.trail import SENTENCES
from tests.small_tree import ARTICLE, DECISION, FORM, small_tree
from workers.main import compose
from workers.parts import Parts
from workers.step import job_type, wanted_variables

TREE = Tree(REPOSITORY)
ARTICLES = re.compile("第[一二三四五六七八九十]+条([、至]第[一二三四五六七八九十]+条)*")


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    return small_tree(tmp_path)


def swap(tree: Tree, path: Callable[[Tree], Path], old: str, new: str) -> None:
    file = path(tree)
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def model(tree: Tree) -> Path:
    return tree.model("demo")


def form(tree: Tree) -> Path:
    return tree.resource("demo", "approve_size.form")


def step(tree: Tree) -> Path:
    return tree.room("demo", "check_size")


def package(tree: Tree) -> Path:
    return tree.package("demo")


def program(tree: Tree) -> Path:
    return tree.program()


def decision(tree: Tree) -> Path:
    return tree.resource("demo", "decide_size.dmn")


def test_every_element_of_every_process_has_its_other_half() -> None:
    assert [str(complaint) for complaint in check_ourselves(TREE)] == []


@pytest.mark.parametrize("process", TREE.processes())
def test_the_program_makes_exactly_the_rooms_the_diagram_draws(process: str) -> None:
    rooms = compose(Parts(None, None, None))  # type: ignore[arg-type]  # making a step needs nothing of what it is given
    made = {job_type(room) for room in (*rooms.steps, *rooms.listeners) if job_type(room).startswith(f"{process}.")}
    nodes = read_model(TREE.model(process)).nodes()
    drawn = {f"{process}.{node.id}" for node in nodes if node.kind in SERVICE_TASKS or node.listeners}
    place = TREE.name(TREE.package(process))
    assert drawn - made == set(), f"add these to `rooms` in {place}, and the process to PROCESSES in workers/main.py"
    assert made - drawn == set(), f"draw these, or take them out of `rooms` in {place}"


def test_the_landscape_shows_every_process() -> None:
    pools = read_xml(REPOSITORY / "bpmn" / "landscape.bpmn").iter(f"{BPMN}participant")
    path = f"{BPMN}extensionElements/{ZEEBE}properties/{ZEEBE}property"
    shown = [{each.get("name"): each.get("value") for each in pool.iterfind(path)} for pool in pools]
    missing = set(TREE.processes()) - {each["process"] for each in shown}
    assert missing == set(), "draw a pool for each in bpmn/landscape.bpmn, with the properties `process` and `article`"
    assert len(shown) == 17
    assert all(ARTICLES.fullmatch(each["article"]) for each in shown)


def test_every_process_that_a_form_starts_can_be_started_on_the_pages() -> None:
    with_form = {
        process
        for process in TREE.processes()
        if any(
            node.kind == "startEvent" and node.has("formDefinition") for node in read_model(TREE.model(process)).nodes()
        )
    }
    assert with_form - STARTABLE.keys() == set(), "add a Matter for each to STARTABLE in gateway/pages/starting.py"
    assert STARTABLE.keys() - with_form == set(), "no start event with a form: take these out of STARTABLE"


@pytest.mark.parametrize("process", TREE.processes())
def test_every_event_a_step_notes_is_told_in_words_on_the_project_page(process: str) -> None:
    noted = re.compile(r"""\.note\(\s*"([a-z_.]+)\"""")
    actions = {action for module in TREE.modules(process) for action in noted.findall(module.read_text("utf-8"))}
    assert actions - SENTENCES.keys() == set(), "add a Chinese sentence for each to SENTENCES in gateway/trail.py"


def test_every_step_names_a_variable_because_the_engine_sends_all_of_them_to_one_that_names_none() -> None:
    rooms = compose(Parts(None, None, None))  # type: ignore[arg-type]  # see above
    assert [job_type(step) for step in rooms.steps if not wanted_variables(step)] == []


def test_a_whole_tree_passes(tree: Tree) -> None:
    assert [str(complaint) for complaint in check_ourselves(tree)] == []


@pytest.mark.parametrize(
    ("path", "old", "new", "element", "says"),
    [
        (model, 'id="demo" name', 'id="other" name', "other", "流程 id 与文件夹名 demo 不同"),
        (model, 'isExecutable="true"', 'isExecutable="false"', "demo", "流程不可执行"),
        (model, 'Version="8.8.0"', 'Version="8.9.0"', "demo", "目标平台不是 Camunda 8.8"),
        (model, ARTICLE, "", "demo", "没有写明依据的条款"),
        (model, f'type="demo.check_size" retries="7" />{ARTICLE}', 'type="demo.check_size" retries="7" />', "check_size", "没有写明依据的条款"),
        (model, 'id="check_size" name', 'id="CheckSize" name', "CheckSize", "id 应为小写英文加下划线"),
        (model, 'id="end_small" name', 'id="small" name', "small", "id 应以 end_ 开头"),
        (model, 'name="核对大小"', 'name="check"', "check_size", "没有中文名称"),
        (model, 'type="demo.check_size" retries="7"', 'type="check" retries="7"', "check_size", "作业类型是“check”"),
        (model, 'type="demo.check_size" retries="7"', 'type="demo.check_size" retries="3"', "check_size", "重试次数是“3”"),
        (model, 'type="demo.approve_size"', 'type="other"', "approve_size", "作业类型是“other”"),
        (model, "<zeebe:userTask />", "", "approve_size", "不是 Camunda 用户任务"),
        (model, 'eventType="completing"', 'eventType="assigning"', "approve_size", "没有人核对并记下是谁办结的"),
        (model, 'candidateGroups="bdb_tech"', "", "approve_size", "没有候选组"),
        (model, 'dueDate="=due"', "", "approve_size", "没有办理期限"),
        (model, 'candidateGroups="bdb_tech"', "candidateGroups='=\"pu_\" + unit'", "approve_size", "候选组的表达式不是列表"),
        (model, "<zeebe:output source", "<zeebe:input source", "approve_size", "表单字段 size 没有输出映射"),
        (model, '<zeebe:output source="=answer"', '<zeebe:output source="=reply"', "approve_size", "表单字段 answer 没有输出映射"),
        (model, '<zeebe:output source="=answer"', '<zeebe:output source="=reply"', "approve_size", "输出映射要的 reply 不是表单的字段"),
        (model, '<zeebe:formDefinition formId="approve_size" bindingType="deployment" />', "", "approve_size", "没有链接表单"),
        (step, '"due"', '"deadline"', "approve_size", "期限变量 due 没有步骤给出"),
        (step, "size, answer=None", "weight, answer=None", "check_size", "handle 要的变量 weight 没有谁给出"),
        (step, "too_large", "too_heavy", "check_size", "抛出的错误代码 too_heavy 没有边界事件接住"),
        (package, "CheckSize(parts.registry),", "", "check_size", "作业程序没有装配"),
        (package, "ApproveSize(),", "", "approve_size", "作业程序没有装配"),
        (program, "demo.rooms,", "", "demo", "流程没有接入作业程序"),
        (program, "PROCESSES = (", "PROCESSES = (,", "", "程序读不出来（第 3 行）"),
        (step, "class", "clas", "", "程序读不出来（第 1 行）"),
        (model, 'formId="approve_size"', 'formId="other"', "approve_size", "表单 id 是“other”"),
        (model, 'formId="start_asked" bindingType="deployment"', 'formId="start_asked"', "start_asked", "表单没有随流程一起部署"),
        (model, 'decisionId="decide_size"', 'decisionId="other"', "decide_size", "决策 id 是“other”"),
        (model, 'resultVariable="size" bindingType="deployment"', 'resultVariable="size"', "decide_size", "决策没有随流程一起部署"),
        (model, 'errorCode="too_large"', 'errorCode="too_small"', "error_too_large", "没有程序会抛出错误代码 too_small"),
        (model, 'name="很大？"', 'name="大小"', "gateway_large", "不是问句"),
        (model, 'name="否" ', "", "flow_6", "分支没有写答案"),
        (model, 'id="flow_1" source', 'id="Flow_1" source', "Flow_1", "应以 flow_ 开头"),
        (model, 'bpmnElement="end_large"', 'bpmnElement="nothing"', "end_large", "没有画在图上"),
        (model, 'bpmnElement="flow_7"', 'bpmnElement="nothing"', "flow_7", "连线没有画在图上"),
        (model, '<di:waypoint x="150" y="220" />', '<di:waypoint x="160" y="220" />', "flow_3", "连线不是横平竖直的"),
        (model, '<di:waypoint x="725" y="218" />', '<di:waypoint x="725" y="300" /><di:waypoint x="120" y="300" />', "flow_7", "连线不是横平竖直的"),
        (model, '<di:waypoint x="150" y="220" /><di:waypoint x="350" y="220" />', '<di:waypoint x="150" y="100" /><di:waypoint x="350" y="100" />', "flow_3", "连线穿过了 check_size"),
        (model, '<di:waypoint x="36" y="118" />', '<di:waypoint x="36" y="200" /><di:waypoint x="250" y="200" /><di:waypoint x="250" y="300" />', "flow_1", "连线与 flow_3 交叉"),
        (form, '"schemaVersion": 19', '"schemaVersion": 20', "", "表单的版本或平台不对"),
        (form, '"id": "field_2"', '"id": "field_1"', "field_1", "id 重复"),
        (form, '"key": "answer"', '"key": "size"', "size", "两个字段写同一个变量"),
        (form, '"label": "大小"', '"label": ""', "field_1", "字段没有标题"),
        (form, '"type": "textfield"', '"type": "slider"', "field_1", "不认识的组件"),
        (form, '{"label": "是", "value": "yes"}', "", "field_2", "选择项是空的"),
        (form, '"id": "approve_size"', '"id": "other"', "", "内部的 id 与文件名不同"),
        (form, '{"type": "default"', "{", "", "表单不是 JSON"),
        (decision, 'hitPolicy="FIRST"', 'hitPolicy="COLLECT"', "decide_size", "命中策略不是"),
        (decision, 'label="结论"', "", "o", "列没有中文标题"),
        (decision, "<description>第十八条</description>", "", "r", "规则没有写依据的条款"),
        (decision, 'decision id="decide_size"', 'decision id="other"', "", "内部的 id 与文件名不同"),
        (decision, "</definitions>", "", "", "决策表读不出来"),
    ],
)  # fmt: skip
def test_a_rule_bites(  # noqa: PLR0917 - a case's columns
    tree: Tree, path: Callable[[Tree], Path], old: str, new: str, element: str, says: str
) -> None:
    swap(tree, path, old, new)
    assert any(each.element == element and says in each.text for each in check_ourselves(tree)), list(
        map(str, check_ourselves(tree))
    )


def test_a_user_task_whose_outputs_are_all_gone_is_named(tree: Tree) -> None:
    text = model(tree).read_text("utf-8")
    model(tree).write_text(re.sub("<zeebe:ioMapping>.*?</zeebe:ioMapping>", "", text), "utf-8")
    assert any("没有输出映射，办理人可以改写" in each.text for each in check_ourselves(tree))


@pytest.mark.parametrize(
    ("missing", "says"),
    [
        ("bpmn/demo/demo.bpmn", "模型读不出来"),
        ("workers/demo/check_size.py", "没有对应的作业程序"),
        ("workers/demo/approve_size.py", "没有对应的作业程序"),
        ("workers/demo/__init__.py", "作业程序没有装配"),
        ("workers/main.py", "流程没有接入作业程序"),
        ("tests/demo/test_check_size.py", "没有对应的测试"),
        ("bpmn/demo/start_asked.form", "没有对应的表单"),
        ("bpmn/demo/approve_size.form", "没有对应的表单"),
        ("bpmn/demo/decide_size.dmn", "没有对应的决策表"),
    ],
)
def test_a_missing_half_is_named(tree: Tree, missing: str, says: str) -> None:
    (tree.root / missing).unlink()
    found = check_ourselves(tree)
    assert any(says in each.text for each in found), list(map(str, found))
    assert all(each.remedy for each in found)


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ("workers/demo/weigh_size.py", "图上没有这个步骤"),
        ("bpmn/demo/weigh_size.form", "图上没有用到它"),
        ("bpmn/demo/weigh_size.dmn", "图上没有用到它"),
    ],
)
def test_a_half_without_an_element_is_named(tree: Tree, extra: str, says: str) -> None:
    content = FORM.format(id="weigh_size") if extra.endswith(".form") else DECISION if extra.endswith(".dmn") else ""
    (tree.root / extra).write_text(content, "utf-8")
    assert [(each.file, says in each.text) for each in check_ourselves(tree)] == [(extra, True)]


def test_a_room_without_its_class_is_named(tree: Tree) -> None:
    tree.room("demo", "check_size").write_text("class Something:\n    pass\n", "utf-8")
    assert any("没有类 CheckSize" in each.text for each in check_ourselves(tree))


@pytest.mark.parametrize("line", ["import pyzeebe", "from sqlalchemy.orm import Session", "import grpc.aio"])
def test_a_room_that_knows_engine_database_or_network_is_named(tree: Tree, line: str) -> None:
    room = tree.room("demo", "check_size")
    room.write_text(f"{line}\n{room.read_text('utf-8')}", "utf-8")
    assert any("步骤直接用了" in each.text for each in check_ourselves(tree))
