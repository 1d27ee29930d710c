"""Which parameters answer which inside a pair of aligned items."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.documents.clauses import without_mark
from domain.documents.table import Item, Parameter
from domain.parameters.assignment import assign
from domain.parameters.judge import judge
from domain.parameters.leftovers import pair_leftovers
from domain.parameters.names import contrasts, same_name, similarity, split_name
from domain.parameters.requirement import Requirement
from domain.parameters.rules import Rules
from domain.parameters.signals import neutral
from domain.parameters.verdicts import Verdict

# Likeness and confidence run from 0 to 1. A pair below _SURE is shown but never called 一致 without a person, so these
# levels decide how much people are asked, not whether a deviation is seen; the mutation benchmark measures both.
_SURE = 0.62  # names and words alike by two thirds, or a name inside the other text at the very same place
_ACCEPTED = 0.5  # below it two texts have no more in common than any two of one device
_SAME_NAME = 0.97  # one canonical name, once on either side: only the wording is another
_SAME_MEANING = 0.8  # judged 一致 as a pair, though hardly a word is shared
_LEFT_OVER = 0.55  # alone in measuring the same thing or being about it: below _SURE on purpose
_RELATED = 0.3  # names of two bare figures that are equal by value
_FEW = 6  # open parameters a side up to which every pair is judged
_AT_LEAST = 20  # open parameters a side that are always tried with each other
_TRIED = 20_000  # pairs scored for one item; beyond, each parameter looks at a stretch about its like place

At = tuple[int, int]
"""A parameter's place in a table: its item's position and its own in the item."""


@dataclass(frozen=True, slots=True)
class ParameterMatch:
    """Two parameters that answer each other, None where nothing does; `confidence` is 0 to 1."""

    approved: At | None
    tender: At | None
    confidence: float = 1.0

    @property
    def is_sure(self) -> bool:
        """Whether the two may be called consistent without a person's look."""
        return self.confidence >= _SURE


def parameter_at(items: Sequence[Item], at: At | None) -> Parameter:
    """A table's parameter by its place; an empty one where there is none."""
    return Parameter("", "") if at is None else items[at[0]].parameters[at[1]]


def match_parameters(approved: Item, tender: Item, at: tuple[int, int], rules: Rules) -> list[ParameterMatch]:
    """Match the parameters of two items; those that nothing answers are given with one side empty."""
    left, right = at
    mine = [_requirement(parameter, rules) for parameter in approved.parameters]
    theirs = [_requirement(parameter, rules) for parameter in tender.parameters]
    chosen = _named_alike(mine, theirs)
    chosen |= _most_alike(mine, theirs, chosen)
    chosen |= _equal_in_meaning(approved.name, mine, theirs, chosen)
    chosen |= _left_over(approved.name, mine, theirs, chosen)
    matches = [
        ParameterMatch((left, i), (right, chosen[i][0]), round(chosen[i][1], 3))
        if i in chosen
        else ParameterMatch((left, i), None, 0.0)
        for i in range(len(mine))
    ]
    answered = {j for j, _ in chosen.values()}
    matches.extend(ParameterMatch(None, (right, j), 0.0) for j in range(len(theirs)) if j not in answered)
    return matches


_Chosen = dict[int, tuple[int, float]]


def _requirement(parameter: Parameter, rules: Rules) -> Requirement:
    """A parameter with a vendor's technology names in neutral words, so that what they answer is found."""
    return Requirement(neutral(without_mark(parameter.text)), rules)


def _named_alike(mine: Sequence[Requirement], theirs: Sequence[Requirement]) -> _Chosen:
    """Parameters whose canonical name stands once on either side."""
    before, after = (Counter(one.name_key for one in side if one.name_key) for side in (mine, theirs))
    place = {one.name_key: j for j, one in enumerate(theirs) if after[one.name_key] == 1}
    chosen = {}
    for i, one in enumerate(mine):
        j = place.get(one.name_key, -1)
        if before[one.name_key] == 1 and j >= 0:
            chosen[i] = (j, 1.0 if one.text == theirs[j].text else _SAME_NAME)
    return chosen


def _most_alike(mine: Sequence[Requirement], theirs: Sequence[Requirement], taken: _Chosen) -> _Chosen:
    """The best assignment of what is left, by names and words."""
    lefts, rights = _open(mine, theirs, taken)
    near = max(_TRIED // max(len(lefts), 1), _AT_LEAST)
    candidates = {
        i: [
            (j, score)
            for j in _around(place, len(lefts), rights, near)
            if (score := _score(mine[i], theirs[j], (i, j))) >= _ACCEPTED
        ]
        for place, i in enumerate(lefts)
    }
    scores = {(i, j): score for i, scored in candidates.items() for j, score in scored}
    return {i: (j, scores[i, j]) for i, j in assign(candidates).items()}


def _equal_in_meaning(item: str, mine: Sequence[Requirement], theirs: Sequence[Requirement], taken: _Chosen) -> _Chosen:
    """What shares hardly a word and still asks for the same: `≥24个千兆电口` and `24×10/100/1000BASE-T`.

    Whether names that differ (`存储：≥16块8TB硬盘`, `硬盘：16块8T硬盘`) allow 一致 is decided when the pair is judged.
    """
    lefts, rights = _open(mine, theirs, taken)
    chosen: _Chosen = {}
    if max(len(lefts), len(rights)) > _FEW:
        return chosen
    for i in lefts:
        equal = [j for j in rights if _are_equal(item, mine[i], theirs[j])]
        if len(equal) == 1:
            chosen[i] = (equal[0], _SAME_MEANING)
            rights.remove(equal[0])
    return chosen


def _are_equal(item: str, one: Requirement, other: Requirement) -> bool:
    if contrasts(one.written, other.written):
        return False
    # Two devices of a kind and two power supplies are both ≥2个: a bare figure needs names that are related.
    if one.is_figure and other.is_figure and similarity(one.name_key, other.name_key) < _RELATED:
        return False
    pair = split_name(one.written), split_name(other.written)
    return judge(item, *pair, one.rules, paired=True).verdict is Verdict.SAME


def _left_over(item: str, mine: Sequence[Requirement], theirs: Sequence[Requirement], taken: _Chosen) -> _Chosen:
    """What nothing else answers and may still be one thing: the confidence says that the names do not prove it."""
    pairs = pair_leftovers(item, mine, theirs, _open(mine, theirs, taken))
    return {i: (j, _LEFT_OVER) for i, j in pairs.items()}


def _open(mine: Sequence[Requirement], theirs: Sequence[Requirement], taken: _Chosen) -> tuple[list[int], list[int]]:
    used = {j for j, _ in taken.values()}
    return [i for i in range(len(mine)) if i not in taken], [j for j in range(len(theirs)) if j not in used]


def _around(place: int, count: int, rights: Sequence[int], near: int) -> Iterator[int]:
    """Every open position of the other side, or a bounded stretch about the like one where there are hundreds."""
    start = max(0, min(place * len(rights) // count - near // 2, len(rights) - near))
    yield from rights[start : start + near]


def _score(one: Requirement, other: Requirement, at: tuple[int, int]) -> float:
    """How well two parameters answer each other, 0 to 1: by name, then words; of equal ones the nearer place wins."""
    near = 0.02 / (1 + abs(at[0] - at[1]))
    if one.text == other.text:
        return 0.98 + near
    if one.name_key and other.name_key:
        if one.name_key == other.name_key:
            name = 1.0
        elif contrasts(one.name_key, other.name_key) or contrasts(one.name, other.name):
            return 0.0
        else:
            name = 0.9 if same_name(one.name, other.name, one.rules) else similarity(one.name_key, other.name_key)
        return 0.7 * name + 0.26 * similarity(one.words, other.words) + near
    if contrasts(one.words, other.words):
        return 0.0
    named, bare = (one, other) if one.name_key else (other, one)
    holds = len(named.name_key) > 1 and named.name_key in bare.words
    return max(0.9 * similarity(one.words, other.words), 0.6 if holds else 0.0) + near
