"""What the index keeps of a clause version: a Whoosh schema, and one document a clause.

All the words of a language lie in one field; where a word stands sets its weight. Excerpts come from two columns a
language: the text, and for each word its place and a number made from its stem.
"""

import re
import zlib
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from whoosh import fields
from whoosh.analysis.acore import Token
from whoosh.columns import VarBytesColumn

from mpdi.clause_library.core.model import Bilingual, ClauseVersion
from mpdi.clause_library.core.search.language import WORD, clean, stem, word_spans
from mpdi.clause_library.core.vocabulary import LANGUAGES

INDEX_NAME = "clauses_1"
"""Changes with the schema, so that an index of an older release is never read as one of this one."""
FACETS = ("themes", "categories", "kind", "ambition", "nature")
TITLE_WEIGHT, SUMMARY_WEIGHT, TEXT_WEIGHT, GUIDANCE_WEIGHT = 9, 3, 1, 1
_MARK = "\x1e"
_PLACEHOLDER = re.compile(r"\{\{.*?\}\}")


class WeighedWords:
    """Whoosh analyser: stems of one language, each with the weight of its part of the text.

    A part starts with U+001E and one digit, its weight; text without that mark weighs 1.
    """

    def __init__(self, language: str) -> None:
        self.language = language

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WeighedWords) and other.language == self.language

    def __hash__(self) -> int:
        return hash(self.language)

    def __call__(self, value: str, positions: bool = False, start_pos: int = 0, **_options: Any) -> Iterator[Token]:
        """Yield one token a word; Whoosh wants the same object again and again."""
        token = Token(positions, boosts=True)
        position = start_pos
        for part in value.split(_MARK):
            token.boost = float(part[0]) if part[:1].isdigit() and _MARK in value else 1.0
            for match in WORD.finditer(part[1:] if _MARK in value else part):
                token.text = stem(match.group(), self.language)
                token.pos = position
                token.stopped = False
                position += 1
                yield token
            position += 10  # a phrase does not run on from one part into the next


def clause_schema() -> fields.Schema:
    """Return the schema of the index."""
    bytes_column: Any = VarBytesColumn
    schema = fields.Schema(id=fields.ID(unique=True, stored=True), record=fields.STORED())
    for facet in FACETS:
        schema.add(facet, fields.KEYWORD(commas=True))
    for language in LANGUAGES:
        schema.add(language, fields.TEXT(analyzer=WeighedWords(language), phrase=True))
        schema.add(f"text_{language}", fields.COLUMN(bytes_column()))
        schema.add(f"marks_{language}", fields.COLUMN(bytes_column()))
    return schema


def document(version: ClauseVersion) -> dict[str, Any]:
    """Return the version as the index keeps it."""
    result: dict[str, Any] = {
        "id": version.id,
        "record": record(version),
        "themes": ",".join(version.themes),
        "categories": ",".join(version.categories),
        "kind": str(version.kind),
        "ambition": str(version.ambition),
        "nature": ",".join(version.nature),
    }
    for language in LANGUAGES:
        body = excerpt_text(version, language)
        result[language] = _weighed(version, language)
        result[f"text_{language}"] = body.encode("utf-8")
        result[f"marks_{language}"] = word_marks(body, language).tobytes()
    return result


def record(version: ClauseVersion) -> tuple[str, str, str, str]:
    """Return version, titles and digest: what tells whether an index holds this very text."""
    return (str(version.version), version.title.fr, version.title.nl, version.digest)


def plain(text: str) -> str:
    """Return a clause's text with an ellipsis for each parameter."""
    return clean(_PLACEHOLDER.sub("…", text))


def excerpt_text(version: ClauseVersion, language: str) -> str:
    """Return what excerpts are cut from: summary, text, guidance, a paragraph a line."""
    parts = [version.summary, *(paragraph.text for paragraph in version.text), version.guidance]
    return "\n".join(" ".join(plain(part[language]).split()) for part in parts)


def word_marks(text: str, language: str) -> "np.ndarray[Any, np.dtype[np.uint32]]":
    """Return two rows: where each word stands (start × 256 + length), and the number of its stem."""
    spans = [
        (start * 256 + min(end - start, 255), stem_number(stem(word, language)))
        for start, end, word in word_spans(text)
    ]
    return np.array(spans, dtype=np.uint32).reshape(-1, 2).T.copy()


@lru_cache(maxsize=100_000)
def stem_number(stemmed: str) -> int:
    """Return a number for a stem: the same in every process."""
    return zlib.crc32(stemmed.encode("utf-8"))


def _weighed(version: ClauseVersion, language: str) -> str:
    labels = [parameter.label for parameter in version.parameters.values()]
    choices = [label for parameter in version.parameters.values() for _, label in parameter.choices]
    parts: list[tuple[int, list[Bilingual]]] = [
        (TITLE_WEIGHT, [version.title]),
        (SUMMARY_WEIGHT, [version.summary]),
        (TEXT_WEIGHT, [paragraph.text for paragraph in version.text]),
        (GUIDANCE_WEIGHT, [version.guidance]),
        (1, labels + choices),
        (1, [evidence.title for evidence in version.evidence]),
        (1, [check.check for check in version.tender_checks + version.execution_checks]),
    ]
    own = [f"{_MARK}{weight}{plain(text[language])}" for weight, texts in parts for text in texts]
    return "".join([*own, f"{_MARK}1{version.id}"])
