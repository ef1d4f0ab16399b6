"""The pages of life-cycle cost: figures that the command gives too, a link that holds the case, faults at their fields."""

import html
import io
import re
import zipfile
from decimal import Decimal
from itertools import cycle
from pathlib import Path
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from mpdi.costing.commands import lcc
from mpdi.costing.examples import example_of
from mpdi.costing.files import count
from mpdi.costing.forms import default_text
from mpdi.costing.links import example
from mpdi.costing.numbers import money, number, unit_words
from mpdi.costing.typed_numbers import read_typed
from mpdi.lcc.sheets.catalogue import sheets

DOCS = Path(__file__).resolve().parents[2] / "docs" / "lcc"
SHEETS = sorted(sheets())
TOTAL = re.compile(r"^\| \*\*(?P<offer>[^|]+)\*\* \| \*\*life-cycle cost\*\* \| \| \| \*\*(?P<worth>-?[\d .]+)\*\* \|$", re.M)


def words_of(answer):
    """What a reader of a page reads, on one line."""
    text = html.unescape(re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True))).replace("\u00a0", " ").replace("\u202f", " ")
    return " ".join(text.split())


@pytest.fixture
def read(client):
    """Open the page of a sheet with what is typed; return status and words."""
    def reading(sheet, language="en", **typed):
        answer = client.get(f"/life-cycle-cost/{sheet}?" + urlencode({**typed, "language": language}))
        return answer.status_code, words_of(answer)
    return reading


@pytest.fixture
def lamps():
    """The example of indoor lighting, as typed in English."""
    return example("indoor_lighting", "en")


@pytest.mark.parametrize(("sheet", "language"), list(zip(SHEETS, cycle(["fr", "nl", "en"]), strict=False)))
def test_the_example_of_each_sheet_gives_the_figures_of_its_page_in_the_manual(client, sheet, language):
    form = client.get(f"/life-cycle-cost/{sheet}?language={language}").get_data(as_text=True)
    link = html.unescape(re.search(rf'href="(/life-cycle-cost/{sheet}\?[^"]+)"', form)[1])
    answer = client.get(link)
    assert answer.status_code == 200, words_of(answer)
    totals = [(each["offer"], each["worth"]) for each in TOTAL.finditer((DOCS / f"{sheet}.md").read_text(encoding="utf-8"))]
    assert len(totals) >= 2
    page = words_of(answer)
    for offer, worth in totals:
        assert offer in page
        assert money(Decimal(worth.replace(" ", "")), language).replace("\u00a0", " ") in page


@pytest.mark.parametrize("path", ["", "/explained", "/free-measures"])
@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_what_is_explained_holds_no_open_place(client, path, language):
    answer = client.get(f"/life-cycle-cost{path}?language={language}")
    assert answer.status_code == 200
    assert "{" not in words_of(answer)


def test_the_alderman_reads_the_figures_of_the_engine(client):
    page = words_of(client.get("/life-cycle-cost/explained?language=en"))
    result = count(example_of("indoor_lighting")).result
    assert [money(each.lcc, "en") for each in result.alternatives] == ["74,226.20", "38,125.72"]
    for words in ("sees 5,000.00 EUR more", "costs 2,402.80 EUR less", "earned back in year 3", "The dearer to buy is 36,100.48 EUR cheaper"):
        assert words in page
    assert "74,226.20" in page
    assert "38,125.72" in page


def test_both_rankings_stand_beside_each_other_and_differ(read, lamps):
    _status, page = read("indoor_lighting", **lamps)
    assert "Cheapest over its life: LED" in page
    assert "By price alone: Tubes. The two rankings differ." in page
    assert re.search(r"Tubes 7,500\.00 why\? Tubes 1 74,226\.20 why\? Tubes 2 ", page)
    assert re.search(r"LED 12,500\.00 why\? LED 2 38,125\.72 why\? LED 1 ", page)


def test_the_budget_of_each_year_parts_investment_from_operation(read, lamps):
    _status, page = read("indoor_lighting", **lamps)
    # Tubes: bought for 7 500, in year 1 electricity 3 750 × 1.01 and upkeep 200; LED: 12 500, then 1 470 × 1.01 and 100.
    assert "0 7,500.00 0.00 7,500.00 12,500.00 0.00 12,500.00" in page
    assert "1 0.00 3,987.50 11,487.50 0.00 1,584.70 14,084.70" in page
    assert "5,000.00 EUR more than “Tubes” in the year of purchase." in page
    assert "The extra cost is earned back in year 3." in page
    assert re.search(r"[\d.]+ % of that gain comes after year 6", page)


def test_emissions_stand_apart_and_change_no_cost(read, lamps):
    _status, page = read("indoor_lighting", **lamps)
    # 100 × 50 W × 2 500 h = 12 500 kWh, × 0.16749 kg; 4 900 kWh for the LED.
    assert "CO2, kg a year 2,093.63 820.7" in page
    assert "Their cost to others" not in page
    status, priced = read("indoor_lighting", **lamps, prices="eib-2020", starts="2030", external="apart")
    assert status == 200
    assert "Their cost to others" in priced
    assert "38,125.72" in priced


def test_what_changes_the_winner_is_said_with_its_value(read, lamps):
    _status, page = read("indoor_lighting", **lamps)
    assert "The winner changes if “Power a luminaire, of LED” rises above 69.97 W (it is 28 W): “Tubes” then costs less than “LED”." in page


def test_each_figure_has_its_formula_with_the_values(read, lamps):
    _status, page = read("indoor_lighting", **lamps)
    assert "Luminaires × (Price a luminaire + Installation a unit) = 100 × (110 + 15)" in page
    assert "Power a luminaire × Burning hours a year × (1 − Saving by sensors) ÷ 1,000 = 28 × 2,500 × (1 − 0.3) ÷ 1,000 49 kWh/unit/year" in page


def test_assumptions_are_marked_where_they_are_kept_and_only_there(client, lamps):
    page = client.get("/life-cycle-cost/indoor_lighting?" + urlencode({**lamps, "language": "en"})).get_data(as_text=True)
    row = {label: re.search(rf'<th scope="row">{label}</th>(.*?)</tr>', page, re.S)[1] for label in ("Discount rate", "Electricity price", "CO2 of electricity")}
    assert "Our assumption" in row["Discount rate"]
    assert "Value of the buyer; source: to be given" in row["Electricity price"]
    assert "AIB, European residual mix 2023" in row["CO2 of electricity"]
    given = client.get("/life-cycle-cost/indoor_lighting?" + urlencode({**lamps, "b_discount_rate": "2", "language": "en"})).get_data(as_text=True)
    assert "Value of the buyer; source: to be given" in re.search(r'<th scope="row">Discount rate</th>(.*?)</tr>', given, re.S)[1]


@pytest.mark.parametrize("sheet", SHEETS)
def test_how_long_and_how_much_a_year_stand_open_and_the_fold_says_how_many_it_holds(client, sheet):
    page = client.get(f"/life-cycle-cost/{sheet}?language=en").get_data(as_text=True)
    before, folded = page.split("Values that hold unless you change them", 1)
    folded, after = folded.split('id="offers"', 1)
    shown = {each.key for each in sheets()[sheet].buyer if f'name="b_{each.key}"' in before}
    hidden = {each.key for each in sheets()[sheet].buyer if f'name="b_{each.key}"' in folded}
    assert shown | hidden == {each.key for each in sheets()[sheet].buyer}
    assert "name=\"b_" not in after
    assert {"years", "hours_year", "days_year", "weeks_year", "hours_on", "electricity_price"}.isdisjoint(hidden)
    assert {"years", "discount_rate"} & shown == {"years"}
    assert f"({len(hidden)})" in folded[:60]


@pytest.mark.parametrize(
    ("language", "changed", "said"),
    [
        ("en", {}, "{} assumptions of ours were kept"),
        ("fr", {}, "{} hypothèses de notre part ont été gardées"),
        ("nl", {}, "{} aannames van ons zijn behouden"),
        ("en", {"b_discount_rate": "2"}, "{} assumptions of ours were kept"),
    ],
)
def test_how_many_assumptions_were_kept_is_said_beside_the_ranking_with_a_link_to_them(client, language, changed, said):
    typed = {**example("indoor_lighting", language), **changed, "language": language}
    answer = client.get("/life-cycle-cost/indoor_lighting?" + urlencode(typed))
    page = answer.get_data(as_text=True)
    values = page.split('<details id="held-values">', 1)[1].split("</details>", 1)[0]
    kept = values.count("mark-warn")
    assert kept > 1
    assert said.format(kept) in words_of(answer)
    assert page.index('href="#held-values"') < page.index("<table") < page.index('id="held-values"')


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_a_default_is_read_back_as_itself(language):
    for sheet in sheets().values():
        for each in sheet.buyer:
            if isinstance(each.default, Decimal):
                assert read_typed(default_text(each, language), language) == each.default, (sheet.id, each.key)


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("o2_power", "", "This value is needed, in W."),
        ("o2_power", "28 W or so", "“28 W or so” is not a number"),
        ("o2_power", "28000", "28,000 lies outside the plausible bounds, 0.1 to 2,000 W."),
        ("o2_power", "=1+1", "“=1+1” is not a number"),
        ("o2_luminaires", "100.5", "100.5 is not a whole number."),
        ("o2_name", "", "Give the offer a name."),
        ("o2_name", "Tubes", "Another offer has this name"),
        ("b_electricity_price", "", "This value is needed, in EUR/kWh."),
        ("b_electricity_growth", "103", "103 lies outside the plausible bounds"),
        ("b_timing", "never", "“never” is not one of the choices."),
        ("prices", "mine", "“mine” is not one of the choices."),
        ("vat", "half", "“half” is not one of the choices."),
    ],
)
def test_a_fault_stands_at_its_field_and_leads_to_it(client, lamps, field, text, said):
    answer = client.get("/life-cycle-cost/indoor_lighting?" + urlencode({**lamps, field: text, "language": "en"}))
    assert answer.status_code == 422
    page = html.unescape(answer.get_data(as_text=True))
    assert f'<a href="#{field}">' in page
    at_field = re.search(rf'id="{field}-error">(.*?)</p>', page, re.S)
    assert at_field is not None
    assert said in at_field[1]
    assert "Cheapest over its life" not in page


def test_a_price_set_needs_the_year_it_begins_in(read, lamps):
    status, page = read("indoor_lighting", **lamps, prices="eib-2020", starts="")
    assert status == 422
    assert "Write the calendar year of the first year of use, such as 2027." in page


def test_a_price_set_that_does_not_reach_the_years_says_so(read, lamps):
    status, page = read("indoor_lighting", **lamps, prices="eib-2020", starts="2027")
    assert status == 422
    assert "from 2030 to 2050 only" in page


def test_a_value_that_only_one_way_needs_is_asked_for_at_its_field(client):
    typed = example("catering", "en") | {"o2_equipment_life": ""}
    answer = client.get("/life-cycle-cost/catering?" + urlencode({**typed, "language": "en"}))
    assert answer.status_code == 422
    assert "This value counts with what the offer says: give it." in re.search(r'id="o2_equipment_life-error">(.*?)</p>', answer.get_data(as_text=True), re.S)[1]


def test_an_offer_is_added_and_removed_without_losing_what_was_typed(client, lamps):
    added = client.get("/life-cycle-cost/indoor_lighting?" + urlencode({**lamps, "add": "1"}), follow_redirects=True)
    page = added.get_data(as_text=True)
    assert added.status_code == 200
    assert 'name="o3_power"' in page
    assert re.search(r'name="o2_name"[^>]*value="LED"', page)
    assert "add=" not in added.request.url
    removed = client.get("/life-cycle-cost/indoor_lighting?" + urlencode({**lamps, "offers": "3", "o3_name": "Third", "remove": "1"}), follow_redirects=True).get_data(as_text=True)
    assert re.search(r'name="o1_name"[^>]*value="LED"', removed)
    assert re.search(r'name="o2_name"[^>]*value="Third"', removed)
    assert 'name="o3_name"' not in removed


def test_six_offers_are_counted_and_a_seventh_is_not_asked_for(read, lamps):
    others = {f"o{place}_{key[3:]}": value for place in range(3, 7) for key, value in lamps.items() if key.startswith("o2_")}
    named = {f"o{place}_name": f"LED {place}" for place in range(3, 7)}
    status, page = read("indoor_lighting", **lamps | others | named | {"offers": "6"})
    assert status == 200
    assert "Equal to the cent over their lives: LED, LED 3, LED 4, LED 5, LED 6" in page
    assert "Add an offer" not in page


def test_a_name_that_is_markup_stays_a_name(client, lamps):
    page = client.get("/life-cycle-cost/indoor_lighting?" + urlencode({**lamps, "o2_name": "<script>x</script>"})).get_data(as_text=True)
    assert "<script>x" not in page


def test_a_sheet_that_does_not_exist_is_not_found(client):
    assert client.get("/life-cycle-cost/rocket").status_code == 404


@pytest.mark.parametrize(
    ("value", "written"), [("38125.715", ("38 125,72", "38.125,72", "38,125.72")), ("-0.004", ("0,00", "0,00", "0.00")), ("-1234.5", ("-1 234,50", "-1.234,50", "-1,234.50"))]
)
def test_an_amount_is_written_to_the_cent(value, written):
    assert tuple(money(Decimal(value), language).replace("\u00a0", " ").replace("\u202f", " ") for language in ("fr", "nl", "en")) == written


def test_a_small_number_keeps_its_digits():
    assert number(Decimal("0.00016749"), "en") == "0.0001675"
    assert unit_words("l, kg or kWh/unit/year", "nl") == "l, kg of kWh/stuk/jaar"


def test_the_file_of_the_case_gives_the_same_cent_on_the_command_line(client, tmp_path, lamps):
    answer = client.get("/life-cycle-cost/indoor_lighting/case.json?" + urlencode(lamps))
    path = tmp_path / "case.json"
    path.write_bytes(answer.data)
    made = CliRunner().invoke(lcc, ["run", str(path)])
    assert made.exit_code == 0, made.output
    assert "74 226.20" in made.output
    assert "38 125.72" in made.output


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_the_case_is_kept_as_a_document(client, lamps, ending):
    answer = client.get(f"/life-cycle-cost/indoor_lighting/case.{ending}?" + urlencode(lamps))
    assert answer.status_code == 200
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        held = "".join(archive.read(name).decode("utf-8") for name in archive.namelist() if name.endswith(".xml"))
    assert "Tubes" in held
    assert "LED" in held


def test_a_case_with_a_fault_is_no_file_but_the_page_that_says_so(client, lamps):
    answer = client.get("/life-cycle-cost/indoor_lighting/case.xlsx?" + urlencode({**lamps, "o1_power": "", "language": "en"}))
    assert answer.status_code == 422
    assert "This value is needed, in W." in words_of(answer)
    assert client.get("/life-cycle-cost/indoor_lighting/case.exe").status_code == 404
