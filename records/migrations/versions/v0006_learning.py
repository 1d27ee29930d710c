"""What people know better than the machine: overruled findings, the dictionary of synonyms, the rules of each round."""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WHOLE_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
EMPTY = hashlib.sha256(b"[]").hexdigest()
"""The digest of a dictionary without entries, as `records.dictionary` computes it."""

PROTECTION = {
    "sqlite": [
        """CREATE TRIGGER finding_override_no_update BEFORE UPDATE ON finding_override
            BEGIN SELECT RAISE(ABORT, 'overrides are append-only'); END""",
        """CREATE TRIGGER finding_override_no_delete BEFORE DELETE ON finding_override
            BEGIN SELECT RAISE(ABORT, 'overrides are append-only'); END""",
        """CREATE TRIGGER finding_override_no_replace BEFORE INSERT ON finding_override
            WHEN EXISTS (SELECT 1 FROM finding_override WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'overrides are append-only'); END""",
    ],
    "postgresql": [
        """CREATE FUNCTION finding_override_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'overrides are append-only'; END $$""",
        """CREATE TRIGGER finding_override_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON finding_override
           FOR EACH STATEMENT EXECUTE FUNCTION finding_override_refuse_change()""",
    ],
}


def upgrade() -> None:
    """Create the tables and what findings get beside them."""
    op.add_column("parameter_finding", sa.Column("overruled", sa.Text(), nullable=True))
    op.add_column("parameter_finding", sa.Column("kind", sa.Text(), server_default="一致性", nullable=False))
    _create_overrides()
    _create_dictionary()
    _create_round_rules()


def _create_overrides() -> None:
    op.create_table(
        "finding_override",
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("review_id", WHOLE_NUMBER, nullable=False),
        sa.Column("round", WHOLE_NUMBER, nullable=False),
        sa.Column("finding_id", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("verdict_before", sa.Text(), nullable=False),
        sa.Column("verdict_after", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("element_instance_key", WHOLE_NUMBER, nullable=False),
        sa.Column("carried_from", WHOLE_NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["review_id"], ["parameter_review.id"], name="fk_finding_override_review_id_parameter_review"
        ),
        sa.ForeignKeyConstraint(
            ["carried_from"], ["finding_override.id"], name="fk_finding_override_carried_from_finding_override"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_finding_override"),
    )
    op.create_index("ix_finding_override_carried_from", "finding_override", ["carried_from"])
    op.create_index("ix_finding_override_review_id_round", "finding_override", ["review_id", "round"])
    for statement in PROTECTION[op.get_bind().dialect.name]:
        op.execute(sa.text(statement))


def _create_dictionary() -> None:
    op.create_table(
        "synonym_suggestion",
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("first_key", sa.Text(), nullable=False),
        sa.Column("second_key", sa.Text(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("confirmations", WHOLE_NUMBER, nullable=False),
        sa.Column("first_seen_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.CheckConstraint("section IN ('items', 'names')", name="ck_synonym_suggestion_section_is_known"),
        sa.PrimaryKeyConstraint("id", name="pk_synonym_suggestion"),
        sa.UniqueConstraint(
            "section", "first_key", "second_key", name="uq_synonym_suggestion_section_first_key_second_key"
        ),
    )
    op.create_index(
        "ix_synonym_suggestion_state_confirmations_id", "synonym_suggestion", ["state", "confirmations", "id"]
    )
    op.create_table(
        "synonym_sighting",
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("suggestion_id", WHOLE_NUMBER, nullable=False),
        sa.Column("review_id", WHOLE_NUMBER, nullable=False),
        sa.Column("round", WHOLE_NUMBER, nullable=False),
        sa.Column("finding_id", sa.Text(), nullable=False),
        sa.Column("counterpart_id", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["synonym_suggestion.id"], name="fk_synonym_sighting_suggestion_id_synonym_suggestion"
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["parameter_review.id"], name="fk_synonym_sighting_review_id_parameter_review"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_synonym_sighting"),
        sa.UniqueConstraint(
            "suggestion_id", "review_id", "finding_id", name="uq_synonym_sighting_suggestion_id_review_id_finding_id"
        ),
    )
    op.create_index("ix_synonym_sighting_review_id", "synonym_sighting", ["review_id"])
    versions = op.create_table(
        "dictionary_version",
        sa.Column("number", WHOLE_NUMBER, autoincrement=False, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_dictionary_version"),
    )
    # Every installation begins with the same empty dictionary, so its version says nothing about when that was.
    began = sa.text("'1970-01-01 00:00:00.000000'" if op.get_bind().dialect.name == "sqlite" else "'1970-01-01 00:00Z'")
    op.execute(
        sa.insert(versions).values(number=0, digest=EMPTY, change="出厂词典，没有收入的词条", person="system", at=began)
    )
    op.create_table(
        "synonym_entry",
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("section", sa.Text(), nullable=False),
        sa.Column("canonical", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("suggestion_id", WHOLE_NUMBER, nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("effective_until", sa.Date(), nullable=True),
        sa.Column("added_in", WHOLE_NUMBER, nullable=False),
        sa.Column("ended_in", WHOLE_NUMBER, nullable=True),
        sa.Column("accepted_by", sa.Text(), nullable=False),
        sa.Column("accepted_at", MOMENT, nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["suggestion_id"], ["synonym_suggestion.id"], name="fk_synonym_entry_suggestion_id_synonym_suggestion"
        ),
        sa.ForeignKeyConstraint(
            ["added_in"], ["dictionary_version.number"], name="fk_synonym_entry_added_in_dictionary_version"
        ),
        sa.ForeignKeyConstraint(
            ["ended_in"], ["dictionary_version.number"], name="fk_synonym_entry_ended_in_dictionary_version"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_synonym_entry"),
    )
    op.create_index("ix_synonym_entry_added_in", "synonym_entry", ["added_in"])
    op.create_index("ix_synonym_entry_ended_in", "synonym_entry", ["ended_in"])
    op.create_index("ix_synonym_entry_suggestion_id", "synonym_entry", ["suggestion_id"])


def _create_round_rules() -> None:
    op.create_table(
        "round_rules",
        sa.Column("id", WHOLE_NUMBER, nullable=False),
        sa.Column("review_id", WHOLE_NUMBER, nullable=False),
        sa.Column("round", WHOLE_NUMBER, nullable=False),
        sa.Column("rules_version", sa.Text(), nullable=False),
        sa.Column("dictionary_version", WHOLE_NUMBER, nullable=False),
        sa.Column("dictionary_digest", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("pinned_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["parameter_review.id"], name="fk_round_rules_review_id_parameter_review"
        ),
        sa.ForeignKeyConstraint(
            ["dictionary_version"],
            ["dictionary_version.number"],
            name="fk_round_rules_dictionary_version_dictionary_version",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_round_rules"),
        sa.UniqueConstraint("review_id", "round", name="uq_round_rules_review_id_round"),
    )
    op.create_index("ix_round_rules_dictionary_version", "round_rules", ["dictionary_version"])
