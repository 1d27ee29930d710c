"""The operations of Camunda's REST API v2 (8.8): what each is called and where it lives.

Only a part of them is served; the others are known so that a caller is told which operation it asked for.
A test holds the list against the interface description that Camunda publishes.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where an operation lives: HTTP method and path template below `/v2`, with `{names}` for its parameters."""

    operation_id: str
    method: str
    path: str


_PLACES = """
getTopology GET /topology
getStatus GET /status
getLicense GET /license
getAuthentication GET /authentication/me
activateJobs POST /jobs/activation
searchJobs POST /jobs/search
failJob POST /jobs/{jobKey}/failure
throwJobError POST /jobs/{jobKey}/error
completeJob POST /jobs/{jobKey}/completion
updateJob PATCH /jobs/{jobKey}
resolveIncident POST /incidents/{incidentKey}/resolution
createTenant POST /tenants
getTenant GET /tenants/{tenantId}
updateTenant PUT /tenants/{tenantId}
deleteTenant DELETE /tenants/{tenantId}
assignUserToTenant PUT /tenants/{tenantId}/users/{username}
unassignUserFromTenant DELETE /tenants/{tenantId}/users/{username}
searchUsersForTenant POST /tenants/{tenantId}/users/search
searchClientsForTenant POST /tenants/{tenantId}/clients/search
searchGroupIdsForTenant POST /tenants/{tenantId}/groups/search
searchRolesForTenant POST /tenants/{tenantId}/roles/search
assignClientToTenant PUT /tenants/{tenantId}/clients/{clientId}
unassignClientFromTenant DELETE /tenants/{tenantId}/clients/{clientId}
assignMappingRuleToTenant PUT /tenants/{tenantId}/mapping-rules/{mappingRuleId}
unassignMappingRuleFromTenant DELETE /tenants/{tenantId}/mapping-rules/{mappingRuleId}
searchMappingRulesForTenant POST /tenants/{tenantId}/mapping-rules/search
assignGroupToTenant PUT /tenants/{tenantId}/groups/{groupId}
unassignGroupFromTenant DELETE /tenants/{tenantId}/groups/{groupId}
assignRoleToTenant PUT /tenants/{tenantId}/roles/{roleId}
unassignRoleFromTenant DELETE /tenants/{tenantId}/roles/{roleId}
searchTenants POST /tenants/search
completeUserTask POST /user-tasks/{userTaskKey}/completion
assignUserTask POST /user-tasks/{userTaskKey}/assignment
getUserTask GET /user-tasks/{userTaskKey}
updateUserTask PATCH /user-tasks/{userTaskKey}
getUserTaskForm GET /user-tasks/{userTaskKey}/form
unassignUserTask DELETE /user-tasks/{userTaskKey}/assignee
searchUserTasks POST /user-tasks/search
searchUserTaskVariables POST /user-tasks/{userTaskKey}/variables/search
searchVariables POST /variables/search
getVariable GET /variables/{variableKey}
pinClock PUT /clock
resetClock POST /clock/reset
searchProcessDefinitions POST /process-definitions/search
getProcessDefinition GET /process-definitions/{processDefinitionKey}
getProcessDefinitionXML GET /process-definitions/{processDefinitionKey}/xml
getStartProcessForm GET /process-definitions/{processDefinitionKey}/form
getProcessDefinitionStatistics POST /process-definitions/{processDefinitionKey}/statistics/element-instances
createProcessInstance POST /process-instances
getProcessInstance GET /process-instances/{processInstanceKey}
getProcessInstanceSequenceFlows GET /process-instances/{processInstanceKey}/sequence-flows
getProcessInstanceStatistics GET /process-instances/{processInstanceKey}/statistics/element-instances
searchProcessInstances POST /process-instances/search
searchProcessInstanceIncidents POST /process-instances/{processInstanceKey}/incidents/search
cancelProcessInstance POST /process-instances/{processInstanceKey}/cancellation
cancelProcessInstancesBatchOperation POST /process-instances/cancellation
resolveIncidentsBatchOperation POST /process-instances/incident-resolution
migrateProcessInstancesBatchOperation POST /process-instances/migration
modifyProcessInstancesBatchOperation POST /process-instances/modification
migrateProcessInstance POST /process-instances/{processInstanceKey}/migration
modifyProcessInstance POST /process-instances/{processInstanceKey}/modification
getProcessInstanceCallHierarchy GET /process-instances/{processInstanceKey}/call-hierarchy
searchElementInstances POST /element-instances/search
getElementInstance GET /element-instances/{elementInstanceKey}
searchDecisionDefinitions POST /decision-definitions/search
getDecisionDefinition GET /decision-definitions/{decisionDefinitionKey}
getDecisionDefinitionXML GET /decision-definitions/{decisionDefinitionKey}/xml
searchDecisionRequirements POST /decision-requirements/search
getDecisionRequirements GET /decision-requirements/{decisionRequirementsKey}
getDecisionRequirementsXML GET /decision-requirements/{decisionRequirementsKey}/xml
searchDecisionInstances POST /decision-instances/search
getDecisionInstance GET /decision-instances/{decisionEvaluationInstanceKey}
evaluateDecision POST /decision-definitions/evaluation
createAuthorization POST /authorizations
updateAuthorization PUT /authorizations/{authorizationKey}
getAuthorization GET /authorizations/{authorizationKey}
deleteAuthorization DELETE /authorizations/{authorizationKey}
searchAuthorizations POST /authorizations/search
createRole POST /roles
getRole GET /roles/{roleId}
updateRole PUT /roles/{roleId}
deleteRole DELETE /roles/{roleId}
searchUsersForRole POST /roles/{roleId}/users/search
searchClientsForRole POST /roles/{roleId}/clients/search
assignRoleToUser PUT /roles/{roleId}/users/{username}
unassignRoleFromUser DELETE /roles/{roleId}/users/{username}
assignRoleToClient PUT /roles/{roleId}/clients/{clientId}
unassignRoleFromClient DELETE /roles/{roleId}/clients/{clientId}
searchRoles POST /roles/search
assignRoleToGroup PUT /roles/{roleId}/groups/{groupId}
unassignRoleFromGroup DELETE /roles/{roleId}/groups/{groupId}
searchGroupsForRole POST /roles/{roleId}/groups/search
assignRoleToMappingRule PUT /roles/{roleId}/mapping-rules/{mappingRuleId}
unassignRoleFromMappingRule DELETE /roles/{roleId}/mapping-rules/{mappingRuleId}
searchMappingRulesForRole POST /roles/{roleId}/mapping-rules/search
createGroup POST /groups
getGroup GET /groups/{groupId}
updateGroup PUT /groups/{groupId}
deleteGroup DELETE /groups/{groupId}
searchUsersForGroup POST /groups/{groupId}/users/search
searchMappingRulesForGroup POST /groups/{groupId}/mapping-rules/search
searchRolesForGroup POST /groups/{groupId}/roles/search
searchClientsForGroup POST /groups/{groupId}/clients/search
assignUserToGroup PUT /groups/{groupId}/users/{username}
unassignUserFromGroup DELETE /groups/{groupId}/users/{username}
assignClientToGroup PUT /groups/{groupId}/clients/{clientId}
unassignClientFromGroup DELETE /groups/{groupId}/clients/{clientId}
assignMappingRuleToGroup PUT /groups/{groupId}/mapping-rules/{mappingRuleId}
unassignMappingRuleFromGroup DELETE /groups/{groupId}/mapping-rules/{mappingRuleId}
searchGroups POST /groups/search
createMappingRule POST /mapping-rules
updateMappingRule PUT /mapping-rules/{mappingRuleId}
deleteMappingRule DELETE /mapping-rules/{mappingRuleId}
getMappingRule GET /mapping-rules/{mappingRuleId}
searchMappingRule POST /mapping-rules/search
publishMessage POST /messages/publication
correlateMessage POST /messages/correlation
searchCorrelatedMessageSubscriptions POST /correlated-message-subscriptions/search
searchMessageSubscriptions POST /message-subscriptions/search
createDocument POST /documents
createDocuments POST /documents/batch
getDocument GET /documents/{documentId}
deleteDocument DELETE /documents/{documentId}
createDocumentLink POST /documents/{documentId}/links
createUser POST /users
searchUsers POST /users/search
getUser GET /users/{username}
deleteUser DELETE /users/{username}
updateUser PUT /users/{username}
createAdminUser POST /setup/user
searchIncidents POST /incidents/search
getIncident GET /incidents/{incidentKey}
getUsageMetrics GET /system/usage-metrics
createDeployment POST /deployments
deleteResource POST /resources/{resourceKey}/deletion
getResource GET /resources/{resourceKey}
getResourceContent GET /resources/{resourceKey}/content
createElementInstanceVariables PUT /element-instances/{elementInstanceKey}/variables
activateAdHocSubProcessActivities POST /element-instances/ad-hoc-activities/{adHocSubProcessInstanceKey}/activation
broadcastSignal POST /signals/broadcast
getBatchOperation GET /batch-operations/{batchOperationKey}
searchBatchOperations POST /batch-operations/search
cancelBatchOperation POST /batch-operations/{batchOperationKey}/cancellation
suspendBatchOperation POST /batch-operations/{batchOperationKey}/suspension
resumeBatchOperation POST /batch-operations/{batchOperationKey}/resumption
searchBatchOperationItems POST /batch-operation-items/search
"""

CATALOGUE: dict[str, Place] = {
    place.operation_id: place for place in (Place(*line.split()) for line in _PLACES.strip().splitlines())
}
"""Every operation by its id, in the order of the interface description."""
