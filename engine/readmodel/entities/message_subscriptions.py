"""Message subscriptions of running process instances, and each message that was correlated to one."""

from typing import Final

from engine.readmodel.entities.element_instances import ROOT
from engine.readmodel.fields import Entity, Field, Kind, Match
from engine.readmodel.projection import Projection, Record, Write, insert

TABLES: Final = """
CREATE TABLE message_subscription (
    message_subscription_key INTEGER PRIMARY KEY,
    process_definition_id TEXT NOT NULL,
    process_definition_key INTEGER,
    process_instance_key INTEGER NOT NULL,
    element_id TEXT NOT NULL,
    element_instance_key INTEGER NOT NULL,
    state TEXT NOT NULL,
    last_updated_date INTEGER NOT NULL,
    message_name TEXT NOT NULL,
    correlation_key TEXT NOT NULL,
    tenant_id TEXT NOT NULL
);
CREATE INDEX message_subscription_by_process_instance ON message_subscription (process_instance_key);
CREATE INDEX message_subscription_by_message ON message_subscription (message_name, correlation_key);
CREATE TABLE correlated_message_subscription (
    correlation TEXT PRIMARY KEY,
    message_key INTEGER NOT NULL,
    subscription_key INTEGER NOT NULL,
    message_name TEXT NOT NULL,
    correlation_key TEXT NOT NULL,
    correlation_time INTEGER NOT NULL,
    process_definition_id TEXT NOT NULL,
    process_definition_key INTEGER,
    process_instance_key INTEGER NOT NULL,
    element_id TEXT NOT NULL,
    element_instance_key INTEGER,
    tenant_id TEXT NOT NULL
) WITHOUT ROWID;
"""

STATES: Final = ("CORRELATED", "CREATED", "DELETED", "MIGRATED")

MESSAGE_SUBSCRIPTION: Final = Entity(
    "Message Subscription",
    "message_subscription",
    "message_subscription_key",
    (
        Field("messageSubscriptionKey", "t.message_subscription_key", Kind.KEY, Match.BASIC, sort=True),
        Field("processDefinitionId", "t.process_definition_id", Kind.TEXT, Match.LIKE, sort=True),
        Field("processDefinitionKey", "t.process_definition_key", Kind.KEY),
        Field("processInstanceKey", "t.process_instance_key", Kind.KEY, Match.BASIC, sort=True),
        Field("elementId", "t.element_id", Kind.TEXT, Match.LIKE, sort=True),
        Field("elementInstanceKey", "t.element_instance_key", Kind.KEY, Match.BASIC, sort=True),
        Field("messageSubscriptionState", "t.state", Kind.TEXT, Match.CHOICE, sort=True, choices=STATES),
        Field("lastUpdatedDate", "t.last_updated_date", Kind.MOMENT, Match.ORDER, sort=True),
        Field("messageName", "t.message_name", Kind.TEXT, Match.LIKE, sort=True),
        Field("correlationKey", "t.correlation_key", Kind.TEXT, Match.LIKE, sort=True),
        Field("tenantId", "t.tenant_id", Kind.TEXT, Match.LIKE, sort=True),
        Field("rootProcessInstanceKey", ROOT, Kind.KEY, newer=True),
        Field("businessId", "NULL", Kind.TEXT, newer=True),
        Field("messageSubscriptionType", "'PROCESS_EVENT'", Kind.TEXT, newer=True),
        Field("toolProperties", "'{}'", Kind.JSON, newer=True),
        Field("toolName", "NULL", Kind.TEXT, newer=True),
        Field("inboundConnectorType", "NULL", Kind.TEXT, newer=True),
        Field(
            "processDefinitionName",
            "(SELECT d.name FROM process_definition d WHERE d.process_definition_key = t.process_definition_key)",
            Kind.TEXT,
            newer=True,
        ),
        Field(
            "processDefinitionVersion",
            "(SELECT d.version FROM process_definition d WHERE d.process_definition_key = t.process_definition_key)",
            Kind.INTEGER,
            newer=True,
        ),
    ),
)

CORRELATED_MESSAGE_SUBSCRIPTION: Final = Entity(
    "Correlated Message Subscription",
    "correlated_message_subscription",
    "correlation",
    (
        Field("correlationKey", "t.correlation_key", Kind.TEXT, Match.LIKE, sort=True),
        Field("correlationTime", "t.correlation_time", Kind.MOMENT, Match.ORDER, sort=True),
        Field("elementId", "t.element_id", Kind.TEXT, Match.LIKE, sort=True),
        Field("elementInstanceKey", "t.element_instance_key", Kind.KEY, Match.BASIC, sort=True),
        Field("messageKey", "t.message_key", Kind.KEY, Match.BASIC, sort=True),
        Field("messageName", "t.message_name", Kind.TEXT, Match.LIKE, sort=True),
        Field("partitionId", "1", Kind.INTEGER, Match.ORDER, sort=True),
        Field("processDefinitionId", "t.process_definition_id", Kind.TEXT, Match.LIKE, sort=True),
        Field("processDefinitionKey", "t.process_definition_key", Kind.KEY, Match.BASIC, sort=True),
        Field("processInstanceKey", "t.process_instance_key", Kind.KEY, Match.BASIC, sort=True),
        Field("subscriptionKey", "t.subscription_key", Kind.KEY, Match.BASIC, sort=True),
        Field("tenantId", "t.tenant_id", Kind.TEXT, Match.LIKE, sort=True),
        Field("rootProcessInstanceKey", ROOT, Kind.KEY, newer=True),
        Field("businessId", "NULL", Kind.TEXT, newer=True),
    ),
)

_SUBSCRIPTION: Final = insert(
    "message_subscription",
    "message_subscription_key process_definition_id process_definition_key process_instance_key element_id"
    " element_instance_key state last_updated_date message_name correlation_key tenant_id",
)
_CORRELATED: Final = insert(
    "correlated_message_subscription",
    "correlation message_key subscription_key message_name correlation_key correlation_time process_definition_id"
    " process_definition_key process_instance_key element_id element_instance_key tenant_id",
)


def _put(write: Write, record: Record) -> None:
    value = record.value
    definition = _definition_of(write, value["processInstanceKey"])
    instance, element = value["processInstanceKey"], value["elementInstanceKey"]
    message, tenant = (value["messageName"], value["correlationKey"]), value["tenantId"]
    place = (value["bpmnProcessId"], definition, instance, value["elementId"], element)
    write.execute(_SUBSCRIPTION, (record.key, *place, record.intent, record.timestamp, *message, tenant))
    if record.intent == "CORRELATED":
        correlation = (f"{value['messageKey']}-{record.key}", value["messageKey"], record.key)
        write.execute(_CORRELATED, (*correlation, *message, record.timestamp, *place, tenant))


def _started(write: Write, record: Record) -> None:
    """Write the correlation of a message that started a process instance."""
    value = record.value
    instance = value["processInstanceKey"]
    write.execute(
        _CORRELATED,
        (
            f"{value['messageKey']}-{record.key}",
            value["messageKey"],
            record.key,
            value["messageName"],
            value["correlationKey"],
            record.timestamp,
            value["bpmnProcessId"],
            value["processDefinitionKey"],
            instance,
            value["startEventId"],
            None,
            value["tenantId"],
        ),
    )


def _definition_of(write: Write, process_instance_key: int) -> int | None:
    """Return the definition that a process instance follows now; the subscription's own record does not say."""
    row = write.execute(
        "SELECT process_definition_key FROM process_instance WHERE process_instance_key = ?", (process_instance_key,)
    ).fetchone()
    return row[0] if row else None


PROJECTIONS: Final[Projection] = {
    **{("PROCESS_MESSAGE_SUBSCRIPTION", intent): _put for intent in STATES},
    ("MESSAGE_START_EVENT_SUBSCRIPTION", "CORRELATED"): _started,
}
