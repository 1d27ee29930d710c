"""The columns of a table: what each means, settled by its neighbours where the title alone does not tell."""

from dataclasses import dataclass, field

from domain.documents.titles import (
    APPROVED,
    FORMER,
    PRESENT,
    TENDER,
    is_place,
    level_of,
    naming_titles,
    stage_of,
    weak_name_words,
)

_BROAD = frozenset({"建设内容", "服务内容", "项目名称", "采购内容", "采购项目", "工程或费用名称"})
SUMS = frozenset({"合计", "小计", "总计", "总数", "总量"})


@dataclass(slots=True)
class Columns:
    """The roles of a table's columns, where the header starts and the rows begin, and what the titles say beside it.

    `labels` are sub-titles under a group of parameters (技术参数 → CPU, 内存); `pairs` are columns that share one
    title, the first naming what the next requires; `loose` are titles without a use, whose cells are kept as text;
    `value_units` are the units that titles of parameters name (内存（GB）), `count_unit` the one that the quantity's
    title names (数量（台）); several quantities are added where `adds_up`, and `sum_of_quantities` is the column that
    prints their sum.
    """

    first_row: int
    start: int
    roles: dict[str, list[int]] = field(default_factory=dict)
    money_units: dict[int, str] = field(default_factory=dict)
    taxes: dict[int, str] = field(default_factory=dict)
    titles: dict[int, set[str]] = field(default_factory=dict)
    own_titles: dict[int, str] = field(default_factory=dict)
    labels: dict[int, str] = field(default_factory=dict)
    pairs: dict[int, int] = field(default_factory=dict)
    loose: dict[int, str] = field(default_factory=dict)
    value_units: dict[int, str] = field(default_factory=dict)
    staged: dict[str, dict[int, int]] = field(default_factory=dict)
    count_unit: str = ""
    sum_of_quantities: int | None = None
    adds_up: bool = False
    width: int = 0

    def first(self, role: str) -> int | None:
        """The first column of a role, None when the table has none."""
        columns = self.roles.get(role)
        return columns[0] if columns else None

    def said(self, index: int) -> str:
        """One of the titles of a column, as compared."""
        return max(self.titles.get(index, {""}), key=lambda title: (len(title), title))


_CEILINGS = frozenset({"最高限价", "限价", "控制价"})


def settle(columns: Columns) -> None:
    """Resolve titles that depend on their neighbours."""
    roles = columns.roles
    _place_levels(columns)
    _take_latest(columns)
    _name_parameters(columns)
    names = roles.get("name", [])
    _leave_out_weak(columns, names)
    _tell_contents(columns, names)
    if len(names) > 1:
        # 建设内容 | 设备名称: the broader of two names is the sub-system the narrower stands in.
        broad = [index for index in names if columns.titles[index] & _BROAD]
        outer = broad[0] if broad and len(broad) < len(names) else names[0]
        names.remove(outer)
        if roles.get("subsystem"):
            roles["module"] = [outer]
        else:
            roles["subsystem"] = [outer]
    if "labelled" in roles:
        roles["spec"] = sorted([*roles.get("spec", []), *roles.pop("labelled")])
    if "attribute" in roles and "spec" not in roles:
        roles["spec"] = roles.pop("attribute")
    if "name" not in roles and "subsystem" in roles and "spec" in roles:
        roles["name"] = [roles["subsystem"].pop()]
    _tell_ceiling(columns)
    _leave_out_seconds(columns)


def _leave_out_weak(columns: Columns, names: list[int]) -> None:
    """设备名称 | 采购品目: what only says under which heading something is bought names nothing beside a name."""
    weak = [index for index in names if any(word in columns.said(index) for word in weak_name_words())]
    if weak and len(weak) < len(names):
        names[:] = [index for index in names if index not in weak]
        columns.roles["core"] = sorted([*columns.roles.get("core", []), *weak])


def _place_levels(columns: Columns) -> None:
    """一级模块 | 二级模块 | 三级模块: the deepest is the row's name where none else is, the first its sub-system."""
    roles = columns.roles
    levels = sorted(roles.pop("level", []), key=lambda index: max(map(level_of, columns.titles[index])))
    if levels and "name" not in roles:
        roles["name"] = [levels.pop()]
    if levels and "subsystem" not in roles:
        roles["subsystem"] = [levels.pop(0)]
    if levels:
        roles["module"] = levels


def _name_parameters(columns: Columns) -> None:
    """Under one group of parameters (技术指标 → 名称 | 数值) the first column names what the second requires."""
    roles = columns.roles
    for index in roles.get("spec", [])[:]:
        group = columns.titles[index]
        told = sorted(other for role in ("name", "attribute", "spec") for other in roles.get(role, []))
        under = [other for other in told if columns.titles[other] & group]
        left = under[0]
        known = left in roles.get("attribute", [])
        if len(under) != 2 or left == index or not (known or columns.own_titles[left] in naming_titles()):
            continue
        role = next((role for role in ("name", "spec") if left in roles.get(role, [])), "")
        if (role == "name" and len(roles["name"]) < 2) or not (role or known):
            continue
        if role:
            roles[role].remove(left)
            roles.setdefault("attribute", []).append(left)
        columns.labels = {one: label for one, label in columns.labels.items() if one not in under}


def _take_latest(columns: Columns) -> None:
    """Of columns that hold several stages' words (批复参数 | 招标参数) only the last stage's count; others are told."""
    roles = columns.roles
    stages = {index: max(map(stage_of, columns.titles[index]), default=0) for index in columns.titles}
    if FORMER not in stages.values():
        # 现配置 without 原配置 beside it may be what is there already.
        stages = {index: 0 if stage == PRESENT else stage for index, stage in stages.items()}
    staged = [index for index in roles.get("attribute", []) if stages[index]]
    if staged and ("spec" in roles or len(staged) > 1):
        roles["spec"] = sorted([*roles.get("spec", []), *staged])
        roles["attribute"] = [index for index in roles["attribute"] if index not in staged]
        if not roles["attribute"]:
            del roles["attribute"]
    for role in [role for role in ("spec", "unit_price", "total") if role in roles]:
        last = max(stages[index] for index in roles[role])
        ranks = {index: stages[index] for index in roles[role]}
        if {APPROVED, TENDER} <= set(ranks.values()):
            columns.staged[role] = ranks
        earlier = [index for index in roles[role] if 0 < stages[index] < last]
        roles[role] = [index for index in roles[role] if index not in earlier]
        columns.loose.update({index: columns.said(index) for index in earlier})


def _tell_ceiling(columns: Columns) -> None:
    """A lone 最高限价 beside a quantity is the price of one: read as the row's sum it would hide a dearer device."""
    totals = columns.roles.get("total", [])
    lone = len(totals) == 1 and "unit_price" not in columns.roles
    if lone and columns.titles[totals[0]] <= _CEILINGS and "quantity" in columns.roles:
        columns.roles["unit_price"] = columns.roles.pop("total")


def _tell_contents(columns: Columns, names: list[int]) -> None:
    """服务名称 | 服务内容, and 项目名称 | 建设内容 without parameters: the content is what is required."""
    for name, content, always in (("服务名称", "服务内容", True), ("项目名称", "建设内容", False)):
        told = [index for index in names if content in columns.titles[index]]
        named = any(name in columns.titles[index] for index in names)
        if told and named and len(names) > 1 and (always or "spec" not in columns.roles):
            names.remove(told[0])
            columns.roles["spec"] = sorted([*columns.roles.get("spec", []), told[0]])


def _leave_out_seconds(columns: Columns) -> None:
    """Keep a second column of a role that can have one only as text; several quantities are added up."""
    for role, held in columns.roles.items():
        if role not in {"spec", "quantity", "core", "number", "module"}:
            for index in held[1:]:
                columns.loose[index] = columns.said(index)
    quantities = columns.roles.get("quantity", [])
    sums = [index for index in quantities if columns.titles[index] & SUMS]
    grouped = all(index in columns.labels for index in quantities)
    columns.adds_up = len(quantities) > 1 and (grouped or all(is_place(columns.said(index)) for index in quantities))
    if len(quantities) > 1 and sums:
        columns.roles["quantity"] = sums[:1]
        columns.loose.update({index: columns.labels.get(index, "数量") for index in quantities if index != sums[0]})
    for index in quantities:
        columns.labels[index] = columns.labels.get(index, "") if grouped else columns.said(index)
