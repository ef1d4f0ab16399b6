"""Writing an 80-clause specification, against packing the same XML into a zip.

The limit is what cannot be avoided: deflate 6 over the very parts the writer makes, measured in the
same run. ``python benchmarks/documents.py`` prints both and their ratio; goal: at most 5. The same in two
columns is printed for information.
"""

import datetime
import time
from collections.abc import Callable
from hashlib import sha256, shake_256
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from mpdi.documents.bilingual import BilingualDocument
from mpdi.documents.docx_reader import read_specification
from mpdi.documents.docx_writer import document_parts, write_document, write_specification
from mpdi.documents.model import (
    ClauseBlock,
    ClauseLine,
    Language,
    Metadata,
    Paragraph,
    Parameter,
    Section,
    SpecificationDocument,
    Table,
    TitlePage,
    content,
)

GOAL = 5.0
_SYLLABLES = (
    "ad", "ju", "di", "ca", "tai", "re", "sou", "mis", "sion", "of", "fre", "clau",
    "se", "mar", "ché", "lot", "pres", "ta", "pro", "duit", "la", "bel", "cri", "tè",
)  # fmt: skip


def specification(language: Language = Language.FR) -> SpecificationDocument:
    """20 first-level headings, 80 clauses, 320 numbered items, 20 tables of 8 rows and 4 columns."""
    return SpecificationDocument(
        language=language,
        metadata=Metadata("Cahier des charges", datetime.date(2026, 12, 1), reference="EX-2026-001"),
        title_page=TitlePage("Cahier spécial des charges", "Mesure", date=datetime.date(2026, 12, 1)),
        sections=tuple(_section(number, language) for number in range(20)),
        manifest={"clauses": [{"id": f"ENV-GEN-{n:03}", "digest": _digest(str(n))} for n in range(80)]},
    )


def bilingual() -> BilingualDocument:
    """The same with as much in the second column."""
    return BilingualDocument(specification(), specification(Language.NL))


def measure(document: SpecificationDocument | BilingualDocument, repetitions: int = 5) -> tuple[float, float, float]:
    """(seconds of the writer, seconds of the limit, ratio), each the best of ``repetitions``, warm."""
    parts = document_parts(document)
    ours = _best(lambda: write_document(document), repetitions)
    limit = _best(lambda: _zip(parts), repetitions)
    return ours, limit, ours / limit


def main() -> None:
    """Print one line for the writer, one for the reader, and one for two columns."""
    ours, limit, ratio = measure(specification())
    print(f"write 80 clauses: {ours * 1000:.1f} ms; zip alone {limit * 1000:.1f} ms; {ratio:.1f} x (goal {GOAL:.0f} x)")
    data = write_specification(specification())
    print(f"read it back: {_best(lambda: read_specification(data), 5) * 1000:.1f} ms; {len(data) // 1024} KB")
    ours, limit, ratio = measure(bilingual())
    print(f"write them in two columns: {ours * 1000:.1f} ms; zip alone {limit * 1000:.1f} ms; {ratio:.1f} x")


def _section(number: int, language: Language) -> Section:
    clauses = tuple(_clause(4 * number + place, language) for place in range(4))
    rows = tuple(tuple(content(f"valeur {row}.{column}") for column in range(4)) for row in range(8))
    table = Table("Tableau de mesure", ("a", "b", "c", "d"), rows, (25, 25, 25, 25), right_aligned=(3,))
    lead = Paragraph(content(_sentence(f"lead {number}", 60)))
    return Section(f"Chapitre {number + 1}", 1, (lead, *clauses, table))


def _clause(number: int, language: Language) -> ClauseBlock:
    identifier = f"ENV-GEN-{number:03}"
    share = Parameter(identifier, "share", "75 %", is_filled=True)
    items = tuple(content(f"({place}) {_sentence(identifier + str(place))} ;") for place in range(1, 5))
    lines = tuple(
        ClauseLine(part, content("Au moins ", share, f" {_sentence(identifier + part, 48)}."))
        for part in ("definition", "obligation", "proof_at_tender", "consequence")
    )
    lines = (*lines, ClauseLine("proof_in_execution", content("Il remet :"), "Preuve.", items))
    title = f"Clause numéro {number}"
    return ClauseBlock(identifier, "1.0.0", language, _digest(str(number)), title, identifier, lines, level=2)


def _sentence(seed: str, words: int = 16) -> str:
    """Invented words that pack like the library's own French: two syllables out of 24, another each time."""
    figures = shake_256(seed.encode()).digest(2 * words)
    syllables = [_SYLLABLES[figure % len(_SYLLABLES)] for figure in figures]
    return " ".join(first + second for first, second in zip(syllables[::2], syllables[1::2], strict=True))


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _best(action: Callable[[], object], repetitions: int) -> float:
    action()
    return min(_seconds(action) for _ in range(repetitions))


def _seconds(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _zip(parts: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=6) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


if __name__ == "__main__":
    main()
