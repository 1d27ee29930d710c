"""生成审查意见书: what stands in the document, and that it is always the same document."""

import io
from typing import Any

import docx
import jinja2
import pytest

from workers.documents import render


@pytest.fixture
def settled(desk: Any, more_memory: Any) -> Any:
    """A review with one accepted deviation that was explained."""
    number = desk.compare(more_memory)["deviations"][0]["no"]
    desk.run("record_explanations", explanations=[{"no": number, "explanation": "业务增长 <不加价> & 三家可供"}])
    desk.sign()
    desk.run("settle_findings")
    desk.variables["requirements"] = "公告前核对电源冗余要求。"
    return desk


def text_of(content: bytes) -> str:
    """Everything a reader sees, cells included."""
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def opinion_of(desk: Any) -> bytes:
    content: bytes = desk.look(lambda books: books.documents.content(desk.review().opinion_document))
    return content


def test_the_opinion_names_every_deviation_the_amounts_the_files_and_both_people(settled: Any) -> None:
    returned = settled.run("render_opinion", conclusion="同意")
    text = text_of(opinion_of(settled))
    assert returned["opinion_number"] == "沈数技审〔2026〕1号"
    tender = settled.look(
        lambda books: books.documents.with_id(books.tables.tender(settled.review().id, 1).document_id)
    )
    for expected in (
        "技术参数一致性审查意见", "沈数技审〔2026〕1号", "城市运行管理服务平台", "2026-210100-01",
        "沈阳市城市运行服务中心",
        "沈发改审批〔2026〕18号（2026年3月2日）", "同意", tender.sha256, "招标.xlsx", "内存≥256GB", "内存≥512GB",
        "业务增长 <不加价> & 三家可供", "认可", "批复分项合计 18.00万元，招标分项合计 18.00万元，相等。",
        "至少三家供应商能够满足：合理。", "公告前核对电源冗余要求。", "李强（2026年11月23日）",
        "赵敏（2026年11月23日）",
        "2026年11月23日",
    ):  # fmt: skip
        assert expected in text
    assert "{{" not in text
    assert "{%" not in text
    assert settled.review().opinion_document.sha256 == returned["opinion_sha256"]
    assert settled.audited()[-1] == "opinion.rendered"


def test_an_opinion_without_deviations_says_so(desk: Any) -> None:
    desk.compare()
    desk.sign()
    desk.run("settle_findings")
    desk.run("render_opinion", conclusion="同意")
    assert "没有偏差。" in text_of(opinion_of(desk))


def test_a_second_run_gives_the_same_document(settled: Any) -> None:
    at = settled.occasion()
    assert settled.run("render_opinion", at=at, conclusion="同意") == settled.run(
        "render_opinion", at=at, conclusion="同意"
    )
    assert settled.audited().count("opinion.rendered") == 1


def test_rendered_anew_after_a_crash_the_document_has_the_same_bytes(settled: Any) -> None:
    first = settled.run("render_opinion", conclusion="同意")
    again = settled.run("render_opinion", conclusion="同意")
    assert first == again


def test_the_opinion_of_a_further_round_has_a_number_of_its_own(settled: Any, more_memory: Any) -> None:
    settled.conclude("修改后同意")
    settled.compare(more_memory)
    settled.sign()
    settled.run("settle_findings")
    assert settled.run("render_opinion", conclusion="同意")["opinion_number"] == "沈数技审〔2026〕1-2号"
    text = text_of(opinion_of(settled))
    assert "认可（沿用上轮意见）" in text
    assert "本轮沿用上轮处理意见 1 项" in text


def test_a_mark_in_the_template_that_nobody_fills_is_an_error(settled: Any, tmp_path: Any) -> None:
    template = docx.Document()
    template.add_paragraph("{{ nobody_knows }}")
    template.save(str(tmp_path / "t.docx"))
    with pytest.raises(jinja2.UndefinedError, match="nobody_knows"):
        render(tmp_path / "t.docx", {}, settled.review().created_at.date())


def test_the_opinion_holds_the_hints_the_reviewers_upheld_and_no_others(desk: Any) -> None:
    desk.compare()
    lines = desk.run("check_reasonableness")["hints"]
    desk.sign()
    desk.variables["hint_answers"] = [
        {"no": lines[0]["no"], "answer": "upheld", "answer_note": "请补充不上云论证"},
        {"no": lines[1]["no"], "answer": "dismissed", "answer_note": "边界设备须本地部署"},
    ]
    desk.run("settle_findings")
    desk.run("render_opinion", conclusion="修改后同意")
    text = text_of(opinion_of(desk))
    assert "1．上云，平台·物理服务器：拟采购物理服务器1项（应用服务器）" in text
    assert "要求：请补充不上云论证。" in text
    assert "边界安全设备" not in text
