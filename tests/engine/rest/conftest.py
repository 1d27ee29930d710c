"""The stage of the interface tests: whatever a request speaks of, made anew through the API itself."""

import time
import uuid
from pathlib import Path
from typing import Any

import httpx
import pytest

HERE = Path(__file__).parent


class Stage:
    """Makes the things that requests are about, each anew, through the API itself."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        models = ["rest_spec.bpmn", "rest_spec_rule.dmn", "rest_spec_form.form"]
        self._deployed = self._deploy({name: self.model(name) for name in models})
        self._made: Any = None

    def make(self, value: Any) -> Any:
        """Return a value of `cases.yaml` with every `$name` in it made."""
        if isinstance(value, dict):
            return {name: self.make(each) for name, each in value.items()}
        if isinstance(value, list):
            return [self.make(each) for each in value]
        return getattr(self, value[1:])() if isinstance(value, str) and value.startswith("$") else value

    def model(self, name: str) -> str:
        return "<this is no diagram" if name == "broken.bpmn" else (HERE / "models" / name).read_text("utf-8")

    def nothing(self) -> str:
        return "4503599627370495"

    def process(self) -> str:
        return str(self._definition("processDefinition", "processDefinitionId", "rest_spec")["processDefinitionKey"])

    def formless_process(self) -> str:
        key = self._definition("processDefinition", "processDefinitionId", "rest_spec_decision")
        return str(key["processDefinitionKey"])

    def newer_process(self) -> str:
        text = self.model("rest_spec.bpmn").replace('name="决定事项"', f'name="决定 {uuid.uuid4()}"')
        newer = self._deploy({"newer.bpmn": text})
        return str(newer[0]["processDefinition"]["processDefinitionKey"])

    def spare_process(self) -> str:
        name = f"spare_{uuid.uuid4().hex}"
        text = self.model("rest_spec.bpmn").replace("rest_spec", name)
        return str(
            self._deploy(
                {f"{name}.bpmn": text, f"{name}.form": self.model("rest_spec_form.form").replace("rest_spec", name)}
            )[0]["processDefinition"]["processDefinitionKey"]
        )

    def resource(self) -> str:
        return str(self._deploy({"robot.rpa": '{"id": "rest_spec_robot"}'})[0]["resource"]["resourceKey"])

    def decision(self) -> str:
        return str(
            self._definition("decisionDefinition", "decisionDefinitionId", "rest_spec_rule")["decisionDefinitionKey"]
        )

    def requirements(self) -> str:
        key = self._definition("decisionRequirements", "decisionRequirementsId", "rest_spec_requirements")
        return str(key["decisionRequirementsKey"])

    def evaluation(self) -> str:
        self._post(
            "decision-definitions/evaluation", {"decisionDefinitionId": "rest_spec_rule", "variables": {"amount": 1}}
        )
        return str(self._first("decision-instances", {})["decisionEvaluationInstanceKey"])

    def instance(self) -> str:
        body = {"processDefinitionKey": self.process(), "variables": {"reference": number()}}
        self._made = self._post("process-instances", body)["processInstanceKey"]
        return str(self._made)

    def element_of_instance(self) -> str:
        return str(self._element(self._made)["elementInstanceKey"])

    def element(self) -> str:
        return str(self._element(self.instance())["elementInstanceKey"])

    def variable(self) -> str:
        return str(self._first("variables", {"processInstanceKey": self.instance()})["variableKey"])

    def user_task(self) -> str:
        return str(self._first("user-tasks", {"processInstanceKey": self.instance()})["userTaskKey"])

    def claimed_task(self) -> str:
        key = self.user_task()
        self._post(f"user-tasks/{key}/assignment", {"assignee": "li_qiang"})
        return key

    def completed_task(self) -> str:
        key = self.user_task()
        self._post(f"user-tasks/{key}/completion", {})
        return key

    def listened_task(self) -> str:
        started = self._post("process-instances", {"processDefinitionId": "rest_spec_listened"})
        return str(self._first("user-tasks", {"processInstanceKey": started["processInstanceKey"]})["userTaskKey"])

    def job(self) -> str:
        return str(self._first("jobs", {"processInstanceKey": self.instance()})["jobKey"])

    def active_job(self) -> str:
        self.instance()
        body = {"type": "rest_spec.do_work", "timeout": 60_000, "maxJobsToActivate": 1000}
        return str(self._post("jobs/activation", body)["jobs"][-1]["jobKey"])

    def listener_job(self) -> str:
        key = self.listened_task()
        with pytest.raises(httpx.ReadTimeout):  # the completion waits for its listener
            self._client.post(f"/user-tasks/{key}/completion", json={}, timeout=0.3)
        job = self._first(
            "jobs", {"type": "rest_spec.confirm", "state": "CREATED"}, [{"field": "jobKey", "order": "DESC"}]
        )
        return str(job["jobKey"])

    def incident(self) -> str:
        job = self.job()
        self._post(f"jobs/{job}/failure", {"retries": 0, "errorMessage": "无法办理"})
        self._client.patch(f"/jobs/{job}", json={"changeset": {"retries": 1}})
        return str(self._first("incidents", {"processInstanceKey": self._made})["incidentKey"])

    def awaited_reference(self) -> str:
        reference = number()
        self._post("process-instances", {"processDefinitionId": "rest_spec", "variables": {"reference": reference}})
        return reference

    def used_message_id(self) -> str:
        message_id = uuid.uuid4().hex
        body = {"name": "rest_spec.arrived", "correlationKey": "x", "timeToLive": 60_000, "messageId": message_id}
        self._post("messages/publication", body)
        return message_id

    def document(self) -> str:
        self._made = self._client.post("/documents", files={"file": ("名.txt", b"content", "text/plain")}).json()
        return str(self._made["documentId"])

    def document_hash(self) -> str:
        return str(self._made["contentHash"] if isinstance(self._made, dict) else "unknown")

    def spare_document(self) -> str:
        return self.document()

    def a_moment_ago(self) -> int:
        return int(time.time() * 1000)

    def _definition(self, kind: str, name: str, value: str) -> dict[str, Any]:
        return next(each[kind] for each in self._deployed if each.get(kind, {}).get(name) == value)

    def _deploy(self, resources: dict[str, str]) -> list[dict[str, Any]]:
        files = [("resources", (name, text.encode(), "text/plain")) for name, text in resources.items()]
        answer = self._client.post("/deployments", files=files)
        assert answer.status_code == 200, answer.text
        return list(answer.json()["deployments"])

    def _element(self, instance: str) -> dict[str, Any]:
        return self._first("element-instances", {"processInstanceKey": instance, "elementId": "do_work"})

    def _post(self, path: str, body: dict[str, Any]) -> Any:
        answer = self._client.post(f"/{path}", json=body)
        assert answer.is_success, f"{path}: {answer.text}"
        return answer.json() if answer.content else None

    def _first(self, kind: str, wanted: dict[str, Any], sort: list[dict[str, str]] | None = None) -> dict[str, Any]:
        found = self._post(f"{kind}/search", {"filter": wanted, **({"sort": sort} if sort else {})})["items"]
        assert found, f"no {kind} like {wanted}"
        return dict(found[0])


def number() -> str:
    """Return a correlation key: the description wants digits there, which Camunda itself does not."""
    return str(uuid.uuid4().int)[:20]


@pytest.fixture(scope="session")
def stage(foreign: httpx.Client) -> Stage:
    return Stage(foreign)
