"""Charts in a Word file."""

from dataclasses import replace
from io import BytesIO

import docx
import pytest
from document_samples import FR, NL, sample
from docx_checks import parts_of

from mpdi.documents.bilingual import BilingualDocument
from mpdi.documents.docx_reader import read_specification
from mpdi.documents.docx_writer import write_document
from mpdi.documents.errors import DocumentModelError
from mpdi.documents.model import Paragraph, ParagraphKind, Picture, Section, Table, content
from mpdi.svg import Drawing


def chart(words: str, height: int = 200) -> Picture:
    drawing = Drawing("Barres", 760, height)
    drawing.rect(10, 10, 300, 20, "#1d3f8f")
    drawing.text(320, 25, words, "start")
    return Picture(drawing.to_bytes(), f"Barres : {words} < & \u0001")


def with_charts(*pictures: Picture):
    table = Table("Chiffres", ("A", "B"), ((content("1"), content("2")),), (50.0, 50.0))
    blocks = (*pictures, table)
    return replace(sample(FR), sections=(Section("Graphiques", 1, blocks),))


def test_a_chart_is_as_wide_as_the_text_and_keeps_its_shape():
    document = docx.Document(BytesIO(write_document(with_charts(chart("un", 200)))))
    (shape,) = document.inline_shapes
    width = document.sections[0].page_width - document.sections[0].left_margin - document.sections[0].right_margin
    assert abs(shape.width - width) < width / 100
    assert abs(shape.height / shape.width - 200 / 760) < 0.002


def test_who_does_not_see_a_chart_is_told_what_it_shows():
    document = docx.Document(BytesIO(write_document(with_charts(chart("un")))))
    assert document.inline_shapes[0]._inline.docPr.get("descr").startswith("Barres : un < &")


def test_each_chart_is_its_own_picture_of_300_dots_an_inch():
    made = write_document(with_charts(chart("un"), chart("deux")))
    parts = parts_of(made)
    first, second = parts["word/media/chart1.png"], parts["word/media/chart2.png"]
    assert first != second
    assert int.from_bytes(first[16:20], "big") == pytest.approx(160 / 25.4 * 300, rel=0.01)
    assert len(docx.Document(BytesIO(made)).inline_shapes) == 2


def test_the_same_charts_give_the_same_bytes():
    assert write_document(with_charts(chart("un"))) == write_document(with_charts(chart("un")))


def test_a_file_without_charts_says_nothing_of_pictures():
    parts = parts_of(write_document(sample(FR)))
    assert b"png" not in parts["[Content_Types].xml"]
    assert b"image" not in parts["word/_rels/document.xml.rels"]


def test_a_file_with_charts_is_read_back():
    assert read_specification(write_document(with_charts(chart("un")))).manifest == sample(FR).manifest


def test_a_chart_without_words_is_refused():
    with pytest.raises(DocumentModelError, match="without words"):
        Picture(b"<svg/>", "  ")


@pytest.mark.parametrize("svg", [b"no picture", b"<svg/>"], ids=["no xml", "no width"])
def test_what_is_no_picture_of_ours_is_refused(svg):
    with pytest.raises(DocumentModelError, match="SVG"):
        write_document(with_charts(Picture(svg, "Barres")))


def test_two_columns_have_no_room_for_a_chart():
    sections = with_charts(chart("un")).sections
    sides = (replace(sample(FR), sections=sections), replace(sample(NL), sections=sections))
    with pytest.raises(DocumentModelError, match="two columns"):
        BilingualDocument(*sides)


def test_a_caption_stands_above_its_chart_and_words_over_a_table_are_never_parted_from_it():
    named = replace(chart("un"), caption="Parts par trimestre")
    over = Paragraph(content("Ce que le tableau compte."), ParagraphKind.KEPT)
    table = Table("Chiffres", ("A",), ((content("1"),),), (100.0,))
    made = replace(sample(FR), sections=(Section("Graphiques", 1, (named, over, table)),))
    paragraphs = docx.Document(BytesIO(write_document(made))).paragraphs
    place = next(number for number, each in enumerate(paragraphs) if each.text == "Parts par trimestre")
    assert paragraphs[place].style.paragraph_format.keep_with_next
    assert paragraphs[place + 1]._p.findall(".//{*}drawing")
    kept = next(each for each in paragraphs if each.text == "Ce que le tableau compte.")
    assert kept.paragraph_format.keep_with_next
