"""A grid to items: the tables of a document read one after another."""

import re
from dataclasses import replace

from domain.documents.clauses import split_parameters
from domain.documents.columns import Columns
from domain.documents.devices import Title, holds_devices, is_group, leads_on, opens_device, titled
from domain.documents.fields import (
    caption_unit,
    heading_text,
    item_name,
    read_quantity,
    stated_count,
    without_table_number,
)
from domain.documents.grid import Cell, Grid
from domain.documents.headings import heading_of
from domain.documents.items import RowContent
from domain.documents.progress import Draft, Progress, is_undescribed
from domain.documents.rowcells import NO_BRANCH
from domain.documents.rows import RowReader
from domain.documents.titles import accompanying_titles, foreign_titles, foreign_words, goods_words
from domain.documents.tree import branches

_NAME_LENGTH = 30
_GENERIC = re.compile(
    r"的?(?:主要|技术|性能|功能|具体|详细|规格|配置|采购)*(?:参数|指标|规格|要求|性能|配置)(?:要求|[及和与](?:要求|指标|配置|功能)|表|清单|明细|一览表?)*$"
)
_NAMED = re.compile(r"^.{0,8}(?:标的|货物|设备|产品|品目|商品|服务|系统)(?:名称)?\s*\d{0,3}\s*[:：]\s*")
_SENTENCE = re.compile(r"[≥≤><＞＜]|如下|详见|说明|[，。；;,]|^注|^续表|^附[表件录图]?\s*[\d一二三四五六七八九十]*$")


def read_table(progress: Progress, grid: Grid, columns: Columns, *, continued: bool) -> None:
    """Read a table's rows; `continued` when it goes on from the table before, without a header of its own."""
    if not continued:
        progress.section = progress.subsystem = ""
        progress.section_level = 0
        progress.table = grid.name
        progress.device, progress.device_quantity = "", None
        progress.device_unit_price = progress.device_total = None
        progress.device_demands = ()
        if columns.first("name") is None:
            _take_device(progress, grid, columns)
    before, heading = len(progress.drafts), heading_of(grid, columns)
    rows = grid.rows if continued else grid.rows[columns.first_row :]
    hanging = branches(progress, rows, columns) if columns.first("name") is not None else {}
    for position, row in enumerate(rows):
        following = rows[position + 1] if position + 1 < len(rows) else None
        RowReader(progress, columns, row, following, hanging.get(position, NO_BRANCH)).take()
    for draft in progress.drafts[before:]:
        draft.heading = heading
        draft.is_scored = any(titles & foreign_titles() for titles in columns.titles.values())


def named_by_numbers(grid: Grid, columns: Columns) -> Columns:
    """In a table of parameters whose numbers make devices of some rows (1 above 1.1), let their column be the name."""
    if columns.first("name") is not None or not {"attribute", "spec", "number"} <= columns.roles.keys():
        return columns
    roles = {role: held for role, held in columns.roles.items() if role != "attribute"}
    named = replace(columns, roles={**roles, "name": columns.roles["attribute"]})
    rows = grid.rows[columns.first_row :]
    hanging = branches(Progress(), rows, named)
    devices = [row for at, row in enumerate(rows) if hanging.get(at, NO_BRANCH).kind == "device"]
    loose = [at for at, row in enumerate(rows) if len(row.anchors) > 1 and not hanging.get(at, NO_BRANCH).kind]
    counted = any(stated_count(cell.text) for row in devices for cell in row.anchors)
    texts = [cell.text for row in devices for cell in row.anchors if cell is row.cells[columns.roles["attribute"][0]]]
    if not devices or loose or all(is_group(text) for text in texts):
        return columns
    return named if counted or grid.is_sheet or not device_above(grid, columns) else columns


def device_above(grid: Grid, columns: Columns) -> str:
    """The device a table of its own is about: the last line above it that can be a name, "" when there is none."""
    return _line_above(grid, _title_lines(grid, columns)).name


def has_device_rows(grid: Grid, columns: Columns) -> bool:
    """Whether a table of parameters names its devices in rows of their own (一、应用服务器)."""
    return any(opens_device(row, columns) for row in grid.rows[columns.first_row :])


def is_foreign(grid: Grid, columns: Columns) -> bool:
    """Whether a table scores, qualifies or sets business terms rather than listing what is bought."""
    titles = {title for said in columns.titles.values() for title in said}
    if found := titles & foreign_titles():
        lists = columns.first("quantity") is not None and columns.first("name") is not None
        return not lists and not (found <= accompanying_titles() and describes_goods(columns))
    if columns.first("quantity") is not None or columns.first("unit_price") is not None:
        return False
    above = [*(grid.captions[-1:] if not grid.is_sheet else [grid.name, *grid.captions]), *_title_lines(grid, columns)]
    return any(word in line for line in above if len(line) <= _NAME_LENGTH for word in foreign_words())


def plans_packages(columns: Columns) -> bool:
    """Whether a table says no more than what each package may cost: 包号 | 采购内容 | 预算金额."""
    roles = columns.roles.keys()
    return {"package", "total"} <= roles and not roles & {"spec", "attribute", "quantity", "unit_price"}


def describes_goods(columns: Columns) -> bool:
    """Whether a table's titles say that it describes goods (设备名称 | 技术参数), whatever stands beside them."""
    names, specs = columns.roles.get("name", []), columns.roles.get("spec", [])
    named = any(word in columns.said(index) for index in names for word in goods_words("names"))
    return (named or (not names and "attribute" in columns.roles)) and any(
        word in columns.said(index) for index in specs for word in goods_words("demands")
    )


def _title_lines(grid: Grid, columns: Columns) -> list[str]:
    return [row.anchors[0].text for row in grid.rows[: columns.start] if len(row.anchors) == 1]


def _take_device(progress: Progress, grid: Grid, columns: Columns) -> None:
    title = _line_above(grid, _title_lines(grid, columns))
    place = grid.rows[0].place
    progress.device = title.name
    progress.device_quantity = read_quantity(Cell(title.count, place), "") if title.count else None
    progress.device_unit_price = title.money("unit_price", place, progress.money_unit)
    progress.device_total = title.money("total", place, progress.money_unit)
    progress.device_demands = split_parameters(title.demand, place)
    listed = (draft.name for draft in progress.drafts)
    progress.has_own_device = bool(title.name) and not holds_devices(grid, columns, title, listed)


def _line_above(grid: Grid, titles: list[str]) -> Title:
    """The last line above a table that can be a device's name, without the table's number and 技术参数 behind it."""
    for line in reversed([*grid.captions, *(titles if not grid.is_sheet else [])]):
        title = titled(_NAMED.sub("", heading_text(without_table_number(line))))
        name = item_name(_GENERIC.sub("", title.name))
        long = len(title.name) > _NAME_LENGTH or _SENTENCE.search(title.name) or leads_on(line)
        if name and not long and not caption_unit(line) and not is_group(name):
            return replace(title, name=name)
    name = item_name(_GENERIC.sub("", grid.name)) if grid.is_sheet else ""
    return Title(grid.name) if name else Title("")


def read_by_number(progress: Progress, grid: Grid, columns: Columns) -> bool:
    """Give a table of numbers and parameters to the rows of those numbers in the list before; False if none fit."""
    listed: dict[str, list[Draft]] = {}
    for draft in progress.drafts:
        listed.setdefault(draft.number, []).append(draft)
    contents = [RowContent(progress, columns, row) for row in grid.rows[columns.first_row :]]
    numbers = [content.own("number").text.strip().rstrip(".、") for content in contents]
    given = [number for number in numbers if number]
    fits = all(len(listed.get(number, ())) == 1 and is_undescribed(listed[number][0]) for number in given)
    if not given or not numbers[0] or not fits or len(set(given)) != len(given):
        return False
    draft = listed[given[0]][0]
    for number, content in zip(numbers, contents, strict=True):
        if number:
            draft = listed[number][0]
            draft.parameters = []
        draft.parameters.extend(content.parameters(shared=False))
        content.keep_loose()
    return True
