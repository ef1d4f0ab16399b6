"""Which text of an article was re-read, by whom, and who may be asked to."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi.accounts.models import RoleGrant, User
from mpdi.accounts.roles import PERMISSIONS, Action, Person, Role, Scope
from mpdi.helpdesk.article_operations import LANGUAGES, PARTS, languages_of
from mpdi.helpdesk.models import Article, ArticleReading, ArticleVersion
from mpdi.helpdesk.vocabulary import Route

_ROLES = tuple(role.value for role, scope in PERMISSIONS[Action.WRITE_ARTICLE].items() if scope is not Scope.NONE)


class ReadingState(StrEnum):
    """How far the re-reading of a text is."""

    NOT_REREAD = "not_reread"
    ASKED = "asked"
    REREAD = "reread"
    CHANGED_SINCE = "changed_since"


@dataclass(frozen=True)
class TextReading:
    """The re-reading of one language of an article, for the page on which it is written."""

    language: str
    state: ReadingState
    reading: ArticleReading | None
    is_own: bool
    """Whether whoever looks wrote these words or asked for the re-reading: another person reads them."""


def words_digest(version: ArticleVersion, language: str) -> str:
    """Return the digest of the words of one language."""
    words = "\x00".join(getattr(version, f"{part}_{language}") for part in PARTS)
    return hashlib.sha256(words.encode()).hexdigest()


def translations(article: Article) -> tuple[str, ...]:
    """Return the languages in which an article is not its answer: every one, where its own is not known."""
    return tuple(each for each in LANGUAGES if each != article.written_in)


def readings_of(session: Session, article: Article) -> Sequence[ArticleReading]:
    """Return every re-reading of an article, asked or done, the newest first."""
    query = select(ArticleReading).where(ArticleReading.article_id == article.id)
    return session.scalars(query.order_by(ArticleReading.id.desc())).all()


def open_reading(session: Session, article: Article, language: str) -> ArticleReading | None:
    """Return the re-reading that is asked and not done."""
    return next((each for each in readings_of(session, article) if _is_open(each, language)), None)


def _is_open(reading: ArticleReading, language: str) -> bool:
    return reading.language == language and reading.reread_at is None


def text_readings(session: Session, article: Article, version: ArticleVersion, person: Person) -> list[TextReading]:
    """Return how the re-reading of each translation stands."""
    readings = readings_of(session, article)
    return [_text_reading(readings, version, language, person) for language in translations(article)]


def _text_reading(
    readings: Sequence[ArticleReading], version: ArticleVersion, language: str, person: Person
) -> TextReading:
    asked = next((each for each in readings if _is_open(each, language)), None)
    if asked is not None:
        return TextReading(language, ReadingState.ASKED, asked, person.user_id in (asked.asked_by_id, asked.written_by_id))
    done = [each for each in readings if each.language == language]
    now = words_digest(version, language)
    same = next((each for each in done if each.words_digest == now), None)
    if same is not None:
        return TextReading(language, ReadingState.REREAD, same, True)
    state = ReadingState.CHANGED_SINCE if done else ReadingState.NOT_REREAD
    return TextReading(language, state, done[0] if done else None, True)


def not_reread(session: Session, article: Article, version: ArticleVersion) -> tuple[str, ...]:
    """Return the languages of a version that are translations nobody has re-read; none where its own is not known."""
    if article.written_in is None:
        return ()
    read = {each.words_digest for each in readings_of(session, article) if each.reread_at is not None}
    whole = set(languages_of(version)) & set(translations(article))
    return tuple(each for each in LANGUAGES if each in whole and words_digest(version, each) not in read)


def waiting_readings(session: Session) -> list[tuple[ArticleReading, Article]]:
    """Return what waits to be re-read, the oldest first."""
    query = select(ArticleReading, Article).join(Article, Article.id == ArticleReading.article_id)
    rows = session.execute(query.where(ArticleReading.reread_at.is_(None)).order_by(ArticleReading.id))
    return [(row[0], row[1]) for row in rows]


def readers(session: Session) -> Sequence[User]:
    """Return everybody who may re-read an article and is still here."""
    able = select(RoleGrant.user_id).where(RoleGrant.role.in_(_ROLES))
    active = (User.is_active.is_(True), User.erased_at.is_(None))
    return session.scalars(select(User).where(User.id.in_(able), *active).order_by(User.name, User.id)).all()


def readers_of_body(session: Session, route: str) -> list[User]:
    """Return the facilitators of a body; where it has none those of every theme, else the coordinators.

    Of no body, the coordinators come first.
    """
    people = readers(session)
    coordinators = [each for each in people if _holds(each, Role.COORDINATOR, None)]
    if route == Route.UNKNOWN.value and coordinators:
        return coordinators
    own = [each for each in people if _holds(each, Role.FACILITATOR, route)]
    every = [each for each in people if _holds(each, Role.FACILITATOR, None)]
    return own or every or coordinators


def _holds(user: User, role: Role, route: str | None) -> bool:
    return any(grant.role is role and grant.route == route for grant in user.as_person().grants)
