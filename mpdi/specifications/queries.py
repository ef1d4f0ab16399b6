"""Reading drafts: one statement for a draft with its answers, one for what can be undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi.specifications.models import SpecificationDraft, SpecificationRevision
from mpdi.specifications.operations import UnknownDraftError, token_hash


@dataclass(frozen=True)
class OpenDraft:
    """A draft as it stands: its number, its revision and the answers of it."""

    id: int
    revision: int
    answers: Mapping[str, Any]


@dataclass(frozen=True)
class History:
    """What the last change was, and what the last undone change was; None where there is nothing."""

    to_undo: str | None
    to_redo: str | None


def open_draft(session: Session, token: str) -> OpenDraft:
    """Return the draft of a link; `UnknownDraftError` when there is none."""
    query = (
        select(SpecificationDraft.id, SpecificationDraft.revision, SpecificationRevision.answers)
        .join(
            SpecificationRevision,
            (SpecificationRevision.draft_id == SpecificationDraft.id)
            & (SpecificationRevision.number == SpecificationDraft.revision),
        )
        .where(SpecificationDraft.token_hash == token_hash(token))
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise UnknownDraftError("This link leads to no draft.")
    return OpenDraft(row.id, row.revision, row.answers)


def history(session: Session, draft: OpenDraft) -> History:
    """Return what undo and redo would change."""
    query = (
        select(SpecificationRevision.number, SpecificationRevision.what)
        .where(SpecificationRevision.draft_id == draft.id)
        .order_by(SpecificationRevision.number)
    )
    rows = session.execute(query).all()
    earlier = [row.what for row in rows if row.number <= draft.revision]
    later = [row.what for row in rows if row.number > draft.revision]
    return History(earlier[-1] if len(earlier) > 1 else None, later[0] if later else None)
