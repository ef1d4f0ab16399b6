"""Action plans of authorities, their revisions and what was adopted."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "action_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("owner_token_hash", sa.String(length=64), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("authority_id", sa.String(length=80), nullable=False),
        sa.Column("authority_name", sa.String(length=300), nullable=False),
        sa.Column("authority_type", sa.String(length=20), nullable=False),
        sa.Column("canevas", sa.String(length=20), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user_account.id"], name=op.f("fk_action_plan_owner_id_user_account"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"],
            ["action_plan.id"],
            name=op.f("fk_action_plan_merged_into_id_action_plan"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_plan")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_action_plan_token_hash")),
        sa.UniqueConstraint("owner_token_hash", name=op.f("uq_action_plan_owner_token_hash")),
    )
    for column in ("changed_at", "owner_id", "authority_id", "last_day", "merged_into_id"):
        op.create_index(op.f(f"ix_action_plan_{column}"), "action_plan", [column])
    op.create_table(
        "action_plan_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=60), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["action_plan.id"], name=op.f("fk_action_plan_revision_plan_id_action_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_plan_revision")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_action_plan_revision_plan_id")),
    )
    op.create_index(op.f("ix_action_plan_revision_plan_id"), "action_plan_revision", ["plan_id"])
    op.create_table(
        "action_plan_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("organ", sa.String(length=200), nullable=False),
        sa.Column("note", sa.String(length=2000), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("profile_digest", sa.String(length=64), nullable=False),
        sa.Column("canevas", sa.String(length=20), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["action_plan.id"], name=op.f("fk_action_plan_version_plan_id_action_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_plan_version")),
        sa.UniqueConstraint("plan_id", "number", name=op.f("uq_action_plan_version_plan_id")),
    )
    op.create_index(op.f("ix_action_plan_version_plan_id"), "action_plan_version", ["plan_id"])
    _adopted()


def _adopted() -> None:
    op.create_table(
        "adopted_objective",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("indicator", sa.String(length=60), nullable=False),
        sa.Column("baseline", sa.String(length=60), nullable=True),
        sa.Column("target", sa.String(length=60), nullable=True),
        sa.Column("by", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["action_plan_version.id"],
            name=op.f("fk_adopted_objective_version_id_action_plan_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adopted_objective")),
    )
    op.create_index(op.f("ix_adopted_objective_version_id"), "adopted_objective", ["version_id"])
    op.create_table(
        "adopted_action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("element", sa.String(length=60), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["action_plan_version.id"],
            name=op.f("fk_adopted_action_version_id_action_plan_version"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adopted_action")),
    )
    op.create_index(op.f("ix_adopted_action_version_id"), "adopted_action", ["version_id"])


def downgrade() -> None:
    """Take back."""
    for table in ("adopted_action", "adopted_objective", "action_plan_version", "action_plan_revision"):
        column = "version_id" if table.startswith("adopted") else "plan_id"
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.drop_table(table)
    for column in ("changed_at", "owner_id", "authority_id", "last_day", "merged_into_id"):
        op.drop_index(op.f(f"ix_action_plan_{column}"), table_name="action_plan")
    op.drop_table("action_plan")
