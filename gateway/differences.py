"""What differs between two texts, marked for the eye: whole numbers, units, comparators, words, members of a list.

Another way to write the same (`不低于` and `≥`, full and half width, `1,200` and `1200`, another order of a list) is no
difference. Chinese is compared phrase by phrase; inside two phrases only what they share in runs of two characters and
more counts as kept, because single characters kept here and there are harder to read than the whole word marked.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

from markupsafe import Markup, escape

from gateway.text_pieces import Piece, pieces_of

SEPARATORS = frozenset("、/,，;；和或及与")
MOST_COMPARISONS = 60_000
"""Texts of some 250 pieces each; longer ones stay unmarked, because comparing them would hold up the page. As many
comparisons of characters are spent on phrases that stand for each other; what is beyond is marked as a whole."""
REMEMBERED = 4096
"""Marked pairs of texts that are kept: the pages of the reviews that people work on at the same time."""
LONGEST_REMEMBERED = 2_000
"""Characters of such a pair; with it what is kept stays within some tens of megabytes."""
_CHANGE, _EVIDENCE = Markup("<mark>{}</mark>"), Markup('<mark class="evidence">{}</mark>')
FEWEST_KEPT = 2
"""Characters that two phrases must share in a row before the reader sees them as kept."""


def mark(approved: str, tender: str, evidence: Sequence[str] = ()) -> tuple[Markup, Markup]:
    """Return both texts escaped, what only one of them has in `<mark>`, what is evidence in `<mark class="evidence">`.

    Equal texts, a text without a counterpart and very long ones stay without the former.

    Args:
        approved: the left text.
        tender: the right text.
        evidence: words that make a suspicion; they are found whatever their spaces, width and case.
    """
    mark_both = _remembered if len(approved) + len(tender) <= LONGEST_REMEMBERED else _both
    return mark_both(approved, tender, tuple(evidence))


def _both(approved: str, tender: str, evidence: tuple[str, ...]) -> tuple[Markup, Markup]:
    changed = _changed(approved, tender)
    return _marked(approved, changed[0], evidence), _marked(tender, changed[1], evidence)


_remembered = lru_cache(maxsize=REMEMBERED)(_both)


def split(approved: str, tender: str) -> tuple[list[tuple[str, bool]], list[tuple[str, bool]]]:
    """Return both texts in parts, each with whether `mark` marks it; a script that draws them needs no escaping."""
    changed = _changed(approved, tender)
    left, right = (
        [(part, is_changed) for part, is_changed, _ in _parts(text, side, [False] * len(text))]
        for text, side in zip((approved, tender), changed, strict=True)
    )
    return left, right


def _changed(approved: str, tender: str) -> tuple[list[bool], list[bool]]:
    changed = [False] * len(approved), [False] * len(tender)
    if approved and tender and approved != tender:
        left, right = pieces_of(approved), pieces_of(tender)
        if len(left) * len(right) <= MOST_COMPARISONS:
            _note_changes(left, right, changed)
    return changed


def _note_changes(left: list[Piece], right: list[Piece], changed: tuple[list[bool], list[bool]]) -> None:
    """Mark, character by character, what is not kept of each text."""
    pairs = _kept([piece.meaning for piece in left], [piece.meaning for piece in right])
    gone, new = _unpaired(left, [one for one, _ in pairs]), _unpaired(right, [two for _, two in pairs])
    moved = _members(left, gone) & _members(right, new)
    for pieces, places, side in ((left, gone, changed[0]), (right, new, changed[1])):
        for at in places:
            piece = pieces[at]
            if piece.meaning not in moved:
                side[piece.at : piece.at + len(piece.text)] = [True] * len(piece.text)
    for one, two, shared in _rephrased(left, right, pairs):
        for i, j in shared:
            changed[0][one.at + i] = changed[1][two.at + j] = False
    for pieces, side in ((left, changed[0]), (right, changed[1])):
        _spare_separators(pieces, side)


def _spare_separators(pieces: list[Piece], changed: list[bool]) -> None:
    """A separator between two members that were only moved has not changed either."""
    for before, piece, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if piece.text in SEPARATORS and not changed[before.at] and not changed[after.at]:
            changed[piece.at] = False


def _kept(left: list[str], right: list[str]) -> list[tuple[int, int]]:
    """Return what `common` returns, without comparing what both begin and end with."""
    start, end, shorter = 0, 0, min(len(left), len(right))
    while start < shorter and left[start] == right[start]:
        start += 1
    while end < shorter - start and left[-1 - end] == right[-1 - end]:
        end += 1
    middle = common(left[start : len(left) - end], right[start : len(right) - end])
    return [
        *((at, at) for at in range(start)),
        *((start + i, start + j) for i, j in middle),
        *((len(left) - at, len(right) - at) for at in range(end, 0, -1)),
    ]


def _unpaired(pieces: list[Piece], paired: Sequence[int]) -> list[int]:
    known = set(paired)
    return [at for at in range(len(pieces)) if at not in known]


def _members(pieces: list[Piece], places: list[int]) -> set[str]:
    """Return which of the pieces stand in a list: `RAID 0/1/5`, `红、黄、绿`."""
    signs = [None, *(piece.text for piece in pieces), None]
    return {
        pieces[at].meaning
        for at in places
        if pieces[at].kind in {"number", "word", "phrase"} and not SEPARATORS.isdisjoint({signs[at], signs[at + 2]})
    }


def _rephrased(
    left: list[Piece], right: list[Piece], pairs: list[tuple[int, int]]
) -> Iterator[tuple[Piece, Piece, list[tuple[int, int]]]]:
    """Give the phrases that stand for each other, and what they share: in every gap those that share most."""
    left_to_spend = MOST_COMPARISONS
    for (i, j), (k, m) in pairwise([(-1, -1), *pairs, (len(left), len(right))]):
        free = [piece for piece in right[j + 1 : m] if piece.kind == "phrase"]
        for one in left[i + 1 : k]:
            left_to_spend -= sum(len(one.text) * len(two.text) for two in free) if one.kind == "phrase" else 0
            if one.kind == "phrase" and free and left_to_spend >= 0:
                shared, best = max(((_shared(one, two), two) for two in free), key=lambda found: len(found[0]))
                if shared:
                    free.remove(best)
                    yield one, best, shared


def _shared(one: Piece, two: Piece) -> list[tuple[int, int]]:
    """Return which characters two phrases share in runs; few phrases that stand in one gap share any."""
    return _runs(common(one.text, two.text)) if len(set(one.text) & set(two.text)) >= FEWEST_KEPT else []


def _runs(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Drop what two phrases share in fewer than `FEWEST_KEPT` characters in a row."""
    runs: list[list[tuple[int, int]]] = []
    for i, j in pairs:
        if runs and runs[-1][-1] == (i - 1, j - 1):
            runs[-1].append((i, j))
        else:
            runs.append([(i, j)])
    return [pair for run in runs if len(run) >= FEWEST_KEPT for pair in run]


def common(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int]]:
    """Return the places, in both sequences, of a longest common subsequence.

    `difflib` looks for the longest block first and so matches a word with its repetition at the far end of a longer
    text; what people see as kept is the most pieces in order, which this finds.
    """
    longest = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        row, below, mine = longest[i], longest[i + 1], left[i]
        for j in range(len(right) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if mine == right[j] else max(below[j], row[j + 1])
    pairs, i, j = [], 0, 0
    while i < len(left) and j < len(right):
        if left[i] == right[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _marked(text: str, changed: list[bool], evidence: Sequence[str]) -> Markup:
    if not evidence and True not in changed:
        return escape(text)
    suspect = _evidence(text, evidence) if evidence else [False] * len(text)
    marked = Markup()
    for part, is_changed, is_suspect in _parts(text, changed, suspect):
        if is_changed or is_suspect:
            marked += (_EVIDENCE if is_suspect else _CHANGE).format(part)
        else:
            marked += escape(part)
    return marked


def _parts(text: str, changed: list[bool], suspect: list[bool]) -> Iterator[tuple[str, bool, bool]]:
    """Give a text in runs that look alike; white space alone is never marked."""
    looks = list(zip(changed, suspect, strict=True))
    for at in range(1, len(text) - 1):
        # A space between two marked words is marked with them, one beside them is not.
        if text[at].isspace() and looks[at - 1] == looks[at + 1]:
            looks[at] = looks[at - 1]
    for (is_changed, is_suspect), run in groupby(range(len(text)), looks.__getitem__):
        part = "".join(text[at] for at in run)
        is_seen = bool(part.strip())
        yield part, is_changed and is_seen, is_suspect and is_seen


def _evidence(text: str, words: Sequence[str]) -> list[bool]:
    """Tell of each character whether it belongs to one of the words."""
    folded: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        for plain in _plain(char):
            folded.append(plain)
            places.append(at)
    whole, found = "".join(folded), [False] * len(text)
    for word in words:
        wanted = "".join(map(_plain, word))
        start = whole.find(wanted) if wanted else -1
        while start >= 0:
            for at in places[start : start + len(wanted)]:
                found[at] = True
            start = whole.find(wanted, start + 1)
    return found


@lru_cache(maxsize=8192)
def _plain(char: str) -> str:
    return "" if char.isspace() else unicodedata.normalize("NFKC", char).casefold()
