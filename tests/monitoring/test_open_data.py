"""Open data: the same facts whichever way they are taken, every column explained, nothing that a spreadsheet would run."""

import csv
import datetime
import io
import json
import zipfile
from decimal import Decimal

import pytest
from click.testing import CliRunner
from ocds_rules import faults
from sqlalchemy import func, select
from taking_in import CONTRACT, FIXTURES, renamed
from uptake_portal import DEMO, portal, services_of

from mpdi import cli
from mpdi.monitoring.models import NoticeLot, NoticeObservation, NoticeRecord
from mpdi.monitoring.notice_keys import key_of
from mpdi.monitoring.open_data_files import write_releases, write_tables
from mpdi.monitoring.open_data_release import Source, release_of
from mpdi.monitoring.open_data_tables import TABLES
from tender_parsers import Notice, iter_notices, to_plain
from tender_parsers.notice import cpv_digits, in_language

SOURCE_PATHS = sorted(path for path in DEMO.iterdir() if "planning" not in path.name)
"""Prior information has parts, for which OCDS has no place."""
OTHER_FORMATS = sorted(
    path
    for name in ("ted", "ocds", "decp", "boamp", "bda")
    for path in (FIXTURES / name).iterdir()
    if path.suffix in (".xml", ".json")
)


MADE_OF = Source("n1", "p1", datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC))


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    folder = tmp_path_factory.mktemp("open")
    formula = renamed(
        CONTRACT, folder / "formula.xml", "22222222-0000-4000-8000-0000000000aa", "11111111-0000-4000-8000-0000000000aa"
    )
    formula.write_text(
        formula.read_text(encoding="utf-8").replace("Nettoyage des écoles", "=HYPERLINK(&quot;http://x.invalid&quot;)"),
        encoding="utf-8",
    )
    with portal(folder / "home", DEMO, formula) as made:
        yield made


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def table(app, name: str) -> list[dict[str, str]]:
    response = app.test_client().get(f"/notices/open-data/{name}.csv")
    assert response.status_code == 200
    assert response.mimetype == "text/csv"
    return rows_of(response.text)


def counted(app, thing) -> int:
    with services_of(app).database.reading() as session:
        query = select(func.count()).select_from(thing)
        if thing is not NoticeRecord:
            query = query.join(NoticeRecord, NoticeRecord.id == thing.record_id)
        return session.scalar(query.where(NoticeRecord.is_current, NoticeRecord.duplicate_of_id.is_(None)))


@pytest.mark.parametrize(
    ("name", "thing"), [("notices", NoticeRecord), ("lots", NoticeLot), ("observations", NoticeObservation)]
)
def test_each_table_has_a_line_for_everything_that_is_counted(app, name, thing):
    rows = table(app, name)
    assert len(rows) == counted(app, thing) > 10
    assert list(rows[0]) == [column.name for column in TABLES[name].columns]
    known = {row["notice"] for row in table(app, "notices")}
    assert {row["notice"] for row in rows} <= known


def test_cells_say_what_the_notice_says_and_are_empty_where_it_does_not(app):
    [notice] = [
        row
        for row in table(app, "notices")
        if row["title"] == "Repas chauds pour les écoles" and row["form"] == "competition"
    ]
    assert notice["buyer"] == "Écoles fictives réunies"
    assert notice["day"] == "2025-03-03"
    assert notice["detected"] == "env_criterion; ethical; social_criterion"
    assert notice["awarded_value"] == ""
    lots = [row for row in table(app, "lots") if row["notice"] == notice["notice"] and row["kind"] == "lot"]
    assert [row["strategic"] for row in lots] == ["env-imp; soc-obj", "env-imp"]
    assert [row["sme_suitable"] for row in lots] == ["", ""]
    assert lots[0]["estimated_value"] == "720000"
    assert lots[0]["closes"] == "2025-04-14"


def test_rates_are_those_of_the_report_with_what_they_rest_on(app):
    report = app.test_client().get("/uptake/figures.json?period=all").get_json()
    known = {(each["indicator"], *sorted(each["dimension"].items())): each for each in report}
    rows = table(app, "rates")
    about = ("counted", "reading", "currency", "buyers_at_least", "cpv_group", "buyers")
    assert len(rows) > 100
    for row in rows:
        dimension = {name: row[name] for name in about if row[name]}
        if row["split"]:
            dimension[row["split"]] = row["split_value"]
        told = known.pop((row["indicator"], *sorted(dimension.items())))
        for name in ("numerator", "denominator", "coverage", "rate", "lower", "upper"):
            written = row[name].replace(",", ".")
            assert (float(written) if written else None) == (told[name] and pytest.approx(told[name], abs=1e-6)), name
        assert Decimal(row["denominator"].replace(",", ".")) <= Decimal(row["population"].replace(",", "."))
    assert known == {}


def test_a_title_that_looks_like_a_formula_is_defused(app):
    assert [row["title"] for row in table(app, "notices") if "HYPERLINK" in row["title"]] == [
        '\'=HYPERLINK("http://x.invalid")'
    ]


def test_every_column_of_every_table_is_in_the_dictionary_and_on_the_page(app):
    told = {(row["table"], row["column"]) for row in table(app, "dictionary") if row["meaning"]}
    columns = {(each.name, column.name) for each in TABLES.values() for column in each.columns}
    assert told == columns
    text = app.test_client().get("/notices/open-data?language=en").text
    assert all(f"<code>{name}</code>" in text for _table, name in columns)
    assert "creativecommons.org/licenses/by/4.0" in text
    assert app.test_client().get("/notices/open-data/nothing.csv").status_code == 404


def test_releases_keep_the_rules_of_the_standard_and_are_the_same_both_ways(app):
    client = app.test_client()
    package = client.get("/notices/open-data/releases.json").get_json()
    lines = [json.loads(line) for line in client.get("/notices/open-data/releases.jsonl").text.splitlines()]
    assert package["version"] == "1.1"
    assert any("sustainability" in each for each in package["extensions"])
    assert package["releases"] == lines
    assert len(lines) == counted(app, NoticeRecord)
    assert {release["id"]: found for release in lines if (found := faults(release))} == {}
    assert len({release["id"] for release in lines}) == len(lines)


def facts(notice: Notice) -> dict[str, object]:
    """What OCDS has a place for."""
    return {
        "procedure": notice.procedure_id,
        "form": "result" if notice.form_type == "dir-awa-pre" else notice.form_type,
        "dispatched": notice.dispatched.day if notice.dispatched else None,
        "procedure type": notice.procedure_type,
        "buyers": [in_language(each.name, notice.language) for each in notice.buyers],
        "legal type": [each.legal_type for each in notice.buyers],
        "limits": (notice.lot_limits.max_submitted, notice.lot_limits.max_awarded) if notice.lot_limits else None,
        "whole": lot_facts(notice, notice.whole),
        "lots": [lot_facts(notice, lot) for lot in notice.lots],
        "results": [
            (each.lots, each.status, each.reason, [(winner.id, winner.size) for winner in each.winners])
            for each in notice.results
        ],
        "received": [sorted((each.code, each.number) for each in result.received) for result in notice.results],
        "tenders": [(each.id, each.lot, amount(each.value)) for each in notice.tenders],
        "contracts": [(each.id, each.concluded, each.tenders) for each in notice.contracts],
    }


def lot_facts(notice: Notice, lot) -> dict[str, object]:
    strategic = lot.strategic
    return {
        "id": lot.id,
        "title": in_language(lot.title, notice.language),
        "nature": lot.nature,
        "cpv": cpv_digits(lot.cpv_main),
        "places": [each.nuts for each in lot.places],
        "value": amount(lot.estimated_value),
        **goals(strategic),
        "access": strategic.accessibility if strategic else (),
        "sme": lot.sme_suitable,
        "reserved": tuple(each for each in lot.reserved_participation if each != "none"),
        "framework": lot.framework.type if lot.framework else None,
        "award": [(each.type, in_language(each.name, notice.language), each.weight) for each in lot.award_criteria],
        "selection": [(each.type, in_language(each.description, notice.language)) for each in lot.selection_criteria],
        "performance": "\n".join(
            each.value for each in lot.performance_conditions if each.language in (notice.language, None)
        ),
        "deadline": lot.tender_deadline.day if lot.tender_deadline else None,
    }


def goals(strategic) -> dict[str, object]:
    """Aims and details as OCDS tells them: a code of detail is an aim, an aim without detail is `other` of it."""
    if strategic is None:
        return {"aims": set(), "details": [(), (), (), ()]}
    aims = set(strategic.aims)
    details = {"env-imp": strategic.environmental, "soc-obj": strategic.social, "inn-pur": strategic.innovation}
    aims |= {aim for aim, said in details.items() if said}
    general = {"env-imp": ("other",), "soc-obj": ("other",), "inn-pur": ()}
    told = [details[aim] or (general[aim] if aim in aims else ()) for aim in details]
    return {"aims": aims - {"none"} or aims, "details": [*told, strategic.gpp_criteria]}


def amount(money) -> tuple[Decimal, str] | None:
    return (money.amount, money.currency) if money and money.amount else None


def read_back(tmp_path, notice: Notice) -> Notice:
    """The notice as our own reader reads our release of it."""
    release = release_of(to_plain(notice), MADE_OF)
    assert faults(release) == []
    path = tmp_path / "release.json"
    path.write_text(json.dumps(release), encoding="utf-8")
    [read] = list(iter_notices(str(path)))
    return read


@pytest.mark.parametrize("path", SOURCE_PATHS, ids=lambda path: path.stem)
def test_a_release_read_back_states_the_same_facts(tmp_path, path):
    [notice] = list(iter_notices(str(path)))
    expected, found = facts(notice), facts(read_back(tmp_path, notice))
    assert found == expected, [key for key in expected if found[key] != expected[key]]


@pytest.mark.parametrize("path", OTHER_FORMATS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_release_of_any_format_keeps_the_rules_and_counts_the_same(tmp_path, path):
    for notice in list(iter_notices(str(path)))[:5]:
        read = read_back(tmp_path, notice)
        assert len(read.lots) == len(notice.lots)
        assert [each.status for each in read.results if each.status_stated] == [
            each.status if each.status != "open-nw" else None for each in notice.results
        ]


def test_what_was_declared_in_bt_06_is_kept_beside_the_goals():
    [notice] = list(iter_notices(str(DEMO / "2025-05-12-hospital-08-competition.xml")))
    first, second = release_of(to_plain(notice), MADE_OF)["tender"]["lots"]
    assert first["x_strategicProcurement"] == ["none"]
    assert first["sustainability"] == [{"goal": "environmental.waterResources"}]
    assert second["x_strategicProcurement"] == ["soc-obj"]


def test_two_lots_of_one_name_are_told_apart():
    whole = {"lots": [{"id": "1", "title": [{"value": "Un"}]}, {"id": "1", "title": [{"value": "Deux"}]}]}
    release = release_of(whole, MADE_OF)
    assert faults(release) == []
    assert [lot["title"] for lot in release["tender"]["lots"]] == ["Un", "Deux"]


def test_a_natural_person_has_no_name():
    party = {
        "id": "ORG-1",
        "name": [{"value": "Personne Fictive"}],
        "is_natural_person": True,
        "identifiers": [{"id": "1"}],
    }
    whole = {"results": [{"id": "RES-1", "status": "selec-w", "winners": [party]}]}
    release = release_of(whole, MADE_OF)
    assert "Personne" not in json.dumps(release)
    assert release["awards"][0]["suppliers"] == [{"id": "ORG-1"}]


def test_the_files_of_the_command_hold_the_same_and_are_the_same_twice(app, tmp_path):
    with services_of(app).database.reading() as session:
        for name in ("one.zip", "two.zip"):
            write_tables(session, tmp_path / name)
        write_releases(session, tmp_path / "one.jsonl", "https://x.invalid")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert sorted(archive.namelist()) == [
            "README.txt",
            "dictionary.csv",
            "lots.csv",
            "notices.csv",
            "observations.csv",
            "rates.csv",
        ]
        assert rows_of(archive.read("notices.csv").decode()) == table(app, "notices")
    served = app.test_client().get("/notices/open-data/releases.jsonl").text
    assert (tmp_path / "one.jsonl").read_text(encoding="utf-8") == served


def test_the_command_writes_what_is_asked_and_says_why_it_cannot(app, tmp_path, monkeypatch):
    monkeypatch.setenv("MPDI_HOME", str(services_of(app).settings.home))

    def run(*arguments: str):
        return CliRunner().invoke(cli.main, ["notices", "export", *arguments])

    done = run("--format", "csv", "--output", str(tmp_path / "out.zip"))
    assert done.exit_code == 0, done.output
    assert zipfile.is_zipfile(tmp_path / "out.zip")
    assert run("--format", "ocds", "--output", str(tmp_path / "out.json")).exit_code == 0
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["releases"]
    refused = run("--format", "ocds", "--output", str(tmp_path / "no" / "out.json"))
    assert refused.exit_code == 2
    assert "cannot be written" in refused.output


def test_the_key_in_the_files_is_that_of_the_page(app):
    with services_of(app).database.reading() as session:
        identity = session.scalars(select(NoticeRecord.identity).where(NoticeRecord.is_current).limit(1)).one()
    assert key_of(identity) in {row["notice"] for row in table(app, "notices")}
    assert app.test_client().get(f"/notices/{key_of(identity)}").status_code == 200
