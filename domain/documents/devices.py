"""Lines that name a device, with or without how many of it and for what price, and lines that only group parameters."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from domain.documents.columns import Columns
from domain.documents.fields import heading_text, item_name, named_count, read_money, without_table_number
from domain.documents.grid import Cell, Grid, Row
from domain.documents.table import Money
from domain.documents.titles import caption_words
from domain.money import find_amounts
from domain.text import key

_LONGEST = 80
_SHORT_LINE = 30
_TERMS = re.compile(r"^(?P<name>.{2,40}?)\s*[(（](?P<terms>[^()（）]{1,60})[)）]\s*$")
_OPEN_TERMS = re.compile(r"^(?P<name>[^()（），,；;\s]{2,30})[，,；;\s]\s*(?P<terms>[^()（）]{1,60})$")
_BETWEEN = re.compile(r"[，；;、\s]+|,(?!\d{3})")
_COUNT = re.compile(r"(?:采购|配置)?(?:数量)?\s*[:：为共]?\s*(\d[\d,]*\s*[^\d\s元万]{1,3})")
_VALUES = re.compile(r"[≥≤><＞＜±，。；]|\d{3,}")
_LEADS = re.compile(
    r"(?:如下|下列|下述|见下|下表|以下(?=[^:：]{0,8}(?:要求|参数|指标|功能|条件|规格|配置|内容|标准|规定|[:：]))|[如见]附?表)"
    r"[^，,。；;:：]{0,12}[:：。]?$"
)
_REFERRED = re.compile(r"附?[表图]\s*[\d一二三四五六七八九十]+(?:[-－.．]\d+)*")
_FIGURES = re.compile(r"[\d≥≤><＞＜±]")
_ASKS = re.compile(r"[≥≤><＞＜±\d]|应(?!用|急)|须|不得|支持|具备|提供|采用|不低于|不少于")


@dataclass(frozen=True, slots=True)
class Title:
    """A line that names a device, and what it says of quantity, prices and else as written, "" where nothing."""

    name: str
    count: str = ""
    unit_price: str = ""
    total: str = ""
    demand: str = ""

    def money(self, role: str, place: str, unit: str) -> Money | None:
        """The price of a role, None when the line says none."""
        text = self.unit_price if role == "unit_price" else self.total
        return read_money(Cell(text, place), unit, "") if text else None


def titled(text: str) -> Title:
    """Take quantity, prices and demands off a name: 应用服务器（12台，单价限价6.80万元）, 防火墙（2台，含三年升级）."""
    line = text.strip()
    name, count = named_count(line)
    if count:
        return Title(name, count)
    for pattern in (_TERMS, _OPEN_TERMS) if len(line) <= _LONGEST else ():
        match = pattern.match(line)
        terms = _terms(match["terms"]) if match else None
        if match and terms and (pattern is _TERMS or "demand" not in terms):
            return Title(match["name"].strip(), **terms)
    return Title(line)


def _terms(text: str) -> dict[str, str] | None:
    found: dict[str, str] = {}
    for term in filter(None, _BETWEEN.split(text)):
        if term in caption_words("asides"):
            continue
        if match := _COUNT.fullmatch(term):
            role, said = "count", match[1]
        elif find_amounts(term):
            whole = not re.search("单价|单项|每", term) and (re.search("合|总|预算", term) or "count" not in found)
            role, said = ("total" if whole else "unit_price"), term
        else:
            role, said = "demand", "；".join(filter(None, (found.pop("demand", ""), term)))
        if role in found:
            return None
        found[role] = said
    # What a bracket says without counting is part of the name: 交换机（万兆）.
    return found if "count" in found or "demand" not in found else None


def leads_on(text: str) -> bool:
    """Whether a line ends by pointing to what follows (具体技术参数如下表：, 应满足下列要求：, 见表6-2)."""
    last = re.split("[，,]", text.strip())[-1]
    return bool(_LEADS.search(last)) and not _FIGURES.search(_REFERRED.sub("", last))


def leads_to_table(text: str) -> bool:
    """Whether a line is only a table's caption (表6-2 服务器技术参数) or leads to one, and asks for nothing itself."""
    line = text.strip()
    rest = without_table_number(line)
    if rest != line and not _VALUES.search(rest):
        return True
    before = re.split("[，,]", line)[:-1]
    return leads_on(line) and not any(_ASKS.search(one) for one in before)


def asks(text: str) -> bool:
    """Whether a line asks for something: it has figures, or words that oblige."""
    return bool(_ASKS.search(text))


def is_group(text: str) -> bool:
    """Whether a line only groups parameters (一、硬件参数; 性能要求), so that it names no device."""
    name = key(heading_text(text)) if len(text) <= _SHORT_LINE else ""
    return bool(_groups().fullmatch(name))


@cache
def _groups() -> re.Pattern[str]:
    words = "|".join(caption_words("groups"))
    return re.compile(f"(?:{words})(?:[及和与、/]?(?:{words}))*")


def opens_device(row: Row, columns: Columns) -> bool:
    """Whether a row of a table of parameters only names a device: one joined or numbered cell, and at most a count."""
    anchors = row.anchors
    if not anchors or len(titled(anchors[0].text).name) > _SHORT_LINE or len(anchors[0].text) > _LONGEST:
        return False
    text = anchors[0].text.strip()
    if anchors[0].across < max(columns.width // 2, 2) and (len(anchors) > 1 or heading_text(text) == text):
        return False
    counted = len(anchors) == 2 and anchors[1].across == 1 and len(anchors[1].text) <= 8
    return (len(anchors) == 1 or counted) and not is_group(text)


def holds_devices(grid: Grid, columns: Columns, caption: Title, names: Iterable[str]) -> bool:
    """Whether the devices of a table of parameters are named in its own rows rather than by the line above it.

    Rows that say how many, or that name what the list before names, do; else a caption that stands for many
    (计算存储部分) leaves it to them. `names` are those listed so far.
    """
    rows = list(_opening(grid, columns))
    if not rows:
        return False
    if any(title.count for title in rows) and not caption.count:
        return True
    listed = {key(name) for name in names}
    if caption.name and key(caption.name) in listed:
        return False
    known = sum(key(title.name) in listed for title in rows)
    return grid.is_sheet or not caption.name or known * 2 >= len(rows) or caption.name.endswith(caption_words("many"))


def _opening(grid: Grid, columns: Columns) -> Iterator[Title]:
    for row in grid.rows[columns.first_row :]:
        if opens_device(row, columns):
            title = titled(heading_text(row.anchors[0].text))
            yield Title(item_name(title.name), title.count or (row.anchors[1].text if len(row.anchors) > 1 else ""))
