"""The gateway's one road to the engine: the Orchestration Cluster REST API v2 over httpx.

Why not `camunda-orchestration-sdk`: its models (10.0) demand fields that an 8.8 engine does not send (`businessId`,
`tags`, `rootProcessInstanceKey` of a user task, …) and refuse the whole answer, so pages built on it would not run on
Camunda 8.8 and on the embedded engine (design D1); and it holds one set of credentials a client, where every page here
speaks with its reader's own. The SDK remains a client in the engine's tests.
"""

import json
from dataclasses import dataclass
from typing import IO, Any

import httpx

from gateway.engine_errors import EngineUnreachableError, refusal

PAGE = 500
"""How many rows one question asks for; longer answers are asked for page by page."""


@dataclass(frozen=True)
class Credentials:
    """What a person signed in with; `repr` does not show the password."""

    username: str
    password: str

    def __repr__(self) -> str:
        return f"Credentials({self.username!r})"


class EngineApi:
    """Connection pool to one engine, shared by all requests."""

    def __init__(self, base_url: str, timeout: float, transport: httpx.BaseTransport | None = None) -> None:
        limits = httpx.Limits(max_connections=64, max_keepalive_connections=32)
        self._http = httpx.Client(
            base_url=f"{base_url.rstrip('/')}/v2/", timeout=timeout, transport=transport, limits=limits, trust_env=False
        )

    def for_caller(self, credentials: Credentials) -> "CallersEngine":
        """Return the engine as this person may use it."""
        return CallersEngine(self._http, credentials)

    def close(self) -> None:
        """Close the pooled connections."""
        self._http.close()


class CallersEngine:
    """The engine with one person's credentials. Answers are the objects of Camunda's `rest-api.yaml`, keys as text."""

    def __init__(self, http: httpx.Client, credentials: Credentials) -> None:
        self._http = http
        self._auth = httpx.BasicAuth(credentials.username.encode(), credentials.password.encode())

    def me(self) -> dict[str, Any]:
        """Return who the caller is: `username`, `displayName`, `groups`, `roles`."""
        return self._json("GET", "authentication/me")

    def people(self) -> dict[str, str]:
        """Return the names of all users by user name."""
        return {row["username"]: row.get("name") or row["username"] for row in self._search("users/search", {})}

    def groups(self) -> dict[str, str]:
        """Return the names of all groups by id."""
        return {row["groupId"]: row.get("name") or row["groupId"] for row in self._search("groups/search", {})}

    def search_user_tasks(self, user_task_filter: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the caller's visible user tasks that match, earliest due date first."""
        return self._search("user-tasks/search", user_task_filter, [{"field": "dueDate", "order": "ASC"}])

    def user_task(self, key: str) -> dict[str, Any]:
        """Return one user task."""
        return self._json("GET", f"user-tasks/{key}")

    def user_task_form(self, key: str) -> dict[str, Any] | None:
        """Return the form schema of a task, or None when it has none."""
        return self._form(f"user-tasks/{key}/form")

    def user_task_variables(self, key: str) -> dict[str, Any]:
        """Return the variables a task sees, by name, untruncated."""
        return _by_name(self._search(f"user-tasks/{key}/variables/search?truncateValues=false", {}))

    def claim(self, key: str, username: str) -> None:
        """Take a task that nobody holds; refused with 409 when somebody does."""
        self._json("POST", f"user-tasks/{key}/assignment", {"assignee": username, "allowOverride": False})

    def unclaim(self, key: str) -> None:
        """Give a task back to its group."""
        self._json("DELETE", f"user-tasks/{key}/assignee")

    def complete(self, key: str, variables: dict[str, Any]) -> None:
        """Complete a task with these variables."""
        self._json("POST", f"user-tasks/{key}/completion", {"variables": variables})

    def latest_definition(self, process_id: str) -> dict[str, Any] | None:
        """Return the newest deployed version of a process, or None when there is none."""
        wanted, order = {"processDefinitionId": process_id}, [{"field": "version", "order": "DESC"}]
        return next(iter(self._search("process-definitions/search", wanted, order, limit=1)), None)

    def start_form(self, definition_key: str) -> dict[str, Any] | None:
        """Return the start form's schema of a process definition, or None when it has none."""
        return self._form(f"process-definitions/{definition_key}/form")

    def definition_xml(self, definition_key: str) -> str:
        """Return the BPMN of a process definition."""
        return self._send("GET", f"process-definitions/{definition_key}/xml").text

    def create_instance(self, definition_key: str, variables: dict[str, Any]) -> str:
        """Start a process and return the new instance's key."""
        body = {"processDefinitionKey": definition_key, "variables": variables}
        return str(self._json("POST", "process-instances", body)["processInstanceKey"])

    def instance(self, key: str) -> dict[str, Any]:
        """Return one process instance: `state`, `hasIncident`, `processDefinitionKey`, `startDate` and more."""
        return self._json("GET", f"process-instances/{key}")

    def element_statistics(self, instance_key: str) -> list[dict[str, Any]]:
        """Return how many of each element of an instance are `active`, `completed`, `canceled`, with `incidents`."""
        return self._items("GET", f"process-instances/{instance_key}/statistics/element-instances")

    def sequence_flows(self, instance_key: str) -> list[str]:
        """Return the ids of the sequence flows an instance has taken."""
        flows = self._items("GET", f"process-instances/{instance_key}/sequence-flows")
        return [str(flow["elementId"]) for flow in flows]

    def element_instances(self, instance_key: str) -> list[dict[str, Any]]:
        """Return an instance's steps in order: `elementId`, `elementName`, `type`, `state`, dates."""
        order = [{"field": "startDate", "order": "ASC"}]
        return self._search("element-instances/search", {"processInstanceKey": instance_key}, order)

    def open_incidents(self, **wanted: str) -> list[dict[str, Any]]:
        """Return the unresolved incidents, all or those with, say, this `processInstanceKey`."""
        return self._search("incidents/search", {**wanted, "state": "ACTIVE"})

    def retry(self, incident_key: str, tries: int) -> dict[str, Any]:
        """Let what an incident stopped run again, its job at most `tries` times; return the incident."""
        incident = self._json("GET", f"incidents/{incident_key}")
        if incident.get("jobKey"):
            self._json("PATCH", f"jobs/{incident['jobKey']}", {"changeset": {"retries": tries}})
        self._json("POST", f"incidents/{incident_key}/resolution", {})
        return incident

    def variables_of(self, instance_keys: list[str], names: list[str]) -> dict[str, dict[str, Any]]:
        """Return the named variables of several instances in one question: instance key → name → value."""
        wanted = {"processInstanceKey": {"$in": instance_keys}, "name": {"$in": names}}
        path = "variables/search?truncateValues=false"
        answer: dict[str, dict[str, Any]] = {key: {} for key in instance_keys}
        for row in self._search(path, wanted) if instance_keys else []:
            answer[str(row["processInstanceKey"])][row["name"]] = json.loads(row["value"])
        return answer

    def upload(self, file_name: str, content_type: str, content: IO[bytes]) -> dict[str, Any]:
        """Store a file in the engine's document store and return its DocumentReference."""
        answer = self._send("POST", "documents", files={"file": (file_name, content, content_type)})
        return dict(answer.json())

    def _form(self, path: str) -> dict[str, Any] | None:
        answer = self._send("GET", path)
        if answer.status_code == httpx.codes.NO_CONTENT:
            return None
        schema = answer.json()["schema"]
        return dict(json.loads(schema) if isinstance(schema, str) else schema)

    def _search(
        self,
        path: str,
        wanted: dict[str, Any],
        sort: list[dict[str, str]] | None = None,
        limit: int | None = None,
    ) -> list[dict[str, Any]]:
        """Return all rows that match, or the first `limit`."""
        rows: list[dict[str, Any]] = []
        while True:
            page = {"from": len(rows), "limit": min(limit or PAGE, PAGE)}
            found = self._items("POST", path, {"filter": wanted, "sort": sort or [], "page": page})
            rows += found
            if len(found) < PAGE or (limit is not None and len(rows) >= limit):
                return rows

    def _items(self, method: str, path: str, body: dict[str, Any] | None = None) -> list[dict[str, Any]]:
        return list(self._json(method, path, body)["items"])

    def _json(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        answer = self._send(method, path, **({} if body is None else {"json": body}))
        return dict(answer.json()) if answer.content else {}

    def _send(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        try:
            answer = self._http.request(method, path, auth=self._auth, **arguments)
        except httpx.TransportError as error:
            raise EngineUnreachableError(f"{method} {path}: {type(error).__name__}") from error
        if answer.is_error:
            raise refusal(answer)
        return answer


def _by_name(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {row["name"]: json.loads(row["value"]) for row in rows}
