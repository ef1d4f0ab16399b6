"""What is known of notices that were taken in."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from mpdi.monitoring.models import BuyerSpelling, IngestedFile, NoticeRecord, SpellingState

_AT_ONCE = 100
_TOO_MANY = 3
"""Buyers and identifiers of one procedure from which on the tie is doubtful: an assumption of ours. Two are common: a
name spelled in two ways, an identifier in two formats."""


def documents_done(
    session: Session, digests: Sequence[str], parser: str, rules: str
) -> dict[str, list[dict[str, Any]]]:
    """Of these documents those that this parser and these rules read to their end, with what gave no notice in them."""
    found = select(IngestedFile.digest, IngestedFile.left_out).where(
        IngestedFile.digest.in_(digests), IngestedFile.parser_version == parser, IngestedFile.rules_version == rules
    )
    return {row.digest: row.left_out for row in session.execute(found)}


def files_to_read_again(session: Session, parser: str, rules: str, after: int) -> list[tuple[int, str, str]]:
    """The next documents (number, name, digest) that gave notices by an older parser or older rules, a hundred at most.

    Those that a killed run began and did not end are among them.
    """
    older = or_(IngestedFile.parser_version != parser, IngestedFile.rules_version != rules)
    found = (
        select(IngestedFile.id, IngestedFile.name, IngestedFile.digest)
        .where(IngestedFile.id > after, or_(IngestedFile.notices > 0, IngestedFile.parser_version == ""), older)
        .order_by(IngestedFile.id)
        .limit(_AT_ONCE)
    )
    return [(number, name, digest) for number, name, digest in session.execute(found)]


def proposals(session: Session) -> list[tuple[BuyerSpelling, int]]:
    """Ways to write a buyer for which an authority is proposed, and how many notices write it so; the most first."""
    count = func.count(NoticeRecord.id)
    found = (
        select(BuyerSpelling, count)
        .outerjoin(NoticeRecord, NoticeRecord.buyer_key == BuyerSpelling.key)
        .where(BuyerSpelling.state == SpellingState.PROPOSED.value)
        .group_by(BuyerSpelling.id)
        .order_by(count.desc(), BuyerSpelling.id)
    )
    return [(spelling, number) for spelling, number in session.execute(found)]


def doubtful_ties(session: Session) -> int:
    """How many procedures hold notices of three or more buyers that state three or more identifiers of a procedure."""
    buyers = func.count(NoticeRecord.buyer_key.distinct())
    identifiers = func.count(NoticeRecord.procedure_id.distinct())
    keys = (
        select(NoticeRecord.procedure_key)
        .group_by(NoticeRecord.procedure_key)
        .having(buyers >= _TOO_MANY, identifiers >= _TOO_MANY)
    )
    return session.scalar(select(func.count()).select_from(keys.subquery())) or 0
