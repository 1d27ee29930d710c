"""What a reasonableness check says: hints for a person, each with its evidence and the figure it rests on (Article 18).

A hint is no verdict: it never counts among the nine of the consistency review and blocks nothing by itself. A reviewer
upholds it or not, and says why.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.identities import stable_ids


class Topic(StrEnum):
    """What a hint is about; the value is what people see."""

    PRICE = "价格"
    SPECIFICATION = "配置"
    SUPPLY = "供应商"
    DUPLICATION = "重复建设"
    CLOUD = "上云"
    REUSE = "复用"


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint on one item.

    `rule` is the stable name of the check, `approved` and `tender` are the words it looked at (prices as written for
    people, from integer fen) with their places. `figure` names the configurable number that decided and what it rests
    on, `basis` the legal basis, `evidence` what was found elsewhere (contracts, projects). `informs` marks what is only
    to be known and asks for no answer. `hint_id` stays the same from round to round while what was written does.
    """

    rule: str
    topic: Topic
    subsystem: str
    item: str
    parameter: str
    reason: str
    approved: str = ""
    tender: str = ""
    approved_ref: str = ""
    tender_ref: str = ""
    figure: str = ""
    basis: str = ""
    evidence: str = ""
    informs: bool = False
    hint_id: str = ""


def identify(hints: Iterable[Hint]) -> tuple[Hint, ...]:
    """Give every hint its stable id, unique within the review; neither reason nor the tender's place is part of it."""
    every = tuple(hints)
    ids = stable_ids(
        (one.rule, one.subsystem, one.item, one.parameter, one.approved, one.tender, one.approved_ref) for one in every
    )
    return tuple(replace(hint, hint_id=name) for hint, name in zip(every, ids, strict=True))
