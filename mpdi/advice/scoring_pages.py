"""The page of the scoring helper: form, points, and what would change the winner."""

from collections.abc import Mapping
from decimal import Decimal
from urllib.parse import urlencode

from flask import render_template, url_for
from flask_babel import gettext as _

from mpdi.advice.charts import Bar, bars
from mpdi.advice.core.display import money, two_decimals
from mpdi.advice.core.errors import AnswersError
from mpdi.advice.core.model import filled
from mpdi.advice.core.price_formulas import CALCULATIONS
from mpdi.advice.core.scoring import (
    Scored,
    Trial,
    other_weights,
    price_of_points,
    score,
    turning_price,
    winners,
)
from mpdi.advice.core.scoring_warnings import scoring_words, warnings
from mpdi.advice.forms import scoring_form
from mpdi.advice.scoring_typed import FIELDS, read_trial
from mpdi.i18n import interface_language


def scoring_page(query: Mapping[str, str]) -> str | tuple[str, int]:
    """Show the form and, where the address holds a trial, its points."""
    typed = {key: value for key, value in query.items() if key in FIELDS}
    form, language = scoring_form(typed), interface_language()
    keys = {"form": form, "words": scoring_words(), "language": language, "sample": _sample(language)}
    if not typed:
        return render_template("advice/scoring.html", trial=None, **keys)
    try:
        trial = read_trial(typed)
    except AnswersError as error:
        form.show_problems(error.problems)
        return render_template("advice/scoring.html", trial=None, **keys), 422
    return render_template("advice/scoring.html", trial=trial, **keys, **_result(trial, language))


def _sample(language: str) -> str:
    """Return the address of the sample."""
    sample = scoring_words().sample
    typed = {"price_weight": "60", "criteria": sample["criteria"][language], "formula": "proportional", "spread": "50"}
    typed |= {"offers": sample["offers"][language], "sensitive": "yes"}
    return url_for("advice.scoring") + "?" + urlencode(typed)


def _result(trial: Trial, language: str) -> dict[str, object]:
    scored = score(trial)
    ranked = sorted(scored, key=lambda each: each.place)
    return {
        "scored": scored,
        "ranked": ranked,
        "winners": winners(scored),
        "chart": _chart(trial, ranked, language),
        "others": other_weights(trial),
        "gaps": _gaps(trial),
        "turning": {each.offer.name: turning_price(trial, place) for place, each in enumerate(scored)},
        "warnings": list(warnings(trial)),
        "sums": {each.offer.name: _sum(trial, each, language) for each in scored},
        "money": lambda value: money(value, language),
        "points": lambda value: two_decimals(value, language),
    }


def _gaps(trial: Trial) -> list[tuple[Decimal, Decimal | None, Decimal | None]]:
    """Return gap in points, EUR, and percent of the cheapest price."""
    lowest = min(trial.prices)
    return [(gap, price, None if price is None else price * 100 / lowest) for gap, price in price_of_points(trial)]


def _sum(trial: Trial, scored: Scored, language: str) -> str:
    rule = trial.rule
    values = {
        "weight": trial.price_weight, "price": scored.offer.price, "lowest": min(trial.prices), "highest": max(trial.prices),
        "spread": rule.spread, "floor": rule.floor, "ceiling": rule.ceiling,
    }  # fmt: skip
    return filled(CALCULATIONS[rule.formula], values, language)


def _chart(trial: Trial, ranked: list[Scored], language: str) -> str:
    legend = [_("Price"), *(each.name for each in trial.criteria)]
    rows = [Bar(each.offer.name, (each.for_price, *each.for_criteria), two_decimals(each.total, language)) for each in ranked]
    return bars(_("Points of the offers"), legend, rows)
