"""The tender scanned for brands and exclusivity: always a suspicion with its evidence, for a person to confirm.

Basis: 政府采购法实施条例第二十条 — 技术要求指向特定供应商、特定产品（三）;
限定或者指定特定的专利、商标、品牌或者供应商（六）.
"""

from collections.abc import Iterator

from domain.documents.table import Item, Parameter, ParameterTable
from domain.parameters.align import Alignment, ItemMatch
from domain.parameters.names import short_name
from domain.parameters.rules import Rules, shipped
from domain.parameters.signals import Signal, basis_for, is_brand, reason_for, signals_beside
from domain.parameters.verdicts import PROSE, Evidence, Finding, FindingKind, Side, Subject, Verdict
from domain.text import key


def scan_brands(
    approved: ParameterTable, tender: ParameterTable, alignment: Alignment, rules: Rules | None = None
) -> tuple[Finding, ...]:
    """Scan the tender's parameters, item names, remarks and prose for signals that were not approved."""
    chosen = rules or shipped()
    found = [finding for match in alignment.matches for finding in _Scan((approved, tender), match, chosen).findings()]
    return (*found, *_scan_prose(approved, tender, chosen))


class _Scan:
    """The tender's rows of one match, scanned against everything the approved rows say."""

    def __init__(self, tables: tuple[ParameterTable, ParameterTable], match: ItemMatch, rules: Rules) -> None:
        (self.approved, self.tender), self.match, self.rules = tables, match, rules
        self.lefts = [self.approved.items[index] for index in match.approved]
        self.known = key(" ".join(text for item in self.lefts for text in _texts(item)))
        self.partners = {pair.tender: pair.approved for pair in match.parameters if pair.tender}

    def findings(self) -> Iterator[Finding]:
        for index in self.match.tender:
            item = self.tender.items[index]
            for order, parameter in enumerate(item.parameters):
                if signals := signals_beside(parameter.text, self.known, self.rules):
                    yield self._parameter(signals, item, parameter, self.partners.get((index, order)))
            for text, name in ((item.name, "设备名称"), (item.remark, "备注")):
                if signals := signals_beside(text, self.known, self.rules):
                    evidence = Evidence(name, tender=Side(text, f"{item.place}（{name}）"))
                    yield _finding(signals, self._owner(item), item.name, evidence)

    def _parameter(
        self, signals: tuple[Signal, ...], item: Item, parameter: Parameter, at: tuple[int, int] | None
    ) -> Finding:
        tender = Side(parameter.text, parameter.place)
        if at is None:
            return _finding(signals, self._owner(item), item.name, Evidence(short_name(parameter.text), tender=tender))
        owner = self.approved.items[at[0]]
        answered = owner.parameters[at[1]]
        evidence = Evidence(short_name(answered.text), Side(answered.text, answered.place), tender)
        return _finding(signals, owner, item.name, evidence)

    def _owner(self, item: Item) -> Item:
        return self.lefts[0] if self.lefts else item


def _texts(item: Item) -> tuple[str, ...]:
    return (item.name, item.remark, *(parameter.text for parameter in item.parameters))


def _scan_prose(approved: ParameterTable, tender: ParameterTable, rules: Rules) -> Iterator[Finding]:
    texts = (*(clause.text for clause in approved.clauses), *(t for item in approved.items for t in _texts(item)))
    known = key(" ".join(texts))
    prose = Item(PROSE, "")
    for clause in tender.clauses:
        if signals := signals_beside(clause.text, known, rules):
            evidence = Evidence("正文条款", tender=Side(clause.text, clause.place))
            yield _finding(signals, prose, prose.name, evidence)


def _finding(signals: tuple[Signal, ...], owner: Item, tender_item: str, evidence: Evidence) -> Finding:
    return Finding(
        subject=Subject.EXCLUSIVITY,
        subsystem=owner.subsystem,
        item=owner.name,
        tender_item=tender_item,
        parameter=evidence.parameter,
        approved=evidence.approved.text,
        tender=evidence.tender.text,
        verdict=Verdict.BRAND if is_brand(signals) else Verdict.ADDED,
        reason=reason_for(signals),
        approved_ref=evidence.approved.place,
        tender_ref=evidence.tender.place,
        basis=basis_for(signals),
        kind=FindingKind.EXCLUSIVITY,
        evidence="、".join(dict.fromkeys(signal.words for signal in signals)),
    )
