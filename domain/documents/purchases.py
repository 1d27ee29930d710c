"""Sentences that buy: 采购应用服务器12台，每台配置内存不低于256GB. A sentence that buys one thing is a row."""

import re
from dataclasses import dataclass
from functools import cache

from domain.documents.titles import piece_units, whole_units

_NUMBER = r"(?:\d{1,6}|[一二两三四五六七八九十百]{1,5})"
_ELSEWHERE = re.compile(r"(?:具体|详细)?(?:技术|配置)?(?:参数|要求)?[详另]?见|由|用于|按")
_ENDS = "，,。；;：:"


@dataclass(frozen=True, slots=True)
class Purchase:
    """What is bought: its name ("" where the sentence has none), how many, and what is asked of it."""

    name: str
    count: str
    demands: str

    @property
    def is_described(self) -> bool:
        """Whether the sentence says itself what is asked for, and not only where that is written."""
        return bool(self.demands) and not _ELSEWHERE.match(self.demands)


def purchase_of(text: str) -> Purchase | None:
    """Read a sentence that buys one thing; None where it buys nothing, several things, or has no count."""
    found = _sentence().fullmatch(text.strip())
    if found is None or _another().search(found["rest"]):
        return None
    demands = _each().sub("", found["rest"].lstrip(_ENDS), count=1)
    return Purchase(found["name"].strip(), re.sub(r"\s", "", found["count"]), demands.strip())


def buys(text: str) -> bool:
    """Whether a text speaks of buying counted things, however many."""
    return bool(_loose().search(text))


@cache
def _units() -> str:
    return "|".join(sorted({*piece_units(), *whole_units()}, key=len, reverse=True))


@cache
def _sentence() -> re.Pattern[str]:
    lead = r"(?:本次|本项目|本包|本期|计划|需要?|拟|另|共|将)*(?:采购|购置|购买|新购|配置|配备)"
    name = r"(?P<name>[^\d，,。；;：:、及和与]{0,30}?)(?:共计?|数量)?"
    return re.compile(
        rf"{lead}{name}\s*(?P<count>{_NUMBER}\s*(?:{_units()}))(?P<rest>(?:[{_ENDS}].*|每.*)?)", re.DOTALL
    )


@cache
def _another() -> re.Pattern[str]:
    """A second thing with its count behind the first: 采购服务器12台，防火墙2台."""
    return re.compile(
        rf"(?:^|[，,。；;])[^\d，,。；;：:]{{2,30}}?{_NUMBER}\s*(?:{_units()})\s*(?:[，,。；;、]|$)|采购|购置"
    )


@cache
def _each() -> re.Pattern[str]:
    return re.compile(rf"^(?:每(?:{_units()})?)?(?:均?[须应需]|(?:技术|配置)?要求为?)?(?:配置|配备)?[：:]?")


@cache
def _loose() -> re.Pattern[str]:
    return re.compile(rf"(?:采购|购置|购买|新购)[^\d，,。；;：:]{{1,30}}?{_NUMBER}\s*(?:{_units()})")
