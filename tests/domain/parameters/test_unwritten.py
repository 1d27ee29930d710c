"""Words in a requirement's place that ask for nothing: one question to a person, with the true reason."""

import pytest

from domain.parameters import Finding, Verdict, align, compare
from domain.parameters.unwritten import told_of
from tests.domain.builders import item, table

ASKED = ("吞吐量：≥20Gbps", "质保：3年")


def findings(tender: tuple[str, ...], quantity: str = "10台", approved: tuple[str, ...] = ASKED) -> list[Finding]:
    mine, theirs = table(item("防火墙", approved)), table(item("防火墙", tender, quantity=quantity, place="表1 第2行"))
    return [one for one in compare(mine, theirs, align(mine, theirs)) if one.is_deviation]


@pytest.mark.parametrize(
    "text",
    [
        "详见附件",
        "技术参数详见附件三",
        "按初步设计要求",
        "按照批复的技术要求执行",
        "同批复",
        "见技术规格书",
        "详见第五章采购需求",
        "参数以设计文件为准",
        "★详见附件1",
        "待定",
    ],
)
def test_a_reference_to_another_paper_is_one_question_with_all_that_cannot_be_compared(text: str) -> None:
    (found,) = findings((text,))
    assert (found.parameter, found.verdict) == ("整项", Verdict.MANUAL)
    assert all(asked in found.approved for asked in ASKED)
    assert "未随文列出" in found.reason


@pytest.mark.parametrize("text", ["本次不采购", "利旧", "利用现有设备", "由采购人提供", "另行采购", "（利旧）"])
@pytest.mark.parametrize("quantity", ["/", "-", "利旧"])
def test_what_is_not_bought_is_one_question_that_tells_the_quantity_too(text: str, quantity: str) -> None:
    (found,) = findings((text,), quantity)
    assert (found.parameter, found.verdict) == ("整项", Verdict.MANUAL)
    assert "10台" in found.approved
    assert "等同取消" in found.reason


def test_a_number_of_pieces_beside_words_is_still_compared() -> None:
    assert [one.verdict for one in findings(("本次不采购",), "8台")] == [Verdict.MANUAL, Verdict.QUANTITY]


@pytest.mark.parametrize(
    ("quantity", "words"), [("/", "没有写明数量"), ("利旧", "等同取消"), ("详见附件", "未随文列出")]
)
def test_a_quantity_in_words_is_told_as_what_it_is(quantity: str, words: str) -> None:
    (found,) = findings(ASKED, quantity)
    assert (found.parameter, found.verdict) == ("数量", Verdict.MANUAL)
    assert words in found.reason


def test_a_named_value_that_refers_elsewhere_is_for_a_person_and_the_rest_is_compared() -> None:
    found = findings(("吞吐量：详见附件", "质保：1年"))
    assert [(one.parameter, one.verdict) for one in found] == [
        ("吞吐量", Verdict.MANUAL),
        ("质保", Verdict.LOWERED),
    ]


def test_the_same_reference_on_both_sides_is_no_question_of_this_kind() -> None:
    assert findings(("详见附件",), approved=("详见附件",)) == []


@pytest.mark.parametrize(
    "text",
    [
        "符合国家标准",
        "按照GB/T 22239执行",
        "支持利旧设备接入",
        "利用现有机房",
        "提供安装图纸",
        "同步复制",
        "同城双活",
        "按方案部署",
        "按图纸施工安装并提供竣工图",
        "不采购进口产品",
        "详见附件，内存≥256GB",
        "依据清单提供备件",
        "已有数据迁移",
        "见证取样",
        "使用现有网络接入政务云",
        "根据采购人要求提供方案设计",
    ],
)
def test_requirements_that_mention_papers_or_old_devices_are_requirements(text: str) -> None:
    assert told_of(text) == ""
