"""People: list, invite, grant, revoke, deactivate; and the audit log."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mpdi import security
from mpdi.accounts import audit, invitation_operations, operations, queries, role_operations
from mpdi.accounts.account_pages import accounts, told_role
from mpdi.accounts.current import current_person, require
from mpdi.accounts.forms import GrantForm, InviteForm
from mpdi.accounts.invitation_operations import InvitationAcceptedError
from mpdi.accounts.links import LinkPurpose
from mpdi.accounts.mails import link_address
from mpdi.accounts.models import User
from mpdi.accounts.operations import Invitation, UnknownUserError, UserExistsError
from mpdi.accounts.role_operations import WITHOUT_ADMINISTRATOR, LastAdministratorError, NotYoursToGrantError
from mpdi.accounts.roles import Action, Grant, Role, may
from mpdi.accounts.words import ROLES
from mpdi.i18n import interface_language
from mpdi.services import services

F = TypeVar("F", bound=GrantForm)
_ROLES = [role for role in Role if role is not Role.VISITOR]


@dataclass(frozen=True)
class ShownPerson:
    """Somebody with an account, as the pages about people show it."""

    id: int
    email: str
    name: str
    is_active: bool
    is_invited: bool
    roles: list[tuple[str, str]]
    """For each role the value of its button and the words."""
    held: frozenset[Role] = frozenset()

    @property
    def is_pending(self) -> bool:
        """Whether an invitation waits to be accepted."""
        return self.is_invited and self.is_active

    @property
    def shown_name(self) -> str:
        """The name, or the address where none was given."""
        return self.name or self.email


def _shown(user: User) -> ShownPerson:
    roles = [(str(item.id), told_role(Grant(Role(item.role), item.authority_id, item.route))) for item in user.roles]
    held = frozenset(Role(item.role) for item in user.roles)
    return ShownPerson(user.id, user.email, user.name, user.is_active, user.password_hash is None, roles, held)


@accounts.get("/people")
def people() -> str:
    """List the people, found by words and role."""
    person = require(Action.SEE_USERS)
    words, role, page = request.args.get("words", "")[:100], _asked_role(), page_number()
    with services().database.reading() as session:
        found = queries.list_people(session, words, role, page)
        shown = [_shown(user) for user in found.people]
    return render_template(
        "accounts/people.html",
        people=shown,
        total=found.total,
        pages=_pages(found.total),
        page=page,
        words=words,
        role=role,
        roles=[(each, str(ROLES[each])) for each in _ROLES],
        may_invite=may(person, Action.INVITE_USER),
    )


def _asked_role() -> Role | None:
    asked = request.args.get("role", "")
    return Role(asked) if asked in {role.value for role in _ROLES} else None


def page_number() -> int:
    """Return the page asked for, 1 where the address says something else."""
    text = request.args.get("page", "")
    return max(1, int(text)) if text.isdecimal() and len(text) < 7 else 1


def _pages(total: int) -> int:
    return max(1, -(-total // queries.PAGE))


@accounts.get("/people/invite")
def invite() -> Response:
    """Ask whom to invite, and as what."""
    require(Action.INVITE_USER)
    return _show_invite(_offered(InviteForm(formdata=None)))


@accounts.post("/people/invite")
def invite_sent() -> Response:
    """Send an invitation."""
    person = require(Action.INVITE_USER)
    form = _offered(InviteForm())
    if not form.validate():
        return _show_invite(form, 422)
    try:
        with services().database.writing() as session:
            made = operations.invite(
                session, person, form.email.data, [form.grant()], form.language.data, services().settings.public_address
            )
    except UserExistsError:
        form.email.errors = [_("There is already an account with this e-mail address.")]
        return _show_invite(form, 422, _held(form.email.data))
    except NotYoursToGrantError:
        form.email.errors = [_("This person was invited with a role that only an administrator gives.")]
        return _show_invite(form, 422)
    return _invited(made)


def _offered(form: F) -> F:
    may_grant = may(current_person(), Action.GRANT_ROLE)
    form.offer([role for role in _ROLES if may_grant or role in WITHOUT_ADMINISTRATOR], interface_language())
    return form


def _held(email: str) -> ShownPerson | None:
    """Return who has an account with this address already."""
    with services().database.reading() as session:
        user = operations.find_user(session, email)
        return _shown(user) if user else None


def _show_invite(form: InviteForm, status: int = 200, held: ShownPerson | None = None) -> Response:
    may_grant = may(current_person(), Action.GRANT_ROLE)
    return make_response(render_template("accounts/invite.html", form=form, held=held, may_grant=may_grant), status)


def _invited(made: Invitation) -> Response:
    """Say that the mail is on its way; without a mail server show the link, once, to who invites."""
    settings = services().settings
    if settings.sends_mail:
        flash(_("The invitation is on its way. It works for seven days."))
        return redirect(url_for("accounts.person", user_id=made.user_id), 303)
    security.keep_private()
    link = link_address(LinkPurpose.INVITATION, made.token, settings.public_address)
    return make_response(render_template("accounts/invited.html", link=link, user_id=made.user_id))


@accounts.get("/people/<int:user_id>")
def person(user_id: int) -> Response:
    """Show somebody's account and roles."""
    require(Action.SEE_USERS)
    return _show_person(user_id, _offered(GrantForm(formdata=None)))


def _show_person(user_id: int, form: GrantForm, status: int = 200) -> Response:
    with services().database.reading() as session:
        shown = _shown(_user(session, user_id))
    asks = current_person()
    may_grant = may(asks, Action.GRANT_ROLE)
    text = render_template(
        "accounts/person.html",
        shown=shown,
        form=form,
        may_grant=may_grant,
        may_change_invitation=may(asks, Action.INVITE_USER)
        and shown.is_pending
        and (may_grant or shown.held <= WITHOUT_ADMINISTRATOR),
        may_invite=may(asks, Action.INVITE_USER),
        sees_audit_log=may(asks, Action.SEE_AUDIT_LOG),
    )
    return make_response(text, status)


def _user(session: Session, user_id: int) -> User:
    try:
        return operations.get_user(session, user_id)
    except UnknownUserError:
        abort(404)


@accounts.post("/people/<int:user_id>/invite-again")
def invite_again(user_id: int) -> Response:
    """Send a newer invitation to somebody who has not accepted yet."""
    asks = require(Action.INVITE_USER)
    try:
        with services().database.writing() as session:
            user = _user(session, user_id)
            made = operations.invite(session, asks, user.email, [], user.language, services().settings.public_address)
    except UserExistsError:
        flash(_("The invitation was accepted meanwhile."), "error")
    except NotYoursToGrantError:
        flash(_("This person was invited with a role that only an administrator gives."), "error")
    else:
        return _invited(made)
    return redirect(url_for("accounts.person", user_id=user_id), 303)


@accounts.post("/people/<int:user_id>/change-invitation")
def change_invitation(user_id: int) -> Response:
    """Give an invitation that waits another role in place of those it carried; its link stays."""
    asks = require(Action.INVITE_USER)
    form = _offered(GrantForm())
    if not form.validate():
        return _show_person(user_id, form, 422)
    words = _("The invitation is for this role now: %(role)s.", role=told_role(form.grant()))
    return _invitation_changed(
        user_id,
        lambda session, user: invitation_operations.change_invitation(session, asks, user, form.grant()),
        words,
        url_for("accounts.person", user_id=user_id),
    )


@accounts.post("/people/<int:user_id>/withdraw-invitation")
def withdraw_invitation(user_id: int) -> Response:
    """Take an invitation back before it is accepted: its link opens nothing any more."""
    asks = require(Action.INVITE_USER)
    return _invitation_changed(
        user_id,
        lambda session, user: invitation_operations.withdraw_invitation(session, asks, user),
        _("The invitation is withdrawn: its link opens nothing any more."),
        url_for("accounts.people"),
    )


def _invitation_changed(user_id: int, change: Callable[[Session, User], object], words: str, then: str) -> Response:
    try:
        _change(user_id, change)
    except InvitationAcceptedError:
        flash(_("The invitation was accepted meanwhile."), "error")
    except NotYoursToGrantError:
        flash(_("This person was invited with a role that only an administrator gives."), "error")
    else:
        flash(words)
        return redirect(then, 303)
    return redirect(url_for("accounts.person", user_id=user_id), 303)


@accounts.post("/people/<int:user_id>/grant")
def grant(user_id: int) -> Response:
    """Give somebody a role."""
    asks = require(Action.GRANT_ROLE)
    form = _offered(GrantForm())
    if not form.validate():
        return _show_person(user_id, form, 422)
    _change(user_id, lambda session, user: role_operations.grant_role(session, asks, user, form.grant()))
    flash(_("Role given: %(role)s.", role=told_role(form.grant())))
    return redirect(url_for("accounts.person", user_id=user_id), 303)


@accounts.post("/people/<int:user_id>/revoke")
def revoke(user_id: int) -> Response:
    """Take a role away."""
    asks = require(Action.GRANT_ROLE)
    wanted = request.form.get("grant", "")

    def change(session: Session, user: User) -> None:
        held = next((item for item in user.roles if str(item.id) == wanted), None)
        if held is not None:
            role = Grant(Role(held.role), held.authority_id, held.route)
            role_operations.revoke_role(session, asks, user, role)

    return _changed(user_id, change, _("The role is taken away."))


@accounts.post("/people/<int:user_id>/deactivate")
def deactivate(user_id: int) -> Response:
    """Keep somebody out."""
    asks = require(Action.GRANT_ROLE)
    words = _("This account is deactivated; its sessions are ended.")
    return _changed(user_id, lambda session, user: operations.deactivate(session, asks, user), words)


@accounts.post("/people/<int:user_id>/activate")
def activate(user_id: int) -> Response:
    """Let somebody in again."""
    asks = require(Action.GRANT_ROLE)
    words = _("This account is active again.")
    return _changed(user_id, lambda session, user: operations.activate(session, asks, user), words)


def _changed(user_id: int, change: Callable[[Session, User], object], words: str) -> Response:
    try:
        _change(user_id, change)
    except LastAdministratorError:
        flash(_("This is the only administrator. Give the role to somebody else first."), "error")
    else:
        flash(words)
    return redirect(url_for("accounts.person", user_id=user_id), 303)


def _change(user_id: int, change: Callable[[Session, User], object]) -> None:
    with services().database.writing() as session:
        change(session, _user(session, user_id))


@accounts.get("/audit-log")
def audit_log() -> str:
    """Show who changed what, the newest first; on demand follow the whole chain."""
    require(Action.SEE_AUDIT_LOG)
    reference, page = request.args.get("reference", "")[:120], page_number()
    with services().database.reading() as session:
        found = queries.list_audit(session, reference, page)
        session.expunge_all()
        report = audit.verify(session) if request.args.get("check") == "1" else None
    return render_template(
        "accounts/audit_log.html",
        entries=found.entries,
        total=found.total,
        pages=_pages(found.total),
        page=page,
        reference=reference,
        report=report,
    )
