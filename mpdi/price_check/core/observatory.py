"""When the Observatory of reference prices must or may be consulted (Brussels ordinance of 3 April 2014)."""

from dataclasses import dataclass
from enum import StrEnum

from mpdi.clause_library.core.said import said
from mpdi.clause_library.core.vocabulary import AuthorityType, Certainty, Nature
from mpdi.price_check.core.display import day_words
from mpdi.price_check.core.model import Answer, PriceCase
from mpdi.price_check.core.rules import PriceRules


class Consultation(StrEnum):
    """What the ordinance asks of the buyer before the award."""

    MUST = "must"
    MUST_IF_UNEXPLAINED = "must_if_unexplained"
    CHECK_FIRST = "check_first"
    MAY = "may"
    NOT_PROVIDED = "not_provided"


@dataclass(frozen=True)
class Advice:
    """What to do, why, how sure we are of it; `days`: of the Observatory's opinion, where the ordinance sets them."""

    consultation: Consultation
    reason: str
    certainty: Certainty
    days: int | None = None
    through_government: bool = False


def advise(case: PriceCase, rules: PriceRules) -> Advice:
    """Return what the ordinance asks for this purchase, once justifications were asked for."""
    if case.authority_type is AuthorityType.REGIONAL:
        return _regional(case, rules)
    if case.authority_type is AuthorityType.LOCAL:
        return _local(case)
    words = said("The ordinance speaks of regional buyers and of local administrations only.")
    return Advice(Consultation.NOT_PROVIDED, words, Certainty.VERIFIED)


def _local(case: PriceCase) -> Advice:
    made, words = {
        Answer.YES: (
            Consultation.MUST,
            said("The CPV code is on the Government's risk list: before the award, and once the justifications are in, ask through the Government."),
        ),
        Answer.UNKNOWN: (
            Consultation.CHECK_FIRST,
            said("Check whether the CPV code is on the Government's risk list: if it is, the opinion must be asked through the Government before the award; if not, it may be."),
        ),
        Answer.NO: (
            Consultation.MAY,
            said("The CPV code is not on the Government's risk list: the opinion may be asked, through the Government."),
        ),
    }[case.cpv_risk]
    return Advice(made, words, Certainty.VERIFIED, through_government=True)


def _regional(case: PriceCase, rules: PriceRules) -> Advice:
    days_key = "observatory_days_works" if case.nature is Nature.WORKS else "observatory_days_services"
    known = rules.known(days_key, case.publication_date)
    days = int(known.value) if known else None
    if case.cpv_risk is Answer.YES:
        words = said("The CPV code is on the Government's risk list: the opinion must be asked on all prices before the award.")
        return Advice(Consultation.MUST, words, Certainty.VERIFIED, days)
    by_amount = _by_amount(case, rules, days)
    if by_amount is not None:
        return by_amount
    if case.cpv_risk is Answer.UNKNOWN:
        words = said("Check whether the CPV code is on the Government's risk list: if it is, the opinion must be asked on all prices before the award; if not, it may be.")
        return Advice(Consultation.CHECK_FIRST, words, Certainty.VERIFIED, days)
    words = said("No case in which the opinion is compulsory: it may be asked.")
    return Advice(Consultation.MAY, words, Certainty.VERIFIED, days)


def _by_amount(case: PriceCase, rules: PriceRules, days: int | None) -> Advice | None:
    if case.nature is Nature.SERVICES:
        amount = rules.known("observatory_services_amount", case.publication_date)
        if amount is None:
            words = said("The amount above which the opinion can be compulsory for services is not known here for a publication on %(day)s: look it up, and check whether the CPV code is on the Government's risk list.", day=day_words(case.publication_date))
            return Advice(Consultation.CHECK_FIRST, words, Certainty.GENERAL_KNOWLEDGE, days)
        if case.estimated_value > amount.value:
            words = said(
                "Services above %(amount)s EUR: the opinion must be asked before the award if the justifications do not explain a price that looks abnormal. The ordinance names the amount by an older decree: have the amount of today confirmed.",
                amount=amount.value,
            )
            return Advice(Consultation.MUST_IF_UNEXPLAINED, words, amount.certainty, days)
    if case.nature is Nature.WORKS and case.works_above_class_2 is Answer.YES:
        words = said("Works above the amount of approval class 2: the opinion must be asked before the award if the justifications do not explain a price that looks abnormal.")
        return Advice(Consultation.MUST_IF_UNEXPLAINED, words, Certainty.VERIFIED, days)
    if case.nature is Nature.WORKS and case.works_above_class_2 is Answer.UNKNOWN:
        words = said("Check whether the works exceed the amount of approval class 2 and whether the CPV code is on the Government's risk list: in either case the opinion can be compulsory before the award.")
        return Advice(Consultation.CHECK_FIRST, words, Certainty.VERIFIED, days)
    return None
