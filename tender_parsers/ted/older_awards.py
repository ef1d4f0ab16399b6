# An action is called with the form, the draft and the element, whether it needs all three or not.
"""Awards before R2.0.9: `AWARD_OF_CONTRACT`, `AWARD_OF_CONTRACT_DEFENCE`."""

from tender_parsers.notice import Money, MoneyRange, Organisation
from tender_parsers.ted.anywhere import Anywhere, amounts_of, day_into
from tender_parsers.ted.awards import statistic
from tender_parsers.ted.form import Action, Draft, Form, reference_into, texts_into
from tender_parsers.ted.parties import read_party
from tender_parsers.ted.values import Element, local_name, string_value


def _awarded_amount(form: Form, draft: Draft, element: Element) -> None:
    amounts = amounts_of(form, element)
    draft["value_range" if isinstance(amounts, MoneyRange) else "value"] = amounts


def _award_estimate(form: Form, draft: Draft, element: Element) -> None:
    amounts = amounts_of(form, element)
    if isinstance(amounts, Money):
        draft["estimated_value"] = amounts


def _winner(form: Form, draft: Draft, element: Element) -> None:
    party = read_party(form, element)
    if party:
        draft.setdefault("winners", []).append(Organisation(**party, roles=("winner",)))
        draft["status"] = "selec-w"


def _subcontracted(applies: str) -> Action:
    def action(form: Form, draft: Draft, element: Element) -> None:
        draft.setdefault("subcontracting", {})["applies"] = applies
        _SUBCONTRACTED(form, draft, element)

    return action


def _subcontracted_value(form: Form, draft: Draft, element: Element) -> None:
    draft["subcontracting"]["value"] = form.money(element)


def _subcontracted_percent(form: Form, draft: Draft, element: Element) -> None:
    draft["subcontracting"]["percent"] = form.decimal(element)


def _subcontracted_words(form: Form, draft: Draft, element: Element) -> None:
    draft["subcontracting"]["description"] = form.text(element)


_SUBCONTRACTED = Anywhere(
    {
        "EXCLUDING_VAT_VALUE": _subcontracted_value,
        "EXCLUDING_VAT_PRCT": _subcontracted_percent,
        "PERCENTAGE_VALUE": _subcontracted_percent,
        "ADDITIONAL_INFORMATION": _subcontracted_words,
    }
)
_AWARD = Anywhere(
    {
        "CONTRACT_NUMBER": reference_into("reference"),
        "LOT_NUMBER": reference_into("lot_number"),
        "CONTRACT_TITLE": texts_into("title"),
        "TITLE_CONTRACT": texts_into("title"),
        "CONTRACT_AWARD_DATE": day_into("decided"),
        "DATE_OF_CONTRACT_AWARD": day_into("decided"),
        "OFFERS_RECEIVED_NUMBER": statistic("tenders"),
        "OFFERS_RECEIVED_NUMBER_MEANING": statistic("t-esubm"),
        "ECONOMIC_OPERATOR_NAME_ADDRESS": _winner,
        "INITIAL_ESTIMATED_TOTAL_VALUE_CONTRACT": _award_estimate,
        "COSTS_RANGE_AND_CURRENCY_WITH_VAT_RATE": _awarded_amount,
        "COSTS_RANGE_AND_CURRENCY": _awarded_amount,
        "NO_CONTRACT_LIKELY_SUB_CONTRACTED": _subcontracted("no"),
    },
    beginnings=(("CONTRACT_LIKELY_SUB_CONTRACTED", _subcontracted("yes")),),
)


def award(form: Form, draft: Draft, element: Element) -> None:
    """Read one `AWARD_OF_CONTRACT…`; its texts speak of the lot whose number it states."""
    number = next((string_value(child) for child in element if local_name(child) == "LOT_NUMBER"), "")
    lots = draft["numbers"].named(number)
    form.lot = lots[0] if len(lots) == 1 else None
    own: Draft = {"lots": lots}
    _AWARD(form, own, element)
    form.lot = None
    draft.setdefault("awards", []).append(own)
