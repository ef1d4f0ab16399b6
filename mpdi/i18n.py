"""Three languages of the interface, and two of the clauses: two independent choices, each kept in a cookie.

`?language=nl` on any page changes the interface, `?content=nl` the language clauses are read in; without a choice the
interface follows the browser (`Accept-Language`, French where it asks for none of ours) and the clauses follow the
interface.
"""

from pathlib import Path
from typing import cast
from urllib.parse import quote, urlencode

from flask import Flask, Response, current_app, g, has_request_context, request
from flask_babel import Babel, gettext, refresh

from mpdi.clause_library.core.vocabulary import LANGUAGES, Language

INTERFACE_LANGUAGES = ("fr", "nl", "en")
LANGUAGE_NAMES = {"fr": "Français", "nl": "Nederlands", "en": "English"}
DEFAULT_LANGUAGE = "fr"
TRANSLATIONS = Path(__file__).resolve().parent / "translations"
_YEAR = 365 * 24 * 3600
_CHOICES = {"language": INTERFACE_LANGUAGES, "content": LANGUAGES}


def init_app(app: Flask) -> None:
    """Choose the languages of each request and offer them to templates."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    Babel(app, default_locale=DEFAULT_LANGUAGE, default_timezone="Europe/Brussels", locale_selector=interface_language)
    app.after_request(_remember)
    app.context_processor(_for_templates)


def translate(message: str, **values: object) -> str:
    """Return a message in the language of the request, its places filled; imported as `_`."""
    return str(gettext(message, **values))


def interface_language() -> str:
    """Return the language of the interface: `fr`, `nl` or `en`."""
    if not has_request_context():
        return DEFAULT_LANGUAGE
    if "interface_language" not in g:
        asked_by_browser = request.accept_languages.best_match(INTERFACE_LANGUAGES, DEFAULT_LANGUAGE)
        g.interface_language = _chosen("language") or asked_by_browser
    return cast(str, g.interface_language)


def speak(language: str) -> None:
    """Show this page in a language, unless whoever reads it has chosen one; before any word of it is made."""
    if _chosen("language") is None and language in INTERFACE_LANGUAGES:
        g.interface_language = language
        refresh()


def content_language() -> Language:
    """Return the language in which clauses are read: `fr` or `nl`."""
    language = _chosen("content") or interface_language()
    if language not in LANGUAGES:
        language = request.accept_languages.best_match(LANGUAGES, DEFAULT_LANGUAGE) or DEFAULT_LANGUAGE
    return cast(Language, language)


def _chosen(name: str) -> str | None:
    asked = request.args.get(name)
    if asked in _CHOICES[name]:
        return asked
    kept = request.cookies.get(f"mpdi_{name}")
    return kept if kept in _CHOICES[name] else None


def switch_query(name: str, value: str) -> str:
    """Return the query of this page with another language."""
    kept = [(key, item) for key, items in request.args.lists() if key != name for item in items]
    return "?" + urlencode([*kept, (name, value)])


def switch_address(name: str, value: str) -> str:
    """Return the address of this same page with another language, on this site: it can lead nowhere else.

    The answer to a form that was sent to an address without a page of its own (`…/facts`) leads to the page above it.
    """
    return (_page_above() if request.method == "POST" else "") + switch_query(name, value)


def _page_above() -> str:
    """Return the nearest address at or above this one that can be opened; nothing where it is this one."""
    adapter = current_app.create_url_adapter(request)
    path = request.path
    while adapter is not None and path.strip("/"):
        if adapter.test(path, "GET"):
            return "" if path == request.path else f"{request.script_root}{quote(path)}"
        path = path.rpartition("/")[0]
    return ""


def _remember(response: Response) -> Response:
    for name, allowed in _CHOICES.items():
        if request.args.get(name) in allowed:
            response.set_cookie(
                f"mpdi_{name}",
                request.args[name],
                max_age=_YEAR,
                secure=request.is_secure,
                httponly=True,
                samesite="Lax",
            )
    if response.mimetype == "text/html":
        response.vary.update(("Accept-Language", "Cookie"))
        response.headers["Content-Language"] = interface_language()
    return response


def _for_templates() -> dict[str, object]:
    return {
        "interface_language": interface_language(),
        "content_language": content_language(),
        "interface_languages": INTERFACE_LANGUAGES,
        "language_names": LANGUAGE_NAMES,
        "switch_address": switch_address,
        "switch_query": switch_query,
    }
