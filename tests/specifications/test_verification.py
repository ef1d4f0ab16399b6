"""The verification plan: dates that follow from the purchase and no others, three files, the portal's page."""

import datetime
from decimal import Decimal
from io import BytesIO

import libreoffice
import openpyxl
import pytest
from docx_checks import assert_good_docx
from icalendar import Calendar
from page_walk import CLEANING, Flow, errors_of, served

from mpdi.clause_library.core.answers import read_answers
from mpdi.documents.docx_reader import read_specification
from mpdi.specifications.verification import Phase, plan_verification
from mpdi.specifications.verification_dates import StartOutOfRangeError, execution_of, last_day_of, schedule_of
from mpdi.specifications.verification_files import PLAN_FILES
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


def test_the_workbook_holds_strings_only_with_frozen_filtered_heads_and_a_list_of_states(plan):
    book = openpyxl.load_workbook(BytesIO(PLAN_FILES["xlsx"].write(plan)))
    assert book.sheetnames == ["Offres", "Exécution", "Calendrier"]
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref
        assert "manquement" in sheet.data_validations.dataValidation[0].formula1
        assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert book["Offres"].max_row == 1 + len(plan.of(Phase.TENDER))
    days = [cell.value for cell in book["Calendrier"]["A"][1:]]
    assert days == sorted(days)
    assert len(days) == sum(len(check.schedule.dates) for check in plan.checks)


def test_the_calendar_has_whole_days_a_rule_for_what_returns_and_a_task_where_no_day_is_known(plan):
    calendar = Calendar.from_ical(PLAN_FILES["ics"].write(plan))
    entries = [each for each in calendar.walk() if each.name in ("VEVENT", "VTODO")]
    identifiers = [str(each["UID"]) for each in entries]
    assert len(set(identifiers)) == len(identifiers)
    tasks = [each for each in entries if each.name == "VTODO"]
    assert len(tasks) == sum(not check.schedule.is_dated for check in plan.checks)
    events = {str(each["UID"]): each for each in entries if each.name == "VEVENT"}
    half_yearly = of_moment(plan, "each_half_year")
    mine = [each for uid, each in events.items() if uid.startswith(half_yearly.key.replace(":", "-") + "-")]
    assert [each["DTSTART"].dt.isoformat() for each in mine] == ["2027-06-30", "2028-03-31"]
    assert mine[0]["RRULE"]["UNTIL"] == [datetime.date(2027, 12, 31)]
    assert all(str(each["SUMMARY"]).startswith(("DMP-", "ENV-", "ETH-", "SME-", "SOC-", "INN-")) for each in entries)


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
