"""How alike two items are, by name and by content, and where to look for candidates."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from domain.documents.table import Item
from domain.parameters.names import contrasts, item_key, similarity
from domain.text import key

Index = dict[str, list[int]]


@dataclass(frozen=True)
class Profile:
    """What an item is compared by."""

    item: Item

    @cached_property
    def name(self) -> str:
        """The canonical name."""
        return item_key(self.item.name)

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


def bigrams(text: str) -> set[str]:
    """The pairs of neighbouring characters of a name."""
    return {text[index : index + 2] for index in range(len(text) - 1)} or {text}


def index_of(profiles: list[Profile]) -> tuple[Index, Index, Index]:
    """Index items by whole name, by pairs of characters, and by whole parameter texts."""
    by_name: Index = defaultdict(list)
    by_gram: Index = defaultdict(list)
    by_text: Index = defaultdict(list)
    for right, profile in enumerate(profiles):
        by_name[profile.name].append(right)
        for gram in bigrams(profile.name):
            by_gram[gram].append(right)
        for text in profile.texts:
            by_text[text].append(right)
    return by_name, by_gram, by_text
