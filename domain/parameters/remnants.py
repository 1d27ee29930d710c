"""Items that neither name nor values bring together: what they ask about, cost and stand beside still may.

A tender that renames a device and weakens half its values shares little with the approved row. Where the names of the
parameters, quantity, price and neighbours agree, the two rows are shown side by side, and a person confirms the pair:
two whole rows, one missing and one added, would hide what became of each parameter.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nlargest
from math import inf

from domain.parameters.candidates import Pair
from domain.parameters.likeness import Profile, shared_values
from domain.parameters.names import contrasts, similarity

_MOST = 40_000  # pairs that are scored; with more rows left over than that, names say nothing any more
_ENOUGH = 0.5  # score of a pair that is shown
_HALF = 0.5  # of the parameters' names that must be common
_MARGIN = 0.06  # by how much a pair must stand out from every other pair of its rows
_DOUBTFUL = 0.6  # the highest confidence that is told of such a pair
_FEW = 2  # parameters; one alone (质保) is common to all devices
_RELATED = 0.3  # likeness of the items' names below which only the same content in the same number counts
_MOSTLY = 0.6  # of the parameters shared with their values, beside unlike names


def pair_remnants(
    left: Sequence[Profile], right: Sequence[Profile], free: tuple[Sequence[int], Sequence[int]],
    answers: Mapping[int, Sequence[int]],
) -> list[Pair]:  # fmt: skip
    """Pair what is left of two tables, each row with the one other that stands out; none of the pairs is sure."""
    lefts, rights = free
    if not lefts or not rights or len(lefts) * len(rights) > _MOST:
        return []
    scores = {
        (one, other): score
        for one in lefts
        for other in rights
        if (score := _score(left[one], right[other], beside=_is_beside(one, other, answers))) >= _ENOUGH
    }
    return list(_outstanding(scores))


def _score(one: Profile, other: Profile, *, beside: bool) -> float:
    name = similarity(one.name, other.name)
    bought = _bought_alike(one, other)
    if name < _RELATED:
        return 0.4 * shared_values(one, other) + 0.25 * bought + 0.15 * beside if _is_the_same(one, other) else 0.0
    asked = _asked_alike(one, other)
    if asked < _HALF and not (bought == 1.0 and beside):
        return 0.0
    return 0.4 * asked + 0.2 * name + 0.25 * bought + 0.15 * beside


def _is_the_same(one: Profile, other: Profile) -> bool:
    """Whether two rows of unlike names ask for the same and buy as many: 网闸 and 安全隔离与信息交换系统."""
    if one.number is None or one.number != other.number or len(one.values & other.values) < _FEW:
        return False
    known = one.rules.dictionary.items
    if contrasts(one.name, other.name) or (one.name in known and other.name in known):
        return False  # the dictionary knows them for two things
    return shared_values(one, other) >= _MOSTLY and _bought_alike(one, other) > _HALF


def _asked_alike(one: Profile, other: Profile) -> float:
    """How many of the parameters have the same names, 0 to 1; one name alone proves nothing."""
    shared = len(one.names & other.names)
    return shared / max(len(one.parameters), len(other.parameters)) if shared >= _FEW else 0.0


def _bought_alike(one: Profile, other: Profile) -> float:
    """Whether quantity, unit and unit price agree, 0 to 1; half where nothing is known."""
    mine, theirs = one.item, other.item
    known = [
        (a == b)
        for a, b in (
            (one.number, other.number),
            (mine.unit_price and mine.unit_price.fen, theirs.unit_price and theirs.unit_price.fen),
            (mine.quantity and mine.quantity.unit, theirs.quantity and theirs.quantity.unit),
        )
        if a is not None and b is not None
    ]
    return sum(known) / len(known) if known else 0.5


def _is_beside(one: int, other: int, answers: Mapping[int, Sequence[int]]) -> bool:
    """Whether the row before or the row after on one side is answered by the like row on the other."""
    return other - 1 in answers.get(one - 1, ()) or other + 1 in answers.get(one + 1, ())


def _outstanding(scores: Mapping[tuple[int, int], float]) -> Iterator[Pair]:
    """The pairs that no other pair of either of their rows comes near."""
    of_left, of_right = _two_best(scores, 0), _two_best(scores, 1)
    for (one, other), score in sorted(scores.items()):
        rival = max(_rival(of_left[one], score), _rival(of_right[other], score))
        if score - rival >= _MARGIN:
            yield Pair(one, other, score, min(score, _DOUBTFUL), is_sure=False)


def _two_best(scores: Mapping[tuple[int, int], float], side: int) -> dict[int, list[float]]:
    """The two highest scores of each row of a side, the highest first."""
    best: dict[int, list[float]] = defaultdict(list)
    for pair, score in scores.items():
        best[pair[side]] = nlargest(2, (*best[pair[side]], score))
    return best


def _rival(best: Sequence[float], score: float) -> float:
    """The best score of a row besides one of its own scores; minus infinity where it has no other."""
    return best[0] if best[0] > score else best[1] if len(best) > 1 else -inf
