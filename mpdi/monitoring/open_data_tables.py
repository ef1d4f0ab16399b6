"""The tables of the open data: every column with its meaning, its unit and where it comes from."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from mpdi.csv_text import safe_cell
from mpdi.monitoring.indicators.dimensions import SPLITS
from mpdi.monitoring.indicators.model import Rate
from mpdi.monitoring.notice_keys import key_of
from mpdi.monitoring.uptake_rows import ABOUT

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_NONE = ""
_DECIMALS = 6


@dataclass(frozen=True)
class Column:
    """One column: its name, what it means, in what it is counted, the business term of eForms, its values."""

    name: str
    says: LazyString
    term: str = _NONE
    unit: LazyString | str = _NONE
    values: str = _NONE


@dataclass(frozen=True)
class Table:
    """One table: a line a thing, in the order of the columns."""

    name: str
    says: LazyString
    columns: tuple[Column, ...]
    cells: Callable[[Any], Sequence[Any]]
    """The values of a row of the query, in the order of the columns."""

    def header(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]

    def line(self, row: Any) -> list[str]:
        """A row as cells of CSV, none of which a spreadsheet takes for a formula."""
        return [cell(value) for value in self.cells(row)]


def cell(value: Any) -> str:
    """A value as text: decimal comma, days of ISO 8601, lists with `; `, empty for "not stated"."""
    if value is None:
        return _NONE
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f").replace(".", ",")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return safe_cell("; ".join("?" if each is None else str(each) for each in value))
    return safe_cell(" ".join(value.split()) if isinstance(value, str) else value)


_KEY = Column("notice", _l("Key of the notice: the last part of the address of its page."))
_LOT = Column("lot", _l("Identifier of the lot, as the notice writes it; empty: said of the whole."), "BT-137")

_NOTICES = (
    _KEY,
    Column("procedure", _l("Notices that share it are of one procedure, in any format.")),
    Column("format", _l("Format of the file."), values="eforms, ted_export, ocds, decp, boamp, bda, mapped"),
    Column("publication_id", _l("Number in the Official Journal."), "OPP-010"),
    Column("notice_id", _l("Identifier of the notice."), "BT-701"),
    Column("notice_version", _l("Version of the notice."), "BT-757"),
    Column("procedure_id", _l("Identifier of the procedure, as the notice writes it."), "BT-04"),
    Column("form", _l("What kind of notice it is."), "BT-03", values="planning, competition, result, …"),
    Column("notice_type", _l("Type of notice."), "BT-02", values="cn-standard, can-standard, …"),
    Column("legal_basis", _l("Law under which it is published."), "BT-01", values="32014L0024, …"),
    Column("language", _l("Its first official language."), "BT-702", values="ISO 639-1"),
    Column("day", _l("Day of publication, else of dispatch."), "OPP-012, BT-05", _l("date")),
    Column("country", _l("Country of the buyer."), "BT-514", values="ISO 3166-1 alpha-3"),
    Column("buyer", _l("Name of the first buyer, in the language of the notice."), "BT-500"),
    Column("buyer_number", _l("Its number in a register."), "BT-501"),
    Column("buyer_type", _l("Kind of buyer."), "BT-11", values="cga, ra, la, body-pl, …"),
    Column("buyer_place", _l("Where the buyer is."), "BT-507", values="NUTS"),
    Column("authority", _l("Authority of our register that it was recognised as.")),
    Column("buyers", _l("How many buyers it names."), unit=_l("count")),
    Column("procedure_type", _l("Type of procedure."), "BT-105", values="open, restricted, neg-w-call, …"),
    Column("title", _l("Title, in the language of the notice."), "BT-21"),
    Column("lots", _l("How many lots it describes."), unit=_l("count")),
    Column("awarded_value", _l("Value of everything awarded by the notice."), "BT-161", _l("in its currency")),
    Column("awarded_currency", _l("Currency of that value."), "BT-161", values="ISO 4217"),
    Column("searched", _l("Whether its texts were searched."), values="true, false"),
    Column("detected", _l("What its words were found to say; empty: nothing, or not searched."), values="env_criterion; env_subject; social_criterion; ethical; anti_dumping; innovation; sme"),
    Column("file_digest", _l("SHA-256 of the file it was read from.")),
    Column("parser_version", _l("Version of the reader.")),
    Column("rules_version", _l("Version of the rules of detection; empty: not searched.")),
)  # fmt: skip
_LOTS = (
    _KEY,
    Column("number", _l("Place within the notice; 0: what is said once for the whole."), unit=_l("count")),
    Column("kind", _l("What the line is about."), values="whole, lot, part, group"),
    _LOT,
    Column("title", _l("Title, in the language of the notice."), "BT-21"),
    Column("nature", _l("Nature of what is bought."), "BT-23", values="works, supplies, services"),
    Column("cpv", _l("Main CPV code."), "BT-262", values="CPV 2008"),
    Column("place", _l("First place of performance."), "BT-5071", values="NUTS"),
    Column("estimated_value", _l("Estimated value without VAT."), "BT-27", _l("in its currency")),
    Column("estimated_currency", _l("Currency of that value."), "BT-27", values="ISO 4217"),
    Column("strategic", _l("Strategic procurement as declared; empty: not stated."), "BT-06", values="env-imp, soc-obj, inn-pur, none"),
    Column("environmental", _l("Environmental impact as declared."), "BT-774"),
    Column("social", _l("Social objective as declared."), "BT-775"),
    Column("innovation", _l("Innovative purchase as declared."), "BT-776"),
    Column("gpp_criteria", _l("Green procurement criteria as declared."), "BT-805"),
    Column("accessibility", _l("Accessibility criteria as declared."), "BT-754"),
    Column("sme_suitable", _l("Declared suitable for small and medium enterprises."), "BT-726", values="true, false"),
    Column("reserved_participation", _l("Who alone may tender."), "BT-71", values="res-ws, res-pub-ser, none"),
    Column("reserved_execution", _l("Reserved execution."), "BT-736", values="yes, no"),
    Column("framework", _l("Framework agreement."), "BT-765", values="none, fa-wo-rc, fa-w-rc, fa-mix, fa"),
    Column("closes", _l("Last day to take part."), "BT-131, BT-1311", _l("date")),
    Column("tenders", _l("Tenders received."), "BT-759", _l("count")),
    Column("tenders_of_smes", _l("Of them from small and medium enterprises."), "BT-759", _l("count")),
    Column("result", _l("Decision on the lot."), "BT-142", values="selec-w, clos-nw, open-nw"),
    Column("non_award_reason", _l("Why there is no winner."), "BT-144"),
    Column("winner_sizes", _l("Size of each winner; “?”: not stated."), "BT-165", values="micro, small, medium, large, sme"),
)  # fmt: skip
_OBSERVATIONS = (
    _KEY,
    Column("label", _l("What the words say."), values="env_criterion, env_subject, social_criterion, ethical, anti_dumping, innovation, sme"),
    _LOT,
    Column("element", _l("Element of the notice that holds the text.")),
    Column("text_number", _l("Number of the text within the notice, from 0."), unit=_l("count")),
    Column("begins", _l("Where the words begin in the text."), unit=_l("characters")),
    Column("ends", _l("Where they end."), unit=_l("characters")),
    Column("language", _l("Language of the rule's words."), values="fr, nl, en"),
    Column("words", _l("The words themselves.")),
    Column("rule", _l("The rule that found them.")),
)  # fmt: skip


_RATES = (
    Column("indicator", _l("What is measured: name of the indicator.")),
    Column("counted", _l("By what it is counted."), values="procedures, lots, value"),
    Column("reading", _l("How it is known; empty: stated by fields made for it."), values="strict, detailed, contradictory, detected"),
    Column("currency", _l("Currency of a share of value; currencies are never added."), values="ISO 4217"),
    Column("buyers_at_least", _l("From how many buyers on a need counts as bought apart."), unit=_l("count")),
    Column("cpv_group", _l("Group of the CPV of a need bought apart."), values="CPV 2008"),
    Column("buyers", _l("How many buyers have that need."), unit=_l("count")),
    Column("split", _l("By what the rate is told apart; empty: all notices together."), values="year, quarter, authority, level, procedure, format, category, cpv, nature, value_band, place"),
    Column("split_value", _l("Which part of it.")),
    Column("numerator", _l("How many say yes; of a mean, the sum.")),
    Column("denominator", _l("For how many it is stated.")),
    Column("population", _l("How many there are, stated or not.")),
    Column("coverage", _l("Share for which it is stated: denominator by population.")),
    Column("rate", _l("Numerator by denominator; empty: nothing is stated.")),
    Column("lower", _l("The rate if all that is not stated were no.")),
    Column("upper", _l("The rate if all that is not stated were yes; empty: there is no bound.")),
)  # fmt: skip


def _rate_cells(rate: Rate) -> Sequence[Any]:
    """Fractions with six decimals: the counts beside them are exact."""
    split = next((name for name in SPLITS if name in rate.dimension), None)
    about = (rate.dimension.get(name) for name in ABOUT)
    counts = (rate.numerator, rate.denominator, rate.population)
    shares = (rate.coverage, rate.rate, rate.lower, rate.upper)
    return (
        rate.indicator,
        *about,
        split,
        rate.dimension.get(split) if split else None,
        *counts,
        *(None if share is None else round(share, _DECIMALS) for share in shares),
    )


def _notice_cells(row: Any) -> Sequence[Any]:
    """The row ends with digest, parser, rules and its number; what was found stands before them."""
    record, labels = row
    *said, digest, parser, rules, _number = record
    return (key_of(said[0]), *said[1:], bool(rules), labels, digest, parser, rules)


def _keyed(row: Any) -> Sequence[Any]:
    return (key_of(row[0]), *row[1:])


TABLES: Mapping[str, Table] = {
    "notices": Table("notices", _l("A line a notice that is counted."), _NOTICES, _notice_cells),
    "lots": Table("lots", _l("A line a lot, part or group, and one for the whole of each notice."), _LOTS, _keyed),
    "observations": Table(
        "observations", _l("A line a finding: words that say one thing, and where."), _OBSERVATIONS, _keyed
    ),
    "rates": Table(
        "rates", _l("A line a rate over all notices that are counted, whole and by each split."), _RATES, _rate_cells
    ),
}


def dictionary() -> list[list[str]]:
    """The data dictionary: a line a column of each table, in the language of the request."""
    head = ["table", "column", "meaning", "unit", "eforms", "values"]
    return [head] + [
        [table.name, column.name, str(column.says), str(column.unit), column.term, column.values]
        for table in TABLES.values()
        for column in table.columns
    ]
