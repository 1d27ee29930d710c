"""What the approved prose asks for is looked for in the whole tender, topic by topic."""

import pytest

from domain.documents import Clause, ParameterTable
from domain.parameters import Verdict, review
from domain.parameters.obligations import APPROVED_PROSE
from domain.parameters.verdicts import Finding
from tests.domain.builders import item, table


def said(*prose: str) -> ParameterTable:
    return table(item(), clauses=tuple(Clause(text, f"第{order}段") for order, text in enumerate(prose, start=1)))


def deviations(approved: list[str], tender: list[str]) -> list[Finding]:
    return [one for one in review(said(*approved), said(*tender)).findings if one.is_deviation]


@pytest.mark.parametrize(
    ("approved", "topic"),
    [
        ("系统应满足等级保护三级要求。", "等级保护"),
        ("应通过商用密码应用安全性评估。", "密码应用"),
        ("培训要求：管理员培训20人次。", "培训"),
        ("试运行：不少于3个月。", "试运行"),
        ("建设工期：6个月。", "工期"),
        ("应在2小时内响应故障，4小时到达现场。", "服务响应"),
        ("须提供全部源代码。", "源代码"),
        ("系统须支持IPv6。", "IPv6"),
        ("应完成数据资源目录挂接。", "数据共享"),
    ],
)
def test_a_topic_of_which_the_tender_says_nothing_is_missing(approved: str, topic: str) -> None:
    (shown,) = deviations([approved], ["本项目采用综合评分法。"])
    assert (shown.verdict, shown.item, shown.parameter, shown.approved) == (
        Verdict.MISSING, APPROVED_PROSE, topic, approved,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("approved", "tender", "verdict"),
    [
        ("系统应满足等级保护三级要求。", "系统按等保二级建设。", Verdict.LOWERED),
        ("系统应满足等保二级要求。", "系统应达到网络安全等级保护第三级。", Verdict.RAISED),
        ("应提供不少于5天的培训，100人次。", "培训不少于5天，30人次。", Verdict.LOWERED),
        ("提供7×24小时服务。", "提供5×8小时服务。", Verdict.LOWERED),
        ("故障2小时内响应。", "故障4小时内响应。", Verdict.LOWERED),
        ("应提供不少于5天的培训。", "中标人应提供必要的培训。", Verdict.MANUAL),
        ("应派驻2名工程师驻场1年。", "应提供驻场服务。", Verdict.MANUAL),
        ("建设工期：6个月。", "交付期：合同签订后9个月。", Verdict.MANUAL),
        ("试运行不少于3个月。", "试运行1个月。", Verdict.MANUAL),
        ("质保期：3年。", "质保期：1年。", Verdict.MANUAL),
    ],
)
def test_a_topic_that_the_tender_fixes_otherwise_is_told_once(approved: str, tender: str, verdict: Verdict) -> None:
    (shown,) = deviations([approved], [tender])
    assert shown.verdict is verdict
    assert (shown.approved, shown.tender) == (approved, tender)


@pytest.mark.parametrize(
    ("approved", "tender"),
    [
        ("建设工期：6个月。", "项目工期6个月。"),
        ("本项目建设周期为180天。", "合同签订后6个月内完成交付。"),
        ("系统应达到网络安全等级保护第三级要求。", "系统应满足等保三级要求"),
        ("系统应通过密评。", "中标人负责通过商用密码应用安全性评估"),
        ("应提供不少于5天的培训。", "培训：不少于5天，20人次"),
        ("提供7×24小时服务，2小时响应，4小时到场。", "售后：7*24小时服务，响应时间2小时，到场4小时"),
        ("服务器应采用国产化产品。", "须采用信创产品"),
        ("质保期：3年。", "质保期为36个月"),
        ("依据《信息安全等级保护管理办法》。", ""),
        ("为响应国家号召，推进数据共享。", ""),
        ("3.4 培训方案", ""),
    ],
)
def test_what_is_kept_in_other_words_or_obliges_nobody_is_no_finding(approved: str, tender: str) -> None:
    assert deviations([approved], [tender] if tender else []) == []


def test_a_parameter_of_the_list_answers_where_no_prose_does() -> None:
    asked = said("应提供不少于5天的培训。")
    listed = table(item(), item("系统集成", ("培训：不少于5天",), quantity="1项", unit_price=None, total=None))
    assert not [one for one in review(asked, listed).findings if one.item == APPROVED_PROSE]


def test_many_sentences_of_one_topic_are_one_finding() -> None:
    (shown,) = deviations(["应对管理员培训2天。", "应对操作员培训3天。", "应提供培训教材。", "培训不得收费。"], [])
    assert shown.approved.count("；") == 2
