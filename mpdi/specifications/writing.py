"""A specification written whole: selection, lint, the Word file and the buyer's file."""

from collections.abc import Mapping
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
from mpdi.specifications.cost_annex import (
    CostAnnex,
    CostAnnexRefusedError,
    CostAnnexWriter,
    with_cost_criterion,
    written_in,
)
from mpdi.specifications.dossier import assemble_dossier


@dataclass(frozen=True)
class PreparedSpecification:
    """A purchase decided and checked; documents are made when asked for."""

    purchase: Purchase
    library: ClauseLibrary
    selection: Selection
    findings: tuple[Finding, ...]
    cost_annex_writer: CostAnnexWriter | None = None

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
        annexes, points, _said = self._annexes
        return assemble(self.purchase, self.selection, self.library, self.findings, annexes, len(points))

    @property
    def cost_annex_points(self) -> tuple[str, ...]:
        """What keeps the annex on life-cycle cost from being made, each with its remedy; nothing where none is asked."""
        return self._annexes[1]

    @property
    def cost_annex_open(self) -> tuple[str, ...]:
        """The same without the keys of files, for a page."""
        return self._annexes[2]

    @cached_property
    def _annexes(self) -> tuple[Mapping[Language, CostAnnex], tuple[str, ...], tuple[str, ...]]:
        if self.purchase.cost_annex is None or self.cost_annex_writer is None:
            return {}, (), ()
        try:
            made = {each: self.cost_annex_writer(self.purchase, each) for each in written_in(self.purchase)}
        except CostAnnexRefusedError as error:
            return {}, error.points, error.said
        return made, (), ()

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


def prepare(
    purchase: Purchase, library: ClauseLibrary, cost_annex_writer: CostAnnexWriter | None = None
) -> PreparedSpecification:
    """Decide and check a purchase; `AnswersError` where parameters or overrides name nothing of the library.

    `cost_annex_writer`: needed to write the document where the answers ask for an annex on life-cycle cost.
    """
    check_against_library(purchase, library)
    whole = with_cost_criterion(purchase)
    selection = select(library, whole)
    return PreparedSpecification(whole, library, selection, tuple(lint(whole, selection, library)), cost_annex_writer)
