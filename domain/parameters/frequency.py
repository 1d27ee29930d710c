"""How often something is done, brought to one form: `每日备份`, `每天备份1次` and `每天1次备份` are `1次/天`."""

import re
from decimal import Decimal
from functools import cache

from domain.parameters.data import load
from domain.parameters.patterns import any_of

_EVERY = r"每(?:个)?(?P<k>\d{1,4})?(?:个)?"
_MONTHS = 12
_HOW = "(?:至少|不少于|不得少于|不低于|≥)"


def in_rates(text: str) -> str:
    """Rewrite every frequency of a folded text in digits as so many times per period (`每3个月巡检1次`, `半年1次`)."""
    if not any(char in text for char in "每次按逐度备"):
        return text
    for pattern, spelled in _spelled():
        text = pattern.sub(spelled, text)
    text = _counted().sub(_rate, text)
    text = _at_first().sub(_rate, text)
    text = _uncounted().sub(_once, text)
    return _once(match) if (match := _alone().fullmatch(text)) else text


def _rate(match: re.Match[str]) -> str:
    said = match.groupdict(default="")
    how = said.get("how", "") or said.get("first", "")
    return f"{_idle().sub('', said.get('verb', ''))}{how}{_per(said['n'], said['k'], said['u'])}"


def _once(match: re.Match[str]) -> str:
    return _per("1", match["k"], match["u"])


def _per(count: str, periods: str | None, unit: str) -> str:
    """So many times in so many periods as times in one, by the year where months are told (每6个月1次 is 2次/年)."""
    times, of = Decimal(count), int(periods or "1")
    if unit == "月" and of > 1 and _MONTHS % of == 0:
        times, of, unit = times * (_MONTHS // of), 1, "年"
    return f"{(times / max(of, 1)).normalize():f}次/{unit}"


@cache
def _counted() -> re.Pattern[str]:
    """每季度至少2次, 每3个月巡检1次, 每周至少更新1次."""
    return re.compile(
        rf"{_EVERY}(?P<u>{_periods()})(?:度)?(?!内)(?P<first>{_HOW})?(?P<verb>[^\d,;。、≥≤每次各>]{{0,12}}?)"
        rf"(?P<how>{_HOW})?(?P<n>\d{{1,6}})次(?!数)"
    )


@cache
def _at_first() -> re.Pattern[str]:
    """A clause that begins with its period (1年2次, 6个月1次); elsewhere the period may be a term (服务3年2次巡检)."""
    return re.compile(
        rf"(?:(?<=^)|(?<=[,;。(]))(?P<k>(?:1|\d{{1,2}}(?=[^\d次]{{1,4}}1次)))个?(?P<u>{_periods()})(?P<n>\d{{1,4}})次(?!数)"
    )


@cache
def _uncounted() -> re.Pattern[str]:
    """每日增量备份, 每月提供安全通报: a period before an act, with no count behind it."""
    words = load("frequency")["frequency"]
    between = any_of([*words["between"], *words["modal"]])
    return re.compile(rf"{_EVERY}(?P<u>{_periods()})(?:度)?(?=(?:{between})*{any_of(words['acts'])})(?![^,;。、]*\d次)")


@cache
def _idle() -> re.Pattern[str]:
    return re.compile(any_of(load("frequency")["frequency"]["between"]))


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(rf"{_EVERY}(?P<u>{_periods()})(?:度)?")


@cache
def _spelled() -> tuple[tuple[re.Pattern[str], str], ...]:
    words = load("frequency")["frequency"]
    acts = rf"(?=(?:{any_of([*words['between'], *words['modal']])})*(?:{any_of(words['acts'])}|\d+次))"
    before = r"(?<![\d本上下全前后当半首])"
    return tuple((re.compile(f"{before}(?:{pattern}){acts}"), spelled) for pattern, spelled in words["spelled"])


@cache
def _periods() -> str:
    return any_of(load("frequency")["frequency"]["periods"])
