"""Deployments and the deletion of deployed resources."""

import base64
from typing import Any, Final

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from engine.rest.checks import REFERENCE, TENANT, record, unparsable
from engine.rest.commands.engine_command import command
from engine.rest.multipart import read_form
from engine.rest.operation import Call, Operation
from engine.rest.problems import invalid
from engine.rest.queries.dialect import Dialect, dialect_of

LARGEST: Final = 4 * 1024 * 1024
"""Bytes of one deployment, Camunda's own default."""


async def create(call: Call) -> dict[str, Any]:
    """Deploy diagrams, decisions, forms and other files in one transaction."""
    form = await read_form(call.request, LARGEST)
    try:
        tenant = _tenant(form)
        resources = [
            {"resourceName": file.filename, "resource": base64.b64encode(await file.read()).decode()}
            for file in form.getlist("resources")
            if isinstance(file, UploadFile) and file.filename
        ]
    finally:
        await form.close()
    if not resources:
        raise invalid("No resources provided.")
    deployed = await command(call, "DEPLOYMENT", "CREATE", {"resources": resources, "tenantId": tenant})
    return {
        "tenantId": tenant,
        "deploymentKey": str(deployed.key),
        "deployments": _deployments(deployed.value),
    }


async def delete(call: Call) -> Response | dict[str, Any]:
    """Delete a deployed process, decision, form or file by its key; 8.8 answers with no content, later versions do."""
    key = call.key("resourceKey")
    await command(call, "RESOURCE_DELETION", "DELETE", {"resourceKey": key})
    if dialect_of(call.request) is Dialect.OF_8_8:
        return Response(status_code=200)
    return {"resourceKey": str(key), "batchOperation": None}


def _tenant(form: FormData) -> str:
    if unknown := sorted(set(form) - {"resources", "tenantId"}):
        raise unparsable(unknown[0])
    tenant = form.get("tenantId") or "<default>"
    TENANT(tenant, "tenantId")
    if tenant != "<default>":
        raise invalid(
            f"Expected to handle request Deploy Resources with tenant identifier '{tenant}', "
            "but multi-tenancy is disabled"
        )
    return str(tenant)


def _deployments(value: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        *({"processDefinition": _process(each)} for each in value["processesMetadata"]),
        *({"decisionDefinition": _decision(each)} for each in value["decisionsMetadata"]),
        *({"decisionRequirements": _requirements(each)} for each in value["decisionRequirementsMetadata"]),
        *({"form": _form(each)} for each in value["formMetadata"]),
        *({"resource": _resource(each)} for each in value["resourceMetadata"]),
    ]


def _process(each: dict[str, Any]) -> dict[str, Any]:
    return {
        "processDefinitionId": each["bpmnProcessId"],
        "processDefinitionVersion": each["version"],
        "processDefinitionKey": str(each["processDefinitionKey"]),
        "resourceName": each["resourceName"],
        "tenantId": each["tenantId"],
    }


def _decision(each: dict[str, Any]) -> dict[str, Any]:
    return {
        "decisionDefinitionId": each["decisionId"],
        "version": each["version"],
        "name": each["decisionName"],
        "tenantId": each["tenantId"],
        "decisionRequirementsId": each["decisionRequirementsId"],
        "decisionDefinitionKey": str(each["decisionKey"]),
        "decisionRequirementsKey": str(each["decisionRequirementsKey"]),
    }


def _requirements(each: dict[str, Any]) -> dict[str, Any]:
    return {
        "decisionRequirementsId": each["decisionRequirementsId"],
        "version": each["decisionRequirementsVersion"],
        "decisionRequirementsName": each["decisionRequirementsName"],
        "tenantId": each["tenantId"],
        "resourceName": each["resourceName"],
        "decisionRequirementsKey": str(each["decisionRequirementsKey"]),
    }


def _form(each: dict[str, Any]) -> dict[str, Any]:
    return {
        "formId": each["formId"],
        "version": each["version"],
        "resourceName": each["resourceName"],
        "tenantId": each["tenantId"],
        "formKey": str(each["formKey"]),
    }


def _resource(each: dict[str, Any]) -> dict[str, Any]:
    return {
        "resourceId": each["resourceId"],
        "version": each["version"],
        "resourceName": each["resourceName"],
        "tenantId": each["tenantId"],
        "resourceKey": str(each["resourceKey"]),
    }


OPERATIONS: Final = (
    Operation("createDeployment", create),
    Operation("deleteResource", delete, record({"operationReference": REFERENCE})),
)
"""Deployment operations."""
