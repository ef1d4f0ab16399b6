"""The agenda: what is coming, one event, calendars to take along; writing, publishing and withdrawing by the coordinator."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mpdi import clock
from mpdi.accounts.current import current_person, require
from mpdi.accounts.roles import Action, may
from mpdi.events import labels, operations, queries
from mpdi.events.calendar import CalendarEntry, calendar
from mpdi.events.forms import EventForm, link_of
from mpdi.events.models import AgendaEvent
from mpdi.events.operations import EventChangedElsewhereError
from mpdi.events.queries import UnknownEventError
from mpdi.events.vocabulary import Audience, EventKind
from mpdi.i18n import content_language
from mpdi.services import public_url, services

agenda = Blueprint("agenda", __name__)


@agenda.get("/agenda")
def coming() -> str:
    """List what is coming, for an audience and of a kind."""
    audience, kind = _chosen()
    may_publish = may(current_person(), Action.PUBLISH_EVENT)
    with services().database.reading() as session:
        events = queries.coming(session, audience, kind)
        return render_template(
            "events/agenda.html", events=events, audience=audience, kind=kind, event_labels=labels, hours=hours,
            may_publish=may_publish, quarters=queries.quarters(session, clock.today()) if may_publish else [],
        )


def _chosen() -> tuple[Audience | None, EventKind | None]:
    audience, kind = request.args.get("audience"), request.args.get("kind")
    return (Audience(audience) if audience in set(Audience) else None), (EventKind(kind) if kind in set(EventKind) else None)


def hours(event: AgendaEvent) -> str:
    """Write from when to when an event lasts, in Brussels."""
    start, end = (clock.aware(moment).astimezone(clock.BRUSSELS) for moment in (event.starts_at, event.ends_at))
    return f"{start:%H:%M} – {end:%H:%M}"


@agenda.get("/agenda/<int:event_id>")
def event(event_id: int) -> str:
    """Show one event; one that is not published only to the coordinator."""
    with services().database.reading() as session:
        found = _readable(session, event_id)
        return render_template(
            "events/event.html", event=found, event_labels=labels, hours=hours, link=link_of(found.registration),
            may_publish=may(current_person(), Action.PUBLISH_EVENT), is_over=clock.aware(found.ends_at) < clock.now(),
        )


def _readable(session: Session, event_id: int) -> AgendaEvent:
    try:
        found = queries.event_by_id(session, event_id)
    except UnknownEventError:
        abort(404)
    if not found.is_published and not may(current_person(), Action.PUBLISH_EVENT):
        abort(404)
    return found


@agenda.get("/agenda.ics")
def all_as_calendar() -> Response:
    """Return what is coming as a calendar to subscribe to."""
    with services().database.reading() as session:
        return _calendar([_entry(each) for each in queries.coming(session, *_chosen())])


@agenda.get("/agenda/<int:event_id>.ics")
def event_as_calendar(event_id: int) -> Response:
    """Return one published event as a calendar."""
    with services().database.reading() as session:
        return _calendar([_entry(_readable(session, event_id))], f"mpdi-{event_id}.ics")


def _entry(event: AgendaEvent) -> CalendarEntry:
    language = content_language()
    return CalendarEntry(
        event.id, getattr(event, f"title_{language}"), getattr(event, f"description_{language}"), event.place,
        public_url("agenda.event", event_id=event.id, content=language),
        clock.aware(event.starts_at), clock.aware(event.ends_at), clock.aware(event.changed_at),
    )


def _calendar(entries: list[CalendarEntry], file_name: str | None = None) -> Response:
    with force_locale(content_language()):
        name = _("MPDI agenda")
    host = urlsplit(services().settings.public_address).hostname or "mpdi"
    response = make_response(calendar(entries, name, host))
    response.mimetype = "text/calendar"
    if file_name:
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


@agenda.get("/agenda/desk")
def desk() -> str:
    """List every event for the coordinator, with the trainings of each quarter."""
    require(Action.PUBLISH_EVENT)
    with services().database.reading() as session:
        return render_template(
            "events/desk.html", events=queries.for_coordinator(session), event_labels=labels, hours=hours,
            quarters=queries.quarters(session, clock.today()),
        )


@agenda.route("/agenda/new", methods=["GET", "POST"])
def create() -> Response | str | tuple[str, int]:
    """Write a new event."""
    person = require(Action.PUBLISH_EVENT)
    form = EventForm()
    if not form.validate_on_submit():
        return _form(form, None)
    with services().database.writing() as session:
        made = operations.create_event(session, form.facts(), person)
    flash(_("Kept. Nobody sees it until you publish it."))
    return redirect(url_for("agenda.event", event_id=made.id), 303)


@agenda.route("/agenda/<int:event_id>/edit", methods=["GET", "POST"])
def edit(event_id: int) -> Response | str | tuple[str, int]:
    """Change an event."""
    person, form = require(Action.PUBLISH_EVENT), EventForm()
    if request.method == "GET":
        with services().database.reading() as session:
            found = _readable(session, event_id)
            form.show(found)
        return _form(form, event_id)
    seen = form.seen_at
    if seen is None:
        abort(400)
    if not form.validate_on_submit():
        return _form(form, event_id)
    try:
        with services().database.writing() as session:
            operations.change_event(session, _readable(session, event_id), form.facts(), seen, person)
    except EventChangedElsewhereError:
        flash(_("This event was changed in another window. What you typed is below, not yet stored: look at the event, then type again what is missing."), "error")
        return render_template("events/edit.html", form=form, event_id=event_id), 409
    flash(_("Changed."))
    return redirect(url_for("agenda.event", event_id=event_id), 303)


def _form(form: EventForm, event_id: int | None) -> str | tuple[str, int]:
    words = render_template("events/edit.html", form=form, event_id=event_id)
    return (words, 422) if form.errors else words


@agenda.post("/agenda/<int:event_id>/publish")
def publish(event_id: int) -> Response:
    """Show the event to everybody."""
    person = require(Action.PUBLISH_EVENT)
    with services().database.writing() as session:
        operations.publish_event(session, _readable(session, event_id), person)
    flash(_("Published: it is on the agenda."))
    return redirect(url_for("agenda.event", event_id=event_id), 303)


@agenda.post("/agenda/<int:event_id>/withdraw")
def withdraw(event_id: int) -> Response:
    """Take the event off the agenda."""
    person = require(Action.PUBLISH_EVENT)
    with services().database.writing() as session:
        operations.withdraw_event(session, _readable(session, event_id), person)
    flash(_("Withdrawn: only you see it now."))
    return redirect(url_for("agenda.event", event_id=event_id), 303)
