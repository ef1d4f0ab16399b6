"""What every Word file of ours must satisfy: ``assert_good_docx(data)``."""

import posixpath
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

from mpdi.documents.docx_text import printed_text
from mpdi.documents.ooxml import CONTENT_TYPES, LONGEST_TAG, PACKAGE_RELATIONSHIPS, W, w

STYLE_REFERENCES = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table"}


def parts_of(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def body_of(data: bytes) -> etree._Element:
    return etree.fromstring(parts_of(data)["word/document.xml"])


def assert_good_docx(data: bytes) -> None:
    """Everything that can be said of a file without a word processor."""
    parts = parts_of(data)
    pictures = {name for name in parts if name.startswith("word/media/")}
    assert all(name.endswith(".png") and parts[name].startswith(b"\x89PNG") for name in pictures)
    roots = {name: etree.fromstring(content) for name, content in parts.items() if name not in pictures}
    body, styles = roots["word/document.xml"], roots["word/styles.xml"]
    check_relations(roots, set(parts))
    check_content_types(roots, set(parts))
    check_pictures(body, len(pictures))
    check_styles(roots, styles)
    check_language(body, styles)
    check_paragraphs(body)
    check_tables(body)
    check_links(body)
    check_controls(body)
    check_numbering(body, roots["word/numbering.xml"])
    check_nothing_asks(roots)


def check_relations(roots: dict[str, etree._Element], names: set[str]) -> None:
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        identifiers = [relation.get("Id") for relation in root]
        assert len(identifiers) == len(set(identifiers)), name
        for relation in root:
            assert relation.tag == f"{{{PACKAGE_RELATIONSHIPS}}}Relationship"
            target = posixpath.normpath(posixpath.join(folder, relation.get("Target")))
            assert target in names, f"{name} points to {target}, which is not there"


def check_content_types(roots: dict[str, etree._Element], names: set[str]) -> None:
    types = roots["[Content_Types].xml"]
    defaults = {child.get("Extension") for child in types.findall(f"{{{CONTENT_TYPES}}}Default")}
    overrides = {child.get("PartName") for child in types.findall(f"{{{CONTENT_TYPES}}}Override")}
    for name in names:
        assert name.rsplit(".", 1)[-1] in defaults, name
    assert overrides <= {f"/{name}" for name in names}


def check_pictures(body: etree._Element, count: int) -> None:
    """Each picture has words that stand for it."""
    described = [each.get("descr") for each in body.iter("{*}docPr")]
    assert len(described) == count
    assert all(described)


def check_styles(roots: dict[str, etree._Element], styles: etree._Element) -> None:
    known = {(style.get(w("type")), style.get(w("styleId"))) for style in styles.findall(w("style"))}
    assert len(known) == len(styles.findall(w("style"))), "a style stands twice"
    for name, root in roots.items():
        for element, kind in STYLE_REFERENCES.items():
            for reference in root.iter(w(element)):
                assert (kind, reference.get(w("val"))) in known, f"{name}: no style {reference.get(w('val'))}"
    for style in styles.findall(w("style")):
        for link in ("basedOn", "next"):
            target = style.find(w(link))
            assert target is None or (style.get(w("type")), target.get(w("val"))) in known


def check_language(body: etree._Element, styles: etree._Element) -> None:
    locale = styles.find(f"{w('docDefaults')}//{w('lang')}").get(w("val"))
    assert locale in {"fr-BE", "nl-BE"}
    for run in body.iter(w("r")):
        if run.find(w("drawing")) is not None:
            assert run.find(w("t")) is None, "words beside a picture"
            continue
        language = run.find(f"{w('rPr')}/{w('lang')}")
        assert language is not None, "a run without language"
        assert language.get(w("val")) in {"fr-BE", "nl-BE"}


def check_paragraphs(body: etree._Element) -> None:
    """No empty paragraph as spacing: only a table's cell, to be filled in by hand, may be empty.

    And what parts two tables that Word would join, or begins a page before a table of columns.
    """
    for paragraph in body.iter(w("p")):
        if style_of(paragraph) == "TableGap":
            check_gap(paragraph)
        elif paragraph.getparent().tag != w("tc"):
            assert printed_text(paragraph).strip(), etree.tostring(paragraph)
    last = body.find(w("body"))[-2]
    assert last.tag != w("tbl"), "Word wants a paragraph after the last table"


def check_gap(paragraph: etree._Element) -> None:
    assert paragraph.getnext().tag == w("tbl")
    starts_page = paragraph.find(f"{w('pPr')}/{w('pageBreakBefore')}") is not None
    assert starts_page or paragraph.getprevious().tag == w("tbl"), "a gap where nothing touches"


def check_columns(table: etree._Element) -> None:
    """Two cells a row, the left French and the right Dutch, each with words unless the other language is longer there."""
    assert table.getparent().tag == w("body")
    assert not list(table.iter(w("tblBorders")))
    for row in table.findall(w("tr")):
        cells = row.findall(w("tc"))
        assert len(cells) == 2
        for cell, locale in zip(cells, ("fr-BE", "nl-BE"), strict=True):
            assert {each.get(w("val")) for each in cell.findall(f".//{w('rPr')}/{w('lang')}")} <= {locale}
            assert all(printed_text(each).strip() for each in cell.findall(w("p"))[1:])
            assert not cell.findall(w("sdt")), "a control around the paragraph of a cell"


def check_tables(body: etree._Element) -> None:
    for table in body.iter(w("tbl")):
        following = table.getnext()
        assert following is None or following.tag != w("tbl"), "Word joins tables that touch"
        rows = table.findall(w("tr"))
        if table.find(f"{w('tblPr')}/{w('tblStyle')}").get(w("val")) == "Columns":
            check_columns(table)
            continue
        assert rows[0].find(f"{w('trPr')}/{w('tblHeader')}") is not None, "header row not repeated"
        assert all(row.find(f"{w('trPr')}/{w('tblHeader')}") is None for row in rows[1:])
        columns = len(table.findall(f"{w('tblGrid')}/{w('gridCol')}"))
        assert all(len(row.findall(w("tc"))) == columns for row in rows)
        assert all(cell[-1].tag == w("p") for cell in table.iter(w("tc")))
        assert table.find(f"{w('tblPr')}/{w('tblDescription')}") is not None
        assert not list(table.iter(w("insideV"))), "vertical rules"


def check_links(body: etree._Element) -> None:
    bookmarks = [mark.get(w("name")) for mark in body.iter(w("bookmarkStart"))]
    assert len(bookmarks) == len(set(bookmarks))
    assert all(len(name) <= 40 for name in bookmarks)
    for link in body.iter(w("hyperlink")):
        assert link.get(w("anchor")) in bookmarks
    entries = [p for p in body.iter(w("p")) if (style_of(p) or "").startswith("TOC") and style_of(p) != "TOCHeading"]
    headings = [p for p in body.iter(w("p")) if "Heading" in (style_of(p) or "") and style_of(p)[-1] in "123"]
    assert not entries or len(entries) == len([p for p in headings if int(style_of(p)[-1]) <= deepest(entries)])
    for kind in ("begin", "end"):
        assert len(body.findall(f".//{w('fldChar')}[@{w('fldCharType')}='{kind}']")) == fields(body)


def style_of(paragraph: etree._Element) -> str | None:
    style = paragraph.find(f"{w('pPr')}/{w('pStyle')}")
    return None if style is None else style.get(w("val"))


def deepest(entries: list[etree._Element]) -> int:
    return max(int(style_of(entry)[-1]) for entry in entries)


def fields(body: etree._Element) -> int:
    return len(body.findall(f".//{w('fldChar')}[@{w('fldCharType')}='separate']"))


def check_controls(body: etree._Element) -> None:
    tags = [tag.get(w("val")) for tag in body.iter(w("tag"))]
    assert all(0 < len(tag) <= LONGEST_TAG for tag in tags)
    numbers = [number.get(w("val")) for number in body.findall(f".//{w('sdtPr')}/{w('id')}")]
    assert len(numbers) == len(set(numbers)) == len(tags)
    for control in body.iter(w("sdt")):
        content = control.find(w("sdtContent"))
        assert len(content) == 1, "a control around more than one paragraph or run does not survive LibreOffice"


def check_numbering(body: etree._Element, numbering: etree._Element) -> None:
    known = {number.get(w("numId")) for number in numbering.findall(w("num"))}
    assert {number.get(w("val")) for number in body.iter(w("numId"))} <= known


def check_nothing_asks(roots: dict[str, etree._Element]) -> None:
    """Nothing makes a word processor ask or compute when the file is opened."""
    settings = roots["word/settings.xml"]
    assert settings.find(w("updateFields")) is None
    mode = settings.find(f".//{{{W}}}compatSetting[@{w('name')}='compatibilityMode']")
    assert mode.get(w("val")) == "15"
    for root in roots.values():
        assert not root.xpath("//@w:dirty", namespaces={"w": W})
