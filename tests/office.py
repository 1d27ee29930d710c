"""The people of one city and the workers' program, for tests that carry a process through the real engine."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from admin import deploy
from admin.checks import Tree
from admin.lint import REPOSITORY
from records.database import Database, open_database
from records.models import OutboxEvent

WITHIN = 60.0
SERIAL = itertools.count(1)


class Office:
    """The people of one city, each with a client of their own, and the workers' program."""

    def __init__(self, server: Any, data: Path, process: str) -> None:
        self.server = server
        self.data = data
        self.process = process
        self.deploy()
        host, grpc_port = server.grpc_address.split(":")
        rest = httpx.URL(server.rest_address)
        env = {
            **os.environ,
            "ZHENGJIAN_DATA": str(data),
            "ZHENGJIAN_GRPC_HOST": host,
            "ZHENGJIAN_GRPC_PORT": grpc_port,
            "ZHENGJIAN_REST_HOST": rest.host,
            "ZHENGJIAN_REST_PORT": str(rest.port),
            "ZHENGJIAN_ENGINE_PASSWORD": server.password("worker"),
        }
        self.log = (data / "workers.log").open("wb")
        command = [sys.executable, "-m", "admin.main", "workers"]
        self.workers = subprocess.Popen(command, env=env, cwd=REPOSITORY, stdout=self.log, stderr=self.log)

    def deploy(self) -> None:
        tree = Tree(REPOSITORY)
        with httpx.Client(
            base_url=f"{self.server.rest_address}/v2",
            auth=self.server.credentials("worker"),
            trust_env=False,
            timeout=60,
        ) as client:
            deploy.deploy(client, deploy.resources(tree, self.process))

    def close(self) -> None:
        """End the workers as their supervisor does, and insist that they obey."""
        self.workers.send_signal(signal.SIGTERM)
        status = self.workers.wait(30)
        self.log.close()
        assert status == 0, (self.data / "workers.log").read_text("utf-8")

    def database(self) -> Database:
        return open_database(f"sqlite:///{self.data / 'records.db'}")

    def pushed(self, case: "Case", event_type: str) -> dict[str, Any]:
        """Return the data of the one event of a type that was put up for delivery about a case."""
        database = self.database()
        with database.reading() as session:
            found = session.query(OutboxEvent).filter_by(subject=f"{self.process}:{case.key}", type=event_type).one()
            data: dict[str, Any] = json.loads(found.data)
        database.close()
        return data

    def upload(self, content: bytes, username: str = "wang_fang") -> list[dict[str, Any]]:
        """Upload a file and return what a file picker leaves in the variable."""
        name = f"文件{next(SERIAL)}.xlsx"
        answer = self.server.rest(username).post("documents", files={"file": (name, content)})
        assert answer.status_code == 201, answer.text
        return [answer.json()]


class Case:
    """One process instance under way."""

    def __init__(self, office: Office, variables: dict[str, Any], username: str = "wang_fang") -> None:
        self.office = office
        self.admin = office.server.rest("admin")
        body = {"processDefinitionId": office.process, "variables": variables}
        answer = office.server.rest(username).post("process-instances", json=body)
        assert answer.status_code == 200, answer.text
        self.key = answer.json()["processInstanceKey"]

    def task(self, username: str, element: str) -> str:
        """Wait until the person sees the user task and return its key."""

        def seen() -> str | None:
            wanted = {"processInstanceKey": self.key, "state": "CREATED", "elementId": element}
            answer = self.office.server.rest(username).post("user-tasks/search", json={"filter": wanted})
            return next((task["userTaskKey"] for task in answer.json()["items"]), None)

        return str(self.wait(f"{username} sees {element}", seen))

    def claim(self, username: str, element: str) -> httpx.Response:
        return self._post(username, f"user-tasks/{self.task(username, element)}/assignment", {"assignee": username})

    def complete(self, username: str, element: str, variables: dict[str, Any]) -> httpx.Response:
        task = self.task(username, element)
        return self._post(username, f"user-tasks/{task}/completion", {"variables": variables})

    def do(self, username: str, element: str, **variables: Any) -> None:
        """Claim and complete a user task as its form does."""
        answer = self.claim_and_complete(username, element, **variables)
        assert answer.status_code == 204, answer.text

    def claim_and_complete(self, username: str, element: str, **variables: Any) -> httpx.Response:
        self.claim(username, element)
        return self.complete(username, element, variables)

    def sees(self, username: str, element: str, name: str) -> Any:
        """Return a variable as the person sees it with the task."""
        task = self.task(username, element)
        answer = self.office.server.rest(username).post(
            f"user-tasks/{task}/variables/search?truncateValues=false", json={"filter": {"name": name}}
        )
        # The task's own variable hides the process's of the same name, and is the younger of the two.
        return json.loads(max(answer.json()["items"], key=lambda each: int(each["scopeKey"]))["value"])

    def ends(self, element: str) -> None:
        """Wait until the instance has completed, through this end event."""

        def completed() -> bool | None:
            answer = self.admin.get(f"process-instances/{self.key}")
            return (answer.status_code == 200 and answer.json()["state"] == "COMPLETED") or None

        self.wait("the instance completes", completed)
        assert self.path()[-1] == element

    def path(self) -> list[str]:
        """The completed elements in the order they were entered."""
        found = {"filter": {"processInstanceKey": self.key, "state": "COMPLETED"}, "page": {"limit": 500}}
        items = self.admin.post("element-instances/search", json=found).json()["items"]
        entered = sorted(items, key=lambda each: int(each["elementInstanceKey"]))
        return [each["elementId"] for each in entered if each["type"] not in {"PROCESS", "EXCLUSIVE_GATEWAY"}]

    def _post(self, username: str, path: str, body: dict[str, Any]) -> httpx.Response:
        return self.office.server.rest(username).post(path, json=body)  # type: ignore[no-any-return]

    def wait(self, what: str, look: Callable[[], Any]) -> Any:
        until = time.monotonic() + WITHIN
        while time.monotonic() < until:
            if (found := look()) is not None:
                return found
            wrong = {"filter": {"processInstanceKey": self.key, "state": "ACTIVE"}}
            incidents = self.admin.post("incidents/search", json=wrong).json()["items"]
            assert not incidents, [(each["elementId"], each["errorType"], each["errorMessage"]) for each in incidents]
            time.sleep(0.05)
        pytest.fail(f"{what}: not within {WITHIN:.0f} s; so far {self.path()}")
