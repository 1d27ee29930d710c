"""Rows that refer to another row instead of repeating it: 同上, 同包1, 参数同包1."""

import re
from collections.abc import Sequence
from dataclasses import replace

from domain.documents.fields import package_label
from domain.documents.table import Item, Notice
from domain.text import fold, key

_REFERS = re.compile(
    r"(?:技术|参数|要求|规格|配置|及|和)*(?:同|与|参照|见)(?:(?P<above>上(?:一?[项行])?)|(?P<package>包\s*[\dA-H一二三四五六七八九十]+))"
    r"(?:中|的|相同|一致|同类设备|技术|参数|要求|规格|配置)*"
)


def spelled_out(items: tuple[Item, ...]) -> tuple[tuple[Item, ...], list[Notice]]:
    """Give each row that only refers to another the parameters of that row, with both places; say so once.

    A reference that fits no row stays as written: then a person sees it as the parameter it stands for.
    """
    told: list[Item] = []
    found: list[str] = []
    for item in items:
        source = _source(item, told)
        if source is None:
            told.append(item)
            continue
        referring = item.parameters[0].place
        told.append(
            replace(
                item, parameters=tuple(replace(one, place=f"{referring}（同{one.place}）") for one in source.parameters)
            )
        )
        found.append(item.place)
    if not found:
        return items, []
    message = f"有 {len(found)} 行写“同上”“同包1”一类，已按所指条目的参数比对，请核对。"
    return tuple(told), [Notice("refers_to_row", message, found[0])]


def _source(item: Item, before: Sequence[Item]) -> Item | None:
    if len(item.parameters) != 1 or not (match := _REFERS.fullmatch(fold(item.parameters[0].text).strip("。;, "))):
        return None
    if match["above"]:
        return before[-1] if before and before[-1].parameters else None
    # A table without packages of its own still tells by the name which row is meant.
    meant = {package_label(match["package"]), ""}
    named = [one for one in before if key(one.name) == key(item.name) and one.package in meant and one.parameters]
    return named[0] if len(named) == 1 else None
