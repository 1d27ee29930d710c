"""The engine's jar files: fetched once by jgo, checked against `jars.lock`, kept in the user's cache.

`jars.lock` names every file by its Maven coordinates and its SHA-256, so nothing has to be resolved: all files are
fetched at the same time, and jgo is never asked again once the folder of this lock exists. The folder appears in one
rename after every file was checked, so an interrupted fetch leaves nothing that could be mistaken for a cache.

The lock is what `io.camunda:zeebe-process-test-engine:8.8.21` needs, without the jars that only its other uses need
(RocksDB, Spring, Kotlin, native TLS, its own client); with Camunda's API description, a log binding and a compiler.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.core.cache import UNFINISHED, alone
from engine.core.errors import JarsUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    Fetch = Callable[[str, Path], Path]

LOCK = Path(__file__).with_name("jars.lock")
_AT_ONCE = 12
_TRIES = 3


@dataclass(frozen=True)
class Jar:
    """One line of the lock: `<sha256>  <group>:<artifact>:<version>`."""

    sha256: str
    coordinate: str

    @property
    def name(self) -> str:
        """The file's name as Maven repositories have it."""
        return "-".join(self.coordinate.split(":")[1:]) + ".jar"


def locked(lock: Path = LOCK) -> list[Jar]:
    """Every jar the engine needs, in the order of the lock."""
    lines = (line.split() for line in lock.read_text(encoding="utf-8").splitlines())
    return [Jar(sha256, coordinate) for sha256, coordinate in lines]


def by_jgo(coordinate: str, repository: Path) -> Path:
    """Fetch one file into a folder laid out as a Maven repository; raises whatever jgo raises."""
    from jgo.maven import MavenContext  # noqa: PLC0415 (slow to import, and needed once in the life of a machine)

    group, artifact, version = coordinate.split(":")
    context = MavenContext(repo_cache=repository, timeout=60)
    return Path(context.project(group, artifact).at_version(version).artifact().resolve())


def folder(cache: Path, *, offline: bool = False, lock: Path = LOCK, fetch: Fetch = by_jgo) -> Path:
    """The folder with all jars of the lock, filled now if it does not exist yet.

    Raises:
        JarsUnavailable: no network (or `offline`), a full disk, or a file that is not the locked one.
    """
    kept = where(cache, lock)
    if kept.is_dir():
        return kept
    if offline:
        message = (
            f"引擎所需的程序包尚未下载（应在 {kept}），而当前设置为离线。数据未受影响。"
            "请联网运行一次，之后即可离线使用。"
        )
        raise JarsUnavailable(message)
    try:
        with alone(cache):
            if not kept.is_dir():  # Another process may have filled it while this one waited.
                _fill(kept, locked(lock), fetch)
    except OSError as error:
        message = f"无法把引擎程序包保存到 {cache}（{error}）。数据未受影响。请检查磁盘空间与权限后重试。"
        raise JarsUnavailable(message) from error
    return kept


def where(cache: Path, lock: Path = LOCK) -> Path:
    """The folder a lock's jars are kept in, filled or not."""
    return cache / f"jars-{hashlib.sha256(lock.read_bytes()).hexdigest()[:16]}"


def _fill(kept: Path, jars: list[Jar], fetch: Fetch) -> None:
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=kept.parent) as temporary:
        _fetch_all(jars, Path(temporary), fetch).replace(kept)


def _fetch_all(jars: list[Jar], temporary: Path, fetch: Fetch) -> Path:
    sys.stderr.write(f"首次启动：正在下载引擎的 {len(jars)} 个程序包（约 35 MB），之后无需联网……\n")
    filled = temporary / "jars"
    filled.mkdir()
    with ThreadPoolExecutor(_AT_ONCE, "fetch-jar") as pool:
        running = [pool.submit(_fetch, jar, temporary / "repository", filled, fetch) for jar in jars]
        try:
            for one in running:
                one.result()
        finally:
            pool.shutdown(cancel_futures=True)
    return filled


def _fetch(jar: Jar, repository: Path, target: Path, fetch: Fetch) -> None:
    fetched = _fetched(jar, repository, fetch)
    found = hashlib.sha256(fetched.read_bytes()).hexdigest()
    if found != jar.sha256:
        message = (
            f"引擎程序包 {jar.coordinate} 的校验和不符：应为 {jar.sha256}，实为 {found}。"
            "已停止，未使用该文件，数据未受影响。请检查网络中是否有改写下载内容的代理，然后重试。"
        )
        raise JarsUnavailable(message)
    shutil.move(fetched, target / jar.name)


def _fetched(jar: Jar, repository: Path, fetch: Fetch) -> Path:
    for _ in range(_TRIES):
        try:
            return fetch(jar.coordinate, repository)
        except Exception as error:  # noqa: BLE001 (jgo lets through whatever its HTTP library raises)
            last = error
    message = (
        f"下载引擎程序包 {jar.coordinate} 失败（{last}）。数据未受影响。请检查网络或代理设置后重试；"
        "首次启动需要联网，之后即可离线使用。"
    )
    raise JarsUnavailable(message) from last
