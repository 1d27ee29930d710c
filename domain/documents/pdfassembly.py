"""Pages of a PDF one after the other into one source: tables over pages, prose, and what comes again on every page."""

import re
from collections.abc import Iterator

from domain.documents.pdfbands import Fragment
from domain.documents.pdfblocks import Blocks
from domain.documents.pdfjoin import belongs, to_grid
from domain.documents.pdflines import Line
from domain.documents.pdfmarks import Page
from domain.documents.pdfwrap import joined
from domain.documents.refusals import DocumentRefused
from domain.documents.source import Source
from domain.documents.table import Clause, Notice
from domain.documents.titles import role_of

_CAPTION_LINES = 4
_MARGIN = 0.13
_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:第?\s*\d{1,4}\s*页?)(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–\s]*")
_CONTINUED = re.compile(r"[(（]?\s*续\s*表?|.{0,20}[(（]续[)）]?\s*$|(?:金额)?单位\s*[:：]")


def assemble(source: Source, pages: list[Blocks]) -> None:
    """Add the pages' tables, prose and margins to a source.

    Raises:
        DocumentRefused: pdf_without_lines, when the only tables cannot be told apart.
    """
    _Assembly(source, pages).run()


class _Assembly:
    """Pages one after the other into one source; a table at a page's end stays open for the next page."""

    def __init__(self, source: Source, pages: list[Blocks]) -> None:
        self.source, self.pages = source, pages
        self.margins = _margins(pages)
        self.captions: list[str] = []
        self.open: list[Fragment] = []
        self.open_captions: list[str] = []
        self.waiting: list[Line] = []
        self.unruled: list[str] = []
        self.doubtful: list[str] = []

    def run(self) -> None:
        """Read every page."""
        sides = list(self.source.sides)
        for blocks in self.pages:
            self.paragraphs = 0
            for block in blocks.blocks:
                if isinstance(block, Fragment):
                    self._table(block)
                elif (id(block)) in self.margins:
                    sides.append((block.text, "页眉页脚"))
                else:
                    self.waiting.append(block)
            self._prose(blocks.page)
        self._close()
        self.source.sides = sides
        if self.doubtful:
            places = "、".join(self.doubtful[:8])
            message = f"{places} 的几行之间没有横线，不能可靠地分行，请人工核对。"
            self.source.notices.append(Notice("pdf_rows_without_lines", message, self.doubtful[0]))
        if self.unruled and not self.source.grids:
            raise DocumentRefused("pdf_without_lines", place=self.unruled[0])
        if self.unruled:
            places = "、".join(self.unruled[:8])
            message = f"{places} 有没有表格线的表，不能可靠分列，未参与逐项比对，仅作文字筛查，请人工核对。"
            self.source.notices.append(Notice("pdf_table_without_lines", message, self.unruled[0]))

    def _table(self, fragment: Fragment) -> None:
        blocks = self.pages[fragment.page - 1]
        between = [line.text.strip() for line in self.waiting]
        goes_on = (
            bool(self.open)
            and self.open[-1].page == fragment.page - 1
            and all(len(text) < 30 and _CONTINUED.match(text) for text in between)
            and belongs(fragment, self.open[-1] if len(self.open) == 1 else self.open[0])
        )
        self._prose(blocks.page)
        if goes_on:
            self.open.append(fragment)
            self.captions = []
            return
        self._close()
        self.open, self.open_captions = [fragment], self.captions[-_CAPTION_LINES:]
        self.captions = []

    def _close(self) -> None:
        if self.open:
            name = f"表{len(self.source.grids) + 1}"
            self.doubtful += [
                f"第{part.page}页 {name} 第{row + 1}行" for part in self.open for row in sorted(part.doubtful)
            ]
            grid = to_grid(self.open, name)
            grid.captions = self.open_captions
            grid.rows = [row for row in grid.rows if row.anchors]
            self.source.grids.append(grid)
        self.open = []

    def _prose(self, page: Page) -> None:
        lines, self.waiting = self.waiting, []
        if not lines:
            return
        limit = max(line.x1 for line in lines) - 1.0
        heads = [line for line in lines if sum(bool(role_of(piece)) for piece in line.pieces) >= 3]
        paragraphs = joined(lines, limit)
        lasts = [following.base for _, following in paragraphs[1:]] + [float("inf")]
        for (text, line), last in zip(paragraphs, lasts, strict=True):
            self.paragraphs += 1
            place = f"第{page.number}页 第{self.paragraphs}段"
            if any(line.base <= head.base < last for head in heads):
                self.unruled.append(place)
            self.source.clauses.append(Clause(text, place))
            self.captions.append(text)


def _margins(pages: list[Blocks]) -> set[int]:
    """The lines at the head and foot of pages that come again on most of them, or are page numbers."""
    found: dict[tuple[str, int], list[int]] = {}
    numbers = set()
    for blocks in pages:
        for line in _outer(blocks):
            text = re.sub(r"\d+|[一二三四五六七八九十百]+(?=页)", "#", "".join(line.text.split()))
            found.setdefault((text, round(line.base / 4)), []).append(id(line))
            if _PAGE_NUMBER.fullmatch(line.text):
                numbers.add(id(line))
    most = max(2, len(pages) * 0.5)
    return numbers | {one for lines in found.values() if len(lines) >= most for one in lines}


def _outer(blocks: Blocks) -> Iterator[Line]:
    height = blocks.page.height
    for block in blocks.blocks:
        if isinstance(block, Line) and not height * _MARGIN < block.base < height * (1 - _MARGIN):
            yield block
