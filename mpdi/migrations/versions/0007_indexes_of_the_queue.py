"""The indexes of the queue's orders. Some installations have them from the days when 0002 made them."""

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_index('ix_ticket_created', 'ticket', ['created_at', 'id'], if_not_exists=True)
    op.create_index(
        'ix_ticket_pressing',
        'ticket',
        [sa.text('(first_answered_at IS NOT NULL)'), 'priority', 'answer_due', 'id'],
        if_not_exists=True,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index('ix_ticket_pressing', table_name='ticket', if_exists=True)
    op.drop_index('ix_ticket_created', table_name='ticket', if_exists=True)
