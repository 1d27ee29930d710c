"""Tables of one document that speak of the same rows: overviews left out, quantity lists and parameter tables joined.

Tenders often list names, quantities and prices in one table and give every device a parameter table of its own;
estimates often begin with a summary of what follows. Counting either twice would double the money.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from domain.documents.progress import Draft, is_undescribed
from domain.documents.sums import ROUNDING_FEN
from domain.documents.table import Notice, Parameter, Quantity
from domain.text import key


def without_overviews(drafts: list[Draft]) -> tuple[list[Draft], list[Notice]]:
    """Leave out rows of a table of names and amounts that other tables' rows add up to; give a notice of each table."""
    details = [draft for draft in drafts if not draft.is_overview]
    if not details or len(details) == len(drafts):
        return drafts, []
    sums = _sums(details)
    summed = [draft for draft in drafts if draft.is_overview and _is_sum(draft, sums)]
    tables = dict.fromkeys(draft.table for draft in summed)
    notices = [
        Notice("overview_left_out", f"{table} 是其他表的汇总，与明细合计相符，不作为明细重复计算。", table)
        for table in tables
    ]
    left_out = {id(draft) for draft in summed}
    return [draft for draft in drafts if id(draft) not in left_out], notices


def tell_modules_apart(drafts: list[Draft]) -> None:
    """Where one name comes again in several modules of a sub-system (查询 of 用户 and of 日志), say which it is."""
    modules: dict[tuple[str, str], set[str]] = defaultdict(set)
    for draft in drafts:
        modules[key(draft.subsystem), key(draft.name)].add(draft.module)
    for draft in [one for one in drafts if one.module and len(modules[key(one.subsystem), key(one.name)]) > 1]:
        draft.subsystem = f"{draft.subsystem}／{draft.module}" if draft.subsystem else draft.module


def join_parts(drafts: list[Draft]) -> list[Draft]:
    """Join a listed row and the parameter table of the same name into one item, where each is the only one."""
    listed = _by_name(draft for draft in drafts if is_undescribed(draft))
    described = _by_name(draft for draft in drafts if not is_undescribed(draft))
    joined: list[Draft] = []
    for draft in drafts:
        name = key(draft.name)
        lists, tables = listed[name], described[name]
        if not lists and len(tables) == 2 and not _says_price(tables[1]):
            # A list that describes its rows too, or a sentence of the heading above the table, and the table itself.
            lists, tables = tables[:1], tables[1:]
        belongs = len(lists) == len(tables) == 1 and lists[0].table != tables[0].table
        if not belongs or not _agrees(lists[0], tables[0]):
            joined.append(draft)
        elif draft is lists[0]:
            joined.append(_joined(draft, tables[0]))
    return joined


def _says_price(draft: Draft) -> bool:
    return any(held is not None for held in (draft.quantity, draft.unit_price, draft.total))


def _sums(details: list[Draft]) -> dict[str, set[int]]:
    """What an overview's row may repeat: the sum of a sub-system, a package or a table by name, or of everything."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for draft in details:
        for group in {draft.subsystem, draft.package, draft.table}:
            if group:
                groups[key(group)][draft.table] += draft.fen
    sums = {name: {tally.total(), *tally.values()} for name, tally in groups.items()}
    sums[""] = {sum(draft.fen for draft in details)}
    return sums


def _is_sum(draft: Draft, sums: dict[str, set[int]]) -> bool:
    own = key(draft.name)
    named = [amounts for name, amounts in sums.items() if not name or name in own or own in name]
    return any(amount and abs(amount - draft.fen) <= ROUNDING_FEN for amounts in named for amount in amounts)


def _by_name(drafts: Iterable[Draft]) -> dict[str, list[Draft]]:
    named: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        named[key(draft.name)].append(draft)
    return named


def _agrees(listed: Draft, described: Draft) -> bool:
    """Whether the two say nothing against each other of money and parameters; unlike quantities are asked about."""
    for one, other in ((listed.unit_price, described.unit_price), (listed.total, described.total)):
        if one is not None and other is not None and one.fen != other.fen:
            return False
    if is_undescribed(listed):
        return True
    homes = ((listed.subsystem, described.subsystem), (listed.package, described.package))
    if any(one and other and one != other for one, other in homes):
        return False
    said = {label: key(text) for label, text in map(_label, listed.parameters)}
    return _says_price(listed) and all(
        said.get(label, key(text)) == key(text) for label, text in map(_label, described.parameters)
    )


def _label(parameter: Parameter) -> tuple[str, str]:
    return key(re.split(r"[:：≥≤><＞＜=]", parameter.text)[0]), parameter.text


def _joined(listed: Draft, described: Draft) -> Draft:
    said = set() if is_undescribed(listed) else {key(one.text) for one in listed.parameters}
    own = listed.parameters if said else []
    listed.parameters = [*own, *(one for one in described.parameters if key(one.text) not in said)]
    listed.quantity = _quantity(listed.quantity, described.quantity)
    listed.unit_price = listed.unit_price or described.unit_price
    listed.total = listed.total or described.total
    listed.subsystem = listed.subsystem or described.subsystem
    listed.package = listed.package or described.package
    return listed


def _quantity(one: Quantity | None, other: Quantity | None) -> Quantity | None:
    if one is None or other is None or one.number == other.number:
        return one or other
    return Quantity(f"{one.text}（参数表中为 {other.text}）", None, one.unit, f"{one.place}、{other.place}")
