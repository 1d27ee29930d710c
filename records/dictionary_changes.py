"""What an administrator does to the dictionary: accept, reject, withdraw; one change after another, each audited."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from domain.parameters.dictionary import Entry, Pair, refusal, rules_with
from domain.parameters.rules import Rules
from records import audit
from records.dictionary import SUBJECT, Dictionary, as_entry, digest
from records.models import DictionaryVersion, SuggestionState, SynonymEntry, SynonymSuggestion
from records.suggestions import as_pair

UNCHANGED = "没有改动词典。"


class DictionaryRefusedError(Exception):
    """The dictionary cannot be changed so.

    Attributes:
        detail: why not, in Chinese and for people.
    """

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.detail = f"{detail}{UNCHANGED}"


@dataclass(frozen=True)
class Acceptance:
    """How a suggestion is taken in: whether its names change places, and the first day on which it counts."""

    suggestion_id: int
    swapped: bool
    effective_from: date


@dataclass(frozen=True)
class Withdrawal:
    """How an entry is ended: the first day on which it no longer counts, and why."""

    entry_id: int
    effective_until: date
    reason: str


@dataclass(frozen=True)
class Hand:
    """Who changes the dictionary (user name), and when; `today` is the day of that moment in China."""

    person: str
    at: datetime
    today: date


class DictionaryChanges:
    """Changes queue up behind one lock, so that two administrators at once are one after the other."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def objection(self, pair: Pair, effective_from: date, rules: Rules) -> str | None:
        """Return why a pair cannot count from a day on, in Chinese and for people; None when it can.

        Every entry that counts on that day or later is looked at, those that begin later included.
        """
        counts = or_(SynonymEntry.effective_until.is_(None), SynonymEntry.effective_until > effective_from)
        rows = self.session.scalars(select(SynonymEntry).where(counts).order_by(SynonymEntry.id))
        return refusal(pair, rules_with(map(as_entry, rows), rules))

    def accept(self, wanted: Acceptance, rules: Rules, hand: Hand) -> SynonymEntry:
        """Take a suggestion in as the dictionary's next version; the same acceptance twice is one.

        Args:
            wanted: what, how and from when.
            rules: as they are shipped, without the dictionary's entries.
            hand: whose.

        Raises:
            DictionaryRefusedError: decided already, the names cannot be synonyms, or the day has passed.
        """
        self._lock()
        suggestion = self._suggestion(wanted.suggestion_id)
        pair = as_pair(suggestion)
        if wanted.swapped:
            pair = Pair(pair.section, pair.alias, pair.canonical)
        if suggestion.state is SuggestionState.ACCEPTED:
            return self._accepted_before(suggestion, Entry(pair, wanted.effective_from), hand)
        if wanted.effective_from < hand.today:
            raise DictionaryRefusedError("生效日期不能早于今天：已经开始的审查仍按开始时的词典办理。")
        if objection := self.objection(pair, wanted.effective_from, rules):
            raise DictionaryRefusedError(objection)
        version = self._next_version(f"收入：{pair.alias} = {pair.canonical}", hand)
        entry = SynonymEntry(
            section=pair.section,
            canonical=pair.canonical,
            alias=pair.alias,
            suggestion_id=suggestion.id,
            effective_from=wanted.effective_from,
            added_in=version.number,
            accepted_by=hand.person,
            accepted_at=hand.at,
        )
        self.session.add(entry)
        _decide(suggestion, SuggestionState.ACCEPTED, "", hand)
        self._seal(version)
        told = {"from": wanted.effective_from.isoformat()} | _told(pair) | _numbered(version)
        audit.append(self.session, hand.person, "synonym.accepted", SUBJECT, told, hand.at)
        return entry

    def reject(self, suggestion_id: int, reason: str, hand: Hand) -> None:
        """Turn a suggestion down; the same rejection twice is one.

        Raises:
            DictionaryRefusedError: decided already, or no reason given.
        """
        self._lock()
        suggestion = self._suggestion(suggestion_id)
        rejected = suggestion.state is SuggestionState.REJECTED
        if rejected and (suggestion.decided_by, suggestion.decision_reason) == (hand.person, reason):
            return
        if suggestion.state is not SuggestionState.OPEN:
            raise DictionaryRefusedError(f"这条建议{suggestion.state.value}，不能再驳回。")
        if not reason:
            raise DictionaryRefusedError("请写明驳回理由，让提出建议的审查人员知道为什么。")
        _decide(suggestion, SuggestionState.REJECTED, reason, hand)
        told = {"reason": reason, **_told(as_pair(suggestion))}
        audit.append(self.session, hand.person, "synonym.rejected", SUBJECT, told, hand.at)

    def withdraw(self, wanted: Withdrawal, hand: Hand) -> SynonymEntry:
        """End an entry as the dictionary's next version; reviews that began before its end keep it.

        Raises:
            DictionaryRefusedError: ended already, the day has passed, or no reason given.
        """
        self._lock()
        entry = self.session.get_one(SynonymEntry, wanted.entry_id, populate_existing=True)
        said = (hand.person, wanted.effective_until, wanted.reason)
        if entry.ended_in is not None:
            if (entry.ended_by, entry.effective_until, entry.end_reason) == said:
                return entry
            raise DictionaryRefusedError(f"这个词条已在第 {entry.ended_in} 版停用。")
        if wanted.effective_until < hand.today:
            raise DictionaryRefusedError("停用日期不能早于今天：已经开始的审查仍按开始时的词典办理。")
        if not wanted.reason:
            raise DictionaryRefusedError("请写明停用理由。")
        pair = as_entry(entry).pair
        version = self._next_version(f"停用：{pair.alias} = {pair.canonical}", hand)
        entry.effective_until, entry.ended_in, entry.end_reason = wanted.effective_until, version.number, wanted.reason
        entry.ended_by, entry.ended_at = hand.person, hand.at
        _decide(self._suggestion(entry.suggestion_id), SuggestionState.ENDED, wanted.reason, hand)
        self._seal(version)
        until = {"until": wanted.effective_until.isoformat(), "reason": wanted.reason}
        told = until | _told(pair) | _numbered(version)
        audit.append(self.session, hand.person, "synonym.withdrawn", SUBJECT, told, hand.at)
        return entry

    def _lock(self) -> None:
        """Wait for whoever else changes the dictionary; readers of it, and what refers to it, do not wait."""
        first = select(DictionaryVersion).where(DictionaryVersion.number == 0)
        self.session.execute(first.with_for_update(key_share=True))

    def _suggestion(self, suggestion_id: int) -> SynonymSuggestion:
        return self.session.get_one(SynonymSuggestion, suggestion_id, populate_existing=True, with_for_update=True)

    def _accepted_before(self, suggestion: SynonymSuggestion, wanted: Entry, hand: Hand) -> SynonymEntry:
        belongs = (SynonymEntry.suggestion_id == suggestion.id) & SynonymEntry.ended_in.is_(None)
        entry = self.session.scalars(select(SynonymEntry).where(belongs)).one()
        if as_entry(entry) == wanted and entry.accepted_by == hand.person:
            return entry
        raise DictionaryRefusedError(f"这条建议已经收入词典（第 {entry.added_in} 版）。")

    def _next_version(self, change: str, hand: Hand) -> DictionaryVersion:
        number = Dictionary(self.session).current().number + 1
        version = DictionaryVersion(number=number, digest="", change=change, person=hand.person, at=hand.at)
        self.session.add(version)
        self.session.flush()
        return version

    def _seal(self, version: DictionaryVersion) -> None:
        """Give a version its digest, now that everything it changes is written."""
        self.session.flush()
        version.digest = digest(Dictionary(self.session).entries_of(version.number))
        self.session.flush()


def _decide(suggestion: SynonymSuggestion, state: SuggestionState, reason: str, hand: Hand) -> None:
    suggestion.state, suggestion.decision_reason = state, reason
    suggestion.decided_by, suggestion.decided_at = hand.person, hand.at


def _told(pair: Pair) -> dict[str, str]:
    return {"section": pair.section, "canonical": pair.canonical, "alias": pair.alias}


def _numbered(version: DictionaryVersion) -> dict[str, int | str]:
    return {"version": version.number, "digest": version.digest}
