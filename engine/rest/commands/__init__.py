"""The operations that change something (and those about the cluster and its people), one module a kind of thing."""

from typing import Final

from engine.rest.commands import (
    clock,
    cluster,
    decisions,
    deployments,
    documents,
    incidents,
    jobs,
    messages,
    people,
    process_instances,
    user_tasks,
)
from engine.rest.operation import Operation

COMMANDS: Final[tuple[Operation, ...]] = (
    *cluster.OPERATIONS,
    *deployments.OPERATIONS,
    *process_instances.OPERATIONS,
    *user_tasks.OPERATIONS,
    *jobs.OPERATIONS,
    *messages.OPERATIONS,
    *decisions.OPERATIONS,
    *incidents.OPERATIONS,
    *documents.OPERATIONS,
    *clock.OPERATIONS,
    *people.OPERATIONS,
)
"""All of them."""
