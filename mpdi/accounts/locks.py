"""One at a time: writers of the same thing wait for one another until the first commits."""

import hashlib

from sqlalchemy import text
from sqlalchemy.orm import Session


def wait_for_turn(session: Session, what: str) -> None:
    """Hold `what` until the transaction ends. On SQLite a writing session is alone already."""
    if session.get_bind().dialect.name != "postgresql":
        return
    number = int.from_bytes(hashlib.sha256(what.encode()).digest()[:8], "big", signed=True)
    session.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})
