"""Quantities: one number, a sum over packages, or a set whose content is written out (Article 18, scale)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.numerals import CHINESE_NUMBER, DIGIT_NUMBER, has_endless_number, number
from domain.parameters.conversions import is_counted_singly
from domain.parameters.outcomes import Judgement
from domain.parameters.phrases import phrase
from domain.parameters.rules import Rules
from domain.parameters.sets import factors, opened, paired
from domain.parameters.units import MeasureClass, Unit, unit_of
from domain.parameters.verdicts import Verdict
from domain.text import fold

_PART = re.compile(
    rf"(?P<label>[^\d:,;、()]*?(?:包|标段|标项|分包)\s*[\dA-H一二三四五六七八九十]+\s*[:：]?)?\s*"
    rf"(?P<number>-?{DIGIT_NUMBER}|{CHINESE_NUMBER})\s*(?P<unit>m[23]|[^\d\s(),;、+]{{0,6}})"
)
_LABEL = re.compile(r"[^\d:,;、()]*?(?:包|标段|标项|分包)\s*[\dA-H一二三四五六七八九十]+\s*[:：]?\s*")
_SEPARATOR = re.compile(r"[,;、+。]|(?=包\s*[\dA-H一二三四五六七八九十]+\s*[::])")
_COUNTED = {"count:个", "count:台"}
_CUSTOM = "定制软件和服务的计量单位“套”“项”互通，仍须以功能清单核对范围"


@dataclass(frozen=True, slots=True)
class Amounted:
    """A quantity in one unit: `unit` None when the spelling is unknown; `whole` is the text it was read from."""

    number: Decimal
    spelling: str
    unit: Unit | None
    whole: str
    summed: bool = False


def read_amounted(text: str, rules: Rules) -> Amounted | None:
    """Read a quantity; parts labelled as packages are summed. None when the text is not one quantity."""
    if has_endless_number(text):
        return None
    folded = _opened(fold(text))
    parts = [piece for piece in _SEPARATOR.split(folded) if piece.strip()]
    read = [_part(piece.strip(), rules) for piece in parts]
    found = [one for one in read if one is not None]
    if not found or len(found) != len(parts):
        return None
    if len({one.spelling for one in found}) > 1:
        return None
    total = sum((one.number for one in found), Decimal(0))
    return Amounted(total, found[0].spelling, found[0].unit, text, summed=len(found) > 1)


def read_zero(text: str, rules: Rules) -> bool:
    """Whether a quantity is nothing at all."""
    amount = read_amounted(text, rules)
    return amount is not None and amount.number == 0


def judge_quantity(item: str, approved: str, tender: Sequence[str], rules: Rules) -> Judgement:
    """Judge the approved quantity against the tender's, which may come from several packages."""
    if len(tender) == 1 and fold(approved) == fold(tender[0]) and not read_zero(approved, rules):
        return Judgement(Verdict.SAME, "数量相同")
    left = read_amounted(approved, rules)
    rights = [read_amounted(text, rules) for text in tender]
    shown = "、".join(tender)
    if left is None or any(right is None for right in rights) or not rights:
        return Judgement(Verdict.MANUAL, f"数量“{approved}”或“{shown}”不是单一数量，需人工核对")
    known = [right for right in rights if right is not None]
    if len({right.spelling for right in known}) > 1:
        return Judgement(Verdict.MANUAL, f"招标各包计量单位不一致（{shown}），需人工核对")
    total = sum((right.number for right in known), Decimal(0))
    summed = len(known) > 1 or known[0].summed
    return _compare(item, left, Amounted(total, known[0].spelling, known[0].unit, shown, summed), rules)


def _compare(item: str, left: Amounted, right: Amounted, rules: Rules) -> Judgement:
    how = "跨采购包汇总后比对" if right.summed else ""
    if right.number == 0 and left.number != 0:
        return Judgement(Verdict.QUANTITY, f"招标数量为 0，等同取消批复的“{left.whole}”，应更正或报批", how)
    convention = _units_agree(item, left, right, rules)
    if convention is None:
        return Judgement(Verdict.MANUAL, f"计量单位“{left.spelling}”与“{right.spelling}”不同，需人工确认构成", how)
    conventions = "；".join(text for text in (how, convention) if text)
    before, after = _base(left), _base(right)
    if before == after and (told := _divided_otherwise(left.whole, right.whole)):
        return Judgement(Verdict.MANUAL, told, conventions)
    if before == after:
        total = f"{_plain(right.number)}{right.spelling}"
        reason = f"各包合计 {total}，与批复数量相同" if right.summed else "数量相同"
        if not right.summed and any(_is_opened(one.whole) for one in (left, right)):
            reason = f"按所写构成折算为 {total}，与批复数量相同"
        return Judgement(Verdict.SAME, reason, conventions)
    change = "增加" if after > before else "减少"
    share = f"（{abs(after - before) / before:.0%}）" if before else ""
    given = f"{'合计 ' if right.summed else ''}{_plain(right.number)}{right.spelling}"
    reason = f"批复 {left.whole}，招标 {given}，{change}{share}，属建设规模变化，须说明"
    return Judgement(Verdict.QUANTITY, reason, conventions)


def _divided_otherwise(approved: str, tender: str) -> str:
    """What to say of two equal totals that are told by unlike factors (2组×32节, 4组×16节), "" of any other."""
    if not (_is_opened(approved) and _is_opened(tender)):
        return ""
    told_by = [factors(paired(fold(text))) for text in (approved, tender)]
    told = f"合计相同，但分件规格不同（批复“{approved}”，招标“{tender}”），须人工确认"
    return "" if told_by[0] == told_by[1] else told


def _units_agree(item: str, left: Amounted, right: Amounted, rules: Rules) -> str | None:
    """Give the convention under which two units agree ("" when none is needed), None when they do not."""
    spellings = {left.spelling, right.spelling}
    if len(spellings) == 1:
        return ""
    if "" in spellings:
        return "一侧未写计量单位，按相同单位比较"
    if left.unit is None or right.unit is None:
        return None
    dimensions = {left.unit.dimension, right.unit.dimension}
    if spellings == {"套", "项"}:
        return _CUSTOM if rules.conventions.custom_units and phrase("custom_software").search(item) else None
    if (spellings == {"路", "台"} and phrase("cameras").search(item)) or ("对" in spellings and dimensions <= _COUNTED):
        return "1对=2个" if "对" in spellings else "摄像机按 1路=1台 计"
    singly = "count:个" in dimensions and all(map(is_counted_singly, dimensions))
    converts = singly or (len(dimensions) == 1 and dimensions != {"count:套"})
    return (left.unit.convention or right.unit.convention or "计量单位换算后比较") if converts else None


def _part(piece: str, rules: Rules) -> Amounted | None:
    # What a set holds is what counts; a note that is no content leaves it to a person.
    match = _PART.fullmatch(_opened(piece))
    if match is None:
        return None
    value = number(match["number"].lstrip("-"))
    if value is None:
        return None
    spelling = match["unit"].strip()
    return Amounted(
        -value if match["number"].startswith("-") else value,
        spelling,
        unit_of(spelling, MeasureClass.OTHER, rules) if spelling else None,
        piece,
    )


def _is_opened(text: str) -> bool:
    spread = paired(fold(text))
    return opened(spread) != spread


def _opened(piece: str) -> str:
    """A piece with its sets opened; a package's label stays before it."""
    label = _LABEL.match(piece)
    lead = label[0] if label else ""
    return f"{lead}{opened(paired(piece[len(lead) :]))}"


def _base(quantity: Amounted) -> Decimal:
    return quantity.number * (quantity.unit.factor if quantity.unit else 1)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
