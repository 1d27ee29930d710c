"""A replacement model 替代型号 (production ended, performance of a contract): its figures against what was required.

What a supplier offers is a fact, not a requirement: a value that meets the approved requirement is the same or better
(同等或更优), one below it is lower. Naming its maker and model is how an offer is told apart, and no suspicion.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from domain.documents.corrections import ChangeDocument, Correction
from domain.documents.table import Item, Notice, Parameter, ParameterTable
from domain.parameters.align import align
from domain.parameters.amend import Amended, prices
from domain.parameters.compare import compare
from domain.parameters.names import split_name
from domain.parameters.phrases import phrases
from domain.parameters.rules import Rules, shipped
from domain.parameters.stated_rows import find_rows, marked, place_in
from domain.parameters.verdicts import Finding, Verdict
from domain.text import key

CONVENTION = "替代型号按响应值与批复要求逐项比较，达到或优于即为同等或更优"
_MET = frozenset({Verdict.SAME, Verdict.RAISED})
_SHORT = frozenset({Verdict.LOWERED, Verdict.MISSING})


def replace_models(agreed: ParameterTable, change: ChangeDocument, rules: Rules | None = None) -> Amended:
    """Put offered models in the place of the agreed rows they replace; a row's requirements are all to be answered."""
    chosen = rules or shipped()
    stated = replace(change.table, items=(*change.table.items, *_offered(change.corrections)))
    homes, refusals = find_rows(agreed, stated, chosen)
    unknown = tuple(_unknown(item) for index, item in enumerate(stated.items) if index not in homes)
    if refusals or unknown or not stated.items:
        nothing = (
            () if stated.items else ("替代型号文件没有列出任何设备，请写明被替代的设备名称和替代型号的各项参数。",)
        )
        return Amended(agreed, refusals=refusals or unknown or nothing)
    rows = list(agreed.items)
    notices = [*change.table.notices]
    for index, home in homes.items():
        rows[home], model = _replaced(rows[home], marked(stated.items[index], change.table.file_name))
        notices.append(
            Notice("model_replaced", f"“{rows[home].name}”的替代型号：{model or '未写明品牌型号'}", rows[home].place)
        )
    clauses = (replace(clause, place=place_in(stated.file_name, clause.place)) for clause in stated.clauses)
    table = replace(
        stated, items=tuple(rows), subtotals=(), clauses=(*agreed.clauses, *clauses), notices=tuple(notices)
    )
    return Amended(table)


def judge_offers(
    findings: Iterable[Finding], agreed: ParameterTable, offered: ParameterTable, rules: Rules | None = None
) -> tuple[Finding, ...]:
    """Word the findings on offered values, and leave to a person what meets the approval but not what was agreed."""
    chosen = rules or shipped()
    below = {
        finding.tender_ref: finding
        for finding in compare(agreed, offered, align(agreed, offered, chosen), chosen)
        if finding.verdict in _SHORT and _is_offered(finding, offered)
    }
    return tuple(
        _worded(finding, below.get(finding.tender_ref)) if _is_offered(finding, offered) else finding
        for finding in findings
    )


def without_models(findings: Iterable[Finding], offered: ParameterTable) -> tuple[Finding, ...]:
    """Leave out suspicions that an offer only raises by naming its maker or model."""
    return tuple(
        finding for finding in findings if finding.verdict is not Verdict.BRAND or not _is_offered(finding, offered)
    )


def _offered(corrections: Iterable[Correction]) -> Iterator[Item]:
    """Rows from a table with a column for the model that is replaced and one for what replaces it."""
    by_item: dict[str, list[Correction]] = {}
    for one in corrections:
        by_item.setdefault(one.item or one.subject, []).append(one)
    for name, told in by_item.items():
        parameters = tuple(
            Parameter(f"{one.parameter}：{one.after}" if one.parameter else one.after, one.place) for one in told
        )
        yield Item(name, told[0].place, parameters=parameters)


def _replaced(before: Item, new: Item) -> tuple[Item, str]:
    """The row as offered, and the model in words."""
    models = [one for one in new.parameters if key(split_name(one.text)[0]) in phrases("model_name")]
    named = new.name if key(new.name) != key(before.name) else ""
    told = "；".join(text for text in (named, *(one.text for one in models), new.remark) if text)
    unit_price, total = prices(before, new)
    offered = replace(
        before,
        place=new.place,
        parameters=tuple(one for one in new.parameters if one not in models),
        quantity=new.quantity or before.quantity,
        unit_price=unit_price,
        total=total,
    )
    return offered, told


def _unknown(item: Item) -> str:
    return (
        f"替代型号文件的“{item.name}”（{item.place}）在审定的招标文件中没有对应的条目，"
        "请把名称写成被替代条目的名称；新增设备不属于替代型号，请按更正公告申请。"
    )


def _is_offered(finding: Finding, offered: ParameterTable) -> bool:
    return place_in(offered.file_name) in finding.tender_ref


def _worded(finding: Finding, below: Finding | None) -> Finding:
    told = replace(finding, convention="；".join(text for text in (finding.convention, CONVENTION) if text))
    if below is not None and finding.verdict in _MET:
        reason = f"达到批复要求，但低于审定的招标要求“{below.approved}”，需人工确认：{below.reason}"
        return replace(told, verdict=Verdict.MANUAL, reason=reason)
    if finding.verdict is Verdict.ADDED:
        return replace(told, reason="替代型号另有的性能，批复无此要求，不影响同等或更优的判断，须说明是否影响价格")
    return told
