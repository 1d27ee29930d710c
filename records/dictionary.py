"""The dictionary of synonyms in numbered versions: entries begin and end on a day, and none is ever deleted.

A version's number and a day together name the entries a review was judged by, and give the same ones for ever: what is
accepted or ended later belongs to a later version.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from domain.parameters.dictionary import Entry, Pair, rules_with
from domain.parameters.rules import Rules
from domain.plain import to_plain
from records.canonical import canonical_json, sha256_hex
from records.insertion import insert_if_new
from records.models import DictionaryVersion, ParameterReview, RoundRules, SynonymEntry
from records.pages import Page

SUBJECT = "dictionary"
"""What the audit trail calls the dictionary."""


class Dictionary:
    """The accepted synonyms, their versions, and which of them each round of a review is judged by."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def current(self) -> DictionaryVersion:
        """Return the newest version; number 0 is the dictionary as it is shipped."""
        newest = select(DictionaryVersion).order_by(DictionaryVersion.number.desc()).limit(1)
        return self.session.scalars(newest).one()

    def version(self, number: int) -> DictionaryVersion | None:
        """Return a version by its number."""
        return self.session.get(DictionaryVersion, number)

    def versions(self, number: int = 1, size: int = 50) -> Page[DictionaryVersion]:
        """Return one page of the versions, the newest first."""
        total = self.session.scalar(select(func.count()).select_from(DictionaryVersion)) or 0
        wanted = select(DictionaryVersion).order_by(DictionaryVersion.number.desc())
        found = self.session.scalars(wanted.limit(size).offset((number - 1) * size)).all()
        return Page(found, total, number, size)

    def entry(self, entry_id: int) -> SynonymEntry | None:
        """Return an entry, ended or not."""
        return self.session.get(SynonymEntry, entry_id)

    def entries(self, words: str = "", number: int = 1, size: int = 50) -> Page[SynonymEntry]:
        """Return one page of the entries one of whose names holds `words`, ended ones included, the newest first."""
        wanted = select(SynonymEntry)
        for word in words.split():
            canonical, alias = (name.icontains(word, autoescape=True) for name in _NAMES)
            wanted = wanted.where(canonical | alias)
        total = self.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
        newest_first = wanted.order_by(SynonymEntry.id.desc())
        found = self.session.scalars(newest_first.limit(size).offset((number - 1) * size)).all()
        return Page(found, total, number, size)

    def entries_of(self, version: int) -> list[Entry]:
        """Return the entries of a version as they stood in it, in the order in which they were accepted."""
        wanted = select(SynonymEntry).where(SynonymEntry.added_in <= version).order_by(SynonymEntry.id)
        return [
            as_entry(row, has_end=row.ended_in is not None and row.ended_in <= version)
            for row in self.session.scalars(wanted)
        ]

    def counting_on(self, version: int, day: date) -> list[Entry]:
        """Return the entries of a version that count on a day."""
        return [entry for entry in self.entries_of(version) if entry.counts_on(day)]

    def pin(self, review: ParameterReview, rules: Rules, day: date, at: datetime) -> RoundRules:
        """Note by which rules the current round of a review is judged; asked again, return what was noted.

        Args:
            review: whose current round it is.
            rules: without the dictionary's entries.
            day: of the round's beginning, in China.
            at: when.
        """
        current = self.current()
        values = {
            "review_id": review.id,
            "round": review.round,
            "rules_version": rules_with(self.counting_on(current.number, day), rules).version,
            "dictionary_version": current.number,
            "dictionary_digest": current.digest,
            "day": day,
            "pinned_at": at,
        }
        insert_if_new(self.session, RoundRules, values, ["review_id", "round"])
        return self.session.scalars(_pinned(review.id, review.round)).one()

    def pinned(self, review_id: int, review_round: int) -> RoundRules | None:
        """Return by which rules a round is judged; None for one that began before this was noted."""
        return self.session.scalars(_pinned(review_id, review_round)).one_or_none()

    def rules_of(self, review_id: int, review_round: int, rules: Rules) -> Rules:
        """Return the rules a round is judged by: `rules` with the entries that were pinned for it, if any were."""
        pinned = self.pinned(review_id, review_round)
        return rules if pinned is None else rules_with(self.counting_on(pinned.dictionary_version, pinned.day), rules)


_NAMES = (SynonymEntry.canonical, SynonymEntry.alias)


def _pinned(review_id: int, review_round: int) -> Select[RoundRules]:
    return select(RoundRules).where(RoundRules.review_id == review_id, RoundRules.round == review_round)


def as_entry(row: SynonymEntry, *, has_end: bool = True) -> Entry:
    """Return a stored entry as the rules know it, without its end when that is not to be seen yet."""
    pair = Pair("items" if row.section == "items" else "names", row.canonical, row.alias)
    return Entry(pair, row.effective_from, row.effective_until if has_end else None)


def digest(entries: Iterable[Entry]) -> str:
    """Return the SHA-256 of entries in their order, with their days."""
    written = [
        to_plain(entry.pair) | {"from": _day(entry.effective_from), "until": _day(entry.effective_until)}
        for entry in entries
    ]
    return sha256_hex(canonical_json(written).encode())


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
