"""Small documents, and the desk of a parameter review."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from records.models import ParameterFinding, ParameterReview
from tests.desk import Desk
from workers.parameter_review import rooms

HEADER = ["序号", "子系统", "设备名称", "技术参数", "单位", "数量", "单价(元)", "合价(元)"]

Row = tuple[str, str, int, int]
"""Name, specification, quantity, unit price in yuan."""

APPROVED: tuple[Row, ...] = (
    ("应用服务器", "1、CPU核数≥16核\n2、内存≥256GB", 2, 50_000),
    ("防火墙", "1、吞吐量≥10Gbps", 1, 80_000),
)


MORE_MEMORY: tuple[Row, ...] = (("应用服务器", "1、CPU核数≥16核\n2、内存≥512GB", 2, 50_000), APPROVED[1])
"""The approved table with one parameter raised."""

COMPARING = ("align_items", "compare_parameters", "scan_brands", "check_amounts")
"""Every step up to the first question but the one on reasonableness, which nothing before the reviewers depends on."""
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


class ReviewDesk(Desk):
    """The desk of a parameter review."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, rooms, REQUEST)

    def submit(self, tender: Sequence[Row] = APPROVED, approved: Sequence[Row] = APPROVED) -> None:
        """Upload both files as the start form does."""
        self.variables["approved_document"] = self.uploads.add(workbook(approved), "批复.xlsx")
        self.variables["tender_document"] = self.uploads.add(workbook(tender), "招标.xlsx")

    def compare(self, tender: Sequence[Row] = APPROVED, approved: Sequence[Row] = APPROVED) -> dict[str, Any]:
        """Submit and run everything up to the first question; return the last step's variables."""
        self.submit(tender, approved)
        return self.run("parse_documents", *COMPARING)

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

    def review(self) -> ParameterReview:
        review: ParameterReview = self.look(lambda books: books.reviews.of_instance(self.instance))
        return review

    def findings(self, review_round: int = 1) -> list[ParameterFinding]:
        found: list[ParameterFinding] = self.look(
            lambda books: list(books.reviews.findings(self.review().id, review_round))
        )
        return found


@dataclass(frozen=True)
class Files:
    """Workbooks made once, so that the same file is the same bytes."""

    approved: bytes
    more_memory: bytes
