"""A catalogue of judged parameters, laid out as whole documents in the forms that bureaus and agencies send.

Every line of the catalogue is an approved parameter, one way a tender words it, and the verdicts that fit. A round
takes one wording of every parameter, so the rounds together try them all.
"""

import csv
import io
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

import pytest

from domain.documents import read_document
from domain.parameters import Finding, Review, review
from tests.domain.builders import DATA, sheets, text_document, workbook
from tests.domain.old_workbooks import old_workbook
from tests.domain.pdf_files import pdf, table

LINES = list(csv.DictReader((DATA / "judged_catalogue.tsv").read_text("utf-8").splitlines(), delimiter="\t"))
APPROVED = ("序号", "设备名称", "技术参数", "单位", "数量", "单价", "合价", "备注")
TENDER = ("序号", "标的名称", "规格型号及技术要求", "计量单位", "数量", "单价限价（元）", "合价（元）")
ROUNDS = 4
QUANTITY = 2


@dataclass(frozen=True)
class Wording:
    """One approved parameter and what the tender of this round says instead."""

    approved: str
    tender: str
    verdicts: frozenset[str]


@dataclass(frozen=True)
class Equipment:
    """An item of the catalogue in one round; `price` is in units of 10 000 yuan."""

    subsystem: str
    name: str
    tender_name: str
    unit: str
    price: float
    wordings: Sequence[Wording]


def equipment(turn: int) -> list[Equipment]:
    """The whole catalogue with the wording number `turn` of each parameter; every other round renames the items."""
    result = []
    for (subsystem, name, alias, unit, price), group in groupby(
        LINES, lambda line: (line["subsystem"], line["item"], line["tender_item"], line["unit"], line["price"])
    ):
        wordings = [
            wording(approved, list(said), turn) for approved, said in groupby(group, lambda line: line["approved"])
        ]
        result.append(Equipment(subsystem, name, alias if turn % 2 else name, unit, float(price), wordings))
    return result


def wording(approved: str, said: Sequence[dict[str, str]], turn: int) -> Wording:
    if turn >= len(said):
        return Wording(approved, approved, frozenset({"一致"}))
    return Wording(approved, said[turn]["tender"], frozenset(said[turn]["verdicts"].split()))


def numbered(texts: Iterable[str]) -> str:
    return "\n".join(f"{order}、{text}；" for order, text in enumerate(texts, start=1))


def offered(one: Equipment) -> list[str]:
    return [wording.tender for wording in one.wordings]


def asked(one: Equipment) -> list[str]:
    return [wording.approved for wording in one.wordings]


def amounts(one: Equipment, factor: int = 1) -> tuple[str, str]:
    return f"{one.price * factor:.2f}", f"{one.price * factor * QUANTITY:.2f}"


def tender_row(order: int, one: Equipment) -> list[str]:
    return [str(order), one.tender_name, numbered(offered(one)), one.unit, str(QUANTITY), *amounts(one, 10_000)]


def estimate_rows(stock: Sequence[Equipment]) -> list[Sequence[object]]:
    rows: list[Sequence[object]] = [("软硬件设备清单及技术参数",), ("单位：万元",), APPROVED]
    for subsystem, group in groupby(stock, lambda one: one.subsystem):
        rows.append((subsystem,))
        for order, one in enumerate(group, start=1):
            rows.append((order, one.name, numbered(asked(one)), one.unit, QUANTITY, *map(float, amounts(one)), ""))
    return rows


def numbered_cells(stock: Sequence[Equipment]) -> tuple[bytes, str, bytes, str]:
    """Numbered parameters in a workbook's cells; a tender whose table goes on after a page with its header repeated."""
    rows = [tender_row(order, one) for order, one in enumerate(stock, start=1)]
    half = len(rows) // 2
    tender = text_document(
        "第三章 采购需求", [TENDER, *rows[:half]], "— 4 —", [TENDER, *rows[half:]], "第四章 评标办法"
    )
    return workbook(estimate_rows(stock)), "approved.xlsx", tender, "tender.docx"


def one_parameter_a_row(stock: Sequence[Equipment]) -> tuple[bytes, str, bytes, str]:
    """A table of values in GBK; a tender with one parameter in a row, in reverse order of items."""
    content = io.StringIO()
    csv.writer(content).writerows(estimate_rows(stock))
    rows = []
    for order, one in enumerate(reversed(stock), start=1):
        first = tender_row(order, one)
        first[2], *more = offered(one)
        rows += [first, *(["", "", text, "", "", "", ""] for text in more)]
    tender = text_document("采购需求", [TENDER, *rows])
    return content.getvalue().encode("gb18030"), "approved.csv", tender, "tender.docx"


def two_sheets(stock: Sequence[Equipment]) -> tuple[bytes, str, bytes, str]:
    """Amounts on one sheet and parameters on the next; a tender workbook in reverse order."""
    listed: list[Sequence[object]] = [
        ("投资概算表（单位：万元）",),
        ("序号", "设备名称", "单位", "数量", "单价", "合价"),
    ]
    demanded: list[Sequence[object]] = [("设备技术参数",), ("序号", "设备名称", "技术参数")]
    for order, one in enumerate(stock, start=1):
        listed.append((order, one.name, one.unit, QUANTITY, *map(float, amounts(one))))
        demanded.append((order, one.name, numbered(asked(one))))
    rows = [tender_row(order, one) for order, one in enumerate(reversed(stock), start=1)]
    approved = sheets({"清单": listed, "参数": demanded})
    return approved, "approved.xlsx", workbook([("采购需求",), TENDER, *rows], title="采购需求"), "tender.xlsx"


def old_and_printed(stock: Sequence[Equipment]) -> tuple[bytes, str, bytes, str]:
    """A workbook of the old format; a printed tender, three items on a page and the header on each."""
    pages = []
    for start in range(0, len(stock), 3):
        rows = [tender_row(start + order, one) for order, one in enumerate(stock[start : start + 3], start=1)]
        pages.append(table([TENDER, *rows], (30, 70, 240, 40, 30, 60, 65))[0])
    return old_workbook({"设备清单": estimate_rows(stock)}), "approved.xls", pdf(*pages), "tender.pdf"


FORMS: dict[str, Callable[[Sequence[Equipment]], tuple[bytes, str, bytes, str]]] = {
    "numbered cells": numbered_cells,
    "one parameter a row": one_parameter_a_row,
    "two sheets": two_sheets,
    "old and printed": old_and_printed,
}


@cache
def reviewed(form: str, turn: int) -> Review:
    approved, approved_name, tender, tender_name = FORMS[form](equipment(turn))
    return review(read_document(approved, approved_name), read_document(tender, tender_name))


def plain(text: str) -> str:
    """A text without the differences that a layout makes."""
    return "".join(unicodedata.normalize("NFKC", text).split()).strip("；;。")


def rows_of(result: Review, one: Equipment) -> list[Finding]:
    return [row for row in result.findings if row.item in {one.name, one.tender_name}]


@pytest.mark.parametrize("turn", range(ROUNDS))
@pytest.mark.parametrize("form", FORMS)
def test_every_parameter_is_in_one_row_beside_its_counterpart(form: str, turn: int) -> None:
    wrong = []
    for one in equipment(turn):
        seen = Counter((plain(row.approved), plain(row.tender)) for row in rows_of(reviewed(form, turn), one))
        pairs = [(plain(said.approved), plain(said.tender)) for said in one.wordings]
        wrong += [(one.name, pair) for pair in pairs if seen[pair] != 1]
    assert not wrong


@pytest.mark.parametrize("turn", range(ROUNDS))
@pytest.mark.parametrize("form", FORMS)
def test_every_parameter_has_a_fitting_verdict(form: str, turn: int) -> None:
    wrong = []
    for one in equipment(turn):
        said = {plain(row.approved): row for row in rows_of(reviewed(form, turn), one)}
        for wording in one.wordings:
            row = said[plain(wording.approved)]
            if row.verdict.value not in wording.verdicts:
                wrong.append((one.name, wording.approved, wording.tender, row.verdict.value, row.reason))
    assert not wrong


@pytest.mark.parametrize("form", FORMS)
def test_amounts_are_the_same_whatever_the_form(form: str) -> None:
    stock = equipment(0)
    fen = sum(round(one.price * 1_000_000) * QUANTITY for one in stock)
    total = next(row for row in reviewed(form, 0).findings if row.item == "项目合计")
    sum_of_lines = plain(f"{fen / 1_000_000:,.2f}万元")
    assert (plain(total.approved), plain(total.tender), total.verdict.value) == (sum_of_lines, sum_of_lines, "一致")
