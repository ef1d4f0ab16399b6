"""What tickets mean, as vectors: similar ones are found by them."""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'ticket_meaning',
        sa.Column('ticket_id', sa.Integer(), nullable=False),
        sa.Column('encoder', sa.String(length=20), nullable=False),
        sa.Column('vector', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_meaning_ticket_id_ticket'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('ticket_id', name=op.f('pk_ticket_meaning')),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table('ticket_meaning')
