"""Reading articles: one, the list, those to review, the clause versions they rest on, what is known of who asked."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from mpdi.accounts.authorities import register
from mpdi.accounts.models import User
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.exceptions import MpdiError
from mpdi.helpdesk.anonymising import Known
from mpdi.helpdesk.models import Article, ArticleVersion, Ticket
from mpdi.helpdesk.vocabulary import ArticleState

PAGE = 20


class UnknownArticleError(MpdiError):
    """There is no such article, or not for whoever asks."""


@dataclass(frozen=True)
class ArticleFilter:
    """What a list of articles is narrowed to."""

    route: str | None = None
    category: str | None = None
    page: int = 1


@dataclass(frozen=True)
class ArticlePage:
    """One page of the list: articles with the version that readers see, and how many there are in all."""

    found: Sequence[tuple[Article, ArticleVersion]]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return max(1, -(-self.total // PAGE))


def article_by_slug(session: Session, slug: str) -> Article:
    """Return a published or withdrawn article; `UnknownArticleError` for drafts and what never was."""
    found = session.scalar(select(Article).where(Article.slug == slug, Article.state != ArticleState.DRAFT.value))
    if found is None:
        raise UnknownArticleError("There is no such article.")
    return found


def article_by_id(session: Session, article_id: int) -> Article:
    """Return an article in any state."""
    found = session.get(Article, article_id)
    if found is None:
        raise UnknownArticleError("There is no such article.")
    return found


def draft_of(session: Session, ticket: Ticket) -> Article | None:
    """Return the article made of a ticket, withdrawn ones left out."""
    return session.scalar(
        select(Article).where(Article.ticket_id == ticket.id, Article.state != ArticleState.WITHDRAWN.value)
        .order_by(Article.id.desc()).limit(1))


def made_of(session: Session, ticket_ids: Iterable[int]) -> list[Article]:
    """Return every article made of one of these tickets, in any state, the oldest first."""
    query = select(Article).where(Article.ticket_id.in_(list(ticket_ids))).order_by(Article.id)
    return list(session.scalars(query.options(selectinload(Article.versions))))


def newest(article: Article) -> ArticleVersion:
    """Return the newest version, published or not."""
    return article.versions[-1]


def last_published(article: Article) -> ArticleVersion | None:
    """Return the version that readers see."""
    return next((each for each in reversed(article.versions) if each.published_at is not None), None)


def published_versions(article: Article) -> list[ArticleVersion]:
    """Return every version that was ever published, oldest first."""
    return [each for each in article.versions if each.published_at is not None]


def _current() -> Select[Article, ArticleVersion]:
    numbers = (
        select(ArticleVersion.article_id, func.max(ArticleVersion.number).label("number"))
        .where(ArticleVersion.published_at.is_not(None)).group_by(ArticleVersion.article_id).subquery()
    )
    return (
        select(Article, ArticleVersion)
        .join(numbers, numbers.c.article_id == Article.id)
        .join(ArticleVersion, (ArticleVersion.article_id == Article.id) & (ArticleVersion.number == numbers.c.number))
        .where(Article.state == ArticleState.PUBLISHED.value)
    )


def published(session: Session, narrowed: ArticleFilter) -> ArticlePage:
    """Return a page of published articles, newest first."""
    query = _current()
    if narrowed.route:
        query = query.where(Article.route == narrowed.route)
    if narrowed.category:
        query = query.where(Article.category == narrowed.category)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page = min(max(1, narrowed.page), max(1, -(-total // PAGE)))
    rows = session.execute(
        query.order_by(ArticleVersion.published_at.desc(), Article.id.desc()).limit(PAGE).offset((page - 1) * PAGE)).all()
    return ArticlePage([(row[0], row[1]) for row in rows], total, page)


def all_published(session: Session, limit: int | None = None) -> list[tuple[Article, ArticleVersion]]:
    """Return every published article with the version that readers see, newest first."""
    query = _current().order_by(ArticleVersion.published_at.desc(), Article.id.desc())
    return [(row[0], row[1]) for row in session.execute(query if limit is None else query.limit(limit))]


def published_by_ids(session: Session, ids: Iterable[int]) -> list[tuple[Article, ArticleVersion]]:
    """Return published articles in the order of their identifiers given."""
    wanted = list(ids)
    rows = {row[0].id: (row[0], row[1]) for row in session.execute(_current().where(Article.id.in_(wanted)))}
    return [rows[each] for each in wanted if each in rows]


def published_with_clauses(session: Session, clause_id: str | None) -> list[tuple[Article, ArticleVersion]]:
    """Return published articles that rest on a clause, or on any."""
    def rests(version: ArticleVersion) -> bool:
        return any(clause_id is None or each.partition("@")[0] == clause_id for each in version.clauses)
    return [(article, version) for article, version in all_published(session) if rests(version)]


def choices_in_use(session: Session) -> tuple[list[str], list[str]]:
    """Return the routes and the categories that published articles have."""
    query = select(Article.route, Article.category).where(Article.state == ArticleState.PUBLISHED.value).distinct()
    rows = session.execute(query).all()
    return sorted({row.route for row in rows}), sorted({row.category for row in rows if row.category})


def for_facilitators(session: Session) -> dict[str, list[Article]]:
    """Return drafts, articles to review and all others, each newest first."""
    articles = session.scalars(
        select(Article).options(selectinload(Article.versions)).order_by(Article.changed_at.desc(), Article.id.desc())).all()
    groups: dict[str, list[Article]] = {"to_review": [], "drafts": [], "published": [], "withdrawn": []}
    for article in articles:
        state = ArticleState(article.state)
        if state is ArticleState.WITHDRAWN:
            groups["withdrawn"].append(article)
        elif state is ArticleState.PUBLISHED and article.flagged_at is not None:
            groups["to_review"].append(article)
        elif state is ArticleState.DRAFT or newest(article).published_at is None:
            groups["drafts"].append(article)
        else:
            groups["published"].append(article)
    return groups


def clauses_out_of_date(references: Iterable[str], library: ClauseLibrary, day: datetime.date) -> list[str]:
    """Return the clauses of which another version than the one rested on is in force, or none."""
    known, stale = set(library.identifiers), []
    for reference in references:
        identifier, _, version = reference.partition("@")
        current = library.in_force(identifier, day) if identifier in known else None
        if current is None or str(current.version) != version:
            stale.append(identifier)
    return stale


def known_of_ticket(session: Session, ticket: Ticket | None) -> Known:
    """Return what is known of those who wrote in a ticket, so that it can be taken out of an article."""
    bodies = authority_spellings()
    if ticket is None:
        return Known(other_authorities=other_spellings(None))
    names = {ticket.asker_name, *(message.author_name for message in ticket.messages)}
    users = {ticket.asker_id, ticket.assignee_id, *(message.author_id for message in ticket.messages)} - {None}
    names |= set(session.scalars(select(User.name).where(User.id.in_(users))))
    domain = ticket.asker_email.partition("@")[2]
    own = (*bodies.get(ticket.authority_id or "", ()), ticket.authority_name)
    return Known(
        names=tuple(sorted(filter(None, names))), authority=tuple(filter(None, own)),
        other_authorities=other_spellings(ticket.authority_id),
        domains=(domain,) if domain and domain not in _SHARED_MAIL else (),
    )


_SHARED_MAIL = frozenset({
    "gmail.com", "hotmail.com", "outlook.com", "skynet.be", "telenet.be", "proximus.be", "yahoo.com", "live.be",
    "icloud.com", "brussels",
})
"""Mail domains that many share: they say nothing of whose mail it is."""


@cache
def authority_spellings() -> dict[str, tuple[str, ...]]:
    """Return every name and spelling of each contracting authority of the register."""
    return {each.id: tuple(dict.fromkeys(each.written_names())) for each in register().authorities}


@cache
def other_spellings(own: str | None) -> tuple[str, ...]:
    """Return the spellings of every body but one's own, and but those that everybody may name: who answers, the Region."""
    return tuple(
        each for key, names in authority_spellings().items() if key != own and key not in _NAMED_BY_EVERYBODY for each in names)


_NAMED_BY_EVERYBODY = frozenset({
    "bruxelles-environnement", "bruxelles-economie-emploi", "innoviris", "actiris", "hub-brussels", "region-bruxelles-capitale",
    "finance-invest-brussels", "sprb",
})
