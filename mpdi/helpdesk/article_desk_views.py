"""Articles at the desk: made of an answer in one click, published in a second; reviewed, withdrawn."""

from collections.abc import Callable, Mapping

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from mpdi import clock, security
from mpdi.accounts.current import require, require_user
from mpdi.accounts.roles import Action, Person, may
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.helpdesk import (
    article_operations,
    article_queries,
    draft_operations,
    labels,
    reading_operations,
    reading_queries,
)
from mpdi.helpdesk.anonymising import find, pieces
from mpdi.helpdesk.article_operations import (
    LANGUAGES,
    PARTS,
    ArticleChangedElsewhereError,
    ArticleTexts,
    IncompleteArticleError,
    NothingToPublishError,
    UnconfirmedDoubtsError,
)
from mpdi.helpdesk.article_queries import UnknownArticleError, newest
from mpdi.helpdesk.change_operations import TicketChangedElsewhereError, UnknownTicketError, find_ticket
from mpdi.helpdesk.models import Article, Ticket
from mpdi.helpdesk.reading_operations import NotAskedError, NoTextToRereadError, OwnWordsError, UnknownReaderError
from mpdi.helpdesk.ticket_change_views import changed_elsewhere, refused, store_facts
from mpdi.helpdesk.ticket_forms import FactError, read_typed_facts
from mpdi.helpdesk.ticket_pages import fact_words, staff_subject
from mpdi.helpdesk.vocabulary import BODIES, ArticleState
from mpdi.services import services

articles = Blueprint("articles", __name__, url_prefix="/helpdesk/articles")
articles.before_request(security.keep_private)
_Change = Callable[[Session, Article, ClauseLibrary, Person], None]
_NOT_REREAD = {
    "fr": _l("Nobody has re-read the French text: its readers are told so."),
    "nl": _l("Nobody has re-read the Dutch text: its readers are told so."),
}
_READINGS = ("ask", "reread", "unask")
COLUMNS = tuple(f"{part}_{language}" for language in LANGUAGES for part in PARTS)


@articles.get("")
def desk() -> str:
    """List articles to review first, then drafts, published and withdrawn ones."""
    require(Action.WRITE_ARTICLE)
    with services().database.reading() as session:
        groups = article_queries.for_facilitators(session)
        library = services().library.library(session)
        return render_template(
            "helpdesk/articles/desk.html",
            groups=groups,
            newest=newest,
            rests_on=lambda article: _rests_on(session, article, library),
            desk_labels=labels,
            to_reread=reading_queries.waiting_readings(session),
            own_id=require_user().user_id,
        )


def _rests_on(session: Session, article: Article, library: ClauseLibrary) -> list[str]:
    """Return the clauses of the newest version: once published those it was published on, before those it would be."""
    version = newest(article)
    if version.published_at:
        return version.clauses
    ticket = session.get(Ticket, article.ticket_id) if article.ticket_id else None
    return article_operations.clauses_of(version, ticket, library)


@articles.post("/of-ticket/<number>")
def make(number: str) -> Response:
    """Make a draft of a ticket's question and answer: the first click."""
    person = require(Action.WRITE_ARTICLE)
    try:
        facts = read_typed_facts(request.form)
        with services().database.writing() as session:
            ticket = _visible_ticket(session, number, person)
            # The button stands in the form of the ticket's page: what is half written or changed there is not lost.
            store_facts(session, ticket, facts)
            draft_operations.keep_texts(session, ticket.id, require_user().user_id, request.form)
            try:
                draft = article_operations.draft_from_ticket(session, ticket, person)
            except NothingToPublishError:
                flash(_("This question has no answer yet: answer it first."), "error")
                return redirect(f"/helpdesk/tickets/{ticket.number}", 303)
    except FactError as error:
        return make_response(refused(number, fact_words(error.field)), 422)
    except TicketChangedElsewhereError:
        return changed_elsewhere(number, request.form, facts)
    return redirect(url_for("articles.edit", article_id=draft.id), 303)


def _visible_ticket(session: Session, number: str, person: Person) -> Ticket:
    try:
        ticket = find_ticket(session, number)
    except UnknownTicketError:
        abort(404)
    if not may(person, Action.SEE_TICKET, staff_subject(session, ticket)):
        abort(404)
    return ticket


@articles.get("/<int:article_id>")
def edit(article_id: int) -> str:
    """Show an article to write in, with what could identify somebody marked."""
    person = require(Action.WRITE_ARTICLE)
    with services().database.reading() as session:
        return _editor(session, _article(session, article_id), person)


def _article(session: Session, article_id: int) -> Article:
    try:
        return article_queries.article_by_id(session, article_id)
    except UnknownArticleError:
        abort(404)


def _editor(session: Session, article: Article, person: Person, typed: Mapping[str, str] | None = None) -> str:
    version, library = newest(article), services().library.library(session)
    ticket = session.get(Ticket, article.ticket_id) if article.ticket_id else None
    known = article_queries.known_of_ticket(session, ticket)
    texts = {column: getattr(version, column) for column in COLUMNS}
    marked = {column: pieces(text, find(text, known)) for column, text in texts.items() if text}
    return render_template(
        "helpdesk/articles/edit.html",
        article=article,
        version=version,
        texts=typed or texts,
        marked=marked,
        typed=typed,
        doubts=article_operations.doubts_of(session, article, version),
        confirmed=version.confirmed,
        clauses=_rests_on(session, article, library),
        stale=article_queries.clauses_out_of_date(version.clauses, library, clock.today())
        if article.flagged_at
        else [],
        ticket=ticket,
        may_publish=may(person, Action.PUBLISH_ARTICLE),
        languages=article_operations.languages_of(version),
        readings=reading_queries.text_readings(session, article, version, person),
        readers=[each for each in reading_queries.readers(session) if each.id != person.user_id],
        bodies=BODIES,
        desk_labels=labels,
        sees_ticket=ticket is not None and may(person, Action.SEE_INTERNAL_NOTE, staff_subject(session, ticket)),
    )


@articles.post("/<int:article_id>")
def store(article_id: int) -> Response | tuple[str, int]:
    """Keep what was written; with `do=publish` publish it too: the second click; `do=ask:nl` sends it to be re-read."""
    is_publishing = request.form.get("do") == "publish"
    asked, _colon, language = request.form.get("do", "").partition(":")
    person = require(Action.PUBLISH_ARTICLE if is_publishing else Action.WRITE_ARTICLE)
    try:
        revision = _keep(article_id, person)
        if is_publishing:
            return _publish(article_id, revision, person)
        if asked in _READINGS:
            return _change_reading(article_id, asked, language, person)
    except ArticleChangedElsewhereError:
        return _changed_elsewhere(article_id, person)
    flash(_("Kept as a draft. Readers do not see it yet."))
    return redirect(url_for("articles.edit", article_id=article_id), 303)


def _keep(article_id: int, person: Person) -> int:
    """Store the words typed where they differ; return the revision reached."""
    with services().database.writing() as session:
        article = _article(session, article_id)
        texts = ArticleTexts(
            {column: request.form.get(column, "") for column in COLUMNS}, tuple(request.form.getlist("confirmed"))
        )
        if _differs(article, texts) or _revision() != article.revision:
            article_operations.change_article(session, article, texts, _revision(), person)
        return article.revision


def _differs(article: Article, texts: ArticleTexts) -> bool:
    version = newest(article)
    typed = {column: text.replace("\r\n", "\n").strip() for column, text in texts.words.items()}
    return (
        typed != {column: getattr(version, column) for column in COLUMNS} or list(texts.confirmed) != version.confirmed
    )


def _publish(article_id: int, revision: int, person: Person) -> Response:
    try:
        with services().database.writing() as session:
            article, library = _article(session, article_id), services().library.library(session)
            if newest(article).published_at is None:
                article_operations.publish_article(session, article, library, revision, person)
            slug = article.slug
            unread = reading_queries.not_reread(session, article, newest(article))
    except UnconfirmedDoubtsError as error:
        flash(
            _(
                "Not published yet: %(count)s wordings could identify somebody. Change each, or confirm that it identifies nobody.",
                count=len(error.doubts),
            ),
            "error",
        )
        return redirect(url_for("articles.edit", article_id=article_id, _anchor="doubts"), 303)
    except IncompleteArticleError:
        flash(_("Not published yet: write title, question and answer in French or in Dutch at least."), "error")
        return redirect(url_for("articles.edit", article_id=article_id), 303)
    flash(" ".join([_("Published: everybody can read it."), *(str(_NOT_REREAD[each]) for each in unread)]))
    return redirect(url_for("answers.article", slug=slug), 303)


def _change_reading(article_id: int, asked: str, language: str, person: Person) -> Response:
    """Ask for a re-reading, say that it is done, or take it back: what was typed is kept by then."""
    portal, done = services().settings.public_address, ""
    try:
        with services().database.writing() as session:
            article = _article(session, article_id)
            if asked == "ask":
                whom = request.form.get(f"reader_{language}", "")
                reading_operations.ask_to_reread(session, article, language, whom, person, portal)
                done = _("Sent to be re-read. What you typed is kept; readers do not see it before you publish.")
            elif asked == "reread":
                reading_operations.say_reread(session, article, language, person, portal)
                done = _("Thank you: the text is marked as re-read, and who asked for it is told.")
            else:
                reading_operations.take_back_reading(session, article, language, person)
                done = _("Nobody is asked to re-read it any more.")
    except NoTextToRereadError:
        flash(_("Not sent: write title, question and answer in this language first."), "error")
    except UnknownReaderError:
        flash(_("Not sent: choose a colleague or a body. What you typed is kept."), "error")
    except OwnWordsError:
        flash(_("Somebody else than who wrote a text re-reads it."), "error")
    except NotAskedError:
        flash(_("Nobody is asked to re-read this text, or somebody has done it meanwhile."), "error")
    if done:
        flash(done)
    return redirect(url_for("articles.edit", article_id=article_id, _anchor="re-reading"), 303)


def _changed_elsewhere(article_id: int, person: Person) -> tuple[str, int]:
    typed = {column: request.form.get(column, "") for column in COLUMNS}
    with services().database.reading() as session:
        return _editor(session, _article(session, article_id), person, typed), 409


def _revision() -> int:
    text = request.form.get("revision", "")
    if not text.isdecimal() or len(text) > 9:
        abort(400)
    return int(text)


@articles.post("/<int:article_id>/still-right")
def still_right(article_id: int) -> Response:
    """Say that the article holds with the clause versions now in force."""

    def confirm(session: Session, article: Article, library: ClauseLibrary, person: Person) -> None:
        article_operations.confirm_still_right(session, article, library, _revision(), person)

    return _change(article_id, confirm, _("Confirmed with the clauses now in force; the date is today's."))


@articles.post("/<int:article_id>/withdraw")
def withdraw(article_id: int) -> Response:
    """Take the article away from readers."""

    def take_away(session: Session, article: Article, _library: ClauseLibrary, person: Person) -> None:
        article_operations.withdraw_article(session, article, _revision(), person)

    return _change(article_id, take_away, _("Withdrawn: readers no longer find it. Its words are kept here."))


def _change(article_id: int, change: _Change, done: str) -> Response:
    person = require(Action.PUBLISH_ARTICLE)
    try:
        with services().database.writing() as session:
            article = _article(session, article_id)
            if article.state != ArticleState.PUBLISHED.value:
                abort(404)
            change(session, article, services().library.library(session), person)
    except ArticleChangedElsewhereError:
        flash(_("This article was changed in another window. Look at it again first."), "error")
        return redirect(url_for("articles.edit", article_id=article_id), 303)
    flash(done)
    return redirect(url_for("articles.edit", article_id=article_id), 303)
