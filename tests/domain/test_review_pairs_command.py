"""`zhengjian review --pairs` from outside: rows in the file's order, whatever the file looks like, and its refusals."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from admin.main import main
from tests.domain.builders import DATA, PAIRS

COLUMNS = ("item", "approved_name", "approved_value", "tender_name", "tender_value")
SAME = ("应用服务器", "内存", "≥256GB", "内存", "不低于256GB")
RAISED = ("应用服务器", "内存", "≥256GB", "内存", "≥512GB")


def as_file(path: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8", end: str = "\n") -> Path:
    path.write_bytes("".join("\t".join(row) + end for row in rows).encode(encoding))
    return path


def judged(path: Path) -> tuple[int, dict[str, Any]]:
    result = path.with_suffix(".json")
    status = main(["review", "--pairs", str(path), "--json", str(result)])
    return status, json.loads(result.read_text("utf-8"))


def verdicts(path: Path) -> list[str]:
    return [row["verdict"] for row in judged(path)[1]["rows"]]


def test_the_judged_pairs_come_back_in_their_order_with_the_verdict_each_was_given(tmp_path: Path) -> None:
    copy = tmp_path / "pairs.tsv"
    copy.write_bytes((DATA / "parameter_pairs.tsv").read_bytes())
    status, written = judged(copy)
    assert status == 1
    assert [{name: row[name] for name in COLUMNS} for row in written["rows"]] == [
        {name: pair[name] for name in COLUMNS} for pair in PAIRS
    ]
    assert [row["verdict"] for row in written["rows"]] == [pair["verdict"] for pair in PAIRS]
    assert all(row["reason"] for row in written["rows"])
    assert sum(written["counts"].values()) == len(PAIRS)


def test_the_json_of_pairs_has_exactly_the_agreed_shape(tmp_path: Path) -> None:
    status, written = judged(as_file(tmp_path / "对.tsv", [COLUMNS, SAME, RAISED]))
    assert status == 1
    assert list(written) == ["overall", "rows", "counts", "warnings"]
    assert written["overall"] == "存在偏差"
    assert written["warnings"] == []
    assert {verdict: number for verdict, number in written["counts"].items() if number} == {"一致": 1, "提高": 1}
    assert len(written["counts"]) == 9
    assert written["rows"][1] == {
        "item": "应用服务器",
        "approved_name": "内存",
        "approved_value": "≥256GB",
        "tender_name": "内存",
        "tender_value": "≥512GB",
        "verdict": "提高",
        "reason": "批复“≥256GB”，招标“≥512GB”，要求提高",
        "convention": "内存容量按 1TB=1024GB 计",
        "basis": "",
        "finding_kind": "一致性",
        "confidence": 1.0,
    }


def test_pairs_without_a_deviation_end_with_zero(tmp_path: Path) -> None:
    status, written = judged(as_file(tmp_path / "对.tsv", [COLUMNS, SAME]))
    assert (status, written["overall"]) == (0, "一致")


def test_a_named_brand_is_of_the_kind_exclusivity(tmp_path: Path) -> None:
    brand = ("交换机", "品牌", "不限", "品牌", "华为S12700E")
    _, written = judged(as_file(tmp_path / "对.tsv", [COLUMNS, brand]))
    assert [(row["verdict"], row["finding_kind"]) for row in written["rows"]] == [("指定品牌", "排他性")]


def test_without_json_the_pairs_are_printed_as_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--pairs", str(as_file(tmp_path / "对.tsv", [COLUMNS, SAME, RAISED]))]) == 1
    shown = capsys.readouterr().out
    assert "    └ 批复“≥256GB”，招标“≥512GB”，要求提高\n" in shown
    assert "共 2 行：一致 1，提高 1" in shown
    assert "金额：" not in shown


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_of_windows_and_office_are_understood(tmp_path: Path, encoding: str, end: str) -> None:
    assert verdicts(as_file(tmp_path / "对.tsv", [COLUMNS, SAME, RAISED], encoding, end)) == ["一致", "提高"]


def test_columns_may_stand_in_any_order_among_others_whose_content_does_not_count(tmp_path: Path) -> None:
    header = ("verdict", "tender_value", "reason", " Item ", "approved_value", "tender_name", "编号", "approved_name")
    row = ("一致", "≥512GB", "给定的理由", "应用服务器", "≥256GB", "内存", "7", "内存")
    _, written = judged(as_file(tmp_path / "对.tsv", [header, row]))
    assert [(row["verdict"], row["reason"]) for row in written["rows"]] == [
        ("提高", "批复“≥256GB”，招标“≥512GB”，要求提高")
    ]


def test_a_spreadsheets_quotation_marks_are_taken_off(tmp_path: Path) -> None:
    row = ("显示器", "尺寸", '"≥24"" IPS"', "尺寸", '"≥24""\nIPS"')
    _, written = judged(as_file(tmp_path / "对.tsv", [COLUMNS, row, SAME]))
    assert written["rows"][0]["approved_value"] == '≥24" IPS'
    assert written["rows"][0]["tender_value"] == '≥24"\nIPS'
    assert written["rows"][1]["verdict"] == "一致"


def test_inches_and_lone_quotation_marks_swallow_no_row(tmp_path: Path) -> None:
    inches = ("显示器", "尺寸", '"24寸以上', "尺寸", '≥24"')
    _, written = judged(as_file(tmp_path / "对.tsv", [COLUMNS, inches, SAME, inches, RAISED]))
    assert [row["approved_value"] for row in written["rows"]] == ['"24寸以上', "≥256GB", '"24寸以上', "≥256GB"]


@pytest.mark.parametrize("blank", [[], ["", "", "", "", ""], [" ", "　", ""]])
def test_blank_lines_are_no_rows_and_short_rows_have_empty_cells_and_are_told(tmp_path: Path, blank: list[str]) -> None:
    path = as_file(tmp_path / "对.tsv", [COLUMNS, SAME, blank, ("应用服务器", "内存", "≥256GB"), blank])
    _, written = judged(path)
    assert [row["verdict"] for row in written["rows"]] == ["一致", "缺失"]
    assert written["warnings"] == [
        "第3行比表头少单元格，缺的列（tender_name、tender_value）按空白判定，请检查是否少了制表符。"
    ]


def test_a_row_that_lacks_only_columns_of_no_concern_is_no_matter(tmp_path: Path) -> None:
    _, written = judged(as_file(tmp_path / "对.tsv", [(*COLUMNS, "verdict", "reason"), SAME, (*RAISED, "提高")]))
    assert [row["verdict"] for row in written["rows"]] == ["一致", "提高"]
    assert written["warnings"] == []


def test_thousands_of_rows_come_back_in_their_order(tmp_path: Path) -> None:
    rows = [("服务器", "内存", f"≥{number}GB", "内存", f"≥{number + number % 3 - 1}GB") for number in range(2, 5_002)]
    _, written = judged(as_file(tmp_path / "对.tsv", [COLUMNS, *rows]))
    assert [tuple(row[name] for name in COLUMNS) for row in written["rows"]] == rows
    expected = {0: "降低", 1: "一致", 2: "提高"}
    assert [row["verdict"] for row in written["rows"]] == [expected[number % 3] for number in range(2, 5_002)]


def test_a_row_with_more_cells_than_the_header_is_judged_and_told(tmp_path: Path) -> None:
    _, written = judged(as_file(tmp_path / "对.tsv", [COLUMNS, SAME, (*RAISED, "多出")]))
    assert [row["verdict"] for row in written["rows"]] == ["一致", "提高"]
    assert written["warnings"] == ["第3行比表头多出内容，多出的部分没有参与判定，请检查是否多了制表符。"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "第一行表头缺少列：item（设备或条目名称）、approved_name（批复参数名称）"),
        (b"item\tapproved_name\tapproved_value\ttender_name\n", "缺少列：tender_value（招标参数值）。"),
        ("\t".join(COLUMNS).encode(), "表头下面没有参数对"),
        ("\t".join((*COLUMNS, "item")).encode() + b"\n1\t2\t3\t4\t5\t6", "表头有重复的列：item"),
        (b"\xff\xfe\x00\xd8", "无法识别文字编码"),
        (b"PK\x03\x04\xff\xff\x80", "无法识别文字编码"),
    ],
)
def test_a_file_that_holds_no_pairs_is_refused_with_the_remedy_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, told: str
) -> None:
    path, result = tmp_path / "对.tsv", tmp_path / "结果.json"
    path.write_bytes(content)
    assert main(["review", "--pairs", str(path), "--json", str(result)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith("参数对文件未被接受：")
    assert told in shown.err
    assert not result.exists()


def test_a_file_of_pairs_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", "--pairs", str(tmp_path / "无.tsv")]) == 2
    assert capsys.readouterr().err.startswith("参数对文件无法打开：")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--pairs", "对.tsv", "批复.xlsx", "招标.docx"], "--pairs 不能与批复文件、招标文件同时使用"),
        (["--pairs", "对.tsv", "批复.xlsx"], "--pairs 不能与批复文件、招标文件同时使用"),
        (["批复.xlsx"], "还缺少招标文件"),
        ([], "还缺少批复文件和招标文件（或 --pairs 文件）"),
        (["--pairs", "对.tsv", "--json", "./对.tsv"], "写入的文件不能与读取的文件相同"),
        (["--pairs"], "--pairs 后面要写一个值"),
    ],
)
def test_a_wrong_combination_is_a_usage_error(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["review", *arguments])
    shown = capsys.readouterr()
    assert left.value.code == 2
    assert told in shown.err
    assert shown.err.startswith("用法：zhengjian review 批复文件 招标文件")
