"""Reading drafts: one statement for a draft with its answers, one for what can be undone."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi.specifications.models import SpecificationDraft, SpecificationRevision
from mpdi.specifications.operations import UnknownDraftError, has_token


@dataclass(frozen=True)
class OpenDraft:
    """A draft as it stands: its number, its revision and the answers of it."""

    id: int
    revision: int
    answers: Mapping[str, Any]
    owner_id: int | None = None


@dataclass(frozen=True)
class History:
    """What the last change was, and what the last undone change was; None where there is nothing."""

    to_undo: str | None
    to_redo: str | None


def open_draft(session: Session, token: str) -> OpenDraft:
    """Return the draft of a link; `UnknownDraftError` when there is none."""
    query = (
        select(
            SpecificationDraft.id,
            SpecificationDraft.revision,
            SpecificationDraft.owner_id,
            SpecificationRevision.answers,
        )
        .join(
            SpecificationRevision,
            (SpecificationRevision.draft_id == SpecificationDraft.id)
            & (SpecificationRevision.number == SpecificationDraft.revision),
        )
        .where(has_token(token))
    )
    row = session.execute(query).one_or_none()
    if row is None:
        raise UnknownDraftError("This link leads to no draft.")
    return OpenDraft(row.id, row.revision, row.answers, row.owner_id)


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


@dataclass(frozen=True)
class OwnedDraft:
    """A draft in the list of its owner."""

    id: int
    answers: Mapping[str, Any]
    begun_at: datetime.datetime
    changed_at: datetime.datetime


def list_drafts_of(session: Session, user_id: int) -> list[OwnedDraft]:
    """Return the drafts that a user owns, the last changed first."""
    query = (
        select(
            SpecificationDraft.id,
            SpecificationRevision.answers,
            SpecificationDraft.created_at,
            SpecificationDraft.changed_at,
        )
        .join(
            SpecificationRevision,
            (SpecificationRevision.draft_id == SpecificationDraft.id)
            & (SpecificationRevision.number == SpecificationDraft.revision),
        )
        .where(SpecificationDraft.owner_id == user_id)
        .order_by(SpecificationDraft.changed_at.desc(), SpecificationDraft.id)
    )
    return [OwnedDraft(*row) for row in session.execute(query)]
