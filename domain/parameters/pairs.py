"""A single pair judged as the tables' rows are: quantity, amount, brand or parameter, told by its words."""

import re
from dataclasses import replace

from domain.parameters.counting import judge_counted
from domain.parameters.judge import judge
from domain.parameters.money_rules import judge_amount
from domain.parameters.names import canonical_words
from domain.parameters.outcomes import Judgement
from domain.parameters.phrases import phrase
from domain.parameters.pricing import judge_priced, put_together
from domain.parameters.restated import count_alone
from domain.parameters.rules import Rules, shipped
from domain.parameters.signals import Signal, basis_for, is_brand, new_signals, reason_for
from domain.parameters.verdicts import FindingKind, Verdict
from domain.provisions import REVIEW
from domain.text import fold, key

_MONEY = re.compile(r"(?:[\d.]\s*(?:亿|万|千)?元)|[元圆](?:整|$)")
_PER_UNIT = re.compile(
    r"/\s*(?:台|套|个|项|块|只|条|路|点|件)\s*$|(?:每|单)(?:台|套|个|项|块|只|条|路|点|件)(?=\D{0,4}\d)"
)
_ABSENT = re.compile(
    r"(?:原?批复(?:文件)?|招标(?:文件)?|对应)?(?:中|内)?"
    r"(?:无|没有|未(?:提及?|列明?|写明|明确|约定|要求|见|体现|响应|涉及)|缺失?|(?:已)?删除|空白?|不涉及|n/?a|none|null)"
    r"(?:此|该|对应|相关)?(?:项|要求|参数|条款|条目|内容|说明)?",
    re.IGNORECASE,
)


def judge_pair(  # noqa: PLR0913, PLR0917  (the columns of a file of pairs)
    item: str, approved_name: str, approved_value: str, tender_name: str, tender_value: str, rules: Rules | None = None
) -> Judgement:
    """Judge a pair given as four texts; the names are taken to belong together."""
    chosen = rules or shipped()
    approved, tender = (_said(value) for value in (approved_value, tender_value))
    names = _said(approved_name), _said(tender_name)
    if not approved and not tender:
        return Judgement(Verdict.SAME, "批复和招标均无此项要求")
    signals = new_signals(f"{names[1]} {tender}", f"{names[0]} {approved}", chosen) if tender else ()
    if is_brand(signals):
        return Judgement(Verdict.BRAND, reason_for(signals), basis=basis_for(signals), kind=FindingKind.EXCLUSIVITY)
    if not approved or not tender:
        return _with_signals(judge(item, (names[0], approved), (names[1], tender), chosen), signals)
    named = " ".join(canonical_words(text) for text in (item, *names))
    counts = count_alone(approved, named), count_alone(tender, named)
    if counted := judge_counted(item, names, counts, chosen):
        return counted
    if _is_money(names, approved, tender):
        return _judge_money(names, approved, tender, chosen)
    return _with_signals(judge(item, (names[0], approved), (names[1], tender), chosen, paired=True), signals)


def _with_signals(judgement: Judgement, signals: tuple[Signal, ...]) -> Judgement:
    """Name the proofs and conditions that shut suppliers out beside the verdict."""
    if not signals:
        return judgement
    reason = f"{judgement.reason}；{reason_for(signals)}"
    verdict = Verdict.ADDED if judgement.verdict is Verdict.SAME else judgement.verdict
    basis = "；".join(text for text in (judgement.basis, basis_for(signals)) if text)
    return replace(judgement, verdict=verdict, reason=reason, basis=basis, kind=FindingKind.EXCLUSIVITY)


def _said(text: str) -> str:
    """A cell's text, "" where it only says that there is none (批复无, —, 未提及)."""
    bare = text.strip().strip("()（）[]【】")
    return "" if not key(bare).strip("-/") or _ABSENT.fullmatch(fold(bare)) else text.strip()


def _judge_money(names: tuple[str, str], approved: str, tender: str, rules: Rules) -> Judgement:
    if merged := put_together(names):
        return Judgement(Verdict.MANUAL, merged, basis=REVIEW)
    if all("单价" in name for name in names):
        # A unit price is per unit whether it says so or not.
        approved, tender = (_PER_UNIT.sub("", fold(text)) for text in (approved, tender))
    return judge_priced(names, (approved, tender), rules) or judge_amount(approved, [tender], rules)


def _is_money(names: tuple[str, str], approved: str, tender: str) -> bool:
    stated = [_MONEY.search(fold(text)) is not None for text in (approved, tender)]
    return all(stated) or (any(stated) and any(phrase("priced_name").search(fold(name)) for name in names))
