"""Start a program under limits of time, memory and file size: `bounded.py SECONDS BYTES PROGRAM ARGUMENT…`.

Run as a file, so that nothing of ours is loaded before the program takes this process's place.
"""

import os
import resource
import sys

LARGEST_FILE = 500_000_000


def bound(seconds: int, memory: int, largest_file: int = LARGEST_FILE) -> None:
    """Limit this process: processor time, address space, the files it writes; no core dumps."""
    for what, limit in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, largest_file),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        lower = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (lower, lower))


if __name__ == "__main__":
    bound(int(sys.argv[1]), int(sys.argv[2]))
    os.execv(sys.argv[3], sys.argv[3:])  # noqa: S606 - the program is the one the settings name
