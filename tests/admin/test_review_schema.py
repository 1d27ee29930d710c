"""The JSON of `zhengjian review` against its published schema, and the schema against its description."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from admin.main import main
from domain.parameters import Verdict
from domain.parameters.verdicts import FindingKind
from domain.reasonableness import Topic
from tests.domain.builders import DATA, HEADER, ROW, workbook

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "review.schema.json").read_text("utf-8"))
SAMPLES = sorted(
    (folder.parent / "approved.xlsx", folder)
    for folder in (ROOT / "samples").glob("*/tender*")
    if (folder.parent / "approved.xlsx").exists()
)


def problems(kind: str, result: Path) -> list[str]:
    checked = Draft202012Validator({**SCHEMA["$defs"][kind], "$defs": SCHEMA["$defs"]})
    Draft202012Validator.check_schema(SCHEMA)
    return [error.message for error in checked.iter_errors(json.loads(result.read_text("utf-8")))]


@pytest.mark.parametrize(("approved", "tender"), SAMPLES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_review_of_the_samples_is_as_published(approved: Path, tender: Path, tmp_path: Path) -> None:
    result = tmp_path / "结果.json"
    assert main(["review", str(approved), str(tender), "--json", str(result)]) in {0, 1}
    assert problems("documents", result) == []


@pytest.mark.parametrize("name", ["parameter_pairs.tsv", "challenge_pairs.tsv"])
def test_every_file_of_judged_pairs_is_as_published(name: str, tmp_path: Path) -> None:
    result = tmp_path / "结果.json"
    assert main(["review", "--pairs", str(DATA / name), "--json", str(result)]) == 1
    assert problems("pairs", result) == []


def test_a_row_tells_the_conventions_and_the_legal_basis_that_it_rests_on(tmp_path: Path) -> None:
    dearer = (*ROW[:3], "1、CPU核数：16核；\n2、内存：≥262144M。", *ROW[4:6], 13, 130, "")
    for name, row in (("批复.xlsx", ROW), ("招标.xlsx", dearer)):
        (tmp_path / name).write_bytes(workbook([HEADER, row]))
    result = tmp_path / "结果.json"
    main(["review", str(tmp_path / "批复.xlsx"), str(tmp_path / "招标.xlsx"), "--json", str(result)])
    rows: dict[str, Any] = {row["parameter"]: row for row in json.loads(result.read_text("utf-8"))["rows"]}
    assert (rows["CPU核数"]["verdict"], rows["CPU核数"]["reason"]) == (
        "一致",
        "批复“≥16核”，招标“16核”，相同（口径：裸值按下限理解）",
    )
    assert rows["内存"]["verdict"] == "一致"
    assert "口径：" in rows["内存"]["reason"]
    assert rows["单价"]["verdict"] == "金额超出"
    assert rows["单价"]["reason"].endswith("（依据：《沈阳市电子政务工程建设项目管理试行办法》第十八条）")


def test_the_schema_knows_every_word_that_the_rules_use() -> None:
    rows = SCHEMA["$defs"]["row"]["properties"]
    assert rows["verdict"]["enum"] == [verdict.value for verdict in Verdict]
    assert [*rows["finding_kind"]["enum"], "合理性"] == [kind.value for kind in FindingKind]
    assert sorted(SCHEMA["$defs"]["hint"]["properties"]["topic"]["enum"]) == sorted(topic.value for topic in Topic)


def test_the_description_names_every_field() -> None:
    told = {*re.findall(r"`([a-z_]+)`", (ROOT / "docs" / "review.md").read_text("utf-8"))}
    named = {name for kind in ("documents", "row", "pairs", "pair") for name in SCHEMA["$defs"][kind]["properties"]}
    assert named <= told
