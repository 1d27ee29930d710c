"""Names that reviewers found to mean the same, handed on as suggestions for the dictionary."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.parameters import Verdict
from domain.parameters.dictionary import Pair, hangs_on_names, pair_between, pair_of
from domain.parameters.rules import Rules
from records.models import ParameterFinding, ParameterReview, ReviewStage
from records.reviews import as_finding
from records.suggestions import Seen
from workers.parameter_review._lines import lines_of, number
from workers.parameter_review._round import rules_of
from workers.registry import Books
from workers.step import Occasion


@dataclass(frozen=True)
class SameThing:
    """Two names a reviewer takes for one, and the finding or the two findings they stand in, the approved one first."""

    pair: Pair
    finding: ParameterFinding
    counterpart: ParameterFinding | None = None


def joined(rows: Sequence[ParameterFinding], listed: Any, rules: Rules) -> tuple[list[SameThing], list[str]]:
    """Return which findings of one side alone a reviewer joins by number, and what is wrong with that, in Chinese.

    Args:
        rows: all findings of the round.
        listed: the rows of the reviewer's form; other clients may send anything.
        rules: by which the round is judged.
    """
    by_number = {number(row): row for row in rows}
    found, problems = [], []
    for line in lines_of(listed):
        one, other = by_number.get(line["no"]), line.get("same_as")
        if one is None or other is None or other == "":
            continue
        same = _same_thing(one, by_number.get(other) if type(other) is int else None, rules)
        if same is None:
            problems.append(
                f"第 {line['no']} 项不能与“{str(other)[:20]}”对应：请填写另一方单有的、同为参数或同为整项、"
                "名称不同的条目编号。"
            )
        else:
            found.append(same)
    return found, problems


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
    rows = books.reviews.findings(review.id, review.round)
    person = [each.person for each in books.reviews.opinions(review.id) if each.stage is ReviewStage.FIRST][-1]
    news = 0
    for same in (*joined(rows, listed, rules)[0], *_in_one_finding(rows, listed, rules)):
        other = same.counterpart.finding_id if same.counterpart else None
        seen = Seen(review.id, review.round, same.finding.finding_id, person, other)
        if books.suggestions.confirm(same.pair, seen, at.now):
            names = {"canonical": same.pair.canonical, "alias": same.pair.alias}
            books.note("synonym.suggested", {"round": review.round, "no": number(same.finding), **names}, actor=person)
            news += 1
    return news


def _in_one_finding(rows: Sequence[ParameterFinding], listed: Any, rules: Rules) -> list[SameThing]:
    ticked = {line["no"] for line in lines_of(listed) if line.get("synonym") is True}
    found = []
    for row in rows:
        is_said = number(row) in ticked
        if is_said or (row.overruled == Verdict.SAME and hangs_on_names(as_finding(row), rules)):
            pair = pair_of(as_finding(row), rules)
            found += [SameThing(pair, row)] if pair else []
    return found


def _same_thing(one: ParameterFinding, other: ParameterFinding | None, rules: Rules) -> SameThing | None:
    if other is None:
        return None
    missing, added = (one, other) if one.approved else (other, one)
    pair = pair_between(as_finding(missing), as_finding(added), rules)
    return SameThing(pair, missing, added) if pair else None
