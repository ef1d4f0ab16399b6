"""Notices made of a few texts, for tests."""

from collections.abc import Iterable, Mapping

from tender_parsers.notice import Notice, Text

ELEMENTS = {
    "subject": "ProcurementProject/Description",
    "award": "TenderingTerms/AwardingTerms/AwardingCriterion/SubordinateAwardingCriterion/Description",
    "selection": "TenderingTerms/SelectionCriteria/Description",
    "performance": "TenderingTerms/ContractExecutionRequirement/Description",
    "other": "ProcurementProject/Note",
}
"""An element of eForms for each place that a rule may name."""


def notice_of(texts: Iterable[Mapping[str, str]]) -> Notice:
    """A notice of texts, each with `place`, `language` and `text`."""
    return Notice(
        format="eforms",
        texts=tuple(Text(each["text"], each["language"], ELEMENTS[each["place"]]) for each in texts),
    )


def said(text: str, place: str = "subject", language: str = "fr") -> Notice:
    """A notice of one text."""
    return notice_of([{"text": text, "place": place, "language": language}])
