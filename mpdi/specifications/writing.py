"""A specification written whole: selection, lint, the Word file and the buyer's file."""

from dataclasses import dataclass
from functools import cached_property

from mpdi.clause_library.core.categories import find_category
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.parameter_values import check_against_library
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.reasons import Reason
from mpdi.clause_library.core.selection import Selection, category_notice, select
from mpdi.clause_library.core.vocabulary import Language, Severity
from mpdi.documents.docx_writer import write_document
from mpdi.documents.model import DossierDocument, SpecificationDocument
from mpdi.exceptions import MpdiError
from mpdi.specifications.assembly import assemble
from mpdi.specifications.checking.findings import Finding
from mpdi.specifications.checking.lint import lint
from mpdi.specifications.dossier import assemble_dossier


class TwoLanguagesNotYetError(MpdiError):
    """A document in two columns was asked for, which comes with the full library."""


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

    @cached_property
    def notice(self) -> Reason | None:
        """That the library has no clause of the purchase's own category yet, where it has none."""
        return category_notice(self.selection, find_category(self.purchase).used)

    @cached_property
    def language(self) -> Language:
        """The language of the document; `TwoLanguagesNotYetError` for both at once."""
        if self.purchase.language == "fr+nl":
            raise TwoLanguagesNotYetError(
                "language: a document in French and Dutch side by side (fr+nl) comes with the full library. "
                "Until then write it twice, once with fr and once with nl."
            )
        return self.purchase.language

    @cached_property
    def document(self) -> SpecificationDocument:
        """The plain data of the file tenderers read."""
        return assemble(self.purchase, self.selection, self.library, self.findings, self.language)

    @cached_property
    def dossier(self) -> DossierDocument:
        """The plain data of the buyer's file."""
        to_complete = self.document.title_page.to_complete
        return assemble_dossier(self.purchase, self.selection, self.library, self.findings, self.language, to_complete)

    def write(self) -> bytes:
        """Return the specification as a .docx; the same purchase and library give the same bytes."""
        return write_document(self.document)

    def write_dossier(self) -> bytes:
        """Return the buyer's file as a .docx."""
        return write_document(self.dossier)


def prepare(purchase: Purchase, library: ClauseLibrary) -> PreparedSpecification:
    """Decide and check a purchase; `AnswersError` where parameters or overrides name nothing of the library."""
    check_against_library(purchase, library)
    selection = select(library, purchase)
    return PreparedSpecification(purchase, library, selection, tuple(lint(purchase, selection, library)))
