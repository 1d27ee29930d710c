"""Waking long polls when a job of their type may have appeared.

The engine's `wait_for_jobs` blocks a thread. However many callers poll for a type, one thread a type waits for them
all and rings; it goes when nobody has listened for a while.
"""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from engine.core.host import Engine

_WATCH: Final = 2.0
_IDLE: Final = 30.0


class Ring:
    """One ring of the bell: all who listen for it wake up, those of one event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._event = asyncio.Event()

    async def wait(self, seconds: float) -> bool:
        """Return True at the ring, False after `seconds` without one."""
        try:
            await asyncio.wait_for(self._event.wait(), seconds)
        except TimeoutError:
            return False
        return True

    def ring(self) -> None:
        """Wake everybody; from any thread."""
        self._loop.call_soon_threadsafe(self._event.set)


class JobBell:
    """Rings for job types that somebody polls for; `closed` when it does so no longer.

    Args:
        engine: asked whether jobs may be available.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._rings: dict[str, Ring] = {}
        self._listening: dict[str, threading.Event] = {}
        self.closed = False

    def next_ring(self, job_type: str) -> Ring:
        """Return the next ring of a type; take it before looking for jobs, so that none slips in between."""
        if self.closed:
            return Ring()
        with self._lock:
            ring = self._rings.get(job_type) or self._rings.setdefault(job_type, Ring())
            listening = self._listening.get(job_type)
            if listening is None:
                listening = self._listening[job_type] = threading.Event()
                arguments = (job_type, listening)
                threading.Thread(target=self._watch, args=arguments, name=f"jobs {job_type}", daemon=True).start()
            listening.set()
            return ring

    def close(self) -> None:
        """Stop watching and wake everybody; may be called more than once."""
        self.closed = True
        with self._lock:
            while self._rings:
                self._rings.popitem()[1].ring()

    def _watch(self, job_type: str, listening: threading.Event) -> None:
        while not self.closed:
            if not listening.wait(_IDLE):
                with self._lock:
                    if not listening.is_set():
                        del self._listening[job_type]
                        return
            listening.clear()
            if self._engine.wait_for_jobs(job_type, _WATCH):
                with self._lock:
                    ring = self._rings.pop(job_type, None)
                if ring:
                    ring.ring()
