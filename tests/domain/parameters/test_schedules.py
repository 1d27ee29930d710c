"""Payment in instalments is compared by event and share; whatever else changes is for a person."""

import pytest

from domain.parameters.pairs import judge_pair

APPROVED = "合同签订30%,初验30%,终验30%,质保期满10%"
SAME = [
    "合同签订后支付合同额的30%；初验合格后支付30%；终验合格后支付30%；质保期满后支付10%",
    "签订合同后付合同总价的30%,通过初步验收后付30%,最终验收合格后付30%,质保期届满付清余款10%",
    "合同签订后支付30%,初验合格后付至60%,终验合格后付至90%,质保期满后付至100%",
    "终验30%、质保期满10%、初验30%、合同签订30%",
    "合同生效后拨付合同金额的30%、初验通过拨付30%、终验通过拨付30%、质保期结束拨付10%",
]
CHANGED = [
    "合同签订40%,初验30%,终验20%,质保期满10%",
    "合同签订30%,到货30%,终验30%,质保期满10%",
    "合同签订30%,初验30%,终验40%",
    "合同签订30%,初验30%,验收30%,质保期满10%",
    "合同签订后30日内支付30%,初验30%,终验30%,质保期满10%",
    "合同签订后凭银行保函支付30%,初验30%,终验30%,质保期满10%",
    "合同签订后付至30%,初验后付至30%,终验后付至30%,质保期满付至10%",
    "合同签订30%,初验30%,终验30%,质保期满3年10%",
    "预付30%,初验30%,终验30%,质保期满10%",
    "验收后一次性支付100%",
]


@pytest.mark.parametrize("tender", SAME)
def test_the_same_shares_at_the_same_events_are_consistent(tender: str) -> None:
    assert judge_pair("系统集成", "付款方式", APPROVED, "支付方式", tender).verdict.value == "一致"
    assert judge_pair("系统集成", "付款方式", tender, "支付方式", APPROVED).verdict.value == "一致"


@pytest.mark.parametrize("tender", CHANGED)
def test_another_share_event_or_condition_is_for_a_person(tender: str) -> None:
    judgement = judge_pair("系统集成", "付款方式", APPROVED, "支付方式", tender)
    assert judgement.verdict.value == "不可比/需人工", judgement.reason


def test_the_first_and_the_last_payment_are_two_things() -> None:
    assert judge_pair("集成", "付款", "首付款40%,验收60%", "付款", "尾款40%,验收60%").verdict.value == "不可比/需人工"
    assert judge_pair("集成", "付款", "首付款40%,验收60%", "付款", "首付40%,验收合格付60%").verdict.value == "一致"


def test_the_reason_shows_both_schedules() -> None:
    reason = judge_pair("集成", "付款", "合同签订30%,终验70%", "付款", "合同签订50%,终验50%").reason
    assert reason == "付款节点或比例不同：批复“合同签订30%，终验70%”，招标“合同签订50%，终验50%”"


def test_percentages_that_no_event_owns_are_read_as_figures() -> None:
    assert judge_pair("平台", "指标", "识别率95%,召回率90%", "指标", "识别率96%,召回率90%").verdict.value == "提高"
