"""What in a text could identify somebody: found, taken out where it is sure, marked where it is doubtful. Pure.

Amounts, dates, legal references and clause identifiers stay: an answer is worth nothing without them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mpdi.clause_library.core.search.language import fold
from mpdi.helpdesk import identifying_numbers, identifying_words
from mpdi.helpdesk.identifying_words import Span


class IdentifierKind(StrEnum):
    """What a stretch of text says of somebody."""

    EMAIL = "email"
    LINK = "link"
    PHONE = "phone"
    ENTERPRISE_NUMBER = "enterprise_number"
    NATIONAL_NUMBER = "national_number"
    BANK_ACCOUNT = "bank_account"
    REFERENCE = "reference"
    ADDRESS = "address"
    AUTHORITY = "authority"
    ORGANISATION = "organisation"
    NAME = "name"
    SIGNATURE = "signature"


@dataclass(frozen=True)
class Known:
    """What is known of those who wrote: their names, the spellings of their authority, the domains of their mail."""

    names: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    other_authorities: tuple[str, ...] = ()
    """Spellings of all other bodies of the register: doubtful wherever they stand."""
    domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """A stretch of a text that could identify somebody. `is_sure`: taken out without asking."""

    start: int
    end: int
    kind: IdentifierKind
    is_sure: bool
    text: str

    @property
    def key(self) -> str:
        """What is confirmed: the same words anywhere in the article are confirmed once."""
        return " ".join(self.text.split()).casefold()


@dataclass(frozen=True)
class Anonymised:
    """A text without what surely identifies, and what in it is doubtful."""

    text: str
    removed: tuple[IdentifierKind, ...]
    doubts: tuple[Finding, ...]


_K = IdentifierKind
PLACEHOLDERS: dict[str, dict[IdentifierKind, str]] = {
    "fr": {
        _K.EMAIL: "[adresse e-mail]", _K.LINK: "[lien]", _K.PHONE: "[téléphone]",
        _K.ENTERPRISE_NUMBER: "[numéro d'entreprise]", _K.NATIONAL_NUMBER: "[numéro national]",
        _K.BANK_ACCOUNT: "[numéro de compte]", _K.REFERENCE: "[référence]", _K.ADDRESS: "[adresse]",
        _K.AUTHORITY: "[pouvoir adjudicateur]", _K.ORGANISATION: "[organisation]", _K.NAME: "[nom]", _K.SIGNATURE: "",
    },
    "nl": {
        _K.EMAIL: "[e-mailadres]", _K.LINK: "[link]", _K.PHONE: "[telefoonnummer]",
        _K.ENTERPRISE_NUMBER: "[ondernemingsnummer]", _K.NATIONAL_NUMBER: "[rijksregisternummer]",
        _K.BANK_ACCOUNT: "[rekeningnummer]", _K.REFERENCE: "[kenmerk]", _K.ADDRESS: "[adres]",
        _K.AUTHORITY: "[aanbestedende overheid]", _K.ORGANISATION: "[organisatie]", _K.NAME: "[naam]", _K.SIGNATURE: "",
    },
}


def find(text: str, known: Known) -> list[Finding]:
    """Return everything that could identify somebody, in the order of the text; nothing overlaps."""
    candidates = [
        Finding(start, end, IdentifierKind(kind), is_sure, text[start:end])
        for kind, start, end, is_sure in _candidates(text, known) if text[start:end].strip()
    ]
    kept: list[Finding] = []
    for each in sorted(candidates, key=lambda item: (not item.is_sure, item.start - item.end, item.start)):
        if all(each.end <= other.start or each.start >= other.end for other in kept):
            kept.append(each)
    return sorted(kept, key=lambda item: item.start)


def _candidates(text: str, known: Known) -> Iterator[Span]:
    yield from identifying_numbers.spans(text)
    yield from identifying_words.spans(text)
    yield from _known_names(text, known.names)
    folded = _Folded(text)
    for spellings, is_sure in ((known.authority, True), (known.other_authorities, False)):
        for start, end in folded.find(spellings):
            yield _K.AUTHORITY, start, end, is_sure
    for domain in known.domains:
        for match in re.finditer(rf"[\w./:-]*\b{re.escape(domain)}(?:[\w./?=&%-]*[\w/=])?", text, re.IGNORECASE):
            yield _K.LINK, match.start(), match.end(), True


def _known_names(text: str, names: Iterable[str]) -> Iterator[Span]:
    """A whole name is sure, in either order; one part of it alone, with its capital, is doubtful: it may be a word."""
    folded = _Folded(text)
    for name in names:
        parts = [part for part in re.split(r"[\s,;]+", name.strip()) if len(part) > 1]
        if len(parts) > 1:
            for start, end in folded.find([" ".join(parts), " ".join(reversed(parts))], needs_capital=False):
                yield _K.NAME, start, end, True
        for part in parts:
            if len(part) > 2:
                for start, end in folded.find([part]):
                    yield _K.NAME, start, end, False


class _Folded:
    """A text in small letters, without accents, every run of other signs one space; knows where each letter stood."""

    def __init__(self, text: str) -> None:
        self._source = text
        letters, self._places = [" "], [0]
        for place, letter in enumerate(text):
            if letter.isalnum():
                plain = fold(letter) or letter
                letters.append(plain)
                self._places.extend([place] * len(plain))
            elif letters[-1] != " ":
                letters.append(" ")
                self._places.append(place)
        self._text = "".join(letters) + " "

    def find(self, spellings: Iterable[str], needs_capital: bool = True) -> Iterator[tuple[int, int]]:
        """Yield where one of the spellings stands as whole words; each with a capital or figure somewhere."""
        for spelling in spellings:
            wanted = f" {fold_spelling(spelling)} "
            if len(wanted) < 5:
                continue
            at = self._text.find(wanted)
            while at >= 0:
                start, end = self._places[at + 1], self._places[at + len(wanted) - 2] + 1
                if not needs_capital or any(letter.isupper() for letter in self._source[start:end]):
                    yield start, end
                at = self._text.find(wanted, at + 1)


def fold_spelling(spelling: str) -> str:
    """Return a spelling as it is compared: folded, every run of other signs one space."""
    return " ".join(fold(word) for word in re.findall(r"[^\W_]+", spelling))


def anonymise(text: str, known: Known, language: str) -> Anonymised:
    """Take out what surely identifies, putting words of the language in its place; say what is doubtful in what is left."""
    removed: list[IdentifierKind] = []
    pieces, place = [], 0
    for finding in find(text, known):
        if finding.is_sure:
            pieces += [text[place:finding.start], PLACEHOLDERS[language][finding.kind]]
            place = finding.end
            removed.append(finding.kind)
    cleaned = re.sub(r"\n{3,}", "\n\n", "".join([*pieces, text[place:]])).strip()
    return Anonymised(cleaned, tuple(removed), tuple(find(cleaned, known)))


def unconfirmed(texts: Sequence[str], known: Known, confirmed: Iterable[str]) -> list[Finding]:
    """Return what stands in texts about to be published that nobody has looked at yet, each wording once.

    Whatever was typed after the first cleaning counts, sure or not: a person decides.
    """
    seen = {key.casefold() for key in confirmed}
    found: list[Finding] = []
    for finding in (each for text in texts for each in find(text, known)):
        if finding.key not in seen:
            seen.add(finding.key)
            found.append(finding)
    return found


def pieces(text: str, findings: Sequence[Finding]) -> list[tuple[str, Finding | None]]:
    """Cut a text at its findings, so that a page can mark them."""
    result: list[tuple[str, Finding | None]] = []
    place = 0
    for finding in findings:
        result += [(text[place:finding.start], None), (finding.text, finding)]
        place = finding.end
    return [piece for piece in [*result, (text[place:], None)] if piece[0]]
