"""The tags of our content controls: what they are made of, written and read in one place."""

import re
from dataclasses import dataclass
from functools import lru_cache

from mpdi.documents.errors import DocumentModelError, TagTooLongError
from mpdi.documents.ooxml import CLAUSE_TAG, LONGEST_TAG, PARAMETER_TAG

_CLAUSE = re.compile(
    re.escape(CLAUSE_TAG) + r"(?P<id>[^:@\s]+)@(?P<version>[^:@\s]+):(?P<language>fr|nl):(?P<digest>[0-9a-f]{12})"
)
_PARAMETER = re.compile(re.escape(PARAMETER_TAG) + r"(?P<id>[^:@\s]+):(?P<key>[^:@\s]+)")
_DIGEST = re.compile("[0-9a-f]{12,64}")


@dataclass(frozen=True, slots=True)
class ClauseTag:
    """What the tag of a clause's heading says; ``digest``: first 12 hex digits of the version's."""

    clause_id: str
    version: str
    language: str
    digest: str


def clause_tag(clause_id: str, version: str, language: str, digest: str) -> str:
    """``mpdi:clause:<id>@<version>:<fr|nl>:<first 12 hex of the digest>``, at most 64 characters."""
    if not _DIGEST.fullmatch(digest):
        raise DocumentModelError(
            f"Clause {clause_id} {version}: its digest must be 12 to 64 lower-case hex digits, not {digest!r}"
        )
    tag = f"{CLAUSE_TAG}{clause_id}@{version}:{language}:{digest[:12]}"
    return _checked(tag, _CLAUSE, f"clause {clause_id!r} version {version!r}")


@lru_cache(maxsize=2048)
def parameter_tag(clause_id: str, key: str) -> str:
    """``mpdi:param:<clause id>:<key>``, at most 64 characters."""
    return _checked(f"{PARAMETER_TAG}{clause_id}:{key}", _PARAMETER, f"parameter {key!r} of {clause_id!r}")


def parsed_clause_tag(tag: str) -> ClauseTag | None:
    """The parts of a clause's tag, or None when it is no such tag."""
    found = _CLAUSE.fullmatch(tag)
    return ClauseTag(found["id"], found["version"], found["language"], found["digest"]) if found else None


def parsed_parameter_tag(tag: str) -> tuple[str, str] | None:
    """(clause identifier, key) of a parameter's tag, or None when it is no such tag."""
    found = _PARAMETER.fullmatch(tag)
    return (found["id"], found["key"]) if found else None


def _checked(tag: str, form: re.Pattern[str], what: str) -> str:
    if len(tag.encode("utf-16-le")) > 2 * LONGEST_TAG:
        raise TagTooLongError(
            f"The Word tag of {what} has {len(tag)} characters; Word allows {LONGEST_TAG}: "
            "shorten the identifier or key"
        )
    if not tag.isascii() or not tag.isprintable() or not form.fullmatch(tag):
        raise DocumentModelError(
            f"The Word tag of {what} cannot be read back: use printable ASCII without ':', '@' or spaces"
        )
    return tag
