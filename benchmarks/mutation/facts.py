"""What is written into the two lists, and what is known about their differences."""

from dataclasses import dataclass, field

At = tuple[int, int | str]
"""A line of one side and what of it: a parameter's order, or "item", "quantity", "price"."""


@dataclass
class Line:
    """One row of a list as it will be written into the file; `price` in yuan for one."""

    subsystem: str
    name: str
    texts: list[str]
    counted: str
    quantity: int
    price: int
    package: str = ""


@dataclass(frozen=True)
class Case:
    """Something known about the pair of lists: the change, the verdicts that fit it (none: nothing changed)."""

    change: str
    expected: tuple[str, ...]
    approved: At | None
    tender: At | None


@dataclass(frozen=True)
class Known:
    """A case while its line has no place in the tender yet: `what` is the part of that line."""

    change: str
    expected: tuple[str, ...]
    approved: At | None
    what: int | str


@dataclass
class Drawn:
    """Both lists and everything that is known about their differences."""

    approved: list[Line] = field(default_factory=list)
    tender: list[Line] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
