"""The language an article was first written in, and who re-reads the other."""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # Without a batch: on SQLite that would copy the table, and deleting the old one takes along what hangs on it.
    op.add_column('article', sa.Column('written_in', sa.String(length=2), nullable=True))
    op.execute(
        'UPDATE article SET written_in = (SELECT ticket.language FROM ticket WHERE ticket.id = article.ticket_id)'
    )
    op.create_table(
        'article_reading',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('article_id', sa.Integer(), nullable=False),
        sa.Column('language', sa.String(length=2), nullable=False),
        sa.Column('asked_by_id', sa.Integer(), nullable=False),
        sa.Column('written_by_id', sa.Integer(), nullable=True),
        sa.Column('asked_of_id', sa.Integer(), nullable=True),
        sa.Column('asked_route', sa.String(length=20), nullable=True),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('reread_by_id', sa.Integer(), nullable=True),
        sa.Column('reread_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('words_digest', sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ['article_id'], ['article.id'], name=op.f('fk_article_reading_article_id_article'), ondelete='CASCADE'
        ),
        *(
            sa.ForeignKeyConstraint(
                [f'{column}_id'], ['user_account.id'], name=op.f(f'fk_article_reading_{column}_id_user_account')
            )
            for column in ('asked_by', 'written_by', 'asked_of', 'reread_by')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_article_reading')),
    )
    op.create_index(op.f('ix_article_reading_article_id'), 'article_reading', ['article_id'])


def downgrade() -> None:
    """Take back."""
    op.drop_table('article_reading')
    op.drop_column('article', 'written_in')
