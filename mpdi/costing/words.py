"""What the pages of life-cycle cost say in the language of the reader."""

from decimal import Decimal

from mpdi.clause_library.core.rendering import NBSP
from mpdi.costing import numbers
from mpdi.costing.choice_words import help_of
from mpdi.costing.examples import word
from mpdi.costing.fault_words import fault_in
from mpdi.costing.files import CountedCase, purchase_price
from mpdi.costing.forms import default_text, stands_open, unit_of
from mpdi.costing.source_words import own_source_words, source_words
from mpdi.costing.typography import set_in
from mpdi.costing.winner import Turn
from mpdi.exceptions import MpdiError
from mpdi.i18n import interface_language
from mpdi.i18n import translate as _
from mpdi.lcc.budget import BudgetView
from mpdi.lcc.model import Caution, Conventions, MoneyBasis
from mpdi.lcc.sentences import ABOVE, BELOW, NOTHING
from mpdi.lcc.sheets.model import Input, Source, Value
from mpdi.lcc.sheets.own_sources import OwnSource

__all__ = ["default_text", "help_of", "stands_open", "unit_of"]


def money(value: Decimal | None) -> str:
    """Write an amount to the cent."""
    return numbers.money(value, interface_language())


def figure(value: Decimal | None, digits: int = 4) -> str:
    """Write a number."""
    return numbers.number(value, interface_language(), digits)


def percent(fraction: Decimal | None) -> str:
    """Write a fraction as a percentage."""
    return numbers.percent(fraction, interface_language())


def unit(words: str) -> str:
    """Write a unit of a sheet."""
    return numbers.unit_words(words, interface_language())


def component(key: str) -> str:
    """Name a component of the cost."""
    return word("components", key, interface_language())


def source(held: Source) -> str:
    """Say where a default was read."""
    return source_words(held, interface_language())  # type: ignore[arg-type]


def own_source(each: Input, held: OwnSource | None) -> str:
    """Say where the buyer has a value of his own from."""
    return own_source_words(each, held, interface_language())  # type: ignore[arg-type]


def substance(key: str) -> str:
    """Name an emission."""
    return word("substances", key, interface_language())


def caution(key: Caution) -> str:
    """Say what a reader must know."""
    return word("cautions", key.value, interface_language())


def value_of(each: Input, value: Value | None) -> str:
    """Write a value that is held, with its unit."""
    if isinstance(value, Decimal | int):
        return f"{numbers.number(Decimal(value), interface_language(), 5)} {unit_of(each)}".strip()
    return _("not given") if value is None else word("choices", value, interface_language())


def years(held: tuple[int, ...]) -> str:
    """Say in which years something is paid: one, some, or a span."""
    if not held:
        return ""
    if len(held) > 2 and held == tuple(range(held[0], held[-1] + 1)):
        return _("each year from %(first)s to %(last)s", first=held[0], last=held[-1])
    return _("year %(years)s", years=", ".join(str(year) for year in held))


def conventions(held: Conventions) -> list[str]:
    """Say how a case is counted: printed with every result."""
    language = interface_language()
    real = held.money is MoneyBasis.REAL
    return [
        _("%(years)s years; year 0 is the purchase and is not discounted.", years=held.years),
        _("Discount rate %(rate)s a year, in real terms: prices of today, without inflation.", rate=percent(held.discount_rate))
        if real
        else _("Discount rate %(rate)s a year, in nominal terms: prices with their inflation.", rate=percent(held.discount_rate)),
        _("Costs fall %(timing)s.", timing=word("choices", held.timing.value, language)),
        _("Growth of prices: %(when)s.", when=word("first_year", "grown" if held.first_year_grown else "today", language)),
        _("Amounts in %(currency)s, %(vat)s. A cost is positive, an income negative. Figures are rounded once, when they are shown; offers are ranked to the cent.", currency=held.currency, vat=word("choices", held.vat.value, language)),
        _("Cost of emissions: %(how)s.", how=word("choices", held.external_costs.value, language)),
    ]  # fmt: skip


def turns(winner: str, found: tuple[Turn, ...]) -> list[str]:
    """Say what would change the winner, a sentence a change."""
    language = interface_language()
    said = []
    for each in found:
        for sentences, turn in ((BELOW, each.low), (ABOVE, each.high)):
            if turn is not None:
                said.append(_turn(sentences[language], winner, each, turn))
    return said or [NOTHING[language]]


def _turn(sentence: str, winner: str, each: Turn, turn: tuple[Decimal, str]) -> str:
    label = each.label.said(interface_language()) if each.label else each.key  # type: ignore[arg-type]
    name = _("%(label)s, of %(offer)s", label=label, offer=each.offer) if each.offer else label
    return set_in(sentence, interface_language()).format(
        input=name,
        value=_with_unit(turn[0], each.unit),
        base=_with_unit(each.value, each.unit),
        other=turn[1],
        winner=winner,
    )


def _with_unit(value: Decimal, of: str) -> str:
    return f"{numbers.sensible(value, interface_language())}{NBSP}{unit(of)}".strip()


def budget_sentence(view: BudgetView, base: str) -> list[str]:
    """Say what the budgets see of an offer against the first."""
    said = [
        _("%(amount)s EUR more than “%(base)s” in the year of purchase.", amount=money(view.extra_now), base=base)
        if view.extra_now >= 0
        else _(
            "%(amount)s EUR less than “%(base)s” in the year of purchase.", amount=money(-view.extra_now), base=base
        ),
        _("%(amount)s EUR less in year 1.", amount=money(view.first_year_saving))
        if view.first_year_saving >= 0
        else _("%(amount)s EUR more in year 1.", amount=money(-view.first_year_saving)),
    ]
    if view.extra_now > 0:
        said.append(
            _("The extra cost is earned back in year %(year)s.", year=view.earned_back)
            if view.earned_back is not None
            else _("The extra cost is not earned back within the study.")
        )
    if view.gain_over_life >= 0:
        said.append(
            _("Over the whole study %(amount)s EUR less is paid (not discounted).", amount=money(view.gain_over_life))
        )
    else:
        said.append(
            _("Over the whole study %(amount)s EUR more is paid (not discounted).", amount=money(-view.gain_over_life))
        )
    if view.share_after_mandate is not None and view.share_after_mandate > 0:
        said.append(_("%(share)s of that gain comes after year %(mandate)s, beyond a municipal mandate.", share=percent(view.share_after_mandate), mandate=view.mandate))  # fmt: skip
    return said


def unpriced(first: int, last: int) -> str:
    """Say that a set of prices has none for a year of the study, and what to do."""
    return _(
        "This price set has prices from %(first)s to %(last)s only: for other years no source was found, and none is invented. Let year 1 and the last year of the study lie within them, or choose another set.",
        first=first,
        last=last,
    )


def refused(error: MpdiError) -> str:
    """Say that the engine refuses a case, with its reason."""
    said = fault_in(error, interface_language())  # type: ignore[arg-type]
    return _("This case cannot be counted: %(reason)s", reason=said)


def example_values(counted: CountedCase, view: BudgetView) -> dict[str, str]:
    """Return the figures of the worked example, as the explanation has places for them."""
    base, other = counted.result.alternatives[0], counted.result.alternatives[1]
    return {
        "base": base.name,
        "other": other.name,
        "base_price": money(purchase_price(base.pv)),
        "other_price": money(purchase_price(other.pv)),
        "extra": money(view.extra_now),
        "saving": money(view.first_year_saving),
        "earned_back": str(view.earned_back),
        "years": str(counted.result.conventions.years),
        "rate": percent(counted.result.conventions.discount_rate),
        "base_lcc": money(base.lcc),
        "other_lcc": money(other.lcc),
        "gain": money(base.lcc - other.lcc),
        "after": percent(view.share_after_mandate),
    }
