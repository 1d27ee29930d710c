"""An engine's REST API in memory, written by hand: what the gateway asks, answered in the shapes of `rest-api.yaml`."""

import base64
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import httpx

MODELS = Path(__file__).resolve().parents[2] / "bpmn" / "parameter_review"
MODEL = MODELS / "parameter_review.bpmn"
INSTANCE = 2251799813685251
PEOPLE = {
    "wang_fang": ("王芳", ["pu_csyx_operator"], []),
    "li_qiang": ("李强", ["bdb_tech"], []),
    "zhao_min": ("赵敏", ["bdb_tech"], []),
    "chen_jing": ("陈静", ["mof_budget"], []),
    "admin": ("管理员", [], ["admin"]),
}
GROUPS = {
    "pu_csyx_operator": "沈阳市城市运行服务中心 经办",
    "bdb_tech": "市大数据局 技术审查",
    "mof_budget": "市财政局 预算",
}


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
    incidents: list[dict[str, Any]] = field(default_factory=list)
    retried: list[tuple[str, int]] = field(default_factory=list)
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
        return self._answer(request, path, username)

    def _username(self, request: httpx.Request) -> str | None:
        name, _, password = (
            base64.b64decode(request.headers["Authorization"].removeprefix("Basic ")).decode().partition(":")
        )
        return name if self.passwords.get(name) == password else None

    def _resolve(self, key: str) -> httpx.Response:
        self.incidents = [each for each in self.incidents if each["incidentKey"] != key]
        return httpx.Response(204)

    def _try_again(self, job: str, retries: int) -> httpx.Response:
        self.retried.append((job, retries))
        return httpx.Response(204)

    def _sees(self, task: dict[str, Any], username: str) -> bool:
        _, groups, roles = PEOPLE[username]
        return "admin" in roles or task.get("assignee") == username or bool({*groups} & {*task["candidateGroups"]})

    def _answer(self, request: httpx.Request, path: str, username: str) -> httpx.Response:
        body = json.loads(request.content) if request.headers.get("Content-Type") == "application/json" else {}
        for pattern, answer in self._answers(request, body, username).items():
            if found := re.fullmatch(pattern, f"{request.method} {path}"):
                return answer(*found.groups())
        raise AssertionError(f"the gateway asked {request.method} {path}, which nobody taught this engine")

    def _answers(
        self, request: httpx.Request, body: dict[str, Any], username: str
    ) -> dict[str, Callable[..., httpx.Response]]:
        wanted = body.get("filter", {})
        return {
            "GET authentication/me": lambda: _me(username),
            "POST users/search": lambda: _page([{"username": key, "name": told[0]} for key, told in PEOPLE.items()]),
            "POST groups/search": lambda: _page([{"groupId": key, "name": name} for key, name in GROUPS.items()]),
            "POST user-tasks/search": lambda: self._tasks(wanted, username),
            "POST variables/search": lambda: self._variables(
                wanted["processInstanceKey"]["$in"], wanted["name"]["$in"]
            ),
            r"(\w+) user-tasks/(\d+)(?:/(.+))?": lambda *asked: self._task(*asked, body, username),
            "POST process-definitions/search": lambda: _page(_definitions(wanted["processDefinitionId"])),
            r"GET process-definitions/\d+/form": lambda: _json({"schema": json.dumps(form("start_request_submitted"))}),
            r"GET process-definitions/\d+/xml": lambda: httpx.Response(200, content=MODEL.read_bytes()),
            "POST process-instances": lambda: self._create(body),
            "POST incidents/search": lambda: _page(self.incidents),
            r"GET incidents/(\d+)": lambda key: _json(next(i for i in self.incidents if i["incidentKey"] == key)),
            r"POST incidents/(\d+)/resolution": self._resolve,
            r"PATCH jobs/(\d+)": lambda key: self._try_again(key, body["changeset"]["retries"]),
            "POST documents": lambda: self._upload(request),
            r"GET process-instances/(\d+)": _instance,
            r"GET process-instances/\d+/statistics/element-instances": lambda: _json({"items": _statistics()}),
            r"GET process-instances/\d+/sequence-flows": lambda: _json({"items": [{"elementId": f} for f in _FLOWS]}),
            "POST element-instances/search": lambda: _page(_steps()),
        }

    def _tasks(self, wanted: dict[str, Any], username: str) -> httpx.Response:
        return _page([task for task in self.tasks.values() if self._sees(task, username) and _fits(task, wanted)])

    def _create(self, body: dict[str, Any]) -> httpx.Response:
        self.created.append(body)
        return _json({"processInstanceKey": str(INSTANCE)})

    def _task(self, method: str, key: str, part: str | None, body: dict[str, Any], username: str) -> httpx.Response:
        task = self.tasks.get(key)
        if task is None or not self._sees(task, username):
            return _problem(404, "no such task")
        match method, part:
            case "GET", None:
                return _json(task)
            case "GET", "form":
                return _json({"schema": json.dumps(self.forms[key])})
            case "POST", "variables/search":
                return self._variables([task["processInstanceKey"]], None)
            case "POST", "assignment" if task.get("assignee"):
                return _problem(409, "the task is assigned already")
        self._change(method, task, body)
        return httpx.Response(204)

    def _change(self, method: str, task: dict[str, Any], body: dict[str, Any]) -> None:
        if "assignee" in body:
            task["assignee"] = body["assignee"]
        elif method == "DELETE":
            del task["assignee"]
        else:
            self.completed[task["userTaskKey"]] = body["variables"]
            del self.tasks[task["userTaskKey"]]

    def _variables(self, keys: list[str], names: list[str] | None) -> httpx.Response:
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


def _me(username: str) -> httpx.Response:
    name, groups, roles = PEOPLE[username]
    return _json({"username": username, "displayName": name, "groups": groups, "roles": roles, "tenants": []})


def _definitions(process_id: str) -> list[dict[str, Any]]:
    known = {"processDefinitionKey": "2251799813685249", "processDefinitionId": "parameter_review", "version": 1}
    return [known | {"name": "技术参数审查"}] if process_id == "parameter_review" else []


def _instance(key: str) -> httpx.Response:
    state = {"processInstanceKey": key, "state": "ACTIVE", "hasIncident": False}
    return _json(state | {"processDefinitionKey": "2251799813685249"})


def _json(body: dict[str, Any]) -> httpx.Response:
    return httpx.Response(200, json=body)


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
