"""A newer canevas: what it changes for a plan is listed, and nothing else."""

import shutil

import pytest

from mpdi.action_plans.core.canevas_changes import canevas_changes
from mpdi.action_plans.core.canevas_reading import FOLDER, read_canevas
from mpdi.resources import folder

NEWER = "99.0.0"


@pytest.fixture
def newer(tmp_path, canevas):
    """A copy of the canevas as a newer version: an action and a risk are gone, a risk and a title are new."""
    place = tmp_path / "plans"
    shutil.copytree(folder("templates") / FOLDER, place)
    shutil.copytree(place / canevas.version, place / NEWER)
    register = place / "register.yaml"
    register.write_text(
        register.read_text(encoding="utf-8")
        + f'"{NEWER}":\n  status: published\n  valid_from: 2028-01-01\n  legal_review: {{state: pending}}\n  digest: ""\n',
        encoding="utf-8",
    )
    edit(place / NEWER / "elements_means.yaml", "key: budget_rule", "key: budget_note")
    edit(place / NEWER / "elements_means.yaml", 'fr: "Plan de contrôle"', 'fr: "Contrôles"')
    edit(place / NEWER / "canevas.yaml", "key: too_little_or_too_much", "key: two_sided")
    return read_canevas(place)


def edit(path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_the_newest_published_version_is_taken(newer):
    assert newer.version == NEWER


def test_what_changes_is_listed_part_by_part(canevas, newer):
    assert [str(each) for each in canevas_changes(canevas, newer)] == [
        "element control: changed",
        "action life_cycle_cost.budget_note: added",
        "action life_cycle_cost.budget_rule: removed",
        "risk two_sided: added",
        "risk too_little_or_too_much: removed",
    ]


def test_between_a_version_and_itself_nothing_changes(canevas):
    assert canevas_changes(canevas, canevas) == ()
