"""Everything one can do with a ticket, on SQLite and on PostgreSQL."""

import datetime
import threading
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from ticket_samples import ASKER, Clock, actor, ask, user

from mpdi import clock
from mpdi.accounts.models import User
from mpdi.accounts.roles import Role
from mpdi.clause_library.core.vocabulary import Category
from mpdi.database import Database
from mpdi.helpdesk import fact_operations as facts
from mpdi.helpdesk import operations, subjects, upkeep_operations
from mpdi.helpdesk import team_operations as team
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.change_operations import EmptyMessageError, TicketChangedElsewhereError
from mpdi.helpdesk.models import Attachment, ExpertRequest, Message, Ticket, TicketEvent
from mpdi.helpdesk.operations import Reply
from mpdi.helpdesk.states import MoveNotAllowedError, TicketAction
from mpdi.helpdesk.vocabulary import AskerKind, Direction, Obstacle, QuestionNature, Route, Stage, TicketState
from mpdi.references import Reference

TWO_YEARS = datetime.timedelta(days=730)


@pytest.fixture
def jan(session: Session) -> User:
    return user(session, "Jan", Role.FACILITATOR)


def events(session: Session, ticket: Ticket) -> list[str]:
    return list(
        session.scalars(select(TicketEvent.what).where(TicketEvent.ticket_id == ticket.id).order_by(TicketEvent.id))
    )


def test_a_question_becomes_a_ticket_with_number_link_and_promise(session: Session, now: Clock):
    question = operations.NewQuestion(body="Puis-je exiger un écolabel ?\n\nMerci", language="fr", route=Route.SOCIAL)
    ticket, token = operations.open_ticket(session, question, ASKER)
    assert ticket.number == f"MPDI-2026-{ticket.id:05d}"
    assert ticket.token_hash == operations.token_hash(token) != token
    assert (ticket.state, ticket.priority, ticket.subject) == ("new", 2, "Puis-je exiger un écolabel ?")
    assert ticket.route == ticket.suggested_route == "social"
    assert clock.aware(ticket.answer_due).astimezone(clock.BRUSSELS).isoformat() == "2026-11-27T09:30:00+01:00"
    assert [(item.direction, item.language) for item in ticket.messages] == [("incoming", "fr")]
    assert events(session, ticket) == ["opened"]


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        ("Bonjour\n\nMerci de me dire si le bio est permis", "Merci de me dire si le bio est permis"),
        ("Hulp!", "Hulp!"),
        (
            "Bonjour, je suis économe dans une école. Puis-je demander un label ? Merci",
            "Je suis économe dans une école. Puis-je demander un label ?",
        ),
        (
            "Nous achetons du papier pour 12 écoles. Par où commencer ?",
            "Nous achetons du papier pour 12 écoles. Par où commencer ?",
        ),
        (
            "Geachte,\n\nWij kopen 40 laptops aan. Hoe moeten wij beginnen? Alvast bedankt",
            "Wij kopen 40 laptops aan. Hoe moeten wij beginnen?",
        ),
        (
            "Kunt u mij helpen? Wij zoeken een clausule voor de catering.",
            "Wij zoeken een clausule voor de catering. Kunt u mij helpen?",
        ),
        (
            "Nettoyage de 3 écoles : peut-on imposer un écolabel aux produits ? Merci",
            "Nettoyage de 3 écoles : peut-on imposer un écolabel aux produits ?",
        ),
        (
            "Que faire d'abord ? Faut-il demander un écolabel pour le papier ?",
            "Faut-il demander un écolabel pour le papier ?",
        ),
        ("Budget de 2.500 euros pour des vélos. Par où commencer ?",) * 2,
        ("Pouvez-vous m'aider ? Merci d'avance pour votre réponse.", "Pouvez-vous m'aider ?"),
        ("Un marché " + "très " * 40 + "long. Par où commencer ?", "Un marché " + "très " * 13 + "très… Par où commencer ?"),
        ("Dag,\n\nWij hebben 5 offertes binnen", "Wij hebben 5 offertes binnen"),
        ("Ça va ? Nous achetons des bureaux", "Ça va ? Nous achetons des bureaux"),
        ("mot " * 60, "mot " * 24 + "mot…"),
        ("x" * 400, "x" * 100 + "…"),
    ],
)
def test_the_subject_is_the_first_thing_said(body: str, subject: str):
    assert subjects.subject_of(body) == subject


@pytest.mark.parametrize(
    ("stated", "subject"),
    [
        ("", "Mag ik een keurmerk vragen?"),
        ("Vraag over bestek", "Vraag over bestek: Mag ik een keurmerk vragen?"),
        ("RE: question urgente !", "RE: question urgente: Mag ik een keurmerk vragen?"),
        ("???", "Mag ik een keurmerk vragen?"),
        ("Vraag over papier", "Vraag over papier"),
    ],
)
def test_a_subject_that_says_nothing_is_followed_by_what_is_asked(stated: str, subject: str):
    assert subjects.telling_subject(stated, "Beste,\n\nMag ik een keurmerk vragen? Dank u") == subject


def test_two_who_ask_at_the_same_moment_get_two_numbers(database: Database):
    numbers: list[str] = []

    def one() -> None:
        for _ in range(5):
            with database.writing() as session:
                numbers.append(ask(session).number)

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(numbers)) == 20


def test_an_answer_stops_the_clock_and_may_wait_or_resolve(session: Session, now: Clock, fatima: User):
    ticket = ask(session)
    now.forward(hours=2)
    message = operations.answer(
        session, ticket, actor(fatima), Reply("Oui, avec « ou équivalent ».", "fr", TicketAction.WAIT), 1
    )
    assert (message.direction, message.author_name, ticket.state) == ("outgoing", "Fatima", "waiting_for_asker")
    assert ticket.assignee_id == fatima.id
    first = clock.aware(ticket.first_answered_at)
    assert first == now.now()
    now.forward(hours=1)
    operations.answer(session, ticket, actor(fatima), Reply("Encore ceci.", "fr", TicketAction.RESOLVE), 2)
    assert (ticket.state, clock.aware(ticket.first_answered_at)) == ("resolved", first)
    assert events(session, ticket) == ["opened", "answered", "answered"]


def test_a_word_of_the_asker_opens_a_resolved_ticket_again(session: Session, fatima: User):
    ticket = ask(session)
    operations.resolve(session, ticket, actor(fatima), 1)
    assert ticket.resolved_at is not None
    operations.add_message(session, ticket, ASKER, "Ce n'est pas clair.", "fr")
    assert (ticket.state, ticket.resolved_at) == ("open", None)
    operations.close(session, ticket, actor(fatima), 3, "Hors sujet")
    operations.reopen(session, ticket, ASKER, 4)
    assert (ticket.state, ticket.closed_at) == ("open", None)


def test_an_empty_message_is_refused(session: Session, fatima: User):
    with pytest.raises(EmptyMessageError):
        operations.answer(session, ask(session), actor(fatima), Reply("  \n ", "fr"), 1)


def test_a_merged_ticket_refuses_every_move(session: Session, fatima: User):
    first, second = ask(session), ask(session)
    team.merge(session, second, actor(fatima), first, 1)
    with pytest.raises(MoveNotAllowedError):
        operations.answer(session, second, actor(fatima), Reply("Trop tard", "fr"), None)


def test_two_facilitators_never_overwrite(database: Database, now: Clock):
    with database.writing() as session:
        fatima, jan = user(session, "Fatima", Role.FACILITATOR), user(session, "Jan", Role.FACILITATOR)
        ticket = ask(session)
    with database.writing() as session:
        operations.answer(session, session.get_one(Ticket, ticket.id), actor(fatima), Reply("Oui.", "fr"), 1)
    with pytest.raises(TicketChangedElsewhereError), database.writing() as session:
        operations.answer(session, session.get_one(Ticket, ticket.id), actor(jan), Reply("Non.", "fr"), 1)
    with database.reading() as session:
        assert [item.body for item in session.get_one(Ticket, ticket.id).messages][1:] == ["Oui."]


def test_of_many_at_once_over_one_revision_exactly_one_is_stored(database: Database):
    with database.writing() as session:
        people = [user(session, f"F{number}", Role.FACILITATOR) for number in range(6)]
        ticket = ask(session)
    refused: list[str] = []

    def one(person: User) -> None:
        try:
            with database.writing() as session:
                operations.answer(
                    session, session.get_one(Ticket, ticket.id), actor(person), Reply(person.name, "fr"), 1
                )
        except TicketChangedElsewhereError:
            refused.append(person.name)

    threads = [threading.Thread(target=one, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        kept = session.get_one(Ticket, ticket.id)
        answers = [item.body for item in kept.messages if item.direction == Direction.OUTGOING]
        assert (len(answers), len(refused), kept.revision) == (1, 5, 2)
        assert set(answers) | set(refused) == {person.name for person in people}


def test_every_change_of_a_facilitator_is_held_against_the_revision(session: Session, fatima: User, jan: User):
    ticket, other = ask(session), ask(session)
    by, stale = actor(fatima), 99
    changes = [
        lambda: operations.write_note(session, ticket, by, "note", "fr", stale),
        lambda: operations.wait(session, ticket, by, stale),
        lambda: operations.resolve(session, ticket, by, stale),
        lambda: operations.close(session, ticket, by, stale),
        lambda: team.assign(session, ticket, by, jan, stale),
        lambda: team.hand_over(session, ticket, by, jan, "voici", stale),
        lambda: team.reroute(session, ticket, by, Route.FOOD, stale),
        lambda: team.ask_expert(session, ticket, by, jan, "?", stale),
        lambda: team.merge(session, ticket, by, other, stale),
        lambda: facts.set_facts(session, ticket, by, facts.Facts(), stale),
        lambda: facts.add_reference(session, ticket, by, Reference.parse("clause:ENV-CLEAN-001"), stale),
    ]
    for change in changes:
        with pytest.raises(TicketChangedElsewhereError):
            change()
    assert (ticket.revision, len(ticket.messages), ticket.state) == (1, 1, "new")


def test_assigning_handing_over_with_a_note(session: Session, fatima: User, jan: User):
    ticket = ask(session)
    team.assign(session, ticket, actor(fatima), fatima, 1)
    assert (ticket.state, ticket.assignee_id) == ("open", fatima.id)
    team.hand_over(session, ticket, actor(fatima), jan, "Je suis absente ; il attend un chiffre.", 2)
    assert ticket.assignee_id == jan.id
    assert [(item.direction, item.body) for item in ticket.messages][1:] == [
        ("note", "Je suis absente ; il attend un chiffre.")
    ]
    assert events(session, ticket) == ["opened", "assigned", "handed_over"]


def test_another_route_is_counted_and_the_promise_follows(session: Session, fatima: User):
    ticket = ask(session)
    team.assign(session, ticket, actor(fatima), fatima, 1)
    team.reroute(session, ticket, actor(fatima), Route.MPI, 2)
    assert (ticket.route, ticket.suggested_route, ticket.assignee_id, ticket.priority) == ("mpi", "mpd", None, 0)
    assert clock.aware(ticket.answer_due).astimezone(clock.BRUSSELS).isoformat() == "2026-11-25T09:30:00+01:00"
    team.reroute(session, ticket, actor(fatima), Route.MPI, 3)
    counted = session.scalars(select(TicketEvent).where(TicketEvent.what == "rerouted")).all()
    assert [(item.detail["before"], item.detail["after"]) for item in counted] == [("mpd", "mpi")]


def test_an_expert_is_asked_and_answers_once(session: Session, fatima: User, jan: User):
    ticket, lea = ask(session), user(session, "Léa", Role.EXPERT)
    team.ask_expert(session, ticket, actor(fatima), lea, "L'écolabel est-il proportionné ?", 1)
    assert ticket.state == "waiting_for_expert"
    with pytest.raises(team.NotAskedError):
        team.answer_as_expert(session, ticket, actor(jan), "Moi je dirais oui", "fr", 2)
    team.answer_as_expert(session, ticket, actor(lea), "Oui.", "fr", ticket.revision)
    assert ticket.state == "open"
    assert [item.direction for item in ticket.messages] == ["incoming", "note", "note"]
    with pytest.raises(team.NotAskedError):
        team.answer_as_expert(session, ticket, actor(lea), "Oui, oui.", "fr", None)


def test_with_two_experts_asked_the_ticket_waits_for_both(session: Session, fatima: User):
    ticket = ask(session)
    experts = [user(session, name, Role.EXPERT) for name in ("Léa", "Wim")]
    for expert in experts:
        team.ask_expert(session, ticket, actor(fatima), expert, "Votre avis ?", ticket.revision)
    states = []
    for expert in experts:
        team.answer_as_expert(session, ticket, actor(expert), "Voici.", "fr", None)
        states.append(ticket.state)
    assert states == ["waiting_for_expert", "open"]


def test_merging_takes_messages_references_and_experts_along(session: Session, fatima: User):
    first, second = ask(session, "La première question"), ask(session, "La même par mail", email="ANN@example.org")
    team.ask_expert(session, second, actor(fatima), user(session, "Léa", Role.EXPERT), "?", 1)
    facts.add_reference(session, second, actor(fatima), Reference.parse("clause:ENV-CLEAN-001"), 2)
    into = team.merge(session, second, actor(fatima), first, 3)
    merged = session.get_one(Ticket, second.id)
    assert (merged.state, merged.merged_into_id, merged.messages) == ("merged", into.id, [])
    assert [item.body for item in into.messages] == ["La première question", "La même par mail", "?"]
    assert [item.reference for item in into.references] == ["clause:ENV-CLEAN-001"]
    assert session.scalars(select(ExpertRequest.ticket_id)).all() == [into.id]
    assert events(session, into)[-1] == "took_in"


def test_tickets_of_two_askers_are_not_merged(session: Session, fatima: User):
    first, second = ask(session), ask(session, email="somebody.else@example.org")
    with pytest.raises(team.DifferentAskersError):
        team.merge(session, second, actor(fatima), first, 1)
    with pytest.raises(team.MergeIntoItselfError):
        team.merge(session, first, actor(fatima), first, None)


def test_facts_are_set_and_the_deadline_presses(session: Session, now: Clock, fatima: User):
    ticket = ask(session)
    stated = facts.Facts(
        question_nature=QuestionNature.LEGAL,
        stage=Stage.PUBLISHED,
        category=Category.CLEANING,
        cpv=("90919200",),
        authority_id="commune-exemple",
        authority_name="Commune d'Exemple",
        obstacles=(Obstacle.A4, Obstacle.A1),
        other_obstacle="le collège hésite",
        tender_deadline=now.today().replace(month=12, day=3),
        asker_kind=AskerKind.BUYER,
        subject="Écolabels pour le nettoyage des bureaux",
    )
    facts.set_facts(session, ticket, actor(fatima), stated, 1)
    assert facts.facts_of(session.get_one(Ticket, ticket.id, populate_existing=True)) == stated
    assert ticket.priority == 1
    assert clock.aware(ticket.answer_due).astimezone(clock.BRUSSELS).isoformat() == "2026-11-26T09:30:00+01:00"


def test_references_are_added_once_and_removed(session: Session, fatima: User):
    ticket, clause = ask(session), Reference.parse("clause:ENV-CLEAN-001")
    facts.add_reference(session, ticket, actor(fatima), clause, 1)
    facts.add_reference(session, ticket, actor(fatima), clause, 1)
    assert [item.reference for item in ticket.references] == [str(clause)]
    facts.remove_reference(session, ticket, actor(fatima), clause, 2)
    assert ticket.references == []


def test_who_has_the_ticket_open_is_seen_for_a_minute(session: Session, now: Clock, fatima: User, jan: User):
    ticket = ask(session)
    for _ in range(2):
        team.note_presence(session, ticket.id, fatima.id)
        team.note_presence(session, ticket.id, jan.id)
    assert [each.name for each in team.others_present(session, ticket.id, jan.id)] == ["Fatima"]
    now.forward(seconds=61)
    assert team.others_present(session, ticket.id, jan.id) == []


def test_silence_closes_what_is_resolved_or_waits_and_nothing_else(session: Session, now: Clock, fatima: User):
    by = actor(fatima)
    resolved, waiting, still_open, fresh = (ask(session) for _ in range(4))
    operations.resolve(session, resolved, by, 1)
    operations.wait(session, waiting, by, 1)
    team.assign(session, still_open, by, fatima, 1)
    now.forward(days=13)
    operations.resolve(session, fresh, by, 1)
    assert upkeep_operations.close_silent(session) == 0
    now.forward(days=2)
    assert upkeep_operations.close_silent(session) == 2
    assert [item.state for item in (resolved, waiting, still_open, fresh)] == ["closed", "closed", "open", "resolved"]
    assert events(session, waiting)[-1] == "closed_after_silence"
    assert upkeep_operations.close_silent(session, days=0) == 1


def test_after_the_retention_time_people_are_forgotten_and_figures_stay(
    session: Session,
    now: Clock,
    fatima: User,
    tmp_path: Path,
):
    store = AttachmentStore(tmp_path)
    file = store.store(BytesIO(b"%PDF-1.7 secret"), "plan.pdf")
    ticket = ask(session, files=(file,), route=Route.FOOD)
    kept = ask(session, files=(file,))
    operations.close(session, ticket, actor(fatima), 1, "Hors sujet")
    now.forward(days=731)
    assert upkeep_operations.anonymise_old(session, store, TWO_YEARS) == 1
    assert (ticket.asker_email, ticket.asker_name, ticket.subject, ticket.asker_id) == ("", "", "", None)
    assert [(item.body, item.author_name) for item in ticket.messages] == [("", "")] * 2
    assert (ticket.route, ticket.state) == ("food", "closed")
    assert store.path(file.digest).exists(), "another ticket still holds the file"
    operations.close(session, kept, actor(fatima), 1, "Hors sujet")
    now.forward(days=731)
    assert upkeep_operations.anonymise_old(session, store, TWO_YEARS) == 1
    assert not store.path(file.digest).exists()
    assert session.scalars(select(Attachment)).all() == []


def test_no_text_of_a_person_is_in_the_history(session: Session, fatima: User):
    ticket = ask(session, "Un secret de fabrication", email="secret@example.org", name="Secret")
    operations.answer(session, ticket, actor(fatima), Reply("Réponse secrète", "fr"), 1)
    operations.write_note(session, ticket, actor(fatima), "Note secrète", "fr", 2)
    assert "secr" not in str([item.detail for item in session.scalars(select(TicketEvent))]).lower()
    assert session.scalars(select(Message.direction)).all() == ["incoming", "outgoing", "note"]
    assert TicketState(ticket.state) is TicketState.OPEN


def test_files_go_before_the_words(session: Session, now: Clock, fatima: User, tmp_path: Path):
    store = AttachmentStore(tmp_path)
    file = store.store(BytesIO(b"%PDF-1.7 secret"), "plan.pdf")
    ticket = ask(session, files=(file,))
    operations.close(session, ticket, actor(fatima), 1, "Hors sujet")
    now.forward(days=366)
    assert upkeep_operations.delete_old_files(session, store, datetime.timedelta(days=365)) == 1
    assert not store.path(file.digest).exists()
    session.expire_all()
    assert (ticket.messages[0].attachments, ticket.asker_email) == ([], "ann@example.org")


def test_somebody_who_asks_for_it_is_forgotten_at_once(session: Session, tmp_path: Path):
    mine, other = ask(session, email="Ann@Example.org"), ask(session, email="bob@example.org")
    assert upkeep_operations.anonymise_person(session, AttachmentStore(tmp_path), "ann@example.org", None) == 1
    assert (mine.asker_email, mine.state, mine.messages[0].body) == ("", "closed", "")
    assert (other.asker_email, other.state) == ("bob@example.org", "new")
