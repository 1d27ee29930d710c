"""Whether a table has one device a column: 指标 | 应用服务器 | 防火墙, with a parameter in every row."""

import re

from domain.documents.grid import Cell, Row
from domain.documents.titles import (
    caption_words,
    exact_role,
    foreign_titles,
    is_titlelike,
    naming_titles,
    role_of,
    title_of,
)

TELLING = frozenset({"spec", "quantity", "unit_price", "total", "unit"})
"""Roles of labels in the first column that tell an upright table."""
_DEVICE_TITLES = frozenset({"设备", "型号", "产品", "货物", "设备参数", "技术参数", "技术指标"})
_BLANKS = frozenset({"", "/", "／", "\\", "-", "—", "——", "--", "无", "不涉及", "N/A"})
_VALUE = re.compile(r"[≥≤><＞＜±]|\d|不[低少小高大超]|^(?:支持|具备|提供|满足|采用|含|双|单|冗余)")


def heads_devices(rows: list[Row], *, is_headed: bool) -> bool:
    """Whether the first row names devices beside a title for parameters, and the rows below say what each must be.

    `is_headed` where the table could be read by its titles too: then only a row of quantities or prices tells.
    """
    label, *names = rows[0].cells
    texts = [cell.text.strip() for cell in names]
    title = title_of(label.text)
    named = exact_role(label.text) == "attribute" or title in naming_titles() or title in _DEVICE_TITLES
    if not named or len(set(texts)) < len(texts) or not all(map(_is_device, texts)):
        return False
    labels = {exact_role(row.cells[0].text) for row in rows[1:] if row.cells}
    values = [cell.text.strip() for row in rows[1:] for cell in row.cells[1:] if not is_blank(cell)]
    bare = sum(bool(_VALUE.search(value)) for value in values) * 2 >= len(values) > 0
    said = [*texts, *(row.cells[0].text for row in rows)]
    foreign = any(title_of(text) in foreign_titles() for text in said)
    return not foreign and (bool(labels & TELLING) or (bare and len(names) > 1 and not is_headed))


def _is_device(text: str) -> bool:
    other = any(word in text for word in caption_words("no_devices"))
    return len(text) > 1 and is_titlelike(text) and not role_of(text) and not _VALUE.search(text) and not other


def is_blank(cell: Cell) -> bool:
    """Whether a cell says that nothing is asked for."""
    return cell.text.strip() in _BLANKS
