"""What owners asked for their plans: reminders, and being told of in the regional view."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "action_plan_wish",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.Column("is_reminded", sa.Boolean(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("stop_hash", sa.String(length=64), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["action_plan.id"], name=op.f("fk_action_plan_wish_plan_id_action_plan"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"],
            ["user_account.id"],
            name=op.f("fk_action_plan_wish_asked_by_id_user_account"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_action_plan_wish")),
        sa.UniqueConstraint("stop_hash", name=op.f("uq_action_plan_wish_stop_hash")),
    )
    op.create_index(op.f("ix_action_plan_wish_asked_by_id"), "action_plan_wish", ["asked_by_id"])


def downgrade() -> None:
    """Take back."""
    op.drop_table("action_plan_wish")
