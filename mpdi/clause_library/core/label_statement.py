"""The statement on labels that article 54, § 3, of the Law of 17 June 2016 prescribes: the paragraph to paste."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.label_directory import DirectoryEntry, LabelUse
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Language
from mpdi.exceptions import MpdiError
from mpdi.resources import folder


class NoLabelChosenError(MpdiError):
    """A statement was asked for no label at all."""


class NoStatementError(MpdiError):
    """The label is no proof under article 54: a certificate for the selection, or proof of a performance."""


class PartOnlyError(MpdiError):
    """The label holds criteria without a link to the object: it may not be required whole."""


class StatementCase(StrEnum):
    """The wordings of article 54, § 3: 2°, 1° and 3°."""

    BELOW = "below"
    AT_OR_ABOVE = "at_or_above"
    PART_ONLY = "part_only"


class StatementObject(StrEnum):
    """What the contract is about, as the wording names it; the article knows no concessions."""

    WORKS = "works"
    SUPPLIES = "supplies"
    SERVICES = "services"


def cases_of(entries: Sequence[DirectoryEntry]) -> tuple[StatementCase, ...]:
    """Return the wordings that may be used for labels named together; none where one of them is no proof under article 54."""
    uses = {entry.use for entry in entries}
    if not uses or uses & {LabelUse.SELECTION, LabelUse.EVIDENCE}:
        return ()
    return (StatementCase.PART_ONLY,) if LabelUse.PART in uses else tuple(StatementCase)


def label_statement(
    entries: Sequence[DirectoryEntry],
    case: StatementCase,
    contract_object: StatementObject,
    language: Language,
    about: Sequence[Bilingual] = (),
) -> str:
    """Write the paragraph for labels of which one is enough.

    `about`: what the specifications taken over are about, needed for `part_only`; where there is none, the paragraph
    says in brackets that they are to be listed. Source of the wording: `law/statements.yaml`. Raises
    `NoLabelChosenError`, `NoStatementError` or `PartOnlyError` where the law knows no such statement.
    """
    _refuse(entries, case)
    words = _words()
    pattern: str = words[case]["one" if len(entries) == 1 else "several"][language]
    listed = "; ".join(text[language] for text in about) or words["to_list"][language]
    names = "; ".join(entry.label.name[language] for entry in entries)
    return pattern.format(labels=names, object=words["objects"][contract_object][language], about=listed)


def _refuse(entries: Sequence[DirectoryEntry], case: StatementCase) -> None:
    if not entries:
        raise NoLabelChosenError("No label is chosen: choose one or more from the directory.")
    for entry in entries:
        allowed = cases_of([entry])
        if not allowed:
            raise NoStatementError(
                f"{entry.id} is not required as a label under article 54: no statement is proposed. See its page."
            )
        if case not in allowed:
            raise PartOnlyError(
                f"{entry.id} may not be required whole: take over the specifications linked to the object (part_only)."
            )


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = strict_yaml.read(folder("clauses") / "law" / "statements.yaml")["label_paragraph"]
    return words
