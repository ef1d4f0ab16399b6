"""What one can do with a draft: begin, change, undo, write, delete, let old ones lapse."""

import datetime
import secrets
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import ownership_operations
from mpdi.accounts.tokens import token_hash
from mpdi.clause_library.core.answers import read_answers
from mpdi.clause_library.core.purchase import Purchase
from mpdi.exceptions import MpdiError
from mpdi.jobs.events import SpecificationWritten
from mpdi.jobs.operations import record
from mpdi.references import Reference, ReferenceKind
from mpdi.specifications.manifest import answers_data
from mpdi.specifications.models import SpecificationDraft, SpecificationRevision

MAX_REVISIONS = 200
"""Revisions kept for one draft; the oldest go first."""
RETENTION = datetime.timedelta(days=400)
"""A draft untouched for so long is deleted with all its revisions."""


class UnknownDraftError(MpdiError):
    """No draft has this link, or it has lapsed."""


class DraftChangedElsewhereError(MpdiError):
    """The draft was changed in another window since this page was opened."""


class ClaimedByAnotherError(MpdiError):
    """The draft has an owner already, who is somebody else."""


class NothingToUndoError(MpdiError):
    """The draft has no earlier revision."""


def has_token(token: str) -> ColumnElement[bool]:
    """Return the condition that a draft is the one of a link: that it began with, or its owner's own."""
    kept = token_hash(token)
    return or_(SpecificationDraft.token_hash == kept, SpecificationDraft.owner_token_hash == kept)


def begin_draft(session: Session, answers: Mapping[str, Any] | None = None) -> tuple[SpecificationDraft, str]:
    """Begin a draft; return it with the token of its link, which is shown to nobody else."""
    token = secrets.token_urlsafe(24)
    moment = clock.now()
    draft = SpecificationDraft(
        token_hash=token_hash(token), revision=1, last_number=1, created_at=moment, changed_at=moment
    )
    draft.revisions.append(
        SpecificationRevision(number=1, what="begin", answers=dict(answers or {}), written_at=moment)
    )
    session.add(draft)
    session.flush()
    return draft, token


def find_draft(session: Session, token: str) -> SpecificationDraft:
    """Return the draft of a link; `UnknownDraftError` when there is none."""
    draft = session.scalar(select(SpecificationDraft).where(has_token(token)))
    if draft is None:
        raise UnknownDraftError(
            "This link leads to no draft. Check that it is whole; a draft untouched for 400 days is deleted."
        )
    return draft


def current_answers(session: Session, draft: SpecificationDraft) -> dict[str, Any]:
    """Return the answers of the draft's revision."""
    query = select(SpecificationRevision.answers).where(
        SpecificationRevision.draft_id == draft.id, SpecificationRevision.number == draft.revision
    )
    return dict(session.scalars(query).one())


def purchase_of(answers: Mapping[str, Any], today: datetime.date) -> Purchase:
    """Read stored answers; `AnswersError` where a rule of the answers has changed since they were stored."""
    return read_answers(answers_data(answers), today)


def change_answers(
    session: Session, draft: SpecificationDraft, expected: int, what: str, answers: Mapping[str, Any]
) -> None:
    """Store new answers over revision `expected`; `DraftChangedElsewhereError` when the draft has moved on.

    `AnswersError` when the answers as a whole cannot be read: nothing is stored.
    """
    locked = session.get_one(SpecificationDraft, draft.id, with_for_update=True, populate_existing=True)
    if locked.revision != expected:
        raise DraftChangedElsewhereError(
            "This draft was changed in another window. Your answer is below, not yet saved: compare, then save again."
        )
    purchase_of(answers, clock.today())
    newer = SpecificationRevision.draft_id == locked.id, SpecificationRevision.number > locked.revision
    session.execute(delete(SpecificationRevision).where(*newer))
    locked.last_number += 1
    locked.revision = locked.last_number
    locked.changed_at = clock.now()
    session.add(
        SpecificationRevision(
            draft_id=locked.id, number=locked.revision, what=what[:60], answers=dict(answers), written_at=clock.now()
        )
    )
    oldest = locked.revision - MAX_REVISIONS
    session.execute(
        delete(SpecificationRevision).where(
            SpecificationRevision.draft_id == locked.id, SpecificationRevision.number <= oldest
        )
    )
    session.flush()


def undo(session: Session, draft: SpecificationDraft) -> None:
    """Return to the revision before; `NothingToUndoError` at the first."""
    earlier = session.scalar(
        select(SpecificationRevision.number)
        .where(SpecificationRevision.draft_id == draft.id, SpecificationRevision.number < draft.revision)
        .order_by(SpecificationRevision.number.desc())
        .limit(1)
    )
    if earlier is None:
        raise NothingToUndoError("There is nothing to undo.")
    draft.revision = earlier
    draft.changed_at = clock.now()


def redo(session: Session, draft: SpecificationDraft) -> None:
    """Return to the revision undone last; `NothingToUndoError` when there is none."""
    later = session.scalar(
        select(SpecificationRevision.number)
        .where(SpecificationRevision.draft_id == draft.id, SpecificationRevision.number > draft.revision)
        .order_by(SpecificationRevision.number)
        .limit(1)
    )
    if later is None:
        raise NothingToUndoError("There is nothing to redo.")
    draft.revision = later
    draft.changed_at = clock.now()


def note_written(session: Session, draft: SpecificationDraft, clauses: tuple[str, ...]) -> None:
    """Record that the draft was downloaded as a specification with these clause versions."""
    record(session, SpecificationWritten(str(draft.id), clauses))


def claim_draft(session: Session, draft: SpecificationDraft, user_id: int) -> None:
    """Make a user the owner of a draft begun without account; `ClaimedByAnotherError`. Its link goes on working."""
    if not ownership_operations.claim(session, draft, user_id, "draft_claimed", Reference(ReferenceKind.SPECIFICATION, str(draft.id))):
        raise ClaimedByAnotherError("This draft belongs to another account already.")


def owner_token(session: Session, draft: SpecificationDraft, key: str) -> str:
    """Return the token of the owner's own link: always the same for one draft, owner and key of the portal."""
    return ownership_operations.owner_token(session, draft, key, "draft")


def release_drafts(session: Session, user_id: int) -> int:
    """Leave a user's drafts without owner, each under the link it began with; return how many."""
    return ownership_operations.release(session, SpecificationDraft, user_id)


def delete_draft(session: Session, draft: SpecificationDraft) -> None:
    """Delete a draft and all its revisions."""
    session.delete(draft)


def delete_lapsed(session: Session, kept: datetime.timedelta = RETENTION) -> int:
    """Delete the drafts untouched for so long; return how many."""
    limit = clock.now() - kept
    lapsed = session.scalars(select(SpecificationDraft).where(SpecificationDraft.changed_at < limit)).all()
    for draft in lapsed:
        session.delete(draft)
    return len(lapsed)
