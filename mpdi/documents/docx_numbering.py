"""numbering.xml: headings, annexes, dashes, and one list for each numbered enumeration."""

from mpdi.documents.docx_styles import ACCENT, GREY, NUMBER_WIDTH
from mpdi.documents.ooxml import DECLARATIONS

HEADINGS, ANNEXES, DASHES, FIRST_LIST = 1, 2, 3, 4
_OURS = 0x4D504440
"""Where the marks of our lists begin: each definition of a file needs one of its own, of eight figures."""


def _level(index: int, text: str, form: str, *, style: str = "", indent: str = "", look: str = "") -> str:
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    suffix = "" if indent else '<w:suff w:val="space"/>'
    place = indent or '<w:ind w:left="0" w:firstLine="0"/>'
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{linked}{suffix}'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr>{place}</w:pPr><w:rPr>{look}</w:rPr></w:lvl>'
    )


def _hanging(left: int, hanging: int) -> str:
    tab = f'<w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
    return f'{tab}<w:ind w:left="{left}" w:hanging="{hanging}"/>'


def _abstract(identifier: int, kind: str, levels: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{identifier}"><w:nsid w:val="{_OURS + identifier:08X}"/>'
        f'<w:multiLevelType w:val="{kind}"/><w:tmpl w:val="{_OURS - identifier:08X}"/>{levels}</w:abstractNum>'
    )


def _heading_levels() -> str:
    look = f'<w:b w:val="0"/><w:bCs w:val="0"/><w:color w:val="{ACCENT}"/>'
    texts = ("%1", "%1.%2", "%1.%2.%3")
    return "".join(
        _level(n, text, "decimal", style=f"Heading{n + 1}", indent=_hanging(0, NUMBER_WIDTH), look=look)
        for n, text in enumerate(texts)
    )


def _annex_levels(annex: str) -> str:
    """Under "Annexe A –"; without a word the letter hangs in the margin as numbers do."""
    look = f'<w:b w:val="0"/><w:bCs w:val="0"/><w:color w:val="{ACCENT}"/>'
    text, indent = (f"{annex} %1 –", "") if annex else ("%1", _hanging(0, NUMBER_WIDTH))
    first = _level(0, text, "upperLetter", style="AnnexHeading1", indent=indent, look=look)
    texts = ("%1.%2", "%1.%2.%3")
    return first + "".join(
        _level(n, text, "decimal", style=f"AnnexHeading{n + 1}", indent=_hanging(0, NUMBER_WIDTH), look=look)
        for n, text in enumerate(texts, start=1)
    )


def _number(identifier: int) -> str:
    return f'<w:num w:numId="{identifier}"><w:abstractNumId w:val="{identifier}"/></w:num>'


def numbering_part(annex: str, numbered_lists: int) -> bytes:
    """The bytes of word/numbering.xml: annexes under the word ``annex`` (or none), ``numbered_lists`` lists that start at 1."""
    colour = f'<w:color w:val="{GREY}"/>'
    indent = _hanging(397, 397)
    lists = range(FIRST_LIST, FIRST_LIST + numbered_lists)
    item = _level(0, "%1.", "decimal", indent=indent, look=colour)
    abstracts = (
        _abstract(1, "multilevel", _heading_levels())
        + _abstract(2, "multilevel", _annex_levels(annex))
        + _abstract(3, "hybridMultilevel", _level(0, "–", "bullet", indent=indent, look=colour))
        # A definition a list: lists of one definition share its count where two columns put them beside each other.
        + "".join(_abstract(identifier, "hybridMultilevel", item) for identifier in lists)
    )
    numbers = "".join(_number(identifier) for identifier in (HEADINGS, ANNEXES, DASHES, *lists))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:numbering {DECLARATIONS} mc:Ignorable="w15">{abstracts}{numbers}</w:numbering>'.encode()
