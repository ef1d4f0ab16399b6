"""What one can do with an article: make it of an answer, write, publish, withdraw, rate, flag when its clauses change."""

import datetime
import re
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import audit
from mpdi.accounts.roles import Person
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.exceptions import MpdiError
from mpdi.helpdesk.anonymising import Finding, anonymise, unconfirmed
from mpdi.helpdesk.article_queries import (
    clauses_out_of_date,
    draft_of,
    known_of_ticket,
    last_published,
    newest,
    published_with_clauses,
)
from mpdi.helpdesk.models import Article, ArticleVersion, Message, Ticket
from mpdi.helpdesk.vocabulary import ArticleState, Direction
from mpdi.jobs.events import ArticlePublished
from mpdi.jobs.operations import record
from mpdi.references import Reference, ReferenceKind

LANGUAGES = ("fr", "nl")
PARTS = ("title", "question", "answer")
_CLAUSE = re.compile(r"\b(?:ENV|SOC|ETH|DMP|SME|INN)-[A-Z]{2,6}-\d{3}\b")
_GREETING = re.compile(
    r"\A(?:(?:bonjour|bonsoir|madame|monsieur|mesdames|messieurs|ch[eè]re?s?|goe(?:de|ie)?n?\s?(?:dag|morgen|avond)|dag|hallo|hello"
    r"|beste|geachte)\b[^\n,.!?;:]{0,30}[,.!]?[ \t]*\n\s*)+|\A(?:bonjour|bonsoir|goe(?:de|ie)?n?\s?dag|hallo)[,!]\s+",
    re.IGNORECASE,
)
_MOST_CONFIRMED = 200
_LONGEST_TITLE = 200


class NothingToPublishError(MpdiError):
    """A ticket has no answer yet of which an article could be made."""


class ArticleChangedElsewhereError(MpdiError):
    """Somebody changed the article since the page was opened; nothing was stored."""


class UnconfirmedDoubtsError(MpdiError):
    """An article holds words that could identify somebody and that nobody has looked at."""

    def __init__(self, doubts: list[Finding]) -> None:
        self.doubts = doubts
        super().__init__(f"{len(doubts)} wordings could identify somebody. Change them, or confirm each of them, then publish.")


class IncompleteArticleError(MpdiError):
    """An article has neither in French nor in Dutch a title, a question and an answer."""


class ArticleNotPublishedError(MpdiError):
    """Only a published article can be withdrawn or said to be still right."""


@dataclass(frozen=True)
class ArticleTexts:
    """The words of an article by column (`title_fr`, …), and the wordings confirmed to identify nobody."""

    words: Mapping[str, str]
    confirmed: tuple[str, ...] = ()


def draft_from_ticket(session: Session, ticket: Ticket, by: Person) -> Article:
    """Make a draft of a ticket's question and its last answer, cleaned; the draft that stands where there is one."""
    standing = draft_of(session, ticket)
    if standing is not None:
        return standing
    question, answer = _exchange(ticket)
    article = Article(
        slug=f"draft-{secrets.token_hex(8)}", state=ArticleState.DRAFT.value, route=ticket.route,
        category=ticket.category, ticket_id=ticket.id, written_in=answer.language, changed_at=clock.now(),
    )
    version = ArticleVersion(number=1, author_id=by.user_id)
    known, language = known_of_ticket(session, ticket), answer.language
    setattr(version, f"title_{language}", anonymise(_title(ticket, question), known, language).text[:_LONGEST_TITLE])
    setattr(version, f"question_{language}", without_greeting(anonymise(question.body, known, language).text))
    setattr(version, f"answer_{language}", without_greeting(anonymise(answer.body, known, language).text))
    article.versions.append(version)
    session.add(article)
    session.flush()
    return article


def without_greeting(text: str) -> str:
    """Return a text without the greeting it begins with: “Bonjour Madame,” greets one person, an article nobody."""
    return _GREETING.sub("", text.strip(), count=1) or text


def _title(ticket: Ticket, question: Message) -> str:
    """Return the subject; where it was cut, the first sentence of the question that it was made of, if that is short."""
    if not ticket.subject.endswith("…"):
        return ticket.subject
    whole = next((each for each in re.split(r"(?<=[.?!])\s+|\n+", question.body) if each.startswith(ticket.subject[:-1])), "")
    return whole if 0 < len(whole) <= _LONGEST_TITLE else ticket.subject


def _exchange(ticket: Ticket) -> tuple[Message, Message]:
    asked = [item for item in ticket.messages if item.direction == Direction.INCOMING.value]
    answered = [item for item in ticket.messages if item.direction == Direction.OUTGOING.value]
    if not asked or not answered:
        raise NothingToPublishError("This ticket has no answer yet. Answer it first, then make an article of it.")
    return asked[0], answered[-1]


def change_article(session: Session, article: Article, texts: ArticleTexts, expected: int, by: Person) -> None:
    """Store new words: in the draft, or in a new version beside the one that is published."""
    _count_change(session, article, expected)
    version = newest(article)
    if version.published_at is not None:
        version = ArticleVersion(number=version.number + 1)
        article.versions.append(version)
    for part in PARTS:
        for language in LANGUAGES:
            column = f"{part}_{language}"
            setattr(version, column, _tidy(texts.words.get(column, ""))[:_LONGEST_TITLE if part == "title" else 20_000])
    version.confirmed = list(dict.fromkeys(key[:200] for key in texts.confirmed))[:_MOST_CONFIRMED]
    version.author_id = by.user_id
    session.flush()


def _tidy(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()


def _count_change(session: Session, article: Article, expected: int) -> None:
    changed = session.execute(
        update(Article).where(Article.id == article.id, Article.revision == expected)
        .values(revision=expected + 1, changed_at=clock.now()).execution_options(synchronize_session=False)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]
        raise ArticleChangedElsewhereError("This article was changed in another window. Open it again and look at it before you change it.")
    session.refresh(article, ["revision", "changed_at"])


def publish_article(session: Session, article: Article, library: ClauseLibrary, expected: int, by: Person) -> None:
    """Publish the newest words, dated, with the clause versions they rest on.

    `UnconfirmedDoubtsError` while something could identify somebody; `IncompleteArticleError` where no language is whole.
    """
    version = newest(article)
    if not languages_of(version):
        raise IncompleteArticleError("Write title, question and answer in French or in Dutch at least.")
    doubts = doubts_of(session, article, version)
    if doubts:
        raise UnconfirmedDoubtsError(doubts)
    _count_change(session, article, expected)
    version.published_at = clock.now()
    version.author_id = by.user_id
    version.clauses = clauses_of(version, session.get(Ticket, article.ticket_id) if article.ticket_id else None, library)
    if article.slug.startswith("draft-"):
        article.slug = f"{_slug(version.title_fr or version.title_nl)}-{article.id}"
    article.state = ArticleState.PUBLISHED.value
    article.flagged_at, article.flagged_because = None, ""
    _announce(session, article, by, "article_published")


def languages_of(version: ArticleVersion) -> tuple[str, ...]:
    """Return the languages in which title, question and answer are there."""
    return tuple(each for each in LANGUAGES if all(getattr(version, f"{part}_{each}") for part in PARTS))


def texts_by_column(version: ArticleVersion) -> dict[str, str]:
    """Return the words of a version by column."""
    return {f"{part}_{language}": getattr(version, f"{part}_{language}") for part in PARTS for language in LANGUAGES}


def texts_of(version: ArticleVersion) -> list[str]:
    """Return every text of a version, in both languages."""
    return [getattr(version, f"{part}_{language}") for language in LANGUAGES for part in PARTS]


def doubts_of(session: Session, article: Article, version: ArticleVersion) -> list[Finding]:
    """Return what could identify somebody in a version and is not yet confirmed."""
    ticket = session.get(Ticket, article.ticket_id) if article.ticket_id else None
    return unconfirmed(texts_of(version), known_of_ticket(session, ticket), version.confirmed)


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-") or "article"


def clauses_of(version: ArticleVersion, ticket: Ticket | None, library: ClauseLibrary) -> list[str]:
    """Return the clause versions in force that a version rests on: those it names, and those its ticket points at."""
    named: list[str] = [identifier for text in texts_of(version) for identifier in _CLAUSE.findall(text)]
    for reference in ticket.references if ticket else ():
        named += _CLAUSE.findall(reference.reference)
    known = set(library.identifiers)
    found = (library.latest(each, clock.today()) for each in dict.fromkeys(named) if each in known)
    return [version.reference for version in found]


def confirm_still_right(session: Session, article: Article, library: ClauseLibrary, expected: int, by: Person) -> None:
    """Publish the same words again, resting on the clause versions now in force: somebody has read both."""
    current = last_published(article)
    if current is None or article.state != ArticleState.PUBLISHED.value:
        raise ArticleNotPublishedError("This article is not published.")
    _count_change(session, article, expected)
    again = ArticleVersion(
        number=newest(article).number + 1, author_id=by.user_id, confirmed=list(current.confirmed), published_at=clock.now(),
        **texts_by_column(current),
    )
    again.clauses = [library.latest(each.partition("@")[0], clock.today()).reference for each in current.clauses]
    article.versions.append(again)
    article.flagged_at, article.flagged_because = None, ""
    _announce(session, article, by, "article_confirmed")


def withdraw_article(session: Session, article: Article, expected: int, by: Person) -> None:
    """Take an article away from readers; its words are kept."""
    if article.state != ArticleState.PUBLISHED.value:
        raise ArticleNotPublishedError("This article is not published.")
    _count_change(session, article, expected)
    article.state = ArticleState.WITHDRAWN.value
    _announce(session, article, by, "article_withdrawn")


def _announce(session: Session, article: Article, by: Person, action: str) -> None:
    session.flush()
    record(session, ArticlePublished(article.id))
    audit.note(session, by, action, Reference(ReferenceKind.ARTICLE, str(article.id)), {"version": newest(article).number})


def rate_article(session: Session, article: Article, helped: bool) -> None:
    """Count that an article helped somebody, or did not; nothing of who."""
    column = Article.helped if helped else Article.did_not_help
    session.execute(update(Article).where(Article.id == article.id).values({column: column + 1}))


def flag_articles(session: Session, library: ClauseLibrary, day: datetime.date, clause_id: str | None = None) -> list[Article]:
    """Flag every published article that rests on a clause version no longer in force; return those newly flagged.

    `clause_id`: only articles on that clause. Repeated, it changes nothing.
    """
    flagged = []
    for article, version in published_with_clauses(session, clause_id):
        stale = clauses_out_of_date(version.clauses, library, day)
        # An act whose status changed stays named: a clause published since does not answer that.
        acts = [each for each in article.flagged_because.split(", ") if each in library.reference.instruments]
        because = ", ".join([*acts, *stale])[:200]
        if stale and article.flagged_because != because:
            article.flagged_at, article.flagged_because = article.flagged_at or clock.now(), because
            flagged.append(article)
    session.flush()
    return flagged


def clause_versions(references: Iterable[str], library: ClauseLibrary) -> list[ClauseVersion]:
    """Return the clause versions that an article rests on, as the library has them."""
    return [library.version(*reference.split("@", 1)) for reference in references]
