"""In which pack the original of a document is kept together with others."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply. Originals that have a file of their own keep it."""
    op.add_column("ingested_file", sa.Column("pack", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """Take back. Originals in packs are not found any more by what stood there before: ingest their files again.

    The table is not made anew, as a batch would in SQLite: to drop the old one takes its notices away.
    """
    op.drop_column("ingested_file", "pack")
