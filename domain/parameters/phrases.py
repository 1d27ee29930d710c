"""Phrases that say what a row, a remark or a sentence is about, read from `phrases.toml`."""

import re
from functools import cache

from domain.parameters.data import load


@cache
def phrase(name: str) -> re.Pattern[str]:
    """The pattern of all phrases of a list, for folded text; `phrase("put_off")` finds 二期建设 in a remark.

    Raises:
        KeyError: there is no such list.
    """
    return re.compile("|".join(phrases(name)), re.IGNORECASE)


def phrases(name: str) -> tuple[str, ...]:
    """The patterns of a list one by one, where their order tells which is which."""
    return tuple(load("phrases")[name]["patterns"])
