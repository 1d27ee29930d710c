"""Ends of a parameter's name that say nothing, or only what the value's unit says again: 端口数, 端口配置, 存储容量."""

from collections.abc import Sequence

from domain.parameters.data import load


def bare(name: str) -> str:
    """A reduced name without its empty ends: 端口数 and 端口配置要求 are 端口."""
    empty = load("synonyms")["ends"]["empty"]
    return _without_end(_without_end(name, empty), empty)


def spellings(name: str) -> tuple[str, ...]:
    """The ways in which a bare name may be spelt in a dictionary, the nearest first; none of a single character."""
    ends = load("synonyms")["ends"]
    others = (f"{name}{end}" for end in (*ends["empty"], *ends["measuring"]))
    return (name, _without_end(name, ends["measuring"]), *others) if len(name) > 1 else ()


def is_heading(name: str) -> bool:
    """Whether a reduced name leaves it to its value to say what is asked for (性能：TPC-C≥100万)."""
    return name in load("synonyms")["ends"]["headings"]


def _without_end(name: str, ends: Sequence[str]) -> str:
    """A name without one of these ends, as long as two characters are left of it."""
    return next((name[: -len(end)] for end in ends if name.endswith(end) and len(name) > len(end) + 1), name)
