"""Ordered levels in a text (千兆 < 万兆, SATA < SAS, 预留 < 支持, 宜 < 应, 平均 < 峰值), read from `levels.toml`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from domain.parameters.data import load
from domain.parameters.patterns import any_of, in_turn

_GAP = "\ue000"
# What may stand about a level and changes nothing: every level is a lower bound by itself.
_AT_LEAST = r"(?:(?:应|须)?(?:不低于|不小于|不弱于|至少(?:为|达到)?|≥|达到|优于|高于或等于))?"
_OR_MORE = r"(?:\(?(?:及|或)(?:其)?以上\)?(?!版本)|(?:或|及)更高(?:级别|等级)?)?"


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a ladder found in a text: `rank` counts from the weakest, 0."""

    ladder: str
    rank: int
    wording: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """A ladder, and what it means that one side does not say it.

    `default` is the rank of silence. Without it silence loses or adds the level; with `silent` the tender's silence is
    only a hint, with `asks` it is for a person, with `floor` the weakest step says nothing more than silence.
    `in_names` is "always", "answering" (a name's level counts only when the other side says the ladder) or "never".
    `upper` ladders run the other way where less is stricter. `modal` ladders qualify a whole enumeration. `relative`
    ladders take the place of any ladder that `relative` names (第三级 answers 等保二级). On
    `wording` ladders equal steps in unequal words (开启IPS后, 开启IPS、AV后) are for a person.
    """

    name: str
    default: int | None = None
    silent: bool = False
    asks: bool = False
    floor: bool = False
    in_names: str = "always"
    upper: bool = False
    modal: bool = False
    negative: bool = False
    relative: Sequence[str] = ()
    wording: bool = False
    top: int = 0


@cache
def ladders() -> dict[str, Ladder]:
    """Every ladder by name."""
    return {
        entry["name"]: Ladder(
            **{name: value for name, value in entry.items() if name not in {"steps", "signs"}},
            top=len(entry["steps"]) - 1,
        )
        for entry in load("levels")["ladder"]
    }


@lru_cache(maxsize=32768)
def find_levels(text: str, *, modal_only: bool = False) -> tuple[tuple[Level, ...], str]:
    """Find the levels of a folded text; give them and the text that is left when their wording is taken out.

    With `modal_only` the levels that belong to a single member of an enumeration stay in the text.
    """
    found: list[Level] = []
    signed = {name for sign in _signs().findall(text.casefold()) for name in _by_sign()[sign]}
    for name, pattern, ranks in _compiled() if signed else ():
        if name not in signed or (modal_only and not ladders()[name].modal):
            continue
        for match in pattern.finditer(text):
            group = match.lastgroup or ""
            found.append(Level(name, ranks[group], match[0]))
        text = pattern.sub(_GAP, text)
    return tuple(found), text.replace(_GAP, "")


@lru_cache(maxsize=32768)
def rewrite(text: str) -> str:
    """Bring equal wordings to one (`4×10/100/1000M` → `4个10/100/1000M`) before anything else is read."""
    return _rewriting()(text)


@cache
def _rewriting() -> Callable[[str], str]:
    rules = load("levels")["rewrites"]["rules"]
    return in_turn((re.compile(pattern, re.IGNORECASE), new) for pattern, new in rules)


@cache
def _signs() -> re.Pattern[str]:
    """Every sign at every place, overlapping ones too; the longest at a place stands for those it holds."""
    return re.compile(f"(?=({any_of(_by_sign())}))")


@cache
def _by_sign() -> dict[str, frozenset[str]]:
    owners = [(sign, entry["name"]) for entry in load("levels")["ladder"] for sign in entry["signs"]]
    signs = dict.fromkeys(sign for sign, _ in owners)
    return {sign: frozenset(name for held, name in owners if held in sign) for sign in signs}


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str], dict[str, int]], ...]:
    compiled = []
    for entry in load("levels")["ladder"]:
        wordings = [(pattern, rank) for rank, step in enumerate(entry["steps"]) for pattern in step]
        # The longer wording first: 可扩展支持 must not be read as 支持.
        wordings.sort(key=lambda wording: -len(wording[0]))
        groups = {f"s{order}": rank for order, (_, rank) in enumerate(wordings)}
        union = "|".join(f"(?P<s{order}>{pattern})" for order, (pattern, _) in enumerate(wordings))
        whole = f"(?:{union})" if entry.get("modal") else f"{_AT_LEAST}(?:{union}){_OR_MORE}"
        compiled.append((entry["name"], re.compile(whole, re.IGNORECASE), groups))
    return tuple(compiled)
