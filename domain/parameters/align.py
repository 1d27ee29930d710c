"""Which rows of the tender answer which rows of the approved table, and which parameters answer which (Article 18)."""

from dataclasses import dataclass

from domain.documents.table import Item, ParameterTable
from domain.text import key


@dataclass(frozen=True, slots=True)
class ParameterMatch:
    """Two parameters that answer each other: (item index, parameter index) on either side, None where absent."""

    approved: tuple[int, int] | None
    tender: tuple[int, int] | None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class ItemMatch:
    """Rows that answer each other: several tender rows for a split, several approved rows for a merger.

    An empty side means that nothing answers. `how` says in Chinese on what the match rests.
    """

    approved: tuple[int, ...]
    tender: tuple[int, ...]
    confidence: float = 1.0
    how: str = ""
    parameters: tuple[ParameterMatch, ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """Every row of both tables exactly once, in the order of the approved table, then the additions."""

    matches: tuple[ItemMatch, ...]


def align(approved: ParameterTable, tender: ParameterTable) -> Alignment:
    """Align two tables."""
    left = {index: key(item.name) for index, item in enumerate(approved.items)}
    free = {key(item.name): index for index, item in reversed(list(enumerate(tender.items)))}
    matches = []
    for index, wanted in left.items():
        partner = free.pop(wanted, None)
        parameters = (
            () if partner is None else _parameters(approved.items[index], tender.items[partner], index, partner)
        )
        matches.append(ItemMatch((index,), () if partner is None else (partner,), 1.0, "", parameters))
    matches.extend(ItemMatch((), (index,)) for index in sorted(free.values()))
    return Alignment(tuple(matches))


def _parameters(approved: Item, tender: Item, left: int, right: int) -> tuple[ParameterMatch, ...]:
    longest = max(len(approved.parameters), len(tender.parameters))
    return tuple(
        ParameterMatch(
            (left, order) if order < len(approved.parameters) else None,
            (right, order) if order < len(tender.parameters) else None,
        )
        for order in range(longest)
    )
