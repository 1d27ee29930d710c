"""Office programs for the tests of conversion: scripts that answer LibreOffice's command line as they are told to."""

import stat
import sys
from pathlib import Path


def office(folder: Path, body: str) -> Path:
    """An office program that does what its body says; `output` is where it should put what it makes."""
    program = folder / "soffice"
    lines = [
        f"#!{sys.executable}", "import pathlib, sys, time, os, subprocess",
        "arguments = sys.argv[1:]", "folder = pathlib.Path(arguments[arguments.index('--outdir') + 1])",
        "target = arguments[arguments.index('--convert-to') + 1]", "source = pathlib.Path(arguments[-1])",
        "folder.mkdir(parents=True, exist_ok=True)", "output = folder / f'document.{target}'", body,
    ]  # fmt: skip
    program.write_text("\n".join(lines), "utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return program


def making(folder: Path, content: bytes) -> Path:
    """An office program that makes one document out of every other."""
    made = folder / "made"
    made.write_bytes(content)
    return office(folder, f"output.write_bytes(pathlib.Path({str(made)!r}).read_bytes())")
