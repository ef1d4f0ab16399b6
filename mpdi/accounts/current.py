"""Who asks: the person behind the request, and how a view refuses.

A view that is not for everybody begins with one of these:

- `require(Action.SEE_AUDIT_LOG)`: the person may do this, or the request ends here. A visitor is sent to sign in and
  comes back; somebody signed in gets 403, or 404 with `hidden=True` where the record must stay unknown.
- `require_somewhere(Action.SEE_QUEUE)`: the same for who has the right on some record, before the record is loaded.
- `require_user()`: somebody signed in, whoever.

`current_person()` is what `may(person, action, subject)` asks for; `current_user()` is the account, None for a visitor.
"""

from dataclasses import dataclass
from typing import cast

from flask import Flask, Response, abort, g, has_request_context, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from mpdi import security
from mpdi.accounts import session_operations
from mpdi.accounts.forms import SignInForm, packed_fields
from mpdi.accounts.roles import ANYTHING, VISITOR, Action, Person, Subject, may, may_somewhere
from mpdi.exceptions import MpdiError
from mpdi.services import services

COOKIE = "mpdi_sign_in"
_LONGEST_NEXT = 1_000
_NOT_KEPT = ("csrf_token", "password", "new_password", "current_password")


class SignInNeededError(MpdiError):
    """A visitor asked for something that only somebody signed in may see or do."""


@dataclass(frozen=True)
class SignedIn:
    """The account behind the request."""

    user_id: int
    email: str
    name: str
    language: str
    session_id: int
    person: Person

    @property
    def shown_name(self) -> str:
        """The name, or the address where none was given."""
        return self.name or self.email


def init_app(app: Flask) -> None:
    """Know who asks in every request, template and refusal."""
    app.register_error_handler(SignInNeededError, _send_to_sign_in)
    app.context_processor(_for_templates)
    app.after_request(_keep_private)


def current_user() -> SignedIn | None:
    """Return the account that is signed in; None for a visitor. Read once for each request."""
    if not has_request_context():
        return None
    if "signed_in" not in g:
        token = request.cookies.get(COOKIE, "")
        g.signed_in = _load(token) if token else None
    return cast(SignedIn | None, g.signed_in)


def current_person() -> Person:
    """Return who asks, as the table of rights knows them."""
    user = current_user()
    return user.person if user else VISITOR


def require(action: Action, subject: Subject = ANYTHING, *, hidden: bool = False) -> Person:
    """Return who asks when they may; else send a visitor to sign in, or answer 403 (404 when the record is hidden)."""
    person = current_person()
    if may(person, action, subject):
        return person
    if hidden:
        abort(404)
    return _refuse(person)


def require_somewhere(action: Action) -> Person:
    """Return who asks when there can be a record on which they may; else refuse, before anything is loaded."""
    person = current_person()
    return person if may_somewhere(person, action) else _refuse(person)


def require_user() -> SignedIn:
    """Return the account that is signed in; send a visitor to sign in."""
    user = current_user()
    if user is None:
        raise SignInNeededError("Sign in first.")
    return user


def _refuse(person: Person) -> Person:
    if person.user_id is None:
        raise SignInNeededError("Sign in first.")
    abort(403)


def _load(token: str) -> SignedIn | None:
    with services().database.reading() as database_session:
        found = session_operations.find_session(database_session, token)
        if found is None:
            return None
        user = found.user
        signed_in = SignedIn(user.id, user.email, user.name, user.language, found.id, user.as_person())
        is_to_be_noted = session_operations.is_to_be_noted(found)
    if is_to_be_noted:
        with services().database.writing() as database_session:
            session_operations.note_seen(database_session, signed_in.session_id)
    return signed_in


def begin_anew() -> None:
    """Forget what the browser held before it signed in or out, the token of its forms included."""
    session.clear()
    g.pop("csrf_token", None)
    g.pop("signed_in", None)


def remember(response: AnyResponse, token: str) -> AnyResponse:
    """Give the browser its session."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=session_operations.LONGEST,
        secure=services().settings.is_https,
        httponly=True,
        samesite="Lax",
    )
    return response


def forget(response: AnyResponse) -> AnyResponse:
    """Take the session away from the browser."""
    response.delete_cookie(COOKIE, secure=services().settings.is_https, httponly=True, samesite="Lax")
    return response


def safe_next(text: str | None) -> str | None:
    """Return an address of this portal to go on to; None for any other: absolute, of another host, or odd."""
    if not text or len(text) > _LONGEST_NEXT or not text.startswith("/") or text.startswith(("//", "/\\")):
        return None
    return text if text.isprintable() and "\\" not in text and " " not in text else None


def kept_fields() -> list[tuple[str, str]]:
    """Return what was typed in the form of this request, for it to be sent again after signing in; no password."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_KEPT]


def _send_to_sign_in(_error: SignInNeededError) -> AnyResponse | tuple[str, int]:
    address = request.full_path.removesuffix("?")
    if request.method in ("GET", "HEAD"):
        return redirect(url_for("accounts.sign_in", next=safe_next(address)), 303)
    security.keep_private()
    form = SignInForm(formdata=None, next=safe_next(address) or "", kept=packed_fields(kept_fields()))
    return render_template("accounts/sign_in.html", form=form, is_interrupted=True), 403


def _keep_private(response: Response) -> Response:
    is_personal = "signed_in" in g and g.signed_in is not None and response.mimetype == "text/html"
    if is_personal and not security.is_kept_for_going_back():
        response.headers["Cache-Control"] = "no-store"
    return response


def _for_templates() -> dict[str, object]:
    return {"current_user": current_user, "may_somewhere": _person_may_somewhere}


def _person_may_somewhere(action: str) -> bool:
    return may_somewhere(current_person(), Action(action))
