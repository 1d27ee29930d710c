"""What a text writes once for several members, written out: `增删改` is `新增、删除、修改`, a tail is said of each."""

import re
from functools import cache, lru_cache
from typing import Any

from domain.parameters.data import load
from domain.parameters.patterns import any_of

_AND = "(?:、|/|以及|[和与及])"


@lru_cache(maxsize=32768)
def spelled_out(folded: str) -> str:
    """Give every member of a folded text's lists what it shares with the others."""
    for pattern, element, words in _compounds():
        folded = pattern.sub(lambda match, e=element, w=words: _members(match[0], e, w), folded)  # type: ignore[misc]
    for pattern, element, tail in _tails():
        folded = pattern.sub(lambda match, e=element, t=tail: _with_tail(match[0], e, t), folded)  # type: ignore[misc]
    return folded


def _members(text: str, element: re.Pattern[str], words: dict[str, str]) -> str:
    return "、".join(words[one] for one in element.findall(text))


def _with_tail(text: str, element: re.Pattern[str], tail: str) -> str:
    return "、".join(f"{one}{tail}" for one in element.findall(text))


@cache
def _compounds() -> tuple[tuple[re.Pattern[str], re.Pattern[str], dict[str, str]], ...]:
    return tuple(_compound(entry) for entry in load("coordination")["compound"])


def _compound(entry: dict[str, Any]) -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    words = {wording: wordings[0] for wordings in entry["members"] for wording in wordings}
    one = f"{any_of(words)}(?!{entry['not_after']})"
    # A prohibition (不得删改) stays whole: what it lists is not asked for.
    run = re.compile(f"(?<!{entry['not_before']}){one}(?:{_AND}?{one})+")
    return run, re.compile(one), words


@cache
def _tails() -> tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]:
    return tuple(_tail(entry["word"], entry["members"]) for entry in load("coordination")["tail"])


def _tail(word: str, members: list[str]) -> tuple[re.Pattern[str], re.Pattern[str], str]:
    one = any_of(members)
    return re.compile(f"(?:{one}(?:{word})?{_AND})+{one}{word}"), re.compile(one), word


def collective(word: str) -> tuple[str, ...]:
    """The members of the list that a single word stands for; none for any other word."""
    return _collectives().get(word, ())


@cache
def _collectives() -> dict[str, tuple[str, ...]]:
    return {
        word.casefold(): tuple(one.casefold() for one in members)
        for word, members in load("coordination")["collective"].items()
    }
