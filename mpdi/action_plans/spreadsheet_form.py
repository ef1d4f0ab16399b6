"""What a user says of a spreadsheet: its sheet, columns, years, and the category of each label. Read once, kept in the form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from mpdi.action_plans.core.label_reading import LONGEST_LABEL
from mpdi.action_plans.core.line_categories import label_key
from mpdi.action_plans.core.spreadsheet_cells import MOST_COLUMNS
from mpdi.action_plans.core.spreadsheet_columns import ColumnMap, Guess, LineField
from mpdi.action_plans.core.typed_columns import KINDS
from mpdi.action_plans.core.written_values import DecimalSign
from mpdi.action_plans.source_words import FIELD_WORDS
from mpdi.action_plans.steps.step_form import Cell
from mpdi.clause_library.core.vocabulary import Category
from mpdi.i18n import translate as _

SHOWN_LABELS = 60
_FIRST, _LAST, _MOST_YEARS, _MOST_ROWS = 1990, 2100, 50, 1_000_000
_SIGNS: Mapping[str, DecimalSign] = {"": "", ",": ",", ".": "."}
Posted = Mapping[str, str]


@dataclass
class SpreadsheetForm:
    """The cells of the form, by name, and the columns that they give."""

    cells: dict[str, Cell]
    columns: ColumnMap
    labels: dict[str, Category] = field(default_factory=dict)

    @classmethod
    def guessed(cls, guess: Guess) -> "SpreadsheetForm":
        """Return the form filled with a proposal."""
        asked = guess.columns
        texts = {str(each): str(place) for each, place in asked.columns.items()}
        texts |= {"head": str(asked.head), "decimal": asked.decimal, "years": "1"}
        return cls(_cells(texts), asked)

    @classmethod
    def typed(cls, sheet: str, typed: Posted, labels: Sequence[tuple[str, str]]) -> "SpreadsheetForm":
        """Return the form as sent, everything wrong noted beside it; `labels`: each with the word of a category."""
        form = cls(_cells(typed), ColumnMap(sheet))
        columns = {each: place for each in LineField if (place := form._column(each)) is not None}
        form._check(columns)
        form.columns = ColumnMap(
            sheet,
            form._whole("head", 0, _MOST_ROWS) or 0,
            columns,
            _SIGNS.get(form.cells["decimal"].text, ""),
            form._whole("first_year", _FIRST, _LAST),
            form._whole("last_year", _FIRST, _LAST),
            form._whole("years", 1, _MOST_YEARS) or 1,
        )
        form.labels = dict(_given(labels))
        return form

    def __getitem__(self, name: str) -> Cell:
        return self.cells[name]

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """Every error: id of the control, its label, what is wrong."""
        return [(each.name, each.label, each.error) for each in self.cells.values() if each.error]

    @property
    def fields(self) -> list[tuple[Cell, str]]:
        """The columns to choose, each with a word of help."""
        return [(self.cells[each], str(help_words)) for each, (_name, help_words) in FIELD_WORDS.items()]

    @property
    def has_dates(self) -> bool:
        """Whether a column has dates."""
        return LineField.DATE in self.columns.columns

    def with_sheet(self, guess: Guess) -> "SpreadsheetForm":
        """Return the same on the sheet of a proposal."""
        return replace(self, columns=replace(self.columns, sheet=guess.columns.sheet))

    def _column(self, each: LineField) -> int | None:
        text = self.cells[each].text
        return int(text) if text.isdecimal() and len(text) <= 3 and int(text) < MOST_COLUMNS else None

    def _check(self, columns: Mapping[LineField, int]) -> None:
        if LineField.AMOUNT not in columns:
            self.cells[LineField.AMOUNT].error = _("Choose the column of the amounts.")
        if not any(each in columns for each in KINDS):
            self.cells[LineField.CATEGORY].error = _(
                "Choose what says what is bought: your own category, a CPV code or a description."
            )
        for each, place in columns.items():
            first = next(one for one, other in columns.items() if other == place)
            if first is not each and not self.cells[each].error:
                self.cells[each].error = _(
                    "This column is chosen for “%(other)s” already.", other=self.cells[first].label
                )

    def _whole(self, name: str, lowest: int, highest: int) -> int | None:
        text = self.cells[name].text.strip()
        if not text:
            return None
        if text.isdecimal() and len(text) <= 7 and lowest <= int(text) <= highest:
            return int(text)
        self.cells[name].error = _(
            "Write a whole number from %(lowest)s to %(highest)s.", lowest=lowest, highest=highest
        )
        return None


def _cells(texts: Posted) -> dict[str, Cell]:
    names = {str(each): str(words) for each, (words, _help) in FIELD_WORDS.items()}
    names |= {
        "head": _("Row of the heads (0: none)"),
        "decimal": _("What parts decimals, where an amount alone does not tell"),
        "first_year": _("First year to count"),
        "last_year": _("Last year to count"),
        "years": _("How many years the file covers"),
    }
    return {name: Cell(name, label, texts.get(name, "")) for name, label in names.items()}


def _given(labels: Sequence[tuple[str, str]]) -> Iterator[tuple[str, Category]]:
    """The labels for which a category was chosen; a long one stands for all that begin as it does."""
    for label, word in labels:
        words = " ".join(label.split()).lstrip("=")
        if len(words) > LONGEST_LABEL:
            words = f"{words[: LONGEST_LABEL - 1]}*"
        if label_key(words) and word in list(Category):
            yield words, Category(word)
