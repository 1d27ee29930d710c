"""The reasonableness hints of `zhengjian review`: those that two documents give without the registry (Article 18)."""

from collections.abc import Iterable, Sequence
from typing import Any

from admin.review_outputs import Reviewed
from domain.reasonableness import Criteria, Hint, check_documents

KIND = "合理性"


def find_hints(reviewed: Reviewed, criteria: Criteria) -> tuple[Hint, ...]:
    """Return the hints on a reviewed pair of documents."""
    findings, rules = reviewed.result.findings, reviewed.rules
    return check_documents(reviewed.approved, reviewed.tender, findings, criteria, rules)


def as_json(hints: Iterable[Hint]) -> list[dict[str, Any]]:
    """Give hints as other programs read them, under the key `reasonableness` beside the rows, never among them."""
    return [
        {
            "finding_kind": KIND,
            "rule": hint.rule,
            "topic": hint.topic.value,
            "subsystem": hint.subsystem,
            "item": hint.item,
            "parameter": hint.parameter,
            "approved": hint.approved,
            "tender": hint.tender,
            "reason": hint.reason,
            "approved_ref": hint.approved_ref,
            "tender_ref": hint.tender_ref,
            "figure": hint.figure,
            "basis": hint.basis,
            "evidence": hint.evidence,
        }
        for hint in hints
    ]


def as_text(hints: Sequence[Hint]) -> str:
    """Give hints as lines for a terminal, "" when there are none."""
    if not hints:
        return ""
    lines = ["", f"技术参数合理性提示（供审查人员参考，不影响上面的一致性结论），共 {len(hints)} 条"]
    for number, hint in enumerate(hints, 1):
        name = "·".join(filter(None, (hint.subsystem, hint.item)))
        lines.append(f"{number:>3}. [{hint.topic.value}] {name}：{hint.reason}")
        told = "；".join(filter(None, (_place(hint), hint.figure)))
        lines += [f"     └ {told}"] if told else []
    return "\n".join(lines)


def _place(hint: Hint) -> str:
    return f"招标 {hint.tender_ref}" if hint.tender_ref else ""
