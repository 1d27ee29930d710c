"""Where a correction belongs in the requirement that was agreed: the parameter, quantity or price it changes.

Nothing is guessed: what was there before must stand in exactly one place, or the correction is not placed at all.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from domain.documents.clauses import split_parameters
from domain.documents.corrections import Correction
from domain.documents.fields import read_money, read_quantity
from domain.documents.grid import Cell
from domain.documents.table import Clause, Item, Money, Parameter
from domain.money import find_amounts, tax_wording, unit_in
from domain.parameters.names import item_key
from domain.parameters.phrases import phrase, phrases
from domain.parameters.rewording import name_of, rewritten, standing
from domain.parameters.rules import Rules
from domain.text import key, plain

At = tuple[int, int]


class Placing:
    """The rows of the agreed requirement while corrections are written into them.

    Args:
        items: of the agreed requirement, or as changed so far; afterwards `rows` has them, None where one was dropped.
        clauses: its prose.
        mark: says of a place that it is one of the change document.
    """

    def __init__(
        self, items: Sequence[Item | None], clauses: Sequence[Clause], mark: Callable[[str], str], rules: Rules
    ) -> None:
        self.rows: list[Item | None] = list(items)
        self.clauses = list(clauses)
        self._mark = mark
        self._rules = rules

    def place(self, correction: Correction) -> bool:
        """Write a correction in; False, and nothing is written, when it has no one place."""
        if not correction.is_read:
            return False
        named = self._named(correction)
        words = f"{correction.subject} {correction.parameter}"
        if phrase("quantity_name").search(words):
            return self._place_quantity(correction, named)
        if phrase("corrected_money").search(words):
            return self._place_money(correction, named, words)
        before = [one.text for one in split_parameters(correction.before, "")]
        after = self._stated(correction)
        if before:
            return self._place_parameters(before, after, correction, named)
        return self._append(after, named)

    def home(self, correction: Correction) -> int | None:
        """The one row that a correction belongs to: the one it names, else the one its former wording stands in."""
        named = self._named(correction)
        if len(named) == 1:
            return named[0]
        before = [one.text for one in split_parameters(correction.before, "")]
        words = key(f"{correction.subject} {correction.parameter}")
        within = named or [index for index, _ in self._items()]
        hits = [index for index in within if before and self._locate(self._row(index), before, words)]
        return hits[0] if len(hits) == 1 else None

    def _stated(self, correction: Correction) -> tuple[Parameter, ...]:
        if plain(correction.after) in phrases("dropped"):
            return ()
        return split_parameters(correction.after, self._mark(correction.place))

    def _items(self) -> Iterator[tuple[int, Item]]:
        return ((index, item) for index, item in enumerate(self.rows) if item is not None)

    def _named(self, correction: Correction) -> list[int]:
        """The rows that a correction names: the longest names win, a sub-system told narrows them."""
        words = key(f"{correction.item} {correction.subject}")
        own = item_key(correction.item, self._rules) if correction.item else None
        found = {
            index: key(item.name)
            for index, item in self._items()
            if (own is not None and item_key(item.name, self._rules) == own)
            or (len(key(item.name)) > 1 and key(item.name) in words)
        }
        longest = [
            index
            for index, name in found.items()
            if not any(name != other and name in other for other in found.values())
        ]
        within = [index for index in longest if (place := key(self._row(index).subsystem)) and place in words]
        return within or longest

    def _row(self, index: int) -> Item:
        item = self.rows[index]
        if item is None:
            raise LookupError(f"Row {index} has been dropped")
        return item

    def _place_quantity(self, correction: Correction, named: list[int]) -> bool:
        if len(named) != 1 or not correction.after:
            return False
        item = self._row(named[0])
        unit = item.quantity.unit if item.quantity else ""
        before = read_quantity(Cell(correction.before, ""), unit)
        if item.quantity is None or before is None or before.number != item.quantity.number:
            return False
        after = read_quantity(Cell(correction.after, self._mark(correction.place)), unit)
        # The printed total was of the old quantity; the new one follows from the unit price.
        self.rows[named[0]] = replace(item, quantity=after, total=None if item.unit_price else item.total)
        return True

    def _place_money(self, correction: Correction, named: list[int], words: str) -> bool:
        if not named and phrase("corrected_budget").search(words):
            return self._place_budget(correction, words)
        if len(named) != 1:
            return False
        item = self._row(named[0])
        is_unit_price = "单价" in words
        current = item.unit_price if is_unit_price else item.total
        if current is None or _fen(correction.before, unit_in(words)) != current.fen:
            return False
        new = self._money(correction, words, current)
        if is_unit_price:
            self.rows[named[0]] = replace(item, unit_price=new, total=None if item.quantity else item.total)
        else:
            self.rows[named[0]] = replace(item, total=new, unit_price=None)
        return True

    def _money(self, correction: Correction, words: str, current: Money) -> Money:
        cell = Cell(correction.after, self._mark(correction.place))
        tax = tax_wording(f"{words} {correction.after}") or current.tax
        return read_money(cell, unit_in(words), tax) or Money(correction.after, None, cell.place, tax)

    def _place_budget(self, correction: Correction, words: str) -> bool:
        if _fen(correction.after, unit_in(words)) is None:
            return False
        before = plain(correction.before)
        self.clauses = [
            one
            for one in self.clauses
            if not (phrase("corrected_budget").search(one.text) and before in plain(one.text))
        ]
        text = correction.after if unit_in(correction.after) else f"{correction.after}{unit_in(words)}"
        self.clauses.append(Clause(f"采购预算金额：{text}", self._mark(correction.place)))
        return True

    def _append(self, after: tuple[Parameter, ...], named: list[int]) -> bool:
        if len(named) != 1 or not after:
            return False
        item = self._row(named[0])
        self.rows[named[0]] = replace(item, parameters=(*item.parameters, *after))
        return True

    def _place_parameters(
        self, before: list[str], after: tuple[Parameter, ...], correction: Correction, named: list[int]
    ) -> bool:
        within = named or [index for index, _ in self._items()]
        words = key(f"{correction.subject} {correction.parameter}")
        hits = [(index, found) for index in within if (found := self._locate(self._row(index), before, words))]
        if not hits and not after:
            return self._drop_item(before, named)
        if len(hits) != 1:
            return False
        index, found = hits[0]
        item = self._row(index)
        if len(before) == len(after):
            new = [rewritten(item.parameters[at], old, one) for at, old, one in zip(found, before, after, strict=True)]
        else:
            new = list(after)
        kept = [one for order, one in enumerate(item.parameters) if order not in found]
        start = sum(order not in found for order in range(found[0]))
        self.rows[index] = replace(item, parameters=(*kept[:start], *new, *kept[start:]))
        return True

    def _drop_item(self, before: list[str], named: list[int]) -> bool:
        told = [index for index in named if len(before) == 1 and key(before[0]) == key(self._row(index).name)]
        if len(told) != 1:
            return False
        self.rows[told[0]] = None
        return True

    def _locate(self, item: Item, pieces: list[str], words: str) -> list[int]:
        """The parameter that each piece stands in; empty unless every one has exactly one of its own."""
        found: list[int] = []
        for piece in pieces:
            places = standing(item.parameters, piece)
            if len(places) > 1:
                named = [at for at in places if (name := key(name_of(item.parameters[at]))) and name in words]
                places = named or places
            if len(places) != 1 or places[0] in found:
                return []
            found.append(places[0])
        return found


def _fen(text: str, unit: str) -> int | None:
    amounts = find_amounts(text, unit)
    return amounts[0].fen if len(amounts) == 1 else None
