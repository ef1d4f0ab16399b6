"""What the rules guess of a ticket stands apart from what somebody stated; digests say in how many questions."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

_TICKET = sa.table(
    'ticket',
    sa.column('id', sa.Integer),
    sa.column('question_nature', sa.String),
    sa.column('category', sa.String),
    sa.column('obstacles', sa.JSON),
    sa.column('guesses', sa.JSON),
)
_EVENT = sa.table('ticket_event', sa.column('ticket_id', sa.Integer), sa.column('what', sa.String))


def upgrade() -> None:
    """Apply. Until now guesses were stored as stated: where nobody ever stored the facts, all of them are guesses."""
    op.add_column('ticket', sa.Column('guesses', sa.JSON(), nullable=False, server_default='{}'))
    op.add_column('obstacle_digest', sa.Column('stated', sa.Integer(), nullable=True))
    op.add_column('obstacle_digest', sa.Column('total', sa.Integer(), nullable=True))
    connection = op.get_bind()
    confirmed = sa.select(_EVENT.c.ticket_id).where(_EVENT.c.what == 'facts_set')
    columns = (_TICKET.c.id, _TICKET.c.question_nature, _TICKET.c.category, _TICKET.c.obstacles)
    for row in connection.execute(sa.select(*columns).where(_TICKET.c.id.not_in(confirmed))).all():
        obstacles = _read(row.obstacles)
        named = (('nature', row.question_nature), ('category', row.category), ('obstacles', obstacles))
        guesses = {name: value for name, value in named if value}
        connection.execute(sa.update(_TICKET).where(_TICKET.c.id == row.id).values(guesses=guesses, obstacles=[]))


def _read(stored: Any) -> Any:
    return json.loads(stored) if isinstance(stored, str) else stored


def downgrade() -> None:
    """Take back; guessed obstacles stand among the stated ones again, as they did before."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(_TICKET.c.id, _TICKET.c.obstacles, _TICKET.c.guesses)).all():
        guessed = (_read(row.guesses) or {}).get('obstacles')
        if guessed:
            obstacles = list(dict.fromkeys((*(_read(row.obstacles) or ()), *guessed)))
            connection.execute(sa.update(_TICKET).where(_TICKET.c.id == row.id).values(obstacles=obstacles))
    op.drop_column('obstacle_digest', 'total')
    op.drop_column('obstacle_digest', 'stated')
    op.drop_column('ticket', 'guesses')
