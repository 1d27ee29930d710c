"""Names that reviewers found to mean the same, handed on as suggestions for the dictionary."""

from typing import Any

from domain.parameters import Verdict
from domain.parameters.dictionary import hangs_on_names, pair_of
from records.models import ParameterReview, ReviewStage
from records.reviews import as_finding
from records.suggestions import Seen
from workers.parameter_review._lines import lines_of, number
from workers.parameter_review._round import rules_of
from workers.registry import Books
from workers.step import Occasion


def suggest_synonyms(books: Books, review: ParameterReview, listed: Any, at: Occasion) -> int:
    """Suggest the pairs of names that the reviewers of the current round took for one thing.

    They say so in the form, or by calling 一致 what only its names kept from it.

    Args:
        books: the records, the round's overrides settled.
        review: with its current round.
        listed: the rows of the first reviewer's form.
        at: the run.

    Returns:
        How many suggestions were seen here for the first time.
    """
    rules = rules_of(books, review, review.round)
    ticked = {line["no"] for line in lines_of(listed) if line.get("synonym") is True}
    person = [each.person for each in books.reviews.opinions(review.id) if each.stage is ReviewStage.FIRST][-1]
    news = 0
    for row in books.reviews.findings(review.id, review.round):
        finding = as_finding(row)
        is_said = number(row) in ticked or (row.overruled == Verdict.SAME and hangs_on_names(finding, rules))
        pair = pair_of(finding, rules) if is_said else None
        if pair is None:
            continue
        if books.suggestions.confirm(pair, Seen(review.id, review.round, row.finding_id, person), at.now):
            told = {"round": review.round, "no": number(row), "canonical": pair.canonical, "alias": pair.alias}
            books.note("synonym.suggested", told, actor=person)
            news += 1
    return news
