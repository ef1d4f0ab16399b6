"""Tables by a mapping file: CSV and XLSX give the same notices; what does not fit says so."""

import csv
import datetime
import io
import json
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from tender_parsers import Notice, iter_notices, to_plain
from tender_parsers.__main__ import main
from tender_parsers.exceptions import (
    CompressionBomb,
    DoctypeRefused,
    Malformed,
    MappingError,
    NotANotice,
    TooLarge,
    WrongEncoding,
)
from tender_parsers.limits import Limits
from tender_parsers.mapped import FIELDS, Mapping, table_reader
from tender_parsers.mapped.workbook import day_of_serial
from tender_parsers.reading import Source

FIXTURES = Path(__file__).parent / "fixtures" / "mapped"
MAPPING = FIXTURES / "export_3p_like.mapping.json"
SMALL = Mapping.of(
    {"columns": {"notice_id": "Nr", "title": "Titre", "published": "Date", "estimated_value": "Montant"}}
)


def read(data: bytes, mapping: Mapping = SMALL, limits: Limits | None = None) -> list[Notice]:
    source = Source("table", [data], limits) if limits else Source("table", [data])
    return list(table_reader(mapping).read(source))


def workbook(rows: list[list[object]], sheet: str = "Feuille", formula: str | None = None) -> bytes:
    """A workbook with headings `Nr`, `Titre`, `Date`, `Montant` and these rows."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        book.add_worksheet("Autre").write_row(0, 0, ["Rien"])
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, ["Nr", "Titre", "Date", "Montant"])
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                page.write(at, column, value)
        if formula:
            page.write_formula(1, 3, formula, value=42)
    return held.getvalue()


def rewritten(data: bytes, part: str, change: bytes) -> bytes:
    """The workbook with one part replaced."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, change if entry.filename == part else old.read(entry))
    return held.getvalue()


ON_SHEET = Mapping.of({"sheet": "Feuille", "columns": SMALL.columns})


@pytest.mark.parametrize("name", ["export_3p_like", "every_field"])
def test_a_table_gives_the_whole_notices_expected_of_it(name):
    expected = json.loads((FIXTURES / f"{name}.expected.json").read_text(encoding="utf-8"))
    batch = iter_notices(FIXTURES / f"{name}.csv", table_reader=table_reader(FIXTURES / f"{name}.mapping.json"))
    got = [to_plain(notice) | {"source": f"{name}.csv"} for notice in batch]
    assert batch.left_out == []
    assert json.loads(json.dumps(got)) == expected


def test_every_field_that_a_mapping_can_name_is_tried():
    assert set(Mapping.load(FIXTURES / "every_field.mapping.json").columns) == set(FIELDS)


def test_rows_of_one_notice_are_its_lots_and_an_empty_cell_states_nothing():
    first, *_ = iter_notices(FIXTURES / "export_3p_like.csv", table_reader=table_reader(MAPPING))
    schools, offices = first.lots
    assert (schools.is_green, offices.is_green) == (True, None)
    assert [criterion.weight for criterion in schools.award_criteria] == [60, 40]
    assert [(each.code, each.number) for each in first.results[1].received] == [("tenders", 0), ("t-sme", 0)]


def test_what_cannot_be_taken_leaves_a_remark_and_no_guess():
    _, second, *_ = iter_notices(FIXTURES / "export_3p_like.csv", table_reader=table_reader(MAPPING))
    assert (second.whole.estimated_value, second.published, second.procedure_type) == (None, None, None)
    assert second.procedure_type_stated == "Une autre"
    assert second.lots[0].sme_suitable is None
    assert {remark.value for remark in second.remarks} == {
        "environ 5000",
        "31/02/2026",
        "Une autre",
        "peut-être",
        "trois",
    }


def test_a_workbook_gives_what_the_same_table_as_csv_gives(tmp_path):
    with (FIXTURES / "export_3p_like.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened, delimiter=";"))
    with xlsxwriter.Workbook(tmp_path / "export.xlsx") as book:
        page = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write_string(at, column, cell)
    batch = iter_notices(tmp_path / "export.xlsx", table_reader=table_reader(MAPPING))
    expected = json.loads((FIXTURES / "export_3p_like.expected.json").read_text(encoding="utf-8"))
    got = [to_plain(notice) | {"source": "export_3p_like.csv"} for notice in batch]
    assert json.loads(json.dumps(got)) == expected


def test_numbers_and_days_of_a_workbook_are_numbers_and_days():
    day = datetime.datetime(2026, 3, 1)
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        page = book.add_worksheet("Feuille")
        page.write_row(0, 0, ["Nr", "Titre", "Date", "Montant"])
        page.write_row(1, 0, [7, "Un titre"])
        page.write_datetime(1, 2, day, book.add_format({"num_format": "dd/mm/yyyy"}))
        page.write_number(1, 3, 1234.5)
    (notice,) = read(held.getvalue(), ON_SHEET)
    assert (notice.notice_id, notice.published.day) == ("7", day.date())
    assert notice.whole.estimated_value.amount == Decimal("1234.5")


def test_headings_row_is_the_number_that_the_sheet_shows():
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write(0, 0, "Export du jour")
        page.write_row(2, 0, ["Nr", "Titre"])  # row 2 is blank, and no workbook stores it
        page.write_row(5, 0, ["1", "A"])
    columns = {"notice_id": "Nr", "title": "Titre"}
    (notice,) = read(held.getvalue(), Mapping.of({"headings_row": 3, "columns": columns}))
    assert (notice.notice_id, notice.title) == ("1", "A")
    with pytest.raises(NotANotice, match="without headings"):
        read(held.getvalue(), Mapping.of({"headings_row": 2, "columns": columns}))


def test_rows_without_a_number_follow_one_another_and_one_beyond_any_sheet_is_refused():
    def sheet(*rows: str) -> bytes:
        cells = "".join(f'<row{row}><c t="inlineStr"><is><t>Titre</t></is></c></row>' for row in rows)
        return rewritten(workbook([]), "xl/worksheets/sheet2.xml", f"<w><sheetData>{cells}</sheetData></w>".encode())

    mapping = Mapping.of({"sheet": "Feuille", "headings_row": 2, "columns": {"title": "Titre"}})
    assert len(read(sheet("", "", "", ' r="2"', ' r="x"'), mapping)) == 3
    with pytest.raises(Malformed, match="row 1048577"):
        read(sheet("", "", ' r="1048577"'), mapping)


def test_a_formula_is_not_evaluated_its_last_result_is_taken():
    (notice,) = read(workbook([["1", "A"]], formula='=WEBSERVICE("http://x.example")+1'), ON_SHEET)
    assert notice.whole.estimated_value.amount == 42


def test_serial_days_that_cannot_be_are_none():
    assert day_of_serial(Decimal(46082)) == datetime.date(2026, 3, 1)
    assert day_of_serial(Decimal(-5)) is None
    assert day_of_serial(Decimal(10) ** 9) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1 234,50", "1234.50"),
        ("1.234,50 €", "1234.50"),
        ("EUR 5", "5"),
        ("-3", "-3"),
        ("1,2,3", None),
        ("1e400", None),
    ],
)
def test_amounts_are_read_as_the_mapping_writes_them(text, amount):
    (notice,) = read(f"Nr;Titre;Date;Montant\n1;A;;{text}\n".encode())
    value = notice.whole.estimated_value
    assert (value.amount if value else None) == (Decimal(amount) if amount else None)


def test_encoding_delimiter_and_rows_above_the_headings_are_the_mappings():
    mapping = Mapping.of(
        {"delimiter": "|", "encoding": "cp1252", "headings_row": 3, "columns": {"title": "Intitulé"}, "texts": ["Note"]}
    )
    data = "Export du jour\n\nIntitulé|Note\nÉté|à lire\n".encode("cp1252")
    (notice,) = read(data, mapping)
    assert notice.title == "Été"
    assert [text.value for text in notice.texts] == ["Été", "à lire"]
    with pytest.raises(WrongEncoding):
        read(data, Mapping.of({"delimiter": "|", "headings_row": 3, "columns": {"title": "Intitulé"}}))


@pytest.mark.parametrize(
    ("mapping", "says"),
    [
        ([], "an object"),
        ({}, "columns"),
        ({"columns": {}}, "at least one field"),
        ({"columns": {"colour": "Couleur"}}, "unknown fields colour"),
        ({"colums": {}}, "unknown keys colums"),
        ({"columns": {"title": 5}}, "texts"),
        ({"columns": {"title": "T"}, "codes": {"nature": {"a": 1}}}, "codes/nature"),
        ({"columns": {"title": "T"}, "headings_row": 0}, "headings_row"),
        ({"columns": {"title": "T"}, "delimiter": 3}, "delimiter"),
        ({"columns": {"title": "T"}, "days": "%d"}, "days"),
        ({"columns": {"title": "T"}, "delimiter": ";;"}, "one character"),
        ({"columns": {"title": "T"}, "decimal": "x"}, "decimal"),
        ({"columns": {"title": "T"}, "encoding": "no-such"}, "encoding"),
        ({"columns": {"title": "T"}, "encoding": "hex"}, "encoding"),
    ],
)
def test_a_mapping_that_says_not_what_it_must_is_told_what_to_mend(mapping, says):
    with pytest.raises(MappingError, match=says):
        Mapping.of(mapping)


def test_a_mapping_file_that_is_none_is_refused(tmp_path):
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    for name in ("x.json", "absent.json"):
        with pytest.raises(MappingError):
            table_reader(tmp_path / name)


def test_columns_that_the_table_has_not_are_named_with_those_it_has():
    with pytest.raises(MappingError, match=r"no columns Date, Montant; there are: Nr, Titre"):
        read(b"Nr;Titre\n1;A\n")
    with pytest.raises(MappingError, match=r"no sheet Absente; there are: Autre, Feuille"):
        read(workbook([]), Mapping.of({"sheet": "Absente", "columns": {"title": "Titre"}}))


BOMB = b"<worksheet>" + b" " * (20 << 20) + b"</worksheet>"
ENTITY = b'<!DOCTYPE w [<!ENTITY a "b">]><worksheet/>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", NotANotice),
        (b"Nr;Titre;Date;Montant\n", NotANotice),
        (b"PK\x03\x04 broken", Malformed),
        (workbook([["1"]])[:-200], Malformed),
        (rewritten(workbook([["1"]]), "xl/worksheets/sheet2.xml", b"<worksheet><row>"), Malformed),
        (rewritten(workbook([["1"]]), "xl/worksheets/sheet2.xml", ENTITY), DoctypeRefused),
        (rewritten(workbook([["1"]]), "xl/worksheets/sheet2.xml", BOMB), CompressionBomb),
        (rewritten(workbook([["1"]]), "xl/_rels/workbook.xml.rels", b"<r/>"), Malformed),
    ],
)
def test_hostile_and_broken_tables_are_refused_by_reason(data, reason):
    with pytest.raises(reason):
        read(data, ON_SHEET)


def test_the_parts_of_a_workbook_share_one_limit():
    data = workbook([[str(at), "titre " * 50] for at in range(500)])
    with pytest.raises(TooLarge):
        read(data, ON_SHEET, Limits(document_bytes=20_000))


def test_a_workbook_that_counts_its_days_otherwise_is_refused_rather_than_read_wrong():
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "date_1904": True}) as book:
        book.add_worksheet("Feuille").write_row(0, 0, ["Nr"])
    with pytest.raises(NotANotice, match="1904"):
        read(held.getvalue(), ON_SHEET)


def test_a_table_without_a_mapping_is_left_out_and_the_batch_goes_on(tmp_path):
    (tmp_path / "a.csv").write_bytes((FIXTURES / "export_3p_like.csv").read_bytes())
    (tmp_path / "b.xlsx").write_bytes(workbook([["1", "A"]]))
    (tmp_path / "c.json").write_text('{"ocid": "1"}', encoding="utf-8")
    batch = iter_notices(tmp_path)
    assert [notice.format for notice in batch] == ["ocds"]
    assert [(Path(each.name).name, each.kind) for each in batch.left_out] == [
        ("a.csv", "NotANotice"),
        ("b.xlsx", "NotANotice"),
    ]
    assert all("mapping" in each.message for each in batch.left_out)


def test_the_command_line_takes_a_mapping(capsys):
    assert main(["summary", "--mapping", str(MAPPING), str(FIXTURES / "export_3p_like.csv")]) == 0
    line = json.loads(capsys.readouterr().out)
    assert (line["format"], line["n_notices"], line["n_lots"], line["lots_green"]) == ("mapped", 4, 5, 1)
