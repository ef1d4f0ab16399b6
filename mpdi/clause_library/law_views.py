"""Pages of the register of legal instruments: the list, an instrument, an article; its status changed by who may."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from mpdi import clock
from mpdi.accounts.current import current_person, require
from mpdi.accounts.roles import Action, may
from mpdi.clause_library import law_operations, law_words
from mpdi.clause_library.core.law_register import InstrumentStatus, edition_law_register
from mpdi.clause_library.law_form import InstrumentStatusForm
from mpdi.clause_library.law_models import InstrumentStatusRecord
from mpdi.clause_library.law_pages import InstrumentPage, instruments_found, read_words
from mpdi.clause_library.library_pages import clauses, current_library
from mpdi.i18n import content_language
from mpdi.services import services


@clauses.get("/law")
def law_list() -> str:
    """List the instruments by level: `?words=…` searches titles and plain words."""
    library, register, words = current_library(), edition_law_register(), read_words(request.args.get("words", ""))
    with services().database.reading() as session:
        newest = law_operations.newest_records(session)
    known = library.reference.instruments
    return render_template(
        "clauses/law_list.html",
        words=words,
        groups=instruments_found(known, register, words),
        newest=newest,
        register=register,
        total=len(known),
        law=law_words,
    )


@clauses.get("/law/<identifier>")
def instrument(identifier: str) -> str:
    """Show an instrument: its dates, status, articles used and what rests on each."""
    page = _page(identifier)
    with services().database.reading() as session:
        records = law_operations.history(session, identifier)
    return _rendered("clauses/law_instrument.html", page, records=records, rows=page.rows(content_language()))


@clauses.get("/law/<identifier>/<path:article>")
def law_article(identifier: str, article: str) -> str:
    """Show an article: what it asks in plain words, how sure that is, what rests on it."""
    page = _page(identifier)
    if article not in page.instrument.articles:
        abort(404)
    language = content_language()
    unread = page.unread_parts(article, language)
    return _rendered(
        "clauses/law_article.html", page, article=article, said=page.said(article, language), unread=unread
    )


@clauses.route("/law/<identifier>/status", methods=["GET", "POST"])
def instrument_status(identifier: str) -> Response | str | tuple[str, int]:
    """Change the status of an instrument, from a day and with a reason."""
    person, page, form = require(Action.CHANGE_LAW_STATUS), _page(identifier), InstrumentStatusForm()
    if request.method == "GET":
        form.status.data = page.status
    if not form.validate_on_submit():
        rendered = _rendered("clauses/law_status.html", page, form=form)
        return (rendered, 422) if form.errors else rendered
    try:
        with services().database.writing() as session:
            law_operations.change_status(
                session, page.instrument, InstrumentStatus(form.status.data), form.day, form.reason.data or "", person
            )
    except law_operations.SameStatusError:
        form.status.errors = (*form.status.errors, _("The instrument has this status already: choose another."))
    except law_operations.StatusReasonError:
        form.reason.errors = (*form.reason.errors, _("Say why, with where the change is published."))
    else:
        flash(_("Changed. What rests on it is marked, and experts and coordinators are told by mail."))
        return redirect(url_for("clauses.instrument", identifier=identifier), 303)  # type: ignore[return-value]
    return _rendered("clauses/law_status.html", page, form=form), 422


@clauses.app_template_global()
def law_marks(acts: list[str]) -> list[InstrumentStatusRecord]:
    """Return, for the page of a clause, the changes of instruments it rests on that are not re-read yet."""
    known = current_library().reference.instruments
    with services().database.reading() as session:
        return list(law_operations.changed_instruments(session, known, set(acts)).values())


def _page(identifier: str) -> InstrumentPage:
    library = current_library()
    if identifier not in library.reference.instruments:
        abort(404)
    with services().database.reading() as session:
        changed = law_operations.newest_records(session).get(identifier)
    return InstrumentPage(library, edition_law_register(), identifier, clock.today(), changed)


def _rendered(template: str, page: InstrumentPage, **values: object) -> str:
    may_change = may(current_person(), Action.CHANGE_LAW_STATUS)
    return render_template(
        template, page=page, instrument=page.instrument, may_change=may_change, law=law_words, **values
    )
