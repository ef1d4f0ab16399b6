"""The plan as Word, workbook and calendar: same bytes, both languages, everything in it, opened by LibreOffice."""

import datetime
import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import docx
import icalendar
import libreoffice
import openpyxl
import pytest
from docx_checks import assert_good_docx, body_of, parts_of, w
from lxml import etree

from mpdi.action_plans.commands import PLAN_FILES
from mpdi.action_plans.core.plan import ActionPlanDocument, DecidedPlan
from mpdi.action_plans.core.profile import AskedObjective
from mpdi.action_plans.core.vocabulary import Unit, VersionKind
from mpdi.action_plans.files.document import MANIFEST_FORMAT, plan_document, write_plan
from mpdi.action_plans.files.workbook import PROFILE_SHEET
from mpdi.documents.bilingual import BilingualDocument
from mpdi.documents.docx_text import printed_text
from mpdi.documents.model import Picture, Table, content_text

LANGUAGES = ("fr", "nl", "fr+nl")


def words_of(data: bytes) -> str:
    return printed_text(body_of(data))


@pytest.fixture(scope="module")
def plans(draft, commune):
    return {language: draft(replace(commune, language=language)) for language in LANGUAGES}


@pytest.mark.parametrize("suffix", sorted(PLAN_FILES))
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_profile_gives_the_same_bytes(plans, draft, commune, suffix, language):
    again = draft(replace(commune, language=language))
    assert PLAN_FILES[suffix](plans[language]) == PLAN_FILES[suffix](again)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["commune", "hospital", "nothing"])
def test_the_word_file_is_as_good_as_a_specification(draft, request, name, language):
    plan = draft(replace(request.getfixturevalue(name), language=language))
    assert_good_docx(write_plan(plan))


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_every_element_action_risk_and_objective_is_in_the_word_file(plans, language):
    plan = plans[language]
    words = words_of(write_plan(plan))
    for each in (*(part.element.title for part in plan.elements), *(risk.what for risk in plan.canevas.risks)):
        assert each[language] in words
    for action in plan.actions:
        assert words.count(action.what[language]) >= 2, action.key
    for objective in plan.objectives:
        assert objective.indicator.aim[language] in words
    assert plan.canevas.digest in words
    assert plan.profile_digest in words


def test_a_target_that_is_not_set_is_marked_and_one_that_is_set_is_printed(plans):
    words = words_of(write_plan(plans["fr"]))
    assert "[à fixer]" in words
    assert "80\u00a0%" in words
    assert "sans cible ou sans date: 23 sur 27" in words


def test_the_draft_of_the_decision_says_that_no_jurist_read_it_and_invents_no_competence(plans):
    document = plan_document(plans["fr"])
    decision = next(section for section in document.sections if section.id == "decision")
    words = words_of(write_plan(plans["fr"]))
    assert decision.is_annex
    assert "Avis juridique: en attente" in words
    assert "la base de compétence de l'organe: à compléter" in words
    assert "Nouvelle loi communale" not in words


def test_the_summary_is_two_pages_of_things_to_decide(plans):
    summary = plan_document(plans["fr"]).sections[0]
    assert summary.id == "summary"
    tables = [block for block in summary.blocks if isinstance(block, Table)]
    assert sum(len(table.rows) for table in tables) <= 30


def test_each_chart_has_its_words_and_its_table_beside_it(plans):
    document = plan_document(plans["nl"])
    pictures = [block for section in document.sections for block in section.blocks if isinstance(block, Picture)]
    assert len(pictures) == 4
    assert "2.400.000 EUR (46 %)".replace(" ", "\u00a0").replace("\u00a0(", " (") in pictures[0].description
    shapes = docx.Document(BytesIO(write_plan(plans["nl"]))).inline_shapes
    assert len(shapes) == 4
    assert all(shape._inline.docPr.get("descr") for shape in shapes)


def test_two_languages_stand_side_by_side_and_an_amount_once(plans):
    document = plan_document(plans["fr+nl"])
    assert isinstance(document, BilingualDocument)
    table = next(block for block in document.fr.sections[1].blocks if isinstance(block, Table))
    twin = next(block for block in document.nl.sections[1].blocks if isinstance(block, Table))
    assert [content_text(row[1]) for row in table.rows] == [content_text(row[1]) for row in twin.rows]


def test_who_says_nothing_gets_the_levels_to_tick_and_is_told_what_is_missing(draft, nothing):
    words = words_of(write_plan(draft(nothing)))
    assert words.count("☐") == 30
    assert "Le profil ne dit pas ce que l'autorité achète" in words


def test_the_manifest_says_which_canevas_and_profile(plans):
    manifest = parts_of(write_plan(plans["fr"]))["customXml/item1.xml"].decode()
    assert MANIFEST_FORMAT in manifest
    assert plans["fr"].canevas.digest in manifest
    assert plans["fr"].profile_digest in manifest


def test_hostile_words_of_a_profile_stay_words(draft, commune):
    text = "<b>&amp;</b> \x01 {name} %s"
    purchase = replace(commune.purchases[0], object=text)
    plan = draft(replace(commune, purchases=(purchase,)))
    assert "<b>&amp;</b>" in words_of(write_plan(plan))
    assert "{name} %s" in PLAN_FILES["ics"](plan).decode().replace("\r\n ", "")


def test_the_workbook_has_stable_keys_days_that_sort_and_a_hidden_profile(plans):
    book = openpyxl.load_workbook(BytesIO(PLAN_FILES["xlsx"](plans["fr"])))
    assert book[PROFILE_SHEET].sheet_state == "hidden"
    keys = [row[0] for row in book["Actions"].iter_rows(min_row=2, max_col=1, values_only=True)]
    assert keys == [each.key for each in plans["fr"].actions]
    assert all(isinstance(row[4], datetime.datetime) for row in book["Actions"].iter_rows(min_row=2, values_only=True))
    targets = [row[4] for row in book["Objectifs"].iter_rows(min_row=2, values_only=True)]
    assert 0.8 in targets
    assert None in targets
    assert not [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_the_calendar_has_a_whole_day_for_each_entry_under_its_own_identifier(plans):
    calendar = icalendar.Calendar.from_ical(PLAN_FILES["ics"](plans["fr+nl"]))
    events = calendar.walk("VEVENT")
    assert len(events) == len(plans["fr+nl"].calendar)
    assert len({str(each["UID"]) for each in events}) == len(events)
    assert all(isinstance(each.decoded("DTSTART"), datetime.date) for each in events)


def test_an_identifier_stays_when_its_day_moves(plans, draft, commune):
    moved = draft(replace(commune, period=replace(commune.period, last=datetime.date(2029, 6, 30)), language="fr+nl"))

    def identifiers(data: bytes) -> list[str]:
        return sorted(re.findall(r"^UID:(.*?)\r$", data.decode(), re.MULTILINE))

    assert identifiers(PLAN_FILES["ics"](plans["fr+nl"])) == identifiers(PLAN_FILES["ics"](moved))


@pytest.mark.services
def test_libreoffice_opens_each_file(plans, tmp_path):
    place = tmp_path / "files"
    place.mkdir()
    for language in LANGUAGES:
        for suffix in ("docx", "xlsx"):
            (place / f"{language.replace('+', '-')}-{suffix}.{suffix}").write_bytes(PLAN_FILES[suffix](plans[language]))
    libreoffice.convert(sorted(place.glob("*.docx")), "odt", tmp_path / "odt")
    libreoffice.convert(sorted(place.glob("*.xlsx")), "ods", tmp_path / "ods")
    for language in LANGUAGES:
        words = ZipFile(tmp_path / "odt" / f"{language.replace('+', '-')}-docx.odt").read("content.xml").decode()
        assert words.count("<text:h ") >= len(plans[language].elements)
        for part in plans[language].elements:
            assert part.element.title[language[-2:]].replace("'", "&apos;") in words


def spaced(data: bytes) -> str:
    """The words of a file with plain spaces in its dates."""
    return words_of(data).replace("\u00a0", " ")


DECIDED = DecidedPlan(2, VersionKind.AMENDMENT, datetime.date(2026, 9, 21), "le Conseil fictif", is_shown=True)


def test_a_version_that_was_decided_on_says_by_whom_and_when_and_asks_for_no_decision(plans):
    words = spaced(write_plan(replace(plans["fr"], decided=DECIDED)))
    assert "version 2, modifiée le 21 septembre 2026 (le Conseil fictif)" in words
    for asked in ("à adopter par l'organe", "est adopté pour la période", "Adopter le plan", "base de compétence"):
        assert asked not in words


def test_a_draft_after_a_decision_asks_to_replace_what_was_decided(plans):
    words = spaced(write_plan(replace(plans["nl"], decided=replace(DECIDED, is_shown=False))))
    assert "ontwerp van wijziging van versie 2, beslist op 21 september 2026" in words
    assert "Het actieplan van 21 september 2026 (versie 2) wordt vervangen" in words
    assert "wordt aangenomen voor de periode" not in words


def test_objectives_left_out_of_the_summary_are_counted_there(plans, commune, draft):
    by = commune.period.last
    every = tuple(replace(each, target=Decimal("0.5"), by=by) for each in _asked(plans["fr"]))
    words = words_of(write_plan(draft(replace(commune, language="fr", objectives=every))))
    assert f"{len(every) - 6} de plus à la partie 1." in words
    assert "de plus à la partie 1." not in words_of(write_plan(plans["fr"]))


def _asked(plan: ActionPlanDocument) -> list[AskedObjective]:
    shares = [each for each in plan.objectives if each.indicator.unit is Unit.SHARE]
    return [AskedObjective(each.category, each.indicator.key) for each in shares]


def test_lists_beside_each_other_count_apart(plans):
    numbering = etree.fromstring(parts_of(write_plan(plans["fr+nl"]))["word/numbering.xml"])
    defined = [number.find(w("abstractNumId")).get(w("val")) for number in numbering.findall(w("num"))]
    assert len(defined) == len(set(defined)) > 5
    marks = [each.find(w("nsid")).get(w("val")) for each in numbering.findall(w("abstractNum"))]
    assert len(marks) == len(set(marks))
    assert all(re.fullmatch("[0-9A-F]{8}", each) for each in marks)
