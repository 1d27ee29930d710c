"""Real changes of one requirement, each with the verdicts that fit it: known, because the change is made here."""

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from benchmarks.mutation.requirements import Bound, Every, Feature, Level, Requirement, Span, Tolerance
from benchmarks.mutation.units import UNITS, measured

RAISED, LOWERED, MISSING, ADDED = "提高", "降低", "缺失", "新增"
MANUAL, BRAND, QUANTITY, AMOUNT = "不可比/需人工", "指定品牌", "数量变更", "金额超出"
Changed = tuple[str, tuple[str, ...]]
"""The new text and the verdicts that fit the change; what needs a person is always safe and counted on its own."""
Change = Callable[[Requirement, random.Random], Changed | None]

STATISTICS = {
    "平均": ("峰值", "典型"),
    "峰值": ("平均",),
    "并发": ("新建",),
    "新建": ("并发",),
    "随机": ("顺序",),
    "最大": ("最小",),
}
SUBJECTS = {
    "接口响应": "页面响应", "查询响应": "提交响应", "故障响应": "投诉响应", "触控响应": "开机响应", "录像": "日志",
    "日志": "视频", "数据盘": "系统盘", "系统盘": "数据盘", "备份速": "恢复速", "驻场": "远程",
    "测评人员": "管理人员", "视频": "音频", "业务槽": "主控槽", "接入用户": "管理用户", "密钥": "证书", "内存": "显存",
}  # fmt: skip
"""Words of a name by others that name another thing of the same measure."""
OTHERS = ("≥2.5GHz", "≥300W", "≤5ms", "≥10米", "≥4个", "采用国产化产品", "≥16GB")
BRANDS = ("华为", "海康威视", "深信服", "浪潮", "新华三", "联想", "达梦", "统信")
VENDOR_TERMS = ("IRF2智能弹性架构", "iStack堆叠", "VSU虚拟化", "OceanStor存储架构", "HyperMetro双活", "SmartTier分级")
LICENCES = ("提供原厂授权书并加盖原厂公章", "投标时须提供生产厂家授权函", "提供原厂售后服务承诺函并加盖原厂公章")


def _stricter(requirement: Requirement, rng: random.Random, *, raised: bool) -> Requirement | None:
    match requirement:
        case Bound(value=value, ladder=ladder, least=least):
            fitting = [one for one in ladder if (one > value) == (raised == least) and one != value]
            return replace(requirement, value=rng.choice(fitting)) if fitting else None
        case Span(low=low, high=high, environment=environment):
            step = max((high - low) // 8, Decimal(1)) * rng.choice((1, 2))
            wider = raised == environment
            return replace(
                requirement, low=low - step if wider else low + step, high=high + step if wider else high - step
            )
        case Tolerance(width=width, widths=widths, environment=environment):
            fitting = [one for one in widths if one != width and (one > width) == (raised == environment)]
            return replace(requirement, width=rng.choice(fitting)) if fitting else None
    return None


def bound(requirement: Requirement, rng: random.Random, *, raised: bool) -> Changed | None:
    """A bound moved one or more steps."""
    changed = _stricter(requirement, rng, raised=raised) if isinstance(requirement, Bound) else None
    return (changed.text(rng), (RAISED if raised else LOWERED,)) if changed else None


def width(requirement: Requirement, rng: random.Random, *, wider: bool) -> Changed | None:
    """A range or tolerance made wider or narrower."""
    if not isinstance(requirement, Span | Tolerance):
        return None
    raised = wider == requirement.environment
    changed = _stricter(requirement, rng, raised=raised)
    return (changed.text(rng), (RAISED if raised else LOWERED,)) if changed else None


def comparator_opened(requirement: Requirement, rng: random.Random) -> Changed | None:
    """≥ becomes >: the value itself no longer will do."""
    if not isinstance(requirement, Bound) or requirement.compare not in {"ge", "le"}:
        return None
    return replace(requirement, compare="gt" if requirement.least else "lt").text(rng), (RAISED,)


def comparator_closed(requirement: Requirement, rng: random.Random) -> Changed | None:
    """> becomes ≥: the value itself will do."""
    if not isinstance(requirement, Bound) or requirement.compare not in {"gt", "lt"}:
        return None
    return replace(requirement, compare="ge" if requirement.least else "le").text(rng), (LOWERED,)


def comparator_turned(requirement: Requirement, rng: random.Random) -> Changed | None:
    """≥ becomes ≤."""
    if not isinstance(requirement, Bound):
        return None
    word = rng.choice(("≤", "不超过", "不大于") if requirement.least else ("≥", "不低于", "不小于"))
    number = measured(requirement.value, requirement.unit, rng)
    return f"{requirement.mark}{requirement.names[0]}：{requirement.condition}{word}{number}", (MANUAL,)


def unit_swapped(requirement: Requirement, _rng: random.Random) -> Changed | None:
    """The figure stays, its unit is another one of the same kind (Gbps → GB/s)."""
    unit = UNITS[requirement.unit] if isinstance(requirement, Bound) else None
    if unit is None or not unit.swap or not isinstance(requirement, Bound):
        return None
    word = "≥" if requirement.least else "≤"
    figure = format(requirement.value.normalize(), "f")
    raised = unit.larger == requirement.least
    return f"{requirement.mark}{requirement.names[0]}：{requirement.condition}{word}{figure}{unit.swap}", (
        RAISED if raised else LOWERED,
    )


def statistic_changed(requirement: Requirement, rng: random.Random) -> Changed | None:
    """Average becomes peak, concurrent becomes new: another figure under a like name."""
    said = next((word for word in STATISTICS if word in requirement.names[0]), None)
    if said is None:
        return None
    name = requirement.names[0].replace(said, rng.choice(STATISTICS[said]))
    return replace(requirement, names=(name,)).text(rng), (MANUAL, MISSING)


def subject_changed(requirement: Requirement, rng: random.Random) -> Changed | None:
    """The same figure of another thing: a word of the name stands for something else."""
    said = next((word for word in SUBJECTS if word in requirement.names[0]), None)
    if said is None or not isinstance(requirement, Bound):
        return None
    name = requirement.names[0].replace(said, SUBJECTS[said])
    return replace(requirement, names=(name,)).text(rng), (MANUAL, MISSING)


def condition_changed(requirement: Requirement, rng: random.Random) -> Changed | None:
    """The same figure under another condition (网络层 → 应用层, 可用容量 → 裸容量)."""
    if not isinstance(requirement, Bound) or not requirement.conditions:
        return None
    other = next(one for one in requirement.conditions if one != requirement.condition)
    verdict = RAISED if other in {"应用层", "可用容量"} else LOWERED
    return replace(requirement, condition=other).text(rng), (verdict,)


def member_dropped(requirement: Requirement, rng: random.Random) -> Changed | None:
    """One of several members is gone: looser where all are asked for, narrower where any will do."""
    if not isinstance(requirement, Every) or len(requirement.members) < 3 - (not requirement.any_of):
        return None
    kept = list(requirement.members)
    kept.remove(rng.choice(kept))
    if len(kept) == 1:
        return f"{requirement.mark}{requirement.names[0]}：{requirement.verb}{kept[0]}", (LOWERED,)
    return replace(requirement, members=tuple(kept)).text(rng), (RAISED if requirement.any_of else LOWERED,)


def member_added(requirement: Requirement, rng: random.Random) -> Changed | None:
    """One more member: stricter where all are asked for, wider where any will do."""
    if not isinstance(requirement, Every) or not requirement.spare:
        return None
    more = (*requirement.members, rng.choice(requirement.spare))
    return replace(requirement, members=more).text(rng), (LOWERED if requirement.any_of else RAISED,)


def all_to_any(requirement: Requirement, rng: random.Random) -> Changed | None:
    """和 becomes 或."""
    if not isinstance(requirement, Every) or requirement.any_of:
        return None
    return replace(requirement, any_of=True).text(rng), (LOWERED,)


def any_to_all(requirement: Requirement, rng: random.Random) -> Changed | None:
    """或 becomes 和."""
    if not isinstance(requirement, Every) or not requirement.any_of:
        return None
    return replace(requirement, any_of=False).text(rng), (RAISED,)


def level(requirement: Requirement, rng: random.Random, *, up: bool) -> Changed | None:
    """One or more steps up or down an ordered ladder."""
    if not isinstance(requirement, Level):
        return None
    steps = range(requirement.step + 1, len(requirement.steps)) if up else range(requirement.step)
    if not steps:
        return None
    return replace(requirement, step=rng.choice(steps)).text(rng), (RAISED if up else LOWERED,)


def modal_weakened(requirement: Requirement, rng: random.Random) -> Changed | None:
    """支持 becomes 预留, 可扩展支持 or 宜支持."""
    if not isinstance(requirement, Feature):
        return None
    return replace(requirement, strength=0).text(rng), (LOWERED,)


def mark(requirement: Requirement, rng: random.Random, *, added: bool) -> Changed | None:
    """★ or ▲ put before a requirement, or taken away."""
    if bool(requirement.mark) == added:
        return None
    return replace(requirement, mark=rng.choice("★▲") if added else "").text(rng), (RAISED if added else LOWERED,)


def another_kind(requirement: Requirement, rng: random.Random) -> Changed | None:
    """The name stays, the value is of another kind."""
    if not isinstance(requirement, Bound):
        return None
    units = {"GHz": "主频", "W": "瓦", "ms": "毫秒", "米": "米", "个": "个", "GB": "内存"}
    fitting = [
        one
        for one in OTHERS
        if not any(one.endswith(end) and _alike(requirement.unit, own) for end, own in units.items())
    ]
    return f"{requirement.mark}{requirement.names[0]}：{rng.choice(fitting)}", (MANUAL,)


def _alike(unit: str, other: str) -> bool:
    kinds = (
        {"毫秒", "秒", "分钟", "小时", "天"},
        {"内存", "硬盘", "缓存"},
        {"米", "毫米"},
        {"瓦", "功率"},
        {"个", "个数", "台", "颗", "每秒", "点", "路", "核", "节点", "用户", "授权", "人", "次", "芯", "万条", "像素"},
    )
    return unit == other or any(unit in kind and other in kind for kind in kinds)


def brand_named(requirement: Requirement, rng: random.Random) -> Changed | None:
    """A maker's name put into the requirement."""
    maker = rng.choice(BRANDS)
    return rng.choice(
        (
            f"{requirement.text(rng)}（{maker}）",
            f"{requirement.text(rng)}，参考品牌：{maker}或同等",
            f"{requirement.text(rng)}，采用{maker}产品",
        )
    ), (BRAND,)


def vendor_term(requirement: Requirement, rng: random.Random) -> Changed | None:
    """A technology that one vendor alone offers."""
    return f"{requirement.text(rng)}，支持{rng.choice(VENDOR_TERMS)}", (BRAND,)


def maker_licence(requirement: Requirement, rng: random.Random) -> Changed | None:
    """A paper that only the maker can give, asked for on top."""
    return f"{requirement.text(rng)}，{rng.choice(LICENCES)}", (ADDED, BRAND, RAISED)


CHANGES: dict[str, Change] = {
    "bound strengthened": lambda one, rng: bound(one, rng, raised=True),
    "bound weakened": lambda one, rng: bound(one, rng, raised=False),
    "range or tolerance widened": lambda one, rng: width(one, rng, wider=True),
    "range or tolerance narrowed": lambda one, rng: width(one, rng, wider=False),
    "comparator opened (≥ → >)": comparator_opened,
    "comparator closed (> → ≥)": comparator_closed,
    "comparator turned round": comparator_turned,
    "unit swapped": unit_swapped,
    "statistic changed": statistic_changed,
    "subject changed": subject_changed,
    "condition changed": condition_changed,
    "member dropped": member_dropped,
    "member added": member_added,
    "and → or": all_to_any,
    "or → and": any_to_all,
    "level up": lambda one, rng: level(one, rng, up=True),
    "level down": lambda one, rng: level(one, rng, up=False),
    "modal weakened": modal_weakened,
    "★ or ▲ added": lambda one, rng: mark(one, rng, added=True),
    "★ or ▲ removed": lambda one, rng: mark(one, rng, added=False),
    "value of another kind": another_kind,
    "brand put in": brand_named,
    "single-vendor term": vendor_term,
    "maker's licence": maker_licence,
}
"""The changes of one requirement that stays, by name."""
