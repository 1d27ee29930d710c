"""Documents taken in: converted by an office program or refused with the remedy, read apart under ceilings."""

import hashlib
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psutil
import pytest

from domain.documents import DocumentRefused, Limits, ParameterTable, read_document
from domain.documents.kinds import conversion_of
from intake import Intake, IntakeSettings
from tests.domain.builders import DATA, HEADER, ROW, TENDER_HEADER, TENDER_ROW, repacked, text_document, workbook
from tests.domain.old_workbooks import compound_file, old_workbook
from tests.domain.pdf_files import pdf, table, written
from tests.intake.office_program import making, office

RTF = rb"{\rtf1\ansi a document that an office program must open}"
OLD_TEXT = compound_file({"WordDocument": b"\xec\xa5\xc1\x00" + b"\0" * 5_000})
PDF = pdf(table([("设备名称", "技术参数", "数量"), ("服务器", "内存≥1GB", "2台")], (100, 200, 60))[0])


def desk(converter: Path | None = None, **settings: object) -> Intake:
    return Intake(replace(IntakeSettings(converter=converter), **settings))  # type: ignore[arg-type]  # by name


def refusal(intake: Intake, content: bytes, name: str = "清单.doc") -> DocumentRefused:
    with pytest.raises(DocumentRefused) as caught:
        intake.read(content, name)
    return caught.value


def is_running(process: int) -> bool:
    try:
        return psutil.Process(process).status() not in {psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD}
    except psutil.NoSuchProcess:
        return False


def same(one: ParameterTable, other: ParameterTable) -> bool:
    return (one.items, one.subtotals, one.clauses, one.sha256) == (
        other.items, other.subtotals, other.clauses, other.sha256,
    )  # fmt: skip


@pytest.mark.parametrize("content", [workbook(), PDF, old_workbook({"清单": [HEADER, ROW]})])
def test_a_document_reads_the_same_at_the_desk_and_in_the_domain(content: bytes) -> None:
    assert same(desk().read(content, "清单"), read_document(content, "清单"))


def test_a_refusal_comes_through_from_the_process_apart() -> None:
    apart = refusal(desk(), pdf("q 500 0 0 700 50 50 cm /Im Do Q\n"), "扫描.pdf")
    assert apart.code == "scanned_pdf"
    assert apart.message.startswith("PDF 是扫描件")
    limited = refusal(desk(limits=Limits(page_shapes=3)), PDF, "清单.pdf")
    assert (limited.code, limited.place) == ("page_too_complex", "第1页")


def test_reading_that_takes_too_long_or_too_much_is_ended_and_refused() -> None:
    assert refusal(desk(reading_timeout=timedelta(seconds=0.01)), PDF, "清单.pdf").code == "reading_too_costly"
    big = old_workbook({"清单": [HEADER, *[ROW] * 5_000]})
    spent = refusal(desk(reading_memory=150_000_000), big, "清单.xls")
    assert spent.code == "reading_too_costly"
    assert "上限" in spent.message


def test_forms_within_forms_cannot_keep_the_reader_busy() -> None:
    names = [f"/F{level} Do\n" * 12 for level in range(1, 9)]
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>"]
    nested = " ".join(f"/F{level} {5 + level} 0 R" for level in range(9))
    objects.append(
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /XObject << {nested} >> >> >>"
    )
    objects.append("<< /Length 6 >>\nstream\n/F0 Do\nendstream")
    for body in (*names, "0 0 m 9 9 l S\n"):
        form = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << {nested} >> >>"
        objects.append(f"<< {form} /Length {len(body)} >>\nstream\n{body}endstream")
    bomb = written(objects)
    assert len(bomb) < 10_000
    assert refusal(desk(reading_memory=400_000_000), bomb, "清单.pdf").code == "reading_too_costly"


def test_a_converted_document_keeps_its_own_digest_and_says_so(tmp_path: Path) -> None:
    made = text_document("单位：元", [TENDER_HEADER, TENDER_ROW])
    found = desk(making(tmp_path, made)).read(OLD_TEXT, "采购需求.doc")
    assert found.items == read_document(made, "采购需求.docx").items
    assert found.sha256 == hashlib.sha256(OLD_TEXT).hexdigest()
    assert [notice.code for notice in found.notices] == ["converted"]
    assert ".doc/.wps" in found.notices[0].message


@pytest.mark.parametrize("content", [RTF, OLD_TEXT])
def test_without_a_converter_the_refusal_names_the_remedy(content: bytes) -> None:
    refused = refusal(desk(), content)
    assert refused.code == "legacy_format"
    assert "另存为 .xlsx 或 .docx" in refused.message


def test_a_document_that_the_converter_cannot_open_is_refused(tmp_path: Path) -> None:
    assert refusal(desk(office(tmp_path, "pass")), RTF).code == "conversion_failed"
    assert refusal(desk(office(tmp_path, "sys.exit(3)")), RTF).code == "conversion_failed"
    assert refusal(desk(making(tmp_path, b"no document")), RTF).code == "no_header"


def test_a_conversion_that_hangs_is_ended_with_everything_it_started(tmp_path: Path) -> None:
    told = tmp_path / "pid"
    hanging = office(
        tmp_path, f"pathlib.Path({str(told)!r}).write_text(str(subprocess.Popen(['sleep', '60']).pid)); time.sleep(60)"
    )
    refused = refusal(desk(hanging, conversion_timeout=timedelta(seconds=2)), RTF)
    assert refused.code == "conversion_timeout"
    assert "2 秒" in refused.message
    started = int(told.read_text())
    # The signal is sent when the refusal comes; the system carries it out when it gets to it.
    for _ in range(100):
        if not is_running(started):
            break
        time.sleep(0.05)
    assert not is_running(started)


def test_the_converter_sees_no_name_no_environment_and_a_profile_without_macros(tmp_path: Path) -> None:
    told = tmp_path / "told"
    listening = office(
        tmp_path,
        f"pathlib.Path({str(told)!r}).write_text(repr((source.name, sorted(os.environ), "
        "[(one.name, one.read_text()) for one in source.parent.rglob('*.xcu')])))",
    )
    refusal(desk(listening), RTF, "某某项目.rtf")
    heard = told.read_text()
    assert "document.rtf" in heard
    assert "某某项目" not in heard
    assert "ZHENGJIAN" not in heard
    assert "DisableMacrosExecution" in heard


def test_nothing_of_a_converted_document_stays_on_the_disk(tmp_path: Path) -> None:
    told = tmp_path / "told"
    listening = office(tmp_path, f"pathlib.Path({str(told)!r}).write_text(str(source.parent))")
    refusal(desk(listening), RTF)
    assert not Path(told.read_text()).exists()


def test_marked_locked_and_hostile_files_never_reach_the_converter(tmp_path: Path) -> None:
    never = office(tmp_path, f"pathlib.Path({str(tmp_path / 'reached')!r}).touch()")
    locked = compound_file({"WordDocument": b"\xec\xa5" + b"\0" * 9 + b"\x01" + b"\0" * 5_000})
    bomb = repacked(workbook(), {"xl/workbook.bin": b"\0" * 20_000_000})
    manifest = repacked(workbook(), {"mimetype": b"x", "META-INF/manifest.xml": b"<m:encryption-data/>"})
    entity = repacked(workbook(), {"xl/workbook.bin": b"x", "xl/workbook.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>"})
    assert refusal(desk(never), RTF, "【机密】清单.rtf").code == "secrecy_marking"
    assert refusal(desk(never), locked).code == "password_protected"
    assert refusal(desk(never), bomb).code == "zip_bomb"
    assert refusal(desk(never), manifest).code == "password_protected"
    assert refusal(desk(never), entity).code == "external_entity"
    assert refusal(desk(never, limits=Limits(file_bytes=20)), RTF).code == "file_too_large"
    assert not (tmp_path / "reached").exists()


@pytest.mark.parametrize(
    ("content", "target"),
    [
        (RTF, "docx"),
        (OLD_TEXT, "docx"),
        (repacked(workbook(), {"mimetype": b"application/vnd.oasis.opendocument.text"}), "docx"),
        (repacked(workbook(), {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "xlsx"),
        (repacked(workbook(), {"xl/workbook.bin": b"x"}), "xlsx"),
        (workbook(), None),
        (PDF, None),
        (old_workbook({"清单": [HEADER]}), None),
        (b"a,b,c", None),
    ],
)
def test_what_is_converted_and_into_what(content: bytes, target: str | None) -> None:
    found = conversion_of(content, Limits())
    assert (found.target if found else None) == target


@pytest.mark.skipif(
    IntakeSettings.from_environment({}).converter is None, reason="LibreOffice is not installed on this machine"
)
def test_libreoffice_itself_converts_an_old_text_document() -> None:
    intake = Intake(IntakeSettings.from_environment({}))
    sent = (DATA / "sent_files" / "tender.doc").read_bytes()
    found = intake.read(sent, "采购需求.doc")
    assert [(item.name, item.amount_fen) for item in found.items] == [("应用服务器", 125_000_000)]
    assert found.notices[0].code == "converted"
    assert intake.read(sent, "采购需求.wps").items == found.items
    assert refusal(intake, OLD_TEXT).code in {"conversion_failed", "no_header"}


def test_a_workbook_of_wps_is_read_by_its_content_whatever_its_name() -> None:
    sent = (DATA / "sent_files" / "merged_headers.xls").read_bytes()
    found = desk().read(sent, "概算表.et")
    assert len(found.items) == 3
    assert found.items == desk().read(sent, "概算表.xls").items == desk().read(sent, "概算表.docx").items
