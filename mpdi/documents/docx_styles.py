"""styles.xml: the look of our Word files, set out as a table of styles.

Sizes in half-points, lengths in twentieths of a point (1 mm = 56.7). Built once a language.
"""

from functools import cache

from mpdi.documents.inline import Language
from mpdi.documents.labels import LABELS
from mpdi.documents.ooxml import DECLARATIONS

INK, ACCENT, MARK = "1C2430", "1D3F8F", "F5C400"
GREY, RULE, WASH = "5A6472", "C9CFD8", "FFF1A8"
_BUILT_IN = frozenset({"Strong", "Emphasis", "Hyperlink", "TOC Heading"})
LINE = 264  # 1.1 lines: a specification is long, and a page more is read by nobody
TEXT_WIDTH = 9071  # 160 mm: A4 less two margins of 25 mm
GUTTER = 454  # 8 mm between the columns of a bilingual document
NUMBER_WIDTH = 850  # 15 mm: the number of a heading stands in the margin, the words on the text's edge


def _spacing(before: int = 0, after: int = 0, line: int = 0) -> str:
    height = f' w:line="{line}" w:lineRule="auto"' if line else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{height}/>'


def _font(size: int, colour: str = INK, *, bold: bool = False, extra: str = "") -> str:
    weight = "<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    return f'{weight}{extra}<w:color w:val="{colour}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'


def _rule(side: str, size: int, space: int, colour: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def _is_built_in(name: str) -> bool:
    """Whether Word knows the style by that (English) name and shows it under its own translation."""
    return name[0].islower() or name in _BUILT_IN


def _style(
    identifier: str, name: str, ppr: str = "", rpr: str = "", *, based: str = "Normal", following: str = ""
) -> str:
    custom = "" if _is_built_in(name) else ' w:customStyle="1"'
    following = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/>{following}<w:qFormat/><w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>'
    )


def _character(identifier: str, name: str, rpr: str) -> str:
    custom = "" if _is_built_in(name) else ' w:customStyle="1"'
    return (
        f'<w:style w:type="character"{custom} w:styleId="{identifier}"><w:name w:val="{name}"/>'
        f"<w:qFormat/><w:rPr>{rpr}</w:rPr></w:style>"
    )


def _heading(style: str, name: str, level: int, numbering: int) -> str:
    size, before, after = ((32, 480, 160), (24, 320, 80), (21, 240, 40))[level]
    colour = (ACCENT, INK, INK)[level]
    ppr = (
        f'<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbering}"/></w:numPr>'
        f'<w:suppressAutoHyphens/>{_spacing(before, after, 252)}<w:outlineLvl w:val="{level}"/>'
    )
    return _style(style, name, ppr, _font(size, colour, bold=True), following="Normal")


def _headings() -> str:
    main = [_heading(f"Heading{n + 1}", f"heading {n + 1}", n, 1) for n in range(3)]
    annex = [_heading(f"AnnexHeading{n + 1}", f"Annex heading {n + 1}", n, 2) for n in range(3)]
    return "".join(main + annex)


def _text_styles() -> str:
    note = f"<w:keepLines/>{_spacing(120, 120)}"
    return (
        _style("Lead", "Lead paragraph", _spacing(0, 200, 288), _font(23, GREY))
        + _style("Note", "Note", note, _font(17, GREY))
        + _style("ListNumbered", "Numbered item", _spacing(0, 60, LINE))
        + _style("ListDash", "Dash item", _spacing(0, 60, LINE))
        + _style("ClauseMeta", "Clause meta", f"<w:keepNext/>{_spacing(0, 100)}", _font(16, GREY))
        + _style("ClauseText", "Clause text", _spacing(0, 100, LINE))
        + _style("Closing", "Closing line", _spacing(360), _font(16, GREY))
    )


def _item_style(left: int) -> str:
    """Items "(1) …": indented, less in a narrow column."""
    tab = f'<w:tabs><w:tab w:val="left" w:pos="{left}"/></w:tabs>'
    layout = f'{tab}{_spacing(0, 60, LINE)}<w:ind w:left="{left}" w:hanging="{min(left, 454)}"/>'
    return _style("ClauseItem", "Clause item", layout)


def _callouts() -> str:
    ink = _font(20, INK)
    styles = []
    for kind, colour in (("Note", ACCENT), ("ToComplete", MARK)):
        border = f"<w:pBdr>{_rule('left', 18, 10, colour)}</w:pBdr>"
        layout = f'{border}{_spacing(0, 80)}<w:ind w:left="284" w:right="284"/>'
        styles.append(_style(f"Callout{kind}", f"Callout {kind}", layout, ink))
        head = f'<w:keepNext/>{border}{_spacing(200, 40)}<w:ind w:left="284" w:right="284"/>'
        styles.append(_style(f"Callout{kind}Title", f"Callout {kind} title", head, _font(20, INK, bold=True)))
    return "".join(styles)


def _table_styles() -> str:
    keep = "<w:keepNext/><w:keepLines/>"
    cell = _spacing(40, 40, 250)
    grid = "".join(_rule(side, 4, 0, RULE) for side in ("bottom", "insideH"))
    return (
        _style("TableText", "Table text", f"<w:suppressAutoHyphens/>{cell}", _font(18))
        + _style("TableFigure", "Table figure", '<w:jc w:val="right"/>', based="TableText")
        + _style("TableHeading", "Table heading", "<w:keepNext/>", _font(17, ACCENT, bold=True), based="TableText")
        + _style("TableHeadingFigure", "Table heading figure", '<w:jc w:val="right"/>', based="TableHeading")
        + _style("TableDense", "Table text, dense", _spacing(20, 20, 240), _font(16), based="TableText")
        + _style("TableFigureDense", "Table figure, dense", '<w:jc w:val="right"/>', based="TableDense")
        + _style("Caption", "caption", f"{keep}{_spacing(200, 60)}", _font(18, GREY))
        + '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="QuietTable"><w:name w:val="Quiet table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{_rule("top", 8, 0, ACCENT)}{grid}</w:tblBorders>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="142" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
    )


def _contents_styles() -> str:
    tab = f'<w:tabs><w:tab w:val="left" w:pos="794"/><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    indent = '<w:ind w:left="794" w:right="567" w:hanging="794"/>'
    first = f"<w:keepNext/>{tab}<w:suppressAutoHyphens/>{_spacing(90, 10, 232)}{indent}"
    other = f"{tab}<w:suppressAutoHyphens/>{_spacing(0, 0, 232)}{indent}"
    return (
        _style("TOCHeading", "TOC Heading", f"<w:pageBreakBefore/>{_spacing(0, 160)}", _font(32, ACCENT, bold=True))
        + _style("TOC1", "toc 1", first, _font(18, INK, bold=True))
        + _style("TOC2", "toc 2", other, _font(17, INK))
        + _style("TOC3", "toc 3", other, _font(16, GREY))
    )


def _cover_styles() -> str:
    bar = f"<w:pBdr>{_rule('left', 36, 14, MARK)}</w:pBdr>"
    # No rule on top: LibreOffice draws it again under each rule between.
    fact = "".join(_rule(side, 4, 5, RULE) for side in ("bottom", "between"))
    box = "".join(
        f'<w:{side} w:val="dashed" w:sz="4" w:space="{space}" w:color="{RULE}"/>'
        for side, space in (("top", 18), ("left", 8), ("bottom", 18), ("right", 8))
    )
    logo = f'<w:pBdr>{box}</w:pBdr>{_spacing(360, 700)}<w:ind w:left="170" w:right="6400"/><w:jc w:val="center"/>'
    inset = '<w:ind w:left="340"/>'
    tab = '<w:tabs><w:tab w:val="left" w:pos="2835"/></w:tabs>'
    hang = '<w:ind w:left="2835" w:hanging="2835"/>'
    caps = "<w:caps/>"
    kind = f"<w:keepNext/>{bar}{_spacing(1500, 80)}{inset}"
    spaced = f'{caps}<w:color w:val="{ACCENT}"/><w:spacing w:val="24"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
    return (
        _style("LogoPlace", "Logo place", logo, _font(16, GREY))
        + _style("CoverAuthority", "Cover authority", _spacing(0, 0), _font(26, INK, bold=True))
        + _style("CoverKind", "Cover kind", kind, f"<w:b/><w:bCs/>{spaced}")
        + _style("CoverObject", "Cover object", f"{bar}<w:suppressAutoHyphens/>{_spacing(0, 700, 252)}{inset}",
                 _font(52, INK, bold=True))
        + _style("CoverFact", "Cover fact", f"<w:pBdr>{fact}</w:pBdr>{tab}{_spacing(100, 0, 276)}{hang}", _font(21))
        + _style("CoverVerdict", "Cover verdict", f"<w:keepLines/><w:suppressAutoHyphens/>{_spacing(320, 0, 288)}",
                 _font(28, INK, bold=True))
        + _style("CoverNotice", "Cover notice", f"<w:keepLines/>{_spacing(240, 0)}", _font(18, GREY))
        + _style("CoverListHeading", "Cover list heading", f"<w:keepNext/>{_spacing(560, 120)}",
                 _font(22, INK, bold=True))
    )  # fmt: skip


def _letter_styles() -> str:
    address = f'<w:suppressAutoHyphens/>{_spacing(0, 0, 252)}<w:ind w:left="4820"/>'
    return (
        _style("LetterAddress", "Letter address", address, _font(21))
        + _style("LetterOpening", "Letter opening", f"<w:keepNext/>{_spacing(480, 120)}", _font(21))
        + _style("LetterSignature", "Letter signature", f"<w:keepLines/>{_spacing(0, 0, 276)}", _font(21))
    )


def _frame_styles() -> str:
    tabs = f'<w:tabs><w:tab w:val="right" w:pos="{TEXT_WIDTH}"/></w:tabs>'
    return _style("Header", "header", f"{tabs}{_spacing()}", _font(16, GREY)) + _style(
        "Footer", "footer", f"{tabs}{_spacing()}", _font(16, GREY)
    )


def _character_styles() -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{WASH}"/>'
    small = f'<w:color w:val="{GREY}"/><w:sz w:val="17"/><w:szCs w:val="17"/>'
    return (
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        + _character("Strong", "Strong", "<w:b/><w:bCs/>")
        + _character("Emphasis", "Emphasis", "<w:i/><w:iCs/>")
        + _character("Muted", "Muted", small)
        + _character("Highlight", "To complete", f"<w:b/><w:bCs/>{shade}")
        + _character("PartLabel", "Part label", f'<w:b/><w:bCs/><w:color w:val="{ACCENT}"/>')
        + _character("FactLabel", "Fact label", f'<w:color w:val="{GREY}"/>')
        + _character("Hyperlink", "Hyperlink", f'<w:color w:val="{ACCENT}"/>')
    )


def _column_styles() -> str:
    """What a bilingual document needs besides: headings beside the numbered ones, its columns, what parts two tables."""
    plain = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr><w:ind w:left="0" w:firstLine="0"/>'
    beside = [
        _style(f"{style}{n}Beside", f"{name} {n} beside", plain, based=f"{style}{n}", following="Normal")
        for style, name in (("Heading", "Heading"), ("AnnexHeading", "Annex heading"))
        for n in (1, 2, 3)
    ]
    title = _font(40, bold=True)
    gap = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return (
        "".join(beside)
        + _style("TableGap", "Table gap", gap, '<w:sz w:val="2"/><w:szCs w:val="2"/>')
        + _style("CoverObjectFirst", "Cover object, first", _spacing(0, 120, 252), title, based="CoverObject")
        + _style("CoverObjectBeside", "Cover object, second", _spacing(0, 500, 252), title, based="CoverObject")
        + _character("HeadingWord", "Heading word", '<w:b w:val="0"/><w:bCs w:val="0"/>')
        + '<w:style w:type="table" w:customStyle="1" w:styleId="Columns"><w:name w:val="Columns"/>'
        '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )


@cache
def styles_part(language: Language, *, is_bilingual: bool = False) -> bytes:
    """The bytes of word/styles.xml."""
    locale = LABELS[language].locale
    fonts = "".join(f' w:{script}="Arial"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/><w:color w:val="{INK}"/><w:sz w:val="20"/>'
        f'<w:szCs w:val="20"/><w:lang w:val="{locale}" w:eastAsia="{locale}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr><w:widowControl/>{_spacing(0, 100, LINE)}</w:pPr>"
        f'<w:rPr><w:lang w:val="{locale}"/></w:rPr></w:style>'
    )
    body = (
        defaults + normal + _character_styles() + _headings() + _text_styles() + _item_style(454 if is_bilingual else 794)
        + _callouts() + _table_styles()
        + _contents_styles() + _cover_styles() + _letter_styles() + _frame_styles() + (_column_styles() if is_bilingual else "")
    )  # fmt: skip
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<w:styles {DECLARATIONS} mc:Ignorable="w15">{body}</w:styles>'.encode()
