"""Technical parameter review (Article 18): tables compared, reviews, findings, opinions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

WHOLE_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "baseline_table",
        sa.Column("project_id", WHOLE_NUMBER, nullable=False),
        sa.Column("version", WHOLE_NUMBER, nullable=False),
        sa.Column("superseded_at", MOMENT, nullable=True),
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("document_id", WHOLE_NUMBER, nullable=False),
        sa.Column("items_sha256", sa.Text(), nullable=False),
        sa.Column("total_fen", WHOLE_NUMBER, nullable=False),
        sa.Column("surroundings", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_baseline_table_document_id_document"),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_baseline_table_project_id_project"),
        sa.PrimaryKeyConstraint("id", name="pk_baseline_table"),
        sa.UniqueConstraint("project_id", "version", name="uq_baseline_table_project_id_version"),
    )
    op.create_index("ix_baseline_table_document_id", "baseline_table", ["document_id"])
    op.create_table(
        "baseline_row",
        sa.Column("table_id", WHOLE_NUMBER, nullable=False),
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("position", WHOLE_NUMBER, nullable=False),
        sa.Column("package", sa.Text(), nullable=False),
        sa.Column("subsystem", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("amount_fen", WHOLE_NUMBER, nullable=True),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["table_id"], ["baseline_table.id"], name="fk_baseline_row_table_id_baseline_table"),
        sa.PrimaryKeyConstraint("id", name="pk_baseline_row"),
        sa.UniqueConstraint("table_id", "position", name="uq_baseline_row_table_id_position"),
    )
    op.create_table(
        "parameter_review",
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("process_instance_key", WHOLE_NUMBER, nullable=False),
        sa.Column("project_id", WHOLE_NUMBER, nullable=False),
        sa.Column("package", sa.Text(), nullable=False),
        sa.Column("approval_number", sa.Text(), nullable=False),
        sa.Column("approval_date", sa.Date(), nullable=True),
        sa.Column("submitted_by", sa.Text(), nullable=False),
        sa.Column("round", WHOLE_NUMBER, nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("conclusion", sa.String(32), nullable=True),
        sa.Column("baseline_table_id", WHOLE_NUMBER, nullable=True),
        sa.Column("opinion_document_id", WHOLE_NUMBER, nullable=True),
        sa.Column("published_document_id", WHOLE_NUMBER, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["baseline_table_id"], ["baseline_table.id"], name="fk_parameter_review_baseline_table_id_baseline_table"
        ),
        sa.ForeignKeyConstraint(
            ["opinion_document_id"], ["document.id"], name="fk_parameter_review_opinion_document_id_document"
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name="fk_parameter_review_project_id_project"),
        sa.ForeignKeyConstraint(
            ["published_document_id"], ["document.id"], name="fk_parameter_review_published_document_id_document"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_parameter_review"),
        sa.UniqueConstraint("process_instance_key", name="uq_parameter_review_process_instance_key"),
    )
    op.create_index("ix_parameter_review_baseline_table_id", "parameter_review", ["baseline_table_id"])
    op.create_index("ix_parameter_review_opinion_document_id", "parameter_review", ["opinion_document_id"])
    op.create_index("ix_parameter_review_project_id_id", "parameter_review", ["project_id", "id"])
    op.create_index("ix_parameter_review_published_document_id", "parameter_review", ["published_document_id"])
    op.create_table(
        "parameter_finding",
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("review_id", WHOLE_NUMBER, nullable=False),
        sa.Column("round", WHOLE_NUMBER, nullable=False),
        sa.Column("position", WHOLE_NUMBER, nullable=False),
        sa.Column("finding_id", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("subsystem", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("tender_item", sa.Text(), nullable=False),
        sa.Column("parameter", sa.Text(), nullable=False),
        sa.Column("approved", sa.Text(), nullable=False),
        sa.Column("tender", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("approved_ref", sa.Text(), nullable=False),
        sa.Column("tender_ref", sa.Text(), nullable=False),
        sa.Column("convention", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("carried_over", sa.Boolean(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=True),
        sa.Column("disposition", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["review_id"], ["parameter_review.id"], name="fk_parameter_finding_review_id_parameter_review"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_parameter_finding"),
        sa.UniqueConstraint("review_id", "round", "finding_id", name="uq_parameter_finding_review_id_round_finding_id"),
        sa.UniqueConstraint("review_id", "round", "position", name="uq_parameter_finding_review_id_round_position"),
    )
    op.create_table(
        "reviewer_opinion",
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("review_id", WHOLE_NUMBER, nullable=False),
        sa.Column("round", WHOLE_NUMBER, nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["parameter_review.id"], name="fk_reviewer_opinion_review_id_parameter_review"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reviewer_opinion"),
    )
    op.create_index("ix_reviewer_opinion_review_id_round", "reviewer_opinion", ["review_id", "round"])
    op.create_table(
        "row_alignment",
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("review_id", WHOLE_NUMBER, nullable=False),
        sa.Column("round", WHOLE_NUMBER, nullable=False),
        sa.Column("position", WHOLE_NUMBER, nullable=False),
        sa.Column("approved", sa.JSON(), nullable=False),
        sa.Column("tendered", sa.JSON(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["parameter_review.id"], name="fk_row_alignment_review_id_parameter_review"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_row_alignment"),
        sa.UniqueConstraint("review_id", "round", "position", name="uq_row_alignment_review_id_round_position"),
    )
    op.create_table(
        "tender",
        sa.Column("review_id", WHOLE_NUMBER, nullable=False),
        sa.Column("round", WHOLE_NUMBER, nullable=False),
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("document_id", WHOLE_NUMBER, nullable=False),
        sa.Column("items_sha256", sa.Text(), nullable=False),
        sa.Column("total_fen", WHOLE_NUMBER, nullable=False),
        sa.Column("surroundings", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_tender_document_id_document"),
        sa.ForeignKeyConstraint(["review_id"], ["parameter_review.id"], name="fk_tender_review_id_parameter_review"),
        sa.PrimaryKeyConstraint("id", name="pk_tender"),
        sa.UniqueConstraint("review_id", "round", name="uq_tender_review_id_round"),
    )
    op.create_index("ix_tender_document_id", "tender", ["document_id"])
    op.create_table(
        "tender_row",
        sa.Column("table_id", WHOLE_NUMBER, nullable=False),
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("position", WHOLE_NUMBER, nullable=False),
        sa.Column("package", sa.Text(), nullable=False),
        sa.Column("subsystem", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("amount_fen", WHOLE_NUMBER, nullable=True),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["table_id"], ["tender.id"], name="fk_tender_row_table_id_tender"),
        sa.PrimaryKeyConstraint("id", name="pk_tender_row"),
        sa.UniqueConstraint("table_id", "position", name="uq_tender_row_table_id_position"),
    )
