"""Charts into a Word file: the SVG of the page as a PNG of 300 dots an inch, with the words that stand for it."""

import re
import struct
from functools import lru_cache

import vl_convert
from lxml import etree
from lxml.etree import _Element

from mpdi.documents.docx_frame import BODY_RELATIONS
from mpdi.documents.docx_inline import Writing, add_run, paragraph
from mpdi.documents.docx_styles import TEXT_WIDTH
from mpdi.documents.errors import DocumentModelError
from mpdi.documents.model import Picture
from mpdi.documents.ooxml import R, W
from mpdi.documents.text import single_spaced

DOTS_AN_INCH = 300
_TWIPS_AN_INCH = 1440
_EMU_A_TWIP = 635
_FONT = re.compile(r'font-family="[^"]*"')
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_FRAME = (
    f'<w:r xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main" '
    f'xmlns:pic="{_DRAWING}/picture"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="chart{number}"/>'
    f'<a:graphic><a:graphicData uri="{_DRAWING}/picture"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="{number}" name="chart{number}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def write_picture(body: _Element, picture: Picture, state: Writing) -> None:
    """Append the picture in a paragraph of its own. Not kept with its table: a heading above would be left behind."""
    png = png_of(picture.svg)
    state.counts.pictures.append(png)
    number = len(state.counts.pictures)
    across, down = struct.unpack(">II", png[16:24])
    width = TEXT_WIDTH * _EMU_A_TWIP
    relation = f"rId{len(BODY_RELATIONS) + number}"
    frame = _FRAME.format(width=width, height=width * down // across, number=number, relation=relation)
    if picture.caption:
        add_run(paragraph(body, "Caption"), picture.caption, state)
    element = paragraph(body)
    run = etree.fromstring(frame)
    for each in run.iter("{*}docPr", "{*}cNvPr"):
        each.set("descr", single_spaced(picture.description))
    element.append(run)


@lru_cache(maxsize=32)
def png_of(svg: bytes) -> bytes:
    """Return an SVG of ours as a PNG as wide as the text of a page; the font is the one that comes with the converter."""
    try:
        width = float(etree.fromstring(svg).get("width", ""))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise DocumentModelError("A picture is an SVG with its width in pixels.") from error
    scale = TEXT_WIDTH / _TWIPS_AN_INCH * DOTS_AN_INCH / width
    return vl_convert.svg_to_png(_FONT.sub('font-family="Liberation Sans"', svg.decode("utf-8")), scale=scale)
