"""The sample projects: every change of a tender found as declared, nothing else, and the same bytes on every run."""

import json
import re
import runpy
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from domain.documents import DocumentRefused, read_document
from domain.documents.corrections import read_changes
from domain.parameters import Overall, Review, Verdict, review
from domain.parameters.amend import amend

SAMPLES = Path(__file__).parents[2] / "samples"
PROJECTS = sorted(path.stem for path in (SAMPLES / "source").glob("*.toml"))


def source(project: str) -> dict[str, Any]:
    return tomllib.loads((SAMPLES / "source" / f"{project}.toml").read_text("utf-8"))


def reviewed(project: str, tender: str) -> Review:
    folder = SAMPLES / project
    return review(*(read_document((folder / name).read_bytes(), name) for name in ("approved.xlsx", tender)))


def tender_of(project: str) -> str:
    return "tender.docx" if source(project)["project"]["tender_form"] == "text" else "tender.xlsx"


def short(text: str) -> str:
    return text.lstrip("★▲").partition("：")[0]


def declared(project: str) -> set[tuple[str, str, str]]:
    """What the source says a reviewer finds: (item, parameter, verdict), money that follows from quantity included."""
    found = set()
    quantities = {item["name"]: item["quantity"] for group in source(project)["subsystem"] for item in group["items"]}
    for change in [*source(project)["change"], *source(project).get("extra", [])]:
        if "verdict" not in change:
            continue
        name, verdict = change.get("item", change.get("name")), change["verdict"]
        if "price" in change and "item" in change:
            found |= {(name, "单价", verdict), (name, "合价", verdict)}
        elif "quantity" in change and "item" in change:
            found.add((name, "数量", verdict))
            if change["quantity"] > quantities[name]:
                found.add((name, "合价", "金额超出"))
        elif change.get("remove") or "item" not in change:
            found.add((name, "整项", verdict))
        else:
            found.add((name, change.get("parameter") or change.get("drop") or short(change["add"]), verdict))
    return found


@pytest.mark.parametrize("project", PROJECTS)
def test_every_declared_deviation_is_found_and_nothing_else(project: str) -> None:
    result = reviewed(project, tender_of(project))
    found = {(one.item, one.parameter, one.verdict.value) for one in result.findings if one.is_deviation}
    assert found - {("项目合计", "合价", "金额超出")} == declared(project)
    assert (("项目合计", "合价", "金额超出") in found) == (result.totals.tender_fen > result.totals.approved_fen)
    assert result.overall is Overall.DEVIATES
    assert result.warnings == ()


@pytest.mark.parametrize("project", PROJECTS)
def test_every_finding_names_where_to_look(project: str) -> None:
    for one in reviewed(project, tender_of(project)).findings:
        assert one.reason
        assert one.approved_ref or one.tender_ref
        assert bool(one.approved) == bool(one.approved_ref)
        if one.tender:
            assert one.tender_ref


def test_the_revised_tender_leaves_one_question_open() -> None:
    found = [one for one in reviewed("city_management", "tender_revised.docx").findings if one.is_deviation]
    assert [(one.item, one.parameter, one.verdict.value) for one in found] == [("核心交换机", "业务槽位", "新增")]


@pytest.mark.parametrize("project", ["cloud_cryptography", "video_consultation"])
def test_the_clean_tender_is_consistent_in_every_row(project: str) -> None:
    result = reviewed(project, "tender_clean.xlsx")
    assert result.overall is Overall.SAME
    assert result.counts.deviations == 0
    assert len(result.findings) > 100
    assert result.totals.approved_fen == result.totals.tender_fen > 0


def test_the_refused_file_has_no_list() -> None:
    with pytest.raises(DocumentRefused) as refused:
        read_document((SAMPLES / "refused" / "scoring_only.xlsx").read_bytes(), "评分表.xlsx")
    assert refused.value.code == "no_header"


@pytest.mark.parametrize("project", PROJECTS)
def test_projects_are_of_real_size_and_well_numbered(project: str) -> None:
    rows = [item for group in source(project)["subsystem"] for item in group["items"]]
    assert 20 <= len(rows) <= 60
    about = json.loads((SAMPLES / project / "project.json").read_text("utf-8"))
    assert re.fullmatch(r"\d{4}-\d{6}-\d{2}-\d{2}-\d{6}", about["project_code"])


def test_the_committed_files_are_what_the_script_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path])
    make = runpy.run_path(str(SAMPLES / "make.py"))
    for project in PROJECTS:
        for name, content in make["documents"](source(project)).items():
            assert (SAMPLES / project / name).read_bytes() == content, f"run samples/make.py: {project}/{name}"


def test_the_correction_notice_changes_the_tender_that_was_agreed_and_stays_inside_the_investment() -> None:
    folder = SAMPLES / "city_management"
    approved = read_document((folder / "approved.xlsx").read_bytes(), "approved.xlsx")
    agreed = read_document((folder / "tender_revised.docx").read_bytes(), "tender_revised.docx")
    notice = read_changes((folder / "correction_notice.docx").read_bytes(), "correction_notice.docx")
    amended = amend(agreed, notice)
    assert (amended.refusals, amended.doubts) == ((), ())
    changed = [after for before, after in zip(agreed.items, amended.table.items, strict=True) if before != after]
    assert [item.name for item in changed] == ["接入交换机", "会议扩声系统", "培训"]
    assert amended.table.total_fen == agreed.total_fen - 2 * 860_000
    before = {finding.finding_id for finding in review(approved, agreed).findings}
    new = [finding for finding in review(approved, amended.table).findings if finding.finding_id not in before]
    verdicts = {(finding.item, finding.parameter): finding.verdict for finding in new}
    assert verdicts[("会议扩声系统", "话筒")] is Verdict.RAISED
    assert verdicts[("接入交换机", "数量")] is Verdict.QUANTITY
    assert verdicts[("培训", "操作培训")] is Verdict.LOWERED
