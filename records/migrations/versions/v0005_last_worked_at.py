"""When a project was last worked on, so that lists of projects are sorted by an index; reviews by their state."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WORKED_ON = """UPDATE project SET last_worked_at = COALESCE(
    (SELECT MAX(updated_at) FROM parameter_review WHERE parameter_review.project_id = project.id), created_at)"""


def upgrade() -> None:
    """Add the column, fill it from the reviews, and index both."""
    # SQLite adds a column that must not be empty only with a default; every row gets its own value at once.
    op.add_column("project", sa.Column("last_worked_at", MOMENT, nullable=False, server_default="1970-01-01 00:00:00"))
    op.execute(WORKED_ON)
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("project", "last_worked_at", server_default=None)
    op.create_index("ix_project_last_worked_at_id", "project", ["last_worked_at", "id"])
    op.create_index("ix_parameter_review_state", "parameter_review", ["state"])
