"""Which parameters answer which inside a pair of aligned items."""

from dataclasses import dataclass

from domain.documents.clauses import without_mark
from domain.documents.table import Item, Parameter
from domain.parameters.assignment import assign
from domain.parameters.names import canonical_words, contrasts, name_key, same_name, similarity, split_name
from domain.parameters.rules import Rules
from domain.parameters.signals import neutral
from domain.text import plain

_ACCEPTED = 0.5
_SURE = 0.62
_TRIED = 20_000
_AT_LEAST = 20


@dataclass(frozen=True, slots=True)
class ParameterMatch:
    """Two parameters that answer each other: (item index, parameter index) on either side, None where absent."""

    approved: tuple[int, int] | None
    tender: tuple[int, int] | None
    confidence: float = 1.0

    @property
    def is_sure(self) -> bool:
        """Whether the two may be called consistent without a person's look."""
        return self.confidence >= _SURE


@dataclass(frozen=True, slots=True)
class _Read:
    text: str
    name: str
    name_key: str
    words: str


def match_parameters(approved: Item, tender: Item, at: tuple[int, int], rules: Rules) -> list[ParameterMatch]:
    """Match the parameters of two items; those that nothing answers are given with one side empty."""
    left, right = at
    mine, theirs = [_read(p, rules) for p in approved.parameters], [_read(p, rules) for p in tender.parameters]
    near = max(_TRIED // max(len(mine), 1), _AT_LEAST)
    candidates = {
        i: [
            (j, score)
            for j in _around(i, len(mine), len(theirs), near)
            if (score := _score(one, theirs[j], (i, j), rules)) >= _ACCEPTED
        ]
        for i, one in enumerate(mine)
    }
    chosen = assign(candidates)
    scores = {(i, j): score for i, scored in candidates.items() for j, score in scored}
    matches = [
        ParameterMatch((left, i), (right, chosen[i]), round(scores[i, chosen[i]], 3))
        if i in chosen
        else ParameterMatch((left, i), None, 0.0)
        for i in range(len(mine))
    ]
    answered = set(chosen.values())
    matches.extend(ParameterMatch(None, (right, j), 0.0) for j in range(len(theirs)) if j not in answered)
    return matches


def _around(position: int, mine: int, theirs: int, near: int) -> range:
    """Every position of the other side, or a bounded stretch about the like one where there are hundreds."""
    if theirs <= near:
        return range(theirs)
    start = max(0, min(position * theirs // mine - near // 2, theirs - near))
    return range(start, start + near)


def _read(parameter: Parameter, rules: Rules) -> _Read:
    text = neutral(without_mark(parameter.text))
    name, _ = split_name(text)
    return _Read(plain(text), name, name_key(name, rules) if name else "", canonical_words(text))


def _score(one: _Read, other: _Read, at: tuple[int, int], rules: Rules) -> float:
    near = 0.02 / (1 + abs(at[0] - at[1]))
    if one.text == other.text:
        return 0.98 + near
    text = similarity(one.words, other.words)
    if one.name_key and other.name_key:
        if contrasts(one.name_key, other.name_key):
            return 0.0
        name = (
            1.0
            if one.name_key == other.name_key
            else 0.9
            if same_name(one.name, other.name, rules)
            else _likeness(one, other)
        )
        return 0.7 * name + 0.26 * text + near
    if contrasts(one.words, other.words):
        return 0.0
    named, bare = (one, other) if one.name_key else (other, one)
    holds = len(named.name_key) > 1 and named.name_key in bare.words
    return max(0.9 * text, 0.6 if holds else 0.0) + near


def _likeness(one: _Read, other: _Read) -> float:
    return similarity(one.name_key, other.name_key)
