"""A case as the values of an address, and the same address with one offer more or less. Pure."""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from mpdi.costing.examples import example_of
from mpdi.costing.numbers import typed
from mpdi.costing.typed_numbers import TYPED_IN

_OFFER = re.compile(r"o([1-9][0-9]?)_(.+)")


def example(sheet: str, language: str) -> dict[str, str]:
    """Return the invented example of a sheet as the values of an address."""
    return of_case(example_of(sheet), language)


def of_case(data: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return a case of a sheet as the values of an address: what is written in it, nothing else."""
    values = {f"b_{key}": _text(value, language) for key, value in (data.get("buyer") or {}).items()}
    for key, held in (data.get("sources") or {}).items():
        held = held if isinstance(held, Mapping) else {"words": held}
        values |= {f"s_{key}": str(held["words"]), f"d_{key}": _written_day(held.get("date"))}
    offers = data.get("offers") or []
    for place, offer in enumerate(offers, start=1):
        values[f"o{place}_name"] = str(offer["name"])
        values |= {f"o{place}_{key}": _text(value, language) for key, value in offer["values"].items()}
    if data.get("vat"):
        values["vat"] = str(data["vat"])
    external = data.get("externalities") or {}
    if isinstance(external.get("prices"), str):
        values |= {"prices": external["prices"], "starts": str(external["first_year"])}
        values["external"] = str(external.get("external_costs") or "apart")
    return {"offers": str(len(offers) or 2), TYPED_IN: language, **values}


def _written_day(given: object) -> str:
    """A day of a case as one types it: 2026-10-01 is 01/10/2026."""
    return "/".join(reversed(str(given).split("-"))) if given else ""


def _text(value: object, language: str) -> str:
    return typed(Decimal(str(value)), language) if isinstance(value, int | float | Decimal) else str(value)


def with_another_offer(values: Mapping[str, str], offers: int, most: int) -> dict[str, str]:
    """Return the values with room for one offer more, not yet to be counted."""
    return _kept(values) | {"offers": str(min(offers + 1, most)), "draft": "1"}


def without_offer(values: Mapping[str, str], offers: int) -> dict[str, str]:
    """Return the values without the offer whose place `remove` names; those after it move up."""
    gone = int(values["remove"]) if values["remove"].isdecimal() else 0
    if not 1 <= gone <= offers:
        return _kept(values)
    kept: dict[str, str] = {}
    for name, value in _kept(values).items():
        found = _OFFER.fullmatch(name)
        place = int(found[1]) if found else 0
        if found and place == gone:
            continue
        kept[f"o{place - 1}_{found[2]}" if found and place > gone else name] = value
    return kept | {"offers": str(offers - 1), "draft": "1"}


def _kept(values: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if key not in ("add", "remove", "draft")}


def as_file(data: Mapping[str, Any]) -> bytes:
    """Return a case as the JSON file that `mpdi lcc run` counts to the same cent."""
    return (json.dumps(data, ensure_ascii=False, indent=2, default=_exact) + "\n").encode("utf-8")


def _exact(value: object) -> int | float:
    """A number as JSON writes it: the shortest writing of a number of at most fifteen digits is that number."""
    assert isinstance(value, Decimal)
    return int(value) if value == value.to_integral_value() else float(value)
