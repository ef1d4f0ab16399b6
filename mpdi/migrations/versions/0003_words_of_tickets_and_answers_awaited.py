"""The words of tickets, searched by index, and the index of first answers awaited."""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

_SQLITE = (
    "CREATE VIRTUAL TABLE ticket_words_fts USING fts5(words, content='ticket_words', content_rowid='ticket_id', "
    "tokenize='ascii', detail='none', columnsize=0, prefix='2 3')",
    "CREATE TRIGGER ticket_words_inserted AFTER INSERT ON ticket_words BEGIN "
    "INSERT INTO ticket_words_fts(rowid, words) VALUES (new.ticket_id, new.words); END",
    "CREATE TRIGGER ticket_words_deleted AFTER DELETE ON ticket_words BEGIN "
    "INSERT INTO ticket_words_fts(ticket_words_fts, rowid, words) VALUES ('delete', old.ticket_id, old.words); END",
    "CREATE TRIGGER ticket_words_updated AFTER UPDATE ON ticket_words BEGIN "
    "INSERT INTO ticket_words_fts(ticket_words_fts, rowid, words) VALUES ('delete', old.ticket_id, old.words); "
    "INSERT INTO ticket_words_fts(rowid, words) VALUES (new.ticket_id, new.words); END",
)
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ĳ": "ij"})
_INSERT_LINE = "INSERT INTO ticket_words (ticket_id, words) VALUES (:ticket_id, :words)"
_INSERT_VECTOR = (
    "INSERT INTO ticket_words (ticket_id, words) "
    "VALUES (:ticket_id, array_to_tsvector(string_to_array(CAST(:words AS text), ' ')))"
)
_CHUNK = 500
_WORD = re.compile(r"[^\W_]+")


def upgrade() -> None:
    """Apply."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.create_table(
        'ticket_words',
        sa.Column('ticket_id', sa.Integer(), nullable=False),
        sa.Column('words', sa.Text() if is_sqlite else postgresql.TSVECTOR(), nullable=False),
        sa.ForeignKeyConstraint(['ticket_id'], ['ticket.id'], name=op.f('fk_ticket_words_ticket_id_ticket'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('ticket_id', name=op.f('pk_ticket_words')),
    )
    if is_sqlite:
        for statement in _SQLITE:
            op.execute(statement)
    else:
        op.create_index('ix_ticket_words_words', 'ticket_words', ['words'], postgresql_using='gin')
    op.create_index('ix_ticket_awaited', 'ticket', ['state', 'first_answered_at', 'answer_due'])
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    """Write the words of the tickets that are there, as `word_operations` did when this migration was made."""
    insert, last = _INSERT_LINE if connection.dialect.name == "sqlite" else _INSERT_VECTOR, 0
    while True:
        tickets = connection.execute(
            sa.text("SELECT id, subject, number, authority_name FROM ticket WHERE id > :last ORDER BY id LIMIT :chunk"),
            {"last": last, "chunk": _CHUNK},
        ).all()
        if not tickets:
            return
        texts = {row[0]: list(row[1:]) for row in tickets}
        bodies = connection.execute(
            sa.text("SELECT ticket_id, body FROM ticket_message WHERE ticket_id > :last AND ticket_id <= :newest"),
            {"last": last, "newest": tickets[-1][0]},
        )
        for ticket_id, body in bodies:
            texts[ticket_id].append(body)
        connection.execute(
            sa.text(insert),
            [{"ticket_id": ticket_id, "words": _line(said)} for ticket_id, said in texts.items()],
        )
        last = tickets[-1][0]


def _line(texts: list[str]) -> str:
    composed = [unicodedata.normalize("NFC", text) for text in texts]
    folded = {_fold(word) for text in composed for word in _WORD.findall(text)}
    found = sorted({part[:40] for word in folded for part in _WORD.findall(word)})
    return " ".join(found).encode()[:500_000].decode("utf-8", "ignore").strip()


def _fold(word: str) -> str:
    lower = unicodedata.normalize("NFKD", word.lower().translate(_LIGATURES))
    return "".join(letter for letter in lower if not unicodedata.combining(letter))


def downgrade() -> None:
    """Take back."""
    op.drop_index('ix_ticket_awaited', table_name='ticket')
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE ticket_words_fts")
    op.drop_table('ticket_words')
