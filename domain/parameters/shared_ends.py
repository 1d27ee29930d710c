"""Two enumerations brought to one reading where members share a head or a tail: `A、B日志` against `A日志、B日志`."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from domain.parameters.data import load
from domain.parameters.options import Options, without_edges
from domain.text import key

_LATIN = re.compile("[A-Za-z0-9]")
_LATIN_TAIL = re.compile(r"(?<=[A-Za-z0-9])[ -]([A-Za-z]{2,})$")
_FEWEST = 2
_CLASSIFIERS = frozenset("端侧层类型库区网站")
"""What is said of a member by a single character: 移动端、大屏端访问."""


def aligned(one: Options, other: Options) -> tuple[Options, Options]:
    """The two lists without the tail or head that either may have said once for all, where one then covers the other.

    Lists that cover one another as they stand, and those that no shared end explains, come back as they are.
    """
    if one.members <= other.members or other.members <= one.members:
        return one, other
    for cut in _readings(one, other):
        if _explained(cut) and not _alone((one, other), cut):
            return cut
    return one, other


def without_end_of(options: Options, word: str) -> Iterator[tuple[Options, str]]:
    """Readings of a list and of a single word that may share the list's tail: `设计、验收阶段监理`, `设计阶段监理`."""
    if not options.wordings:
        return
    last = options.wordings[-1][0]
    for tail in _common_tails((last, word), options.wordings[-1][1]):
        yield _cut(options, tail), _without_tail(word, tail)


def _readings(one: Options, other: Options) -> Iterator[tuple[Options, Options]]:
    """The lists without a shared tail, without a shared head, without both, and without what one puts first."""
    if not one.wordings or not other.wordings:
        return
    yield from _by_tail(one, other)
    for cut in _by_head(one, other):
        yield cut
        yield from _by_tail(*cut)
    for head in _heads():
        if _begins(one, head) and _ends(other, head):
            yield _headless(one, head), _cut(other, head)
        if _ends(one, head) and _begins(other, head):
            yield _cut(one, head), _headless(other, head)


def _begins(options: Options, head: str) -> bool:
    return options.wordings[0][0].startswith(head) and options.wordings[0][0] != head


def _ends(options: Options, tail: str) -> bool:
    return options.wordings[-1][0].endswith(tail) and options.wordings[-1][0] != tail


def _by_tail(one: Options, other: Options) -> Iterator[tuple[Options, Options]]:
    lasts = one.wordings[-1][0], other.wordings[-1][0]
    for tail in _common_tails(lasts, one.wordings[-1][1]):
        yield _cut(one, tail), _cut(other, tail)


def _common_tails(words: tuple[str, str], written: str) -> Iterator[str]:
    """Tails that both words end with, the longest first; of Latin ones only a whole word (SSL VPN)."""
    whole = _LATIN_TAIL.search(written)
    latin = key(whole[1]) if whole else ""
    for size in range(min(map(len, words)) - 1, _FEWEST - 1, -1):
        tail = words[0][-size:]
        if words[1].endswith(tail) and (tail == latin or not _LATIN.search(tail)):
            yield tail


def _cut(options: Options, tail: str) -> Options:
    wordings = tuple((_without_tail(member, tail), wording) for member, wording in options.wordings)
    return replace(options, members=frozenset(member for member, _ in wordings), wordings=wordings)


def _without_tail(member: str, tail: str) -> str:
    """A member without the tail, or without the beginning of it that it says itself (验收阶段 of 阶段监理)."""
    fewest = 1 if tail[0] in _CLASSIFIERS else _FEWEST
    for size in range(len(tail), fewest - 1, -1):
        if len(member) > size and member.endswith(tail[:size]) and not (size < len(tail) and _LATIN.search(tail)):
            return without_edges(member[:-size])
    return member


def _by_head(one: Options, other: Options) -> Iterator[tuple[Options, Options]]:
    for head in _heads():
        if _begins(one, head) and _begins(other, head):
            yield _headless(one, head), _headless(other, head)


def _headless(options: Options, head: str) -> Options:
    wordings = tuple(
        (member.removeprefix(head) if member != head else member, wording) for member, wording in options.wordings
    )
    return replace(options, members=frozenset(member for member, _ in wordings), wordings=wordings)


@cache
def _heads() -> tuple[str, ...]:
    return tuple(key(word) for word in load("coordination")["heads"]["words"])


def _explained(cut: tuple[Options, Options]) -> bool:
    covered = cut[0].members <= cut[1].members or cut[1].members <= cut[0].members
    return covered and all(len(options.members) == len(options.wordings) for options in cut)


def _alone(sides: tuple[Options, Options], cut: tuple[Options, Options]) -> bool:
    """Whether a member said with the tail on one side alone asks for something by itself on the other."""
    written = [dict(zip((member for member, _ in short.wordings), (m for m, _ in whole.wordings), strict=True))
               for whole, short in zip(sides, cut, strict=True)]  # fmt: skip
    return any(
        written[0][member] != written[1][member] and member in _standing_alone()
        for member in written[0].keys() & written[1].keys()
    )


@cache
def _standing_alone() -> frozenset[str]:
    return frozenset(key(word) for word in load("coordination")["alone"]["words"])
