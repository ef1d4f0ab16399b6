"""Which column of a list of invoices or contracts holds what: guessed from its heads and first lines, to be confirmed."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import islice, pairwise

from mpdi.action_plans.core.line_categories import cpv_of, label_key
from mpdi.action_plans.core.spreadsheet_cells import SheetCell, SheetRow, Spreadsheet, column_name
from mpdi.action_plans.core.written_values import DecimalSign, currency_of, decimal_sign_of, read_amount, read_span

SAMPLE = 200
"""Rows looked at for a guess."""
_DECIMAL_SAMPLE = 2_000
_HEAD_ROWS = 30
"""A head stands in one of the first rows: above it are titles and logos."""
_SHOWN = 8
_ENOUGH = 0.6
"""Share of filled cells that must look alike."""


class LineField(StrEnum):
    """What a column may hold."""

    AMOUNT = "amount"
    DATE = "date"
    CATEGORY = "category"
    CPV = "cpv"
    DESCRIPTION = "description"
    SUPPLIER = "supplier"
    CONTRACT = "contract"
    CURRENCY = "currency"


_HEADS: Mapping[LineField, tuple[str, ...]] = {
    LineField.CPV: ("cpv", "code cpv", "cpv code"),
    LineField.CURRENCY: ("devise", "monnaie", "munt", "munteenheid", "valuta", "currency"),
    LineField.DATE: (
        "date facture", "date de facture", "factuurdatum", "date", "datum", "date comptable", "boekdatum",
        "date d attribution", "gunningsdatum", "date de conclusion", "exercice", "boekjaar", "annee", "jaar", "year",
    ),
    LineField.AMOUNT: (
        "montant htva", "montant hors tva", "bedrag excl btw", "bedrag zonder btw", "htva", "excl btw", "montant ht",
        "montant", "bedrag", "amount", "montant eur", "bedrag eur", "valeur", "waarde", "prix", "prijs", "total htva",
        "depense", "uitgave", "totaal", "total", "montant tvac", "bedrag incl btw",
    ),
    LineField.CATEGORY: (
        "categorie", "category", "categorie d achat", "aankoopcategorie", "famille d achat", "famille", "productgroep",
        "groupe de marchandises", "goederengroep", "rubrique", "rubriek", "nature", "aard", "domaine", "domein",
        "article budgetaire", "begrotingsartikel", "compte", "rekening",
    ),
    LineField.SUPPLIER: (
        "fournisseur", "leverancier", "supplier", "nom du fournisseur", "naam leverancier", "prestataire", "tiers",
        "adjudicataire", "opdrachtnemer", "beneficiaire", "begunstigde", "creancier", "schuldeiser",
    ),
    LineField.CONTRACT: (
        "numero de marche", "no de marche", "n de marche", "numero du marche", "n marche", "opdrachtnummer", "contrat",
        "numero de contrat", "contract", "contractnummer", "marche", "opdracht", "dossier", "dossiernummer",
    ),
    LineField.DESCRIPTION: (
        "description", "omschrijving", "objet", "onderwerp", "libelle", "intitule", "designation", "benaming",
        "communication", "mededeling", "voorwerp",
    ),
}  # fmt: skip
"""How heads are written, without accents and signs; the first of a list is the surest. Words of ours."""


@dataclass(frozen=True)
class ColumnMap:
    """What the user confirmed: the sheet, the row of heads (0: none), the columns from 0, and how to read the lines.

    `decimal`: what parts decimals where an amount alone does not tell (1.234). `first_year`, `last_year`: lines of other
    years are not counted. `years`: how many years the file covers where no column has dates.
    """

    sheet: str = ""
    head: int = 0
    columns: Mapping[LineField, int] = field(default_factory=dict)
    decimal: DecimalSign = ""
    first_year: int | None = None
    last_year: int | None = None
    years: int = 1


@dataclass(frozen=True)
class Guess:
    """A proposal to be confirmed, with the heads by column and the first lines as they will be read."""

    columns: ColumnMap
    heads: Mapping[int, str]
    lines: tuple[SheetRow, ...]

    @property
    def named(self) -> Mapping[int, str]:
        """Each column that holds something: its letters, and its head where it has one."""
        return {
            each: f"{column_name(each)} · {self.heads[each]}" if self.heads.get(each) else column_name(each)
            for each in sorted({*self.heads, *(column for line in self.lines for column in line.cells)})
        }


def guess_columns(opened: Spreadsheet, sheet: str = "") -> Guess:
    """Return a proposal for a sheet; without one, for the sheet whose columns are recognised best."""
    wanted = (sheet,) if sheet else opened.sheets
    guesses = [_guess(each, list(islice(opened.rows(each), _DECIMAL_SAMPLE))) for each in wanted[:20]]
    return max(guesses, key=lambda each: len(each.columns.columns), default=Guess(ColumnMap(), {}, ()))


def _guess(sheet: str, rows: Sequence[SheetRow]) -> Guess:
    head = _head_of(rows)
    number = head.number if head else 0
    lines = [row for row in rows if row.number > number]
    heads = {place: " ".join(str(cell.value).split())[:60] for place, cell in head.cells.items()} if head else {}
    columns = _columns(heads, lines[:SAMPLE])
    amount = columns.get(LineField.AMOUNT)
    sign = _decimal_sign(lines, amount) if amount is not None else ""
    return Guess(ColumnMap(sheet, number, columns, sign), heads, tuple(lines[:_SHOWN]))


def _head_of(rows: Sequence[SheetRow]) -> SheetRow | None:
    """The row of the first thirty with the most heads that are known, two at least, else the first of words alone."""
    first = rows[:_HEAD_ROWS]
    best = max(first, key=lambda row: sum(_is_head(cell) for cell in row.cells.values()), default=None)
    if best is not None and sum(_is_head(cell) for cell in best.cells.values()) >= 2:
        return best
    for row, following in pairwise(first):
        words = all(isinstance(cell.value, str) and not read_amount(cell.value, ".") for cell in row.cells.values())
        if words and len(row.cells) >= 2 and any(_looks_amount(cell) for cell in following.cells.values()):
            return row
    return None


def _is_head(cell: SheetCell) -> bool:
    key = label_key(str(cell.value)) if isinstance(cell.value, str) else ""
    return any(_score(key, words) for words in _HEADS.values())


def _score(key: str, words: Sequence[str]) -> int:
    """How well a head is one of these: whole before in part, the first of the list before the last; 0: not."""
    padded = f" {key} "
    for place, word in enumerate(words):
        if key == word:
            return 200 - place
    for place, word in enumerate(words):
        if f" {word} " in padded:
            return 100 - place
    return 0


def _columns(heads: Mapping[int, str], lines: Sequence[SheetRow]) -> dict[LineField, int]:
    """Fields in turn take the best column that is left; a head must not be denied by what stands below it."""
    found: dict[LineField, int] = {}
    for each, words in _HEADS.items():
        scored = [
            (_score(label_key(text), words), -place, place)
            for place, text in heads.items()
            if place not in found.values() and _fits(each, place, lines)
        ]
        best = max(scored, default=(0, 0, 0))
        if best[0]:
            found[each] = best[2]
    for each in (LineField.CPV, LineField.DATE, LineField.AMOUNT):
        if each not in found:
            place = _by_content(each, found, lines)
            if place is not None:
                found[each] = place
    if not {LineField.CATEGORY, LineField.CPV, LineField.DESCRIPTION} & set(found):
        place = _longest_words(found, lines)
        if place is not None:
            found[LineField.DESCRIPTION] = place
    return found


def _cells(place: int, lines: Sequence[SheetRow]) -> list[SheetCell]:
    return [row.cells[place] for row in lines if place in row.cells]


def _fits(each: LineField, place: int, lines: Sequence[SheetRow]) -> bool:
    looks = _LOOKS.get(each)
    cells = _cells(place, lines)
    return looks is None or not cells or sum(map(looks, cells)) >= _ENOUGH * len(cells)


def _by_content(each: LineField, taken: Mapping[LineField, int], lines: Sequence[SheetRow]) -> int | None:
    places = {column for row in lines for column in row.cells} - set(taken.values())
    fitting = [place for place in places if len(_cells(place, lines)) * 2 > len(lines) and _fits(each, place, lines)]
    return min(fitting, default=None) if each is not LineField.AMOUNT else max(fitting, default=None)


def _longest_words(taken: Mapping[LineField, int], lines: Sequence[SheetRow]) -> int | None:
    places = {column for row in lines for column in row.cells} - set(taken.values())
    lengths = {
        place: sum(len(cell.value) for cell in _cells(place, lines) if isinstance(cell.value, str)) for place in places
    }
    return max(lengths, key=lambda place: (lengths[place], -place), default=None) if any(lengths.values()) else None


def _looks_amount(cell: SheetCell) -> bool:
    if isinstance(cell.value, str):
        return read_amount(cell.value, ".") is not None
    return isinstance(cell.value, Decimal)


def _looks_date(cell: SheetCell) -> bool:
    return read_span(cell.value) is not None


def _looks_cpv(cell: SheetCell) -> bool:
    if isinstance(cell.value, datetime.date):
        return False
    written = str(cell.value)
    return bool(re.match(r"\d{7,8}", written)) and cpv_of(written) is not None


def _looks_currency(cell: SheetCell) -> bool:
    return isinstance(cell.value, str) and bool(currency_of(cell.value))


def _looks_words(cell: SheetCell) -> bool:
    return isinstance(cell.value, str)


_LOOKS = {
    LineField.AMOUNT: _looks_amount,
    LineField.DATE: _looks_date,
    LineField.CPV: _looks_cpv,
    LineField.CURRENCY: _looks_currency,
    LineField.SUPPLIER: _looks_words,
    LineField.DESCRIPTION: _looks_words,
}


def _decimal_sign(lines: Sequence[SheetRow], place: int) -> DecimalSign:
    """What parts decimals in the amounts that tell; where they are at odds or silent, nothing is said."""
    signs = {decimal_sign_of(cell.value) for cell in _cells(place, lines) if isinstance(cell.value, str)} - {""}
    return signs.pop() if len(signs) == 1 else ""
