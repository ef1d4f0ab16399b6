"""What a buyer fixes before tenders are opened: frozen, dated, and named by a digest that any change would change."""

import datetime
import json
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from mpdi.clause_library.core.digest import canonical_json, version_digest
from mpdi.costing.fault_words import UsageError
from mpdi.exceptions import MpdiError
from mpdi.lcc.model import Vat
from mpdi.lcc.sheets.catalogue import sheet_named
from mpdi.lcc.sheets.errors import ValueProblem, WrongValuesError
from mpdi.lcc.sheets.model import Input, InputKind, Language, Sheet, Value
from mpdi.lcc.sheets.own_sources import OwnSource, read_sources
from mpdi.lcc.sheets.pricing import Pricing, read_pricing
from mpdi.lcc.sheets.values import read_values

SCHEMA = 1
"""Number of the form in which parameters are kept; another form has another number."""
_KEYS = frozenset(
    {"schema", "sheet", "version", "sheet_digest", "date", "title", "currency", "vat", "buyer", "externalities"}
)
LONGEST_TITLE = 200


class NoSheetError(UsageError):
    """A case without a product sheet has no workbook."""


class UnreadableParametersError(MpdiError):
    """Kept parameters are not what this version of MPDI writes."""


class WrongOriginError(MpdiError):
    """A value of the buyer is said to be a default of the sheet, which it is not."""


class OtherSheetVersionError(MpdiError):
    """Kept parameters belong to another version of their sheet: `version` of `sheet`."""

    def __init__(self, sheet: str, version: str) -> None:
        super().__init__(f"Made for version {version} of the sheet “{sheet}”, which is not the one that is installed.")
        self.sheet, self.version = sheet, version


@dataclass(frozen=True, slots=True)
class TenderParameters:
    """The buyer's side of one case, checked; `buyer` holds values as typed (3 for 3 %), defaults filled in.

    `title` is empty where the buyer gave none. `defaulted`: keys that the buyer did not write, so that they kept the
    default of the sheet; whose a value is changes no figure and is not in the digest. `sources`: where the buyer has
    his own values from; the digest names them, so that nobody puts others in their place. `externalities`: as data,
    see `mpdi.lcc.sheets.pricing`.
    """

    sheet: Sheet
    date: datetime.date
    title: str
    currency: str
    vat: Vat
    buyer: Mapping[str, Value]
    externalities: Mapping[str, Any] | None
    defaulted: frozenset[str] = frozenset()
    sources: Mapping[str, OwnSource] = field(default_factory=dict)

    @property
    def pricing(self) -> Pricing | None:
        """How emissions are priced; None where they are not."""
        return None if self.externalities is None else read_pricing(self.externalities, self.currency)

    @property
    def data(self) -> dict[str, Any]:
        """What decides, as plain data: numbers as text, in one writing each.

        A title decides nothing and the pages give none: its place is empty, so that a titled case has the digest of the
        workbook of the pages.
        """
        made: dict[str, Any] = {
            "schema": SCHEMA,
            "sheet": self.sheet.id,
            "version": self.sheet.version,
            "sheet_digest": self.sheet.digest,
            "date": self.date.isoformat(),
            "title": "",
            "currency": self.currency,
            "vat": str(self.vat),
            "buyer": {key: plain(value) for key, value in self.buyer.items()},
            "externalities": _plain_tree(self.externalities),
        }
        return {**made, "sources": self._own_sources} if self.sources else made

    @property
    def _own_sources(self) -> dict[str, dict[str, str]]:
        return {key: each.data for key, each in self.sources.items()}

    @property
    def digest(self) -> str:
        """SHA-256 of the data: the same for every tenderer, whatever the language of his workbook."""
        return version_digest(self.data)

    @property
    def text(self) -> str:
        """The data as one line of JSON, from which `restored` makes the same parameters."""
        return canonical_json(self.data).decode("utf-8").strip()

    def case(self, offers: list[Mapping[str, Any]]) -> dict[str, Any]:
        """Return the case that these offers (`name`, `values`) make, as `count` takes it."""
        made: dict[str, Any] = {
            "sheet": self.sheet.id,
            "version": self.sheet.version,
            "title": self.title,
            "currency": self.currency,
            "vat": str(self.vat),
            # What the buyer did not write is left to the sheet, which then says whose value it is.
            "buyer": {key: value for key, value in self.buyer.items() if key not in self.defaulted},
            "offers": offers,
        }
        if self.sources:
            made["sources"] = self._own_sources
        return made if self.externalities is None else {**made, "externalities": dict(self.externalities)}


def freeze(data: Mapping[str, Any], date: datetime.date, language: Language = "en") -> TenderParameters:
    """Freeze the buyer's side of a case; offers in it are left out, they are nobody's business but their tenderers'.

    Raise `NoSheetError`, `WrongValuesError` with each wrong value of the buyer, or what `mpdi.lcc.sheets` raises.
    """
    if "sheet" not in data:
        raise NoSheetError("no_sheet")
    sheet = sheet_named(str(data["sheet"]))
    externalities = _numbers_as_given(data.get("externalities"))
    asked = {**data, "offers": [], "externalities": externalities}
    problems = [each for each in _problems(sheet, asked, language) if each.place != "offers"]
    if problems:
        raise WrongValuesError(problems)
    given: Mapping[str, Any] = data.get("buyer") or {}
    values = {each.key: given.get(each.key, each.default) for each in sheet.buyer}
    return TenderParameters(
        sheet=sheet,
        date=date,
        title=str(data.get("title") or "")[:LONGEST_TITLE],
        currency=str(data.get("currency") or "EUR"),
        vat=Vat(str(data.get("vat") or Vat.EXCLUDED)),
        buyer={key: _value(value) for key, value in values.items() if value is not None},
        externalities=externalities,
        defaulted=frozenset(each.key for each in sheet.buyer if given.get(each.key) is None),
        sources=read_sources(sheet, data.get("sources"))[0],
    )


def _problems(sheet: Sheet, data: Mapping[str, Any], language: Language) -> tuple[ValueProblem, ...]:
    """The reader of values wants an offer, of which there is none yet; all else that it says is about the buyer."""
    try:
        read_values(sheet, data, language)
    except WrongValuesError as error:
        return error.problems
    return ()


def _value(value: object) -> Value:
    return value if isinstance(value, str) else Decimal(str(value))


def restored(text: str, defaulted: Collection[str] | None = None, title: str = "") -> TenderParameters:
    """Return the parameters that `TenderParameters.text` wrote; what was changed in between shows in their digest.

    `defaulted`: the keys that the buyer did not write; where that was not kept, each value that is the default of the
    sheet is taken for one. `title`: kept beside them. Raise `UnreadableParametersError`, `OtherSheetVersionError`, `WrongOriginError`, or what `freeze`
    raises.
    """
    data = _parsed(text)
    sheet = sheet_named(str(data["sheet"]))
    if (data["version"], data["sheet_digest"]) != (sheet.version, sheet.digest):
        raise OtherSheetVersionError(sheet.id, str(data["version"]))
    kinds = {each.key: each for each in sheet.buyer}
    buyer = {key: _from_text(kinds.get(key), value) for key, value in data["buyer"].items()}
    try:
        date = datetime.date.fromisoformat(str(data["date"]))
    except ValueError as error:
        raise UnreadableParametersError(f"“{data['date']}” is no date.") from error
    frozen = freeze({**_of_case(data), "buyer": buyer}, date)
    may = frozenset(key for key, value in frozen.buyer.items() if value == kinds[key].default)
    if defaulted is not None and not may.issuperset(defaulted):
        raise WrongOriginError("A value that is not the default of the sheet is called one.")
    kept = may if defaulted is None else frozenset(defaulted)
    return replace(frozen, defaulted=kept, title=title[:LONGEST_TITLE])


def _of_case(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: data[key] for key in (*(_KEYS - {"schema", "sheet_digest", "date"}), "sources") if key in data}


def _parsed(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableParametersError("The parameters are no JSON.") from error
    if not isinstance(data, dict) or set(data) - {"sources"} != _KEYS or not isinstance(data["buyer"], dict):
        raise UnreadableParametersError("The parameters do not have the keys that they should have.")
    if data["schema"] != SCHEMA:
        raise UnreadableParametersError(f"The parameters are of form {data['schema']}; this MPDI reads form {SCHEMA}.")
    return data


def _from_text(each: Input | None, value: object) -> object:
    if each is None or each.kind is InputKind.CHOICE or not isinstance(value, str):
        return value
    try:
        return Decimal(value)
    except InvalidOperation:
        return value


def plain(value: Value) -> str:
    """Write a value in the one way that a digest needs: no exponent, no zeros at the end."""
    return value if isinstance(value, str) else f"{value.normalize():f}"


def _plain_tree(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {str(key): _plain_tree(value) for key, value in data.items()}
    return plain(Decimal(str(data))) if isinstance(data, float | Decimal) else data


def _numbers_as_given(data: Any) -> Any:
    """Own prices of emissions arrive as decimals or, kept, as text; the reader of prices takes numbers of a file."""
    if not isinstance(data, Mapping):
        return data
    return {str(key): _number(value) if key == "value" else _numbers_as_given(value) for key, value in data.items()}


def _number(value: object) -> object:
    try:
        read = float(value) if isinstance(value, str | Decimal) else value
    except ValueError:
        return value
    return read if not isinstance(read, float) or math.isfinite(read) else value
