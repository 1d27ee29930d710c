"""核对计划金额."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.formats import amount
from domain.parameters import Alignment, Finding, Review, changed_since, check_amounts, join
from domain.parameters.investment import Investment
from domain.parameters.review import warnings_of
from records.models import ParameterFinding, ParameterReview, ReviewState
from records.reviews import as_finding
from workers.parameter_review._before import Before, agreed_texts, before_of, investment_note
from workers.parameter_review._findings import Findings
from workers.parameter_review._lines import ACCEPTED, open_findings, overflow
from workers.parameter_review._overrides import reviewers_lines
from workers.parameter_review._periods import Periods
from workers.parameter_review._round import review_of, rules_of, tables_of
from workers.registry import Books, Registry, Variables
from workers.step import Occasion, job_type

MOST_WARNINGS = 10


@dataclass(frozen=True)
class Carried:
    """What people said in the round before about findings that did not change since, by `finding_id`.

    Attributes:
        settled: findings whose explanation and judgement still hold.
        overruled: verdicts put in the machine's place; they hold even where the finding itself is up again, else what a
            reviewer found against the machine would be lost with the first tender that leaves it as it is.
    """

    settled: Mapping[str, ParameterFinding]
    overruled: Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """The findings of a round, what still holds of those before it, and what a change costs."""

    joined: Review
    carried: Carried
    before: Before
    investment: Investment


class CheckAmounts:
    """Check the planned amounts, join all findings of the round and put up what somebody must speak to (Article 18).

    In a further round only changed rows and amounts are put up; settled ones keep their judgement. Findings are
    written under the element instance key, so a second run adds none.
    """

    def __init__(self, registry: Registry, periods: Periods) -> None:
        self._registry = registry
        self._periods = periods

    def handle(  # noqa: PLR0913, PLR0917 - what the steps before kept, each by its name
        self,
        at: Occasion,
        review_round: int,
        alignment_sha256: str,
        compared_sha256: str,
        brands_sha256: str,
        doubts_sha256: str | None = None,
    ) -> Variables:
        """Return the deviations for the forms, the totals as text, and the due dates of the tasks ahead."""
        with self._registry.reading(at, job_type(self)) as books:
            approved, tender = tables_of(books, at, review_round)
            review = review_of(books, at)
            before = before_of(books, review, review_round)
            rules = rules_of(books, review, review_round)
        amounts = check_amounts(approved, tender, self._registry.paper(Alignment, alignment_sha256), rules)
        investment = before.prove(tender, amounts)
        amounts = replace(amounts, findings=(*amounts.findings, *investment.findings))
        compared, brands = (self._registry.paper(Findings, sha256) for sha256 in (compared_sha256, brands_sha256))
        doubts = self._registry.paper(Findings, doubts_sha256).findings if doubts_sha256 else ()
        joined = join((*compared.findings, *doubts), brands.findings, amounts, warnings_of(approved, tender))
        found = Found(joined, _carried_over(before.findings, joined.findings), before, investment)
        return self._registry.once(at, job_type(self), lambda books: self._record(books, at, found))

    def _record(self, books: Books, at: Occasion, result: Found) -> Variables:
        review, joined, carried = review_of(books, at), result.joined, result.carried
        books.reviews.add_findings(review, joined.findings, carried.settled, carried.overruled)
        last = result.before.review_id, result.before.round
        books.overrides.carry_over(review, last, carried.overruled, at.element_instance_key, at.now)
        books.changes.note_agreed(review, agreed_texts(result.before, joined.findings))
        found = books.reviews.findings(review.id, review.round)
        rows = open_findings(found)
        books.reviews.move(review, ReviewState.EXPLAINING if rows else ReviewState.REVIEWING, at.now)
        counts = books.reviews.verdict_counts(review.id, review.round)
        # What was pinned when the round began; a program renewed since then judged by its own rules, and says so here.
        judged_by = rules_of(books, review, review.round).version
        told = {"round": review.round, "verdicts": counts, "open": len(rows), "rules": judged_by}
        books.note("findings.recorded", told)
        return {
            "deviations": reviewers_lines(books, review, rows),
            "deviation_count": len(rows),
            "carried_count": sum(row.is_deviation and row.carried_over for row in found),
            **overflow(rows),
            "warnings_note": _warnings_note((*_cautions(books, review, result), *joined.warnings)),
            "excess_fen": result.investment.excess_fen,
            "approved_total_fen": joined.totals.approved_fen,
            "tender_total_fen": joined.totals.tender_fen,
            "approved_total": amount(joined.totals.approved_fen),
            "tender_total": amount(joined.totals.tender_fen),
            # A new round starts with nothing said, whatever the forms of the round before left behind.
            "explanations": [],
            "dispositions": [],
            "overrides": [],
            "returned_overrides": [],
            "confirmation": "",
            "confirmation_comment": "",
            **self._due_dates(books, explaining=bool(rows)),
        }

    def _due_dates(self, books: Books, *, explaining: bool) -> Variables:
        if explaining:
            return {"explanation_due": books.open_period(self._periods.explanation)}
        return {
            "review_due": books.open_period(self._periods.review),
            "confirm_due": books.open_period(self._periods.confirmation),
        }


def _carried_over(previous: Sequence[ParameterFinding], current: Sequence[Finding]) -> Carried:
    """Return what holds of the findings whose texts and machine's verdict are those of the round before.

    Settled are those that count as 一致 or were accepted.
    """
    changed = changed_since(map(as_finding, previous), current)
    same = {finding.finding_id for finding in current} - {finding.finding_id for finding in changed}
    unchanged = [row for row in previous if row.finding_id in same]
    return Carried(
        {row.finding_id: row for row in unchanged if not row.is_deviation or row.disposition == ACCEPTED},
        {row.finding_id: row.overruled for row in unchanged if row.overruled},
    )


def _cautions(books: Books, review: ParameterReview, result: Found) -> list[str]:
    """Return what the registry has that reviewers should know before they trust the files."""
    note = investment_note(result.investment)
    cautions = [note] if note else []
    if review.baseline_table_id is not None and result.before.change is None:
        version = books.tables.baseline(review.baseline_table_id).version
        if version > 1:
            cautions.append(
                f"本次送审的批复参数价格表是本项目登记的第{version}版，与以前登记的不同，请对照批复文件核实"
            )
    others = books.reviews.others_open(review)
    if others:
        cautions.append(f"本项目同一采购包另有{others}件审查在办，请确认不是重复送审")
    return cautions


def _warnings_note(warnings: Sequence[str]) -> str:
    if not warnings:
        return ""
    more = f"；另有 {len(warnings) - MOST_WARNINGS} 条，见审查页面" if len(warnings) > MOST_WARNINGS else ""
    return "；".join(warnings[:MOST_WARNINGS]) + more
