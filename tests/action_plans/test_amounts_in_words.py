"""Amounts in the documents and pages of a plan: whole euros without cents, cents always as two figures."""

from decimal import Decimal

import pytest

from mpdi.action_plans.core.drafting import draft_plan
from mpdi.action_plans.files.voice import Voice


@pytest.mark.parametrize(
    ("amount", "fr", "nl"),
    [
        ("40000", "40 000 EUR", "40.000 EUR"),
        ("40000.50", "40 000,50 EUR", "40.000,50 EUR"),
        ("40000.05", "40 000,05 EUR", "40.000,05 EUR"),
        ("40000.004", "40 000 EUR", "40.000 EUR"),
    ],
)
def test_cents_are_two_figures_or_none(commune, canevas, clause_library, amount, fr, nl):
    plan = draft_plan(commune, canevas, clause_library)
    said = [Voice(plan, "fr").money(Decimal(amount)), Voice(plan, "nl").money(Decimal(amount))]
    assert [" ".join(each.split()) for each in said] == [fr, nl]
