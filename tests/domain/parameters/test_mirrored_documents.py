"""Documents held against each other both ways: what is raised or added one way is lowered or missing the other."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.documents import Item, ParameterTable
from domain.parameters import Finding, Verdict, review
from domain.parameters.verdicts import Subject
from tests.domain.builders import item, table

DEVICES = {
    "应用服务器": ["CPU核数：≥{}核", "内存：≥{}GB", "电源功率：≤{}W"],
    "防火墙": ["吞吐量：≥{}Gbps", "并发连接数：≥{}万", "时延：≤{}μs"],
    "精密空调": ["制冷量：≥{}kW", "噪声：≤{}dB", "工作温度：-{}~50℃"],
    "大屏": ["亮度：≥{}nit", "点间距：≤{}mm", "质保：{}年"],
    "存储": ["容量：≥{}TB", "控制器：≥{}个", "IOPS：≥{}万"],
}
Figures = dict[str, list[int | None]]
"""For each device the figure of each of its parameters, None where a side says nothing of it."""


def sides() -> st.SearchStrategy[Figures]:
    figure = st.one_of(st.none(), st.integers(2, 60))
    one = st.dictionaries(
        st.sampled_from(sorted(DEVICES)), st.lists(figure, min_size=3, max_size=3), min_size=1, max_size=len(DEVICES)
    )
    return one.filter(lambda told: all(any(figures) for figures in told.values()))


def document(figures: Figures, name: str) -> ParameterTable:
    return table(*(device(*one, row) for row, one in enumerate(figures.items(), 4)), file_name=name)


def device(name: str, figures: list[int | None], row: int) -> Item:
    said = [form.format(figure) for form, figure in zip(DEVICES[name], figures, strict=True) if figure is not None]
    return item(name, said, unit_price=None, total=None, quantity="2台", place=f"清单!C{row}")


def told(approved: ParameterTable, tender: ParameterTable) -> Counter[tuple[str, str, Verdict]]:
    findings: tuple[Finding, ...] = review(approved, tender).findings
    wanted = {Subject.PARAMETER, Subject.ITEM, Subject.QUANTITY}
    return Counter((one.item, one.parameter, one.verdict) for one in findings if one.subject in wanted)


MIRROR = {
    Verdict.SAME: Verdict.SAME,
    Verdict.RAISED: Verdict.LOWERED,
    Verdict.LOWERED: Verdict.RAISED,
    Verdict.MISSING: Verdict.ADDED,
    Verdict.ADDED: Verdict.MISSING,
    Verdict.MANUAL: Verdict.MANUAL,
}


@settings(max_examples=150, deadline=None)
@given(one=sides(), other=sides())
def test_two_documents_held_against_each_other_mirror_their_verdicts(one: Figures, other: Figures) -> None:
    left, right = document(one, "批复.xlsx"), document(other, "招标.docx")
    back = told(right, left)
    assert Counter({(*what, MIRROR[verdict]): n for (*what, verdict), n in told(left, right).items()}) == back


@settings(max_examples=60, deadline=None)
@given(data=st.data(), one=sides())
def test_a_document_against_itself_in_another_order_is_consistent(data: st.DataObject, one: Figures) -> None:
    turned = {name: one[name] for name in data.draw(st.permutations(sorted(one)))}
    found = told(document(one, "批复.xlsx"), document(turned, "招标.docx"))
    assert {verdict for _, _, verdict in found} == {Verdict.SAME}
