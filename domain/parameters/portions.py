"""Rows left over that are part of a match: further packages of one item (split), several items in one row (merger)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Sequence
from decimal import Decimal

from domain.parameters.likeness import Profile, content_likeness
from domain.parameters.names import kind_of

_ALIKE = 0.5  # likeness of content of two packages of one item
_NAMESAKES = 200  # answered rows of one name that are tried
_COMPLETES = 2  # what `_fit` gives a part that stays within the approved quantity
KeyOf = Callable[[Profile], Hashable]


class Portions:
    """The splits and mergers of one alignment; `answers` and `hosts` are the alignment's own and are added to."""

    def __init__(
        self, left: Sequence[Profile], right: Sequence[Profile], answers: dict[int, list[int]], hosts: dict[int, int]
    ) -> None:
        self.left, self.right, self.answers, self.hosts = left, right, answers, hosts

    def split(self, free: Sequence[int], mine: KeyOf, theirs: KeyOf) -> None:
        """Give left-over tender rows to the answered rows of the same key whose quantity they complete."""
        answered = self._grouped(self.left, self.answers, mine)
        for right in free:
            part = self.right[right]
            namesakes = answered.get(theirs(part), ())
            fitting = [(fit, left) for left in namesakes if (fit := self._fit(left, right))]
            if fitting:
                best = max(fitting, key=lambda one: (one[0], content_likeness(self.left[one[1]], part), -one[1]))
                self.answers[best[1]].append(right)

    def complete(self, free: Sequence[int], sure: Collection[int]) -> None:
        """Give left-over tender rows to the renamed items whose quantity they complete.

        They do so under the tender's own name, or as further variants of the approved one (应用服务器A, 应用服务器B).
        """
        renamed: dict[str, list[int]] = defaultdict(list)
        for left in sure:
            answer = self.right[self.answers[left][0]].name
            renamed[answer].append(left)
            if (kind := kind_of(answer)) == self.left[left].name != answer:
                renamed[kind].append(left)
        for right in free:
            name = self.right[right].name
            near = dict.fromkeys((*renamed.get(name, ()), *renamed.get(kind_of(name), ())))
            fitting = [left for left in near if self._fit(left, right) >= _COMPLETES]
            if len(fitting) == 1:
                self.answers[fitting[0]].append(right)

    def merge(self, free: Sequence[int], mine: KeyOf) -> None:
        """Give unanswered approved rows to a namesake whose answer covers what both ask for.

        Where the tender tells sub-systems apart, its row stands for the rows of its own sub-system alone, and only the
        exact sum proves that it has put two of them into one.
        """
        answered = self._grouped(self.left, self.answers, mine)
        for left in free:
            for host in answered.get(mine(self.left[left]), ()):
                lefts = [host, *(one for one, owner in self.hosts.items() if owner == host), left]
                wanted, given = _sum(self.left, lefts), _sum(self.right, self.answers[host])
                if wanted is None or given is None or given < wanted:
                    continue
                undivided = all(not self.right[one].subsystem for one in self.answers[host])
                if undivided or (given == wanted and self.left[left].subsystem == self.left[host].subsystem):
                    self.hosts[left] = host
                    break

    def _fit(self, left: int, right: int) -> int:
        """How well a further part fits: 3 completes the quantity, 2 stays below it, 1 is another package of it."""
        rights = [*self.answers[left], right]
        wanted, given = self.left[left].number, _sum(self.right, rights)
        if wanted is not None and given is not None and given <= wanted:
            return 3 if given == wanted else 2
        packages = {self.right[one].item.package for one in rights}
        apart = len(packages) == len(rights) and "" not in packages
        alike = content_likeness(self.right[self.answers[left][0]], self.right[right]) >= _ALIKE
        return int(apart and alike)

    @staticmethod
    def _grouped(profiles: Sequence[Profile], among: dict[int, list[int]], key: KeyOf) -> dict[Hashable, list[int]]:
        groups: dict[Hashable, list[int]] = defaultdict(list)
        for index in among:
            group = groups[key(profiles[index])]
            if len(group) < _NAMESAKES:
                group.append(index)
        return groups


def _sum(profiles: Sequence[Profile], indices: Sequence[int]) -> Decimal | None:
    numbers = [profiles[index].number for index in indices]
    known = [number for number in numbers if number is not None]
    return sum(known, Decimal(0)) if len(known) == len(numbers) else None
