"""Parameters of one item that nothing answers, set side by side: one row for a person, not one missing and one added.

What is paired here is never called 一致 without a person: the names do not prove that the two are one.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from functools import cache

from domain.parameters.data import load
from domain.parameters.judge import judge
from domain.parameters.names import contrasts, similarity, split_name
from domain.parameters.requirement import Requirement
from domain.parameters.verdicts import Verdict
from domain.text import fold

_MOST = 20  # open parameters, both sides together, among which anything is paired
_FEW = 6  # open parameters a side up to which every pair is judged
_NEAR_NAME = 0.45  # likeness of names, 0 to 1, of what measures the same kind of thing: 屏幕尺寸 and 屏幕大小
Side = Sequence[Requirement]
Found = dict[int, int]


def pair_leftovers(item: str, mine: Side, theirs: Side, free: tuple[Sequence[int], Sequence[int]]) -> Found:
    """Pair the `free` parameters, given by their places, that are of one kind or say the same under two names."""
    lefts, rights = free
    found: Found = {}
    if len(lefts) + len(rights) > _MOST:
        return found
    for pairs in (_of_one_topic, _of_one_measure, _of_one_value):
        one_side = {i: mine[i] for i in lefts if i not in found}
        other_side = {j: theirs[j] for j in rights if j not in found.values()}
        if one_side and other_side:
            found |= pairs(item, one_side, other_side)
    return found


_Open = dict[int, Requirement]


def _of_one_topic(_item: str, mine: _Open, theirs: _Open) -> Found:
    """The only clause of a topic on either side, where one of them has no name: 永久授权 and 3年订阅."""
    alike = _alone_alike(mine, theirs, lambda one: _topic(one.written))
    return {i: j for i, j in alike.items() if not (mine[i].name and theirs[j].name)}


def _of_one_measure(_item: str, mine: _Open, theirs: _Open) -> Found:
    """What alone measures the same kind of thing under names that are alike: 屏幕尺寸 and 屏幕大小, both in inches."""
    alike = _alone_alike(mine, theirs, lambda one: one.dimensions)
    return {i: j for i, j in alike.items() if _may_be_one(mine[i], theirs[j])}


def _of_one_value(item: str, mine: _Open, theirs: _Open) -> Found:
    """What asks for the very same figure in the same unit: 承重≥1200kg and 静态承重≥1200kg.

    Where more than one parameter is left on a side, the unit has to tell what is measured: pieces and years are common.
    """
    if max(len(mine), len(theirs)) > _FEW:
        return {}
    equal = [(i, j) for i in mine for j in theirs if _are_equal(item, mine[i], theirs[j])]
    lefts, rights = Counter(i for i, _ in equal), Counter(j for _, j in equal)
    lone = len(mine) == len(theirs) == 1
    return {i: j for i, j in equal if lefts[i] == rights[j] == 1 and (lone or _tells(mine[i]))}


def _alone_alike(mine: _Open, theirs: _Open, kind: Callable[[Requirement], Hashable]) -> Found:
    """The parameters that alone have their kind on their side, with the other side's; none of no kind."""
    before, after = ({at: kind(one) for at, one in side.items()} for side in (mine, theirs))
    counts = Counter(before.values()), Counter(after.values())
    place = {found: j for j, found in after.items()}
    return {i: place[found] for i, found in before.items() if found and counts[0][found] == 1 and counts[1][found] == 1}


def _may_be_one(one: Requirement, other: Requirement) -> bool:
    if contrasts(one.written, other.written) or "number" in one.dimensions:
        return False
    return similarity(one.name_key, other.name_key) >= _NEAR_NAME


def _are_equal(item: str, one: Requirement, other: Requirement) -> bool:
    if not one.dimensions or one.dimensions != other.dimensions or contrasts(one.written, other.written):
        return False
    name = one.name or other.name
    mine, theirs = ((name, split_name(text)[1]) for text in (one.written, other.written))
    return judge(item, mine, theirs, one.rules, paired=True).verdict is Verdict.SAME


def _tells(one: Requirement) -> bool:
    return not any(word in dimension for dimension in one.dimensions for word in load("topics")["common"]["dimensions"])


def _topic(text: str) -> int:
    """The one topic that a clause is about, counted from 1; 0 when it is none of them or several."""
    about = [order for order, pattern in enumerate(_topics(), start=1) if pattern.search(fold(text))]
    return about[0] if len(about) == 1 else 0


@cache
def _topics() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in load("topics")["topics"]["patterns"])
