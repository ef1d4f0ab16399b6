"""Sheets read from their files: every key known, every text in three languages, every default with its origin."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from mpdi.lcc.externalities import Substance, emission_factors
from mpdi.lcc.faults import Fault, fault
from mpdi.lcc.sheets.digest import digest_of
from mpdi.lcc.sheets.errors import FormulaError, SheetFileError
from mpdi.lcc.sheets.formulas import Formula, read_formula
from mpdi.lcc.sheets.model import (
    Emission,
    FlowRule,
    Input,
    InputKind,
    Quantity,
    Sheet,
    Source,
    Value,
    Words,
)

CONVENTIONS = ("years", "discount_rate", "timing", "money", "first_year")
"""Inputs of the buyer that every sheet has, in this order, before its own."""
EMISSION_UNITS = {"kg": Decimal(1), "g": Decimal("0.001")}
_INPUT_KEYS = (
    "key", "label", "help", "unit", "kind", "min", "max", "options", "default", "factor", "source", "assumption", "required", "proof",
)  # fmt: skip
_SHEET_KEYS = (
    "id", "version", "title", "purpose", "per", "buyer", "tenderer", "quantities", "flows", "emissions", "beside",
)  # fmt: skip
_FLOW_KEYS = ("name", "category", "amount", "at", "yearly", "from", "to", "every", "growth")


class _Loader(yaml.SafeLoader):
    """Decimals as `Decimal`, no key twice: the sheets are ours, but a slip in one would be somebody's ranking."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    keys = [str(loader.construct_object(key)) for key, _ in node.value]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise yaml.constructor.ConstructorError(None, None, f"{', '.join(sorted(twice))} stands twice", node.start_mark)
    return {key: loader.construct_object(value, deep=True) for key, (_, value) in zip(keys, node.value, strict=True)}


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:float", lambda _loader, node: Decimal(node.value))


def load(path: Path) -> dict[str, Any]:
    """Return the mapping in a file of data; `SheetFileError` when there is none."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a SafeLoader made stricter)
    except (OSError, yaml.YAMLError) as error:
        raise SheetFileError("sheet_unreadable", file=path.name, reason=error) from error
    if not isinstance(data, dict):
        raise SheetFileError("sheet_empty", file=path.name)
    return data


def read_sheet(path: Path, shared: Mapping[str, Any]) -> Sheet:
    """Return the sheet in a file; `shared` are the inputs that sheets have in common, as data."""
    return _Reading(path, shared).sheet()


class _Reading:
    """Reads one file; what is wrong is said with the file and the place in it."""

    def __init__(self, path: Path, shared: Mapping[str, Any]) -> None:
        self._path, self._shared = path, shared

    def _wrong(self, place: str, what: str, /, **values: object) -> SheetFileError:
        return self._refused(place, fault(what, **values))

    def _refused(self, place: str, what: Fault) -> SheetFileError:
        return SheetFileError("sheet_fault", file=self._path.name, place=place, what=what)

    def sheet(self) -> Sheet:
        data = self._known(load(self._path), _SHEET_KEYS, "sheet")
        per = self._known(data.get("per") or {}, ("unit", "yearly"), "per")
        own = [each for each in data.get("buyer", []) if self._key(each) not in CONVENTIONS]
        changed = {self._key(each): each for each in data.get("buyer", []) if self._key(each) in CONVENTIONS}
        parts: dict[str, Any] = {
            "id": str(data["id"]),
            "version": str(data["version"]),
            "title": self._words(data.get("title"), "title"),
            "purpose": self._words(data.get("purpose"), "purpose"),
            "buyer": tuple(self._input(each) for each in (*(changed.get(key, key) for key in CONVENTIONS), *own)),
            "tenderer": tuple(self._input(each, with_proof=True) for each in data.get("tenderer", [])),
            "quantities": tuple(self._quantity(each) for each in data.get("quantities", [])),
            "flows": tuple(self._flow(each) for each in data.get("flows", [])),
            "emissions": tuple(self._emission(each) for each in data.get("emissions", [])),
            "beside": tuple(data.get("beside", [])),
            "unit": self._words(per["unit"], "per.unit") if per else None,
            "units_per_year": self._formula(per["yearly"], "per.yearly") if per else None,
        }
        sheet = Sheet(**parts, digest=digest_of(parts))
        self._check(sheet)
        return sheet

    def _key(self, data: object) -> str:
        return str(data["key"]) if isinstance(data, dict) else str(data)

    def _known(self, data: object, allowed: Sequence[str], place: str) -> dict[str, Any]:
        if not isinstance(data, dict):
            raise self._wrong(place, "sheet_not_keys")
        unknown = [key for key in data if key not in allowed]
        if unknown:
            raise self._wrong(place, "sheet_key", names=", ".join(unknown))
        return data

    def _words(self, data: object, place: str) -> Words:
        texts = self._known(data, ("fr", "nl", "en"), place)
        for language in ("fr", "nl", "en"):
            if not isinstance(texts.get(language), str) or not texts[language].strip():
                raise self._wrong(place, "sheet_no_text", language=language)
        return Words(**texts)

    def _formula(self, text: object, place: str) -> Formula:
        try:
            return read_formula(text)
        except FormulaError as error:
            raise self._refused(place, error.fault) from error

    def _input(self, data: object, *, with_proof: bool = False) -> Input:
        key = self._key(data)
        own = self._known(data, _INPUT_KEYS, key) if isinstance(data, dict) else {}
        common = dict(self._shared.get(key, {}))
        if "default" in own:  # an origin belongs to its default: that of the shared one says nothing about another
            common = {name: value for name, value in common.items() if name not in ("source", "assumption")}
        whole = self._with_factor(self._known({**common, **own}, _INPUT_KEYS, key), key)
        kind = InputKind(whole.get("kind", "number"))
        made = Input(
            key=key,
            label=self._words(whole.get("label"), f"{key}.label"),
            help=self._words(whole.get("help"), f"{key}.help"),
            unit=str(whole.get("unit", "")),
            kind=kind,
            minimum=_bound(whole.get("min")),
            maximum=_bound(whole.get("max")),
            options=tuple(whole.get("options", ())),
            default=_default(whole.get("default")),
            source=self._source(whole, key),
            required=bool(whole.get("required", True)),
            proof=self._words(whole.get("proof"), f"{key}.proof") if with_proof else None,
        )
        self._check_input(made)
        return made

    def _source(self, data: Mapping[str, Any], key: str) -> Source | None:
        has_default, source, ours = data.get("default") is not None, data.get("source"), data.get("assumption") is True
        if has_default != (bool(source) or ours) or (source and ours):
            raise self._wrong(key, "sheet_origin")
        if source is None:
            return None
        read = self._known(source, ("words", "year"), f"{key}.source")
        if not read.get("words") or not isinstance(read.get("year"), int):
            raise self._wrong(f"{key}.source", "sheet_source")
        return Source(str(read["words"]), read["year"])

    def _with_factor(self, data: dict[str, Any], key: str) -> dict[str, Any]:
        """A default that names an emission factor of the engine has its value, unit and source from there."""
        if "factor" not in data:
            return data
        factor = emission_factors().get(str(data["factor"]))
        if factor is None or factor.unit != data.get("unit"):
            raise self._wrong(key, "sheet_factor", name=data["factor"], unit=data.get("unit"))
        return {**data, "default": factor.value, "source": {"words": factor.source, "year": factor.year}}

    def _check_input(self, each: Input) -> None:
        if not each.unit:
            raise self._wrong(each.key, "sheet_no_unit")
        if each.kind is InputKind.CHOICE:
            if len(each.options) < 2 or (each.default is not None and each.default not in each.options):
                raise self._wrong(each.key, "sheet_options")
            return
        low, high, default = each.minimum, each.maximum, each.default
        if low is None or high is None or low >= high:
            raise self._wrong(each.key, "sheet_bounds")
        if default is not None and not (isinstance(default, Decimal) and low <= default <= high):
            raise self._wrong(each.key, "sheet_default")

    def _quantity(self, data: object) -> Quantity:
        read = self._known(data, ("key", "label", "unit", "formula"), "quantities")
        key = str(read["key"])
        return Quantity(
            key, self._words(read.get("label"), key), str(read["unit"]), self._formula(read["formula"], key)
        )

    def _flow(self, data: object) -> FlowRule:
        read = self._known(data, _FLOW_KEYS, "flows")
        name = self._words(read.get("name"), "flows.name")
        if ("at" in read) + ("yearly" in read) + ("every" in read) != 1:
            raise self._wrong(name.en, "sheet_flow")
        parts = {key: self._formula(read[key], name.en) for key in read if key not in ("name", "category")}
        is_yearly = "yearly" in parts
        return FlowRule(
            name=name,
            category=str(read["category"]),
            amount=parts["yearly"] if is_yearly else parts["amount"],
            at=parts.get("at"),
            first=parts.get("from", read_formula("1")) if is_yearly else None,
            last=parts.get("to", read_formula("years")) if is_yearly else None,
            every=parts.get("every"),
            growth=parts.get("growth"),
        )

    def _emission(self, data: object) -> Emission:
        read = self._known(data, ("name", "substance", "unit", "yearly"), "emissions")
        name = self._words(read.get("name"), "emissions.name")
        factor = EMISSION_UNITS[str(read["unit"])]
        formula = self._formula(read["yearly"] if factor == 1 else f"({read['yearly']}) * {factor}", name.en)
        return Emission(name, Substance(str(read["substance"])), formula)

    def _check(self, sheet: Sheet) -> None:
        """Each formula uses names that stand before it, and picks by options that are all spoken of."""
        if sheet.id != self._path.stem:
            raise self._wrong("id", "sheet_id")
        known = set(sheet.inputs)
        if len(known) != len(sheet.buyer) + len(sheet.tenderer):
            raise self._wrong("inputs", "sheet_twice")
        for quantity in sheet.quantities:
            self._check_formula(quantity.formula, known, sheet)
            known.add(quantity.key)
        rules = [
            part
            for flow in sheet.flows
            for part in (flow.amount, flow.at, flow.first, flow.last, flow.every, flow.growth)
        ]
        for formula in (*rules, *(each.yearly for each in sheet.emissions), sheet.units_per_year):
            if formula is not None:
                self._check_formula(formula, known, sheet)
        strange = set(sheet.beside) - {quantity.key for quantity in sheet.quantities}
        if strange:
            raise self._wrong("beside", "sheet_beside", names=", ".join(sorted(strange)))

    def _check_formula(self, formula: Formula, known: set[str], sheet: Sheet) -> None:
        unknown = formula.names - known
        if unknown:
            raise self._wrong(formula.text, "sheet_unknown_name", names=", ".join(sorted(unknown)))
        for chosen in {name for name, _ in formula.choices}:
            spoken = {option for name, option in formula.choices if name == chosen}
            if chosen not in sheet.inputs or spoken != set(sheet.inputs[chosen].options):
                raise self._wrong(formula.text, "sheet_choices", name=chosen)


def _bound(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _default(value: object) -> Value | None:
    return value if value is None or isinstance(value, str) else Decimal(str(value))
