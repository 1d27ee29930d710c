"""Brands and exclusivity in a tender: always a suspicion with its evidence, for a person to confirm.

Basis: 政府采购法实施条例第二十条 — 技术要求指向特定供应商、特定产品（三）; 限定或者指定特定的专利、商标、品牌或者供应商（六）.
"""

import re
from dataclasses import dataclass
from functools import cache

from domain.documents.table import ParameterTable
from domain.parameters.align import Alignment
from domain.parameters.data import load
from domain.parameters.names import short_name
from domain.parameters.verdicts import Finding, Subject, Verdict
from domain.text import fold, key

BASIS = "《政府采购法实施条例》第二十条第（三）、（六）项"
PROOF_BASIS = "《政府采购法实施条例》第二十条；《政府采购货物和服务招标投标管理办法》第十七条"


@dataclass(frozen=True, slots=True)
class Signal:
    """What was found: the words, their kind ("品牌", "专有技术", "指向性表述", "厂家证明"), and what to do instead."""

    words: str
    kind: str
    advice: str


def find_signals(text: str) -> tuple[Signal, ...]:
    """Find every signal of a named brand, a vendor's own technology or a maker's proof in a text."""
    folded = fold(text)
    found = [Signal(words, "品牌", "删除品牌型号，改为性能指标或通用技术要求") for words in _matches(_brands(), folded)]
    for words in _matches(_technologies(), folded):
        neutral = load("brands")["technologies"].get(words) or _by_key().get(key(words), "以功能和指标描述")
        found.append(Signal(words, "专有技术", f"改为“{neutral}”等通用表述"))
    found.extend(
        Signal(words, "指向性表述", "货物采购不得标明品牌，“参考”“相当于”也不例外")
        for words in _matches(_designations(), folded)
    )
    found.extend(
        Signal(words, "厂家证明", "不得以厂家授权、承诺、盖章等作为资格或实质性要求")
        for words in _matches(_proofs(), folded)
    )
    return tuple(found)


def new_signals(tender: str, approved: str) -> tuple[Signal, ...]:
    """The tender's signals that the approved text does not already hold."""
    known = key(approved)
    return tuple(signal for signal in find_signals(tender) if key(signal.words) not in known)


def is_brand(signals: tuple[Signal, ...]) -> bool:
    """Whether any signal points at a product rather than at a proof."""
    return any(signal.kind != "厂家证明" for signal in signals)


def reason_for(signals: tuple[Signal, ...]) -> str:
    """Word the suspicion with its evidence and the advice."""
    kinds: dict[str, list[str]] = {}
    for signal in signals:
        kinds.setdefault(signal.kind, []).append(signal.words)
    told = "；".join(f"{kind}“{'、'.join(dict.fromkeys(words))}”" for kind, words in kinds.items())
    advice = "；".join(dict.fromkeys(signal.advice for signal in signals))
    return f"疑似限定特定产品或供应商：{told}。{advice}，请人工确认"


def scan_brands(approved: ParameterTable, tender: ParameterTable, alignment: Alignment) -> tuple[Finding, ...]:
    """Scan the tender's parameters, item names, remarks and prose for signals that were not approved."""
    found: list[Finding] = []
    for match in alignment.matches:
        items = [approved.items[index] for index in match.approved]
        known = " ".join(f"{item.name} {item.remark} " + " ".join(p.text for p in item.parameters) for item in items)
        partners = {pair.tender: pair.approved for pair in match.parameters if pair.tender}
        for index in match.tender:
            found.extend(_scan_item(approved, tender, index, known, partners, items[0].name if items else ""))
    return (*found, *_scan_prose(approved, tender))


def _scan_item(
    approved: ParameterTable, tender: ParameterTable, index: int, known: str,
    partners: dict[tuple[int, int], tuple[int, int] | None], approved_item: str,
) -> list[Finding]:  # fmt: skip
    item = tender.items[index]
    found = []
    for order, parameter in enumerate(item.parameters):
        signals = new_signals(parameter.text, known)
        if not signals:
            continue
        at = partners.get((index, order))
        answered = approved.items[at[0]].parameters[at[1]] if at else None
        subsystem = approved.items[at[0]].subsystem if at else item.subsystem
        found.append(
            _finding(
                signals, subsystem, approved_item or item.name, item.name,
                short_name(answered.text if answered else parameter.text),
                (answered.text, answered.place) if answered else ("", ""), (parameter.text, parameter.place),
            )
        )  # fmt: skip
    for text, name in ((item.name, "设备名称"), (item.remark, "备注")):
        if signals := new_signals(text, known):
            found.append(
                _finding(
                    signals,
                    item.subsystem,
                    approved_item or item.name,
                    item.name,
                    name,
                    ("", ""),
                    (text, f"{item.place}（{name}）"),
                )
            )
    return found


def _scan_prose(approved: ParameterTable, tender: ParameterTable) -> list[Finding]:
    known = " ".join(
        (*(clause.text for clause in approved.clauses), *(p.text for item in approved.items for p in item.parameters))
    )
    found = []
    for clause in tender.clauses:
        if signals := new_signals(clause.text, known):
            found.append(
                _finding(signals, "", "招标文件正文", "招标文件正文", "正文条款", ("", ""), (clause.text, clause.place))
            )
    return found


def _finding(
    signals: tuple[Signal, ...], subsystem: str, item: str, tender_item: str, parameter: str,
    approved: tuple[str, str], tender: tuple[str, str],
) -> Finding:  # fmt: skip
    brand = is_brand(signals)
    return Finding(
        Subject.EXCLUSIVITY, subsystem, item, tender_item, parameter, approved[0], tender[0],
        Verdict.BRAND if brand else Verdict.ADDED, reason_for(signals), approved[1], tender[1],
        basis=BASIS if brand else PROOF_BASIS, evidence="、".join(dict.fromkeys(signal.words for signal in signals)),
    )  # fmt: skip


def _matches(pattern: re.Pattern[str], text: str) -> list[str]:
    innocent = _innocent()
    spans = [match.span() for match in innocent.finditer(text)]
    return [
        match[0]
        for match in pattern.finditer(text)
        if not any(start <= match.start() and match.end() <= end for start, end in spans)
    ]


def _words(words: list[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=lambda word: -len(word))
    union = "|".join(
        rf"(?<![A-Za-z]){re.escape(fold(word))}(?![A-Za-z])" if word.isascii() else re.escape(fold(word))
        for word in ordered
    )
    return re.compile(union, re.IGNORECASE)


@cache
def _brands() -> re.Pattern[str]:
    brands = load("brands")["brands"]
    return _words([*brands["makers"], *brands["processors"], *brands["software"]])


@cache
def _innocent() -> re.Pattern[str]:
    return _words(load("brands")["brands"]["innocent"])


@cache
def _technologies() -> re.Pattern[str]:
    return _words(list(load("brands")["technologies"]))


@cache
def _by_key() -> dict[str, str]:
    return {key(name): neutral for name, neutral in load("brands")["technologies"].items()}


@cache
def _designations() -> re.Pattern[str]:
    return _words(load("brands")["phrases"]["designation"])


@cache
def _proofs() -> re.Pattern[str]:
    return re.compile("|".join(load("brands")["proofs"]["patterns"]))
