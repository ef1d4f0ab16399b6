"""The canevas: every element that the strategy asks, in both languages, never changed once published, no target of ours."""

import re
import shutil
from collections.abc import Iterator

import pytest

from mpdi.action_plans.core.canevas_reading import FOLDER, REGISTER, edition_canevas, read_canevas, registered_digest
from mpdi.action_plans.core.errors import CanevasError, UnknownCanevasError
from mpdi.action_plans.core.vocabulary import AssessedTheme, PlanOption
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import Category
from mpdi.monitoring.indicators import INDICATORS
from mpdi.resources import folder

PLACE = folder("templates") / FOLDER
VERSIONS = sorted(strict_yaml.read(PLACE / REGISTER))

ASKED = (
    "governance", "training", "needs_analysis", "anticipation", "market_engagement", "lots", "central_purchasing",
    "life_cycle_cost", "pilots", "control", "regional_plans", "dnsh", "resources", "risks", "review",
)  # fmt: skip


@pytest.mark.parametrize("number", range(len(VERSIONS)))
def test_a_published_canevas_never_changes(number):
    version = VERSIONS[number]
    assert read_canevas(PLACE, version).digest == registered_digest(PLACE, version)


def test_every_folder_is_in_the_register():
    # Pages and mails of plans stand beside the versions; a version's folder is named by its number.
    assert sorted(path.name for path in PLACE.glob("[0-9]*") if path.is_dir()) == VERSIONS
    assert {path.name for path in PLACE.iterdir() if path.is_dir()} == {*VERSIONS, "pages", "mails"}


def test_every_element_that_the_strategy_asks_is_there_with_purpose_reason_and_actions(canevas):
    assert sorted(each.key for each in canevas.elements) == sorted(ASKED)
    for element in canevas.elements:
        assert all((element.purpose.fr, element.why.fr, element.actions)), element.key
        assert re.fullmatch(r"\d+-\d+(, \d+-\d+)*", element.lines), element.key


def test_training_holds_the_base_training_and_the_quarterly_sessions(canevas):
    keys = {action.key for action in canevas.actions}
    assert {
        "training.base_training",
        "training.quarterly_sessions",
        "lots.coordination_study",
        "review.revision",
    } <= keys


def test_part_one_knows_every_category_and_part_two_every_option(canevas):
    assert set(canevas.categories) == set(Category)
    assert set(canevas.options) == set(PlanOption)


def test_indicators_are_those_of_monitoring(canevas):
    assert set(canevas.indicators) == set(INDICATORS)


def test_six_themes_have_five_levels_each_with_its_next_step(canevas):
    assert [theme.key for theme in canevas.themes] == list(AssessedTheme)
    assert all(len(theme.levels) == 5 for theme in canevas.themes)


def test_every_text_says_something_in_both_languages_and_not_the_same(canevas):
    alike = {each.fr for each in texts(canevas) if each.fr == each.nl}
    assert all(each.fr.strip() and each.nl.strip() for each in texts(canevas))
    assert alike <= SAME_IN_BOTH


SAME_IN_BOTH = {"{levels}", "{source};", "Option", "Actions", "Niveau"}
"""Texts that are the same in French and Dutch."""


def texts(canevas) -> Iterator[Bilingual]:
    yield from canevas.words.values()
    yield from canevas.functions.values()
    for element in canevas.elements:
        yield from (element.title, element.purpose, element.why, *(each.text for each in element.adapts))
    for action in canevas.actions:
        yield from (action.what, action.means, action.measure)
    for theme in canevas.themes:
        yield from (text for level in theme.levels for text in (level.means, level.next))


def test_places_to_fill_are_the_same_in_both_languages(canevas):
    for key, text in canevas.words.items():
        assert sorted(re.findall(r"{(\w+)}", text.fr)) == sorted(re.findall(r"{(\w+)}", text.nl)), key


def test_no_objective_of_the_canevas_has_a_figure(canevas):
    for indicator in canevas.indicators.values():
        assert not re.search(r"\d", indicator.aim.fr + indicator.aim.nl), indicator.key
    for action in canevas.actions:
        assert not re.search(r"\d+ ?%", action.what.fr + action.measure.fr), action.key


def test_obligations_name_acts_of_the_register_of_law(canevas, clause_library):
    assert {each.act for each in canevas.obligations} <= set(clause_library.reference.instruments)


def test_an_unknown_version_is_refused_with_those_there_are():
    with pytest.raises(UnknownCanevasError, match=re.escape(edition_canevas().version)):
        read_canevas(PLACE, "9.9.9")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("policy: {at_most: 1}", "police: {at_most: 1}"),
        ("owner: direction", "owner: nobody"),
        ("after: [gov", "after: [no"),
    ],
    ids=["condition", "owner", "action"],
)
def test_a_canevas_that_contradicts_itself_is_refused(tmp_path, canevas, before, after):
    shutil.copytree(PLACE, tmp_path / "plans")
    path = tmp_path / "plans" / canevas.version / "elements_people.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    with pytest.raises(CanevasError):
        read_canevas(tmp_path / "plans")
