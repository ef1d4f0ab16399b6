"""Tenderers' workbooks read back: every cell checked, nothing guessed, and what they come to counted anew.

Nothing that a workbook calculated is taken over; it is only held against what the engine counts.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mpdi.costing.tender_parameters import (
    OtherSheetVersionError,
    TenderParameters,
    UnreadableParametersError,
    restored,
)
from mpdi.costing.workbook_cells import Cell, named
from mpdi.costing.workbook_layout import (
    BOUNDS,
    DATA_ROW,
    DEFAULTS_ROW,
    DIGEST_ROW,
    KEY,
    LANGUAGE_ROW,
    NAME_ROW,
    PLACE,
    TECHNICAL,
    TITLE_ROW,
    UNIT,
    VALUE,
    WorkbookCells,
    workbook_cells,
)
from mpdi.costing.workbook_package import EMPTY, FoundCell, OpenedWorkbook, Page
from mpdi.costing.workbook_problems import (
    AlteredParametersError,
    ForeignWorkbookError,
    OtherVersionError,
    WorkbookProblem,
    WorkbookRefusedError,
    WrongCellsError,
    fault,
)
from mpdi.costing.workbook_values import MisreadError, is_same, number_of, read_name, read_text, read_value
from mpdi.costing.workbook_words import note, sheet_name
from mpdi.exceptions import MpdiError
from mpdi.lcc.sheets.catalogue import sheets
from mpdi.lcc.sheets.errors import UnknownSheetError
from mpdi.lcc.sheets.model import Language, Value

_LANGUAGES: Mapping[str, Language] = {"fr": "fr", "nl": "nl", "en": "en"}
_MOST_ROWS, _MOST_COLUMNS = 200, 10


@dataclass(frozen=True, slots=True)
class ReadTender:
    """One tender as its workbook says it: values as typed; `shown`: the life-cycle cost that the workbook showed.

    `cells`: layout of the workbook, to say where a value stands. `notes`: what is no reason to refuse it.
    """

    file: str
    name: str
    values: Mapping[str, Value]
    places: Mapping[str, str]
    parameters: TenderParameters
    cells: WorkbookCells
    shown: Decimal | None
    notes: tuple[str, ...]

    def cell_of(self, key: str) -> str:
        """Where the value of that key stands, as `Offer!C9`; the buyer's are on the sheet of the parameters."""
        if key in self.cells.value_rows:
            return f"{self.cells.offer.name}!{named(self.cells.value_rows[key], VALUE)}"
        return f"{self.cells.parameters.name}!{named(self.cells.parameter_rows[key], VALUE)}"

    @property
    def lcc_cell(self) -> str:
        """Where the workbook shows its life-cycle cost."""
        return f"{self.cells.offer.name}!{named(self.cells.lcc_row, VALUE)}"


def read_tender(file: str, content: bytes, language: Language = "en") -> ReadTender:
    """Read one workbook; `file` names it in messages. Raise a `WorkbookRefusedError` with each reason to refuse it."""
    return _Reading(file, OpenedWorkbook(file, content, language), language).tender()


def tenderer_of(file: str, content: bytes) -> str:
    """The tenderer's name in a workbook that is refused; empty where it is not to be read."""
    try:
        book = OpenedWorkbook(file, content, "en")
        pages = [book.page(sheet_name("offer", each), _MOST_ROWS, _MOST_COLUMNS) for each in _LANGUAGES.values()]
        return next((read_name(page.get((NAME_ROW, VALUE), EMPTY)) for page in pages if page is not None), "")
    except (WorkbookRefusedError, MisreadError):
        return ""


class _Reading:
    """Reads one workbook and collects what is wrong with it."""

    def __init__(self, file: str, book: OpenedWorkbook, language: Language) -> None:
        self._file, self._book, self._language = file, book, language
        self._problems: list[WorkbookProblem] = []

    def tender(self) -> ReadTender:
        technical = self._page(TECHNICAL)
        parameters = self._parameters(technical)
        written = _LANGUAGES.get(str(technical.get((LANGUAGE_ROW, 1), EMPTY).value))
        if written is None:
            raise self._foreign()
        cells = workbook_cells(parameters, written)
        offer = self._page(cells.offer.name)
        self._check_fixed(cells, self._page(cells.parameters.name), offer)
        name, values, places = self._tenderers(cells, offer)
        if self._problems:
            raise WrongCellsError(self._problems)
        results = self._book.results(cells.offer.name, _MOST_ROWS, _MOST_COLUMNS) or {}
        shown = number_of(results.get((cells.lcc_row, VALUE), EMPTY).value)
        notes = self._notes(cells, values, places)
        return ReadTender(self._file, name, values, places, parameters, cells, shown, notes)

    def _page(self, name: str) -> Page:
        page = self._book.page(name, _MOST_ROWS, _MOST_COLUMNS)
        if page is None:
            raise self._foreign()
        return page

    def _foreign(self) -> ForeignWorkbookError:
        return ForeignWorkbookError([fault(self._file, "", "foreign", self._language)])

    def _parameters(self, technical: Page) -> TenderParameters:
        """The digest is held against the text before anything in the text is believed."""
        stated = str(technical.get((DIGEST_ROW, 1), EMPTY).value).strip()
        kept = str(technical.get((DATA_ROW, 1), EMPTY).value).strip()
        altered = fault(self._file, f"{TECHNICAL}!{named(DIGEST_ROW, 1)}", "digest", self._language)
        try:
            if hashlib.sha256(f"{kept}\n".encode()).hexdigest() != stated:
                raise AlteredParametersError([altered])
            parameters = restored(kept, _defaulted(technical), _title(technical))
        except (UnreadableParametersError, UnknownSheetError) as error:
            raise self._foreign() from error
        except OtherSheetVersionError as error:
            now = sheets()[error.sheet].version
            words = {"was": error.version, "now": now, "sheet": error.sheet}
            raise OtherVersionError([fault(self._file, "", "version", self._language, **words)]) from error
        except AlteredParametersError:
            raise
        except MpdiError as error:  # values that freezing would have refused
            raise AlteredParametersError([altered]) from error
        if parameters.digest != stated:
            raise AlteredParametersError([altered])
        return parameters

    def _check_fixed(self, cells: WorkbookCells, parameters: Page, offer: Page) -> None:
        problems = []
        for cell in cells.parameters.constants():
            found = parameters.get((cell.row, cell.column), EMPTY)
            if not is_same(cell.value, found):
                problems.append(self._altered(cells.parameters.name, cell, found))
        rows = set(cells.value_rows.values())
        for cell in cells.offer.constants():
            found = offer.get((cell.row, cell.column), EMPTY)
            if cell.row in rows and cell.column in (KEY, UNIT, BOUNDS) and not is_same(cell.value, found):
                problems.append(self._altered(cells.offer.name, cell, found))
        if problems:
            raise AlteredParametersError(problems)

    def _altered(self, sheet: str, cell: Cell, found: FoundCell) -> WorkbookProblem:
        is_unit = cell.column == UNIT and bool(cell.value)
        return fault(
            self._file,
            f"{sheet}!{named(cell.row, cell.column)}",
            "unit" if is_unit else "altered",
            self._language,
            found="" if found.value is None else str(found.value),
            wanted="" if cell.value is None else str(cell.value),
        )

    def _tenderers(self, cells: WorkbookCells, offer: Page) -> tuple[str, dict[str, Value], dict[str, str]]:
        values: dict[str, Value] = {}
        places: dict[str, str] = {}
        name = self._name(cells, offer.get((NAME_ROW, VALUE), EMPTY))
        for key, row in cells.value_rows.items():
            try:
                value = read_value(cells.offer.typed[row, VALUE], offer.get((row, VALUE), EMPTY), self._language)
                if value is not None:
                    values[key] = value
            except MisreadError as error:
                self._wrong(cells, row, VALUE, error)
            try:
                places[key] = read_text(offer.get((row, PLACE), EMPTY))
            except MisreadError as error:
                self._wrong(cells, row, PLACE, error)
        return name, values, places

    def _name(self, cells: WorkbookCells, found: FoundCell) -> str:
        try:
            return read_name(found)
        except MisreadError as error:
            self._wrong(cells, NAME_ROW, VALUE, error)
            return ""

    def _wrong(self, cells: WorkbookCells, row: int, column: int, error: MisreadError) -> None:
        cell = f"{cells.offer.name}!{named(row, column)}"
        self._problems.append(fault(self._file, cell, error.key, self._language, **error.values))

    def _notes(self, cells: WorkbookCells, values: Mapping[str, Value], places: Mapping[str, str]) -> tuple[str, ...]:
        notes = []
        for (row, _), each in cells.offer.typed.items():
            if each.proof is not None and each.key in values and not places.get(each.key):
                cell = f"{self._file}, {cells.offer.name}!{named(row, PLACE)}"
                words = {"label": each.label.said(self._language), "proof": each.proof.said(self._language)}
                notes.append(note("no_proof", self._language, cell=cell, **words))
        return tuple(notes)


def _defaulted(technical: Page) -> list[str] | None:
    """The keys that the buyer did not write; None in a workbook of before this was kept."""
    if technical.get((DEFAULTS_ROW, 0), EMPTY).value != "defaults":
        return None
    return str(technical.get((DEFAULTS_ROW, 1), EMPTY).value or "").split()


def _title(technical: Page) -> str:
    """The title of the case, which is for people and not in the digest; none in a workbook without one."""
    if technical.get((TITLE_ROW, 0), EMPTY).value != "title":
        return ""
    return " ".join(str(technical.get((TITLE_ROW, 1), EMPTY).value or "").split()).lstrip("=")
