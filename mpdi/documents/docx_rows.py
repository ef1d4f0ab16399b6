"""Rows of a table that hold runs alone, written as text: a plan has thousands of cells, and elements of each cost most.

The tree holds a mark in their place; `body_bytes` puts them in when the part is finished. What comes out is, byte for byte,
what `docx_tables` builds from elements; a test compares the two.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from lxml import etree
from lxml.etree import _Element

from mpdi.documents.docx_beside import BESIDE
from mpdi.documents.docx_inline import STYLES, Counts, Writing
from mpdi.documents.docx_styles import ACCENT
from mpdi.documents.inline import Content, Language, Run
from mpdi.documents.labels import LABELS
from mpdi.documents.ooxml import serialised
from mpdi.documents.text import single_spaced

Words = list[tuple[Content, Writing]]
_MARK = "mpdi-rows"
_PLACE = re.compile(rb"<\?mpdi-rows (\d+)\?>")


def are_runs(rows: Iterable[Iterable[Content]]) -> bool:
    """Whether every cell holds runs and nothing else."""
    return all(type(part) is Run for part in chain.from_iterable(chain.from_iterable(rows)))


def add_rows(table: _Element, rows: Iterable[str], state: Writing) -> None:
    """Append rows, each as `row` makes it, to be put in by `body_bytes`."""
    table.append(etree.ProcessingInstruction(_MARK, str(len(state.counts.rows))))
    state.counts.rows.append("".join(rows))


def body_bytes(part: _Element, counts: Counts) -> bytes:
    """Return the bytes of a finished part with the rows that were written as text."""
    pieces = _PLACE.split(serialised(part))
    pieces[1::2] = [counts.rows[int(number)].encode() for number in pieces[1::2]]
    return b"".join(pieces)


def row(cells: Iterable[str], *, can_split: bool) -> str:
    """Return a row of cells."""
    properties = "" if can_split else "<w:trPr><w:cantSplit/></w:trPr>"
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def cell(width: int, paragraphs: Iterable[Words], style: str, *, is_total: bool) -> str:
    """Return a cell of paragraphs; the wordings of one paragraph stand one after the other."""
    opening = _paragraph(style)
    written = "".join(f"{opening}{_beside(words)}</w:p>" for words in paragraphs)
    return f"{_cell(width, is_total=is_total)}{written}</w:tc>"


def plain_cell(width: int, content: Content, style: str, state: Writing) -> str:
    """Return a cell of one paragraph in one language: what nearly every cell is."""
    return f"{_cell(width, is_total=False)}{_paragraph(style)}{_runs(content, state)}</w:p></w:tc>"


@lru_cache(maxsize=256)
def _cell(width: int, *, is_total: bool) -> str:
    border = f'<w:top w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>'
    borders = f"<w:tcBorders>{border}</w:tcBorders>" if is_total else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{borders}</w:tcPr>'


@lru_cache(maxsize=64)
def _paragraph(style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'


def _beside(words: Words) -> str:
    between = _run(BESIDE, "", words[-1][1].language) if len(words) > 1 else ""
    return between.join(_runs(content, state) for content, state in words)


def _runs(content: Content, state: Writing) -> str:
    runs = [
        _run(part.text, STYLES[part.emphasis], part.language or state.language) for part in content if type(part) is Run
    ]
    return runs[0] if len(runs) == 1 else "".join(runs)


@lru_cache(maxsize=1024)
def _run(text: str, style: str, language: Language) -> str:
    words = single_spaced(text)
    if not words:
        return ""
    if "&" in words or "<" in words or ">" in words:
        words = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    keeps = words[0].isspace() or words[-1].isspace() or "  " in words
    return f"{_run_opening(style, language, keeps=keeps)}{words}</w:t></w:r>"


@lru_cache(maxsize=256)
def _run_opening(style: str, language: Language, *, keeps: bool) -> str:
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    space = ' xml:space="preserve"' if keeps else ""
    return f'<w:r><w:rPr>{named}<w:lang w:val="{LABELS[language].locale}"/></w:rPr><w:t{space}>'
