"""Rows that print a sum, 小计 and 合计: known by their label, kept to be checked, never counted."""

from domain.documents.fields import sum_label
from domain.documents.grid import Cell
from domain.documents.items import RowContent
from domain.documents.table import Subtotal
from domain.documents.titles import part_words, subtotal_words
from domain.money import find_amounts

_LABEL_CELLS = 3
"""Cells at a row's beginning in which its label may stand."""

_LABEL_LENGTH = 20
_SPEC_LENGTH = 40
"""Characters of a cell of parameters from which the row lists a device and sums nothing."""


def is_sum(content: RowContent) -> bool:
    """Whether the row is a printed sum."""
    labelled = any(_labels(content, cell) for cell in content.row.anchors[:_LABEL_CELLS])
    return labelled and not any(len(cell.text) > _SPEC_LENGTH for cell in content.specs())


def take_sum(content: RowContent) -> None:
    """Keep the sum with how many rows stand before it, and what else the row says as clauses."""
    progress, anchors = content.progress, content.row.anchors
    label = next(cell for cell in anchors if _labels(content, cell))
    money = content.money("total") or content.money("unit_price")
    fen = money.fen if money else None
    place = money.place if money else label.place
    if fen is None:
        named = [one.fen for cell in anchors for one in find_amounts(cell.text) if one.fen is not None]
        fen = named[0] if named else None
    progress.subtotals.append((Subtotal(label.text.strip(), fen, place), len(progress.drafts)))
    kept = {"remark", "spec", "attribute"}
    content.keep([cell for cell in anchors if cell is not label and content.is_under(cell, kept)])


def _labels(content: RowContent, cell: Cell) -> bool:
    """Whether a cell labels a printed sum or a part of one; among parameters only the bare word does."""
    label = sum_label(cell.text)
    if content.is_under(cell, {"spec", "attribute"}):
        return label in subtotal_words()
    return len(label) <= _LABEL_LENGTH and (label.endswith(subtotal_words()) or label.startswith(part_words()))
