"""Rows that head a section: a sub-system, a part of the works, a procurement package."""

from domain.documents.fields import heading_level, heading_text, is_heading_number, package_label
from domain.documents.grid import Cell, Row
from domain.documents.items import RowContent
from domain.documents.sumrows import is_sum
from domain.documents.table import Subtotal


def is_section(content: RowContent, following: Row | None) -> bool:
    """Whether a row heads what follows; `following` is the row below, None behind the last one."""
    if content.specs() or any(content.own(role).text.strip() for role in ("quantity", "unit_price")):
        return False
    anchors = content.row.anchors
    number, total = content.own("number"), content.own("total")
    texts = [cell for cell in anchors if cell is not number and cell is not total and not _is_aside(content, cell)]
    if number.text.strip() and is_heading_number(number.text):
        return len(texts) <= 2 and not _is_leaf(content, following)
    if len(texts) == 1 or (not texts and number in anchors):
        return _stands_alone(content, following, texts[0] if texts else number)
    return False


def take_section(content: RowContent) -> None:
    """Open the section; what its row says beside its name is kept."""
    progress, label = content.progress, content.label()
    text = label.text.strip()
    if package := package_label(text):
        progress.package, progress.section = package, ""
    else:
        progress.section = heading_text(text)
    number = content.own("number").text
    progress.section_level = heading_level(number if is_heading_number(number) else text)
    progress.subsystem = ""
    money = content.money("total")
    if money is not None:
        progress.subtotals.append((Subtotal(text, None, money.place), len(progress.drafts)))
    if package and len(text) > len(package) + 2:
        content.keep([label])
    content.keep([cell for cell in content.row.anchors if content.is_under(cell, {"remark"})])
    content.keep_loose()


def close_section(content: RowContent) -> None:
    """End the section where an item numbered like it (二、系统集成费) stands beside it, not in it."""
    number, progress = content.own("number").text, content.progress
    if number.strip() and is_heading_number(number) and heading_level(number) <= progress.section_level:
        progress.section, progress.subsystem = "", ""


def _is_aside(content: RowContent, cell: Cell) -> bool:
    """Whether a cell only comments on the row: a remark, or a column without a use (占比)."""
    cells = content.row.cells
    loose = any(index < len(cells) and cells[index] is cell and cell.across == 1 for index in content.columns.loose)
    return loose or content.is_under(cell, {"remark", "core"})


def _is_leaf(content: RowContent, following: Row | None) -> bool:
    """A heading with an amount and nothing below it (四、预备费) is a row of its own."""
    if not content.own("total").text.strip():
        return False
    if following is None:
        return True
    below = RowContent(content.progress, content.columns, following)
    number = below.own("number").text
    if number.strip():
        return is_heading_number(number) and heading_level(number) <= heading_level(content.own("number").text)
    return is_sum(below)


def _stands_alone(content: RowContent, following: Row | None, cell: Cell) -> bool:
    number = content.own("number")
    if cell is number:
        return not number.text.strip().replace(".", "").isdigit()
    if number.text.strip():
        return _heads_the_next(content, following, number.text.strip())
    wide = cell.across > 1 and cell.across >= content.columns.width // 2
    return wide or (not content.own("total").text.strip() and cell is not content.own("spec"))


def _heads_the_next(content: RowContent, following: Row | None, number: str) -> bool:
    """Whether the row below is numbered as a part of this one: 2 above 2.1."""
    column = content.columns.first("number")
    if following is None or column is None or column >= len(following.cells):
        return False
    return following.cells[column].text.strip().startswith(f"{number.rstrip('.')}.")
