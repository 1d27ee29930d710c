"""A change during procurement laid over the requirement that was agreed last (Article 18).

A correction notice names only what changes. The quantities and the money of the whole project have still to be proved
against the approved investment, so what it names is written into the agreed requirement and everything else stays.
What has no certain place is never dropped: the unit is asked to say it clearly, or a person is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.documents.corrections import ChangeDocument, Correction
from domain.documents.table import Item, Money, Notice, Parameter, ParameterTable
from domain.parameters.beside import TITLES, Stated, Unlike, take_in
from domain.parameters.match_parameters import match_parameters
from domain.parameters.names import item_key, short_name
from domain.parameters.placing import Placing
from domain.parameters.rules import Rules, shipped
from domain.parameters.stated_rows import find_rows, marked, place_in
from domain.parameters.verdicts import Finding, Subject, Verdict, identify
from domain.provisions import REVIEW
from domain.text import plain

NOTICE = "变更文件"
MOST_CORRECTIONS = 500
_TOO_MANY = f"变更文件列有 {{count}} 条更正，超过 {MOST_CORRECTIONS} 条，请改为提交完整修订稿。"
_KEPT = "变更文件未列出的条目和参数，按上次审定的招标文件"


@dataclass(frozen=True, slots=True)
class Amended:
    """The whole requirement as it stands after the change.

    `table` has every row; what the change states has places that name its file. `doubts` are findings for a person on
    what could not be placed. `refusals` are Chinese sentences for the unit; when there are any, nothing else counts.
    """

    table: ParameterTable
    doubts: tuple[Finding, ...] = ()
    refusals: tuple[str, ...] = ()


def amend(agreed: ParameterTable, change: ChangeDocument, rules: Rules | None = None) -> Amended:
    """Lay a notice that names only what changes over the agreed requirement."""
    return _Amending(agreed, change, rules or shipped()).run()


class _Amending:
    def __init__(self, agreed: ParameterTable, change: ChangeDocument, rules: Rules) -> None:
        self.agreed, self.change, self.rules = agreed, change, rules
        self.rows: list[Item | None] = list(agreed.items)
        self.doubts: list[Finding] = []

    def run(self) -> Amended:
        stated, corrections = self.change.table.items, self.change.corrections
        if len(corrections) > MOST_CORRECTIONS:
            return Amended(self.agreed, refusals=(_TOO_MANY.format(count=len(corrections)),))
        homes, refusals = find_rows(self.agreed, self.change.table, self.rules)
        if refusals:
            return Amended(self.agreed, refusals=refusals)
        for index, item in enumerate(stated):
            new = marked(item, self.change.table.file_name)
            home = homes.get(index)
            if home is None:
                self.rows.append(new)
            else:
                self.rows[home] = self._restated(self.agreed.items[home], new)
        placing = Placing(self.rows, self.agreed.clauses, self._mark, self.rules)
        beside = [Stated(placing.home(one), one) for one in corrections if one.beside]
        for correction in corrections:
            is_changed = not correction.is_read or plain(correction.before) != plain(correction.after)
            if is_changed and not placing.place(correction):
                self.doubts.append(self._unplaced(correction))
        self.doubts.extend(map(self._unlike, take_in(self.rows, placing.rows, map(self._marked, beside))))
        return Amended(self._table(placing), identify(self.doubts))

    def _marked(self, stated: Stated) -> Stated:
        figures = (replace(one, place=self._mark(one.place)) for one in stated.correction.beside)
        return replace(stated, correction=replace(stated.correction, beside=tuple(figures)))

    def _mark(self, place: str) -> str:
        return place_in(self.change.table.file_name, place)

    def _table(self, placing: Placing) -> ParameterTable:
        table = self.change.table
        clauses = (replace(clause, place=self._mark(clause.place)) for clause in table.clauses)
        notices = (*table.notices, Notice("change_overlaid", _KEPT))
        items = tuple(item for item in placing.rows if item is not None)
        return replace(table, items=items, subtotals=(), clauses=(*placing.clauses, *clauses), notices=notices)

    def _restated(self, before: Item, new: Item) -> Item:
        """The agreed row with what the notice says of it; what it does not mention stays."""
        pairs = match_parameters(before, new, (0, 0), self.rules)
        answers = {pair.approved[1]: pair.tender[1] for pair in pairs if pair.approved and pair.tender and pair.is_sure}
        kept = [
            new.parameters[answers[order]] if order in answers else parameter
            for order, parameter in enumerate(before.parameters)
        ]
        added = [one for order, one in enumerate(new.parameters) if order not in answers.values()]
        self.doubts.extend(self._left_out(before, new, answers))
        quantity = new.quantity or before.quantity
        unit_price, total = prices(before, new)
        return replace(
            before,
            name=before.name if item_key(before.name, self.rules) == item_key(new.name, self.rules) else new.name,
            place=new.place,
            parameters=(*kept, *added),
            quantity=quantity,
            unit_price=unit_price,
            total=total,
            remark=new.remark or before.remark,
        )

    def _left_out(self, before: Item, new: Item, answers: dict[int, int]) -> Iterator[Finding]:
        """Doubts about what a row leaves out that repeats something unchanged: it may have been meant as a whole."""
        repeated = any(
            plain(before.parameters[old].text) == plain(new.parameters[at].text) for old, at in answers.items()
        )
        if not repeated:
            return
        for order, parameter in enumerate(before.parameters):
            if order not in answers:
                reason = "变更文件重列了本条目，但没有列这一项；现按不变处理，需人工确认是否删去"
                yield self._doubt(before, parameter, Parameter("", new.place), reason)

    def _unplaced(self, correction: Correction) -> Finding:
        reason = "变更内容在审定的招标文件中找不到唯一对应的条目，没有并入比对，需人工确认是否涉及技术参数、数量或金额"
        item = Item(NOTICE, "")
        told = Parameter(correction.after or "（删去）", self._mark(correction.place))
        return self._doubt(item, Parameter(correction.before, ""), told, reason, correction.subject)

    def _unlike(self, told: Unlike) -> Finding:
        title, was, now = TITLES[told.figure.role], told.agreed or "没有", told.figure.text
        compared = f"上次审定的招标文件为{was}，" if told.item else ""
        reason = f"变更文件在更正内容旁列明{title}{now}，{compared}{told.why}，没有并入比对，需人工确认是否变更"
        about = title if told.item else f"{told.correction.subject} {title}".strip()
        before, after = Parameter(told.agreed, ""), Parameter(now, told.figure.place)
        return self._doubt(told.item or Item(NOTICE, ""), before, after, reason, about)

    def _doubt(self, item: Item, before: Parameter, after: Parameter, reason: str, about: str = "") -> Finding:
        return Finding(
            subject=Subject.PARAMETER,
            subsystem=item.subsystem,
            item=item.name,
            tender_item=NOTICE,
            parameter=about or short_name(before.text or after.text),
            approved=before.text,
            tender=after.text,
            verdict=Verdict.MANUAL,
            reason=reason,
            approved_ref="",
            tender_ref=after.place,
            convention=_KEPT,
            basis=REVIEW,
            confidence=0.0,
        )


def prices(before: Item, new: Item) -> tuple[Money | None, Money | None]:
    """Unit price and total of a restated row; a printed figure that its new neighbours contradict is not kept."""
    if new.unit_price is None and new.total is None:
        is_recounted = new.quantity is not None and before.unit_price is not None
        return before.unit_price, None if is_recounted else before.total
    if new.unit_price is None:
        return None, new.total
    return new.unit_price, new.total
