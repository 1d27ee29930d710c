"""Which rows of the tender answer which rows of the approved table (Article 18).

From what is certain to what is likely: the same name in the same sub-system, the same name elsewhere, then names and
contents that are merely alike. Each time the best one-to-one assignment, then what is left of it: further packages of
an item (split) and several approved rows in one tender row (merger).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

import numpy as np

from domain.documents.table import ParameterTable
from domain.parameters.assignment import assign_pairs, worth
from domain.parameters.candidates import Likely, Pair, by_likeness, by_name, doubt
from domain.parameters.likeness import Profile, name_likeness
from domain.parameters.match_parameters import ParameterMatch, match_parameters
from domain.parameters.portions import KeyOf, Portions
from domain.parameters.remnants import pair_remnants
from domain.parameters.rules import Rules, shipped
from domain.parameters.subsystems import counterparts

_SHOWN = 2


@dataclass(frozen=True, slots=True)
class ItemMatch:
    """Rows that answer each other: several tender rows for a split, several approved rows for a merger.

    An empty side means that nothing answers. `confidence` is 0 to 1; `is_sure` False asks for a person's confirmation;
    `how` says in Chinese why the rows belong together. `candidates` are tender rows that a person should look at too:
    those that might answer a row without an answer, or answer it instead of the row chosen.
    """

    approved: tuple[int, ...]
    tender: tuple[int, ...]
    confidence: float = 1.0
    is_sure: bool = True
    how: str = ""
    candidates: tuple[int, ...] = ()
    parameters: tuple[ParameterMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every row of both tables exactly once, in the order of the approved table, then the additions."""

    matches: tuple[ItemMatch, ...]


def align(approved: ParameterTable, tender: ParameterTable, rules: Rules | None = None) -> Alignment:
    """Align two tables, items first, then the parameters inside each match."""
    return _Aligner(approved, tender, rules or shipped()).run()


class _Aligner:
    def __init__(self, approved: ParameterTable, tender: ParameterTable, rules: Rules) -> None:
        self.rules = rules
        self.left = [Profile(item, rules) for item in approved.items]
        self.right = [Profile(item, rules) for item in tender.items]
        self.home = counterparts(self.left, self.right)
        self.answers: dict[int, list[int]] = {}
        self.hosts: dict[int, int] = {}
        self.chosen: dict[int, Pair] = {}
        self.possible: dict[int, list[int]] = defaultdict(list)

    def run(self) -> Alignment:
        self._by_key(lambda one: (self.home.get(one.subsystem), one.name), lambda one: (one.subsystem, one.name))
        self._by_key(lambda one: one.name, lambda one: one.name)
        likely = by_likeness(self.left, self.right, self._free(), self.home)
        self._settle(likely.pairs)
        self._portion(lambda one: one.name, lambda one: one.name)
        sure = [left for left, pair in self.chosen.items() if pair.is_sure]
        Portions(self.left, self.right, self.answers, self.hosts).complete(self._free()[1], sure)
        self._settle(pair_remnants(self.left, self.right, self._free(), self.answers))
        self._consider(likely)
        taken = {right for rights in self.answers.values() for right in rights}
        matches = [self._match(left) for left in range(len(self.left)) if left not in self.hosts]
        matches.extend(ItemMatch((), (right,)) for right in range(len(self.right)) if right not in taken)
        return Alignment(tuple(matches))

    def _free(self) -> tuple[list[int], list[int]]:
        """The rows of either side that nothing answers yet."""
        taken = {right for rights in self.answers.values() for right in rights}
        lefts = [left for left in range(len(self.left)) if left not in self.answers and left not in self.hosts]
        return lefts, [right for right in range(len(self.right)) if right not in taken]

    def _by_key(self, mine: KeyOf, theirs: KeyOf) -> None:
        """Assign the free rows within each group of one key, then look for splits and mergers in it."""
        lefts, rights = self._free()
        groups: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        for left in lefts:
            groups[mine(self.left[left])][0].append(left)
        for right in rights:
            groups[theirs(self.right[right])][1].append(right)
        for group in groups.values():
            if group[0] and group[1]:
                self._settle(by_name(self.left, self.right, group, self.home))
        self._portion(mine, theirs)

    def _settle(self, pairs: list[Pair]) -> None:
        """Take the assignment of the highest total worth."""
        if not pairs:
            return
        ordered = sorted(pairs, key=lambda pair: (pair.left, -pair.score, pair.right))
        lefts, rights = (
            np.array(column, np.int64) for column in zip(*((p.left, p.right) for p in ordered), strict=True)
        )
        gains = worth(np.array([pair.score for pair in ordered]))
        chosen = [ordered[position] for position in assign_pairs(lefts, rights, gains).tolist()]
        doubt(chosen, ordered, self.right)
        for pair in chosen:
            self.answers[pair.left] = [pair.right]
            self.chosen[pair.left] = pair

    def _portion(self, mine: KeyOf, theirs: KeyOf) -> None:
        portions = Portions(self.left, self.right, self.answers, self.hosts)
        portions.split(self._free()[1], mine, theirs)
        portions.merge(self._free()[0], mine)

    def _consider(self, likely: Likely) -> None:
        """Remember for rows without an answer which tender rows a person should look at."""
        lefts, rights = self._free()
        free = set(rights)
        # A row that fully answers another row of its own name has nothing left over to answer for.
        full = {right for left, given in self.answers.items() for right in given if self._is_named_alike(left, right)}
        for left in lefts:
            name = self.left[left].name
            near = [right for right in likely.near.get(left, ()) if right in free]
            holding = [
                right
                for right, other in enumerate(self.right)
                if len(name) > 1 and name in other.name and right not in full
            ]
            self.possible[left] = list(dict.fromkeys((*near, *holding)))[:_SHOWN]

    def _is_named_alike(self, left: int, right: int) -> bool:
        return self.left[left].name == self.right[right].name

    def _match(self, left: int) -> ItemMatch:
        lefts = (left, *(one for one, host in self.hosts.items() if host == left))
        if left not in self.answers:
            return ItemMatch(lefts, (), 0.0, candidates=tuple(self.possible[left]))
        rights, pair = self.answers[left], self.chosen[left]
        parameters = tuple(
            match
            for one in lefts
            for right in rights
            for match in match_parameters(self.left[one].item, self.right[right].item, (one, right), self.rules)
        )
        how = "；".join(self._how(lefts, rights))
        others = () if pair.is_sure else tuple(pair.others[:_SHOWN])
        return ItemMatch(lefts, tuple(rights), round(pair.confidence, 3), pair.is_sure, how, others, parameters)

    def _how(self, lefts: tuple[int, ...], rights: list[int]) -> Iterable[str]:
        one, other = self.left[lefts[0]], self.right[rights[0]]
        if one.item.name != other.item.name:
            same = name_likeness(one.name, other.name) == 1.0
            yield "名称按同义词典对应" if same else "名称不同，按相似度和参数内容对应"
        if one.subsystem and other.subsystem and self.home.get(one.subsystem) != other.subsystem:
            yield f"招标列在“{other.item.subsystem}”下"
        if len(rights) > 1:
            yield f"批复一项对应招标 {len(rights)} 项（拆分），数量和金额按合计比较"
        if len(lefts) > 1:
            yield f"批复 {len(lefts)} 项对应招标一项（合并），数量和金额按合计比较"
