"""Devices, software and services with their usual requirements, as `catalogue.toml` lists them."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files

from benchmarks.mutation.requirements import Bound, Every, Feature, Level, Requirement, Span, Tolerance

Names = tuple[str, ...]


@dataclass(frozen=True)
class Kind:
    """A kind of item: names that mean the same, how it is counted, its price (ten thousand yuan), its parameters."""

    names: Names
    counted: str
    price: int
    requirements: tuple[Requirement, ...]


def _least(names: Names, unit: str, ladder: str, conditions: str = "") -> Requirement:
    return _bound(names, unit, ladder, conditions, "ge")


def _most(names: Names, unit: str, ladder: str, conditions: str = "") -> Requirement:
    return _bound(names, unit, ladder, conditions, "le")


def _bound(names: Names, unit: str, ladder: str, conditions: str, compare: str) -> Requirement:
    values, under = tuple(map(Decimal, ladder.split())), tuple(conditions.split())
    return Bound(names, "", unit, values[0], compare, values, under[0] if under else "", under)


def _around(names: Names, unit: str, ends: str) -> Requirement:
    low, high = map(Decimal, ends.split())
    return Span(names, "", unit, low, high, environment=True)


def _within(names: Names, unit: str, ends: str) -> Requirement:
    low, high = map(Decimal, ends.split())
    return Span(names, "", unit, low, high, environment=False)


def _supply(names: Names, centre: str, widths: str) -> Requirement:
    spread = tuple(map(Decimal, widths.split()))
    return Tolerance(names, "", centre, "", spread[0], spread, environment=True)


def _error(names: Names, unit: str, widths: str) -> Requirement:
    spread = tuple(map(Decimal, widths.split()))
    return Tolerance(names, "", "", unit, spread[0], spread)


def _all(names: Names, members: str, spare: str, verb: str = "支持") -> Requirement:
    return Every(names, "", tuple(members.split()), tuple(spare.split()), verb=verb)


def _any(names: Names, members: str, spare: str, verb: str = "支持") -> Requirement:
    return Every(names, "", tuple(members.split()), tuple(spare.split()), any_of=True, verb=verb)


def _level(names: Names, steps: str, frames: str = "{}") -> Requirement:
    ladder = tuple(tuple(step.split("=")) for step in steps.split())
    return Level(names, "", ladder, 1, tuple(frames.split("|")))


def _has(names: Names, *wordings: str) -> Requirement:
    return Feature(names, "", wordings)


_FORMS: dict[str, Callable[..., Requirement]] = {
    "least": _least, "most": _most, "around": _around, "within": _within, "supply": _supply, "error": _error,
    "all": _all, "any": _any, "level": _level, "has": _has,
}  # fmt: skip


def _kinds() -> tuple[Kind, ...]:
    listed = tomllib.loads(files(__package__).joinpath("catalogue.toml").read_text("utf-8"))["kind"]
    return tuple(
        Kind(
            tuple(one["names"]),
            one["counted"],
            one["price"],
            tuple(_FORMS[form](tuple(names.split("|")), *rest) for form, names, *rest in one["requirements"]),
        )
        for one in listed
    )


KINDS = _kinds()
