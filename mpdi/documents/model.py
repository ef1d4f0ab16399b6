"""What a Word document says, as plain frozen data. Nothing here knows Word.

A caller builds a :class:`SpecificationDocument` (or a sister) and hands it to
``mpdi.documents.docx_writer``. Sequences are tuples. Any text may hold any character: the writer
escapes it, turns line breaks and tabs into spaces and replaces what XML forbids by U+FFFD.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from mpdi.documents.errors import DocumentModelError
from mpdi.documents.inline import (
    Content,
    Emphasis,
    Inline,
    Language,
    Link,
    Parameter,
    Run,
    content,
    content_text,
)
from mpdi.documents.text import joined_text, text_digest

__all__ = [
    "Block",
    "Bullets",
    "Callout",
    "CalloutKind",
    "ClauseBlock",
    "ClauseLine",
    "ClauseSheetDocument",
    "Content",
    "DossierDocument",
    "Emphasis",
    "Inline",
    "Language",
    "LetterDocument",
    "Link",
    "Manifest",
    "Metadata",
    "NumberedItems",
    "Paragraph",
    "ParagraphKind",
    "Parameter",
    "Picture",
    "Run",
    "Section",
    "SpecificationDocument",
    "Table",
    "TitlePage",
    "ToComplete",
    "WordDocument",
    "content",
    "content_text",
]

Manifest = Mapping[str, Any]
"""JSON-able; stored as a custom XML part and given back, equal, by the reader. Never shown."""


class ParagraphKind(StrEnum):
    """``LEAD`` opens a section, a little larger; ``NOTE`` is small and grey, under a table; ``KEPT`` is as ``BODY`` and
    never parted from what follows it: the words over a table or a list."""

    BODY = "body"
    KEPT = "kept"
    LEAD = "lead"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. Without any visible text it is not written: space is the styles' affair."""

    content: Content
    kind: ParagraphKind = ParagraphKind.BODY


@dataclass(frozen=True, slots=True)
class NumberedItems:
    """Items numbered 1. 2. 3. by Word, from 1 in every list."""

    items: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """Items with a dash."""

    items: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row, repeated on each page.

    ``widths``: percentages, one a column, summing to 100 (within 1). ``right_aligned``: indexes of
    columns of figures. ``caption`` is printed above as "Tableau 1 – …" / "Tabel 1 – …";
    ``description`` is the alternative text (default: the caption). ``has_total``: last row is a total.
    ``is_dense``: smaller and tighter, for the long tables that are consulted and not read.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Content, ...], ...]
    widths: tuple[float, ...]
    right_aligned: tuple[int, ...] = ()
    description: str = ""
    has_total: bool = False
    is_dense: bool = False

    def __post_init__(self) -> None:
        columns = len(self.header)
        if not columns or len(self.widths) != columns or any(len(row) != columns for row in self.rows):
            raise DocumentModelError(
                f"Table {self.caption!r}: header, widths and every row must have the same number of columns"
            )
        if abs(sum(self.widths) - 100) > 1 or min(self.widths) <= 0:
            raise DocumentModelError(f"Table {self.caption!r}: widths are percentages and must sum to 100")


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as wide as the text: an SVG of ours (`mpdi.svg`), and in words what it shows.

    Its table belongs beside it: the picture says nothing that the table does not. Not in a document in two columns.
    ``caption`` is printed above and never parted from it; empty where the words around name it.
    """

    svg: bytes
    description: str
    caption: str = ""

    def __post_init__(self) -> None:
        if not joined_text([self.description]):
            raise DocumentModelError("A picture without words for it says nothing to who does not see it")


class CalloutKind(StrEnum):
    """``NOTE`` has a blue rule, ``TO_COMPLETE`` a yellow one."""

    NOTE = "note"
    TO_COMPLETE = "to_complete"


@dataclass(frozen=True, slots=True)
class Callout:
    """Paragraphs set apart by a rule on their left; ``title`` may be empty."""

    title: str
    paragraphs: tuple[Content, ...]
    kind: CalloutKind = CalloutKind.NOTE


@dataclass(frozen=True, slots=True)
class ClauseLine:
    """One paragraph of a clause. ``part``: its key (``obligation`` …); ``label``: printed before it, or empty.

    ``items`` are printed under it as an indented list and carry their own numbers ("(1) …;").
    """

    part: str
    content: Content
    label: str = ""
    items: tuple[Content, ...] = ()

    @property
    def text(self) -> str:
        """Label, paragraph and items as they stand in the file."""
        words = content_text(self.content)
        first = f"{self.label} {words}" if self.label else words
        return joined_text((first, *(content_text(item) for item in self.items)))


@dataclass(frozen=True, slots=True)
class ClauseBlock:
    """A clause: numbered heading in a tagged control, grey meta line, lines of text.

    ``digest``: the *version's* SHA-256 (64 hex digits; its first 12 go into the tag). ``meta``:
    identifier, version, kind, as printed; not part of the text that is compared. ``level``: of its
    heading. A clause ends at the next clause heading, at the next heading of its level or above, or
    where the writer marks the end because something else follows in the same section: the caller
    does nothing for it.
    """

    clause_id: str
    version: str
    language: Language
    digest: str
    title: str
    meta: str
    lines: tuple[ClauseLine, ...]
    kind: str = ""
    level: int = 3

    def __post_init__(self) -> None:
        _check_level(self.level, f"clause {self.clause_id}")
        if not joined_text([self.title]):
            raise DocumentModelError(f"Clause {self.clause_id} has no title: its heading is its handle")

    @property
    def text(self) -> str:
        """The normalised text that binds: title and lines, without number and meta line."""
        return joined_text((self.title, *(line.text for line in self.lines)))

    @property
    def rendered_digest(self) -> str:
        """SHA-256 of :attr:`text`: goes into the manifest; the reader finds the same if nothing changed."""
        return text_digest(self.text)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Every parameter of the text, in order, with repetitions."""
        contents = [part for line in self.lines for part in (line.content, *line.items)]
        return tuple(part for inlines in contents for part in inlines if isinstance(part, Parameter))


Block = Paragraph | NumberedItems | Bullets | Table | Callout | ClauseBlock | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered heading of ``level`` 1-3 and the blocks under it; sections follow each other flat.

    ``is_annex``: counted apart, "Annexe A" / "Bijlage A" (level 1), A.1, A.1.1. ``starts_page``: the heading starts a new page. ``id``: target of links, unique.
    """

    heading: str
    level: int = 1
    blocks: tuple[Block, ...] = ()
    id: str = ""
    is_annex: bool = False
    starts_page: bool = False

    def __post_init__(self) -> None:
        _check_level(self.level, f"section {self.heading!r}")
        if not joined_text([self.heading]):
            raise DocumentModelError(f"Section {self.id!r} has no heading")


@dataclass(frozen=True, slots=True)
class Metadata:
    """Properties of the file. ``date`` is the only date in it: created and modified on that day."""

    title: str
    date: datetime.date
    reference: str = ""
    authority: str = ""
    subject: str = ""
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToComplete:
    """What the buyer has still to fill in, and where; ``target``: section or clause to link to."""

    text: str
    where: str
    target: str = ""


@dataclass(frozen=True, slots=True)
class TitlePage:
    """First page. Empty fields are left out. ``object`` is one sentence; ``kind``: "Cahier spécial des charges".

    ``logo_place``: words of a small grey control to be replaced by the authority's logo, or empty.
    ``facts``: further (label, value) lines under reference, procedure and date. ``notices``: small
    lines such as "Avis juridique : en attente." ``verdict``: what the document comes to, read at arm's length.
    """

    kind: str
    object: str
    authority: str = ""
    reference: str = ""
    procedure: str = ""
    date: datetime.date | None = None
    facts: tuple[tuple[str, str], ...] = ()
    notices: tuple[str, ...] = ()
    to_complete: tuple[ToComplete, ...] = ()
    logo_place: str = ""
    verdict: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WordDocument:
    """What all our Word files share. ``contents_levels``: 0 = no contents list, at most 3."""

    language: Language
    metadata: Metadata
    title_page: TitlePage
    sections: tuple[Section, ...]
    manifest: Manifest = field(default_factory=dict)
    header: str = ""
    contents_levels: int = 3

    @property
    def clauses(self) -> tuple[ClauseBlock, ...]:
        """Every clause, in the order of the document."""
        blocks = (block for section in self.sections for block in section.blocks)
        return tuple(block for block in blocks if isinstance(block, ClauseBlock))


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecificationDocument(WordDocument):
    """The *cahier spécial des charges* / *bestek*: what tenderers read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierDocument(WordDocument):
    """The buyer's own file beside it: reasons, guidance, internal lines; not for tenderers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseSheetDocument(WordDocument):
    """Clauses taken from the library without a specification, to be pasted into another document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterDocument(WordDocument):
    """A letter to one addressee, on the pages after no cover: who writes, to whom, what about, then the words.

    ``title_page`` gives authority, reference, date and facts of the head. ``addressee``: its lines. ``opening``: the
    blocks before the first heading; ``signature``: the lines at the end; ``foreword``: what the sender reads first, above
    all on page 1, and deletes before sending.
    """

    addressee: tuple[Content, ...]
    salutation: str
    opening: tuple[Block, ...]
    signature: tuple[Content, ...] = ()
    foreword: tuple[Block, ...] = ()


def _check_level(level: int, where: str) -> None:
    if level not in (1, 2, 3):
        raise DocumentModelError(f"Level {level} of {where}: headings have levels 1 to 3")
