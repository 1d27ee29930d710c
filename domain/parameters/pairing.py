"""Which phrases of two parameters belong together before they are compared."""

import re
from collections import Counter
from dataclasses import replace

from domain.parameters.names import contrasts, is_label, similarity
from domain.parameters.reading import Phrase

_SAME_WORDS = 0.5  # likeness, 0 to 1, from which two phrases belong together
_TRIED = 10_000  # pairs of phrases
_NO_LIMIT = re.compile(r"[不无](?:受)?限制?|数量?$|\s")
Pairs = list[tuple[Phrase, Phrase]]


def pair(
    left: tuple[Phrase, ...], right: tuple[Phrase, ...], names: str = ""
) -> tuple[Pairs, list[Phrase], list[Phrase]]:
    """Pair phrases best first; give the pairs, and what is left of either side.

    `names` are the words that the parameters' names say: a phrase is not told from another by them.

    A lone phrase on both sides belongs together whatever it says. Texts of hundreds of phrases are left unpaired, which
    leaves them to a person rather than to an hour of work.
    """
    mine, theirs = list(left), list(right)
    lone = [[phrase for phrase in side if not phrase.aside] for side in (mine, theirs)]
    pairs: Pairs = []
    if len(lone[0]) == len(lone[1]) == 1:
        one, other = lone[0][0], lone[1][0]
        is_limited = _limits(one, other) or _limits(other, one)
        pairs.append(_as_asked(one, other) if is_limited else (one, other))
        mine.remove(lone[0][0])
        theirs.remove(lone[1][0])
    if len(mine) * len(theirs) > _TRIED:
        return pairs, mine, theirs
    scored = sorted(
        (-_likeness(one, other, names), i, j) for i, one in enumerate(mine) for j, other in enumerate(theirs)
    )
    used: tuple[set[int], set[int]] = (set(), set())
    for score, i, j in scored:
        if -score >= _SAME_WORDS and i not in used[0] and j not in used[1]:
            pairs.append((mine[i], theirs[j]))
            used[0].add(i)
            used[1].add(j)
    lost = [phrase for i, phrase in enumerate(mine) if i not in used[0]]
    extra = [phrase for j, phrase in enumerate(theirs) if j not in used[1]]
    answering = _only_answers(lost, extra)
    pairs.extend(_as_asked(lost[i], extra[j]) for i, j in answering.items())
    answered = set(answering.values())
    lost = [phrase for i, phrase in enumerate(lost) if i not in answering]
    return pairs, lost, [phrase for j, phrase in enumerate(extra) if j not in answered]


def _only_answers(lost: list[Phrase], extra: list[Phrase]) -> dict[int, int]:
    """The positions of phrases left over that answer each other and no third one."""
    partners = {i: [j for j, other in enumerate(extra) if _answers(one, other)] for i, one in enumerate(lost)}
    claims = Counter(j for those in partners.values() for j in those)
    return {i: those[0] for i, those in partners.items() if len(those) == 1 and claims[those[0]] == 1}


def _answers(one: Phrase, other: Phrase) -> bool:
    """Whether two phrases left over say the same kind of thing: a bare figure and a labelled one, no limit and one."""
    if one.aside or other.aside or one.options or other.options:
        return False
    if _unlimited(one) or _unlimited(other):
        return _limits(one, other) or _limits(other, one)
    said = [
        (sorted(measure.dimension for measure in phrase.measures), sorted(level.ladder for level in phrase.levels))
        for phrase in (one, other)
    ]
    return said[0] == said[1] != ([], []) and (is_label(one.words) or is_label(other.words))


def _unlimited(phrase: Phrase) -> bool:
    return len(phrase.measures) == 1 and phrase.measures[0].kind == "unlimited"


def _limits(free: Phrase, bound: Phrase) -> bool:
    """Whether one phrase sets no limit to what the other one limits (不限CPU, 限4颗CPU)."""
    noun = _NO_LIMIT.sub("", free.text)
    limits = len(bound.measures) == 1 and bound.measures[0].high is not None
    return _unlimited(free) and not _unlimited(bound) and limits and len(noun) > 1 and noun in bound.text


def _as_asked(one: Phrase, other: Phrase) -> tuple[Phrase, Phrase]:
    """The pair, the one without limit in the words of the other."""
    if _unlimited(one):
        return replace(one, words=other.words), other
    return (one, replace(other, words=one.words)) if _unlimited(other) else (one, other)


def _likeness(one: Phrase, other: Phrase, names: str) -> float:
    if contrasts(one.words, other.words):
        return 0.0
    told = ["" if phrase.words in names else phrase.words for phrase in (one, other)]
    words = max(similarity(*words) if any(words) else 1.0 for words in (told, [one.words, other.words]))
    mine, theirs = Counter(m.dimension for m in one.measures), Counter(m.dimension for m in other.measures)
    either = mine | theirs
    measured = (mine & theirs).total() / either.total() if either else 1.0
    listed = 1.0 if (one.options is None) == (other.options is None) else 0.0
    return 0.55 * words + 0.35 * measured + 0.1 * listed
