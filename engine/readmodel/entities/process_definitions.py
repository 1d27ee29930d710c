"""Process definitions: what was deployed, what its elements are called, and the form that starts it."""

import base64
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from engine.readmodel.fields import Entity, Field, Kind, Match
from engine.readmodel.projection import Projection, Record, Write, insert, text

TABLES: Final = """
CREATE TABLE process_definition (
    process_definition_key INTEGER PRIMARY KEY,
    process_definition_id TEXT NOT NULL,
    name TEXT,
    resource_name TEXT NOT NULL,
    version INTEGER NOT NULL,
    version_tag TEXT,
    tenant_id TEXT NOT NULL,
    deployment_key INTEGER NOT NULL,
    start_form_id TEXT,
    start_form_binding TEXT NOT NULL,
    start_form_version_tag TEXT,
    xml BLOB NOT NULL
);
CREATE INDEX process_definition_by_id ON process_definition (process_definition_id, tenant_id, version);
CREATE TABLE process_element (
    process_definition_key INTEGER NOT NULL,
    element_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (process_definition_key, element_id)
) WITHOUT ROWID;
"""

_IS_LATEST: Final = (
    "(t.version = (SELECT max(o.version) FROM process_definition o"
    " WHERE o.process_definition_id = t.process_definition_id AND o.tenant_id = t.tenant_id))"
)

PROCESS_DEFINITION: Final = Entity(
    "Process Definition",
    "process_definition",
    "process_definition_key",
    (
        Field("name", "t.name", Kind.TEXT, Match.LIKE, sort=True),
        Field("isLatestVersion", _IS_LATEST, Kind.FLAG, Match.EXACT, shown=False),
        Field("resourceName", "t.resource_name", Kind.TEXT, Match.EXACT, sort=True),
        Field("version", "t.version", Kind.INTEGER, Match.EXACT, sort=True),
        Field("versionTag", "t.version_tag", Kind.TEXT, Match.EXACT, sort=True),
        Field("processDefinitionId", "t.process_definition_id", Kind.TEXT, Match.LIKE, sort=True),
        Field("tenantId", "t.tenant_id", Kind.TEXT, Match.EXACT, sort=True),
        Field("processDefinitionKey", "t.process_definition_key", Kind.KEY, Match.EXACT, sort=True),
        Field("hasStartForm", "(t.start_form_id IS NOT NULL)", Kind.FLAG, Match.EXACT),
        Field("state", "'ACTIVE'", Kind.TEXT, newer=True),
    ),
)

_BPMN: Final = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
_ZEEBE: Final = "{http://camunda.org/schema/zeebe/1.0}"

_DEFINITION: Final = insert(
    "process_definition",
    "process_definition_key process_definition_id name resource_name version version_tag tenant_id deployment_key"
    " start_form_id start_form_binding start_form_version_tag xml",
)
_ELEMENT: Final = insert("process_element", "process_definition_key element_id name")


def _created(write: Write, record: Record) -> None:
    value = record.value
    xml = base64.b64decode(value["resource"])
    process = _process(fromstring(xml), value["bpmnProcessId"])
    form = _start_form(process)
    write.execute(
        _DEFINITION,
        (
            record.key,
            value["bpmnProcessId"],
            process.get("name") or None,
            value["resourceName"],
            value["version"],
            text(value["versionTag"]),
            value["tenantId"],
            value["deploymentKey"],
            form.get("formId") or None,
            form.get("bindingType", "latest"),
            form.get("versionTag"),
            xml,
        ),
    )
    for element in process.iter():
        if element.get("id") and element.get("name"):
            write.execute(_ELEMENT, (record.key, element.get("id"), element.get("name")))
    write.names.forget(record.key)


def _process(definitions: Element, process_id: str) -> Element:
    for process in definitions.iter(f"{_BPMN}process"):
        if process.get("id") == process_id:
            return process
    raise ValueError(f"the deployed file does not contain the process {process_id}")


def _start_form(process: Element) -> dict[str, str]:
    """Return the attributes of the form of the none start event, which is the one a person starts from."""
    for start in process.findall(f"{_BPMN}startEvent"):
        if any(child.tag.endswith("EventDefinition") for child in start):
            continue
        form = start.find(f"{_BPMN}extensionElements/{_ZEEBE}formDefinition")
        if form is not None:
            return dict(form.attrib)
    return {}


PROJECTIONS: Final[Projection] = {("PROCESS", "CREATED"): _created}
