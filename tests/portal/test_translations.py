"""No message of the interface is missing, fuzzy or stale in French and Dutch."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from mpdi.clause_library import labels
from mpdi.clause_library.core import vocabulary
from mpdi.i18n import TRANSLATIONS
from mpdi.resources import folder

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = ("fr", "nl", "en")
TRANSLATED = ("fr", "nl")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every message of code and templates, extracted now."""
    if not (ROOT / "babel.cfg").is_file():
        pytest.skip("needs a checkout")
    target = tmp_path_factory.mktemp("messages") / "messages.pot"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "babel.messages.frontend",
            "-q",
            "extract",
            "-F",
            "babel.cfg",
            "-k",
            "_l",
            "-k",
            "lazy_gettext",
            "-o",
            str(target),
            ".",
        ],
        cwd=ROOT,
        check=True,
    )
    with target.open("rb") as file:
        return read_po(file)


def catalogue(language: str) -> Catalog:
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(extracted: Catalog, language: str) -> None:
    known = catalogue(language)
    missing = []
    for message in extracted:
        if not message.id:
            continue
        found = known.get(message.id, message.context)
        strings = (
            found.string if found is not None and isinstance(found.string, (list, tuple)) else [found and found.string]
        )
        if not all(strings):
            missing.append(message.id)
    assert not missing, f"translate these in {language} (make messages, then edit messages.po): {missing}"


@pytest.mark.parametrize("language", CATALOGUES)
def test_no_entry_is_fuzzy(language: str) -> None:
    assert [message.id for message in catalogue(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", CATALOGUES)
def test_the_compiled_catalogue_is_that_of_the_text(language: str) -> None:
    fresh = io.BytesIO()
    write_mo(fresh, catalogue(language))
    kept = (TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo").read_bytes()
    assert kept == fresh.getvalue(), f"{language}: run pybabel compile -d mpdi/translations"


@pytest.mark.parametrize("language", TRANSLATED)
def test_places_are_the_same_in_a_translation(language: str) -> None:
    for message in catalogue(language):
        if not message.id or not message.string:
            continue
        ids = message.id if isinstance(message.id, (list, tuple)) else [message.id]
        strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
        for text in filter(None, strings):
            assert set(re.findall(r"%\((\w+)\)s", text)) == set(re.findall(r"%\((\w+)\)s", ids[-1])), message.id


def schema(name: str, *path: str) -> set[str]:
    """The values that the schema of clause files allows at a place."""
    data = json.loads((folder("clauses") / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    for step in path:
        data = data[step]
    return set(data["enum"])


def test_every_value_of_a_closed_list_has_words() -> None:
    checks = ("properties", "verification", "properties", "execution", "items", "properties")
    parameters = ("properties", "parameters", "additionalProperties", "properties")
    for words, values in (
        (labels.THEMES, vocabulary.Theme),
        (labels.KINDS, vocabulary.ClauseKind),
        (labels.STATUSES, vocabulary.Status),
        (labels.CERTAINTIES, vocabulary.Certainty),
        (labels.DECISIONS, vocabulary.Decision),
        (labels.SEVERITIES, vocabulary.Severity),
        (labels.PARTS, schema("clause", "properties", "text", "items", "properties", "part")),
        (labels.CHECKERS, schema("clause", *checks, "who")),
        (labels.CHECK_SOURCES, schema("clause", *checks, "source")),
        (labels.MOMENTS, schema("clause", *checks, "moment")),
        (labels.PROVENANCES, schema("clause", *parameters, "provenance")),
        (labels.DECIDERS, schema("clause", *parameters, "decided_by")),
        (labels.SANCTIONS, schema("clause", "properties", "sanction", "properties", "kinds", "items")),
        (labels.AWARD_METHODS, schema("clause", "properties", "award", "properties", "method")),
        (labels.SOURCE_KINDS, schema("clause", "properties", "sources", "items", "properties", "kind")),
        (labels.LABEL_TYPES, schema("labels", "additionalProperties", "properties", "type")),
        (labels.LABEL_USES, schema("label_directory", "additionalProperties", "properties", "use")),
        (labels.OBLIGATIONS, schema("register", "properties", "obligation", "items", "properties", "status")),
    ):
        assert set(words) == set(values)
