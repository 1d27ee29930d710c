"""Rows that must not be counted twice: those of hidden sheets, and one item's rows that repeat its name."""

from collections import defaultdict

from domain.documents.progress import Draft, Progress, is_undescribed
from domain.documents.repeated import fold_repeated
from domain.documents.table import Clause, Notice
from domain.text import key

_SHOWN = 8


def gather_rows(progress: Progress) -> None:
    """Leave out what a hidden sheet says again, and fold rows that repeat a name; printed sums keep their rows."""
    kept = _without_scored(_without_hidden(progress), progress)
    folded, notices = fold_repeated(kept, [subtotal for subtotal, _ in progress.subtotals])
    progress.notices.extend(notices)
    remaining = {id(draft) for draft in folded}
    before = [0]
    for draft in progress.drafts:
        before.append(before[-1] + (id(draft) in remaining))
    progress.subtotals = [(subtotal, before[rows]) for subtotal, rows in progress.subtotals]
    progress.drafts = folded


def _without_hidden(progress: Progress) -> list[Draft]:
    """Leave out the rows of hidden sheets that list a second time what the visible ones list (an older version)."""
    visible: dict[str, bool] = {}
    hidden: dict[str, list[Draft]] = defaultdict(list)
    for draft in progress.drafts:
        if draft.is_hidden:
            hidden[draft.place.partition("!")[0]].append(draft)
        else:
            visible[key(draft.name)] = visible.get(key(draft.name), True) and is_undescribed(draft)
    left_out: set[int] = set()
    for sheet, drafts in hidden.items():
        again = [draft for draft in drafts if _is_said(draft, visible)]
        if len(again) * 2 >= len(drafts):
            left_out |= {id(draft) for draft in drafts}
            _tell(progress, sheet, drafts)
    return [draft for draft in progress.drafts if id(draft) not in left_out]


def _without_scored(drafts: list[Draft], progress: Progress) -> list[Draft]:
    """Keep rows of a table with scores as clauses where another table describes the item: points are given there."""
    described = {key(draft.name) for draft in drafts if not draft.is_scored and not is_undescribed(draft)}
    scored = [draft for draft in drafts if draft.is_scored and draft.quantity is None and key(draft.name) in described]
    progress.clauses.extend(_said(draft) for draft in scored)
    left_out = {id(draft) for draft in scored}
    return [draft for draft in drafts if id(draft) not in left_out]


def _said(draft: Draft) -> Clause:
    return Clause("；".join([draft.name, *(parameter.text for parameter in draft.parameters)]), draft.place)


def _is_said(draft: Draft, visible: dict[str, bool]) -> bool:
    """Whether a visible row says what a hidden one does; parameters alone may complete a visible list.

    `visible` tells for each name that is listed whether its rows say nothing but the name.
    """
    name = key(draft.name)
    completes = draft.quantity is None and draft.parameters and visible.get(name, False)
    return name in visible and not completes


def _tell(progress: Progress, sheet: str, drafts: list[Draft]) -> None:
    names = "、".join(dict.fromkeys(draft.name for draft in drafts[:_SHOWN]))
    more = f"等 {len(drafts)} 行" if len(drafts) > _SHOWN else ""
    message = f"隐藏的工作表“{sheet}”与可见的表列有相同的条目，其中的{names}{more}未计入条目、数量和金额，请人工核对。"
    progress.notices.append(Notice("hidden_rows_left_out", message, drafts[0].place))
    progress.clauses.extend(map(_said, drafts))
    progress.subtotals = [
        (subtotal, rows) for subtotal, rows in progress.subtotals if subtotal.place.partition("!")[0] != sheet
    ]
