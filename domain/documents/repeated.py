"""Tables with one parameter a row that say the item's name again in each: their rows are one item.

A database writes name, quantity and price into every row; a person often writes the quantity into the first row only.
Read as rows of their own, their quantities and prices would add up.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from domain.documents.clauses import without_mark
from domain.documents.progress import Draft
from domain.documents.sums import ROUNDING_FEN
from domain.documents.table import Money, Notice, Quantity, Subtotal
from domain.documents.titles import part_words
from domain.text import key

_LABEL = re.compile(r"([^:：≥≤><＞＜=±\d]{1,20}?)\s*(?:[:：≥≤><＞＜=±\d]|不低于|不少于|不小于|不高于|不大于|不超过)")
_REFERENCE = re.compile(r"同|详?见|参")
_VERBS = re.compile(r"^(?:支持|提供|具备|满足|配置|采用|应|须|需|可|含)")


@dataclass(frozen=True, slots=True)
class _Sums:
    """What a document prints as sums, and what its rows come to as they stand, in fen."""

    printed: frozenset[int]
    document: int
    tables: dict[str, int]

    def counts_each(self, rows: list[Draft]) -> bool:
        """Whether a printed sum counts each of the rows rather than all of them once."""
        own = rows[0].fen
        again = own * (len(rows) - 1)
        wholes = {self.tables[rows[0].table], self.document}
        if not again or self._prints({whole - again for whole in wholes}):
            return False
        return self._prints({*wholes, own * len(rows)})

    def _prints(self, wholes: set[int]) -> bool:
        return any(abs(whole - fen) <= ROUNDING_FEN for whole in wholes for fen in self.printed)


def fold_repeated(drafts: list[Draft], stated: Iterable[Subtotal]) -> tuple[list[Draft], list[Notice]]:
    """Join rows that repeat the name above for a further parameter; give a notice of those that may be lots."""
    folded: list[Draft] = []
    notices: list[Notice] = []
    sums = _sums(drafts, stated)
    lots = _listed_as_lots(drafts)
    for _, run in groupby(drafts, key=_identity):
        rows = list(run)
        if len(rows) == 1 or lots.get(key(rows[0].name), set()) - {rows[0].table}:
            folded.extend(rows)
        elif _repeats_count(rows):
            folded.extend(_counted(rows, sums, notices))
        else:
            folded.extend(_uncounted(rows))
    return folded, notices


def _sums(drafts: list[Draft], stated: Iterable[Subtotal]) -> _Sums:
    tables: Counter[str] = Counter()
    for draft in drafts:
        tables[draft.table] += draft.fen
    printed = (one.fen for one in stated if not one.label.startswith(part_words()))
    return _Sums(frozenset(fen for fen in printed if fen is not None), tables.total(), dict(tables))


def _listed_as_lots(drafts: list[Draft]) -> dict[str, set[str]]:
    """For each name, the tables that list it more than once."""
    listed = Counter((key(draft.name), draft.table) for draft in drafts)
    tables: dict[str, set[str]] = defaultdict(set)
    for (name, table), count in listed.items():
        if count > 1:
            tables[name].add(table)
    return tables


def _identity(draft: Draft) -> tuple[str, str, str, str]:
    return draft.table, draft.subsystem, draft.package, key(draft.name)


def _uncounted(rows: list[Draft]) -> Iterator[Draft]:
    """Rows of one name of which only one says how many and for what price."""
    open_draft, named = rows[0], _labels(rows[0])
    for row in rows[1:]:
        labels = _labels(row)
        if row.parameters and (_is_silent(row) or _is_silent(open_draft)) and not named & labels:
            _add(open_draft, row)
            named |= labels
        else:
            yield open_draft
            open_draft, named = row, labels
    yield open_draft


def _counted(rows: list[Draft], sums: _Sums, notices: list[Notice]) -> list[Draft]:
    """Rows of one name that all say the same quantity and price: one item, lots of it, or a question."""
    labelled = sum(bool(_labels(row)) for row in rows)
    single = all(len(row.parameters) == 1 and not _REFERENCE.match(row.parameters[0].text) for row in rows)
    if not _are_apart(rows) or sums.counts_each(rows):
        return rows
    first = rows[0]
    if labelled == len(rows) or (single and labelled * 2 >= len(rows)):
        return [_together(rows)]
    texts = {key(row.parameters[0].text) for row in rows} if single else set()
    if len(texts) < len(rows):
        return rows
    folded = _together(rows)
    message = f"“{first.name}”连续 {len(rows)} 行数量、单价相同，分不清是同一条目的分行还是几批，数量和金额请人工核对。"
    notices.append(Notice("rows_repeat_quantity", message, first.name_place))
    _leave_open(folded, len(rows))
    return [folded]


def _together(rows: list[Draft]) -> Draft:
    for row in rows[1:]:
        _add(rows[0], row)
    return rows[0]


def _leave_open(draft: Draft, rows: int) -> None:
    quantity = draft.quantity
    if quantity is not None:
        draft.quantity = Quantity(f"{quantity.text}（{rows}行均写）", None, quantity.unit, quantity.place)
    if draft.total is not None:
        draft.total = replace(draft.total, fen=None)


def _repeats_count(rows: list[Draft]) -> bool:
    """Whether every row says the quantity, and says it and the prices as the first does."""
    first = rows[0]
    said = [
        (row.quantity and (row.quantity.text, row.quantity.number), _fen(row.unit_price), _fen(row.total))
        for row in rows
    ]
    return first.quantity is not None and all(one == said[0] for one in said)


def _is_silent(row: Draft) -> bool:
    return row.quantity is None and row.unit_price is None and row.total is None


def _are_apart(rows: list[Draft]) -> bool:
    """Whether no parameter is named in two of the rows: lots of one item name the same ones."""
    named = Counter(label for row in rows for label in _labels(row))
    return all(count == 1 for count in named.values())


def _labels(row: Draft) -> set[str]:
    found = (_LABEL.match(_VERBS.sub("", without_mark(parameter.text))) for parameter in row.parameters)
    return {label for match in found if match and (label := key(match[1]))}


def _add(draft: Draft, row: Draft) -> None:
    draft.parameters.extend(row.parameters)
    draft.quantity = draft.quantity or row.quantity
    draft.unit_price = draft.unit_price or row.unit_price
    draft.total = draft.total or row.total
    if row.remark and row.remark not in draft.remark:
        draft.remark = f"{draft.remark}\n{row.remark}".strip()


def _fen(money: Money | None) -> int | None:
    return None if money is None else money.fen
