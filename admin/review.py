"""`zhengjian review`: the parameter consistency review of Article 18 on two files, without the engine."""

import argparse
import json
import sys
import unicodedata
from pathlib import Path
from typing import Any

from domain.documents import DocumentRefused, ParameterTable, read_document
from domain.formats import amount
from domain.parameters import Review, review

_WIDTHS = (14, 20, 18, 26, 26, 14)


def add_parser(subparsers: Any) -> None:
    """Add the sub-command to the `zhengjian` command."""
    parser = subparsers.add_parser("review", help="技术参数一致性审查：批复清单与招标文件逐项比对")
    parser.add_argument("approved", type=Path, help="批复的设备清单及技术参数（.xlsx .xlsm .docx）")
    parser.add_argument("tender", type=Path, help="招标文件或采购需求（.xlsx .xlsm .docx）")
    parser.add_argument("--json", type=Path, metavar="文件", help="把结果写成 JSON，不再打印表格")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Review two files: 0 no deviation, 1 deviations, 2 a file was refused (the reason on standard error)."""
    tables = []
    for label, path in (("批复文件", args.approved), ("招标文件", args.tender)):
        try:
            tables.append(_read(path))
        except DocumentRefused as refused:
            print(f"{label}未被接受：{refused.message}", file=sys.stderr)
            return 2
        except OSError as error:
            print(f"{label}无法打开：{path}（{error.strerror}）。请检查路径和读取权限后重试。", file=sys.stderr)
            return 2
    result = review(*tables)
    if args.json is None:
        print(as_text(result))
        return _status(result)
    try:
        args.json.write_text(json.dumps(as_json(result), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    except OSError as error:
        print(f"结果无法写入：{args.json}（{error.strerror}）。审查已完成但未保存，请换一个位置重试。", file=sys.stderr)
        return 2
    return _status(result)


def _read(path: Path) -> ParameterTable:
    return read_document(path.read_bytes(), path.name)


def _status(result: Review) -> int:
    return 1 if result.counts.deviations else 0


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
                "reason": finding.reason,
                "approved_ref": finding.approved_ref,
                "tender_ref": finding.tender_ref,
            }
            for finding in result.findings
        ],
        "totals": {"approved_fen": result.totals.approved_fen, "tender_fen": result.totals.tender_fen},
        "warnings": list(result.warnings),
    }


def as_text(result: Review) -> str:
    """Give a review as a table that a terminal shows in Chinese, columns kept straight for double-width characters."""
    lines = ["技术参数一致性审查", _line(("子系统", "设备", "参数", "批复", "招标", "结论")), "─" * (sum(_WIDTHS) + 10)]
    for finding in result.findings:
        cells = (
            finding.subsystem, finding.item, finding.parameter, finding.approved, finding.tender, finding.verdict.value,
        )  # fmt: skip
        lines.append(_line(cells))
        if finding.is_deviation:
            places = "，".join(
                f"{side} {place}"
                for side, place in (("批复", finding.approved_ref), ("招标", finding.tender_ref))
                if place
            )
            lines.append(f"    └ {finding.reason}（{places}）")
    lines.append("─" * (sum(_WIDTHS) + 10))
    lines.append(_summary(result))
    lines.append(f"金额：批复 {amount(result.totals.approved_fen)}，招标 {amount(result.totals.tender_fen)}")
    lines.extend(f"提示：{warning}" for warning in result.warnings)
    lines.append(f"总体：{result.overall}")
    return "\n".join(lines)


def _summary(result: Review) -> str:
    counts = result.counts
    told = (
        ("一致", counts.same), ("提高", counts.raised), ("降低", counts.lowered), ("缺失", counts.missing),
        ("新增", counts.added), ("数量变更", counts.quantity), ("金额超出", counts.amount_exceeded),
        ("指定品牌", counts.brand), ("需人工", counts.manual),
    )  # fmt: skip
    return f"共 {len(result.findings)} 行：" + "，".join(f"{word} {number}" for word, number in told)


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
