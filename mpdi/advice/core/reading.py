"""The helpers as the data files describe them: one file a helper, each statement with its source and certainty."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mpdi.advice.core.errors import AdviceDataError
from mpdi.advice.core.model import Helper, Kind, Question, Statement, Wording, Words
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Certainty

DATA = Path(__file__).resolve().parent.parent / "data"
HELPERS = ("turnover", "lots", "advance", "deposit", "compensation", "payment")


def read_helpers(data: Path = DATA) -> dict[str, Helper]:
    """Read every helper, in the order of the list; `AdviceDataError` names the file that is wrong."""
    return {key: _helper(key, data / f"{key}.yaml") for key in HELPERS}


def _helper(key: str, path: Path) -> Helper:
    item = strict_yaml.read(path)
    try:
        return Helper(
            key,
            Words(**item["title"]),
            Words(**item["line"]),
            tuple(_question(name, each) for name, each in item["questions"].items()),
            {name: _statement(name, each) for name, each in item["statements"].items()},
            {name: _wording(name, each) for name, each in item["wordings"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise AdviceDataError(f"{path}: a key is missing or has a wrong value: {error!r}.") from error


def _question(key: str, item: Mapping[str, Any]) -> Question:
    choices = tuple((str(value), Words(**words)) for value, words in item.get("choices", {}).items())
    kind = Kind(item["kind"])
    if (kind is Kind.CHOICE) is not bool(choices):
        raise ValueError(f"{key}: choices go with the kind “choice”, and with no other")
    helping = Words(**item["help"]) if "help" in item else None
    return Question(
        key, kind, Words(**item["label"]), helping, item.get("unit", ""), item.get("needed", False), item.get("default", ""), choices
    )


def _statement(key: str, item: Mapping[str, Any]) -> Statement:
    words = Words(item["fr"], item["nl"], item["en"])
    if ("source" in item) is not ("certainty" in item):
        raise ValueError(f"{key}: a source and its certainty go together")
    if "source" not in item:
        return Statement(key, words, None, None)
    return Statement(key, words, Bilingual(**item["source"]), Certainty(item["certainty"]))


def _wording(key: str, item: Mapping[str, Any]) -> Wording:
    return Wording(key, Bilingual(item["fr"], item["nl"]), tuple(item["clauses"]))
