"""Clauses of the library that notices were found to hold, and with which library each notice was searched."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "notice_clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("how", sa.String(length=8), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["notice_record.id"],
            name=op.f("fk_notice_clause_record_id_notice_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_clause")),
    )
    op.create_index(op.f("ix_notice_clause_record_id"), "notice_clause", ["record_id"])
    op.create_index(op.f("ix_notice_clause_clause_id"), "notice_clause", ["clause_id"])
    op.create_table(
        "notice_clause_search",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.String(length=12), nullable=False),
        sa.Column("searched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"],
            ["notice_record.id"],
            name=op.f("fk_notice_clause_search_record_id_notice_record"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_notice_clause_search")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("notice_clause_search")
    op.drop_index(op.f("ix_notice_clause_clause_id"), table_name="notice_clause")
    op.drop_index(op.f("ix_notice_clause_record_id"), table_name="notice_clause")
    op.drop_table("notice_clause")
