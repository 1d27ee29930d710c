"""A list of quantities and the parameter tables that belong to it, joined into one item each.

Tenders often list names, quantities and prices in one table and give every device a parameter table of its own.
"""

from collections import defaultdict

from domain.documents.progress import Draft
from domain.text import key


def join_parts(drafts: list[Draft]) -> list[Draft]:
    """Put the parameters of a bare parameter table under the one listed row of the same name that has none."""
    listed: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if _is_listed(draft):
            listed[key(draft.name)].append(draft)
    kept = []
    for draft in drafts:
        rows = listed.get(key(draft.name), [])
        if _is_described(draft) and len(rows) == 1 and not rows[0].parameters:
            rows[0].parameters = draft.parameters
        else:
            kept.append(draft)
    return kept


def _is_listed(draft: Draft) -> bool:
    return not draft.parameters and (draft.quantity is not None or draft.total is not None)


def _is_described(draft: Draft) -> bool:
    prices = (draft.quantity, draft.unit_price, draft.total)
    return bool(draft.parameters) and all(price is None for price in prices)
