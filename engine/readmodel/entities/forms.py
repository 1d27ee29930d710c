"""Forms, by key for a user task and by id for the start of a process."""

import base64
from typing import Final

from engine.readmodel.fields import Entity, Field, Kind
from engine.readmodel.projection import Projection, Record, Write, insert, text

TABLES: Final = """
CREATE TABLE form (
    form_key INTEGER PRIMARY KEY,
    form_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    version_tag TEXT,
    tenant_id TEXT NOT NULL,
    deployment_key INTEGER NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0,
    schema TEXT NOT NULL
);
CREATE INDEX form_by_id ON form (form_id, tenant_id, version);
"""

FORM: Final = Entity(
    "Form",
    "form",
    "form_key",
    (
        Field("tenantId", "t.tenant_id", Kind.TEXT),
        Field("formId", "t.form_id", Kind.TEXT),
        Field("schema", "t.schema", Kind.TEXT),
        Field("version", "t.version", Kind.INTEGER),
        Field("formKey", "t.form_key", Kind.KEY),
    ),
)

START_FORM: Final = """
SELECT f.form_key FROM process_definition d JOIN form f
    ON f.form_id = d.start_form_id AND f.tenant_id = d.tenant_id
WHERE d.process_definition_key = ? AND NOT f.deleted AND CASE d.start_form_binding
    WHEN 'deployment' THEN f.deployment_key = d.deployment_key
    WHEN 'versionTag' THEN f.version_tag = d.start_form_version_tag
    ELSE 1 END
ORDER BY f.version DESC LIMIT 1
"""
"""Key of the form that starts a process definition, by the binding that the diagram asks for."""

_FORM: Final = insert("form", "form_key form_id version version_tag tenant_id deployment_key schema")


def _created(write: Write, record: Record) -> None:
    value = record.value
    write.execute(
        _FORM,
        (
            record.key,
            value["formId"],
            value["version"],
            text(value["versionTag"]),
            value["tenantId"],
            value["deploymentKey"],
            base64.b64decode(value["resource"]).decode(),
        ),
    )


def _deleted(write: Write, record: Record) -> None:
    write.execute("UPDATE form SET deleted = 1 WHERE form_key = ?", (record.key,))


PROJECTIONS: Final[Projection] = {("FORM", "CREATED"): _created, ("FORM", "DELETED"): _deleted}
