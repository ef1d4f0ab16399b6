"""What the helpdesk does when a legal instrument gets another status: flag the answers that rest on it, tell by mail."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.models import RoleGrant, User
from mpdi.accounts.roles import Role
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.law_operations import rests_on
from mpdi.clause_library.queries import LibraryCache
from mpdi.database import Database
from mpdi.helpdesk.article_queries import published_with_clauses
from mpdi.helpdesk.mail.operations import want
from mpdi.helpdesk.mail_texts import language_of_reader, mail_text
from mpdi.helpdesk.models import Article
from mpdi.jobs.events import DomainEvent, InstrumentStatusChanged

_TOLD = (Role.EXPERT.value, Role.LEGAL_REVIEWER.value, Role.COORDINATOR.value)
_AUTOMATIC = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
_LONGEST = 200
_STATUS = {
    "fr": {
        "announced": "annoncé",
        "in_force": "en vigueur",
        "amended": "modifié",
        "replaced": "remplacé",
        "repealed": "abrogé",
    },
    "nl": {
        "announced": "aangekondigd",
        "in_force": "van kracht",
        "amended": "gewijzigd",
        "replaced": "vervangen",
        "repealed": "opgeheven",
    },
}


class LawFollower:
    """Flags, or clears the flag of, every published answer that rests on the instrument; tells experts and coordinators.

    Repeated, it changes nothing and no second mail leaves.
    """

    def __init__(self, database: Database, library: LibraryCache, portal: str) -> None:
        self._database = database
        self._library = library
        self._portal = portal.rstrip("/")

    def __call__(self, event: DomainEvent) -> None:
        """Flag and tell, in one transaction."""
        assert isinstance(event, InstrumentStatusChanged)
        with self._database.writing() as session:
            library = self._library.library(session)
            articles = articles_on(session, library, event.instrument)
            for article in articles:
                _flag(article, event.instrument, event.is_open)
            clauses = sum(
                rests_on(library.latest(each, clock.today()), event.instrument) for each in library.identifiers
            )
            for person in _to_tell(session, event.actor_id):
                self._tell(session, person, event, library, clauses, len(articles))

    def _tell(
        self,
        session: Session,
        person: User,
        event: InstrumentStatusChanged,
        library: ClauseLibrary,
        clauses: int,
        articles: int,
    ) -> None:
        language = language_of_reader(person.language)
        known = library.reference.instruments.get(event.instrument)
        subject, body = mail_text(
            "law_changed" if event.is_open else "law_set_back",
            language,
            instrument=known.title[language] if known else event.instrument,
            status=_STATUS[language].get(event.status, event.status),
            since="/".join(reversed(event.since.split("-"))),
            clauses=str(clauses),
            articles=str(articles),
            link=f"{self._portal}/law/{event.instrument}",
        )
        key = f"law:{event.key}:{person.id}"
        want(session, person.email, subject, body, language, headers=_AUTOMATIC, key=key)


def articles_on(
    session: Session, library: ClauseLibrary, instrument: str, act_article: str | None = None
) -> list[Article]:
    """Return the published answers that rest on a clause which cites an instrument, or one article of it."""
    cited = {version.id for version in library if rests_on(version, instrument, act_article)}
    return [
        article
        for article, version in published_with_clauses(session, None)
        if cited & {each.partition("@")[0] for each in version.clauses}
    ]


def _flag(article: Article, instrument: str, is_open: bool) -> None:
    because = [each for each in article.flagged_because.split(", ") if each and each != instrument]
    if is_open:
        because.insert(0, instrument)
        article.flagged_at = article.flagged_at or clock.now()
    elif not because:
        article.flagged_at = None
    article.flagged_because = ", ".join(because)[:_LONGEST]


def _to_tell(session: Session, actor_id: int | None) -> Sequence[User]:
    """Return the experts, legal reviewers and coordinators who are still here, but who did it."""
    able = select(RoleGrant.user_id).where(RoleGrant.role.in_(_TOLD))
    active = (User.id.in_(able), User.is_active.is_(True), User.erased_at.is_(None))
    return [each for each in session.scalars(select(User).where(*active).order_by(User.id)) if each.id != actor_id]
