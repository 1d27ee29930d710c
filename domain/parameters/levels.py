"""Ordered levels in a text (千兆 < 万兆, SATA < SAS, 预留 < 支持, 宜 < 应), read from `levels.toml`."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from domain.parameters.data import load
from domain.parameters.glossary import in_one_wording

_GAP = "\ue000"


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a ladder found in a text: `rank` counts from the weakest, 0."""

    ladder: str
    rank: int
    wording: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """A ladder: what silence means (`default` rank or None), whether silence is only a hint, whether names count."""

    name: str
    default: int | None
    silent: bool
    in_names: bool


@cache
def ladders() -> dict[str, Ladder]:
    """Every ladder by name."""
    return {
        entry["name"]: Ladder(
            entry["name"], entry.get("default"), entry.get("silent", False), entry.get("in_names", True)
        )
        for entry in load("levels")["ladder"]
    }


@lru_cache(maxsize=32768)
def find_levels(text: str) -> tuple[tuple[Level, ...], str]:
    """Find the levels of a folded text; give them and the text that is left when their wording is taken out."""
    found: list[Level] = []
    for name, pattern, ranks in _compiled():
        for match in pattern.finditer(text):
            group = match.lastgroup or ""
            found.append(Level(name, ranks[group], match[0]))
        text = pattern.sub(_GAP, text)
    return tuple(found), text.replace(_GAP, "")


@lru_cache(maxsize=32768)
def rewrite(text: str) -> str:
    """Bring equal wordings to one (`4×10/100/1000M` → `4个10/100/1000M`) before anything else is read."""
    text = in_one_wording(text)
    for pattern, replacement in _rewrites():
        text = pattern.sub(replacement, text)
    return text


@cache
def _rewrites() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern, re.IGNORECASE), new) for pattern, new in load("levels")["rewrites"]["rules"])


@cache
def _compiled() -> tuple[tuple[str, re.Pattern[str], dict[str, int]], ...]:
    compiled = []
    for entry in load("levels")["ladder"]:
        wordings = [(pattern, rank) for rank, step in enumerate(entry["steps"]) for pattern in step]
        # The longer wording first: 可扩展支持 must not be read as 支持.
        wordings.sort(key=lambda wording: -len(wording[0]))
        groups = {f"s{order}": rank for order, (_, rank) in enumerate(wordings)}
        union = "|".join(f"(?P<s{order}>{pattern})" for order, (pattern, _) in enumerate(wordings))
        compiled.append((entry["name"], re.compile(union, re.IGNORECASE), groups))
    return tuple(compiled)
