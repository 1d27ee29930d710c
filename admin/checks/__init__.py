"""What `zhengjian lint` looks at: models against their rooms, layout, forms, decisions, and Camunda's own linters."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Complaint:
    """One thing that is wrong: where, what, and what to do about it (Chinese, for whoever edits the model)."""

    file: str
    element: str
    text: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.file} · {self.element}" if self.element else self.file
        return f"{place}：{self.text}{self.remedy}"


@dataclass(frozen=True)
class Tree:
    """A source tree: the repository, or a small one that a test has made.

    `bpmn/<process>/` holds a process's files, `workers/<process>/` its rooms, `tests/<process>/` their tests.
    """

    root: Path

    def processes(self) -> list[str]:
        """Name every process folder."""
        return sorted(p.name for p in (self.root / "bpmn").iterdir() if p.is_dir() and not p.name.startswith("."))

    def model(self, process: str) -> Path:
        """Return where the diagram of a process belongs."""
        return self.root / "bpmn" / process / f"{process}.bpmn"

    def resource(self, process: str, name: str) -> Path:
        """Return where a form or decision of a process belongs."""
        return self.root / "bpmn" / process / name

    def resources(self, process: str, suffix: str) -> list[Path]:
        """Return the files of a process with a suffix such as `.form`."""
        return sorted((self.root / "bpmn" / process).glob(f"*{suffix}"))

    def room(self, process: str, element: str) -> Path:
        """Return where the worker of an element belongs."""
        return self.root / "workers" / process / f"{element}.py"

    def rooms(self, process: str) -> list[Path]:
        """Return the modules of a process's workers; names with an underscore in front are shared parts, not rooms."""
        return [path for path in self.modules(process) if not path.name.startswith("_")]

    def modules(self, process: str) -> list[Path]:
        """Return every module of a process's workers."""
        return sorted((self.root / "workers" / process).glob("*.py"))

    def package(self, process: str) -> Path:
        """Return the module that makes the rooms of a process."""
        return self.root / "workers" / process / "__init__.py"

    def program(self) -> Path:
        """Return the module that brings the processes' rooms together."""
        return self.root / "workers" / "main.py"

    def test(self, process: str, element: str) -> Path:
        """Return where the test of a worker belongs."""
        return self.root / "tests" / process / f"test_{element}.py"

    def name(self, path: Path) -> str:
        """Return a path as it is told to people."""
        return path.relative_to(self.root).as_posix()
