"""Child processes that must end: by themselves, or at their time with everything they started."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


class OutOfTime(Exception):  # noqa: N818 - an outcome that the caller maps
    """A child was ended because its time was over."""


@dataclass(frozen=True)
class Ended:
    """How a child ended: its exit code (negative for a signal), what it said, and what it complained of."""

    code: int
    output: bytes
    complaint: str


def run_child(
    command: Sequence[str], env: Mapping[str, str], folder: Path, timeout: timedelta, content: bytes = b""
) -> Ended:
    """Run a program in a process group of its own, and leave nothing of the group behind.

    Raises:
        OutOfTime: it had not ended in time.
    """
    with subprocess.Popen(  # noqa: S603 - the command is built from settings, never from a document
        command, cwd=folder, env=dict(env), start_new_session=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as child:  # fmt: skip
        try:
            output, complaint = child.communicate(content, timeout.total_seconds())
        except subprocess.TimeoutExpired as late:
            raise OutOfTime from late
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    return Ended(child.returncode, output, complaint.decode("utf-8", "replace"))
