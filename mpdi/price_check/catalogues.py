"""The words of the interface without a page: what the command line and the letters need of them. Pure."""

import gettext
from collections.abc import Callable
from pathlib import Path

_TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"


def translator(language: str) -> Callable[[str], str]:
    """Return what gives a sentence in a language; the sentence itself where the catalogue has none."""
    return gettext.translation("messages", _TRANSLATIONS, [language], fallback=True).gettext
