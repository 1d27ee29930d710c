"""Suggestions for the dictionary: two names that reviewers found to be one thing, and where they found it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased, joinedload

from domain.parameters.dictionary import Pair
from records.insertion import insert_if_new
from records.models import (
    ParameterFinding,
    ParameterReview,
    SuggestionState,
    SynonymSighting,
    SynonymSuggestion,
)
from records.pages import Page


@dataclass(frozen=True)
class Seen:
    """Where two names were found to be one thing, and by whom (user name).

    `counterpart_id` is the finding of the tender's name where the two stand in different findings.
    """

    review_id: int
    round: int
    finding_id: str
    person: str
    counterpart_id: str | None = None


@dataclass(frozen=True)
class Evidence:
    """A sighting with the finding it is about, its counterpart if it has one, and the review, with its project."""

    sighting: SynonymSighting
    finding: ParameterFinding
    counterpart: ParameterFinding | None
    review: ParameterReview

    @property
    def tender_side(self) -> ParameterFinding:
        """Return the finding that the tender's name and text stand in."""
        return self.counterpart or self.finding


@dataclass(frozen=True)
class SuggestionSearch:
    """Which suggestions to list: in one state, with words in one of the names, one page of them."""

    state: SuggestionState = SuggestionState.OPEN
    words: str = ""
    number: int = 1
    size: int = 50


class Suggestions:
    """The suggestions and their evidence."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def propose(self, pair: Pair, at: datetime) -> bool:
        """Add a suggestion that nobody has confirmed yet; return whether it is new."""
        first, second = pair.keys
        values = {
            "section": pair.section,
            "first_key": first,
            "second_key": second,
            "canonical": pair.canonical,
            "alias": pair.alias,
            "state": SuggestionState.OPEN,
            "confirmations": 0,
            "first_seen_at": at,
            "last_seen_at": at,
            "decision_reason": "",
        }
        return insert_if_new(self.session, SynonymSuggestion, values, ["section", "first_key", "second_key"])

    def confirm(self, pair: Pair, seen: Seen, at: datetime) -> bool:
        """Note that two names were found to be one thing; the same finding counts once, in whatever round.

        Returns:
            Whether that was news.
        """
        self.propose(pair, at)
        first, second = pair.keys
        belongs = (SynonymSuggestion.first_key == first) & (SynonymSuggestion.second_key == second)
        belongs &= SynonymSuggestion.section == pair.section
        suggestion_id = self.session.scalars(select(SynonymSuggestion.id).where(belongs)).one()
        sighting = {"suggestion_id": suggestion_id, **vars(seen), "at": at}
        if not insert_if_new(self.session, SynonymSighting, sighting, ["suggestion_id", "review_id", "finding_id"]):
            return False
        counted = {"confirmations": SynonymSuggestion.confirmations + 1, "last_seen_at": at}
        self.session.execute(update(SynonymSuggestion).where(SynonymSuggestion.id == suggestion_id).values(counted))
        return True

    def with_id(self, suggestion_id: int) -> SynonymSuggestion | None:
        """Return a suggestion."""
        return self.session.get(SynonymSuggestion, suggestion_id)

    def page(self, search: SuggestionSearch) -> Page[SynonymSuggestion]:
        """Return one page of the suggestions that match, the most often confirmed first."""
        wanted = select(SynonymSuggestion).where(SynonymSuggestion.state == search.state)
        for word in search.words.split():
            names = (SynonymSuggestion.canonical, SynonymSuggestion.alias)
            canonical, alias = (name.icontains(word, autoescape=True) for name in names)
            wanted = wanted.where(canonical | alias)
        total = self.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
        ordered = wanted.order_by(SynonymSuggestion.confirmations.desc(), SynonymSuggestion.id.desc())
        found = self.session.scalars(ordered.limit(search.size).offset((search.number - 1) * search.size)).all()
        return Page(found, total, search.number, search.size)

    def counts(self) -> dict[SuggestionState, int]:
        """Return how many suggestions there are in each state."""
        counted = select(SynonymSuggestion.state, func.count()).group_by(SynonymSuggestion.state)
        return dict(iter(self.session.execute(counted)))

    def evidence(self, suggestion_id: int, most: int = 20) -> Sequence[Evidence]:
        """Return where a suggestion was seen, the newest first, at most `most`."""
        wanted = (
            select(SynonymSighting, ParameterFinding, _COUNTERPART, ParameterReview)
            .join(ParameterFinding, _is_finding(ParameterFinding, SynonymSighting.finding_id))
            .outerjoin(_COUNTERPART, _is_finding(_COUNTERPART, SynonymSighting.counterpart_id))
            .join(ParameterReview, ParameterReview.id == SynonymSighting.review_id)
            .where(SynonymSighting.suggestion_id == suggestion_id)
            .options(joinedload(ParameterReview.project))
            .order_by(SynonymSighting.id.desc())
            .limit(most)
        )
        return [Evidence(*row) for row in self.session.execute(wanted)]


_COUNTERPART = aliased(ParameterFinding)


def _is_finding(
    table: type[ParameterFinding], finding_id: InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
) -> ColumnElement[bool]:
    seen_there = (table.review_id == SynonymSighting.review_id) & (table.round == SynonymSighting.round)
    return seen_there & (table.finding_id == finding_id)


def as_pair(row: SynonymSuggestion) -> Pair:
    """Return a suggestion's names as the rules know them, the approved side's as the standard one."""
    return Pair("items" if row.section == "items" else "names", row.canonical, row.alias)
