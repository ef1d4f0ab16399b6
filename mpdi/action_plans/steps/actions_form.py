"""The actions of one element, or the authority's own: who, when, with what, how far; left out, and taken back in."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from mpdi.action_plans.core.actions import plan_actions
from mpdi.action_plans.core.canevas import CanevasAction
from mpdi.action_plans.core.plan import OWN, PlanAction
from mpdi.action_plans.core.profile import ActionChange, PlanProfile
from mpdi.action_plans.core.profile_reading import OWN_ACTION
from mpdi.action_plans.core.tables import said
from mpdi.action_plans.core.vocabulary import ActionState
from mpdi.action_plans.steps.step_form import ADD, StepContext, StepForm, Typed
from mpdi.action_plans.steps.typed import day_near, day_to_come, words
from mpdi.i18n import translate as _
from mpdi.specifications.typed_values import write_date

LEAVE, TAKE = "leave:", "take:"
"""Buttons: leave an action out, take it back in; the key follows."""
MOST_OWN = 60
LONGEST = {"what": 400, "owner": 120, "means": 400, "measure": 400, "baseline": 200, "target": 200, "comment": 500}
"""Characters of each text; bounds of ours."""
_OVER = (ActionState.DONE, ActionState.STOPPED)


@dataclass
class ActionsForm(StepForm):
    """One element. `keys`: the actions shown, in order; `left_out`: those that are not in the plan, to be taken back."""

    element: str = ""
    keys: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    planned: Mapping[str, PlanAction] = field(default_factory=dict)
    """Every action of the plan as it is stored."""

    @classmethod
    def stored(cls, context: StepContext, element: str) -> Self:
        """Return the form filled with what is stored; of the words of the canevas, those that count now."""
        form = cls._begun(context, element)
        texts: dict[str, str] = {}
        for key in form.keys:
            change = context.profile.actions.get(key, ActionChange())
            texts |= {f"{key}.{part}": form._usual(key, part) for part in ("what", "owner", "means", "measure")}
            texts |= {f"{key}.{part}": getattr(change, part) for part in LONGEST if getattr(change, part) is not None}
            texts[f"{key}.deadline"] = write_date(change.deadline) if change.deadline else ""
            texts[f"{key}.state"] = str(change.state or ActionState.PLANNED)
        return form._filled(texts)

    @classmethod
    def typed(cls, context: StepContext, element: str, typed: Typed, own: Iterable[str] = ()) -> Self:
        """Return the form as typed. `own`: the keys of the authority's own actions that the page held."""
        form = cls._begun(context, element)
        if element == OWN:
            sent = [key for key in dict.fromkeys(own) if is_own_key(key)][:MOST_OWN]
            form.keys = sent or form.keys
        pressed = typed.get("action", "")
        if pressed == ADD and element == OWN and len(form.keys) < MOST_OWN:
            form.keys.append(free_key([*form.keys, *context.profile.actions]))
        form.is_asking = pressed == ADD
        form._filled(typed)
        form._press(pressed)
        for key in form.keys:
            form._check(key)
        return form

    @classmethod
    def _begun(cls, context: StepContext, element: str) -> Self:
        planned = {each.key: each for each in plan_actions(context.profile, context.canevas)}
        keys = [key for key, each in planned.items() if each.element == element]
        if element == OWN and not keys:
            keys = [free_key(context.profile.actions)]
        out = [
            each.key for each in context.canevas.actions if each.element == element and is_out(each, context.profile)
        ]
        return cls(context, element=element, keys=keys, left_out=out, planned=planned)

    def _filled(self, texts: Typed) -> Self:
        for key in self.keys:
            about = self.title(key)
            labels = {
                "what": _("%(action)s: what is done", action=about),
                "owner": _("%(action)s: who is responsible", action=about),
                "deadline": _("%(action)s: deadline", action=about),
                "state": _("%(action)s: where it stands", action=about),
                "means": _("%(action)s: means", action=about),
                "measure": _("%(action)s: how it is measured", action=about),
                "baseline": _("%(action)s: today", action=about),
                "target": _("%(action)s: target", action=about),
                "comment": _("%(action)s: comment", action=about),
            }
            for part, label in labels.items():
                self.put(f"{key}.{part}", label, texts.get(f"{key}.{part}", ""))
        return self

    def title(self, key: str) -> str:
        """Return what an action is called beside its fields."""
        if key in self.planned:
            return _("Action %(number)s", number=self.planned[key].number)
        return _("New action")

    def _press(self, pressed: str) -> None:
        if pressed.startswith(LEAVE) and (key := pressed.removeprefix(LEAVE)) in self.keys:
            self.keys.remove(key)
            self.left_out.append(key)
            self.cells = {name: each for name, each in self.cells.items() if not name.startswith(f"{key}.")}
        if pressed.startswith(TAKE) and (key := pressed.removeprefix(TAKE)) in self.left_out:
            self.left_out.remove(key)

    def _check(self, key: str) -> None:
        if self.text(f"{key}.state") not in (*ActionState, ""):
            self.refuse(f"{key}.state", _("Choose where the action stands."))
        self._change(key)
        if not self._is_empty(key) and is_own_key(key):
            self._need(key, "what", _("Say in a sentence what is done."))
            self._need(key, "owner", _("Name the function that is responsible, not a person."))
            self._need(key, "deadline", _("Write by which day, as day/month/year."))

    def _need(self, key: str, part: str, why: str) -> None:
        if not self.text(f"{key}.{part}"):
            self.refuse(f"{key}.{part}", why)

    def _is_empty(self, key: str) -> bool:
        return not any(self.text(f"{key}.{part}") for part in (*LONGEST, "deadline"))

    def _usual(self, key: str, part: str) -> str:
        """What the canevas says of an action, in the language of the plan; nothing of one that is the authority's own."""
        action = next((each for each in self.context.canevas.actions if each.key == key), None)
        if action is None or part not in ("what", "owner", "means", "measure"):
            return ""
        text = self.context.canevas.functions[action.owner] if part == "owner" else getattr(action, part)
        return said(text, self.context.profile)

    def _change(self, key: str) -> ActionChange:
        """Return what differs from the canevas; a field left empty is as the canevas has it."""
        texts = {part: self._words(key, part) for part in LONGEST}
        state = self.text(f"{key}.state")
        kept: dict[str, Any] = {part: text for part, text in texts.items() if text and text != self._usual(key, part)}
        return ActionChange(
            deadline=self.read(f"{key}.deadline", lambda text: self._day(text, key)),
            state=ActionState(state) if state in list(ActionState) and state != ActionState.PLANNED else None,
            **kept,
        )

    def _words(self, key: str, part: str) -> str | None:
        return self.read(f"{key}.{part}", lambda text: words(text, LONGEST[part]))

    def _day(self, text: str, key: str) -> datetime.date:
        """A day may be past where the action is over, or where it was stored when it was still to come."""
        if self.text(f"{key}.state") in list(_OVER):
            return day_near(text, self.context.today)
        return day_to_come(text, self.context.today, self.context.profile.actions.get(key, ActionChange()).deadline)

    def changed(self) -> PlanProfile:
        """Return the profile with these actions; what is as the canevas has it is not written down."""
        actions = dict(self.context.profile.actions)
        for key in self.keys:
            actions[key] = self._change(key)
        mine = [each.key for each in self.context.canevas.actions if each.element == self.element]
        for key in mine:
            base = actions.get(key, ActionChange())
            if base.left_out != (key in self.left_out):
                actions[key] = replace(base, left_out=key in self.left_out)
        if self.element == OWN:
            wanted = [key for key in self.keys if not self._is_empty(key)]
            actions = {key: each for key, each in actions.items() if not is_own_key(key) or key in wanted}
        kept = {key: each for key, each in actions.items() if each != ActionChange()}
        return replace(self.context.profile, actions=kept)


def is_own_key(key: str) -> bool:
    """Whether a key is that of an action of the authority's own."""
    return OWN_ACTION.fullmatch(key) is not None


def free_key(taken: Iterable[str]) -> str:
    """Return the first free key of an action of one's own."""
    used, number = set(taken), 1
    while (key := f"{OWN}.{number}") in used:
        number += 1
    return key


def is_out(action: CanevasAction, profile: PlanProfile) -> bool:
    """Whether the authority left an action out; one of an option that is not taken was never in."""
    change = profile.actions.get(action.key)
    return change is not None and change.left_out and (action.option is None or action.option in profile.options)
