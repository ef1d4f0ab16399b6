"""The text of an article as a page shows it: paragraphs and lists, clause identifiers as links, two versions compared. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from mpdi.clause_library.comparison import Change, compare_words
from mpdi.helpdesk.models import ArticleVersion

_CLAUSE = re.compile(r"\b((?:ENV|SOC|ETH|DMP|SME|INN)-[A-Z]{2,6}-\d{3})\b")
_BULLET = re.compile(r"^\s*(?:[-–•*]|\d{1,2}[.)])\s+")
Pieces = list[tuple[str, str | None]]
"""Stretches of text, each with the clause it names or none."""


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list of which each line is an item."""

    is_list: bool
    lines: tuple[Pieces, ...]


def blocks(text: str, known: Collection[str]) -> list[Block]:
    """Cut a plain text into paragraphs and lists; identifiers of known clauses are told apart."""
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = [line for line in part.split("\n") if line.strip()]
        for is_list, group in _runs(lines):
            cut = (_BULLET.sub("", line) if is_list else line for line in group)
            found.append(Block(is_list, tuple(_pieces(line.strip(), known) for line in cut)))
    return found


def _runs(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    run: list[str] = []
    is_list = False
    for line in lines:
        if run and bool(_BULLET.match(line)) != is_list:
            yield is_list, run
            run = []
        is_list = bool(_BULLET.match(line))
        run.append(line)
    if run:
        yield is_list, run


def _pieces(line: str, known: Collection[str]) -> Pieces:
    cut = _CLAUSE.split(line)
    return [(text, text if number % 2 and text in known else None) for number, text in enumerate(cut) if text]


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
