"""Sheets as data: what every one of them holds, and what the loader refuses."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from mpdi.lcc.model import Category
from mpdi.lcc.sheets.catalogue import FOLDER, SHARED, sheet_named, sheets
from mpdi.lcc.sheets.errors import FormulaError, MissingValueError, SheetFileError, UnknownSheetError
from mpdi.lcc.sheets.formulas import read_formula
from mpdi.lcc.sheets.model import Words
from mpdi.lcc.sheets.reading import load, read_sheet

PROMISED = {
    "generic",
    "computers",
    "imaging",
    "indoor_lighting",
    "street_lighting",
    "vending",
    "vehicles",
    "heavy_vehicles",
    "building_component",
    "heating",
    "furniture",
    "workwear",
    "cleaning",
    "catering",
}
TARIFFS = ("EUR/kWh", "EUR/l", "EUR/m3")
WORDS = "{fr: Un, nl: Een, en: One}"
NUMBER = f"label: {WORDS}, help: {WORDS}, unit: EUR, min: 0, max: 9"


def made(folder: Path, text: str) -> object:
    path = folder / "test.yaml"
    path.write_text(f"id: test\nversion: 1.0.0\ntitle: {WORDS}\npurpose: {WORDS}\n{text}", encoding="utf-8")
    return read_sheet(path, load(FOLDER / SHARED))


def texts(held: object) -> list[Words]:
    if isinstance(held, Words):
        return [held]
    if isinstance(held, tuple):
        return [found for each in held for found in texts(each)]
    fields = getattr(type(held), "__dataclass_fields__", {})
    return [found for name in fields for found in texts(getattr(held, name))]


def test_the_promised_sheets_are_there():
    assert set(sheets()) >= PROMISED


def test_an_unknown_sheet_names_those_there_are():
    with pytest.raises(UnknownSheetError, match="indoor_lighting"):
        sheet_named("spaceship")


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_a_sheet_says_everything_in_three_languages_and_asks_for_proof(name):
    sheet = sheet_named(name)
    assert len(texts(sheet)) > 30
    for words in texts(sheet):
        assert all(len(text.strip()) > 1 for text in (words.fr, words.nl, words.en))
    assert all(each.proof for each in sheet.tenderer)
    assert not any(each.proof for each in sheet.buyer)


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_no_tenderers_value_is_filled_in_and_no_tariff_is_guessed(name):
    sheet = sheet_named(name)
    assert [each.key for each in sheet.tenderer if each.default is not None] == []
    assert [each.key for each in sheet.buyer if each.unit in TARIFFS and each.default is not None] == []


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_a_default_has_its_source_and_year_or_is_called_an_assumption(name):
    for each in sheet_named(name).inputs.values():
        if each.default is None:
            assert each.source is None
        else:
            assert each.is_assumption or (len(each.source.words) > 20 and 1990 < each.source.year < 2100)


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_an_amount_in_euros_is_not_called_hours_and_its_proof_is_no_time(name):
    sheet = sheet_named(name)
    for each in (*sheet.inputs.values(), *sheet.quantities):
        if each.unit.startswith("EUR"):
            proof, help_words = getattr(each, "proof", None), getattr(each, "help", None)
            said = " ".join(words.nl for words in (each.label, proof, help_words) if words)
            assert not re.search(r"\b\w*uren\b|\btijd van|vervangingstijd", said), (each.key, said)


def test_labour_is_the_tenderers_own_price_for_no_rate_is_fixed():
    labour = sheet_named("indoor_lighting").inputs["part_labour"]
    said = " ".join(f"{each.fr} {each.nl} {each.en}" for each in (labour.help, labour.proof))
    for place in ("documents du marché", "opdrachtdocumenten", "tender documents"):
        assert place not in said
    assert "Prix" in labour.proof.fr
    assert "kost" in labour.label.nl.casefold()


@pytest.mark.parametrize("name", sorted(PROMISED))
def test_flows_have_known_components(name):
    sheet = sheet_named(name)
    assert {flow.category for flow in sheet.flows} <= {*Category, "rent"}
    assert Category.EXTERNALITY not in {flow.category for flow in sheet.flows}


def test_factors_of_nature_come_from_the_engines_sources():
    electricity = sheet_named("heating").inputs["co2_electricity"]
    gas = sheet_named("heating").inputs["co2_gas"]
    assert (electricity.default, gas.default) == (Decimal("0.16749"), Decimal("0.2047"))
    assert "AIB" in electricity.source.words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"buyer: [{{key: a, {NUMBER}, default: 3}}]", "a default has a source or is marked as an assumption"),
        (f"buyer: [{{key: a, {NUMBER}, default: 12, assumption: true}}]", "outside its bounds"),
        (f"buyer: [{{key: a, {NUMBER}, assumption: true}}]", "a default has a source or is marked as an assumption"),
        (f"buyer: [{{key: a, {NUMBER}, default: 3, source: {{words: A page}}}}]", "needs words and the year"),
        (f"buyer: [{{key: a, label: {{fr: Un, en: One}}, help: {WORDS}, unit: EUR, min: 0, max: 9}}]", "no text in nl"),
        (f"buyer: [{{key: a, label: {WORDS}, help: {WORDS}, unit: EUR, min: 9, max: 0}}]", "min and max"),
        (f"buyer: [{{key: a, label: {WORDS}, help: {WORDS}, min: 0, max: 9}}]", "has no unit"),
        (f"tenderer: [{{key: a, {NUMBER}}}]", "a.proof"),
        (f"buyer: [{{key: a, {NUMBER}}}, {{key: a, {NUMBER}}}]", "stands twice"),
        (f"flows: [{{name: {WORDS}, category: energy, yearly: kwh * 2}}]", "kwh: nothing of that name"),
        (f"flows: [{{name: {WORDS}, category: energy, yearly: 2, at: 0}}]", "says one of"),
        (f"flows: [{{name: {WORDS}, category: energy, yearly: 'open(1)'}}]", "not a form"),
        (f"flows: [{{name: {WORDS}, category: energy, yearly: 'pick(money, real=1)'}}]", "each of its options"),
        ("beside: [nothing]", "no quantity"),
        ("colour: red", "not a key of a sheet"),
        ("version: 2.0.0", "stands twice"),
    ],
)
def test_a_sheet_with_a_slip_is_not_loaded(tmp_path, text, said):
    with pytest.raises(SheetFileError, match=said):
        made(tmp_path, text)


def test_a_sheet_bears_the_name_of_its_file(tmp_path):
    path = tmp_path / "other.yaml"
    path.write_text(f"id: test\nversion: 1.0.0\ntitle: {WORDS}\npurpose: {WORDS}\n", encoding="utf-8")
    with pytest.raises(SheetFileError, match="name of the file"):
        read_sheet(path, load(FOLDER / SHARED))


@pytest.mark.parametrize(
    "text",
    ["__import__('os')", "a.b", "a[0]", "a ** 2", "lambda: 1", "'text'", "min(1)", "True", "a if b else c", "a +"],
)
def test_a_formula_holds_nothing_but_sums(text):
    with pytest.raises(FormulaError):
        read_formula(text)


def test_a_formula_works_with_decimals_and_picks_only_one_way():
    formula = read_formula("pick(fuel, petrol=2 * p, none=0) + max(a, 0.1) - -a / 4")
    assert formula.value({"fuel": "none", "a": Decimal("0.3")}) == Decimal("0.375")
    with pytest.raises(MissingValueError, match="p is needed"):
        formula.value({"fuel": "petrol", "a": Decimal(1)})


def test_a_division_by_nothing_is_said():
    with pytest.raises(FormulaError, match="zero"):
        read_formula("1 / a").value({"a": Decimal(0)})


@pytest.mark.parametrize(
    ("life", "years", "left"),
    [
        ("8", "20", "0.5"),
        ("16", "20", "0.75"),
        ("20", "20", "0"),
        ("40", "30", "0.25"),
        ("0.5", "3", "0"),
        ("0.4", "1", "0.5"),
    ],
)
def test_the_unused_share_of_the_last_unit(life, years, left):
    assert read_formula("unused_share(life, years)").value({"life": Decimal(life), "years": Decimal(years)}) == Decimal(
        left
    )


def test_the_digest_covers_what_a_sheet_shares_with_others_and_not_its_layout(tmp_path):
    shared = load(FOLDER / SHARED)
    path = FOLDER / "generic.yaml"
    same = read_sheet(path, shared)
    other = read_sheet(path, {**shared, "life": {**shared["life"], "max": Decimal(50)}})
    assert same.digest == sheet_named("generic").digest
    assert len({same.digest, other.digest}) == 2
    laid_out = tmp_path / "generic.yaml"
    laid_out.write_text("# a comment\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert read_sheet(laid_out, shared).digest == same.digest
