"""Open notices for firms: found by the clock and the filters, with their reasons; the same as feed and calendar."""

import datetime
from decimal import Decimal

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from lxml import etree
from sqlalchemy import event
from uptake_portal import DEMO, portal, services_of

from mpdi import clock
from mpdi.monitoring.market_query import prefixes, read_query
from mpdi.monitoring.openness import LotFact, openness

TODAY = datetime.date(2026, 12, 1)
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    files = [path for path in sorted(DEMO.iterdir()) if path.name >= "2026-05" and "result" not in path.name]
    with portal(tmp_path_factory.mktemp("market") / "home", *files) as made:
        yield made


@pytest.fixture
def client(app, monkeypatch) -> FlaskClient:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    return app.test_client()


def titles(client, query: str = "") -> list[str]:
    text = client.get(f"/market?language=en&content=fr&{query}").text
    tree = etree.HTML(text)
    return ["".join(each.itertext()).strip() for each in tree.iterfind(".//article//h3")]


def test_open_notices_are_those_whose_last_day_is_to_come_the_first_to_close_at_the_top(client):
    shown = titles(client)
    assert shown[:2] == ["Tijdelijke hulp voor wijkfeesten", "Collecte de déchets médicaux"]
    assert shown[-1] == "Formations à l'achat durable"
    assert "Communicatiecampagne" not in shown, "closed in June"
    assert "Restauration du personnel" not in shown, "prior information has no last day"


def test_a_notice_closes_when_its_last_day_is_over(client, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: datetime.date(2027, 1, 8))
    assert "Tijdelijke hulp voor wijkfeesten" in titles(client)
    monkeypatch.setattr(clock, "today", lambda: datetime.date(2027, 1, 9))
    assert "Tijdelijke hulp voor wijkfeesten" not in titles(client)


def test_a_change_of_the_deadline_counts_once(client):
    text = client.get("/market?language=en&content=fr").text
    assert text.count("Fruits pour les collations") == 1
    assert "Tenders until 1 February 2027" in text.split("Fruits pour les collations")[0]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("cpv=9091", ["Nettoyage des communs de douze immeubles"]),
        ("cpv=90911200-8", ["Nettoyage des communs de douze immeubles"]),
        ("cpv=nettoyage", ["Nettoyage des communs de douze immeubles"]),
        ("nature=supplies", ["Fruits pour les collations", "Vêtements de travail"]),
        ("buyer=hopital modele", ["Collecte de déchets médicaux", "Organisatie van een gezondheidsbeurs"]),
        ("reason=reserved", ["Tijdelijke hulp voor wijkfeesten", "Entretien écologique des cours d'école"]),
        ("place=BE2", []),
        ("left=60&nature=works", ["Toitures vertes et panneaux solaires"]),
        ("cpv=xyzzyq", []),
    ],
)
def test_filters_narrow(client, query, expected):
    assert titles(client, query) == expected


def test_what_cannot_be_narrows_nothing(client):
    everything = titles(client)
    assert titles(client, "nature=x&left=5&reason=y&page=zero&place=%00%27") == everything
    assert "no NUTS code" in client.get("/market?language=en&place=Bruxelles").text


def test_reasons_are_facts_of_the_notice_with_their_numbers(client):
    text = client.get("/market?language=en&content=fr&cpv=77310000").text
    for words in ("Divided into 3 lots.", "One tenderer wins at most 1 of them.", "24,000 EUR. (LOT-0003)", "An advance is promised."):
        assert words in text
    against = client.get("/market?language=en&cpv=90524000").text
    assert "Not divided into lots: 450,000 EUR in one." in against
    assert "266 % of the estimated value. More than twice" in against
    assert "Not stated: whether it suits small and medium enterprises, an advance." in against


def test_a_reservation_is_no_plus_for_everybody(client):
    text = client.get("/market?language=en&cpv=79620000").text
    [only] = etree.HTML(text).xpath("//li[@class='only']")
    assert "".join(only.itertext()).startswith("!Reserved: only sheltered workshops")
    assert "Reserved" not in "".join(etree.HTML(text).xpath("//li[@class='for']//text()"))


def test_the_feed_tells_the_same_as_the_page_and_leads_to_lasting_addresses(client):
    response = client.get("/market/feed?language=fr&content=fr&nature=supplies")
    assert response.mimetype == "application/atom+xml"
    feed = etree.fromstring(response.data)
    entries = feed.findall(f"{ATOM}entry")
    assert sorted(each.findtext(f"{ATOM}title") for each in entries) == titles(client, "nature=supplies")
    for each in entries:
        assert client.get("/" + each.findtext(f"{ATOM}id").split("/", 3)[3]).status_code == 200


def test_the_calendar_holds_the_last_moment_of_each(client):
    response = client.get("/market/deadlines.ics?content=fr&nature=supplies")
    assert response.mimetype == "text/calendar"
    found = {str(each["summary"]): each["dtstart"].dt for each in Calendar.from_ical(response.data).walk("VEVENT")}
    assert found["Fruits pour les collations"] == datetime.datetime(2027, 2, 1, 10, tzinfo=datetime.UTC)


def test_a_search_is_kept_in_its_addresses(client):
    text = client.get("/market?language=en&cpv=nettoyage&place=be10").text
    assert "/market/feed?language=en&amp;cpv=nettoyage&amp;place=BE10" in text


def test_a_page_takes_few_statements(client, app):
    counted = []
    engine = services_of(app).database.engine
    listener = lambda *arguments: counted.append(arguments[2])  # noqa: E731
    event.listen(engine, "before_cursor_execute", listener)
    client.get("/market")
    event.remove(engine, "before_cursor_execute", listener)
    assert len([each for each in counted if each.startswith("SELECT")]) <= 5, counted


def test_an_empty_portal_says_what_its_administrator_does(tmp_path):
    with portal(tmp_path / "home") as app:
        text = app.test_client().get("/market?language=en").text
    assert "No notice has been read yet" in text
    assert "mpdi notices ingest" in text


def test_nothing_found_offers_a_way_on(client):
    text = client.get("/market?language=en&place=BE2").text
    assert "No open notice fits all of these filters." in text
    assert 'href="/market"' in text
    assert "no page 7" in client.get("/market?language=en&page=7").text


def test_codes_and_what_lies_below_them_share_a_beginning():
    assert prefixes(["90910000", "90911200", "45000000", "30000000"]) == ["30", "45", "9091"]


def test_the_address_of_a_query_is_read_back_the_same():
    asked = read_query({"cpv": " nettoyage  vitres ", "place": "be10", "left": "14", "page": "3", "reason": "small"})
    assert read_query({key: str(value) for key, value in asked.arguments().items()}) == asked


def facts(**changed) -> LotFact:
    return LotFact(**({"id": "LOT-0001", "value": Decimal(100), "currency": "EUR", "suitable": None, "reserved": ()} | changed))


def codes(reasons) -> list[str]:
    return [each.code for each in reasons]


@pytest.mark.parametrize(
    ("turnover", "side", "code"),
    [("100", "speaks_for", "turnover"), ("200", "against", "turnover"), ("201", "against", "turnover_high")],
)
def test_turnover_is_weighed_against_the_value(turnover, side, code):
    criterion = {"type": "slc-stand-to-gen", "description": [{"value": f"Chiffre d'affaires de {turnover}0 EUR"}]}
    whole = {"lots": [{"id": "LOT-0001", "selection_criteria": [criterion]}]}
    found = openness(whole, [facts(value=Decimal(1000))], (), True, Decimal(500))
    assert code in codes(getattr(found, side))


def test_a_value_in_another_currency_is_not_called_small():
    found = openness({}, [facts(currency="SEK")], (), True, Decimal(500))
    assert "value" in found.not_stated
    assert codes(found.speaks_for) == []


def test_texts_in_a_language_that_is_not_searched_promise_nothing_and_deny_nothing():
    whole = {"texts": [{"value": "Une avance de 20 % est versée."}]}
    assert "advance" in openness(whole, [facts()], (), False, Decimal(500)).not_stated
    assert "advance" in codes(openness(whole, [facts()], (), True, Decimal(500)).speaks_for)
