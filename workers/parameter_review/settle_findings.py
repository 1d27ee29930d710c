"""汇总审查结果."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from records.models import ParameterFinding
from records.reviews import Judgement
from workers.parameter_review._hints import settle_hints
from workers.parameter_review._lines import answers_of, form_lines, number, undecided
from workers.parameter_review._override_form import Form
from workers.parameter_review._overrides import decisions
from workers.parameter_review._round import review_of
from workers.parameter_review._synonyms import suggest_synonyms
from workers.registry import Books, Registry, Variables
from workers.step import Occasion, job_type
from workers.words import writable

UNREASONABLE = "unreasonable"


class SettleFindings:
    """Write the reviewers' judgement to each finding and count what the decision table asks for (Articles 18, 19).

    Hints on reasonableness that the reviewers upheld count as unreasonable. From here on overruled verdicts count, and
    names found to mean the same are suggested for the dictionary.

    Each judgement replaces itself when written twice, under the element instance key.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def handle(  # noqa: PLR0913, PLR0917 - the fields of the review form, each by its name
        self,
        at: Occasion,
        review_round: int,
        approved_total_fen: int,
        tender_total_fen: int,
        dispositions: Any = None,
        reasonableness: Any = None,
        rest_disposition: Any = None,
        rest_disposition_note: Any = None,
        overrides: Any = None,
        hint_answers: Any = None,
    ) -> Variables:
        """Return the counts, the overrun in percent (None when a side has no total) and what must be changed."""

        def work(books: Books) -> Variables:
            review = review_of(books, at)
            findings = books.reviews.findings(review.id, review_round)
            rest = Judgement(writable(rest_disposition), writable(rest_disposition_note))
            standing = books.overrides.standing(review.id, review_round)
            verdicts = {finding: stated.verdict_after for finding, stated in standing.items()}
            rows, judgements = decisions(findings, verdicts, Form(dispositions, overrides, rest))
            if undecided(rows, judgements):
                raise ValueError(f"{len(undecided(rows, judgements))} findings were confirmed without a judgement")
            overruled = books.overrides.settle(review)
            books.reviews.judge(review, judgements)
            upheld = settle_hints(books, review, hint_answers)
            suggested = suggest_synonyms(books, review, dispositions, at)
            counted = Counter(judgement.disposition for judgement in judgements.values())
            told = {"dispositions": dict(counted), "overruled": len(overruled), "suggested": suggested}
            books.note("findings.settled", {"round": review_round, **told})
            return {
                "adjusted_count": counted["adjust"],
                "refused_count": counted["refused"],
                "required_change_count": counted["revise"],
                "unreasonable_count": list(answers_of(reasonableness).values()).count(UNREASONABLE) + len(upheld),
                "overrun_percent": _overrun_percent(approved_total_fen, tender_total_fen),
                **_revisions(rows, judgements, upheld),
            }

        return self._registry.once(at, job_type(self), work)


def _overrun_percent(approved_fen: int, tender_fen: int) -> float | None:
    """Return by how much the tender's total exceeds the approved one, in percent; negative when it stays below."""
    return (tender_fen - approved_fen) * 100 / approved_fen if approved_fen and tender_fen else None


def _revisions(
    rows: Sequence[ParameterFinding], judgements: Mapping[str, Judgement], upheld: Sequence[Mapping[str, Any]]
) -> Variables:
    wanted = [row for row in rows if judgements[row.finding_id].disposition == "revise"]
    requirements = {number(row): judgements[row.finding_id].note or "按批复内容修改" for row in wanted}
    lines = [{**line, "requirement": requirements[line["no"]]} for line in form_lines(wanted)]
    more = len(wanted) - len(lines)
    return {"revisions": [*lines, *upheld], "revisions_note": f"另有 {more} 项见“技术参数审查”页面。" if more else ""}
