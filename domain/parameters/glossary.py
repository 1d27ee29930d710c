"""The trade's glossary: terms and acronyms that mean one thing are read as one word, in names and in values."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from domain.parameters.data import load
from domain.text import fold

_END = ""
"""The key in a trie that says a word may end here."""


@lru_cache(maxsize=65536)
def in_one_wording(folded: str) -> str:
    """Replace every known alias in a folded text by the word that stands for its list."""
    return _pattern().sub(_word_for, folded)


def _word_for(match: re.Match[str]) -> str:
    """The word that stands for a match, kept apart from a letter or digit that it would run on from (480G SSD)."""
    word = _words().get(match[0].casefold(), match[0])
    glued = (
        match.start() > 0 and match.string[match.start() - 1].isascii() and match.string[match.start() - 1].isalnum()
    )
    return f" {word}" if glued and word[0].isascii() and not match[0][0].isascii() else word


@cache
def _words() -> dict[str, str]:
    return {fold(alias).casefold(): fold(terms[0]) for terms in _lists() for alias in terms[1:]}


def _lists() -> Iterable[list[str]]:
    return (terms for section in load("glossary").values() for terms in section["lists"])


@cache
def _pattern() -> re.Pattern[str]:
    """Match the longest word at each place; written as a trie, since most places start no word at all.

    The words that stand for their lists are matched too: `PoE+` must not be read as another word's beginning.
    """
    trie: dict[str, Any] = {}
    for word in {*_words(), *(fold(terms[0]).casefold() for terms in _lists())}:
        node = trie
        for char in word:
            node = node.setdefault(char, {})
        node[_END] = {}
    first = "".join(sorted({re.escape(char + char.upper()) for char in trie}))
    return re.compile(f"(?=[{first}])(?:{_alternatives(trie, '')})", re.IGNORECASE)


def _alternatives(trie: dict[str, Any], before: str) -> str:
    branches = [
        re.escape(char) + _alternatives(rest, char) for char, rest in sorted(trie.items(), reverse=True) if char != _END
    ]
    if _END in trie:
        branches.append(r"(?![A-Za-z0-9])" if _is_latin(before) else "")
    bounded = [rf"(?<![A-Za-z0-9]){branch}" if not before and _is_latin(branch[:1]) else branch for branch in branches]
    return bounded[0] if len(bounded) == 1 else f"(?:{'|'.join(bounded)})"


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
