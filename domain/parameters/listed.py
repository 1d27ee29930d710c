"""What the two lists say of each item, to hold sentences against: names, parameters with their figures, quantity.

A sentence beside the list is about the items that it names, by their names or by the kind of device they end with
(以上服务器 is every item that ends so), about the row that refers to it, or about everything.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.documents.table import Item, Parameter, ParameterTable
from domain.parameters.align import Alignment
from domain.parameters.match_parameters import parameter_at
from domain.parameters.names import split_name
from domain.parameters.rules import Rules
from domain.parameters.terms import fixed
from domain.parameters.wording import in_digits
from domain.text import fold

_LONGEST_NAME, _SHORTEST_TAIL, _SHORTEST_NAME = 24, 3, 2
_BRACKETED = re.compile(r"\(([^()]*)\)")
_TAKES_UP = re.compile(
    r"(?:^|[^\w]|以上|上述|所列|所有|全部|各类|各|每[台套个]?|该|本|此|的|和|与|及|对|将|由|采购|配置|\d)$"
)
_STEM = re.compile(r"(?:容量|数量|大小|要求|配置|能力|性能|指标|参数|规格)$")
_BETWEEN = re.compile(r"[\s、和及与/()]*")


def said(text: str) -> str:
    """A sentence as it is searched: half width, numbers in digits."""
    return in_digits(fold(text))


@dataclass(frozen=True, slots=True)
class Asked:
    """One approved parameter and what the tender's list says for it."""

    item: int
    names: frozenset[str]
    approved: Parameter
    tender: tuple[Parameter, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """Rows of the two lists that answer each other."""

    approved: tuple[Item, ...]
    tender: tuple[Item, ...]
    asked: tuple[Asked, ...]

    @property
    def names(self) -> Iterator[str]:
        """What either list calls it, with and without what stands in brackets."""
        for item in (*self.approved, *self.tender):
            name = said(item.name).lower()
            yield _BRACKETED.sub("", name)
            yield from _BRACKETED.findall(name)


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a sentence that name items, or one of their parameters: where they stand, and which."""

    start: int
    end: int
    which: frozenset[int]


class Listed:
    """Every approved item with its answers, found again by name, by place and by parameter."""

    def __init__(self, approved: ParameterTable, tender: ParameterTable, alignment: Alignment, rules: Rules) -> None:
        self.entries = tuple(_entries(approved, tender, alignment, rules))
        self.asked = tuple(asked for entry in self.entries for asked in entry.asked)

    @cached_property
    def _by_name(self) -> "_Names":
        return _index((name, at) for at, entry in enumerate(self.entries) for name in entry.names)

    @cached_property
    def _by_tail(self) -> "_Names":
        return _index(
            (name[start:], at)
            for at, entry in enumerate(self.entries)
            for name in entry.names
            for start in range(1, len(name) - _SHORTEST_TAIL + 1)
        )

    @cached_property
    def _by_parameter(self) -> "_Names":
        return _index((name, at) for at, asked in enumerate(self.asked) for name in asked.names)

    @cached_property
    def _by_place(self) -> "_Names":
        return _index(
            (place, at)
            for at, entry in enumerate(self.entries)
            for item in entry.tender
            for place in {item.place, *(_row_of(parameter.place) for parameter in item.parameters)}
        )

    def at(self, place: str) -> frozenset[int]:
        """The entries of a row of the tender."""
        return self._by_place.which.get(place, frozenset())

    def items_in(self, text: str) -> list[Mention]:
        """Where a sentence names items; several names in a row (甲、乙) are one mention."""
        joined: list[Mention] = []
        for one in _mentions(text.lower(), self._by_name, self._by_tail):
            if joined and _BETWEEN.fullmatch(text[joined[-1].end : one.start]):
                before = joined.pop()
                joined.append(Mention(before.start, one.end, before.which | one.which))
            else:
                joined.append(one)
        return joined

    def parameters_in(self, text: str) -> list[Mention]:
        """Where a sentence names parameters, as positions in `asked`."""
        return list(_mentions(text.lower(), self._by_parameter, None))


def _row_of(place: str) -> str:
    """The row of a parameter's place: `表1 第2行 第3条` is in `表1 第2行`."""
    return re.sub(r"\s*第\d+条$", "", place)


@dataclass(frozen=True, slots=True)
class _Names:
    """What each name stands for; `begins` are the first two characters of all, to pass over where none begins."""

    which: dict[str, frozenset[int]]
    begins: frozenset[str]

    def longest_at(self, text: str, at: int) -> int:
        """Where the longest name that begins at a place ends; 0 where none does."""
        if text[at : at + _SHORTEST_NAME] not in self.begins:
            return 0
        ends = range(min(len(text), at + _LONGEST_NAME), at + 1, -1)
        return next((end for end in ends if text[at:end] in self.which), 0)


def _index(pairs: Iterable[tuple[str, int]]) -> _Names:
    found: dict[str, set[int]] = defaultdict(set)
    for name, at in pairs:
        if len(name) >= _SHORTEST_NAME:
            found[name].add(at)
    begins = frozenset(name[:_SHORTEST_NAME] for name in found)
    return _Names({name: frozenset(which) for name, which in found.items()}, begins)


def _mentions(text: str, names: _Names, tails: _Names | None) -> Iterator[Mention]:
    """The longest name at each place, else the end of names where something takes them up (以上服务器)."""
    at = 0
    while at < len(text):
        end, held = names.longest_at(text, at), names
        if not end and tails is not None and (end := tails.longest_at(text, at)):
            held = tails
            end = end if _TAKES_UP.search(text[max(0, at - 4) : at]) else 0
        if end:
            yield Mention(at, end, held.which[text[at:end]])
        at = end or at + 1


def _entries(approved: ParameterTable, tender: ParameterTable, alignment: Alignment, rules: Rules) -> Iterator[Entry]:
    matches = [match for match in alignment.matches if match.approved]
    for at, match in enumerate(matches):
        answers = defaultdict(list)
        for pair in match.parameters:
            if pair.approved and pair.tender:
                answers[pair.approved].append(parameter_at(tender.items, pair.tender))
        asked = (
            _asked(at, parameter, answers[index, order], rules)
            for index in match.approved
            for order, parameter in enumerate(approved.items[index].parameters)
        )
        yield Entry(
            tuple(approved.items[index] for index in match.approved),
            tuple(tender.items[index] for index in match.tender),
            tuple(asked),
        )


def _asked(item: int, parameter: Parameter, answers: Sequence[Parameter], rules: Rules) -> Asked:
    names = {said(split_name(one.text)[0]).lower() for one in (parameter, *answers)}
    if any(fixed(parameter.text, rules)):
        # What fixes a term for everything (质保, 响应) is held against the sentences by its own rules.
        names = set()
    stems = {_STEM.sub("", name) for name in names}
    return Asked(item, frozenset(name for name in (*names, *stems) if len(name) > 1), parameter, tuple(answers))
