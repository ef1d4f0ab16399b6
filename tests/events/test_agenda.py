"""The agenda: what is coming, for whom; calendars; the coordinator writes, publishes, withdraws; trainings by quarter."""

import datetime
import html
import re

import pytest
from icalendar import Calendar

from mpdi.accounts.roles import Role
from mpdi.clock import BRUSSELS
from mpdi.events import operations, queries
from mpdi.events.forms import link_of, read_hour
from mpdi.events.operations import EndsBeforeItStartsError, EventFacts
from mpdi.events.vocabulary import Audience, EventKind

TYPED = {
    "kind": "meet_your_buyer", "audience": "firms", "title_fr": "Rencontre avec les communes", "title_nl": "Ontmoet de gemeenten",
    "day": "15/01/2027", "starts": "14h30", "ends": "17:00", "place": "Salle d'exemple, Bruxelles", "languages": "fr+nl",
    "description_fr": "Dix acheteurs,\nvingt entreprises.", "description_nl": "", "registration": "https://example.org/inscription",
}


def written(browser, token, **changes):
    answer = browser.post("/agenda/new", data=TYPED | token(browser, "/agenda/new") | changes)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.headers["Location"]


def published(browser, token, **changes):
    address = written(browser, token, **changes)
    browser.post(f"{address}/publish", data=token(browser, address))
    return address


def test_an_event_is_seen_once_it_is_published_and_no_more_once_it_is_withdrawn(client, coordinator, token):
    address = written(coordinator, token)
    assert client.get(address).status_code == 404
    assert "avec les communes" not in client.get("/agenda").get_data(as_text=True)
    coordinator.post(f"{address}/publish", data=token(coordinator, address))
    assert "Rencontre avec les communes" in client.get("/agenda?content=fr").get_data(as_text=True)
    page = client.get(f"{address}?language=nl&content=nl").get_data(as_text=True)
    assert "Ontmoet de gemeenten" in page
    assert "14:30 – 17:00" in page
    assert 'lang="fr">Dix acheteurs,' in page, "the description is there in French only, and said to be French"
    coordinator.post(f"{address}/withdraw", data=token(coordinator, address))
    assert client.get(address).status_code == 404
    assert client.get(f"{address}.ics").status_code == 404


def test_filters_keep_what_is_for_both(client, coordinator, token):
    published(coordinator, token)
    published(coordinator, token, audience="both", title_fr="Pour tous", kind="information")
    published(coordinator, token, audience="buyers", title_fr="Formation", kind="training")
    page = client.get("/agenda?audience=buyers&content=fr").get_data(as_text=True)
    assert "Pour tous" in page
    assert "Formation" in page
    assert "avec les communes" not in page
    page = client.get("/agenda?kind=training&content=fr").get_data(as_text=True)
    assert "Formation" in page
    assert "Pour tous" not in page
    assert 'class="empty"' in client.get("/agenda?kind=consultation").get_data(as_text=True)


def test_an_event_that_is_over_leaves_the_agenda_but_not_its_page(client, coordinator, token):
    address = published(coordinator, token, day="01/10/2026")
    assert "avec les communes" not in client.get("/agenda?content=fr").get_data(as_text=True)
    page = client.get(address).get_data(as_text=True)
    assert "example.org/inscription" not in page, "nobody registers for what is over"


def test_calendars_hold_the_moment_and_an_identifier_that_lasts(client, coordinator, token):
    address = published(coordinator, token)
    published(coordinator, token, title_fr="Autre", day="16/01/2027")
    answer = client.get(f"{address}.ics?content=fr")
    assert answer.mimetype == "text/calendar"
    event = Calendar.from_ical(answer.data).walk("VEVENT")[0]
    assert event["SUMMARY"] == "Rencontre avec les communes"
    assert event["DTSTART"].dt == datetime.datetime(2027, 1, 15, 13, 30, tzinfo=datetime.UTC)
    assert event["DTEND"].dt == datetime.datetime(2027, 1, 15, 16, 0, tzinfo=datetime.UTC)
    every = Calendar.from_ical(client.get("/agenda.ics?content=fr").data).walk("VEVENT")
    assert [each["SUMMARY"] for each in every] == ["Rencontre avec les communes", "Autre"]
    assert every[0]["UID"] == event["UID"] != every[1]["UID"]
    elsewhere = client.get("/agenda.ics?content=fr", headers={"Host": "elsewhere.example"})
    assert Calendar.from_ical(elsewhere.data).walk("VEVENT")[0]["UID"] == event["UID"]
    assert b"elsewhere.example" not in elsewhere.data


def test_the_link_to_subscribe_carries_the_language_it_was_copied_in(client, coordinator, token):
    published(coordinator, token)
    page = client.get("/agenda?language=nl&content=nl").get_data(as_text=True)
    (address,) = set(re.findall(r'href="(/agenda\.ics[^"]*)"', page))
    # A calendar program: no cookie, no language of its own.
    answer = client.application.test_client().get(html.unescape(address))
    read = Calendar.from_ical(answer.data)
    assert read.walk("VEVENT")[0]["SUMMARY"] == "Ontmoet de gemeenten"


def test_hostile_words_break_neither_page_nor_calendar(client, coordinator, token):
    nasty = "<script>alert(1)</script>\nEND:VEVENT; \\ ,"
    address = published(coordinator, token, title_fr="<b>Gras</b>\r\nX-EVIL:1", description_fr=nasty, registration="javascript:alert(1)")
    page = client.get(f"{address}?content=fr").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "<b>Gras" not in page
    assert 'href="javascript' not in page
    events = Calendar.from_ical(client.get(f"{address}.ics?content=fr").data).walk("VEVENT")
    assert len(events) == 1
    assert "X-EVIL" not in events[0]


@pytest.mark.parametrize(("field", "value"), [
    ("title_nl", ""), ("day", "31/02/2027"), ("starts", "25:00"), ("ends", "14:30"), ("kind", "party"), ("place", "x" * 201),
])
def test_what_is_wrong_is_said_beside_the_field_and_nothing_is_lost(coordinator, token, field, value):
    answer = coordinator.post("/agenda/new", data=TYPED | token(coordinator, "/agenda/new") | {field: value})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert f'id="{field}-error"' in page
    assert "Dix acheteurs," in page


def test_two_windows_do_not_overwrite_each_other(client, coordinator, token, monkeypatch):
    from mpdi import clock
    address = written(coordinator, token)
    first = token(coordinator, f"{address}/edit")
    monkeypatch.setattr(clock, "now", lambda: datetime.datetime(2026, 11, 24, 9, 5, tzinfo=datetime.UTC))
    assert coordinator.post(f"{address}/edit", data=TYPED | first | {"title_fr": "Un"}).status_code == 303
    late = coordinator.post(f"{address}/edit", data=TYPED | first | {"title_fr": "Deux"})
    assert late.status_code == 409
    assert "Deux" in late.get_data(as_text=True)
    assert "Un" in coordinator.get(f"{address}?content=fr").get_data(as_text=True)


@pytest.mark.parametrize("role", [None, Role.BUYER, Role.FIRM, Role.FACILITATOR, Role.EXPERT, Role.LEGAL_REVIEWER, Role.ADMINISTRATOR])
def test_only_the_coordinator_writes_the_agenda(coordinator, as_role, token, role):
    address = written(coordinator, token)
    browser = as_role(role)
    seen = 303 if role is None else 403
    assert browser.get("/agenda/new").status_code == seen
    assert browser.get("/agenda/desk").status_code == seen
    assert browser.get(address).status_code == 404
    data = token(browser, "/specifications/new")
    for verb in ("publish", "withdraw", "edit"):
        assert browser.post(f"{address}/{verb}", data=TYPED | data).status_code in (403, 404)
    assert 'href="/agenda/new"' not in browser.get("/agenda").get_data(as_text=True)


def test_the_coordinator_sees_which_quarter_has_no_training(coordinator, token):
    published(coordinator, token, kind="training", audience="buyers", day="10/12/2026")
    published(coordinator, token, kind="change_training", audience="buyers", day="31/03/2027")
    page = coordinator.get("/agenda?language=en").get_data(as_text=True)
    assert "2 quarters have no training yet" in page
    assert "Quarter 1 of 2027:\n          1 training published" in page


def test_a_quarter_begins_at_midnight_in_brussels_in_every_database(database):
    def training(session, moment):
        facts = EventFacts(EventKind.TRAINING, Audience.BUYERS, "T", "T", moment, moment + datetime.timedelta(hours=1))
        operations.publish_event(session, operations.create_event(session, facts, "tests"), "tests")
    with database.writing() as session:
        training(session, datetime.datetime(2027, 1, 1, 0, 0, tzinfo=BRUSSELS))
        training(session, datetime.datetime(2026, 12, 31, 23, 0, tzinfo=BRUSSELS))
    with database.reading() as session:
        found = queries.quarters(session, datetime.date(2026, 11, 24))
        assert [(each.year, each.number, each.trainings) for each in found] == [(2026, 4, 1), (2027, 1, 1), (2027, 2, 0), (2027, 3, 0)]
        assert len(queries.coming(session)) == 2


def test_an_event_does_not_end_before_it_starts(database):
    noon = datetime.datetime(2027, 1, 1, 12, tzinfo=BRUSSELS)
    with database.writing() as session, pytest.raises(EndsBeforeItStartsError):
        operations.create_event(session, EventFacts(EventKind.TRAINING, Audience.BUYERS, "T", "T", noon, noon), "tests")


def test_hours_and_links_as_people_write_them():
    assert [read_hour(text) for text in ("14:30", "14h30", "9u", "9.05")] == [datetime.time(14, 30), datetime.time(14, 30), datetime.time(9), datetime.time(9, 5)]
    assert [read_hour(text) for text in ("", "24:00", "14:60", "midi")] == [None] * 4
    assert link_of("https://example.org/x") == "https://example.org/x"
    assert link_of("inscriptions@example.org") == "mailto:inscriptions@example.org"
    assert link_of("Par téléphone") is None
    assert link_of("javascript:alert(1)") is None
