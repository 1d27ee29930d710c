"""Cells as long as the readers let through: judged in time, and what cannot be told apart is left to a person."""

import pytest

from domain.documents import Clause, ParameterTable
from domain.parameters import align, scan_brands
from domain.parameters.outcomes import Judgement
from domain.parameters.pairs import judge_pair
from domain.parameters.verdicts import Verdict
from tests.domain.builders import item, table

LONG = 9_000
"""As many short clauses as fit into the longest cell that is read."""


def judged(approved: str, tender: str) -> Judgement:
    return judge_pair("服务器", "配置", approved, "配置", tender)


def test_thousands_of_like_clauses_against_one_are_left_to_a_person() -> None:
    judgement = judged("；".join(["3个"] * LONG), "容量：2个")

    assert judgement.verdict is Verdict.MANUAL


def test_thousands_of_figures_of_unlike_dimensions_are_left_to_a_person() -> None:
    judgement = judged(
        "、".join(f"{number}Gbps {number}个" for number in range(2_000)),
        "、".join(f"{number}TB {number}台" for number in range(2_000)),
    )

    assert judgement.verdict is Verdict.MANUAL
    assert "不能逐一对应" in judgement.reason


@pytest.mark.parametrize("names", [("配置", "配置"), ("采购数量", "采购数量")])
@pytest.mark.parametrize("unit", ["", "台"])
def test_a_number_of_thousands_of_digits_is_no_figure_and_left_to_a_person(names: tuple[str, str], unit: str) -> None:
    endless = f"{'1' * 30_000}{unit}"

    assert judge_pair("服务器", names[0], endless, names[1], f"1{unit}").verdict is Verdict.MANUAL
    assert judge_pair("服务器", names[0], endless, names[1], f"2{endless}").verdict is Verdict.MANUAL
    assert judge_pair("服务器", names[0], endless, names[1], endless).verdict is Verdict.SAME


def test_thousands_of_words_before_a_figure_are_held_against_short_names_in_time() -> None:
    run_on = "1Gb/s" * 4_000

    assert judged(run_on, "≥1台").verdict is Verdict.MANUAL
    assert judged(run_on, f"{run_on}乙").verdict is Verdict.ADDED


def test_rows_with_endless_numbers_are_aligned_in_time() -> None:
    endless = table(item("服务器", ("7" * 30_000, "≥16核")))

    (match,) = align(endless, endless).matches

    assert match.is_sure


def test_a_clause_that_alone_answers_another_is_found_among_many() -> None:
    others = "；".join(f"支持{kind}" for kind in ("日志审计", "双机热备", "远程升级"))

    judgement = judged(f"{others}；≥16核", f"{others}；核数≥8核")

    assert judgement.verdict is Verdict.LOWERED
    assert "≥16核" in judgement.reason


def test_thousands_of_paragraphs_beside_thousands_of_rows_are_scanned_for_brands_in_time() -> None:
    approved = table(*(item(f"专用设备{number}", (f"支持第{number}种协议接入和转换",)) for number in range(2_000)))
    prose = tuple(Clause(f"第{number}条 投标人应承诺交付后提供{number}次培训。", "正文") for number in range(3_000))
    named = Clause("交换机须为华为品牌。", "第9段")
    tender = ParameterTable(approved.file_name, approved.sha256, approved.items, clauses=(*prose, named))

    (found,) = scan_brands(approved, tender, align(approved, tender))

    assert (found.verdict, found.tender_ref) == (Verdict.BRAND, "第9段")
