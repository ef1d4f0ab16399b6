"""Checks of the library as a whole, and the one entry point for all of them."""

import datetime
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.checks.articles import check_articles
from mpdi.clause_library.core.checks.labels import check_labels
from mpdi.clause_library.core.checks.law import check_law, read_wording_rules
from mpdi.clause_library.core.checks.similarity import check_similarity
from mpdi.clause_library.core.checks.texts import check_texts
from mpdi.clause_library.core.clause_files import (
    ClauseFileError,
    clause_version,
    register_path,
    schema_problems,
    text_files,
)
from mpdi.clause_library.core.drafts import draft_register
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.problems import Problem
from mpdi.clause_library.core.reference_data import ReferenceData, read_reference_data
from mpdi.clause_library.core.vocabulary import LANGUAGES, Severity, Status
from mpdi.exceptions import DataFileError

_THEME_CODES = {
    "ENV": "environmental",
    "SOC": "social",
    "ETH": "ethical",
    "DMP": "anti_dumping",
    "SME": "sme",
    "INN": "innovation",
}


def check_files(clauses_folder: Path, only: Sequence[str] = ()) -> list[Problem]:
    """Check every clause file, or those of some identifiers; return all problems, sorted."""
    try:
        reference = read_reference_data(clauses_folder)
    except DataFileError as error:
        return [Problem("law/", "", "file", str(error), "")]
    problems: list[Problem] = []
    clauses: dict[str, ClauseVersion] = {}
    for path in text_files(clauses_folder / "library"):
        try:
            clause, found = _read(path, reference)
        except ClauseFileError as error:
            problems += error.problems if not only or path.parent.name in only else []
        except DataFileError as error:
            problems += (
                [Problem(_name(path), "", "file", str(error), "")] if not only or path.parent.name in only else []
            )
        else:
            clauses[_name(path)] = clause
            problems += found
    problems += check_library(clauses, reference)
    problems += check_labels(clauses_folder)
    problems += check_articles(clauses_folder, clauses.values(), reference)
    wanted = set(only)
    return sorted(problem for problem in problems if not wanted or problem.file.split("/")[0] in wanted)


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _read(path: Path, reference: ReferenceData) -> tuple[ClauseVersion, list[Problem]]:
    data = strict_yaml.read(path)
    register_file = register_path(path)
    missing: list[Problem] = []
    if register_file.exists():
        register = strict_yaml.read(register_file)
    else:
        if wrong := schema_problems("clause", data, _name(path)):
            raise ClauseFileError(wrong)
        register = draft_register(data, reference, datetime.datetime.now(datetime.UTC).date())
        missing = [
            Problem(
                _name(path),
                "",
                "register",
                "No register entry beside the text.",
                "Run: mpdi clauses register",
                Severity.WARN,
            )
        ]
    clause = clause_version(data, register, _name(path))
    return clause, [*missing, *_identity(clause, path)]


def _identity(clause: ClauseVersion, path: Path) -> Iterator[Problem]:
    if clause.id != path.parent.name or str(clause.version) != path.stem:
        yield Problem(
            _name(path),
            "id, version",
            "identity",
            f"The file says {clause.reference}.",
            "Folder, file name, id and version must agree.",
        )
    if _THEME_CODES[clause.id[:3]] != clause.themes[0]:
        yield Problem(
            _name(path), "themes", "identity", "The first theme is not the one in the identifier.", "Put it first."
        )


def check_library(clauses: Mapping[str, ClauseVersion], reference: ReferenceData) -> list[Problem]:
    """Check clauses, given by file name, one by one and against each other."""
    rules = read_wording_rules()
    problems: list[Problem] = []
    for file, clause in clauses.items():
        problems += check_texts(clause, reference, file)
        problems += check_law(clause, reference, rules, file)
        problems += _readings(clause, file)
        problems += _evidence(clause, file)
    problems += _relations(clauses)
    problems += check_similarity(list(_latest(clauses).values()))
    problems += _obligations(clauses)
    return problems


def _readings(clause: ClauseVersion, file: str) -> Iterator[Problem]:
    if clause.register.status is not Status.PUBLISHED:
        return
    read = {reading.language for reading in clause.register.readings}
    for language in LANGUAGES:
        if language not in read:
            yield Problem(
                file,
                "readings",
                "reading",
                f"Published without a reading in {language}.",
                "Have it read, and record the reading.",
            )


def _evidence(clause: ClauseVersion, file: str) -> Iterator[Problem]:
    used = {check.document for check in (*clause.tender_checks, *clause.execution_checks)}
    for evidence in clause.evidence:
        if evidence.name not in used:
            yield Problem(
                file,
                "evidence",
                "evidence",
                f"“{evidence.name}” is asked for and never checked.",
                "Add it to verification, or drop it.",
            )
    if clause.sanction.cap is not None and clause.sanction.cap not in clause.parameters:
        yield Problem(
            file,
            "sanction.cap",
            "L17",
            f"“{clause.sanction.cap}” is not a parameter.",
            "Name a parameter of the clause, or null.",
        )
    if clause.market_readiness.score >= 3 and len(clause.market_readiness.note.fr) < 20:
        yield Problem(
            file, "market_readiness.note", "market", "A score of 3 or more needs a note that explains it.", "Write it."
        )


def _latest(clauses: Mapping[str, ClauseVersion]) -> dict[str, tuple[str, ClauseVersion]]:
    latest: dict[str, tuple[str, ClauseVersion]] = {}
    for file, clause in clauses.items():
        if clause.id not in latest or latest[clause.id][1].version < clause.version:
            latest[clause.id] = (file, clause)
    return latest


def _relations(clauses: Mapping[str, ClauseVersion]) -> Iterator[Problem]:
    latest = _latest(clauses)
    for file, clause in latest.values():
        for name, relations in (
            ("requires", clause.requires),
            ("suggests", clause.suggests),
            ("conflicts", clause.conflicts),
        ):
            for relation in relations:
                if relation.id not in latest:
                    severity = Severity.WARN if name == "suggests" else Severity.BLOCK
                    yield Problem(
                        file,
                        name,
                        "relation",
                        f"{relation.id} is not in the library.",
                        "Add it, or remove the tie.",
                        severity,
                    )
        for relation in clause.conflicts:
            other = latest.get(relation.id)
            if other and clause.id not in {back.id for back in other[1].conflicts}:
                yield Problem(
                    other[0],
                    "conflicts",
                    "relation",
                    f"{clause.id} conflicts with it; it does not say so.",
                    f"Add {clause.id} to conflicts.",
                )
        yield from _companion(file, clause, latest)


def _companion(file: str, clause: ClauseVersion, latest: Mapping[str, tuple[str, ClauseVersion]]) -> Iterator[Problem]:
    if clause.award_companion is None:
        return
    other = latest.get(clause.award_companion)
    if other is None:
        yield Problem(
            file,
            "award_companion",
            "relation",
            f"{clause.award_companion} is not in the library.",
            "Add it, or set null.",
        )
    elif other[1].award_companion != clause.id:
        yield Problem(
            other[0],
            "award_companion",
            "relation",
            f"{clause.id} names it as companion; it does not answer.",
            f"Set award_companion: {clause.id}.",
        )


def _obligations(clauses: Mapping[str, ClauseVersion]) -> Iterator[Problem]:
    published: dict[str, list[str]] = defaultdict(list)
    for file, clause in clauses.items():
        if clause.register.status is Status.PUBLISHED:
            published[clause.id].append(file)
        for item in clause.register.obligation:
            if item.status != "information" and not item.source:
                yield Problem(
                    file,
                    "obligation",
                    "obligation",
                    f"{item.category}: {item.status} without a source.",
                    "Name the source, or set information.",
                )
            if item.category not in clause.categories:
                yield Problem(
                    file,
                    "obligation",
                    "obligation",
                    f"{item.category} is not a category of the clause.",
                    "Use one of its categories.",
                )
    for identifier, files in published.items():
        if len(files) > 1:
            yield Problem(
                files[0],
                "status",
                "status",
                f"{identifier} has {len(files)} published versions.",
                "Set the older ones to superseded.",
            )
