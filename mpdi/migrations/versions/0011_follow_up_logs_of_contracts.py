"""Follow-up logs of contracts and what is noted in them."""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'follow_up_log',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('token_hash', sa.String(length=64), nullable=False),
        sa.Column('last_number', sa.Integer(), nullable=False),
        sa.Column('contractor', sa.String(length=200), nullable=False),
        sa.Column('start', sa.Date(), nullable=True),
        sa.Column('plan', sa.JSON(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('owner_id', sa.Integer(), nullable=True),
        sa.Column('owner_token_hash', sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ['owner_id'], ['user_account.id'], name=op.f('fk_follow_up_log_owner_id_user_account'), ondelete='SET NULL'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_log')),
        sa.UniqueConstraint('owner_token_hash', name=op.f('uq_follow_up_log_owner_token_hash')),
        sa.UniqueConstraint('token_hash', name=op.f('uq_follow_up_log_token_hash')),
    )
    op.create_index(op.f('ix_follow_up_log_changed_at'), 'follow_up_log', ['changed_at'])
    op.create_index(op.f('ix_follow_up_log_owner_id'), 'follow_up_log', ['owner_id'])
    op.create_table(
        'follow_up_entry',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('log_id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('check_key', sa.String(length=80), nullable=False),
        sa.Column('kind', sa.String(length=24), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('data', sa.JSON(), nullable=False),
        sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['log_id'], ['follow_up_log.id'], name=op.f('fk_follow_up_entry_log_id_follow_up_log'), ondelete='CASCADE'
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_up_entry')),
        sa.UniqueConstraint('log_id', 'number', name=op.f('uq_follow_up_entry_log_id')),
    )
    op.create_index(op.f('ix_follow_up_entry_log_id'), 'follow_up_entry', ['log_id'])


def downgrade() -> None:
    """Take back."""
    op.drop_table('follow_up_entry')
    op.drop_table('follow_up_log')
