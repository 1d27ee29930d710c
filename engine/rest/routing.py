"""Finding the operation behind a method and a path, in time that grows with the path and not with the API."""

from dataclasses import dataclass, field
from typing import Final

from engine.rest.catalogue import CATALOGUE, Place


@dataclass(slots=True)
class _Branch:
    literal: dict[str, "_Branch"] = field(default_factory=dict)
    parameter: "_Branch | None" = None
    places: dict[str, tuple[Place, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """An operation and the values that its path carries, by parameter name, still undecoded text."""

    place: Place
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class WrongMethod:
    """A path of the API that does not know the method; `allowed` are those it knows."""

    allowed: tuple[str, ...]


class Router:
    """Matches `/user-tasks/123/completion` and the like; a literal segment wins over a parameter."""

    def __init__(self, places: dict[str, Place]) -> None:
        self._root = _Branch()
        for place in places.values():
            self._add(place)

    def find(self, method: str, path: str) -> Found | WrongMethod | None:
        """Return the operation for a path below `/v2`, the methods allowed there, or None for an unknown path."""
        known: dict[str, None] = {}
        segments = path.strip("/").split("/")
        for branch, values in self._ends(self._root, segments, ()):
            if method in branch.places:
                place, names = branch.places[method]
                return Found(place, dict(zip(names, values, strict=True)))
            known.update(dict.fromkeys(branch.places))
        return WrongMethod(tuple(known)) if known else None

    def _add(self, place: Place) -> None:
        branch, names = self._root, []
        for segment in place.path.strip("/").split("/"):
            if segment.startswith("{"):
                names.append(segment[1:-1])
                branch.parameter = branch.parameter or _Branch()
                branch = branch.parameter
            else:
                branch = branch.literal.setdefault(segment, _Branch())
        branch.places[place.method] = (place, tuple(names))

    def _ends(
        self, branch: _Branch, segments: list[str], values: tuple[str, ...]
    ) -> list[tuple[_Branch, tuple[str, ...]]]:
        if not segments:
            return [(branch, values)] if branch.places else []
        head, *rest = segments
        ends = []
        if head in branch.literal:
            ends += self._ends(branch.literal[head], rest, values)
        if branch.parameter and head:
            ends += self._ends(branch.parameter, rest, (*values, head))
        return ends


ROUTER: Final = Router(CATALOGUE)
"""Routes every operation of the catalogue, served or not."""
