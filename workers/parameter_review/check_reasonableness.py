"""审查合理性."""

from collections.abc import Iterable
from operator import attrgetter

from domain.formats import CHINA
from domain.reasonableness import Criteria, Hint, check_documents, identify
from records.hints import DISMISSED
from records.models import ReasonablenessHint
from records.reviews import as_finding
from workers.parameter_review._before import round_before
from workers.parameter_review._hints import hint_lines, hints_note, open_hints
from workers.parameter_review._precedents import Precedents
from workers.parameter_review._round import review_of, rules_of, tables_of
from workers.registry import Books, Registry, Variables
from workers.step import Occasion, job_type


class CheckReasonableness:
    """Look for what is unreasonable though it may be consistent: hints for the reviewers, no verdicts (Article 18).

    In a further round, and in a change of what was agreed, a dismissed hint keeps its answer. Hints are written under
    the element instance key, so a second run adds none, and finds those of the first however the registry has grown.
    """

    def __init__(self, registry: Registry, criteria: Criteria) -> None:
        self._registry = registry
        self._criteria = criteria

    def handle(self, at: Occasion, review_round: int) -> Variables:
        """Return the hints for the reviewers' forms and how many there are."""
        done = self._registry.finished(at, job_type(self))
        if done is not None:
            return done
        with self._registry.reading(at, job_type(self)) as books:
            review = review_of(books, at)
            approved, tender = tables_of(books, at, review_round)
            rules = rules_of(books, review, review_round)
            findings = [as_finding(row) for row in books.reviews.findings(review.id, review_round)]
            today = at.now.astimezone(CHINA).date()
            told = check_documents(approved, tender, findings, self._criteria, rules)
            known = Precedents(books, review, rules, self._criteria, today)
            hints = identify(sorted((*told, *known.hints(tender)), key=attrgetter("informs")))
            settled = _settled(books.hints.of_round(*round_before(books, review, review_round)), hints)
        return self._registry.once(at, job_type(self), lambda books: self._record(books, at, hints, settled, len(told)))

    def _record(
        self, books: Books, at: Occasion, hints: tuple[Hint, ...], settled: dict[str, ReasonablenessHint], told: int
    ) -> Variables:
        review = review_of(books, at)
        books.hints.add(review, hints, settled)
        rows = books.hints.of_round(review.id, review.round)
        asked = open_hints(rows)
        # What the registry knows today it may not have known an hour ago: only what the files say is the round's own.
        books.note("reasonableness.checked", {"round": review.round, "told": told})
        return {
            "hints": hint_lines(asked),
            "hint_count": len(asked),
            "hints_note": hints_note(asked, (row for row in rows if row.informs)),
            # A new round starts with nothing said, whatever the forms of the round before left behind.
            "hint_answers": [],
        }


def _settled(previous: Iterable[ReasonablenessHint], hints: Iterable[Hint]) -> dict[str, ReasonablenessHint]:
    """Return the hints of the round before that were dismissed and are the same now, by id."""
    now = {hint.hint_id for hint in hints}
    return {row.hint_id: row for row in previous if row.answer == DISMISSED and row.hint_id in now}
