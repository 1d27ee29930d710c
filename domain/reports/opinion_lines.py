"""What an opinion says of one finding, and of all that was found about money."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.formats import amounts_alike
from domain.parameters.verdicts import PROSE, Finding, FindingKind, Subject, Verdict
from domain.provisions import REVIEW


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """A finding as the opinion shows it: its number, the verdict that counts and why, what both sides said to it.

    `agreed` is what the tender agreed last said, None in an opinion that is not on a change.
    """

    number: int
    finding: Finding
    verdict: Verdict
    reason: str
    explanation: str = ""
    handling: str = ""
    note: str = ""
    is_overruled: bool = False
    agreed: str | None = None


def line_words(line: OpinionLine) -> dict[str, Any]:
    """Return what the template may say of one finding, as text; `no` is its number in the details.

    `cited` leaves out the provision of the review itself, which the opinion cites once for all.
    """
    finding = line.finding
    places = (("批复", finding.approved_ref), ("招标", finding.tender_ref))
    item = "·".join(filter(None, (finding.subsystem, finding.item or finding.tender_item)))
    what = f"{item}：{finding.parameter}" if finding.parameter else item
    approved, tender = finding.approved or "（无）", _tender(line)
    return {
        "no": line.number,
        "item": item,
        "parameter": finding.parameter,
        "what": what,
        "named": f"{what}{_other_name(finding)}",
        "approved": approved,
        "tender": tender,
        "approved_at": _at(approved, finding.approved_ref),
        "tender_at": _at(tender, finding.tender_ref),
        "refs": "；\n".join(f"{side}：{place}" for side, place in places if place),
        "verdict": line.verdict.value,
        "kind": finding.kind.value,
        "reason": line.reason,
        "basis": finding.basis,
        "cited": finding.basis if finding.basis != REVIEW else "",
        "convention": finding.convention,
        "evidence": finding.evidence,
        "explanation": line.explanation or "（未作说明）",
        "disposition": line.handling,
        "note": line.note,
    }


def amount_words(line: OpinionLine) -> dict[str, Any]:
    """A line for the table of amounts: of an item that one side alone has, its sum and not all it asks for."""
    words = line_words(line)
    if is_one_sided(line):
        words |= {side: words[side].partition("：")[0] for side in ("approved", "tender")}
    return words


def is_one_sided(line: OpinionLine) -> bool:
    """Whether the line is of an item that one side alone lists."""
    return line.finding.subject is Subject.ITEM and line.verdict in {Verdict.MISSING, Verdict.ADDED}


def _other_name(finding: Finding) -> str:
    """A line with the tender's own name of the item, where it is another."""
    given = finding.tender_item
    return f"\n招标名称：{given}" if finding.item and given not in {"", finding.item, PROSE} else ""


def _at(text: str, place: str) -> str:
    return f"{text}\n〔{place}〕" if place else text


def _tender(line: OpinionLine) -> str:
    text = line.finding.tender or "（无）"
    is_changed = line.agreed is not None and line.agreed != line.finding.tender
    return f"{text}\n原审定：{line.agreed or '（无）'}" if is_changed else text


def is_exclusive(line: OpinionLine) -> bool:
    """Whether the line suspects a named product or a steered supplier."""
    finding = line.finding
    return (
        line.verdict is Verdict.BRAND
        or finding.subject is Subject.EXCLUSIVITY
        or finding.kind is FindingKind.EXCLUSIVITY
    )


def total_words(approved_fen: int, tender_fen: int, deviations: Sequence[OpinionLine]) -> dict[str, str]:
    """Return both totals and their difference in one unit; what is not bought is never called saved."""
    difference = tender_fen - approved_fen
    approved, tender, apart = amounts_alike(approved_fen, tender_fen, abs(difference))
    word = f"{'超出' if difference > 0 else '节约'} {apart}" if difference else "相等"
    if difference < 0 and (doubt := _not_saved(deviations)):
        word = f"招标少 {apart}；{doubt}"
    return {"approved": approved, "tender": tender, "difference": word}


def _not_saved(deviations: Sequence[OpinionLine]) -> str:
    """Why a smaller total is not all saved: what is not bought costs nothing."""
    absent = sum(line.finding.subject is Subject.ITEM and line.verdict is Verdict.MISSING for line in deviations)
    recounted = sum(line.verdict is Verdict.QUANTITY for line in deviations)
    told = [
        text
        for count, text in ((absent, f"批复有 {absent} 项整项未列入招标"), (recounted, f"有 {recounted} 处数量变更"))
        if count
    ]
    return f"{'，'.join(told)}，未采购部分的金额不是节约" if told else ""


def amounts_note(compared: int, deviating: int, one_sided: int) -> str:
    """Tell how many amounts were compared, how many differ, and how many items one side alone lists."""
    if not compared and not one_sided:
        return "两侧没有可逐项核对的分项金额。"
    alone = f"另有 {one_sided} 项只有一侧列出" if one_sided else ""
    if not deviating:
        note = f"概算分项与采购预算逐项核对 {compared} 处，全部一致"
        return f"{note}；{alone}：" if alone else f"{note}。"
    note = f"概算分项与采购预算逐项核对 {compared} 处，一致 {compared - deviating} 处，下列 {deviating} 处不一致"
    return f"{note}，{alone}：" if alone else f"{note}："
