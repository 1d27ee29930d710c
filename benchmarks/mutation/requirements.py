"""Requirements by meaning: what is asked for, apart from the words it is asked in; each can be worded in many ways."""

import random
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from benchmarks.mutation.units import measured

WORDS = {
    "ge": ("≥", "≥", "不低于", "不少于", "不小于", ">=", "至少", "大于等于"),
    "gt": (">", "大于", "＞"),
    "le": ("≤", "≤", "不高于", "不大于", "不超过", "<="),
    "lt": ("<", "小于", "＜"),
}
WHOLE = frozenset({"核", "颗", "个", "路", "台", "点", "节点", "用户", "授权", "个数", "人", "次", "芯"})
AFTER = {"ge": ("以上", "及以上"), "le": ("以内", "以下")}


@dataclass(frozen=True)
class Requirement:
    """What every requirement has: names that mean the same (the first is the usual one) and ★, ▲ or nothing."""

    names: tuple[str, ...]
    mark: str = ""

    def text(self, rng: random.Random) -> str:
        """The requirement in words."""
        name = self.names[0] if rng.random() < 0.55 else rng.choice(self.names)
        return f"{self.mark}{self.body(name, rng)}"

    def body(self, name: str, rng: random.Random) -> str:
        """The words after the mark."""
        raise NotImplementedError


@dataclass(frozen=True)
class Bound(Requirement):
    """A number with a comparator; `ladder` are the values that make sense for it."""

    unit: str = ""
    value: Decimal = Decimal(0)
    compare: str = "ge"
    ladder: tuple[Decimal, ...] = ()
    condition: str = ""
    conditions: tuple[str, ...] = ()

    @property
    def least(self) -> bool:
        """Whether more is stricter."""
        return self.compare in {"ge", "gt"}

    @property
    def limit(self) -> tuple[Decimal, str]:
        """The bound with its comparator; things that come in whole numbers have more than 65 when they have 66."""
        if self.compare in {"gt", "lt"} and self.unit in WHOLE and self.value == self.value.to_integral_value():
            return (self.value + 1, "ge") if self.least else (self.value - 1, "le")
        return self.value, self.compare

    def body(self, name: str, rng: random.Random) -> str:
        """Name, comparator, number, unit."""
        number = measured(self.value, self.unit, rng)
        colon = rng.choice(("：", "：", "：", ":"))
        if self.compare in AFTER and rng.random() < 0.12:
            return f"{name}{colon}{self.condition}{number}{rng.choice(AFTER[self.compare])}"
        if self.compare in AFTER and not self.condition and rng.random() < 0.06:
            return f"{name}{colon}{number}"  # by convention a bare value is the bound of its class
        word = rng.choice(WORDS[self.compare])
        between = "" if word in "≥≤<>>=<=＞＜" and not self.condition and rng.random() < 0.25 else colon
        return f"{name}{between}{self.condition}{word}{number}"


@dataclass(frozen=True)
class Span(Requirement):
    """A range: of the surroundings a device must stand (wider is stricter) or of what is allowed (narrower is)."""

    unit: str = ""
    low: Decimal = Decimal(0)
    high: Decimal = Decimal(0)
    environment: bool = True

    def body(self, name: str, rng: random.Random) -> str:
        """Name and both ends."""
        low, high = format(self.low, "f"), format(self.high, "f")
        unit = {"摄氏": ("℃", "°C"), "湿度": ("%RH", "%"), "瓦": ("W",), "电压": ("V",), "毫米": ("mm",)}[self.unit]
        dash = "~" if self.low < 0 else rng.choice(("~", "～", "至", "-"))
        spelled = rng.choice(unit)
        first = spelled if rng.random() < 0.4 else ""
        return f"{name}：{low}{first}{dash}{high}{spelled}"


@dataclass(frozen=True)
class Tolerance(Requirement):
    """A value with ±: of a supply the device must stand (wider is stricter), or an error (smaller is stricter)."""

    centre: str = ""
    unit: str = ""
    width: Decimal = Decimal(0)
    widths: tuple[Decimal, ...] = ()
    environment: bool = False

    def body(self, name: str, rng: random.Random) -> str:
        """Name and ±."""
        colon = rng.choice(("：", ":", "："))
        if self.centre:
            return f"{name}{colon}{self.centre}±{format(self.width, 'f')}%"
        return f"{name}{colon}{rng.choice(('±', '≤±', '不超过±'))}{format(self.width, 'f')}{self.unit}"


@dataclass(frozen=True)
class Every(Requirement):
    """A list of which all are asked for (`any_of` False) or any one will do; `spare` are further members that exist."""

    members: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    any_of: bool = False
    verb: str = "支持"

    def body(self, name: str, rng: random.Random) -> str:
        """Name and members in any order."""
        members = list(self.members)
        rng.shuffle(members)
        verb = self.verb or ""
        if self.any_of:
            return f"{name}：{verb}{'、'.join(members[:-1])}或{members[-1]}"
        joint = rng.choice(("、", "、", "和", "及")) if len(members) == 2 else "、"
        last = rng.choice(("、", "和")) if len(members) > 2 else joint
        return f"{name}：{verb}{joint.join(members[:-1])}{last}{members[-1]}"


@dataclass(frozen=True)
class Level(Requirement):
    """One step of an ordered ladder, each step in several spellings; `frame` holds the place of the step as {}."""

    steps: tuple[tuple[str, ...], ...] = ()
    step: int = 0
    frames: tuple[str, ...] = ("{}",)

    def body(self, name: str, rng: random.Random) -> str:
        """Name and step."""
        return f"{name}：{rng.choice(self.frames).format(rng.choice(self.steps[self.step]))}"


@dataclass(frozen=True)
class Feature(Requirement):
    """Something that must be there; `wordings` say the same, `strength` 0 only recommends it or prepares for it."""

    wordings: tuple[str, ...] = ()
    strength: int = 1

    def body(self, name: str, rng: random.Random) -> str:
        """Name, verb and thing."""
        what = rng.choice(self.wordings)
        verb = rng.choice(("支持", "支持", "提供", "具备", "应支持", "须支持"))
        if self.strength == 0:
            verb = rng.choice(("预留", "可扩展支持", "宜支持", "建议支持", "可选支持"))
        return f"{name}：{verb}{what}" if name else f"{verb}{what}"


def text_of(requirement: Any, rng: random.Random) -> str:
    """A requirement in words."""
    return str(requirement.text(rng))
