"""Who adopts the plan, for how long, in which language."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Self

from mpdi.accounts.authorities import ContractingAuthority, register
from mpdi.action_plans.core.profile import PLAN_LANGUAGES, Authority, Period, PlanProfile
from mpdi.action_plans.steps.step_form import StepContext, StepForm, Typed
from mpdi.action_plans.steps.typed import day_near, words
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import AuthorityType
from mpdi.i18n import translate as _
from mpdi.specifications.typed_values import write_date

LONGEST_NAME = 200
_LONGEST_DAYS = 3_700
"""A plan is revised every two years; more than ten is a slip. A bound of ours, that of a profile."""
NOT_IN_REGISTER = "none"
_CELLS = ("name_fr", "name_nl", "type", "register", "first", "last", "language")


class AuthorityForm(StepForm):
    """Name, type, period and language of a plan."""

    @classmethod
    def stored(cls, context: StepContext) -> Self:
        """Return the form filled with what is stored."""
        profile = context.profile
        name, period = profile.authority.name, profile.period
        return cls(context)._filled(
            {
                "name_fr": name.fr,
                "name_nl": name.nl if name.nl != name.fr else "",
                "type": str(profile.authority.type),
                "register": profile.authority.id,
                "first": write_date(period.first),
                "last": write_date(period.last),
                "language": profile.language,
            }
        )

    @classmethod
    def typed(cls, context: StepContext, typed: Typed) -> Self:
        """Return the form filled with what was typed, everything wrong noted beside it."""
        form = cls(context)._filled({each: typed.get(each, "") for each in _CELLS})
        if form.is_renamed and form.text("register") == context.profile.authority.id:
            form["register"].text = ""
        form._check()
        return form

    def _filled(self, texts: Typed) -> Self:
        labels = {
            "name_fr": _("Name, in French"),
            "name_nl": _("Name, in Dutch"),
            "type": _("Type of authority"),
            "register": _("In the register of authorities"),
            "first": _("First day of the plan"),
            "last": _("Last day of the plan"),
            "language": _("Language of the documents"),
        }
        for name, label in labels.items():
            self.put(name, label, texts[name])
        return self

    @property
    def is_renamed(self) -> bool:
        """Whether the name is another than the one that is stored: the register is asked anew."""
        stored = self.context.profile.authority.name
        return not {self.text("name_fr"), self.text("name_nl")} <= {stored.fr, stored.nl, ""}

    def _check(self) -> None:
        for name in ("name_fr", "name_nl"):
            self.read(name, lambda text: words(text, LONGEST_NAME))
        if not self.text("name_fr") and not self.text("name_nl"):
            self.refuse("name_fr", _("Write the name of the authority, in one language at least."))
        elif self.is_renamed and self.alike and self.text("register") != NOT_IN_REGISTER:
            self.refuse("register", _("The register holds names like this one: choose yours, or “none of these”."))
        if self.text("type") not in list(AuthorityType):
            self.refuse("type", _("Choose what the authority is."))
        if self.text("language") not in PLAN_LANGUAGES:
            self.refuse("language", _("Choose in which language the documents are written."))
        self._check_period()

    def _check_period(self) -> None:
        first, last = self._day("first"), self._day("last")
        for name, found in (("first", first), ("last", last)):
            if found is None and not self[name].error:
                self.refuse(name, _("Write the day as day/month/year."))
        if first is None or last is None:
            return
        stored = self.context.profile.period
        if last <= first:
            self.refuse("last", _("The plan would end before it begins. Check both days."))
        elif last <= self.context.today and last != stored.last:
            self.refuse("last", _("%(day)s is past. Give a day to come.", day=write_date(last)))
        elif (last - first).days > _LONGEST_DAYS:
            self.refuse("last", _("This is longer than ten years: a plan is revised every two years."))
        else:
            self._check_objectives(first, last)

    def _check_objectives(self, first: datetime.date, last: datetime.date) -> None:
        """Objectives that were within the period must stay in it."""
        days = [each.by for each in self.context.profile.objectives if each.by is not None]
        late, early = [day for day in days if day > last], [day for day in days if day < first]
        if late:
            latest = write_date(max(late))
            self.refuse(
                "last", _("An objective is due on %(day)s, after this day. Change it first, or end later.", day=latest)
            )
        if early:
            earliest = write_date(min(early))
            self.refuse(
                "first",
                _("An objective is due on %(day)s, before this day. Change it first, or begin earlier.", day=earliest),
            )

    def _day(self, name: str) -> datetime.date | None:
        return self.read(name, lambda text: day_near(text, self.context.today))

    @property
    def recognised(self) -> ContractingAuthority | None:
        """The authority of the register that was chosen, or that bears exactly the name."""
        chosen = self.text("register")
        if chosen == NOT_IN_REGISTER:
            return None
        found = (register().named(self.text(name)) for name in ("name_fr", "name_nl") if self.text(name))
        return register().get(chosen) or next((each for each in found if each is not None), None)

    @property
    def alike(self) -> Sequence[ContractingAuthority]:
        """Authorities of the register whose names resemble what was typed; none where one is recognised."""
        if self.recognised is not None:
            return ()
        names = (self.text("name_fr"), self.text("name_nl"))
        found = [each for name in names if name for each in register().search(name, 5)]
        return list({each.id: each for each in found}.values())

    def changed(self) -> PlanProfile:
        """Return the profile with what this step says; one name stands in both languages."""
        french, dutch = (words(self.text(name), LONGEST_NAME) for name in ("name_fr", "name_nl"))
        first, last = self._day("first"), self._day("last")
        period = self.context.profile.period
        found = self.recognised
        language = next(each for each in PLAN_LANGUAGES if each == self.text("language"))
        return replace(
            self.context.profile,
            authority=Authority(
                Bilingual(french or dutch, dutch or french),
                AuthorityType(self.text("type")),
                found.id if found else "",
            ),
            period=Period(first or period.first, last or period.last),
            language=language,
        )
