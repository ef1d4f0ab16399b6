"""The text of a PDF that a stranger may have made: read by a process of its own, with little time and memory.

`python -m mpdi.monitoring.found_clauses.pdf_text` reads a PDF from standard input and writes its text, page after page
with a form feed between, as UTF-8. Exit 3: encrypted; 4: more than is read; 5: damaged.
"""

import contextlib
import logging
import os
import subprocess
import sys
import warnings
from io import BytesIO
from itertools import islice

from mpdi.clause_library.core.said import said
from mpdi.monitoring.found_clauses.model import UnreadableTextError

MOST_PAGES = 1_000
MOST_CHARACTERS = 5_000_000
_SECONDS = 60
_MEMORY = 1_500 * 2**20
_ENCRYPTED, _TOO_MUCH, _DAMAGED = 3, 4, 5
_REASONS = {
    _ENCRYPTED: said("The PDF asks for a password. Save it without, and try again."),
    _TOO_MUCH: said("The PDF has more than a thousand pages, or very much text. Split it, and try again."),
    _DAMAGED: said("The PDF is damaged. Open it, print or export it as PDF, and try again."),
}


def pdf_pages(data: bytes) -> tuple[str, ...]:
    """The text of each page; raises `UnreadableTextError` where there is none, or it cannot be read within the limits."""
    command = [sys.executable, "-P", "-m", __name__]
    try:
        done = subprocess.run(  # noqa: S603 (our own module)
            command, input=data, capture_output=True, timeout=_SECONDS, check=False, env=_environment()
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableTextError(said("The PDF takes too long to read. Split it, and try again.")) from error
    if done.returncode:
        raise UnreadableTextError(_REASONS.get(done.returncode, _REASONS[_DAMAGED]))
    pages = tuple(done.stdout.decode("utf-8", "replace").split("\f"))
    if not any(page.strip() for page in pages):
        raise UnreadableTextError(
            "The PDF holds no text: its pages are pictures. Recognise the text (OCR), and try again."
        )
    return pages


def _environment() -> dict[str, str]:
    """No secret of the portal goes to the process that reads a stranger's file."""
    kept = ("PATH", "SYSTEMROOT", "LANG", "LC_ALL", "VIRTUAL_ENV", "TMPDIR")
    own = {name: value for name in kept if (value := os.environ.get(name)) is not None}
    return own | {"PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}


def _limit() -> None:
    """Bound time and memory, where the system can."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))


def _read(data: bytes) -> int:
    """Write the text of each page; return why not, 0 where all is well."""
    from pypdf import PdfReader  # here: only the process that reads pays for it
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    # What is not a PDF as pypdf expects lets many kinds of error out; this process does nothing else.
    damaged = (
        PyPdfError,
        ArithmeticError,
        AttributeError,
        LookupError,
        MemoryError,
        OSError,
        RecursionError,
        TypeError,
    )
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return _ENCRYPTED
        pages = list(islice(reader.pages, MOST_PAGES + 1))
        texts, characters = [], 0
        for page in pages[:MOST_PAGES]:
            texts.append(page.extract_text())
            characters += len(texts[-1])
            if characters > MOST_CHARACTERS:
                return _TOO_MUCH
    except (FileNotDecryptedError, DependencyError):
        return _ENCRYPTED
    except (*damaged, ValueError):
        return _DAMAGED
    sys.stdout.buffer.write("\f".join(text.replace("\f", " ") for text in texts).encode("utf-8", "replace"))
    return _TOO_MUCH if len(pages) > MOST_PAGES else 0


if __name__ == "__main__":
    _limit()
    warnings.simplefilter("ignore")
    logging.disable()
    sys.exit(_read(sys.stdin.buffer.read()))
