"""What came back from tenderers, evaluated: who is ranked, with how many points, and who was set aside and why."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from mpdi.costing.case_table import award_table, points_words, rule_lines
from mpdi.costing.files import award_of_result
from mpdi.costing.numbers import NOTHING
from mpdi.costing.table_words import TableWords
from mpdi.costing.workbook_problems import WorkbookProblem
from mpdi.documents.model import Block, Paragraph, ParagraphKind, Section, Table, content
from mpdi.lcc.award import AwardedOffer, AwardFormula, AwardRule, award
from mpdi.lcc.model import Result
from mpdi.lcc.sheets.model import Language


@dataclass(frozen=True, slots=True)
class About:
    """What the cover of the report names, as the buyer gives it; each may be empty."""

    authority: str = ""
    reference: str = ""
    object: str = ""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Beside the figures: which workbooks of how many were refused, and the points where a rule was given."""

    files: int
    refused: tuple[WorkbookProblem, ...] = ()
    rule: AwardRule | None = None
    awarded: tuple[AwardedOffer, ...] = ()
    confirmed: frozenset[str] = frozenset()
    """Keys of assumptions of the sheet that the award file confirms, as the annex prints them."""
    about: About = About()
    places: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Where each offer says that the proof of a value stands, by name and key."""
    refused_names: Mapping[str, str] = field(default_factory=dict)
    """The tenderer that a refused file names, by file."""
    evaluated_on: datetime.date | None = None
    """The day of the evaluation, which is not the one on which the parameters were frozen."""

    @property
    def is_quality(self) -> bool:
        """Whether quality in euros makes the places, so that the cheapest over the life need not be the first."""
        return self.rule is not None and self.rule.formula is AwardFormula.QUALITY_IN_EUROS

    @property
    def refused_files(self) -> tuple[str, ...]:
        """The workbooks that were set aside, each once."""
        return tuple(dict.fromkeys(each.file for each in self.refused))

    def tenderer_of(self, file: str) -> str:
        """The tenderer that a refused file names; a dash where it names none that can be read."""
        return self.refused_names.get(file) or NOTHING

    def incomplete(self, language: Language) -> str:
        """The sentence that the ranking is incomplete; empty where it is whole."""
        if not self.refused:
            return ""
        counts = {"refused": str(len(self.refused_files)), "files": str(self.files)}
        return TableWords(language)("incomplete", **counts)


def evaluated(
    result: Result, files: int, refused: Sequence[WorkbookProblem] = (), award_file: Mapping[str, Any] | None = None
) -> Evaluation:
    """Evaluate a counted case; `award_file`: the rule as it was published. Raise what `mpdi.lcc.award` raises."""
    if award_file is None:
        return Evaluation(files, tuple(refused))
    rule, offers = award_of_result(award_file, result)
    return Evaluation(files, tuple(refused), rule, award(rule, offers), _confirmed(award_file))


def _confirmed(award_file: Mapping[str, Any]) -> frozenset[str]:
    annex = award_file.get("annex")
    listed = annex.get("assumptions_confirmed") if isinstance(annex, Mapping) else None
    return frozenset(map(str, listed)) if isinstance(listed, list) else frozenset()


def evaluation_lines(held: Evaluation, language: Language) -> Iterator[str]:
    """The same as text: that the ranking is incomplete first, then points."""
    if held.refused:
        yield held.incomplete(language)
        yield ""
    if held.rule is not None:
        yield from award_table(held.rule, held.awarded, language)
        yield ""


def evaluation_sections(held: Evaluation, language: Language) -> Iterator[Section]:
    """The sections of the report: points, and the workbooks that were set aside."""
    say = TableWords(language)
    if held.rule is not None:
        rules = [Paragraph(content(each), ParagraphKind.NOTE) for each in rule_lines(held.rule, say)]
        yield Section(say("points_head").capitalize(), 1, (_points(held, held.rule, say), *rules))
    if held.refused:
        rows = tuple(
            tuple(map(content, (each.file, each.cell, held.tenderer_of(each.file), f"{each.message} {each.remedy}")))
            for each in held.refused
        )
        heads = tuple(map(say, ("file", "cell", "tenderer", "reason")))
        table = Table(say("refused_head"), heads, rows, (20.0, 14.0, 18.0, 48.0), is_dense=True)
        blocks: tuple[Block, ...] = (Paragraph(content(held.incomplete(language)), ParagraphKind.KEPT), table)
        yield Section(say("refused_head"), 1, (*blocks, Paragraph(content(say("refused_note")))))


def _points(held: Evaluation, rule: AwardRule, say: TableWords) -> Table:
    is_quality = rule.formula is AwardFormula.QUALITY_IN_EUROS
    keys = ("offer", "lcc", *(["comparison_price"] if is_quality else []), "points", "place")
    rows = []
    for each in held.awarded:
        compared = [say.money(each.compared)] if is_quality else []
        place = say("tie", place=str(each.place)) if each.is_tied else str(each.place)
        rows.append(tuple(map(content, (each.name, say.money(each.lcc), *compared, points_words(each, say), place))))
    widths = (100 / len(keys),) * len(keys)
    heads = tuple(say(key).capitalize() for key in keys)
    return Table(say("points_head"), heads, tuple(rows), widths, right_aligned=tuple(range(1, len(keys))))
