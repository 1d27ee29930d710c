"""How alike two items are, by name and by content."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from domain.documents.clauses import without_mark
from domain.documents.table import Item
from domain.parameters.kinds import is_same_but_for_its_kind
from domain.parameters.names import contrasts, item_key, similarity
from domain.parameters.nearest import Nearest, nearest
from domain.parameters.requirement import Requirement
from domain.parameters.rules import Rules
from domain.text import key

_NAMES = 3  # nearest names that are looked at for each name
_SAME_BUT_KIND = 0.95  # likeness of 数据治理平台 and 数据治理系统
_INSIDE = 0.7  # likeness of a name that stands whole inside the other (监控摄像机, 高空监控摄像机)


@dataclass(frozen=True)
class Profile:
    """What an item is compared by."""

    item: Item
    rules: Rules

    @cached_property
    def name(self) -> str:
        """The canonical name."""
        return item_key(self.item.name, self.rules)

    @cached_property
    def subsystem(self) -> str:
        """The sub-system's name, reduced."""
        return key(self.item.subsystem)

    @cached_property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """Every parameter's canonical name and what it asks for, measures in base units; rewording changes neither."""
        return tuple(self._asked(without_mark(parameter.text)) for parameter in self.item.parameters)

    @cached_property
    def names(self) -> frozenset[str]:
        """The parameters' names."""
        return frozenset(name for name, _ in self.parameters if name)

    @cached_property
    def values(self) -> frozenset[tuple[str, str]]:
        """The parameters with their values; a value that says its name (电源：双电源) needs no name."""
        return frozenset(("" if name in asked else name, asked) for name, asked in self.parameters)

    @property
    def number(self) -> Decimal | None:
        """The quantity as a number."""
        return self.item.quantity.number if self.item.quantity else None

    def _asked(self, text: str) -> tuple[str, str]:
        asked = Requirement(text, self.rules)
        if not asked.measures:
            return asked.name_key, asked.rest
        bounds = (f"{one.low if one.low is not None else one.high} {one.dimension}" for one in asked.measures)
        return (asked.name_key if asked.name else asked.rest), " ".join(sorted(bounds))


def nearest_names(mine: Sequence[str], theirs: Sequence[str]) -> Nearest:
    """The names among which an item's partner is looked for."""
    return nearest(mine, theirs, _NAMES)


def name_likeness(one: str, other: str) -> float:
    """How alike two canonical item names are, 0 to 1."""
    if one == other:
        return 1.0
    if contrasts(one, other):
        return 0.0
    if is_same_but_for_its_kind(one, other):
        return _SAME_BUT_KIND
    likeness = similarity(one, other)
    inside = min(len(one), len(other)) >= 3 and (one in other or other in one)
    return max(likeness, _INSIDE) if inside else likeness


def shared_values(one: Profile, other: Profile) -> float:
    """How many parameters two items share with their very values, of the longer list, 0 to 1."""
    return len(one.values & other.values) / max(len(one.values), len(other.values), 1)


def content_likeness(one: Profile, other: Profile) -> float:
    """How many parameters two items share, name and value, 0 to 1; half when neither has any.

    A parameter of the same name with another value counts for a third: it may be the deviation that is looked for.
    """
    if not one.values and not other.values:
        return 0.5
    either = max(len(one.values), len(other.values))
    same = len(one.values & other.values)
    return min(1.0, (same + max(len(one.names & other.names) - same, 0) / 3) / either)
