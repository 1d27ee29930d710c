"""How long a licence holds: for ever, for so many years, or as long as it is paid for."""

import re
from dataclasses import dataclass
from functools import cache

from domain.parameters.data import load
from domain.parameters.outcomes import Effect, Outcome
from domain.parameters.wording import in_digits
from domain.text import fold

_BARE = re.compile(r"(?:≥|不少于|不低于|至少)?(?P<n>\d+)个?(?P<u>年|月)(?:及?以上)?")
_LICENSED = "授权"
_FOR_EVER = "永久授权"


@dataclass(frozen=True, slots=True)
class Terms:
    """Two texts without the terms of licence that were compared; `outcome` is None where none was."""

    outcome: Outcome | None
    approved: str
    tender: str


@dataclass(frozen=True, slots=True)
class _Term:
    kind: str
    wording: str
    rest: str
    months: int = 0


def compare_terms(approved: tuple[str, str], tender: tuple[str, str]) -> Terms:
    """Compare the terms that two parameters, given as (name, value), set to a licence.

    For ever is more than any number of years and more than a subscription. Where one side alone states a term, every
    wording of 'for ever' is brought to one, and the rest of the comparison decides.
    """
    if not _about().search(fold(" ".join((*approved, *tender)))):
        return Terms(None, approved[1], tender[1])
    mine, theirs = (_find(fold(name), in_digits(fold(value))) for name, value in (approved, tender))
    if mine is None or theirs is None or (effect := _effect(mine, theirs)) is None:
        return Terms(None, _in_one_wording(approved[1]), _in_one_wording(tender[1]))
    return Terms(_told(effect, mine, theirs), mine.rest, theirs.rest)


def _find(name: str, value: str) -> _Term | None:
    """The one term that a value states plainly, None when it states none, several, or one with a reservation."""
    found = [(kind, match) for kind in _kinds() for match in _kinds()[kind].finditer(value)]
    if not found and _named().search(name) and (match := _BARE.fullmatch(value)):
        found = [("limited", match)]
    if len(found) != 1 or _weighed().search(value.replace(found[0][1][0], "")):
        return None
    kind, match = found[0]
    rest = f"{value[: match.start()]}{_LICENSED}{value[match.end() :]}"
    return _Term(kind, match[0], "" if _rest().fullmatch(rest) else rest, _months(match))


def _months(match: re.Match[str]) -> int:
    groups = {name.rstrip("0123456789"): said for name, said in match.groupdict().items() if said}
    return int(groups["n"]) * (12 if groups["u"] == "年" else 1) if groups else 0


def _effect(mine: _Term, theirs: _Term) -> Effect | None:
    """What became of the term; None where two terms are not told apart here (订阅 against a number of years)."""
    ever = [term.kind == "permanent" for term in (mine, theirs)]
    if any(ever):
        return Effect.SAME if all(ever) else Effect.LOWERED if ever[0] else Effect.RAISED
    if mine.kind != theirs.kind or mine.kind != "limited":
        return None
    if mine.months == theirs.months:
        return Effect.SAME
    return Effect.RAISED if theirs.months > mine.months else Effect.LOWERED


def _told(effect: Effect, mine: _Term, theirs: _Term) -> Outcome:
    if effect is Effect.SAME:
        return Outcome(effect, f"授权期限相同（批复“{mine.wording}”，招标“{theirs.wording}”）")
    how = "提高" if effect is Effect.RAISED else "降低"
    return Outcome(effect, f"授权期限由“{mine.wording}”改为“{theirs.wording}”，要求{how}", "永久授权＞限期授权、订阅")


def _in_one_wording(value: str) -> str:
    return _kinds()["permanent"].sub(_FOR_EVER, fold(value))


@cache
def _kinds() -> dict[str, re.Pattern[str]]:
    terms = load("licences")["terms"]
    return {kind: _union(terms[kind]) for kind in ("permanent", "limited", "subscribed")}


def _union(patterns: list[str]) -> re.Pattern[str]:
    """One pattern of several; groups of the same name are numbered so that they may stand side by side."""
    numbered = [re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>{order}>", pattern) for order, pattern in enumerate(patterns)]
    return re.compile("|".join(numbered), re.IGNORECASE)


@cache
def _about() -> re.Pattern[str]:
    return re.compile(load("licences")["terms"]["about"], re.IGNORECASE)


@cache
def _named() -> re.Pattern[str]:
    return re.compile(load("licences")["terms"]["named"], re.IGNORECASE)


@cache
def _weighed() -> re.Pattern[str]:
    return re.compile(load("licences")["terms"]["weighed"])


@cache
def _rest() -> re.Pattern[str]:
    return re.compile(load("licences")["terms"]["rest"])
