"""Small documents, and a desk where steps run on a registry of their own."""

import copy
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl

from domain.calendars import published
from records.database import Database, open_database
from records.documents import DocumentStore
from records.migrations import upgrade
from records.models import AuditEvent, Deadline, OutboxEvent, ParameterFinding, ParameterReview
from workers.parameter_review import rooms
from workers.parts import Parts, Rooms
from workers.registry import Books, Registry
from workers.step import Listener, Occasion, Step, TaskEvent, job_type, wanted_variables

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HEADER = ["序号", "子系统", "设备名称", "技术参数", "单位", "数量", "单价(元)", "合价(元)"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Row = tuple[str, str, int, int]
"""Name, specification, quantity, unit price in yuan."""

APPROVED: tuple[Row, ...] = (
    ("应用服务器", "1、CPU核数≥16核\n2、内存≥256GB", 2, 50_000),
    ("防火墙", "1、吞吐量≥10Gbps", 1, 80_000),
)


MORE_MEMORY: tuple[Row, ...] = (("应用服务器", "1、CPU核数≥16核\n2、内存≥512GB", 2, 50_000), APPROVED[1])
"""The approved table with one parameter raised."""

COMPARING = ("align_items", "compare_parameters", "scan_brands", "check_amounts")
REASONABLE = {"supply": "reasonable", "specification": "reasonable", "price": "reasonable", "reuse": "not_applicable"}
REQUEST = {
    "project_code": "2026-210100-01",
    "project_name": "城市运行管理服务平台",
    "unit_code": "csyx",
    "unit_name": "沈阳市城市运行服务中心",
    "approval_number": "沈发改审批[2026]18号",
    "approval_date": "2026-03-02",
    "package_name": "全部",
}


def workbook(rows: Sequence[Row]) -> bytes:
    """An equipment list with a header the reader knows."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "设备清单"
    sheet.append(HEADER)
    for number, (name, specification, quantity, price) in enumerate(rows, 1):
        sheet.append([number, "平台", name, specification, "台", quantity, price, quantity * price])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def reference(document_id: str, name: str = "招标文件.xlsx") -> dict[str, Any]:
    """A Camunda document reference."""
    metadata = {"fileName": name, "contentType": XLSX}
    return {"camunda.document.type": "camunda", "storeId": "local", "documentId": document_id, "metadata": metadata}


@dataclass
class FakeUploads:
    """The engine's documents, in memory."""

    files: dict[str, bytes] = field(default_factory=dict)
    fetched: list[str] = field(default_factory=list)

    def fetch(self, reference: Mapping[str, Any], limit: int) -> bytes | None:
        self.fetched.append(reference["documentId"])
        content = self.files.get(reference["documentId"])
        return None if content is None else content[: limit + 1]

    def delete(self, reference: Mapping[str, Any]) -> None:
        self.files.pop(reference["documentId"], None)

    def add(self, content: bytes, name: str) -> list[dict[str, Any]]:
        """Put a file up and return what a file picker leaves in the variable."""
        document_id = f"d{len(self.files) + 1}"
        self.files[document_id] = content
        return [reference(document_id, name)]


class FakePeople:
    """Two people with names, everybody else has a user name only; groups by name, None where no engine keeps them."""

    names = {"li_qiang": "李强", "zhao_min": "赵敏"}  # noqa: RUF012 - never changed

    def __init__(self, groups: Mapping[str, str] | None) -> None:
        self.groups = groups

    def name(self, username: str) -> str:
        return self.names.get(username, username)

    def group_name(self, group: str) -> str | None:
        return "" if self.groups is None else self.groups.get(group)


class Desk:
    """Runs steps on one process instance, handing variables on as the engine does, and looks things up afterwards."""

    def __init__(self, folder: Path) -> None:
        url = f"sqlite:///{folder / 'records.db'}"
        upgrade(url)
        self.database: Database = open_database(url)
        self.registry = Registry(self.database, DocumentStore(folder / "documents"), published())
        self.uploads = FakeUploads()
        self.people = FakePeople({"pu_csyx_operator": "沈阳市城市运行服务中心 经办"})
        self.rooms: Rooms = rooms(Parts(self.registry, self.uploads, self.people))
        self.variables: dict[str, Any] = dict(REQUEST)
        self.runs = 100
        self.instance = 7

    def occasion(self, now: datetime = NOW) -> Occasion:
        """The next run: an element instance nobody has seen."""
        self.runs += 1
        return Occasion(element_instance_key=self.runs, process_instance_key=self.instance, now=now)

    def another(self) -> "Desk":
        """A desk at the same registry on which the next process instance is worked."""
        other = copy.copy(self)
        other.instance, other.variables = self.instance + 1, dict(REQUEST)
        other.runs = self.runs + 1000
        return other

    def submit(self, tender: Sequence[Row] = APPROVED, approved: Sequence[Row] = APPROVED) -> None:
        """Upload both files as the start form does."""
        self.variables["approved_document"] = self.uploads.add(workbook(approved), "批复.xlsx")
        self.variables["tender_document"] = self.uploads.add(workbook(tender), "招标.xlsx")

    def run(self, *elements: str, at: Occasion | None = None, **given: Any) -> dict[str, Any]:
        """Run steps one after the other; return the variables of the last."""
        returned: dict[str, Any] = {}
        for element in elements:
            step = self._room(self.rooms.steps, element)
            self.variables |= given
            known = {name: self.variables[name] for name in wanted_variables(step) if name in self.variables}
            returned = step.handle(at or self.occasion(), **known)
            self.variables |= returned
        return returned

    def compare(self, tender: Sequence[Row] = APPROVED, approved: Sequence[Row] = APPROVED) -> dict[str, Any]:
        """Submit and run everything up to the first question; return the last step's variables."""
        self.submit(tender, approved)
        return self.run("parse_documents", *COMPARING)

    def judge(self, element: str, event: str, assignee: str, **variables: Any) -> str | None:
        """Ask a user task's guard."""
        self.variables |= variables
        listener = self._room(self.rooms.listeners, element)
        return listener.judge(TaskEvent(event, assignee, self.occasion(), dict(self.variables)))

    def sign(self, disposition: str = "accepted", confirmation: str = "confirmed") -> None:
        """Both reviewers do their task, deciding on every deviation alike."""
        decided = [{"no": line["no"], "disposition": disposition} for line in self.variables["deviations"]]
        self.variables["deviations"] = decided
        assert self.judge("review_parameters", "completing", "li_qiang") is None
        assert self.judge("confirm_review", "completing", "zhao_min", confirmation=confirmation) is None
        self.variables |= {"dispositions": decided, "reasonableness": dict(REASONABLE)}

    def conclude(self, conclusion: str) -> dict[str, Any]:
        """Settle, render and record; return the last step's variables."""
        return self.run("settle_findings", "render_opinion", "record_outcome", conclusion=conclusion)

    def look(self, question: Callable[[Books], Any]) -> Any:
        """Look something up."""
        with self.registry.reading(self.occasion(), "parameter_review.test") as books:
            return question(books)

    def review(self) -> ParameterReview:
        review: ParameterReview = self.look(lambda books: books.reviews.of_instance(self.instance))
        return review

    def findings(self, review_round: int = 1) -> list[ParameterFinding]:
        found: list[ParameterFinding] = self.look(
            lambda books: list(books.reviews.findings(self.review().id, review_round))
        )
        return found

    def audited(self) -> list[str]:
        """The actions of the audit trail, in order."""
        with self.database.reading() as session:
            return [event.action for event in session.query(AuditEvent).order_by(AuditEvent.seq)]

    def audited_by(self) -> list[tuple[str, str]]:
        """Action and actor of each event of the audit trail, in order."""
        with self.database.reading() as session:
            return [(event.action, event.actor) for event in session.query(AuditEvent).order_by(AuditEvent.seq)]

    def pushed(self) -> list[tuple[str, str]]:
        """Target and type of each event in the outbox."""
        with self.database.reading() as session:
            return [(event.target, event.type) for event in session.query(OutboxEvent).order_by(OutboxEvent.id)]

    def deadlines(self) -> dict[str, tuple[str, bool]]:
        """Due date of each current deadline, and whether it was met, by name."""
        with self.database.reading() as session:
            rows = session.query(Deadline).filter(Deadline.superseded_at.is_(None))
            return {row.name: (row.due.isoformat(), row.met_at is not None) for row in rows}

    def _room(self, rooms: Sequence[Any], element: str) -> Any:
        found: Step | Listener = next(room for room in rooms if job_type(room) == f"parameter_review.{element}")
        return found


@dataclass(frozen=True)
class Files:
    """Workbooks made once, so that the same file is the same bytes."""

    approved: bytes
    more_memory: bytes
