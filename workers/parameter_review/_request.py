"""What the start form says, looked at before anything is kept: other clients than the form may send anything."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from workers.words import writable

LONGEST_QUOTED = 40


@dataclass(frozen=True)
class ReviewRequest:
    """A request that can be registered; every field as the form describes it."""

    project_code: str
    project_name: str
    unit_code: str
    unit_name: str
    approval_number: str
    approval_date: date
    package_name: str


@dataclass(frozen=True)
class Problem:
    """What must be corrected: a code for the audit trail, and the Chinese sentence for the unit."""

    code: str
    message: str


class _Field(NamedTuple):
    label: str
    longest: int
    shape: str = ""
    hint: str = ""


FIELDS: Mapping[str, _Field] = {
    "project_name": _Field("项目名称", 120),
    "project_code": _Field("项目代码", 60, "[0-9A-Za-z-]+", "只能由数字、字母和“-”组成，请照审批文件填写"),
    "unit_name": _Field("项目单位", 80),
    "unit_code": _Field("单位代码", 30, "[a-z0-9_]+", "只能由小写字母、数字和下划线组成"),
    "approval_number": _Field("批复文号", 60),
    "approval_date": _Field("批复日期", 10, r"\d{4}-\d\d-\d\d", "应写成 2026-03-02 的形式"),
    "package_name": _Field("采购包", 120),
}
"""The fields of `start_request_submitted.form` and `correct_documents.form`, with the same limits."""


def wrong_fields(given: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """Return what is wrong with fields, in Chinese and by the form's labels."""
    return [problem for name in names if (problem := _problem(name, given.get(name)))]


def read_request(given: Mapping[str, Any]) -> tuple[ReviewRequest | None, list[str]]:
    """Return the request, or None and every reason why it is none, in Chinese and by the form's labels."""
    problems = wrong_fields(given, FIELDS)
    if problems:
        return None, problems
    texts = {name: writable(given[name]).strip() for name in FIELDS}
    try:
        approved_on = date.fromisoformat(texts.pop("approval_date"))
    except ValueError:
        return None, [f"批复日期“{given['approval_date']}”不是日历上的日期，请更正。"]
    return ReviewRequest(approval_date=approved_on, **texts), []


def valid_unit_code(value: Any) -> str | None:
    """Return a unit code when it can be one."""
    return str(value) if _problem("unit_code", value) is None else None


def _problem(name: str, value: Any) -> str | None:
    field = FIELDS[name]
    if value is None or value == "":
        return f"没有填写{field.label}。"
    if not isinstance(value, str):
        return f"{field.label}填写的内容无法识别，请重新填写。"
    # Codes also stand in expressions of the diagram as they were sent, so nothing is trimmed from them here.
    text = value if field.shape else writable(value).strip()
    if not text:
        return f"没有填写{field.label}。"
    if field.shape and not re.fullmatch(field.shape, text):
        return f"{field.label}“{text[:LONGEST_QUOTED]}”{field.hint}。"
    if len(text) > field.longest:
        return f"{field.label}不能超过 {field.longest} 个字，现在有 {len(text)} 个字。"
    return None
