"""A project: its sub-systems and items with their requirements, quantities and prices."""

import random
from dataclasses import dataclass, field, replace

from benchmarks.mutation.catalogue import KINDS, Kind
from benchmarks.mutation.requirements import Bound, Level, Requirement, Span, Tolerance

AREAS = (
    "指挥大厅",
    "数据中心",
    "视频专网",
    "政务外网",
    "互联网区",
    "灾备中心",
    "前端采集",
    "业务应用",
    "安全防护",
    "运维管理",
    "会议保障",
    "公共服务",
)
PLACES = ("", "1号楼", "2号楼", "3号楼", "地下一层", "楼层弱电间", "值班室", "备用", "前端", "中心")
PARAMETERS = 8


@dataclass
class Entry:
    """One item of the approved list: `price` in yuan for one, `renamed` are its kind's other names."""

    kind: Kind
    subsystem: str
    place: str
    requirements: list[Requirement]
    quantity: int
    price: int
    texts: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The item's name in the approved list."""
        return f"{self.place}{self.kind.names[0]}"


def project(items: int, rng: random.Random) -> list[Entry]:
    """Draw up an approved list of that many items, every (sub-system, name) once."""
    subsystems = [f"{area}{number}期子系统" if number else f"{area}子系统" for number in range(6) for area in AREAS]
    entries: list[Entry] = []
    used: set[tuple[str, str]] = set()
    each = max(items // 40, 10)
    while len(entries) < items:
        subsystem = subsystems[len(entries) // each % len(subsystems)]
        kind, place = rng.choice(KINDS), rng.choice(PLACES)
        if (subsystem, f"{place}{kind.names[0]}") in used:
            continue
        used.add((subsystem, f"{place}{kind.names[0]}"))
        entries.append(_entry(kind, subsystem, place, rng))
    return entries


def _entry(kind: Kind, subsystem: str, place: str, rng: random.Random) -> Entry:
    chosen = list(kind.requirements)
    while len(chosen) > PARAMETERS:
        chosen.pop(rng.randrange(len(chosen)))
    requirements = [_drawn(one, rng) for one in chosen]
    entry = Entry(
        kind,
        subsystem,
        place,
        requirements,
        rng.choice((1, 1, 2, 2, 4, 6, 8, 10, 12, 20)),
        kind.price * rng.randrange(6, 16) * 1000,
    )
    entry.texts = [one.text(rng) for one in requirements]
    return entry


def _drawn(one: Requirement, rng: random.Random) -> Requirement:
    one = replace(one, mark=rng.choices(("", "★", "▲"), (80, 10, 10))[0])
    match one:
        case Bound(ladder=ladder, conditions=conditions, least=least):
            strict = rng.random() < 0.06
            compare = {(True, True): "gt", (True, False): "ge", (False, True): "lt", (False, False): "le"}[
                least, strict
            ]
            condition = rng.choice(conditions) if conditions else ""
            return replace(one, value=rng.choice(ladder), compare=compare, condition=condition)
        case Level(steps=steps):
            return replace(one, step=rng.randrange(len(steps)))
        case Tolerance(widths=widths):
            return replace(one, width=rng.choice(widths))
        case Span(low=low, high=high):
            shift = rng.choice((0, 5, 10)) if one.environment else rng.choice((0, 10, 50))
            return replace(one, low=low - shift, high=high + shift)
    return one
