"""Texts of the buyer that a document in two languages has in one only: printed in both columns, and listed as to complete."""

from collections.abc import Sequence

from mpdi.clause_library.core.answers import CLAUSE_ID
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.two_languages import stated_texts
from mpdi.specifications.context import Context
from mpdi.specifications.words import phrase


def one_language_texts(purchase: Purchase, chosen: Sequence[ClauseVersion]) -> list[str]:
    """Return the places of the texts printed that were given in one language."""
    clauses = {clause.id: clause for clause in chosen}
    return [
        place
        for place, text in stated_texts(purchase)
        if place not in purchase.texts and _is_words(place, text, clauses)
    ]


def _is_words(place: str, text: str, clauses: dict[str, ClauseVersion]) -> bool:
    kind, _, rest = place.partition(".")
    if kind == "award" and rest.endswith(".criterion"):
        return text != "price" and not CLAUSE_ID.fullmatch(text)
    if kind != "parameters":
        return True
    identifier, _, key = rest.partition(".")
    parameter = clauses[identifier].parameters.get(key) if identifier in clauses else None
    return parameter is not None and parameter.type == "text" and any(letter.isalpha() for letter in text)


def note_one_language(context: Context, places: Sequence[str]) -> None:
    """List these texts as to complete in the other language."""
    clauses = {clause.id: clause for clause in context.selection.chosen}
    for place in places:
        words, where, target = _named(place, context, clauses)
        context.need(phrase("one_language", context.language, what=words), where, target)


def _named(place: str, context: Context, clauses: dict[str, ClauseVersion]) -> tuple[str, str, str]:
    """What the text is, where it stands, and the target of a link to it."""
    kind, *rest = place.split(".")
    language, purchase = context.language, context.purchase
    match kind:
        case "parameters":
            clause = clauses[rest[0]]
            label = clause.parameters[rest[1]].label[language]
            return label, f"{clause.id} – {clause.title[language]}", clause.id
        case "lots_detail":
            lot = f"{phrase('head_lot', language)} {int(rest[0]) + 1}"
            return f"{phrase('head_lot_title', language)} ({lot})", phrase("table_lots", language), ""
        case "award":
            name = purchase.award[int(rest[0])].criterion
            words = phrase("head_criterion" if rest[1] == "criterion" else f"{rest[1]}_short", language)
            return (
                f"{words} « {name} »" if language == "fr" else f"{words} „{name}”",
                phrase("table_award_criteria", language),
                "",
            )
        case "authority":
            return phrase("fact_authority_name", language), phrase("title_page", language), ""
    return phrase(f"fact_{kind}", language), phrase("title_page", language), ""
