# An action is called with the form, the draft and the element, whether it needs all three or not.
# ruff: noqa: ARG001
"""What came of it: `AWARD_CONTRACT`, and `RESULTS` of a design contest."""

import re
from collections.abc import Sequence

from tender_parsers.notice import (
    WITHHELD,
    Contract,
    Lot,
    LotResult,
    Money,
    Number,
    Organisation,
    Statistic,
    Subcontracting,
    Tender,
)
from tender_parsers.ted.form import Action, Actions, Draft, Form, constant_into, frozen, reference_into, texts_into
from tender_parsers.ted.parties import distinct, read_party
from tender_parsers.ted.values import Element, local_name, string_value

_COUNTED = {
    "NB_TENDERS_RECEIVED": "tenders",
    "NB_TENDERS_RECEIVED_SME": "t-sme",
    "NB_TENDERS_RECEIVED_OTHER_EU": "t-oth-eea",
    "NB_TENDERS_RECEIVED_NON_EU": "t-no-eea",
    "NB_TENDERS_RECEIVED_EMEANS": "t-esubm",
    # Of a design contest: who took part, which is no count of tenders.
    "NB_PARTICIPANTS": "participants",
    "NB_PARTICIPANTS_SME": "participants-sme",
    "NB_PARTICIPANTS_OTHER_EU": "participants-other-eu",
}
_MOST_OF_A_NUMBER = 50
_SIZES = {"SME": "sme", "NO_SME": "large"}


def statistic(code: str) -> Action:
    """An action that counts tenders received of a kind."""

    def action(form: Form, draft: Draft, element: Element) -> None:
        hidden = draft.get("hidden", False) or form.is_withheld(element)
        number: Number = WITHHELD if hidden else form.decimal(element)
        if number is not None:
            draft.setdefault("received", []).append(Statistic(code, number))

    return action


_STATISTICS: Actions = {name: statistic(code) for name, code in _COUNTED.items()}


def _withheld_together(actions: Actions) -> Action:
    """An action for an element that may say of all within it that it is not to be published."""

    def action(form: Form, draft: Draft, element: Element) -> None:
        draft["hidden"] = form.is_withheld(element)
        form.read(draft, element, actions)
        draft["hidden"] = False

    return action


def contractor(form: Form, draft: Draft, element: Element) -> None:
    """Add a winner with its size."""
    party: Draft = {}
    for child in element:
        name = local_name(child)
        if name.startswith("ADDRESS"):
            party.update(read_party(form, child))
        elif name in _SIZES:
            party["size"] = _SIZES[name]
        else:
            form.collect(child)
    draft.setdefault("winners", []).append(Organisation(**party, roles=("winner",)))


def _contractors(form: Form, draft: Draft, element: Element) -> None:
    # Who is not to be named is not named: that there are winners is known from the status.
    if not form.is_withheld(element):
        form.read(draft, element, {"CONTRACTOR": contractor, "WINNER": contractor})


def money_into(field: str) -> Action:
    """An action that puts an amount into a field; withheld where what it stands in is."""

    def action(form: Form, draft: Draft, element: Element) -> None:
        draft[field] = form.money(element, draft.get("hidden", False))

    return action


def _range(form: Form, draft: Draft, element: Element) -> None:
    draft["value_range"] = form.money_range(element, draft.get("hidden", False))


_VALUES: Actions = {
    "VAL_TOTAL": money_into("value"),
    "VAL_RANGE_TOTAL": _range,
    "VAL_ESTIMATED_TOTAL": money_into("estimated_value"),
    "VAL_PRIZE": money_into("value"),
}


def _concluded(form: Form, draft: Draft, element: Element) -> None:
    draft["concluded"] = form.day(element)


def _decided(form: Form, draft: Draft, element: Element) -> None:
    draft["decided"] = form.day(element)


def _subcontracting_money(form: Form, draft: Draft, element: Element) -> None:
    draft.setdefault("subcontracting", {}).update(applies="yes", value=form.money(element))


def _subcontracting_percent(form: Form, draft: Draft, element: Element) -> None:
    draft.setdefault("subcontracting", {}).update(applies="yes", percent=form.decimal(element))


def _subcontracting_text(form: Form, draft: Draft, element: Element) -> None:
    draft.setdefault("subcontracting", {})["description"] = form.text(element)


def _likely(form: Form, draft: Draft, element: Element) -> None:
    draft.setdefault("subcontracting", {})["applies"] = "yes"


_AWARDED: Actions = {
    **_STATISTICS,
    **_VALUES,
    "DATE_CONCLUSION_CONTRACT": _concluded,
    "DATE_DECISION_JURY": _decided,
    "TENDERS": _withheld_together(_STATISTICS),
    "PARTICIPANTS": _withheld_together(_STATISTICS),
    "VALUES": _withheld_together(_VALUES),
    "VALUE": _withheld_together(_VALUES),
    "CONTRACTORS": _contractors,
    "CONTRACTOR": contractor,
    "WINNERS": _contractors,
    "WINNER": contractor,
    "LIKELY_SUBCONTRACTED": _likely,
    "VAL_SUBCONTRACTING": _subcontracting_money,
    "PCT_SUBCONTRACTING": _subcontracting_percent,
    "INFO_ADD_SUBCONTRACTING": _subcontracting_text,
}


def _awarded(form: Form, draft: Draft, element: Element) -> None:
    draft.update(status="selec-w", status_stated=local_name(element))
    form.read(draft, element, _AWARDED)


def _not_awarded(form: Form, draft: Draft, element: Element) -> None:
    draft.update(status="clos-nw", status_stated=local_name(element))
    form.read(
        draft,
        element,
        {
            "PROCUREMENT_UNSUCCESSFUL": constant_into("reason", "unsuccessful"),
            "PROCUREMENT_DISCONTINUED": constant_into("reason", "discontinued"),
        },
    )


_AWARD: Actions = {
    "CONTRACT_NO": reference_into("reference"),
    "LOT_NO": reference_into("lot_number"),
    "TITLE": texts_into("title"),
    "AWARDED_CONTRACT": _awarded,
    "NO_AWARDED_CONTRACT": _not_awarded,
}
_PRIZES: Actions = {"AWARDED_PRIZE": _awarded, "NO_AWARDED_PRIZE": _not_awarded}


def award_contract(form: Form, draft: Draft, element: Element) -> None:
    """Read one `AWARD_CONTRACT`; its texts speak of the lot whose number it states."""
    stated = element.find(form.lot_tag)
    lots = draft["numbers"].named(string_value(stated) if stated is not None else "")
    form.lot = lots[0] if len(lots) == 1 else None
    award: Draft = {"lots": lots}
    form.read(award, element, _AWARD)
    form.lot = None
    draft.setdefault("awards", []).append(award)


def contest_results(form: Form, draft: Draft, element: Element) -> None:
    """Read `RESULTS` of a design contest."""
    award: Draft = {"lots": draft["numbers"].named("")}
    form.read(award, element, _PRIZES)
    draft.setdefault("awards", []).append(award)


class LotNumbers:
    """The lots of a notice by their number, kept up as lots are added."""

    __slots__ = ("_by_number", "_lots", "_seen")

    def __init__(self, lots: list[Lot]) -> None:
        self._lots = lots
        self._seen = 0
        self._by_number: dict[str, list[str]] = {}

    def _with(self, number: str) -> list[str]:
        for lot in self._lots[self._seen :] if self._seen < len(self._lots) else ():
            self._by_number.setdefault((lot.internal_id or lot.id or "").lstrip("0"), []).append(lot.id or "")
        self._seen = len(self._lots)
        return self._by_number.get(number.lstrip("0"), [])

    def named(self, number: str) -> tuple[str, ...]:
        """Identifiers of the lots that a number names; without a number, of the only lot there is; else of none.

        `LOT_NO` is free text: "2", "Lot 2", "02" and "1, 3" are met. A number of no lot of the notice stands for
        itself, unless the only lot has none: then it is that of the notice before. So does one that more lots share
        than notices have objects: lots times awards would grow beyond all bounds.
        """
        lots = self._lots
        if not number or (len(lots) == 1 and lots[0].internal_id is None):
            return (lots[0].id,) if len(lots) == 1 and lots[0].id else ()
        found = self._with(number)
        if not found and re.search("[,;]", number):
            parts = dict.fromkeys(part.strip() for part in re.split("[,;]", number))
            found = [each for part in parts for each in self._with(part)[:_MOST_OF_A_NUMBER]]
        elif len(found) > _MOST_OF_A_NUMBER:
            return (number,)
        return tuple(found) or (number,)


def finish_awards(awards: Sequence[Draft]) -> Draft:
    """Results, tenders, contracts and winners of a `Notice`; a contract was settled on one tender, of the same number."""
    results: list[LotResult] = []
    tenders: list[Tender] = []
    contracts: list[Contract] = []
    winners: list[Organisation] = []
    for number, collected in enumerate(awards, 1):
        award = frozen(collected)
        own = (str(number),) if award.get("status") == "selec-w" else ()
        won: tuple[Organisation, ...] = award.get("winners", ())
        winners += won
        results.append(_result(award, str(number), own, won))
        if own:
            tenders.append(_tender(award, own[0], won))
            contracts.append(_contract(award, own))
    return {
        "results": tuple(results),
        "tenders": tuple(tenders),
        "contracts": tuple(contracts),
        "winners": distinct(winners),
    }


def _result(award: Draft, number: str, own: tuple[str, ...], won: tuple[Organisation, ...]) -> LotResult:
    return LotResult(
        id=number,
        lots=award["lots"],
        status=award.get("status"),
        status_stated=award.get("status_stated"),
        reason=award.get("reason"),
        received=award.get("received", ()),
        value=award.get("value"),
        value_range=award.get("value_range"),
        estimated_value=award.get("estimated_value"),
        tenders=own,
        contracts=own,
        winners=won,
    )


def _tender(award: Draft, number: str, won: tuple[Organisation, ...]) -> Tender:
    parts = award.get("subcontracting")
    value: Money | None = award.get("value")
    return Tender(
        id=number,
        lot=award["lots"][0] if len(award["lots"]) == 1 else None,
        value=value,
        subcontracting=Subcontracting(**frozen(parts)) if parts else None,
        tenderers=won,
    )


def _contract(award: Draft, own: tuple[str, ...]) -> Contract:
    return Contract(
        id=own[0],
        reference=award.get("reference"),
        title=award.get("title", ()),
        concluded=award.get("concluded"),
        decided=award.get("decided"),
        value=award.get("value"),
        tenders=own,
        lots=award["lots"],
    )
