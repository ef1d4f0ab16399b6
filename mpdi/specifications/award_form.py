"""The award table: price first, the award clauses, the buyer's own criteria; weights out of 100."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from mpdi.clause_library.core.answers import AWARD_TEXT_LIMIT, CLAUSE_ID
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.selection import Selection, is_weighted_criterion
from mpdi.clause_library.core.vocabulary import Decision
from mpdi.specifications.award import QUALITY_TO_COMPLETE, WeightedCriterion, weighted_criteria
from mpdi.specifications.choices import spoken, two_texts
from mpdi.specifications.field_values import FieldError, plain_number, read_decimal, read_text
from mpdi.specifications.forms import Answers, Typed
from mpdi.specifications.two_language_fields import french_missing, joined

MAX_OWN = 30
HUNDRED = Decimal(100)
_LIMITS = {
    "words": 200,
    "scale": AWARD_TEXT_LIMIT,
    "proof": AWARD_TEXT_LIMIT,
    "words_nl": 200,
    "scale_nl": AWARD_TEXT_LIMIT,
    "proof_nl": AWARD_TEXT_LIMIT,
}


@dataclass
class AwardRow:
    """One criterion: `price`, a clause, or the buyer's own words; its weight as typed; what is wrong with it."""

    key: str
    weight: str
    clause: ClauseVersion | None = None
    words: str = ""
    scale: str = ""
    proof: str = ""
    words_nl: str = ""
    scale_nl: str = ""
    proof_nl: str = ""
    """The same texts in Dutch, in a draft in both languages: the others are then French."""
    minimum: ClauseVersion | None = None
    """The requirement that asks the same as a minimum, where it is in."""
    is_proposed: bool = False
    value: Decimal = Decimal(0)
    error: str | None = None

    @property
    def is_own(self) -> bool:
        """Whether the words are the buyer's."""
        return self.key.startswith("own_")


@dataclass
class AwardForm:
    """The rows in the order shown."""

    rows: list[AwardRow] = field(default_factory=list)
    problem: str | None = None
    is_bilingual: bool = False
    """Whether the buyer's own words are asked in both languages."""

    @property
    def total(self) -> Decimal:
        """The sum of the weights that could be read."""
        return sum((row.value for row in self.rows), Decimal(0))

    @property
    def is_proposed(self) -> bool:
        """Whether the weights are a proposal that the buyer has not confirmed."""
        return any(row.is_proposed for row in self.rows)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every error: key of the row, what is wrong."""
        return [(row.key, row.error) for row in self.rows if row.error]

    @property
    def is_valid(self) -> bool:
        """Whether the weights can be stored."""
        return not self.errors and self.problem is None


def stored_award(purchase: Purchase, selection: Selection) -> AwardForm:
    """Return the table as stored, or as proposed where no weight was set."""
    weights = {item.name: item for item in weighted_criteria(purchase, selection.chosen)}
    form = AwardForm([AwardRow("price", _written(weights.get("price")))], is_bilingual=asks_both(purchase))
    for clause in _award_clauses(selection):
        form.rows.append(_clause_row(clause, _written(weights.get(clause.id)), selection))
    own = [item for item in weights.values() if item.clause is None and item.name != "price"]
    for number, item in enumerate(own, 1):
        row = AwardRow(f"own_{number}", _written(item), **_own_texts(item, purchase))
        form.rows.append(row)
    for row in form.rows:
        named = weights.get(row.key)
        row.is_proposed = not purchase.award and (named is None or named.is_proposed)
        row.value = named.weight if named else Decimal(0)
    for row, item in zip([row for row in form.rows if row.is_own], own, strict=True):
        row.value, row.is_proposed = item.weight, item.is_proposed
    return form


def asks_both(purchase: Purchase) -> bool:
    """Whether the buyer's own words are asked in both languages."""
    return purchase.language == "fr+nl" or any(place.startswith("award.") for place in purchase.texts)


def _own_texts(item: WeightedCriterion, purchase: Purchase) -> dict[str, str]:
    if item.name == QUALITY_TO_COMPLETE:
        return {}
    index = next(place for place, each in enumerate(purchase.award) if each.criterion == item.name)
    plain = {"words": item.name, "scale": item.scale or "", "proof": item.proof or ""}
    keys = {"words": "criterion", "scale": "scale", "proof": "proof"}
    both = {name: purchase.texts.get(f"award.{index}.{key}") for name, key in keys.items()}
    french = {name: text.fr for name, text in both.items() if text}
    return plain | french | {f"{name}_nl": text.nl for name, text in both.items() if text}


def _written(item: Any) -> str:
    return spoken(item.weight) if item is not None else ""


def _award_clauses(selection: Selection) -> list[ClauseVersion]:
    wanted = (Decision.IN, Decision.SUGGESTED)
    return [item.clause for item in selection.decided if item.decision in wanted and is_weighted_criterion(item.clause)]


def _clause_row(clause: ClauseVersion, weight: str, selection: Selection) -> AwardRow:
    minimum = next((each for each in selection.chosen if each.id == clause.award_companion), None)
    return AwardRow(clause.id, weight, clause, minimum=minimum)


def typed_award(typed: Typed, purchase: Purchase, selection: Selection) -> AwardForm:
    """Return the table as typed; `action=add` adds an empty criterion."""
    form = AwardForm([AwardRow("price", typed.get("weight_price", ""))], is_bilingual=asks_both(purchase))
    form.rows += [
        _clause_row(clause, typed.get(f"weight_{clause.id}", ""), selection) for clause in _award_clauses(selection)
    ]
    own = [number for number in range(1, MAX_OWN + 1) if f"weight_own_{number}" in typed]
    form.rows += [_typed_own(typed, f"own_{number}") for number in own]
    if typed.get("action") == "add" and len(own) < MAX_OWN:
        form.rows.append(AwardRow(f"own_{max(own, default=0) + 1}", ""))
    for row in form.rows:
        _read(row)
    if form.total != HUNDRED and not form.errors and any(row.value for row in form.rows):
        form.problem = _(
            "The weights add up to %(total)s, not 100. Change them until they do.", total=spoken(form.total)
        )
    _refuse_twice(form.rows)
    return form


def _typed_own(typed: Typed, key: str) -> AwardRow:
    texts = {name: typed.get(f"{name}_{key}", "") for name in _LIMITS}
    return AwardRow(key, typed.get(f"weight_{key}", ""), **texts)


def _read(row: AwardRow) -> None:
    try:
        row.value = read_decimal(row.weight, has_thousands=False) if row.weight.strip() else Decimal(0)
        if row.is_own:
            for name, limit in _LIMITS.items():
                setattr(row, name, read_text(getattr(row, name).strip(), limit) or "")
    except FieldError as error:
        row.error = str(error)
        return
    if not 0 <= row.value <= HUNDRED:
        row.error = _(
            "%(number)s is not between %(low)s and %(high)s. Check the figure.",
            number=spoken(row.value),
            low="0",
            high="100",
        )
        row.value = Decimal(0)
    elif row.is_own and row.value and not row.words:
        row.error = _("This weight has no criterion. Name it, or empty the weight.")
    elif row.is_own and any(name == "price" or CLAUSE_ID.fullmatch(name) for name in (row.words, row.words_nl)):
        row.error = _("“%(words)s” is a word of the library. Name your criterion otherwise.", words=row.words)
    elif any(getattr(row, f"{name}_nl") and not getattr(row, name) for name in ("words", "scale", "proof")):
        row.error = french_missing()


def _refuse_twice(rows: Sequence[AwardRow]) -> None:
    seen: set[str] = set()
    for row in rows:
        dutch = f"nl:{row.words_nl or row.words}"
        if row.is_own and row.words and {row.words, dutch} & seen:
            row.error = _("This criterion stands twice. Give each one weight.")
        seen |= {row.words, dutch}


def packed_award(form: AwardForm) -> list[dict[str, Any]]:
    """Return the list of an answers file; criteria without weight are left out."""
    return [_packed_row(row) for row in form.rows if row.value > 0]


def _packed_row(row: AwardRow) -> dict[str, Any]:
    name = joined(row.words, row.words_nl) if row.is_own else row.key
    packed: dict[str, Any] = {"criterion": name, "weight": plain_number(row.value)}
    texts = {"scale": joined(row.scale, row.scale_nl), "proof": joined(row.proof, row.proof_nl)}
    return packed | {key: text for key, text in texts.items() if row.is_own and text}


def told_award(answers: Answers) -> list[tuple[str, str]]:
    """Return the weights for a reader."""
    told = [
        (
            _("Price") if item["criterion"] == "price" else two_texts(item["criterion"]),
            " – ".join((spoken(item["weight"]), *(two_texts(item[key]) for key in ("scale", "proof") if key in item))),
        )
        for item in answers.get("award", [])
    ]
    return told or [(_("Award criteria"), "–")]
