"""What figures need of each notice and lot, in columns of its own; filled for the notices that are stored."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from mpdi.monitoring.told_columns import LOT_FACTS, lot_facts, record_facts

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_AT_ONCE = 200
_RECORD = sa.table(
    "notice_record",
    *(sa.column(name) for name in ("id", "format", "language", "rules_version", "whole")),
    sa.column("is_central", sa.Boolean()),
    sa.column("is_searched", sa.Boolean()),
)
_DIGITS = ("awarded_value", "price_weight", "turnover")
_KINDS: Mapping[str, Any] = {
    **dict.fromkeys(LOT_FACTS, sa.Boolean()),
    **dict.fromkeys(_DIGITS, sa.String(length=60)),
    "awarded_currency": sa.String(length=3),
}
_LOT = sa.table(
    "notice_lot",
    *(sa.column(name) for name in ("id", "record_id", "number", "kind", "lot")),
    *(sa.column(name, _KINDS[name]) for name in LOT_FACTS),
)


def upgrade() -> None:
    """Apply. The facts are worked out by the rules of today: they say what reading the notices again would."""
    for name in ("is_central", "is_searched"):
        op.add_column("notice_record", sa.Column(name, sa.Boolean(), nullable=True))
    for name in LOT_FACTS:
        op.add_column("notice_lot", sa.Column(name, _KINDS[name], nullable=True))
    connection = op.get_bind()
    for records in _records(connection):
        _fill(connection, records)


def _records(connection: sa.Connection) -> Iterator[Sequence[Any]]:
    last = 0
    asked = sa.select(_RECORD).order_by(_RECORD.c.id).limit(_AT_ONCE)
    while records := connection.execute(asked.where(_RECORD.c.id > last)).all():
        last = records[-1].id
        yield records


def _fill(connection: sa.Connection, records: Sequence[Any]) -> None:
    numbers = [record.id for record in records]
    rows: dict[int, list[Mapping[str, Any]]] = {}
    found = sa.select(_LOT.c.id, _LOT.c.record_id, _LOT.c.number, _LOT.c.kind, _LOT.c.lot)
    for row in connection.execute(found.where(_LOT.c.record_id.in_(numbers)).order_by(_LOT.c.id)).mappings():
        rows.setdefault(row["record_id"], []).append(row)
    of_records, of_lots = [], []
    for record in records:
        said, lots = json.loads(record.whole), rows.get(record.id, [])
        own = record_facts(said, record.language, bool(record.rules_version))
        of_records.append({"row": record.id, **own})
        facts = lot_facts(said, record.format, lots, own["is_searched"])
        of_lots += [{"row": lot["id"], **each} for lot, each in zip(lots, facts, strict=True)]
    _write(connection, _RECORD, ("is_central", "is_searched"), of_records)
    _write(connection, _LOT, LOT_FACTS, of_lots)


def _write(
    connection: sa.Connection, table: sa.TableClause, names: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> None:
    values = {name: sa.bindparam(name, type_=table.c[name].type) for name in names}
    if rows:
        connection.execute(sa.update(table).where(table.c.id == sa.bindparam("row")).values(values), list(rows))


def downgrade() -> None:
    """Take back. No table is made anew, as a batch would in SQLite: to drop the old one takes its lots away."""
    for name in reversed(LOT_FACTS):
        op.drop_column("notice_lot", name)
    for name in ("is_searched", "is_central"):
        op.drop_column("notice_record", name)
