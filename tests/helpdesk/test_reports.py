"""Figures of the helpdesk against an example counted by hand; what is not stated is not “no”; small counts stay hidden."""

import csv
import datetime
import io
import re

import pytest
from article_samples import csrf, services_of, signed_in
from lxml import etree
from ticket_samples import TUESDAY, Clock, actor, ask, user

from mpdi import clock
from mpdi.accounts.roles import Person, Role
from mpdi.csv_text import csv_text, safe_cell
from mpdi.helpdesk import digest_operations
from mpdi.helpdesk.digest_operations import OverlappingDigestError, PeriodNotOverError, Span, publish_digest
from mpdi.helpdesk.models import SuggestionUse, TicketReference
from mpdi.helpdesk.operations import Reply, answer
from mpdi.helpdesk.report_charts import Bar, bars
from mpdi.helpdesk.reports import ImpossiblePeriodError, Period, report
from mpdi.helpdesk.team_operations import assign, reroute
from mpdi.helpdesk.vocabulary import AskerKind, Obstacle, QuestionNature, Route, TicketState

MONTH = Period(datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))


def november(session, now: Clock) -> None:
    """Five questions from Tuesday 24 November 2026, 9.30: answered after 1, 2, 4 and 8 working hours, one not yet.

    One more is merged away and one was asked in October.
    """
    helper = actor(user(session, "Luc", Role.FACILITATOR))
    facts = [
        {"route": Route.MPD, "question_nature": QuestionNature.LEGAL, "authority_id": "commune-ixelles", "obstacles": (Obstacle.A1, Obstacle.A4)},
        {"route": Route.MPD, "question_nature": QuestionNature.LEGAL, "authority_id": "sprb", "obstacles": (Obstacle.A1,)},
        {"route": Route.SME, "asker_kind": AskerKind.FIRM, "obstacles": (Obstacle.E2,)},
        {"route": Route.SOCIAL, "language": "nl", "obstacles": (Obstacle.A1,)},
        {"route": Route.MPD},
    ]
    tickets = [ask(session, **each) for each in facts]
    for ticket, hours in zip(tickets, (1, 2, 4), strict=False):
        now.moment = TUESDAY + datetime.timedelta(hours=hours)
        answer(session, ticket, helper, Reply("Oui.", "fr"), None)
    now.moment = TUESDAY + datetime.timedelta(days=1)  # Wednesday 9.30: eight working hours later, not twenty-four
    answer(session, tickets[3], helper, Reply("Ja.", "nl"), None)
    reroute(session, tickets[4], helper, Route.MPI, None)
    tickets[0].references.append(TicketReference(reference="clause_version:ENV-CLEAN-001@1.0.0"))
    tickets[1].references.append(TicketReference(reference="clause:ENV-CLEAN-001"))
    tickets[1].references.append(TicketReference(reference="specification:12"))
    merged, earlier = ask(session), ask(session)
    merged.state = TicketState.MERGED.value
    earlier.created_at = datetime.datetime(2026, 10, 31, 22, 59, tzinfo=datetime.UTC)  # 23.59 in Brussels
    session.add_all(SuggestionUse(reference="clause:X", question_was_sent=sent, used_at=clock.now()) for sent in (True, False, False))
    session.flush()


def test_figures_are_those_counted_by_hand_in_every_database(database, now):
    with database.writing() as session:
        november(session, now)
        made = report(session, MONTH)
    assert made.total == 5
    assert (made.delay.median, made.delay.ninth_decile) == (3.0, 8.0)
    assert (made.delay.answered, made.delay.total) == (4, 5)
    assert (made.route_right.numerator, made.route_right.denominator, made.route_right.total) == (4, 5, 5)
    assert (made.suggestions.numerator, made.suggestions.denominator) == (2, 3)
    parts = {part.dimension: part for part in made.breakdowns}
    assert {row.code: row.rate.numerator for row in parts["route"].rows} == {"mpd": 2, "sme": 1, "social": 1, "mpi": 1}
    assert {row.code: row.rate.numerator for row in parts["obstacle"].rows} == {"O-A1": 3, "O-A4": 1, "O-E2": 1}
    assert {row.code: row.rate.numerator for row in parts["level"].rows} == {"local": 1, "regional": 1}
    assert {row.code: row.rate.numerator for row in parts["clause"].rows} == {"ENV-CLEAN-001": 2}
    assert {row.code: row.rate.numerator for row in parts["language"].rows} == {"fr": 4, "nl": 1}
    weeks = {week.monday: (week.asked, week.answered) for week in made.weeks}
    assert weeks[datetime.date(2026, 11, 23)] == (5, 4)
    assert len(weeks) == 6, "every week of the month, the empty ones too"


def test_a_question_that_nobody_looked_at_is_not_said_to_be_routed_right(database, now):
    with database.writing() as session:
        november(session, now)
        for _ in range(3):
            ask(session, route=Route.MPD)
        taken = ask(session, route=Route.MPD)
        taker = user(session, "Mia", Role.FACILITATOR)
        assign(session, taken, actor(taker), taker, None)
    with database.reading() as session:
        right = report(session, MONTH).route_right
    assert (right.numerator, right.denominator, right.total) == (5, 6, 9)


def test_what_is_not_stated_is_not_counted_as_no(database, now):
    with database.writing() as session:
        november(session, now)
        nature = next(part for part in report(session, MONTH).breakdowns if part.dimension == "nature")
    assert (nature.known, nature.total) == (2, 5)
    row = nature.rows[0]
    assert row.rate.value == 1.0, "both of the two that state it are legal"
    assert row.rate.coverage == 0.4
    level = Period(datetime.date(2026, 11, 1), datetime.date(2026, 11, 30))
    with database.reading() as session:
        part = next(each for each in report(session, level).breakdowns if each.dimension == "level")
    assert (part.known, part.total) == (2, 4), "of the four questions of buyers"


def test_a_period_without_questions_has_no_rates(database, now):
    with database.reading() as session:
        made = report(session, Period(datetime.date(2020, 1, 1), datetime.date(2020, 1, 31)))
    assert made.total == 0
    assert made.delay.median is None
    assert made.route_right.value is None
    with pytest.raises(ImpossiblePeriodError):
        Period(datetime.date(2026, 2, 1), datetime.date(2026, 1, 1))


def test_the_page_shows_numerator_denominator_and_what_is_missing(app, now):
    with services_of(app).database.writing() as session:
        november(session, now)
    browser = signed_in(app, Role.COORDINATOR)
    page = browser.get("/helpdesk/reports?from=01/11/2026&to=30/11/2026&language=en").get_data(as_text=True)
    assert "4 of 5 questions that somebody answered" in page
    assert "5 questions asked in all" in page
    assert "4 of 5 are answered" in page
    assert "Stated in 2 of 5 questions." in page
    assert "(2/2)" in page
    assert "style=" not in page
    for dimension in ("weeks", "route", "obstacle", "clause"):
        image = browser.get(f"/helpdesk/reports/{dimension}.svg?from=01/11/2026&to=30/11/2026")
        assert image.mimetype == "image/svg+xml"
        assert etree.fromstring(image.data).tag.endswith("svg")
    assert browser.get("/helpdesk/reports/password.svg").status_code == 404


@pytest.mark.parametrize("query", ["from=31/02/2026", "from=01/11/2026&to=01/10/2026", "from=x", "from=01/01/1900&to=01/01/2026"])
def test_a_period_that_cannot_be_read_is_said_so_and_kept_in_the_form(app, query):
    answer = signed_in(app, Role.COORDINATOR).get(f"/helpdesk/reports?{query}")
    assert answer.status_code == 422
    assert "notice-problem" in answer.get_data(as_text=True)


@pytest.mark.parametrize(("role", "status"), [
    (None, 303), (Role.BUYER, 403), (Role.FIRM, 403), (Role.EXPERT, 403), (Role.LEGAL_REVIEWER, 403),
    (Role.ADMINISTRATOR, 403), (Role.FACILITATOR, 200), (Role.COORDINATOR, 200),
])
def test_only_who_runs_the_helpdesk_sees_its_figures(app, role, status):
    browser = signed_in(app, role) if role else app.test_client()
    for address in ("/helpdesk/reports", "/helpdesk/reports.csv", "/helpdesk/reports/route.svg", "/helpdesk/obstacles"):
        assert browser.get(address).status_code == status, address
    assert browser.get("/obstacles").status_code == 200


def test_the_spreadsheet_holds_every_figure_and_no_formula(app, now):
    with services_of(app).database.writing() as session:
        november(session, now)
    answer = signed_in(app, Role.FACILITATOR).get("/helpdesk/reports.csv?from=01/11/2026&to=30/11/2026&language=en")
    text = answer.data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    by_key = {(row[0], row[1]): row for row in rows}
    assert by_key["obstacle", "O-A1"][3:8] == ["3", "4", "5", "0,75", "0,8"], "decimals as Belgian Excel reads them"
    assert by_key["obstacle", "not_stated"][3] == "1"
    assert by_key["all", "all"][9:11] == ["3", "8"]
    assert by_key["obstacle", "O-A1"][2] == "Obstacle: Sustainable criteria or local supply not known"
    assert by_key["route", "mpd"][2] == "Subject and body: Sustainable"
    assert by_key["route_right", "all"][2] == "Sent to the right body at once"


@pytest.mark.parametrize("cell", ["=1+1", "+32 2", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_a_cell_that_begins_like_a_formula_is_disarmed(cell):
    assert safe_cell(cell) == f"'{cell}"
    read = list(csv.reader(io.StringIO(csv_text([[cell, "b"]]).removeprefix("\ufeff"), newline=""), delimiter=";"))
    assert read == [[f"'{cell}", "b"]]


def test_bars_are_drawn_to_scale_and_hostile_labels_stay_text():
    image = etree.fromstring(bars("T", [Bar("<script>&", 10, "10"), Bar("x" * 80, 5, "5"), Bar("none", 0, "0")]))
    widths = [float(rect.get("width")) for rect in image.findall("{*}rect")[1:]]
    assert widths[0] == 2 * widths[1] > 0
    assert widths[2] == 0
    assert image.findall("{*}text")[0].text == "<script>&"
    assert bars("T", []) == bars("T", [])


# The obstacle digest

def asked_in_july(session, now: Clock, **counts: int) -> None:
    now.moment = datetime.datetime(2026, 7, 14, 10, tzinfo=clock.BRUSSELS)
    for code, count in counts.items():
        for _ in range(count):
            ask(session, obstacles=(Obstacle[code],))
    now.moment = TUESDAY


def test_a_digest_holds_no_count_under_three(database, now):
    with database.writing() as session:
        asked_in_july(session, now, A1=4, A2=3, E2=2, E3=1)
        publish_digest(session, Span(2026, "q3"), Person())
    with database.reading() as session:
        digest = digest_operations.published_digests(session)[0]
        assert digest.counts == {"O-A1": 4, "O-A2": 3}
        assert (digest.first_day, digest.last_day) == (datetime.date(2026, 7, 1), datetime.date(2026, 9, 30))


def test_two_digests_can_not_be_compared_to_tell_a_small_count(database, now):
    with database.writing() as session:
        asked_in_july(session, now, A1=4)
        publish_digest(session, Span(2026, "q3"), Person())
        for code in ("year", "h2", "q4"):
            with pytest.raises((OverlappingDigestError, PeriodNotOverError)):
                publish_digest(session, Span(2026, code), Person())
        publish_digest(session, Span(2026, "h1"), Person())
        publish_digest(session, Span(2026, "q3"), Person())  # the same months again correct the first
        assert len(digest_operations.published_digests(session)) == 2


@pytest.mark.parametrize(("code", "first", "last"), [
    ("q1", (1, 1), (3, 31)), ("q4", (10, 1), (12, 31)), ("h1", (1, 1), (6, 30)), ("h2", (7, 1), (12, 31)), ("year", (1, 1), (12, 31)),
])
def test_spans_are_whole_quarters(code, first, last):
    assert Span(2026, code).period == Period(datetime.date(2026, *first), datetime.date(2026, *last))


def test_what_is_published_is_read_by_everybody_in_both_languages(app, client, now):
    with services_of(app).database.writing() as session:
        asked_in_july(session, now, A2=3, E1=1)
    assert 'class="empty"' in client.get("/obstacles").get_data(as_text=True)
    browser = signed_in(app, Role.FACILITATOR)
    token = csrf(browser, "/helpdesk/obstacles?year=2026&span=q3")
    data = {"csrf_token": token, "year": "2026", "span": "q3"}
    assert client.post("/helpdesk/obstacles", data=data).status_code in (400, 403)
    assert browser.post("/helpdesk/obstacles", data=data).status_code == 303
    page = client.get("/obstacles?language=en").get_data(as_text=True)
    assert "Fear of higher costs" in page
    assert "Tenders and procedures not known" not in page
    rows = list(csv.reader(io.StringIO(client.get("/obstacles.csv").data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][2:] == ["O-A2", "Crainte de coûts supplémentaires", "Vrees voor meerkosten", "3", "4", "4"]
    assert len(rows) == 2


def test_one_question_is_counted_in_the_singular(app, now):
    with services_of(app).database.writing() as session:
        helper = actor(user(session, "Luc", Role.FACILITATOR))
        answer(session, ask(session, question_nature=QuestionNature.LEGAL), helper, Reply("Oui.", "fr"), None)
        ask(session)
    page = signed_in(app, Role.COORDINATOR).get("/helpdesk/reports?from=01/11/2026&to=30/11/2026&language=fr").text
    assert "Indiqué dans 1 question sur 2." in page
    assert "a traitée, prise ou réorientée; 2 questions posées en tout" in page


def test_an_empty_digest_is_not_published(app, now):
    coordinator = signed_in(app, Role.COORDINATOR)
    address = "/helpdesk/obstacles?year=2026&span=q3"
    page = coordinator.get(f"{address}&language=en").text
    assert "There is nothing to publish: every count is too small." in page
    assert "Publish these counts" not in page
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', coordinator.get("/account").text)
    assert token, "the page itself has no form any more"
    data = {"csrf_token": token[1], "year": "2026", "span": "q3"}
    assert "span=q3" in coordinator.post("/helpdesk/obstacles", data=data).location, "back to the page that says why"
    with services_of(app).database.reading() as session:
        assert digest_operations.published_digests(session) == []
