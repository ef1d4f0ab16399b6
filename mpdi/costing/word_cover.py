"""What a report comes to, for its cover: who is first, on which day; and what is said before what would change it."""

import datetime

from mpdi.clause_library.core.rendering import NBSP
from mpdi.costing.evaluation import Evaluation
from mpdi.costing.numbers import money
from mpdi.costing.result_book_words import words_in
from mpdi.costing.typography import set_in
from mpdi.costing.word_values import Language, winners
from mpdi.documents.model import Block, Paragraph, ParagraphKind, content
from mpdi.lcc.model import Result


def verdict(evaluation: Evaluation | None, result: Result, language: Language) -> tuple[str, ...]:
    """The sentences of the cover: that the ranking is incomplete, who is first by the published rule, who is cheapest."""
    before = () if evaluation is None else (evaluation.incomplete(language), _by_rule(evaluation, result, language))
    return (*filter(None, before), winners(result, language))


def _by_rule(held: Evaluation, result: Result, language: Language) -> str:
    """Who is first by the published rule; empty where there is none, or where it is whoever is cheapest over the life."""
    first = [each for each in held.awarded if each.place == 1]
    lowest = min((each.compared for each in held.awarded), default=None)
    cheapest = [each for each in held.awarded if each.compared == lowest]
    if len(held.awarded) < 2 or (first == cheapest and not held.is_quality):
        return ""
    words, currency = words_in(language), result.conventions.currency
    said = ", ".join(
        words("offer_at").format(offer=each.name, amount=f"{money(each.compared, language)}{NBSP}{currency}")
        for each in first
    )
    return set_in(words("first_by_comparison" if held.is_quality else "first_by_rule").format(first=said), language)


def frozen_fact(
    evaluation: Evaluation | None, day: datetime.date | None, language: Language
) -> tuple[tuple[str, str], ...]:
    """The day of the parameters, for the cover of a report that bears the day of its evaluation."""
    if evaluation is None or evaluation.evaluated_on is None or day is None:
        return ()
    return ((words_in(language)("frozen_on"), f"{day:%d/%m/%Y}"),)


def changes_lead(evaluation: Evaluation | None, winner: str, language: Language) -> tuple[str, tuple[Block, ...]]:
    """Heading and first words of what would change the winner; with quality in euros they say that it is of cost alone."""
    words = words_in(language)
    is_quality = evaluation is not None and evaluation.is_quality
    alone = [Paragraph(content(set_in(words("by_cost_alone").format(winner=winner), language)))] if is_quality else []
    lead = Paragraph(content(words("one_at_a_time")), ParagraphKind.KEPT)
    return words("what_changes_cost" if is_quality else "what_changes"), (*alone, lead)
