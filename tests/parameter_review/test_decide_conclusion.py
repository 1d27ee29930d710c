"""判定审查结论: each row of the decision table, and which wins when several apply (Articles 18, 19)."""

from typing import Any

import pytest

from admin import deploy
from admin.checks import Tree
from admin.lint import REPOSITORY

pytestmark = pytest.mark.engine

NOTHING = {
    "adjusted_count": 0,
    "refused_count": 0,
    "required_change_count": 0,
    "unreasonable_count": 0,
    "overrun_percent": 0.0,
    "review_kind": "采购前审查",
    "excess_fen": 0,
}
CORRECTION = {"review_kind": "更正公告"}


@pytest.fixture(scope="module")
def engine(engine_server: Any) -> Any:
    deploy.deploy(engine_server.rest("admin"), [Tree(REPOSITORY).resource("parameter_review", "decide_conclusion.dmn")])
    return engine_server


@pytest.mark.parametrize(
    ("counts", "conclusion"),
    [
        ({}, "同意"),
        ({"overrun_percent": -3.5}, "同意"),
        ({"overrun_percent": None}, "同意"),
        ({"adjusted_count": 1, "refused_count": 1}, "转概算调整"),
        ({"overrun_percent": 10.01, "required_change_count": 1}, "转概算调整"),
        ({"overrun_percent": 10.0}, "修改后同意"),
        ({"refused_count": 1, "required_change_count": 2}, "不同意"),
        ({"required_change_count": 1}, "修改后同意"),
        ({"overrun_percent": 0.01}, "修改后同意"),
        ({"unreasonable_count": 1}, "修改后同意"),
        ({"excess_fen": 1, "overrun_percent": 0.01}, "修改后同意"),
        (CORRECTION, "同意"),
        (CORRECTION | {"excess_fen": None}, "同意"),
        (CORRECTION | {"excess_fen": 1, "refused_count": 3}, "转概算调整"),
        ({"review_kind": "替代型号", "excess_fen": 1}, "转概算调整"),
        ({"review_kind": None, "excess_fen": 5}, "同意"),
    ],
)
def test_the_table_concludes(engine: Any, counts: dict[str, Any], conclusion: str) -> None:
    body = {"decisionDefinitionId": "decide_conclusion", "variables": NOTHING | counts}
    answer = engine.rest("admin").post("decision-definitions/evaluation", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.json()["output"] == f'"{conclusion}"'
