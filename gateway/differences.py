"""What differs between two texts, marked for the eye: whole numbers and words, single Chinese characters."""

import re
from difflib import SequenceMatcher

from markupsafe import Markup, escape

PIECE = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|\s+|.", re.DOTALL)
LONGEST = 4000


def mark(approved: str, tender: str) -> tuple[Markup, Markup]:
    """Return both texts escaped, with what only one of them has in `<mark>`; very long or equal texts stay unmarked."""
    if approved == tender or not approved or not tender or len(approved) + len(tender) > LONGEST:
        return escape(approved), escape(tender)
    left, right = PIECE.findall(approved), PIECE.findall(tender)
    changes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    marked_left = Markup().join(_piece(left[a:b], same=kind == "equal") for kind, a, b, _, _ in changes)
    marked_right = Markup().join(_piece(right[c:d], same=kind == "equal") for kind, _, _, c, d in changes)
    return marked_left, marked_right


def _piece(pieces: list[str], *, same: bool) -> Markup:
    text = "".join(pieces)
    return escape(text) if same or not text.strip() else Markup("<mark>{}</mark>").format(text)
