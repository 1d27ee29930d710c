"""Which rows of the tender answer which rows of the approved table (Article 18).

First the best one-to-one assignment over a blocked set of candidates, then what is left: further packages of the same
item (split), several approved rows in one tender row (merger), and what nothing answers.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from domain.documents.table import Item, ParameterTable
from domain.parameters.assignment import assign
from domain.parameters.likeness import Postings, Profile, content_likeness, name_likeness
from domain.parameters.match_parameters import ParameterMatch, match_parameters
from domain.parameters.names import similarity
from domain.parameters.rules import Rules, shipped

_CANDIDATES = 16
_NAMESAKES = 200
_ACCEPTED = 0.5
_SURE_NAME = 0.8
_LIKELY_NAME = 0.6
_RICH = 3
_SURE_CONTENT = 0.6


@dataclass(frozen=True, slots=True)
class ItemMatch:
    """Rows that answer each other: several tender rows for a split, several approved rows for a merger.

    An empty side means that nothing answers; then `candidates` may name tender rows that a person should look at.
    `confidence` is 0 to 1, `is_sure` False asks for a person's confirmation, `how` says in Chinese why.
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
    return _Aligner(approved.items, tender.items, rules or shipped()).run()


class _Aligner:
    def __init__(self, approved: tuple[Item, ...], tender: tuple[Item, ...], rules: Rules) -> None:
        self.rules = rules
        self.left = [Profile(item, rules) for item in approved]
        self.right = [Profile(item, rules) for item in tender]
        self.named: dict[str, list[int]] = defaultdict(list)
        for left, profile in enumerate(self.left):
            if len(self.named[profile.name]) < _NAMESAKES:
                self.named[profile.name].append(left)

    def run(self) -> Alignment:
        candidates = self._candidates()
        groups = {left: [right] for left, right in assign(candidates).items()}
        scores = {(left, right): score for left, scored in candidates.items() for right, score in scored}
        used = {right for rights in groups.values() for right in rights}
        for right in range(len(self.right)):
            if right not in used and (left := self._split_of(right, groups)) is not None:
                groups[left].append(right)
                used.add(right)
        mergers = self._mergers(groups)
        matches = [
            self._match((left, *mergers.get(left, ())), groups.get(left), scores)
            for left in range(len(self.left))
            if left not in {merged for extra in mergers.values() for merged in extra}
        ]
        matches.extend(ItemMatch((), (right,)) for right in range(len(self.right)) if right not in used)
        return Alignment(tuple(matches))

    def _candidates(self) -> dict[int, list[tuple[int, float]]]:
        index = Postings.of(self.right)
        candidates = {}
        for left, profile in enumerate(self.left):
            expected = left * len(self.right) // len(self.left)
            chosen = index.nearest(profile, expected, _CANDIDATES)
            scored = [(right, self._score(left, right)) for right in chosen]
            candidates[left] = [(right, score) for right, score in scored if score >= _ACCEPTED]
        return candidates

    def _score(self, left: int, right: int) -> float:
        one, other = self.left[left], self.right[right]
        name = name_likeness(one.name, other.name)
        content = content_likeness(one, other)
        if name < 0.3 or (name < 0.6 and content < 0.4):
            return 0.0
        place = 0.5 if not one.subsystem or not other.subsystem else similarity(one.subsystem, other.subsystem)
        number = 0.5 if one.number is None or other.number is None else float(one.number == other.number)
        order = 1.0 - abs(left / max(len(self.left), 1) - right / max(len(self.right), 1))
        return 0.58 * name + 0.2 * content + 0.12 * place + 0.06 * number + 0.04 * order

    def _split_of(self, right: int, groups: dict[int, list[int]]) -> int | None:
        """The approved row that a left-over tender row is a further part of, if any."""
        part = self.right[right]
        fitting = [
            left for left in self.named[part.name] if left in groups and self._adds_up(left, [*groups[left], right])
        ]
        return max(fitting, key=lambda left: (content_likeness(self.left[left], part), -left), default=None)

    def _adds_up(self, left: int, rights: list[int]) -> bool:
        packages = {self.right[right].item.package for right in rights}
        if len(packages) == len(rights) and "" not in packages:
            return True
        wanted = self.left[left].number
        numbers = [self.right[right].number for right in rights]
        if wanted is None or any(number is None for number in numbers):
            return False
        return sum((number for number in numbers if number is not None), Decimal(0)) <= wanted

    def _mergers(self, groups: dict[int, list[int]]) -> dict[int, list[int]]:
        """Approved rows without an answer of their own that another row's answer covers by name and quantity."""
        mergers: dict[int, list[int]] = defaultdict(list)
        for left, profile in enumerate(self.left):
            if left in groups:
                continue
            for host in self.named[profile.name]:
                if host in groups and self._covers([host, *mergers[host], left], groups[host]):
                    mergers[host].append(left)
                    break
        return {host: merged for host, merged in mergers.items() if merged}

    def _covers(self, lefts: list[int], rights: list[int]) -> bool:
        wanted = [self.left[left].number for left in lefts]
        given = [self.right[right].number for right in rights]
        if any(number is None for number in (*wanted, *given)):
            return False
        total = sum((number for number in given if number is not None), Decimal(0))
        return total >= sum((number for number in wanted if number is not None), Decimal(0))

    def _match(
        self, lefts: tuple[int, ...], rights: list[int] | None, scores: dict[tuple[int, int], float]
    ) -> ItemMatch:
        if rights is None:
            return ItemMatch(lefts, (), 0.0, candidates=tuple(self._possible(lefts[0])))
        first = (lefts[0], rights[0])
        one, other = self.left[first[0]], self.right[first[1]]
        name = name_likeness(one.name, other.name)
        is_sure = _is_sure(one, other, name)
        parameters = tuple(
            match
            for left in lefts
            for right in rights
            for match in match_parameters(self.left[left].item, self.right[right].item, (left, right), self.rules)
        )
        return ItemMatch(
            lefts,
            tuple(rights),
            round(scores.get(first, 1.0), 3),
            is_sure,
            self._how(lefts, rights, name),
            (),
            parameters,
        )

    def _how(self, lefts: tuple[int, ...], rights: list[int], name: float) -> str:
        told = []
        if self.left[lefts[0]].item.name != self.right[rights[0]].item.name:
            told.append("名称按同义词典对应" if name == 1.0 else "名称不同，按相似度和参数内容对应")
        if len(rights) > 1:
            told.append(f"批复一项对应招标 {len(rights)} 项（拆分），数量和金额按合计比较")
        if len(lefts) > 1:
            told.append(f"批复 {len(lefts)} 项对应招标一项（合并），数量和金额按合计比较")
        return "；".join(told)

    def _possible(self, left: int) -> list[int]:
        """Tender rows whose name holds the unanswered row's name: it may have been merged into one of them."""
        name = self.left[left].name
        return [right for right, other in enumerate(self.right) if len(name) > 2 and name in other.name][:2]


def _is_sure(one: Profile, other: Profile, name: float) -> bool:
    """Whether two rows may be taken for one item without a person's look.

    A short list (质保：3年) says little about which device it belongs to, so a name that is merely similar needs more
    content in common, and a name that is not even that needs a rich list that is nearly the same.
    """
    if name >= _SURE_NAME:
        return True
    content = content_likeness(one, other)
    if name >= _LIKELY_NAME:
        return content >= _SURE_CONTENT and min(len(one.texts), len(other.texts)) >= _RICH
    return content >= _SURE_NAME and min(len(one.texts), len(other.texts)) > _RICH
