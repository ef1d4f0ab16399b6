"""Ask a helper as somebody who types; try a scoring as somebody who types."""

import datetime

import pytest

from mpdi.advice.core.advisers import advise_on
from mpdi.advice.core.reading import read_helpers
from mpdi.advice.scoring_typed import read_trial
from mpdi.advice.typed import read_answers
from mpdi.clause_library.core.law_numbers import read_law_numbers
from mpdi.resources import folder

TODAY = datetime.date(2026, 12, 1)


@pytest.fixture(scope="session")
def helpers():
    """The helpers that ship."""
    return read_helpers()


@pytest.fixture(scope="session")
def numbers():
    """The numbers of law that ship."""
    return read_law_numbers(folder("clauses") / "law" / "numbers.yaml")


@pytest.fixture
def ask(helpers, numbers):
    """Ask a helper with what was typed."""
    return lambda helper, **typed: advise_on(helpers[helper], read_answers(helpers[helper], typed), numbers, TODAY)


@pytest.fixture
def attempt():
    """Try a scoring: price 60, quality 40, unless something else is typed."""
    typed = {"price_weight": "60", "criteria": "Quality; 40", "formula": "proportional"}
    return lambda *offers, **other: read_trial(typed | {"offers": "\n".join(offers)} | other)
