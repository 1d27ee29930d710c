"""Everything that the alignment put side by side, compared: whole items, parameters and quantities (Article 18)."""

from collections import defaultdict
from collections.abc import Iterator

from domain.documents.table import Item, Parameter, ParameterTable
from domain.parameters.align import Alignment, ItemMatch
from domain.parameters.compliance import added_reason
from domain.parameters.judge import judge
from domain.parameters.match_parameters import ParameterMatch
from domain.parameters.names import short_name, split_name
from domain.parameters.outcomes import Judgement
from domain.parameters.quantities import judge_quantity
from domain.parameters.regroup import regroup
from domain.parameters.verdicts import Finding, Subject, Verdict

WHOLE = "整项"
_RESERVE = "预备费"


def compare(approved: ParameterTable, tender: ParameterTable, alignment: Alignment) -> tuple[Finding, ...]:
    """Give a finding for every approved parameter, quantity and missing item, and for every addition of the tender."""
    return tuple(
        finding
        for match in alignment.matches
        for finding in _Comparison(approved.items, tender.items, match).findings()
    )


class _Comparison:
    """One match of items under comparison."""

    def __init__(self, approved: tuple[Item, ...], tender: tuple[Item, ...], match: ItemMatch) -> None:
        self.approved, self.tender, self.match = approved, tender, match
        self.lefts = [approved[index] for index in match.approved]
        self.rights = [tender[index] for index in match.tender]

    def findings(self) -> Iterator[Finding]:
        if not self.rights:
            yield self._missing()
        elif not self.lefts:
            yield self._added()
        else:
            found = [*self._whole(), *self._parameters(), *self._quantities()]
            yield from found or [self._answered()]

    def _missing(self) -> Finding:
        item = self.lefts[0]
        verdict, reason = Verdict.MISSING, "批复条目在招标文件中无对应内容"
        places = ""
        if self.match.candidates:
            others = [self.tender[index] for index in self.match.candidates]
            places = "、".join(other.place for other in others)
            names = "、".join(other.name for other in others)
            verdict, reason = Verdict.MANUAL, f"招标中没有单列，疑似并入“{names}”，需人工确认内容和数量"
        elif _RESERVE in item.name:
            verdict, reason = Verdict.MANUAL, "预备费不得并入采购预算，招标文件未列；请核对金额口径"
        return self._finding(
            Subject.ITEM, item, None, WHOLE, (_described(item), item.place), ("", places), Judgement(verdict, reason)
        )

    def _added(self) -> Finding:
        item = self.rights[0]
        reason, basis = added_reason(" ".join((item.name, *(parameter.text for parameter in item.parameters))))
        judgement = Judgement(Verdict.ADDED, reason.replace("此要求", "此条目"), basis=basis)
        return self._finding(Subject.ITEM, item, item, WHOLE, ("", ""), (_described(item), item.place), judgement)

    def _answered(self) -> Finding:
        item, other = self.lefts[0], self.rights[0]
        judgement = Judgement(Verdict.SAME, "条目对应，两侧均未列参数和数量", self.match.how)
        return self._finding(
            Subject.ITEM, item, other, WHOLE, (item.name, item.place), (other.name, other.place), judgement
        )

    def _whole(self) -> Iterator[Finding]:
        if self.match.is_sure:
            return
        item, other = self.lefts[0], self.rights[0]
        reason = f"名称不同，疑似同一条目（相似度 {self.match.confidence:.0%}），需人工确认：批复“{item.name}”，招标“{other.name}”"
        yield self._finding(
            Subject.ITEM, item, other, WHOLE, (item.name, item.place), (other.name, other.place), Judgement(Verdict.MANUAL, reason)
        )  # fmt: skip

    def _parameters(self) -> Iterator[Finding]:
        by_approved: dict[tuple[int, int], list[ParameterMatch]] = defaultdict(list)
        for pair in self.match.parameters:
            if pair.approved:
                by_approved[pair.approved].append(pair)
        pairs = {pair: self._judge(pair) for group in by_approved.values() for pair in group if pair.tender}
        extra = self._extra(set(self.match.parameters))
        pairs, extra = regroup(pairs, extra, self._text)
        for at, group in by_approved.items():
            yield from self._parameter(at, [pair for pair in group if pair.tender], pairs)
        for at in extra:
            yield self._extra_finding(at)

    def _parameter(
        self, at: tuple[int, int], answered: list[ParameterMatch], judged: dict[ParameterMatch, Judgement]
    ) -> Iterator[Finding]:
        """One finding for an approved parameter; one for each package where packages differ in wording."""
        item, parameter = self.approved[at[0]], self.approved[at[0]].parameters[at[1]]
        if not answered:
            judgement = Judgement(Verdict.MISSING, "批复参数在招标文件中无对应条目")
            yield self._finding(
                Subject.PARAMETER,
                item,
                self.rights[0],
                short_name(parameter.text),
                (parameter.text, parameter.place),
                ("", ""),
                judgement,
            )
            return
        alike: dict[tuple[str, Verdict], list[ParameterMatch]] = defaultdict(list)
        for pair in answered:
            alike[self._text(pair.tender).text, judged[pair].verdict].append(pair)
        for group in alike.values():
            others = [self._text(pair.tender) for pair in group]
            tender = (others[0].text, "、".join(other.place for other in others))
            right = self.tender[group[0].tender[0]] if group[0].tender else None
            yield self._finding(
                Subject.PARAMETER, item, right, short_name(parameter.text), (parameter.text, parameter.place), tender,
                judged[group[0]], group[0].confidence,
            )  # fmt: skip

    def _judge(self, pair: ParameterMatch) -> Judgement:
        approved, tender = self._text(pair.approved, approved=True), self._text(pair.tender)
        if not approved.readable or not tender.readable:
            return Judgement(Verdict.MANUAL, "单元格公式没有可用的计算结果，无法判断，需人工核对")
        item = self.lefts[0].name
        judgement = judge(item, split_name(approved.text), split_name(tender.text), (approved.mark, tender.mark))
        if judgement.verdict is Verdict.SAME and not (pair.is_sure and self.match.is_sure):
            return Judgement(Verdict.MANUAL, "取值相同，但对应关系把握不足，需人工确认", judgement.convention)
        return judgement

    def _text(self, at: tuple[int, int] | None, *, approved: bool = False) -> Parameter:
        if at is None:
            return Parameter("", "")
        return (self.approved if approved else self.tender)[at[0]].parameters[at[1]]

    def _extra(self, pairs: set[ParameterMatch]) -> list[tuple[int, int]]:
        """Tender parameters that answer no approved parameter of any of the merged rows."""
        answering = {pair.tender for pair in pairs if pair.approved and pair.tender}
        every = [(index, order) for index in self.match.tender for order in range(len(self.tender[index].parameters))]
        return [at for at in every if at not in answering]

    def _extra_finding(self, at: tuple[int, int]) -> Finding:
        parameter = self._text(at)
        reason, basis = added_reason(parameter.text)
        verdict = Verdict.ADDED if parameter.readable else Verdict.MANUAL
        judgement = Judgement(
            verdict, reason if parameter.readable else "单元格公式没有可用的计算结果，需人工核对", basis=basis
        )
        return self._finding(
            Subject.PARAMETER, self.lefts[0], self.tender[at[0]], short_name(parameter.text), ("", ""),
            (parameter.text, parameter.place), judgement,
        )  # fmt: skip

    def _quantities(self) -> Iterator[Finding]:
        known = [item.quantity for item in self.lefts if item.quantity is not None]
        given = [item.quantity for item in self.rights if item.quantity is not None]
        if not known:
            return
        text = "、".join(quantity.text for quantity in known)
        if not given:
            judgement = Judgement(Verdict.MANUAL, "招标文件未写数量，需人工核对")
        elif len(known) > 1 and (
            len({quantity.unit for quantity in known}) > 1 or any(q.number is None for q in known)
        ):
            judgement = Judgement(Verdict.MANUAL, f"批复各项计量单位不一致（{text}），需人工核对")
        else:
            total = known[0].text if len(known) == 1 else f"{sum(q.number or 0 for q in known)}{known[0].unit}"
            judgement = judge_quantity(self.lefts[0].name, total, [quantity.text for quantity in given])
        yield self._finding(
            Subject.QUANTITY, self.lefts[0], self.rights[0], "数量", (text, "、".join(q.place for q in known)),
            ("、".join(self._packaged(item) for item in self.rights if item.quantity), "、".join(q.place for q in given)), judgement,
        )  # fmt: skip

    def _packaged(self, item: Item) -> str:
        text = item.quantity.text if item.quantity else ""
        return f"{item.package}:{text}" if len(self.rights) > 1 and item.package else text

    def _finding(
        self, subject: Subject, item: Item, other: Item | None, parameter: str, approved: tuple[str, str],
        tender: tuple[str, str], judgement: Judgement, confidence: float = 1.0,
    ) -> Finding:  # fmt: skip
        convention = "；".join(text for text in (judgement.convention, self.match.how) if text)
        return Finding(
            subject, item.subsystem, item.name, other.name if other else "", parameter, approved[0], tender[0],
            judgement.verdict, judgement.reason, approved[1], tender[1], convention, judgement.basis,
            confidence=round(min(confidence, self.match.confidence) if other else confidence, 3),
        )  # fmt: skip


def _described(item: Item) -> str:
    """An item in words: its name and quantity, and how many parameters stand behind it."""
    quantity = f" {item.quantity.text}" if item.quantity else ""
    return f"{item.name}{quantity}"
