"""Parameters of one item under two names: one row, 一致 where the names mean one thing, else for a person."""

import pytest

from domain.parameters import Finding, Verdict, review
from tests.domain.builders import item, table

SAME, ASK, LESS, GONE, MORE = Verdict.SAME, Verdict.MANUAL, Verdict.LOWERED, Verdict.MISSING, Verdict.ADDED
COMMON = ("CPU核数：≥16核", "重量：≤30kg")


def rows(approved: tuple[str, ...], tender: tuple[str, ...]) -> list[Finding]:
    mine, theirs = ([*COMMON, *side] for side in (approved, tender))
    found = review(table(item(parameters=mine)), table(item(parameters=theirs))).findings
    return [one for one in found if one.approved in {*approved, ""} and one.tender in {*tender, ""} and one.parameter]


def verdicts(approved: str, tender: str) -> list[Verdict]:
    return [one.verdict for one in rows((approved,), (tender,)) if one.approved or one.tender]


@pytest.mark.parametrize(
    ("approved", "tender"),
    [
        ("存储容量：≥8TB", "存储：≥8TB"),
        ("接口数：≥300个", "接口数量：≥300个"),
        ("磁盘容量：≥4TB", "磁盘：≥4TB"),
        ("端口：≥48个万兆光口，≥24个千兆电口", "端口配置：万兆光口≥48个，千兆电口≥24个"),
        ("盘位要求：≥24个", "盘位数：≥24个"),
        ("通道个数：≥8路", "通道数：≥8路"),
        ("稳压精度：±1%", "输出电压精度：±1%"),
        ("认证：通过3C认证", "资质：通过3C认证"),
        ("前端接口：≥8个", "主机接口：≥8个"),
        ("TPC-C：≥100万tpmC", "性能：TPC-C≥1000000tpmC"),
    ],
)
def test_names_that_differ_by_empty_words_or_are_synonyms_are_one(approved: str, tender: str) -> None:
    assert verdicts(approved, tender) == [SAME]
    assert verdicts(tender, approved) == [SAME]


@pytest.mark.parametrize(
    ("approved", "tender"),
    [
        ("承重：≥1200kg", "静态承重：≥1200kg"),
        ("工期：≤60天", "服务周期：不超过60天"),
        ("机柜高度：42U", "尺寸：42U"),
        ("输出功率：≥40kW", "制冷量：≥40kW"),
        ("用户数：≥500", "并发用户数：≥500"),
        ("缓存：≥24GB", "闪存：≥24GB"),
    ],
)
def test_a_lone_equal_figure_under_two_names_is_one_row_for_a_person(approved: str, tender: str) -> None:
    (found,) = rows((approved,), (tender,))
    assert (found.verdict, found.approved, found.tender) == (ASK, approved, tender)


@pytest.mark.parametrize(
    ("approved", "tender"),
    [("读取速率：≥500MB/s", "写入速率：≥500MB/s"), ("机柜高度：42U", "尺寸：45U"), ("噪声：≤55dB", "制冷量：≥55kW")],
)
def test_opposites_other_figures_and_other_units_stay_apart(approved: str, tender: str) -> None:
    assert sorted(verdicts(approved, tender)) == sorted([GONE, MORE])


def test_where_several_are_left_a_count_of_pieces_does_not_say_what_is_counted() -> None:
    found = rows(("串口：≥4个", "支持国密算法"), ("风扇：≥4个", "支持人脸比对"))
    assert sorted(one.verdict for one in found) == sorted([GONE, GONE, MORE, MORE])


@pytest.mark.parametrize(
    ("approved", "tender", "verdict"),
    [
        ("永久授权", "3年订阅", LESS),
        ("永久授权", "提供1年使用许可", LESS),
        ("授权：永久授权", "3年订阅", LESS),
        ("永久授权", "永久使用许可", SAME),
        ("原厂5年质保", "提供一年保修服务", LESS),
    ],
)
def test_clauses_without_a_name_are_held_together_by_what_they_are_about(
    approved: str, tender: str, verdict: Verdict
) -> None:
    (found,) = rows((approved,), (tender,))
    assert found.verdict is verdict


def test_two_clauses_of_one_topic_on_a_side_are_not_guessed_at() -> None:
    found = rows(("永久授权",), ("3年订阅", "开放API接口使用授权"))
    assert GONE in [one.verdict for one in found] or ASK in [one.verdict for one in found]
    assert SAME not in [one.verdict for one in found]
