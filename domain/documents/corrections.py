"""A document that names only what changes 更正公告: its rows like any table's, and what it says as 原…更正为….

┌────┬────────────┬──────────────┬──────────────┐
│序号│更正项      │更正前        │更正后        │      一、原“内存≥256GB”更正为“内存≥512GB”。
└────┴────────────┴──────────────┴──────────────┘
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.documents.change_sentences import CHANGE, Beside, Correction, spoken, wording
from domain.documents.grid import Grid, Row
from domain.documents.limits import Limits
from domain.documents.listing import lay_out
from domain.documents.reader import open_document
from domain.documents.refusals import DocumentRefused
from domain.documents.table import ParameterTable
from domain.documents.titles import role_of
from domain.text import fold, plain

__all__ = ["Beside", "ChangeDocument", "Correction", "read_changes"]
_STANDARD = Limits()
_SEARCH_ROWS = 40
_TITLE_LENGTH = 24
_FIGURES = ("quantity", "unit_price", "total")
_BEFORE = re.compile(rf"{CHANGE}前|^原")
_AFTER = re.compile(rf"{CHANGE}后|{CHANGE}为|改为|^现|^替代")


@dataclass(frozen=True, slots=True)
class ChangeDocument:
    """A change document as the rules see it: rows that state an item anew, and corrections of what was there."""

    table: ParameterTable
    corrections: tuple[Correction, ...] = ()


def read_changes(content: bytes, file_name: str, limits: Limits = _STANDARD) -> ChangeDocument:
    """Read a document that names only what changes; arguments and refusals as of `read_document`.

    Raises:
        DocumentRefused: the document cannot be taken in, or it names neither rows nor corrections.
    """
    source = open_document(content, file_name, limits)
    corrections: list[Correction] = []
    grids = []
    for grid in source.grids:
        found = _corrections_of(grid)
        corrections.extend(found)
        if not found:
            grids.append(grid)
    source.grids = grids
    corrections.extend(one for clause in source.clauses for one in spoken(clause))
    digest = hashlib.sha256(content).hexdigest()
    try:
        table = lay_out(source, file_name, digest, limits, source.closing)
    except DocumentRefused as refusal:
        if refusal.code not in {"no_header", "empty_table"} or not corrections:
            raise
        table = ParameterTable(file_name, digest, (), (), tuple(source.clauses), (*source.notices, *source.closing))
    return ChangeDocument(table, tuple(corrections))


def _corrections_of(grid: Grid) -> list[Correction]:
    """The corrections of a table with columns for what was and as many for what is; none when it has none."""
    for start, row in enumerate(grid.rows[:_SEARCH_ROWS]):
        titles = _titles(row)
        before = [index for index, title in enumerate(titles) if _is_title(title, _BEFORE)]
        after = [index for index, title in enumerate(titles) if _is_title(title, _AFTER) and index not in before]
        if before and len(before) == len(after):
            below = _titles(grid.rows[start + 1]) if start + 1 < len(grid.rows) else []
            grouped = len(below) == len(titles) and all(role_of(below[index]) for index in (*before, *after))
            told = [
                f"{title}{under}" if grouped and title != under else title
                for title, under in zip(titles, below or titles, strict=False)
            ]
            read = _ColumnReader(told, _paired(told, before, after))
            rows = grid.rows[start + 2 :] if grouped else grid.rows[start + 1 :]
            return [one for each in rows if _titles(each) != titles for one in read.corrections(each)]
    return []


def _titles(row: Row) -> list[str]:
    return [re.sub(r"\s", "", fold(cell.text)) for cell in row.cells]


def _is_title(title: str, pattern: re.Pattern[str]) -> bool:
    return len(title) <= _TITLE_LENGTH and bool(pattern.search(title))


def _paired(titles: list[str], before: list[int], after: list[int]) -> list[tuple[int, int]]:
    """Columns of one thing, what was and what is: by what their titles have in common, else in their order."""
    left = {_bare(titles[index]): index for index in before}
    right = {_bare(titles[index]): index for index in after}
    if len(left) == len(before) and left.keys() == right.keys():
        return [(index, right[name]) for name, index in left.items()]
    return list(zip(before, after, strict=True))


def _bare(title: str) -> str:
    return _AFTER.sub("", _BEFORE.sub("", title))


@dataclass(frozen=True, slots=True)
class _ColumnReader:
    titles: list[str]
    pairs: list[tuple[int, int]]

    def corrections(self, row: Row) -> Iterator[Correction]:
        texts = [cell.text.strip() for cell in row.cells]
        stating = {index for pair in self.pairs for index in pair}
        if max(stating) >= len(texts):
            return
        others = [index for index in range(min(len(texts), len(self.titles))) if index not in stating and texts[index]]
        about = [index for index in others if not texts[index].replace(".", "").isdigit()]
        roles = {index: role_of(self.titles[index]) for index in others}
        named = [texts[index] for index in about if roles[index] == "name"]
        detailed = [texts[index] for index in about if roles[index] in {"attribute", "spec"}]
        words = [texts[index] for index in about if roles[index] not in {"remark", "number", *_FIGURES}]
        found = [
            Correction(
                # With several pairs of columns, the column itself says what is changed: 变更前数量, 变更后单价（元）.
                subject=" ".join((*words, _bare(self.titles[before])) if len(self.pairs) > 1 else words),
                before=wording(texts[before]),
                after=wording(texts[after]),
                place=row.cells[after].place or row.cells[before].place,
                item=named[0] if named else "",
                parameter=detailed[0] if detailed else "",
                is_read=row.cells[before].readable and row.cells[after].readable,
            )
            for before, after in self.pairs
        ]
        beside = [
            Beside(roles[at], self.titles[at], texts[at], row.cells[at].place) for at in others if roles[at] in _FIGURES
        ]
        yield from _with_figures(found, tuple(beside))


def _with_figures(found: list[Correction], beside: tuple[Beside, ...]) -> Iterator[Correction]:
    """What a row changes; one that changes nothing between its columns may still hold another figure than before."""
    changed = [one for one in found if plain(one.before) != plain(one.after) or not one.is_read]
    told = changed or (found[:1] if beside else [])
    yield from (replace(one, beside=() if order else beside) for order, one in enumerate(told))
