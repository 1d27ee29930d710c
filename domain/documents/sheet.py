"""One sheet as shown: stored cells to rows of text, formulas without a result recomputed where that is simple."""

from dataclasses import dataclass
from decimal import Decimal

from openpyxl.formula.translate import Translator, TranslatorError

from domain.documents.bookparts import BookParts, Style
from domain.documents.formulas import compute
from domain.documents.grid import Cell, Row
from domain.documents.sheetscan import reference
from domain.documents.sheetxml import SheetContent, Stored, spread
from domain.documents.shown import shown_date, shown_text
from domain.documents.table import Clause, Notice
from domain.numerals import number

_LOOKUPS = 2_000_000
_PICTURE = ("DISPIMG(", "_xlfn.DISPIMG(")
_UNCOMPUTED = "（公式未计算）"


@dataclass(slots=True)
class Budget:
    """How many cells formulas of one workbook may still look up; sums of sums of sums would never end."""

    left: int = _LOOKUPS


class Sheet:
    """One sheet: its rows, its notices, and the texts its cells strike out."""

    def __init__(self, title: str, content: SheetContent, parts: BookParts, budget: Budget) -> None:
        self.title, self.content, self.parts, self.budget = title, content, parts, budget
        self.clauses: list[Clause] = []
        self.spans = dict(spread(content))
        self.repeated: dict[tuple[int, int, int, int], Cell] = {}
        self.computed: dict[tuple[int, int], Decimal | None] = {}
        self.places: dict[str, list[str]] = {
            "formula_recomputed": [],
            "formula_unread": [],
            "struck_out": [],
            "picture": [],
            "date_in_cell": [],
        }

    def rows(self) -> list[Row]:
        """The rows that show something, each as long as its last cell."""
        texts = {
            (row, column): self._text(row, column)
            for row, cells in self.content.rows.items()
            for column in sorted(cells)
        }
        shown = [self._row(number, texts) for number in sorted({*self.content.rows, *(row for row, _ in self.spans)})]
        return [row for row in shown if any(cell.text.strip() for cell in row.cells)]

    def _row(self, number: int, texts: dict[tuple[int, int], tuple[str, bool]]) -> Row:
        place = f"{self.title}!第{number}行"
        blank = Cell("", place)
        stored = self.content.rows.get(number, {})
        last = max(
            [*stored, *(self.content.width for _ in [0] if (number, self.content.width) in self.spans)], default=0
        )
        while (number, last + 1) in self.spans:
            last += 1
        cells = []
        for column in range(1, last + 1):
            span = self.spans.get((number, column))
            top, left, down, across = span or (number, column, 1, 1)
            text, readable = texts.get((top, left), ("", True))
            if span is None and not text:
                cells.append(blank)
                continue
            if span is None or (top, left) == (number, column):
                cells.append(
                    Cell(text, f"{self.title}!{reference(top, left)}", across=across, down=down, readable=readable)
                )
                continue
            if span not in self.repeated:
                where = f"{self.title}!{reference(top, left)}"
                self.repeated[span] = Cell(text, where, anchor=False, across=across, down=down, readable=readable)
            cells.append(self.repeated[span])
        return Row(tuple(cells), place)

    def _text(self, row: int, column: int) -> tuple[str, bool]:
        cell = self.content.rows[row][column]
        name = reference(row, column)
        style = self.parts.style(cell.style)
        if cell.struck.strip():
            self._strike(name, cell.struck)
        if any(sign in (cell.formula or "") or cell.raw.lstrip("=").startswith(sign) for sign in _PICTURE):
            self.places["picture"].append(name)
            return "（图片，未能读取）", False
        if cell.formula is not None and not cell.raw:
            return self._recompute(row, column, cell)
        if cell.kind == "e":
            self.places["formula_unread"].append(name)
            return cell.raw, False
        text, readable = self._shown(cell, style, name)
        if style.is_struck and text.strip():
            self._strike(name, text)
            return "", True
        return text, readable

    def _strike(self, name: str, text: str) -> None:
        self.places["struck_out"].append(name)
        self.clauses.append(Clause(f"（已划去）{text.strip()}", f"{self.title}!{name}"))

    def _shown(self, cell: Stored, style: Style, name: str) -> tuple[str, bool]:
        if cell.kind == "b":
            return shown_text(cell.raw == "1", ""), True
        if cell.kind != "n" or not cell.raw:
            return cell.raw, True
        try:
            value = float(cell.raw)
        except ValueError:
            return cell.raw, True
        if not style.is_date:
            whole = cell.raw.strip().lstrip("-").isdigit() and len(cell.raw) < 16
            return shown_text(int(cell.raw) if whole else value, style.number_format), True
        text = shown_date(value, style.number_format)
        if "y" in style.number_format.lower() or "h" in style.number_format.lower():
            return text, True
        # 1/2 or 1-2 typed into a cell silently becomes a day of this year.
        self.places["date_in_cell"].append(name)
        return text, False

    def _recompute(self, row: int, column: int, cell: Stored) -> tuple[str, bool]:
        name = reference(row, column)
        value = self._number(row, column, 0)
        if value is None:
            self.places["formula_unread"].append(name)
            formula = self._formula(row, column, cell)
            return _UNCOMPUTED.replace("）", f"：={formula}）") if formula and cell.formula[
                :1
            ] != "{" else _UNCOMPUTED, False  # type: ignore[index]
        self.places["formula_recomputed"].append(name)
        return format(value.normalize(), "f"), True

    def _formula(self, row: int, column: int, cell: Stored) -> str:
        formula = cell.formula or ""
        shared = self.content.shared.get(formula[1:]) if formula.startswith("#") else None
        if shared is None:
            return "" if formula.startswith(("#", "{")) else formula
        try:
            return str(Translator(f"={shared.text}", origin=shared.origin).translate_formula(reference(row, column)))[
                1:
            ]
        except (TranslatorError, ValueError):
            return ""

    def _number(self, row: int, column: int, depth: int) -> Decimal | None:
        self.budget.left -= 1
        if self.budget.left < 0:
            return None
        cell = self.content.rows.get(row, {}).get(column)
        if cell is None:
            return Decimal(0)
        if cell.raw or cell.formula is None:
            return number(cell.raw) if cell.kind != "b" else None
        if (row, column) not in self.computed:
            # A formula that comes back to itself finds itself unread.
            self.computed[row, column] = None
            formula = self._formula(row, column, cell)
            self.computed[row, column] = compute(f"={formula}", self._number, depth) if formula else None
        return self.computed[row, column]

    def notices(self) -> list[Notice]:
        """What must be told about the sheet's cells."""
        found = [
            Notice(code, _MESSAGES[code].format(places=_some(places)), f"{self.title}!{places[0]}")
            for code, places in self.places.items()
            if places
        ]
        if self.content.has_hidden_rows:
            found.append(Notice("hidden_rows", f"工作表“{self.title}”有隐藏的行，已一并读取，请核对。", self.title))
        if self.content.has_hidden_columns:
            found.append(Notice("hidden_columns", f"工作表“{self.title}”有隐藏的列，已一并读取，请核对。", self.title))
        return found


_MESSAGES = {
    "formula_recomputed": "公式没有保存计算结果，已按四则运算重新计算：{places}，请核对。",
    "formula_unread": "公式没有可用的计算结果，无法自动判断，需人工核对：{places}。",
    "struck_out": "有划去（删除线）的文字，视为已删除，未参与比对：{places}，请核对。",
    "picture": "单元格内是图片，图中文字无法读取，需人工核对：{places}。",
    "date_in_cell": "单元格内容被存成了日期（可能由 1/2、1-2 之类自动变成），无法自动判断，需人工核对：{places}。",
}


def _some(places: list[str]) -> str:
    return "、".join(places[:8]) + (f" 等 {len(places)} 处" if len(places) > 8 else "")
