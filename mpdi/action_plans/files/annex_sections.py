"""Annexes: how the plan was made and how sure it is, and the draft of the decision that adopts it."""

from collections.abc import Iterator

from mpdi.action_plans.core.plan import Obligation
from mpdi.action_plans.files.voice import Row, Voice
from mpdi.clause_library.core.vocabulary import AuthorityType
from mpdi.documents.model import (
    Block,
    Bullets,
    Callout,
    CalloutKind,
    Emphasis,
    NumberedItems,
    Paragraph,
    Run,
    Section,
    content,
)

_CITED = ("dashboard", "social", "lots_reason", "social_law", "clean_vehicles", "social_circular")
"""Obligations that the draft of the decision recalls."""


def annexes(voice: Voice) -> Iterator[Section]:
    """Yield how it was made and, while the organ has still to decide, the draft of its decision."""
    yield Section(voice.word("method"), 1, tuple(_method(voice)), id="method", is_annex=True, starts_page=True)
    if voice.plan.is_draft:
        decision = tuple(_decision(voice))
        yield Section(voice.word("decision"), 1, decision, id="decision", is_annex=True, starts_page=True)


def _method(voice: Voice) -> Iterator[Block]:
    keys = (
        "method_profile",
        "method_spending",
        "method_reach",
        "method_targets",
        "method_delays",
        "method_working_days",
        "method_law",
        "method_strategy",
    )
    yield Bullets(tuple(content(voice.word(key)) for key in keys))
    plan = voice.plan
    rows: list[Row] = [
        (content(voice.word("made_on")), content(voice.day(plan.profile.day))),
        (content(voice.word("fact_canevas")), content(plan.canevas.version)),
        (content(voice.word("canevas_digest")), content(plan.canevas.digest)),
        (content(voice.word("profile_digest")), content(plan.profile_digest)),
        (content(voice.word("clauses_in_force")), content(voice.number(plan.clause_count))),
        (content(voice.word("legal_review")), content(voice.word(f"review_{plan.canevas.legal_review}"))),
    ]
    yield voice.table("made_of", ("what", "value"), rows, (35, 65))


def _decision(voice: Voice) -> Iterator[Block]:
    plan = voice.plan
    yield Callout(
        voice.word("decision_warning_title"), (content(voice.word("decision_warning")),), CalloutKind.TO_COMPLETE
    )
    name = voice.of(plan.profile.authority.name)
    title = "decision_title" if plan.decided is None else "decision_title_changing"
    yield Paragraph((Run(voice.word(title, name=name), Emphasis.BOLD),))
    yield Paragraph((Run(voice.word("decision_organ"), Emphasis.HIGHLIGHT),))
    yield Paragraph((Run(voice.word("decision_having_regard"), Emphasis.BOLD),))
    cited = [each for each in plan.obligations if each.key in _CITED]
    competence = (Run(voice.word("decision_competence"), Emphasis.HIGHLIGHT),)
    yield Bullets((competence, *(_cited(voice, each) for each in cited)))
    yield Paragraph((Run(voice.word("decision_considering"), Emphasis.BOLD),))
    yield Bullets(tuple(content(each) for each in _reasons(voice)))
    yield Paragraph((Run(voice.word("decision_decides"), Emphasis.BOLD),))
    yield NumberedItems(tuple(content(each) for each in _articles(voice)))
    yield Paragraph((Run(voice.word("decision_signature"), Emphasis.HIGHLIGHT),))


def _cited(voice: Voice, obligation: Obligation) -> tuple[Run, ...]:
    certainty = voice.word(f"certainty_{obligation.certainty}")
    return Run(voice.word("decision_regard", source=voice.of(obligation.source))), Run(
        f" [{certainty}]", Emphasis.MUTED
    )


def _reasons(voice: Voice) -> Iterator[str]:
    plan = voice.plan
    is_regional = plan.profile.authority.type in (AuthorityType.LOCAL, AuthorityType.REGIONAL)
    yield voice.word("decision_strategy" if is_regional else "decision_strategy_other")
    if plan.spending.rows:
        yield voice.word("decision_spending", amount=voice.money(plan.spending.total))
    if plan.is_answered:
        yield voice.word("decision_assessed")


def _articles(voice: Voice) -> Iterator[str]:
    plan = voice.plan
    period = plan.profile.period
    first, last = voice.day(period.first), voice.day(period.last)
    if plan.decided is None:
        yield voice.word("decision_adopts", first=first, last=last)
        yield voice.word("decision_coordinator")
    else:
        day, number = voice.day(plan.decided.day), plan.decided.number
        yield voice.word("decision_changes", first=first, last=last, day=day, number=number)
    if plan.open_objectives:
        yield voice.word("decision_open", open=plan.open_objectives)
    yield voice.word("decision_report")
    yield voice.word("decision_review")
    yield voice.word("decision_sent")
