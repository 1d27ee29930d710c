"""Rows under one merged price: what answers them is compared with the price of all of them together."""

from collections import defaultdict
from collections.abc import Hashable, Sequence

from domain.documents.amounts import SHARED
from domain.documents.table import Item, ParameterTable
from domain.parameters.align import Alignment, ItemMatch


def priced_together(approved: ParameterTable, tender: ParameterTable, alignment: Alignment) -> list[list[ItemMatch]]:
    """Put the answered matches into groups, in their order: one each, or all whose rows share a merged price."""
    groups: dict[int, list[ItemMatch]] = {}
    owner: dict[Hashable, int] = {}
    prices = (_shared_prices(approved.items), _shared_prices(tender.items))
    for position, match in enumerate(alignment.matches):
        if not match.approved or not match.tender:
            continue
        keys = [(0, prices[0][row]) for row in match.approved if row in prices[0]]
        keys += [(1, prices[1][row]) for row in match.tender if row in prices[1]]
        joined = sorted({owner[key] for key in keys if key in owner})
        first = joined[0] if joined else position
        held = groups.setdefault(first, [])
        for other in joined[1:]:
            held.extend(groups.pop(other))
            owner.update({key: first for key, group in owner.items() if group == other})
        held.append(match)
        owner.update(dict.fromkeys(keys, first))
    return list(groups.values())


def _shared_prices(items: Sequence[Item]) -> dict[int, str]:
    """For each row under a price merged over several rows, the place of that price."""
    rows: dict[str, list[int]] = defaultdict(list)
    shared = {item.total.place for item in items if item.total is not None and item.total.text == SHARED}
    for position, item in enumerate(items):
        if item.total is not None and item.total.place in shared:
            rows[item.total.place].append(position)
    return {position: place for place, held in rows.items() for position in held}
