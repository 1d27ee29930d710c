"""The engine's jar files: fetched once by jgo, checked against `jars.lock`, kept in the user's cache.

`jars.lock` names every file by its Maven coordinates and its SHA-256, so nothing has to be resolved: all files are
fetched at the same time, and jgo is never asked again once the folder of this lock exists. The folder appears in one
rename after every file was checked, so an interrupted fetch leaves nothing that could be mistaken for a cache.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from engine.core.errors import JarsUnavailable

LOCK = Path(__file__).with_name("jars.lock")
_AT_ONCE = 12
_TRIES = 3


@dataclass(frozen=True)
class Jar:
    """One line of the lock: `<sha256>  <group>:<artifact>:<version>[:<classifier>]`."""

    sha256: str
    coordinate: str

    @property
    def name(self) -> str:
        """The file's name as Maven repositories have it."""
        return "-".join(self.coordinate.split(":")[1:]) + ".jar"


def locked(lock: Path = LOCK) -> list[Jar]:
    """Every jar the engine needs, in the order of the lock."""
    lines = (line.split() for line in lock.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return [Jar(sha256, coordinate) for sha256, coordinate in lines]


def folder(cache: Path, *, offline: bool = False, lock: Path = LOCK) -> Path:
    """The folder with all jars of the lock, filled now if it does not exist yet.

    Raises:
        JarsUnavailable: no network (or `offline`), a full disk, or a file that is not the locked one.
    """
    kept = cache / f"jars-{hashlib.sha256(lock.read_bytes()).hexdigest()[:16]}"
    if kept.is_dir():
        return kept
    if offline:
        message = (
            f"引擎所需的程序包尚未下载(应在 {kept}),而当前设置为离线。数据未受影响。请联网后运行一次,之后即可离线使用。"
        )
        raise JarsUnavailable(message)
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fetch-", dir=cache) as temporary:
        filled = _fetch_all(locked(lock), Path(temporary))
        _rename(filled, kept)
    return kept


def _fetch_all(jars: list[Jar], temporary: Path) -> Path:
    filled = temporary / "jars"
    filled.mkdir()
    with ThreadPoolExecutor(_AT_ONCE, "fetch-jar") as pool:
        for _ in pool.map(lambda jar: _fetch(jar, temporary / "repository", filled), jars):
            pass
    return filled


def _fetch(jar: Jar, repository: Path, target: Path) -> None:
    from jgo.maven import MavenContext  # noqa: PLC0415 (slow to import, and needed once in the life of a machine)

    group, artifact, version, *classifier = jar.coordinate.split(":")
    component = MavenContext(repo_cache=repository, timeout=60).project(group, artifact).at_version(version)
    for attempt in range(1, _TRIES + 1):
        try:
            fetched = component.artifact(classifier=classifier[0] if classifier else "").resolve()
            break
        except Exception as error:
            if attempt == _TRIES:
                message = (
                    f"下载引擎程序包 {jar.coordinate} 失败({error})。数据未受影响。请检查网络或代理设置后重试;"
                    "首次启动需要联网,之后即可离线使用。"
                )
                raise JarsUnavailable(message) from error
    found = hashlib.sha256(fetched.read_bytes()).hexdigest()
    if found != jar.sha256:
        message = (
            f"引擎程序包 {jar.coordinate} 的校验和不符:应为 {jar.sha256},实为 {found}。已停止,未使用该文件,数据未受影响。"
            "请检查网络中是否有改写下载内容的代理,然后重试。"
        )
        raise JarsUnavailable(message)
    shutil.move(fetched, target / jar.name)


def _rename(filled: Path, kept: Path) -> None:
    try:
        os.replace(filled, kept)
    except OSError:
        if not kept.is_dir():  # Another process may have been faster, and its files were checked as well.
            raise
