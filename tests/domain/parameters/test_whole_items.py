"""What is said of an item as a whole, before any of its parameters is compared."""

from dataclasses import replace

import pytest

from domain.parameters import Verdict
from domain.parameters.outcomes import Judgement
from domain.parameters.verdicts import Evidence, FindingKind, Side
from domain.parameters.whole_items import addition, bare_pair, put_off, unanswered, uncertain_pair
from tests.domain.builders import item

SERVER = item("应用服务器", ("★内存：≥256GB", "质保：3年"))
IN_FULL = Side("应用服务器 10台，合价 125.00万元：★内存：≥256GB；质保：3年", SERVER.place)
IN_SHORT = Side("应用服务器 10台", SERVER.place)


def test_an_item_that_nothing_answers_is_missing_with_all_it_asks_for() -> None:
    expected = Evidence("整项", IN_FULL, Side()), Judgement(Verdict.MISSING, "批复条目在招标文件中无对应内容")
    assert unanswered(SERVER, []) == expected


def test_an_item_that_may_stand_under_another_name_is_left_to_a_person_with_the_candidate() -> None:
    other = item("计算节点", place="表2 第4行")

    evidence, judgement = unanswered(SERVER, [other])

    assert evidence.tender == Side("", "表2 第4行")
    assert judgement.verdict is Verdict.MANUAL
    assert "疑似并入或改名为“计算节点”（表2 第4行）" in judgement.reason


def test_a_reserve_that_the_tender_leaves_out_is_a_question_of_money_not_a_missing_device() -> None:
    assert unanswered(item("预备费", ()), [])[1].verdict is Verdict.MANUAL


def test_an_addition_shows_all_it_asks_for_and_is_told_apart_where_a_rule_demands_it() -> None:
    evidence, judgement = addition(SERVER)
    assert (evidence, judgement.verdict) == (Evidence("整项", tender=IN_FULL), Verdict.ADDED)
    assert judgement.kind is FindingKind.CONSISTENCY

    assert addition(item("密码应用安全性评估", ("完成密评并出具报告",)))[1].kind is FindingKind.COMPLIANCE


def test_two_items_of_which_nothing_is_said_are_consistent() -> None:
    evidence, judgement = bare_pair(SERVER, SERVER)
    assert (evidence, judgement.verdict) == (Evidence("整项", IN_SHORT, IN_SHORT), Verdict.SAME)


def test_an_uncertain_pair_asks_one_question_and_names_the_other_candidates() -> None:
    renamed, rival = item("计算节点", place="表2 第4行"), item("业务节点", place="表2 第5行")

    alone = uncertain_pair(SERVER, renamed, 0.62, [])[1]
    among = uncertain_pair(SERVER, renamed, 0.6, [rival])[1]

    assert {alone.verdict, among.verdict} == {Verdict.MANUAL}
    assert alone.reason == "名称不同，疑似同一条目（把握 62%），需人工确认：批复“应用服务器”，招标“计算节点”"
    assert "已按“计算节点”（表2 第4行）比对，另有“业务节点”（表2 第5行）" in among.reason


@pytest.mark.parametrize("remark", ["二期建设", "本次不采购", "另行招标", "暂缓实施"])
def test_a_remark_that_puts_an_item_off_is_shown_beside_the_approved_item(remark: str) -> None:
    ((other, (evidence, judgement)),) = put_off([SERVER], [replace(SERVER, remark=remark)])

    assert other.remark == remark
    assert evidence == Evidence("整项", IN_SHORT, Side(f"应用服务器 10台（{remark}）", SERVER.place))
    assert judgement.verdict is Verdict.MANUAL


def test_a_remark_that_the_approved_table_has_too_puts_nothing_off() -> None:
    later = replace(SERVER, remark="二期建设")
    assert list(put_off([later], [later])) == []
