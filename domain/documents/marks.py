"""How important a row says its parameters are: signs and words of a column of marks (是否实质性条款=是)."""

from domain.documents.clauses import mark_of
from domain.documents.titles import mark_words, simplified
from domain.text import fold

_ASKED = (("★", "asks_substance"), ("▲", "asks_importance"))


def row_mark(text: str, title: str) -> tuple[str, str]:
    """Read a cell under a title of marks.

    Returns:
        "★", "▲" or "" for a plain one, and the cell's words where nobody could say what they mean, "" otherwise.
    """
    said = simplified(fold(text)).strip().lower()
    if not said or said in mark_words("plain"):
        return "", ""
    if said in mark_words("affirmed"):
        asked = next((mark for mark, kind in _ASKED if any(word in title for word in mark_words(kind))), "")
        return asked, "" if asked else text.strip()
    if said in mark_words("substantive"):
        return "★", ""
    if said in mark_words("important"):
        return "▲", ""
    mark = mark_of(text.strip())
    return mark, "" if mark else text.strip()
