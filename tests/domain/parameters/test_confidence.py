"""How sure a row is: of the items, of the parameters, of the reading; what is unsure is never called consistent."""

import pytest

from domain.parameters import Finding, Verdict, review
from tests.domain.builders import item, table


def rows(approved: tuple[str, ...], tender: tuple[str, ...], name: str = "应用服务器") -> dict[str, Finding]:
    found = review(table(item(parameters=approved)), table(item(name, tender), file_name="招标.docx")).findings
    return {finding.parameter: finding for finding in found}


def test_what_is_named_and_read_alike_is_as_good_as_certain() -> None:
    found = rows(("CPU核数：≥16核", "内存：≥256GB"), ("CPU核数：不低于16核", "内存：≥512GB"))
    assert [found[name].verdict for name in ("CPU核数", "内存")] == [Verdict.SAME, Verdict.RAISED]
    assert all(found[name].confidence > 0.95 for name in ("CPU核数", "内存"))


@pytest.mark.parametrize(
    ("approved", "tender"),
    [("可用率：≥99.9%", "链路可用率：≥99.9%"), ("防病毒吞吐量：≥10Gbps", "防火墙吞吐量：≥10Gbps")],
)
def test_an_equal_value_under_an_unsure_name_is_for_a_person(approved: str, tender: str) -> None:
    found = rows(("CPU核数：≥16核", approved), ("CPU核数：≥16核", tender))
    (unsure,) = [one for one in found.values() if one.approved == approved]
    assert unsure.verdict is Verdict.MANUAL
    assert unsure.confidence < 1
    assert found["CPU核数"].verdict is Verdict.SAME


def test_a_reading_that_is_left_to_a_person_lowers_the_confidence_of_its_row_alone() -> None:
    found = rows(("CPU核数：≥16核", "部署：采用甲方案"), ("CPU核数：≥16核", "部署：采用乙架构"))
    assert found["部署"].verdict is Verdict.MANUAL
    assert found["部署"].confidence <= 0.5
    assert found["CPU核数"].confidence > 0.95


def test_rows_of_a_renamed_item_are_no_surer_than_the_item() -> None:
    found = rows(("CPU核数：≥16核", "内存：≥256GB"), ("CPU核数：≥16核", "内存：≥256GB"), name="业务计算节点")
    assert all(0 < one.confidence < 1 for one in found.values() if one.item == "应用服务器")
    assert all(0 <= one.confidence <= 1 for one in found.values())
