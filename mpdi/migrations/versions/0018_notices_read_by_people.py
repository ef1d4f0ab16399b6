"""Samples of notices read by people."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "coding_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("detected", sa.Integer(), nullable=False),
        sa.Column("others", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_sample")),
    )
    op.create_table(
        "coding_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("is_detected", sa.Boolean(), nullable=False),
        sa.Column("settled", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sample_id"],
            ["coding_sample.id"],
            name=op.f("fk_coding_item_sample_id_coding_sample"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_item")),
        sa.UniqueConstraint("sample_id", "identity", name=op.f("uq_coding_item_sample_id")),
    )
    op.create_index(op.f("ix_coding_item_sample_id"), "coding_item", ["sample_id"])
    op.create_table(
        "coding_reading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("slot", sa.Integer(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=True),
        sa.Column("labels", sa.JSON(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["item_id"], ["coding_item.id"], name=op.f("fk_coding_reading_item_id_coding_item"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reader_id"],
            ["user_account.id"],
            name=op.f("fk_coding_reading_reader_id_user_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_reading")),
        sa.UniqueConstraint("item_id", "slot", name="uq_coding_reading_slot"),
        sa.UniqueConstraint("item_id", "reader_id", name="uq_coding_reading_reader"),
    )
    op.create_index(op.f("ix_coding_reading_reader_id"), "coding_reading", ["reader_id"])


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_coding_reading_reader_id"), table_name="coding_reading")
    op.drop_table("coding_reading")
    op.drop_index(op.f("ix_coding_item_sample_id"), table_name="coding_item")
    op.drop_table("coding_item")
    op.drop_table("coding_sample")
