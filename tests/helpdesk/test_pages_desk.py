"""The pages of those who answer: every act on a ticket, two at once, who may, ready answers, reading again."""

import datetime
import html
import re
from io import BytesIO

import docx
import pytest
from flask import Flask
from sqlalchemy import select
from ticket_browsers import Browser, in_database, services_of, signed_in
from ticket_samples import actor, ask, user

from mpdi.accounts.roles import Role
from mpdi.clause_library.core.answers import read_answers
from mpdi.helpdesk import operations, team_operations
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.models import Message, OutgoingMail, ReadyAnswer, Ticket, TicketEvent
from mpdi.helpdesk.vocabulary import Route
from mpdi.specifications.writing import prepare


@pytest.fixture
def number(app: Flask) -> str:
    """A question on cleaning, routed to the facilitator for sustainable purchases."""
    with in_database(app) as session:
        return ask(session, "Puis-je demander un écolabel pour le nettoyage de l'école ?").number


@pytest.fixture
def fatima(app: Flask) -> Browser:
    """A facilitator of the route of the question."""
    return signed_in(app, "Fatima", Role.FACILITATOR, Route.MPD)


def stored(app: Flask, number: str) -> Ticket:
    with services_of(app).database.reading() as session:
        found = session.scalars(select(Ticket).where(Ticket.number == number)).one()
        _ = [message.attachments for message in found.messages], found.references
        session.expunge_all()
        return found


def test_a_facilitator_answers_and_the_asker_gets_a_mail(app: Flask, fatima: Browser, number: str):
    fatima.get(f"/helpdesk/tickets/{number}")
    fatima.post(
        f"/helpdesk/tickets/{number}/answer", {"body": "Oui, « ou équivalent ».", "language": "fr", "then": "resolve"}
    )
    page = fatima.get(f"/helpdesk/tickets/{number}")
    assert "Your answer is kept; it leaves when a mail server is set (1 mail waits)." in page
    assert "Oui, « ou équivalent »." in page
    assert "Mail on its way" in page
    assert stored(app, number).state == "resolved"
    with services_of(app).database.reading() as session:
        mail = session.scalars(select(OutgoingMail)).one()
        assert (mail.recipient, mail.body) == ("ann@example.org", "Oui, « ou équivalent ».")


def test_a_note_stands_apart_visibly(app: Flask, fatima: Browser, number: str):
    fatima.get(f"/helpdesk/tickets/{number}")
    fatima.post(f"/helpdesk/tickets/{number}/note", {"note": "Vérifier la circulaire", "note_language": "nl"})
    page = fatima.get(f"/helpdesk/tickets/{number}")
    assert re.search(
        r'class="message message-note".*?Internal note.*?lang="nl"[^>]*>\s*<p>Vérifier la circulaire', page, re.DOTALL
    )
    with services_of(app).database.reading() as session:
        assert session.scalars(select(OutgoingMail)).all() == []


ACTS = {
    "answer": ({"body": "Oui", "language": "fr"}, "open"),
    "note": ({"note": "Note", "note_language": "fr"}, "new"),
    "assign": ({"assignee": "me"}, "open"),
    "route": ({"route": "mpi"}, "new"),
    "facts": ({"nature": "legal", "obstacles": "O-A4", "cpv": "90919200-4", "tender_deadline": "1/2/2027"}, "new"),
    "references": ({"reference": "env-clean-001"}, "new"),
    "state/wait": ({}, "waiting_for_asker"),
    "state/resolve": ({}, "resolved"),
    "state/close": ({"close_reason": "Une question de droit fiscal"}, "closed"),
}


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_done_and_told(app: Flask, number: str, act: str):
    coordinator = signed_in(app, "Cora", Role.COORDINATOR)
    data, state = ACTS[act]
    coordinator.get(f"/helpdesk/tickets/{number}")
    coordinator.post(f"/helpdesk/tickets/{number}/{act}", data)
    assert stored(app, number).state == state
    assert stored(app, number).revision == 2
    assert "notice-done" in coordinator.get(f"/helpdesk/tickets/{number}")


@pytest.mark.parametrize("act", ACTS)
def test_over_a_stale_page_nothing_is_stored_and_nothing_typed_is_lost(app: Flask, number: str, act: str):
    slow, quick = signed_in(app, "Slow", Role.COORDINATOR), signed_in(app, "Quick", Role.FACILITATOR)
    data, _state = ACTS[act]
    slow.get(f"/helpdesk/tickets/{number}")
    quick.get(f"/helpdesk/tickets/{number}")
    quick.post(f"/helpdesk/tickets/{number}/note", {"note": "J'étais là avant", "note_language": "fr"})
    page = slow.post(f"/helpdesk/tickets/{number}/{act}", data, 409).text
    assert "This ticket was changed meanwhile" in page
    assert "J&#39;étais là avant" in page
    for value in data.values():
        assert value in page
    assert stored(app, number).revision == 2
    slow.post(f"/helpdesk/tickets/{number}/{act}", data)
    assert stored(app, number).revision == 3


def test_two_on_one_ticket_see_each_other(app: Flask, number: str, fatima: Browser):
    jan = signed_in(app, "Jan", Role.FACILITATOR)
    assert "notice-warn" not in fatima.get(f"/helpdesk/tickets/{number}")
    assert "Fatima is on this ticket too." in jan.get(f"/helpdesk/tickets/{number}")
    told = fatima.post(f"/helpdesk/tickets/{number}/presence", {}, 200).json
    assert told == {"others": ["Jan"], "revision": 1}


def test_a_wrong_route_is_corrected_in_one_click_and_counted(app: Flask, number: str, fatima: Browser):
    fatima.get(f"/helpdesk/tickets/{number}")
    answer = fatima.post(f"/helpdesk/tickets/{number}/route", {"route": "food"})
    assert answer.location == "/helpdesk", "the new body has it: it is no longer Fatima's to see"
    fatima.get(f"/helpdesk/tickets/{number}", 404)
    with services_of(app).database.reading() as session:
        assert session.scalars(select(TicketEvent.what)).all() == ["opened", "rerouted"]
    assert (stored(app, number).route, stored(app, number).suggested_route) == ("food", "mpd")


def test_who_sends_a_ticket_on_says_why_keeps_sight_of_it_and_takes_it_back(app: Flask, number: str, fatima: Browser):
    address = f"/helpdesk/tickets/{number}"
    fatima.get(address)
    fatima.post(f"{address}/assign", {"to_me": "1"})
    fatima.get(address)
    fatima.post(f"{address}/keep", {"body": "Bonjour, voici"})
    fatima.get(address)
    assert 'name="reroute_note"' in fatima.page
    fatima.post(f"{address}/route", {"route": "food", "reroute_note": "Il s'agit d'une cantine."})
    fons = signed_in(app, "Fons", Role.FACILITATOR, Route.FOOD)
    assert "Il s&#39;agit d&#39;une cantine." in fons.get(address), "the next body reads why"
    page = fatima.get("/helpdesk")
    assert "nobody there has worked on it yet" in page
    assert fatima.post(f"{address}/take-back").location == address
    assert "Bonjour, voici</textarea>" in fatima.get(address), "with what was typed"
    assert (stored(app, number).route, stored(app, number).assignee_id) == ("mpd", fatima.user.id)
    assert "nobody there has worked on it yet" not in fatima.get("/helpdesk")
    fons.get(address, 404)


def test_what_the_next_body_works_on_is_not_taken_back(app: Flask, number: str, fatima: Browser):
    address = f"/helpdesk/tickets/{number}"
    fatima.get(address)
    fatima.post(f"{address}/route", {"route": "food"})
    fons = signed_in(app, "Fons", Role.FACILITATOR, Route.FOOD)
    jan = signed_in(app, "Jan", Role.FACILITATOR, Route.MPD)
    assert "Take it back" in fatima.get("/helpdesk")
    assert "Take it back" not in jan.get("/helpdesk"), "it was not Jan who sent it"
    jan.post(f"{address}/take-back")
    assert stored(app, number).route == "food"
    fons.get(address)
    fons.post(f"{address}/assign", {"to_me": "1"})
    fatima.post(f"{address}/take-back")
    assert "It cannot be taken back" in fatima.get("/helpdesk")
    assert "Take it back" not in fatima.get("/helpdesk")
    assert (stored(app, number).route, stored(app, number).assignee_id) == ("food", fons.user.id)


def test_an_expert_is_asked_by_mail_sees_the_ticket_and_answers(app: Flask, number: str, fatima: Browser):
    lea = signed_in(app, "Lea", Role.EXPERT)
    lea.get(f"/helpdesk/tickets/{number}", 404)
    fatima.get(f"/helpdesk/tickets/{number}")
    asked = {"expert": str(lea.user.id), "expert_question": "Est-ce proportionné ?"}
    fatima.post(f"/helpdesk/tickets/{number}/expert", asked)
    assert number in lea.get("/helpdesk/requests")
    page = lea.get(f"/helpdesk/tickets/{number}")
    assert "Est-ce proportionné ?" in page
    assert "Send the answer" not in page
    assert "Store the facts" not in page
    lea.post(f"/helpdesk/tickets/{number}/expert-answer", {"expert_answer": "Oui.", "expert_language": "fr"})
    assert stored(app, number).state == "open"
    assert "Nothing is asked of you" in lea.get("/helpdesk/requests")
    with services_of(app).database.reading() as session:
        assert session.scalars(select(OutgoingMail.recipient)).all() == ["lea@example.org"]


def test_handing_over_needs_somebody_who_works_there(app: Flask, number: str, fatima: Browser):
    jan, buyer = signed_in(app, "Jan", Role.FACILITATOR), signed_in(app, "Bea", Role.BUYER)
    fatima.get(f"/helpdesk/tickets/{number}")
    fatima.post(f"/helpdesk/tickets/{number}/assign", {"assignee": str(buyer.user.id)}, 400)
    fatima.get(f"/helpdesk/tickets/{number}")
    handed = {"assignee": str(jan.user.id), "hand_over_note": "Il attend un chiffre"}
    fatima.post(f"/helpdesk/tickets/{number}/assign", handed)
    page = jan.get(f"/helpdesk/tickets/{number}")
    assert "Il attend un chiffre" in page
    assert stored(app, number).assignee_id == jan.user.id


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("answer", {"body": " ", "language": "fr"}),
        ("facts", {"cpv": "nettoyage"}),
        ("facts", {"tender_deadline": "demain"}),
        ("facts", {"tender_deadline": "31/2/2027"}),
        ("references", {"reference": "n'importe quoi"}),
        ("state/reopen", {}),
    ],
)
def test_what_cannot_be_done_is_said_beside_the_ticket(app: Flask, fatima: Browser, number: str, act: str, data: dict):
    fatima.get(f"/helpdesk/tickets/{number}")
    assert "notice-problem" in fatima.post(f"/helpdesk/tickets/{number}/{act}", data, 422).text
    assert stored(app, number).revision == 1


@pytest.mark.parametrize(
    ("act", "data", "status"),
    [
        ("answer", {"body": "x", "language": "de"}, 400),
        ("route", {"route": "mars"}, 400),
        ("facts", {"obstacles": "O-Z9"}, 400),
        ("state/eat", {}, 404),
        ("assign", {"assignee": "-1"}, 400),
        ("answer", {"body": "x", "language": "fr", "revision": "abc"}, 400),
    ],
)
def test_made_up_values_are_refused(fatima: Browser, number: str, act: str, data: dict, status: int):
    fatima.get(f"/helpdesk/tickets/{number}")
    fatima.post(f"/helpdesk/tickets/{number}/{act}", data, status)


def test_tickets_of_one_asker_are_merged(app: Flask, number: str, fatima: Browser):
    with in_database(app) as session:
        other = ask(session, "La même, par mail").number
        stranger = ask(session, "Autre chose", email="else@example.org").number
    page = fatima.get(f"/helpdesk/tickets/{number}")
    assert f'value="{other}"' in page
    assert f'value="{stranger}"' not in page
    confirmed = {"merge_confirmed": "1"}
    refused = fatima.post(f"/helpdesk/tickets/{number}/merge", {"into": stranger} | confirmed, 422).text
    assert "different askers" in refused
    assert "cannot be undone" in fatima.post(f"/helpdesk/tickets/{number}/merge", {"into": other}, 422).text
    answer = fatima.post(f"/helpdesk/tickets/{number}/merge", {"into": other} | confirmed)
    assert answer.location == f"/helpdesk/tickets/{other}"
    assert "écolabel pour le nettoyage" in fatima.get(answer.location)
    assert "Send to another body" in fatima.get(f"/helpdesk/tickets/{other}")
    assert "Send to another body" not in fatima.get(f"/helpdesk/tickets/{number}"), "it stands in the other now"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Ce ticket a été fusionné dans un autre"),
        ("nl", "Dit ticket is samengevoegd met een ander"),
        ("en", "This ticket was merged into another"),
    ],
)
def test_a_merged_ticket_is_given_to_nobody_and_goes_to_no_other_body(
    app: Flask, number: str, language: str, words: str
):
    cora = signed_in(app, "Cora", Role.COORDINATOR, language=language)
    assert cora.user is not None
    with in_database(app) as session:
        found = session.scalars(select(Ticket).where(Ticket.number == number)).one()
        team_operations.merge(session, found, actor(cora.user), ask(session, "La même, par mail"), None)
    address = f"/helpdesk/tickets/{number}"
    for act, data in (
        ("route", {"route": "food"}),
        ("assign", {"to_me": "1"}),
        ("assign", {"assignee": str(cora.user.id), "hand_over_note": "À toi."}),
    ):
        cora.get(address)
        assert words in html.unescape(cora.post(f"{address}/{act}", data, 422).text)
    seen = stored(app, number)
    assert (seen.route, seen.assignee_id, seen.state) == ("mpd", None, "merged")
    cora.get("/helpdesk")
    cora.post("/helpdesk/bulk", {"chosen": [f"{number}.{seen.revision}"], "action": "reroute", "route": "food"})
    assert number in cora.get("/helpdesk"), "it is named among those whose state does not allow it"
    assert stored(app, number).route == "mpd"


def test_suggestions_and_ready_answers_are_offered_in_the_language_of_the_ticket(app: Flask, fatima: Browser):
    with in_database(app) as session:
        number = ask(session, "Mogen wij ecologische schoonmaakproducten vragen?", language="nl").number
    fatima.get("/helpdesk/ready-answers/new")
    fatima.post(
        "/helpdesk/ready-answers/new",
        {
            "title_fr": "Labels",
            "title_nl": "Keurmerken",
            "text_fr": "Un label est permis.",
            "text_nl": "Een keurmerk mag.",
            "route": "mpd",
        },
    )
    page = fatima.get(f"/helpdesk/tickets/{number}")
    assert "Een keurmerk mag." in page
    assert "Un label est permis." not in page
    assert re.search(r'href="/clauses/ENV-CLEAN-\d+" lang="nl"', page)


def test_a_ready_answer_needs_both_languages_is_changed_and_deleted(app: Flask, fatima: Browser):
    fatima.get("/helpdesk/ready-answers/new")
    written = {
        "title_fr": "Labels",
        "title_nl": "",
        "text_fr": "Un label est permis.",
        "text_nl": "Een keurmerk mag.",
        "route": "",
    }
    page = fatima.post("/helpdesk/ready-answers/new", written, 422).text
    assert "Both languages are needed" in page
    assert "Un label est permis." in page
    fatima.post("/helpdesk/ready-answers/new", written | {"title_nl": "Keurmerken"})
    with services_of(app).database.reading() as session:
        identifier = session.scalars(select(ReadyAnswer.id)).one()
    assert "Keurmerken" in fatima.get(f"/helpdesk/ready-answers/{identifier}")
    fatima.post(f"/helpdesk/ready-answers/{identifier}", written | {"title_nl": "Labels (nl)"})
    assert "Labels (nl)" in fatima.get("/helpdesk/ready-answers")
    fatima.post(f"/helpdesk/ready-answers/{identifier}/delete")
    fatima.get(f"/helpdesk/ready-answers/{identifier}", 404)
    fatima.get("/helpdesk/ready-answers/new")
    fatima.post(f"/helpdesk/ready-answers/{identifier}", written | {"title_nl": "x"}, 409)


# Who may: role by role. Columns: the ticket's own route, another route, assigned to one, asked about it as an expert.

PEOPLE: dict[str, tuple[Role, Route | None, str | None]] = {
    "visitor": (Role.VISITOR, None, None),
    "firm": (Role.FIRM, None, None),
    "buyer": (Role.BUYER, None, "commune-anderlecht"),
    "facilitator": (Role.FACILITATOR, Route.MPD, None),
    "facilitator of all": (Role.FACILITATOR, None, None),
    "other facilitator": (Role.FACILITATOR, Route.FOOD, None),
    "expert": (Role.EXPERT, None, None),
    "legal reviewer": (Role.LEGAL_REVIEWER, None, None),
    "coordinator": (Role.COORDINATOR, None, None),
    "administrator": (Role.ADMINISTRATOR, None, None),
}
#                        queue page note answer route ready requests
RIGHTS = {
    "visitor": (303, 303, 403, 403, 403, 303, 303),
    "firm": (403, 404, 404, 404, 404, 403, 403),
    "buyer": (403, 404, 404, 404, 404, 403, 403),
    "facilitator": (200, 200, 303, 303, 303, 200, 403),
    "facilitator of all": (200, 200, 303, 303, 303, 200, 403),
    "other facilitator": (200, 404, 404, 404, 404, 200, 403),
    "expert": (403, 404, 404, 404, 404, 403, 200),
    "legal reviewer": (403, 404, 404, 404, 404, 403, 200),
    "coordinator": (200, 200, 303, 303, 303, 200, 403),
    "administrator": (403, 404, 404, 404, 404, 403, 403),
}
TRIES = (
    ("GET", "/helpdesk", {}),
    ("GET", "/helpdesk/tickets/{number}", {}),
    ("POST", "/helpdesk/tickets/{number}/note", {"note": "x", "note_language": "fr"}),
    ("POST", "/helpdesk/tickets/{number}/answer", {"body": "x", "language": "fr"}),
    ("POST", "/helpdesk/tickets/{number}/route", {"route": "food"}),
    ("GET", "/helpdesk/ready-answers", {}),
    ("GET", "/helpdesk/requests", {}),
)


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("column", range(len(TRIES)), ids=lambda column: f"{TRIES[column][0]} {TRIES[column][1]}")
def test_who_may(app: Flask, who: str, column: int):
    role, route, authority = PEOPLE[who]
    with in_database(app) as session:
        number = ask(session, authority_id="commune-anderlecht").number
    browser = signed_in(app, "Somebody", role, route, authority)
    method, address, data = TRIES[column]
    if method == "GET":
        answer = browser.client.get(address.format(number=number))
        assert answer.status_code == RIGHTS[who][column]
    else:
        browser.get("/questions/new")
        browser.post(address.format(number=number), data | {"revision": "1"}, RIGHTS[who][column])


def test_asking_oneself_opens_no_internal_note(app: Flask):
    """An expert, a reviewer and a buyer with a question of their own read the answer and not the notes."""
    for role in (Role.EXPERT, Role.LEGAL_REVIEWER, Role.BUYER):
        browser = signed_in(app, f"Own{role}", role)
        with in_database(app) as session:
            ticket = ask(session)
            ticket.asker_id = browser.user.id
            operations.write_note(
                session, ticket, actor(user(session, f"F{role}", Role.FACILITATOR)), "Secret", "fr", None
            )
            number = ticket.number
        browser.get(f"/helpdesk/tickets/{number}", 404)
        assert "Secret" not in browser.get(f"/questions/{number}")


def test_assigned_to_one_a_ticket_of_another_route_is_seen(app: Flask):
    food = signed_in(app, "Food", Role.FACILITATOR, Route.FOOD)
    with in_database(app) as session:
        ticket = ask(session)
        team_operations.assign(session, ticket, actor(food.user), food.user, None)
        number = ticket.number
    food.get(f"/helpdesk/tickets/{number}")
    assert number in food.get("/helpdesk")


# Reading a specification again


@pytest.fixture
def reread(app: Flask) -> tuple[str, int, int]:
    """A ticket with a file of ours in which one word was changed, and a PDF: number, file, other file."""
    services = services_of(app)
    with services.database.reading() as session:
        library = services.library.library(session)
    purchase = read_answers(
        {
            "publication_date": datetime.date(2026, 12, 1),
            "authority": {"name": "Commune d'Exemple", "type": "local"},
            "object": "Nettoyage",
            "nature": "services",
            "cpv": ["90919200"],
            "procedure": "open",
            "language": "fr",
            "estimated_value": 120000,
            "duration_months": 48,
        },
        datetime.date(2026, 11, 24),
    )
    document = docx.Document(BytesIO(prepare(purchase, library).write()))
    tag = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    control = next(
        each
        for each in document.element.body.iter(f"{tag}sdt")
        if "mpdi:clause:ENV-CLEAN-001@" in docx.oxml.xmlchemy.serialize_for_reading(each)
    )
    words = [each for part in control.itersiblings() if part.tag == f"{tag}p" for each in part.iter(f"{tag}t")]
    next(each for each in words if len(each.text or "") > 60).text = "Une phrase <b>à nous</b>."
    edited = BytesIO()
    document.save(edited)
    store = AttachmentStore(services.settings.home)
    files = (store.store(BytesIO(edited.getvalue()), "bestek.docx"), store.store(BytesIO(b"%PDF-1.7"), "autre.pdf"))
    with in_database(app) as session:
        ticket = ask(session, "Relisez svp", files=files)
        ours, other = (item.id for item in ticket.messages[0].attachments)
        return ticket.number, ours, other


def test_a_file_written_here_shows_what_was_edited(fatima: Browser, reread: tuple[str, int, int]):
    number, ours, _other = reread
    page = fatima.get(f"/helpdesk/tickets/{number}/files/{ours}/reread")
    assert len(re.findall(r'mark-warn">.*?Edited', page)) == 1
    section = re.search(r'value="(ENV-CLEAN-001 – [^"]+)"', page)
    assert section is not None
    assert "Une phrase &lt;b&gt;à nous&lt;/b&gt;." in page
    assert "What the check said when the file was written" in page
    assert re.search(r"<del>.{0,60}removed: </span>", page)
    assert re.search(r"<ins>.{0,60}added: </span>Une phrase &lt;b&gt;à nous", page)


def test_any_other_file_is_kept_and_the_page_says_so(fatima: Browser, reread: tuple[str, int, int]):
    number, _ours, other = reread
    page = fatima.get(f"/helpdesk/tickets/{number}/files/{other}/reread")
    assert "it is not read automatically: that is not there yet" in page
    assert fatima.client.get(f"/helpdesk/tickets/{number}/files/{other}").data == b"%PDF-1.7"


def test_comments_by_section_become_an_answer_that_is_read_once_more(
    app: Flask, fatima: Browser, reread: tuple[str, int, int]
):
    number, _ours, other = reread
    fatima.get(f"/helpdesk/tickets/{number}/files/{other}/reread")
    page = fatima.post(
        f"/helpdesk/tickets/{number}/files/{other}/reread",
        {"section": ["Article 5", "Article 9", "Annexe"], "comment": ["Ajoutez « ou équivalent ».", "", "Très bien."]},
        200,
    ).text
    assert "Article 5\nAjoutez « ou équivalent ».\n\nAnnexe\nTrès bien.</textarea>" in page
    assert "Article 9" not in page
    with services_of(app).database.reading() as session:
        assert session.scalars(select(Message.direction)).all() == ["incoming"]


def test_links_on_the_ticket_lead_to_its_parts(fatima: Browser, number: str):
    page = fatima.get(f"/helpdesk/tickets/{number}")
    jumps = page[page.index('class="ticket-jumps"') :]
    parts = re.findall(r'href="#([a-z-]+)"', jumps[: jumps.index("</nav>")])
    assert {"reply", "who-answers", "state", "facts"} <= set(parts)
    assert all(page.count(f'id="{part}"') == 1 for part in parts)
