"""技术参数审查: the findings of a round side by side, what the unit and the reviewers said, and the opinion."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from markupsafe import Markup
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response

from gateway import differences, dossier
from gateway.presentation import VERDICT_MEANINGS
from gateway.rendering import render
from gateway.requests import Running, SignedIn
from records.models import ParameterFinding

router = APIRouter()
DEVIATIONS = "偏差"


class Wanted(BaseModel):
    """Which findings to show.

    Attributes:
        round: a round of the review, or None for the current one.
        verdict: one of the nine verdicts, 偏差 for all but 一致, or empty for all.
        subsystem: the approved side's name of a subsystem, or empty for all.
    """

    round: int | None = None
    verdict: str = DEVIATIONS
    subsystem: str = ""

    def fits(self, row: ParameterFinding) -> bool:
        """Whether a finding is to be shown."""
        of_verdict = self.verdict in {"", row.verdict} or (self.verdict == DEVIATIONS and row.verdict != "一致")
        return of_verdict and self.subsystem in {"", row.subsystem}


@dataclass(frozen=True)
class Row:
    """A finding with both texts marked where they differ."""

    finding: ParameterFinding
    approved: Markup
    tender: Markup


@router.get("/reviews/{review_id:int}")
def show_review(
    request: Request, running: Running, visit: SignedIn, review_id: int, wanted: Annotated[Wanted, Query()]
) -> Response:
    """Show a round of a review."""
    with running.database.reading() as session:
        found = dossier.read_round(session, visit.person, review_id, wanted.round)
    return render(
        request,
        "review.html",
        found=found,
        review=found.review,
        groups=_by_subsystem([row for row in found.findings if wanted.fits(row)]),
        choices=_choices(found, wanted),
        subsystems=sorted({row.subsystem for row in found.findings if row.subsystem}),
        wanted=wanted,
        meanings=defaultdict(str, VERDICT_MEANINGS),
        names=running.names.read(visit.engine, running.now()),
    )


def _choices(found: dossier.Round, wanted: Wanted) -> list[tuple[str, int, str, bool]]:
    """Return the verdicts to filter by: label, how many, address, whether it is the current one."""
    counts = sorted(found.summary.counts.items(), key=lambda item: -item[1])
    offered = [("", "全部", found.summary.rows), (DEVIATIONS, "偏差", found.summary.deviations)]
    offered += [(verdict, verdict, count) for verdict, count in counts]
    same = {"round": found.number, "subsystem": wanted.subsystem}
    return [
        (label, count, f"/reviews/{found.review.id}?{urlencode({**same, 'verdict': value})}", value == wanted.verdict)
        for value, label, count in offered
    ]


def _by_subsystem(rows: list[ParameterFinding]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.subsystem, []).append(Row(row, *differences.mark(row.approved, row.tender)))
    return groups
