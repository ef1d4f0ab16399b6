"""The checklist of article 68 (article 82 of the Law): each point is answered by the case or by the file, or refused.

Nothing of the annex is written before all points are green. Not stated is not “no”: an empty answer is none.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from mpdi.costing.annex_words import AnnexLanguage, phrase, point, problem_words
from mpdi.costing.examples import word
from mpdi.costing.fault_words import fault_in, said_in
from mpdi.costing.files import UnreadableCaseError, read_award
from mpdi.costing.numbers import number, typed, unit_words
from mpdi.costing.tender_parameters import TenderParameters, freeze
from mpdi.exceptions import DataFileError
from mpdi.lcc.award import AwardFormula, AwardOffer, AwardRule, award
from mpdi.lcc.errors import LifeCycleCostError
from mpdi.lcc.model import ONE, ExternalCosts
from mpdi.lcc.sheets.errors import ValueProblem, WrongValuesError
from mpdi.lcc.sheets.model import Input

ANNEX_KEYS = (
    "authority", "reference", "subject", "frozen", "criterion", "missing_value", "assumptions_confirmed", "not_used",
    "sources", "link", "objectivity", "access", "effort", "verification", "externalities",
    "quality_points",
)  # fmt: skip
_REASONS = ("link", "objectivity", "access", "effort", "verification")
_STANDINGS = ("weight", "order", "equal", "sole")
_ALONE = (AwardFormula.LOWEST, AwardFormula.QUALITY_IN_EUROS)
_HUNDRED = Decimal(100)
_MOST_POINTS = 1000


@dataclass(frozen=True, slots=True)
class ChecklistProblem:
    """One point that is not green: where it is answered, what is wrong, how to mend it."""

    key: str
    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.remedy}"


class ChecklistRefusedError(DataFileError):
    """Points of the checklist are not answered; `problems` has an entry for each."""

    def __init__(self, problems: Sequence[ChecklistProblem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the criterion weighs: `kind` is `weight` (in %), `order` (its rank), `equal` or `sole`."""

    kind: str
    value: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GreenCase:
    """What an annex is made of, all of it answered.

    `texts`: answers in words by key. `sources`: of the buyer's own values, by key. `missing_value`: `ask` or
    `not_ranked`.
    """

    parameters: TenderParameters
    rule: AwardRule
    standing: Standing
    missing_value: str
    not_used: tuple[str, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    quality_points: Mapping[str, Decimal] = field(default_factory=dict)
    """Of each criterion that is scored in points before it is worth money: how many there are at most."""


def check(case: Mapping[str, Any], award_file: Mapping[str, Any], language: AnnexLanguage) -> GreenCase:
    """Return what the annex needs; `ChecklistRefusedError` names every point that is not answered.

    `case`: the buyer's values of a product sheet (offers in it are left out). `award_file`: an award file with `annex`.
    """
    return _Checklist(case, award_file, language).green()


class _Checklist:
    """Goes through the points and collects what is missing."""

    def __init__(self, case: Mapping[str, Any], award_file: Mapping[str, Any], language: AnnexLanguage) -> None:
        self._case, self._award, self._language = case, award_file, language
        self._problems: list[ChecklistProblem] = []
        given = award_file.get("annex")
        self._annex: Mapping[str, Any] = given if isinstance(given, Mapping) else {}

    def green(self) -> GreenCase:
        self._known_keys("", self._annex, ANNEX_KEYS)
        day = self._day()
        parameters = self._parameters(day)
        names = ("authority", "subject", *_REASONS)
        texts = {key: self._text(key) for key in names}
        texts["reference"] = self._optional("reference")
        texts["externalities"] = self._externalities(parameters)
        not_used, sources = self._keys("not_used"), self._sources(parameters)
        if parameters is not None:
            self._all_fixed(parameters, not_used)
            self._all_confirmed(parameters)
        rule = self._rule()
        standing = self._standing(rule)
        missing = self._missing_value()
        points = self._quality_points(rule)
        if self._problems or parameters is None or rule is None or standing is None:
            raise ChecklistRefusedError(self._problems)
        return GreenCase(parameters, rule, standing, missing, not_used, texts, sources, points)

    def _refuse(self, point_key: str, problem: str, /, **values: str) -> None:
        self._problems.append(ChecklistProblem(point_key, *problem_words(problem, self._language, **values)))

    def _known_keys(self, place: str, given: Mapping[str, Any], known: Sequence[str]) -> None:
        for key in given:
            if key not in known:
                self._refuse("form", "unknown_key", place=place, key=str(key), known=", ".join(known))

    def _day(self) -> datetime.date | None:
        given = self._annex.get("frozen")
        if isinstance(given, datetime.date):
            return given
        try:
            return datetime.date.fromisoformat(str(given))
        except ValueError:
            self._refuse("frozen", "no_date")
            return None

    def _parameters(self, day: datetime.date | None) -> TenderParameters | None:
        if "sheet" not in self._case:
            self._refuse("method", "no_sheet")
            return None
        try:
            return freeze(self._case, day or datetime.date.min, self._language)
        except WrongValuesError as error:
            for each in error.problems:
                self._wrong_value(each)
            return None

    def _wrong_value(self, wrong: ValueProblem) -> None:
        said = {"message": said_in(wrong.what, self._language), "remedy": said_in(wrong.how, self._language)}
        self._refuse("parameters", "wrong_value", place=wrong.place, **said)

    def _all_fixed(self, parameters: TenderParameters, not_used: Sequence[str]) -> None:
        """A value that only some tenders need is asked for once tenders are open, too late to be fixed without favour."""
        for each in parameters.sheet.buyer:
            if each.key not in parameters.buyer and each.key not in not_used:
                self._refuse("parameters", "open", key=each.key, label=each.label.said(self._language))
        may = [each.key for each in parameters.sheet.buyer if each.key not in parameters.buyer]
        self._known_keys("not_used", dict.fromkeys(not_used), may)

    def _all_confirmed(self, parameters: TenderParameters) -> None:
        confirmed = self._keys("assumptions_confirmed")
        kept = [each for each in parameters.sheet.buyer if each.key in parameters.defaulted and each.is_assumption]
        for each in kept:
            if each.key not in confirmed:
                values = {"label": each.label.said(self._language), "value": self._default(each), "key": each.key}
                self._refuse("assumptions", "unconfirmed", **values)
        self._known_keys("assumptions_confirmed", dict.fromkeys(confirmed), [each.key for each in kept])

    def _default(self, each: Input) -> str:
        if not isinstance(each.default, Decimal):
            kind = "first_year" if each.key == "first_year" else "choices"
            return word(kind, str(each.default), self._language)
        return f"{typed(each.default, self._language)} {unit_words(each.unit, self._language)}"

    def _keys(self, name: str) -> tuple[str, ...]:
        given = self._annex.get(name, [])
        if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
            self._refuse("form", "wrong_form", place=name, wanted="[key, key]")
            return ()
        return tuple(given)

    def _sources(self, parameters: TenderParameters | None) -> Mapping[str, str]:
        given = self._annex.get("sources", {})
        if not isinstance(given, Mapping):
            self._refuse("form", "wrong_form", place="sources", wanted="{key: source}")
            return {}
        if parameters is not None:
            own = [key for key in parameters.buyer if key not in parameters.defaulted]
            self._known_keys("sources", given, own)
        said_of = {str(key): self._in_language(value) for key, value in given.items()}
        for key in (key for key, text in said_of.items() if not text):
            self._refuse("form", "wrong_form", place=f"sources.{key}", wanted="source | {fr: …, nl: …}")
        return said_of

    def _text(self, key: str) -> str:
        text = self._in_language(self._annex.get(key))
        if not text:
            title = point(key, "title", self._language) if key in _REASONS else phrase("texts", key, self._language)
            self._refuse(key, "no_text", key=key, title=title, hint=phrase("hints", key, self._language))
        return text

    def _optional(self, key: str) -> str:
        return self._in_language(self._annex.get(key))

    def _in_language(self, given: object) -> str:
        """The words as given, or those of the language; nothing where they are of another language only."""
        text = given.get(self._language) if isinstance(given, Mapping) else given
        return text.strip() if isinstance(text, str) else ""

    def _externalities(self, parameters: TenderParameters | None) -> str:
        """Costs that are only shown need no reason; those that count do: a value in money that can be verified."""
        pricing = None if parameters is None else parameters.pricing
        if pricing is None or pricing.external_costs is not ExternalCosts.COUNTED:
            return phrase("answers", "no_external", self._language)
        text = self._in_language(self._annex.get("externalities"))
        if not text:
            title, hint = (
                point("externalities", "title", self._language),
                phrase("hints", "externalities", self._language),
            )
            self._refuse("externalities", "no_text", key="externalities", title=title, hint=hint)
        return text

    def _rule(self) -> AwardRule | None:
        if "ties" not in self._award:
            self._refuse("ties", "ties")
        of_rule = {key: value for key, value in self._award.items() if key not in ("annex", "offers", "case")}
        try:
            rule, _ = read_award(of_rule, Path())
            award(rule, [_trial(rule)])
        except (LifeCycleCostError, UnreadableCaseError) as error:
            self._refuse("formula", "formula", message=fault_in(error, self._language))
            return None
        return rule

    def _standing(self, rule: AwardRule | None) -> Standing | None:
        given = self._annex.get("criterion")
        criterion: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
        self._known_keys("criterion", criterion, ("threshold", *_STANDINGS))
        threshold = criterion.get("threshold")
        if threshold not in ("at_or_above", "below"):
            self._refuse("weight", "threshold")
        standing = _read_standing(criterion)
        if standing is None:
            self._refuse("weight", "standing")
        elif threshold == "at_or_above" and standing.kind in ("order", "equal"):
            self._refuse("weight", "weight_needed")
        elif rule is not None and rule.formula in _ALONE and standing.kind != "sole":
            self._refuse("weight", "sole_needed", formula=str(rule.formula))
        elif rule is not None and standing.kind == "weight" and rule.maximum not in (standing.value, _HUNDRED):
            words = (number(each, "en") for each in (rule.maximum, standing.value))
            self._refuse("weight", "weight_maximum", **dict(zip(("maximum", "weight"), words, strict=True)))
        return standing

    def _quality_points(self, rule: AwardRule | None) -> Mapping[str, Decimal]:
        given = self._annex.get("quality_points", {})
        if not isinstance(given, Mapping) or not all(_is_number(each) and 0 < each <= _MOST_POINTS for each in given.values()):
            self._refuse("form", "wrong_form", place="quality_points", wanted="{key: 1 … 1000}")
            return {}
        if rule is not None:
            self._known_keys("quality_points", given, list(rule.quality))
        return {str(key): Decimal(str(each)) for key, each in given.items()}

    def _missing_value(self) -> str:
        given = self._annex.get("missing_value")
        if given not in ("ask", "not_ranked"):
            self._refuse("missing_value", "missing_value")
        return str(given)


def _is_number(value: object) -> bool:
    is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
    return is_number and Decimal(str(value)).is_finite()


def _trial(rule: AwardRule) -> AwardOffer:
    """An offer on which any rule that is complete can be tried."""
    return AwardOffer("trial", ONE, ONE, dict.fromkeys(rule.quality, ONE))


def _read_standing(criterion: Mapping[str, Any]) -> Standing | None:
    kinds = [kind for kind in _STANDINGS if kind in criterion]
    if len(kinds) != 1:
        return None
    kind, given = kinds[0], criterion[kinds[0]]
    if kind in ("equal", "sole"):
        return Standing(kind) if given is True else None
    if isinstance(given, bool) or not isinstance(given, int | Decimal) or not Decimal(given).is_finite():
        return None
    is_good = 0 < given < _HUNDRED if kind == "weight" else isinstance(given, int) and given >= 1
    return Standing(kind, Decimal(given)) if is_good else None
