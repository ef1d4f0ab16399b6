"""The warning before a promise is missed: to whom it goes, in which language, once for each deadline; on both databases."""

from pathlib import Path

from sqlalchemy import event, select
from sqlalchemy.orm import Session
from ticket_samples import Clock, actor, ask, user

from mpdi.accounts.models import RoleGrant, User
from mpdi.accounts.roles import Role
from mpdi.helpdesk import operations, team_operations, upkeep_operations
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.models import OutgoingMail, Ticket, TicketEvent
from mpdi.helpdesk.operations import Reply
from mpdi.helpdesk.vocabulary import Route
from mpdi.helpdesk.warning_operations import warn_of_due

PORTAL = "https://mpdi.example"


def mails(session: Session) -> list[OutgoingMail]:
    return list(session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))


def recipients(session: Session) -> list[str]:
    return [mail.recipient for mail in mails(session)]


def warned(session: Session, ticket: Ticket) -> int:
    events = select(TicketEvent).where(TicketEvent.ticket_id == ticket.id, TicketEvent.what == "due_warned")
    return len(session.scalars(events).all())


def test_the_assignee_is_warned_once_when_four_fifths_of_the_time_are_over(session: Session, now: Clock, fatima: User):
    user(session, "Omar", Role.FACILITATOR, Route.MPD)
    ticket, answered = ask(session, "Quel label ?"), ask(session)
    team_operations.assign(session, ticket, actor(fatima), fatima, None)
    operations.answer(session, answered, actor(fatima), Reply("Oui", "fr"), None)
    before = len(mails(session))
    now.forward(days=2)
    assert warn_of_due(session, PORTAL) == []
    now.forward(hours=5)  # 80 % of three days of eight hours is Thursday, 12:42
    assert warn_of_due(session, PORTAL) == [ticket]
    assert warn_of_due(session, PORTAL) == []
    assert warned(session, ticket) == 1
    (mail,) = mails(session)[before:]
    assert mail.recipient == "fatima@example.org"
    assert mail.subject == f"Réponse bientôt due : {ticket.number}"
    assert "27 novembre 2026, 09:30" in mail.body
    assert "Quel label ?" not in mail.subject + mail.body
    assert "Bruxelles Environnement" in mail.body
    assert f"{PORTAL}/helpdesk/tickets/{ticket.number}" in mail.body
    assert mail.headers["Auto-Submitted"] == "auto-generated"


def test_without_assignee_the_facilitators_of_the_body_are_warned_in_their_language(
    session: Session, now: Clock, fatima: User
):
    everywhere = user(session, "Nele", Role.FACILITATOR)
    everywhere.language = "nl"
    user(session, "Fons", Role.FACILITATOR, Route.FOOD)
    user(session, "Chris", Role.COORDINATOR)
    ask(session)
    now.forward(days=2, hours=5)
    warn_of_due(session, PORTAL)
    assert recipients(session) == ["fatima@example.org", "nele@example.org"]
    french, dutch = mails(session)
    assert french.language == "fr"
    assert dutch.subject.startswith("Antwoord bijna verwacht")
    assert "Leefmilieu Brussel" in dutch.body
    assert "27 november 2026" in dutch.body


def test_where_a_body_has_nobody_the_coordinator_is_warned(session: Session, now: Clock):
    user(session, "Fons", Role.FACILITATOR, Route.FOOD)
    user(session, "Chris", Role.COORDINATOR)
    ask(session)
    now.forward(days=2, hours=5)
    warn_of_due(session, PORTAL)
    assert recipients(session) == ["chris@example.org"]


def test_an_assignee_who_left_is_not_written_to(session: Session, now: Clock, fatima: User):
    gone = user(session, "Gus", Role.FACILITATOR, Route.MPD)
    ticket = ask(session)
    team_operations.assign(session, ticket, actor(gone), gone, None)
    gone.is_active = False
    now.forward(days=2, hours=5)
    warn_of_due(session, PORTAL)
    assert recipients(session) == ["fatima@example.org"]


def test_a_new_deadline_is_warned_of_anew_and_one_missed_says_so(session: Session, now: Clock, fatima: User):
    ines = user(session, "Ines", Role.FACILITATOR, Route.MPI)
    ticket = ask(session)
    now.forward(days=2, hours=5)
    warn_of_due(session, PORTAL)
    team_operations.reroute(session, ticket, actor(fatima), Route.MPI, None)  # one working day: over already
    assert warn_of_due(session, PORTAL) == [ticket]
    assert warn_of_due(session, PORTAL) == []
    assert recipients(session) == ["fatima@example.org", "ines@example.org"]
    assert mails(session)[-1].subject.startswith("Réponse en retard")
    team_operations.assign(session, ticket, actor(ines), ines, None)
    assert warn_of_due(session, PORTAL) == []


def test_a_ticket_of_no_known_body_warns_the_coordinators(session: Session, now: Clock, fatima: User):
    user(session, "Nele", Role.FACILITATOR)
    user(session, "Chris", Role.COORDINATOR)
    ask(session, route=Route.UNKNOWN)
    now.forward(days=2, hours=5)
    warn_of_due(session, PORTAL)
    assert recipients(session) == ["chris@example.org"]


def test_an_assignee_who_works_on_tickets_no_more_is_not_written_to(session: Session, now: Clock, fatima: User):
    gus = user(session, "Gus", Role.FACILITATOR, Route.MPD)
    ticket = ask(session)
    team_operations.assign(session, ticket, actor(gus), gus, None)
    gus.roles[0].role = Role.BUYER.value
    now.forward(days=2, hours=5)
    warn_of_due(session, PORTAL)
    assert recipients(session) == ["fatima@example.org"]


def test_a_coordinator_is_no_facilitator_of_another_body(session: Session, now: Clock, fatima: User):
    chris = user(session, "Chris", Role.COORDINATOR)
    chris.roles.append(RoleGrant(role=Role.FACILITATOR.value, route=Route.FOOD.value, granted_at=now.now()))
    ask(session)
    now.forward(days=2, hours=5)
    warn_of_due(session, PORTAL)
    assert recipients(session) == ["fatima@example.org"]


def test_grants_are_read_once_however_many_tickets_are_due(session: Session, now: Clock, fatima: User):
    for number in range(12):
        ask(session, f"Question {number} ?")
    now.forward(days=2, hours=5)
    session.expire_all()
    reads: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if "role_grant" in statement:
            reads.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    assert len(warn_of_due(session, PORTAL)) == 12
    assert len(mails(session)) == 12
    assert len(reads) <= 2, reads


def test_a_warning_says_no_word_of_the_askers_which_could_outlive_its_ticket(
    session: Session, now: Clock, fatima: User, tmp_path: Path
):
    ticket = ask(session, subject="Un objet\nBcc: tous@example.org $link")
    now.forward(days=2, hours=5)
    warn_of_due(session, PORTAL)
    upkeep_operations.anonymise_person(session, AttachmentStore(tmp_path), "ann@example.org", None)
    (mail,) = mails(session)
    assert mail.state == "waiting"
    assert mail.subject == f"Réponse bientôt due : {ticket.number}"
    assert f"{PORTAL}/helpdesk/tickets/{ticket.number}" in mail.body
    assert "objet" not in mail.subject + mail.body
