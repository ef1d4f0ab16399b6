"""How eForms elements are taken up: nested tables from tag to a small function, compiled once from readable ones.

A table is written with prefixed names, as the SDK writes its XPaths; a nested table is a step down. One walk over the
document looks each tag up and calls what stands there: no search, no XPath per notice. What a function reads goes
into `values`, a dictionary whose keys are the fields of the frozen class that is built from it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

from tender_parsers.eforms.conversion import UNPUBLISHED
from tender_parsers.notice import Remark, Text, WithheldField

Element = etree._Element
Values = dict[str, Any]

NAMESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
    "efac": "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
    "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
    "efext": "http://data.europa.eu/p27/eforms-ubl-extensions/1",
}


class Context:
    """What the walk gathers for the notice beside the values of its parts."""

    __slots__ = ("lot", "remarks", "texts", "withheld")

    def __init__(self) -> None:
        self.lot: str | None = None
        self.texts: list[Text] = []
        self.withheld: list[WithheldField] = []
        self.remarks: list[Remark] = []

    def remark(self, element: str, value: str, reason: str) -> None:
        """Take note of what cannot be taken as what it should be."""
        self.remarks.append(Remark(element, value[:200], reason, self.lot))


Take = Callable[[Element, Values, Context], None]
Part = Callable[[str], Take]
"""Given the path of its element, what to do with it."""
Spec = Mapping[str, "Part | Spec | None"]
"""`None`: known and not wanted (persons, contact points, links to documents, figures that no field takes)."""
Table = dict[str, Take | None]


def clark(name: str) -> str:
    """`cbc:ID` → `{urn:…}ID`."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def extension(spec: Spec) -> Spec:
    """The steps down into an eForms extension; they say nothing and stand in no path."""
    return {"ext:UBLExtension": {"ext:ExtensionContent": {"efext:EformsExtension": spec}}}


_SILENT = {"ext:UBLExtensions", "ext:UBLExtension", "ext:ExtensionContent", "efext:EformsExtension"}


def compiled(spec: Spec, path: str = "") -> Table:
    """A table ready for the walk; `path` is that of the element whose children it reads."""
    table: Table = {}
    for name, part in spec.items():
        below = path if name in _SILENT else f"{path}/{name.partition(':')[2]}".lstrip("/")
        if part is None:
            table[clark(name)] = None
        else:
            table[clark(name)] = part(below) if callable(part) else walk(compiled(part, below))
    return table


def walk(table: Table) -> Take:
    """The step down into an element: each child is looked up and taken as the table says."""

    def take(element: Element, values: Values, context: Context) -> None:
        for child in element:
            try:
                found = table[child.tag]
            except KeyError:
                unknown(child, values, context)
                continue
            if found is not None:
                found(child, values, context)

    return take


def unknown(element: Element, _values: Values, context: Context) -> None:
    """An element of no table: its free texts are kept all the same."""
    if len(element) or element.get("languageID") is not None:
        for found in element.iter():
            language = found.get("languageID")
            value = (found.text or "").strip()
            if language is not None and value and value != UNPUBLISHED:
                context.texts.append(Text(value, language, etree.QName(found).localname, None, context.lot))


class Once(dict[str, None]):
    """Codes in the order met, each once."""


def add(values: Values, key: str, value: str) -> None:
    """Put a code into a list, once."""
    if not value:
        return
    if key not in values:
        values[key] = Once({value: None})
    else:
        values[key][value] = None


def into(key: str, part: Part) -> Part:
    """The same part, its value put into a dictionary of its own below `key`."""

    def at(path: str) -> Take:
        inner = part(path)

        def take(element: Element, values: Values, context: Context) -> None:
            below = values.get(key)
            if below is None:
                below = values[key] = {}
            inner(element, below, context)

        return take

    return at


def record(build: Callable[[Values, Values, Context], None], spec: Spec) -> Part:
    """A part with values of its own: read whole, then handed to `build(own, parent, context)`."""

    def at(path: str) -> Take:
        table = compiled(spec, path)

        def take(element: Element, values: Values, context: Context) -> None:
            own: Values = {}
            for child in element:  # the walk once more: a call less for each of the many records
                try:
                    found = table[child.tag]
                except KeyError:
                    unknown(child, own, context)
                    continue
                if found is not None:
                    found(child, own, context)
            build(own, values, context)

        return take

    return at


def many(key: str, kind: Callable[..., Any], spec: Spec) -> Part:
    """Parts of one class, gathered in order below `key`."""

    def build(own: Values, parent: Values, _context: Context) -> None:
        made = kind(**frozen(own))
        if key in parent:
            parent[key].append(made)
        else:
            parent[key] = [made]

    return record(build, spec)


def frozen(values: Values) -> Values:
    """The same dictionary, its lists made tuples."""
    for key, value in values.items():
        kind = type(value)
        if kind is list or kind is Once:
            values[key] = tuple(value)
    return values
