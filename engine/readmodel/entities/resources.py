"""Deployed resources that are neither process, decision nor form."""

from typing import Final

from engine.readmodel.fields import Entity, Field, Kind
from engine.readmodel.projection import Projection, Record, Write, insert, text

TABLES: Final = """
CREATE TABLE resource (
    resource_key INTEGER PRIMARY KEY,
    resource_id TEXT NOT NULL,
    resource_name TEXT NOT NULL,
    version INTEGER NOT NULL,
    version_tag TEXT,
    tenant_id TEXT NOT NULL,
    content TEXT NOT NULL
);
"""

RESOURCE: Final = Entity(
    "Resource",
    "resource",
    "resource_key",
    (
        Field("resourceName", "t.resource_name", Kind.TEXT),
        Field("version", "t.version", Kind.INTEGER),
        Field("versionTag", "t.version_tag", Kind.TEXT),
        Field("resourceId", "t.resource_id", Kind.TEXT),
        Field("tenantId", "t.tenant_id", Kind.TEXT),
        Field("resourceKey", "t.resource_key", Kind.KEY),
    ),
)

_RESOURCE: Final = insert("resource", "resource_key resource_id resource_name version version_tag tenant_id content")


def _created(write: Write, record: Record) -> None:
    value = record.value
    write.execute(
        _RESOURCE,
        (
            record.key,
            value["resourceId"],
            value["resourceName"],
            value["version"],
            text(value["versionTag"]),
            value["tenantId"],
            value["resourceProp"],
        ),
    )


def _deleted(write: Write, record: Record) -> None:
    write.execute("DELETE FROM resource WHERE resource_key = ?", (record.key,))


PROJECTIONS: Final[Projection] = {("RESOURCE", "CREATED"): _created, ("RESOURCE", "DELETED"): _deleted}
