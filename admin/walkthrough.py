"""A technical parameter review carried through the engine's public API, the way three people would.

The demo and the tests use it.
"""

import json
import mimetypes
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from camunda_orchestration_sdk import (
    CamundaClient,
    CreateDocumentData,
    ProcessCreationById,
    ProcessInstanceKey,
    UserTaskAssignmentRequest,
    UserTaskCompletionRequest,
    UserTaskResult,
    UserTaskSearchQuery,
    VariableSearchQuery,
    VariableSearchResult,
)
from camunda_orchestration_sdk.types import File

Variables = dict[str, Any]

SAMPLES = Path(__file__).parents[1] / "samples"


class Person:
    """Somebody signed in at the engine's REST API with BASIC."""

    def __init__(self, rest_address: str, username: str, password: str) -> None:
        self.username = username
        self._client = CamundaClient(
            configuration={
                "CAMUNDA_REST_ADDRESS": f"{rest_address}/v2",
                "CAMUNDA_AUTH_STRATEGY": "BASIC",
                "CAMUNDA_BASIC_AUTH_USERNAME": username,
                "CAMUNDA_BASIC_AUTH_PASSWORD": password,
            }
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def upload(self, path: Path) -> Variables:
        """Store a file at the engine and return its document reference."""
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        with path.open("rb") as payload:
            stored = self._client.create_document(data=CreateDocumentData(File(payload, path.name, media_type)))
        reference: Variables = stored.to_dict()
        return reference

    def start(self, process_id: str, variables: Variables) -> str:
        """Start a process and return the key of its instance."""
        data = ProcessCreationById.from_dict({"processDefinitionId": process_id, "variables": variables})
        return str(self._client.create_process_instance(data=data).process_instance_key)

    def open_tasks(self, instance_key: str) -> list[UserTaskResult]:
        """Return the tasks of an instance this person may see and that wait for somebody."""
        query = {"filter": {"processInstanceKey": instance_key, "state": "CREATED"}}
        return self._client.search_user_tasks(data=UserTaskSearchQuery.from_dict(query)).items

    def variables(self, task: UserTaskResult) -> Variables:
        """Return the variables a task shows, decoded."""
        found = self._client.search_user_task_variables(task.user_task_key, truncate_values=False).items
        return {variable.name: json.loads(_value(variable)) for variable in found}

    def claim(self, task: UserTaskResult) -> None:
        """Take a task; the engine refuses when another person holds it or a listener denies it."""
        data = UserTaskAssignmentRequest(assignee=self.username, allow_override=False)
        self._client.assign_user_task(task.user_task_key, data=data)

    def complete(self, task: UserTaskResult, variables: Variables) -> None:
        """Complete a task with what its form would send."""
        data = UserTaskCompletionRequest.from_dict({"variables": variables})
        self._client.complete_user_task(task.user_task_key, data=data)

    def instances_with(self, name: str, value: str) -> list[str]:
        """Return the keys of the instances whose variable of that name has that text."""
        query = {"filter": {"name": name, "value": json.dumps(value, ensure_ascii=False)}}
        found = self._client.search_variables(data=VariableSearchQuery.from_dict(query)).items
        return sorted({str(variable.process_instance_key) for variable in found})

    def state(self, instance_key: str) -> str:
        """Return an instance's state: ACTIVE, COMPLETED or TERMINATED."""
        return str(self._client.get_process_instance(ProcessInstanceKey(instance_key)).state)


def _value(variable: VariableSearchResult) -> str:
    text: str = variable.to_dict()["value"]
    return text


@dataclass(frozen=True)
class Sample:
    """A project of `samples/`: what its unit writes into the start form, and its files."""

    facts: Mapping[str, str]
    approved: Path
    tender: Path
    revised: Path | None = None

    def request(self, unit: Person) -> Variables:
        """Upload both files and return what the start form sends."""
        return {
            **self.facts,
            "approved_document": [unit.upload(self.approved)],
            "tender_document": [unit.upload(self.tender)],
        }


def samples() -> dict[str, Sample]:
    """Return the sample projects by the name of their folder."""
    return {folder.name: _sample(folder) for folder in sorted(SAMPLES.iterdir()) if (folder / "project.json").exists()}


def _sample(folder: Path) -> Sample:
    revised = next(folder.glob("tender_revised.*"), None) or next(folder.glob("tender_clean.*"), None)
    return Sample(
        facts=json.loads((folder / "project.json").read_text("utf-8")),
        approved=next(folder.glob("approved.*")),
        tender=next(folder.glob("tender.*")),
        revised=revised,
    )


Answer = Callable[[Person, Sample, Variables], Variables]


def explain(_person: Person, _sample: Sample, seen: Variables) -> Variables:
    """Give every deviation the unit's explanation."""
    explained = [
        {**row, "explanation": f"第{row['no']}项系采购需求细化，见市场调研记录。"} for row in seen["deviations"]
    ]
    return {"deviations": explained, "rest_explanation": "其余偏差同前述说明。"}


def answer_hint(line: Mapping[str, Any], *, first: bool) -> Mapping[str, str]:
    """Uphold what the prices say while there is a revised tender to come; everything else has its reason."""
    if first and line["topic"] == "价格":
        return {"answer": "upheld", "answer_note": "请逐项说明价格依据，参数降低的相应调减单价。"}
    return {"answer": "dismissed", "answer_note": "已核实，理由成立。"}


def review(_person: Person, sample: Sample, seen: Variables) -> Variables:
    """Ask for changes while there is a revised tender to come, accept what is left afterwards."""
    first = sample.revised is not None and seen["review_round"] == 1
    hints = [{**line, **answer_hint(line, first=first)} for line in seen.get("hints", [])]
    disposition = "revise" if first else "accepted"
    return {
        "deviations": [{**row, "disposition": disposition, "disposition_note": ""} for row in seen["deviations"]],
        "hints": hints,
        "rest_disposition": disposition,
        "rest_disposition_note": "",
        "reasonableness": {
            "supply": "reasonable",
            "specification": "reasonable",
            "price": "reasonable",
            "reuse": "not_applicable",
            "opinion": "参数与需求相称。",
        },
        "requirements": "请按批复方案修改后复审。" if first else "",
    }


def confirm(_person: Person, _sample: Sample, _seen: Variables) -> Variables:
    """Agree with the first reviewer."""
    return {"confirmation": "confirmed", "confirmation_comment": "同意初审意见。"}


def revise(person: Person, sample: Sample, _seen: Variables) -> Variables:
    """Hand in the revised tender."""
    return {"revised_tender": [person.upload(sample.revised or sample.tender)]}


def publish(person: Person, sample: Sample, _seen: Variables) -> Variables:
    """Hand in the very file that was reviewed last."""
    return {
        "notice_number": "JH26-210100-00001",
        "published_document": [person.upload(sample.revised or sample.tender)],
    }


ANSWERS: Mapping[str, Answer] = {
    "explain_deviations": explain,
    "review_parameters": review,
    "confirm_review": confirm,
    "revise_tender": revise,
    "submit_published_tender": publish,
}

PERFORMERS: Mapping[str, str] = {
    "explain_deviations": "wang_fang",
    "review_parameters": "li_qiang",
    "confirm_review": "zhao_min",
    "revise_tender": "wang_fang",
    "submit_published_tender": "wang_fang",
}
"""Which demonstration person does which task: both reviewers see both tasks, so somebody has to say who takes which."""


class UntoldTaskError(LookupError):
    """A user task waits that nobody here was told how to do; the Chinese text says where to tell it."""


def work_on(
    people: Mapping[str, Person], sample: Sample, instance_key: str
) -> list[tuple[str, UserTaskResult, Variables]]:
    """Let everybody do what waits for them in one instance; return who did which task seeing what.

    Raises:
        UntoldTaskError: a task is missing in `ANSWERS` or `PERFORMERS`.
    """
    done = []
    for username, person in people.items():
        for task in person.open_tasks(instance_key):
            element = str(task.element_id)
            if element not in PERFORMERS or element not in ANSWERS:
                raise UntoldTaskError(
                    f"演示没有写明「{task.name}」（{element}）由谁办理、怎样办理，停在了这一步。"
                    "数据未丢失；请在 admin/walkthrough.py 的 PERFORMERS 和 ANSWERS 中各加一项。"
                )
            if PERFORMERS[element] == username:
                seen = person.variables(task)
                person.claim(task)
                person.complete(task, ANSWERS[element](person, sample, seen))
                done.append((username, task, seen))
    return done
