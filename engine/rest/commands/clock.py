"""The engine's clock: pin it to a moment, let it run again. For tests and demonstrations."""

from typing import Final

from engine.rest.checks import record, whole
from engine.rest.commands.engine_command import command
from engine.rest.operation import Call, Operation


async def pin(call: Call) -> None:
    """Pin the clock to a moment, in milliseconds since 1970; timers due by then fire."""
    await command(call, "CLOCK", "PIN", {"time": call.body["timestamp"]})


async def reset(call: Call) -> None:
    """Give the engine the system's time again."""
    await command(call, "CLOCK", "RESET", {})


OPERATIONS: Final = (
    Operation("pinClock", pin, record({"timestamp": whole(least=0)}, required=("timestamp",)), body_required=True),
    Operation("resetClock", reset),
)
"""Clock operations."""
