"""The checklist of a site visit as one page of Word, to be filled in by hand."""

import datetime
import textwrap
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from flask_babel import gettext as _

from mpdi.clause_library.core.vocabulary import Language
from mpdi.follow_up import labels
from mpdi.follow_up.queries import OpenLog
from mpdi.follow_up.state import CheckState

_WIDTHS = (7, 88, 15, 15, 15, 50)
"""Millimetres of the columns; A4 less two margins of 10 mm."""
_ROOM = 215
"""Millimetres that the lines of a page may take together."""
_BOX = "☐"
_QUIET = RGBColor(0x4A, 0x56, 0x67)


def write_checklist(log: OpenLog, checks: Sequence[CheckState], language: Language, day: datetime.date) -> bytes:
    """Return the checklist as a .docx of one page; the more lines there are, the smaller they are."""
    points, longest = _size(len(checks))
    document = Document()
    _set_page(document, points, language)
    _set_properties(document, log, language, day)
    _write_head(document, log, language)
    table = document.add_table(rows=1, cols=len(_WIDTHS))
    table.style = document.styles["Table Grid"]
    table.autofit = False
    heads = ("", _("Checks"), *(str(words) for words in labels.SEEN.values()), _("Remark"))
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        _write(cell.paragraphs[0], words, is_bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for number, state in enumerate(checks, 1):
        _write_line(table, number, state, language, longest)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    height = Mm(min(14, _ROOM / max(len(checks), 1)))
    for row in table.rows[1:]:
        row.height, row.height_rule = height, WD_ROW_HEIGHT_RULE.AT_LEAST
    for row in table.rows:
        _mark(row, "w:cantSplit")
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Mm(width)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _size(lines: int) -> tuple[float, int]:
    """The size of the type, in points, and the characters that one check may take, so that all fits one page."""
    for most, points, longest in ((14, 9.0, 240), (22, 8.0, 160), (32, 7.0, 130)):
        if lines <= most:
            return points, longest
    return 6.0, 90


def _set_page(document: Any, points: float, language: Language) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(10)
    section.header_distance = section.footer_distance = Mm(5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(points)
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), f"{language}-BE")
    style.element.get_or_add_rPr().append(spoken)


def _set_properties(document: Any, log: OpenLog, language: Language, day: datetime.date) -> None:
    properties = document.core_properties
    properties.title = " – ".join(filter(None, (_("Site visit"), log.plan.object[language])))[:250]
    properties.author = log.plan.authority[language][:250]
    properties.comments = ""
    properties.created = properties.modified = datetime.datetime.combine(day, datetime.time())


def _write_head(document: Any, log: OpenLog, language: Language) -> None:
    title = document.add_paragraph(style="Title")
    title.paragraph_format.space_after = Pt(2)
    _write(title, _("Site visit"), is_bold=True, points=15, font="Arial")
    about = filter(None, (log.plan.reference, log.plan.object[language], log.contractor))
    _write(document.add_paragraph(), textwrap.shorten(" · ".join(about), 200, placeholder=" …"))
    blanks = f"{_('Day')}: ______________    {_('Place')}: ______________________________    "
    line = document.add_paragraph()
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(6)
    _write(line, blanks + f"{_('Checked by (function)')}: ______________________")


def _write_line(table: Any, number: int, state: CheckState, language: Language, longest: int) -> None:
    cells = table.add_row().cells
    _write(cells[0].paragraphs[0], str(number))
    paragraph = cells[1].paragraphs[0]
    _write(paragraph, f"{state.check.clause_id}  ", colour=_QUIET)
    _write(paragraph, textwrap.shorten(state.check.check[language], longest, placeholder=" …"))
    for cell in cells[2:5]:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(cell.paragraphs[0], _BOX, points=12, font="DejaVu Sans")


def _write(
    paragraph: Any,
    words: str,
    *,
    is_bold: bool = False,
    points: float | None = None,
    colour: Any = None,
    font: str = "",
) -> None:
    run = paragraph.add_run(words)
    run.bold = is_bold
    if points:
        run.font.size = Pt(points)
    if colour is not None:
        run.font.color.rgb = colour
    if font:
        run.font.name = font


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
