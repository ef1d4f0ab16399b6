"""Checks of the plain words of the law: each article that a clause cites has them in both languages, or is said to be unread."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.clause_files import schema_problems
from mpdi.clause_library.core.law_register import ARTICLES_FILE, number_keys
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.problems import Problem
from mpdi.clause_library.core.reference_data import Instrument, ReferenceData
from mpdi.exceptions import DataFileError


def check_articles(clauses_folder: Path, clauses: Iterable[ClauseVersion], reference: ReferenceData) -> list[Problem]:
    """Check `law/articles.yaml`; a library of one's own may have none."""
    path = clauses_folder / ARTICLES_FILE
    if not path.exists():
        return []
    try:
        data = strict_yaml.read(path)
    except DataFileError as error:
        return [Problem(ARTICLES_FILE, "", "file", str(error), "")]
    if wrong := schema_problems("law_articles", data, ARTICLES_FILE):
        return wrong
    problems: list[Problem] = []
    for act, entry in data.items():
        if act not in reference.instruments:
            problems.append(_problem(act, "The act is not in law/instruments.yaml.", "Add it there, or mend the key."))
        else:
            problems += _entry(reference.instruments[act], entry, reference)
    return [*problems, *_cited(clauses, data)]


def _problem(key: str, message: str, remedy: str) -> Problem:
    return Problem(ARTICLES_FILE, key, "law", message, remedy)


def _listed(entry: Mapping[str, Any]) -> list[str]:
    return [*(article for said in entry["says"] for article in said["articles"]), *entry["not_read"]]


def _entry(instrument: Instrument, entry: Mapping[str, Any], reference: ReferenceData) -> Iterator[Problem]:
    for article, times in Counter(_listed(entry)).items():
        if times > 1:
            yield _problem(f"{instrument.id} {article}", "The article is listed more than once.", "Leave one.")
        if article not in instrument.articles:
            message = "The article is not in law/instruments.yaml."
            yield _problem(f"{instrument.id} {article}", message, "Add it there with its certainty.")
    for part in entry.get("not_read_parts", []):
        if part["article"] not in {article for said in entry["says"] for article in said["articles"]}:
            message = "A part of the article is said to be unread, and the article has no plain words."
            yield _problem(f"{instrument.id} {part['article']}", message, "List the article under not_read instead.")
    for said in [*entry["says"], *entry.get("not_read_parts", [])]:
        place, keys = (
            f"{instrument.id} {', '.join(said.get('articles', [said.get('article')]))}",
            number_keys(said["fr"]),
        )
        if keys != number_keys(said["nl"]):
            yield _problem(place, "French and Dutch do not name the same numbers of law.", "Name the same {{key}}.")
        for key in sorted(keys | number_keys(said["nl"])):
            if key not in reference.numbers:
                yield _problem(place, f"“{key}” is not in law/numbers.yaml.", "Add it there, or mend the key.")


def _cited(clauses: Iterable[ClauseVersion], data: Mapping[str, Any]) -> Iterator[Problem]:
    known = {(act, article) for act, entry in data.items() for article in _listed(entry)}
    cited = {(basis.act, basis.article): clause.reference for clause in clauses for basis in clause.legal_basis}
    for act, article in sorted(cited.keys() - known):
        yield _problem(
            f"{act} {article}",
            f"{cited[act, article]} cites the article; it has no plain words.",
            "Write them in both languages, or list the article under not_read.",
        )
