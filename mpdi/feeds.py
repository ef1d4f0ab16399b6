"""Feeds of what is new: Atom (RFC 4287), an entry for each language. Pure."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class FeedEntry:
    """One piece of news in one language."""

    address: str
    language: str
    title: str
    summary: str
    updated: datetime.datetime
    published: datetime.datetime
    category: str = ""


@dataclass(frozen=True)
class Feed:
    """A feed: its title by language, its own address and that of the page it follows."""

    title: str
    author: str
    address: str
    page: str
    updated: datetime.datetime
    entries: Sequence[FeedEntry] = ()


def atom(feed: Feed) -> bytes:
    """Write a feed as Atom; the same input gives the same bytes."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item]
    _text(root, "id", feed.address)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(feed.updated))
    _text(etree.SubElement(root, f"{{{ATOM}}}author"), "name", feed.author)
    _link(root, "self", feed.address, "application/atom+xml")
    _link(root, "alternate", feed.page, "text/html")
    for entry in feed.entries:
        _entry(root, entry)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _entry(root: etree._Element, entry: FeedEntry) -> None:
    item = etree.SubElement(root, f"{{{ATOM}}}entry", {XML_LANGUAGE: entry.language})
    _text(item, "id", entry.address)
    _text(item, "title", entry.title)
    _text(item, "published", _moment(entry.published))
    _text(item, "updated", _moment(entry.updated))
    link = _link(item, "alternate", entry.address, "text/html")
    link.set("hreflang", entry.language)
    if entry.category:
        etree.SubElement(item, f"{{{ATOM}}}category", {"term": entry.category})
    _text(item, "summary", entry.summary)


def _text(parent: etree._Element, name: str, text: str) -> None:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = "".join(letter for letter in text if letter in "\t\n" or (letter >= " " and letter not in "\ufffe\uffff"))


def _link(parent: etree._Element, relation: str, address: str, media_type: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{ATOM}}}link", {"rel": relation, "href": address, "type": media_type})


def _moment(moment: datetime.datetime) -> str:
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
