"""Quantities, amounts, headings and package labels read from single cells."""

import re

from domain.documents.clauses import without_mark
from domain.documents.grid import Cell
from domain.documents.table import Money, Quantity
from domain.documents.titles import simplified
from domain.money import find_amounts, tax_wording
from domain.numerals import CHINESE_NUMBER, DIGIT_NUMBER, chinese_integer, number
from domain.text import fold, key

_COUNTED = re.compile(
    rf"(?P<number>-?{DIGIT_NUMBER}|{CHINESE_NUMBER})\s*(?P<unit>m[23]|[^\d\s(（]{{0,6}})\s*(?P<aside>[(（].*[)）])?"
)
_MOST = 10**9
_LABEL = 120
_RATE = re.compile(r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?\s*(?:[%％‰折]|个?百分)")
_AMOUNT_LENGTH = 200
_HEADING_NUMBER = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]+(?:部分|章|节|类)|[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|[(（]\d{1,2}[)）]|\d{1,2}(?:\.\d{1,2})*[、.．\s])\s*[:：]?\s*"
)
_PACKAGE = re.compile(
    r"(?:采购包|标包|分包|包件|标项|标段|包组|包)\s*[号第]?\s*(?P<after>\d{1,2}|[一二三四五六七八九十]{1,2}|[A-H](?![A-Za-z]))"
    r"|第\s*(?P<before>\d{1,2}|[一二三四五六七八九十]{1,2})\s*(?:采购包|标包|标段|包|标项)"
)
_UNIT_CAPTION = re.compile(r"(?:金额)?单位\s*[::]\s*(?:人民币)?\s*(百万元|万元|千元|亿元|元)")
_COUNT_AFTER = re.compile(
    rf"[(（]\s*(?:数量\s*[:：]?\s*)?(?P<count>(?:{DIGIT_NUMBER}|{CHINESE_NUMBER})\s*[台套个项批块只对箱路点米节把张部组辆条根座樘副件面片颗][^()（）\d]{{0,2}})[)）]\s*$"
    rf"|[，,:：\s]\s*(?:数量\s*[:：]?\s*)?(?P<after>{DIGIT_NUMBER}\s*[台套个项批块只对箱路点])\s*$"
)
_STATED_COUNT = re.compile(r"(?:采购|需求|设备|配置)?数量\s*[::为]?\s*(\S.{0,12})")
_TABLE_NUMBER = re.compile(
    rf"^\s*[(（【]?(?:附|续|接)*[表图](?:格|件)?\s*(?:\d{{1,3}}|{CHINESE_NUMBER}|[A-Z])(?:\s*[-－—–.．]\s*\d{{1,3}})*[)）】]?\s*[:：、.．]?\s*"
)
_LEVELS = tuple(
    re.compile(pattern)
    for pattern in (
        r"第[一二三四五六七八九十\d]+(?:部分|章|篇|包)",
        r"[一二三四五六七八九十]{1,3}(?:$|[、.．\s])",
        r"[(（][一二三四五六七八九十]{1,3}[)）]",
        r"\d{1,2}(?:$|[、．]|\.(?!\d))",
        r"\d{1,2}(?:\.\d{1,2})+",
        r"[(（]\d{1,2}[)）]|\d{1,2}[)）]|[①-⑳]",
    )
)
_CHINESE_HEADING = re.compile(r"^\s*[(（]?[一二三四五六七八九十]{1,3}[)）、.．]?\s*$")


def read_quantity(cell: Cell, unit: str) -> Quantity | None:
    """Read a quantity cell; the unit column's word is used when the cell has none of its own."""
    text = cell.text.strip()
    if not text:
        return None
    if not cell.readable:
        return Quantity(text, None, unit, cell.place)
    match = _COUNTED.fullmatch(fold(text)) if len(text) <= _LABEL else None
    value = number(match["number"].lstrip("-")) if match else None
    if match is None or value is None or value > _MOST:
        return Quantity(text, None, unit, cell.place)
    if match["number"].startswith("-"):
        value = -value
    own = match["unit"].strip()
    shown = text if own or not unit else f"{text}{unit}"
    return Quantity(shown, value, own or unit, cell.place)


def read_money(cell: Cell, unit: str, tax: str) -> Money | None:
    """Read a price cell; a number without a unit takes the column's unit and stays unknown when there is none."""
    text = cell.text.strip()
    if not text or text in {"/", "-", "—", "——"}:
        return None
    shown = text if not unit or not re.fullmatch(r"[\d,.\s]+", text) else f"{text}{unit}"
    tax = tax_wording(text) or tax
    amounts = find_amounts(_RATE.sub("", text), unit) if len(text) <= _AMOUNT_LENGTH else []
    # 壹拾伍万元整（¥150,000）says one amount twice; two that differ are left to a person.
    said = {amount.fen for amount in amounts}
    fen = said.pop() if cell.readable and len(said) == 1 else None
    return Money(shown, fen, cell.place, tax)


def caption_unit(text: str) -> str:
    """Give the unit of money of a caption (`单位：万元`), "" when it names none."""
    match = _UNIT_CAPTION.search(simplified(fold(text)))
    return match[1] if match else ""


def package_label(text: str) -> str:
    """Give `包1` for any wording of a procurement package (`第一包`, `采购包1：服务器`, `标段二`), "" otherwise."""
    match = _PACKAGE.search(fold(text)[:40])
    if match is None:
        return ""
    word = match["after"] or match["before"]
    digits = chinese_integer(word)
    return f"包{word if word.isascii() else digits}"


def heading_text(text: str) -> str:
    """Drop a heading's running number: `（二）视频会商子系统` → `视频会商子系统`."""
    return _HEADING_NUMBER.sub("", text.strip(), count=1).strip().rstrip(":：").strip()


def without_table_number(text: str) -> str:
    """Drop a caption's number: `表6-2 应用服务器技术参数` → `应用服务器技术参数`; 附表3, 续表1.2, 图4 likewise."""
    return _TABLE_NUMBER.sub("", text, count=1)


def heading_level(text: str) -> int:
    """Rank a heading by its number: 第一章 0, 一 1, （一） 2, 1 3, 1.1 4, (1) 5; 9 for a heading without one."""
    return next((level for level, pattern in enumerate(_LEVELS) if pattern.match(text.strip())), 9)


def named_count(text: str) -> tuple[str, str]:
    """Take a trailing count off a name: `防火墙（2台）` gives 防火墙 and 2台; the count is "" when there is none."""
    match = _COUNT_AFTER.search(text.strip())
    if match is None:
        return text.strip(), ""
    return text.strip()[: match.start()].strip(), (match["count"] or match["after"]).strip()


def stated_count(text: str) -> str:
    """Give what a text counts that says nothing else (`数量：12台`), "" for any other."""
    match = _STATED_COUNT.fullmatch(fold(text).strip(" 。;"))
    return match[1] if match and _COUNTED.fullmatch(match[1]) else ""


def is_heading_number(text: str) -> bool:
    """Whether a number column holds a heading's number (`一`, `（二）`) rather than a row's."""
    return bool(_CHINESE_HEADING.fullmatch(text))


def item_name(text: str) -> str:
    """Clean an item's name: one line, without marks, running number and 核心产品 note."""
    line = without_mark(one_line(text))
    line = re.sub(r"[(（]\s*(?:核心产品|★|▲)\s*[)）]", "", line)
    return re.sub(r"^\s*\d{1,3}(?:\.\d{1,2})*[、.．]\s*(?=\D)", "", line).strip(" \t★▲")


def one_line(text: str) -> str:
    """Join a name that was wrapped over several lines."""
    return "".join(line.strip() for line in text.split("\n"))


def sum_label(text: str) -> str:
    """What labels a row, without notes in brackets and what follows a colon: `合计（大写）：…` is 合计."""
    return key(re.sub(r"\(.*?\)", "", re.split(r"[::]", simplified(fold(text[:_LABEL])))[0]))
