"""A review in words: as JSON for programs, as a table for terminals."""

import json
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from domain.formats import amount
from domain.parameters import Counts, Finding, Review, Totals

_WIDTHS = (14, 20, 18, 26, 26, 14)
_RULE = "─" * (sum(_WIDTHS) + 10)


def json_bytes(content: dict[str, Any]) -> bytes:
    """Give JSON as it is written to files: UTF-8, one line for each field and each row, one newline at the end.

    Python's encoder is a dozen times faster on a value it need not indent, which counts with twenty thousand rows.
    """
    encode = json.JSONEncoder(ensure_ascii=False).encode
    fields = []
    for name, value in content.items():
        rows = isinstance(value, list) and value
        text = "[\n    " + ",\n    ".join(map(encode, value)) + "\n  ]" if rows else encode(value)
        fields.append(f"  {encode(name)}: {text}")
    return ("{\n" + ",\n".join(fields) + "\n}\n").encode()


def as_json(result: Review) -> dict[str, Any]:
    """Give a review as the JSON that other programs read: overall, rows, totals in fen, warnings."""
    return {
        "overall": result.overall.value,
        "rows": [
            {
                "subsystem": finding.subsystem,
                "item": finding.item,
                "tender_item": finding.tender_item,
                "parameter": finding.parameter,
                "approved": finding.approved,
                "tender": finding.tender,
                "verdict": finding.verdict.value,
                "reason": _signed(finding),
                "approved_ref": finding.approved_ref,
                "tender_ref": finding.tender_ref,
                "finding_kind": finding.kind.value,
                "confidence": finding.confidence,
            }
            for finding in result.findings
        ],
        "totals": {"approved_fen": result.totals.approved_fen, "tender_fen": result.totals.tender_fen},
        "warnings": list(result.warnings),
    }


def _signed(finding: Finding) -> str:
    """The reason with what it rests on: the JSON has no other place for conventions and legal basis."""
    told = (("口径", finding.convention), ("依据", finding.basis))
    rests = "；".join(f"{what}：{text}" for what, text in told if text)
    return f"{finding.reason}（{rests}）" if rests else finding.reason


def as_text(result: Review) -> str:
    """Give a review as a table that a terminal shows in Chinese, columns kept straight for double-width characters."""
    return "\n".join((*table(result.findings), *summary(result.findings, result.counts, result.totals, result.warnings),
                      f"总体：{result.overall}"))  # fmt: skip


def table(findings: Iterable[Finding]) -> list[str]:
    """Give findings as lines of a table, the reason and the places under each deviation."""
    lines = ["技术参数一致性审查", _line(("子系统", "设备", "参数", "批复", "招标", "结论")), _RULE]
    for finding in findings:
        cells = (
            finding.subsystem, finding.item, finding.parameter, finding.approved, finding.tender, finding.verdict.value,
        )  # fmt: skip
        lines.append(_line(cells))
        if finding.is_deviation:
            lines.append(f"    └ {finding.reason}{_places(finding)}")
    return [*lines, _RULE]


def summary(
    findings: Sequence[Finding], counts: Counts, totals: Totals | None = None, warnings: Iterable[str] = ()
) -> list[str]:
    """Give the counts, the money where there is any, and what the readers found odd."""
    told = (
        ("一致", counts.same), ("提高", counts.raised), ("降低", counts.lowered), ("缺失", counts.missing),
        ("新增", counts.added), ("数量变更", counts.quantity), ("金额超出", counts.amount_exceeded),
        ("指定品牌", counts.brand), ("需人工", counts.manual),
    )  # fmt: skip
    lines = [f"共 {len(findings)} 行：" + "，".join(f"{word} {number}" for word, number in told)]
    if totals is not None:
        lines.append(f"金额：批复 {amount(totals.approved_fen)}，招标 {amount(totals.tender_fen)}")
    return lines + [f"提示：{warning}" for warning in warnings]


def _places(finding: Finding) -> str:
    known = [
        f"{side} {place}" for side, place in (("批复", finding.approved_ref), ("招标", finding.tender_ref)) if place
    ]
    return f"（{'，'.join(known)}）" if known else ""


def _line(cells: tuple[str, ...]) -> str:
    return "  ".join(_fit(cell, width) for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _fit(text: str, width: int) -> str:
    """Cut or pad a text to a number of terminal columns."""
    shown, used = "", 0
    for char in " ".join(text.split()):
        step = 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if used + step > width - 1:
            return f"{shown}…{' ' * (width - used - 1)}"
        shown, used = shown + char, used + step
    return shown + " " * (width - used)
