"""The cache of jars: filled once, checked, never half."""

import hashlib
from pathlib import Path

import pytest

from engine.core import jars
from engine.core.errors import JarsUnavailable


class Repository:
    """Stands for the network: hands out contents, breaks where told, counts."""

    def __init__(self, contents: dict[str, bytes], broken: str = "", breaks: int = 0) -> None:
        self.contents = contents
        self.broken = broken
        self.breaks = breaks
        self.asked: list[str] = []

    def __call__(self, coordinate: str, folder: Path) -> Path:
        self.asked.append(coordinate)
        if coordinate == self.broken and self.breaks > 0:
            self.breaks -= 1
            raise ConnectionError("no route")
        file = folder / hashlib.sha256(coordinate.encode()).hexdigest()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(self.contents[coordinate])
        return file


CONTENTS = {f"org.example:part-{number}:1.{number}": f"content {number}".encode() for number in range(20)}


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    lines = (f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in CONTENTS.items())
    file = tmp_path / "test.lock"
    file.write_text("".join(lines))
    return file


def test_every_locked_jar_is_fetched_once_and_never_again(tmp_path: Path, lock: Path) -> None:
    repository = Repository(CONTENTS)

    first = jars.folder(tmp_path / "cache", lock=lock, fetch=repository)
    second = jars.folder(tmp_path / "cache", lock=lock, fetch=repository, offline=True)

    assert first == second
    assert sorted(repository.asked) == sorted(CONTENTS)
    assert {file.name: file.read_bytes() for file in first.iterdir()} == {
        f"part-{number}-1.{number}.jar": f"content {number}".encode() for number in range(20)
    }


def test_a_file_that_is_not_the_locked_one_is_refused_and_nothing_is_kept(tmp_path: Path, lock: Path) -> None:
    repository = Repository(CONTENTS | {"org.example:part-7:1.7": b"something else"})

    with pytest.raises(JarsUnavailable, match=r"part-7.*校验和不符"):
        jars.folder(tmp_path / "cache", lock=lock, fetch=repository)

    assert [file.name for file in (tmp_path / "cache").iterdir()] == ["lock"]


def test_a_network_that_fails_now_and_then_is_asked_again(tmp_path: Path, lock: Path) -> None:
    repository = Repository(CONTENTS, broken="org.example:part-3:1.3", breaks=2)

    assert jars.folder(tmp_path / "cache", lock=lock, fetch=repository).is_dir()


def test_without_a_network_the_first_start_says_what_to_do(tmp_path: Path, lock: Path) -> None:
    repository = Repository(CONTENTS, broken="org.example:part-3:1.3", breaks=100)

    with pytest.raises(JarsUnavailable, match=r"part-3.*no route.*检查网络"):
        jars.folder(tmp_path / "cache", lock=lock, fetch=repository)
    with pytest.raises(JarsUnavailable, match="离线"):
        jars.folder(tmp_path / "cache", lock=lock, fetch=repository, offline=True)

    assert jars.folder(tmp_path / "cache", lock=lock, fetch=Repository(CONTENTS)).is_dir()


def test_what_a_killed_fetch_has_left_is_removed_by_the_next(tmp_path: Path, lock: Path) -> None:
    left = tmp_path / "cache" / "unfinished-1" / "jars"
    left.mkdir(parents=True)
    (left / "part-0-1.0.jar").write_bytes(b"half")

    kept = jars.folder(tmp_path / "cache", lock=lock, fetch=Repository(CONTENTS))

    assert not left.exists()
    assert (kept / "part-0-1.0.jar").read_bytes() == b"content 0"


def test_another_lock_gets_another_folder(tmp_path: Path, lock: Path) -> None:
    first = jars.folder(tmp_path / "cache", lock=lock, fetch=Repository(CONTENTS))
    lock.write_text(lock.read_text().splitlines(keepends=True)[0])

    second = jars.folder(tmp_path / "cache", lock=lock, fetch=Repository(CONTENTS))

    assert first != second
    assert len(list(second.iterdir())) == 1


def test_the_committed_lock_names_each_jar_once_and_no_host() -> None:
    locked = jars.locked()

    assert len({jar.name for jar in locked}) == len(locked)
    assert "://" not in jars.LOCK.read_text()
    assert {"zeebe-workflow-engine-8.8.21.jar", "zeebe-gateway-protocol-8.8.9.jar"} <= {jar.name for jar in locked}
