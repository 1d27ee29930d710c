"""Conversion by LibreOffice: without a screen, macros, links or network, in a folder and a profile of its own."""

import math
import sys
import tempfile
import threading
from datetime import timedelta
from pathlib import Path

from domain.documents import DocumentRefused
from domain.documents.kinds import Conversion
from intake import bounded
from intake.processes import OutOfTime, run_child

_COMMON, _PROXY = "/org.openoffice.Office.Common/Security/Scripting", "/org.openoffice.Inet/Settings"
_SETTINGS = (
    (_COMMON, "MacroSecurityLevel", "3"),
    (_COMMON, "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    (_PROXY, "ooInetProxyType", "2"),
    (_PROXY, "ooInetHTTPProxyName", "127.0.0.1"),
    (_PROXY, "ooInetHTTPProxyPort", "9"),
    (_PROXY, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_PROXY, "ooInetHTTPSProxyPort", "9"),
)
"""Macros never run, links are never followed, and whatever would still ask the network meets a closed port."""


class LibreOffice:
    """The office program of this machine; one document at a time, since each takes hundreds of megabytes."""

    def __init__(self, program: Path, timeout: timedelta, memory: int) -> None:
        self._program, self._timeout, self._memory = program, timeout, memory
        self._turn = threading.Lock()

    def convert(self, content: bytes, conversion: Conversion) -> bytes:
        """Convert a document; nothing of it is left on the disk.

        Raises:
            DocumentRefused: conversion_failed or conversion_timeout.
        """
        with self._turn, tempfile.TemporaryDirectory(prefix="zhengjian-conversion-") as name:
            folder = Path(name)
            profile = folder / "profile" / "user"
            profile.mkdir(parents=True)
            (profile / "registrymodifications.xcu").write_text(_profile(), encoding="utf-8")
            source = folder / f"document.{conversion.suffix}"
            source.write_bytes(content)
            self._run(folder, source, conversion)
            converted = folder / "converted" / f"document.{conversion.target}"
            if not converted.is_file():
                # The program ends with 0 even where it could open nothing.
                raise DocumentRefused("conversion_failed", found=conversion.found)
            return converted.read_bytes()

    def _run(self, folder: Path, source: Path, conversion: Conversion) -> None:
        seconds = math.ceil(self._timeout.total_seconds())
        command = [
            sys.executable, bounded.__file__, str(seconds), str(self._memory), str(self._program),
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard",
            "--convert-to", conversion.target, "--outdir", str(folder / "converted"), str(source),
        ]  # fmt: skip
        env = {"HOME": str(folder), "TMPDIR": str(folder), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
        try:
            ended = run_child(command, env, folder, self._timeout)
        except OutOfTime as late:
            raise DocumentRefused("conversion_timeout", found=conversion.found, limit=seconds) from late
        if ended.code:
            raise DocumentRefused("conversion_failed", found=conversion.found)


def _profile() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    return f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
