"""Home and the pages about the portal."""

from collections import Counter

from flask import Blueprint, render_template

from mpdi import clock
from mpdi.clause_library.core.vocabulary import Theme
from mpdi.events import queries as agenda
from mpdi.helpdesk.mail.settings import published_address
from mpdi.services import services

portal = Blueprint("portal", __name__)
SOON = 3
"""Events that the home page names."""


@portal.get("/")
def home() -> str:
    """Say what can be done here."""
    with services().database.reading() as session:
        library = services().library.library(session)
        day = clock.today()
        versions = [library.latest(identifier, day) for identifier in library.identifiers]
        counts = Counter(theme for version in versions for theme in version.themes)
        return render_template(
            "portal/home.html",
            total=len(versions),
            signed=sum(version.register.is_signed for version in versions),
            themes=[(theme, counts[theme]) for theme in Theme if counts[theme]],
            coming=agenda.coming(session)[:SOON],
        )


@portal.get("/tools")
def tools() -> str:
    """List what helps to check, compare and know, beside writing specifications."""
    return render_template("portal/tools.html")


@portal.get("/healthz")
def healthz() -> dict[str, str]:
    """Answer that the portal runs and reaches its database."""
    services().database.require_tables()
    return {"status": "ok"}


@portal.get("/about/law")
def method() -> str:
    """Say how sure we are of the law behind the clauses."""
    return render_template("portal/method.html")


@portal.get("/about/accessibility")
def accessibility() -> str:
    """State how accessible the portal is."""
    return render_template("portal/accessibility.html")


@portal.get("/about/privacy")
def privacy() -> str:
    """Say what is stored of those who use the portal."""
    return render_template("portal/privacy.html", helpdesk_address=published_address())


@portal.get("/about/licences")
def licences() -> str:
    """Say under which licences code and content may be used."""
    return render_template("portal/licences.html")
