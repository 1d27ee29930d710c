"""Keep what must never stop: start it again whatever ended it, ever more patiently, and know when it last lived."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from workers.failures import describe, is_transient, log_bug

logger = logging.getLogger(__name__)

LONGEST_PAUSE = 30.0
HEALTHY_AFTER = 60.0


@dataclass
class Pulse:
    """When each part last heard from the engine; written to a file that tells others that the workers live.

    The file's age is the answer: it is touched only while every part has been heard from within `patience` seconds.
    """

    file: Path
    patience: float = 60.0
    heard: dict[str, float] = field(default_factory=dict)

    def expect(self, part: str) -> None:
        """Count a part from now on; it may stay silent for `patience` seconds."""
        self.heard.setdefault(part, time.monotonic())

    def beat(self, part: str) -> None:
        """Note that the engine has answered a part."""
        self.heard[part] = time.monotonic()

    def silent(self) -> list[str]:
        """Name the parts not heard from within `patience` seconds."""
        oldest = time.monotonic() - self.patience
        return sorted(part for part, moment in self.heard.items() if moment < oldest)

    async def run(self) -> None:
        """Touch the file every few seconds while nothing is silent; say so once when something is."""
        told: list[str] = []
        while True:
            silent = self.silent()
            if not silent:
                self.file.parent.mkdir(parents=True, exist_ok=True)
                self.file.touch()
            elif silent != told:
                logger.warning("not heard from the engine for %.0f s: %s", self.patience, ", ".join(silent))
            told = silent
            await asyncio.sleep(2)


async def keep_running(name: str, run: Callable[[], Awaitable[None]], longest: float = LONGEST_PAUSE) -> None:
    """Run `run` again and again until cancelled.

    The pause doubles from half a second up to `longest` seconds, with jitter; a minute of healthy life resets it.
    """
    failures = 0
    while True:
        started = time.monotonic()
        try:
            await run()
            reason = "it returned"
        except Exception as error:  # noqa: BLE001 - whatever it was, the work must go on; it is logged below
            reason = describe(error)
            if not is_transient(error):
                log_bug(logger, name, error)
        failures = 1 if time.monotonic() - started > HEALTHY_AFTER else failures + 1
        wait = min(0.5 * 2 ** (failures - 1), longest) * random.uniform(0.8, 1.2)  # noqa: S311 - spreads restarts
        logger.warning("%s stopped (%s); starting it again in %.1f s", name, reason, wait)
        await asyncio.sleep(wait)
