"""One order from start to end on a real engine, looked at through the searches, by Camunda's own SDK."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from camunda_orchestration_sdk import CamundaClient
from camunda_orchestration_sdk.errors import BadRequestError, NotFoundError, UnexpectedStatus

MODELS = Path(__file__).parent / "models"
LONG = "长" * 9000

pytestmark = pytest.mark.engine


def sdk(server: Any, person: str) -> CamundaClient:
    name, password = server.credentials(person)
    return CamundaClient(
        configuration={
            "CAMUNDA_REST_ADDRESS": server.rest_address,
            "CAMUNDA_AUTH_STRATEGY": "BASIC",
            "CAMUNDA_BASIC_AUTH_USERNAME": name,
            "CAMUNDA_BASIC_AUTH_PASSWORD": password,
        }
    )


class Order:
    """An order of 120, carried to its end, and what was met on the way."""

    def __init__(self, client: httpx.Client, reviewer: httpx.Client) -> None:
        self.client, self.reviewer = client, reviewer
        self.seen: dict[str, Any] = {}

    def carry(self) -> None:
        files = [("resources", (path.name, path.read_bytes())) for path in sorted(MODELS.iterdir())]
        self.deployed = self.post("deployments", files=files)["deployments"]
        variables = {"order_code": "A-1", "amount": 120, "note": LONG}
        self.key = self.post(
            "process-instances",
            json={"processDefinitionId": "searched_order", "variables": variables, "tags": ["urgent"]},
        )["processInstanceKey"]
        job = self.activated("searched_order.check_stock")
        self.post(f"jobs/{job}/failure", json={"retries": 0, "errorMessage": "库存系统没有回答"})
        self.look("incident")
        incident = self.only("incidents")["incidentKey"]
        self.post(f"jobs/{job}", "PATCH", json={"changeset": {"retries": 2}})
        self.post(f"incidents/{incident}/resolution")
        self.post(f"jobs/{self.activated('searched_order.check_stock')}/completion", json={"variables": {"stock": 7}})
        self.look("task")
        task = self.only("user-tasks")["userTaskKey"]
        self.post(f"user-tasks/{task}/assignment", client=self.reviewer, json={"assignee": "li_qiang"})
        self.post(f"user-tasks/{task}", "PATCH", json={"changeset": {"priority": 90}})
        self.look("assigned")
        self.post(f"user-tasks/{task}/completion", client=self.reviewer, json={"variables": {"approved": True}})
        self.post("messages/correlation", json={"name": "searched_order.paid", "correlationKey": "A-1"})
        self.look("called")
        child = self.post("process-instances/search", json={"filter": {"parentProcessInstanceKey": self.key}})
        self.child = child["items"][0]["processInstanceKey"]

    def look(self, moment: str) -> None:
        """Remember how things stand."""
        kinds = ("process-instances", "element-instances", "jobs", "incidents", "user-tasks")
        self.seen[moment] = {kind: self.post(f"{kind}/search", json={"filter": self.mine}) for kind in kinds}
        statistics = f"process-instances/{self.key}/statistics/element-instances"
        self.seen[moment]["statistics"] = self.post(statistics, "GET")["items"]

    def only(self, kind: str) -> dict[str, Any]:
        [item] = self.post(f"{kind}/search", json={"filter": self.mine})["items"]
        return dict(item)

    @property
    def mine(self) -> dict[str, Any]:
        return {"processInstanceKey": self.key}

    def activated(self, kind: str) -> str:
        body = {"type": kind, "worker": "w1", "timeout": 60_000, "maxJobsToActivate": 1, "requestTimeout": 10_000}
        [job] = self.post("jobs/activation", json=body)["jobs"]
        return str(job["jobKey"])

    def post(self, path: str, method: str = "POST", client: httpx.Client | None = None, **content: Any) -> Any:
        answer = (client or self.client).request(method, path, **content)
        assert answer.is_success, f"{path}: {answer.text}"
        return answer.json() if answer.content else None


@pytest.fixture(scope="module")
def order(engine_server: Any) -> Order:
    # The server's clients are everybody's: who closes one takes it from the tests that follow.
    order = Order(engine_server.rest("admin"), engine_server.rest("li_qiang"))
    order.carry()
    return order


@pytest.fixture(scope="module")
def camunda(engine_server: Any) -> Iterator[CamundaClient]:
    with sdk(engine_server, "admin") as client:
        yield client


def query(model: str, **content: Any) -> Any:
    """Return a request of the SDK; its classes are read from JSON as the SDK itself does."""
    module = __import__(f"camunda_orchestration_sdk.models.{model}", fromlist=["*"])
    name = "".join(part.capitalize() for part in model.split("_"))
    return getattr(module, name).from_dict(content)


def test_a_command_can_be_read_by_the_very_next_search(order: Order) -> None:
    for _ in range(20):
        key = order.post("process-instances", json={"processDefinitionId": "searched_shipment"})["processInstanceKey"]
        assert order.post(f"process-instances/{key}", "GET")["state"] == "ACTIVE"
        order.post(f"process-instances/{key}/cancellation")
        assert order.post(f"process-instances/{key}", "GET")["state"] == "TERMINATED"


def test_an_incident_shows_everywhere_until_it_is_resolved(order: Order) -> None:
    then = order.seen["incident"]
    assert then["process-instances"]["items"][0]["hasIncident"] is True
    check = next(item for item in then["element-instances"]["items"] if item["elementId"] == "check_stock")
    assert (check["hasIncident"], check["elementName"]) == (True, "检查库存")
    incident = then["incidents"]["items"][0]
    assert check["incidentKey"] == incident["incidentKey"]
    assert (incident["state"], incident["errorMessage"]) == ("ACTIVE", "库存系统没有回答")
    job = then["jobs"]["items"][0]
    assert (job["state"], job["worker"], job["customHeaders"]) == ("FAILED", "w1", {"shelf": "7"})
    assert {"elementId": "check_stock", "active": 0, "canceled": 0, "incidents": 1, "completed": 0} in then[
        "statistics"
    ]
    later = order.seen["task"]
    assert later["process-instances"]["items"][0]["hasIncident"] is False
    assert later["incidents"]["items"][0]["state"] == "RESOLVED"
    assert later["jobs"]["items"][0]["state"] == "COMPLETED"


def test_a_user_task_goes_from_created_to_assigned_to_completed(order: Order, camunda: CamundaClient) -> None:
    [created] = order.seen["task"]["user-tasks"]["items"]
    assert (created["name"], created["state"], created["assignee"]) == ("批准订单", "CREATED", None)
    assert (created["candidateGroups"], created["candidateUsers"]) == (["bdb_tech"], ["wang_fang"])
    assert (created["dueDate"], created["priority"]) == ("2030-01-02T03:04:05.000Z", 70)
    assert (created["processName"], created["customHeaders"]["room"]) == ("订单", "12")
    assert created["tags"] == ["urgent"]
    [assigned] = order.seen["assigned"]["user-tasks"]["items"]
    assert (assigned["state"], assigned["assignee"], assigned["priority"]) == ("CREATED", "li_qiang", 90)
    task = camunda.get_user_task(user_task_key=created["userTaskKey"])
    assert task.state.value == "COMPLETED"
    assert task.completion_date is not None


def test_the_sdk_reads_every_search(order: Order, camunda: CamundaClient) -> None:
    mine = {"filter": order.mine, "page": {"limit": 50}}
    instances = camunda.search_process_instances(data=query("process_instance_search_query", **mine))
    assert [instance.process_definition_name for instance in instances.items] == ["订单"]
    elements = camunda.search_element_instances(data=query("element_instance_search_query", **mine))
    assert elements.page.total_items == 6
    jobs = camunda.search_jobs(data=query("job_search_query", **mine))
    assert [job.type_ for job in jobs.items] == ["searched_order.check_stock"]
    variables = camunda.search_variables(data=query("variable_search_query", **mine))
    assert {item.name for item in variables.items} >= {"order_code", "amount", "note", "stock", "approved", "discount"}
    tasks = camunda.search_user_tasks(data=query("user_task_search_query", **mine))
    assert [task.element_id for task in tasks.items] == ["approve_order"]
    assert camunda.search_incidents(data=query("incident_search_query", **mine)).page.total_items == 1
    decisions = camunda.search_decision_instances(data=query("decision_instance_search_query", **mine))
    assert [decision.result for decision in decisions.items] == ["5"]
    waiting = camunda.search_message_subscriptions(data=query("message_subscription_search_query", **mine))
    assert [each.message_subscription_state.value for each in waiting.items] == ["CORRELATED"]
    correlated = camunda.search_correlated_message_subscriptions(
        data=query("correlated_message_subscription_search_query", **mine)
    )
    assert [each.correlation_key for each in correlated.items] == ["A-1"]
    inside = camunda.search_process_instance_incidents(
        process_instance_key=order.key, data=query("incident_search_query")
    )
    assert inside.page.total_items == 1


def test_the_sdk_reads_every_definition(order: Order, camunda: CamundaClient) -> None:
    named = {"filter": {"processDefinitionId": "searched_order", "isLatestVersion": True}}
    [process] = camunda.search_process_definitions(data=query("process_definition_search_query", **named)).items
    key = process.process_definition_key
    assert (process.name, process.version_tag, process.has_start_form) == ("订单", "v1", True)
    assert camunda.get_process_definition(process_definition_key=key).process_definition_id == "searched_order"
    assert "searched_order" in camunda.get_process_definition_xml(process_definition_key=key)
    form = camunda.get_start_process_form(process_definition_key=key)
    assert json.loads(form.schema)["components"][0]["label"] == "订单号"
    statistics = camunda.get_process_definition_statistics(
        process_definition_key=key,
        data=query("process_definition_element_statistics_query", filter={"processInstanceKey": order.key}),
    )
    assert {each.element_id: each.completed for each in statistics.items}["approve_order"] == 1
    decided = {"filter": {"decisionDefinitionId": "searched_discount"}}
    decision = camunda.search_decision_definitions(data=query("decision_definition_search_query", **decided)).items[0]
    read = camunda.get_decision_definition(decision_definition_key=decision.decision_definition_key)
    assert (read.name, read.decision_requirements_name) == ("定折扣", "折扣")
    assert "定折扣" in camunda.get_decision_definition_xml(decision_definition_key=decision.decision_definition_key)
    graph = camunda.search_decision_requirements(data=query("decision_requirements_search_query")).items[0]
    assert camunda.get_decision_requirements(decision_requirements_key=graph.decision_requirements_key) == graph
    assert "definitions" in camunda.get_decision_requirements_xml(
        decision_requirements_key=graph.decision_requirements_key
    )


def test_the_sdk_reads_everything_by_its_key(order: Order, camunda: CamundaClient) -> None:
    assert camunda.get_process_instance(process_instance_key=order.key).tags == ["urgent"]
    hierarchy = camunda.get_process_instance_call_hierarchy(process_instance_key=order.child)
    assert [each.process_instance_key for each in hierarchy] == [order.key, order.child]
    flows = camunda.get_process_instance_sequence_flows(process_instance_key=order.key)
    assert [flow.element_id for flow in flows.items] == [f"flow_{number}" for number in range(1, 6)]
    statistics = camunda.get_process_instance_statistics(process_instance_key=order.key)
    assert {each.element_id: each.active for each in statistics.items}["ship_order"] == 1
    element = order.seen["called"]["element-instances"]["items"][0]
    assert camunda.get_element_instance(element_instance_key=element["elementInstanceKey"]).element_name == "收到订单"
    incident = order.seen["incident"]["incidents"]["items"][0]["incidentKey"]
    assert camunda.get_incident(incident_key=incident).state.value == "RESOLVED"
    wanted = {"filter": {"processInstanceKey": order.key}}
    decision = camunda.search_decision_instances(data=query("decision_instance_search_query", **wanted)).items[0]
    whole = camunda.get_decision_instance(decision_evaluation_instance_key=decision.decision_evaluation_instance_key)
    assert [(each.input_name, each.input_value) for each in whole.evaluated_inputs] == [("金额", "120")]
    assert whole.matched_rules[0].evaluated_outputs[0].output_value == "5"


def test_a_resource_is_read_with_its_content(order: Order, camunda: CamundaClient) -> None:
    robot = '{"id":"searched_robot","name":"机器人","executionPlatformVersion":"8.8.0","script":"*** Tasks ***"}'
    deployed = order.post("deployments", files=[("resources", ("robot.rpa", robot.encode()))])["deployments"]
    key = deployed[0]["resource"]["resourceKey"]
    assert camunda.get_resource(resource_key=key).resource_id == "searched_robot"
    assert order.post(f"resources/{key}/content", "GET") == robot


def test_a_search_cuts_long_values_and_a_read_does_not(order: Order, camunda: CamundaClient) -> None:
    wanted = {"filter": {"processInstanceKey": order.key, "name": "note"}}
    [cut] = camunda.search_variables(data=query("variable_search_query", **wanted)).items
    assert (len(cut.value), cut.is_truncated) == (8191, True)
    [whole] = camunda.search_variables(data=query("variable_search_query", **wanted), truncate_values=False).items
    assert (json.loads(whole.value), whole.is_truncated) == (LONG, False)
    assert json.loads(camunda.get_variable(variable_key=cut.variable_key).value) == LONG


def test_a_task_has_its_form_and_the_variables_of_its_scopes(order: Order, camunda: CamundaClient) -> None:
    task = order.only("user-tasks")["userTaskKey"]
    form = camunda.get_user_task_form(user_task_key=task)
    assert (form.form_id, json.loads(form.schema)["components"][0]["label"]) == ("searched_approve", "批准")
    seen = camunda.search_user_task_variables(user_task_key=task, data=query("user_task_variable_search_query_request"))
    assert {item.name for item in seen.items} >= {"amount", "local_amount"}


def test_a_task_exists_for_its_people_only(engine_server: Any, order: Order) -> None:
    task = order.only("user-tasks")["userTaskKey"]
    mine = {"filter": order.mine}
    for person, found in (("li_qiang", 1), ("zhao_min", 1), ("wang_fang", 1), ("admin", 1), ("chen_jing", 0)):
        with sdk(engine_server, person) as client:
            tasks = client.search_user_tasks(data=query("user_task_search_query", **mine))
            assert (person, len(tasks.items), tasks.page.total_items) == (person, found, found)
    with sdk(engine_server, "chen_jing") as stranger:
        for read in (stranger.get_user_task, stranger.get_user_task_form):
            with pytest.raises(NotFoundError):
                read(user_task_key=task)
        with pytest.raises(UnexpectedStatus, match="404"):
            stranger.search_user_task_variables(
                user_task_key=task, data=query("user_task_variable_search_query_request")
            )


def test_the_inbox_is_walked_by_cursors(order: Order, camunda: CamundaClient) -> None:
    sort = [{"field": "startDate", "order": "DESC"}]
    walked: list[str] = []
    page: dict[str, Any] = {"limit": 7}
    while True:
        found = camunda.search_process_instances(data=query("process_instance_search_query", sort=sort, page=page))
        if not found.items:
            break
        walked += [instance.process_instance_key for instance in found.items]
        page = {"after": found.page.end_cursor, "limit": 7}
    assert len(walked) == len(set(walked)) == found.page.total_items
    assert order.key in walked


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"filter": {"colour": "red"}}, "Request property [filter.colour] cannot be parsed"),
        ({"filter": {"priority": "high"}}, "Request property [filter.priority] cannot be parsed"),
        ({"filter": {"state": "DONE"}}, "Unexpected value 'DONE' for enum field 'state'. Use any of the following"),
        ({"filter": {"assignee": {"$gt": "a"}}}, "Request property [filter.assignee.$gt] cannot be parsed"),
        ({"filter": {"dueDate": {"$lt": "tomorrow"}}}, "The provided filter.dueDate.$lt 'tomorrow' cannot be parsed"),
        ({"filter": {"userTaskKey": 17}}, "Request property [filter.userTaskKey] cannot be parsed"),
        ({"filter": {"userTaskKey": "x1"}}, "The provided filter.userTaskKey contains illegal characters."),
        ({"sort": [{"field": "colour"}]}, "[name, creationDate, completionDate, followUpDate, dueDate, priority]"),
        ({"sort": [{"order": "ASC"}]}, "Sort field must not be null."),
        ({"sort": [{"field": "name", "order": "UP"}]}, "Unexpected value 'UP' for enum field 'order'. Use any of the"),
        ({"page": {"limit": 0}}, "The value for page.limit is '0' but must be greater than or equal to 1."),
        ({"page": {"limit": 10_001}}, "The value for page.limit is '10001' but must be less than or equal to 10000."),
        ({"page": {"from": 1, "after": "WzFd"}}, "Only one of [from, after, before] is allowed."),
        ({"page": {"after": "WzFd"}}, "The cursor 'WzFd' does not name a result."),
        ({"page": {"size": 1}}, "Request property [page.size] cannot be parsed"),
        ({"extra": 1}, "Request property [extra] cannot be parsed"),
        ([], "cannot be parsed"),
    ],
)  # fmt: skip
def test_a_wrong_search_is_told_what_is_wrong(order: Order, body: Any, detail: str) -> None:
    answer = order.client.post("user-tasks/search", json=body)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert detail in problem["detail"]
    assert (problem["type"], problem["status"], problem["instance"]) == ("about:blank", 400, "/v2/user-tasks/search")


def test_the_sdk_understands_what_is_wrong(camunda: CamundaClient) -> None:
    with pytest.raises(BadRequestError, match="WzFd"):
        camunda.search_user_tasks(data=query("user_task_search_query", page={"after": "WzFd"}))
    with pytest.raises(NotFoundError, match="not found"):
        camunda.get_process_instance(process_instance_key="4503599627370495")


def test_a_client_of_8_8_gets_no_nulls_and_no_later_properties(order: Order) -> None:
    old = {"Accept": "application/json; version=8.8"}
    [task] = order.client.post("user-tasks/search", json={"filter": order.mine}, headers=old).json()["items"]
    assert None not in task.values()
    assert {"tags", "rootProcessInstanceKey", "businessId"}.isdisjoint(task)
    form = order.client.get(f"user-tasks/{task['userTaskKey']}/form", headers=old).json()
    assert form["schema"]["id"] == "searched_approve"
    empty = order.client.post("incidents/search", json={"filter": {"errorMessage": "none"}}, headers=old).json()
    assert empty == {"items": [], "page": {"totalItems": 0, "hasMoreTotalItems": False}}
    wanted = {"filter": order.mine}
    decided = order.client.post("decision-instances/search", json=wanted, headers=old).json()["items"][0]
    key = decided["decisionEvaluationInstanceKey"]
    assert key.isdigit()
    assert order.client.get(f"decision-instances/{key}", headers=old).json()["result"] == "5"


def test_a_killed_engine_shows_the_same_after_its_restart(tmp_path: Path, engine_program: Any) -> None:
    program = engine_program(tmp_path)
    server = program.start()
    kinds = ("process-instances", "element-instances", "variables", "jobs", "user-tasks", "message-subscriptions")
    Order(server.rest("admin"), server.rest("li_qiang")).carry()
    before = [server.rest("admin").post(f"{kind}/search", json={}).json()["items"] for kind in kinds]
    program.kill()
    program.start()
    assert [server.rest("admin").post(f"{kind}/search", json={}).json()["items"] for kind in kinds] == before
    program.kill()
    for file in (server.data / "engine").glob("readmodel.db*"):
        file.unlink()
    program.start()
    until = time.monotonic() + 10
    admin = server.rest("admin")
    while admin.post("jobs/search", json={}).status_code == 503:
        assert time.monotonic() < until
    assert [admin.post(f"{kind}/search", json={}).json()["items"] for kind in kinds] == before
    program.stop()
