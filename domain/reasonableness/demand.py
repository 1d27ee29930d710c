"""Capability against the need the documents themselves name: concurrent users against all users there are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.documents.table import Item, ParameterTable
from domain.numerals import DIGIT_NUMBER, SCALE, decimal
from domain.parameters.names import short_name
from domain.parameters.verdicts import PROSE
from domain.provisions import REVIEW
from domain.reasonableness.criteria import WHOLE, Criteria
from domain.reasonableness.hints import Hint, Topic
from domain.text import fold

_COUNT = rf"(?P<number>{DIGIT_NUMBER})\s*(?P<scale>万|亿)?(?![\d.,万亿]|\s*(?:路|个?连接|个?会话|[tq]ps|次|笔|条|%))"
_BETWEEN = r"(?:数量|总数|规模|人数|数)?(?:为|约为|约|达到|共|共计|不少于|不低于|不小于|至少|支持|:|≥|>|=)*\s*"
_CONCURRENT = re.compile(
    rf"(?:并发(?:用户|访问|连接|请求|在线)?|同时在线(?:用户|人)?)(?:数)?{_BETWEEN}{_COUNT}", re.IGNORECASE
)
_USERS = re.compile(
    rf"(?:注册用户|用户总|用户规模|使用人员|使用用户|系统用户|服务用户|覆盖用户|干部职工|目标用户){_BETWEEN}{_COUNT}"
)
_OF_DEVICES = re.compile("连接|会话|请求|新建|每秒")
"""Concurrent connections and sessions are a device's, not people's."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A number of people a text names."""

    number: int
    item: Item
    text: str
    place: str


def check_demand(approved: ParameterTable, tender: ParameterTable, criteria: Criteria) -> Iterator[Hint]:
    """Yield a hint for each concurrency above the set share of all users that either document names."""
    users = max((*_find(_USERS, tender), *_find(_USERS, approved)), key=lambda one: one.number, default=None)
    if users is None or not users.number:
        return
    limit = criteria.concurrency_percent
    for one in _find(_CONCURRENT, tender):
        if one.number * WHOLE > users.number * limit.value and not _OF_DEVICES.search(fold(one.text)):
            reason = f"要求并发{one.number:,}，而文件所述用户规模为{users.number:,}，请说明并发的测算依据"
            yield Hint(
                "concurrency_above_users", Topic.SPECIFICATION, one.item.subsystem, one.item.name,
                short_name(one.text), reason, "", one.text, "", one.place, limit.told(f"{limit.value}%"), REVIEW,
                f"{users.text}（{users.place}）",
            )  # fmt: skip


def _find(pattern: re.Pattern[str], table: ParameterTable) -> Iterator[_Named]:
    prose = Item(PROSE, "")
    spoken = [(item, each.text, each.place) for item in table.items for each in item.parameters]
    spoken += [(prose, clause.text, clause.place) for clause in table.clauses]
    for item, text, place in spoken:
        for match in pattern.finditer(fold(text)):
            number = decimal(match["number"]) * SCALE[match["scale"] or ""]
            yield _Named(int(number), item, text, place)
