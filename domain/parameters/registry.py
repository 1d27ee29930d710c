"""Our own pint registry, built from `units.toml`: dimensions, exact factors, and quotients of any of them.

pint's own unit list is not loaded: letters mean other things in a tender (`M`, `T`, `核`). Magnitudes are decimals.
"""

from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from pint import UnitRegistry
from pint.util import UnitsContainer

from domain.parameters.data import load


@cache
def _registry() -> UnitRegistry[Any]:
    """Define `u<n>` for every spelling; a derived dimension (bit_rate = data/time) is written by its bases."""
    registry: UnitRegistry[Any] = UnitRegistry(None, non_int_type=Decimal)
    sections = load("units")["dimensions"]
    for name in sections:
        if name not in load("units")["derived"]:
            registry.define(f"base_{name} = [{name}]")
    for name, formula in load("units")["derived"].items():
        over, _, under = formula.partition("/")
        registry.define(f"base_{name} = base_{over}" + (f" / base_{under}" if under else ""))
    for noun in _nouns():
        registry.define(f"{_nouns()[noun]} = [count_{_nouns()[noun]}]")
    for spelling, (section, factor) in _factors().items():
        registry.define(f"{_names()[spelling]} = {factor} * base_{section}")
    return registry


@cache
def _factors() -> dict[str, tuple[str, str]]:
    return {
        spelling: (section, factor)
        for section, units in load("units")["dimensions"].items()
        for spelling, factor in units.items()
    }


@cache
def _names() -> dict[str, str]:
    """The registry's name of every spelling: pint wants identifiers, a tender writes `dB(A)`."""
    return {spelling: f"u{number}" for number, spelling in enumerate(_factors())}


@cache
def _nouns() -> dict[str, str]:
    """The registry's name of every counted noun."""
    count = load("units")["count"]
    named = [*count["pieces"], *count["machines"], *count["sets"], *count["containers"], *count["nouns"], "对"]
    return {noun: f"n{number}" for number, noun in enumerate(dict.fromkeys(named))}


@lru_cache(maxsize=4096)
def known(spelling: str) -> tuple[str, Decimal] | None:
    """Give a spelling's dimension and factor to its base; None when the registry has no such spelling."""
    name = _names().get(spelling)
    return None if name is None else _measured(name)


@lru_cache(maxsize=4096)
def composed(over: tuple[str, str], under: tuple[str, str]) -> tuple[str, Decimal] | None:
    """Give dimension and factor of a quotient of two parts, each ("unit", spelling) or ("count", noun)."""
    names = [(_names() if kind == "unit" else _nouns()).get(word) for kind, word in (over, under)]
    if names[0] is None or names[1] is None:
        return None
    return _measured(f"{names[0]} / {names[1]}")


def _measured(expression: str) -> tuple[str, Decimal]:
    quantity = _registry().Quantity(Decimal(1), expression).to_root_units()
    return _dimension(quantity.dimensionality), Decimal(quantity.magnitude)


def _dimension(found: UnitsContainer) -> str:
    """Write a dimensionality as words: a section's own name where one fits, else its parts (`count:次/time`)."""
    if (name := _named().get(found)) is not None:
        return name
    parts = sorted((_word(base), int(Decimal(str(power)))) for base, power in found.items())
    over = "·".join(word for word, power in parts for _ in range(power))
    under = "".join(f"/{word}" for word, power in parts for _ in range(-power))
    return f"{over}{under}"


@cache
def _named() -> dict[UnitsContainer, str]:
    return {_registry().Unit(f"base_{name}").dimensionality: name for name in load("units")["dimensions"]}


def _word(base: str) -> str:
    inner = base.strip("[]")
    if inner.startswith("count_"):
        noun = next(noun for noun, name in _nouns().items() if name == inner.removeprefix("count_"))
        return f"count:{noun}"
    return inner
