"""Numbers that people type on the pages of life-cycle cost: one rule for every field, whatever it holds. Pure.

The decimal mark is that of the language: a comma in French and Dutch, a point in English; thousands are parted by
spaces. The other mark is taken where it can only be read one way (`12.5`, `1.234,50`); `1.234` in French, `1,234` in
English is not taken at all: a factor of a thousand is nothing to guess.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from mpdi.costing.numbers import typed
from mpdi.specifications.typed_values import NotANumberError

TYPED_IN = "typed_in"
"""The name, in an address, of the language whose marks its numbers bear: a link is opened in any language."""
_LONGEST = 24
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009'’]+")
_CURRENCY = re.compile(r"^(?:EUR|€)|(?:EUR|€|%)$", re.IGNORECASE)
_WHOLE = r"[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,18}"


class AmbiguousNumberError(NotANumberError):
    """One mark before three digits may part thousands or begin the decimals: both readings, as they should be typed."""

    def __init__(self, text: str, whole: str, decimal: str) -> None:
        super().__init__(text)
        self.whole, self.decimal = whole, decimal


def marks(language: str) -> tuple[str, str]:
    """The decimal mark of a language, and the other mark."""
    return (".", ",") if language == "en" else (",", ".")


def read_typed(text: str, language: str) -> Decimal:
    """Return the number; raise `AmbiguousNumberError` or, where it is none, `NotANumberError`."""
    bare = text.strip().replace("\u2212", "-")
    sign, bare = ("-", bare[1:]) if bare.startswith("-") else ("", bare)
    bare = _SPACES.sub(" ", _CURRENCY.sub("", bare.strip()).strip())
    if len(bare) > _LONGEST:
        raise NotANumberError(text)
    return Decimal(sign + _plain(bare, text, language))


def _plain(bare: str, text: str, language: str) -> str:
    own, other = marks(language)
    lead, group, fraction = "[1-9][0-9]{0,2}", rf"(?:{re.escape(other)}[0-9]{{3}})", rf"{re.escape(own)}[0-9]{{1,18}}"
    own_way = f"(?:{_WHOLE})(?:{fraction})?"
    clear_groups = f"{lead}{group}{{2,}}|{lead}{group}+{fraction}"
    if re.fullmatch(own_way, bare):
        return bare.replace(" ", "").replace(own, ".")
    if re.fullmatch(clear_groups, bare):
        return bare.replace(other, "").replace(own, ".")
    found = re.fullmatch(rf"({_WHOLE}){re.escape(other)}([0-9]{{1,18}})", bare)
    if found is None:
        raise NotANumberError(text)
    whole, decimals = found[1].replace(" ", ""), found[2]
    may_be_thousands = len(decimals) == 3 and not whole.startswith("0") and (len(whole) <= 3 or " " in found[1])
    if may_be_thousands:
        raise AmbiguousNumberError(text, whole + decimals, f"{whole}{own}{decimals}")
    return f"{whole}.{decimals}"


def in_language(given: Mapping[str, str], names: Iterable[str], language: str) -> dict[str, str]:
    """Return the values of an address with their numbers (`names`) as one types them in a language.

    Where one of them cannot be read, all stay as they are and keep the language that they were typed in.
    """
    kept = {name: given[name] for name in given}
    was = kept.get(TYPED_IN, language)
    if was not in ("fr", "nl", "en") or was == language:
        return kept | {TYPED_IN: language}
    try:
        read = {name: read_typed(kept[name], was) for name in names if kept.get(name, "").strip()}
    except NotANumberError:
        return kept
    return kept | {name: typed(value, language) for name, value in read.items()} | {TYPED_IN: language}
