"""From what was typed to a trial of a scoring: criteria and offers one a line, the parts between semicolons or tabs."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TypeVar

from mpdi.advice.core.case import refuse
from mpdi.advice.core.errors import AnswerProblem, AnswersError
from mpdi.advice.core.price_formulas import Formula, PriceRule
from mpdi.advice.core.scoring import MOST_CRITERIA, MOST_OFFERS, Criterion, SampleOffer, Trial
from mpdi.advice.typed import LONGEST, number_between, read_amount
from mpdi.clause_library.core.said import said

FIELDS = ("price_weight", "criteria", "formula", "spread", "floor", "ceiling", "offers", "sensitive")
Typed = Mapping[str, str]
Read = TypeVar("Read")
_PARTS = re.compile(r"[;\t]")
_HUNDRED = Decimal(100)
_MOST_SPREAD = Decimal(1000)
_LONGEST_NAME = 80


def read_trial(typed: Typed) -> Trial:
    """Return the trial; `AnswersError` names everything that is wrong with what was typed."""
    problems: list[AnswerProblem] = []
    weight = _kept(_price_weight, typed, problems, Decimal(0))
    criteria = _kept(_criteria, typed, problems, tuple[Criterion, ...]())
    rule = _kept(_rule, typed, problems, PriceRule(Formula.PROPORTIONAL))
    offers = _kept(_offers, typed, problems, tuple[SampleOffer, ...]())
    if not problems:
        problems += _at_odds(weight, criteria, offers)
    if problems:
        raise AnswersError(problems)
    return Trial(weight, criteria, offers, rule, typed.get("sensitive") == "yes")


def _kept(read: Callable[[Typed], Read], typed: Typed, problems: list[AnswerProblem], instead: Read) -> Read:
    try:
        return read(typed)
    except AnswersError as error:
        problems += error.problems
        return instead


def _text(typed: Typed, key: str) -> str:
    text = typed.get(key, "").strip()
    if not text:
        raise refuse(key, said("This answer is needed."))
    if len(text) > LONGEST:
        raise refuse(key, said("This answer is too long: %(limit)s characters at most.", limit=LONGEST))
    return text


def _price_weight(typed: Typed) -> Decimal:
    weight = number_between("price_weight", _text(typed, "price_weight").rstrip("% "), Decimal(0), _HUNDRED)
    if weight == 0:
        raise refuse("price_weight", said("Give the price a weight above zero: without one there is no formula to try."))
    return weight


def _criteria(typed: Typed) -> tuple[Criterion, ...]:
    rows = list(_rows(typed.get("criteria", "")))
    if len(rows) > MOST_CRITERIA:
        raise refuse("criteria", said("%(count)s criteria: at most %(limit)s beside the price.", count=len(rows), limit=MOST_CRITERIA))
    found = []
    for number, row in rows:
        if len(row) != 2:
            raise refuse("criteria", said("Line %(line)s: write a name, a semicolon and a weight.", line=number))
        weight = number_between("criteria", row[1].rstrip("% "), Decimal(0), _HUNDRED)
        if weight == 0:
            raise refuse("criteria", said("Line %(line)s: a weight is above zero.", line=number))
        found.append(Criterion(row[0][:_LONGEST_NAME], weight))
    return tuple(found)


def _rule(typed: Typed) -> PriceRule:
    text = typed.get("formula", "") or Formula.PROPORTIONAL.value
    if text not in set(Formula):
        raise refuse("formula", said("“%(text)s” is not one of the choices.", text=text[:40]))
    formula = Formula(text)
    if formula is Formula.LINEAR:
        spread = number_between("spread", _text(typed, "spread").rstrip("% "), Decimal(0), _MOST_SPREAD)
        if spread == 0:
            raise refuse("spread", said("Give a number above zero."))
        return PriceRule(formula, spread)
    if formula is Formula.BOUNDS:
        floor, ceiling = read_amount("floor", _text(typed, "floor")), read_amount("ceiling", _text(typed, "ceiling"))
        if ceiling <= floor:
            raise refuse("ceiling", said("The ceiling lies above the floor: give a higher amount."))
        return PriceRule(formula, floor=floor, ceiling=ceiling)
    return PriceRule(formula)


def _offers(typed: Typed) -> tuple[SampleOffer, ...]:
    rows = list(_rows(_text(typed, "offers")))
    if len(rows) > MOST_OFFERS:
        raise refuse("offers", said("%(count)s offers: at most %(limit)s.", count=len(rows), limit=MOST_OFFERS))
    found = [_offer(number, row) for number, row in rows]
    names = [offer.name for offer in found]
    for (number, _row), name in zip(rows, names, strict=True):
        if names.count(name) > 1:
            raise refuse("offers", said("Line %(line)s: “%(name)s” stands twice. Give each offer a name of its own.", line=number, name=name))
    return tuple(found)


def _offer(number: int, row: Sequence[str]) -> SampleOffer:
    if len(row) < 2 or not row[0]:
        raise refuse("offers", said("Line %(line)s: write a name, a price, and the points for each criterion, with semicolons between.", line=number))
    try:
        price = read_amount("offers", row[1])
        scores = tuple(number_between("offers", text, Decimal(0), _HUNDRED) for text in row[2:])
    except AnswersError as error:
        raise refuse("offers", said("Line %(line)s: %(problem)s", line=number, problem=error.problems[0].message)) from error
    return SampleOffer(row[0][:_LONGEST_NAME], price, scores)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, [part.strip() for part in _PARTS.split(line.strip().rstrip(";"))]


def _at_odds(weight: Decimal, criteria: Sequence[Criterion], offers: Sequence[SampleOffer]) -> Iterator[AnswerProblem]:
    total = weight + sum(each.weight for each in criteria)
    if total != _HUNDRED:
        message = said("The weights come to %(total)s with the price: together they are 100.", total=f"{total:f}")
        yield AnswerProblem("criteria", message)
    for offer in offers:
        if len(offer.scores) != len(criteria):
            message = said(
                "“%(name)s” has points for %(given)s criteria, and there are %(count)s: give one number out of 100 for each.",
                name=offer.name, given=len(offer.scores), count=len(criteria),
            )  # fmt: skip
            yield AnswerProblem("offers", message)
