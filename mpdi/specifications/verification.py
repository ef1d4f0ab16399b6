"""The verification plan of a specification, as plain data: per clause and check what to receive, from whom, when, how.

Pure: from a purchase and its decided clauses. Files are made of it by `verification_document`, `verification_workbook`
and `verification_calendar`; a follow-up log may keep the keys, which are stable for a version of a clause.
"""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import Bilingual, Check, ClauseVersion
from mpdi.clause_library.core.purchase import DocumentLanguage, Purchase
from mpdi.clause_library.core.selection import Selection
from mpdi.clause_library.core.two_languages import in_language
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.public_holidays import closed_day
from mpdi.specifications.context import Context
from mpdi.specifications.handed_over import is_on_request, is_on_request_of_tenderer
from mpdi.specifications.skeleton import read_document_data
from mpdi.specifications.verification_clause import Contexts, Figure, Penalty, Sentences, said_by
from mpdi.specifications.verification_dates import Execution, Schedule, execution_of, schedule_of
from mpdi.specifications.words import label, phrase


class Phase(StrEnum):
    """When in the life of a contract a check is made."""

    TENDER = "tender"
    EXECUTION = "execution"


class Giver(StrEnum):
    """From whom the checker receives something: a firm, a register, a third party, or nobody (an own control)."""

    TENDERER = "tenderer"
    CONTRACTOR = "contractor"
    REGISTER = "register"
    THIRD_PARTY = "third_party"
    BUYER = "buyer"


@dataclass(frozen=True)
class PlannedCheck:
    """One check of one clause. `moment`, `who` and `source` are values of the vocabulary.

    `key`: clause, phase and place of the check in it from 1: `ENV-CLEAN-001:execution:2`. `document`: the key of the
    evidence, or of the buyer's own control. `how`: what to look at and, where a source is named, how to use it.
    `sanction`: what follows a shortcoming in this phase, in one line. `figures`: what the clause asks for, in numbers.
    `is_conditional`: made only if something happened, was asked or was doubted (`only_if.yaml`): it has no date.
    `binding`: what the clause says that the contractor does and hands over, sentence by sentence. `seen`: the parameters that a
    check on site is about (`on_site.yaml`). `penalty`: None where it fixes none.
    """

    key: str
    clause_id: str
    version: str
    title: Bilingual
    phase: Phase
    moment: str
    schedule: Schedule
    document: str
    receive: Bilingual
    giver: Giver
    is_on_request: bool
    who: str
    check: Bilingual
    source: str | None
    source_guide: Bilingual | None
    figures: tuple[Figure, ...]
    sanction: Bilingual
    legal_review: str
    is_conditional: bool
    binding: Sentences
    seen: frozenset[str]
    penalty: Penalty | None

    @property
    def reference(self) -> str:
        """Identifier and version of the clause: `ENV-CLEAN-001@1.0.0`."""
        return f"{self.clause_id}@{self.version}"

    @property
    def consequence_phase(self) -> Phase:
        """What a shortcoming touches: the tender also before the award, which clauses list under execution."""
        return _consequence_phase(self.phase, self.moment)

    @property
    def how(self) -> Bilingual:
        """What to look at, then how to use the source."""
        if self.source_guide is None:
            return Bilingual(_sentence(self.check.fr), _sentence(self.check.nl))
        return Bilingual(*(f"{_sentence(self.check[each])} {self.source_guide[each]}" for each in LANGUAGES))


@dataclass(frozen=True)
class VerificationPlan:
    """Every check of the clauses of one purchase, in the order of its clauses.

    `object` and `authority` are in both languages where the buyer gave both, else the same twice; empty = not stated.
    """

    reference: str
    authority: Bilingual
    object: Bilingual
    language: DocumentLanguage
    publication_date: datetime.date
    execution: Execution
    checks: tuple[PlannedCheck, ...]

    @property
    def has_days(self) -> bool:
        """Whether any check has a day."""
        return any(check.schedule.is_dated for check in self.checks)

    @property
    def starts_before_publication(self) -> bool:
        """Whether the execution would begin before the purchase is published: one of the two days is surely wrong."""
        return self.execution.start is not None and self.execution.start < self.publication_date

    @property
    def has_closed_days(self) -> bool:
        """Whether a check is due on a Saturday, a Sunday or a public holiday."""
        return any(closed_day(day, "fr") for check in self.checks for day in check.schedule.dates)

    def of(self, phase: Phase) -> tuple[PlannedCheck, ...]:
        """Return the checks of one phase."""
        return tuple(check for check in self.checks if check.phase is phase)


def plan_verification(
    purchase: Purchase, selection: Selection, library: ClauseLibrary, start: datetime.date | None = None
) -> VerificationPlan:
    """Return the plan of the clauses that are in; `start`: first day of the execution, where it is known.

    Dates follow from the start and the duration; where either is not known there are none.
    """
    contexts = {each: Context(in_language(purchase, each), library, selection, each) for each in LANGUAGES}
    execution = execution_of(start, purchase.duration_months)
    checks = (each for clause in selection.chosen for each in _clause_checks(clause, contexts, execution))
    in_both = [contexts[each].purchase for each in LANGUAGES]
    return VerificationPlan(
        reference=purchase.reference or "",
        authority=Bilingual(*(each.authority.name or "" for each in in_both)),
        object=Bilingual(*(each.object or "" for each in in_both)),
        language=purchase.language,
        publication_date=purchase.publication_date,
        execution=execution,
        checks=tuple(checks),
    )


def _clause_checks(clause: ClauseVersion, contexts: Contexts, execution: Execution) -> Iterator[PlannedCheck]:
    said = said_by(clause, contexts)
    for phase, checks in ((Phase.TENDER, clause.tender_checks), (Phase.EXECUTION, clause.execution_checks)):
        for place, check in enumerate(checks, 1):
            moment = str(check.moment or Phase.TENDER)
            touched = _consequence_phase(phase, moment)
            giver = _giver(clause, check, touched)
            is_conditional = phase is Phase.EXECUTION and _is_conditional(clause, check)
            yield PlannedCheck(
                key=f"{clause.id}:{phase}:{place}",
                clause_id=clause.id,
                version=str(clause.version),
                title=clause.title,
                phase=phase,
                moment=moment,
                schedule=Schedule() if is_conditional else schedule_of(moment, execution),
                document=check.document or "",
                receive=_received(clause, check, giver),
                giver=giver,
                is_on_request=_asked_for(clause, check, phase, contexts["fr"]),
                who=str(check.who),
                check=_filled(clause, check.check, contexts),
                source=str(check.source) if check.source else None,
                source_guide=_source_guide(check),
                figures=said.asked,
                sanction=_sanction(clause, touched, said.only_in_consequence),
                legal_review="signed" if clause.register.is_signed else "pending",
                is_conditional=is_conditional,
                binding=said.binding,
                seen=_seen(clause, check) if phase is Phase.EXECUTION else frozenset(),
                penalty=said.penalty,
            )


def _consequence_phase(phase: Phase, moment: str) -> Phase:
    return Phase.TENDER if moment == "award" else phase


def _is_conditional(clause: ClauseVersion, check: Check) -> bool:
    return check.document in read_document_data("verification")["only_if"].get(clause.id, ())


def _seen(clause: ClauseVersion, check: Check) -> frozenset[str]:
    """The parameters of the clause that a check on site measures or counts; none where nothing was tied to it."""
    by_document: Mapping[str, Sequence[str]] = read_document_data("verification")["seen_on_site"].get(clause.id, {})
    keys = by_document.get(f"{check.document}.{check.moment}") or by_document.get(check.document or "", ())
    return frozenset(keys) & clause.parameters.keys()


def _filled(clause: ClauseVersion, text: Bilingual, contexts: Contexts) -> Bilingual:
    return Bilingual(
        *(
            contexts[each].renderer.plain_text(clause, text[each], contexts[each].values(clause), each)
            for each in LANGUAGES
        )
    )


def _received(clause: ClauseVersion, check: Check, giver: Giver) -> Bilingual:
    data = read_document_data("verification")
    for evidence in clause.evidence:
        if evidence.name == check.document:
            return evidence.title
    if check.source and giver in data["received"]:
        words = data["received"][giver]
        return Bilingual(*(words[each].format(source=label("source", check.source, each)) for each in LANGUAGES))
    on_site = check.source == "site" or check.document in data["visits"]
    return Bilingual(*(phrase("check_on_site" if on_site else "own_check", each) for each in LANGUAGES))


def _giver(clause: ClauseVersion, check: Check, phase: Phase) -> Giver:
    if any(evidence.name == check.document for evidence in clause.evidence):
        return Giver.TENDERER if phase is Phase.TENDER else Giver.CONTRACTOR
    data = read_document_data("verification")
    if check.source in data["registers"]:
        return Giver.REGISTER
    return Giver.THIRD_PARTY if check.source == "laboratory" else Giver.BUYER


def _asked_for(clause: ClauseVersion, check: Check, phase: Phase, context: Context) -> bool:
    holds, document = context.evaluator.holds, check.document or ""
    if phase is Phase.TENDER:
        return is_on_request_of_tenderer(clause, document, holds)
    return is_on_request(clause, document, holds)


def _source_guide(check: Check) -> Bilingual | None:
    guides: Mapping[str, Mapping[str, str]] = read_document_data("verification")["sources"]
    guide = guides.get(str(check.source))
    return None if guide is None else Bilingual(**guide)


def _sanction(clause: ClauseVersion, phase: Phase, penalties: Sequence[Figure]) -> Bilingual:
    of_phase: Sequence[str] = read_document_data("verification")["sanctions"][phase]
    kinds = [kind for kind in clause.sanction.kinds if kind in of_phase]
    return Bilingual(*(_sanction_line(clause, kinds, phase, penalties, each) for each in LANGUAGES))


def _sanction_line(
    clause: ClauseVersion, kinds: Sequence[str], phase: Phase, penalties: Sequence[Figure], language: Language
) -> str:
    if not kinds:
        return _sentence(label("sanction_kind", "none", language))
    parts = [_sentence(", ".join(label("sanction_kind", kind, language) for kind in kinds))]
    if phase is Phase.EXECUTION and penalties:
        parts.append(_sentence("; ".join(each.words(language) for each in penalties)))
    if phase is Phase.EXECUTION and clause.sanction.procedure:
        parts.append(read_document_data("verification")["procedures"][clause.sanction.procedure][language])
    return " ".join(parts)


def _sentence(words: str) -> str:
    text = words.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
