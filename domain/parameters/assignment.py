"""The best one-to-one assignment over a sparse set of scored candidates.

Successive shortest augmenting paths with prices (Jonker and Volgenant's method on an adjacency list): the total score
is the highest possible, and a pair outside the given set is never chosen.
"""

import heapq
from collections.abc import Mapping, Sequence

Candidates = Mapping[int, Sequence[tuple[int, float]]]
"""For each left index, its possible right indices with a score between 0 and 1."""


def assign(candidates: Candidates) -> dict[int, int]:
    """Choose at most one right index for each left index, and each right index at most once."""
    solver = _Solver(candidates)
    for left in candidates:
        solver.place(left)
    return {left: right for left, right in sorted(solver.chosen.items()) if right >= 0}


class _Solver:
    def __init__(self, candidates: Candidates) -> None:
        # A private dummy of score 0 lets a left index stay alone; negative numbers never clash with real indices.
        self.edges = {
            left: [*((right, 1.0 - score) for right, score in scored), (-1 - left, 1.0)]
            for left, scored in candidates.items()
        }
        self.chosen: dict[int, int] = {}
        self.holder: dict[int, int] = {}
        self.left_price = dict.fromkeys(self.edges, 0.0)
        self.right_price: dict[int, float] = {}

    def place(self, start: int) -> None:
        """Give `start` a partner along the cheapest chain of exchanges."""
        came_from: dict[int, int] = {}
        settled: dict[int, float] = {}
        free = self._search(start, came_from, settled)
        length = settled.pop(free)
        self.left_price[start] += length
        for right, distance in settled.items():
            self.right_price[right] = self.right_price.get(right, 0.0) + distance - length
            self.left_price[self.holder[right]] += length - distance
        moved: int | None = free
        while moved is not None:
            left = came_from[moved]
            following = self.chosen.get(left)
            self.chosen[left], self.holder[moved] = moved, left
            moved = following

    def _search(self, start: int, came_from: dict[int, int], settled: dict[int, float]) -> int:
        """Find the nearest free right index; fills the way there and the distances of those passed."""
        best: dict[int, float] = {}
        queue: list[tuple[float, int]] = []
        left, base = start, 0.0
        while True:
            for right, cost in self.edges[left]:
                reach = base + cost - self.left_price[left] - self.right_price.get(right, 0.0)
                if right not in settled and reach < best.get(right, float("inf")):
                    best[right], came_from[right] = reach, left
                    heapq.heappush(queue, (reach, right))
            base, right = heapq.heappop(queue)
            while right in settled:
                base, right = heapq.heappop(queue)
            settled[right] = base
            if right not in self.holder:
                return right
            left = self.holder[right]
