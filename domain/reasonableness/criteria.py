"""The figures the checks compare with: configurable, never law, each with what it rests on."""

from dataclasses import dataclass
from functools import cache

from domain.reasonableness.data import load


@dataclass(frozen=True, slots=True)
class Figure:
    """A whole number and what it rests on, as people are shown it."""

    value: int
    basis: str


@dataclass(frozen=True, slots=True)
class Criteria:
    """Everything configurable about the reasonableness check.

    Attributes:
        low_price_percent: a unit price below this share of the approved one is hinted at.
    """

    low_price_percent: Figure


@cache
def shipped() -> Criteria:
    """Return the defaults."""
    return Criteria(**{name: Figure(**figure) for name, figure in load("figures").items()})
