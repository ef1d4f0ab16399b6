"""What was typed on the page, as the data that an OFFERS.yaml holds. The check reads both the same way. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml

from mpdi.clause_library.core.said import Said, said
from mpdi.price_check.core.errors import OfferProblem
from mpdi.price_check.core.model import Cost
from mpdi.specifications.typed_values import NotADateError, NotANumberError, read_date, read_number

_PARTS = re.compile(r"\t|;|\|")
_OTHER_CURRENCY = re.compile(r"\b(?!EUR\b)[A-Z]{3}\b|[$£¥₣]|\bCHF\b", re.IGNORECASE)
_OFFER_COLUMNS = ("tenderer", "amount", "hours", "joint_committee", "lot", "address")
_WAGE_COLUMNS = ("joint_committee", "value", "source", "valid_from", "valid_to")
_COLUMN_WORDS: dict[str, Said] = {
    "tenderer": said("tenderer"),
    "amount": said("total"),
    "hours": said("hours"),
    "joint_committee": said("joint committee"),
    "lot": said("lot"),
    "address": said("address"),
    "value": said("EUR an hour"),
    "source": said("source"),
    "valid_from": said("valid from"),
    "valid_to": said("valid to"),
}
_PLACE = re.compile(r"(offers|wage_costs)\[([0-9]+)\](?:\.([a-z_]+))?")
_HEADING_WORDS = frozenset(
    ["total", "totaal", "montant", "bedrag", "prix", "prijs", "price", "amount", "somme", "som", "sum", "offre", "offerte", "offer", "eur", "euro", "htva", "hors", "excl", "cout", "kost", "kostprijs", "kosten", "loonkost", "cost", "wage", "salaire", "uurloon", "valeur", "waarde", "value", "heure", "uur", "hour"]
)
"""What stands above the second column of a table, an amount, in French, Dutch or English."""


@dataclass(frozen=True)
class Heading:
    """A line of a table that was taken for its heading and left out."""

    field: str
    line: int
    text: str


class Typed:
    """Reads the fields of the form; `problems` name the field that each lies in, `headings` the lines left out as headings."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = {key: (value or "").strip() for key, value in values.items()}
        self.problems: list[OfferProblem] = []
        self.headings: list[Heading] = []
        self._lines: dict[str, list[int]] = {}

    def data(self) -> dict[str, Any]:
        """Return the purchase with its offers as plain data; what cannot be read is left out and is a problem."""
        data = {
            "purchase": self._purchase(),
            "joint_committee": self._values.get("joint_committee"),
            "hours": self._number("hours", has_thousands=True),
            "wage_costs": [self._wage(place, cells) for place, cells in self._rows("wage_costs")],
            "other_costs": {cost.value: share for cost in Cost if (share := self._share(cost)) is not None},
            "letter": {
                "answer_days": self._whole("answer_days"),
                "contact": self._values.get("contact"),
                "signatory": self._values.get("signatory"),
            },
            "offers": [self._offer(place, cells) for place, cells in self._rows("offers")],
        }
        lots = dict.fromkeys(offer["lot"] for offer in data["offers"] if offer.get("lot"))
        if lots:
            data["lots"] = [{"title": title} for title in lots]
        return _filled(data)

    def _purchase(self) -> dict[str, Any]:
        plain = ("reference", "object", "nature", "procedure", "fraud_sensitive", "light_regime", "cpv_risk_list", "works_above_class_2", "language")
        return {
            **{key: self._values.get(key) for key in plain},
            "authority": {"name": self._values.get("authority_name"), "type": self._values.get("authority_type")},
            "price_weight": self._number("price_weight", has_thousands=False),
            "estimated_value": self._number("estimated_value", has_thousands=True),
            "publication_date": self._date("publication_date"),
        }

    def _share(self, cost: Cost) -> dict[str, Any] | None:
        percent = self._number(cost.value, has_thousands=False)
        return None if percent is None else {"percent": percent, "source": self._values.get("shares_source")}

    def _wrong(self, field: str, message: str, remedy: str) -> None:
        self.problems.append(OfferProblem(field, message, remedy))

    def at_its_line(self, problem: OfferProblem) -> OfferProblem:
        """Return a problem of the data as one of what was typed: its field, and the line and column of a table."""
        found = _PLACE.match(problem.key)
        lines = self._lines.get(found[1], []) if found else []
        if not found or not 1 <= int(found[2]) <= len(lines):
            return OfferProblem(field_of(problem.key), problem.message, problem.remedy)
        line, column = lines[int(found[2]) - 1], _COLUMN_WORDS.get(found[3] or "")
        if column is None:
            words = said("line %(line)s: %(problem)s", line=line, problem=problem.message)
        else:
            words = said("line %(line)s, %(column)s: %(problem)s", line=line, column=column, problem=problem.message)
        return OfferProblem(found[1], words, problem.remedy)

    def _rows(self, field: str) -> Iterator[tuple[int, list[str]]]:
        """Yield the lines of a pasted table: cells parted by tabs, semicolons or upright bars; a heading above them is left out."""
        self._lines[field] = []
        for place, line in enumerate(self._values.get(field, "").splitlines(), start=1):
            if not line.strip(" \t;|"):
                continue
            cells = [cell.strip() for cell in _PARTS.split(line)]
            if not self._lines[field] and _is_heading(cells):
                self.headings.append(Heading(field, place, " | ".join(filter(None, cells))[:120]))
                continue
            self._lines[field].append(place)
            yield place, cells

    def _offer(self, place: int, cells: Sequence[str]) -> dict[str, Any]:
        cell = self._cells("offers", place, cells, _OFFER_COLUMNS)
        return {
            "tenderer": cell["tenderer"],
            "amount": self._amount(place, cell["amount"]),
            "hours": self._cell("offers", place, cell["hours"], has_thousands=True),
            "joint_committee": cell["joint_committee"],
            "lot": cell["lot"],
            "address": cell["address"],
        }

    def _amount(self, place: int, text: str) -> Decimal | None:
        if _OTHER_CURRENCY.search(text):
            self._wrong(
                "offers",
                said("line %(line)s: “%(value)s” is in another currency: only amounts in EUR can be compared.", line=place, value=text),
                said("Have the tenderer state the amount in EUR as the documents ask, or convert it yourself and note rate, day and source in the file."),
            )
            return None
        return self._cell("offers", place, text, has_thousands=True)

    def _wage(self, place: int, cells: Sequence[str]) -> dict[str, Any]:
        cell = self._cells("wage_costs", place, cells, _WAGE_COLUMNS)
        return {
            "joint_committee": cell["joint_committee"],
            "value": self._cell("wage_costs", place, cell["value"], has_thousands=False),
            "source": cell["source"],
            "valid_from": self._day("wage_costs", cell["valid_from"], place),
            "valid_to": self._day("wage_costs", cell["valid_to"], place),
            "certainty": self._values.get("wage_certainty"),
        }

    def _cells(self, field: str, place: int, cells: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
        if any(cells[len(columns) :]):
            words = said("line %(line)s has more than %(count)s columns.", line=place, count=len(columns))
            self._wrong(field, words, said("Part the columns by tabs or semicolons, in the order shown."))
        return dict(zip(columns, [*cells, *[""] * len(columns)], strict=False))

    def _cell(self, field: str, place: int, text: str, *, has_thousands: bool) -> Decimal | None:
        words = said("line %(line)s: “%(value)s” is not a number.", line=place, value=text[:60])
        remedy = said("If this line is the heading of the table, leave it out.") if self._lines[field] == [place] else ""
        return self._read(field, text, lambda: _signed(text, has_thousands), words, remedy)

    def _number(self, field: str, *, has_thousands: bool) -> Decimal | None:
        text = self._values.get(field, "")
        return self._read(field, text, lambda: _signed(text, has_thousands), said("“%(value)s” is not a number.", value=text[:60]))

    def _whole(self, field: str) -> Decimal | int | None:
        number = self._number(field, has_thousands=False)
        return int(number) if number is not None and number == number.to_integral_value() else number

    def _read(self, field: str, text: str, read: Callable[[], Decimal], problem: str, remedy: str = "") -> Decimal | None:
        if not text:
            return None
        try:
            return read()
        except NotANumberError:
            self._wrong(field, problem, remedy or said("Write figures; spaces, dots and commas are understood, words are not."))
            return None

    def _date(self, field: str) -> Any:
        return self._day(field, self._values.get(field, ""), None)

    def _day(self, field: str, text: str, line: int | None) -> Any:
        if not text:
            return None
        try:
            return read_date(text)
        except NotADateError:
            words = said("“%(value)s” is not a date.", value=text[:60])
            if line is not None:
                words = said("line %(line)s: “%(value)s” is not a date.", line=line, value=text[:60])
            self._wrong(field, words, said("Write day/month/year, for instance 15/01/2027."))
            return None


def _is_heading(cells: Sequence[str]) -> bool:
    """Whether a first line names the columns: no figure in it, and a word for an amount above the second."""
    if len(cells) < 2 or any(letter.isdigit() for cell in cells for letter in cell):
        return False
    plain = "".join(letter for letter in unicodedata.normalize("NFD", cells[1].casefold()) if not unicodedata.combining(letter))
    return not _HEADING_WORDS.isdisjoint(re.findall(r"[a-z]+", plain))


def _signed(text: str, has_thousands: bool) -> Decimal:
    bare = text.strip()
    if bare[:1] in ("-", "−"):
        return -read_number(bare[1:], has_thousands)
    return read_number(bare, has_thousands)


def _filled(data: Any) -> Any:
    """Leave out what was left empty."""
    if isinstance(data, dict):
        return {key: made for key, each in data.items() if (made := _filled(each)) not in (None, "", {}, [])}
    return [_filled(each) for each in data] if isinstance(data, list) else data


class _Text(str):
    """A text that is written in quotes, so that it is read as a text again whatever it looks like."""


class _Dumper(yaml.SafeDumper):
    """Writes decimals as numbers, texts in quotes, and what stands twice, twice."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 (PyYAML's name)
        """Write no alias: our reader refuses them."""
        return True


def _decimal(dumper: yaml.SafeDumper, value: Decimal) -> yaml.ScalarNode:
    kind = "int" if value == value.to_integral_value() else "float"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", format(value.normalize() if kind == "float" else value.to_integral_value(), "f"))


_Dumper.add_representer(Decimal, _decimal)
_Dumper.add_representer(_Text, lambda dumper, value: dumper.represent_scalar("tag:yaml.org,2002:str", str(value), style='"'))


def _quoted(data: Any) -> Any:
    if isinstance(data, str):
        return _Text(data)
    if isinstance(data, dict):
        return {key: _quoted(each) for key, each in data.items()}
    return [_quoted(each) for each in data] if isinstance(data, list) else data


def as_yaml(data: Mapping[str, Any]) -> str:
    """Return the data as the text of an OFFERS.yaml."""
    return yaml.dump(_quoted(dict(data)), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=200)


FIELD_OF = {
    "purchase.authority.type": "authority_type",
    "purchase.authority.name": "authority_name",
    "hours": "hours",
    "joint_committee": "joint_committee",
    "letter.answer_days": "answer_days",
    "letter.contact": "contact",
    "letter.signatory": "signatory",
    "other_costs": "materials",
    **{f"other_costs.{cost}.percent": cost.value for cost in Cost},
}
"""Keys of the data and the field of the page they come from; a key that begins like a list lies in its field."""


def field_of(key: str) -> str:
    """Return the field that a key of the data was typed in."""
    if key in FIELD_OF:
        return FIELD_OF[key]
    head = key.partition("[")[0]
    if head == "lots":
        return "offers"
    return head if head in ("offers", "wage_costs") else key.removeprefix("purchase.")
