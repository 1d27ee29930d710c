"""What people and their files write, made fit to be kept: some characters can stand in no document and no database."""

import re
from typing import Any

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""Word's soft line break arrives as a vertical tab when its text is pasted into a form."""

_UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Everything XML 1.0 has no place for; among it NUL, which PostgreSQL refuses, and halves of surrogate pairs."""


def writable(value: Any) -> str:
    """Return a form's value as text that can be kept.

    Unwritable characters are left out; what is neither text nor number becomes "".
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return _UNWRITABLE.sub("", _LINE_ENDS.sub("\n", str(value)))


def writable_throughout(words: Any) -> Any:
    """Return plain data (mappings, sequences, texts) with every text in it made writable."""
    if isinstance(words, str):
        return writable(words)
    if isinstance(words, dict):
        return {name: writable_throughout(each) for name, each in words.items()}
    if isinstance(words, list | tuple):
        return [writable_throughout(each) for each in words]
    return words
