"""The form a plan begins with: whose it is, for how long, in which language. The register of authorities helps."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self, TypeVar

from mpdi.accounts.authorities import ContractingAuthority, register
from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.profile import PLAN_LANGUAGES, Authority, Period, PlanLanguage, PlanProfile
from mpdi.action_plans.steps.typed import TypedValueError, day_near, words
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import AuthorityType
from mpdi.i18n import translate as _
from mpdi.specifications.typed_values import write_date

Read = TypeVar("Read")
LONGEST_NAME = 200
NOT_IN_REGISTER = "none"
_MOST_DAYS = 3_700
_USUAL_YEARS = 3
"""Full calendar years that a plan is proposed for: the strategy asks for a review every two; a default of ours."""
_PARTS = ("name", "register", "type", "first", "last", "language")


@dataclass
class NewPlanForm:
    """What was typed and what is wrong with it, by field."""

    today: datetime.date
    typed: Mapping[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def empty(cls, today: datetime.date, language: str) -> Self:
        """Return the form with the usual period: the next full calendar years."""
        first = datetime.date(today.year + 1, 1, 1)
        last = datetime.date(today.year + _USUAL_YEARS, 12, 31)
        spoken = "nl" if language == "nl" else "fr"
        return cls(today, {"first": write_date(first), "last": write_date(last), "language": spoken})

    @classmethod
    def sent(cls, today: datetime.date, typed: Mapping[str, str]) -> Self:
        """Return the form as it was sent, checked."""
        form = cls(today, {each: typed.get(each, "").strip() for each in _PARTS})
        form._check()
        return form

    def text(self, name: str) -> str:
        """Return what stands in a field."""
        return self.typed.get(name, "")

    @property
    def recognised(self) -> ContractingAuthority | None:
        """The authority of the register that was chosen, or that bears exactly the name."""
        chosen = self.text("register")
        if chosen == NOT_IN_REGISTER:
            return None
        return register().get(chosen) or register().named(self.text("name"))

    @property
    def alike(self) -> Sequence[ContractingAuthority]:
        """Authorities of the register whose names begin as what was typed; none where one is recognised."""
        return () if self.recognised is not None else register().search(self.text("name"), 6)

    @property
    def is_valid(self) -> bool:
        """Whether a plan can begin."""
        return not self.errors

    def _check(self) -> None:
        self._read("name", lambda text: words(text, LONGEST_NAME))
        if not self.text("name"):
            self.errors["name"] = _("Write the name of your authority.")
        elif "name" not in self.errors and self.alike and self.text("register") != NOT_IN_REGISTER:
            self.errors["register"] = _("The register holds names like this one: choose yours, or “none of these”.")
        if self.recognised is None and self.text("type") not in list(AuthorityType):
            self.errors["type"] = _("Choose what your authority is.")
        if self.text("language") not in PLAN_LANGUAGES:
            self.errors["language"] = _("Choose the language of the documents.")
        self._check_period()

    def _check_period(self) -> None:
        first, last = self._day("first"), self._day("last")
        for name, day in (("first", first), ("last", last)):
            if day is None and name not in self.errors:
                self.errors[name] = _("Write a day, as day/month/year.")
        if first is None or last is None:
            return
        if last <= first:
            self.errors["last"] = _("The plan would end before it begins. Check both days.")
        elif last <= self.today:
            self.errors["last"] = _("%(day)s is past. Give a day to come.", day=write_date(last))
        elif (last - first).days > _MOST_DAYS:
            self.errors["last"] = _("This is longer than ten years: a plan is revised every two years.")

    def _day(self, name: str) -> datetime.date | None:
        return self._read(name, lambda text: day_near(text, self.today))

    def _read(self, name: str, reader: Callable[[str], Read]) -> Read | None:
        if not self.text(name):
            return None
        try:
            return reader(self.text(name))
        except TypedValueError as error:
            self.errors[name] = str(error)
            return None

    def profile(self) -> PlanProfile:
        """Return the profile that the plan begins with; only of a form that is valid."""
        first, last = self._day("first"), self._day("last")
        language: PlanLanguage = next((each for each in PLAN_LANGUAGES if each == self.text("language")), "fr")
        return PlanProfile(
            authority=self._authority(),
            period=Period(first or self.today, last or self.today),
            day=self.today,
            language=language,
            canevas=edition_canevas().version,
        )

    def _authority(self) -> Authority:
        found = self.recognised
        if found is not None:
            level = found.level if found.level in list(AuthorityType) else AuthorityType.OTHER
            return Authority(Bilingual(found.name["fr"], found.name["nl"]), AuthorityType(level), found.id)
        name = words(self.text("name"), LONGEST_NAME)
        return Authority(Bilingual(name, name), AuthorityType(self.text("type")))
