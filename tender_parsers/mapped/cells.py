"""Cells taken for what the mapping says they are; one that cannot be taken leaves a remark, never a guess."""

from datetime import date, datetime
from decimal import Decimal

from tender_parsers.loose_values import Sayings, number
from tender_parsers.mapped.mapping import FIELDS, Mapping
from tender_parsers.mapped.workbook import Cell, day_of_serial
from tender_parsers.notice import Moment, Money

Row = dict[str, Cell]


class Cells:
    """The cells of one row by field."""

    __slots__ = ("_mapping", "_row", "_said")

    def __init__(self, row: Row, mapping: Mapping, said: Sayings) -> None:
        self._row = row
        self._mapping = mapping
        self._said = said

    def _cell(self, field: str) -> Cell:
        return self._row.get(self._mapping.columns.get(field, ""))

    def _refuse(self, field: str, why: str) -> None:
        self._said.remark(self._mapping.columns[field], self._cell(field), why)

    def words(self, field: str) -> str | None:
        """Text as written; a number without needless zeros; `None` where the cell is empty or no column is meant."""
        return text_of(self._cell(field))

    def list(self, field: str) -> tuple[str, ...]:
        """Texts between separators."""
        parts = (self.words(field) or "").split(self._mapping.separator)
        return tuple(part.strip() for part in parts if part.strip())

    def code(self, field: str) -> str | None:
        """A code: by the table of the mapping where it has one for the field, else as written."""
        return self._coded(field, self.words(field))

    def codes(self, field: str) -> tuple[str, ...]:
        """Codes between separators."""
        return tuple(code for each in self.list(field) if (code := self._coded(field, each)))

    def _coded(self, field: str, word: str | None) -> str | None:
        table = self._mapping.codes.get(field)
        if word is None or table is None:
            return word
        code = table.get(word.casefold())
        if code is None:
            self._said.remark(self._mapping.columns[field], word, "no code for it in the mapping")
        return code or None

    def amount(self, field: str) -> Decimal | None:
        """A number: of a workbook, or text with the mapping's decimal sign, spaces and the other sign between thousands."""
        cell = self._cell(field)
        if cell is None or cell == "":
            return None
        found = number(plain_number(cell, self._mapping.decimal) if isinstance(cell, str) else cell)
        if found is None:
            self._refuse(field, "no number")
        return found

    def money(self, field: str) -> Money | None:
        """An amount in the mapping's currency."""
        found = self.amount(field)
        return None if found is None else Money(found, self._mapping.currency)

    def count(self, field: str) -> int | None:
        """A whole number, not below zero."""
        found = self.amount(field)
        if found is None:
            return None
        if found < 0 or found != found.to_integral_value():
            self._refuse(field, "no count")
            return None
        return int(found)

    def truth(self, field: str) -> bool | None:
        """Yes or no by the mapping's words."""
        cell = self._cell(field)
        if cell is None or isinstance(cell, bool):
            return cell
        word = (text_of(cell) or "").casefold()
        if word in self._mapping.yes:
            return True
        if word and word not in self._mapping.no:
            self._refuse(field, "neither yes nor no")
        return False if word in self._mapping.no else None

    def moment(self, field: str) -> Moment | None:
        """A day."""
        found = self.day(field)
        return Moment(found) if found else None

    def day(self, field: str) -> date | None:
        """A day by the mapping's patterns, or by a workbook's number."""
        cell = self._cell(field)
        if cell is None or cell == "":
            return None
        found = day_of_serial(cell) if isinstance(cell, Decimal) else self._written_day(str(cell).strip())
        if found is None:
            self._refuse(field, "no day by the patterns of the mapping")
        return found

    def _written_day(self, text: str) -> date | None:
        for pattern in self._mapping.days:
            try:
                return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        return None

    def has_lot(self) -> bool:
        """Whether any cell of a field of a lot is filled."""
        from_lot = list(FIELDS).index("lot_id")
        return any(self.words(field) is not None for field in list(FIELDS)[from_lot:] if field in self._mapping.columns)


def text_of(cell: Cell) -> str | None:
    """A cell as text: `5` and not `5.0`."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, Decimal):
        return format(cell.normalize(), "f")
    return cell.strip() or None


def plain_number(text: str, decimal: str) -> str:
    """`1 234,50 €` → `1234.50`, `decimal` being the sign before the fraction."""
    other = "." if decimal == "," else ","
    kept = "".join(sign for sign in text if not sign.isspace() and sign not in ("€", "'", "’", other))
    return kept.removeprefix("EUR").removesuffix("EUR").replace(decimal, ".")
