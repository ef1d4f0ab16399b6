"""Words inside a paragraph: runs, parameters, links."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """Language of a document, a clause or a run."""

    FR = "fr"
    NL = "nl"


class Emphasis(StrEnum):
    """How a run stands out. ``MUTED`` is grey and small; ``HIGHLIGHT`` marks what is to complete."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    MUTED = "muted"
    HIGHLIGHT = "highlight"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text. ``language`` only where it differs from the document's."""

    text: str
    emphasis: Emphasis = Emphasis.PLAIN
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number or word the buyer chooses, one content control in the file.

    ``text`` as printed: ``"75 %"`` when filled, bold; else the words of what is to complete, which
    are printed in brackets (added here) and highlighted.
    """

    clause_id: str
    key: str
    text: str
    is_filled: bool

    @property
    def printed(self) -> str:
        """The text as it stands in the file."""
        return self.text if self.is_filled else f"[{self.text}]"


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the document, to a ``Section.id`` or a clause identifier. Unknown target: plain text."""

    text: str
    target: str


Inline = Run | Parameter | Link
Content = tuple[Inline, ...]


def content(*parts: "str | Inline") -> Content:
    """Runs out of plain strings and inlines: ``content("au moins ", Parameter(…), ".")``."""
    return tuple(Run(part) if isinstance(part, str) else part for part in parts)


def content_text(inlines: Content) -> str:
    """The words of ``inlines`` as they stand in the file."""
    return "".join(part.printed if isinstance(part, Parameter) else part.text for part in inlines)
