"""How many specifications that were downloaded rest on a legal instrument: a number only, for drafts are private."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.law_operations import rests_on
from mpdi.jobs.events import SpecificationWritten
from mpdi.jobs.models import OutboxEvent


def specifications_on(session: Session, library: ClauseLibrary, instrument: str, article: str | None = None) -> int:
    """Count the specifications downloaded with a clause that cites an instrument, or one article of it."""
    cited = {version.id for version in library if rests_on(version, instrument, article)}
    payloads = session.scalars(select(OutboxEvent.payload).where(OutboxEvent.name == SpecificationWritten.name))
    return len(
        {
            payload["specification_id"]
            for payload in payloads
            if cited & {each.partition("@")[0] for each in payload["clauses"]}
        }
    )
