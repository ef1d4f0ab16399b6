"""What every template may use: the menu, the labels, dates and numbers as a reader of the page writes them."""

import datetime
from decimal import Decimal

from babel.dates import format_date
from flask import Flask, current_app, request, url_for

from mpdi import __version__, clock
from mpdi.accounts.current import current_person
from mpdi.accounts.roles import Action, may_somewhere
from mpdi.clause_library import labels
from mpdi.clause_library.core.rendering import format_number
from mpdi.i18n import interface_language
from mpdi.i18n import translate as _

_LOCALES = {"fr": "fr_BE", "nl": "nl_BE", "en": "en_GB"}


def init_app(app: Flask) -> None:
    """Give templates the filters `date` and `number`, the labels of closed lists, the menu and the version."""
    app.add_template_filter(long_date, "date")
    app.add_template_filter(date_time, "date_time")
    app.add_template_filter(number, "number")
    app.add_template_global(labels, "labels")  # type: ignore[arg-type]
    app.add_template_global(navigation, "navigation")
    app.add_template_global(__version__, "software_version")  # type: ignore[arg-type]


def navigation() -> list[tuple[str, str, bool]]:
    """Return the main menu: address, words, whether the current page belongs to it; no entry for what is not built."""
    entries = (
        ("portal.home", _("Home")),
        ("specifications.new", _("Write specifications")),
        ("clauses.clause_list", _("Clauses")),
        ("questions.new", _("Ask a question")),
        ("answers.article_list", _("Answers")),
        ("agenda.coming", _("Agenda")),
        *_of_the_desk(),
    )
    return [
        (url_for(endpoint), words, _is_here(endpoint))
        for endpoint, words in entries
        if endpoint in current_app.view_functions
    ]


def _of_the_desk() -> tuple[tuple[str, str], ...]:
    person = current_person()
    if may_somewhere(person, Action.SEE_QUEUE):
        return (("helpdesk.queue", _("Queue")),)
    return (("helpdesk.requests", _("Questions to me")),) if may_somewhere(person, Action.ANSWER_AS_EXPERT) else ()


def _is_here(endpoint: str) -> bool:
    if endpoint == "portal.home":
        return request.endpoint == endpoint
    return (request.endpoint or "").split(".")[0] == endpoint.split(".")[0]


def long_date(day: datetime.date | None) -> str:
    """Write a date in words: “24 novembre 2026”; of a moment, the day it is in Brussels; a dash where there is none."""
    if isinstance(day, datetime.datetime):
        day = clock.aware(day).astimezone(clock.BRUSSELS).date()
    return "–" if day is None else format_date(day, "long", locale=_LOCALES[interface_language()])


def date_time(moment: datetime.datetime | None) -> str:
    """Write a moment as it is in Brussels: “24 nov. 2026, 10:15”; a dash where there is none."""
    if moment is None:
        return "–"
    there = clock.aware(moment).astimezone(clock.BRUSSELS)
    day = format_date(there, "medium", locale=_LOCALES[interface_language()])
    return f"{day}, {there:%H:%M}"


def number(value: Decimal | int | None) -> str:
    """Write a number in the language of the interface; a dash where there is none."""
    return "–" if value is None else format_number(Decimal(value), interface_language())
