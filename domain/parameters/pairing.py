"""Which phrases of two parameters belong together before they are compared."""

from collections import Counter

from domain.parameters.names import contrasts, similarity
from domain.parameters.reading import Phrase

_SAME_WORDS = 0.5
_TRIED = 10_000
Pairs = list[tuple[Phrase, Phrase]]


def pair(left: tuple[Phrase, ...], right: tuple[Phrase, ...]) -> tuple[Pairs, list[Phrase], list[Phrase]]:
    """Pair phrases best first; give the pairs, and what is left of either side.

    A lone phrase on both sides belongs together whatever it says. Texts of hundreds of phrases are left unpaired, which
    leaves them to a person rather than to an hour of work.
    """
    mine, theirs = list(left), list(right)
    lone = [[phrase for phrase in side if not phrase.aside] for side in (mine, theirs)]
    pairs: Pairs = []
    if len(lone[0]) == len(lone[1]) == 1:
        pairs.append((lone[0][0], lone[1][0]))
        mine.remove(lone[0][0])
        theirs.remove(lone[1][0])
    if len(mine) * len(theirs) > _TRIED:
        return pairs, mine, theirs
    scored = sorted((-_likeness(one, other), i, j) for i, one in enumerate(mine) for j, other in enumerate(theirs))
    used: tuple[set[int], set[int]] = (set(), set())
    for score, i, j in scored:
        if -score >= _SAME_WORDS and i not in used[0] and j not in used[1]:
            pairs.append((mine[i], theirs[j]))
            used[0].add(i)
            used[1].add(j)
    lost = [phrase for i, phrase in enumerate(mine) if i not in used[0]]
    return pairs, lost, [phrase for j, phrase in enumerate(theirs) if j not in used[1]]


def _likeness(one: Phrase, other: Phrase) -> float:
    if contrasts(one.words, other.words):
        return 0.0
    words = similarity(one.words, other.words) if one.words or other.words else 1.0
    mine, theirs = Counter(m.dimension for m in one.measures), Counter(m.dimension for m in other.measures)
    either = mine | theirs
    measured = (mine & theirs).total() / either.total() if either else 1.0
    listed = 1.0 if (one.options is None) == (other.options is None) else 0.0
    return 0.55 * words + 0.35 * measured + 0.1 * listed
