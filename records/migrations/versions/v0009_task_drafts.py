"""Drafts of forms that people have not submitted yet."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WHOLE_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table of drafts."""
    op.create_table(
        "task_draft",
        sa.Column("task_key", WHOLE_NUMBER, autoincrement=False, nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("task_key", "username", name="pk_task_draft"),
    )
    op.create_index("ix_task_draft_saved_at", "task_draft", ["saved_at"])
