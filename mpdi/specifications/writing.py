"""A specification written whole: selection, lint, the Word file and the buyer's file."""

from dataclasses import dataclass
from functools import cached_property

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.parameter_values import check_against_library
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.selection import Selection, select
from mpdi.clause_library.core.vocabulary import Language, Severity
from mpdi.documents.bilingual import BilingualDocument
from mpdi.documents.docx_writer import write_document
from mpdi.documents.model import DossierDocument, SpecificationDocument, ToComplete
from mpdi.specifications.assembly import assemble
from mpdi.specifications.checking.findings import Finding
from mpdi.specifications.checking.lint import lint
from mpdi.specifications.dossier import assemble_dossier


@dataclass(frozen=True)
class PreparedSpecification:
    """A purchase decided and checked; documents are made when asked for."""

    purchase: Purchase
    library: ClauseLibrary
    selection: Selection
    findings: tuple[Finding, ...]

    @property
    def is_blocked(self) -> bool:
        """Whether a finding must be mended before publication."""
        return any(finding.severity is Severity.BLOCK for finding in self.findings)

    @property
    def language(self) -> Language:
        """The language in which the program speaks of the document: that of the document, French for both at once."""
        return "nl" if self.purchase.language == "nl" else "fr"

    @cached_property
    def document(self) -> SpecificationDocument | BilingualDocument:
        """The plain data of the file tenderers read."""
        return assemble(self.purchase, self.selection, self.library, self.findings)

    def to_complete(self, language: Language) -> tuple[ToComplete, ...]:
        """What the buyer has still to fill in, as the document says it; of a document in both, in that language."""
        document = self.document
        if isinstance(document, BilingualDocument):
            return (document.nl if language == "nl" else document.fr).title_page.to_complete
        return document.title_page.to_complete

    def dossier_in(self, language: Language) -> DossierDocument:
        """The plain data of the buyer's file. Where the document is in both languages, one is enough for it."""
        entries = self.to_complete(language)
        return assemble_dossier(self.purchase, self.selection, self.library, self.findings, language, entries)

    def write(self) -> bytes:
        """Return the specification as a .docx; the same purchase and library give the same bytes."""
        return write_document(self.document)

    def write_dossier(self, language: Language | None = None) -> bytes:
        """Return the buyer's file as a .docx."""
        return write_document(self.dossier_in(language or self.language))


def prepare(purchase: Purchase, library: ClauseLibrary) -> PreparedSpecification:
    """Decide and check a purchase; `AnswersError` where parameters or overrides name nothing of the library."""
    check_against_library(purchase, library)
    selection = select(library, purchase)
    return PreparedSpecification(purchase, library, selection, tuple(lint(purchase, selection, library)))
