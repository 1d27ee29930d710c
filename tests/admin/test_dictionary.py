"""The synonyms of an installation on the command line: listed, exported for reviews, imported as suggestions."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from admin.main import main
from domain.parameters.dictionary import Pair
from domain.parameters.rules import from_config, shipped
from records.database import open_database
from records.dictionary_changes import Acceptance, DictionaryChanges, Hand
from records.migrations import upgrade
from records.models import AuditEvent, SynonymSuggestion
from records.suggestions import Suggestions

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DAY = date(2026, 11, 23)
PAIRS = (Pair("items", "负载均衡", "链路优化设备"), Pair("names", '席位"容量\\', "坐席容量"))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """An installation with two entries, the second of which counts a week later."""
    url = f"sqlite:///{tmp_path / 'records.db'}"
    upgrade(url)
    database = open_database(url)
    with database.session() as session:
        for number, pair in enumerate(PAIRS):
            Suggestions(session).propose(pair, NOW)
            suggestion = session.scalars(select(SynonymSuggestion).order_by(SynonymSuggestion.id.desc())).first()
            assert suggestion is not None
            wanted = Acceptance(suggestion.id, swapped=False, effective_from=date(2026, 11, 23 + 7 * number))
            DictionaryChanges(session).accept(wanted, shipped(), Hand("admin", NOW, DAY))
    database.close()
    return tmp_path


def test_what_counts_on_a_day_is_listed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dictionary", "list", "--data", str(data), "--on", "2026-11-24"]) == 0
    told = capsys.readouterr().out
    assert "政建词典第 2 版，2026年11月24日生效的词条" in told
    assert "设备（服务）名称：链路优化设备 = 负载均衡（2026年11月23日生效）" in told
    assert "坐席容量" not in told
    assert "共 1 条。" in told


def test_the_export_is_a_configuration_that_reads_the_same(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "词典.toml"
    assert main(["dictionary", "export", "--data", str(data), "--on", "2026-12-01", "--output", str(target)]) == 0
    rules = from_config(target.read_text("utf-8"))
    assert rules.added == tuple((pair.section, pair.alias, pair.canonical) for pair in PAIRS)


def test_without_a_file_the_export_is_printed(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dictionary", "export", "--data", str(data), "--on", "2026-11-24"]) == 0
    assert from_config(capsys.readouterr().out).added == (("items", "链路优化设备", "负载均衡"),)


def test_what_is_imported_waits_for_an_administrator(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exported, other = tmp_path / "别处.toml", tmp_path / "other"
    main(["dictionary", "export", "--data", str(data), "--on", "2026-12-01", "--output", str(exported)])
    other.mkdir()
    url = f"sqlite:///{other / 'records.db'}"
    upgrade(url)
    for new in (2, 0):
        assert main(["dictionary", "import", str(exported), "--data", str(other)]) == 0
        assert f"读到 2 条，新增建议 {new} 条。" in capsys.readouterr().out
    database = open_database(url)
    with database.reading() as session:
        rows = session.scalars(select(SynonymSuggestion).order_by(SynonymSuggestion.id)).all()
        assert [(row.canonical, row.alias, row.state, row.confirmations) for row in rows] == [
            (pair.canonical, pair.alias, "待处理", 0) for pair in PAIRS
        ]
        assert [event.action for event in session.scalars(select(AuditEvent))] == ["synonym.imported"]
    database.close()


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (b"[synonyms.items", "不是有效的 TOML"),
        ("[synonyms.items]\n甲 = 1\n".encode("gbk"), "不是 UTF-8 编码"),
        (b"[synonyms.brands]\n", "没有配置项 synonyms.brands"),
        (None, "无法读取"),
    ],
)
def test_a_file_that_cannot_be_imported_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], written: bytes | None, told: str
) -> None:
    file = tmp_path / "x.toml"
    if written is not None:
        file.write_bytes(written)
    assert main(["dictionary", "import", str(file), "--data", str(data)]) == 2
    said = capsys.readouterr().err
    assert told in said
    assert "没有改动任何数据" in said


def test_a_day_that_is_none_and_an_installation_that_is_not_there_are_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["dictionary", "list", "--data", str(data), "--on", "明天"]) == 2
    assert "“明天”不是日期" in capsys.readouterr().err
    assert main(["dictionary", "list", "--data", str(tmp_path / "none")]) == 2
    assert "还没有登记库" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_an_export_that_cannot_be_written_is_refused(
    data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["dictionary", "export", "--data", str(data), "--output", str(tmp_path / "no" / "x.toml")]) == 2
    assert "无法写入" in capsys.readouterr().err
