"""Workbooks of several tenderers read back: those that can be are ranked, the others are named, points and report follow."""

import datetime
import io
import json
from dataclasses import replace
from decimal import Decimal

import docx
import pytest
import yaml
from click.testing import CliRunner
from workbooks import filled

from mpdi.cli import main
from mpdi.costing.evaluation import evaluated
from mpdi.costing.examples import example_of
from mpdi.costing.files import count
from mpdi.costing.word_report import word_report
from mpdi.costing.workbook_case import read_each
from mpdi.costing.workbook_layout import PLACE
from mpdi.costing.workbook_problems import WorkbookRefusedError

VENDING = example_of("vending")
FIRST, SECOND = VENDING["offers"][:2]
RULE = {"formula": "proportional", "maximum": 40, "decimals": 2, "ties": "lower_price"}


def named(offer, name, **values):
    return {"name": name, "values": {**offer["values"], **values}}


def a_file(offer, language="fr", change=None):
    return f"{offer['name'] or 'sans-nom'}.xlsx", filled(VENDING, offer, language, change)


def without_price(book, cells):
    book[cells.offer.name].cell(cells.value_rows["price"] + 1, 3).value = None


GOOD = [a_file(FIRST), a_file(SECOND)]
FAULTY = ("faux.xlsx", filled(VENDING, named(FIRST, "Faux", price="=1+1"), "fr"))


def test_one_faulty_workbook_is_named_with_its_cell_and_the_others_are_counted():
    tenders, refused = read_each([GOOD[0], FAULTY, GOOD[1]], "fr")
    assert [each.name for each in tenders.tenders] == [FIRST["name"], SECOND["name"]]
    assert [each.file for each in refused] == ["faux.xlsx"]
    assert refused[0].cell.startswith("Offre!C")
    alone = count({**VENDING, "offers": [FIRST, SECOND]})
    assert [each.lcc for each in tenders.counted.result.alternatives] == [each.lcc for each in alone.result.alternatives]


def test_two_files_of_one_tenderer_are_both_set_aside():
    twice = ("encore.xlsx", GOOD[0][1])
    tenders, refused = read_each([GOOD[0], twice, GOOD[1]], "fr")
    assert [each.name for each in tenders.tenders] == [SECOND["name"]]
    assert {each.file for each in refused} == {GOOD[0][0], "encore.xlsx"}


def test_another_digest_than_published_sets_aside_what_bears_it():
    other = {**VENDING, "buyer": {**VENDING["buyer"], "years": 9}}
    strange = ("autre.xlsx", filled(other, named(FIRST, "Autre"), "fr"))
    tenders, refused = read_each([GOOD[0], strange], "fr")
    assert [each.name for each in tenders.tenders] == [FIRST["name"]]
    assert [each.file for each in refused] == ["autre.xlsx"]


def test_where_none_is_left_all_reasons_are_said():
    with pytest.raises(WorkbookRefusedError) as caught:
        read_each([FAULTY, ("rien.xlsx", b"nothing")], "fr")
    assert {each.file for each in caught.value.problems} == {"faux.xlsx", "rien.xlsx"}


def test_an_incomplete_ranking_says_so_first_in_the_report():
    tenders, refused = read_each([GOOD[0], FAULTY, GOOD[1]], "fr")
    held = evaluated(tenders.counted.result, 3, refused, RULE)
    document = docx.Document(io.BytesIO(word_report(count(tenders.data, "fr"), "fr", evaluation=held)))
    words = "\n".join(each.text for each in document.paragraphs)
    assert "CLASSEMENT INCOMPLET : 1 classeur(s) sur 3 refusé(s)" in words
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert any(row[0] == "faux.xlsx" and row[1].startswith("Offre!C") for row in cells)
    best = min(tenders.counted.result.alternatives, key=lambda each: each.lcc)
    assert [best.name, "40,00", "1"] in [[row[0], *row[2:]] for row in cells if len(row) == 4]


def test_a_whole_ranking_says_nothing_of_it():
    tenders, refused = read_each(GOOD, "nl")
    held = evaluated(tenders.counted.result, 2, refused)
    assert (held.incomplete("nl"), held.awarded) == ("", ())


@pytest.fixture
def run(tmp_path):
    """Run `mpdi lcc read` on files of that content."""

    def running(files, *arguments, code=0):
        paths = []
        for name, content in files:
            (tmp_path / name).write_bytes(content)
            paths.append(str(tmp_path / name))
        result = CliRunner().invoke(main, ["lcc", "read", *paths, *map(str, arguments)])
        assert result.exit_code == code, result.output
        return result

    return running


def test_the_command_leads_from_workbooks_to_points(run, tmp_path):
    rule = tmp_path / "award.yaml"
    rule.write_text(yaml.safe_dump(RULE), encoding="utf-8")
    result = run([GOOD[0], FAULTY, GOOD[1]], "--award", rule, "--language", "fr", code=1)
    lines = result.stdout.splitlines()
    assert lines[0].startswith("CLASSEMENT INCOMPLET : 1 classeur(s) sur 3")
    assert any("40,00" in line for line in lines)
    assert "faux.xlsx, Offre!C" in result.stderr
    data = json.loads(run([GOOD[0], FAULTY, GOOD[1]], "--award", rule, "--format", "json", code=1).stdout)
    assert (data["is_complete"], data["refused"][0]["file"]) == (False, "faux.xlsx")
    assert max(each["points"] for each in data["points"]) == 40


def test_the_command_writes_the_evaluation_report(run, tmp_path):
    target = tmp_path / "verslag.docx"
    cover = ("--authority", "Gemeente Voorbeeld", "--reference", "VB-2026-7", "--object", "Automaten voor het gemeentehuis")
    run(GOOD, "--format", "docx", "--output", target, "--language", "nl", *cover)
    document = docx.Document(str(target))
    words = "\n".join(each.text for each in document.paragraphs)
    assert "Rangschikking" in words
    first = words[: words.index("Rangschikking")]
    assert all(each in first for each in (*cover[1::2], "Evaluatieverslag: levenscycluskosten"))
    assert document.core_properties.title == "Evaluatieverslag: levenscycluskosten – Automaten voor het gemeentehuis"
    assert run(GOOD, "--format", "docx", code=2).stderr.startswith("A Word file is not printed")


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_no_english_is_left_in_what_is_printed(run, language):
    text = run(GOOD, "--language", language).stdout
    for word in ("offer ", "purchase", "present value", "against", "payback", "earned back", "Assumptions", "Sheet ",
                 "VAT", "discount rate", "kg/year", "more in", "less in", "Caution"):  # fmt: skip
        assert word not in text, word
    assert ("achat, location" if language == "fr" else "aankoop, huur") in text


def test_scores_of_quality_in_euros_come_from_the_award_file():
    result = count({**VENDING, "offers": [FIRST, SECOND]}).result
    rule = {"formula": "quality_in_euros", "quality": {"noise": 1000}, "ties": "none",
            "offers": [{"offer": FIRST["name"], "scores": {"noise": Decimal(1)}}, {"offer": SECOND["name"], "scores": {"noise": Decimal(0)}}]}  # fmt: skip
    held = evaluated(result, 2, (), rule)
    assert held.awarded[0].compared == pytest.approx(result.alternatives[0].lcc - 1000, abs=Decimal("0.01"))


QUALITY_SAID = {
    "fr": ("Première selon la règle publiée, au prix de comparaison le plus bas : « {first} »", "Moins cher sur la durée de vie : « {cheapest} »",
           "Ce qui changerait l’offre la moins chère sur la durée de vie", "portent sur le coût du cycle de vie seul", "Ce qui changerait le gagnant"),
    "nl": ("Eerste volgens de bekendgemaakte regel, met de laagste vergelijkingsprijs: “{first}”", "Goedkoopst over de levensduur: “{cheapest}”",
           "Wat de goedkoopste offerte over de levensduur zou veranderen", "gaan over de levenscycluskosten alleen", "Wat de winnaar zou veranderen"),
}  # fmt: skip


@pytest.mark.parametrize("language", QUALITY_SAID)
def test_with_quality_in_euros_the_cover_names_the_first_by_comparison_price(language):
    counted = count({**VENDING, "offers": [FIRST, SECOND]}, language)
    cheapest, dearer = sorted(counted.result.alternatives, key=lambda each: each.lcc)
    worth = int(dearer.lcc - cheapest.lcc) + 1000
    scores = [{"offer": each.name, "scores": {"noise": Decimal(each is dearer)}} for each in counted.result.alternatives]
    rule = {"formula": "quality_in_euros", "quality": {"noise": worth}, "ties": "none", "offers": scores}
    held = evaluated(counted.result, 2, (), rule)
    document = docx.Document(io.BytesIO(word_report(counted, language, (), None, held)))
    cover = [each.text.replace("\xa0", " ") for each in document.paragraphs if each.style.name == "Cover verdict"]
    first, by_life, heading, alone, never = QUALITY_SAID[language]
    assert cover[0].startswith(first.format(first=dearer.name))
    assert cover[1].startswith(by_life.format(cheapest=cheapest.name))
    words = "\n".join(each.text for each in document.paragraphs)
    assert (heading in words, alone in words, never in words) == (True, True, False)


def test_where_the_rule_parts_equal_costs_the_cover_names_the_one_that_goes_first():
    case = {**VENDING, "offers": [FIRST, SECOND]}
    counted = count(case, "fr")
    held = evaluated(counted.result, 2, (), RULE)
    equal = [replace(each, compared=Decimal(5), place=place) for place, each in enumerate(held.awarded, 1)]
    parted, shared = (
        docx.Document(io.BytesIO(word_report(counted, "fr", (), None, replace(held, awarded=tuple(each)))))
        for each in (equal, [replace(one, place=1) for one in equal])
    )
    said = f"Première selon la règle publiée : « {FIRST['name']} »"
    assert said in "\n".join(each.text for each in parted.paragraphs).replace("\xa0", " ")
    assert "règle publiée" not in "\n".join(each.text for each in shared.paragraphs)


@pytest.mark.parametrize(
    ("language", "evaluated_day", "frozen"),
    [("fr", "12 janvier 2027", "Paramètres figés le"), ("nl", "12 januari 2027", "Parameters vastgelegd op")],
)
def test_the_report_bears_the_day_of_evaluation_and_apart_that_of_the_parameters(run, tmp_path, monkeypatch, language, evaluated_day, frozen):
    monkeypatch.setattr("mpdi.costing.workbook_commands.today", lambda: datetime.date(2027, 1, 12))
    target = tmp_path / "report.docx"
    run(GOOD, "--format", "docx", "--output", target, "--language", language)
    document = docx.Document(str(target))
    cover = "\n".join(each.text for each in document.paragraphs[:12])
    cover += "\n".join(cell.text for row in document.tables[0].rows for cell in row.cells)
    day = read_each(GOOD, "fr")[0].tenders[0].parameters.date
    assert evaluated_day in cover.replace("\xa0", " ")
    assert frozen in cover
    assert f"{day:%d/%m/%Y}" in cover


@pytest.mark.parametrize(
    ("language", "confirmed", "kept"),
    [
        ("fr", "Hypothèse de la fiche, confirmée par le pouvoir adjudicateur", "Hypothèses de la fiche, gardées faute de valeur"),
        ("nl", "Aanname van de fiche, bevestigd door de aanbesteder", "Aannames van de fiche, behouden bij gebrek"),
    ],
)  # fmt: skip
def test_the_report_names_a_confirmed_assumption_as_the_annex_does(language, confirmed, kept):
    case = {**VENDING, "offers": [FIRST, SECOND]}
    counted = count(case, language)
    assumed = list(counted.filled.assumed)
    assert assumed

    def report(**annex):
        held = evaluated(counted.result, 2, (), {**RULE, "annex": annex})
        document = docx.Document(io.BytesIO(word_report(counted, language, None, None, held)))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return cells, "\n".join(each.text for each in document.paragraphs).replace("\u00a0", " ")

    cells, words = report(assumptions_confirmed=assumed)
    assert cells.count(confirmed) == len(assumed)
    assert kept not in words
    cells, words = report(assumptions_confirmed=assumed[1:])
    assert cells.count(confirmed) == len(assumed) - 1
    assert kept in words


def with_proofs(book, cells):
    for row in cells.value_rows.values():
        book[cells.offer.name].cell(row + 1, PLACE + 1).value = "annexe 3, page 12"


@pytest.mark.parametrize(("language", "head"), [("fr", "Preuve dans l’offre"), ("nl", "Bewijs in de offerte")])
def test_the_report_says_where_proofs_stand_and_whose_workbook_was_refused(run, tmp_path, language, head):
    target = tmp_path / "report.docx"
    foreign = ("vide.xlsx", b"nothing")
    run([a_file(FIRST, "fr", with_proofs), GOOD[1], FAULTY, foreign], "--format", "docx", "--output", target, "--language", language, code=1)
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in docx.Document(str(target)).tables]
    proved = [rows for rows in tables if head in rows[0]]
    assert len(proved) == 2
    assert {row[-1] for row in proved[0][1:]} == {"annexe 3, page 12"}
    assert {row[-1] for row in proved[1][1:]} == {"–"}
    refused = {row[0]: row[2] for rows in tables for row in rows if row[0] in ("faux.xlsx", "vide.xlsx")}
    assert refused == {"faux.xlsx": "Faux", "vide.xlsx": "–"}


LAMPS = example_of("indoor_lighting")


@pytest.mark.parametrize(("language", "said"), [("fr", "Copiez l'empreinte entière"), ("nl", "Kopieer de hele vingerafdruk"), ("en", "Copy the whole digest")])
def test_a_digest_that_is_none_says_what_to_do(language, said):
    with pytest.raises(WorkbookRefusedError) as caught:
        read_each(GOOD, language, "83a5768bec")
    assert said in str(caught.value)
    assert "83a5768bec" in str(caught.value)


def test_a_digest_that_no_workbook_bears_is_first_to_be_compared_with_what_was_published():
    with pytest.raises(WorkbookRefusedError) as caught:
        read_each(GOOD, "fr", "a" * 64)
    assert "si elle est mal recopiée, corrigez-la" in str(caught.value)


def test_a_digest_may_be_pasted_with_spaces_and_capitals():
    tenders, _ = read_each(GOOD, "fr")
    digest = tenders.tenders[0].parameters.digest
    again, refused = read_each(GOOD, "fr", f" {digest[:30].upper()} {digest[30:]}\n")
    assert (len(again.tenders), refused) == (2, ())


@pytest.mark.parametrize(("language", "said"), [("fr", "Peut-être 0,038 kW, soit 38 W ?"), ("nl", "Misschien 0,038 kW, dus 38 W?"), ("en", "Perhaps 0.038 kW, that is 38 W?")])
def test_watts_that_were_perhaps_typed_as_kilowatts_are_asked_about(language, said):
    content = filled(LAMPS, named(LAMPS["offers"][0], "Delta", power=0.038), language)
    with pytest.raises(WorkbookRefusedError) as caught:
        read_each([("delta.xlsx", content)], language)
    assert said in str(caught.value)


@pytest.mark.parametrize(("language", "said", "never"), [("fr", "Une seule offre comptée", "moins cher"), ("nl", "Eén enkele offerte geteld", "oedkoopst")])
def test_a_single_workbook_is_not_called_the_cheapest(language, said, never):
    tenders, _ = read_each([GOOD[0]], language)
    document = docx.Document(io.BytesIO(word_report(count(tenders.data, language), language, (), None, evaluated(tenders.counted.result, 1))))
    cover = [each for each in document.paragraphs if each.style.name == "Cover verdict"]
    assert said in cover[0].text.replace("\xa0", " ")
    assert never not in "\n".join(each.text for each in document.paragraphs)


def test_the_verdict_is_the_largest_text_of_the_cover_below_the_object_and_says_first_what_is_missing():
    tenders, refused = read_each([*GOOD, FAULTY], "fr")
    held = evaluated(tenders.counted.result, 3, refused)
    document = docx.Document(io.BytesIO(word_report(count(tenders.data, "fr"), "fr", (), None, held)))
    cover = [each for each in document.paragraphs if each.style.name.startswith("Cover")]
    verdict = [each for each in cover if each.style.name == "Cover verdict"]
    assert [each.text.split()[0] for each in verdict] == ["CLASSEMENT", "Moins"]
    assert verdict[0].style.font.size.pt >= 14
    refused_at = next(at for at, each in enumerate(document.paragraphs) if each.text == "Classeurs refusés" and each.style.name.startswith("Heading"))
    assert document.paragraphs[refused_at + 1].paragraph_format.keep_with_next
    assert " »" not in verdict[1].text
