"""Where one name comes again under several headings (a sheet a site), the heading is the rows' sub-system."""

import re
from collections import defaultdict

from domain.documents.columns import Columns
from domain.documents.fields import caption_unit, heading_text, package_label
from domain.documents.grid import Grid
from domain.documents.progress import Draft
from domain.text import key

_LONGEST = 24
_NUMBERED = re.compile(r"^\s*(?:附?[表件]\s*[\d一二三四五六七八九十.\-]*\s*[:：、.]?\s*|第\d+页)")
_LIST = re.compile(
    r"(?:(?:拟?采购|建设|需求|配置|软硬件|硬件|软件|设备|货物|产品|系统|材料|服务|功能|分项|及其?|[、和与])*"
    r"(?:清单|一览表|明细表?|列表|配置表|汇总表?|参数表?|概算表?|预算表?|报价表|表))?\s*(?:[(（].*[)）])?$"
)
_SAYS_NOTHING = re.compile(r"(?:sheet|工作表|表|页)?\s*\d*|.*(?:项目|工程|采购需求|技术要求)", re.IGNORECASE)


def heading_of(grid: Grid, columns: Columns) -> str:
    """What the lines above a table, or its sheet, say that the table is about; "" when they only call it a list."""
    titles = [row.anchors[0].text for row in grid.rows[: columns.start] if len(row.anchors) == 1]
    above = [*reversed(titles), *reversed(grid.captions[-2:])]
    for line in (*above, *([grid.name.partition("（")[0]] if grid.is_sheet else [])):
        text = _LIST.sub("", heading_text(_NUMBERED.sub("", line.strip())), count=1).strip()
        if text and len(text) <= _LONGEST and not _is_other(line) and not _SAYS_NOTHING.fullmatch(text):
            return text
    return ""


def _is_other(line: str) -> bool:
    return bool(caption_unit(line) or package_label(line))


def tell_headings_apart(drafts: list[Draft]) -> list[Draft]:
    """Give rows without a sub-system their heading where another heading lists the same name; gives the rows back."""
    listed: dict[str, set[str]] = defaultdict(set)
    for draft in drafts:
        if not draft.subsystem and not draft.package:
            listed[key(draft.name)].add(draft.heading)
    told = {heading for headings in listed.values() if len(headings) > 1 and "" not in headings for heading in headings}
    for draft in drafts:
        if not draft.subsystem and not draft.package and draft.heading in told:
            draft.subsystem = draft.heading
    return drafts
