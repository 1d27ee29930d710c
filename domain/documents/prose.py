"""Requirements written as prose: devices as headings, their parameters as numbered points below.

Where a table lists the devices, the points are added to the row of that name. Where a document has no table at all,
headings with a count, or with 技术参数 below them, are the list. What only looks like a device is told, never guessed.
"""

import re
from collections.abc import Iterator

from domain.documents.clauses import split_parameters, without_mark
from domain.documents.devices import leads_to_table, titled
from domain.documents.fields import item_name, read_money, read_quantity
from domain.documents.grid import Cell
from domain.documents.outline import Line, outlined, walk
from domain.documents.progress import Draft, Progress, is_undescribed
from domain.documents.purchases import Purchase, buys, purchase_of
from domain.documents.source import Source
from domain.documents.table import Notice, Parameter
from domain.documents.titles import exact_role, foreign_words
from domain.text import key

_NAME_LENGTH = 30
_SENTENCE = re.compile(r"[，。；;,:：≥≤><=]|\d{3,}")
_DEMANDS = re.compile(
    r"(?:主要|具体|详细|货物|设备|产品|采购)?(?:技术|性能|功能|配置|规格)*(?:参数|指标|要求|规格|配置|需求|描述|说明)(?:及?(?:要求|指标|配置|说明))?[:：]?"
)
_LISTING = re.compile(r"采购(?:标的|清单|内容|需求)|设备清单|货物(?:需求|清单)|技术(?:参数|要求|需求|规格)|需求一览")
_FIELD = re.compile(r"\s*([^:：\s]{1,12})\s*[:：]\s*(.+)", re.DOTALL)


def read_prose(source: Source, progress: Progress) -> None:
    """Add what the prose demands to the items, and take the paragraphs that became parameters out of the clauses."""
    paragraphs = [clause for clause in source.clauses if clause.place.startswith("第")]
    wanted = {key(draft.name): draft for draft in progress.drafts if is_undescribed(draft)}
    listed = {key(draft.name) for draft in progress.drafts}
    lines = outlined(paragraphs, lambda text: key(text.rstrip(":：")) in wanted)
    groups: dict[int, str] = {}
    is_list = not progress.drafts
    devices = list(_devices(lines, wanted, groups, is_list=is_list))
    used: set[int] = set()
    untold: list[Line] = []
    for line in devices:
        title = titled(item_name(line.text.rstrip(":：")))
        draft = wanted.get(key(title.name))
        if draft is None and listed:
            untold.extend([] if key(title.name) in listed else [line])
            continue
        if draft is None:
            draft = Draft(
                title.name,
                line.clause.place,
                line.clause.place,
                groups.get(id(line), ""),
                progress.package,
                table="正文",
            )
            progress.drafts.append(draft)
        elif draft.table != "正文":
            draft.parameters = []
        place = line.clause.place
        draft.quantity = draft.quantity or read_quantity(Cell(title.count, place), "")
        draft.unit_price = draft.unit_price or title.money("unit_price", place, progress.money_unit)
        draft.total = draft.total or title.money("total", place, progress.money_unit)
        draft.parameters.extend(split_parameters(title.demand, place))
        used |= set(_describe(draft, line))
    if is_list:
        untold += _take_sentences(lines, used, progress)
    source.clauses = [clause for clause in source.clauses if id(clause) not in used]
    if untold:
        names = "、".join(f"“{line.text}”" for line in untold[:8])
        message = f"正文中 {names} 等段落写有技术要求，但不在清单表格中，未参与逐项比对，请人工核对。"
        progress.notices.append(Notice("prose_not_compared", message, untold[0].clause.place))


def _devices(lines: list[Line], wanted: dict[str, Draft], groups: dict[int, str], *, is_list: bool) -> Iterator[Line]:
    """Give the headings that are devices; `groups` takes the heading each stands under, its sub-system."""
    taken: set[int] = set()
    above: dict[int, Line] = {}

    def enters(line: Line) -> bool:
        for below in line.below:
            above[id(below)] = line
        return id(line) not in taken and not _is_foreign(line)

    for line in walk(lines, enters):
        if _is_foreign(line) or not line.below or not _is_name(line.text):
            continue
        title = titled(item_name(line.text.rstrip(":：")))
        known = key(title.name) in wanted
        described = title.count and any(_is_point(below) for below in line.below)
        headed = any(_DEMANDS.fullmatch(below.text) or _states(below.text) for below in line.below)
        bought = any(_is_bought(below, title.name) for below in line.below)
        parent = above.get(id(line))
        under_list = parent is not None and bool(_LISTING.search(parent.text)) and is_list
        points = under_list and sum(_is_point(below) for below in line.below) > 1
        if known or described or (line.is_numbered and is_list and (headed or points or bought)):
            taken.add(id(line))
            if parent is not None and parent.is_numbered and _is_name(parent.text) and not _LISTING.search(parent.text):
                groups[id(line)] = parent.text
            yield line


def _is_name(text: str) -> bool:
    plain = titled(item_name(text.rstrip(":："))).name
    return 1 < len(plain) <= _NAME_LENGTH and not _SENTENCE.search(plain) and not _DEMANDS.fullmatch(plain)


def _states(text: str) -> bool:
    """Whether a line says what a device's row would: 技术参数：…, 数量：2台."""
    named = _FIELD.fullmatch(text)
    return named is not None and exact_role(named[1]) in {"spec", "quantity"}


def _is_point(line: Line) -> bool:
    return bool(line.text) and not line.below


def _is_bought(line: Line, name: str) -> bool:
    """Whether a sentence below a heading buys what the heading names."""
    purchase = purchase_of(line.text)
    return purchase is not None and (not purchase.name or key(purchase.name) == key(name))


def _is_foreign(line: Line) -> bool:
    return len(line.text) <= _NAME_LENGTH and any(word in line.text for word in foreign_words())


def _describe(draft: Draft, device: Line) -> Iterator[int]:
    """Add the points below a device to it; give the identities of the paragraphs used."""
    for line in walk(device.below, lambda one: not _is_foreign(one)):
        place = line.clause.place
        if _is_foreign(line) or not line.text or _DEMANDS.fullmatch(line.text) or leads_to_table(line.text):
            continue
        if line.below and _is_name(line.text):
            continue
        named = _FIELD.fullmatch(line.text)
        role = exact_role(named[1]) if named else ""
        purchase = purchase_of(line.text) if _is_bought(line, draft.name) else None
        if purchase is not None:
            _buy(draft, purchase, place)
        elif named and role == "quantity":
            draft.quantity = draft.quantity or read_quantity(Cell(named[2].strip(" 。；;"), place), "")
        elif named and role in {"unit_price", "total"} and (money := read_money(Cell(named[2], place), "", "")):
            if role == "unit_price":
                draft.unit_price = draft.unit_price or money
            else:
                draft.total = draft.total or money
        else:
            text = named[2] if named and role == "spec" else line.text
            draft.parameters.extend(_points(line, text))
        yield id(line.clause)


def _buy(draft: Draft, purchase: Purchase, place: str) -> None:
    """Add what a sentence buys to its row: how many, and what is asked of it."""
    draft.quantity = draft.quantity or read_quantity(Cell(purchase.count, place), "")
    draft.parameters.extend(split_parameters(purchase.demands, place) if purchase.demands else ())


def _take_sentences(lines: list[Line], used: set[int], progress: Progress) -> Iterator[Line]:
    """Add what sentences buy as rows; give those that cannot be told apart, or count otherwise than a row does."""
    for line in walk(lines, lambda one: not _is_foreign(one)):
        if id(line.clause) in used or _is_foreign(line) or not buys(line.text):
            continue
        purchase, place = purchase_of(line.text), line.clause.place
        if purchase is None or not _is_name(purchase.name):
            yield line
            continue
        draft = next((one for one in progress.drafts if key(one.name) == key(purchase.name)), None)
        if draft is not None and draft.quantity is not None:
            counted = read_quantity(Cell(purchase.count, place), "")
            if counted is None or counted.number != draft.quantity.number or purchase.is_described:
                yield line
            continue
        if draft is None and not purchase.is_described:
            yield line
            continue
        if draft is None:
            draft = Draft(purchase.name, place, place, "", progress.package, table="正文")
            progress.drafts.append(draft)
        _buy(draft, purchase, place)
        used.add(id(line.clause))


def _points(line: Line, text: str) -> tuple[Parameter, ...]:
    """A paragraph's parameters; one that holds several numbered points is read with the number of its first."""
    place = line.clause.place
    whole = split_parameters(line.clause.text, place)
    first = without_mark(whole[0].text) if whole and line.is_numbered and text == line.text else ""
    return whole if first and without_mark(text).startswith(first) else split_parameters(text, place)
