"""A plain text as a page shows it: paragraphs, lists, web addresses and clause identifiers as links. Pure."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

_CLAUSE = re.compile(r"\b((?:ENV|SOC|ETH|DMP|SME|INN)-[A-Z]{2,6}-\d{3})\b")
_BULLET = re.compile(r"\s*[-–•*]\s+")
_NUMBER = re.compile(r"\s*(\d{1,2})[.)]\s+")
_ADDRESS = re.compile(r"(https?://[^\s<>\"“”«»]+)", re.IGNORECASE)
_AFTER_AN_ADDRESS = ".,;:!?'’…*_"
_PAIRS = {")": "(", "]": "["}


@dataclass(frozen=True)
class Piece:
    """A stretch of text: plain, the identifier of a clause, or a web address."""

    words: str
    clause: str | None = None
    address: str | None = None


Line = tuple[Piece, ...]


@dataclass(frozen=True)
class Block:
    """A paragraph, or a list of which each line is an item; `first` is the number of the first where they count."""

    is_list: bool
    lines: tuple[Line, ...]
    first: int | None = None


def blocks(text: str, known: Collection[str] = ()) -> list[Block]:
    """Cut a plain text into paragraphs and lists; identifiers of known clauses and web addresses are told apart."""
    found: list[Block] = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip("\n")):
        lines = [line for line in part.split("\n") if line.strip()]
        found.extend(_block(kind, group, known) for kind, group in _runs(lines))
    return found


def _runs(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield neighbouring lines of one kind; an indented line goes on with the item before it."""
    run: list[str] = []
    kind = ""
    for line in lines:
        own = "bullet" if _BULLET.match(line) else "number" if _NUMBER.match(line) else ""
        if run and kind and not own and line[0].isspace():
            run[-1] += f" {line.strip()}"
            continue
        if run and own != kind:
            yield kind, run
            run = []
        kind = own
        run.append(line)
    if run:
        yield kind, run


def _block(kind: str, lines: list[str], known: Collection[str]) -> Block:
    if kind == "number":
        numbers = [int(found[1]) for found in map(_NUMBER.match, lines) if found]
        if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            kind = ""  # numbers that do not count on mean something: they stay as they were written
        else:
            cut = (_NUMBER.sub("", line, count=1) for line in lines)
            return Block(True, tuple(_line(line, known) for line in cut), numbers[0])
    if kind == "bullet":
        lines = [_BULLET.sub("", line, count=1) for line in lines]
    return Block(bool(kind), tuple(_line(line, known) for line in lines))


def _line(text: str, known: Collection[str]) -> Line:
    return tuple(_pieces(text.strip(), known))


def _pieces(line: str, known: Collection[str]) -> Iterator[Piece]:
    for number, part in enumerate(_ADDRESS.split(line)):
        address = _address_in(part) if number % 2 else ""
        if address:
            yield Piece(address, address=address)
        yield from _clauses(part.removeprefix(address), known)


def _clauses(text: str, known: Collection[str]) -> Iterator[Piece]:
    for number, words in enumerate(_CLAUSE.split(text)):
        if words:
            yield Piece(words, clause=words if number % 2 and words in known else None)


def _address_in(text: str) -> str:
    """Return the address without the full stop or bracket after it; nothing where it is none or hides its host."""
    while text and (text[-1] in _AFTER_AN_ADDRESS or _closes_nothing(text)):
        text = text[:-1]
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.hostname and "@" not in parts.netloc else ""


def _closes_nothing(text: str) -> bool:
    opening = _PAIRS.get(text[-1])
    return opening is not None and text.count(text[-1]) > text.count(opening)
