"""The pairs of items among which the assignment chooses, with what speaks for each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest

from domain.parameters.kinds import is_same_but_for_its_kind, may_be_one, share_a_word
from domain.parameters.likeness import Profile, content_likeness, name_likeness, nearest_names, shared_values

# Work is bounded: without these a table of thousands of namesakes would be compared row by row with itself.
_GROUP = 4_096  # pairs of one name that are all scored; beyond, each row looks at
_WINDOW = 8  # rows before and after its like place
_ROWS = 8  # rows of one near name that are looked at
_POSTINGS = 40  # rows that one common value (质保：3年) leads to

# Scores, likenesses and confidences run from 0 to 1. What is not sure is one question to a person (ADR 9).
_ACCEPTED = 0.5  # score from which two rows are put before the assignment
_NOTICED = 0.4  # score from which a row is named to a person as a candidate
_SURE_NAME = 0.8  # names that differ by a word of kind or place
_LIKELY_NAME = 0.6  # names with a common core
_RICH = 3  # parameters that a list must have to speak for an item by itself
_SURE_CONTENT = 0.5  # of the parameters shared with their values, beside a sure name
_LIKELY_CONTENT = 0.75  # of them, beside a likely name
_PAIRED_CONTENT = 0.5  # likeness of content from which rows are compared whatever their names
_MARGIN = 0.06  # a rival this near in score could as well be meant
_DOUBTFUL = 0.6  # the highest confidence of names of two kinds
_MOVED = 0.9  # confidence of a sure name in another sub-system
Group = tuple[Sequence[int], Sequence[int]]


@dataclass(slots=True)
class Pair:
    """A possible pair: `score` decides the assignment, `confidence` and `is_sure` are told to people, 0 to 1.

    `others` are rows that would answer nearly as well.
    """

    left: int
    right: int
    score: float
    confidence: float
    is_sure: bool = True
    others: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Likely:
    """Pairs alike enough to be assigned, and for each approved row the tender rows that come near."""

    pairs: list[Pair]
    near: dict[int, list[int]]


def by_name(left: Sequence[Profile], right: Sequence[Profile], group: Group, home: Mapping[str, str]) -> list[Pair]:
    """The pairs of a group of one canonical name; content, quantity and order tell namesakes apart."""
    lefts, rights = group
    alone = len(lefts) == len(rights) == 1
    found: list[Pair] = []
    for place, one in enumerate(lefts):
        found.extend(
            _namesakes(left[one], right[other], (one, other), home, alone=alone) for other in _near(place, group)
        )
    return found


def by_likeness(left: Sequence[Profile], right: Sequence[Profile], free: Group, home: Mapping[str, str]) -> Likely:
    """The pairs of rows whose names or contents are alike."""
    likely = Likely([], {})
    for one, others in _candidates(left, right, free):
        scored = []
        for other in others:
            name, content = name_likeness(left[one].name, right[other].name), content_likeness(left[one], right[other])
            score = _score(left[one], right[other], (name, content), home)
            if score >= _NOTICED:
                sure = _is_sure(left[one], right[other], name)
                scored.append(Pair(one, other, score, min(score, 0.95), sure))
        scored.sort(key=lambda pair: (-pair.score, pair.right))
        likely.near[one] = [pair.right for pair in scored]
        likely.pairs.extend(pair for pair in scored if pair.score >= _ACCEPTED and _is_enough(pair, left, right))
    return likely


def _namesakes(one: Profile, other: Profile, at: tuple[int, int], home: Mapping[str, str], *, alone: bool) -> Pair:
    placed = not one.subsystem or not other.subsystem or home.get(one.subsystem) == other.subsystem
    sure = may_be_one(one.item, other.item)
    if alone and placed:
        return Pair(*at, 1.0, 1.0 if one.item.name == other.item.name else 0.97 if sure else _DOUBTFUL, sure)
    content = content_likeness(one, other)
    number = 0.5 if one.number is None or other.number is None else float(one.number == other.number)
    order = 1 / (1 + abs(at[0] - at[1]))
    score = 0.4 + 0.44 * content + 0.1 * number + 0.02 * order + 0.04 * (one.item.name == other.item.name)
    confidence = 1.0 if placed else _MOVED
    confidence = min(confidence, 1.0 if sure else _DOUBTFUL)
    return Pair(*at, score, confidence if alone else min(confidence, 0.5 + content / 2), sure)


def _near(place: int, group: Group) -> Sequence[int]:
    """Every row of the group, or a bounded stretch about the like place where there are thousands of pairs."""
    lefts, rights = group
    if len(lefts) * len(rights) <= _GROUP:
        return rights
    middle = place * len(rights) // len(lefts)
    return rights[max(0, middle - _WINDOW) : middle + _WINDOW + 1]


def _candidates(left: Sequence[Profile], right: Sequence[Profile], free: Group) -> Iterator[tuple[int, list[int]]]:
    """For each free approved row the free rows with the nearest names, and those that share most parameters."""
    named: dict[str, list[int]] = defaultdict(list)
    holding: dict[tuple[str, str], list[int]] = defaultdict(list)
    for other in free[1]:
        named[right[other].name].append(other)
        for value in right[other].values:
            if len(holding[value]) < _POSTINGS:
                holding[value].append(other)
    names = list(named)
    mine = list(dict.fromkeys(left[one].name for one in free[0]))
    near = dict(zip(mine, nearest_names(mine, names).by_query(len(mine)), strict=True))
    for one in free[0]:
        votes: dict[int, float] = defaultdict(float)
        for choice, score in near[left[one].name]:
            for other in nsmallest(_ROWS, named[names[choice]], key=lambda row: abs(row - one)):
                votes[other] += 8 * score
        for value in left[one].values:
            for other in holding.get(value, ()):
                votes[other] += 1
        yield one, nsmallest(2 * _ROWS, votes, key=lambda other: (-votes[other], abs(other - one), other))


def _score(one: Profile, other: Profile, likeness: tuple[float, float], home: Mapping[str, str]) -> float:
    """How well two rows answer each other, 0 to 1: by name and content, then place and number, 0 with too little."""
    name, content = likeness
    place = 0.5 if not one.subsystem or not other.subsystem else float(home.get(one.subsystem) == other.subsystem)
    if name < 0.3 or (name < _LIKELY_NAME and content < 0.35) or (name < _SURE_NAME and content < 0.2):
        return 0.0
    if place == 0.0 and name < _SURE_NAME and content < _PAIRED_CONTENT:
        return 0.0
    number = 0.5 if one.number is None or other.number is None else float(one.number == other.number)
    return 0.54 * name + 0.26 * content + 0.12 * place + 0.08 * number


def _is_enough(pair: Pair, left: Sequence[Profile], right: Sequence[Profile]) -> bool:
    """Whether two rows are compared as one item; with less in common the one is only named as a candidate."""
    one, other = left[pair.left], right[pair.right]
    return name_likeness(one.name, other.name) >= _SURE_NAME or content_likeness(one, other) >= _PAIRED_CONTENT


def _is_sure(one: Profile, other: Profile, name: float) -> bool:
    """Whether two rows may be taken for one item without a person's look.

    A short list (质保：3年) says little about which device it belongs to, so a name that is merely similar needs more
    content in common, and a name that is not even that needs a rich list that is nearly the same.
    """
    if not may_be_one(one.item, other.item):
        return False
    if name == 1.0:
        return True
    shared, shorter = shared_values(one, other), min(len(one.values), len(other.values))
    if is_same_but_for_its_kind(one.name, other.name):
        return shared > _SURE_CONTENT and one.number == other.number
    if name >= _SURE_NAME:
        return shared >= _SURE_CONTENT
    if not share_a_word(one.name, other.name):
        return False
    return shorter >= _RICH and shared >= (_LIKELY_CONTENT if name >= _LIKELY_NAME else _SURE_NAME)


def doubt(chosen: Sequence[Pair], pairs: Sequence[Pair], right: Sequence[Profile]) -> None:
    """Mark chosen pairs that might as well be otherwise: another free row, or an exchange of two, would cost little."""
    scores = {(pair.left, pair.right): pair.score for pair in pairs}
    owner = {pair.right: pair for pair in chosen}
    rivals: dict[int, list[int]] = defaultdict(list)
    for pair in pairs:
        rivals[pair.left].append(pair.right)
    for pair in chosen:
        for other in rivals[pair.left]:
            if other == pair.right or right[other].values == right[pair.right].values:
                continue
            lost = pair.score - scores[pair.left, other]
            if other in owner:
                lost += owner[other].score - scores.get((owner[other].left, pair.right), 0.0)
            if lost < _MARGIN:
                pair.others.append(other)
        if pair.others:
            pair.is_sure = False
            pair.confidence = min(pair.confidence, 0.6)
