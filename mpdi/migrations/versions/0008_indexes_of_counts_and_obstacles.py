"""Indexes for counting the queue, for nobody's tickets and one's own, and for the obstacles that tickets hold."""

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_index('ix_ticket_counted', 'ticket', ['state', 'route', 'assignee_id', 'id'])
    op.create_index(
        'ix_ticket_assigned',
        'ticket',
        [
            'assignee_id', sa.text('(first_answered_at IS NOT NULL)'), 'priority', 'answer_due', 'id', 'state', 'route',
        ],
    )
    if op.get_bind().dialect.name == "sqlite":
        op.create_index(
            'ix_ticket_obstacles_written', 'ticket', [sa.text('CAST(obstacles AS TEXT)')],
            sqlite_where=sa.text("CAST(obstacles AS TEXT) <> '[]'"),
        )
    else:
        op.create_index(
            'ix_ticket_obstacles_held', 'ticket', [sa.text('CAST(obstacles AS JSONB)')], postgresql_using='gin',
        )


def downgrade() -> None:
    """Take back."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.drop_index('ix_ticket_obstacles_written' if is_sqlite else 'ix_ticket_obstacles_held', table_name='ticket')
    op.drop_index('ix_ticket_assigned', table_name='ticket')
    op.drop_index('ix_ticket_counted', table_name='ticket')
