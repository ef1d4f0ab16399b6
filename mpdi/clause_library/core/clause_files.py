"""Clause files read into `ClauseVersion`s."""

import datetime
import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.digest import version_digest
from mpdi.clause_library.core.model import (
    AwardAdvice,
    Bilingual,
    Check,
    ClauseVersion,
    Evidence,
    LegalBasis,
    MarketReadiness,
    Obligation,
    Paragraph,
    Parameter,
    Reading,
    RegisterEntry,
    Relation,
    Sanction,
    VersionNumber,
)
from mpdi.clause_library.core.problems import Problem
from mpdi.clause_library.core.vocabulary import Ambition, Category, Certainty, ClauseKind, Nature, Status, Theme
from mpdi.exceptions import DataFileError
from mpdi.resources import folder


class ClauseFileError(DataFileError):
    """A clause file does not follow the schema; `problems` lists every place."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@cache
def _schema(name: str) -> Any:
    return json.loads((folder("clauses") / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(_schema(name), format_checker=jsonschema.FormatChecker())


@cache
def _quick_validator(name: str) -> jsonschema_rs.Draft202012Validator:
    """Tells whether, in a hundredth of the time; what is wrong and where is asked of `jsonschema` where it says no."""
    return jsonschema_rs.Draft202012Validator(_schema(name), validate_formats=True)


def _for_schema(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return {key: _for_schema(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_for_schema(item) for item in value]
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value


def schema_problems(name: str, data: Any, file: str) -> list[Problem]:
    """Validate data against `schema/<name>.schema.json`; one problem for each place."""
    plain = _for_schema(data)
    if _quick_validator(name).is_valid(plain):
        return []
    errors = sorted(_validator(name).iter_errors(plain), key=lambda error: list(map(str, error.absolute_path)))
    return [_schema_problem(error, file) for error in errors]


def _schema_problem(error: jsonschema.ValidationError, file: str) -> Problem:
    key = ".".join(map(str, error.absolute_path))
    return Problem(file, key, "schema", error.message[:300], _remedy(error))


def _remedy(error: jsonschema.ValidationError) -> str:
    match error.validator:
        case "additionalProperties":
            return "Remove the key or correct its name (keys: clauses/README.md); quote texts that hold a comma in {…}."
        case "required":
            return "Add the missing key."
        case "enum" | "const":
            return "Use one of the listed values."
        case _:
            return "See clauses/README.md."


def clause_version(
    data: Mapping[str, Any], register: Mapping[str, Any], file: str, known_digest: str = ""
) -> ClauseVersion:
    """Build a version from the data of its two files; `ClauseFileError` when either breaks the schema.

    A text whose digest is the one recorded when it was taken up was held against its schema then, and is not again.
    """
    problems = schema_problems("register", register, _register_name(file))
    is_known = bool(known_digest) and version_digest(data) == known_digest
    if not is_known:
        problems = schema_problems("clause", data, file) + problems
    if problems:
        raise ClauseFileError(problems)
    try:
        return _build(data, register, known_digest if is_known else version_digest(data))
    except (ValueError, KeyError, TypeError, InvalidOperation) as error:
        raise ClauseFileError([Problem(file, "", "schema", str(error), "See clauses/README.md.")]) from error


def read_clause_version(path: Path) -> ClauseVersion:
    """Read `<version>.yaml` and the register entry beside it."""
    texts = strict_yaml.read_text(path), strict_yaml.read_text(register_path(path))
    return version_of_texts(*texts, f"{path.parent.name}/{path.name}")


@lru_cache(maxsize=4096)
def version_of_texts(text: str, register: str, file: str) -> ClauseVersion:
    """Build a version from the texts of its two files: once in a process, for what it is made of never changes."""
    return clause_version(strict_yaml.parse(text, file), strict_yaml.parse(register, _register_name(file)), file)


def register_path(text_path: Path) -> Path:
    """Return where the register entry of a text file lies."""
    return text_path.with_name(text_path.name.removesuffix(".yaml") + ".register.yaml")


def _register_name(file: str) -> str:
    return file.removesuffix(".yaml") + ".register.yaml"


def text_files(library_folder: Path) -> list[Path]:
    """Return the text files of the library, sorted."""
    return sorted(path for path in library_folder.glob("*/*.yaml") if not path.name.endswith(".register.yaml"))


def _bilingual(item: Mapping[str, str] | None) -> Bilingual:
    assert item is not None
    return Bilingual(item["fr"], item["nl"])


def _optional_bilingual(item: Mapping[str, str] | None) -> Bilingual | None:
    return Bilingual(item["fr"], item["nl"]) if item else None


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)


def parameter_from(key: str, item: Mapping[str, Any]) -> Parameter:
    """Build a parameter from its mapping."""
    default = item.get("default")
    numeric = item["type"] in ("percent", "money", "integer", "decimal")
    return Parameter(
        key=key,
        type=item["type"],
        unit=_optional_bilingual(item.get("unit")),
        minimum=_decimal(item.get("minimum")),
        maximum=_decimal(item.get("maximum")),
        default=_decimal(default) if numeric else default,
        provenance=item["provenance"],
        source=item.get("source"),
        decided_by=item["decided_by"],
        label=_bilingual(item["label"]),
        help=_optional_bilingual(item.get("help")),
        law_number=item.get("law_number"),
        choices=tuple((choice["value"], _bilingual(choice["label"])) for choice in item.get("choices", ())),
    )


def _checks(items: list[Mapping[str, Any]]) -> tuple[Check, ...]:
    return tuple(
        Check(
            item["document"], item.get("moment", "tender"), _bilingual(item["check"]), item["who"], item.get("source")
        )
        for item in items
    )


def _relations(items: list[Mapping[str, Any]]) -> tuple[Relation, ...]:
    return tuple(Relation(item["id"], _bilingual(item["reason"])) for item in items)


def _legal_basis(data: Mapping[str, Any], register: Mapping[str, Any]) -> tuple[LegalBasis, ...]:
    certainty = {(item["act"], item["article"]): Certainty(item["certainty"]) for item in register["certainty"]}
    return tuple(
        LegalBasis(
            item["act"],
            item["article"],
            item["used_for"],
            certainty.get((item["act"], item["article"]), Certainty.GENERAL_KNOWLEDGE),
        )
        for item in data["legal_basis"]
    )


def register_entry(item: Mapping[str, Any]) -> RegisterEntry:
    """Build a register entry from its mapping."""
    return RegisterEntry(
        status=Status(item["status"]),
        valid_from=item["valid_from"],
        valid_to=item["valid_to"],
        review_due=item["review_due"],
        legal_review=item["legal_review"],
        market_check=item["market_check"],
        obligation=tuple(
            Obligation(Category(each["category"]), each["status"], each["from"], each["source"])
            for each in item["obligation"]
        ),
        readings=tuple(
            Reading(each["date"], each["language"], each["role"], each["finding"], each["change"])
            for each in item["readings"]
        ),
    )


def _build(data: Mapping[str, Any], register: Mapping[str, Any], digest: str) -> ClauseVersion:
    readiness = data["market_readiness"]
    award = data.get("award")
    return ClauseVersion(
        id=data["id"],
        version=VersionNumber.parse(data["version"]),
        themes=tuple(map(Theme, data["themes"])),
        categories=tuple(map(Category, data["categories"])),
        kind=ClauseKind(data["kind"]),
        ambition=Ambition(data["ambition"]),
        nature=tuple(map(Nature, data["nature"])),
        cpv=tuple(data["cpv"]),
        title=_bilingual(data["title"]),
        summary=_bilingual(data["summary"]),
        parameters={key: parameter_from(key, item) for key, item in data["parameters"].items()},
        text=tuple(
            Paragraph(item["part"], _bilingual(item), item.get("when"), item.get("only_when")) for item in data["text"]
        ),
        guidance=_bilingual(data["guidance"]),
        legal_basis=_legal_basis(data, register),
        labels=tuple(data["labels"]),
        tender_checks=_checks(data["verification"]["tender"]),
        execution_checks=_checks(data["verification"]["execution"]),
        evidence=tuple(
            Evidence(item["name"], _bilingual(item["title"]), item["sme_effort"]) for item in data["evidence"]
        ),
        sanction=Sanction(tuple(data["sanction"]["kinds"]), data["sanction"]["procedure"], data["sanction"]["cap"]),
        award=AwardAdvice(**award) if award else None,
        applicability=data["applicability"],
        requires=_relations(data["requires"]),
        suggests=_relations(data["suggests"]),
        conflicts=_relations(data["conflicts"]),
        award_companion=data["award_companion"],
        market_readiness=MarketReadiness(readiness["score"], readiness["sme_risk"], _bilingual(readiness["note"])),
        eforms=data["eforms"],
        taxonomy_objectives=tuple(data["taxonomy_objectives"]),
        plans=tuple(data["plans"]),
        sources=tuple(data["sources"]),
        change=_bilingual(data["change"]),
        register=register_entry(register),
        digest=digest,
        data=data,
        register_data=register,
    )
