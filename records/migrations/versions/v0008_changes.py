"""Changes during procurement (Article 18): what a review of a change is about, and what each row said when agreed."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

WHOLE_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table of changes; give findings the text that was agreed last."""
    op.add_column("parameter_finding", sa.Column("agreed", sa.Text(), nullable=True))
    op.create_table(
        "parameter_change",
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("review_id", WHOLE_NUMBER, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("notice_number", sa.Text(), nullable=False),
        sa.Column("notice_date", sa.Date(), nullable=False),
        sa.Column("agreed_review_id", WHOLE_NUMBER, nullable=False),
        sa.Column("agreed_round", WHOLE_NUMBER, nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["parameter_review.id"], name="fk_parameter_change_review_id_parameter_review"
        ),
        sa.ForeignKeyConstraint(
            ["agreed_review_id"], ["parameter_review.id"], name="fk_parameter_change_agreed_review_id_parameter_review"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_parameter_change"),
        sa.UniqueConstraint("review_id", name="uq_parameter_change_review_id"),
    )
    op.create_index("ix_parameter_change_agreed_review_id", "parameter_change", ["agreed_review_id"])
