"""Messages (publish, correlate) and signals (broadcast)."""

from typing import Any, Final

from engine.rest.checks import TENANT, mapping, record, text, whole
from engine.rest.commands.engine_command import command
from engine.rest.operation import Call, Operation, default_tenant

_PUBLICATION: Final = record(
    {
        "name": text(least=1),
        "correlationKey": text(),
        "timeToLive": whole(),
        "messageId": text(),
        "variables": mapping,
        "tenantId": TENANT,
    },
    required=("name",),
)
_CORRELATION: Final = record(
    {"name": text(least=1), "correlationKey": text(), "variables": mapping, "tenantId": TENANT}, required=("name",)
)
_BROADCAST: Final = record(
    {"signalName": text(least=1), "variables": mapping, "tenantId": TENANT}, required=("signalName",)
)


async def publish(call: Call) -> dict[str, Any]:
    """Publish a message, kept `timeToLive` milliseconds for a receiver; a known `messageId` is refused (409)."""
    body = call.body
    value = {
        "name": body["name"],
        "correlationKey": body.get("correlationKey") or "",
        "timeToLive": body.get("timeToLive") or 0,
        "messageId": body.get("messageId") or "",
        "variables": body.get("variables") or {},
        "tenantId": default_tenant(call, "Publish Message"),
    }
    published = await command(call, "MESSAGE", "PUBLISH", value)
    return {"tenantId": value["tenantId"], "messageKey": str(published.key)}


async def correlate(call: Call) -> dict[str, Any]:
    """Correlate a message now, to the one subscription or start event that waits for it, else 404."""
    body = call.body
    value = {
        "name": body["name"],
        "correlationKey": body.get("correlationKey") or "",
        "variables": body.get("variables") or {},
        "tenantId": default_tenant(call, "Correlate Message"),
    }
    correlated = await command(call, "MESSAGE_CORRELATION", "CORRELATE", value)
    return {
        "tenantId": value["tenantId"],
        "messageKey": str(correlated.key),
        "processInstanceKey": str(correlated.value["processInstanceKey"]),
    }


async def broadcast(call: Call) -> dict[str, Any]:
    """Broadcast a signal to all who wait for it."""
    tenant = default_tenant(call, "Broadcast Signal")
    value = {"signalName": call.body["signalName"], "variables": call.body.get("variables") or {}, "tenantId": tenant}
    sent = await command(call, "SIGNAL", "BROADCAST", value)
    return {"tenantId": tenant, "signalKey": str(sent.key)}


OPERATIONS: Final = (
    Operation("publishMessage", publish, _PUBLICATION, body_required=True),
    Operation("correlateMessage", correlate, _CORRELATION, body_required=True),
    Operation("broadcastSignal", broadcast, _BROADCAST, body_required=True),
)
"""Message and signal operations."""
