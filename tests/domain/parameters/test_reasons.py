"""A reason quotes what stands there: small figures are not cut to zero, equal steps are not called different."""

import pytest

from domain.parameters.judge import judge
from domain.parameters.rules import shipped
from domain.parameters.verdicts import Verdict


@pytest.mark.parametrize(
    ("approved", "tender", "quoted"),
    [
        ("≤10⁻⁶", "≤10⁻³", ("≤0.000001", "≤0.001")),
        ("≤10^-9", "≤10^-8", ("≤0.000000001", "≤0.00000001")),
        ("≤1.5×10^-7", "≤2×10^-7", ("≤0.00000015", "≤0.0000002")),
    ],
)
def test_a_small_figure_is_quoted_in_full(approved: str, tender: str, quoted: tuple[str, str]) -> None:
    judged = judge("交换机", ("误码率", approved), ("误码率", tender), shipped())
    assert judged.verdict is Verdict.LOWERED
    assert all(f"“{one}”" in judged.reason for one in quoted)


def test_an_equal_step_said_twice_is_called_equal() -> None:
    judged = judge("服务器", ("硬盘", "≥2块480GB SSD"), ("硬盘", "SSD硬盘，≥2块480GB SSD"), shipped())
    assert "表述不同" not in judged.reason
