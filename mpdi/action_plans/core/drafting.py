"""A profile and a canevas become a plan."""

from collections.abc import Iterator

from mpdi.action_plans.core.actions import plan_actions
from mpdi.action_plans.core.agenda import plan_calendar
from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.canevas_reading import digest_of
from mpdi.action_plans.core.conditions import holds
from mpdi.action_plans.core.objectives import category_parts
from mpdi.action_plans.core.plan import (
    ActionPlanDocument,
    Assessed,
    ElementPart,
    Obligation,
    OptionPart,
    PlanAction,
)
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.profile_writing import profile_data
from mpdi.action_plans.core.spending import spending_view
from mpdi.clause_library.core.law_numbers import LawNumberNotInForceError
from mpdi.clause_library.core.law_register import number_keys, with_numbers
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import LANGUAGES, Certainty


def draft_plan(profile: PlanProfile, canevas: Canevas, library: ClauseLibrary) -> ActionPlanDocument:
    """Return the plan of a profile: the same profile, canevas and library give the same plan."""
    actions = plan_actions(profile, canevas)
    categories = category_parts(profile, canevas, library, profile.day)
    objectives = [each for part in categories for each in part.objectives]
    return ActionPlanDocument(
        profile=profile,
        profile_digest=digest_of(profile_data(profile)),
        canevas=canevas,
        spending=spending_view(profile.spending, library, profile.day),
        assessment=tuple(Assessed(theme, profile.self_assessment.get(theme.key)) for theme in canevas.themes),
        categories=categories,
        obligations=tuple(_obligations(profile, canevas, library)),
        options=tuple(_options(profile, canevas, actions)),
        elements=tuple(_elements(profile, canevas, actions)),
        actions=actions,
        calendar=plan_calendar(profile, canevas, actions, objectives),
        clause_count=len(library.all_in_force(profile.day)),
    )


def _obligations(profile: PlanProfile, canevas: Canevas, library: ClauseLibrary) -> Iterator[Obligation]:
    """What the law asks, but where the profile says that it does not concern it.

    An article that nobody read is general knowledge, and so is a number that no source gives for the day of the draft.
    """
    reference = library.reference
    for each in canevas.obligations:
        if holds(each.when, profile) is False:
            continue
        act = reference.instruments[each.act]
        has_number = each.article[:1].isdigit()
        source = Bilingual(
            f"{act.short.fr}, art. {each.article}" if has_number else act.short.fr,
            f"{act.short.nl}, art. {each.article}" if has_number else act.short.nl,
        )
        certainty = act.articles.get(each.article, Certainty.GENERAL_KNOWLEDGE)
        try:
            fr, nl = (with_numbers(each.text, language, reference.numbers, profile.day) for language in LANGUAGES)
        except LawNumberNotInForceError:
            fr, nl = (_without_numbers(each.text[language]) for language in LANGUAGES)
            certainty = Certainty.GENERAL_KNOWLEDGE
        yield Obligation(each.key, Bilingual(fr, nl), source, certainty)


def _without_numbers(text: str) -> str:
    """Leave the places of numbers open: none is known on the day of the draft."""
    for key in number_keys(text):
        text = text.replace("{{" + key + "}}", "[…]")
    return text


def _options(profile: PlanProfile, canevas: Canevas, actions: tuple[PlanAction, ...]) -> Iterator[OptionPart]:
    for key, text in canevas.options.items():
        own = tuple(action for action in actions if action.option is key)
        yield OptionPart(text, key in profile.options, holds(text.suits, profile), own)


def _elements(profile: PlanProfile, canevas: Canevas, actions: tuple[PlanAction, ...]) -> Iterator[ElementPart]:
    for element in canevas.elements:
        adapted = tuple(each.text for each in element.adapts if holds(each.when, profile))
        own = tuple(action for action in actions if action.element == element.key and action.option is None)
        yield ElementPart(element, adapted, own)
