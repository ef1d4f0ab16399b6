"""The annex on life-cycle cost: what tenderers read of it, and each point of the checklist that refuses it."""

import json
import re
from copy import deepcopy
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from urllib.parse import urlencode

import docx
import openpyxl
import pytest
from click.testing import CliRunner
from libreoffice import convert

from mpdi import clock
from mpdi.cli import main
from mpdi.costing.annex import annex
from mpdi.costing.annex_words import points
from mpdi.costing.award_clause import clause_paragraphs
from mpdi.costing.checklist import ChecklistRefusedError, check
from mpdi.costing.examples import example_of
from mpdi.costing.files import read_data
from mpdi.costing.links import example
from mpdi.costing.workbook_layout import DIGEST_ROW, TECHNICAL
from mpdi.lcc.discounting import discount_factors
from mpdi.lcc.sheets.catalogue import sheet_named, sheets
from mpdi.lcc.sheets.formulas import unused_share

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
CASE, AWARD = EXAMPLES / "lighting-offers.yaml", EXAMPLES / "lighting-annex.yaml"
COUNTED = {"prices": "eib-2020", "first_year": 2031, "external_costs": "counted"}
SOLE = {"threshold": "at_or_above", "sole": True}


def a_case(**fields):
    return {**deepcopy(dict(read_data(CASE))), **fields}


def an_award(answers=None, without=(), **fields):
    """The award file of the example; `answers` go into its annex, `without` out of it or out of the award."""
    made = {**deepcopy(dict(read_data(AWARD))), **fields}
    made["annex"] |= answers or {}
    for key in without:
        (made["annex"] if key in made["annex"] else made).pop(key)
    return made


def spaced(text):
    return text.replace("\u202f", " ").replace("\xa0", " ")


def read(language="fr", case=None, award=None):
    """Tables, as rows of cells, and all words of the annex."""
    document = docx.Document(BytesIO(annex(case or a_case(), award or an_award(), language)))
    tables = [[[spaced(cell.text) for cell in row.cells] for row in table.rows] for table in document.tables]
    return tables, spaced("\n".join(paragraph.text for paragraph in document.paragraphs))


def refused(case=None, award=None, language="fr"):
    with pytest.raises(ChecklistRefusedError) as caught:
        annex(case or a_case(), award or an_award(), language)
    return caught.value.problems


def clause(language="fr", **changes):
    return spaced("\n".join(clause_paragraphs(check(a_case(), an_award(**changes), language), language)))


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_same_case_and_award_give_the_same_bytes(language):
    assert annex(a_case(), an_award(), language) == annex(a_case(), an_award(), language)


def test_offers_in_the_case_change_nothing():
    assert annex(a_case(offers=[]), an_award(), "fr") == annex(a_case(), an_award(), "fr")


@pytest.mark.parametrize(
    ("language", "price", "origin", "assumption"),
    [
        ("fr", "0,28", "Dernière facture annuelle, tout compris", "source : à indiquer"),
        ("nl", "0,28", "Laatste jaarfactuur, alles inbegrepen", "bron: aan te geven"),
    ],
)
def test_each_parameter_stands_with_value_and_origin(language, price, origin, assumption):
    tables, _ = read(language)
    rows = {row[1]: row for row in next(table for table in tables if table[0][1] in ("Clé", "Sleutel"))[1:]}
    sheet = sheet_named("indoor_lighting")
    assert list(rows) == [each.key for each in sheet.buyer]
    assert (rows["electricity_price"][2], rows["electricity_price"][4]) == (price, origin)
    assert assumption in rows["hours_year"][4]
    factor = sheet.inputs["co2_electricity"]
    assert rows["co2_electricity"][2] == str(factor.default).replace(".", ",")
    assert str(factor.source.year) in rows["co2_electricity"][4]


def test_factors_formulas_data_and_proofs_are_those_of_the_sheet():
    tables, _ = read()
    cells = [cell for table in tables for row in table for cell in row]
    sheet = sheet_named("indoor_lighting")
    factors = next(table for table in tables if table[0][0] == "Année" and len(table[0]) == 2)[1:]
    counted = discount_factors(Decimal("0.03"), 20)
    assert [row[1] for row in factors] == [f"{each:.6f}".replace(".", ",") for each in counted]
    assert {each.formula.text for each in sheet.quantities} <= set(cells)
    assert {each.amount.text for each in sheet.flows} <= set(cells)
    assert {each.proof.fr for each in sheet.tenderer if each.proof} <= set(cells)
    assert sheet.digest in cells


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_digest_is_that_of_the_workbook_for_tenderers(tmp_path, language):
    made = CliRunner().invoke(
        main, ["lcc", "workbook", str(CASE), "--date", "2026-12-01", "--output", str(tmp_path / "w.xlsx")]
    )
    tables, words = read(language)
    digest = made.stdout.strip()
    assert digest in [cell for row in tables[0] for cell in row]
    assert digest in words


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_digest_is_that_of_the_workbook_of_the_page_whether_the_case_has_a_title_or_none(client, language):
    typed = urlencode({**example("vending", language), "language": language})
    kept = json.loads(client.get(f"/life-cycle-cost/vending/case.json?{typed}").data, parse_float=Decimal)
    book = openpyxl.load_workbook(BytesIO(client.get(f"/life-cycle-cost/vending/workbook.xlsx?{typed}").data))
    digest = book[TECHNICAL].cell(DIGEST_ROW + 1, 2).value
    sheet = sheet_named("vending")
    answers = {
        "frozen": clock.today(),
        "assumptions_confirmed": [
            each.key for each in sheet.buyer if each.is_assumption and each.key not in kept["buyer"]
        ],
        "not_used": [each.key for each in sheet.buyer if each.default is None and each.key not in kept["buyer"]],
        "sources": {},
    }
    tables, words = read(language, kept, an_award(answers))
    assert digest in [cell for row in tables[0] for cell in row]
    assert digest in words
    assert sheet.title.said(language) in words
    titled, _ = read(language, {**kept, "title": "Lot 2"}, an_award(answers))
    assert digest in [cell for row in titled[0] for cell in row]


@pytest.mark.parametrize(
    ("language", "article", "pending"),
    [
        ("fr", "Loi du 17 juin 2016, article 82", "Avis juridique : en attente"),
        ("nl", "Wet van 17 juni 2016, artikel 82", "Juridisch nazicht: in afwachting"),
    ],
)
def test_law_stands_with_its_certainty_and_the_review_is_said_to_be_pending(language, article, pending):
    tables, words = read(language)
    law = next(row for table in tables for row in table if row[0] == article)
    assert law[2] in ("texte lu", "tekst gelezen")
    assert words.count(pending) >= 2


def test_the_checklist_stands_in_the_annex_with_every_answer():
    tables, _ = read()
    assert len(tables[-1]) == 1 + len(points())
    assert all(cell.strip() for row in tables[-1] for cell in row)


@pytest.mark.parametrize(
    ("fields", "standing", "sentence"),
    [
        ({"formula": "lowest"}, SOLE, "coût comparé est le plus bas est classée première"),
        ({}, {"threshold": "below", "weight": 60}, "Points = 60 × coût comparé le plus bas ÷ coût comparé de l'offre"),
        (
            {"formula": "linear", "bounds": {"best": 40000, "worst": 90000}},
            {"threshold": "at_or_above", "weight": 60},
            "Points = 60 × (90 000,00 − coût comparé de l'offre) ÷ (90 000,00 − 40 000,00)",
        ),
        ({"formula": "quality_in_euros", "quality": {"Confort": 5000}}, SOLE, "Confort 5 000,00 EUR"),
    ],
    ids=["lowest", "proportional", "linear", "quality"],
)
def test_the_clause_says_the_formula_that_was_chosen(fields, standing, sentence):
    said = clause(answers={"criterion": standing}, **fields)
    assert sentence in said
    price = "le prix d'achat (location comprise) est le plus bas passe devant" if standing == SOLE else "prix d'achat (location comprise) ne fixe alors que leur rang"
    assert price in said


@pytest.mark.parametrize(
    ("fields", "rows"),
    [
        ({}, [["A", "100 000,00", "60,00", "1"], ["B", "110 000,00", "54,55", "2"], ["C", "125 000,00", "48,00", "3"]]),
        (
            {"formula": "linear", "bounds": {"best": 40000, "worst": 90000}},
            [["A", "40 000,00", "60,00", "1"], ["B", "65 000,00", "30,00", "2"], ["C", "90 000,00", "0,00", "3"]],
        ),
    ],
    ids=["proportional", "linear"],
)
def test_the_formula_is_shown_in_figures(fields, rows):
    tables, _ = read(award=an_award(**fields))
    assert next(table for table in tables if table[0][0] == "Offre")[1:] == rows


def test_quality_in_euros_is_shown_in_figures():
    award = an_award({"criterion": SOLE}, formula="quality_in_euros", quality={"Confort": 30000})
    tables, _ = read(award=award)
    shown = next(table for table in tables if table[0][0] == "Offre")[1:]
    assert [row[3] for row in shown] == ["100 000,00", "95 000,00", "95 000,00"]
    assert [row[4] for row in shown] == ["3", "1", "2"]


@pytest.mark.parametrize(
    ("criterion", "sentence"),
    [
        ({"threshold": "below", "order": 2}, "Il a le rang 2 dans l'ordre décroissant"),
        ({"threshold": "below", "equal": True}, "la même valeur que chacun des autres critères"),
        ({"threshold": "at_or_above", "weight": 60}, "Son poids est de 60 %"),
    ],
    ids=["order", "equal", "weight"],
)
def test_the_clause_says_what_the_criterion_weighs(criterion, sentence):
    assert sentence in clause(answers={"criterion": criterion})


def test_external_costs_that_count_are_in_clause_and_annex_with_the_source_of_each_price():
    award = an_award({"externalities": "Prix d'une banque publique, quantités mesurées."})
    tables, words = read(case=a_case(externalities=COUNTED), award=award)
    assert "augmenté des coûts externes" in words
    prices = next(table for table in tables if table[0][0] == "Émission")[1:]
    assert [row[1] for row in prices] == ["250", "800"]
    assert all("E3G" in row[4] for row in prices)


WRONG = {
    "method": ({"case": {"buyer": {}}}, "sheet"),
    "parameters": ({"case": a_case(buyer={"years": 20})}, "buyer.electricity_price"),
    "parameters-open": (
        {
            "case": {
                "sheet": "vending",
                "title": "T",
                "buyer": {"quantity": 1, "electricity_price": 1, "days_year": 300},
            }
        },
        "buyer.leak_share",
    ),
    "assumptions": ({"award": an_award({"assumptions_confirmed": ["timing"]})}, "annex.assumptions_confirmed"),
    "frozen": ({"award": an_award(without=["frozen"])}, "annex.frozen"),
    "link": ({"award": an_award({"link": " "})}, "annex.link"),
    "objectivity": ({"award": an_award({"objectivity": {"nl": "Nagegaan."}})}, "annex.objectivity"),
    "access": ({"award": an_award(without=["access"])}, "annex.access"),
    "effort": ({"award": an_award({"effort": False})}, "annex.effort"),
    "verification": ({"award": an_award(without=["verification"])}, "annex.verification"),
    "externalities": ({"case": a_case(externalities=COUNTED)}, "annex.externalities"),
    "formula": ({"award": an_award(formula="linear")}, "AWARD"),
    "formula-word": ({"award": an_award(formula="cheapest")}, "AWARD"),
    "weight-threshold": ({"award": an_award({"criterion": {"weight": 60}})}, "annex.criterion.threshold"),
    "weight": ({"award": an_award({"criterion": {"threshold": "below"}})}, "annex.criterion"),
    "weight-twice": ({"award": an_award({"criterion": {**SOLE, "weight": 60}})}, "annex.criterion"),
    "weight-order": ({"award": an_award({"criterion": {"threshold": "at_or_above", "order": 1}})}, "annex.criterion"),
    "weight-alone": ({"award": an_award(formula="lowest")}, "annex.criterion"),
    "weight-maximum": ({"award": an_award(maximum=40)}, "AWARD, maximum"),
    "ties": ({"award": an_award(without=["ties"])}, "AWARD, ties"),
    "missing_value": ({"award": an_award({"missing_value": "zero"})}, "annex.missing_value"),
    "authority": ({"award": an_award(without=["authority"])}, "annex.authority"),
    "subject": ({"award": an_award(without=["subject"])}, "annex.subject"),
    "form": ({"award": an_award({"colour": "blue"})}, "annex."),
    "form-sources": ({"award": an_award({"sources": {"electricty_price": "bill"}})}, "annex.sources"),
    "form-not_used": ({"award": an_award({"not_used": "years"})}, "annex.not_used"),
}


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_point_that_is_not_green_is_named_with_its_place_and_remedy(name, language):
    given, where = deepcopy(WRONG[name])
    if name == "objectivity" and language == "nl":
        given["award"]["annex"]["objectivity"] = {"fr": "Vérifié."}
    problems = [each for each in refused(language=language, **given) if each.key == name.partition("-")[0]]
    assert any(where in each.where for each in problems)
    assert all(each.what and each.remedy for each in problems)


def test_every_point_of_the_checklist_has_a_case_that_it_refuses():
    assert set(points()) <= {name.partition("-")[0] for name in WRONG}


def test_all_that_is_missing_is_said_at_once():
    problems = refused(award={"formula": "lowest", "annex": {}})
    assert {"frozen", "link", "objectivity", "access", "effort", "verification", "weight", "ties"} <= {
        each.key for each in problems
    }


def test_a_value_on_which_no_offer_depends_may_stay_open_when_it_is_said():
    case = {
        "sheet": "vending",
        "title": "T",
        "buyer": {"quantity": 1, "electricity_price": Decimal("0.3"), "days_year": 300},
    }
    kept = [each.key for each in sheet_named("vending").buyer if each.is_assumption and each.key != "days_year"]
    answers = {"assumptions_confirmed": kept, "not_used": ["leak_share"], "sources": {}}
    tables, _ = read(case=case, award=an_award(answers))
    row = next(row for table in tables for row in table if len(row) > 1 and row[1] == "leak_share")
    assert row[2] == "–"
    assert "Sans objet" in row[4]


def test_points_on_a_hundred_are_said_to_be_scaled_by_the_weight():
    said = clause(maximum=100)
    assert "Points = 100 × coût comparé le plus bas" in said
    assert "multipliés par 60 ÷ 100" in said
    assert "multipliés" not in clause()


@pytest.mark.parametrize("name", sheets())
def test_every_sheet_has_its_annex_in_both_languages(name):
    sheet = sheet_named(name)
    case = {**example_of(name), "title": "T"}
    given = case.get("buyer", {})
    kept = [each.key for each in sheet.buyer if each.is_assumption and each.key not in given]
    open_values = [each.key for each in sheet.buyer if each.default is None and each.key not in given]
    award = an_award({"assumptions_confirmed": kept, "not_used": open_values, "sources": {}, "externalities": "X."})
    for language in ("fr", "nl"):
        tables, words = read(language, case, award)
        assert sheet.title.said(language) in words
        cells = [cell for table in tables for row in table for cell in row]
        assert {each.amount.text for each in sheet.flows} <= set(cells)
        assert all(any(f"({each.key})" in cell for cell in cells) for each in sheet.tenderer)


def test_the_command_writes_the_annex_or_says_what_is_missing(tmp_path):
    target = tmp_path / "annex.docx"
    order = ["lcc", "annex", str(CASE), "--language", "nl", "--output", str(target), "--award"]
    assert CliRunner().invoke(main, [*order, str(AWARD)]).exit_code == 0
    assert target.read_bytes() == annex(a_case(), an_award(), "nl")
    target.unlink()
    bare = tmp_path / "award.yaml"
    bare.write_text("formula: lowest\n", encoding="utf-8")
    result = CliRunner().invoke(main, [*order, str(bare)])
    assert result.exit_code == 2
    assert "annex.access: “De methode is voor iedereen toegankelijk”" in result.stderr
    assert not target.exists()


def test_the_award_file_with_its_annex_still_gives_points(tmp_path):
    text = AWARD.read_text(encoding="utf-8") + "offers: [{offer: A, lcc: 100, price: 1}]\n"
    path = tmp_path / "award.yaml"
    path.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["lcc", "award", str(path)])
    assert result.exit_code == 0, result.output
    assert re.search(r"A\s+100\.00\s+60\.00\s+1", result.stdout)


def test_libreoffice_opens_it(tmp_path):
    made = tmp_path / "annex.docx"
    made.write_bytes(annex(a_case(), an_award(), "fr"))
    convert([made], "txt", tmp_path / "out", timeout=300)
    text = spaced((tmp_path / "out" / "annex.txt").read_text(encoding="utf-8-sig"))
    assert "Points = 60 × coût comparé le plus bas" in text


@pytest.mark.parametrize(
    ("language", "formula"),
    [("fr", "(k + 1) − n ÷ vie"), ("nl", "(k + 1) − n ÷ levensduur")],
)
def test_the_residual_value_has_its_formula_where_the_sheet_has_one(language, formula):
    assert formula in read(language)[1]
    case = {"sheet": "vending", "title": "T", "buyer": {"quantity": 1, "electricity_price": Decimal("0.3"), "days_year": 300}}
    kept = [each.key for each in sheet_named("vending").buyer if each.is_assumption and each.key != "days_year"]
    award = an_award({"assumptions_confirmed": kept, "not_used": ["leak_share"], "sources": {}})
    assert formula not in read(language, case, award)[1]


@pytest.mark.parametrize(
    ("life", "study", "bought_again"),
    [("7.5", 20, 2), ("3", 15, 4), ("20", 15, 0), ("0.4", 1, 2), ("6.4", 15, 2)],
)
def test_the_formula_of_the_annex_is_what_the_engine_counts(life, study, bought_again):
    assert bought_again * Decimal(life) < study <= (bought_again + 1) * Decimal(life)
    counted = unused_share(Decimal(life), Decimal(study))
    assert round(counted, 20) == round(bought_again + 1 - study / Decimal(life), 20)


SOLE_QUALITY = {"formula": "quality_in_euros", "quality": {"Garantie": 5000}, "maximum": 100}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Garantie 5 000,00 EUR (note de 0 à 10 points, 500,00 EUR par point). Un critère retranche au moins 0 et au plus cette valeur."),
        ("nl", "Garantie 5.000,00 EUR (score van 0 tot 10 punten, 500,00 EUR per punt). Een criterium trekt minstens 0 en hoogstens die waarde af."),
    ],
)
def test_quality_in_euros_publishes_the_worth_of_a_point_and_its_bounds(language, said):
    award = an_award({"criterion": SOLE, "quality_points": {"Garantie": 10}}, **SOLE_QUALITY)
    assert said in spaced("\n".join(clause_paragraphs(check(a_case(), award, language), language)))


@pytest.mark.parametrize("points", [{"Geluid": 3}, {"Garantie": 0}, {"Garantie": "tien"}, [10]])
def test_points_of_a_criterion_that_is_none_or_of_no_number_are_refused(points):
    award = an_award({"criterion": SOLE, "quality_points": points}, **SOLE_QUALITY)
    assert any("quality_points" in each.where for each in refused(award=award))


@pytest.mark.parametrize("ties", ["none", "lower_price"])
def test_clause_and_specification_say_the_same_of_equal_offers(ties):
    fixed = (EXAMPLES.parent / "templates/documents/specification/10-administrative.yaml").read_text(encoding="utf-8")
    fixed = " ".join(fixed.split())
    alone = spaced("\n".join(clause_paragraphs(check(a_case(), an_award({"criterion": SOLE}, ties=ties, maximum=100), "fr"), "fr")))
    lot = "Si plusieurs offres partagent la première place, le tirage au sort décide en présence des intéressés, sauf règle contraire de la réglementation."
    assert lot in alone
    assert lot in fixed
    assert ("le prix d'achat (location comprise) est le plus bas passe devant" in alone.replace("dont ", "")) is (ties == "lower_price")
    beside = clause(ties=ties)
    assert "tirage au sort" not in beside
    assert "la règle des documents du marché sur l'égalité des totaux s'applique" in beside
    assert "passe devant" not in beside


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_law_on_missing_documents_is_said_only_as_it_was_read(language):
    words = clause(language)
    assert ("procédure négociée" in words) is ("onderhandelingsprocedure" in words) is False
    assert ("En procédure ouverte ou restreinte, la réponse ne modifie pas" in words) is (language == "fr")
    assert ("In een openbare of niet-openbare procedure wijzigt het antwoord" in words) is (language == "nl")


@pytest.mark.parametrize(("language", "said"), [("fr", "Vous n'avez rien à calculer vous-même"), ("nl", "U hoeft zelf niets te berekenen")])
def test_the_formulas_begin_with_what_a_tenderer_must_know_of_them(language, said):
    _, words = read(language)
    assert words.index(said) < words.index("is_replaced(")
