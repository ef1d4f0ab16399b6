"""`mpdi specs …`."""

import datetime
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from mpdi import clock
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.answers import read_answers
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.queries import read_library
from mpdi.command_line import format_option, open_database, print_json, say
from mpdi.documents.docx_reader import read_specification
from mpdi.exceptions import MpdiError
from mpdi.specifications.checking.inspection import DamagedManifestError, inspect_document, manifest_list
from mpdi.specifications.cost_annex import CostAnnexRefusedError, CostAnnexWriter, NoCostAnnexWriterError
from mpdi.specifications.manifest import answers_data
from mpdi.specifications.verification import plan_verification
from mpdi.specifications.verification_files import PLAN_FILES
from mpdi.specifications.verification_words import word
from mpdi.specifications.words import phrase
from mpdi.specifications.writing import PreparedSpecification, prepare

_ANSWERS = click.argument("answers", type=click.Path(path_type=Path))

COST_ANNEX_WRITER = "cost_annex_writer"
"""Under which name the context of a command holds what writes the annex on life-cycle cost."""


class UnreadableForLintError(MpdiError):
    """The .docx was not written here, or its manifest is gone: nothing tells what was answered."""


class UnknownPlanFormatError(MpdiError):
    """A verification plan was asked for in a format that is not written."""


@click.group("specs")
def specs() -> None:
    """Specifications: select clauses, write, inspect, lint."""


def _library() -> ClauseLibrary:
    with open_database().reading() as session:
        return read_library(session)


def read_purchase(path: Path) -> Purchase:
    """Read an answers file; the case and the award file that it names beside it are read with it."""
    return read_answers(_with_named_files(strict_yaml.read(path), path.parent), clock.today())


def _with_named_files(data: Any, folder: Path) -> Any:
    asked = data.get("life_cycle_cost") if isinstance(data, Mapping) else None
    if not isinstance(asked, Mapping):
        return data
    read = {key: strict_yaml.read(folder / value) for key, value in asked.items() if _is_file(key, value)}
    return {**data, "life_cycle_cost": {**asked, **read}}


def _is_file(key: object, value: object) -> bool:
    return key in ("case", "award") and isinstance(value, str)


def _language(purchase: Purchase) -> str:
    return "nl" if purchase.language == "nl" else "fr"


@specs.command("select")
@_ANSWERS
@format_option
def select_clauses(answers: Path, output_format: str) -> None:
    """Say of every clause in force whether it is in, suggested or out, and why."""
    purchase = read_purchase(answers)
    prepared = prepare(purchase, _library())
    rows = [
        {
            "id": item.clause.id,
            "version": str(item.clause.version),
            "decision": str(item.decision),
            "reason": item.reason[_language(purchase)],
            "rule": item.rule,
        }
        for item in prepared.selection.decided
    ]
    if prepared.selection.notice is not None:
        say(prepared.selection.notice[_language(purchase)])
    for conflict in prepared.selection.conflicts:
        say(conflict.reason[_language(purchase)])
    if output_format == "json":
        print_json(rows)
        return
    for row in rows:
        click.echo(f"{row['decision']:<10} {row['id']:<14} {row['version']:<7} {row['reason']} [{row['rule']}]")


@specs.command()
@_ANSWERS
@click.option(
    "--output", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The .docx for tenderers."
)
@click.option(
    "--dossier",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write the buyer's own file (DNSH record, decisions, notes).",
)
def write(answers: Path, output: Path, dossier: Path | None) -> None:
    """Write the specification as a Word file."""
    prepared = prepare(read_purchase(answers), _library(), _cost_annex_writer())
    _refuse_open_points(prepared)
    _save(output, prepared.write())
    if dossier is not None:
        _save(dossier, prepared.write_dossier())
    _report(prepared)
    sys.exit(1 if prepared.is_blocked else 0)


def _cost_annex_writer() -> CostAnnexWriter | None:
    """What the command line was built with: life-cycle cost lies above specifications, which know it by this alone."""
    found: CostAnnexWriter | None = (click.get_current_context().obj or {}).get(COST_ANNEX_WRITER)
    return found


def _refuse_open_points(prepared: PreparedSpecification) -> None:
    if prepared.purchase.cost_annex is None:
        return
    if prepared.cost_annex_writer is None:
        raise NoCostAnnexWriterError("life_cycle_cost: this command cannot write the annex. Use “mpdi specs write”.")
    if prepared.cost_annex_points:
        raise CostAnnexRefusedError(prepared.cost_annex_points)


def _save(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise MpdiError(
            f"{path}: cannot be written ({error.strerror}). Choose a folder that exists and is yours."
        ) from error
    say(str(path))


def _report(prepared: PreparedSpecification) -> None:
    language = _language(prepared.purchase)
    if prepared.selection.notice is not None:
        say(prepared.selection.notice[language])
    for finding in prepared.findings:
        say(
            f"[{finding.rule}, {finding.severity}] {finding.where}: {finding.message[language]} {finding.remedy[language]}"
        )


@specs.command()
@_ANSWERS
@click.option(
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The plan: .docx (to print), .xlsx (to fill in) or .ics (calendar).",
)
@click.option("--start", type=click.DateTime(["%Y-%m-%d"]), help="First day of the execution, where it is known.")
def verification(answers: Path, output: Path, start: datetime.datetime | None) -> None:
    """Write the verification plan: what to receive and check for each clause, when and how."""
    plan_file = PLAN_FILES.get(output.suffix.lower().removeprefix("."))
    if plan_file is None:
        endings = ", ".join(f".{each}" for each in PLAN_FILES)
        raise UnknownPlanFormatError(
            f"{output}: a verification plan is not written in this format. Give --output one of these endings: {endings}."
        )
    purchase, library = read_purchase(answers), _library()
    prepared = prepare(purchase, library)
    plan = plan_verification(purchase, prepared.selection, library, start.date() if start else None)
    _save(output, plan_file.write(plan))
    if not plan.has_days:
        say(word("use_undated", prepared.language))
    if plan.starts_before_publication and plan.execution.start is not None:
        days = {"start": plan.execution.start.isoformat(), "published": plan.publication_date.isoformat()}
        say(word("starts_before_publication", prepared.language, **days))


@specs.command("inspect")
@click.argument("file", type=click.Path(path_type=Path))
@format_option
def inspect_file(file: Path, output_format: str) -> None:
    """Say of every clause of a FILE written here whether it is unchanged, edited, missing or outdated."""
    result = inspect_document(read_specification(file), _library(), clock.today())
    if output_format == "json":
        print_json(result)
    else:
        for clause in result["clauses"]:
            click.echo(f"{clause['state']:<10} {clause['id']}@{clause['version']} ({clause['language']})")
    sys.exit(0 if all(clause["state"] == "unchanged" for clause in result["clauses"]) else 1)


@specs.command("lint")
@click.argument("source", type=click.Path(path_type=Path))
@format_option
def lint_source(source: Path, output_format: str) -> None:
    """Check an answers file, or a Word file written here, against the rules for a whole specification."""
    findings, language = _docx_findings(source) if source.suffix.lower() == ".docx" else _answers_findings(source)
    if output_format == "json":
        print_json(findings)
    else:
        for item in findings:
            click.echo(f"[{item['rule']}, {item['severity']}] {item['where']}: {item['message']} {item['remedy']}")
    if not findings:
        say(phrase("no_findings", language))
    sys.exit(1 if findings else 0)


def _answers_findings(source: Path) -> tuple[list[dict[str, str]], str]:
    return _findings(read_purchase(source))


def _findings(purchase: Purchase) -> tuple[list[dict[str, str]], str]:
    language = _language(purchase)
    return [finding.as_json(language) for finding in prepare(purchase, _library()).findings], language


def _docx_findings(source: Path) -> tuple[list[dict[str, str]], str]:
    manifest: dict[str, Any] = read_specification(source).manifest or {}
    if manifest.get("kind") == "dossier":
        if not isinstance(manifest.get("answers"), dict):
            raise DamagedManifestError(f"{source}: its manifest holds no answers. Lint the answers file instead.")
        return _findings(read_answers(answers_data(manifest["answers"]), clock.today()))
    if manifest.get("kind") != "specification":
        raise UnreadableForLintError(
            f"{source}: was not written by MPDI, or its manifest is gone. Lint the answers file instead."
        )
    findings = manifest_list(manifest, "findings", ("rule", "severity", "where", "message", "remedy"))
    return findings, "nl" if manifest.get("language") == "nl" else "fr"
