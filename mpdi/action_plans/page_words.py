"""The words of a plan's pages: steps, what was changed, what is open, kinds of decisions."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from mpdi.action_plans.core.completeness import OpenKind, OpenPoint
from mpdi.action_plans.core.vocabulary import PlanStep, StepState, VersionKind
from mpdi.clause_library.core.vocabulary import AuthorityType

_STEPS = {
    PlanStep.AUTHORITY: _l("Authority and period"),
    PlanStep.BUYING: _l("What you buy"),
    PlanStep.ASSESSMENT: _l("Where you stand"),
    PlanStep.OBJECTIVES: _l("Objectives"),
    PlanStep.ACTIONS: _l("Actions"),
    PlanStep.OPTIONS: _l("Options"),
    PlanStep.PURCHASES: _l("Contracts to come"),
    PlanStep.RESOURCES: _l("Means of the plan"),
}
_ABOUT = {
    PlanStep.AUTHORITY: _l("who adopts the plan, for how long, in which language"),
    PlanStep.BUYING: _l("rounded yearly amounts by market category"),
    PlanStep.ASSESSMENT: _l("six themes, ten minutes, two people"),
    PlanStep.OBJECTIVES: _l("what you want to reach by category; every target is yours"),
    PlanStep.ACTIONS: _l("who does what by when; all are there from the start"),
    PlanStep.OPTIONS: _l("what suits you beyond the base: pilots, central purchasing, lots"),
    PlanStep.PURCHASES: _l("so that each is prepared in time"),
    PlanStep.RESOURCES: _l("days and money that the plan needs"),
}
_STATES = {StepState.OPEN: _l("open"), StepState.BEGUN: _l("begun"), StepState.DONE: _l("done")}
_CHANGES = {
    "begin": _l("the beginning"),
    "workbook": _l("the workbook"),
    "canevas": _l("the move to another canevas"),
    "import": _l("the import of spending"),
    "progress": _l("the figures noted by hand"),
    "progress:figure": _l("the figures noted by hand"),
    "progress:figure_removed": _l("the figures noted by hand"),
    "progress:states": _l("Actions"),
}
_KINDS = {
    VersionKind.ADOPTION: _l("Adoption"),
    VersionKind.AMENDMENT: _l("Amendment"),
    VersionKind.REVIEW: _l("Review"),
}
_TYPES = {
    AuthorityType.LOCAL: _l("local: commune, CPAS, inter-municipal body, hospital of a commune"),
    AuthorityType.REGIONAL: _l("regional"),
    AuthorityType.FEDERAL: _l("federal"),
    AuthorityType.OTHER: _l("other"),
}


def step_label(step: str) -> str:
    """Return what a step is called."""
    return str(_STEPS[PlanStep(step)])


def step_about(step: str) -> str:
    """Return in one line what a step asks."""
    return str(_ABOUT[PlanStep(step)])


def state_label(state: StepState) -> str:
    """Return how far a step is, in a word."""
    return str(_STATES[state])


def kind_label(kind: VersionKind) -> str:
    """Return what a kind of decision is called."""
    return str(_KINDS[kind])


def type_label(kind: AuthorityType) -> str:
    """Return what a type of authority is called."""
    return str(_TYPES[kind])


def change_label(what: str) -> str:
    """Return in words what a revision changed: a step, the workbook, a merger."""
    if what in list(PlanStep):
        return step_label(what)
    if what.startswith("merge:"):
        return str(_("the merger of two plans"))
    return str(_CHANGES.get(what, what))


def point_words(point: OpenPoint) -> str:
    """Return in a sentence what is open."""
    count, of = len(point.keys), point.of
    match point.kind:
        case OpenKind.PERIOD_OVER:
            return str(_("The period of the plan is over: give one to come."))
        case OpenKind.NOTHING_BOUGHT:
            return str(_("Nothing says what you buy: write rounded yearly amounts, or contracts to come."))
        case OpenKind.NOT_ASSESSED:
            return str(_("The self-assessment is not answered: without it nobody sees where the plan begins."))
        case OpenKind.ASSESSED_IN_PART:
            return str(_("%(count)s of %(of)s themes of the self-assessment are not answered.", count=count, of=of))
        case OpenKind.TARGETS_OPEN:
            return str(_("%(count)s of %(of)s objectives have no target or no day.", count=count, of=of))
        case OpenKind.NO_OPTION:
            return str(_("No option is chosen: none is compulsory."))
        case OpenKind.NO_PURCHASE:
            return str(_("No contract to come is named: the calendar holds actions only."))
        case OpenKind.MEANS_OPEN:
            return str(_("%(count)s of %(of)s means have no figure.", count=count, of=of))
    return _of_days(point.kind, count)


def _of_days(kind: OpenKind, count: int) -> str:
    match kind:
        case OpenKind.OBJECTIVE_OUTSIDE:
            words = ngettext(
                "The day of %(num)s objective is not in the period.",
                "The days of %(num)s objectives are not in the period.",
                count,
            )
        case OpenKind.OBJECTIVE_PAST:
            words = ngettext("The day of %(num)s objective is past.", "The days of %(num)s objectives are past.", count)
        case OpenKind.ACTION_PAST:
            words = ngettext(
                "The deadline of %(num)s action is past: move it, or say that the action is done.",
                "The deadlines of %(num)s actions are past: move them, or say that the actions are done.",
                count,
            )
        case _:
            words = ngettext(
                "%(num)s contract to come has a day of publication that is past.",
                "%(num)s contracts to come have a day of publication that is past.",
                count,
            )
    return str(words)
