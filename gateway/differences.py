"""What differs between two texts, marked for the eye: whole numbers and words, single Chinese characters."""

import re
from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup, escape

PIECE = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|\s+|.", re.DOTALL)
MOST_COMPARISONS = 250_000
"""Texts of some 500 pieces each; longer ones stay unmarked, because comparing them would hold up the page."""


def mark(approved: str, tender: str) -> tuple[Markup, Markup]:
    """Return both texts escaped, what only one of them has in `<mark>`; equal and very long texts stay unmarked."""
    left, right = PIECE.findall(approved), PIECE.findall(tender)
    if approved == tender or not left or not right or len(left) * len(right) > MOST_COMPARISONS:
        return escape(approved), escape(tender)
    in_left, in_right = common(left, right)
    return _marked(left, in_left), _marked(right, in_right)


def common(left: Sequence[str], right: Sequence[str]) -> tuple[set[int], set[int]]:
    """Return the positions, in each sequence, of a longest common subsequence.

    `difflib` looks for the longest block first and so matches a word with its repetition at the far end of a longer
    text; what people see as kept is the most pieces in order, which this finds.
    """
    longest = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        row, below = longest[i], longest[i + 1]
        for j in range(len(right) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if left[i] == right[j] else max(below[j], row[j + 1])
    in_left, in_right, i, j = set[int](), set[int](), 0, 0
    while i < len(left) and j < len(right):
        if left[i] == right[j]:
            in_left.add(i)
            in_right.add(j)
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return in_left, in_right


def _marked(pieces: Sequence[str], kept: set[int]) -> Markup:
    marked = Markup()
    for is_kept, run in groupby(range(len(pieces)), kept.__contains__):
        text = "".join(pieces[at] for at in run)
        marked += escape(text) if is_kept or not text.strip() else Markup("<mark>{}</mark>").format(text)
    return marked
