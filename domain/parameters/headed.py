"""A thing and its kinds in brackets, `支持双机热备（主备、主主）`, set against the same list elsewhere."""

import re
from dataclasses import dataclass

from domain.parameters.enumerations import compare_options
from domain.parameters.glossary import in_one_wording
from domain.parameters.names import canonical_words
from domain.parameters.options import Options
from domain.parameters.outcomes import Outcome
from domain.text import fold

_VERB = r"(?P<verb>支持|具备|提供|实现|满足|采用|配置|包含|包括|含)?"
_BRACKETED = re.compile(rf"{_VERB}(?P<head>[^\d,;。、()]{{2,20}})\((?P<list>(?:[^()\d,;。]|(?<=[A-Za-z.])\d)+)\)")
_LEADING = re.compile(rf"{_VERB}(?P<all>(?:[^()\d,;。]|(?<=[A-Za-z.])\d)+)")
_BETWEEN = re.compile(r"[、/]|以及|[和及与]")
_CHOICE = re.compile(r"或|任[一选]|等(?!保|级)|不|无|除|可选|预留|选配")


@dataclass(frozen=True, slots=True)
class Headed:
    """A thing, and the kinds of it that are asked for."""

    verb: str
    head: str
    kinds: Options


def compare_headed(approved: str, tender: str) -> Outcome | None:
    """Compare two texts that both are a thing with its kinds; None where either is not."""
    mine, theirs = fold(approved), fold(tender)
    if _CHOICE.search(mine) or _CHOICE.search(theirs):
        return None
    left, right = _bracketed(mine), _bracketed(theirs)
    left = left or (right and _leading(mine, right))
    right = right or (left and _leading(theirs, left))
    if left is None or right is None or (left.head, left.verb) != (right.head, right.verb):
        return None
    both = left.kinds.members, right.kinds.members
    return compare_options(left.kinds, right.kinds) if max(map(len, both)) > 1 and both[0] & both[1] else None


def _bracketed(text: str) -> Headed | None:
    match = _BRACKETED.fullmatch(text)
    return match and Headed(match["verb"] or "", _word(match["head"]), _kinds(match["list"], match["list"]))


def _leading(text: str, like: Headed) -> Headed | None:
    """Read `支持主备、主主双机热备`, the thing known from the other side."""
    match = _LEADING.fullmatch(text)
    if match is None:
        return None
    pieces = [_word(piece) for piece in _BETWEEN.split(match["all"])]
    kinds = [piece.removesuffix(like.head) for piece in pieces]
    if not pieces[-1].endswith(like.head) or not all(kinds):
        return None
    return Headed(match["verb"] or "", like.head, _kinds("、".join(kinds), text))


def _kinds(listed: str, text: str) -> Options:
    kinds = {word: piece for piece in _BETWEEN.split(listed) if (word := _word(piece))}
    return Options(frozenset(kinds), any_of=False, is_open=False, text=text, wordings=tuple(kinds.items()))


def _word(text: str) -> str:
    return canonical_words(in_one_wording(text))
