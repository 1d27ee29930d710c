"""Kill −9 at any moment: the read model ends as if nothing had happened."""

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
SEED = 20_260_301
KILLS = 10
INSTANCES = 3000

FOLLOW = """
import importlib.util, logging, pathlib, sys, time
logging.disable()
from engine.readmodel import Exporter, ReadModel
spec = importlib.util.spec_from_file_location("builders", sys.argv[1])
builders = sys.modules["builders"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(builders)
records = builders.Records()
records.process(10)
for key in range(100, 100 + 10 * int(sys.argv[3]), 10):
    records.instance(key)
    records.variable(key + 1, "amount", str(key), scope=key, instance=key)
    records.element("ELEMENT_ACTIVATING", key + 2, instance=key, scope=key)
    records.user_task("CREATED", key + 3, groups=["buyers"], instance=key, element_instance=key + 2)
    records.variable(key + 1, "amount", str(key + 1), scope=key, instance=key, intent="UPDATED")
    records.user_task("COMPLETED", key + 3, groups=["buyers"], instance=key, element_instance=key + 2)
    records.instance(key, "ELEMENT_COMPLETED")


class Log:
    def committed_position(self):
        return len(records.written)

    def read_records(self, after, limit, timeout):
        time.sleep(0.002)
        return records.written[after : after + min(limit, 50)]


model = ReadModel.open(pathlib.Path(sys.argv[2]))
print("following", flush=True)
Exporter(Log(), model).start()
while not model.catch_up(len(records.written), 1.0):
    pass
model.close()
"""


def follow(path: Path) -> Any:
    builders = Path(__file__).with_name("conftest.py")
    return subprocess.Popen(
        [sys.executable, "-c", FOLLOW, str(builders), str(path), str(INSTANCES)], cwd=ROOT, stdout=subprocess.PIPE
    )


def rows(path: Path) -> dict[str, list[Any]]:
    connection = sqlite3.connect(path)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    content = {
        name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)  # noqa: S608 - own names
        for name in tables
    }
    connection.close()
    return content


def test_a_killed_exporter_goes_on_where_its_rows_end(tmp_path: Path) -> None:
    undisturbed, disturbed = tmp_path / "undisturbed.db", tmp_path / "disturbed.db"
    with follow(undisturbed) as program:
        program.communicate(timeout=120)
        assert program.returncode == 0
    chance, positions = random.Random(SEED), []  # noqa: S311 - repeatable on purpose
    for _ in range(KILLS):
        with follow(disturbed) as program:
            program.stdout.readline()
            time.sleep(chance.uniform(0, 0.15))
            program.kill()
        positions.append(sqlite3.connect(disturbed).execute("SELECT position FROM progress").fetchone()[0])
    assert positions == sorted(positions)
    assert len(set(positions)) > KILLS // 2, "the kills must hit the exporter while it works"
    with follow(disturbed) as program:
        program.communicate(timeout=120)
        assert program.returncode == 0
    assert rows(disturbed) == rows(undisturbed)
