"""Whether somebody who answers gets a mail on what happens to tickets."""

import sqlalchemy as sa
from alembic import op

revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # Without a batch: on SQLite that would copy the table, and deleting the old one takes along what hangs on it.
    op.add_column(
        'user_account', sa.Column('is_told_of_tickets', sa.Boolean(), nullable=False, server_default=sa.true())
    )


def downgrade() -> None:
    """Take back."""
    op.drop_column('user_account', 'is_told_of_tickets')
