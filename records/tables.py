"""Approved and tendered tables: stored as they were read, given back as the rules know them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from domain.documents.table import Item, ParameterTable
from domain.plain import from_plain, to_plain
from domain.reasonableness.alike import content_key, name_key
from records.canonical import canonical_json, sha256_hex
from records.models import BaselineRow, BaselineTable, Document, Project, RowAlignment, Tender, TenderRow


class Tables:
    """The tables of projects and reviews."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def store_baseline(self, project_id: int, document: Document, table: ParameterTable, at: datetime) -> BaselineTable:
        """Store an approved table as the project's current baseline; the same items again are the same version."""
        self.session.execute(select(Project.id).where(Project.id == project_id).with_for_update())
        current = self.current_baseline(project_id)
        contents, items_sha256 = _contents(table)
        if current is not None and current.items_sha256 == items_sha256:
            return current
        newest = select(func.max(BaselineTable.version)).where(BaselineTable.project_id == project_id)
        stored = BaselineTable(
            project_id=project_id,
            version=(self.session.scalar(newest) or 0) + 1,
            document_id=document.id,
            items_sha256=items_sha256,
            total_fen=table.total_fen,
            surroundings=_surroundings(table),
            created_at=at,
        )
        if current is not None:
            current.superseded_at = at
        self.session.add(stored)
        self._add_rows(BaselineRow, stored, table, contents)
        return stored

    def store_tender(
        self, review_id: int, review_round: int, document: Document, table: ParameterTable, at: datetime
    ) -> Tender:
        """Store the tender of one round of a review."""
        contents, items_sha256 = _contents(table)
        stored = Tender(
            review_id=review_id,
            round=review_round,
            document_id=document.id,
            items_sha256=items_sha256,
            total_fen=table.total_fen,
            surroundings=_surroundings(table),
            created_at=at,
        )
        self.session.add(stored)
        self._add_rows(TenderRow, stored, table, contents)
        return stored

    def current_baseline(self, project_id: int) -> BaselineTable | None:
        """Return the project's approved table that nothing has superseded."""
        belongs = (BaselineTable.project_id == project_id) & BaselineTable.superseded_at.is_(None)
        return self.session.scalars(select(BaselineTable).where(belongs)).one_or_none()

    def baseline(self, baseline_id: int) -> BaselineTable:
        """Return an approved table, superseded or not."""
        return self.session.get_one(BaselineTable, baseline_id)

    def tender(self, review_id: int, review_round: int) -> Tender | None:
        """Return the tender of one round of a review."""
        belongs = (Tender.review_id == review_id) & (Tender.round == review_round)
        return self.session.scalars(select(Tender).where(belongs)).one_or_none()

    def totals(self, baseline_id: int | None, review_id: int, review_round: int) -> tuple[int | None, int | None]:
        """Return the sums in fen of an approved table and of a round's tender; None for what is not read yet."""
        approved = select(BaselineTable.total_fen).where(BaselineTable.id == baseline_id).scalar_subquery()
        belongs = (Tender.review_id == review_id) & (Tender.round == review_round)
        tendered = select(Tender.total_fen).where(belongs).scalar_subquery()
        approved_fen, tendered_fen = self.session.execute(select(approved, tendered)).one()
        return approved_fen, tendered_fen

    def files(
        self, baseline_id: int | None, review_id: int, review_round: int
    ) -> tuple[Document | None, Document | None]:
        """Return the documents that a baseline and a round's tender were read from; None for what is not read yet."""
        of_baseline = select(Document).join(BaselineTable, BaselineTable.document_id == Document.id)
        of_tender = select(Document).join(Tender, Tender.document_id == Document.id)
        belongs = (Tender.review_id == review_id) & (Tender.round == review_round)
        approved = self.session.scalars(of_baseline.where(BaselineTable.id == baseline_id)).one_or_none()
        return approved, self.session.scalars(of_tender.where(belongs)).one_or_none()

    def baseline_content(self, baseline_id: int) -> ParameterTable:
        """Return an approved table as the reader gave it."""
        return self._content(self.session.get_one(BaselineTable, baseline_id), BaselineRow)

    def tender_content(self, review_id: int, review_round: int) -> ParameterTable:
        """Return the tender of one round as the reader gave it.

        Raises:
            LookupError: the round has no tender yet.
        """
        tender = self.tender(review_id, review_round)
        if tender is None:
            raise LookupError(f"Review {review_id} has no tender in round {review_round}")
        return self._content(tender, TenderRow)

    def surroundings(self, stored: BaselineTable | Tender) -> ParameterTable:
        """Return a table without its rows: its prose, printed sums and the reader's notices."""
        return from_plain(ParameterTable, stored.surroundings)

    def store_alignment(self, review_id: int, review_round: int, alignment: Sequence[dict[str, Any]]) -> None:
        """Store which rows stand against which; each entry has `approved`, `tendered`, `confidence` and `note`."""
        for position, entry in enumerate(alignment):
            self.session.add(RowAlignment(review_id=review_id, round=review_round, position=position, **entry))
        self.session.flush()

    def alignment(self, review_id: int, review_round: int) -> Sequence[RowAlignment]:
        """Return the alignment of one round, in order."""
        belongs = (RowAlignment.review_id == review_id) & (RowAlignment.round == review_round)
        return self.session.scalars(select(RowAlignment).where(belongs).order_by(RowAlignment.position)).all()

    def _content(self, stored: BaselineTable | Tender, rows: type[BaselineRow | TenderRow]) -> ParameterTable:
        contents = self.session.scalars(select(rows.content).where(rows.table_id == stored.id).order_by(rows.position))
        items = tuple(from_plain(Item, content) for content in contents)
        return replace(self.surroundings(stored), items=items)

    def _add_rows(
        self,
        rows: type[BaselineRow | TenderRow],
        stored: BaselineTable | Tender,
        table: ParameterTable,
        contents: list[dict[str, Any]],
    ) -> None:
        self.session.flush()
        values = [
            {
                "table_id": stored.id,
                "position": position,
                "package": item.package,
                "subsystem": item.subsystem,
                "item": item.name,
                "amount_fen": item.amount_fen,
                "ref": item.place,
                "content": content,
                "name_key": name_key(item.name),
                "content_key": content_key(item),
            }
            for position, (item, content) in enumerate(zip(table.items, contents, strict=True))
        ]
        if values:
            self.session.execute(insert(rows), values)


def _contents(table: ParameterTable) -> tuple[list[dict[str, Any]], str]:
    contents = [to_plain(item) for item in table.items]
    return contents, sha256_hex(canonical_json(contents).encode())


def _surroundings(table: ParameterTable) -> dict[str, Any]:
    surroundings: dict[str, Any] = to_plain(replace(table, items=()))
    return surroundings
