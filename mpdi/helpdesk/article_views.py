"""Articles for everybody: the list with its search, one article and its versions, the feed, the same as JSON."""

import datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, jsonify, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from mpdi import clock
from mpdi.accounts.current import current_person
from mpdi.accounts.roles import Action, may, may_somewhere
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.vocabulary import Category
from mpdi.feeds import Feed, FeedEntry, atom
from mpdi.helpdesk import article_operations, article_queries, labels
from mpdi.helpdesk.article_operations import languages_of
from mpdi.helpdesk.article_queries import ArticleFilter, UnknownArticleError, last_published
from mpdi.helpdesk.article_texts import compare_versions
from mpdi.helpdesk.models import Article, ArticleVersion
from mpdi.helpdesk.reading_queries import not_reread
from mpdi.helpdesk.text_blocks import blocks
from mpdi.helpdesk.vocabulary import ArticleState, Route
from mpdi.i18n import content_language
from mpdi.services import public_url, services

answers = Blueprint("answers", __name__)
RATED_COOKIE = "mpdi_rated"
FEED_LENGTH = 50
_MOST_RATED, _YEAR = 200, 365 * 24 * 3600
_MAX_WORDS = 300


@answers.get("/answers")
def article_list() -> str:
    """List published articles: all, or found by words and meaning; narrowed by route and category."""
    asked = " ".join(request.args.get("words", "")[:_MAX_WORDS].split())
    narrowed = _filter()
    with services().database.reading() as session:
        page = _found(session, asked, narrowed) if asked else article_queries.published(session, narrowed)
        routes, categories = article_queries.choices_in_use(session)
        return render_template(
            "helpdesk/articles/article_list.html", words=asked, narrowed=narrowed, page=page, routes=routes,
            categories=categories, shown=shown_language, desk_labels=labels,
            may_write=may_somewhere(current_person(), Action.WRITE_ARTICLE),
        )


def _filter() -> ArticleFilter:
    route, category = request.args.get("route"), request.args.get("category")
    number = request.args.get("page", "1")
    return ArticleFilter(
        route if route in set(Route) else None, category if category in set(Category) else None,
        int(number) if number.isdecimal() and len(number) < 6 else 1,
    )


def _found(session: Session, asked: str, narrowed: ArticleFilter) -> article_queries.ArticlePage:
    hits = services().articles.search(asked, content_language(), limit=50)
    rows = [
        (article, version) for article, version in article_queries.published_by_ids(session, [each.id for each in hits])
        if narrowed.route in (None, article.route) and narrowed.category in (None, article.category)
    ]
    return article_queries.ArticlePage(rows[:article_queries.PAGE], min(len(rows), article_queries.PAGE), 1)


def shown_language(version: ArticleVersion) -> str:
    """Return the language in which a reader sees an article: theirs where it is written in it, else the other."""
    written = languages_of(version)
    return content_language() if content_language() in written or not written else written[0]


@answers.get("/answers/<slug>")
def article(slug: str) -> AnyResponse | str:
    """Show one article: its date, the clause versions it rests on, and whether one of them changed since."""
    with services().database.reading() as session:
        found, version = _readable(session, slug)
        if found.state == ArticleState.WITHDRAWN.value:
            return make_response(render_template("helpdesk/articles/withdrawn.html"), 410)
        unread = not_reread(session, found, version)
        return _article_page(found, version, services().library.library(session), unread)


def _article_page(found: Article, version: ArticleVersion, library: ClauseLibrary, unread: tuple[str, ...]) -> str:
    language, known = shown_language(version), set(library.identifiers)
    return render_template(
        "helpdesk/articles/article.html", article=found, version=version, language=language, desk_labels=labels,
        versions=article_queries.published_versions(found), languages=languages_of(version), is_unread=language in unread,
        stale=article_queries.clauses_out_of_date(version.clauses, library, clock.today()),
        question=blocks(getattr(version, f"question_{language}"), known), clauses=_clauses(version, library),
        answer=blocks(getattr(version, f"answer_{language}"), known),
        is_rated=str(found.id) in _rated(), may_write=may(current_person(), Action.WRITE_ARTICLE),
    )


def _clauses(version: ArticleVersion, library: ClauseLibrary) -> list[ClauseVersion]:
    known = {each.reference for identifier in {each.partition("@")[0] for each in version.clauses}
             if identifier in library.identifiers for each in library.versions(identifier)}
    return article_operations.clause_versions([each for each in version.clauses if each in known], library)


def _readable(session: Session, slug: str) -> tuple[Article, ArticleVersion]:
    try:
        found = article_queries.article_by_slug(session, slug)
    except UnknownArticleError:
        abort(404)
    version = last_published(found)
    if version is None:
        abort(404)
    return found, version


@answers.get("/answers/<slug>/versions")
def article_versions(slug: str) -> str:
    """Show what changed between two published versions; the last two where none are named."""
    with services().database.reading() as session:
        found, _version = _readable(session, slug)
        if found.state != ArticleState.PUBLISHED.value:
            abort(404)
        versions = article_queries.published_versions(found)
        by_number = {each.number: each for each in versions}
        newer = by_number.get(_number("to", versions[-1].number))
        older = by_number.get(_number("from", versions[-2].number if len(versions) > 1 else versions[-1].number))
        if older is None or newer is None:
            abort(404)
        return render_template(
            "helpdesk/articles/versions.html", article=found, versions=versions, older=older, newer=newer,
            parts=compare_versions(older, newer), language=shown_language(newer),
        )


def _number(name: str, default: int) -> int:
    text = request.args.get(name, str(default))
    return int(text) if text.isdecimal() and len(text) < 6 else -1


@answers.post("/answers/<slug>/rate")
def rate(slug: str) -> AnyResponse:
    """Count whether the article helped: once a browser, of which only a cookie of its own knows."""
    verdict = request.form.get("helped")
    if verdict not in ("yes", "no"):
        abort(400)
    with services().database.writing() as session:
        found, _version = _readable(session, slug)
        if found.state != ArticleState.PUBLISHED.value:
            abort(404)
        if str(found.id) not in (rated := _rated()):
            article_operations.rate_article(session, found, verdict == "yes")
    flash(_("Thank you. Your answer is counted, without anything about you."))
    response = redirect(url_for("answers.article", slug=slug), 303)
    kept = list(dict.fromkeys([*rated, str(found.id)]))[-_MOST_RATED:]
    response.set_cookie(
        RATED_COOKIE, ".".join(kept), max_age=_YEAR, secure=services().settings.is_https, httponly=True, samesite="Lax")
    return response


def _rated() -> list[str]:
    return [each for each in request.cookies.get(RATED_COOKIE, "").split(".") if each.isdecimal()][:_MOST_RATED]


@answers.get("/answers/feed.xml")
def feed() -> Response:
    """Return the newest articles as Atom, an entry for each language."""
    with services().database.reading() as session:
        rows = article_queries.all_published(session, FEED_LENGTH)
        entries = [_entry(article, version, language) for article, version in rows for language in languages_of(version)]
    updated = max((each.updated for each in entries), default=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC))
    made = Feed(
        _("Answers of the helpdesk"), "MPDI", public_url("answers.feed"),
        public_url("answers.article_list"), updated, entries,
    )
    response = make_response(atom(made))
    response.mimetype = "application/atom+xml"
    return _cacheable(response)


def _entry(article: Article, version: ArticleVersion, language: str) -> FeedEntry:
    published = next(each.published_at for each in article.versions if each.published_at is not None)
    assert version.published_at is not None
    return FeedEntry(
        public_url("answers.article", slug=article.slug, content=language), language,
        getattr(version, f"title_{language}"), getattr(version, f"question_{language}"),
        clock.aware(version.published_at), clock.aware(published), article.route,
    )


@answers.get("/answers.json")
def article_list_json() -> Response:
    """Return every published article as JSON."""
    with services().database.reading() as session:
        rows = article_queries.all_published(session)
        return _cacheable(jsonify([article_json(article, version) for article, version in rows]))


@answers.get("/answers/<slug>.json")
def one_article_json(slug: str) -> Response:
    """Return one published article as JSON."""
    with services().database.reading() as session:
        found, version = _readable(session, slug)
        if found.state != ArticleState.PUBLISHED.value:
            abort(404)
        return _cacheable(jsonify(article_json(found, version)))


def article_json(article: Article, version: ArticleVersion) -> dict[str, Any]:
    """Return an article as plain data: its words by language, its clause versions, what it was found to be."""
    assert version.published_at is not None
    clauses = {each.partition("@")[0] for each in version.clauses}
    return {
        "id": article.slug, "version": version.number, "published_at": clock.aware(version.published_at).isoformat(),
        "route": article.route, "category": article.category, "clauses": version.clauses,
        "clauses_changed": [each for each in article.flagged_because.split(", ") if each in clauses],
        "languages": list(languages_of(version)),
        **{part: {each: getattr(version, f"{part}_{each}") for each in languages_of(version)}
           for part in ("title", "question", "answer")},
    }


def _cacheable(response: Response) -> Response:
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


