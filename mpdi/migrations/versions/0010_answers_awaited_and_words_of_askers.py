"""Since when the asker of a ticket waits for an answer, the first or another; askers are found by name and address."""

import datetime
import importlib

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

_words = importlib.import_module('mpdi.migrations.versions.0003_words_of_tickets_and_answers_awaited')
_MOMENT = sa.DateTime(timezone=True)
_TICKET = sa.table(
    'ticket',
    sa.column('id', sa.Integer),
    sa.column('state', sa.String),
    sa.column('created_at', _MOMENT),
    sa.column('answer_due', _MOMENT),
    sa.column('first_answered_at', _MOMENT),
    sa.column('awaited_since', _MOMENT),
)
_MESSAGE = sa.table(
    'ticket_message',
    sa.column('ticket_id', sa.Integer),
    sa.column('direction', sa.String),
    sa.column('created_at', _MOMENT),
)
_IN_HAND = ('new', 'open', 'waiting_for_expert')
_TIME_TO_ANSWER = datetime.timedelta(days=3)
"""For those who wait for another answer since before: with the next change of its facts the ticket gets its exact moment."""


def upgrade() -> None:
    """Apply."""
    op.add_column('ticket', sa.Column('awaited_since', _MOMENT, nullable=True))
    connection = op.get_bind()
    first = sa.update(_TICKET).where(_TICKET.c.first_answered_at.is_(None))
    connection.execute(first.values(awaited_since=_TICKET.c.created_at))
    _note_those_who_came_back(connection)
    _drop_indexes()
    _make_indexes('awaited_since IS NULL')
    op.create_index(
        'ix_ticket_awaited',
        'ticket',
        ['state', 'answer_due'],
        sqlite_where=sa.text('awaited_since IS NOT NULL'),
        postgresql_where=sa.text('awaited_since IS NOT NULL'),
    )
    _fill(connection, 'subject, number, authority_name, asker_name, asker_email')


def _note_those_who_came_back(connection: sa.Connection) -> None:
    """Note those in hand, answered before, in which the asker wrote last."""
    said = (
        sa.select(_MESSAGE.c.ticket_id, _MESSAGE.c.direction, _MESSAGE.c.created_at)
        .join(_TICKET, _TICKET.c.id == _MESSAGE.c.ticket_id)
        .where(_TICKET.c.first_answered_at.is_not(None), _TICKET.c.state.in_(_IN_HAND), _MESSAGE.c.direction != 'note')
        .order_by(_MESSAGE.c.ticket_id, _MESSAGE.c.created_at)
    )
    since: dict[int, datetime.datetime | None] = {}
    for row in connection.execute(said):
        asked = since.get(row.ticket_id) or row.created_at
        since[row.ticket_id] = asked if row.direction == 'incoming' else None
    for ticket_id, moment in since.items():
        if moment is not None:
            values = {'awaited_since': moment, 'answer_due': moment + _TIME_TO_ANSWER}
            connection.execute(sa.update(_TICKET).where(_TICKET.c.id == ticket_id).values(values))


def _drop_indexes() -> None:
    for name in ('ix_ticket_pressing', 'ix_ticket_assigned', 'ix_ticket_awaited'):
        op.drop_index(name, table_name='ticket', if_exists=True)


def _make_indexes(last: str) -> None:
    """Make the indexes of the queue's order; `last`: the condition for what comes last."""
    order = [sa.text(f'({last})'), 'priority', 'answer_due', 'id']
    op.create_index('ix_ticket_pressing', 'ticket', order)
    op.create_index('ix_ticket_assigned', 'ticket', ['assignee_id', *order, 'state', 'route'])


def _fill(connection: sa.Connection, columns: str) -> None:
    """Write the words of all tickets anew, from these columns and the messages."""
    connection.execute(sa.text('DELETE FROM ticket_words'))
    insert = _words._INSERT_LINE if connection.dialect.name == 'sqlite' else _words._INSERT_VECTOR
    last = 0
    chunk = sa.text(f'SELECT id, {columns} FROM ticket WHERE id > :last ORDER BY id LIMIT 500')
    bodies = sa.text('SELECT ticket_id, body FROM ticket_message WHERE ticket_id > :last AND ticket_id <= :newest')
    while tickets := connection.execute(chunk, {'last': last}).all():
        texts = {row[0]: list(row[1:]) for row in tickets}
        for ticket_id, body in connection.execute(bodies, {'last': last, 'newest': tickets[-1][0]}):
            texts[ticket_id].append(body)
        rows = [{'ticket_id': ticket_id, 'words': _words._line(said)} for ticket_id, said in texts.items()]
        connection.execute(sa.text(insert), rows)
        last = tickets[-1][0]


def downgrade() -> None:
    """Take back. The words of askers leave the index with them."""
    _fill(op.get_bind(), 'subject, number, authority_name')
    _drop_indexes()
    _make_indexes('first_answered_at IS NOT NULL')
    op.create_index('ix_ticket_awaited', 'ticket', ['state', 'first_answered_at', 'answer_due'])
    op.drop_column('ticket', 'awaited_since')
