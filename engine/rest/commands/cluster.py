"""The cluster and the caller: topology, status, licence, who am I. The cluster is one node with one partition."""

from typing import Any, Final

from engine.rest.operation import Call, Operation
from engine.rest.problems import ProblemError
from engine.rest.spelling import spelled

ENGINE_VERSION: Final = "8.8.21"


def topology(call: Call) -> dict[str, Any]:
    """Describe the one node and its one partition."""
    health = call.services.engine.health.partition(":")[0]
    partition: dict[str, Any] = {"partitionId": 1, "role": "leader", "health": health, "state": "active"}
    broker = {
        "nodeId": 0,
        "brokerId": "0",
        "host": call.services.settings.grpc_host,
        "port": call.services.engine.grpc_port,
        "partitions": [spelled(call, partition, ("state",))],
        "version": ENGINE_VERSION,
    }
    view = {
        "brokers": [spelled(call, broker, ("brokerId",))],
        "clusterId": None,
        "clusterSize": 1,
        "partitionsCount": 1,
        "replicationFactor": 1,
        "gatewayVersion": ENGINE_VERSION,
        "lastCompletedChangeId": "-1",
    }
    return spelled(call, view)


def status(call: Call) -> None:
    """Answer 204 while the engine works, 503 when it does not."""
    health = call.services.engine.health
    if health != "healthy":
        raise ProblemError(503, "UNAVAILABLE", f"The engine is {health}")


def licence(_call: Call) -> dict[str, Any]:
    """Say what is true: Camunda's code runs here without a licence key, for non-production use only."""
    return {"validLicense": False, "licenseType": "unknown", "isCommercial": False, "expiresAt": None}


def authentication(call: Call) -> dict[str, Any]:
    """Return who is signed in, with groups and roles."""
    person = call.person
    return {
        "username": person.username,
        "displayName": person.name,
        "email": person.email,
        "authorizedComponents": ["*"] if person.is_admin else ["tasklist"],
        "tenants": [{"tenantId": "<default>", "name": "Default", "description": ""}],
        "groups": sorted(person.groups),
        "roles": sorted(person.roles),
        "salesPlanType": "",
        "c8Links": {},
        "canLogout": False,
    }


OPERATIONS: Final = (
    Operation("getTopology", topology),
    Operation("getStatus", status),
    Operation("getLicense", licence),
    Operation("getAuthentication", authentication),
)
"""Operations about the cluster and the caller."""
