"""The dashboard of uptake: what its figures rest on, the lists behind them, its filters, and an authority beside others."""

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal

import pytest
from short_notices import write_notices
from uptake_portal import portal, services_of

from mpdi.accounts.authorities import ContractingAuthority
from mpdi.monitoring.buyer_operations import recognise_buyers
from mpdi.monitoring.dashboard.authority_figures import BESIDE, beside, peers_of
from mpdi.monitoring.dashboard.kept_facts import FactsStore
from mpdi.monitoring.dashboard.selection import Selection, all_periods, days_of, narrowed, read_selection
from mpdi.monitoring.dashboard.units import Figure, units
from mpdi.monitoring.indicators import INDICATORS, rates_of
from mpdi.monitoring.indicators.dimensions import SPLITS
from mpdi.monitoring.indicators.model import Counted, Declaration, LotFacts, NoticeFacts, Reading, Stage, Theme
from mpdi.monitoring.report_queries import Scope

GREEN = {"aims": ["env-imp"], "text": "Les produits portent un label écologique.", "value": 90_000, "cpv": 90919200}
PLAIN = {"aims": ["none"], "text": "Achat de papier.", "value": 10_000, "cpv": 30197630}
SILENT = {"text": "Achat de papier.", "cpv": 30197630}
NOTICES = [
    *({"day": f"2026-0{month}-03", "buyer": "Commune d’Auderghem", "lots": [GREEN, PLAIN]} for month in range(1, 7)),
    *({"day": f"2026-0{month}-04", "buyer": f"Acheteur fictif {month}", "lots": [PLAIN]} for month in range(1, 4)),
    {"day": "2026-05-05", "buyer": "Acheteur fictif 9", "lots": [SILENT]},
    {"day": "2026-08-03", "result": True, "lots": [{**PLAIN, "tenders": 1, "winners": ["small"]}]},
    {"day": "2026-08-04", "result": True, "lots": [{**GREEN, "tenders": 0, "status": "clos-nw"}]},
    {"day": "2019-08-04", "lots": [{**GREEN, "currency": "SEK"}]},
]


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    paths = write_notices(NOTICES, home / "published")
    with portal(home, paths) as made:
        with services_of(made).database.writing() as session:
            recognise_buyers(session)
        yield made


@pytest.fixture
def get(app):
    """The page of an address, in English."""

    def get(address, status=200):
        response = app.test_client().get(address, headers={"Accept-Language": "en"})
        assert response.status_code == status
        return response.get_data(as_text=True)

    return get


@pytest.fixture(scope="module")
def facts(app):
    with services_of(app).database.reading() as session:
        return FactsStore().kept(session).facts


def plain(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_the_page_counts_the_last_two_years_that_have_notices(get):
    page = plain(get("/uptake"))
    assert "From 1 January 2025 to 31 December 2026: 12 procedures, 18 lots" in page


def test_french_and_dutch_speak_as_the_report_does(app):
    def words(language):
        return plain(app.test_client().get(f"/uptake?language={language}").get_data(as_text=True)).replace("\xa0", " ")

    french, dutch = words("fr"), words("nl")
    assert "Du 1er janvier 2025 au 31 décembre 2026" in french
    assert "Non indiqué" in french
    assert "Non précisé" not in french
    assert "Niet vermeld" in dutch
    assert re.search(r"\bNeen\b", dutch)
    assert not re.search(r"\b[Nn]ee\b|[Nn]iet opgegeven", dutch)


def test_a_figure_tells_yes_no_and_not_stated_with_its_bounds(get):
    page = get("/uptake?theme=environmental_clauses&reading=strict")
    row = plain(page[page.index("Declared (field made for it)", page.index('scope="rowgroup">Environment')) :])
    assert row.startswith("Declared (field made for it) 7 ")
    assert re.search(r"7 .*? 4 .*? 1 .*? 64\s%.*? 92\s%.*? 58\s% – 67\s%", row)


def test_every_figure_has_as_many_units_behind_it_as_it_says(facts):
    for name in ("environmental_clauses", "sme_access", "lots_without_tender", "price_only", "divided_into_lots"):
        indicator = INDICATORS[name]
        for rate in rates_of(facts, SPLITS, [indicator]):
            about = rate.dimension
            split = next((each for each in SPLITS if each in about), "")
            reading = Reading(about["reading"]) if "reading" in about else None
            figure = Figure(
                indicator, Counted(about["counted"]), reading, about.get("currency"), split, about.get(split, "")
            )
            found = list(units(facts, figure))
            if figure.counted is Counted.VALUE:
                assert sum(unit.amount or 0 for unit in found) == rate.numerator
            else:
                assert len(found) == rate.population
                assert sum(unit.answer == "yes" for unit in found) == rate.numerator
                assert sum(unit.answer == "not_stated" for unit in found) == rate.population - rate.denominator


def test_a_number_leads_to_its_notices_and_the_words_that_prove_it(get):
    page = get("/uptake/notices?theme=environmental_clauses&answer=yes")
    assert "7 procedures" in plain(page)
    assert "label écologique" in page
    notice = re.search(r'href="(/notices/[^"#]+)#proves"', page)[1]
    assert "label écologique" in get(notice)


def test_what_says_nothing_has_its_list_too(get):
    page = get("/uptake/notices?theme=environmental_clauses&reading=strict&answer=not_stated")
    assert "1 procedure," in plain(page)
    assert "Acheteur fictif 9" in page


def test_currencies_are_told_apart(get):
    page = get("/uptake?period=all&counted=value&currency=SEK&theme=environmental_clauses")
    assert '<option value="SEK" selected>' in page
    listed = plain(get("/uptake/notices?period=all&counted=value&currency=SEK&theme=environmental_clauses&answer=yes"))
    assert "1 lot" in listed
    assert "90,000 SEK" in listed


def test_of_the_value_of_fewer_than_five_purchases_no_percentage_is_told(get):
    few = get("/uptake?period=2019&counted=value&currency=SEK")
    assert "90,000" in plain(few[few.index("By theme") :])
    assert "%" not in plain(few[few.index("<table") :])
    assert "%" in plain(get("/uptake?counted=value").partition("<table")[2])


def test_what_was_measured_on_very_few_notices_says_so_beside_its_rows(get):
    page = get("/uptake")
    table = page[page.index("<table") : page.index("</table>")]
    groups = [part.lstrip(">") for part in table.split('scope="rowgroup"')[1:]]
    doubted = {part.partition("<")[0] for part in groups if "does not allow a conclusion" in part}
    assert doubted == {"Ethics", "Innovation (purchases)", "Against social dumping", "Open to small firms"}
    assert page.count("does not allow a conclusion") == len(doubted)
    chosen = plain(get("/uptake?theme=ethical_clauses"))
    assert chosen.count("does not allow a conclusion") > len(doubted)
    assert "not allow" not in get("/uptake?theme=social_clauses&reading=strict").partition("By category")[2]


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("period=2026-Q9", "Period ( 2026-Q9 )."),
        ("authority=nobody&theme=x", "Authority of the register ( nobody ), Theme ( x )."),
        ("category=<b>", "Category ( &lt;b&gt; )."),
        ("from=2026-02-30", "First day ( 2026-02-30 )."),
        ("from=2026-01-01&to=20260301", "Last day ( 20260301 )."),
        ("from=2026-03-01&to=2026-01-01", "First day ( 2026-03-01 ), Last day ( 2026-01-01 )."),
        ("period=2026-03-01..2026-01-01", "Period ( 2026-03-01..2026-01-01 )."),
    ],
)
def test_a_filter_of_an_unknown_value_is_said_to_be_ignored(get, query, says):
    page = plain(get(f"/uptake?{query}"))
    assert "the value is not known: " + says in page
    assert "12 procedures, 18 lots" in page


def test_known_filters_are_not_called_ignored(get):
    for query in ("", "?category=food", "?authority=stib", "?period=all&by=year&counted=lots&language=en"):
        assert "the value is not known" not in get(f"/uptake{query}")


@pytest.mark.parametrize("part", ["sme", "no_offer", "apart"])
def test_each_part_has_its_page(get, part):
    assert f'href="/uptake?part={part}" aria-current="page"' in get(f"/uptake?part={part}")


def test_lots_without_an_offer_are_told_by_category(get):
    page = plain(get("/uptake?part=no_offer"))
    assert "Lots without any tender, by category" in page
    assert "1 lot" in plain(get("/uptake/notices?indicator=lots_without_tender&counted=lots&answer=yes"))


def test_filters_that_nothing_fits_say_what_to_do(get):
    assert "Choose a longer period" in get("/uptake?period=2024")


def test_without_notices_the_page_says_how_to_take_them_in(tmp_path):
    with portal(tmp_path / "empty") as made:
        for address in ("/uptake", "/uptake/notices", "/uptake/authorities/stib"):
            assert "mpdi notices ingest" in made.test_client().get(address).get_data(as_text=True)
        assert made.test_client().get("/uptake/figures.csv").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["/uptake/notices?indicator=nothing", "/uptake/notices?split=nothing", "/uptake/notices?answer=x",
     "/uptake/notices?group=<b>", "/uptake/figures.exe", "/uptake/authorities/nobody"],
)  # fmt: skip
def test_an_address_of_nothing_is_not_found(get, address):
    get(address, status=404)


def test_the_files_hold_the_very_selection(app):
    client = app.test_client()
    rows = list(csv.DictReader(io.StringIO(client.get("/uptake/figures.csv?period=2019").get_data(as_text=True).lstrip("\ufeff")), delimiter=";"))  # fmt: skip
    assert {row["split_value"] for row in rows if row["split"] == "year"} == {"2019"}
    rates = json.loads(client.get("/uptake/figures.json?category=cleaning").data)
    assert {rate["dimension"]["category"] for rate in rates if "category" in rate["dimension"]} == {"cleaning"}
    for kind in ("xlsx", "docx"):
        assert client.get(f"/uptake/figures.{kind}").data.startswith(b"PK")


def test_an_authority_sees_its_figures_and_why_it_is_not_compared(get):
    page = plain(get("/uptake/authorities/commune-auderghem"))
    assert "6 procedures, 12 lots" in page
    assert "It is no ranking" in page
    assert "6 of 6" in page


def test_an_authority_without_notices_is_told_how_they_are_found(get):
    assert "No notice of this authority" in get("/uptake/authorities/commune-uccle")


def test_facts_are_read_again_only_where_something_changed(app, tmp_path):
    store = FactsStore()
    with services_of(app).database.reading() as session:
        first = store.kept(session)
        assert store.kept(session) is first


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("", date(2023, 1, 1), date(2024, 12, 31)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2020-Q2", date(2020, 4, 1), date(2020, 6, 30)),
        ("2020-Q4", date(2020, 10, 1), date(2020, 12, 31)),
        ("all", date(2010, 1, 1), date(2024, 12, 31)),
        ("2020-H1", date(2020, 1, 1), date(2020, 6, 30)),
        ("2020-H2", date(2020, 7, 1), date(2020, 12, 31)),
        ("2019-02-10..2020-02-29", date(2019, 2, 10), date(2020, 2, 29)),
        ("2019-02-10..", date(2019, 2, 10), date(2024, 12, 31)),
        ("..2019-02-10", date(2010, 1, 1), date(2019, 2, 10)),
        ("2030-02-10..", date(2030, 2, 10), date(2030, 2, 10)),
    ],
)
def test_a_period_has_its_days(period, first, last):
    assert days_of(period, ["2024", "2020", "2010"]) == (first, last)


def test_free_days_stand_in_the_address_and_go_before_a_period(get):
    page = get("/uptake?from=2026-02-04&to=2026-05-03&period=all")
    assert "From 4 February 2026 to 3 May 2026: 5 procedures, 8 lots, read in 5 notices" in plain(page)
    assert "period=2026-02-04..2026-05-03" in page
    named = '<option value="2026-02-04..2026-05-03" selected>4 February 2026 – 3 May 2026</option>'
    assert named in page
    assert "the value is not known" not in page
    assert named in get("/uptake?period=2026-02-04..2026-05-03")


def test_half_years_are_periods(get):
    page = get("/uptake?period=2026-H1")
    assert "From 1 January 2026 to 30 June 2026: 10 procedures, 16 lots" in plain(page)
    assert '<option value="2026-H1" selected>First half of 2026</option>' in page


def test_time_leaves_no_period_out():
    assert all_periods("2024-Q3", "2025-Q2") == ["2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2"]
    assert all_periods("2019", "2021") == ["2019", "2020", "2021"]


def test_what_an_address_cannot_mean_is_left_out():
    given = {"period": "x", "level": "x", "counted": "x", "reading": "x", "by": "x", "part": "x", "currency": "euro"}
    assert read_selection(given) == Selection()
    assert Selection().arguments(part="sme") == {"part": "sme"}


def notice(number, authority, is_green):
    lot = LotFacts(number, category="cleaning", themes={Theme.ENVIRONMENTAL: Declaration(detected=is_green)})
    return NoticeFacts(
        f"p{number}", Stage.CALL, True, (number,), date(2026, 1, 1), authority, authority=authority, lots=(lot,)
    )


def body(name, kind="commune"):
    return ContractingAuthority(name, {"fr": name, "nl": name}, "local", kind, None, (), "verified", "")


def purchases(name, green, all_):
    return [notice(number, name, number < green) for number in range(all_)]


def test_others_are_told_of_only_where_enough_of_them_bought_enough():
    every = [body(name) for name in "abcde"]
    few = purchases("a", 3, 6) + purchases("b", 1, 5) + purchases("c", 2, 5)
    enough = few + purchases("d", 5, 5)
    peers = peers_of(every[0], every, {"a", "b", "c", "d"})
    assert (peers.is_same_kind, peers.identifiers) == (True, {"b", "c", "d"})
    (told,) = beside(few, "a", peers, ["environmental_clauses"], Reading.DETECTED)
    assert (told.others, told.median) == (BESIDE - 1, None)
    (told,) = beside(enough, "a", peers, ["environmental_clauses"], Reading.DETECTED)
    assert (told.least, told.median, told.most) == (Decimal("0.2"), Decimal("0.4"), Decimal(1))
    assert not told.is_few


def test_of_a_category_only_its_lots_are_counted():
    both = notice(1, "a", True)
    other = LotFacts(1, category="food")
    kept = narrowed(
        [NoticeFacts("p", Stage.CALL, True, (1,), date(2026, 1, 1), "a", lots=(*both.lots, other))],
        Scope(date(2026, 1, 1), date(2026, 12, 31), category="food"),
    )
    assert [each.lots for each in kept] == [(other,)]
