"""Invitations that nobody has accepted yet: changed, and taken back, by whoever may invite."""

from sqlalchemy.orm import Session

from mpdi.accounts import audit
from mpdi.accounts.link_operations import delete_links
from mpdi.accounts.models import User
from mpdi.accounts.operations import forget, user_reference
from mpdi.accounts.role_operations import check_grant, grant_role, require_right_to_give, revoke_role
from mpdi.accounts.roles import Grant, Person, Role
from mpdi.exceptions import MpdiError


class InvitationAcceptedError(MpdiError):
    """Whoever was invited has an account meanwhile, or is kept out of it: there is no invitation left."""


def change_invitation(session: Session, actor: Person | str, user: User, grant: Grant) -> None:
    """Give an invitation another role in place of all it carried; the link that was sent stays good.

    `InvitationAcceptedError`; `NotYoursToGrantError`, for the roles it carried too.
    """
    check_grant(grant)
    session.refresh(user, with_for_update=True)
    _require_pending(user)
    carried = list(user.as_person().grants)
    require_right_to_give(actor, [grant.role, *(each.role for each in carried)])
    for each in carried:
        if each != grant:
            revoke_role(session, actor, user, each)
    grant_role(session, actor, user, grant)


def withdraw_invitation(session: Session, actor: Person | str, user: User) -> None:
    """Take an invitation back: its link ends and the address is forgotten. Errors as `change_invitation`."""
    delete_links(session, user.id)  # first: whoever accepts at this moment holds the link, and one of the two waits
    session.refresh(user, with_for_update=True)
    _require_pending(user)
    require_right_to_give(actor, [Role(item.role) for item in user.roles])
    forget(session, user)
    audit.note(session, actor, "invitation_withdrawn", user_reference(user.id))


def _require_pending(user: User) -> None:
    if user.password_hash is not None or not user.is_active or user.erased_at is not None:
        raise InvitationAcceptedError("This invitation was accepted or withdrawn meanwhile.")
