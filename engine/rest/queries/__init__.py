"""The searching and reading half of the REST API, over the read model."""

from typing import Final

from engine.readmodel.entities.jobs import JOB
from engine.readmodel.entities.message_subscriptions import CORRELATED_MESSAGE_SUBSCRIPTION, MESSAGE_SUBSCRIPTION
from engine.rest.operation import Operation
from engine.rest.queries.answers import searching
from engine.rest.queries.decisions import DECISION_QUERIES
from engine.rest.queries.instances import INSTANCE_QUERIES
from engine.rest.queries.processes import PROCESS_QUERIES
from engine.rest.queries.resources import RESOURCE_QUERIES
from engine.rest.queries.user_tasks import USER_TASK_QUERIES
from engine.rest.queries.variables import VARIABLE_QUERIES

QUERIES: Final[tuple[Operation, ...]] = (
    *USER_TASK_QUERIES,
    *VARIABLE_QUERIES,
    *PROCESS_QUERIES,
    *INSTANCE_QUERIES,
    *DECISION_QUERIES,
    *RESOURCE_QUERIES,
    searching("searchJobs", JOB),
    searching("searchMessageSubscriptions", MESSAGE_SUBSCRIPTION),
    searching("searchCorrelatedMessageSubscriptions", CORRELATED_MESSAGE_SUBSCRIPTION),
)
"""Every operation that asks the read model."""
