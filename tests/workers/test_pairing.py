"""An engine that gives out keys the records already know is not theirs: the workers say so and touch nothing."""

import asyncio
import dataclasses
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from records.database import Database
from tests.workers.test_rest import settings_for
from workers.pairing import ForeignEngineError, require_pair

pytestmark = pytest.mark.engine
FAR_AHEAD = (1 << 51) + (1 << 40)
ANOTHER_PARTITION = 3 << 51


def record(database: Database, key: int) -> None:
    with database.session() as session:
        database.once(session, key, "parameter_review.parse_documents", lambda _: {})


@pytest.mark.parametrize("known", [[], [1 << 51], [ANOTHER_PARTITION]])
def test_an_engine_whose_next_key_is_new_belongs_to_the_records(
    engine_server: Any, tmp_path: Path, database: Database, known: list[int]
) -> None:
    for key in known:
        record(database, key)
    asyncio.run(require_pair(settings_for(engine_server, tmp_path), database))


def test_an_engine_that_counts_from_further_back_is_refused(
    engine_server: Any, tmp_path: Path, database: Database
) -> None:
    record(database, FAR_AHEAD)
    with pytest.raises(ForeignEngineError, match=f"比登记库里已有的 {FAR_AHEAD} 还小"):
        asyncio.run(require_pair(settings_for(engine_server, tmp_path), database))


def test_an_engine_that_is_not_there_yet_is_waited_for(
    engine_server: Any, tmp_path: Path, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    absent = dataclasses.replace(settings_for(engine_server, tmp_path), rest_address="http://127.0.0.1:9")
    with pytest.raises(TimeoutError):
        asyncio.run(asyncio.wait_for(require_pair(absent, database), 0.5))
    assert "the engine does not answer yet" in caplog.text


def test_the_program_ends_with_the_reason(engine_server: Any, tmp_path: Path, database: Database) -> None:
    record(database, FAR_AHEAD)
    host, port = engine_server.grpc_address.split(":")
    env = {
        **os.environ,
        "ZHENGJIAN_DATA": str(tmp_path),
        "ZHENGJIAN_GRPC_HOST": host,
        "ZHENGJIAN_GRPC_PORT": port,
        "ZHENGJIAN_REST_PORT": engine_server.rest_address.rpartition(":")[2],
        "ZHENGJIAN_ENGINE_PASSWORD": engine_server.password("worker"),
    }
    command = [sys.executable, "-m", "admin.main", "workers"]
    ended = subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 2, ended.stderr
    assert "没有改动任何数据，作业程序没有开始工作。" in ended.stderr
