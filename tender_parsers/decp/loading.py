"""Contracts of a DECP file one at a time, JSON, XML or CSV, all turned into the shape of the JSON of 2022."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lxml import etree

from tender_parsers.exceptions import NotANotice
from tender_parsers.json_blocks import json_items
from tender_parsers.loose_values import Json, record, truth, words
from tender_parsers.reading import Source
from tender_parsers.tables import dialect_of, rows_of

CONTRACT, CONCESSION = "marche", "contrat-concession"
_BELOW = frozenset({"marches", CONTRACT, CONCESSION, "contratConcession"})
_LISTS = {
    "titulaires": "titulaire",
    "concessionnaires": "concessionnaire",
    "modifications": "modification",
    "actesSousTraitance": "acteSousTraitance",
    "techniques": "technique",
    "considerationsSociales": "considerationSociale",
    "considerationsEnvironnementales": "considerationEnvironnementale",
}
"""Lists and the name of what is in them: each is wrapped in it in XML and in the JSON of 2022, bare in that of 2019."""

COLUMNS = frozenset({"objet", "codecpv", "montant", "datenotification", "acheteur_id", "acheteurid", "acheteur"})
"""Columns, of which a DECP table has at least three, `objet` among them."""
_HOLDER = "titulaire_"


@dataclass(frozen=True, slots=True)
class Award:
    """One contract or concession, by its keys, and where it lay."""

    value: Json
    kind: str
    """`marche` or `contrat-concession`."""
    version: str | None
    """`2019` or `2022`; `None` of a table, which does not tell."""
    container: str


def of_json(source: Source) -> Iterator[Award]:
    """From JSON, by blocks."""
    for item in json_items(source, _BELOW):
        value = item.value
        if not isinstance(value, dict) or not item.path:
            raise NotANotice(source.name, "JSON without contracts of the DECP", item.offset)
        kind = item.path.rpartition("/")[2]
        if kind != "marches":
            yield Award(value, CONTRACT if kind == CONTRACT else CONCESSION, "2022", item.path)
        elif not value.keys() <= _BELOW:
            is_concession = words(value.get("_type")) == "Contrat de concession" or "autoriteConcedante" in value
            yield Award(value, CONCESSION if is_concession else CONTRACT, "2019", item.path)


def of_xml(source: Source) -> Iterator[Award]:
    """From XML: root `marches`."""
    for child in source.root():
        kind = _local(child)
        if kind in (CONTRACT, CONCESSION):
            value = record(_plain(child))
            titled = any("denominationSociale" in each for each in several(value, "titulaires"))
            yield Award(
                value, kind, "2019" if titled or ("acheteur" in value and _has_name(value)) else "2022", "marches"
            )


def _has_name(value: Json) -> bool:
    return "nom" in record(value.get("acheteur"))


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _plain(element: etree._Element) -> Any:
    """Elements as objects, those that repeat as arrays, those without children as text."""
    children = [child for child in element if isinstance(child.tag, str)]
    if not children:
        return (element.text or "").strip()
    found: dict[str, Any] = {}
    for child in children:
        name, value = _local(child), _plain(child)
        if name in found:
            found[name] = [*found[name], value] if isinstance(found[name], list) else [found[name], value]
        else:
            found[name] = value
    return found


def several(value: Json, name: str) -> list[Any]:
    """The members of one of the lists, whichever way it is wrapped."""
    inner = _LISTS[name]
    given = value.get(name)
    if isinstance(given, dict) and inner in given:
        given = given[inner]
    members = given if isinstance(given, list) else [] if given in (None, "") else [given]
    return [each[inner] if isinstance(each, dict) and inner in each and len(each) == 1 else each for each in members]


# Tables


def is_table(head: bytes) -> bool:
    """Whether the first line holds the columns of a DECP table."""
    line = head.split(b"\n", 1)[0].decode("utf-8", "ignore")
    if len(line) > 20_000 or not dialect_of(line):
        return False
    columns = {name.strip().strip('"').lower().replace(".", "_") for name in line.split(dialect_of(line))}
    return "objet" in columns and len(columns & COLUMNS) >= 3


def of_csv(source: Source) -> Iterator[Award]:
    """From CSV: a row a contract, or one for each of its holders; rows of one contract that follow one another are one.

    Rows that a later modification replaced (`donneesActuelles` false) are left out where a row of now stands beside.
    """
    group: list[dict[str, Any]] = []
    for row in rows_of(source):
        value = _of_row(row)
        if group and (_key(group[0]) != _key(value) or not any(_key(value)) or len(group) >= _MOST_ROWS):
            yield _of_group(group)
            group = []
        group.append(value)
    if group:
        yield _of_group(group)


_MOST_ROWS = 100_000
"""Of one contract: memory stays flat even where a whole table names one."""


def _key(value: Json) -> tuple[str | None, ...]:
    return words(value.get("uid")), words(value.get("id")), words(record(value.get("acheteur")).get("id"))


def _of_group(group: list[dict[str, Any]]) -> Award:
    current = [each for each in group if truth(each.get("donneesActuelles")) is not False] or group[-1:]
    value = dict(current[-1])
    holders = {str(holder): holder for each in current for holder in several(each, "titulaires")}
    value["titulaires"] = [*holders.values()]
    kind = CONCESSION if "concession" in (words(value.get("nature")) or "").lower() else CONTRACT
    return Award(value, kind, None, "csv")


def _of_row(row: dict[str, str]) -> dict[str, Any]:
    """A row as nested objects: `acheteur.id` and `acheteur_id` → `{"acheteur": {"id": …}}`; JSON in a cell is read."""
    value: dict[str, Any] = {}
    holders: dict[str, dict[str, str]] = {}
    for column, cell in row.items():
        name, given = column.replace(".", "_"), cell.strip()
        if not given:
            continue
        outer, _, inner = name.partition("_")
        if name.startswith(_HOLDER):
            key, _, number = name.removeprefix(_HOLDER).partition("_")
            holders.setdefault(number, {})[key] = given
        elif outer in _LISTS:
            value[outer] = _list_in_cell(given)
        elif inner and outer in ("acheteur", "lieuExecution", "autoriteConcedante"):
            value.setdefault(outer, {})[inner] = given
        else:
            value[name] = given
    if holders:
        value["titulaires"] = list(holders.values())
    return value


def _list_in_cell(cell: str) -> Any:
    if cell[0] in "[{":
        try:
            return json.loads(cell, parse_float=Decimal)
        except (ValueError, RecursionError):
            return [cell]
    separator = next((mark for mark in ("|", ";", ",") if mark in cell), None)
    return [each.strip() for each in cell.split(separator) if each.strip()] if separator else [cell]
