"""The checklist of the tender that clause SME-GEN-014 promises: what the annexes, the clauses and the criteria ask for."""

from collections.abc import Iterator, Mapping

from mpdi.documents.model import Content, Inline, Link, Run, content
from mpdi.specifications.award import weighted_criteria
from mpdi.specifications.context import Context
from mpdi.specifications.handed_over import is_in_form, is_on_request_of_tenderer, tendered
from mpdi.specifications.skeleton import read_document_data
from mpdi.specifications.words import phrase

Row = tuple[Content, ...]
_FORMS = ("offer_form", "price_inventory", "declarations", "subcontractors")
_TENDER_FORM, _AWARD = "tender_form", "award"


def checklist_rows(context: Context) -> list[Row]:
    """Return a row for each document: what it is, who asks for it, where its model stands, when it is handed over.

    A document that several clauses ask for, at the same moment, is one row; what comes with the tender stands first.
    """
    with_tender, on_request = (list(_of_clauses(context, on_request=each)) for each in (False, True))
    return [*_forms(context), *with_tender, *_of_criteria(context), *on_request]


def _forms(context: Context) -> Iterator[Row]:
    chapter = content(Link(phrase("tender_chapter", context.language), _TENDER_FORM))
    moment = content(phrase("with_the_tender", context.language))
    annexes: Mapping[str, Mapping[str, Mapping[str, str]]] = dict(context.annexes.annexes)
    for name in _FORMS:
        if name in annexes:
            yield content(annexes[name]["heading"][context.language]), chapter, _annex(name, context), moment
    yield content(phrase("power_to_sign", context.language)), chapter, content(""), moment


def _of_clauses(context: Context, *, on_request: bool) -> Iterator[Row]:
    """Rows of the clauses, gathered by what is the same in both languages, so that both have the same rows."""
    holds = context.evaluator.holds
    askers: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for clause in context.selection.chosen:
        for each in tendered(clause, holds):
            if is_on_request_of_tenderer(clause, each.name, holds) is on_request:
                askers.setdefault((each.title.fr, each.title.nl), []).append((clause.id, each.name))
    moment = phrase("on_request" if on_request else "with_the_tender", context.language)
    for (fr, nl), asked in askers.items():
        model = next(filter(None, (_model(*each, context) for each in asked)), content(""))
        yield content(fr if context.language == "fr" else nl), _links(asked), model, content(moment)


def _of_criteria(context: Context) -> Iterator[Row]:
    for item in weighted_criteria(context.purchase, context.selection.chosen):
        if item.is_own:
            words = phrase("proof_of_criterion", context.language, criterion=item.name)
            asker = content(Link(phrase("table_award_criteria", context.language), _AWARD))
            yield content(words), asker, content(""), content(phrase("with_the_tender", context.language))


def _links(asked: list[tuple[str, str]]) -> Content:
    parts: list[Inline] = []
    for identifier in dict.fromkeys(clause_id for clause_id, _name in asked):
        parts += [Run(", ")] if parts else []
        parts.append(Link(identifier, identifier))
    return tuple(parts)


def _model(clause_id: str, name: str, context: Context) -> Content | None:
    model = read_document_data("models").get(clause_id, {}).get(name, {})
    pointed = "offer_form" if is_in_form(clause_id, name) else model.get("annex")
    if pointed:
        return _annex(pointed, context)
    number = context.annex_numbers.get((clause_id, name))
    words = phrase("annex_number", context.language, number=number) if number else ""
    return content(Link(words, f"model_{clause_id}_{name}")) if number else None


def _annex(name: str, context: Context) -> Content:
    number = context.annexes.letter(name)
    words = phrase("annex_number", context.language, number=number)
    return content(Link(words, f"annex_{name}")) if number else content("")
