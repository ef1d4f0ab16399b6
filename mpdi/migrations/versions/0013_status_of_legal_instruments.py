"""The status of legal instruments, changed by hand when the law does."""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        'instrument_status',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('instrument', sa.String(length=40), nullable=False),
        sa.Column('status', sa.String(length=12), nullable=False),
        sa.Column('since', sa.Date(), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('changed_by_id', sa.Integer(), nullable=True),
        sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['changed_by_id'],
            ['user_account.id'],
            name=op.f('fk_instrument_status_changed_by_id_user_account'),
            ondelete='SET NULL',
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_instrument_status')),
    )
    op.create_index(op.f('ix_instrument_status_instrument'), 'instrument_status', ['instrument'])


def downgrade() -> None:
    """Take back."""
    op.drop_table('instrument_status')
