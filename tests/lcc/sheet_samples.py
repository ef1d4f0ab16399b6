"""Cases for product sheets, read from `sheet_cases/` or from a worked example, decimals exact."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from mpdi.lcc.measures import evaluate
from mpdi.lcc.model import Result
from mpdi.lcc.sheets.catalogue import sheet_named
from mpdi.lcc.sheets.filling import FilledSheet, fill

FOLDER = Path(__file__).with_name("sheet_cases")


class ExactLoader(yaml.SafeLoader):
    """Numbers as they are written."""


ExactLoader.add_constructor("tag:yaml.org,2002:float", lambda _loader, node: Decimal(node.value))


def parsed(text: str) -> dict[str, Any]:
    return yaml.load(text, Loader=ExactLoader)


def sheet_case(name: str) -> dict[str, Any]:
    return parsed((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def counted(data: dict[str, Any]) -> tuple[FilledSheet, Result]:
    filled = fill(sheet_named(data["sheet"]), data)
    return filled, evaluate(filled.case)
