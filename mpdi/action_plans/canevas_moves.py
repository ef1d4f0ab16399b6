"""A plan moves to a newer version of the canevas: whether there is one, what changes for it, what of it finds no place."""

from dataclasses import dataclass, replace

from mpdi.action_plans.core.canevas import Canevas
from mpdi.action_plans.core.canevas_changes import CanevasChange, canevas_changes
from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.plan import OWN
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.clause_library.core.model import VersionNumber


@dataclass(frozen=True)
class CanevasMove:
    """What moving to `new` means for a plan on `old`. `gone`: keys of its actions that find no place there."""

    old: Canevas
    new: Canevas
    changes: tuple[CanevasChange, ...]
    gone: tuple[str, ...]


def newer_canevas(profile: PlanProfile) -> Canevas | None:
    """Return the newest published canevas where it is newer than that of the plan."""
    newest = edition_canevas()
    is_newer = VersionNumber.parse(newest.version) > VersionNumber.parse(profile.canevas or newest.version)
    return newest if is_newer else None


def canevas_move(profile: PlanProfile, new: Canevas) -> CanevasMove:
    """Return what moving would mean."""
    old = edition_canevas(profile.canevas)
    gone = tuple(key for key in profile.actions if key not in new.action_keys and not key.startswith(f"{OWN}."))
    return CanevasMove(old, new, canevas_changes(old, new), gone)


def moved(profile: PlanProfile, move: CanevasMove) -> PlanProfile:
    """Return the profile on the new canevas; what finds no place there is left out, as the page says beforehand."""
    indicators = move.new.indicators
    resources = {each.key for each in move.new.resources}
    return replace(
        profile,
        canevas=move.new.version,
        actions={key: change for key, change in profile.actions.items() if key not in move.gone},
        objectives=tuple(each for each in profile.objectives if each.indicator in indicators),
        options=tuple(each for each in profile.options if each in move.new.options),
        resources={key: amount for key, amount in profile.resources.items() if key in resources},
    )
