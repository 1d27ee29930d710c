"""Parameters, whole items and quantities compared, one finding each (Article 18)."""

from domain.documents.table import ParameterTable
from domain.parameters.align import Alignment, ItemMatch
from domain.parameters.verdicts import Finding, Subject, Verdict
from domain.text import fold


def compare(approved: ParameterTable, tender: ParameterTable, alignment: Alignment) -> tuple[Finding, ...]:
    """Compare everything that the alignment put side by side."""
    found: list[Finding] = []
    for match in alignment.matches:
        found.extend(_compare_match(approved, tender, match))
    return tuple(found)


def _compare_match(approved: ParameterTable, tender: ParameterTable, match: ItemMatch) -> list[Finding]:
    if not match.tender:
        item = approved.items[match.approved[0]]
        return [
            Finding(
                Subject.ITEM, item.subsystem, item.name, "", "整项", item.name, "", Verdict.MISSING,
                "批复条目在招标文件中无对应内容", item.place, "",
            )
        ]  # fmt: skip
    if not match.approved:
        item = tender.items[match.tender[0]]
        return [
            Finding(
                Subject.ITEM, item.subsystem, item.name, item.name, "整项", "", item.name, Verdict.ADDED,
                "招标条目在批复中无对应内容", "", item.place,
            )
        ]  # fmt: skip
    item, other = approved.items[match.approved[0]], tender.items[match.tender[0]]
    found = []
    for pair in match.parameters:
        left = item.parameters[pair.approved[1]] if pair.approved else None
        right = other.parameters[pair.tender[1]] if pair.tender else None
        same = left is not None and right is not None and fold(left.text) == fold(right.text)
        found.append(
            Finding(
                Subject.PARAMETER, item.subsystem, item.name, other.name, left.text if left else right.text if right else "",
                left.text if left else "", right.text if right else "", Verdict.SAME if same else Verdict.MANUAL,
                "文字相同" if same else "文字不同，需人工判断", left.place if left else "", right.place if right else "",
            )
        )  # fmt: skip
    return found
