"""Plainly fictitious people, questions, articles, events and notices, put in once, so that `mpdi demo` shows every page at work.

Nobody here exists: addresses end in `.example`, which no mail reaches, and names say that they are of the demonstration.
"""

import datetime
import secrets
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.models import User
from mpdi.accounts.operations import create_user, find_user
from mpdi.accounts.passwords import hash_password
from mpdi.accounts.role_operations import grant_role
from mpdi.accounts.roles import Grant, Role
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.database import Database
from mpdi.events.operations import EventFacts, create_event, publish_event
from mpdi.events.vocabulary import Audience, EventKind
from mpdi.helpdesk.article_operations import (
    ArticleTexts,
    change_article,
    doubts_of,
    draft_from_ticket,
    publish_article,
    texts_by_column,
)
from mpdi.helpdesk.article_queries import newest
from mpdi.helpdesk.change_operations import Actor
from mpdi.helpdesk.fact_operations import add_reference
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.operations import NewQuestion, Reply, answer, open_ticket
from mpdi.helpdesk.states import TicketAction
from mpdi.helpdesk.vocabulary import AskerKind, Obstacle, QuestionNature, Route
from mpdi.monitoring.buyer_operations import look_up_again
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import ingest
from mpdi.references import Reference, ReferenceKind
from mpdi.resources import folder

_COMMAND = "mpdi_demo"
_DOMAIN = "demo.example"


@dataclass(frozen=True)
class DemoPerson:
    """Somebody of the demonstration, with the password made for this installation."""

    email: str
    role: Role
    password: str


_PEOPLE: tuple[tuple[str, str, Grant, str], ...] = (
    ("coordination", "Camille Démo (coordination)", Grant(Role.COORDINATOR), "fr"),
    ("facilitateur", "Facilitateur Démo", Grant(Role.FACILITATOR), "fr"),
    ("facilitator-sociaal", "Facilitator Demo (sociaal)", Grant(Role.FACILITATOR, route=Route.SOCIAL.value), "nl"),
    ("experte", "Experte Démo", Grant(Role.EXPERT), "fr"),
    ("acheteur", "Alex Démo (acheteur)", Grant(Role.BUYER), "fr"),
    ("aankoper", "Robin Demo (aankoper)", Grant(Role.BUYER), "nl"),
    ("firme", "Firme Démo (petite entreprise)", Grant(Role.FIRM), "fr"),
    ("juriste", "Juriste Démo (relecture)", Grant(Role.LEGAL_REVIEWER), "fr"),
    ("administration", "Administration Démo", Grant(Role.ADMINISTRATOR), "fr"),
)


@dataclass(frozen=True)
class _Question:
    body: str
    language: str
    route: Route
    nature: QuestionNature
    obstacles: tuple[Obstacle, ...] = ()
    clause: str = ""
    reply: str = ""
    then: TicketAction | None = None
    kind: AskerKind = AskerKind.BUYER
    deadline_in: int | None = None
    is_pilot: bool = False
    other: tuple[str, str, str] | None = None
    """Title, question and answer in the other language, where an article is made of it."""


_QUESTIONS: tuple[_Question, ...] = (
    _Question(
        "Puis-je exiger un écolabel pour les produits de nettoyage de nos écoles, ou dois-je accepter d'autres preuves ?",
        "fr", Route.MPD, QuestionNature.LEGAL, (Obstacle.A1, Obstacle.A4), "ENV-CLEAN-001",
        "Oui : la clause ENV-CLEAN-001 demande un label écologique et accepte toute preuve équivalente.\n\n"
        "- Dites dans le cahier des charges que les labels équivalents sont acceptés.\n"
        "- Demandez la preuve avec l'offre et vérifiez-la à la livraison.",
        TicketAction.RESOLVE, other=(
            "Mag ik een ecolabel eisen voor schoonmaakproducten?",
            "Mag ik een ecolabel eisen voor de schoonmaakproducten van onze scholen, of moet ik ander bewijs aanvaarden?",
            "Ja: clausule ENV-CLEAN-001 vraagt een milieukeur en aanvaardt elk gelijkwaardig bewijs.\n\n"
            "- Vermeld in het bestek dat gelijkwaardige keurmerken aanvaard worden.\n"
            "- Vraag het bewijs bij de offerte en controleer het bij de levering.")),
    _Question(
        "Wij zijn een klein schoonmaakbedrijf. Is het normaal dat een factuur pas na 90 dagen betaald wordt?",
        "nl", Route.SME, QuestionNature.ECONOMIC, (Obstacle.E2,), "SME-GEN-009",
        "Nee. De betalingstermijn is in de regel dertig dagen; lees clausule SME-GEN-009. Vraag de aankoper om de datum van "
        "ontvangst van uw factuur schriftelijk te bevestigen.", TicketAction.RESOLVE, AskerKind.FIRM),
    _Question(
        "Une offre pour le gardiennage est bien plus basse que les autres. Que dois-je demander avant de l'écarter ?",
        "fr", Route.ANTI_DUMPING, QuestionNature.LEGAL, (Obstacle.A4,), "DMP-GEN-005", deadline_in=9),
    _Question(
        "Hoe nemen we een sociale clausule op voor het onderhoud van groen, zonder kleine firma's af te schrikken?",
        "nl", Route.SOCIAL, QuestionNature.TECHNICAL, (Obstacle.A3,)),
    _Question(
        "Nous voulons acheter un service qui n'existe pas encore pour suivre les déchets de chantier. Par où commencer ?",
        "fr", Route.MPI, QuestionNature.TECHNICAL, (Obstacle.A3,), is_pilot=True),
    _Question(
        "Quelle part de bio pouvons-nous demander pour 200 repas d'école sans rester sans offre ?",
        "fr", Route.FOOD, QuestionNature.TECHNICAL, (Obstacle.A1, Obstacle.A2), reply=
        "Dites-nous d'abord quelles familles de produits vous achetez : les légumes et le lait s'y prêtent mieux que la viande.",
        then=TicketAction.WAIT),
)


def fill(session: Session, library: ClauseLibrary) -> tuple[DemoPerson, ...]:
    """Put everything in, once; return the people with their passwords, nobody where it stands already."""
    if find_user(session, f"{_PEOPLE[0][0]}@{_DOMAIN}") is not None:
        return ()
    people = [(_person(session, *entry), entry[2].role) for entry in _PEOPLE]
    helper = people[1][0][0]
    for question in _QUESTIONS:
        ticket = _ticket(session, question, Actor(helper.id, helper.name))
        if question.reply and question.then is TicketAction.RESOLVE:
            _article(session, ticket, question, library, helper)
    for facts in _events():
        publish_event(session, create_event(session, facts, _COMMAND), _COMMAND)
    return tuple(DemoPerson(user.email, role, password) for (user, password), role in people)


def take_in_notices(database: Database, home: Path) -> int:
    """Take in the fictitious notices of the examples, each once; return how many were new."""
    places = [folder("examples") / "notices", folder("examples") / "demonstration" / "notices"]
    report = ingest(database, [str(each) for each in places], ReadingPlan(home), processes=1)
    with database.writing() as session:
        look_up_again(session)
    return report.notices.new


def _person(session: Session, name: str, shown: str, grant: Grant, language: str) -> tuple[User, str]:
    password = secrets.token_urlsafe(12)
    user = create_user(session, f"{name}@{_DOMAIN}", shown, language)
    user.password_hash = hash_password(password)
    grant_role(session, _COMMAND, user, grant)
    return user, password


def _ticket(session: Session, question: _Question, helper: Actor) -> Ticket:
    deadline = clock.today() + datetime.timedelta(days=question.deadline_in) if question.deadline_in else None
    asked = NewQuestion(
        question.body, question.language, question.route, question.kind, email=f"personne@{_DOMAIN}", name="Personne Fictive",
        authority_name="Commune d'Exemple (démonstration)" if question.kind is AskerKind.BUYER else "Firme Exemple (demo)",
        tender_deadline=deadline, is_pilot=question.is_pilot, question_nature=question.nature, obstacles=question.obstacles,
    )
    ticket, _token = open_ticket(session, asked, Actor(name="Personne Fictive"))
    if question.clause:
        add_reference(session, ticket, helper, Reference(ReferenceKind.CLAUSE, question.clause), None)
    if question.reply:
        answer(session, ticket, helper, Reply(question.reply, question.language, question.then), None)
    return ticket


def _article(session: Session, ticket: Ticket, question: _Question, library: ClauseLibrary, helper: User) -> None:
    by = helper.as_person()
    draft = draft_from_ticket(session, ticket, by)
    words = texts_by_column(newest(draft))
    if question.other is not None:
        language = "nl" if question.language == "fr" else "fr"
        words |= dict(zip((f"title_{language}", f"question_{language}", f"answer_{language}"), question.other, strict=True))
    change_article(session, draft, ArticleTexts(words), draft.revision, by)
    confirmed = tuple(each.key for each in doubts_of(session, draft, newest(draft)))
    change_article(session, draft, ArticleTexts(words, confirmed), draft.revision, by)
    publish_article(session, draft, library, draft.revision, by)


def _events() -> tuple[EventFacts, ...]:
    def at(weeks: int, hour: int) -> datetime.datetime:
        day = clock.today() + datetime.timedelta(weeks=weeks)
        day -= datetime.timedelta(days=max(0, day.weekday() - 3))
        return datetime.datetime(day.year, day.month, day.day, hour, tzinfo=clock.BRUSSELS)

    place = "Salle Exemple, Bruxelles (démonstration)"
    return (
        EventFacts(EventKind.TRAINING, Audience.BUYERS, "Écrire un cahier des charges durable (démonstration)",
             "Een duurzaam bestek schrijven (demo)", at(2, 9), at(2, 12), "Une matinée de pratique avec le portail.",
             "Een voormiddag praktijk met het portaal.", place, "fr"),
        EventFacts(EventKind.MEET_YOUR_BUYER, Audience.FIRMS, "Rencontrez vos acheteurs (démonstration)",
             "Ontmoet uw aankopers (demo)", at(4, 14), at(4, 17), "Des acheteurs disent ce qu'ils vont acheter.",
             "Aankopers zeggen wat ze gaan kopen.", place, "fr+nl", f"inscription@{_DOMAIN}"),
        EventFacts(EventKind.CHANGE_TRAINING, Audience.BOTH, "Mener le changement dans les achats (démonstration)",
             "Verandering leiden bij aankopen (demo)", at(9, 13), at(9, 16), "", "", "en ligne / online (demo)", "fr+nl"),
    )
