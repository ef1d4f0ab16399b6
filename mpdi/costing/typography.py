"""French typography: a sign of two parts, and a quotation mark, never stand alone at the end or the start of a line."""

import re

from mpdi.clause_library.core.rendering import NBSP

_BEFORE_OR_AFTER = re.compile(r" (?=[:;!?»%])|(?<=«) ")


def set_in(text: str, language: str) -> str:
    """Return the text with the spaces that French does not break; other languages as they are."""
    return _BEFORE_OR_AFTER.sub(NBSP, text) if language == "fr" else text
