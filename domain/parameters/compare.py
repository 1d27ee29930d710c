"""Everything that the alignment put side by side, compared: whole items, parameters and quantities (Article 18)."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from domain.documents.table import Item, ParameterTable
from domain.parameters.align import Alignment, ItemMatch
from domain.parameters.compliance import added
from domain.parameters.item_quantities import compare_quantities
from domain.parameters.item_remarks import check_remarks
from domain.parameters.judge import judge
from domain.parameters.listed import Listed
from domain.parameters.match_parameters import At, ParameterMatch, parameter_at
from domain.parameters.moved import point_out_moves
from domain.parameters.names import short_name, split_name
from domain.parameters.obligations import check_obligations
from domain.parameters.outcomes import Judgement
from domain.parameters.provisos import check_prose
from domain.parameters.regroup import Regrouping
from domain.parameters.rules import Rules, shipped
from domain.parameters.said_beside import beside_parameters
from domain.parameters.unwritten import is_given_up, told_of, unwritten_item
from domain.parameters.verdicts import Evidence, Finding, Side, Subject, Verdict
from domain.parameters.whole_items import Told, addition, bare_pair, put_off, unanswered, uncertain_pair

_UNREAD = "单元格公式没有可用的计算结果，无法判断，需人工核对"


def compare(
    approved: ParameterTable, tender: ParameterTable, alignment: Alignment, rules: Rules | None = None
) -> tuple[Finding, ...]:
    """Give a finding for every approved parameter, quantity and missing item, and for every addition of the tender."""
    chosen = rules or shipped()
    found = (
        finding
        for match in alignment.matches
        for finding in _Comparison(approved.items, tender.items, match, chosen).findings()
    )
    listed = Listed(approved, tender, alignment, chosen)
    beside = (
        *check_remarks(listed, chosen),
        *check_prose(approved, tender, listed, chosen),
        *check_obligations(approved, tender, chosen),
    )
    return (*point_out_moves(found), *beside)


class _Comparison:
    """One match of items under comparison."""

    def __init__(self, approved: tuple[Item, ...], tender: tuple[Item, ...], match: ItemMatch, rules: Rules) -> None:
        self.approved, self.tender, self.match, self.rules = approved, tender, match, rules
        self.lefts = [approved[index] for index in match.approved]
        self.rights = [tender[index] for index in match.tender]

    def findings(self) -> Iterator[Finding]:
        if not self.rights:
            yield self._finding(Subject.ITEM, self.lefts[0], None, *unanswered(self.lefts[0], self._candidates()))
        elif not self.lefts:
            yield self._finding(Subject.ITEM, self.rights[0], self.rights[0], *addition(self.rights[0]))
        else:
            found = [*self._pair_of_items(), *self._beside(), *self._parameters(), *self._quantities()]
            yield from found or [self._whole(bare_pair(self.lefts[0], self.rights[0]))]

    def _pair_of_items(self) -> Iterator[Finding]:
        if not self.match.is_sure:
            confidence, candidates = self.match.confidence, self._candidates()
            yield self._whole(uncertain_pair(self.lefts[0], self.rights[0], confidence, candidates))
        for other, told in put_off(self.lefts, self.rights):
            yield self._whole(told, other)

    def _beside(self) -> Iterator[Finding]:
        for other, evidence, judgement in beside_parameters(self.lefts, self.rights, self.rules):
            yield self._finding(Subject.PARAMETER, self.lefts[0], other, evidence, judgement)

    def _candidates(self) -> list[Item]:
        return [self.tender[index] for index in self.match.candidates]

    def _parameters(self) -> Iterator[Finding]:
        by_approved: dict[At, list[ParameterMatch]] = defaultdict(list)
        for pair in self.match.parameters:
            if pair.approved:
                by_approved[pair.approved].append(pair)
        judged = {pair: self._judge(pair) for group in by_approved.values() for pair in group if pair.tender}
        lost = [at for at, group in by_approved.items() if not any(pair.tender for pair in group)]
        regrouping = Regrouping(judged, self._extra(), lost, (self.approved, self.tender), self.rules)
        regrouping.settle()
        idle = [at for at in regrouping.extra if told_of(parameter_at(self.tender, at).text)]
        asked_once = regrouping.lost if idle else []
        answers: dict[At | None, list[ParameterMatch]] = defaultdict(list)
        for pair in judged:
            answers[pair.approved].append(pair)
        for at in by_approved:
            if at not in asked_once:
                yield from self._parameter(at, answers[at], judged)
        if idle:
            yield self._unwritten(asked_once, idle)
        for at in regrouping.extra:
            if at not in idle:
                yield self._addition(at)

    def _unwritten(self, lost: list[At], idle: list[At]) -> Finding:
        mine, theirs = [parameter_at(self.approved, at) for at in lost], [parameter_at(self.tender, at) for at in idle]
        other = self.tender[idle[0][0]]
        return self._whole(unwritten_item(self.lefts[0], other, mine, theirs), other)

    def _parameter(
        self, at: At, answered: list[ParameterMatch], judged: dict[ParameterMatch, Judgement]
    ) -> Iterator[Finding]:
        """One finding for an approved parameter; one for each package where packages differ in wording."""
        item, parameter = self.approved[at[0]], parameter_at(self.approved, at)
        name, mine = short_name(parameter.text), Side(parameter.text, parameter.place)
        if not answered:
            judgement = Judgement(Verdict.MISSING, "批复参数在招标文件中无对应条目")
            yield self._finding(Subject.PARAMETER, item, self.rights[0], Evidence(name, mine), judgement)
            return
        alike: dict[tuple[str, Verdict], list[ParameterMatch]] = defaultdict(list)
        for pair in answered:
            alike[parameter_at(self.tender, pair.tender).text, judged[pair].verdict].append(pair)
        for (text, _), group in alike.items():
            places = "、".join(dict.fromkeys(parameter_at(self.tender, pair.tender).place for pair in group))
            evidence = Evidence(name, mine, Side(text, places), group[0].confidence)
            yield self._finding(Subject.PARAMETER, item, self._answering(group[0]), evidence, judged[group[0]])
        answering = {pair.tender[0] for pair in answered if pair.tender}
        if silent := [self.tender[index] for index in self.match.tender if index not in answering]:
            yield self._silent(item, silent, Evidence(name, mine))

    def _silent(self, item: Item, silent: list[Item], asked: Evidence) -> Finding:
        """What one package asks for says nothing about another package of the same item."""
        where = "、".join(f"{one.package or one.name}（{one.place}）" for one in silent)
        judgement = Judgement(Verdict.MANUAL, f"招标的其他分包已写明，{where} 未写此参数，需人工确认是否漏列")
        evidence = replace(asked, tender=Side("", "、".join(one.place for one in silent)))
        return self._finding(Subject.PARAMETER, item, silent[0], evidence, judgement)

    def _judge(self, pair: ParameterMatch) -> Judgement:
        approved, tender = parameter_at(self.approved, pair.approved), parameter_at(self.tender, pair.tender)
        if not approved.readable or not tender.readable:
            return Judgement(Verdict.MANUAL, _UNREAD)
        marks = (approved.mark, tender.mark)
        judgement = judge(self.lefts[0].name, split_name(approved.text), split_name(tender.text), self.rules, marks)
        if judgement.verdict is Verdict.SAME and not pair.is_sure:
            return Judgement(Verdict.MANUAL, "取值相同，但对应关系把握不足，需人工确认", judgement.convention)
        return judgement

    def _answering(self, pair: ParameterMatch) -> Item:
        return self.tender[pair.tender[0]] if pair.tender else self.rights[0]

    def _extra(self) -> list[At]:
        """Tender parameters that answer no approved parameter of any of the merged rows."""
        answering = {pair.tender for pair in self.match.parameters if pair.approved and pair.tender}
        every = [(index, order) for index in self.match.tender for order in range(len(self.tender[index].parameters))]
        return [at for at in every if at not in answering]

    def _addition(self, at: At) -> Finding:
        parameter = parameter_at(self.tender, at)
        judgement = added(parameter.text)
        if not parameter.readable:
            judgement = Judgement(Verdict.MANUAL, _UNREAD)
        evidence = Evidence(short_name(parameter.text), tender=Side(parameter.text, parameter.place))
        return self._finding(Subject.PARAMETER, self.lefts[0], self.tender[at[0]], evidence, judgement)

    def _quantities(self) -> Iterator[Finding]:
        if all(is_given_up(item) for item in self.rights):
            return
        if compared := compare_quantities(self.lefts, self.rights, self.rules):
            yield self._finding(Subject.QUANTITY, self.lefts[0], self.rights[0], *compared)

    def _whole(self, told: Told, other: Item | None = None) -> Finding:
        return self._finding(Subject.ITEM, self.lefts[0], other or self.rights[0], *told)

    def _condition(self, subject: Subject) -> str:
        """What a row's verdict depends on while a person has yet to confirm that the two items belong together."""
        unsure = self.rights and not self.match.is_sure and subject is not Subject.ITEM
        return "以上述条目对应成立为前提" if unsure else ""

    def _finding(
        self, subject: Subject, item: Item, other: Item | None, evidence: Evidence, judgement: Judgement
    ) -> Finding:
        confidence = evidence.confidence * (self.match.confidence if other else 1.0) * judgement.confidence
        return Finding(
            subject=subject,
            subsystem=item.subsystem,
            item=item.name,
            tender_item=other.name if other else "",
            parameter=evidence.parameter,
            approved=evidence.approved.text,
            tender=evidence.tender.text,
            verdict=judgement.verdict,
            reason=judgement.reason,
            approved_ref=evidence.approved.place,
            tender_ref=evidence.tender.place,
            convention="；".join(
                text for text in (judgement.convention, self.match.how, self._condition(subject)) if text
            ),
            basis=judgement.basis,
            kind=judgement.kind,
            confidence=round(confidence, 3),
        )
