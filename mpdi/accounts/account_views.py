"""One's own account: name and language, password, sessions, what is held, erasing it all."""

import json
from dataclasses import dataclass
from typing import Any

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi import security
from mpdi.accounts import current, operations, passwords, privacy, session_operations
from mpdi.accounts.account_pages import accounts, set_language, told_roles
from mpdi.accounts.current import SignedIn, require_user
from mpdi.accounts.forms import ChangePasswordForm, EraseForm, ProfileForm, network_address
from mpdi.accounts.models import SignInSession, User
from mpdi.accounts.role_operations import LastAdministratorError
from mpdi.accounts.roles import Action, may_somewhere
from mpdi.accounts.throttle_operations import TooManyAttemptsError, count_attempt, forget_attempts, sign_in_origin
from mpdi.services import services


@dataclass(frozen=True)
class AccountPage:
    """What the page of one's own account shows."""

    user: SignedIn
    roles: list[str]
    sessions: list[SignInSession]
    is_told_of_tickets: bool
    """Whether a mail says what happens to the tickets that one works on."""


@accounts.get("/account")
def account() -> Response:
    """Show one's own account."""
    return _show()


def _show(
    status: int = 200, profile: ProfileForm | None = None, password: ChangePasswordForm | None = None
) -> Response:
    user = require_user()
    security.keep_private()
    with services().database.reading() as session:
        sessions = list(session_operations.list_sessions(session, user.user_id))
        is_told = session.get_one(User, user.user_id).is_told_of_tickets
        session.expunge_all()
    page = AccountPage(user, told_roles(user.person.grants), sessions, is_told)
    text = render_template(
        "accounts/account.html",
        page=page,
        profile=profile or ProfileForm(formdata=None, name=user.name, language=user.language),
        password=password or ChangePasswordForm(formdata=None),
        answers_tickets=may_somewhere(user.person, Action.WORK_ON_TICKET),
        sees_people=may_somewhere(user.person, Action.SEE_USERS),
        sees_audit_log=may_somewhere(user.person, Action.SEE_AUDIT_LOG),
    )
    return make_response(text, status)


@accounts.post("/account/profile")
def change_profile() -> Response:
    """Change name and language."""
    user, form = require_user(), ProfileForm()
    if not form.validate():
        return _show(422, profile=form)
    with services().database.writing() as session:
        operations.change_profile(
            session, session.get_one(User, user.user_id), form.name.data or "", form.language.data
        )
    flash(_("Your name and language are saved."))
    response = redirect(url_for("accounts.account"), 303)
    set_language(response, form.language.data)
    return response


@accounts.post("/account/ticket-mails")
def choose_ticket_mails() -> Response:
    """Choose whether one gets a mail on what happens to tickets."""
    user, wants = require_user(), "wants" in request.form
    with services().database.writing() as session:
        operations.choose_ticket_mails(session, session.get_one(User, user.user_id), wants)
    flash(_("You get a mail when something happens.") if wants else _("You get no mail when something happens."))
    return redirect(url_for("accounts.account"), 303)


@accounts.post("/account/password")
def change_password() -> Response:
    """Change the password; every other session ends."""
    user, form = require_user(), ChangePasswordForm()
    form.about = (user.email, user.name)
    if not form.validate() or not _confirms(user, form, "current_password"):
        return _show(422, password=form)
    with services().database.writing() as session:
        account_ = session.get_one(User, user.user_id)
        operations.change_password(session, account_, form.new_password.data or "", user.session_id)
    flash(_("Your password is changed. You were signed out everywhere else."))
    return redirect(url_for("accounts.account"), 303)


def _confirms(user: SignedIn, form: Any, name: str) -> bool:
    """Whether the password typed again is right; guessing it here is slowed down as at the door."""
    field = form[name]
    origin = sign_in_origin(services().settings.secret_key, user.email, network_address())
    try:
        with services().database.writing() as session:
            count_attempt(session, origin)
            found = operations.credentials_of(session, user.email)
    except TooManyAttemptsError:
        field.errors = [_("Too many attempts. Wait an hour, or ask for a new password.")]
        return False
    if found is None or not passwords.is_right(found.password_hash, field.data or ""):
        field.errors = [_("This is not your current password.")]
        return False
    with services().database.writing() as session:
        forget_attempts(session, origin)
    return True


@accounts.post("/account/sessions/<int:session_id>/end")
def end_session(session_id: int) -> Response:
    """End one of one's own sessions."""
    user = require_user()
    with services().database.writing() as session:
        if not session_operations.end_session(session, user.user_id, session_id):
            abort(404)
    flash(_("That session is ended."))
    return redirect(url_for("accounts.account"), 303)


@accounts.post("/account/sessions/end-others")
def end_other_sessions() -> Response:
    """End every session but this one."""
    user = require_user()
    with services().database.writing() as session:
        session_operations.end_sessions(session, user.user_id, keep=user.session_id)
    flash(_("You are signed out everywhere else."))
    return redirect(url_for("accounts.account"), 303)


@accounts.get("/account/data")
def my_data() -> Response:
    """Give everything held about oneself as a file."""
    user = require_user()
    security.keep_private()
    with services().database.writing() as session:
        subject = privacy.data_subject(session, user.email)
        data = privacy.collect(session, subject)
        privacy.note_export(session, user.person, subject)
    response = make_response(json.dumps(data, ensure_ascii=False, indent=2))
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers["Content-Disposition"] = "attachment; filename=mpdi-my-data.json"
    return response


@accounts.get("/account/erase")
def erase() -> Response:
    """Say what erasing means and ask for the password."""
    return _show_erase(EraseForm(formdata=None))


@accounts.post("/account/erase")
def erase_confirmed() -> Response:
    """Erase the account and take the person out of every record."""
    user, form = require_user(), EraseForm()
    if not form.validate() or not _confirms(user, form, "password"):
        return _show_erase(form, 422)
    try:
        with services().database.writing() as session:
            subject = privacy.data_subject(session, user.email)
            left = [each for each in privacy.to_read(session, subject) if each.public_link]
            privacy.erase(session, user.person, subject)
    except LastAdministratorError:
        form.form_errors.append(_("You are the only administrator. Give the role to somebody else first."))
        return _show_erase(form, 422)
    services().database.empty_log()
    current.begin_anew()
    flash(_("Your account is erased."))
    if left:
        flash(_("The helpdesk is asked to read again what it published of your questions: %(titles)s.", titles=", ".join(each.title for each in left)))
    return current.forget(redirect(url_for("portal.home"), 303))


def _show_erase(form: EraseForm, status: int = 200) -> Response:
    user = require_user()
    security.keep_private()
    with services().database.reading() as session:
        left = [each for each in privacy.to_read(session, privacy.data_subject(session, user.email)) if each.public_link]
    return make_response(render_template("accounts/erase.html", form=form, user=user, left=left), status)
