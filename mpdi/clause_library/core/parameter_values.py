"""The values of a clause's parameters for one purchase: the buyer's, those that answers fill, the defaults."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.answers import AnswerProblem, AnswersError
from mpdi.clause_library.core.library import ClauseLibrary, UnknownClauseError
from mpdi.clause_library.core.model import ClauseVersion, Parameter, ParameterValue
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.rendering import NBSP, format_number
from mpdi.clause_library.core.said import said
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.resources import folder


@cache
def _fills() -> Mapping[str, Mapping[str, str]]:
    data: Mapping[str, Mapping[str, str]] = strict_yaml.read(folder("clauses") / "rules" / "fills.yaml")
    return data


def values_for(clause: ClauseVersion, purchase: Purchase) -> dict[str, ParameterValue]:
    """Return the values stated for a clause: those that answers fill, under those the buyer gave."""
    values: dict[str, ParameterValue] = {}
    for key, source in _fills().get(clause.id, {}).items():
        filled = _of_turnover(source, purchase, clause) if source in _TURNOVER else _answer(source, purchase)
        parameter = clause.parameters.get(key)
        if filled is not None and parameter is not None and value_problem(parameter, filled) is None:
            values[key] = filled
    return values | dict(purchase.parameters.get(clause.id, {}))


def _answer(source: str, purchase: Purchase) -> ParameterValue | None:
    match source:
        case "lots":
            return purchase.lots
        case "no_lots_reason":
            return (purchase.no_lots_reason or "").rstrip(". ") or None
        case "duration_months":
            return purchase.duration_months
        case "advance_percent":
            return purchase.advance_percent
        case "deposit_percent":
            return purchase.deposit_percent
        case "price_weight":
            return purchase.price_weight
        case "reserved_lots":
            reserved = [f"{number}. {lot.title}" for number, lot in enumerate(purchase.lots_detail, 1) if lot.reserved]
            return "; ".join(reserved) or None
    return None


_TURNOVER = ("turnover_amounts", "turnover_share")


def _of_turnover(source: str, purchase: Purchase, clause: ClauseVersion) -> ParameterValue | None:
    return _turnover_amounts(purchase, clause) if source == "turnover_amounts" else _turnover_share(purchase, clause)


def _turnover_share(purchase: Purchase, clause: ClauseVersion) -> ParameterValue | None:
    """Return the highest ceiling there is where the factor asks for more than the clause's own; else the clause's stays.

    The document prints amounts and this ceiling: the share asked for itself, beside the amounts, would tell the estimate.
    """
    factor, share = purchase.turnover_factor, clause.parameters.get("turnover_share")
    ceiling = share.default if share else None
    if share is None or factor is None or (isinstance(ceiling, int | Decimal) and factor * 100 <= ceiling):
        return None
    return None if value_problem(share, factor * 100) else share.maximum


def _turnover_amounts(purchase: Purchase, clause: ClauseVersion) -> str | None:
    """Return the yearly turnover required, lot by lot, rounded down to the thousand as SME-GEN-004 says.

    None where a value, the factor or the duration is missing, or for a framework agreement (its amount rests on the
    contracts expected at the same time), where an amount would be below a thousand, and where the factor is more than
    the share that the clause states.
    """
    factor, share = purchase.turnover_factor, purchase.parameters.get(clause.id, {}).get("turnover_share")
    if factor is None or value_problem(clause.parameters["turnover_share"], factor * 100) is not None:
        return None
    if isinstance(share, int | Decimal) and share < factor * 100:
        return None
    lots = purchase.lots_detail
    estimates = [lot.estimated_value for lot in lots] if lots or purchase.lots else [purchase.estimated_value]
    amounts = [_yearly_turnover(purchase, estimate) for estimate in estimates]
    if not amounts or None in amounts:
        return None
    words = [f"{format_number(amount, _language(purchase))}{NBSP}EUR" for amount in amounts if amount is not None]
    lot = "perceel" if _language(purchase) == "nl" else "lot"
    return "; ".join(f"{lot} {number}, {each}" for number, each in enumerate(words, 1)) if lots else words[0]


def _yearly_turnover(purchase: Purchase, estimate: Decimal | None) -> Decimal | None:
    factor, months = purchase.turnover_factor, purchase.duration_months
    if estimate is None or factor is None or months is None or purchase.framework:
        return None
    amount = factor * estimate * 12 / max(months, Decimal(12))
    return amount // 1000 * 1000 or None


def _language(purchase: Purchase) -> Language:
    return "nl" if purchase.language == "nl" else "fr"


def value_problem(parameter: Parameter, value: ParameterValue) -> tuple[str, str] | None:
    """Return what is wrong with a value and how to mend it, or None."""
    if parameter.decided_by == "law":
        return said("this number is fixed by law."), said("Leave it out.")
    if parameter.is_numeric:
        return _number_problem(parameter, value)
    if parameter.type == "choice":
        known = [choice for choice, _ in parameter.choices]
        words = said("“%(value)s” is not one of the choices.", value=value)
        return None if value in known else (words, said("Use one of: %(values)s.", values=", ".join(known)))
    if parameter.type == "date":
        words = said("“%(value)s” is not a date.", value=value)
        return None if isinstance(value, datetime.date) else (words, said("Write year-month-day."))
    if not isinstance(value, str):
        return said("“%(value)s” is not a text.", value=value), said("Write words.")
    return _length_problem(parameter, value)


def _number_problem(parameter: Parameter, value: ParameterValue) -> tuple[str, str] | None:
    if isinstance(value, str | datetime.date):
        words = said("“%(value)s” is not a number.", value=str(value)[:40])
        return words, said("Write digits, with a point for decimals.")
    number = Decimal(value)
    if parameter.type == "integer" and number != number.to_integral_value():
        return said("%(value)s is not a whole number.", value=value), said("Write a whole number.")
    if (
        parameter.minimum is not None
        and parameter.maximum is not None
        and not parameter.minimum <= number <= parameter.maximum
    ):
        low, high = (format_number(bound, "fr") for bound in (parameter.minimum, parameter.maximum))
        words = said(
            "%(value)s is not between %(low)s and %(high)s.", value=format_number(number, "fr"), low=low, high=high
        )
        return words, said("Choose a value within the bounds.")
    return None


def _length_problem(parameter: Parameter, value: str) -> tuple[str, str] | None:
    if parameter.minimum is not None and len(value) < parameter.minimum:
        words = said(
            "%(count)s characters; at least %(minimum)s are needed.", count=len(value), minimum=parameter.minimum
        )
        return words, said("Say more.")
    if parameter.maximum is not None and len(value) > parameter.maximum:
        words = said("%(count)s characters; at most %(maximum)s fit.", count=len(value), maximum=parameter.maximum)
        return words, said("Shorten it.")
    return None


def check_against_library(purchase: Purchase, library: ClauseLibrary) -> None:
    """Raise `AnswersError` for parameters and overrides that name no clause, no parameter, or a wrong value."""
    problems = [
        problem
        for problem in (_unknown(identifier, "overrides", library) for identifier in purchase.overrides)
        if problem
    ]
    for identifier in purchase.parameters:
        unknown = _unknown(identifier, "parameters", library)
        problems += [unknown] if unknown else _clause_problems(identifier, purchase, library)
    if problems:
        raise AnswersError(problems)


def _clause_problems(identifier: str, purchase: Purchase, library: ClauseLibrary) -> list[AnswerProblem]:
    """The problems of the parameters of one clause, in both languages where a text is given in both."""
    clause, values = library.latest(identifier, purchase.publication_date), purchase.parameters[identifier]
    problems = _parameter_problems(clause, values)
    texts = {key: purchase.texts.get(f"parameters.{identifier}.{key}") for key in values}
    for key, text in ((key, text) for key, text in texts.items() if text):
        place = f"parameters.{identifier}.{key[:40]}"
        parameter = clause.parameters.get(key)
        if parameter is not None and parameter.type != "text":
            problems.append(AnswerProblem(place, said("says the same in every language."), said("Give one value.")))
        elif parameter is not None:
            found = (value_problem(parameter, text[language]) for language in LANGUAGES)
            problems += [AnswerProblem(place, *problem) for problem in found if problem]
    return list(dict.fromkeys(problems))


def _unknown(identifier: str, key: str, library: ClauseLibrary) -> AnswerProblem | None:
    try:
        library.versions(identifier)
    except UnknownClauseError:
        return AnswerProblem(f"{key}.{identifier[:40]}", said("there is no clause of this name."), "")
    return None


def _parameter_problems(clause: ClauseVersion, values: Mapping[str, ParameterValue]) -> list[AnswerProblem]:
    problems = []
    for key, value in values.items():
        place = f"parameters.{clause.id}.{key[:40]}"
        parameter = clause.parameters.get(key)
        if parameter is None:
            known = ", ".join(name for name, each in clause.parameters.items() if each.decided_by == "buyer")
            remedy = said("Parameters: %(keys)s.", keys=known)
            problems.append(AnswerProblem(place, said("is not a parameter of this clause."), remedy))
        elif problem := value_problem(parameter, value):
            problems.append(AnswerProblem(place, *problem))
    return problems
