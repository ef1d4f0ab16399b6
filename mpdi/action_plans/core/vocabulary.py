"""The closed lists of a plan."""

from enum import StrEnum


class PlanOption(StrEnum):
    """What part 2 may hold."""

    LIFE_CYCLE_COST = "life_cycle_cost"
    PILOTS = "pilots"
    CENTRAL_PURCHASING = "central_purchasing"
    MARKET_ENGAGEMENT = "market_engagement"
    COORDINATION_LOT = "coordination_lot"


class AssessedTheme(StrEnum):
    """What the self-assessment asks about, each answered with a level from 0 to 4."""

    POLICY = "policy"
    PEOPLE = "people"
    PROCESS = "process"
    MARKET_DIALOGUE = "market_dialogue"
    CLAUSES = "clauses"
    FOLLOW_UP = "follow_up"


HIGHEST_LEVEL = 4


class ActionState(StrEnum):
    """Where an action stands."""

    PLANNED = "planned"
    STARTED = "started"
    DONE = "done"
    STOPPED = "stopped"


class Unit(StrEnum):
    """Of what kind the figures of an indicator are."""

    SHARE = "share"
    """From 0 to 1."""
    PERCENT = "percent"
    """From 0 to 100."""
    MEAN = "mean"
    COUNT = "count"


class VersionKind(StrEnum):
    """Why an organ decided on a plan."""

    ADOPTION = "adoption"
    """For the first time."""
    AMENDMENT = "amendment"
    """Something of it was changed while it runs."""
    REVIEW = "review"
    """It was looked at as a whole, every two years at the latest."""


class PlanStep(StrEnum):
    """The steps in which a plan is drafted, in their order."""

    AUTHORITY = "authority"
    BUYING = "buying"
    ASSESSMENT = "assessment"
    OBJECTIVES = "objectives"
    ACTIONS = "actions"
    OPTIONS = "options"
    PURCHASES = "purchases"
    RESOURCES = "resources"


class StepState(StrEnum):
    """How far a step is."""

    OPEN = "open"
    BEGUN = "begun"
    DONE = "done"
