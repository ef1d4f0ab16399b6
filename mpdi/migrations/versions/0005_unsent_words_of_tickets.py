"""What is typed into a ticket and not sent yet is kept."""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'reply_draft',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('ticket_id', sa.Integer(), nullable=False),
        sa.Column('user_id', sa.Integer(), nullable=False),
        sa.Column('texts', sa.JSON(), nullable=False),
        sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_reply_draft_ticket_id_ticket'), ondelete='CASCADE'),
        sa.ForeignKeyConstraint(['user_id'], ['user_account.id'], name=op.f('fk_reply_draft_user_id_user_account'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_reply_draft')),
        sa.UniqueConstraint('ticket_id', 'user_id', name=op.f('uq_reply_draft_ticket_id')),
    )
    with op.batch_alter_table('reply_draft') as batch_op:
        batch_op.create_index(batch_op.f('ix_reply_draft_ticket_id'), ['ticket_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reply_draft_user_id'), ['user_id'], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_table('reply_draft')
