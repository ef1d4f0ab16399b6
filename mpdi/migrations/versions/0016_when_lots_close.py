"""The last day to take part in a lot, by which open notices are found."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. The day of requests to participate comes with the next reading (`mpdi notices reread`)."""
    with op.batch_alter_table("notice_lot") as table:
        table.add_column(sa.Column("closes", sa.Date(), nullable=True))
        table.create_index(op.f("ix_notice_lot_closes"), ["closes"])
    op.execute("UPDATE notice_lot SET closes = tender_deadline")


def downgrade() -> None:
    """Take back."""
    with op.batch_alter_table("notice_lot") as table:
        table.drop_index(op.f("ix_notice_lot_closes"))
        table.drop_column("closes")
