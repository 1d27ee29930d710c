"""技术参数审查: the findings of a round side by side, what the unit and the reviewers said, and the opinion."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from markupsafe import Markup
from pydantic import BaseModel, Field
from starlette.requests import Request
from starlette.responses import Response

from domain.parameters.verdicts import Verdict
from gateway import differences, dossier
from gateway.pages.review_task import acting
from gateway.presentation import VERDICT_MEANINGS
from gateway.rendering import render
from gateway.requests import Running, SignedIn
from records.findings import DEVIATIONS, FindingPage, Findings, FindingSearch, Overview
from records.hints import Hints
from records.models import FindingOverride, ParameterFinding
from records.overrides import Overrides

router = APIRouter()
UNSURE = 0.75
"""Below this confidence a row asks for a look at whether both sides belong together."""


class Wanted(BaseModel):
    """Which findings to show; all of it stands in the address, so a view can be handed on.

    Attributes:
        round: a round of the review, or None for the current one.
        verdict: one of the nine verdicts, 偏差 for all but 一致, or empty for all.
        kind: 一致性, 合规性, 排他性, 合理性, or empty for all.
        subsystem: the approved side's name of a subsystem, or empty for all.
        q: words that must all occur.
        open: deviations only that nobody has dealt with.
        page: from 1.
    """

    round: int | None = None
    verdict: str = DEVIATIONS
    kind: str = ""
    subsystem: str = ""
    q: str = Field("", max_length=200)
    open: bool = False
    page: int = Field(1, ge=1, le=1_000_000)

    @property
    def search(self) -> FindingSearch:
        """Return what the records are asked."""
        return FindingSearch(self.verdict, self.kind, self.subsystem, self.q, self.open)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the verdict is filtered by."""
        return bool(self.kind or self.subsystem or self.q or self.open)

    def query(self, **changes: object) -> str:
        """Return the address's query with some things changed; what is at its default is left out."""
        usual = {name: field.default for name, field in type(self).model_fields.items()}
        given = {**self.model_dump(), "page": 1, **changes}
        kept = {name: value for name, value in given.items() if value != usual[name]}
        return urlencode({name: int(value) if isinstance(value, bool) else value for name, value in kept.items()})


@dataclass(frozen=True)
class Row:
    """A finding with both texts marked where they differ, and what a reviewer put in the verdict's place.

    `agreed` is what the tender agreed last said, marked where a change altered it; "" where nothing was altered.
    """

    finding: ParameterFinding
    approved: Markup
    tender: Markup
    agreed: Markup
    stated: FindingOverride | None

    @property
    def verdict(self) -> str:
        """Return the verdict that counts."""
        return self.finding.effective_verdict

    @property
    def is_settled(self) -> bool:
        """Whether nobody is asked about it in this round: it agrees, or its handling was taken over."""
        return self.verdict == Verdict.SAME or self.finding.carried_over

    @property
    def is_unsure(self) -> bool:
        """Whether it is doubtful that both sides belong together."""
        return self.finding.confidence < UNSURE


@dataclass(frozen=True)
class Group:
    """What stands under one heading of the documents: one item of one subsystem."""

    subsystem: str
    item: str
    rows: Sequence[Row]


@router.get("/reviews/{review_id:int}")
def show_review(
    request: Request, running: Running, visit: SignedIn, review_id: int, wanted: Annotated[Wanted, Query()]
) -> Response:
    """Show one page of a round of a review."""
    with running.database.reading() as session:
        found = dossier.read_round(session, visit.person, review_id, wanted.round)
        findings = Findings(session, review_id, found.number)
        page = findings.page(wanted.search, wanted.page, found.overview)
        standing = Overrides(session).standing(review_id, found.number)
        hints = Hints(session).of_round(review_id, found.number)
        further = _further_deviation(findings, wanted, page)
    return render(
        request,
        "review.html",
        found=found,
        review=found.review,
        page=page,
        groups=_groups(page.rows, standing),
        choices=_choices(found.overview, wanted),
        further=further,
        hints=hints,
        wanted=wanted,
        meanings=VERDICT_MEANINGS,
        acting=acting(visit.person, found.review, found.number),
        names=running.names.read(visit.engine, running.now()),
    )


def _further_deviation(findings: Findings, wanted: Wanted, page: FindingPage) -> str:
    """Return the query and fragment of the next deviation beyond this page, "" when there is none."""
    if page.number == page.pages or not page.rows:
        return ""
    position = findings.next_deviation(wanted.search, page.rows[-1].position)
    if position is None:
        return ""
    return f"{wanted.query(page=findings.page_with(wanted.search, position))}#n{position + 1}"


def _choices(overview: Overview, wanted: Wanted) -> list[tuple[str, int, str, bool]]:
    """Return the verdicts to filter by: label, how many, query, whether it is the current one."""
    every = sum(overview.verdicts.values())
    counts = sorted(overview.verdicts.items(), key=lambda item: -item[1])
    offered = [("", "全部", every), (DEVIATIONS, "偏差", every - overview.verdicts.get("一致", 0))]
    offered += [(verdict, verdict, count) for verdict, count in counts]
    return [(label, count, wanted.query(verdict=value), value == wanted.verdict) for value, label, count in offered]


def _groups(rows: Sequence[ParameterFinding], standing: Mapping[str, FindingOverride]) -> list[Group]:
    def heading(row: ParameterFinding) -> tuple[str, str]:
        return row.subsystem, row.item or row.tender_item

    return [
        Group(subsystem, item, [_row(row, standing.get(row.finding_id)) for row in together])
        for (subsystem, item), together in groupby(rows, heading)
    ]


def _row(row: ParameterFinding, stated: FindingOverride | None) -> Row:
    evidence = [words for words in row.evidence.split("、") if words]
    agreed = differences.mark(row.agreed, row.tender)[0] if row.agreed and row.agreed != row.tender else Markup()
    return Row(row, *differences.mark(row.approved, row.tender, evidence), agreed, stated)
