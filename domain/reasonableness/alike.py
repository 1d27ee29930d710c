"""By what items of different projects are found to be alike: their names and their contents, reduced.

Both keys leave the dictionary of synonyms out. They are stored, and an entry accepted later must find them too: a
search asks for every alias of a name.
"""

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache

from domain.documents.table import Item
from domain.parameters.rules import Rules
from domain.reasonableness.criteria import WHOLE
from domain.text import fold, key

LEAST_PARAMETERS = 3
"""Fewer parameters say too little to know an item of another name by them."""

_BRACKETS = re.compile(r"\([^()]*\)")


def name_key(name: str) -> str:
    """Reduce an item's name: folded, lower case, without punctuation and what stands in brackets."""
    return key(_BRACKETS.sub("", fold(name))) or key(name)


def name_keys(name: str, rules: Rules) -> frozenset[str]:
    """Return the reduced names that mean the same as this one, itself included."""
    own = name_key(name)
    canonical = rules.dictionary.items.get(own, own)
    return frozenset({own, canonical, *_aliases(rules).get(canonical, ())})


def contents(texts: Iterable[str]) -> frozenset[str]:
    """Return an item's parameters, each reduced to what tells it from another."""
    return frozenset(reduced for text in texts if (reduced := key(text)))


def content_key(item: Item) -> str:
    """Return what items with exactly the same parameters share (16 hexadecimal digits), "" when they are too few."""
    parameters = contents(parameter.text for parameter in item.parameters)
    if len(parameters) < LEAST_PARAMETERS:
        return ""
    return hashlib.sha256("\x1f".join(sorted(parameters)).encode()).hexdigest()[:16]


def likeness(one: frozenset[str], other: frozenset[str]) -> int:
    """Return how much of two contents is common, in percent of both together, rounded down; two empty ones are 0."""
    together = len(one | other)
    return len(one & other) * WHOLE // together if together else 0


@lru_cache(maxsize=8)
def _aliases(rules: Rules) -> dict[str, list[str]]:
    """Canonical name → aliases; turning the dictionary round for every item would be most of the work."""
    found: dict[str, list[str]] = {}
    for alias, canonical in rules.dictionary.items.items():
        found.setdefault(canonical, []).append(alias)
    return found
