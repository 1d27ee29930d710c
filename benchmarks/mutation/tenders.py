"""The tender drawn from a project: rewritten where that changes nothing, changed where that is meant to be found."""

import random
from dataclasses import replace

from benchmarks.mutation.answers import Answer, Wording
from benchmarks.mutation.catalogue import KINDS
from benchmarks.mutation.changes import ADDED, AMOUNT, MANUAL, MISSING, QUANTITY
from benchmarks.mutation.facts import Case, Drawn, Known, Line
from benchmarks.mutation.projects import Entry

EXTRAS = (
    "支持国产化适配认证：提供兼容性证明", "外观颜色：深灰色", "设备尺寸：≤600mm", "支持远程升级",
    "培训：提供不少于3次现场培训", "预装杀毒组件", "配置专用工具箱",
)  # fmt: skip
FATES = {
    "": 75, "item renamed": 5, "split over packages": 4, "left out of one package": 1, "rows merged": 3,
    "item dropped": 2, "item added": 2, "quantity changed": 3, "price exceeded": 3, "swapped between sub-systems": 2,
}  # fmt: skip
SILENT = ("item renamed", "split over packages", "rows merged")
SPLIT = ("split over packages", "left out of one package")
SWAPPED = "swapped between sub-systems"


class Draw:
    """One project being drawn into two lists."""

    def __init__(self, entries: list[Entry], rng: random.Random) -> None:
        self.entries, self.rng, self.drawn = entries, rng, Drawn()
        self.fates = rng.choices(list(FATES), list(FATES.values()), k=len(entries))
        names = dict.fromkeys(entry.subsystem for entry in entries)
        self.subsystems = {name: self._renamed(name) for name in names}
        self.packages = {name: f"包{number % 6 + 1}" for number, name in enumerate(names)}
        self.partners = self._partners()
        self.wording = Wording(entries, rng)
        self.pending: list[tuple[Line, list[Known]]] = []

    def run(self) -> Drawn:
        """Draw every entry, then put the tender's sub-systems, and half of the rows in them, into another order."""
        for index in range(len(self.entries)):
            self._entry(index)
        blocks: dict[str, list[tuple[Line, list[Known]]]] = {}
        for line, known in self.pending:
            blocks.setdefault(line.subsystem, []).append((line, known))
        order = list(blocks.values())
        self.rng.shuffle(order)
        for block in order:
            if self.rng.random() < 0.5:
                self.rng.shuffle(block)
            for line, known in block:
                here = len(self.drawn.tender)
                self.drawn.tender.append(line)
                self.drawn.cases += [Case(one.change, one.expected, one.approved, (here, one.what)) for one in known]
        return self.drawn

    def _renamed(self, name: str) -> str:
        return name.replace("子系统", self.rng.choice(("系统", "分系统", "部分"))) if self.rng.random() < 0.3 else name

    def _partners(self) -> dict[int, int]:
        """Items marked for a swap, each with a namesake in another sub-system; who finds none stays as it is."""
        namesakes: dict[str, list[int]] = {}
        for index, entry in enumerate(self.entries):
            if self.fates[index] in {"", SWAPPED}:
                namesakes.setdefault(entry.name, []).append(index)
        partners: dict[int, int] = {}
        for one in [index for index, fate in enumerate(self.fates) if fate == SWAPPED]:
            free = [other for other in namesakes[self.entries[one].name] if other != one and other not in partners]
            if one not in partners and free:
                partners[one], partners[free[0]] = free[0], one
        for index, fate in enumerate(self.fates):
            self.fates[index] = SWAPPED if index in partners else "" if fate == SWAPPED else fate
        return partners

    def _entry(self, index: int) -> None:
        entry, fate = self.entries[index], self.fates[index]
        row = len(self.drawn.approved)
        line = Line(entry.subsystem, entry.name, entry.texts, entry.kind.counted, entry.quantity, entry.price)
        self.drawn.approved.append(line)
        if fate == "item dropped":
            self.drawn.cases.append(Case(fate, (MISSING,), (row, "item"), None))
            return
        if fate == "item added":
            self._foreign(entry)
        texts, known = self._parameters(index, row)
        answer = self._line(entry, fate, texts)
        if fate == "rows merged":
            self.drawn.approved.append(replace(line, quantity=self.rng.randrange(1, 9)))
            answer.quantity += self.drawn.approved[-1].quantity
        if fate in SPLIT:
            self._split(answer, known, row, fate)
        else:
            self.pending.append((answer, known + self._figures(fate, answer, row)))

    def _line(self, entry: Entry, fate: str, texts: list[str]) -> Line:
        kind = self.rng.choice(entry.kind.names[1:]) if fate == "item renamed" else entry.kind.names[0]
        subsystem, package = self.subsystems[entry.subsystem], self.packages[entry.subsystem]
        name = f"{entry.place}{kind}"
        return Line(subsystem, name, texts, entry.kind.counted, entry.quantity, entry.price, package)

    def _figures(self, fate: str, answer: Line, row: int) -> list[Known]:
        """Quantity and price of an answering line, changed where its fate says so."""
        quantity, price = (row, "quantity"), (row, "price")
        if fate == "quantity changed":
            answer.quantity = self.rng.choice([one for one in (0, 1, 2, 3, 5, 8, 15, 30) if one != answer.quantity])
            return [Known(fate, (QUANTITY,), quantity, "quantity")]
        if fate == "price exceeded":
            answer.price += max(answer.price * self.rng.choice((1, 5, 20, 60)) // 100, 100)
            return [Known(fate, (AMOUNT,), price, "price"), Known("quantity kept", (), quantity, "quantity")]
        labels = (fate, fate) if fate in SILENT else ("quantity kept", "price kept")
        return [Known(labels[0], (), quantity, "quantity"), Known(labels[1], (), price, "price")]

    def _split(self, answer: Line, known: list[Known], row: int, fate: str) -> None:
        """Two packages of one item whose quantities add up; one of them may leave a parameter out."""
        total = max(answer.quantity, 2)
        self.drawn.approved[row].quantity = total
        first = self.rng.randrange(1, total)
        one = replace(answer, quantity=first, package="包7")
        other = replace(answer, quantity=total - first, package="包8", texts=list(answer.texts))
        told = [replace(case, change="split over packages") for case in known]
        if fate == "left out of one package":
            gone = self.rng.randrange(len(other.texts))
            del other.texts[gone]
            told[gone] = replace(told[gone], change=fate, expected=(MANUAL, MISSING))
        self.pending.append((one, [*told, Known("split over packages", (), (row, "quantity"), "quantity")]))
        self.pending.append((other, []))

    def _foreign(self, entry: Entry) -> None:
        """An item of the tender that nothing in its sub-system asked for."""
        known = {one.kind.names[0] for one in self.wording.near[entry.subsystem]}
        kind = self.rng.choice([kind for kind in KINDS if kind.names[0] not in known] or list(KINDS))
        texts = [one.text(self.rng) for one in kind.requirements[:8]]
        subsystem, package = self.subsystems[entry.subsystem], self.packages[entry.subsystem]
        line = Line(subsystem, f"新增{kind.names[0]}", texts, kind.counted, 1, kind.price * 10_000, package)
        self.pending.append((line, [Known("item added", (ADDED,), None, "item")]))

    def _parameters(self, index: int, row: int) -> tuple[list[str], list[Known]]:
        """The answering line's parameters in their new order, with a case for each."""
        written: list[tuple[Answer, int | None]] = []
        for order in range(len(self.entries[index].requirements)):
            answer = self._answer(index, order)
            if answer.text:
                written.append((answer, order))
            else:
                self.drawn.cases.append(Case(answer.change, answer.expected, (row, order), None))
        if self.fates[index] == "" and self.rng.random() < 0.06:
            written.append((Answer(self.rng.choice(EXTRAS), "parameter added", (ADDED,)), None))
        if self.rng.random() < 0.4:
            self.rng.shuffle(written)
        known = [
            Known(answer.change, answer.expected, None if order is None else (row, order), place)
            for place, (answer, order) in enumerate(written)
        ]
        return [answer.text for answer, _ in written], known

    def _answer(self, index: int, order: int) -> Answer:
        entry, fate = self.entries[index], self.fates[index]
        if index in self.partners:
            return self.wording.swapped(entry.requirements[order], self.entries[self.partners[index]].requirements)
        if fate in {"", "item added"}:
            return self.wording.any_way(entry, order)
        return self.wording.reworded(entry.requirements[order], fate if fate in SILENT else "")
