"""What the registry knows that a tender's reasonableness is judged by: earlier contracts, other projects' items."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from domain.documents import ParameterTable
from domain.formats import CHINA
from domain.parameters.rules import Rules
from domain.reasonableness import (
    Criteria,
    EarlierItem,
    EarlierPrice,
    Hint,
    check_contract_prices,
    check_duplicates,
    check_split,
    priced_items,
)
from domain.reasonableness.alike import content_key, name_keys
from domain.reasonableness.duplicates import is_common
from records.likenesses import Wanted
from records.models import ParameterReview
from workers.registry import Books

Names = dict[int, frozenset[str]]
"""For each item's position, the reduced names that mean the same as its own."""


@dataclass(frozen=True)
class Precedents:
    """The registry as one round looks at it.

    Attributes:
        books: the records, for reading.
        review: with its project and unit.
        rules: their dictionary says which names mean the same.
        criteria: the figures.
        today: China's date.
    """

    books: Books
    review: ParameterReview
    rules: Rules
    criteria: Criteria
    today: date

    def hints(self, tender: ParameterTable) -> Iterator[Hint]:
        """Yield the hints on prices, duplicate content and split purchases, in this order."""
        names = {at: name_keys(item.name, self.rules) for at, item in enumerate(tender.items)}
        yield from check_contract_prices(tender, self._prices(tender, names), self.today, self.criteria)
        yield from check_duplicates(tender, self._alike(tender, names), self.criteria)
        yield from check_split(tender, self.books.likenesses.purchases(self.review, self.today.year), self.criteria)

    def _prices(self, tender: ParameterTable, names: Names) -> dict[int, list[EarlierPrice]]:
        priced = priced_items(tender)
        since = date(self.today.year - self.criteria.contract_years.value, 1, 1)
        known = self.books.contracts.prices_of({name for at in priced for name in names[at]}, since)
        return {at: [price for name in sorted(names[at]) for price in known.get(name, ())] for at in priced}

    def _alike(self, tender: ParameterTable, names: Names) -> dict[int, list[EarlierItem]]:
        common = {at for at, item in enumerate(tender.items) if is_common(item.name)}
        contained = {at: content_key(item) for at, item in enumerate(tender.items)}
        wanted = Wanted(
            names={name for at, keys in names.items() if at not in common for name in keys},
            common={name for at in common for name in names[at]},
            contents={contained[at] for at in contained if contained[at] and at not in common},
        )
        oldest = self.today.year - self.criteria.duplicate_years.value
        found = self.books.likenesses.of_other_projects(
            self.review, wanted, datetime(oldest, 1, 1, tzinfo=CHINA).astimezone(UTC)
        )
        return {at: found.of(keys, contained[at]) for at, keys in names.items()}
