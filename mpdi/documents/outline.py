"""The headings of a document with the numbers Word will give them, for contents list and links."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mpdi.documents.bilingual import BilingualDocument
from mpdi.documents.labels import LABELS
from mpdi.documents.model import ClauseBlock, Section, WordDocument
from mpdi.documents.text import normalised_text


@dataclass(frozen=True, slots=True)
class Heading:
    """One numbered heading. ``number``: "3.2", "Annexe A –"; ``target``: what links name it by.

    ``is_beside``: it stands beside the one that bears the number, in the other language.
    """

    text: str
    level: int
    number: str
    bookmark: str
    target: str
    is_annex: bool
    is_beside: bool = False

    @property
    def style(self) -> str:
        """Style of its paragraph."""
        name = f"{'AnnexHeading' if self.is_annex else 'Heading'}{self.level}"
        return f"{name}Beside" if self.is_beside else name


class _Counter:
    """Numbers headings as the multilevel lists of numbering.xml do."""

    def __init__(self, annex_word: str) -> None:
        self._annex_word = annex_word
        self._counts = {False: [0, 0, 0], True: [0, 0, 0]}

    def number(self, level: int, is_annex: bool) -> str:
        counts = self._counts[is_annex]
        counts[level - 1] += 1
        counts[level:] = [0] * (3 - level)
        figures = [str(max(count, 1)) for count in counts[:level]]
        if is_annex:
            figures[0] = letters(max(counts[0], 1))
        number = ".".join(figures)
        return f"{self._annex_word} {number} –" if is_annex and level == 1 else number


def outline(document: WordDocument) -> tuple[Heading, ...]:
    """Every heading of the body, sections and clauses, in order."""
    return _outline(document, LABELS[document.language].annex, 100_000_000)


def outlines(document: BilingualDocument) -> tuple[tuple[Heading, ...], tuple[Heading, ...]]:
    """The headings of both languages; the French bear the numbers."""
    word = " / ".join(LABELS[side.language].annex for side in document.sides)
    beside = (replace(heading, is_beside=True) for heading in _outline(document.nl, word, 200_000_000))
    return _outline(document.fr, word, 100_000_000), tuple(beside)


def _outline(document: WordDocument, annex_word: str, first_mark: int) -> tuple[Heading, ...]:
    counter = _Counter(annex_word)
    return tuple(
        Heading(
            text=normalised_text(text),
            level=level,
            number=counter.number(level, is_annex),
            bookmark=f"_Toc{first_mark + index}",
            target=target,
            is_annex=is_annex,
        )
        for index, (text, level, target, is_annex) in enumerate(_headings(document.sections), start=1)
    )


def bookmarks(headings: tuple[Heading, ...]) -> dict[str, str]:
    """Bookmark of each link target; a target given twice means its first heading."""
    found: dict[str, str] = {}
    for heading in headings:
        if heading.target:
            found.setdefault(heading.target, heading.bookmark)
    return found


def _headings(sections: tuple[Section, ...]) -> Iterator[tuple[str, int, str, bool]]:
    for section in sections:
        yield section.heading, section.level, section.id, section.is_annex
        for block in section.blocks:
            if isinstance(block, ClauseBlock):
                yield block.title, block.level, block.clause_id, section.is_annex


def letters(number: int) -> str:
    """A … Z, then AA, BB …: Word's ``upperLetter``."""
    turns, place = divmod(number - 1, 26)
    return chr(ord("A") + place) * (turns + 1)
