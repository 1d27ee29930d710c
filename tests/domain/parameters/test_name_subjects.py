"""A name of the whole and one of a part are not one indicator, though 系统 alone says nothing."""

import pytest

from domain.parameters import Verdict, review
from tests.domain.builders import item, table


def verdict(mine: str, theirs: str) -> Verdict:
    found = review(
        table(item(parameters=(f"{mine}：≥99", "质保：3年"))), table(item(parameters=(f"{theirs}：≥99", "质保：3年")))
    )
    return next(row.verdict for row in found.findings if row.approved.startswith(mine))


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("系统可用性", "链路可用性"),
        ("系统响应时间", "接口响应时间"),
        ("平台接入能力", "终端接入能力"),
        ("系统并发数", "数据库并发数"),
        ("系统故障恢复时间", "数据库故障恢复时间"),
    ],
)
def test_another_subject_in_the_place_of_the_whole_is_asked(whole: str, part: str) -> None:
    assert verdict(whole, part) is Verdict.MANUAL
    assert verdict(part, whole) is Verdict.MANUAL


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("系统可用性", "可用性"),
        ("系统可用性", "平台可用性"),
        ("系统可用性", "系统可用率"),
        ("系统响应时间", "响应时间要求"),
        ("系统响应时间", "业务系统响应时间"),
        ("平台并发用户数", "系统并发用户数"),
        ("平台接入能力", "接入能力"),
    ],
)
def test_the_whole_said_otherwise_stays_one_indicator(one: str, other: str) -> None:
    assert verdict(one, other) is Verdict.SAME
    assert verdict(other, one) is Verdict.SAME
