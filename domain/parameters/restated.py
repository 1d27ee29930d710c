"""What a sentence says again of its parameter before it comes to the point: 投标产品的点间距应不大于1.5mm is ≤1.5mm."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from domain.parameters.data import load
from domain.parameters.glossary import in_one_wording
from domain.parameters.grammar import COMPARATOR
from domain.parameters.levels import find_levels, ladders, rewrite
from domain.parameters.names import canonical_words
from domain.parameters.wording import in_digits
from domain.text import fold

_LONGEST = 60
"""Characters beyond which words are no mere frame."""

_PIECE = 2
"""Characters that a piece of a name has at least: a single one says nothing."""

_REFUSING = re.compile("[不无未非免禁]")
_CLAUSES = re.compile(r"(?<=[;。])|(?<=[^\d],)")
_ABLE = "能够|(?<![性功节智效动机产])能"
_MODAL = f"(?:(?<!平)[均都])?(?:应当|应该|应|必须|须|需要|需|要求|要|可以|可)?(?:{_ABLE})?(?:(?<!平)[均都])?"
_VERB = "支持|提供|具备|具有|实现|采用|采购|配置|配备|建设|满足|符合|遵循|遵守|达到|控制在"
_OBLIGED = "(?<![响适供对相反感效回呼顺])应(?![用急答对变当该])|应[当该]|必须|须(?!知)"
_POINT = re.compile(rf"{_MODAL}(?:{COMPARATOR}|{_VERB})|{_OBLIGED}")
_COUNTED = re.compile(r"(?P<what>[^\d,;。()包]{2,40}?)(?:共计|合计|总计|共)?(?P<count>\d[\d,.]*(?:\.\d+)?[一-龥]{0,4})")
_TERSE = re.compile(r"[≥≤><=±\d][^,;。]*")
_CIRCUMSTANCE = re.compile("[后起时下],$")


def asks_nothing(words: str, names: str) -> bool:
    """Whether words only say again what the names say (pieces of theirs, blank-separated) or frame a sentence.

    Words that bind (国产) or refuse always ask for something.
    """
    if len(words) > _LONGEST or _REFUSING.search(words):
        return False
    if any(word in words for word in load("synonyms")["noise"]["binding"]):
        return False
    reached = {0}
    frame = _frame() | _starts(names)
    for start in range(len(words)):
        if start in reached:
            reached.update(_ends(words, start, names, frame))
    return len(words) in reached


def _ends(words: str, start: int, names: str, frame: frozenset[str]) -> Iterator[int]:
    """Where a word of the frame, or a piece of the names, that begins at `start` ends."""
    for end in range(start + 1, len(words) + 1):
        piece = words[start:end]
        if piece in frame or (end - start >= _PIECE and piece in names):
            yield end


@lru_cache(maxsize=16384)
def to_the_point(value: str, names: str) -> str:
    """Give a value, folded, without the subjects that only restate its parameter, and without idle circumstances.

    Of several clauses each keeps the words that tell it from the others (响应≤30分钟，到场≤2小时).
    """
    folded = fold(value)
    if _TERSE.fullmatch(folded):
        return folded
    clauses = [part for part in _CLAUSES.split(folded) if not _is_idle(part, names)]
    said = names if len(clauses) == 1 else ""
    return "".join(_pointed(clause, said) for clause in clauses).rstrip(",") or folded


def _is_idle(clause: str, names: str) -> bool:
    """Whether a clause only tells why, how the contract is run, or a circumstance that goes without saying."""
    bare = clause.rstrip(",;。")
    if _CIRCUMSTANCE.search(clause) and _restates(bare, names):
        return True
    return bool(_idle().fullmatch(bare)) and not re.search(r"\d", in_digits(bare))


@cache
def _idle() -> re.Pattern[str]:
    return re.compile("|".join(load("restated")["idle"]["clauses"]))


def count_alone(text: str, names: str) -> str:
    """Give a quantity without the words before it that only name what is counted (本期建设监控点位320路)."""
    match = _COUNTED.fullmatch(fold(text))
    return match["count"] if match and _restates(match["what"], names) else text


def _pointed(clause: str, names: str) -> str:
    point = _POINT.search(clause)
    return clause[point.start() :] if point and point.start() and _restates(clause[: point.start()], names) else clause


def _restates(text: str, names: str) -> bool:
    """Whether a text has no figure and no level of its own, and its words ask for nothing."""
    if len(text) > _LONGEST or re.search(r"[\d()]", text):
        return False
    levels, rest = find_levels(rewrite(in_one_wording(text)))
    plain = all(ladders()[level.ladder].modal and level.rank == ladders()[level.ladder].default for level in levels)
    return plain and asks_nothing(canonical_words(rest), names)


@cache
def _frame() -> frozenset[str]:
    """Every word of the frame, as written and in its canonical form."""
    words = [word for group in load("restated")["frame"].values() for word in group]
    return frozenset(words) | {reduced for word in words if (reduced := canonical_words(word))}


@lru_cache(maxsize=4096)
def _starts(names: str) -> frozenset[str]:
    rules = load("restated")["starts"]["rules"]
    return frozenset(word for pattern, words in rules if re.search(pattern, names) for word in words)
