"""Which version of a clause is in force, and in what order versions stand."""

import datetime
import random
import re
from pathlib import Path

import pytest
from clause_samples import clause_data, version_of

from mpdi.clause_library.core.library import ClauseLibrary, UnknownClauseError
from mpdi.clause_library.core.model import VersionNumber
from mpdi.clause_library.core.vocabulary import Status

ORDER = [
    "0.9.0",
    "1.0.0",
    "1.0.0+local.1",
    "1.0.0+local.2",
    "1.0.0+local.10",
    "1.0.1",
    "1.2.0",
    "1.2.0+local.1",
    "1.10.0",
    "2.0.0",
]


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.fixture
def library(clause_library):
    def built(*versions):
        return ClauseLibrary(
            [version_of(clause_data(version=number), **register) for number, register in versions],
            clause_library.reference,
        )

    return built


def test_versions_are_ordered_as_numbers_and_local_ones_follow_theirs():
    shuffled = list(ORDER)
    random.Random(7).shuffle(shuffled)
    assert [str(number) for number in sorted(map(VersionNumber.parse, shuffled))] == ORDER


@pytest.mark.parametrize(
    "text", ["1.0", "1.0.0.0", "v1.0.0", "1.0.0-rc1", "1.0.0+local", "1.0.0+local.x", "", "1.0.0\n", "1234567.0.0"]
)
def test_what_is_no_version_is_refused(text):
    with pytest.raises(ValueError, match="not a version"):
        VersionNumber.parse(text)


def test_the_newest_version_in_time_is_in_force(library):
    built = library(
        ("1.0.0", {"status": "superseded", "valid_from": day("2026-01-01"), "valid_to": day("2026-06-30")}),
        ("1.1.0", {"valid_from": day("2026-07-01")}),
        ("2.0.0", {"status": "draft", "valid_from": day("2026-07-01")}),
        ("1.10.0", {"valid_from": day("2027-01-01")}),
    )
    expected = {
        "2025-12-31": None,
        "2026-01-01": "1.0.0",
        "2026-06-30": "1.0.0",
        "2026-07-01": "1.1.0",
        "2026-12-31": "1.1.0",
        "2027-01-01": "1.10.0",
    }
    for moment, number in expected.items():
        found = built.in_force("ENV-GEN-901", day(moment))
        assert (None if found is None else str(found.version)) == number, moment
    assert str(built.latest("ENV-GEN-901", day("2025-12-31")).version) == "2.0.0", "none in force: the newest known"


@pytest.mark.parametrize(
    ("status", "is_used"),
    [("draft", False), ("in_review", False), ("published", True), ("superseded", True), ("withdrawn", False)],
)
def test_which_status_a_document_may_use(library, status, is_used):
    built = library(("1.0.0", {"status": status}))
    assert (built.in_force("ENV-GEN-901", day("2026-06-01")) is not None) is is_used
    assert len(built.all_in_force(day("2026-06-01"))) == is_used


def test_a_local_version_is_newer_than_the_released_one_and_older_than_the_next(library):
    built = library(("1.0.0", {}), ("1.0.0+local.1", {}))
    assert str(built.in_force("ENV-GEN-901", day("2026-06-01")).version) == "1.0.0+local.1"
    built = library(("1.0.1", {}), ("1.0.0+local.1", {}))
    assert str(built.in_force("ENV-GEN-901", day("2026-06-01")).version) == "1.0.1"


def test_unknown_clauses_and_versions_are_messages(library):
    built = library(("1.0.0", {}), ("1.1.0", {}))
    with pytest.raises(UnknownClauseError, match="no clause “ENV-GEN-999”"):
        built.versions("ENV-GEN-999")
    with pytest.raises(UnknownClauseError, match=r"no version 3\.0\.0. Versions: 1\.0\.0, 1\.1\.0"):
        built.version("ENV-GEN-901", "3.0.0")
    with pytest.raises(UnknownClauseError, match="not a version"):
        built.version("ENV-GEN-901", "newest")
    assert str(built.version("ENV-GEN-901", "1.1.0").version) == "1.1.0"


def test_the_released_edition_holds_the_clauses_promised(clause_library):
    cleaning = [identifier for identifier in clause_library.identifiers if "-CLEAN-" in identifier]
    assert len(cleaning) >= 14
    general = {
        *(f"ENV-GEN-{n:03d}" for n in (2, 3, 13)),
        *(f"SOC-GEN-{n:03d}" for n in (1, 3, 4, 12)),
        *(f"ETH-GEN-{n:03d}" for n in (1, 3, 5)),
        *(f"DMP-GEN-{n:03d}" for n in (1, 2, 3, 4, 5, 6, 7, 11, 13, 14)),
        *(f"SME-GEN-{n:03d}" for n in (1, 4, 5, 6, 7, 9, 10, 11, 19, 20)),
        "INN-GEN-002",
    }
    assert general <= set(clause_library.identifiers)


def test_nothing_of_the_edition_binds_without_a_source(clause_library):
    for version in clause_library:
        assert all(item.status == "information" or item.source for item in version.register.obligation), (
            version.reference
        )


def test_a_text_once_published_never_changes(clause_library):
    """An installation that has a version refuses another text under the same number: a change is a new version.

    `published_digests.txt` grows by a line for each version published; a line once released is never changed.
    """
    lines = (Path(__file__).parent / "published_digests.txt").read_text(encoding="utf-8").splitlines()
    published = {
        version.reference: version.digest
        for version in clause_library
        if version.register.status in (Status.PUBLISHED, Status.SUPERSEDED)
    }
    assert dict(line.split() for line in lines) == published


def test_no_text_in_force_has_a_plural_in_brackets(clause_library):
    """A number that the buyer sets may be one: the sentence is turned so that it fits every number."""
    for version in clause_library:
        if version.register.status is Status.PUBLISHED:
            words = [*(each.text for each in version.text), version.guidance, version.title, version.summary]
            found = [
                re.search(r"\w ?\((-?e?s|n|en|ën|ne?s|weken)\)", text[language])
                for text in words
                for language in ("fr", "nl")
            ]
            assert not any(found), version.reference
