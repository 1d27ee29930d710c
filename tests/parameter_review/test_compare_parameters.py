"""比对技术参数."""

from typing import Any

from workers.parameter_review._findings import Findings


def test_what_differs_is_found_and_what_is_equal_is_too(desk: Any, more_memory: Any) -> None:
    desk.submit(more_memory)
    desk.run("parse_documents", "align_items")
    returned = desk.run("compare_parameters")
    found = desk.registry.paper(Findings, returned["compared_sha256"]).findings
    assert {(each.tender, each.is_deviation) for each in found} >= {("CPU核数≥16核", False), ("内存≥512GB", True)}


def test_a_second_run_gives_the_same_findings(desk: Any, more_memory: Any) -> None:
    desk.submit(more_memory)
    desk.run("parse_documents", "align_items")
    at = desk.occasion()
    assert desk.run("compare_parameters", at=at) == desk.run("compare_parameters", at=at)
