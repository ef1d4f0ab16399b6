"""The verification plan: dates that follow from the purchase and no others, three files, the portal's page."""

import datetime
import re
from decimal import Decimal
from io import BytesIO

import libreoffice
import openpyxl
import pytest
from docx import Document
from docx_checks import assert_good_docx
from icalendar import Calendar
from page_walk import CLEANING, Flow, errors_of, served

from mpdi.clause_library.core.answers import read_answers
from mpdi.clause_library.core.model import Bilingual
from mpdi.documents.docx_reader import read_specification
from mpdi.public_holidays import closed_day
from mpdi.specifications.skeleton import read_document_data
from mpdi.specifications.verification import Phase, plan_verification
from mpdi.specifications.verification_dates import (
    Schedule,
    StartOutOfRangeError,
    execution_of,
    last_day_of,
    schedule_of,
)
from mpdi.specifications.verification_files import PLAN_FILES
from mpdi.specifications.verification_words import capital
from mpdi.specifications.writing import prepare

START = datetime.date(2027, 1, 1)
PURCHASE = {
    "reference": "EX-2026-090",
    "publication_date": datetime.date(2026, 12, 1),
    "authority": {"name": "Commune d'Exemple", "type": "local"},
    "object": "=Nettoyage",
    "nature": "services",
    "cpv": ["90919200"],
    "estimated_value": 120000,
    "procedure": "open",
    "duration_months": 15,
    "lots": 2,
    "payment_days": 30,
    "language": "fr",
}


def plan_of(library, *, start=START, **changes):
    purchase = read_answers({**PURCHASE, **changes}, datetime.date(2026, 12, 1))
    return plan_verification(purchase, prepare(purchase, library).selection, library, start)


def of_moment(plan, moment):
    return next(check for check in plan.checks if check.moment == moment)


@pytest.fixture(scope="module")
def plan(published_library):
    return plan_of(published_library)


def test_every_check_of_every_clause_stands_once_under_a_key_that_says_which(plan, published_library):
    purchase = read_answers(PURCHASE, datetime.date(2026, 12, 1))
    chosen = prepare(purchase, published_library).selection.chosen
    expected = [
        f"{clause.id}:{phase}:{place}"
        for clause in chosen
        for phase, checks in (("tender", clause.tender_checks), ("execution", clause.execution_checks))
        for place in range(1, len(checks) + 1)
    ]
    assert [check.key for check in plan.checks] == expected
    assert len(set(expected)) == len(expected)


def test_numbers_and_penalty_of_the_clause_are_filled_in(published_library):
    changed = plan_of(published_library, parameters={"ENV-CLEAN-001": {"ecolabel_share": 80}})
    check = next(each for each in changed.checks if each.key == "ENV-CLEAN-001:execution:1")
    assert "Part minimale en volume: 80\N{NO-BREAK SPACE}%" in [figure.words("fr") for figure in check.figures]
    assert "50\N{NO-BREAK SPACE}EUR" in check.sanction["nl"]
    assert "{{" not in "".join(each.how.fr + each.sanction.fr for each in changed.checks)


@pytest.mark.parametrize(
    ("moment", "days"),
    [
        ("start", ["2027-01-01"]),
        ("each_half_year", ["2027-06-30", "2027-12-31", "2028-03-31"]),
        ("yearly", ["2027-12-31", "2028-03-31"]),
        ("end", ["2028-03-31"]),
        ("acceptance", []),
        ("each_delivery", []),
        ("award", []),
        ("tender", []),
    ],
)
def test_dates_follow_from_start_and_duration_and_a_shorter_last_period_ends_with_the_contract(moment, days):
    assert [day.isoformat() for day in schedule_of(moment, execution_of(START, Decimal(15))).dates] == days


@pytest.mark.parametrize(("start", "months"), [(None, Decimal(12)), (START, None), (START, Decimal("1.5"))])
def test_no_end_is_invented(start, months):
    execution = execution_of(start, months)
    assert execution.end is None
    assert schedule_of("monthly", execution).dates == ()


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2027-03-01", 12, "2028-02-29"),
        ("2027-03-01", 11, "2028-01-31"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2027-01-15", 48, "2031-01-14"),
    ],
)
def test_months_end_where_a_calendar_says(start, months, last):
    assert last_day_of(datetime.date.fromisoformat(start), months).isoformat() == last


@pytest.mark.parametrize(("year", "is_refused"), [(1999, True), (2000, False), (2100, False), (2101, True)])
def test_a_start_that_is_surely_a_slip_is_refused(year, is_refused):
    start = datetime.date(year, 1, 1)
    if is_refused:
        with pytest.raises(StartOutOfRangeError, match="2000"):
            execution_of(start, Decimal(12))
    else:
        assert execution_of(start, Decimal(12)).start == start


@pytest.mark.parametrize("suffix", sorted(PLAN_FILES))
@pytest.mark.parametrize("language", ["fr", "nl", "fr+nl"])
def test_the_same_plan_gives_the_same_bytes(published_library, suffix, language):
    write = PLAN_FILES[suffix].write
    assert write(plan_of(published_library, language=language)) == write(plan_of(published_library, language=language))


def test_the_word_file_has_a_tick_box_for_each_check_and_repeats_its_header_rows(plan):
    data = PLAN_FILES["docx"].write(plan)
    assert_good_docx(data)
    manifest = read_specification(data).manifest
    assert [each["key"] for each in manifest["checks"]] == [check.key for check in plan.checks]


def test_the_workbook_holds_words_and_days_with_frozen_filtered_heads_and_a_list_of_states(plan):
    book = openpyxl.load_workbook(BytesIO(PLAN_FILES["xlsx"].write(plan)))
    assert book.sheetnames == ["Offres", "Exécution", "Calendrier"]
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert "manquement" in sheet.data_validations.dataValidation[0].formula1
        days = {"A"} if sheet.title == "Calendrier" else set()
        filled = [cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None]
        assert {cell.column_letter for cell in filled if cell.data_type != "s"} == days
        assert {cell.data_type for cell in filled} <= {"s", "d"}
    assert book["Offres"].max_row == 1 + len(plan.of(Phase.TENDER))
    cells = book["Calendrier"]["A"][1:]
    assert {cell.number_format for cell in cells} == {"dd/mm/yyyy"}
    days = [cell.value for cell in cells]
    assert days == sorted(days)
    assert len(days) == sum(len(check.schedule.dates) for check in plan.checks)


def test_a_day_typed_into_the_workbook_is_a_day(plan):
    sheet = openpyxl.load_workbook(BytesIO(PLAN_FILES["xlsx"].write(plan)))["Exécution"]
    done_on = next(cell.column for cell in sheet[1] if cell.value == "Fait le")
    assert sheet.cell(2, done_on).number_format == "dd/mm/yyyy"


def entries_of(plan):
    calendar = Calendar.from_ical(PLAN_FILES["ics"].write(plan))
    return [each for each in calendar.walk() if each.name in ("VEVENT", "VTODO")]


def test_the_calendar_has_whole_days_a_rule_for_what_returns_and_a_task_where_no_day_is_known(plan):
    entries = entries_of(plan)
    identifiers = [str(each["UID"]) for each in entries]
    assert len(set(identifiers)) == len(identifiers)
    tasks = [each for each in entries if each.name == "VTODO"]
    assert len(tasks) == sum(not check.schedule.is_dated for check in plan.checks)
    events = {str(each["UID"]): each for each in entries if each.name == "VEVENT"}
    half_yearly = of_moment(plan, "each_half_year")
    mine = [each for uid, each in events.items() if uid.startswith(half_yearly.key.replace(":", "-") + "-")]
    assert [each["DTSTART"].dt.isoformat() for each in mine] == ["2027-06-30", "2028-03-31"]
    assert mine[0]["RRULE"]["UNTIL"] == [datetime.date(2027, 12, 31)]
    of_checks = [each for each in entries if not str(each["UID"]).startswith(("day-of", "one-of"))]
    assert all(str(each["SUMMARY"]).startswith(("DMP-", "ENV-", "ETH-", "SME-", "SOC-", "INN-")) for each in of_checks)
    assert len(entries) == len(of_checks) + 2


def test_a_telephone_that_shows_no_tasks_shows_the_checks_without_a_day_on_two_days_to_move(plan):
    """Of the tenders on the day of publication, the day of the opening being unknown; the others at the start."""
    days = [each for each in entries_of(plan) if str(each["UID"]).startswith("day-of")]
    assert [each.name for each in days] == ["VEVENT", "VEVENT"]
    assert [each["DTSTART"].dt for each in days] == [plan.publication_date, START]
    tender = [check for check in plan.checks if check.consequence_phase is Phase.TENDER]
    execution = [check for check in plan.checks if check.consequence_phase is Phase.EXECUTION]
    assert str(days[0]["SUMMARY"]) == f"Contrôle des offres: {len(tender)} contrôles"
    assert "Déplacez-le" in days[0]["DESCRIPTION"]
    for event, checks in zip(days, (tender, execution), strict=True):
        lines = [line for line in str(event["DESCRIPTION"]).splitlines() if line.startswith("– ")]
        assert len(lines) == sum(not check.schedule.is_dated for check in checks)


# Checks that are made only if something happened


_CONDITIONAL = re.compile(
    r"(enkel|alleen|op (gemotiveerd )?(verzoek|vraag)|bij (gemotiveerde |precieze )?(twijfel|een aanwijzing|aanwijzingen|een datalek|analyse|alternatieve)|facultatieve|als hij plaatsvindt|in voorkomend geval)\b",
    re.IGNORECASE,
)


def test_every_check_whose_words_begin_with_a_condition_is_listed_and_every_one_listed_is_there(clause_library):
    listed = read_document_data("verification")["only_if"]
    found, begun = {}, {}
    for identifier in clause_library.identifiers:
        clause = clause_library.version(identifier, str(clause_library.versions(identifier)[-1].version))
        for check in clause.execution_checks:
            found.setdefault(identifier, set()).add(check.document)
            if _CONDITIONAL.match(check.check.nl):
                begun.setdefault(identifier, set()).add(check.document)
    assert {key: set(names) - found.get(key, set()) for key, names in listed.items()} == {key: set() for key in listed}
    assert {key: names - set(listed.get(key, ())) for key, names in begun.items()} == {key: set() for key in begun}


def test_a_conditional_check_has_no_day_in_any_file_and_a_section_of_its_own(plan):
    conditional = [check for check in plan.checks if check.is_conditional]
    assert {check.schedule for check in conditional} == {Schedule()}
    assert conditional
    body = "\n".join(paragraph.text for paragraph in Document(BytesIO(PLAN_FILES["docx"].write(plan))).paragraphs)
    assert "Seulement si" in body
    rows = list(openpyxl.load_workbook(BytesIO(PLAN_FILES["xlsx"].write(plan)))["Exécution"].values)
    due = {row[0]: row[rows[0].index("Échéance")] for row in rows[1:]}
    assert {due[check.key] for check in conditional} == {"sans date: seulement si la condition se réalise"}


def test_words_at_the_beginning_have_their_capital():
    assert capital("één keer per jaar") == "Eén keer per jaar"
    assert capital("élément") == "Élément"


def test_an_event_keeps_its_identifier_when_the_start_moves(published_library, plan):
    moved = plan_of(published_library, start=datetime.date(2027, 3, 1))

    def identifiers(data):
        return {str(each["UID"]) for each in Calendar.from_ical(data).walk("VEVENT")}

    assert identifiers(PLAN_FILES["ics"].write(plan)) == identifiers(PLAN_FILES["ics"].write(moved))


def test_the_command_writes_the_three_files_and_refuses_another_ending(mpdi, tmp_path):
    answers = tmp_path / "answers.yaml"
    lines = [f"{key}: {value}" for key, value in PURCHASE.items() if key not in ("authority", "cpv", "object")]
    answers.write_text("\n".join([*lines, "authority: {name: Commune, type: local}", 'cpv: ["90919200"]']), "utf-8")
    for suffix in PLAN_FILES:
        target = tmp_path / f"plan.{suffix}"
        result = mpdi("specs", "verification", answers, "--output", target, "--start", "2027-01-01")
        assert (result.exit_code, result.stdout) == (0, "")
        assert target.stat().st_size > 1000
    assert "à fixer" in mpdi("specs", "verification", answers, "--output", tmp_path / "p.ics").stderr
    refused = mpdi("specs", "verification", answers, "--output", tmp_path / "plan.pdf")
    assert refused.exit_code == 2
    assert ".docx, .xlsx, .ics" in refused.stderr
    assert not (tmp_path / "plan.pdf").exists()


@pytest.mark.services
def test_libreoffice_opens_each_file(published_library, tmp_path):
    place = tmp_path / "files"
    place.mkdir()
    for suffix in ("docx", "xlsx"):
        for language in ("fr", "nl", "fr+nl"):
            data = PLAN_FILES[suffix].write(plan_of(published_library, language=language))
            (place / f"{suffix}-{language.replace('+', '-')}.{suffix}").write_bytes(data)
    files = sorted(place.iterdir())
    libreoffice.convert([each for each in files if each.suffix == ".docx"], "pdf", tmp_path / "pdf")
    libreoffice.convert([each for each in files if each.suffix == ".xlsx"], "csv", tmp_path / "csv")
    assert len(list((tmp_path / "pdf").glob("*.pdf"))) == 3


@pytest.fixture(scope="module")
def app(published_home, tmp_path_factory):
    yield from served(published_home, tmp_path_factory.mktemp("plans") / "home")


def test_the_download_page_gives_the_three_files_under_names_that_say_what_they_are(app):
    flow = Flow(app).begin()
    flow.describe(CLEANING)
    for suffix, plan_file in PLAN_FILES.items():
        answer = flow.post(f"verification/{suffix}", {"language": "fr", "start": "1/3/2027"}, flow.get("download"))
        assert answer.status_code == 200
        assert answer.mimetype == plan_file.media_type
        name = f"EX-2026-014_Nettoyage-des-bureaux_plan-de-verification_fr_2026-12-01.{suffix}"
        assert name in answer.headers["Content-Disposition"]
        assert name in flow.get("download")
    assert flow.post("verification/pdf", {"language": "fr"}, flow.get("download")).status_code == 404


@pytest.mark.parametrize("typed", ["demain", "31/02/2027", "1/1/9999"])
def test_a_wrong_start_is_said_at_its_field_and_kept(app, typed):
    flow = Flow(app).begin()
    flow.describe(CLEANING)
    answer = flow.post("verification/ics", {"language": "nl", "start": typed}, flow.get("download"))
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert len(errors_of(page)) == 1
    assert f'value="{typed}"' in page
    assert 'value="nl" checked' in page


def test_the_start_typed_for_the_plan_is_carried_to_the_follow_up(app):
    flow = Flow(app).begin()
    flow.describe(CLEANING)
    flow.post("verification/ics", {"language": "nl", "start": "4/1/2027"}, flow.get("download"))
    page = flow.client.get(f"/follow-up/from-draft/{flow.token}").get_data(as_text=True)
    assert 'value="04/01/2027"' in page
    assert 'value="04/01/2027"' in flow.get("download")
    other = Flow(app).begin()
    assert "04/01/2027" not in other.client.get(f"/follow-up/from-draft/{other.token}").get_data(as_text=True)


# One of a thing


def test_one_is_said_in_the_singular(published_library):
    changed = plan_of(published_library, parameters={"SME-GEN-005": {"reference_count": 1}})
    labels = {figure.key: figure for check in changed.checks for figure in check.figures}
    assert labels["reference_count"].value == Bilingual("1\N{NO-BREAK SPACE}référence", "1\N{NO-BREAK SPACE}referentie")
    more = plan_of(published_library, parameters={"SME-GEN-005": {"reference_count": 2}})
    figures = {figure.key: figure for check in more.checks for figure in check.figures}
    assert figures["reference_count"].value.nl == "2\N{NO-BREAK SPACE}referenties"


SAME_FOR_ONE = {
    "fr": {"Mo", "W/m²K", "kg", "m²", "m³", "°C", "watt", "par an", "par semaine", "sans unité"},
    "nl": {"MB", "W/m²K", "kg", "m²", "m³", "°C", "watt", "per jaar", "per week", "zonder eenheid", "jaar", "uur", "ton"}
    | {"liter", "maal", "kubieke meter", "kilogram per liter", "ton per m³", "keer de waarde", "maal de referentiewaarde"},
}
"""Units that stand behind one as behind many: symbols, and what Dutch counts in the singular."""
_SYMBOLS = re.compile(r"(k?g CO2e|l/s|m³/h|kilogramme|tonne)\b")


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_every_unit_that_can_stand_behind_one_has_its_singular(clause_library, language):
    known = read_document_data("verification")["unit_of_one"][language].keys() | SAME_FOR_ONE[language]
    missing = {
        (clause.id, parameter.unit[language])
        for identifier in clause_library.identifiers
        for clause in [clause_library.version(identifier, str(clause_library.versions(identifier)[-1].version))]
        for parameter in clause.parameters.values()
        if parameter.unit is not None and parameter.type in ("integer", "decimal")
        if parameter.minimum is None or parameter.minimum <= 1
        if parameter.unit[language] not in known and not _SYMBOLS.match(parameter.unit[language])
    }
    assert missing == set()


# Closed days, and a start before the publication


@pytest.mark.parametrize(
    ("day", "language", "words"),
    [
        ("2027-01-31", "fr", "dimanche"),
        ("2027-02-27", "nl", "zaterdag"),
        ("2027-07-21", "fr", "jour férié: Fête nationale"),
        ("2027-11-11", "nl", "feestdag: Wapenstilstand"),
        ("2027-05-17", "en", "public holiday: Pentecost Monday"),
        ("2027-07-20", "fr", ""),
    ],
)
def test_a_day_on_which_a_belgian_office_is_closed_is_named(day, language, words):
    assert closed_day(datetime.date.fromisoformat(day), language) == words


def test_days_on_which_offices_are_closed_are_named_in_the_three_files_and_not_moved(plan):
    """The contract starts on New Year's day 2027; its last half year ends on a Friday."""
    assert START in {day for check in plan.checks for day in check.schedule.dates}
    cells = [
        cell.text
        for table in Document(BytesIO(PLAN_FILES["docx"].write(plan))).tables
        for row in table.rows
        for cell in row.cells
    ]
    assert "01/01/2027 (jour férié: Nouvel An)" in cells
    assert "31/03/2028" in cells
    book = openpyxl.load_workbook(BytesIO(PLAN_FILES["xlsx"].write(plan)))
    rows = list(book["Calendrier"].iter_rows(min_row=2, max_col=2, values_only=True))
    assert (datetime.datetime(2027, 1, 1), "jour férié: Nouvel An") in rows
    assert {day: closed or "" for day, closed in rows}[datetime.datetime(2028, 3, 31)] == ""
    told = [each for each in entries_of(plan) if "Jours de fermeture parmi ces dates" in each["DESCRIPTION"]]
    starts = [each["DTSTART"].dt for each in told if "01/01/2027 (jour férié: Nouvel An)" in each["DESCRIPTION"]]
    assert set(starts) == {START}
    assert all("dans aucune source" in each["DESCRIPTION"] for each in told)


def test_a_start_before_the_publication_is_said_on_the_plan(published_library, plan):
    early = plan_of(published_library, start=datetime.date(2026, 11, 30))
    words = "le début de l'exécution (30/11/2026) précède la publication (01/12/2026)"
    text = "\n".join(each.text for each in Document(BytesIO(PLAN_FILES["docx"].write(early))).paragraphs)
    assert words in text
    same_day = plan_of(published_library, start=datetime.date(2026, 12, 1))
    assert not same_day.starts_before_publication
    assert not plan.starts_before_publication


def test_the_portal_says_that_a_start_lies_before_the_publication(app):
    flow = Flow(app).begin()
    flow.describe(CLEANING)
    flow.post("verification/ics", {"language": "fr", "start": "1/3/2020"}, flow.get("download"))
    assert "précède la publication" in flow.get("download")
