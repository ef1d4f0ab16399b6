"""Names of WordprocessingML and the smallest helpers to write it with lxml."""

from functools import cache
from typing import cast

from lxml import etree
from lxml.etree import _Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
DATA_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
MANIFEST = "urn:mpdi:manifest:1"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
NAMESPACES = {"w": W, "r": R, "mc": MC, "w15": W15}
DECLARATIONS = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())

CLAUSE_TAG = "mpdi:clause:"
PARAMETER_TAG = "mpdi:param:"
END_TAG = "mpdi:end"
META_TAG = "mpdi:meta"
LOGO_TAG = "mpdi:logo"
LONGEST_TAG = 64


@cache
def w(name: str) -> str:
    """Qualified name of the element or attribute ``w:name``."""
    return f"{{{W}}}{name}"


def add(parent: _Element, name: str, /, **attributes: str) -> _Element:
    """Append ``<w:name w:attribute="…"/>`` to ``parent`` and answer it."""
    child = etree.SubElement(parent, w(name))
    for key, value in attributes.items():
        child.set(w(key), value)
    return child


def copied(element: _Element) -> _Element:
    """A deep copy; by far the cheapest way to make the same small tree again."""
    return cast(_Element, element.__copy__())  # type: ignore[attr-defined]


def root(name: str) -> _Element:
    """A part's root element ``w:name`` with the namespaces we use."""
    element = etree.Element(w(name), nsmap=NAMESPACES)
    element.set(f"{{{MC}}}Ignorable", "w15")
    return element


def serialised(element: _Element) -> bytes:
    """The part's bytes, UTF-8 with declaration."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
