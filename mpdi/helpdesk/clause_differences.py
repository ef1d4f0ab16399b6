"""What somebody changed in a clause: the words of the file against those of the library, in the version it names. Pure.

The file does not say which case of a clause stood in it, but the digest of what was written: the paragraphs that have
it are taken, filled with the values of the file's own parameters; where such a value was changed too, those that come
nearest to the words of the file.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import product

from mpdi.clause_library.comparison import Change, compare_words
from mpdi.clause_library.core.model import ClauseVersion, Paragraph
from mpdi.clause_library.core.vocabulary import Language
from mpdi.documents.docx_reader import ReadClause, ReadParameter
from mpdi.documents.text import joined_text, text_digest
from mpdi.specifications.words import label

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z0-9_]*)\s*\}\}")
_NEAR = 0.5
_SHORTEST_RUN = 3
_MOST_CASES = 9
Filled = tuple[Paragraph, str]
"""A paragraph with its text, parameters filled."""
MOST_WORDS = 3_000
"""Longer texts are not compared: it would take too long, and nobody would read it word by word."""


def changes_in(clause: ReadClause, version: ClauseVersion, language: Language, digest: str) -> tuple[Change, ...]:
    """Return the runs of words kept, added and removed since the file was written; none where it is too long.

    `digest` is that of the clause as it was written: it tells which paragraphs stood in it.
    """
    if len(clause.text.split()) > MOST_WORDS:
        return ()
    return tuple(compare_words(_written(clause, version, language, digest), clause.text))


def _written(clause: ReadClause, version: ClauseVersion, language: Language, digest: str) -> str:
    values = _values(clause.parameters)
    printed = [(item, _filled(item, version, values, language)) for item in version.text if item.is_printed]
    for case in _cases(printed):
        text = _joined(version.title[language], case, language)
        if text_digest(text) == digest:
            return text
    return _joined(version.title[language], _nearest(printed, clause.text), language)


def _cases(printed: Sequence[Filled]) -> Iterator[Sequence[Filled]]:
    """Yield every choice of the paragraphs that stand in some cases only; none where there are too many."""
    some = [index for index, (item, _text) in enumerate(printed) if item.when or item.only_when]
    if len(some) > _MOST_CASES:
        return
    for kept in product((True, False), repeat=len(some)):
        left_out = {index for index, is_kept in zip(some, kept, strict=True) if not is_kept}
        yield [each for index, each in enumerate(printed) if index not in left_out]


def _nearest(printed: Sequence[Filled], text: str) -> Iterator[Filled]:
    """Yield what stands in every case, and of each case the paragraph that the file comes nearest to."""
    words = text.split()
    near = [_share(each.split(), words) if item.when or item.only_when else 1.0 for item, each in printed]
    best: dict[tuple[str, str], int] = {}
    for index, (item, _text) in enumerate(printed):
        if item.when:
            case = (item.part, next(iter(item.when)))
            best[case] = max(best.get(case, index), index, key=near.__getitem__)
    for index, each in enumerate(printed):
        if near[index] >= _NEAR and (not each[0].when or index in best.values()):
            yield each


def _joined(title: str, printed: Iterable[Filled], language: Language) -> str:
    lines, previous = [title], ""
    for paragraph, words in printed:
        named = paragraph.part != previous
        lines.append(f"{label('part', paragraph.part, language)} {words}" if named else words)
        previous = paragraph.part
    return joined_text(lines)


def _share(words: list[str], others: list[str]) -> float:
    """Return how much of a paragraph stands, in its order, in the file."""
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    runs = (block.size for block in matcher.get_matching_blocks())
    return sum(size for size in runs if size >= _SHORTEST_RUN) / max(len(words), 1)


def _values(parameters: Iterable[ReadParameter]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for item in parameters:
        found.setdefault(item.key, item.text)
    return found


def _filled(paragraph: Paragraph, version: ClauseVersion, values: Mapping[str, str], language: Language) -> str:
    def value(match: re.Match[str]) -> str:
        return values.get(match[1]) or f"[{version.parameters[match[1]].label[language]}]"

    return _PLACEHOLDER.sub(value, " ".join(paragraph.text[language].split()))
