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
from mpdi.follow_up.visit_lines import figures_on_line
from mpdi.public_holidays import closed_day
from mpdi.specifications.typed_values import write_date

_WIDTHS = (6, 112, 14, 14, 14, 30)
"""Millimetres of the columns; A4 less two margins of 10 mm."""
_ROOM = 218
"""Millimetres that the lines of a page may take together."""
_POINTS, _SMALL = 7.5, 7.0
_LONGEST_CHECK, _LONGEST_PROOF = 130, 90
"""Characters, so that the lines of one visit fit one page."""
_BOX = "☐"
_QUIET = RGBColor(0x4A, 0x56, 0x67)


def write_checklist(log: OpenLog, checks: Sequence[CheckState], language: Language, day: datetime.date) -> bytes:
    """Return the checklist as a .docx of one page, for `visit_lines.MOST_LINES` checks at most. `day`: of printing."""
    document = Document()
    _set_page(document, language)
    _set_properties(document, log, language, day)
    _write_head(document, log, language)
    table = document.add_table(rows=1, cols=len(_WIDTHS))
    table.style = document.styles["Table Grid"]
    table.autofit = False
    heads = ("", _("Checks"), *(str(words) for words in labels.SEEN.values()), _("Remark"))
    for cell, words in zip(table.rows[0].cells, heads, strict=True):
        _write(cell.paragraphs[0], words, is_bold=True, points=_SMALL)
    _mark(table.rows[0], "w:tblHeader")
    for number, state in enumerate(checks, 1):
        _write_line(table, number, state, language, day)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    height = Mm(min(24, _ROOM / max(len(checks), 1)))
    for row in table.rows[1:]:
        row.height, row.height_rule = height, WD_ROW_HEIGHT_RULE.AT_LEAST
    for row in table.rows:
        _mark(row, "w:cantSplit")
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Mm(width)
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _set_page(document: Any, language: Language) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(10)
    section.header_distance = section.footer_distance = Mm(5)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(_POINTS)
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
    _write(document.add_paragraph(), _cut(" · ".join(about), 200))
    blanks = f"{_('Day')}: ______________    {_('Place')}: ______________________________    "
    line = document.add_paragraph()
    line.paragraph_format.space_before = line.paragraph_format.space_after = Pt(6)
    _write(line, blanks + f"{_('Checked by (function)')}: ______________________")
    note = document.add_paragraph()
    note.paragraph_format.space_after = Pt(3)
    words = _(
        "Between quotation marks: the sentences of the clause nearest to the check, as this log keeps them. The whole clause in the contract prevails."
    )
    _write(note, words, colour=_QUIET, points=_SMALL)


def _write_line(table: Any, number: int, state: CheckState, language: Language, day: datetime.date) -> None:
    cells = table.add_row().cells
    _write(cells[0].paragraphs[0], str(number))
    _write_check(cells[1], state, language, day)
    for cell in cells[2:5]:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        _write(cell.paragraphs[0], _BOX, points=12, font="DejaVu Sans")


def _write_check(cell: Any, state: CheckState, language: Language, day: datetime.date) -> None:
    """What to look at; the words that bind, the figures, the proof; the clause, its version and when it is due."""
    check, ends = state.check, state.due_on(day)
    _write(cell.paragraphs[0], _cut(check.check[language], _LONGEST_CHECK), is_bold=True)
    if check.binding[language]:
        _write(cell.add_paragraph(), f"“{check.binding[language]}”")
    figures = figures_on_line(check, language)
    if figures:
        line = cell.add_paragraph()
        _write(line, f"{_('Figures of this contract')}: ", colour=_QUIET, points=_SMALL)
        _write(line, figures, is_bold=True, points=_SMALL)
    line = cell.add_paragraph()
    _write(line, f"{_('Proof to ask for or to note')}: ", colour=_QUIET, points=_SMALL)
    _write(line, _cut(check.receive[language], _LONGEST_PROOF), points=_SMALL)
    due = f" · {_('Due on %(day)s', day=_day(ends, language))}" if ends else ""
    _write(cell.add_paragraph(), f"{check.clause_id} · {check.version}{due}", colour=_QUIET, points=_SMALL)


def _day(day: datetime.date, language: Language) -> str:
    closed = closed_day(day, language)
    return f"{write_date(day)} ({closed})" if closed else write_date(day)


def _cut(words: str, longest: int) -> str:
    return textwrap.shorten(words, longest, placeholder=" …")


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
