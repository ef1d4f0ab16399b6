"""The parts around the body: header, footer, settings, fonts, properties, relations, content types."""

import datetime
import json
from functools import cache

from lxml import etree
from lxml.etree import _Element

from mpdi.documents.docx_inline import Writing, add_field, add_run, add_tab, paragraph
from mpdi.documents.inline import Language
from mpdi.documents.labels import LABELS
from mpdi.documents.model import Manifest, Metadata, WordDocument
from mpdi.documents.ooxml import (
    CONTENT_TYPES,
    DATA_STORE,
    DECLARATIONS,
    MANIFEST,
    PACKAGE_RELATIONSHIPS,
    R,
    add,
    root,
    serialised,
)
from mpdi.documents.text import safe_text, single_spaced

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = R
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_ITEM_ID = "{4D504449-0001-4000-8000-000000000001}"

BODY_RELATIONS = (
    ("styles", "styles.xml"),
    ("numbering", "numbering.xml"),
    ("settings", "settings.xml"),
    ("fontTable", "fontTable.xml"),
    ("header", "header1.xml"),
    ("footer", "footer1.xml"),
    ("customXml", "../customXml/item1.xml"),
)
"""Kind and target of the body's relations; ``rId1`` is the first."""


def header_part(*documents: WordDocument) -> bytes:
    """The bytes of word/header1.xml: reference on the left, kind of document on the right, a line a language."""
    part = root("hdr")
    said = ""
    for document in documents:
        state = Writing(document.language, {})
        element = paragraph(part, "Header")
        metadata = document.metadata
        words = document.header or metadata.reference or metadata.title or "–"
        add_run(element, words if words != said else "", state)
        said = words
        add_tab(element, state)
        add_run(element, document.title_page.kind, state)
    return serialised(part)


def footer_part(*documents: WordDocument) -> bytes:
    """The bytes of word/footer1.xml: authority on the left, page X of Y on the right, a line a language."""
    part = root("ftr")
    said = ""
    for document in documents:
        state = Writing(document.language, {})
        element = paragraph(part, "Footer")
        before, between = state.labels.page
        words = document.metadata.authority
        add_run(element, words if words != said else "", state)
        said = words
        add_tab(element, state)
        add_run(element, before, state)
        add_field(element, "PAGE", "1", state)
        add_run(element, between, state)
        add_field(element, "NUMPAGES", "1", state)
    return serialised(part)


def add_page_layout(body: _Element) -> None:
    """Append A4, margins of 25 mm, header and footer on every page but the first."""
    section = add(body, "sectPr")
    for name in ("header", "footer"):
        reference = add(section, f"{name}Reference", type="default")
        reference.set(f"{{{R}}}id", _relation_id(name))
    add(section, "pgSz", w="11906", h="16838")
    add(section, "pgMar", top="1417", right="1417", bottom="1417", left="1418", header="680", footer="680", gutter="0")
    add(section, "titlePg")


def _relation_id(kind: str) -> str:
    return f"rId{[name for name, _ in BODY_RELATIONS].index(kind) + 1}"


@cache
def settings_part(language: Language) -> bytes:
    """The bytes of word/settings.xml: Word 2013 and later, nothing that makes Word ask at opening."""
    locale = LABELS[language].locale
    compatibility = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    text = (
        f'{_HEAD}<w:settings {DECLARATIONS} mc:Ignorable="w15"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="567"/><w:hyphenationZone w:val="425"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{compatibility}</w:compat><w:themeFontLang w:val="{locale}"/>'
        '<w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )
    return text.encode()


FONTS_PART = (
    f'{_HEAD}<w:fonts {DECLARATIONS} mc:Ignorable="w15"><w:font w:name="Arial">'
    '<w:altName w:val="Liberation Sans"/><w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/>'
    '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
).encode()

APPLICATION_PART = (
    f'{_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>MPDI</Application><DocSecurity>0</DocSecurity><SharedDoc>false</SharedDoc>"
    "<AppVersion>16.0000</AppVersion></Properties>"
).encode()


def core_part(metadata: Metadata, *languages: Language) -> bytes:
    """The bytes of docProps/core.xml; created and modified at midnight of the given date."""
    names = {
        "cp": f"{PACKAGE_RELATIONSHIPS.removesuffix('relationships')}metadata/core-properties",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    part = etree.Element(f"{{{names['cp']}}}coreProperties", nsmap=names)
    fields = (
        ("dc", "title", metadata.title),
        ("dc", "subject", metadata.subject),
        ("dc", "creator", metadata.authority),
        ("cp", "keywords", "; ".join(metadata.keywords)),
        ("dc", "identifier", metadata.reference),
        ("dc", "language", ", ".join(LABELS[language].locale for language in languages)),
    )
    for prefix, name, value in fields:
        etree.SubElement(part, f"{{{names[prefix]}}}{name}").text = single_spaced(value)
    for name in ("created", "modified"):
        moment = etree.SubElement(part, f"{{{names['dcterms']}}}{name}")
        moment.set(f"{{{names['xsi']}}}type", "dcterms:W3CDTF")
        moment.text = _midnight(metadata.date)
    return serialised(part)


def _midnight(day: datetime.date) -> str:
    return f"{day.year:04}-{day.month:02}-{day.day:02}T00:00:00Z"


def manifest_part(manifest: Manifest) -> bytes:
    """The bytes of customXml/item1.xml: the manifest as JSON, keys sorted, in one element."""
    part = etree.Element(f"{{{MANIFEST}}}manifest", nsmap={"mpdi": MANIFEST})
    part.text = safe_text(json.dumps(manifest, ensure_ascii=True, sort_keys=True, separators=(",", ":")))
    return serialised(part)


MANIFEST_PROPERTIES_PART = (
    f'{_HEAD}<ds:datastoreItem ds:itemID="{_ITEM_ID}" xmlns:ds="{DATA_STORE}">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{MANIFEST}"/></ds:schemaRefs></ds:datastoreItem>'
).encode()


def _relations(targets: tuple[tuple[str, str], ...]) -> bytes:
    lines = "".join(
        f'<Relationship Id="rId{index}" Type="{kind}" Target="{target}"/>'
        for index, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{PACKAGE_RELATIONSHIPS}">{lines}</Relationships>'.encode()


PACKAGE_RELATIONS_PART = _relations(
    (
        (f"{_OFFICE}/officeDocument", "word/document.xml"),
        (f"{_PACKAGE}/core-properties", "docProps/core.xml"),
        (f"{_OFFICE}/extended-properties", "docProps/app.xml"),
    )
)


@cache
def body_relations_part(pictures: int = 0) -> bytes:
    """The bytes of word/_rels/document.xml.rels, the pictures after all else."""
    named = (*BODY_RELATIONS, *(("image", picture_name(number)) for number in range(1, pictures + 1)))
    return _relations(tuple((f"{_OFFICE}/{kind}", target) for kind, target in named))


def picture_name(number: int) -> str:
    """The name under `word/` of the picture of that number."""
    return f"media/chart{number}.png"


MANIFEST_RELATIONS_PART = _relations(((f"{_OFFICE}/customXmlProps", "itemProps1.xml"),))


@cache
def content_types_part(*, has_pictures: bool = False) -> bytes:
    """The bytes of [Content_Types].xml."""
    kinds = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/numbering.xml": f"{_WORD}.numbering+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "/word/header1.xml": f"{_WORD}.header+xml",
        "/word/footer1.xml": f"{_WORD}.footer+xml",
        "/customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    png = '<Default Extension="png" ContentType="image/png"/>' if has_pictures else ""
    overrides = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'{_HEAD}<Types xmlns="{CONTENT_TYPES}">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{png}{overrides}</Types>'
    ).encode()
