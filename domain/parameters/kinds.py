"""Words of items' names that no likeness and no synonym does away with: 室内 against 室外, 国产 on one side alone."""

import re
from functools import cache, lru_cache

from domain.documents.table import Item
from domain.parameters.data import load
from domain.text import fold

_BRACKETS = re.compile(r"\(.*?\)")


def may_be_one(one: Item, other: Item) -> bool:
    """Whether nothing in two items' names forbids to take them for one without a person's look."""
    # What stands in brackets is compared as a parameter of its own.
    mine, theirs = (_BRACKETS.sub("", fold(each.name)) for each in (one, other))
    return mine == theirs or (not differ_in_kind(mine, theirs) and _keeps(mine, other) and _keeps(theirs, one))


@lru_cache(maxsize=16384)
def differ_in_kind(name: str, other: str) -> bool:
    """Whether two items' names, folded, say that they are of two kinds (室内, 室外), whatever else they share."""
    for group in _kinds():
        one, two = ({order for order, kind in enumerate(group) if kind.search(text)} for text in (name, other))
        if one and two and not one & two:
            return True
    return False


@lru_cache(maxsize=16384)
def is_same_but_for_its_kind(name: str, other: str) -> bool:
    """Whether two reduced names differ by nothing but 系统 or 平台 at the end: 数据治理平台 is 数据治理系统."""
    bare = [_without_kind(one) for one in (name, other)]
    return bare[0] == bare[1] and len(bare[0]) > 1


def share_a_word(name: str, other: str) -> bool:
    """Whether two characters follow each other in both names; 电话机 and 传真机 share nothing that tells."""
    return any(name[at : at + 2] in other for at in range(len(name) - 1))


def _without_kind(name: str) -> str:
    """A name without the word at its end that only says that it is some software or other."""
    return re.sub(f"(?:{'|'.join(load('synonyms')['kinds']['empty'])})$", "", name)


def _keeps(name: str, other: Item) -> bool:
    """Whether every binding word of an item's folded name stands somewhere in the other row."""
    said = fold(" ".join((other.name, other.remark, *(parameter.text for parameter in other.parameters))))
    return all(word in said for word in load("synonyms")["kinds"]["binding"] if word in name)


@cache
def _kinds() -> tuple[tuple[re.Pattern[str], ...], ...]:
    groups = load("synonyms")["kinds"]["groups"]
    return tuple(tuple(re.compile(kind, re.IGNORECASE) for kind in group) for group in groups)
