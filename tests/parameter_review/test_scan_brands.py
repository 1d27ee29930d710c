"""检查品牌指向."""

from typing import Any

from domain.parameters import Verdict
from workers.parameter_review._findings import Findings


def found_by(desk: Any, specification: str) -> Findings:
    desk.submit((("应用服务器", specification, 2, 50_000), ("防火墙", "1、吞吐量≥10Gbps", 1, 80_000)))
    desk.run("parse_documents", "align_items")
    findings: Findings = desk.registry.paper(Findings, desk.run("scan_brands")["brands_sha256"])
    return findings


def test_a_named_brand_is_suspected_with_its_evidence(desk: Any) -> None:
    suspected = found_by(desk, "1、CPU采用鲲鹏920处理器，≥16核\n2、内存≥256GB").findings
    assert [each.verdict for each in suspected] == [Verdict.BRAND]
    assert "鲲鹏" in suspected[0].evidence + suspected[0].reason


def test_neutral_wording_raises_no_suspicion(desk: Any) -> None:
    assert found_by(desk, "1、CPU核数≥16核\n2、内存≥256GB").findings == ()
