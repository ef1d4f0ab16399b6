"""The blueprint of accounts and what its pages share."""

import re
from collections.abc import Iterable

from flask import Blueprint, request
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mpdi.accounts import current, session_operations
from mpdi.accounts.authorities import register
from mpdi.accounts.models import User
from mpdi.accounts.roles import Grant, Role
from mpdi.accounts.words import ROLES, ROUTES
from mpdi.i18n import INTERFACE_LANGUAGES, interface_language
from mpdi.services import services

accounts = Blueprint("accounts", __name__)
_YEAR = 365 * 24 * 3600
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")


def device_name() -> str:
    """Return the browser in two words, for its owner to know it again: “Firefox, Windows”; no version, no more."""
    agent = request.headers.get("User-Agent", "")
    browser = next((name for sign, name in _BROWSERS if re.search(rf"\b{sign}\w*/", agent)), "")
    system = next((name for name in _SYSTEMS if name in agent), "")
    return ", ".join(part for part in (browser, system) if part)


def begin_session(session: Session, user: User, method: str) -> str:
    """Begin a new session in place of the one that this browser may hold; return its token."""
    session_operations.end_token(session, request.cookies.get(current.COOKIE, ""))
    token = session_operations.start_session(session, user, device_name(), method)
    current.begin_anew()
    return token


def with_language(response: Response, language: str) -> Response:
    """Show the pages in a user's language from here, unless this browser has chosen one."""
    if request.cookies.get("mpdi_language") not in INTERFACE_LANGUAGES:
        set_language(response, language)
    return response


def set_language(response: Response, language: str) -> None:
    """Show the pages in a language from here."""
    response.set_cookie(
        "mpdi_language", language, max_age=_YEAR, secure=services().settings.is_https, httponly=True, samesite="Lax"
    )


def told_roles(grants: Iterable[Grant]) -> list[str]:
    """Say each role in words: “Public buyer, Commune d'Uccle”, “Facilitator, Food”."""
    return [told_role(grant) for grant in grants]


def told_role(grant: Grant) -> str:
    """Say a role in words, with the body or the theme where it is limited to one."""
    body = register().get(grant.authority_id) if grant.authority_id else None
    where = body.name_in(interface_language()) if body else grant.authority_id
    theme = str(ROUTES.get(grant.route, grant.route)) if grant.route else None
    if grant.role is Role.FACILITATOR and grant.route is None:
        theme = _("every theme")
    return ", ".join(filter(None, (str(ROLES[grant.role]), where, theme)))
