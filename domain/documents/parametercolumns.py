"""Parameters as columns: a title that no list knows names a parameter where the cells below it state values.

Between the name and the quantity such columns are what is asked for (端口 | 交换容量); behind the quantity only those
whose cells are measures (到货时间: 30日). What says where, who or under which code is none (headers.toml).
"""

import re

from domain.documents.columns import Columns
from domain.documents.grid import Cell, Row
from domain.documents.titles import aside_words, exact_role, is_titlelike
from domain.text import fold

BODY_ROWS = 200
"""How many rows below a header tell what its columns hold."""
_STATES = re.compile(r"[≥≤><±]|不(?:低|少|小|高|大|超)[于过]|^(?:支持|具备|提供|满足|采用|含|有|无|双|单|冗余)")
_MEASURE = re.compile(
    r"(?<![A-Za-z\d.])\d[\d.,]*\s*(?:[A-Za-z㎡℃°μΩ]|[年月日天周秒分寸核颗路口块条级套对组]|小时|个(?!人)|万[兆像次]?|[千百]兆)"
)
_COUNTED = re.compile(r"\d[\d.]*\s*(?:[台套件]|万?元)?|[\d.]+%|\d{4}[-/年.]\d{1,2}.*")
_UNIT = re.compile(r"\(((?:[A-Za-z℃%μΩ/·]{1,8}|[核颗路口个块寸年月天日秒]|小时|分钟|万兆|像素))\)$")
_BETWEEN = ("quantity", "unit", "unit_price", "total", "count")


def take_parameter_columns(columns: Columns, body: list[Row]) -> None:
    """Give unknown columns the role of parameters where their cells say so; units of titles move to the cells."""
    _take_units(columns)
    inside, outside = _unknown(columns)
    described = {index for role in ("spec", "attribute") for index in columns.roles.get(role, [])}
    alone = "quantity" in columns.roles and described <= columns.labels.keys()
    stated = alone or any(_states(_texts(body, index)) for index in inside)
    taken = [index for index in inside if stated and _texts(body, index)]
    taken += [index for index in outside if _measures(_texts(body, index))]
    for index in taken:
        columns.labels[index] = columns.loose.pop(index)
    if taken:
        columns.roles["spec"] = sorted([*columns.roles.get("spec", []), *taken])
        _take_units(columns)


def lists_in_columns(columns: Columns, body: list[Row]) -> bool:
    """Whether a header with too few known titles is one all the same: a name, and parameters as columns."""
    names = columns.roles.get("name", [])
    named = any(exact_role(title) == "name" for index in names for title in columns.titles[index])
    if not named or not all(is_titlelike(title) for titles in columns.titles.values() for title in titles):
        return False
    inside, _ = _unknown(columns)
    stating = [index for index in inside if _states(_texts(body, index))]
    counted = any(role in columns.roles for role in ("quantity", "unit_price", "total"))
    return len(stating) >= (1 if counted else 2) and len(stating) * 2 >= len(inside)


def _unknown(columns: Columns) -> tuple[list[int], list[int]]:
    """Columns without a role that may hold parameters: those between name and quantity, and the others."""
    name = columns.first("name")
    if name is None:
        return [], []
    ends = [index for role in _BETWEEN for index in columns.roles.get(role, []) if index > name]
    end = min(ends, default=columns.width)
    open_columns = [
        index for index, title in columns.loose.items() if index not in columns.taxes and not _is_aside(title)
    ]
    return [index for index in open_columns if name < index < end], [index for index in open_columns if index >= end]


def _is_aside(title: str) -> bool:
    return any(word in title for word in aside_words())


def _states(texts: list[str]) -> bool:
    """Whether most of a column's cells state a value."""
    stated = [text for text in texts if _STATES.search(text) or _MEASURE.search(text)]
    return bool(texts) and len(stated) * 2 >= len(texts)


def _measures(texts: list[str]) -> bool:
    """Whether a column's cells are measures, and neither counts, shares nor days of the calendar."""
    measured = [
        text for text in texts if not _COUNTED.fullmatch(text) and (_MEASURE.match(text) or re.match("[≥≤]", text))
    ]
    return bool(texts) and len(measured) * 2 > len(texts)


def _texts(body: list[Row], index: int) -> list[str]:
    cells = [row.cells[index] for row in body[:BODY_ROWS] if index < len(row.cells)]
    return [fold(cell.text) for cell in cells if _says(cell)]


def _says(cell: Cell) -> bool:
    return cell.anchor and cell.text.strip(" /-—无\n") != ""


def _take_units(columns: Columns) -> None:
    """内存（GB）: the unit of the title is said in the cells, the label goes without."""
    for index, label in columns.labels.items():
        match = _UNIT.search(fold(label)) if index in columns.roles.get("spec", []) else None
        if match:
            columns.value_units[index] = match[1]
            columns.labels[index] = fold(label)[: match.start()].strip()
