"""Checks of the labels directory: complete, in both languages, each statement with a source it can rest on, ties mutual."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.clause_files import schema_problems
from mpdi.clause_library.core.cpv import cpv_table
from mpdi.clause_library.core.problems import Problem
from mpdi.clause_library.core.vocabulary import LABEL_TYPES_WITHOUT_STATEMENT
from mpdi.exceptions import DataFileError

FEWEST = 45
"""Labels that the directory of an edition holds at least."""
_FILES = {"labels": "labels", "schemes": "label_schemes", "directory": "label_directory"}
_DIRECTORY, _SCHEMES = "labels/directory.yaml", "labels/schemes.yaml"


def check_labels(clauses_folder: Path) -> list[Problem]:
    """Check `labels/`; a library of one's own may have labels without a directory."""
    if not (clauses_folder / _DIRECTORY).exists():
        return []
    try:
        data = {name: strict_yaml.read(clauses_folder / "labels" / f"{name}.yaml") for name in _FILES}
    except DataFileError as error:
        return [Problem("labels/", "", "file", str(error), "")]
    problems = [
        problem
        for name, schema in _FILES.items()
        for problem in schema_problems(schema, data[name], f"labels/{name}.yaml")
    ]
    return problems or [
        *_number(data["labels"], data["directory"]),
        *_entries(data["labels"], data["directory"], data["schemes"]["schemes"]),
        *_sources(_DIRECTORY, data["directory"], data["schemes"]["sources"], ""),
        *_sources(_SCHEMES, data["schemes"]["schemes"], data["schemes"]["sources"], "schemes."),
        *_sources(_SCHEMES, data["schemes"]["uses"], data["schemes"]["sources"], "uses."),
    ]


def _problem(key: str, message: str, remedy: str) -> Problem:
    return Problem(_DIRECTORY, key, "labels", message, remedy)


def _number(labels: Mapping[str, Any], directory: Mapping[str, Any]) -> Iterator[Problem]:
    for key in sorted(labels.keys() ^ directory.keys()):
        where = "directory.yaml" if key in labels else "labels.yaml"
        yield _problem(key, f"The label is not in labels/{where}.", "Write it in both files, or take it out of both.")
    if len(directory) < FEWEST:
        yield _problem("", f"The directory has {len(directory)} labels.", f"It holds at least {FEWEST}.")


def _entries(labels: Mapping[str, Any], directory: Mapping[str, Any], schemes: Mapping[str, Any]) -> Iterator[Problem]:
    codes = sorted(cpv_table())
    for key, entry in directory.items():
        if entry["scheme"] not in schemes:
            yield _problem(f"{key}.scheme", f"“{entry['scheme']}” is not in schemes.yaml.", "Add it, or mend the key.")
        yield from _use(key, entry["use"], labels.get(key, {}).get("type"))
        yield from _equivalents(key, entry["equivalents"], directory)
        for prefix in entry["cpv"]:
            if not "".join(codes[(at := bisect_left(codes, prefix)) : at + 1]).startswith(prefix):
                yield _problem(f"{key}.cpv", f"No CPV code begins with {prefix}.", "Look it up in the CPV table.")
    for scheme in sorted(schemes.keys() - {entry["scheme"] for entry in directory.values()}):
        yield Problem(_SCHEMES, scheme, "labels", "No label has this scheme.", "Add a label, or take it out.")


def _use(key: str, use: str, label_type: str | None) -> Iterator[Problem]:
    is_proof_of_article_54 = use in ("whole", "part")
    if label_type is not None and is_proof_of_article_54 == (label_type in LABEL_TYPES_WITHOUT_STATEMENT):
        yield _problem(
            f"{key}.use",
            f"The use “{use}” does not go with the type “{label_type}”.",
            "whole or part: a label under article 54; selection or evidence: a system, a method or an official certificate.",
        )


def _equivalents(key: str, others: list[str], directory: Mapping[str, Any]) -> Iterator[Problem]:
    for other in others:
        if other == key or other not in directory:
            yield _problem(f"{key}.equivalents", f"“{other}” is no other label of the directory.", "Take it out.")
        elif key not in directory[other]["equivalents"]:
            yield _problem(f"{other}.equivalents", f"{key} names it; it does not answer.", f"Add {key}.")


def _sources(file: str, data: Any, sources: Mapping[str, Any], place: str) -> Iterator[Problem]:
    """Yield statements whose source is unknown, or was opened by nobody although they claim more than general knowledge."""
    if isinstance(data, list):
        for index, item in enumerate(data):
            yield from _sources(file, item, sources, f"{place}{index}.")
    if not isinstance(data, Mapping):
        return
    if "certainty" in data and data["source"] not in sources:
        message = f"The source “{data['source']}” is not in schemes.yaml."
        yield Problem(file, f"{place}source", "labels", message, "Add it to sources, or mend the key.")
    elif "certainty" in data and data["certainty"] != "general_knowledge" and not sources[data["source"]]["opened"]:
        message = f"“{data['certainty']}” on a source that nobody opened ({data['source']})."
        yield Problem(file, f"{place}certainty", "labels", message, "Set general_knowledge, or name what was read.")
    for key, item in data.items():
        yield from _sources(file, item, sources, f"{place}{key}.")
