"""A profile is stored as JSON and comes back the same."""

import datetime
import json
from dataclasses import replace
from decimal import Decimal

import pytest

from mpdi.action_plans.core.profile import AskedObjective, HandFigure
from mpdi.action_plans.core.profile_json import profile_from_json, profile_json
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Category
from mpdi.resources import folder


@pytest.mark.parametrize("name", ["commune-fr", "hopital-nl", "avancement-fr", "presque-vide"])
def test_what_is_stored_comes_back_the_same(name, read):
    profile = read((folder("examples") / f"plan-{name}.yaml").read_text(encoding="utf-8"))
    stored = json.loads(json.dumps(profile_json(profile)))
    assert profile_from_json(stored) == profile
    assert profile_json(profile_from_json(stored)) == stored


def test_two_names_decimals_and_figures_by_hand_keep_every_digit(commune):
    profile = replace(
        commune,
        authority=replace(commune.authority, name=Bilingual("Ville", "Stad"), id="be-brussels"),
        objectives=(AskedObjective(Category.CLEANING, "environmental_clauses", Decimal("0.10"), None, None),),
        noted=(HandFigure("training.mpd_mpi", "12 sessions", datetime.date(2027, 3, 1), "registre des formations"),),
        progress_day=datetime.date(2027, 6, 30),
    )
    stored = json.loads(json.dumps(profile_json(profile)))
    assert stored["objectives"] == [{"category": "cleaning", "indicator": "environmental_clauses", "baseline": "0.10"}]
    assert profile_from_json(stored) == profile


def test_a_day_that_has_passed_since_is_read_all_the_same(commune):
    stored = profile_json(commune)
    stored["period"] = {"from": "2019-01-01", "to": "2021-12-31"}
    assert profile_from_json(stored).period.last == datetime.date(2021, 12, 31)
