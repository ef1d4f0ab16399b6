"""Signing in and out, a forgotten password, an invitation. No page tells whether an address has an account."""

from dataclasses import dataclass

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi import security
from mpdi.accounts import current, link_operations, operations, session_operations
from mpdi.accounts.account_pages import accounts, begin_session, with_language
from mpdi.accounts.forms import (
    ForgottenPasswordForm,
    InvitationForm,
    NewPasswordForm,
    SignInForm,
    network_address,
    unpacked_fields,
)
from mpdi.accounts.link_operations import DeadLinkError
from mpdi.accounts.links import LinkPurpose
from mpdi.accounts.methods import Identified, PasswordMethod, SignInMethod, SignInRefusedError, further_step
from mpdi.accounts.models import User
from mpdi.accounts.roles import Action, may_somewhere
from mpdi.accounts.throttle_operations import (
    Origin,
    TooManyAttemptsError,
    count_attempt,
    forget_attempts,
    reset_origin,
    sign_in_origin,
)
from mpdi.i18n import speak
from mpdi.services import services


@dataclass(frozen=True)
class Holder:
    """Who holds a single-use link."""

    email: str
    name: str
    language: str


@accounts.get("/sign-in")
def sign_in() -> Response:
    """Ask for address and password; who is signed in goes on."""
    security.keep_private()
    address = current.safe_next(request.args.get("next"))
    if current.current_user() is not None:
        return redirect(address or url_for("accounts.account"), 303)
    return _show_sign_in(SignInForm(formdata=None, next=address or ""))


@accounts.post("/sign-in")
def sign_in_sent() -> Response:
    """Sign in, or refuse without saying why."""
    form = SignInForm()
    if not form.validate():
        return _show_sign_in(form, 422)
    origin = sign_in_origin(services().settings.secret_key, form.email.data, network_address())
    try:
        identified = _identified(PasswordMethod(form.email.data, form.password.data), origin)
    except SignInRefusedError:
        form.form_errors.append(_("The e-mail address or the password is not right."))
        return _show_sign_in(form, 422)
    except TooManyAttemptsError:
        form.form_errors.append(_("Too many attempts. Wait an hour, or ask for a new password."))
        return _show_sign_in(form, 429)
    return _signed_in(identified, origin, current.safe_next(form.next.data), unpacked_fields(form.kept.data))


def _identified(method: SignInMethod, origin: Origin) -> Identified:
    with services().database.writing() as session:
        count_attempt(session, origin)
    return method.identify(services().database)


def _signed_in(identified: Identified, origin: Origin, address: str | None, kept: list[tuple[str, str]]) -> Response:
    if (step := further_step(identified)) is not None:
        return redirect(url_for(step.endpoint, next=address), 303)
    with services().database.writing() as session:
        forget_attempts(session, origin)
        user = operations.get_user(session, identified.user_id)
        if identified.renewed_hash is not None:
            operations.renew_hash(session, user.id, identified.renewed_hash)
        token, language = begin_session(session, user, identified.method), user.language
        first_page = _first_page(user)
    if address and kept:
        answer: Response = make_response(render_template("accounts/go_on.html", address=address, kept=kept))
    else:
        answer = redirect(address or url_for(first_page), 303)
    return with_language(current.remember(answer, token), language)


def _first_page(user: User) -> str:
    """Return the endpoint of the page that somebody sees first: the queue, an expert's questions, else the account."""
    pages = (("helpdesk.queue", Action.SEE_QUEUE), ("helpdesk.requests", Action.ANSWER_AS_EXPERT))
    return next((page for page, action in pages if may_somewhere(user.as_person(), action)), "accounts.account")


def _show_sign_in(form: SignInForm, status: int = 200) -> Response:
    security.keep_private()
    return make_response(
        render_template("accounts/sign_in.html", form=form, is_interrupted=bool(form.kept.data)), status
    )


@accounts.post("/sign-out")
def sign_out() -> Response:
    """End this browser's session."""
    token = request.cookies.get(current.COOKIE, "")
    with services().database.writing() as session:
        session_operations.end_token(session, token)
    current.begin_anew()
    flash(_("You are signed out."))
    return current.forget(redirect(url_for("portal.home"), 303))


@accounts.get("/forgotten-password")
def forgotten_password() -> Response:
    """Ask for the address."""
    return _show_forgotten(ForgottenPasswordForm(formdata=None))


@accounts.post("/forgotten-password")
def forgotten_password_sent() -> Response:
    """Send a link where the address has an account; say the same where it has none."""
    form = ForgottenPasswordForm()
    if not form.validate():
        return _show_forgotten(form, 422)
    settings = services().settings
    try:
        with services().database.writing() as session:
            count_attempt(session, reset_origin(settings.secret_key, form.email.data, network_address()))
            operations.begin_password_reset(session, form.email.data, settings.public_address)
    except TooManyAttemptsError:
        form.form_errors.append(_("Too many requests for a new password. Wait an hour."))
        return _show_forgotten(form, 429)
    security.keep_private()
    return make_response(render_template("accounts/link_sent.html", email=form.email.data))


def _show_forgotten(form: ForgottenPasswordForm, status: int = 200) -> Response:
    security.keep_private()
    return make_response(render_template("accounts/forgotten_password.html", form=form), status)


@accounts.get("/new-password/<token>")
def new_password(token: str) -> Response:
    """Ask for a new password."""
    holder = _holder(token, LinkPurpose.NEW_PASSWORD)
    return _show_new_password(NewPasswordForm(formdata=None), holder)


@accounts.post("/new-password/<token>")
def new_password_sent(token: str) -> Response:
    """Set the new password, end every session and begin a new one."""
    holder = _holder(token, LinkPurpose.NEW_PASSWORD)
    form = NewPasswordForm()
    if holder is not None:
        form.about = (holder.email, holder.name)
    if holder is None or not form.validate():
        return _show_new_password(form, holder)
    try:
        with services().database.writing() as session:
            user = operations.finish_password_reset(session, token, form.new_password.data or "")
            forget_attempts(session, sign_in_origin(services().settings.secret_key, user.email, network_address()))
            cookie = begin_session(session, user, PasswordMethod.name)
    except DeadLinkError:
        return _show_new_password(form, None)
    flash(_("Your new password is set. You were signed out everywhere else."))
    return current.remember(redirect(url_for("accounts.account"), 303), cookie)


def _show_new_password(form: NewPasswordForm, holder: Holder | None) -> Response:
    return _show_link_page("accounts/new_password.html", form, holder)


@accounts.get("/invitation/<token>")
def invitation(token: str) -> Response:
    """Ask the invited for name, language and password."""
    holder = _holder(token, LinkPurpose.INVITATION)
    language = holder.language if holder else None
    return _show_link_page("accounts/invitation.html", InvitationForm(formdata=None, language=language), holder)


@accounts.post("/invitation/<token>")
def invitation_sent(token: str) -> Response:
    """Open the account and sign in."""
    holder = _holder(token, LinkPurpose.INVITATION)
    form = InvitationForm()
    if holder is not None:
        form.about = (holder.email,)
    if holder is None or not form.validate():
        return _show_link_page("accounts/invitation.html", form, holder)
    name, language, password = form.name.data or "", form.language.data, form.new_password.data or ""
    try:
        with services().database.writing() as session:
            user = operations.accept_invitation(session, token, name, language, password)
            cookie, first_page = begin_session(session, user, PasswordMethod.name), _first_page(user)
    except DeadLinkError:
        return _show_link_page("accounts/invitation.html", form, None)
    flash(_("Your account is open."))
    return with_language(current.remember(redirect(url_for(first_page), 303), cookie), language)


def _holder(token: str, purpose: LinkPurpose) -> Holder | None:
    with services().database.reading() as session:
        try:
            user = link_operations.find_link(session, token, purpose)
        except DeadLinkError:
            return None
        holder = Holder(user.email, user.name, user.language)
    speak(holder.language)
    return holder


def _show_link_page(template: str, form: NewPasswordForm, holder: Holder | None) -> Response:
    """Show the form; where the link works no more, say so and how to get another."""
    security.keep_private()
    if holder is None:
        return make_response(render_template("accounts/dead_link.html"), 404)
    return make_response(render_template(template, form=form, email=holder.email), 422 if form.is_submitted() else 200)
