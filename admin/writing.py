"""Results put into files all at once: a reader, or a second run, never meets a half-written one."""

import contextlib
import errno
import os
import secrets
from collections.abc import Mapping
from os.path import realpath
from pathlib import Path


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write every content to its file, or none: all are on the disk beside their targets before the first is replaced.

    An existing file keeps its permissions; a link is followed. What is not a regular file (a device, a pipe) cannot be
    replaced and is written to directly, after everything else has succeeded.

    Raises:
        OSError: a file cannot be written; `filename` is the target, and no file was changed.
    """
    targets = {_target(path): content for path, content in contents.items()}
    streams = {path: content for path, content in targets.items() if path.exists() and not path.is_file()}
    with contextlib.ExitStack() as unfinished:
        finished = []
        for target, content in targets.items():
            if target not in streams:
                finished.append((_write_beside(target, content, unfinished), target))
            elif target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
        for draft, target in finished:
            draft.replace(target)
    for stream, content in streams.items():
        with stream.open("wb") as opened:
            opened.write(content)


def _target(path: Path) -> Path:
    """Where a path leads, links followed."""
    target = Path(realpath(path))
    if target.is_symlink():
        # Links that lead to each other: the last step of following them is still a link.
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return target


def _write_beside(target: Path, content: bytes, unfinished: contextlib.ExitStack) -> Path:
    """Write a draft into the target's folder, to be removed with `unfinished` unless it has been renamed by then."""
    draft = target.with_name(f".{target.name[:60]}.{secrets.token_hex(4)}.part")
    try:
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        # Created anew and never through a link, with the permissions that the person's umask gives.
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        unfinished.callback(draft.unlink, missing_ok=True)
        with os.fdopen(handle, "wb") as opened:
            if target.exists():
                os.fchmod(opened.fileno(), target.stat().st_mode & 0o777)
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from error
    return draft
