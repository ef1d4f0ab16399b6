"""The check as data for other programs, and as text for the command line."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from mpdi.clause_library.core.vocabulary import Certainty
from mpdi.price_check.core.averages import Average, Group
from mpdi.price_check.core.check import CheckedOffer, PriceCheck, Verdict
from mpdi.price_check.core.display import rounded, written
from mpdi.price_check.core.floor import FloorLine
from mpdi.price_check.core.rules import PriceRules
from mpdi.price_check.core.steps import Step, average_steps, floor_steps, gap_step

VERDICTS = {
    Verdict.MUST: "MUST be questioned",
    Verdict.MAY: "may be questioned",
    Verdict.NONE: "nothing found here",
}
CERTAINTIES = {
    Certainty.VERIFIED: "read in a source",
    Certainty.PARTLY: "partly read",
    Certainty.GENERAL_KNOWLEDGE: "to be checked by a jurist",
}


def as_json(check: PriceCheck, rules: PriceRules) -> dict[str, Any]:
    """Return the whole check; numbers are strings with two decimals, `exact` holds what is not rounded."""
    case, advice = check.case, check.observatory
    return {
        "reference": case.reference,
        "publication_date": case.publication_date.isoformat(),
        "currency": "EUR",
        "rule": [_group(group) for group in check.groups],
        "offers": [_offer(offer) for offer in check.offers],
        "observatory": {
            "consultation": advice.consultation,
            "reason": advice.reason,
            "certainty": advice.certainty,
            "opinion_days": advice.days,
            "through_government": advice.through_government,
        },
        "scope": None if check.scope is None else {"why": check.scope.why, "read": check.scope.read, "certainty": check.scope.certainty},
        "without_wage_check": {"offers": [each.offer.tenderer for each in check.without_wage_check], "why": list(check.why_without_wage_check)},
        "numbers": [number for key in sorted(rules.numbers) if (number := _number(key, rules, check))],
        "general_duty": "Articles 33, 35 and 36, §§ 2-3, of the Royal Decree of 18 April 2017: all prices are checked; one that looks abnormal is questioned before anything is decided.",
        "legal_review": "pending",
    }


def _number(key: str, rules: PriceRules, check: PriceCheck) -> dict[str, Any] | None:
    value = rules.known(key, check.case.publication_date)
    return None if value is None else {
        "key": key,
        "value": str(value.value),
        "unit": rules.numbers[key].unit,
        "certainty": value.certainty,
        "source": {"fr": value.source.fr, "nl": value.source.nl},
    }


def _two(value: Decimal | None) -> str | None:
    return None if value is None else str(rounded(value))


def _group(group: Group) -> dict[str, Any]:
    return {
        "lot": group.lot or None,
        "applies": group.applies,
        "certainty": group.certainty,
        "conditions": [{"key": each.key, "holds": each.holds, "text": each.text, "certainty": each.certainty} for each in group.conditions],
        "offers_counted": len(group.counted),
        "average": _average(group.average),
        "plain_average": _average(group.plain),
    }


def _average(average: Average | None) -> dict[str, Any] | None:
    if average is None:
        return None
    return {
        "value": _two(average.mean),
        "bound": _two(average.bound),
        "exact_bound": str(average.bound),
        "gap_percent": str(average.gap),
        "lowest_left_out": [offer.tenderer for offer in average.lowest_out],
        "highest_left_out": [offer.tenderer for offer in average.highest_out],
        "certainty": average.certainty,
        "steps": [_step(step) for step in average_steps(average, "en")],
    }


def _offer(checked: CheckedOffer) -> dict[str, Any]:
    offer, average, floor = checked.offer, checked.group.average, checked.floor
    return {
        "tenderer": offer.tenderer,
        "lot": offer.lot or None,
        "amount": str(offer.amount),
        "left_out": offer.left_out or None,
        "verdict": checked.verdict,
        "reasons": [{"code": each.code, "verdict": each.verdict, "text": each.text, "certainty": each.certainty, "unsure": list(each.unsure)} for each in checked.reasons],
        "percent_below_average": _two(average.gap_of(offer.amount)) if average else None,
        "other_costs": [{"cost": line.share.cost, "percent": str(line.share.percent), "amount": _two(line.amount), "provenance": line.share.provenance, "source": line.share.source} for line in floor.costs],
        "floor": _line(floor.whole),
        "posts": [{"title": line.title, **_line(line)} for line in floor.posts],
        "missing": list(floor.missing),
        "steps": [_step(step) for step in floor_steps(floor, "en")],
    }


def _line(line: FloorLine) -> dict[str, Any]:
    return {
        "hours": str(line.hours),
        "joint_committees": list(line.committees),
        "left_for_work": _two(line.left),
        "left_per_hour": _two(line.per_hour),
        "wage_cost_per_hour": _two(line.wage_per_hour),
        "is_below_wage_cost": line.is_below,
    }


def _step(step: Step) -> dict[str, Any]:
    return {"what": step.words, "sum": step.sum, "value": _two(step.value), "exact": str(step.value), "unit": step.unit, "note": step.note}


def as_text(check: PriceCheck) -> Iterator[str]:
    """Yield the check line by line, in English."""
    if check.without_wage_check:
        yield f"Wage check: did not take place for {len(check.without_wage_check)} of {len(check.offers)} offers."
        yield from (f"  {words}" for words in check.why_without_wage_check)
        yield ""
    if check.scope is not None:
        yield f"{check.scope.why} [{CERTAINTIES[check.scope.certainty]}]"
        yield f"  {check.scope.read}"
        yield ""
    for group in check.groups:
        yield from _group_text(group)
    for checked in check.offers:
        yield from _offer_text(checked)
    advice = check.observatory
    yield f"Observatory of reference prices: {advice.consultation.replace('_', ' ')} [{CERTAINTIES[advice.certainty]}]"
    yield f"  {advice.reason}" + (f" Opinion within {advice.days} days." if advice.days else "")
    yield ""
    yield "This check calls no offer abnormal: that is decided by the buyer, with reasons, once the tenderer has answered."
    yield "Whatever it says, all prices are checked (Royal Decree of 18 April 2017, articles 33 and 35), and one that looks abnormal to you is questioned first (article 36, §§ 2-3)."
    yield "Legal review: pending."


def _group_text(group: Group) -> Iterator[str]:
    yield f"Lot {group.lot}" if group.lot else "All offers"
    yield f"  Article 36, § 4 applies: {group.applies} [{CERTAINTIES[group.certainty]}]"
    for condition in group.conditions:
        yield f"    {condition.holds}: {condition.text} [{CERTAINTIES[condition.certainty]}]"
    for average in filter(None, (group.average, group.plain)):
        yield "  Average of the rule" if average is group.average else "  Plain average of all offers, held beside it"
        for name, out in (("lowest", average.lowest_out), ("highest", average.highest_out)):
            if out:
                yield f"    left out, {name}: " + ", ".join(f"{offer.tenderer} ({written(offer.amount, 'en')})" for offer in out)
        yield from (_step_text(step) for step in average_steps(average, "en"))
    yield ""


def _offer_text(checked: CheckedOffer) -> Iterator[str]:
    offer = checked.offer
    yield f"{offer.tenderer}: {VERDICTS[checked.verdict]}" + (f" ({offer.lot})" if offer.lot else "")
    if offer.left_out:
        yield f"  not counted in the average: {offer.left_out}"
    for reason in checked.reasons:
        unsure = f": {'; '.join(reason.unsure)}" if reason.unsure else ""
        yield f"  {reason.text} [{CERTAINTIES[reason.certainty]}{unsure}]"
    if checked.group.average:
        yield _step_text(gap_step(checked.group.average, offer, "en"))
    yield from (_step_text(step) for step in floor_steps(checked.floor, "en"))
    yield from (f"  {words}" for words in checked.floor.missing)
    yield ""


def _step_text(step: Step) -> str:
    made = f" = {step.sum}" if step.sum else ""
    note = f"  ({step.note})" if step.note else ""
    return f"    {step.words}{made} = {step.shown('en')}{note}"
