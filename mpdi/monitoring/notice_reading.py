"""What a stored notice says, made ready for a page: from its JSON (`tender_parsers.to_plain`) to plain data. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tender_parsers.notice import two_letters

Json = Mapping[str, Any]
_STRATEGIC = ("aims", "environmental", "social", "innovation", "gpp_criteria", "accessibility")
_SAID_OF_LOTS = ("BT-77",)
"""Terms that a `Notice` keeps only among its texts: how it is paid."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a notice and their language in two letters."""

    value: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount; `value` `None`: withheld."""

    value: Decimal | None
    currency: str | None


@dataclass(frozen=True, slots=True)
class Period:
    """How long: a number of units, or days from and to."""

    value: Decimal | None
    unit: str | None
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of award or of selection."""

    type: str | None
    name: Said | None
    description: Said | None
    weight: str | None = None
    unit: str | None = None
    """Code of the weight: `per-exa`, `poi-exa`, …"""


@dataclass(frozen=True, slots=True)
class Party:
    """Who buys, or won. A natural person has no name here."""

    name: Said | None
    number: str | None
    size: str | None
    legal_type: str | None
    place: str | None
    is_person: bool


@dataclass(frozen=True, slots=True)
class LotRead:
    """What is said of a lot, or of the whole."""

    kind: str
    id: str | None
    title: Said | None
    description: Said | None
    nature: str | None
    cpv: tuple[str, ...]
    places: tuple[str, ...]
    value: Amount | None
    duration: Period | None
    deadline: str | None
    request_deadline: str | None
    declared: Mapping[str, tuple[str, ...]]
    """Codes of BT-06, 774, 775, 776, 805, 754; empty: not stated."""
    why: Said | None
    """BT-777."""
    sme_suitable: bool | None
    reserved: tuple[str, ...]
    reserved_execution: str | None
    framework: str | None
    award: tuple[Criterion, ...]
    award_in_documents: bool
    selection: tuple[Criterion, ...]
    conditions: tuple[Said, ...]
    payment: tuple[Said, ...]

    @property
    def closes(self) -> str | None:
        """The last moment to take part, ISO 8601."""
        return self.deadline or self.request_deadline


@dataclass(frozen=True, slots=True)
class NoticeRead:
    """A whole notice."""

    title: Said | None
    procedure_description: Said | None
    buyers: tuple[Party, ...]
    whole: LotRead
    lots: tuple[LotRead, ...]
    """Lots, parts and groups."""
    max_submitted: int | None
    max_awarded: int | None
    all_required: bool | None
    winners: Mapping[str | None, tuple[Party, ...]]
    """By lot; `None`: the decision names none."""
    withheld: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeHead:
    """What a list shows of a notice."""

    title: Said | None
    buyers: tuple[Party, ...]
    value: Amount | None
    """Estimated, of the whole; of an undivided purchase that of its only lot."""


def read_head(whole: Json, wanted: str) -> NoticeHead:
    """The same as `read_notice`, of what a list shows."""
    say = _Words(wanted, two_letters(whole.get("language")))
    lots: Sequence[Json] = whole.get("lots") or ()
    first: Json = whole.get("whole") or {}
    parts = (first, *lots, *(whole.get("parts") or ()))
    own = amount_of(lots[0].get("estimated_value")) if len(lots) == 1 else None
    return NoticeHead(
        title=next((title for part in parts if (title := say.best(part.get("title")))), None),
        buyers=_distinct(_party(each, say) for each in whole.get("buyers") or ()),
        value=amount_of(first.get("estimated_value")) or own,
    )


def read_notice(whole: Json, wanted: str) -> NoticeRead:
    """Everything a page shows of a notice, in the wanted language (`fr`, `nl`, `en`) where the notice has it."""
    say = _Words(wanted, two_letters(whole.get("language")))
    limits = whole.get("lot_limits") or {}
    texts = whole.get("texts") or ()
    described = [_lot(each, texts, say) for key in ("lots", "parts", "lot_groups") for each in whole.get(key) or ()]
    first = _lot(whole.get("whole") or {"kind": "whole"}, texts, say)
    return NoticeRead(
        title=first.title or next((lot.title for lot in described if lot.title), None),
        procedure_description=say.best(whole.get("procedure_description")),
        buyers=_distinct(_party(each, say) for each in whole.get("buyers") or ()),
        whole=first,
        lots=tuple(described),
        max_submitted=limits.get("max_submitted"),
        max_awarded=limits.get("max_awarded"),
        all_required=limits.get("all_required"),
        winners=_winners(whole, say),
        withheld=tuple(str(each.get("field") or "") for each in whole.get("withheld") or ()),
        remarks=tuple(f"{each.get('element')}: {each.get('reason')}" for each in whole.get("remarks") or ()),
    )


class _Words:
    """Chooses one text out of its languages: the reader's, else the notice's, else the first."""

    def __init__(self, wanted: str, own: str | None) -> None:
        self._order = (wanted, own)

    def best(self, texts: Sequence[Json] | None) -> Said | None:
        """The one that is shown; `None`: nothing is said."""
        given = [Said(each["value"], two_letters(each.get("language"))) for each in texts or ()]
        for language in self._order:
            for each in given:
                if each.language == language:
                    return each
        return given[0] if given else None

    def each_once(self, texts: Iterable[Json]) -> tuple[Said, ...]:
        """Every text of the chosen language, in order."""
        given = [Said(each["value"], two_letters(each.get("language"))) for each in texts]
        chosen = self.best([{"value": each.value, "language": each.language} for each in given])
        return tuple(dict.fromkeys(each for each in given if chosen and each.language == chosen.language))


def stated(value: object) -> str | None:
    """A code or text; `None` where it is not stated, or withheld."""
    return value if isinstance(value, str) else None


def _decimal(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value)) if isinstance(value, str | int) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() and abs(number.adjusted()) < 30 else None


def amount_of(money: Json | None) -> Amount | None:
    """An amount of money; an estimate of nothing is not known."""
    if not money:
        return None
    value = _decimal(money.get("amount"))
    if value is not None and value <= 0:
        return None
    return Amount(value, stated(money.get("currency")))


def _period(duration: Json | None) -> Period | None:
    if not duration:
        return None
    found = Period(
        _decimal(duration.get("value")),
        duration.get("unit"),
        day_of(duration.get("start")),
        day_of(duration.get("end")),
    )
    return found if found.value is not None or found.start or found.end else None


def day_of(value: object) -> str | None:
    """An ISO day, if it is one."""
    try:
        return date.fromisoformat(str(value)[:10]).isoformat() if value else None
    except ValueError:
        return None


def _moment(value: Json | None) -> str | None:
    return None if not value else stated(value.get("at")) or stated(value.get("day"))


def _lot(lot: Json, texts: Sequence[Json], say: _Words) -> LotRead:
    strategic, framework = lot.get("strategic") or {}, lot.get("framework") or {}
    own = [text for text in texts if text.get("lot") == lot.get("id")] if lot.get("kind") != "whole" else []
    return LotRead(
        kind=lot.get("kind") or "lot",
        id=lot.get("id"),
        title=say.best(lot.get("title")),
        description=say.best(lot.get("description")),
        nature=stated(lot.get("nature")),
        cpv=tuple(dict.fromkeys(each for each in (lot.get("cpv_main"), *(lot.get("cpv_additional") or ())) if each)),
        places=tuple(dict.fromkeys(place["nuts"] for place in lot.get("places") or () if place.get("nuts"))),
        value=amount_of(lot.get("estimated_value")),
        duration=_period(lot.get("duration")),
        deadline=_moment(lot.get("tender_deadline")),
        request_deadline=_moment(lot.get("request_deadline")),
        declared={key: tuple(strategic.get(key) or ()) for key in _STRATEGIC},
        why=say.best(strategic.get("description")),
        sme_suitable=lot.get("sme_suitable"),
        reserved=tuple(lot.get("reserved_participation") or ()),
        reserved_execution=stated(lot.get("reserved_execution")),
        framework=stated(framework.get("type")),
        award=tuple(_award(each, say) for each in lot.get("award_criteria") or ()),
        award_in_documents=bool(lot.get("award_criteria_in_documents")),
        selection=tuple(_criterion(each, say) for each in lot.get("selection_criteria") or ()),
        conditions=say.each_once(lot.get("performance_conditions") or ()),
        payment=say.each_once(text for text in own if text.get("field") in _SAID_OF_LOTS),
    )


def _criterion(criterion: Json, say: _Words) -> Criterion:
    return Criterion(
        stated(criterion.get("type")), say.best(criterion.get("name")), say.best(criterion.get("description"))
    )


def _award(criterion: Json, say: _Words) -> Criterion:
    plain = _criterion(criterion, say)
    number: Json = next((each for each in criterion.get("numbers") or () if each.get("kind") == "weight"), {})
    weight = stated(number.get("value")) or stated(criterion.get("weight_text"))
    return Criterion(plain.type, plain.name, plain.description, weight, stated(number.get("code")))


def _party(party: Json, say: _Words) -> Party:
    numbers, address = party.get("identifiers") or (), party.get("address") or {}
    is_person = bool(party.get("is_natural_person"))
    return Party(
        name=None if is_person else say.best(party.get("name")),
        number=None if is_person else next((stated(each.get("id")) for each in numbers), None),
        size=stated(party.get("size")),
        legal_type=stated(party.get("legal_type")),
        place=stated(address.get("nuts")),
        is_person=is_person,
    )


def _distinct(parties: Iterable[Party]) -> tuple[Party, ...]:
    return tuple(dict.fromkeys(parties))


def _winners(whole: Json, say: _Words) -> dict[str | None, tuple[Party, ...]]:
    found: dict[str | None, tuple[Party, ...]] = {}
    for result in whole.get("results") or ():
        won = _distinct(_party(each, say) for each in result.get("winners") or ())
        for lot in result.get("lots") or (None,):
            found[lot] = _distinct((*found.get(lot, ()), *won))
    return found


def texts_of(whole: Json) -> Iterator[tuple[int, Json]]:
    """Every text with its number."""
    yield from enumerate(whole.get("texts") or ())
