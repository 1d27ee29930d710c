"""How the tender words one parameter: as it was, said another way, or changed."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from benchmarks.mutation.changes import CHANGES, LOWERED, MISSING, RAISED
from benchmarks.mutation.projects import Entry
from benchmarks.mutation.requirements import Bound, Every, Feature, Level, Requirement, Span, Tolerance
from benchmarks.mutation.rewrites import retyped

KIND_NAMES: dict[type[Requirement], str] = {
    Bound: "bound", Span: "range", Tolerance: "tolerance", Every: "list", Level: "level", Feature: "feature"
}  # fmt: skip


@dataclass(frozen=True)
class Answer:
    """A parameter's words in the tender ("" when it is left out), what was done to it, and the verdicts that fit."""

    text: str
    change: str
    expected: tuple[str, ...] = ()


class Wording:
    """Answers to parameters; the changes made so far are counted, so that every kind gets its share."""

    def __init__(self, entries: Iterable[Entry], rng: random.Random) -> None:
        self.rng = rng
        self.done: Counter[str] = Counter()
        self.near: dict[str, list[Entry]] = {}
        for entry in entries:
            self.near.setdefault(entry.subsystem, []).append(entry)

    def any_way(self, entry: Entry, order: int) -> Answer:
        """An answer of any kind, changed one time in six."""
        requirement, chance = entry.requirements[order], self.rng.random()
        if chance < 0.015:
            return Answer("", "parameter dropped", (MISSING,))
        if chance < 0.16 and (changed := self._changed(requirement)):
            return changed
        if chance < 0.17 and (neighbour := self._neighbour(entry, requirement)) is not None:
            return Answer(self._said(neighbour), "swapped between items", direction(requirement, neighbour))
        if chance < 0.4:
            return Answer(entry.texts[order], "verbatim")
        if chance < 0.5:
            return Answer(retyped(entry.texts[order], self.rng), "retyped")
        return self.reworded(requirement)

    def reworded(self, requirement: Requirement, change: str = "") -> Answer:
        """The same requirement in other words."""
        return Answer(self._said(requirement), change or f"reworded {KIND_NAMES[type(requirement)]}")

    def swapped(self, mine: Requirement, theirs: list[Requirement]) -> Answer:
        """The namesake's requirement from another sub-system, if it has one of the same name that says otherwise."""
        other = next((replace(one, mark=mine.mark) for one in theirs if one.names == mine.names), mine)
        if other == mine or _same_bound(mine, other):
            return self.reworded(mine)
        return Answer(self._said(other), "swapped between sub-systems", direction(mine, other))

    def _said(self, requirement: Requirement) -> str:
        return retyped(requirement.text(self.rng), self.rng)

    def _changed(self, requirement: Requirement) -> Answer | None:
        # The rarest first: a mark can be put before anything, a list's member dropped only from a list.
        for name in sorted(CHANGES, key=lambda one: (self.done[one], self.rng.random())):
            if (changed := CHANGES[name](requirement, self.rng)) is not None:
                self.done[name] += 1
                return Answer(retyped(changed[0], self.rng), name, changed[1])
        return None

    def _neighbour(self, entry: Entry, mine: Requirement) -> Requirement | None:
        """The same requirement with another value, from another item of the sub-system."""
        if not isinstance(mine, Bound):
            return None
        others = (one for other in self.near[entry.subsystem] if other is not entry for one in other.requirements)
        alike = (one for one in others if isinstance(one, Bound) and (one.names, one.unit) == (mine.names, mine.unit))
        return next((replace(mine, value=one.value) for one in alike if one.value != mine.value), None)


def _same_bound(mine: Requirement, other: Requirement) -> bool:
    if not isinstance(mine, Bound) or not isinstance(other, Bound):
        return False
    return (mine.limit, mine.condition) == (other.limit, other.condition)


def direction(mine: Requirement, other: Requirement) -> tuple[str, ...]:
    """Which way `other` goes from `mine`; both verdicts fit where that depends on more than one thing."""
    raised: bool | None = None
    match mine, other:
        case Bound(), Bound() if mine.condition == other.condition and mine.limit[0] != other.limit[0]:
            raised = (other.limit[0] > mine.limit[0]) == mine.least
        case Bound(), Bound() if mine.condition == other.condition:
            raised = other.compare in {"gt", "lt"}
        case Level(), Level():
            raised = other.step > mine.step
        case Tolerance(), Tolerance():
            raised = (other.width > mine.width) == mine.environment
        case Span(), Span():
            raised = (other.low < mine.low) == mine.environment
    return (RAISED, LOWERED) if raised is None else (RAISED if raised else LOWERED,)
