"""What a text states as one amount in fen: figures and 大写, packages summed, tax and its rate, price per unit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from domain.money import Amount, find_amounts, tax_wording
from domain.text import fold

_PACKAGE = re.compile(r"包\s*[\dA-H一二三四五六七八九十]+|标段|标项|分包")
_PART_OF = re.compile(r"(?:^|[^不])含(?!税)|其中|包括|包含|预留|扣除")
_TAX_NOTE = re.compile(r"\((?:不含税|含税|未税|税前|价税合计)[^)]*\)|不含税|含税|(?:增值税)?税率\s*\d+(?:\.\d+)?%")
_RATE = re.compile(r"(?:税率?|税\(|增值税|含税)\D{0,4}(\d+(?:\.\d+)?)\s*%")
_SEPARATOR = re.compile(r"[;。]|,(?!\d{3}(?!\d))|、")
_TOTAL = re.compile(r"合计|共计|总计|总价|合价|总额")
_UNIT = "人月|人天|人|年|月|季度|季|天|日|台|套|个|项|点位|点|路|块|只|条|期|场|次|米|平方米|m2|户|端口|节点|核|GB|TB"
_PER = re.compile(rf"^\s*(?:/|每)\s*({_UNIT})\s*$")
_EACH = re.compile(
    rf"(?:每(?:个|一)?|单(?=[台套个项路块只条点]))({_UNIT})(?:单价|价格?|费用|服务费|预算|限价)?(?:为|不超过|按)?[:]?\s*$"
)
_SAME_UNIT = {"季": "季度", "点位": "点", "日": "天"}
_YEARLY = {"年": 1, "季度": 4, "月": 12}
_FIRST_OF = re.compile(r"首[年期次批付]|第[\d一二三四五六]+[年期次批]|尾款|预付|定金|余款|当年|年度内")
_MISSET = re.compile(r"\d{4,},\d{3}|\d,\d{1,2}(?!\d)|\d,\d{4,}")
_RANGE = re.compile(r"\d\s*(?:万|亿)?元?\s*[-~至到]\s*$")
_CAPPED = re.compile(r"以内|以下|之内|封顶|为限|包干|含本数|^含$")
_VAGUE = re.compile(r"约|不[少低]于|至少|最少|[≥>]|[大高多]于|起步")
_WRITTEN = "壹贰叁肆伍陆柒捌玖拾佰仟"


@dataclass(frozen=True, slots=True)
class Sum:
    """An amount in fen as a text states it; `tax` is "含税", "不含税" or "" and `rate` its rate in percent, if said.

    `packages` when packages were summed, `per` the unit of a price per unit, `doubt` what a person must put right
    though the amount is clear (大小写不一致).
    """

    fen: int
    tax: str
    packages: bool = False
    rate: Decimal | None = None
    per: str = ""
    doubt: str = ""


def read_sum(text: str) -> Sum | None:
    """Read a text that states one amount, or one for each package; None when it states anything else.

    A price that merely contains an amount (`设备包价含20万元预备费`) is no statement of that amount.
    """
    folded = fold(text)
    if _MISSET.search(folded):
        return None
    parts = [part for part in _SEPARATOR.split(_noted_apart(folded)) if part.strip()]
    totals = [part for part in parts if _TOTAL.search(part) and not _PACKAGE.search(part)]
    if len(parts) > 1 and len(totals) == 1:
        # 0.55万元/台,100台,合计55万元: the total is what is stated.
        parts = totals
    parts = [part for part in parts if find_amounts(part) or not _TAX_NOTE.fullmatch(part.strip())]
    sums = [_one(part) for part in parts]
    whole = [one for one in sums if one is not None and not one.per]
    if len(whole) == 1 and any(one is not None and one.per for one in sums) and not _PACKAGE.search(folded):
        # 100台,5000元/台,50万元: the unit price is told beside the total.
        sums = [whole[0]]
    if not sums or any(one is None for one in sums):
        return None
    known = [one for one in sums if one is not None]
    if len(known) > 1 and (not all(_PACKAGE.search(part) for part in parts) or any(one.per for one in known)):
        return None
    rates = {Decimal(rate) for rate in _RATE.findall(folded)}
    total = known[0] if len(known) == 1 else added(known)
    return replace(total, tax=tax_wording(folded), rate=rates.pop() if len(rates) == 1 else None)


def added(sums: Sequence[Sum]) -> Sum:
    """Packages as one amount; unlike tax wordings are as if nothing were said of it, save that 不含税 stands out."""
    taxes = {one.tax for one in sums}
    rates = {one.rate for one in sums}
    return Sum(
        sum(one.fen for one in sums),
        taxes.pop() if len(taxes) == 1 else "不含税" if "不含税" in taxes else "",
        packages=True,
        rate=rates.pop() if len(rates) == 1 else None,
        doubt="；".join(dict.fromkeys(one.doubt for one in sums if one.doubt)),
    )


def by_the_year(one: Sum, other: Sum) -> tuple[Sum, Sum]:
    """Prices per month and per quarter beside one per year as prices per year; any others as they are."""
    if one.per == other.per or one.per not in _YEARLY or other.per not in _YEARLY:
        return one, other
    left, right = (replace(price, fen=price.fen * _YEARLY[price.per], per="年") for price in (one, other))
    return left, right


def with_tax(amount: Sum, tax: str) -> int | None:
    """The amount in fen with tax; None when it is without tax at no stated rate, or nobody knows."""
    if tax == "含税":
        return amount.fen
    if tax != "不含税":
        return None
    if amount.rate is None:
        return None
    return int((amount.fen * (1 + amount.rate / 100)).to_integral_value(ROUND_HALF_UP))


def _noted_apart(folded: str) -> str:
    """Commas inside brackets (含税,税率13%) separate no parts."""
    return re.sub(r"\([^()]*\)", lambda match: re.sub(r",(?!\d{3}(?!\d))|、|;", " ", match[0]), folded)


def _one(part: str) -> Sum | None:
    bare = _TAX_NOTE.sub("", part)
    stated = [one for one in find_amounts(bare) if one.fen is not None]
    lead = bare[: stated[0].start] if stated else ""
    if not stated or any(part.search(lead) for part in (_PART_OF, _VAGUE, _RANGE, _FIRST_OF)):
        return None
    if len(stated) == 1:
        rest = re.sub(r"[()\s]|整|正|大写|小写|人民币|:", "", bare[stated[0].end :])
        rest = _CAPPED.sub("", rest)
        per = _PER.match(rest) or (None if rest else _EACH.search(lead))
        return (
            None
            if rest and per is None
            else Sum(stated[0].fen or 0, "", per=_SAME_UNIT.get(per[1], per[1]) if per else "")
        )
    return _twice_written(bare, stated)


def _twice_written(text: str, stated: list[Amount]) -> Sum | None:
    """Figures and words of one amount: the words govern where they differ, and the difference must be put right."""
    words = [one for one in stated if any(char in _WRITTEN for char in text[one.start : one.end])]
    figures = [one for one in stated if one not in words]
    between = re.sub(r"[()\s:,]|大写|小写|人民币|金额|整|正|即", "", text[stated[0].end : stated[1].start])
    if len(stated) != 2 or len(words) != 1 or between:
        return None
    if words[0].fen == figures[0].fen:
        return Sum(words[0].fen or 0, "")
    return Sum(words[0].fen or 0, "", doubt="金额大小写不一致，以大写为准，应退回更正")
