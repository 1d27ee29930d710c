"""What the start form says about a change during procurement, looked at before anything is kept (Article 18)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from records.models import ReviewKind
from workers.words import writable

WHOLE = "完整修订稿"
CHANGED_ONLY = "仅列变更条目"
SCOPES = (WHOLE, CHANGED_ONLY)
REASONS = ("政策调整", "质疑成立", "产品停产", "技术更新", "其他原因")
LONGEST_NUMBER = 60

CHANGE_FIELDS = (
    "review_kind",
    "change_scope",
    "change_reason",
    "change_notice_number",
    "change_notice_date",
    "earlier_opinion",
)
"""The fields of `start_request_submitted.form` that only a change has, and the one that says whether it is one."""


@dataclass(frozen=True)
class ChangeRequest:
    """A change as its unit states it; `opinion` is the number of the opinion it goes on from, "" where there is one."""

    kind: ReviewKind
    scope: str
    reason: str
    notice_number: str
    notice_date: date
    opinion: str


def read_kind(given: Mapping[str, Any]) -> ReviewKind | None:
    """Return what is to be reviewed; a request that does not say so is one before procurement, None is unknown."""
    said = given["review_kind"]
    if said is None or said == "":
        return ReviewKind.TENDER
    return next((kind for kind in ReviewKind if kind == said), None)


def read_change(kind: ReviewKind, given: Mapping[str, Any]) -> tuple[ChangeRequest | None, list[str]]:
    """Return the change, or None and every reason why it is none, in Chinese and by the form's labels."""
    problems = []
    # What replaces a model always names only what is replaced.
    scope = CHANGED_ONLY if kind is ReviewKind.REPLACEMENT else given["change_scope"]
    if scope not in SCOPES:
        problems.append(f"请选择变更文件的内容（{'或'.join(SCOPES)}）。")
    if given["change_reason"] not in REASONS:
        problems.append(f"请选择变更原因（{'、'.join(REASONS)}）。")
    number = writable(given["change_notice_number"]).strip()
    if not number or len(number) > LONGEST_NUMBER:
        problems.append(f"请填写公告或函件文号，不超过 {LONGEST_NUMBER} 个字。")
    day = _day(given["change_notice_date"])
    if day is None:
        problems.append("请填写公告或函件日期，写成 2026-03-02 的形式。")
    if problems or day is None:
        return None, problems
    opinion = writable(given["earlier_opinion"]).strip()
    return ChangeRequest(kind, scope, given["change_reason"], number, day, opinion), []


def serial_of(opinion: str) -> int | None:
    """Return the serial in the number of an opinion (`沈数技审〔2026〕12号`, `12`), None when it has none."""
    found = re.search(r"(\d+)\s*(?:-\d+)?\s*号?\s*$", opinion)
    return int(found[1]) if found else None


def _day(value: Any) -> date | None:
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
