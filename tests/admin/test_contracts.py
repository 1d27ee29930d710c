"""`zhengjian contracts import`: all lines or none, once, and audited."""

from pathlib import Path

import openpyxl
import pytest

from admin.main import main
from records.contracts import Contracts
from records.database import open_database
from records.models import AuditEvent, ContractPrice, Document

HEADER = "合同编号,项目代码,项目名称,设备名称,单价（元）,签订日期"
GOOD = "HT-1,2025-01,政务网改造,防火墙,80000,2025-06-30"


def write(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    path = folder / "价格.csv"
    path.write_bytes("\n".join((HEADER, *lines)).encode(encoding))
    return path


def imported(folder: Path, path: Path) -> int:
    return main(["contracts", "import", str(path), "--data", str(folder / "data")])


def kept(folder: Path) -> tuple[int, list[str], int]:
    """How many lines, what the audit trail says, and how many files there are."""
    database = open_database(f"sqlite:///{folder / 'data' / 'records.db'}")
    with database.reading() as session:
        events = [event.action for event in session.query(AuditEvent).order_by(AuditEvent.seq)]
        found = Contracts(session).count(), events, session.query(Document).count()
    database.close()
    return found


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_list_is_registered_with_its_file_and_audited(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str
) -> None:
    path = write(tmp_path, GOOD, GOOD.replace("防火墙", "路由器"), encoding=encoding)
    assert imported(tmp_path, path) == 0
    assert capsys.readouterr().out == "合同价格登记完成：新登记 2 行，以前已登记 0 行。\n"
    assert kept(tmp_path) == (2, ["contracts.imported"], 1)
    database = open_database(f"sqlite:///{tmp_path / 'data' / 'records.db'}")
    with database.reading() as session:
        row = session.query(ContractPrice).order_by(ContractPrice.id).first()
        assert row is not None
        assert (row.item, row.unit_price_fen, row.line, len(row.source_sha256)) == ("防火墙", 8_000_000, 1, 64)
    database.close()


def test_a_workbook_is_read_as_well(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for line in (HEADER, GOOD):
        book.active.append(line.split(","))
    path = tmp_path / "价格.xlsx"
    book.save(path)
    assert imported(tmp_path, path) == 0
    assert kept(tmp_path)[0] == 1


def test_the_same_list_again_registers_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, GOOD)
    imported(tmp_path, path)
    before = kept(tmp_path)
    capsys.readouterr()
    assert imported(tmp_path, path) == 0
    assert capsys.readouterr().out == "合同价格登记完成：新登记 0 行，以前已登记 1 行。\n"
    assert kept(tmp_path) == before


def test_one_wrong_line_refuses_the_whole_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, GOOD, GOOD.replace("80000", "面议"), GOOD.replace("2025-06-30", "去年"))
    assert imported(tmp_path, path) == 2
    told = capsys.readouterr().err
    assert "有 2 处须改正。没有登记任何一行；改正后请重新导入整个文件。" in told
    assert "第3行：单价“面议”不是一个金额。" in told
    assert "第4行：签订日期“去年”" in told
    assert not (tmp_path / "data" / "records.db").exists()


def test_a_registered_price_is_never_rewritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    imported(tmp_path, write(tmp_path, GOOD))
    assert imported(tmp_path, write(tmp_path, GOOD.replace("80000", "90000"))) == 2
    assert "合同“HT-1”第1行已经登记，内容不同；登记过的价格不能改写。" in capsys.readouterr().err
    assert kept(tmp_path)[0] == 1


def test_a_marked_file_is_refused_and_nothing_of_it_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(tmp_path, write(tmp_path, GOOD, "机密★10年,,,,,")) == 2
    assert "密" in capsys.readouterr().err
    assert not (tmp_path / "data" / "documents").exists()


def test_a_file_that_is_not_there_is_told_kindly(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert imported(tmp_path, tmp_path / "没有.csv") == 2
    assert "没有登记任何一行" in capsys.readouterr().err
