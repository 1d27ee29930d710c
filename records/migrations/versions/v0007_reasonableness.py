"""The reasonableness check (Article 18): hints of each round, earlier contracts, keys by which items are alike."""

import json

import sqlalchemy as sa
from alembic import op

from domain.documents.table import Item
from domain.plain import from_plain
from domain.reasonableness.alike import content_key, name_key

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

WHOLE_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
ROWS = ("baseline_row", "tender_row")
AT_A_TIME = 1000


def upgrade() -> None:
    """Create both tables; give the rows read so far their keys."""
    _create_hints()
    _create_contract_prices()
    for table in ROWS:
        for column in ("name_key", "content_key"):
            op.add_column(table, sa.Column(column, sa.Text(), nullable=False, server_default=""))
        _fill(table)
        for column in ("name_key", "content_key"):
            if op.get_bind().dialect.name == "postgresql":
                op.alter_column(table, column, server_default=None)
            op.create_index(f"ix_{table}_{column}", table, [column])


def _create_hints() -> None:
    op.create_table(
        "reasonableness_hint",
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("review_id", WHOLE_NUMBER, nullable=False),
        sa.Column("round", WHOLE_NUMBER, nullable=False),
        sa.Column("position", WHOLE_NUMBER, nullable=False),
        sa.Column("hint_id", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("subsystem", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("parameter", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved", sa.Text(), nullable=False),
        sa.Column("tender", sa.Text(), nullable=False),
        sa.Column("approved_ref", sa.Text(), nullable=False),
        sa.Column("tender_ref", sa.Text(), nullable=False),
        sa.Column("figure", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("informs", sa.Boolean(), nullable=False),
        sa.Column("carried_over", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.CheckConstraint("answer IN ('upheld', 'dismissed')", name="ck_reasonableness_hint_answer_is_known"),
        sa.ForeignKeyConstraint(
            ["review_id"], ["parameter_review.id"], name="fk_reasonableness_hint_review_id_parameter_review"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reasonableness_hint"),
        sa.UniqueConstraint("review_id", "round", "hint_id", name="uq_reasonableness_hint_review_id_round_hint_id"),
        sa.UniqueConstraint("review_id", "round", "position", name="uq_reasonableness_hint_review_id_round_position"),
    )


def _create_contract_prices() -> None:
    op.create_table(
        "contract_price",
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("project_code", sa.Text(), nullable=False),
        sa.Column("project_name", sa.Text(), nullable=False),
        sa.Column("contract_number", sa.Text(), nullable=False),
        sa.Column("line", WHOLE_NUMBER, nullable=False),
        sa.Column("supplier", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("specification", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("unit_price_fen", WHOLE_NUMBER, nullable=False),
        sa.Column("quantity", sa.Text(), nullable=False),
        sa.Column("tax", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("source_sha256", sa.Text(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.CheckConstraint("unit_price_fen > 0", name="ck_contract_price_unit_price_is_positive"),
        sa.CheckConstraint("tax IN ('含税', '不含税')", name="ck_contract_price_tax_is_known"),
        sa.PrimaryKeyConstraint("id", name="pk_contract_price"),
        sa.UniqueConstraint("contract_number", "line", name="uq_contract_price_contract_number_line"),
    )
    op.create_index("ix_contract_price_name_key_signed_on", "contract_price", ["name_key", "signed_on"])


def _fill(table: str) -> None:
    """Work through the rows in stretches of their ids, so that a large registry is never in memory at once."""
    connection = op.get_bind()
    rows = sa.table(table, *(sa.column(name) for name in ("id", "content", "name_key", "content_key")))
    last = 0
    while True:
        wanted = sa.select(rows.c.id, rows.c.content).where(rows.c.id > last).order_by(rows.c.id).limit(AT_A_TIME)
        found = connection.execute(wanted).all()
        if not found:
            return
        last = found[-1].id
        change = sa.update(rows).where(rows.c.id == sa.bindparam("row_id"))
        change = change.values(name_key=sa.bindparam("named"), content_key=sa.bindparam("contained"))
        connection.execute(change, [_keys(row.id, row.content) for row in found])


def _keys(row_id: int, content: object) -> dict[str, object]:
    item = from_plain(Item, json.loads(content) if isinstance(content, str) else content)
    return {"row_id": row_id, "named": name_key(item.name), "contained": content_key(item)}
