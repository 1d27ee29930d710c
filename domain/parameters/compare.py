"""Everything that the alignment put side by side, compared: whole items, parameters and quantities (Article 18)."""

import re
from collections import defaultdict
from collections.abc import Iterator

from domain.documents.clauses import without_mark
from domain.documents.table import Item, Parameter, ParameterTable
from domain.parameters.align import Alignment, ItemMatch
from domain.parameters.compliance import added
from domain.parameters.item_quantities import compare_quantities
from domain.parameters.judge import judge
from domain.parameters.match_parameters import ParameterMatch
from domain.parameters.moved import point_out_moves
from domain.parameters.names import short_name, split_name
from domain.parameters.outcomes import Judgement
from domain.parameters.provisos import check_prose
from domain.parameters.regroup import Regrouping
from domain.parameters.rules import Rules, shipped
from domain.parameters.verdicts import Evidence, Finding, Side, Subject, Verdict

WHOLE = "整项"
_RESERVE = "预备费"
_LATER = re.compile(
    r"二期|三期|下期|后期(?:建设|采购|实施)|后续(?:采购|另行)|下一?年度|[本此]次不|[本此]期不|暂[不缓]|缓[建采购]|不在[本此]次|另行(?:采购|招标)|取消|不采购"
)
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
    return (*point_out_moves(found), *check_prose(approved, tender, chosen))


class _Comparison:
    """One match of items under comparison."""

    def __init__(self, approved: tuple[Item, ...], tender: tuple[Item, ...], match: ItemMatch, rules: Rules) -> None:
        self.approved, self.tender, self.match, self.rules = approved, tender, match, rules
        self.lefts = [approved[index] for index in match.approved]
        self.rights = [tender[index] for index in match.tender]

    def findings(self) -> Iterator[Finding]:
        if not self.rights:
            yield self._missing()
        elif not self.lefts:
            yield self._added()
        else:
            found = [*self._whole(), *self._put_off(), *self._parameters(), *self._quantities()]
            yield from found or [self._answered()]

    def _missing(self) -> Finding:
        item = self.lefts[0]
        judgement = Judgement(Verdict.MISSING, "批复条目在招标文件中无对应内容")
        places = ""
        if self.match.candidates:
            places = "、".join(self.tender[index].place for index in self.match.candidates)
            reason = f"招标中没有单列，疑似并入或改名为{self._candidates()}，需人工确认内容和数量"
            judgement = Judgement(Verdict.MANUAL, reason)
        elif _RESERVE in item.name:
            judgement = Judgement(Verdict.MANUAL, "预备费不得并入采购预算，招标文件未列；请核对金额口径")
        return self._finding(Subject.ITEM, item, None, Evidence(WHOLE, _in_full(item), Side("", places)), judgement)

    def _added(self) -> Finding:
        item = self.rights[0]
        judgement = added(" ".join((item.name, *(parameter.text for parameter in item.parameters))), "条目")
        return self._finding(Subject.ITEM, item, item, Evidence(WHOLE, tender=_in_full(item)), judgement)

    def _answered(self) -> Finding:
        evidence = Evidence(WHOLE, _whole(self.lefts[0]), _whole(self.rights[0]))
        judgement = Judgement(Verdict.SAME, "条目对应，两侧均未列参数和数量")
        return self._finding(Subject.ITEM, self.lefts[0], self.rights[0], evidence, judgement)

    def _whole(self) -> Iterator[Finding]:
        if self.match.is_sure:
            return
        item, other = self.lefts[0], self.rights[0]
        likeness = f"把握 {self.match.confidence:.0%}"
        reason = f"名称不同，疑似同一条目（{likeness}），需人工确认：批复“{item.name}”，招标“{other.name}”"
        if self.match.candidates:
            chosen = f"已按“{other.name}”（{other.place}）比对"
            reason = (
                f"招标中不止一条可能对应（{likeness}），{chosen}，另有{self._candidates()}，需人工确认对应的是哪一条"
            )
        evidence = Evidence(WHOLE, _whole(item), _whole(other))
        yield self._finding(Subject.ITEM, item, other, evidence, Judgement(Verdict.MANUAL, reason))

    def _put_off(self) -> Iterator[Finding]:
        """A remark that an item is not bought now says more than its quantity; an approved remark may say the same."""
        if any(_LATER.search(item.remark) for item in self.lefts):
            return
        for other in self.rights:
            if _LATER.search(other.remark):
                reason = f"招标备注“{other.remark}”，本次是否采购、批复内容是否落空须人工确认"
                mine, theirs = _whole(self.lefts[0]), Side(f"{_whole(other).text}（{other.remark}）", other.place)
                evidence = Evidence(WHOLE, mine, theirs)
                yield self._finding(Subject.ITEM, self.lefts[0], other, evidence, Judgement(Verdict.MANUAL, reason))

    def _candidates(self) -> str:
        """The rows a person should look at too, with their places."""
        others = [self.tender[index] for index in self.match.candidates]
        return "、".join(f"“{other.name}”（{other.place}）" for other in others)

    def _parameters(self) -> Iterator[Finding]:
        by_approved: dict[tuple[int, int], list[ParameterMatch]] = defaultdict(list)
        for pair in self.match.parameters:
            if pair.approved:
                by_approved[pair.approved].append(pair)
        judged = {pair: self._judge(pair) for group in by_approved.values() for pair in group if pair.tender}
        lost = [at for at, group in by_approved.items() if not any(pair.tender for pair in group)]
        regrouping = Regrouping(judged, self._extra(), lost, self._text, self.rules)
        regrouping.settle()
        answers: dict[tuple[int, int] | None, list[ParameterMatch]] = defaultdict(list)
        for pair in judged:
            answers[pair.approved].append(pair)
        for at in by_approved:
            yield from self._parameter(at, answers[at], judged)
        for at in regrouping.extra:
            yield self._addition(at)

    def _parameter(
        self, at: tuple[int, int], answered: list[ParameterMatch], judged: dict[ParameterMatch, Judgement]
    ) -> Iterator[Finding]:
        """One finding for an approved parameter; one for each package where packages differ in wording."""
        item, parameter = self.approved[at[0]], self.approved[at[0]].parameters[at[1]]
        name, mine = short_name(parameter.text), Side(parameter.text, parameter.place)
        if not answered:
            judgement = Judgement(Verdict.MISSING, "批复参数在招标文件中无对应条目")
            yield self._finding(Subject.PARAMETER, item, self.rights[0], Evidence(name, mine), judgement)
            return
        alike: dict[tuple[str, Verdict], list[ParameterMatch]] = defaultdict(list)
        for pair in answered:
            alike[self._text(pair.tender).text, judged[pair].verdict].append(pair)
        for (text, _), group in alike.items():
            places = "、".join(self._text(pair.tender).place for pair in group)
            evidence = Evidence(name, mine, Side(text, places), group[0].confidence)
            yield self._finding(Subject.PARAMETER, item, self._answering(group[0]), evidence, judged[group[0]])
        # What one package asks for says nothing about another package of the same item.
        silent = [
            self.tender[index]
            for index in self.match.tender
            if index not in {pair.tender[0] for pair in answered if pair.tender}
        ]
        if silent:
            where = "、".join(f"{one.package or one.name}（{one.place}）" for one in silent)
            reason = f"招标的其他分包已写明，{where} 未写此参数，需人工确认是否漏列"
            evidence = Evidence(name, mine, Side("", "、".join(one.place for one in silent)))
            yield self._finding(Subject.PARAMETER, item, silent[0], evidence, Judgement(Verdict.MANUAL, reason))

    def _judge(self, pair: ParameterMatch) -> Judgement:
        approved, tender = self._text(pair.approved, approved=True), self._text(pair.tender)
        if not approved.readable or not tender.readable:
            return Judgement(Verdict.MANUAL, _UNREAD)
        marks = (approved.mark, tender.mark)
        judgement = judge(self.lefts[0].name, split_name(approved.text), split_name(tender.text), self.rules, marks)
        if judgement.verdict is Verdict.SAME and not pair.is_sure:
            return Judgement(Verdict.MANUAL, "取值相同，但对应关系把握不足，需人工确认", judgement.convention)
        return judgement

    def _text(self, at: tuple[int, int] | None, *, approved: bool = False) -> Parameter:
        if at is None:
            return Parameter("", "")
        return (self.approved if approved else self.tender)[at[0]].parameters[at[1]]

    def _answering(self, pair: ParameterMatch) -> Item:
        return self.tender[pair.tender[0]] if pair.tender else self.rights[0]

    def _extra(self) -> list[tuple[int, int]]:
        """Tender parameters that answer no approved parameter of any of the merged rows."""
        answering = {pair.tender for pair in self.match.parameters if pair.approved and pair.tender}
        every = [(index, order) for index in self.match.tender for order in range(len(self.tender[index].parameters))]
        return [at for at in every if at not in answering]

    def _addition(self, at: tuple[int, int]) -> Finding:
        parameter = self._text(at)
        judgement = added(parameter.text)
        if not parameter.readable:
            judgement = Judgement(Verdict.MANUAL, _UNREAD)
        evidence = Evidence(short_name(parameter.text), tender=Side(parameter.text, parameter.place))
        return self._finding(Subject.PARAMETER, self.lefts[0], self.tender[at[0]], evidence, judgement)

    def _quantities(self) -> Iterator[Finding]:
        if compared := compare_quantities(self.lefts, self.rights, self.rules):
            yield self._finding(Subject.QUANTITY, self.lefts[0], self.rights[0], *compared)

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


def _in_full(item: Item) -> Side:
    """An item that has no counterpart, with everything it asks for: no other row tells what is lost or added."""
    whole = _whole(item)
    asked = "；".join(f"{parameter.mark}{without_mark(parameter.text)}" for parameter in item.parameters)
    return Side(f"{whole.text}：{asked}", whole.place) if asked else whole


def _whole(item: Item) -> Side:
    """An item in words, with its quantity."""
    return Side(f"{item.name} {item.quantity.text}" if item.quantity else item.name, item.place)
