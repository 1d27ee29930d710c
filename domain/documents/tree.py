"""Rows that hang below another by their numbers: 1 应用服务器, 1.1 内存, 1.2 质保 are one device and its parameters.

A row below another is its parameter where nothing says that it is bought by itself: no quantity, no price, and the rows
demand bare values (≥512GB, 3年), or what stands above is counted in pieces.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from domain.documents.columns import Columns
from domain.documents.fields import read_quantity, stated_count, sum_label
from domain.documents.grid import Row
from domain.documents.progress import Progress
from domain.documents.rowcells import Branch, RowCells
from domain.documents.table import Quantity
from domain.documents.titles import piece_units, subtotal_words
from domain.numerals import chinese_integer

_MARK = re.compile(r"^[★☆▲△*※#\s]+")
_DOTTED = re.compile(r"(\d{1,3}(?:[.．\-－]\d{1,3}){0,5})[、.．]?\s*$")
_DOTTED_NAME = re.compile(r"(\d{1,3}(?:[.．]\d{1,3}){1,5})[、.．\s]?(?=[\s一-鿿])|(\d{1,3})[、.．](?!\d)")
_BRACKETED = re.compile(r"[(（](\d{1,3})[)）]|(\d{1,3})[)）]|([①-⑳])")
_CHINESE = re.compile(
    r"[(（]?([一二三四五六七八九十]{1,3})[)）、.．]?\s*$|[(（]?([一二三四五六七八九十]{1,3})[)）、.．]"
)
_BARE = re.compile(
    r"\s*(?:[≥≤><＞＜=±]|(?:配置)?不(?:低|少|小|高|大|超|多)[于过]|(?:大|小|高|低|优)于|至少|超过"
    r"|\d(?!\d?[、.．)）](?!\d))|[一二三两四五][年颗路个台块])[^\n；;]{0,40}"
)
_Number = tuple[int, ...]
_UNNUMBERED, _NO_NUMBER = 9, 8


@dataclass(slots=True)
class _Node:
    """A row with its number, () for none, and the rows below it; the style ranks 一 before 1 before （1）."""

    index: int
    style: int
    number: _Number
    cells: RowCells
    below: list["_Node"] = field(default_factory=list)


def branches(progress: Progress, rows: Sequence[Row], columns: Columns) -> dict[int, Branch]:
    """Tell by row which are devices with their parameters below them, which are those, and below whom others stand."""
    found: dict[int, Branch] = {}
    roots = _grown(progress, rows, columns)
    for node in roots:
        if not (progress.tree and _is_prefix(progress.tree, node.number) and _is_parameter(node.cells)):
            break
        # The table before ended amid a device's parameters.
        found[node.index] = Branch("parameter")
    parents = [node for node in _walk(roots) if node.below]
    devices = {node.index for node in parents if _has_parameters(node)}
    alike = {node.index for node in parents if _may_have_parameters(node)}
    # Where most counted rows are devices with parameters, the others are written the same way.
    devices |= alike if len(devices) * 2 >= len(alike) else set()
    for node in parents:
        if node.index in found and found[node.index].kind:
            continue
        if node.index in devices:
            found[node.index] = Branch("device")
            found.update((one.index, Branch("group" if one.below else "parameter")) for one in _walk(node.below))
        else:
            name = node.cells.own("name").text.strip()
            found.update((one.index, Branch("", name)) for one in node.below)
    if roots and roots[-1].index in found and found[roots[-1].index].kind == "device":
        progress.tree = roots[-1].number
    elif any(node.index not in found for node in roots):
        progress.tree = ()
    return found


def _grown(progress: Progress, rows: Sequence[Row], columns: Columns) -> list[_Node]:
    root: list[_Node] = []
    stack: list[_Node] = []
    for index, row in enumerate(rows):
        cells = RowCells(progress, columns, row)
        named = cells.own("name").text.strip() or cells.own("number").text.strip()
        if not row.anchors or not named:
            continue
        style, number = _numbered(cells)
        if style == _UNNUMBERED and cells.own("attribute").text.strip():
            continue
        node = _Node(index, style, number, cells)
        while stack and not _is_below(node, stack[-1]):
            stack.pop()
        (stack[-1].below if stack else root).append(node)
        if number:
            stack.append(node)
    return root


def _walk(nodes: Sequence[_Node]) -> Iterator[_Node]:
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.below))


def _numbered(cells: RowCells) -> tuple[int, _Number]:
    """The style and number of a row; one that has none of its own may stand below another, a sum never does."""
    has_column = "number" in cells.columns.roles
    text = _MARK.sub("", cells.own("number" if has_column else "name").text.strip())
    dotted = _DOTTED.match(text) if has_column else _DOTTED_NAME.match(text)
    if dotted:
        return 1, tuple(int(part) for part in re.split(r"[.．\-－]", dotted[1] or dotted[2]))
    if match := _BRACKETED.match(text):
        return 2, (int(match[1] or match[2] or ord(match[3]) - 0x245F),)
    if (match := _CHINESE.match(text)) and (value := chinese_integer(match[1] or match[2])):
        return 0, (value,)
    sums = sum_label(cells.own("name").text).endswith(subtotal_words())
    return (_UNNUMBERED if has_column and not text and not sums else _NO_NUMBER), ()


def _is_below(node: _Node, other: _Node) -> bool:
    if node.style == _NO_NUMBER:
        return False
    if node.style == _UNNUMBERED:
        return other.style == 1 and all(stated_count(cell.text) for cell in other.cells.specs())
    if node.style != other.style:
        return node.style > other.style and len(node.number) == 1
    return node.style == 1 and _is_prefix(other.number, node.number)


def _is_prefix(number: _Number, longer: _Number) -> bool:
    return len(longer) > len(number) and longer[: len(number)] == number


def _has_parameters(node: _Node) -> bool:
    """Whether the rows below one are sure to be its parameters."""
    if not _are_parameters(node):
        return False
    leaves = [one for one in _walk(node.below) if not one.below]
    bare = sum(any(_BARE.fullmatch(cell.text) for cell in one.cells.specs()) for one in leaves)
    if not _may_have_parameters(node):
        return node.style == 1 and not node.cells.specs() and bare * 3 >= len(leaves) * 2
    quantity = _quantity(node.cells)
    stated = any(stated_count(cell.text) for cell in node.cells.specs())
    return bare * 3 >= len(leaves) or stated or (quantity is not None and quantity.unit in piece_units())


def _may_have_parameters(node: _Node) -> bool:
    """Whether a row is counted and none of those below it is bought by itself."""
    stated = any(stated_count(cell.text) for cell in node.cells.specs())
    return _are_parameters(node) and (stated or _quantity(node.cells) is not None)


def _are_parameters(node: _Node) -> bool:
    return bool(node.cells.own("name").text.strip()) and all(_is_parameter(one.cells) for one in _walk(node.below))


def _quantity(cells: RowCells) -> Quantity | None:
    return read_quantity(cells.own("quantity"), cells.own("unit").text.strip())


def _is_parameter(cells: RowCells) -> bool:
    """Whether a row could be a parameter: named, and neither counted nor priced by itself."""
    bought = any(cells.own(role).text.strip(" /-—") for role in ("quantity", "unit", "unit_price", "total"))
    return bool(cells.own("name").text.strip()) and not bought and not cells.own("attribute").text.strip()
