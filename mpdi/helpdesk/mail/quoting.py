"""What somebody wrote now, and what was only quoted: told apart line by line, in French, Dutch and English."""

import re

_LONGEST = 400
_ATTRIBUTION = re.compile(
    r"^\W{0,3}(le\b.{5,300}\ba [ée]crit|op\b.{5,300}\bschreef\b.{0,120}|on\b.{5,300}\bwrote)\s?:\s*$", re.IGNORECASE
)
"""“Le 3 nov. 2026 à 10:12, X a écrit :”, “Op 3 nov 2026 om 10:12 schreef X:”, “On … wrote:”."""
_BLOCK = re.compile(
    r"^\s*[-_]{2,}\s*(message d.origine|message transf[ée]r[ée]|message original|oorspronkelijk bericht"
    r"|doorgestuurd bericht|original message|forwarded message)\s*[-_]{0,}\s*$"
    r"|^\s*_{20,}\s*$",
    re.IGNORECASE,
)
_FIRST_FIELD = re.compile(r"^\W{0,3}(de|van|from)\W{0,3}\s?:\W{0,3}.", re.IGNORECASE)
_LATER_FIELD = re.compile(
    r"^\W{0,3}(envoy[ée]|date|verzonden|datum|sent|à|aan|to|objet|onderwerp|subject)\W{0,3}\s?:", re.IGNORECASE
)


def split_quoted(text: str) -> tuple[str, str]:
    """Return what was written now and what was quoted. A mail that is nothing but a quote is all text: a forward."""
    lines = text.split("\n")
    end = _block_start(lines)
    written, quoted = _take_out_marked(lines[:end])
    quoted += lines[end:]
    own = "\n".join(written).strip()
    if not own:
        return text.strip(), ""
    return own, "\n".join(quoted).strip()


def _block_start(lines: list[str]) -> int:
    """Where a quote without marks begins: all that follows is quoted."""
    for number, line in enumerate(lines):
        if _BLOCK.match(line[:_LONGEST]) or _is_field_block(lines, number):
            return number
        size = _attribution_size(lines, number)
        if size and not _next_written(lines, number + size).startswith(">"):
            return number
    return len(lines)


def _is_field_block(lines: list[str], number: int) -> bool:
    """Outlook: From, Sent, To, Subject as four lines."""
    if not _FIRST_FIELD.match(lines[number][:_LONGEST]):
        return False
    following = [line for line in lines[number + 1 : number + 8] if line.strip()][:3]
    return sum(1 for line in following if _LATER_FIELD.match(line[:_LONGEST])) >= 2


def _attribution_size(lines: list[str], number: int) -> int:
    """How many lines from here are “X wrote:” (mail programs break it in two): 0, 1 or 2."""
    first = lines[number][:_LONGEST].strip()
    if not first or first.startswith(">"):
        return 0
    if _ATTRIBUTION.match(first):
        return 1
    second = lines[number + 1][:_LONGEST].strip() if number + 1 < len(lines) else ""
    return 2 if second and len(first) > 5 and _ATTRIBUTION.match(f"{first} {second}"[:_LONGEST]) else 0


def _next_written(lines: list[str], start: int) -> str:
    return next((line.strip() for line in lines[start : start + 4] if line.strip()), "")


def _take_out_marked(lines: list[str]) -> tuple[list[str], list[str]]:
    """Take out lines that begin with `>` and the line that introduces them."""
    written: list[str] = []
    quoted: list[str] = []
    skip = 0
    for number, line in enumerate(lines):
        size = 0 if skip else _attribution_size(lines, number)
        if size and _next_written(lines, number + size).startswith(">"):
            skip = size
        is_quoted = skip > 0 or line.lstrip().startswith(">")
        (quoted if is_quoted else written).append(line)
        skip = max(0, skip - 1)
    return written, quoted
