"""Whether two parameter names allow equal values to be called one requirement."""

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache

from domain.parameters.data import load
from domain.parameters.name_ends import is_heading
from domain.parameters.names import contrasts, name_key, same_name, split_name
from domain.parameters.phrases import phrase
from domain.parameters.rules import Rules
from domain.text import key

_SHARED = 2


@lru_cache(maxsize=16384)
def names_agree(approved: str, tender: str, rules: Rules, *, paired: bool) -> bool:
    """Tell whether two names may stand for one thing.

    Names set side by side by a person (`paired`) agree unless a contrast sets them apart (读/写, 平均/峰值, 并发/注册);
    names that the alignment brought together must be synonyms or share a telling word.
    """
    first, second = name_key(approved, rules), name_key(tender, rules)
    if first == second or not first or not second:
        return True
    if contrasts(first, second) or _qualified(first) != _qualified(second):
        return False
    if paired or same_name(approved, tender, rules):
        return True
    # A canonical name may have lost the word that tells: 故障响应 is read as 服务响应.
    replaced = _is_replaced(first, second) or _is_replaced(key(approved), key(tender))
    return _share_a_word(first, second) and not replaced


def told_names(approved: tuple[str, str], tender: tuple[str, str]) -> tuple[str, str]:
    """The names of two parameters (name, value); where one name is an empty word, its value's: 性能：TPC-C≥100万."""
    empty = [is_heading(key(name)) for name, _ in (approved, tender)]
    if empty[0] == empty[1]:
        return approved[0], tender[0]
    mine, theirs = (
        (split_name(value)[0] or name) if heading else name
        for heading, (name, value) in zip(empty, (approved, tender), strict=True)
    )
    return mine, theirs


@lru_cache(maxsize=16384)
def names_contrast(approved: str, tender: str, rules: Rules) -> bool:
    """Whether two names measure different things (并发用户数, 在线用户数), so that their figures have no order."""
    return contrasts(name_key(approved, rules), name_key(tender, rules))


def _qualified(name: str) -> frozenset[str]:
    """The words of a name that change what the same figure asks for (最大, 每, 非)."""
    timed = phrase("not_qualifying").sub("", name)
    return frozenset(word for word in load("levels")["contrasts"]["qualifiers"] if word in timed)


def _is_replaced(first: str, second: str) -> bool:
    """Whether each name has a telling word in the place of one of the other (人脸识别率, 车牌识别率).

    A word that only one name has more (日志处理能力, 处理性能) narrows or explains; 大小 for 尺寸 says the same, and
    words that share a character may be short and long for one thing (控温, 温度控制).
    """
    mine, theirs = (set(_telling().sub("", rest)) for rest in _apart(first, second))
    return bool(mine and theirs) and not mine & theirs


def _apart(first: str, second: str) -> tuple[str, str]:
    """What is left of two names without the words they share."""
    left, right = list(first), list(second)
    for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
        if block.size >= _SHARED:
            left[block.a : block.a + block.size] = [""] * block.size
            right[block.b : block.b + block.size] = [""] * block.size
    return "".join(left), "".join(right)


@cache
def _telling() -> re.Pattern[str]:
    words = load("levels")["contrasts"]["interchangeable"]
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


def _share_a_word(first: str, second: str) -> bool:
    common = load("levels")["contrasts"]["common"]
    shared = {first[at : at + _SHARED] for at in range(len(first) - 1)} & {
        second[at : at + _SHARED] for at in range(len(second) - 1)
    }
    return any(not any(pair in word or word in pair for word in common) for pair in shared)
