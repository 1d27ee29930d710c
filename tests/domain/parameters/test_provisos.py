"""Sentences outside the tables that take back what the tables ask for are put before a person."""

import pytest

from domain.documents import Clause, ParameterTable
from domain.parameters import Overall, Verdict, review
from tests.domain.builders import item, table

ASKED = ("质保：3年", "故障响应时间：≤2小时", "内存：≥256GB")


def tender_saying(*sentences: str) -> ParameterTable:
    same = table(item("服务器", ASKED))
    return ParameterTable(
        same.file_name, same.sha256, same.items, clauses=tuple(Clause(one, "第9段") for one in sentences)
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "注：以上设备质保期均为自验收合格之日起1年。",
        "5.3 质保期：全部设备质保期为验收合格后12个月。",
        "全部设备质保五年。",
        "供应商故障响应时间不超过8小时。",
        "全部设备质保期为365天。",
        "质保期内故障响应时间为1个工作日。",
        "投标产品技术参数允许负偏离，偏离不超过20%的视为满足。",
        "更正：第1项服务器内存由≥256GB更正为≥128GB。",
    ],
)
def test_a_sentence_that_changes_what_the_table_asks_for_is_shown(sentence: str) -> None:
    result = review(table(item("服务器", ASKED)), tender_saying(sentence))
    assert result.overall is not Overall.SAME
    (shown,) = (one for one in result.findings if one.is_deviation)
    assert (shown.verdict, shown.tender, shown.tender_ref) == (Verdict.MANUAL, sentence, "第9段")


@pytest.mark.parametrize(
    "sentence",
    [
        "质保期：自验收合格之日起三年。",
        "全部设备质保期为1095天。",
        "质保期内供应商故障响应时间不超过2小时。",
        "非★条款每有一项负偏离扣2分，不允许负偏离的条款除外。",
        "供应商须在2小时内响应故障。",
        "合同签订后支付30%，质保期满后支付尾款。",
        "本项目采用综合评分法。",
    ],
)
def test_a_sentence_that_repeats_or_scores_is_no_deviation(sentence: str) -> None:
    assert review(table(item("服务器", ASKED)), tender_saying(sentence)).overall is Overall.SAME


def test_a_length_of_time_is_held_against_the_term_that_it_is_said_of() -> None:
    result = review(table(item("服务器", ASKED)), tender_saying("质保期内故障响应时间为1个工作日。"))
    (shown,) = (one for one in result.findings if one.is_deviation)
    assert shown.approved == "故障响应时间：≤2小时"


def test_a_sentence_that_the_approved_document_holds_too_is_no_deviation() -> None:
    same = table(item("服务器", ASKED))
    clause = (Clause("全部设备质保期为1年。", "第2段"),)
    approved = ParameterTable(same.file_name, same.sha256, same.items, clauses=clause)
    assert review(approved, tender_saying("全部设备质保期为1年。")).overall is Overall.SAME
