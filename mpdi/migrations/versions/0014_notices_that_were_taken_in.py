"""Files that were read, the notices they gave, their lots, observations and names; how buyers are written."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "buyer_spelling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("authority_id", sa.String(length=80), nullable=True),
        sa.Column("proposed_id", sa.String(length=80), nullable=True),
        sa.Column("likeness", sa.Double(), nullable=True),
        sa.Column("decided_by", sa.String(length=120), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_buyer_spelling")),
        sa.UniqueConstraint("key", name=op.f("uq_buyer_spelling_key")),
    )
    op.create_index(op.f("ix_buyer_spelling_authority_id"), "buyer_spelling", ["authority_id"])
    op.create_index(op.f("ix_buyer_spelling_state"), "buyer_spelling", ["state"])
    op.create_table(
        "ingested_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("parser_version", sa.String(length=12), nullable=False),
        sa.Column("rules_version", sa.String(length=12), nullable=False),
        sa.Column("notices", sa.Integer(), nullable=False),
        sa.Column("left_out", sa.Text(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingested_file")),
        sa.UniqueConstraint("digest", name=op.f("uq_ingested_file_digest")),
    )
    op.create_table(
        "notice_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("format", sa.String(length=12), nullable=False),
        sa.Column("format_version", sa.String(length=80), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("parser_version", sa.String(length=12), nullable=False),
        sa.Column("rules_version", sa.String(length=12), nullable=False),
        sa.Column("notice_id", sa.String(length=200), nullable=True),
        sa.Column("notice_version", sa.String(length=40), nullable=True),
        sa.Column("publication_id", sa.String(length=200), nullable=True),
        sa.Column("procedure_id", sa.String(length=200), nullable=True),
        sa.Column("procedure_key", sa.String(length=64), nullable=False),
        sa.Column("form_type", sa.String(length=40), nullable=True),
        sa.Column("notice_type", sa.String(length=80), nullable=True),
        sa.Column("subtype", sa.String(length=40), nullable=True),
        sa.Column("legal_basis", sa.String(length=80), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("dispatched", sa.Date(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("country", sa.String(length=3), nullable=True),
        sa.Column("buyer_name", sa.Text(), nullable=True),
        sa.Column("buyer_key", sa.String(length=200), nullable=True),
        sa.Column("buyer_number", sa.String(length=80), nullable=True),
        sa.Column("buyer_legal_type", sa.String(length=80), nullable=True),
        sa.Column("buyer_nuts", sa.String(length=12), nullable=True),
        sa.Column("buyers", sa.Integer(), nullable=False),
        sa.Column("procedure_type", sa.String(length=80), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("lots", sa.Integer(), nullable=False),
        sa.Column("results", sa.Integer(), nullable=False),
        sa.Column("contracts", sa.Integer(), nullable=False),
        sa.Column("awarded_value", sa.String(length=60), nullable=True),
        sa.Column("awarded_currency", sa.String(length=3), nullable=True),
        sa.Column("lots_max_submitted", sa.BigInteger(), nullable=True),
        sa.Column("lots_max_awarded", sa.BigInteger(), nullable=True),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("duplicate_of_id", sa.Integer(), nullable=True),
        sa.Column("whole", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["duplicate_of_id"],
            ["notice_record.id"],
            name=op.f("fk_notice_record_duplicate_of_id_notice_record"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["ingested_file.id"], name=op.f("fk_notice_record_file_id_ingested_file"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_record")),
        sa.UniqueConstraint("identity", name=op.f("uq_notice_record_identity")),
    )
    op.create_index(op.f("ix_notice_record_buyer_key"), "notice_record", ["buyer_key"])
    op.create_index("ix_notice_record_counted", "notice_record", ["is_current", "day"])
    op.create_index(op.f("ix_notice_record_duplicate_of_id"), "notice_record", ["duplicate_of_id"])
    op.create_index(op.f("ix_notice_record_file_id"), "notice_record", ["file_id"])
    op.create_index(op.f("ix_notice_record_procedure_key"), "notice_record", ["procedure_key"])
    op.create_table(
        "notice_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["notice_record.id"], name=op.f("fk_notice_link_record_id_notice_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_link")),
    )
    op.create_index("ix_notice_link_of", "notice_link", ["kind", "value"])
    op.create_index(op.f("ix_notice_link_record_id"), "notice_link", ["record_id"])
    op.create_table(
        "notice_lot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("lot", sa.String(length=200), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("nature", sa.String(length=40), nullable=True),
        sa.Column("cpv", sa.String(length=8), nullable=True),
        sa.Column("nuts", sa.String(length=12), nullable=True),
        sa.Column("estimated_value", sa.String(length=60), nullable=True),
        sa.Column("estimated_currency", sa.String(length=3), nullable=True),
        sa.Column("aims", sa.Text(), nullable=True),
        sa.Column("environmental", sa.Text(), nullable=True),
        sa.Column("social", sa.Text(), nullable=True),
        sa.Column("innovation", sa.Text(), nullable=True),
        sa.Column("gpp_criteria", sa.Text(), nullable=True),
        sa.Column("accessibility", sa.Text(), nullable=True),
        sa.Column("reserved_participation", sa.Text(), nullable=True),
        sa.Column("reserved_execution", sa.String(length=40), nullable=True),
        sa.Column("sme_suitable", sa.Boolean(), nullable=True),
        sa.Column("framework", sa.String(length=40), nullable=True),
        sa.Column("tender_deadline", sa.Date(), nullable=True),
        sa.Column("tenders", sa.BigInteger(), nullable=True),
        sa.Column("tenders_of_smes", sa.BigInteger(), nullable=True),
        sa.Column("result_statuses", sa.Text(), nullable=True),
        sa.Column("non_award_reasons", sa.Text(), nullable=True),
        sa.Column("winner_sizes", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"], ["notice_record.id"], name=op.f("fk_notice_lot_record_id_notice_record"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_lot")),
    )
    op.create_index(op.f("ix_notice_lot_record_id"), "notice_lot", ["record_id"])
    op.create_table(
        "notice_observation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=20), nullable=False),
        sa.Column("lot", sa.String(length=200), nullable=True),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("text_number", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=True),
        sa.Column("rule", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["notice_record.id"],
            name=op.f("fk_notice_observation_record_id_notice_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_observation")),
    )
    op.create_index(op.f("ix_notice_observation_label"), "notice_observation", ["label"])
    op.create_index(op.f("ix_notice_observation_record_id"), "notice_observation", ["record_id"])


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_notice_observation_record_id"), table_name="notice_observation")
    op.drop_index(op.f("ix_notice_observation_label"), table_name="notice_observation")
    op.drop_table("notice_observation")
    op.drop_index(op.f("ix_notice_lot_record_id"), table_name="notice_lot")
    op.drop_table("notice_lot")
    op.drop_index(op.f("ix_notice_link_record_id"), table_name="notice_link")
    op.drop_index("ix_notice_link_of", table_name="notice_link")
    op.drop_table("notice_link")
    op.drop_index(op.f("ix_notice_record_procedure_key"), table_name="notice_record")
    op.drop_index(op.f("ix_notice_record_file_id"), table_name="notice_record")
    op.drop_index(op.f("ix_notice_record_duplicate_of_id"), table_name="notice_record")
    op.drop_index("ix_notice_record_counted", table_name="notice_record")
    op.drop_index(op.f("ix_notice_record_buyer_key"), table_name="notice_record")
    op.drop_table("notice_record")
    op.drop_table("ingested_file")
    op.drop_index(op.f("ix_buyer_spelling_state"), table_name="buyer_spelling")
    op.drop_index(op.f("ix_buyer_spelling_authority_id"), table_name="buyer_spelling")
    op.drop_table("buyer_spelling")
