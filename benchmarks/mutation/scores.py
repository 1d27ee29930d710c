"""What a review said about every known difference."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.mutation.changes import MANUAL
from benchmarks.mutation.facts import At, Case, Drawn, Line
from domain.documents import ParameterTable
from domain.parameters import Finding

SAME = "一致"


@dataclass
class Tally:
    """Counts of one kind of change, or of one kind of rewriting (then `alarms` says how many were not called 一致)."""

    cases: int = 0
    same: int = 0
    expected: int = 0
    manual: int = 0
    other: Counter[str] = field(default_factory=Counter)

    @property
    def alarms(self) -> int:
        """Cases that were called anything but 一致."""
        return self.cases - self.same


@dataclass(frozen=True)
class Miss:
    """A case that went wrong, with both texts, for whoever mends it."""

    change: str
    item: str
    approved: str
    tender: str
    expected: tuple[str, ...]
    verdicts: tuple[str, ...]
    reason: str


@dataclass
class Score:
    """Real changes and silent rewrites, each by kind; the cases called 一致 or alarmed wrongly are kept."""

    real: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    silent: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    misses: list[Miss] = field(default_factory=list)

    @property
    def undetected(self) -> int:
        """Real changes called 一致: must be none."""
        return sum(tally.same for tally in self.real.values())

    @property
    def rewritten(self) -> int:
        """Silent cases that were rewritten at all."""
        return sum(tally.cases for name, tally in self.silent.items() if name != "verbatim")

    @property
    def alarms(self) -> int:
        """Silent cases called anything but 一致, verbatim ones included: those would be worse still."""
        return sum(tally.alarms for tally in self.silent.values())


def score(drawn: Drawn, approved: ParameterTable, tender: ParameterTable, findings: Sequence[Finding]) -> Score:
    """Hold the findings against what is known."""
    said: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        for side, places in (("a", finding.approved_ref), ("t", finding.tender_ref)):
            for place in places.split("、"):
                if place:
                    said[f"{side} {place}"].append(finding)
    result = Score()
    for case in drawn.cases:
        about = {id(one): one for key in _places(case, approved, tender) for one in said[key]}
        _take(result, case, list(about.values()), drawn)
    return result


def _places(case: Case, approved: ParameterTable, tender: ParameterTable) -> list[str]:
    return [f"a {place}" for place in _of(approved, case.approved)] + [
        f"t {place}" for place in _of(tender, case.tender)
    ]


def _of(table: ParameterTable, at: At | None) -> list[str]:
    if at is None:
        return []
    item, what = table.items[at[0]], at[1]
    if isinstance(what, int):
        return [item.parameters[what].place]
    if what == "item":
        return [item.place]
    if what == "quantity":
        return [item.quantity.place] if item.quantity else []
    return [money.place for money in (item.unit_price, item.total) if money]


def _take(result: Score, case: Case, about: list[Finding], drawn: Drawn) -> None:
    verdicts = tuple(dict.fromkeys(finding.verdict.value for finding in about))
    tally = (result.real if case.expected else result.silent)[case.change]
    tally.cases += 1
    wrong = [one for one in verdicts if one != SAME]
    if case.expected:
        tally.same += not wrong
        fits = any(one in case.expected for one in verdicts)
        tally.expected += fits
        tally.manual += not fits and MANUAL in verdicts
        if wrong and not fits and MANUAL not in verdicts:
            tally.other[wrong[0]] += 1
        failed = not fits
    else:
        failed = bool(wrong) or not verdicts
        tally.same += not failed
        if failed:
            tally.other[wrong[0] if wrong else "(none)"] += 1
    if failed:
        reason = "；".join(dict.fromkeys(finding.reason for finding in about))
        item = (
            drawn.approved[case.approved[0]].name
            if case.approved
            else drawn.tender[case.tender[0]].name
            if case.tender
            else ""
        )
        before, after = _text(drawn.approved, case.approved), _text(drawn.tender, case.tender)
        result.misses.append(Miss(case.change, item, before, after, case.expected, verdicts, reason))


def _text(lines: Sequence[Line], at: At | None) -> str:
    if at is None:
        return ""
    line, what = lines[at[0]], at[1]
    return line.texts[what] if isinstance(what, int) else f"{line.name} {line.quantity} {line.price}"
