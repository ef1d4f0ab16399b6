"""Where article 36 of the Royal Decree of 18 April 2017 may not reach: said as far as it was read, and no further.

Of that article §§ 2 to 4 were read. What the others say, among them in which procedures the article does not hold, was not:
so nothing is refused here, and nothing is imposed. The buyer is told what to read before he relies on the article.
"""

from dataclasses import dataclass

from mpdi.clause_library.core.said import said
from mpdi.clause_library.core.vocabulary import AuthorityType, Certainty, Nature, Procedure
from mpdi.price_check.core.model import Answer, PriceCase
from mpdi.price_check.core.rules import PriceRules

_NEGOTIATED = (
    Procedure.NEGOTIATED_WITHOUT_PUBLICATION,
    Procedure.NEGOTIATED_WITH_PUBLICATION,
    Procedure.COMPETITIVE_NEGOTIATION,
)


@dataclass(frozen=True)
class ScopeWarning:
    """Why the article may not reach this purchase, what of it was read, and how sure the doubt itself is."""

    why: str
    read: str
    certainty: Certainty = Certainty.GENERAL_KNOWLEDGE


def doubt_of_scope(case: PriceCase, rules: PriceRules) -> ScopeWarning | None:
    """Return the doubt; None where nothing of what is known here gives rise to one."""
    why = _why(case, rules)
    if not why:
        return None
    read = said(
        "Read in a source: §§ 2 to 4 of article 36, the rule of § 4 being one of open and restricted procedures; and articles 33 and 35, on the check of prices. Not read: the other paragraphs of article 36, and so where it does not hold. Read it before you ask for reasons or reject an offer in its name."
    )
    return ScopeWarning(why, read)


def _why(case: PriceCase, rules: PriceRules) -> str:
    if case.procedure is Procedure.LOW_VALUE:
        return said("The contract is of low value: whether article 36 reaches it was not read here.")
    if case.procedure not in _NEGOTIATED:
        return ""
    known = [value for key in _thresholds(case) if (value := rules.known(key, case.publication_date)) is not None]
    if not known:
        return said(
            "The procedure is negotiated, and the European threshold is not known here for the day of publication: whether article 36 reaches it was not read here."
        )
    highest = max(known, key=lambda each: each.value)
    if case.estimated_value >= highest.value:
        return ""
    return said(
        "The procedure is negotiated and the estimated value lies below the European threshold (%(amount)s EUR): whether article 36 reaches it was not read here.",
        amount=highest.value,
    )


def _thresholds(case: PriceCase) -> tuple[str, ...]:
    """The keys of the thresholds that may hold: two where it is not stated whether the light regime applies."""
    if case.nature in (Nature.WORKS, Nature.CONCESSION):
        return ("eu_threshold_works",)
    own = "eu_threshold_central" if case.authority_type is AuthorityType.FEDERAL else "eu_threshold_other"
    if case.nature is Nature.SERVICES and case.light_regime is not Answer.NO:
        social = "eu_threshold_social_services"
        return (social,) if case.light_regime is Answer.YES else (own, social)
    return (own,)
