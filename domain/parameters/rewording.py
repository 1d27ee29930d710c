"""One parameter's wording changed as a correction says, keeping what the correction leaves untold."""

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.documents.clauses import mark_of, without_mark
from domain.documents.table import Parameter
from domain.parameters.names import split_name
from domain.text import fold, key, plain

_BARE = re.compile(r"[≥≤><=±\d]|不|至|大于|小于")


def standing(parameters: Sequence[Parameter], piece: str) -> list[int]:
    """Where a piece of wording stands: the parameters that are it, else those that hold it as whole words."""
    sought = plain(without_mark(piece))
    whole = [at for at, one in enumerate(parameters) if key(one.text) == key(piece)]
    if whole or len(sought) < 2:
        return whole
    texts = [plain(without_mark(one.text)) for one in parameters]
    pattern = _held(sought)
    return [at for at, text in enumerate(texts) if len(pattern.findall(text)) == 1]


def rewritten(old: Parameter, before: str, new: Parameter) -> Parameter:
    """The parameter with `before` in it replaced; a new wording without a name of its own keeps the old one's.

    A sign of importance is lost only where the correction quotes it and then leaves it out.
    """
    if key(before) != key(old.text):
        text = _held(plain(without_mark(before))).sub(lambda _: plain(new.text), plain(without_mark(old.text)))
    elif (name := name_of(old)) and not name_of(new) and _BARE.match(fold(new.text)):
        text = f"{name}：{new.text}"
    else:
        text = new.text
    mark = mark_of(new.text) or ("" if mark_of(before) else old.mark)
    return replace(new, text=text, mark=mark)


def name_of(parameter: Parameter) -> str:
    """A parameter's name, "" when it has none."""
    return split_name(parameter.text)[0]


def _held(sought: str) -> re.Pattern[str]:
    """The wording inside a longer one; 6核 does not stand in 16核."""
    left = r"(?<![\d.])" if sought[0].isdigit() else ""
    right = r"(?![\d.])" if sought[-1].isdigit() else ""
    return re.compile(f"{left}{re.escape(sought)}{right}")
