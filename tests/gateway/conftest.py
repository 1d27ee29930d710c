"""A gateway over real records (SQLite) and a hand-written engine that speaks the REST API's shapes."""

import base64
import json
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx
import pytest
from fastapi import FastAPI
from starlette.exceptions import StarletteDeprecationWarning

from domain.documents.table import Item, Money, ParameterTable
from domain.parameters.verdicts import Finding, Subject, Verdict, identify
from gateway.main import create_app
from gateway.settings import Settings
from records import audit
from records.database import Database, open_database
from records.documents import Documents, DocumentStore, NewDocument
from records.migrations import upgrade
from records.models import Conclusion, Document, ReviewStage, ReviewState
from records.projects import NewProject, Projects
from records.reviews import Judgement, Opinion, Request, Reviews
from records.tables import Tables

with warnings.catch_warnings():
    # Starlette asks for its own fork of httpx here; the one the product uses serves the tests as well.
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from starlette.testclient import TestClient

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
MODELS = Path(__file__).resolve().parents[2] / "bpmn" / "parameter_review"
INSTANCE = 2251799813685251
PEOPLE = {
    "wang_fang": ("王芳", ["pu_csyx_operator"], []),
    "li_qiang": ("李强", ["bdb_tech"], []),
    "zhao_min": ("赵敏", ["bdb_tech"], []),
    "chen_jing": ("陈静", ["mof_budget"], []),
    "admin": ("管理员", [], ["admin"]),
}
GROUPS = {"pu_csyx_operator": "沈阳市城市运行服务中心 经办", "bdb_tech": "市大数据局 技术审查", "mof_budget": "市财政局 预算"}


@dataclass
class Clock:
    """A clock that tests move."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> None:
        self.now += timedelta(**by)


def form(name: str) -> dict[str, Any]:
    return json.loads((MODELS / f"{name}.form").read_text("utf-8"))


def a_user_task(key: str = "2251799813685300", **changes: Any) -> dict[str, Any]:
    """Return a user task as the engine tells it."""
    return {
        "userTaskKey": key,
        "name": "初审参数差异",
        "state": "CREATED",
        "elementId": "review_parameters",
        "candidateGroups": ["bdb_tech"],
        "candidateUsers": [],
        "processDefinitionId": "parameter_review",
        "processDefinitionKey": "2251799813685249",
        "processDefinitionVersion": 1,
        "processName": "技术参数审查",
        "processInstanceKey": str(INSTANCE),
        "elementInstanceKey": "2251799813685290",
        "creationDate": "2026-11-20T02:00:00.000Z",
        "dueDate": "2026-11-25T09:30:00.000Z",
        "tenantId": "<default>",
        "customHeaders": {},
        "priority": 50,
        "formKey": "2251799813685260",
    } | changes


@dataclass
class FakeEngine:
    """An engine's REST API, in memory: tasks are seen by assignee and candidate group, as the embedded engine does it.

    `broken` makes every answer that: a status, or the exception the transport raises. `slow_start` leaves a created
    instance without tasks. `asked` lists the requests as `METHOD path`.
    """

    tasks: dict[str, dict[str, Any]] = field(default_factory=dict)
    variables: dict[str, Any] = field(default_factory=dict)
    forms: dict[str, dict[str, Any]] = field(default_factory=dict)
    completed: dict[str, dict[str, Any]] = field(default_factory=dict)
    created: list[dict[str, Any]] = field(default_factory=list)
    uploaded: list[tuple[str, bytes]] = field(default_factory=list)
    passwords: dict[str, str] = field(default_factory=lambda: dict.fromkeys(PEOPLE, "demo"))
    broken: int | Exception | None = None
    refusal: str = ""
    asked: list[str] = field(default_factory=list)

    def add(self, task: dict[str, Any], schema: dict[str, Any] | None = None) -> dict[str, Any]:
        self.tasks[task["userTaskKey"]] = task
        self.forms[task["userTaskKey"]] = schema or form(task["elementId"])
        return task

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/v2/")
        self.asked.append(f"{request.method} {path}")
        if isinstance(self.broken, Exception):
            raise self.broken
        if self.broken:
            return _problem(self.broken, self.refusal or "broken")
        username = self._username(request)
        if username is None:
            return _problem(401, "wrong credentials")
        return self._answer(request, path.split("/"), username)

    def _username(self, request: httpx.Request) -> str | None:
        name, _, password = base64.b64decode(request.headers["Authorization"].removeprefix("Basic ")).decode().partition(":")
        return name if self.passwords.get(name) == password else None

    def _sees(self, task: dict[str, Any], username: str) -> bool:
        _, groups, roles = PEOPLE[username]
        return "admin" in roles or task.get("assignee") == username or bool({*groups} & {*task["candidateGroups"]})

    def _answer(self, request: httpx.Request, path: list[str], username: str) -> httpx.Response:
        body = json.loads(request.content) if request.headers.get("Content-Type") == "application/json" else {}
        wanted = body.get("filter", {})
        match [request.method, *path]:
            case ["GET", "authentication", "me"]:
                name, groups, roles = PEOPLE[username]
                return httpx.Response(
                    200, json={"username": username, "displayName": name, "groups": groups, "roles": roles, "tenants": []}
                )
            case ["POST", "users", "search"]:
                return _page([{"username": key, "name": value[0]} for key, value in PEOPLE.items()])
            case ["POST", "groups", "search"]:
                return _page([{"groupId": key, "name": value} for key, value in GROUPS.items()])
            case ["POST", "user-tasks", "search"]:
                return _page([task for task in self.tasks.values() if self._sees(task, username) and _fits(task, wanted)])
            case ["POST", "variables", "search"]:
                return self._variables(wanted["processInstanceKey"]["$in"], set(wanted["name"]["$in"]))
            case [_, "user-tasks", key, *rest]:
                task = self.tasks.get(key)
                if task is None or not self._sees(task, username):
                    return _problem(404, "no such task")
                return self._task(request.method, task, rest, body)
            case ["POST", "process-definitions", "search"]:
                row = {"processDefinitionKey": "2251799813685249", "processDefinitionId": "parameter_review", "version": 1}
                return _page([row | {"name": "技术参数审查"}] if wanted["processDefinitionId"] == "parameter_review" else [])
            case ["GET", "process-definitions", _, "form"]:
                return httpx.Response(200, json={"schema": json.dumps(form("start_request_submitted"))})
            case ["GET", "process-definitions", _, "xml"]:
                return httpx.Response(200, text=(MODELS / "parameter_review.bpmn").read_text("utf-8"))
            case ["POST", "process-instances"]:
                self.created.append(body)
                return httpx.Response(200, json={"processInstanceKey": str(INSTANCE)})
            case ["POST", "documents"]:
                return self._upload(request)
            case ["GET", "process-instances", key]:
                state = {"processInstanceKey": key, "state": "ACTIVE", "hasIncident": False}
                return httpx.Response(200, json=state | {"processDefinitionKey": "2251799813685249"})
            case ["GET", "process-instances", _, "statistics", "element-instances"]:
                return httpx.Response(200, json={"items": _statistics()})
            case ["GET", "process-instances", _, "sequence-flows"]:
                return httpx.Response(200, json={"items": [{"elementId": flow} for flow in _FLOWS]})
            case ["POST", "element-instances", "search"]:
                return _page(_steps())
        raise AssertionError(f"the gateway asked for {request.method} {'/'.join(path)}, which nobody taught this engine")

    def _task(self, method: str, task: dict[str, Any], rest: list[str], body: dict[str, Any]) -> httpx.Response:
        match [method, *rest]:
            case ["GET"]:
                return httpx.Response(200, json=task)
            case ["GET", "form"]:
                return httpx.Response(200, json={"schema": json.dumps(self.forms[task["userTaskKey"]])})
            case ["POST", "variables", "search"]:
                return self._variables([task["processInstanceKey"]], None)
            case ["POST", "assignment"] if task.get("assignee"):
                return _problem(409, "the task is assigned already")
            case ["POST", "assignment"]:
                task["assignee"] = body["assignee"]
            case ["DELETE", "assignee"]:
                del task["assignee"]
            case ["POST", "completion"]:
                self.completed[task["userTaskKey"]] = body["variables"]
                del self.tasks[task["userTaskKey"]]
        return httpx.Response(204)

    def _variables(self, keys: list[str], names: set[str] | None) -> httpx.Response:
        found = {name: value for name, value in self.variables.items() if names is None or name in names}
        return _page(
            [
                {"processInstanceKey": key, "name": name, "value": json.dumps(value), "isTruncated": False}
                for key in keys
                for name, value in found.items()
            ]
        )

    def _upload(self, request: httpx.Request) -> httpx.Response:
        head, _, rest = request.content.partition(b"\r\n\r\n")
        content = rest.rsplit(b"\r\n--", 1)[0]
        name = unquote(head.decode().partition('filename="')[2].partition('"')[0])
        self.uploaded.append((name, content))
        reference = {"camunda.document.type": "camunda", "storeId": "local", "documentId": f"d{len(self.uploaded)}"}
        metadata = {"fileName": name, "size": len(content)}
        return httpx.Response(201, json=reference | {"contentHash": "0" * 64, "metadata": metadata})


_FLOWS = [
    "flow_request_submitted_to_round",
    "flow_round_to_parse_documents",
    "flow_parse_documents_to_align_items",
    "flow_align_items_to_compare_parameters",
]
_DONE = {"start_request_submitted": "参数审查已申请", "parse_documents": "解析送审文件", "align_items": "对齐设备清单"}
_LIVE = {"review_parameters": "初审参数差异"}


def _statistics() -> list[dict[str, Any]]:
    done = [{"elementId": name, "active": 0, "completed": 1, "canceled": 0, "incidents": 0} for name in _DONE]
    live = [{"elementId": name, "active": 1, "completed": 0, "canceled": 0, "incidents": 0} for name in _LIVE]
    return done + live


def _steps() -> list[dict[str, Any]]:
    step = {"type": "SERVICE_TASK", "startDate": "2026-11-20T01:58:00.000Z", "hasIncident": False}
    done = [step | {"elementId": key, "elementName": name, "state": "COMPLETED"} for key, name in _DONE.items()]
    return done + [step | {"elementId": key, "elementName": name, "state": "ACTIVE"} for key, name in _LIVE.items()]


def _fits(task: dict[str, Any], wanted: dict[str, Any]) -> bool:
    groups = wanted.get("candidateGroup", {}).get("$in")
    return (
        all(task.get(name) == wanted[name] for name in ("state", "assignee", "processInstanceKey") if name in wanted)
        and (groups is None or bool({*groups} & {*task["candidateGroups"]}))
    )  # fmt: skip


def _page(items: list[dict[str, Any]]) -> httpx.Response:
    return httpx.Response(200, json={"items": items, "page": {"totalItems": len(items)}})


def _problem(status: int, detail: str) -> httpx.Response:
    return httpx.Response(status, json={"title": "problem", "status": status, "detail": detail})


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engine() -> FakeEngine:
    fake = FakeEngine(variables={"project_code": "2412-210100-17-01-140662", "project_name": "城市运行一网统管平台"})
    fake.variables |= {"package_name": "01包 硬件设备", "unit_code": "csyx", "round": 1, "deviation_count": 0}
    return fake


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path, database_url=f"sqlite:///{tmp_path / 'records.db'}", upload_limit=64 * 1024)


@pytest.fixture
def database(settings: Settings) -> Iterator[Database]:
    upgrade(settings.database_url)
    opened = open_database(settings.database_url)
    yield opened
    opened.close()


@pytest.fixture
def app(settings: Settings, database: Database, engine: FakeEngine, clock: Clock) -> FastAPI:
    return create_app(settings, database=database, engine_transport=httpx.MockTransport(engine), clock=clock)


class Browser:
    """A browser of one person, without scripts: keeps cookies, finds the CSRF token of the last page."""

    def __init__(self, app: FastAPI) -> None:
        self.http = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
        self.token = ""

    def get(self, address: str) -> httpx.Response:
        answer = self.http.get(address)
        if '<meta name="csrf-token" content="' in answer.text:
            self.token = answer.text.split('<meta name="csrf-token" content="')[1].split('"')[0]
        return answer

    def post(self, address: str, **form: str) -> httpx.Response:
        return self.http.post(address, data={"csrf_token": self.token, **form})

    def send(self, address: str, body: Any) -> httpx.Response:
        return self.http.post(address, json=body, headers={"X-CSRF-Token": self.token})

    def sign_in(self, username: str, password: str = "demo") -> httpx.Response:
        self.get("/login")
        answer = self.post("/login", username=username, password=password)
        if answer.status_code == 303:
            self.get("/projects")
        return answer


@pytest.fixture
def open_browser(app: FastAPI) -> Callable[..., Browser]:
    """Return a function that opens a browser, signed in when a user name is given."""

    def open_it(username: str = "") -> Browser:
        browser = Browser(app)
        if username:
            assert browser.sign_in(username).status_code == 303
        return browser

    return open_it


@dataclass(frozen=True)
class Reviewed:
    """Ids of the review that `record_review` wrote."""

    review_id: int
    tender_id: int
    opinion_id: int
    project_code: str


FINDINGS = [
    ("应用支撑平台", "应用服务器", "CPU核数", "每颗不低于16核，主频≥2.5GHz", "每颗≥16核，主频≥2.5GHz", Verdict.SAME, "“不低于”即≥，下限相同"),
    ("应用支撑平台", "应用服务器", "内存", "≥256GB DDR4", "≥256GB DDR5", Verdict.RAISED, "容量一致但代次提高，收窄产品范围并可能推高价格，须说明理由"),
    ("应用支撑平台", "集中存储", "可用容量", "≥100TB", "≥80TB", Verdict.LOWERED, "招标下限80TB低于批复的100TB"),
    ("网络与安全", "核心交换机", "品牌", "", "支持IRF堆叠，须与现网H3C设备兼容", Verdict.BRAND, "IRF为单一厂商技术名称，指向特定供应商"),
    ("网络与安全", "防火墙", "整项", "2台", "", Verdict.MISSING, "批复有、招标没有"),
    ("网络与安全", "视频会议终端", "整项", "", "4台 <img src=x onerror=alert(1)>", Verdict.ADDED, "批复没有此项"),
    ("综合", "监控摄像机", "数量", "120台", "132台", Verdict.QUANTITY, "数量由120台变为132台"),
    ("综合", "信息系统集成", "合价", "1,200,000.00元", "1,260,000.00元", Verdict.AMOUNT, "招标金额超出批复60,000.00元"),
    ("综合", "运维平台", "性能", "满足业务需要", "支持不少于500个监控节点", Verdict.MANUAL, "批复为定性要求，不能与数值比较，须人工判断"),
]  # fmt: skip


def table(file_name: str, fen: int) -> ParameterTable:
    total = Money(f"{fen / 100:.2f}", fen, "设备清单!H4")
    return ParameterTable(file_name, "0" * 64, (Item("应用服务器", "设备清单!B4", "应用支撑平台", total=total),))


@dataclass(frozen=True)
class Reviewed:
    """Ids of the review that `record_review` wrote."""

    review_id: int
    tender_id: int
    opinion_id: int
    project_code: str


@pytest.fixture
def record_review(database: Database, settings: Settings) -> Callable[..., Reviewed]:
    """Return a function that records a review with findings, opinions and documents, as the workers do."""
    store = DocumentStore(settings.data / "documents")

    def record(
        code: str = "2412-210100-17-01-140662", unit_code: str = "csyx", instance_key: int = INSTANCE
    ) -> Reviewed:
        with database.session() as session:
            named = NewProject(code, "城市运行一网统管平台", unit_code, "沈阳市城市运行服务中心")
            project = Projects(session).register(named, NOW)
            reviews, documents, tables = Reviews(session), Documents(session, store), Tables(session)
            asked = Request(instance_key, project.id, "01包 硬件设备", "沈发改审批[2026]18号", NOW.date(), "wang_fang")
            review = reviews.open(asked, NOW)

            def add(kind: str, name: str, content: bytes) -> Document:
                return documents.add(NewDocument(content, kind, name, "application/octet-stream", "wang_fang", NOW))

            approved = add("approved_table", "审批后方案参数价格表.xlsx", b"approved")
            tender = add("tender", "招标文件（采购需求）.docx", b"tender")
            opinion = add("opinion", "技术参数审查意见书.docx", b"opinion")
            baseline = tables.store_baseline(project.id, approved, table("审批后方案参数价格表.xlsx", 1_234_567_800), NOW)
            session.flush()
            review.baseline_table_id, review.opinion_document_id = baseline.id, opinion.id
            tables.store_tender(review.id, 1, tender, table("招标文件（采购需求）.docx", 1_240_567_800), NOW)
            found = identify(
                Finding(Subject.PARAMETER, subsystem, item, item, *texts, f"设备清单!D{at}", f"表3 第{at}行")
                for at, (subsystem, item, *texts) in enumerate(FINDINGS, 4)
            )
            reviews.add_findings(review, found, {})
            reviews.explain(review, {found[1].finding_id: "DDR4已停产，按现货代次采购，造价不变。"})
            reviews.judge(review, {found[1].finding_id: Judgement("accepted", "说明成立")})
            opinion_a = Opinion(ReviewStage.FIRST, "li_qiang", "submitted", "请修改存储容量。")
            reviews.add_opinion(review, opinion_a, NOW)
            reviews.conclude(review, Conclusion.AGREE_AFTER_CHANGES, NOW)
            reviews.move(review, ReviewState.CONFIRMING, NOW)
            audit.append(session, "wang_fang", "review.requested", f"parameter_review:{instance_key}", {}, NOW)
            return Reviewed(review.id, tender.id, opinion.id, code)

    return record


@pytest.fixture
def user_task() -> Callable[..., dict[str, Any]]:
    """Return the builder of user tasks."""
    return a_user_task


@pytest.fixture
def instance() -> int:
    """Return the key of the one process instance there is."""
    return INSTANCE
