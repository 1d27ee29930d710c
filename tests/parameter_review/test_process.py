"""The process on the real engine, worked by its people over REST: once from end to end, then each detour."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from admin import deploy
from admin.checks import Tree
from admin.lint import REPOSITORY
from records.database import Database, open_database
from records.models import AuditEvent, OutboxEvent, ParameterReview

pytestmark = pytest.mark.engine

WITHIN = 60.0
SERIAL = itertools.count(1)


class Office:
    """The people of one city, each with a client of their own, and the workers' program."""

    def __init__(self, server: Any, data: Path, variables: Callable[..., dict[str, Any]]) -> None:
        self.server = server
        self.data = data
        self.variables = variables
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
            deploy.deploy(client, deploy.resources(tree, "parameter_review"))

    def close(self) -> None:
        """End the workers as their supervisor does, and insist that they obey."""
        self.workers.send_signal(signal.SIGTERM)
        status = self.workers.wait(30)
        self.log.close()
        assert status == 0, (self.data / "workers.log").read_text("utf-8")

    def database(self) -> Database:
        return open_database(f"sqlite:///{self.data / 'records.db'}")


class Case:
    """One review under way."""

    def __init__(self, office: Office, tender: Any, approved: Any = None) -> None:
        self.office = office
        self.admin = office.server.rest("admin")
        files = {"tender_document": tender} | ({"approved_document": approved} if approved else {})
        uploads = {name: self.upload(content) for name, content in files.items()}
        body = {"processDefinitionId": "parameter_review", "variables": office.variables(self.upload) | uploads}
        answer = office.server.rest("wang_fang").post("process-instances", json=body)
        assert answer.status_code == 200, answer.text
        self.key = answer.json()["processInstanceKey"]

    def upload(self, content: bytes) -> list[dict[str, Any]]:
        name = f"文件{next(SERIAL)}.xlsx"
        answer = self.office.server.rest("wang_fang").post("documents", files={"file": (name, content)})
        assert answer.status_code == 201, answer.text
        return [answer.json()]

    def task(self, username: str, element: str) -> str:
        """Wait until the person sees the user task and return its key."""

        def seen() -> str | None:
            wanted = {"processInstanceKey": self.key, "state": "CREATED", "elementId": element}
            answer = self.office.server.rest(username).post("user-tasks/search", json={"filter": wanted})
            return next((task["userTaskKey"] for task in answer.json()["items"]), None)

        return str(self._wait(f"{username} sees {element}", seen))

    def claim(self, username: str, element: str) -> httpx.Response:
        return self._post(username, f"user-tasks/{self.task(username, element)}/assignment", {"assignee": username})

    def complete(self, username: str, element: str, variables: dict[str, Any]) -> httpx.Response:
        task = self.task(username, element)
        return self._post(username, f"user-tasks/{task}/completion", {"variables": variables})

    def do(self, username: str, element: str, **variables: Any) -> None:
        """Claim and complete a user task as its form does."""
        assert self.claim(username, element).status_code == 204
        answer = self.complete(username, element, variables)
        assert answer.status_code == 204, answer.text

    def sees(self, username: str, element: str, name: str) -> Any:
        """Return a variable as the person sees it with the task."""
        task = self.task(username, element)
        answer = self.office.server.rest(username).post(
            f"user-tasks/{task}/variables/search?truncateValues=false", json={"filter": {"name": name}}
        )
        return json.loads(answer.json()["items"][0]["value"])

    def explain(self, text: str = "业务增长") -> None:
        lines = self.sees("wang_fang", "explain_deviations", "deviations")
        self.do(
            "wang_fang", "explain_deviations", deviations=[{"no": each["no"], "explanation": text} for each in lines]
        )

    def review(self, disposition: str, reviewer: str = "li_qiang") -> None:
        lines = self.sees(reviewer, "review_parameters", "deviations")
        decided = [{"no": each["no"], "disposition": disposition, "disposition_note": "见批复"} for each in lines]
        answers = dict.fromkeys(("supply", "specification", "price", "reuse"), "reasonable")
        self.do(reviewer, "review_parameters", deviations=decided, reasonableness=answers, requirements="")

    def confirm(self, confirmation: str = "confirmed", confirmer: str = "zhao_min") -> None:
        self.do(confirmer, "confirm_review", confirmation=confirmation, confirmation_comment="")

    def ends(self, element: str) -> None:
        """Wait until the instance has completed, through this end event."""

        def completed() -> bool | None:
            answer = self.admin.get(f"process-instances/{self.key}")
            return (answer.status_code == 200 and answer.json()["state"] == "COMPLETED") or None

        self._wait("the instance completes", completed)
        assert self.path()[-1] == element

    def path(self) -> list[str]:
        """The completed elements in the order they were entered."""
        found = {"filter": {"processInstanceKey": self.key, "state": "COMPLETED"}, "page": {"limit": 500}}
        items = self.admin.post("element-instances/search", json=found).json()["items"]
        entered = sorted(items, key=lambda each: int(each["elementInstanceKey"]))
        return [each["elementId"] for each in entered if each["type"] not in {"PROCESS", "EXCLUSIVE_GATEWAY"}]

    def recorded(self) -> ParameterReview:
        database = self.office.database()
        with database.reading() as session:
            found = session.query(ParameterReview).filter_by(process_instance_key=int(self.key)).one()
        database.close()
        return found

    def _post(self, username: str, path: str, body: dict[str, Any]) -> httpx.Response:
        return self.office.server.rest(username).post(path, json=body)  # type: ignore[no-any-return]

    def _wait(self, what: str, look: Callable[[], Any]) -> Any:
        until = time.monotonic() + WITHIN
        while time.monotonic() < until:
            if (found := look()) is not None:
                return found
            wrong = {"filter": {"processInstanceKey": self.key, "state": "ACTIVE"}}
            incidents = self.admin.post("incidents/search", json=wrong).json()["items"]
            assert not incidents, [(each["elementId"], each["errorType"], each["errorMessage"]) for each in incidents]
            time.sleep(0.05)
        pytest.fail(f"{what}: not within {WITHIN:.0f} s; so far {self.path()}")


@pytest.fixture(scope="module")
def office(engine_server: Any, tmp_path_factory: Any, request_of: Any) -> Iterator[Office]:
    made = Office(engine_server, tmp_path_factory.mktemp("office"), request_of)
    yield made
    made.close()


COMPARING = ["parse_documents", "align_items", "compare_parameters", "scan_brands", "check_amounts"]
EXPLAINING = ["explain_deviations", "record_explanations"]
REVIEWING = ["review_parameters", "confirm_review"]
CONCLUDING = ["settle_findings", "decide_conclusion", "render_opinion", "record_outcome"]


def test_one_review_from_the_request_to_the_published_file(office: Office, files: Any) -> None:
    case = Case(office, files.more_memory)
    case.explain()
    assert case.sees("li_qiang", "review_parameters", "deviations")[0]["explanation"] == "业务增长"
    case.review("accepted")
    assert case.sees("zhao_min", "confirm_review", "reviewed")[0]["disposition"] == "accepted"
    case.confirm()
    assert case.sees("wang_fang", "submit_published_tender", "opinion_number").startswith("沈数技审〔2026〕")
    published = case.upload(files.more_memory)
    case.do("wang_fang", "submit_published_tender", published_document=published, notice_number="JH26-1")
    case.ends("end_review_agreed")
    assert case.path() == [
        "start_request_submitted", *COMPARING, *EXPLAINING, *REVIEWING, *CONCLUDING,
        "submit_published_tender", "compare_published", "end_review_agreed",
    ]  # fmt: skip
    recorded = case.recorded()
    assert (recorded.state, recorded.conclusion, recorded.round) == ("已同意", "同意", 1)
    assert recorded.opinion_document_id is not None
    assert recorded.published_document_id is not None
    pushed = office.data / "outbox" / "platform.jsonl"

    def delivered() -> list[str] | None:
        written = pushed.read_text("utf-8") if pushed.exists() else ""
        lines = [json.loads(line) for line in written.splitlines()]
        types = [line["type"] for line in lines if line["subject"] == f"parameter_review:{case.key}"]
        return types if len(types) > 1 else None

    told = case._wait("the trading platform is told", delivered)
    assert told == ["parameter_review.concluded", "parameter_review.published"]


def test_an_equal_tender_skips_the_explanation_and_the_fourth_person_sees_no_task(office: Office, files: Any) -> None:
    case = Case(office, files.approved)
    case.task("li_qiang", "review_parameters")
    mine = {"filter": {"processInstanceKey": case.key}}
    assert office.server.rest("chen_jing").post("user-tasks/search", json=mine).json()["items"] == []
    case.review("accepted")
    case.confirm()
    case.task("wang_fang", "submit_published_tender")
    assert "explain_deviations" not in case.path()


def test_nobody_confirms_their_own_review_and_a_return_goes_back_to_review(office: Office, files: Any) -> None:
    case = Case(office, files.approved)
    case.review("accepted")
    denied = case.claim("li_qiang", "confirm_review")
    assert denied.status_code == 409
    assert "复核须由另一名审查人员办理" in denied.json()["detail"]
    case.confirm("returned")
    case.review("accepted", reviewer="zhao_min")
    assert case.claim("zhao_min", "confirm_review").status_code == 409
    case.confirm(confirmer="li_qiang")
    case.task("wang_fang", "submit_published_tender")
    assert case.path().count("review_parameters") == 2


def test_a_review_nobody_claimed_cannot_be_completed(office: Office, files: Any) -> None:
    case = Case(office, files.approved)
    denied = case.complete("li_qiang", "review_parameters", {})
    assert denied.status_code == 409
    assert "请先领取任务再提交" in denied.json()["detail"]


def test_a_refused_file_waits_for_a_corrected_one(office: Office, files: Any) -> None:
    case = Case(office, b"not a workbook")
    assert "招标文件《" in case.sees("wang_fang", "correct_documents", "refusal_message")
    case.do("wang_fang", "correct_documents", corrected_tender_document=case.upload(files.approved))
    case.task("li_qiang", "review_parameters")
    assert case.path()[:3] == ["start_request_submitted", "error_documents_refused", "correct_documents"]


def test_changes_asked_for_are_reviewed_in_a_further_round(office: Office, files: Any) -> None:
    case = Case(office, files.more_memory)
    case.explain()
    case.review("revise")
    case.confirm()
    assert [each["requirement"] for each in case.sees("wang_fang", "revise_tender", "revisions")] == ["见批复"]
    case.do("wang_fang", "revise_tender", revised_tender=case.upload(files.approved))
    assert case.sees("li_qiang", "review_parameters", "review_round") == 2
    case.review("accepted")
    case.confirm()
    case.task("wang_fang", "submit_published_tender")
    assert case.path().count("parse_documents") == 2
    assert case.path().count("explain_deviations") == 1


def test_a_refused_explanation_ends_the_review(office: Office, files: Any) -> None:
    case = Case(office, files.more_memory)
    case.explain()
    case.review("refused")
    case.confirm()
    case.ends("end_review_refused")
    assert case.recorded().state == "不同意"


def test_what_goes_beyond_the_approval_is_handed_to_estimate_adjustment(office: Office, files: Any) -> None:
    case = Case(office, files.more_memory)
    case.explain()
    case.review("adjust")
    case.confirm()
    case.ends("end_review_transferred")
    database = office.database()

    def delivered() -> bool | None:
        with database.reading() as session:
            subject = f"parameter_review:{case.key}"
            rows = session.query(OutboxEvent).filter_by(subject=subject, type="parameter_review.transferred").all()
            return bool(rows and all(row.receipt for row in rows)) or None

    case._wait("the message is in the engine", delivered)
    database.close()


def test_another_published_file_is_reviewed_again(office: Office, files: Any) -> None:
    case = Case(office, files.approved)
    case.review("accepted")
    case.confirm()
    published = case.upload(files.more_memory)
    case.do("wang_fang", "submit_published_tender", published_document=published, notice_number="JH26-2")
    assert case.sees("wang_fang", "explain_deviations", "review_round") == 2


def test_the_audit_trail_has_each_step_once(office: Office, files: Any) -> None:
    case = Case(office, files.approved)
    case.review("accepted")
    case.confirm()
    case.task("wang_fang", "submit_published_tender")
    database = office.database()
    with database.reading() as session:
        events = session.query(AuditEvent).filter_by(subject=f"parameter_review:{case.key}").order_by(AuditEvent.seq)
        assert [(event.action, event.actor) for event in events] == [
            ("documents.parsed", "parameter_review.parse_documents"),
            ("findings.recorded", "parameter_review.check_amounts"),
            ("review.signed", "li_qiang"),
            ("review.confirmed", "zhao_min"),
            ("findings.settled", "parameter_review.settle_findings"),
            ("opinion.rendered", "parameter_review.render_opinion"),
            ("outcome.recorded", "parameter_review.record_outcome"),
        ]
    database.close()
