"""The same words in two languages within one paragraph: "Élément / Element", said once where they are the same."""

from collections.abc import Sequence

from lxml.etree import _Element

from mpdi.documents.docx_inline import Writing, add_content, add_run
from mpdi.documents.inline import Content, content_text
from mpdi.documents.text import normalised_text

BESIDE = " / "
Worded = tuple[Content, Writing]


def distinct(words: Sequence[Worded]) -> list[Worded]:
    """The wordings that say something, each once."""
    seen: dict[str, Worded] = {}
    for content, state in words:
        text = normalised_text(content_text(content))
        if text:
            seen.setdefault(text, (content, state))
    return list(seen.values())


def add_beside(parent: _Element, words: Sequence[Worded]) -> None:
    """Append the wordings one after the other, each in its language."""
    for index, (content, state) in enumerate(words):
        if index:
            add_run(parent, BESIDE, state)
        add_content(parent, content, state)


def add_texts(parent: _Element, texts: Sequence[tuple[str, Writing]], style: str = "") -> None:
    """Append plain texts one after the other, each in its language, the same text once."""
    shown = {normalised_text(text): (text, state) for text, state in reversed(texts) if normalised_text(text)}
    for index, (text, state) in enumerate(reversed(shown.values())):
        if index:
            add_run(parent, BESIDE, state, style)
        add_run(parent, text, state, style)
