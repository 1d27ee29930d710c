"""What the tests of this process share: small documents, a registry of their own, and an office that works the engine."""

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import openpyxl
import pytest

from admin import deploy
from admin.checks import Tree
from admin.lint import REPOSITORY
from domain.calendars import published
from records.database import Database, open_database
from records.documents import DocumentStore
from records.migrations import upgrade
from records.models import AuditEvent, OutboxEvent, ParameterFinding, ParameterReview
from workers.registry import Books, Registry
from workers.step import Occasion

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
HEADER = ["序号", "子系统", "设备名称", "技术参数", "单位", "数量", "单价(元)", "合价(元)"]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Row = tuple[str, str, int, int]
"""Name, specification, quantity, unit price in yuan."""

APPROVED: tuple[Row, ...] = (
    ("应用服务器", "1、CPU核数≥16核\n2、内存≥256GB", 2, 50_000),
    ("防火墙", "1、吞吐量≥10Gbps", 1, 80_000),
)


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


@dataclass
class Desk:
    """A registry of its own, and the runs of steps on one process instance."""

    registry: Registry
    database: Database
    uploads: FakeUploads = field(default_factory=FakeUploads)
    runs: int = 100

    def occasion(self, now: datetime = NOW) -> Occasion:
        """The next run: an element instance nobody has seen."""
        self.runs += 1
        return Occasion(element_instance_key=self.runs, process_instance_key=7, now=now)

    def look(self, question: Callable[[Books], Any]) -> Any:
        """Look something up."""
        with self.registry.reading(self.occasion(), "parameter_review.test") as books:
            return question(books)

    def review(self) -> ParameterReview:
        return self.look(lambda books: books.reviews.of_instance(7))

    def findings(self, review_round: int = 1) -> list[ParameterFinding]:
        return self.look(lambda books: list(books.reviews.findings(self.review().id, review_round)))

    def audited(self) -> list[str]:
        """The actions of the audit trail, in order."""
        with self.database.reading() as session:
            return [event.action for event in session.query(AuditEvent).order_by(AuditEvent.seq)]

    def pushed(self) -> list[tuple[str, str]]:
        """Target and type of each event in the outbox."""
        with self.database.reading() as session:
            return [(event.target, event.type) for event in session.query(OutboxEvent).order_by(OutboxEvent.id)]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    url = f"sqlite:///{tmp_path / 'records.db'}"
    upgrade(url)
    database = open_database(url)
    yield Desk(Registry(database, DocumentStore(tmp_path / "documents"), published()), database)
    database.close()
