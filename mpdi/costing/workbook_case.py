"""Tenders that were read become one case: the same parameters for all, one file for each tenderer, counted by the engine."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from mpdi.costing.fault_words import said_in
from mpdi.costing.files import CountedCase, count
from mpdi.costing.numbers import unit_words
from mpdi.costing.workbook_cells import named
from mpdi.costing.workbook_layout import DIGEST_ROW, TECHNICAL
from mpdi.costing.workbook_problems import (
    AlteredParametersError,
    UnfitTendersError,
    WorkbookProblem,
    WorkbookRefusedError,
    WrongCellsError,
    fault,
)
from mpdi.costing.workbook_reading import ReadTender, read_tender, tenderer_of
from mpdi.costing.workbook_words import figure, note
from mpdi.lcc.sheets.errors import ValueProblem, WrongValuesError
from mpdi.lcc.sheets.model import Language
from mpdi.lcc.sheets.values import MOST_OFFERS

_CENT = Decimal("0.01")
_DIGEST = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class CountedTenders:
    """Workbooks with their figures; `data`: the case, as `mpdi lcc run` takes it; `notes`: what to look at."""

    tenders: tuple[ReadTender, ...]
    data: Mapping[str, Any]
    counted: CountedCase
    notes: tuple[str, ...]
    refused_names: Mapping[str, str] = field(default_factory=dict)
    """Of each file that was set aside, the tenderer that it names; empty where it names none that can be read."""

    @property
    def places(self) -> Mapping[str, Mapping[str, str]]:
        """Where each tenderer says that the proof of a value stands, by name and key."""
        return {each.name: {key: where for key, where in each.places.items() if where} for each in self.tenders}


def read_tenders(
    files: Sequence[tuple[str, bytes]], language: Language = "en", digest: str | None = None
) -> CountedTenders:
    """Read the workbooks (name, content) of one procurement and count them, the first being the base.

    `digest`: that of the parameters as they were published; without it all are held against the first file. Raise a
    `WorkbookRefusedError` with every reason that was found, of all the files that could be read.
    """
    if not 1 <= len(files) <= MOST_OFFERS:
        words = {"found": str(len(files)), "most": str(MOST_OFFERS)}
        raise UnfitTendersError([fault("–", "", "count", language, **words)])
    tenders: list[ReadTender] = []
    refused: list[WorkbookRefusedError] = []
    for file, content in files:
        try:
            tenders.append(read_tender(file, content, language))
        except WorkbookRefusedError as error:
            refused.append(error)
    if refused:
        raise (
            refused[0]
            if len(refused) == 1
            else UnfitTendersError([problem for each in refused for problem in each.problems])
        )
    _check_digests(tenders, digest or tenders[0].parameters.digest, language)
    _check_names(tenders, language)
    return _counted(tenders, language)


def read_each(
    files: Sequence[tuple[str, bytes]], language: Language = "en", digest: str | None = None
) -> tuple[CountedTenders, tuple[WorkbookProblem, ...]]:
    """Read the workbooks of one procurement, set those aside that are refused, and count the others.

    Return what was counted and every reason of those that were not; a `WorkbookRefusedError` with all reasons where
    none is left. Of two files of one tenderer both are set aside: which one counts is not ours to say.
    """
    if not 1 <= len(files) <= MOST_OFFERS:
        return read_tenders(files, language, digest), ()
    digest = _read_digest(digest, language)
    tenders: list[ReadTender] = []
    refused: list[WorkbookProblem] = []
    for file, content in files:
        try:
            tenders.append(read_tender(file, content, language))
        except WorkbookRefusedError as error:
            refused += error.problems
    for check in (_digest_check(digest, language), _name_check(language)):
        problems = check(tenders)
        tenders = [each for each in tenders if each.file not in {problem.file for problem in problems}]
        refused += problems
    while tenders:
        try:
            names = {
                name: tenderer_of(name, content) for name, content in files if name in {each.file for each in refused}
            }
            return replace(_counted(tenders, language), refused_names=names), tuple(refused)
        except WrongCellsError as error:
            refused += error.problems
            wrong = {problem.file for problem in error.problems}
            tenders = [each for each in tenders if each.file not in wrong]
    raise UnfitTendersError(refused)


def _read_digest(typed: str | None, language: Language) -> str | None:
    """A digest as it was typed or pasted, its spaces left out; refused with what to do where it is none."""
    bare = "".join((typed or "").split()).lower()
    if bare and not _DIGEST.fullmatch(bare):
        shown = bare if len(bare) <= 80 else f"{bare[:80]}…"
        raise UnfitTendersError([fault("", "", "digest_form", language, found=shown)])
    return bare or None


Check = Callable[[Sequence[ReadTender]], list[WorkbookProblem]]


def _digest_check(digest: str | None, language: Language) -> Check:
    def problems(tenders: Sequence[ReadTender]) -> list[WorkbookProblem]:
        return _other_digests(tenders, digest or tenders[0].parameters.digest, language) if tenders else []

    return problems


def _name_check(language: Language) -> Check:
    def problems(tenders: Sequence[ReadTender]) -> list[WorkbookProblem]:
        found = []
        for each in tenders:
            twin = next((other for other in tenders if other is not each and _is_same(other, each)), None)
            if twin is not None:
                found.append(fault(each.file, "", "twice", language, name=each.name, other=twin.file))
        return found

    return problems


def _is_same(one: ReadTender, other: ReadTender) -> bool:
    return one.name.casefold() == other.name.casefold()


def _check_digests(tenders: Sequence[ReadTender], wanted: str, language: Language) -> None:
    problems = _other_digests(tenders, wanted, language)
    if problems:
        raise AlteredParametersError(problems)


def _other_digests(tenders: Sequence[ReadTender], wanted: str, language: Language) -> list[WorkbookProblem]:
    cell = f"{TECHNICAL}!{named(DIGEST_ROW, 1)}"
    found = {each.parameters.digest for each in tenders}
    # All alike and none as typed: the digest was rather copied wrongly than every tenderer mistaken.
    key = "all_other_digest" if len(found) == 1 else "other_digest"
    return [
        fault(each.file, cell, key, language, found=each.parameters.digest, wanted=wanted)
        for each in tenders
        if each.parameters.digest != wanted.strip().lower()
    ]


def _check_names(tenders: Sequence[ReadTender], language: Language) -> None:
    seen: dict[str, ReadTender] = {}
    problems = []
    for each in tenders:
        other = seen.setdefault(each.name.casefold(), each)
        if other is not each:
            problems.append(fault(each.file, "", "twice", language, name=each.name, other=other.file))
    if problems:
        raise UnfitTendersError(problems)


def _counted(tenders: Sequence[ReadTender], language: Language) -> CountedTenders:
    data = tenders[0].parameters.case([{"name": each.name, "values": dict(each.values)} for each in tenders])
    try:
        counted = count(data, language)
    except WrongValuesError as error:
        raise WrongCellsError([_in_cell(each, tenders, language) for each in error.problems]) from error
    notes = [text for each in tenders for text in each.notes]
    for tender, result in zip(tenders, counted.result.alternatives, strict=True):
        cost = result.lcc.quantize(_CENT, ROUND_HALF_UP)
        if tender.shown is not None and tender.shown != cost:
            cell = f"{tender.file}, {tender.lcc_cell}"
            shown, wanted = figure(tender.shown, language), figure(cost, language)
            notes.append(note("shown", language, cell=cell, found=shown, wanted=wanted))
    return CountedTenders(tuple(tenders), data, counted, tuple(notes))


def _in_cell(wrong: ValueProblem, tenders: Sequence[ReadTender], language: Language) -> WorkbookProblem:
    """The engine names offer and key; whoever mends it looks for file and cell."""
    key = wrong.place.rpartition(".")[2]
    inputs = tenders[0].parameters.sheet.inputs
    if wrong.place.startswith("buyer.") and key in inputs:
        label = inputs[key].label.said(language)
        first = tenders[0]
        return fault(
            first.file, first.cell_of(key), "missing_parameter", language, label=label, offer=_needs(wrong, tenders)
        )
    for tender in tenders:
        place = f"offers, {tender.name}"
        if wrong.place == f"{place}, values.{key}" and key in inputs:
            words = {"label": inputs[key].label.said(language), "unit": unit_words(inputs[key].unit, language)}
            return fault(tender.file, tender.cell_of(key), "missing", language, **words)
        if wrong.place == place:
            return fault(tender.file, "", "other", language, words=said_in(wrong.what, language))
    return fault(tenders[0].file, "", "other", language, words=f"{wrong.place} {said_in(wrong.what, language)}")


def _needs(wrong: ValueProblem, tenders: Sequence[ReadTender]) -> str:
    return next((each.name for each in tenders if f"“{each.name}”" in wrong.remedy), tenders[0].name)
