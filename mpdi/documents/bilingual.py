"""A document in two languages side by side: the same structure twice, French on the left, Dutch on the right."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from mpdi.documents.errors import DocumentModelError
from mpdi.documents.inline import Language
from mpdi.documents.model import (
    Block,
    Bullets,
    Callout,
    ClauseBlock,
    Manifest,
    NumberedItems,
    Picture,
    Section,
    Table,
    ToComplete,
    WordDocument,
)
from mpdi.documents.text import is_blank


@dataclass(frozen=True, slots=True)
class BilingualDocument:
    """French and Dutch of one document, paragraph beside paragraph, one numbering.

    Both have the same sections, blocks, tables and clauses: what differs is the words. The manifests of the two are
    not written; ``manifest`` is. Where a page starts, the French says.
    """

    fr: WordDocument
    nl: WordDocument
    manifest: Manifest = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.fr.language, self.nl.language) != (Language.FR, Language.NL):
            raise DocumentModelError("A bilingual document is French on the left and Dutch on the right")
        for left, right in zip(_shapes(self.fr), _shapes(self.nl), strict=False):
            if left != right:
                raise DocumentModelError(f"French and Dutch differ in more than their words: {left} and {right}")
        if len(list(_shapes(self.fr))) != len(list(_shapes(self.nl))):
            raise DocumentModelError("French and Dutch differ in more than their words: one is longer")

    @property
    def sides(self) -> tuple[WordDocument, WordDocument]:
        """French, Dutch."""
        return self.fr, self.nl

    @property
    def sections(self) -> tuple[tuple[Section, Section], ...]:
        """The sections, French beside Dutch."""
        return tuple(zip(self.fr.sections, self.nl.sections, strict=True))

    @property
    def clauses(self) -> tuple[ClauseBlock, ...]:
        """Every clause, French and Dutch in turn."""
        pairs = zip(self.fr.clauses, self.nl.clauses, strict=True)
        return tuple(clause for pair in pairs for clause in pair)

    @property
    def to_complete(self) -> tuple[tuple[ToComplete, ToComplete], ...]:
        """What the buyer has still to fill in, French beside Dutch."""
        return tuple(zip(self.fr.title_page.to_complete, self.nl.title_page.to_complete, strict=True))


def _shapes(document: WordDocument) -> Iterator[object]:
    """What must be the same in both languages, piece by piece."""
    page = document.title_page
    yield ("title page", len(page.facts), len(page.notices), len(page.to_complete), document.contents_levels)
    for section in document.sections:
        yield ("section", section.level, section.id, section.is_annex, len(section.blocks))
        for block in section.blocks:
            yield (section.id, type(block).__name__, *_shape(block))


def _shape(block: Block) -> tuple[object, ...]:
    if isinstance(block, NumberedItems | Bullets):
        return (len(block.items),)
    if isinstance(block, Callout):
        return (len(block.paragraphs), is_blank(block.title))
    if isinstance(block, Table):
        return len(block.header), len(block.rows), block.widths, block.right_aligned, block.has_total
    if isinstance(block, Picture):
        raise DocumentModelError("A picture is as wide as the text: a document in two columns has none")
    if isinstance(block, ClauseBlock):
        return (
            block.clause_id,
            block.version,
            block.level,
            tuple(part for part, _lines in groupby(block.lines, key=lambda line: line.part)),
        )
    return ()
