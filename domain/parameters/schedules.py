"""Payment in instalments (合同签订30%, 初验30%, …): the same shares at the same events, or a question for a person."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from domain.parameters.data import load
from domain.parameters.glossary import in_one_wording
from domain.parameters.names import canonical_words
from domain.parameters.outcomes import Effect, Outcome
from domain.text import fold

_SHARE = re.compile(r"(?P<share>\d+(?:\.\d+)?)%")
_CLAUSES = re.compile("[,;。、]")


@dataclass(frozen=True, slots=True)
class Instalment:
    """A share of the price in per cent, and the event at which it falls due, in the dictionary's words where known."""

    event: str
    share: Decimal


def compare_schedules(approved: str, tender: str) -> Outcome | None:
    """Compare two texts that both pay in instalments; None where either says anything else.

    Neither an earlier nor a larger instalment is plainly the stricter one, so that any change is for a person.
    """
    if "%" not in fold(approved) or "%" not in fold(tender):
        return None
    mine, theirs = _read(approved), _read(tender)
    if mine is None or theirs is None:
        return None
    if sorted(_plain(mine)) == sorted(_plain(theirs)):
        return Outcome(Effect.SAME, "付款节点和比例逐项相同")
    told = _told(mine), _told(theirs)
    return Outcome(Effect.UNCLEAR, f"付款节点或比例不同：批复“{told[0]}”，招标“{told[1]}”")


def _read(text: str) -> tuple[Instalment, ...] | None:
    """The instalments of a text; None when a clause holds no share or several, or no event is known."""
    clauses = [clause for clause in _CLAUSES.split(in_one_wording(fold(text))) if clause.strip()]
    found: list[Instalment] = []
    for clause in clauses:
        shares = list(_SHARE.finditer(clause))
        if len(shares) != 1:
            return None
        share = Decimal(shares[0]["share"])
        before = sum((one.share for one in found), Decimal(0)) if _up_to().search(clause) else Decimal(0)
        found.append(Instalment(_event(_SHARE.sub("", clause)), share - before))
    known = any(one.event in set(_events().values()) for one in found)
    return tuple(found) if known else None


def _event(clause: str) -> str:
    """What an instalment waits for; words that the dictionary does not know stay among its own."""
    bare = _filler().sub("", _up_to().sub("", clause))
    bare = canonical_words(_names().sub("", bare) or bare)
    return _events().get(bare, bare)


def _plain(instalments: tuple[Instalment, ...]) -> list[tuple[str, Decimal]]:
    return [(one.event, one.share) for one in instalments]


def _told(instalments: tuple[Instalment, ...]) -> str:
    return "，".join(f"{one.event}{one.share.normalize():f}%" for one in instalments)


@cache
def _events() -> dict[str, str]:
    lists = load("schedules")["schedule"]["events"]
    return {canonical_words(word): words[0] for words in lists for word in words}


@cache
def _filler() -> re.Pattern[str]:
    return re.compile("|".join(load("schedules")["schedule"]["filler"]))


@cache
def _names() -> re.Pattern[str]:
    return re.compile(load("schedules")["schedule"]["names"])


@cache
def _up_to() -> re.Pattern[str]:
    return re.compile(load("schedules")["schedule"]["up_to"])
