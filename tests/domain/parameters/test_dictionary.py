"""An installation's own synonyms: which names a finding sets against each other, and which must not become one."""

from dataclasses import replace
from datetime import date

import pytest

from domain.parameters.dictionary import (
    Entry,
    Pair,
    as_toml,
    contradicts,
    hangs_on_names,
    pair_between,
    pair_of,
    refusal,
    rules_with,
)
from domain.parameters.rules import from_config, shipped
from domain.parameters.verdicts import Finding, Subject, Verdict

RULES = shipped()
ASKED = Finding(
    Subject.PARAMETER, "", "签约平台", "签约平台", "席位容量", "席位容量：≥200个", "坐席容量：≥200个",
    Verdict.MANUAL, "名称不能确认", "表1!D5", "表3 第5行",
)  # fmt: skip
SEATS = Pair("names", "席位容量", "坐席容量")
ITEMS = replace(
    ASKED, subject=Subject.ITEM, item="链路优化设备", tender_item="出口优化网关", parameter="整项",
    approved="链路优化设备 1台", tender="出口优化网关 1台",
)  # fmt: skip


def test_a_parameters_names_come_before_its_items() -> None:
    assert pair_of(ASKED, RULES) == SEATS
    assert pair_of(replace(ASKED, tender_item="签约系统"), RULES) == SEATS
    same = replace(ASKED, tender="席位容量：≥200个", tender_item="签署中枢")
    assert pair_of(same, RULES) == Pair("items", "签约平台", "签署中枢")


@pytest.mark.parametrize(
    "finding",
    [
        replace(ASKED, tender="席位容量：≥100个"),
        replace(ASKED, approved="内存容量：≥64GB", tender="内存：≥64GB"),
        replace(ASKED, tender=""),
        replace(ASKED, approved=""),
        replace(ASKED, subject=Subject.EXCLUSIVITY),
        replace(ITEMS, item="防火墙", tender_item="NGFW"),
    ],
)
def test_there_is_no_pair_where_the_rules_see_one_name_or_one_side(finding: Finding) -> None:
    assert pair_of(finding, RULES) is None


def test_an_item_sets_its_names_against_each_other() -> None:
    assert pair_of(ITEMS, RULES) == Pair("items", "链路优化设备", "出口优化网关")


def test_once_accepted_a_pair_is_none_any_more() -> None:
    rules = rules_with([Entry(SEATS, date(2026, 11, 23))], RULES)
    assert pair_of(ASKED, rules) is None
    assert rules_with([], RULES) is RULES


@pytest.mark.parametrize(
    ("finding", "hangs"),
    [
        (ASKED, True),
        (ITEMS, True),
        (replace(ASKED, verdict=Verdict.RAISED), False),
        (replace(ASKED, tender="坐席容量：≥300个"), False),
        (replace(ASKED, tender="坐席容量：满足业务需要"), False),
        (replace(ASKED, subject=Subject.QUANTITY, item="甲平台", tender_item="乙系统"), False),
    ],
)
def test_a_question_hangs_on_names_when_nothing_else_is_left_to_ask(finding: Finding, *, hangs: bool) -> None:
    assert hangs_on_names(finding, RULES) is hangs


def test_two_findings_of_one_side_each_are_joined_by_their_names() -> None:
    lost = replace(ASKED, tender="", tender_item="签约平台", verdict=Verdict.MISSING)
    added = replace(ASKED, approved="", tender="柜员坐位上限：≥200个", verdict=Verdict.ADDED)
    assert pair_between(lost, added, RULES) == Pair("names", "席位容量", "柜员坐位上限")
    assert pair_between(added, lost, RULES) is None
    assert pair_between(lost, replace(added, subject=Subject.ITEM), RULES) is None
    assert pair_between(lost, ASKED, RULES) is None


@pytest.mark.parametrize(
    ("pair", "why_not"),
    [
        (SEATS, None),
        (Pair("items", "负载均衡", "链路优化设备"), None),
        (Pair("items", "目录系统", "清单系统"), None),
        (Pair("names", "席位容量", "量"), "太短"),
        (Pair("names", "席位容量", "，。"), "太短"),
        (Pair("names", "席位容量", "支" * 41), "是一段要求而不是名称"),
        (Pair("items", "防火墙", "天融信防火墙"), "含有品牌或专有技术（天融信）"),
        (Pair("names", "设备虚拟化", "IRF堆叠"), "含有品牌或专有技术"),
        (Pair("names", "席位 容量", "席位容量"), "已是同一名称"),
        (Pair("items", "防火墙", "NGFW"), "已是同一名称"),
        (Pair("items", "全新的名称", "防火墙"), "可以改以“防火墙”为标准名称"),
        (Pair("items", "UPS", "精密空调"), "已是另一个标准名称"),
        (Pair("items", "UPS", "机房空调"), "已指“精密空调”"),
        (Pair("names", "输入电压", "输出电压"), "含有互相对立的词"),
        (Pair("names", "供电电压", "输出电压范围值"), "含有互相对立的词"),
        (Pair("names", "读取速率", "写入速率"), "含有互相对立的词"),
        (Pair("names", "承载带宽", "峰值承载带宽"), "只有一方带有“峰值”"),
        (Pair("items", "调度台", "非调度台"), "只有一方带有“非”"),
        (Pair("names", "工作湿度偏差量", "响应时延"), "判断宽严的方法不同"),
    ],
)
def test_what_could_hide_a_deviation_is_refused(pair: Pair, why_not: str | None) -> None:
    told = refusal(pair, RULES)
    assert (why_not is None) == (told is None), told
    assert (why_not or "") in (told or "")


def test_the_whole_group_is_looked_at_and_entries_of_the_installation_too() -> None:
    rules = rules_with([Entry(Pair("names", "席位容量", "输入席位"), date(2026, 11, 23))], RULES)
    told = refusal(Pair("names", "席位容量", "输出席位"), rules)
    assert told == "“输出席位”与“输入席位”含有互相对立的词，不是同一内容，不能收入词典。"


def test_an_entry_that_a_newer_shipped_dictionary_contradicts_does_not_count() -> None:
    wrong, right = Pair("items", "UPS", "精密空调"), Pair("items", "UPS", "后备电源柜")
    assert [contradicts(RULES, pair) for pair in (wrong, right)] == [True, False]
    entries = [Entry(pair, date(2026, 11, 23)) for pair in (wrong, right)]
    table = rules_with(entries, RULES).dictionary.items
    assert table["后备电源柜"] == table["ups"] != table["精密空调"]
    assert rules_with(entries[:1], RULES) is RULES


def test_an_entry_counts_from_its_first_day_until_before_its_last() -> None:
    entry = Entry(SEATS, date(2026, 11, 23), date(2026, 12, 1))
    days = (date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 1))
    assert [entry.counts_on(day) for day in days] == [False, True, True, False]


def test_the_export_reads_back_whatever_the_names_hold() -> None:
    pairs = [SEATS, Pair("items", '带"引号"的\\名', "另 一\t名\x7f"), Pair("names", "a.b", "丙")]
    written = as_toml([Entry(pair, date(2026, 11, 23)) for pair in pairs], ["第 1 版"])
    assert written.startswith("# 第 1 版\n")
    read = {(section, alias, canonical) for section, alias, canonical in from_config(written).added}
    assert read == {(pair.section, pair.alias, pair.canonical) for pair in pairs}
