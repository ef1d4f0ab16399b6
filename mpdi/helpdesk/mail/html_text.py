"""HTML mail as plain text: nh3 takes out all that is not text, then lines, lists, links and quotes are written out."""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser

import nh3

MAX_HTML = 1_000_000
_LINES = {"p", "div", "br", "li", "tr", "ul", "ol", "table", "blockquote", "h1", "h2", "h3", "h4", "hr", "pre"}
_TAGS = _LINES | {"a", "td", "th"}
_SCHEMES = {"http", "https", "mailto"}
_MAX_QUOTE_DEPTH = 5
_DEEPEST = 1_000
"""More open elements than any mail has: nesting costs the parser the square of its depth (half a minute for 90,000)."""
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,15})")
_NEVER_OPEN = {"br", "hr", "img", "meta", "link", "input", "col", "area", "wbr", "base"}
_ANY_TAG = re.compile(r"<[^<>]{0,500}>")


def html_to_text(html: str) -> str:
    """Return the text of an HTML mail: nothing runs, nothing is fetched; quotes begin with `> `."""
    short = html[:MAX_HTML]
    if _is_too_deep(short):
        return unescape(_ANY_TAG.sub(" ", short)).strip()
    writer = _Writer()
    writer.feed(nh3.clean(short, tags=_TAGS, attributes={"a": {"href"}}, url_schemes=_SCHEMES, link_rel=None))
    writer.close()
    return writer.text()


def _is_too_deep(html: str) -> bool:
    """Count the elements left open by name: an ending of another name does not close them."""
    left_open: Counter[str] = Counter()
    depth = 0
    for match in _TAG_NAME.finditer(html):
        name = match.group(2).lower()
        if name in _NEVER_OPEN:
            continue
        if not match.group(1):
            left_open[name] += 1
            depth += 1
            if depth > _DEEPEST:
                return True
        elif left_open[name]:
            left_open[name] -= 1
            depth -= 1
    return False


class _Writer(HTMLParser):
    """Writes text from HTML that nh3 has already made well-formed and small in kinds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[str] = []
        self._line: list[str] = []
        self._depth = 0
        self._link: tuple[str, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LINES:
            self._end_line(is_break=tag in ("br", "hr"))
        if tag == "blockquote":
            self._depth += 1
        elif tag == "li":
            self._line.append("- ")
        elif tag == "a":
            self._link = (dict(attrs).get("href") or "", len(self._line))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._end_link()
        elif tag in ("td", "th"):
            self._line.append(" ")
        elif tag in _LINES:
            self._end_line()
            if tag in ("p", "table", "ul", "ol", "h1", "h2", "h3", "h4"):
                self._blank()
        if tag == "blockquote":
            self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        self._line.append(re.sub(r"\s+", " ", data))

    def _end_link(self) -> None:
        address, start = self._link or ("", 0)
        self._link = None
        words = "".join(self._line[start:]).strip()
        plain = address.removeprefix("mailto:").rstrip("/")
        if plain and plain not in words and words:
            self._line.append(f" ({address})")

    def _prefix(self) -> str:
        return "> " * min(self._depth, _MAX_QUOTE_DEPTH)

    def _end_line(self, is_break: bool = False) -> None:
        text = re.sub(r" +", " ", "".join(self._line)).strip()
        self._line = []
        if text:
            self._lines.append(self._prefix() + text)
        elif is_break:
            self._blank()

    def _blank(self) -> None:
        if self._lines and self._lines[-1].strip("> "):
            self._lines.append(self._prefix().rstrip())

    def text(self) -> str:
        """Return what was written."""
        self._end_line()
        return "\n".join(self._lines).strip()
