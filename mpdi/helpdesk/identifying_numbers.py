"""Numbers, addresses on the network and references that identify somebody; Belgian numbers with their checksums. Pure."""

import re
from collections.abc import Iterator

Span = tuple[str, int, int, bool]
"""Kind, start, end, is it sure."""

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", re.UNICODE)
_URL = re.compile(r"\b(?:https?://|www\.)[^\s<>()\[\]\"']+", re.IGNORECASE)
_SECRET_PART = re.compile(r"(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{20,}")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ .-]?[A-Z0-9]{4}){3,7}(?:[ .-]?[A-Z0-9]{1,3})?\b")
_OLD_ACCOUNT = re.compile(r"(?<![\d-])\d{3}-\d{7}-\d{2}(?![\d-])")
_NATIONAL = re.compile(r"(?<![\d.,/-])\d{2}[.\s]?\d{2}[.\s]?\d{2}[-.\s]?\d{3}[-.\s]?\d{2}(?![\d.,]\d|\d)")
_ENTERPRISE = re.compile(r"(?<![\w.,/-])(?:BE[ .-]?)?[01]\d{3}[. ]?\d{3}[. ]?\d{3}(?![\d.,]\d|\d)")
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:(?:\+|00)\d{2}[ ./-]?(?:\(0\)[ ./-]?)?\d{1,3}|\(?0\d{1,3}\)?)(?:[ ./-]?\d{2,3}){2,4}(?![\d]|[.,/-]\d)"
)
_DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}")
_KEYED = re.compile(
    r"\b(?:r[ée]f(?:[ée]rence)?s?|dossier|kenmerk|bestek|csc|cahier (?:sp[ée]cial )?des charges|uw ref|onze ref|ticket|"
    r"bon de commande|bestelbon|lidnummer|matricule|notice|avis)"
    r"\s*(?:n[°ºo]\.?|nr\.?|nummer|num[ée]ro|:|\.)*\s*[:#]?\s*(?P<code>[\w./-]*\d[\w./-]*)",
    re.IGNORECASE,
)
_LOOKS_LIKE_CODE = re.compile(r"(?<![\w-])(?:[A-Z]{2,8}[-/])+\d{2,4}(?:[-/]\d{1,6})+(?![\w-])|(?<![\w/-])\d{4}[-/]\d{3,6}(?![\w/-])")
_PLATE = re.compile(r"(?<![\w-])[1-9]-[A-Z]{3}-\d{3}(?![\w-])")
_CLAUSE = re.compile(r"(?:ENV|SOC|ETH|DMP|SME|INN)-[A-Z]{2,6}-\d{3}")
_OF_LAW = re.compile(r"(?:\((?:UE|EU|CE|EG|CEE|EEG)\)\s*(?:n[°ºo]|nr\.?)?\s*|(?:directive|richtlijn|verordening|règlement)\s*)$", re.IGNORECASE)
_OF_LAW_AFTER = re.compile(r"/(?:UE|EU|CE|EG|CEE|EEG)\b")


def spans(text: str) -> Iterator[Span]:
    """Yield every number, address of mail or link, and reference that could identify somebody."""
    for match in _EMAIL.finditer(text):
        yield "email", *match.span(), True
    for match in _URL.finditer(text):
        if _SECRET_PART.search(match.group()):
            yield "link", *match.span(), True
    yield from _accounts(text)
    yield from _national(text)
    yield from _enterprise(text)
    yield from _phones(text)
    yield from _references(text)


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def is_iban(text: str) -> bool:
    """Whether the checksum of an international account number is right."""
    code = re.sub(r"[ .-]", "", text).upper()
    turned = code[4:] + code[:4]
    return len(code) >= 15 and int("".join(str(int(letter, 36)) for letter in turned)) % 97 == 1


def is_enterprise_number(text: str) -> bool:
    """Whether the checksum of a Belgian enterprise number (ten figures) is right."""
    figures = _digits(text)
    return len(figures) == 10 and 97 - int(figures[:8]) % 97 == int(figures[8:])


def is_national_number(text: str) -> bool:
    """Whether the checksum of a Belgian national number (eleven figures) is right, born before or since 2000."""
    figures = _digits(text)
    if len(figures) != 11 or int(figures[2:4]) % 20 > 12 or int(figures[4:6]) > 31:
        return False
    return int(figures[9:]) in (97 - int(figures[:9]) % 97, 97 - int("2" + figures[:9]) % 97)


def _accounts(text: str) -> Iterator[Span]:
    for match in _IBAN.finditer(text):
        is_sure = is_iban(match.group())
        if is_sure or match.group().startswith("BE"):
            yield "bank_account", *match.span(), is_sure
    for match in _OLD_ACCOUNT.finditer(text):
        figures = _digits(match.group())
        yield "bank_account", *match.span(), (int(figures[:10]) % 97 or 97) == int(figures[10:])


def _national(text: str) -> Iterator[Span]:
    for match in _NATIONAL.finditer(text):
        is_sure = is_national_number(match.group())
        if is_sure or re.fullmatch(r"\d{2}\.\d{2}\.\d{2}-\d{3}[.-]\d{2}", match.group()):
            yield "national_number", *match.span(), is_sure


def _enterprise(text: str) -> Iterator[Span]:
    for match in _ENTERPRISE.finditer(text):
        is_sure = is_enterprise_number(match.group())
        if is_sure or match.group().startswith("BE") or re.fullmatch(r"[01]\d{3}\.\d{3}\.\d{3}", match.group()):
            yield "enterprise_number", *match.span(), is_sure


def _phones(text: str) -> Iterator[Span]:
    for match in _PHONE.finditer(text):
        shown, figures = match.group(), _digits(match.group())
        if _DAY.fullmatch(shown) or ("." in shown and re.fullmatch(r"0?\d{1,3}(?:\.\d{3})+", shown)):
            continue
        is_foreign = shown.startswith(("+", "00"))
        if (is_foreign and 10 <= len(figures) <= 15) or (not is_foreign and len(figures) == (10 if figures.startswith("04") else 9)):
            yield "phone", *match.span(), True


def _references(text: str) -> Iterator[Span]:
    for match in _KEYED.finditer(text):
        if not _CLAUSE.match(match.group("code")) and not _is_of_law(text, *match.span("code")):
            yield "reference", *match.span("code"), True
    for match in _PLATE.finditer(text):
        yield "reference", *match.span(), True
    for match in _LOOKS_LIKE_CODE.finditer(text):
        if not _CLAUSE.match(match.group()) and not _is_of_law(text, *match.span()):
            yield "reference", *match.span(), False


def _is_of_law(text: str, start: int, end: int) -> bool:
    return bool(_OF_LAW.search(text[max(0, start - 30):start]) or _OF_LAW_AFTER.match(text[end:]) or _OF_LAW_AFTER.search(text[start:end]))
