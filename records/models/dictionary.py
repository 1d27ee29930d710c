"""The dictionary of synonyms: what reviewers suggest, what an administrator accepts, and its numbered versions."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.base import Base
from records.models.reviews import by_value


class SuggestionState(StrEnum):
    """What became of a suggestion; the value is what the pages show."""

    OPEN = "待处理"
    ACCEPTED = "已收入"
    REJECTED = "已驳回"
    ENDED = "已停用"


class SynonymSuggestion(Base, kw_only=True):
    """Two names that reviewers found to be one thing. The pair is one suggestion whichever side wrote which name.

    `section` is `items` (devices and services) or `names` (parameters); `first_key` and `second_key` are the two names
    reduced, in order. `canonical` and `alias` are how they were written when first seen, the approved side's first.
    """

    __tablename__ = "synonym_suggestion"
    __table_args__ = (
        UniqueConstraint("section", "first_key", "second_key"),
        Index("ix_synonym_suggestion_state_confirmations_id", "state", "confirmations", "id"),
        CheckConstraint("section IN ('items', 'names')", name="section_is_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    section: Mapped[str]
    first_key: Mapped[str]
    second_key: Mapped[str]
    canonical: Mapped[str]
    alias: Mapped[str]
    state: Mapped[SuggestionState] = mapped_column(by_value(SuggestionState), default=SuggestionState.OPEN)
    confirmations: Mapped[int] = mapped_column(default=0)
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    decided_by: Mapped[str | None] = mapped_column(default=None)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    decision_reason: Mapped[str] = mapped_column(default="")


class SynonymSighting(Base, kw_only=True):
    """Where a suggestion was seen: the finding whose two names a reviewer found to be one thing.

    Where the machine had not set the two against each other, `finding_id` is the finding that the approved name stands
    in and `counterpart_id` the one that the tender's stands in.
    """

    __tablename__ = "synonym_sighting"
    __table_args__ = (
        UniqueConstraint("suggestion_id", "review_id", "finding_id"),
        Index("ix_synonym_sighting_review_id", "review_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("synonym_suggestion.id"))
    review_id: Mapped[int] = mapped_column(ForeignKey("parameter_review.id"))
    round: Mapped[int]
    finding_id: Mapped[str]
    counterpart_id: Mapped[str | None] = mapped_column(default=None)
    person: Mapped[str]
    at: Mapped[datetime]


class DictionaryVersion(Base, kw_only=True):
    """A state of the dictionary: each acceptance and each withdrawal makes the next number.

    Number 0 is the empty dictionary every installation begins with; its row is what whoever changes the dictionary
    locks. `digest` is the SHA-256 of all entries with their days.
    """

    __tablename__ = "dictionary_version"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    digest: Mapped[str]
    change: Mapped[str]
    person: Mapped[str]
    at: Mapped[datetime]


class SynonymEntry(Base, kw_only=True):
    """An accepted synonym: `alias` is read as `canonical` from `effective_from` until, but not on, `effective_until`.

    Entries are never deleted. `added_in` and `ended_in` are the versions that brought the entry and its end, so each
    version can be laid open again as it was.
    """

    __tablename__ = "synonym_entry"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    section: Mapped[str]
    canonical: Mapped[str]
    alias: Mapped[str]
    suggestion_id: Mapped[int] = mapped_column(ForeignKey("synonym_suggestion.id"), index=True)
    effective_from: Mapped[date]
    effective_until: Mapped[date | None] = mapped_column(default=None)
    added_in: Mapped[int] = mapped_column(ForeignKey("dictionary_version.number"), index=True)
    ended_in: Mapped[int | None] = mapped_column(ForeignKey("dictionary_version.number"), index=True, default=None)
    accepted_by: Mapped[str]
    accepted_at: Mapped[datetime]
    ended_by: Mapped[str | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(default=None)
    end_reason: Mapped[str] = mapped_column(default="")
