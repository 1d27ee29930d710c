"""Incidents: resolve."""

from typing import Final

from engine.rest.checks import REFERENCE, record
from engine.rest.commands.engine_command import command
from engine.rest.operation import Call, Operation


async def resolve(call: Call) -> None:
    """Have the engine try again what the incident stopped."""
    await command(call, "INCIDENT", "RESOLVE", {}, key=call.key("incidentKey"))


OPERATIONS: Final = (Operation("resolveIncident", resolve, record({"operationReference": REFERENCE})),)
"""Incident operations."""
