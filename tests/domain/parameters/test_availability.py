"""Availability against yearly downtime: the same figure, a stricter one, a looser one, and what is left to a person."""

import pytest

from domain.parameters.pairs import judge_pair
from domain.parameters.verdicts import Verdict


def verdict(approved: tuple[str, str], tender: tuple[str, str]) -> Verdict:
    return judge_pair("业务应用软件", *approved, *tender).verdict


@pytest.mark.parametrize(
    ("share", "downtime"),
    [
        ("≥99.9%", "年累计停机时间不超过8.76小时"),
        ("不低于99.9%", "全年停机≤8.8小时"),
        ("≥99.99%", "年停机时间≤53分钟"),
        ("99.999%", "每年业务中断时间累计不超过5.26分钟"),
        ("≥0.995", "全年不可用时间43.8小时以内"),
    ],
)
def test_a_share_and_the_downtime_it_leaves_are_one_requirement(share: str, downtime: str) -> None:
    assert verdict(("可用性", share), ("系统可用性", downtime)) is Verdict.SAME
    assert verdict(("系统可用性", downtime), ("可用性", share)) is Verdict.SAME


@pytest.mark.parametrize(
    ("share", "downtime"),
    [("≥99.9%", "年停机时间≤52.6分钟"), ("99.9%", "年停机时间≤8.6小时"), ("99.5%", "全年停机不超过8.76小时")],
)
def test_less_downtime_than_the_share_leaves_is_stricter(share: str, downtime: str) -> None:
    assert verdict(("可用性", share), ("可用性", downtime)) is Verdict.RAISED
    assert verdict(("可用性", downtime), ("可用性", share)) is Verdict.LOWERED


def test_one_digit_is_not_taken_for_a_rounded_figure() -> None:
    assert verdict(("可用率", "99.9%"), ("可用率", "全年中断时间累计不超过九小时")) is Verdict.LOWERED


def test_brackets_that_work_the_share_out_explain_it() -> None:
    assert verdict(("可用性", "≥99.9%"), ("可用性", "99.9%(全年停机时间≤8.76小时)")) is Verdict.SAME
    assert verdict(("可用性", "≥99.9%"), ("可用性", "99.9%(全年停机时间≤4小时)")) is not Verdict.SAME


@pytest.mark.parametrize(
    "downtime",
    [
        "每月停机不超过43分钟",
        "年计划外停机不超过8.76小时",
        "单次中断时间≤8.76小时",
        "全年停机小于8.76小时",
        "年停机时间≤8.76小时，每年停机不超过2次",
    ],
)
def test_other_periods_and_kinds_of_downtime_are_left_to_a_person(downtime: str) -> None:
    assert verdict(("可用性", "≥99.9%"), ("可用性", downtime)) is Verdict.MANUAL
