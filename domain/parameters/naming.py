"""Whether two parameter names allow equal values to be called one requirement."""

from functools import lru_cache

from domain.parameters.data import load
from domain.parameters.names import contrasts, name_key, same_name
from domain.parameters.phrases import phrase
from domain.parameters.rules import Rules

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
    return paired or same_name(approved, tender, rules) or _share_a_word(first, second)


@lru_cache(maxsize=16384)
def names_contrast(approved: str, tender: str, rules: Rules) -> bool:
    """Whether two names measure different things (并发用户数, 在线用户数), so that their figures have no order."""
    return contrasts(name_key(approved, rules), name_key(tender, rules))


def _qualified(name: str) -> frozenset[str]:
    """The words of a name that change what the same figure asks for (最大, 每, 非)."""
    timed = phrase("not_qualifying").sub("", name)
    return frozenset(word for word in load("levels")["contrasts"]["qualifiers"] if word in timed)


def _share_a_word(first: str, second: str) -> bool:
    common = load("levels")["contrasts"]["common"]
    shared = {first[at : at + _SHARED] for at in range(len(first) - 1)} & {
        second[at : at + _SHARED] for at in range(len(second) - 1)
    }
    return any(not any(pair in word or word in pair for word in common) for pair in shared)
