"""The same words in another order: when that says the same, and when it may say who does what to whom."""

from itertools import takewhile

_REVERSING = "于到从向由至比"
_SHORTEST = 4


def is_turned(one: str, other: str) -> bool:
    """Whether two words that stand beside each other changed places (热插拔冗余风扇, 冗余热插拔风扇), and nothing else.

    Any other order of the same characters may turn the meaning round (内网访问外网, 外网访问内网; PDF转OFD, OFD转PDF).
    """
    if len(one) != len(other) or len(one) < _SHORTEST or any(char in one for char in _REVERSING):
        return False
    start = _common(one, other)
    end = len(one) - _common(one[start:][::-1], other[start:][::-1])
    return other[start:end] in one[start:end] * 2


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=True)))
