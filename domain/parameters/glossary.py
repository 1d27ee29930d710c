"""The trade's glossary: terms and acronyms that mean one thing are read as one word, in names and in values."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from domain.parameters.data import load
from domain.parameters.patterns import any_of
from domain.text import fold

_END = "(?![A-Za-z0-9])"


@lru_cache(maxsize=65536)
def in_one_wording(folded: str) -> str:
    """Replace every known alias in a folded text by the word that stands for its list."""
    return _pattern().sub(_word_for, folded)


def _word_for(match: re.Match[str]) -> str:
    """The word that stands for a match, kept apart from a letter or digit that it would run on from (480G SSD)."""
    word = _words().get(match[0].casefold(), match[0])
    glued = match.start() > 0 and _is_latin(match.string[match.start() - 1])
    return f" {word}" if glued and word[0].isascii() and not match[0][0].isascii() else word


@cache
def _words() -> dict[str, str]:
    return {fold(alias).casefold(): fold(terms[0]) for terms in _lists() for alias in terms[1:]}


def _lists() -> Iterable[list[str]]:
    return (terms for section in load("glossary").values() for terms in section["lists"])


@cache
def _pattern() -> re.Pattern[str]:
    """Match the longest word at each place; a Latin word is never part of a longer one.

    The words that stand for their lists are matched too: `PoE+` must not be read as another word's beginning.
    """
    words = {*_words(), *(fold(terms[0]).casefold() for terms in _lists())}
    latin = any_of((word for word in words if _is_latin(word[0])), latin_end=_END)
    other = any_of((word for word in words if not _is_latin(word[0])), latin_end=_END)
    return re.compile(f"{other}|(?<![A-Za-z0-9]){latin}", re.IGNORECASE)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
