"""Two versions of an article compared, part by part. Pure."""

from dataclasses import dataclass

from mpdi.clause_library.comparison import Change, compare_words
from mpdi.helpdesk.models import ArticleVersion


@dataclass(frozen=True)
class ComparedPart:
    """One part of an article (`title`, `question`, `answer`) in one language, with what changed."""

    part: str
    language: str
    changes: tuple[Change, ...]


def compare_versions(older: ArticleVersion, newer: ArticleVersion) -> list[ComparedPart]:
    """Return every part that one of two versions has, word by word."""
    found = []
    for language in ("fr", "nl"):
        for part in ("title", "question", "answer"):
            before, after = getattr(older, f"{part}_{language}"), getattr(newer, f"{part}_{language}")
            if before or after:
                found.append(ComparedPart(part, language, tuple(compare_words(before, after))))
    return found
