"""What earlier contracts paid: imported line by line, asked for by names. Organisations only, no personal data."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from domain.reasonableness import EarlierPrice
from domain.reasonableness.alike import name_key
from domain.reasonableness.price_list import ContractLine
from records.models import ContractPrice

AT_A_TIME = 500
"""Values in one question: both databases allow far more, but plan long lists badly."""

MOST_PRICES = 200
"""Prices of one name a question brings, the newest: a median needs no more."""


class Contracts:
    """The prices of earlier contracts."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def recorded(self, numbers: Collection[str]) -> dict[tuple[str, int], ContractLine]:
        """Return the lines already recorded of contracts with these numbers, by contract and line."""
        found = {}
        for some in _portions(sorted(numbers)):
            wanted = select(ContractPrice).where(ContractPrice.contract_number.in_(some))
            for row in self.session.scalars(wanted):
                line = _as_line(row)
                found[line.identity] = line
        return found

    def add(self, lines: Iterable[ContractLine], source_sha256: str, at: datetime) -> None:
        """Record lines that are not recorded yet; `source_sha256` names the file they were read from."""
        rows = [
            {**vars(line), "name_key": name_key(line.item), "source_sha256": source_sha256, "recorded_at": at}
            for line in lines
        ]
        if rows:
            self.session.execute(insert(ContractPrice), rows)

    def prices_of(self, names: Collection[str], since: date) -> Mapping[str, Sequence[EarlierPrice]]:
        """Return what was paid for items with these reduced names in contracts signed since a day, newest first.

        At most `MOST_PRICES` for each name.
        """
        newest = (
            func.row_number()
            .over(
                partition_by=ContractPrice.name_key,
                order_by=(ContractPrice.signed_on.desc(), ContractPrice.id.desc()),
            )
            .label("newest")
        )
        found: dict[str, list[EarlierPrice]] = defaultdict(list)
        for some in _portions(sorted(names)):
            belongs = ContractPrice.name_key.in_(some) & (ContractPrice.signed_on >= since)
            ranked = select(ContractPrice.id, newest).where(belongs).subquery()
            wanted = select(ContractPrice).join(ranked, ranked.c.id == ContractPrice.id)
            wanted = wanted.where(ranked.c.newest <= MOST_PRICES)
            wanted = wanted.order_by(ContractPrice.signed_on.desc(), ContractPrice.id.desc())
            for row in self.session.scalars(wanted):
                found[row.name_key].append(_as_price(row))
        return found

    def count(self) -> int:
        """Return how many lines there are."""
        return self.session.scalar(select(func.count()).select_from(ContractPrice)) or 0


def _portions(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), AT_A_TIME):
        yield values[start : start + AT_A_TIME]


def _as_line(row: ContractPrice) -> ContractLine:
    return ContractLine(**{name: getattr(row, name) for name in ContractLine.__dataclass_fields__})


def _as_price(row: ContractPrice) -> EarlierPrice:
    return EarlierPrice(
        project_name=row.project_name,
        contract_number=row.contract_number,
        item=row.item,
        specification=row.specification,
        unit=row.unit,
        unit_price_fen=row.unit_price_fen,
        quantity=Decimal(row.quantity) if row.quantity else None,
        tax=row.tax,
        signed_on=row.signed_on,
    )
