"""What is known of notices that were taken in."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from mpdi.monitoring.bulk import MANY, among_many, table_of
from mpdi.monitoring.models import BuyerSpelling, IngestedFile, NoticeRecord, SpellingState
from mpdi.monitoring.versions import Versions

_AT_ONCE = 100
_TOO_MANY = 3
"""Buyers and identifiers of one procedure from which on the tie is doubtful: an assumption of ours. Two are common: a
name spelled in two ways, an identifier in two formats."""


_FILE = table_of(IngestedFile).c
_KNOWN = select(_FILE.digest, _FILE.parser_version, _FILE.rules_version, _FILE.pack, _FILE.left_out).where(
    among_many(_FILE.digest)
)


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A document that was entered before."""

    versions: Versions
    """That read it to its end; empty ones: it was begun and not ended."""
    pack: str | None
    """Where its original is kept with others."""
    left_out: list[dict[str, Any]]
    """What gave no notice in it."""


def documents_known(session: Session, digests: Sequence[str]) -> dict[str, KnownFile]:
    """Those of these documents that were entered before."""
    return {
        digest: KnownFile(Versions(parser, rules), pack, left_out)
        for digest, parser, rules, pack, left_out in session.execute(_KNOWN, {MANY: list(digests)})
    }


def files_to_read_again(
    session: Session, parser: str, rules: str, after: int
) -> list[tuple[int, str, str, str | None]]:
    """The next documents (number, name, digest, pack) that an older parser or older rules read, a hundred at most.

    Only those that gave notices; those that a killed run began and did not end are among them.
    """
    older = or_(IngestedFile.parser_version != parser, IngestedFile.rules_version != rules)
    found = (
        select(IngestedFile.id, IngestedFile.name, IngestedFile.digest, IngestedFile.pack)
        .where(IngestedFile.id > after, or_(IngestedFile.notices > 0, IngestedFile.parser_version == ""), older)
        .order_by(IngestedFile.id)
        .limit(_AT_ONCE)
    )
    return [(number, name, digest, pack) for number, name, digest, pack in session.execute(found)]


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
