"""What every template may use: the menu, the labels, dates and numbers as a reader of the page writes them."""

import datetime
from decimal import Decimal
from typing import Literal

from babel.dates import format_date
from flask import Flask, current_app, request, url_for

from mpdi import __version__, clock
from mpdi.accounts.current import current_person, current_user
from mpdi.accounts.roles import Action, may_somewhere
from mpdi.clause_library import labels
from mpdi.clause_library.core.rendering import format_number
from mpdi.i18n import interface_language
from mpdi.i18n import translate as _
from mpdi.services import public_url, services

_LOCALES = {"fr": "fr_BE", "nl": "nl_BE", "en": "en_GB"}


def init_app(app: Flask) -> None:
    """Give templates the filters `date` and `number`, the labels of closed lists, the menu and the version."""
    app.add_template_filter(long_date, "date")
    app.add_template_filter(date_time, "date_time")
    app.add_template_filter(number, "number")
    app.add_template_global(labels, "labels")  # type: ignore[arg-type]
    app.add_template_global(navigation, "navigation")
    app.add_template_global(desk_navigation, "desk_navigation")
    app.add_template_global(public_url, "public_url")
    app.add_template_global(public_address, "public_address")
    app.add_template_global(__version__, "software_version")  # type: ignore[arg-type]


def public_address() -> str:
    """Return what whole addresses of this portal begin with."""
    return services().settings.public_address


def navigation() -> list[tuple[str, str, bool]]:
    """Return the main menu: address, words, whether the current page belongs to it; no entry for what is not built."""
    entries = (
        ("portal.home", _("Home")),
        ("specifications.new", _("Write specifications")),
        ("clauses.clause_list", _("Clauses")),
        ("plans.home", _("Action plan")),
        ("portal.tools", _("Tools")),
        ("questions.new", _("Ask a question")),
        ("answers.article_list", _("Answers")),
        ("agenda.coming", _("Agenda")),
    )
    return [
        (url_for(endpoint), words, _is_here(endpoint))
        for endpoint, words in entries
        if endpoint in current_app.view_functions
    ]


def desk_navigation() -> list[tuple[str, str, bool]]:
    """Return the menu of those who answer, as `navigation` does: what their roles open, nothing for anybody else."""
    person = current_person()
    entries = [
        (url_for(endpoint), _counted(endpoint, words))
        for endpoint, words, action in (
            ("helpdesk.queue", _("Queue"), Action.SEE_QUEUE),
            ("helpdesk.requests", _("Questions to me"), Action.ANSWER_AS_EXPERT),
            ("articles.desk", _("Articles"), Action.WRITE_ARTICLE),
            ("helpdesk.ready_answers", _("Ready answers"), Action.MANAGE_READY_ANSWERS),
            ("reports.show", _("Figures"), Action.SEE_REPORTS),
            ("uptake.dashboard", _("Uptake in the notices"), Action.SEE_REPORTS),
            ("mail.state", _("Mail"), Action.SEE_MAIL_STATE),
            ("agenda.desk", _("Events"), Action.PUBLISH_EVENT),
            ("coding.samples", _("Samples of notices"), Action.READ_SAMPLE),
            ("plan_desk.show", _("Action plans"), Action.SEE_PLANS),
            ("watching.state", _("Sources of notices"), Action.SEE_WATCHED),
            ("accounts.people", _("People"), Action.SEE_USERS),
        )
        if may_somewhere(person, action)
    ]
    here = _desk_address([address for address, _words in entries])
    return [(address, words, address == here) for address, words in entries]


MENU_COUNTS = "mpdi_menu_counts"
"""The application's extension that tells, by page of that menu, how much waits there for a user of a number. Each count
is a statement on every page of whom the entry is shown to: only what nobody would see otherwise is counted."""


def _counted(endpoint: str, words: str) -> str:
    """Return the words of an entry, with how much waits there for whoever is signed in: “Questions to me (2)”."""
    user, counts = current_user(), current_app.extensions.get(MENU_COUNTS, {})
    count = counts[endpoint](user.user_id) if user and endpoint in counts else 0
    return f"{words} ({count})" if count else words


def _desk_address(addresses: list[str]) -> str | None:
    """Return which of the desk's pages the one shown lies under: the longest address that its own begins with."""
    parent = _PAGES_OF.get(request.endpoint or "")
    path = (url_for(parent) if parent else request.path) + "/"
    return max((address for address in addresses if path.startswith(address + "/")), key=len, default=None)


_PAGES_OF = {
    "agenda.create": "agenda.desk",
    "agenda.edit": "agenda.desk",
    "reports.digest": "reports.show",
    "reports.publish_digest": "reports.show",
}
"""Pages whose address does not begin as that of the page they belong to."""


_TOOLS = ("advice", "costing", "guides", "prices", "follow_up", "my_logs")
"""Features that the page of tools leads to."""


_OF_PLANS = ("plan_progress", "plan_sources", "my_plans")
"""Features that belong to the pages of plans."""


def _is_here(endpoint: str) -> bool:
    if endpoint.startswith("portal."):
        return request.endpoint == endpoint or (endpoint == "portal.tools" and request.blueprint in _TOOLS)
    here, there = (each.split(".")[0] for each in (request.endpoint or "", endpoint))
    return here == there or (there == "plans" and here in _OF_PLANS)


def long_date(day: datetime.date | None) -> str:
    """Write a date in words: “24 novembre 2026”; of a moment, the day it is in Brussels; a dash where there is none."""
    if isinstance(day, datetime.datetime):
        day = clock.aware(day).astimezone(clock.BRUSSELS).date()
    return "–" if day is None else _day_words(day, "long")


def _day_words(day: datetime.date, form: Literal["long", "medium"]) -> str:
    """A day in the language of the interface; French writes the first of a month “1er”, which the locale data do not."""
    language = interface_language()
    said = format_date(day, form, locale=_LOCALES[language])
    return f"1er{said[1:]}" if language == "fr" and day.day == 1 and said.startswith("1 ") else said


def date_time(moment: datetime.datetime | None) -> str:
    """Write a moment as it is in Brussels: “24 nov. 2026, 10:15”; a dash where there is none."""
    if moment is None:
        return "–"
    there = clock.aware(moment).astimezone(clock.BRUSSELS)
    return f"{_day_words(there, 'medium')}, {there:%H:%M}"


def number(value: Decimal | int | None) -> str:
    """Write a number in the language of the interface; a dash where there is none."""
    return "–" if value is None else format_number(Decimal(value), interface_language())
