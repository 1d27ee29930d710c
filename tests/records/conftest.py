"""Both databases for real: SQLite files, and a private PostgreSQL cluster started for the test run."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from records.database import Database, open_database
from records.documents import DocumentStore
from records.migrations import upgrade

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
TEMPLATE = "zhengjian_template"


@dataclass
class Cluster:
    """A PostgreSQL server of our own: its port, and how many databases it has made."""

    port: int
    made: int = field(default=0)

    def url(self, database: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def create_database(self, template: str | None = None) -> str:
        self.made += 1
        name = f"zhengjian_{self.made}" if template or self.made > 1 else TEMPLATE
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
        return self.url(name)


def postgres_programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Start a private cluster; Debian's own `main` cluster is never touched. PostgreSQL refuses to run as root."""
    programs = postgres_programs()
    if programs is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL is not installed; under CI its tests must run (apt-get install postgresql)")
        pytest.skip("NOT RUN: PostgreSQL is not installed (apt-get install postgresql)")
    # A login shell's PATH may lack the folders of the system's own commands.
    runuser = shutil.which("runuser") or "/usr/sbin/runuser"
    as_postgres = [runuser, "-u", "postgres", "--"] if os.geteuid() == 0 else []
    folder = Path(tempfile.mkdtemp(prefix="zhengjian-postgres-"))
    if as_postgres:
        shutil.chown(folder, "postgres")
    data, port = folder / "data", free_port()
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=50"
    pg_ctl = [*as_postgres, str(programs / "pg_ctl"), "-D", str(data), "-w", "-s"]
    initdb = [
        str(programs / "initdb"),
        "-D",
        str(data),
        "-A",
        "trust",
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    try:
        subprocess.run([*as_postgres, *initdb, "--no-sync"], check=True, capture_output=True, cwd=folder)
        start = [*pg_ctl, "-l", str(folder / "log"), "-o", options, "start"]
        subprocess.run(start, check=True, cwd=folder, stdout=subprocess.DEVNULL)
        yield Cluster(port)
    finally:
        with contextlib.suppress(subprocess.CalledProcessError):
            subprocess.run([*pg_ctl, "-m", "immediate", "stop"], check=True, cwd=folder, capture_output=True)
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres_template(cluster: Cluster) -> str:
    """A migrated database that tests are copied from."""
    upgrade(cluster.create_database())
    return TEMPLATE


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file that tests are copied from."""
    path = tmp_path_factory.mktemp("template") / "records.db"
    upgrade(f"sqlite:///{path}")
    return path


BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.database)]


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh, migrated database, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "records.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        return f"sqlite:///{path}"
    template = request.getfixturevalue("postgres_template")
    return str(request.getfixturevalue("cluster").create_database(template))


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database without any table."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    request.getfixturevalue("postgres_template")
    return str(request.getfixturevalue("cluster").create_database("template0"))


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """The open database of `url`."""
    database = open_database(url)
    yield database
    database.close()


@pytest.fixture
def store(tmp_path: Path) -> DocumentStore:
    """An empty document store."""
    return DocumentStore(tmp_path / "documents")


@pytest.fixture
def now() -> datetime:
    """Half past nine in the morning of 2026-11-23 in Shenyang."""
    return NOW
