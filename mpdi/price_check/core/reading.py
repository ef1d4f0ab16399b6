"""Offers read from plain data into a `PriceCase`, with one problem for each wrong value: nothing is guessed."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from mpdi.clause_library.core.answer_values import (
    WrongAnswerError,
    clean_text,
    one_of,
    read_amount,
    read_day,
    read_keys,
    read_list,
    read_whole,
    shown,
)
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.said import said
from mpdi.clause_library.core.vocabulary import AuthorityType, Certainty, Language, Nature, Procedure
from mpdi.price_check.core.errors import OfferProblem, OffersError
from mpdi.price_check.core.model import (
    MAX_OFFERS,
    Answer,
    Cost,
    CostShare,
    LetterFacts,
    Lot,
    Offer,
    Post,
    PriceCase,
    ShareProvenance,
    WageCost,
)

KEYS = ("purchase", "joint_committee", "hours", "lots", "wage_costs", "other_costs", "letter", "offers")
PURCHASE_KEYS = (
    "reference", "object", "authority", "nature", "fraud_sensitive", "light_regime", "procedure", "price_weight",
    "estimated_value", "cpv_risk_list", "works_above_class_2", "publication_date", "language", "currency",
)  # fmt: skip
OFFER_KEYS = (
    "tenderer", "amount", "currency", "lot", "hours", "joint_committee", "posts", "other_costs", "left_out", "address", "language",
)  # fmt: skip
_COMMITTEE = re.compile(r"(?:(?:S?CP|PS?C|JC)\s*(?:n[°o]\.?|nr\.?)?\s*)?([0-9]{3}(?:\.[0-9]{2})?)", re.IGNORECASE)
"""A number, also behind what people write before it: “CP 121”, “PC nr. 145.04”, “SCP n° 145.04”."""
_CENTS = Decimal("0.01")
_MOST = Decimal(10) ** 11
_Value = TypeVar("_Value")


def read_case(data: object) -> PriceCase:
    """Return the purchase and its offers; `OffersError` with every value that is wrong."""
    return _Reader().case(data)


def _money(value: object) -> Decimal:
    amount = read_amount(_CENTS, _MOST, "EUR")(value)
    if amount != amount.quantize(_CENTS):
        raise WrongAnswerError(
            said("%(value)s EUR has more than two decimals.", value=amount), said("Write cents at most.")
        )
    return amount


def _hours(value: object) -> Decimal:
    hours = _hours_of_post(value)
    if not hours:
        raise WrongAnswerError(
            said("0 hours: no offer can be carried out without work."),
            said("Write the hours of work, or leave them out where the offer states none."),
        )
    return hours


def _hours_of_post(value: object) -> Decimal:
    if not isinstance(value, bool) and isinstance(value, int | Decimal) and value < 0:
        raise WrongAnswerError(
            said("%(value)s hours: hours cannot be negative.", value=value),
            said("Write the hours of work, or leave them out where the offer states none."),
        )
    return read_amount(0, 10_000_000, "h")(value)


def _committee(value: object) -> str:
    found = _COMMITTEE.fullmatch(str(value).strip())
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal) or found is None:
        raise WrongAnswerError(
            said("“%(value)s” is not the number of a joint committee.", value=shown(value)),
            said("Write three figures, and two more behind a point for a sub-committee: 121, 145.04. CP or PC may stand before them."),
        )
    return found[1]


def _currency(value: object) -> str:
    if value != "EUR":
        raise WrongAnswerError(
            said("the currency is “%(value)s”: only amounts in EUR can be compared.", value=shown(value)),
            said("Have the tenderer state the amount in EUR as the documents ask, or convert it yourself and note rate, day and source in the file."),
        )
    return "EUR"


def _answer(value: object) -> Answer:
    return (Answer.YES if value else Answer.NO) if isinstance(value, bool) else one_of(Answer)(value)


def _language(value: object) -> Language:
    if value not in ("fr", "nl"):
        raise WrongAnswerError(said("“%(value)s” is not a language of letters.", value=shown(value)), said("Write fr or nl."))
    return "nl" if value == "nl" else "fr"


class _Reader:
    """Reads one file and collects what is wrong with it."""

    def __init__(self) -> None:
        self._problems: list[OfferProblem] = []

    def _wrong(self, key: str, message: str, remedy: str) -> None:
        self._problems.append(OfferProblem(key, message, remedy))

    def _keys(self, value: object, allowed: tuple[str, ...], place: str) -> Mapping[str, Any]:
        if value is None:
            return {}
        return self._read({"": value}, "", lambda each: read_keys(each, allowed), {}, place)

    def _read(self, data: Mapping[str, Any], key: str, read: Callable[[object], _Value], default: _Value, place: str = "") -> _Value:
        if data.get(key) is None:
            return default
        try:
            return read(data[key])
        except WrongAnswerError as error:
            self._wrong(".".join(filter(None, (place, key))), error.message, error.remedy)
            return default

    def _need(self, data: Mapping[str, Any], key: str, read: Callable[[object], _Value], default: _Value, place: str) -> _Value:
        if data.get(key) is None:
            self._wrong(f"{place}.{key}" if place else key, said("is missing."), said("The check cannot be made without it: add it."))
            return default
        return self._read(data, key, read, default, place)

    def case(self, data: object) -> PriceCase:
        if not isinstance(data, Mapping):
            raise OffersError([OfferProblem("file", said("holds no purchase with offers."), said("Start from examples/offers-cleaning.yaml."))])
        top = self._keys(data, KEYS, "file")
        lots = tuple(self._lot(item, f"lots[{place}]") for place, item in self._entries(top, "lots"))
        shares = self._shares(top.get("other_costs"), "other_costs", ShareProvenance.BUYER)
        offers = tuple(self._offer(item, f"offers[{place}]", lots) for place, item in self._entries(top, "offers"))
        self._check_offers(offers, lots)
        made = PriceCase(
            **self._purchase(self._keys(top.get("purchase"), PURCHASE_KEYS, "purchase")),
            offers=offers,
            joint_committee=self._read(top, "joint_committee", _committee, None),
            hours=self._read(top, "hours", _hours, None),
            lots=lots,
            wage_costs=tuple(self._wage(item, f"wage_costs[{place}]") for place, item in self._entries(top, "wage_costs")),
            shares=shares,
            letter=self._letter(self._keys(top.get("letter"), ("answer_days", "contact", "signatory", "place"), "letter")),
        )
        self._check_shares(made)
        if self._problems:
            raise OffersError(self._problems)
        return made

    def _entries(self, data: Mapping[str, Any], key: str) -> list[tuple[int, Any]]:
        return list(enumerate(self._read(data, key, lambda value: read_list(value, key), []), start=1))

    def _purchase(self, data: Mapping[str, Any]) -> dict[str, Any]:
        authority = self._keys(data.get("authority"), ("name", "type"), "purchase.authority")
        self._read(data, "currency", _currency, "EUR", "purchase")
        return {
            "publication_date": self._need(data, "publication_date", read_day, None, "purchase"),
            "authority_type": self._need(authority, "type", one_of(AuthorityType), AuthorityType.OTHER, "purchase.authority"),
            "authority": self._read(authority, "name", clean_text, "", "purchase.authority"),
            "nature": self._need(data, "nature", one_of(Nature), Nature.SERVICES, "purchase"),
            "procedure": self._need(data, "procedure", one_of(Procedure), Procedure.OPEN, "purchase"),
            "price_weight": self._need(data, "price_weight", read_amount(0, 100, "%"), Decimal(0), "purchase"),
            "estimated_value": self._need(data, "estimated_value", _money, Decimal(0), "purchase"),
            **{
                name: self._read(data, key, _answer, default, "purchase")
                for name, key, default in (
                    ("fraud_sensitive", "fraud_sensitive", Answer.UNKNOWN),
                    ("cpv_risk", "cpv_risk_list", Answer.UNKNOWN),
                    ("works_above_class_2", "works_above_class_2", Answer.UNKNOWN),
                    ("light_regime", "light_regime", Answer.NO),
                )
            },
            "reference": self._read(data, "reference", clean_text, "", "purchase"),
            "object": self._read(data, "object", clean_text, "", "purchase"),
            "language": self._read(data, "language", _language, "fr", "purchase"),
        }

    def _letter(self, data: Mapping[str, Any]) -> LetterFacts:
        return LetterFacts(
            self._read(data, "answer_days", read_whole(1, 90, "d"), None, "letter"),
            *(self._read(data, key, clean_text, "", "letter") for key in ("contact", "signatory", "place")),
        )

    def _lot(self, item: object, place: str) -> Lot:
        data = self._keys(item, ("title", "hours"), place)
        return Lot(self._need(data, "title", clean_text, "", place), self._read(data, "hours", _hours, None, place))

    def _wage(self, item: object, place: str) -> WageCost:
        data = self._keys(item, ("joint_committee", "value", "valid_from", "valid_to", "source", "certainty"), place)
        source = self._need(data, "source", clean_text, "", place)
        first, last = self._need(data, "valid_from", read_day, None, place), self._read(data, "valid_to", read_day, None, place)
        if first is not None and last is not None and last < first:
            self._wrong(f"{place}.valid_to", said("lies before valid_from."), said("Check both dates."))
        return WageCost(
            self._need(data, "joint_committee", _committee, "", place),
            self._need(data, "value", read_amount(_CENTS, 1000, said("EUR an hour")), Decimal(1), place),
            first,  # type: ignore[arg-type]  # a missing date is a problem, and no case is made
            last,
            Bilingual(source, source),
            self._read(data, "certainty", one_of(Certainty), Certainty.GENERAL_KNOWLEDGE, place),
            is_buyers=True,
        )

    def _shares(self, value: object, place: str, provenance: ShareProvenance) -> tuple[CostShare, ...]:
        data = self._keys(value, tuple(Cost), place)
        return tuple(self._share(cost, data[cost], f"{place}.{cost}", provenance) for cost in Cost if data.get(cost) is not None)

    def _share(self, cost: Cost, item: object, place: str, provenance: ShareProvenance) -> CostShare:
        data = self._keys(item, ("percent", "source"), place) if isinstance(item, Mapping) else {"percent": item}
        percent = self._need(data, "percent", read_amount(0, 100, "%"), Decimal(0), place)
        return CostShare(cost, percent, provenance, self._read(data, "source", clean_text, "", place))

    def _offer(self, item: object, place: str, lots: tuple[Lot, ...]) -> Offer:
        data = self._keys(item, OFFER_KEYS, place)
        self._read(data, "currency", _currency, "EUR", place)
        posts = tuple(self._post(each, f"{place}.posts[{number}]") for number, each in self._entries_of(data, "posts", place))
        offer = Offer(
            self._need(data, "tenderer", lambda value: clean_text(value, 120), "", place),
            self._need(data, "amount", _money, Decimal(0), place),
            self._read(data, "lot", clean_text, "", place),
            self._read(data, "hours", _hours, None, place),
            self._read(data, "joint_committee", _committee, None, place),
            posts,
            self._shares(data.get("other_costs"), f"{place}.other_costs", ShareProvenance.TENDER),
            self._read(data, "left_out", clean_text, "", place),
            self._read(data, "address", lambda value: clean_text(value, 300), "", place),
            self._read(data, "language", _language, None, place),
        )
        self._check_lot(offer, lots, place)
        self._check_posts(offer, place)
        return offer

    def _entries_of(self, data: Mapping[str, Any], key: str, place: str) -> list[tuple[int, Any]]:
        return list(enumerate(self._read(data, key, lambda value: read_list(value, key), [], place), start=1))

    def _post(self, item: object, place: str) -> Post:
        data = self._keys(item, ("title", "hours", "joint_committee", "amount"), place)
        return Post(
            self._need(data, "title", clean_text, "", place),
            self._need(data, "hours", _hours_of_post, Decimal(0), place),
            self._read(data, "joint_committee", _committee, None, place),
            self._read(data, "amount", _money, None, place),
        )

    def _check_lot(self, offer: Offer, lots: tuple[Lot, ...], place: str) -> None:
        titles = [lot.title for lot in lots]
        if titles and offer.lot not in titles:
            self._wrong(f"{place}.lot", said("“%(value)s” is not one of the lots.", value=offer.lot), said("Use one of: %(values)s.", values=", ".join(titles)))
        if not titles and offer.lot:
            self._wrong(f"{place}.lot", said("the purchase has no lots."), said("List them under lots, or leave the lot out."))

    def _check_posts(self, offer: Offer, place: str) -> None:
        amounts = [post.amount for post in offer.posts if post.amount is not None]
        if amounts and len(amounts) != len(offer.posts):
            self._wrong(f"{place}.posts", said("some posts have an amount and others none."), said("Give every post its amount, or none."))
        elif amounts and sum(amounts) != offer.amount:
            words = said("the posts add up to %(sum)s EUR, the offer to %(amount)s EUR.", sum=sum(amounts), amount=offer.amount)
            self._wrong(f"{place}.posts", words, said("Correct arithmetical errors first (article 34 of the Royal Decree of 18 April 2017), then check the prices."))
        hours = sum(post.hours for post in offer.posts)
        if offer.posts and offer.hours is not None and hours != offer.hours:
            self._wrong(f"{place}.hours", said("the posts add up to %(sum)s hours, the offer to %(hours)s.", sum=hours, hours=offer.hours), said("Correct one of them, or leave the hours of the offer out."))

    def _check_offers(self, offers: tuple[Offer, ...], lots: tuple[Lot, ...]) -> None:
        if not offers:
            self._wrong("offers", said("there is no offer."), said("List at least one offer with tenderer and amount."))
        if len(offers) > MAX_OFFERS:
            self._wrong("offers", said("%(count)s offers; one check holds at most %(most)s.", count=len(offers), most=MAX_OFFERS), said("Make one check a lot."))
        seen: set[tuple[str, str]] = set()
        for place, offer in enumerate(offers, start=1):
            name = (offer.lot, offer.tenderer.casefold())
            if offer.tenderer and name in seen:
                self._wrong(f"offers[{place}].tenderer", said("“%(name)s” has another offer here already.", name=offer.tenderer), said("Keep one, or tell variants apart in the name."))
            seen.add(name)
        if len({lot.title for lot in lots}) != len(lots):
            self._wrong("lots", said("two lots have the same title."), said("Give each its own."))

    def _check_shares(self, case: PriceCase) -> None:
        for place, shares in (("other_costs", case.shares), *((f"offers[{number}].other_costs", offer.shares) for number, offer in enumerate(case.offers, start=1))):
            total = sum((share.percent for share in shares), Decimal(0))
            if total >= 100:
                words = said("the other costs add up to %(total)s %% of the price: nothing is left for work.", total=total)
                self._wrong(place, words, said("Shares are percentages of the total amount: check them."))
