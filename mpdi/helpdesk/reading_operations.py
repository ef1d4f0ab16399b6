"""Having an article re-read in another language than that of its answer: asked, done, taken back."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import audit
from mpdi.accounts.models import User
from mpdi.accounts.roles import Person
from mpdi.exceptions import MpdiError
from mpdi.helpdesk.article_operations import languages_of
from mpdi.helpdesk.article_queries import newest
from mpdi.helpdesk.mail.operations import want
from mpdi.helpdesk.mail_texts import language_of_reader, mail_text
from mpdi.helpdesk.models import Article, ArticleReading
from mpdi.helpdesk.reading_queries import open_reading, readers, readers_of_body, translations, words_digest
from mpdi.helpdesk.vocabulary import BODIES, Route
from mpdi.references import Reference, ReferenceKind

_AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
_LANGUAGE_NAMES = {
    "fr": {"fr": "français", "nl": "néerlandais"},
    "nl": {"fr": "Frans", "nl": "Nederlands"},
}


class NoTextToRereadError(MpdiError):
    """A language that is not whole, or is that of the answer itself, was to be re-read."""


class UnknownReaderError(MpdiError):
    """Neither a colleague who may re-read nor a body was chosen."""


class OwnWordsError(MpdiError):
    """Whoever wrote a text, or asked for its re-reading, was to be the one who re-reads it."""


class NotAskedError(MpdiError):
    """Nobody is asked to re-read this text, or somebody has done it meanwhile."""


def ask_to_reread(session: Session, article: Article, language: str, whom: str, by: Person, portal: str) -> None:
    """Ask a colleague (`user:12`) or a body (`body:food`) to re-read a language; they are told by mail."""
    assert by.user_id is not None
    version = newest(article)
    if language not in translations(article) or language not in languages_of(version):
        raise NoTextToRereadError("Write title, question and answer in this language first.")
    asked_of, route, told = _chosen(session, whom, by.user_id)
    before = open_reading(session, article, language)
    if before is not None:
        session.delete(before)
    reading = ArticleReading(
        article_id=article.id,
        language=language,
        asked_by_id=by.user_id,
        written_by_id=version.author_id,
        asked_of_id=asked_of,
        asked_route=route,
        asked_at=clock.now(),
    )
    session.add(reading)
    session.flush()
    for person in told:
        if person.id not in (by.user_id, version.author_id):
            _tell(session, "article_to_reread", person, reading, by.user_id, portal)
    _note(session, by, article, "article_reading_asked", language)


def _chosen(session: Session, whom: str, by_id: int) -> tuple[int | None, str | None, list[User]]:
    kind, _, name = whom.partition(":")
    if kind == "body" and name in BODIES:
        return None, name, [each for each in readers_of_body(session, name) if each.is_told_of_tickets]
    found = next((each for each in readers(session) if kind == "user" and str(each.id) == name), None)
    if found is None or found.id == by_id:
        raise UnknownReaderError("Choose a colleague other than yourself, or a body.")
    return found.id, None, [found]


def say_reread(session: Session, article: Article, language: str, by: Person, portal: str) -> None:
    """Say that one has re-read a text as it stands now; who asked is told by mail."""
    reading = _asked(session, article, language)
    if by.user_id in (reading.asked_by_id, reading.written_by_id):
        raise OwnWordsError("Somebody else than who wrote a text re-reads it.")
    reading.reread_by_id, reading.reread_at = by.user_id, clock.now()
    reading.words_digest = words_digest(newest(article), language)
    session.flush()
    if reading.asked_by.is_active and by.user_id is not None:
        _tell(session, "article_reread", reading.asked_by, reading, by.user_id, portal)
    _note(session, by, article, "article_reread", language)


def take_back_reading(session: Session, article: Article, language: str, by: Person) -> None:
    """Ask nobody any more to re-read a text."""
    session.delete(_asked(session, article, language))
    session.flush()
    _note(session, by, article, "article_reading_taken_back", language)


def _asked(session: Session, article: Article, language: str) -> ArticleReading:
    reading = open_reading(session, article, language)
    if reading is None:
        raise NotAskedError("Nobody is asked to re-read this text.")
    return reading


def ask_after_erasure(session: Session, links: Sequence[str]) -> None:
    """Ask those who answer for the whole helpdesk to read articles again of whose question the asker was erased.

    The mail names nobody, nor a word of the articles.
    """
    for person in readers_of_body(session, Route.UNKNOWN.value):
        language = language_of_reader(person.language)
        subject, body = mail_text("articles_after_erasure", language)
        want(session, person.email, subject, "\n".join([body.rstrip(), "", *links, ""]), language, headers=_AUTOMATIC)


def _tell(session: Session, name: str, person: User, reading: ArticleReading, by_id: int, portal: str) -> None:
    """Put the mail into the outbox: it holds no word of the article, which may be a draft that still tells who asked."""
    language, by = language_of_reader(person.language), session.get_one(User, by_id)
    subject, body = mail_text(
        name,
        language,
        by=by.name or by.email,
        written=_LANGUAGE_NAMES[language][reading.language],
        link=f"{portal.rstrip('/')}/helpdesk/articles/{reading.article_id}",
    )
    want(session, person.email, subject, body, language, headers=_AUTOMATIC)


def _note(session: Session, by: Person, article: Article, action: str, language: str) -> None:
    audit.note(session, by, action, Reference(ReferenceKind.ARTICLE, str(article.id)), {"language": language})
