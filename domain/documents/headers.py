"""Which column of a table means what: titles looked up in `headers.toml`, over one to three header rows."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from domain.documents.grid import Grid, Row
from domain.money import unit_in
from domain.text import fold

_SEARCH_ROWS = 40
_TITLE_LENGTH = 24
_SUFFIXES = ("单价", "数量", "合价", "金额", "总价", "名称", "备注", "限价", "参数", "要求")
_SUBSTANCE = frozenset({"name", "attribute", "spec", "quantity", "unit_price", "total"})
_BRACKETS = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]")


@dataclass(slots=True)
class Columns:
    """The roles of a table's columns, where the rows begin, and the units of money the titles name."""

    first_row: int
    roles: dict[str, list[int]] = field(default_factory=dict)
    money_units: dict[int, str] = field(default_factory=dict)
    taxes: dict[int, str] = field(default_factory=dict)
    titles: dict[int, str] = field(default_factory=dict)
    width: int = 0

    def first(self, role: str) -> int | None:
        """The first column of a role, None when the table has none."""
        columns = self.roles.get(role)
        return columns[0] if columns else None


def find_columns(grid: Grid) -> Columns | None:
    """Find the header of a table; None when no row is one."""
    for start in range(min(len(grid.rows), _SEARCH_ROWS)):
        for height in (1, 2, 3):
            columns = _read_header(grid.rows[start : start + height], start)
            if columns is not None and (height == 1 or _is_grouped(grid.rows[start])):
                return _with_groups(grid, start, columns) if height == 1 else columns
    return None


def _with_groups(grid: Grid, start: int, columns: Columns) -> Columns:
    # A header that reads on its own may still have a second row that splits its groups (金额 → 单价, 合价).
    if not _is_grouped(grid.rows[start]) or start + 1 >= len(grid.rows):
        return columns
    deeper = _read_header(grid.rows[start : start + 2], start)
    second = grid.rows[start + 1]
    titled = [cell for cell in second.anchors if role_of(cell.text)]
    return deeper if deeper is not None and titled and len(titled) >= len(second.anchors) * 0.6 else columns


def is_header(row: Row, columns: Columns) -> bool:
    """Whether a row repeats the table's header (on a new page, in a new sheet region)."""
    texts = [(index, _title(cell.text)) for index, cell in enumerate(row.cells) if cell.text.strip()]
    same = [text for index, text in texts if text and text == columns.titles.get(index)]
    return len(same) >= 2 and len(same) >= len(texts) * 0.6


def role_of(text: str) -> str:
    """Give the role of a column title, "" when it is none."""
    title = _title(text)
    if not title or len(title) > _TITLE_LENGTH:
        return ""
    if exact := _aliases().get(title):
        return exact
    inside = [alias for alias in _aliases() if len(alias) > 2 and alias in title and len(title) <= len(alias) + 6]
    if inside:
        return _aliases()[max(inside, key=len)]
    return next((_aliases()[suffix] for suffix in _SUFFIXES if title.endswith(suffix) and len(title) <= 8), "")


def subtotal_words() -> tuple[str, ...]:
    """Words that label a printed sum."""
    return tuple(_data()["rows"]["subtotal"])


def _is_grouped(row: Row) -> bool:
    return any(cell.across > 1 for cell in row.anchors)


def _read_header(rows: list[Row], start: int) -> Columns | None:
    columns = Columns(start + len(rows), width=max((len(row.cells) for row in rows), default=0))
    texts = titled = 0
    for index in range(columns.width):
        stack = _stack(rows, index)
        if not stack:
            continue
        own = rows[-1].cells[index] if index < len(rows[-1].cells) else None
        texts += 1
        role = next((found for found in map(role_of, (stack[-1], "".join(stack), stack[0])) if found), "")
        columns.titles[index] = _title(own.text if own is not None and len(rows) == 1 else stack[-1])
        if role:
            titled += 1
            columns.roles.setdefault(role, []).append(index)
            columns.money_units[index] = next((unit for unit in map(unit_in, reversed(stack)) if unit), "")
            columns.taxes[index] = " ".join(stack)
    _settle(columns)
    found = _SUBSTANCE & columns.roles.keys()
    describes = found & {"name", "attribute", "spec"}
    enough = len(found) >= 2 or (found == {"spec"} and "number" in columns.roles)
    return columns if describes and enough and titled >= texts * 0.5 else None


def _stack(rows: list[Row], index: int) -> list[str]:
    stack: list[str] = []
    for row in rows:
        text = row.cells[index].text.strip() if index < len(row.cells) else ""
        if text and (not stack or stack[-1] != text):
            stack.append(text)
    return stack


def _settle(columns: Columns) -> None:
    """Resolve titles that depend on their neighbours."""
    roles = columns.roles
    names = roles.get("name", [])
    if len(names) > 1:
        # 建设内容 | 设备名称: the broader of two names is the sub-system the narrower stands in.
        broad = [index for index in names if columns.titles[index] in {"建设内容", "服务内容", "项目名称", "采购内容"}]
        outer = broad[0] if broad and len(broad) < len(names) else names[0]
        names.remove(outer)
        if not roles.get("subsystem"):
            roles["subsystem"] = [outer]
    if "attribute" in roles and "spec" not in roles:
        roles["spec"] = roles.pop("attribute")
    if "name" not in roles and "subsystem" in roles and "spec" in roles:
        roles["name"] = [roles["subsystem"].pop()]


def _title(text: str) -> str:
    return re.sub(r"[\s:：*★▲]+", "", _BRACKETS.sub("", fold(text))) or re.sub(r"\s+", "", fold(text))


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("headers.toml").read_text("utf-8"))


@cache
def _aliases() -> dict[str, str]:
    aliases: dict[str, str] = {}
    for role, titles in _data()["roles"].items():
        for title in titles:
            aliases.setdefault(_title(title), role)
    return aliases
