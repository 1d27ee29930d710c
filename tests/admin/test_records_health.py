"""What the doctor says of the records, well and not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from admin.records_health import findings
from records import audit
from records.database import Database, open_database
from records.documents import Documents, DocumentStore, NewDocument
from records.migrations import upgrade
from records.models import OutboxEvent
from records.outbox import CloudEvent, Outbox

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'records.db'}"
    upgrade(url)
    opened = open_database(url)
    with opened.session() as session:
        audit.append(session, "li_qiang", "review.signed", "parameter_review:1", {}, NOW)
        audit.append(session, "zhao_min", "review.confirmed", "parameter_review:1", {}, NOW)
        store = DocumentStore(tmp_path / "documents")
        Documents(session, store).add(NewDocument(b"x", "tender", "招标.xlsx", "a/b", "unit", NOW))
    yield opened
    opened.close()


def told(folder: Path, **more: str) -> list[tuple[bool, str]]:
    return list(findings({"ZHENGJIAN_DATA": str(folder), **more}))


def test_records_that_are_not_there_yet_are_left_alone(tmp_path: Path) -> None:
    assert told(tmp_path) == [(True, "登记库尚未建立，首次启动时自动建立")]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("database")
def test_records_in_order_are_well(tmp_path: Path) -> None:
    assert told(tmp_path) == [
        (True, "审计记录 2 条，前后衔接，与 0 次存证相符"),
        (True, "文件库完整"),
        (True, "推送正常"),
    ]


def test_a_changed_event_is_told_with_its_place(tmp_path: Path, database: Database) -> None:
    with database.session() as session:
        session.execute(text("DROP TRIGGER audit_event_no_update"))
        session.execute(text("UPDATE audit_event SET actor = 'li_qiang' WHERE seq = 2"))
    well, sentence = told(tmp_path)[0]
    assert not well
    assert sentence.startswith("审计记录第 2 条起核对不上（内容与校验值不符）")


def test_a_missing_document_a_stray_one_and_a_stuck_push_are_told(tmp_path: Path, database: Database) -> None:
    store = DocumentStore(tmp_path / "documents")
    store.path(next(store.hashes())).unlink()
    store.put(b"stray")
    with database.session() as session:
        Outbox(session).add("platform", CloudEvent("e", "zhengjian", "t", "s", NOW, {}), NOW)
    with database.session() as session:
        session.scalars(select(OutboxEvent)).one().alarmed_at = NOW
    assert told(tmp_path)[1:] == [
        (False, "文件库缺少 1 份登记过的文件（招标.xlsx），请从备份恢复"),
        (True, "文件库有 1 份没有登记的文件：断电或正在办理的步骤留下，不影响使用"),
        (False, "有 1 条推送多次没有送达，详见“运行”页面"),
    ]


def test_a_database_that_cannot_be_reached_or_has_no_schema_is_told(tmp_path: Path) -> None:
    nobody = told(tmp_path, ZHENGJIAN_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert [well for well, _ in nobody] == [False]
    assert "打不开登记库" in nobody[0][1]
    (tmp_path / "records.db").touch()
    assert [well for well, _ in told(tmp_path)] == [False]
