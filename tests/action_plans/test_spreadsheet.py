"""A list of invoices or contracts: what is counted, what is not and why, and files that are not taken."""

import io
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter

from mpdi.action_plans.core.line_categories import LabelTable, cpv_of
from mpdi.action_plans.core.line_counting import count_lines
from mpdi.action_plans.core.line_counts import LineReason, SpendingCount
from mpdi.action_plans.core.spreadsheet import open_spreadsheet
from mpdi.action_plans.core.spreadsheet_cells import column_name, column_number
from mpdi.action_plans.core.spreadsheet_columns import ColumnMap, LineField, guess_columns
from mpdi.action_plans.core.spreadsheet_errors import (
    MacroSpreadsheetError,
    ProtectedSpreadsheetError,
    TooLargeSpreadsheetError,
    UnknownSpreadsheetFormatError,
    UnreadableSpreadsheetError,
)
from mpdi.action_plans.core.written_values import read_amount, read_span
from mpdi.clause_library.core.vocabulary import Category

HEADS = ["Date facture", "Fournisseur", "Libellé", "CPV", "Montant HTVA"]


def book(write) -> io.BytesIO:
    """A workbook of one sheet that `write(sheet, made)` fills."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target, {"in_memory": True})
    write(made.add_worksheet("Factures"), made)
    made.close()
    target.seek(0)
    return target


def counted(name: str, stream: io.BytesIO, labels=None, **changes) -> SpendingCount:
    opened = open_spreadsheet(name, stream)
    columns = guess_columns(opened).columns
    columns = ColumnMap(**{**columns.__dict__, **changes})
    return count_lines(opened.rows(columns.sheet), columns, labels or {})


def text(*lines: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO("\r\n".join(lines).encode(encoding))


def reasons(count: SpendingCount) -> list[tuple[int, LineReason]]:
    return [(each.row, each.reason) for each in count.left]


def by_category(count: SpendingCount) -> dict[str, Decimal]:
    return {str(each.category): each.yearly for each in count.categories}


def ledger(sheet, made) -> None:
    """Titles above the heads, two categories merged over rows, a subtotal that adds, a total in words, a credit note."""
    day, money = made.add_format({"num_format": "dd/mm/yyyy"}), made.add_format({"num_format": "#,##0.00 €"})
    dollars = made.add_format({"num_format": "[$USD] #,##0.00"})
    sheet.merge_range("A1:E1", "Facturier 2025")
    for place, head in enumerate(["Date", "Catégorie", "Fournisseur", "Montant HTVA", "Nature de la dépense"]):
        sheet.write(2, place, head)
    for row, (serial, supplier, amount) in enumerate(
        [(45_700, "Net SPRL", 100.10), (45_731, "Propre SA", 200.20), (45_761, "Total Energies SA", 300.30)], start=3
    ):
        sheet.write_number(row, 0, serial, day)
        sheet.write(row, 2, supplier)
        sheet.write_number(row, 3, amount, money)
    sheet.merge_range("B4:B6", "Nettoyage")
    sheet.write_formula(6, 3, "=SUM(D4:D6)", money, 600.60)
    sheet.write_number(7, 0, 45_800, day)
    sheet.write(7, 1, "Alimentation")
    sheet.write_number(7, 3, 1234.56, money)
    sheet.write_number(8, 0, 45_801, day)
    sheet.write(8, 1, "Alimentation")
    sheet.write_number(8, 3, -34.56, money)
    sheet.write_number(9, 0, 45_802, day)
    sheet.write(9, 1, "Alimentation")
    sheet.write_number(9, 3, 99, dollars)
    sheet.write(10, 1, "TOTAL")
    sheet.write_number(10, 3, 1800.60, money)


def test_a_workbook_as_people_make_them_gives_yearly_spending():
    count = counted("facturier.xlsx", book(ledger), {"Alimentation": Category.FOOD})
    assert by_category(count) == {"food": Decimal("1200.00"), "cleaning": Decimal("600.60")}
    assert reasons(count) == [(7, LineReason.SUBTOTAL), (10, LineReason.CURRENCY), (11, LineReason.SUBTOTAL)]
    assert (count.lines, count.amount, count.left_amounts()) == (5, Decimal("1800.60"), {"USD": Decimal("99.00")})
    assert count.left_amounts(LineReason.SUBTOTAL) == {"EUR": Decimal("2401.20")}
    assert "TOTAL" in count.left[2].said


def test_the_columns_are_guessed_and_shown():
    opened = open_spreadsheet("facturier.xlsx", book(ledger))
    guess = guess_columns(opened)
    assert guess.columns.columns == {
        LineField.DATE: 0,
        LineField.CATEGORY: 1,
        LineField.SUPPLIER: 2,
        LineField.AMOUNT: 3,
    }
    assert (guess.columns.sheet, guess.columns.head) == ("Factures", 3)
    assert guess.named[3] == "D · Montant HTVA"
    assert next(line.number for line in guess.lines) == 4


def test_a_text_file_of_another_program_gives_the_same():
    lines = (
        "Datum;Leverancier;Omschrijving;CPV;Bedrag excl. btw",
        "31/01/2024;A;schoonmaak;90911200-8;1.234,50",
        "15-06-2024;B;kantinemaaltijden;55524000;€ 2 000,00",
        '2025-12-31;C;"papier; wit";30197630;-100,00 EUR',
        "03.03.2025;D;groenten;3221000;1.500",
        "04.03.2025;E;groenten;03221000;(12,50)",
        "05.03.2025;F;groenten;03221000;10 USD",
    )
    for encoding in ("utf-8-sig", "cp1252", "utf-16"):
        count = counted("grootboek.csv", text(*lines, encoding=encoding))
        assert by_category(count) == {
            "food": Decimal("1743.75"),
            "cleaning": Decimal("617.25"),
            "paper": Decimal("-50.00"),
        }
        assert (count.months, count.covered_years) == (24, 2)
        assert count.years == {2024: (2, Decimal("3234.50")), 2025: (3, Decimal("1387.50"))}
        assert [each.category for each in count.spending] == [Category.FOOD, Category.CLEANING]
        assert reasons(count) == [(7, LineReason.CURRENCY)]


@pytest.mark.parametrize(
    ("written", "sign", "amount", "currency"),
    [
        ("1.234,56", "", "1234.56", ""),
        ("1,234.56", "", "1234.56", ""),
        ("1 234,5 €", "", "1234.5", "EUR"),
        ("EUR 1.234.567", "", "1234567", "EUR"),
        ("1'234.50 CHF", "", "1234.50", "CHF"),
        ("−12,5", "", "-12.5", ""),
        ("12,50-", "", "-12.50", ""),
        ("(3)", "", "-3", ""),
        ("1.234", ",", "1234", ""),
        ("1.234", ".", "1.234", ""),
        (".50", "", "0.50", ""),
        ("0,5", "", "0.5", ""),
    ],
)
def test_amounts_are_read_as_they_are_written(written, sign, amount, currency):
    assert read_amount(written, sign) == (Decimal(amount), currency)


@pytest.mark.parametrize("written", ["1.234", "abc", "", "12 stuks", "1.23.4", "1,2,3", "12/05", "=1+1", "5 USD EUR"])
def test_what_is_no_amount_is_not_guessed(written):
    assert read_amount(written, "") is None


@pytest.mark.parametrize(
    ("written", "year", "months"),
    [
        ("31/12/2025", 2025, 1),
        ("5-1-24", 2024, 1),
        ("20250331", 2025, 1),
        ("2025", 2025, 12),
        ("03/2025", 2025, 1),
        (Decimal(45_700), 2025, 1),
        (Decimal(2026), 2026, 12),
    ],
)
def test_days_months_and_years_are_read(written, year, months):
    span = read_span(written)
    assert span is not None
    assert (span.year, span.last_month - span.first_month + 1) == (year, months)


@pytest.mark.parametrize("written", ["03/25/2025", "30/02/2025", "hier", "1", "999999"])
def test_what_is_no_day_is_not_guessed(written):
    assert read_span(written) is None


def test_every_line_left_out_is_named_with_its_reason():
    count = counted(
        "lignes.csv",
        text(
            "Date;Description;CPV;Montant",
            "01/01/2025;gardiennage;79713000;1000,00",
            "02/01/2025;gardiennage;79713000;",
            "bientôt;gardiennage;79713000;10,00",
            ";gardiennage;79713000;11,00",
            "03/01/2025;gardiennage;79713999;12,00",
            "04/01/2025;=cmd|calc;;13,00",
            "05/01/2025;fleurs coupées;;14,00",
            "06/01/2025;;;15,00",
            "07/01/2025;gardiennage;79713000;douze",
            "08/01/2025;gardiennage;79713000;=1+1",
            ";Sous-total gardiennage;;1000,00",
        ),
    )
    assert by_category(count) == {"security": Decimal("1000.00")}
    assert [each.reason for each in count.left] == [
        LineReason.NO_AMOUNT,
        LineReason.NOT_A_DATE,
        LineReason.NO_DATE,
        LineReason.UNKNOWN_CPV,
        LineReason.FORMULA,
        LineReason.UNKNOWN_LABEL,
        LineReason.NO_CATEGORY,
        LineReason.NOT_AN_AMOUNT,
        LineReason.FORMULA,
        LineReason.SUBTOTAL,
    ]
    assert [each.row for each in count.left] == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    assert count.left_amounts() == {"EUR": Decimal("75.00")}
    assert count.lines + len(count.left) == 11


def test_a_label_of_the_authority_is_counted_once_the_table_has_it():
    lines = (
        "Rubrique;Fournisseur;Contrat;Montant",
        "612/03 Entretien;Net;C1;500,00",
        "612/03 entretien ;Net;C1;500,00",
        "Cantines;Cuisine;C2;80,00",
    )
    before = counted("comptes.csv", text(*lines))
    assert [(each.label, each.lines, each.amount) for each in before.labels] == [
        ("612/03 Entretien", 2, Decimal("1000.00")),
        ("Cantines", 1, Decimal("80.00")),
    ]
    after = counted("comptes.csv", text(*lines), {"612/03*": Category.CLEANING, "cantines": Category.FOOD}, years=2)
    assert {str(each.category): (each.yearly, each.contracts) for each in after.categories} == {
        "cleaning": (Decimal("500.00"), 1),
        "food": (Decimal("40.00"), 1),
    }
    assert not after.left


def test_a_supplier_named_total_is_no_subtotal_and_a_silent_sum_is_one():
    count = counted(
        "lignes.csv",
        text(
            "Date;Fournisseur;Description;CPV;Montant",
            "01/01/2025;Total Belgium;mazout;09135100;10,00",
            "02/01/2025;Total;mazout;09135100;20,00",
            "03/01/2025;B;mazout;09135100;30,00",
            ";;;;60,00",
            "04/01/2025;B;mazout;09135100;5,00",
        ),
    )
    assert by_category(count) == {"energy": Decimal("65.00")}
    assert reasons(count) == [(5, LineReason.SUBTOTAL)]


def test_thousands_or_decimals_are_not_guessed_where_nothing_tells():
    lines = ("CPV;Montant", "90911200;1.500", "90911200;2.750")
    assert {each.reason for each in counted("a.csv", text(*lines)).left} == {LineReason.UNCLEAR_AMOUNT}
    assert counted("a.csv", text(*lines), decimal=",").amount == 4250


def test_formulas_and_merged_amounts_are_left_out():
    def write(sheet, made):
        sheet.write_row(0, 0, ["CPV", "Description", "Montant"])
        sheet.write_row(1, 0, ["90911200", "a", 10])
        sheet.write_row(2, 0, ["90911200", "b"])
        sheet.write_formula(2, 2, "=C2*2", None, 20)
        sheet.write_row(3, 0, ["90911200", "c"])
        sheet.write_row(4, 0, ["90911200", "d"])
        sheet.merge_range("C4:C5", 40)
        sheet.write_row(5, 0, ["90911200", "e", 50])

    count = counted("a.xlsx", book(write))
    assert reasons(count) == [(3, LineReason.FORMULA), (4, LineReason.MERGED_AMOUNT), (5, LineReason.MERGED_AMOUNT)]
    assert count.amount == 60


def test_only_some_years_are_counted_where_that_is_asked():
    lines = ("Date;CPV;Montant", "01/02/2019;90911200;10,00", "01/02/2025;90911200;20,00", "01/03/2026;90911200;30,00")
    count = counted("a.csv", text(*lines), first_year=2025)
    assert reasons(count) == [(2, LineReason.OTHER_YEAR)]
    assert by_category(count) == {"cleaning": (Decimal(50) * 12 / 14).quantize(Decimal("0.01"))}


def packed(**parts: bytes) -> io.BytesIO:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    target.seek(0)
    return target


def test_files_that_are_not_taken_say_why(monkeypatch):
    monkeypatch.setattr("mpdi.action_plans.core.xlsx_reading.LARGEST_UNPACKED", 1_000_000)
    bomb = packed(xl__workbook_DOT_xml=b"<workbook/>", xl__worksheets__a_DOT_xml=b"<t/>" * 300_000)
    deep = packed(xl__workbook_DOT_xml=b"<a>" * 1_000)
    entity = packed(xl__workbook_DOT_xml=b'<!DOCTYPE a [<!ENTITY b "c">]><workbook>&b;</workbook>')
    macros = packed(xl__workbook_DOT_xml=b"<workbook/>", xl__vbaProject_DOT_bin=b"x")
    for name, stream, error in (
        ("bombe.xlsx", bomb, TooLargeSpreadsheetError),
        ("profond.xlsx", deep, TooLargeSpreadsheetError),
        ("entite.xlsx", entity, UnreadableSpreadsheetError),
        ("macros.xlsx", macros, MacroSpreadsheetError),
        ("macros.xlsm", io.BytesIO(b"PK\x03\x04"), MacroSpreadsheetError),
        ("vieux.xls", io.BytesIO(b"\xd0\xcf\x11\xe0" + b"\0" * 600), ProtectedSpreadsheetError),
        ("vide.xlsx", io.BytesIO(b""), UnreadableSpreadsheetError),
        ("image.csv", io.BytesIO(b"\x89PNG\r\n\x1a\n\0\0"), UnreadableSpreadsheetError),
        ("lettre.docx", io.BytesIO(b"PK\x03\x04"), UnknownSpreadsheetFormatError),
    ):
        with pytest.raises(error):
            open_spreadsheet(name, stream)


def test_a_package_cut_or_in_a_strange_alphabet_is_told():
    raw = book(ledger).getvalue()
    strange = packed(xl__workbook_DOT_xml=b'<?xml version="1.0" encoding="UTF-es"?><workbook/>')
    for stream in (io.BytesIO(raw[:40] + raw[60:]), io.BytesIO(raw[: len(raw) // 2]), strange):
        with pytest.raises(UnreadableSpreadsheetError):
            open_spreadsheet("a.xlsx", stream)


def test_a_spoilt_sheet_is_told_and_not_half_counted():
    stream = book(ledger)
    spoilt = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(spoilt, "w") as new:
        for each in old.infolist():
            content = old.read(each)
            is_sheet = each.filename.startswith("xl/worksheets/")
            new.writestr(each.filename, content[: len(content) // 2] if is_sheet else content)
    with pytest.raises(UnreadableSpreadsheetError):
        counted("a.xlsx", spoilt)


def test_codes_lose_nothing_that_a_spreadsheet_took_off():
    assert (cpv_of("90911200-8"), cpv_of("3221000"), cpv_of("45")) == ("90911200", "03221000", "45000000")
    assert cpv_of("99999999") is None
    assert LabelTable({}).find("Schoonmaak") is Category.CLEANING


def test_columns_have_the_names_of_a_spreadsheet():
    assert [column_name(each) for each in (0, 25, 26, 99)] == ["A", "Z", "AA", "CV"]
    assert [column_number(each) for each in ("A", "z", "AA", "CV")] == [0, 25, 26, 99]
