"""How alike two items are, by name and by content, and where to look for candidates."""

from bisect import bisect
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from heapq import nsmallest

from domain.documents.table import Item
from domain.parameters.names import contrasts, item_key, similarity
from domain.parameters.rules import Rules
from domain.text import key

Index = defaultdict[str, list[int]]
_POSTINGS = 400


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
    def texts(self) -> frozenset[str]:
        """Every parameter as written, reduced."""
        return frozenset(key(parameter.text) for parameter in self.item.parameters)

    @cached_property
    def grams(self) -> Counter[str]:
        """Pairs of neighbouring characters of all parameters, counted."""
        joined = "".join(sorted(self.texts))
        return Counter(joined[index : index + 2] for index in range(len(joined) - 1))

    @property
    def number(self) -> Decimal | None:
        """The quantity as a number."""
        return self.item.quantity.number if self.item.quantity else None


def name_likeness(one: str, other: str) -> float:
    """How alike two canonical item names are, 0 to 1."""
    if one == other:
        return 1.0
    if contrasts(one, other):
        return 0.0
    likeness = similarity(one, other)
    inside = min(len(one), len(other)) >= 3 and (one in other or other in one)
    return max(likeness, 0.7) if inside else likeness


def content_likeness(one: Profile, other: Profile) -> float:
    """How much of their parameters' wording two items share, 0 to 1; half when neither has any."""
    if not one.texts and not other.texts:
        return 0.5
    total = one.grams.total() + other.grams.total()
    return 2 * (one.grams & other.grams).total() / total if total else 0.0


@dataclass(frozen=True)
class Postings:
    """Where names, pairs of characters and whole parameter texts occur among the items of one side, in order."""

    place: Index
    name: Index
    gram: Index
    text: Index

    @classmethod
    def of(cls, profiles: list[Profile]) -> "Postings":
        """Index the items."""
        index = cls(defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list))
        for position, profile in enumerate(profiles):
            index.place[profile.subsystem + "\0" + profile.name].append(position)
            index.name[profile.name].append(position)
            for gram in _bigrams(profile.name):
                index.gram[gram].append(position)
            for text in profile.texts:
                index.text[text].append(position)
        return index

    def nearest(self, profile: Profile, expected: int, limit: int) -> list[int]:
        """The most promising partners of an item; among equals those nearest to the expected position."""
        votes: Counter[int] = Counter()
        for weight, found in (
            (300, self.place.get(profile.subsystem + "\0" + profile.name)),
            (100, self.name.get(profile.name)),
            *((1, self.gram.get(gram)) for gram in _bigrams(profile.name)),
            *((3, self.text.get(text)) for text in profile.texts),
        ):
            for position in _around(found or [], expected):
                votes[position] += weight
        return nsmallest(limit, votes, key=lambda position: (-votes[position], abs(position - expected), position))


def _around(positions: list[int], expected: int) -> list[int]:
    """A bounded number of positions about the expected one: a word that stands everywhere must not cost everywhere."""
    if len(positions) <= _POSTINGS:
        return positions
    start = max(0, min(bisect(positions, expected) - _POSTINGS // 2, len(positions) - _POSTINGS))
    return positions[start : start + _POSTINGS]


def _bigrams(text: str) -> set[str]:
    return {text[index : index + 2] for index in range(len(text) - 1)} or {text}
