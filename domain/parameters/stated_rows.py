"""Which rows of the agreed requirement a change document's own rows are about."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from domain.documents.table import Item, Money, ParameterTable
from domain.parameters.align import align
from domain.parameters.names import item_key
from domain.parameters.rules import Rules
from domain.text import key


def find_rows(agreed: ParameterTable, stated: ParameterTable, rules: Rules) -> tuple[dict[int, int], tuple[str, ...]]:
    """Find which agreed row each stated row is about.

    Returns:
        The agreed row's index by the stated row's, new rows left out; and a Chinese sentence for the unit for every
        row whose place is not certain.
    """
    homes: dict[int, int] = {}
    refusals = []
    likely = _likely(agreed, stated, rules)
    for index, item in enumerate(stated.items):
        found = _namesakes(agreed, item, rules)
        if not found and index in likely:
            home, is_sure = likely[index]
            if not is_sure:
                refusals.append(_unsure(item, agreed.items[home]))
                continue
            found = _namesakes(agreed, replace(item, name=agreed.items[home].name), rules)
        if len(found) > 1:
            refusals.append(_ambiguous(item, [agreed.items[one] for one in found]))
        elif found:
            homes[index] = found[0]
    return homes, (*refusals, *_twice(stated, homes))


def marked(item: Item, file_name: str) -> Item:
    """Return a stated row whose places name the change document."""

    def money(one: Money | None) -> Money | None:
        return None if one is None else replace(one, place=place_in(file_name, one.place))

    quantity = item.quantity
    return replace(
        item,
        place=place_in(file_name, item.place),
        parameters=tuple(replace(one, place=place_in(file_name, one.place)) for one in item.parameters),
        quantity=None if quantity is None else replace(quantity, place=place_in(file_name, quantity.place)),
        unit_price=money(item.unit_price),
        total=money(item.total),
    )


def place_in(file_name: str, place: str = "") -> str:
    """Return a place of the change document as the rows of the amended requirement carry it."""
    return f"《{file_name}》{place}"


def _likely(agreed: ParameterTable, stated: ParameterTable, rules: Rules) -> dict[int, tuple[int, bool]]:
    """The agreed row that the alignment proposes for each stated row, and whether it is sure."""
    if not stated.items:
        return {}
    return {
        right: (match.approved[0], match.is_sure)
        for match in align(agreed, stated, rules).matches
        if match.approved
        for right in match.tender
    }


def _namesakes(agreed: ParameterTable, item: Item, rules: Rules) -> list[int]:
    """The agreed rows of the same name; a sub-system or package that the stated row gives narrows them."""
    name = item_key(item.name, rules)
    found = [index for index, one in enumerate(agreed.items) if item_key(one.name, rules) == name]
    for told, belongs in ((item.subsystem, _subsystem), (item.package, _package)):
        narrowed = [index for index in found if told and key(belongs(agreed.items[index])) == key(told)]
        found = narrowed or found
    return found


def _subsystem(item: Item) -> str:
    return item.subsystem


def _package(item: Item) -> str:
    return item.package


def _ambiguous(item: Item, homes: list[Item]) -> str:
    places = "、".join(
        f"{home.subsystem or home.package or '未分子系统'}·{home.name}（{home.place}）" for home in homes[:5]
    )
    return (
        f"变更文件的“{item.name}”（{item.place}）在审定的招标文件中有 {len(homes)} 处：{places}，请写明子系统或采购包。"
    )


def _unsure(item: Item, home: Item) -> str:
    return (
        f"变更文件的“{item.name}”（{item.place}）与审定的招标文件对应不上，疑似“{home.name}”（{home.place}），"
        "请把名称写成与审定的招标文件一致；确属新增的，请改为提交完整修订稿。"
    )


def _twice(stated: ParameterTable, homes: dict[int, int]) -> Iterator[str]:
    for home, times in Counter(homes.values()).items():
        if times > 1:
            names = [stated.items[index] for index, one in homes.items() if one == home]
            places = "、".join(item.place for item in names)
            yield f"变更文件的“{names[0].name}”出现 {times} 次（{places}），请合并成一行。"
