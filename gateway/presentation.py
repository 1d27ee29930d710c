"""How values become text on a page: dates and amounts as bureaus write them, codes of the records in words, urgency."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from domain import formats
from domain.parameters.verdicts import Verdict
from domain.reports import meaning_of
from domain.workdays import Calendar
from records.models import FindingOverride, ParameterFinding

SOON = 3
VERDICT_TONES = {
    "一致": "good",
    "提高": "warn",
    "降低": "bad",
    "缺失": "bad",
    "新增": "info",
    "不可比/需人工": "doubt",
    "指定品牌": "bad",
    "数量变更": "warn",
    "金额超出": "bad",
}
VERDICT_MEANINGS = {verdict.value: meaning_of(verdict) for verdict in Verdict}
STATE_TONES = {"已同意": "good", "不同意": "bad", "已转概算调整": "warn", "已取消": "", "待更正材料": "warn"}
DISPOSITIONS = {"accepted": "认可", "revise": "须修改", "refused": "不予认可", "adjust": "转概算调整"}
HINT_ANSWERS = {"upheld": "采纳", "dismissed": "不采纳"}
DOCUMENT_KINDS = {
    "approved_table": "批复方案",
    "tender": "招标文件",
    "change_notice": "变更文件",
    "opinion": "审查意见书",
    "published_tender": "公告文件",
}


@dataclass(frozen=True)
class Urgency:
    """A due day seen from today: the words, the tone `overdue`, `soon`, `later` or `none`, and what is uncertain."""

    level: str
    text: str
    doubt: str = ""


def local_day(moment: datetime) -> date:
    """Return the day of a moment in China."""
    return moment.astimezone(formats.CHINA).date()


def urgency(due: date | None, today: date, calendar: Calendar) -> Urgency:
    """Return how urgent a due day is, in working days; beyond the published holidays that is an estimate (约)."""
    if due is None:
        return Urgency("none", "未定期限")
    if due == today:
        return Urgency("soon", "今天到期")
    first, last = min(due, today), max(due, today)
    between = (first + timedelta(days=offset) for offset in range(1, (last - first).days + 1))
    left = sum(calendar.presumes_working_day(day) for day in between)
    if due < today:
        return Urgency("overdue", f"逾期{left}个工作日" if left else "已逾期")
    unknown = min({today.year, due.year} - calendar.years, default=None)
    about, doubt = ("约", f"{unknown}年节假日安排尚未公布，期限为暂定") if unknown else ("", "")
    return Urgency("soon" if left <= SOON else "later", f"还有{about}{left}个工作日", doubt)


def day(value: date | None) -> str:
    """Return 2026年11月23日, or a dash for none."""
    return "—" if value is None else formats.day(value)


def moment(value: datetime | None) -> str:
    """Return 2026年11月23日 15:04 in China's time, or a dash for none."""
    return "—" if value is None else formats.moment(value)


def clock(value: datetime) -> str:
    """Return 15:04 in China's time, for what stands under its day."""
    return value.astimezone(formats.CHINA).strftime("%H:%M")


def yuan(fen: int | None) -> str:
    """Return an amount in 元, or a dash while it is not known."""
    return "—" if fen is None else formats.yuan(fen)


def wan_yuan(fen: int | None) -> str:
    """Return an amount in 万元, or a dash while it is not known."""
    return "—" if fen is None else formats.wan_yuan(fen)


def size(count: int) -> str:
    """Return a file's size."""
    return f"{count / 1024 / 1024:.1f} MB" if count >= 1024 * 1024 else f"{max(1, round(count / 1024))} KB"


def verdict_tone(verdict: str) -> str:
    """Return the colour of a verdict's chip."""
    return VERDICT_TONES.get(verdict, "")


def state_tone(state: str) -> str:
    """Return the colour of a review's state; what is under way is `live`."""
    return STATE_TONES.get(state, "live")


def override(stated: FindingOverride, finding: ParameterFinding, name: Callable[[str], str]) -> str:
    """Return who put which verdict in the machine's place or took it back, why, and whether it counts yet.

    Args:
        stated: the statement that stands about the finding.
        finding: the finding.
        name: gives the name of a person.
    """
    is_taken_back = stated.verdict_after == finding.verdict
    counts = is_taken_back or finding.overruled == stated.verdict_after
    told = f"{stated.stage.value}{'改回' if is_taken_back else '改判为'}“{stated.verdict_after}”"
    return f"{told}{'' if counts else '，复核同意后生效'}：{stated.reason}（{name(stated.person)}）"


SYNONYM_SECTIONS = {"items": "设备名称", "names": "参数名称"}


FILTERS: Mapping[str, Callable[..., Any]] = {
    "day": day,
    "moment": moment,
    "clock": clock,
    "yuan": yuan,
    "wan": wan_yuan,
    "number": formats.official_brackets,
    "size": size,
    "verdict_tone": verdict_tone,
    "state_tone": state_tone,
    "override": override,
    "hint_answer": lambda code: HINT_ANSWERS.get(code, code),
    "disposition": lambda code: DISPOSITIONS.get(code, code),
    "synonym_section": lambda code: SYNONYM_SECTIONS.get(code, code),
    "document_kind": lambda code: DOCUMENT_KINDS.get(code, code),
}
