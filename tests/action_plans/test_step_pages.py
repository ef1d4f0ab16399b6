"""The eight steps as pages: real forms, sent as a browser without scripts sends them."""

import datetime
import shutil
import sys
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from flask import Flask

from mpdi import clock
from mpdi.action_plans.core.objective_help import MarketReadiness, ObjectiveFigures, PastFigures
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.progress_facts import Measured
from mpdi.action_plans.core.vocabulary import PlanOption, PlanStep
from mpdi.app import create_app
from mpdi.config import Settings
from mpdi.services import EXTENSION

sys.path.insert(0, str(Path(__file__).parent.resolve()))

from plan_walk import PlanWalk

TODAY = datetime.date(2026, 12, 2)
SIMPLE = ("authority", "buying", "assessment", "options", "purchases", "resources")


@pytest.fixture(scope="module")
def app(library_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    home = tmp_path_factory.mktemp("steps") / "home"
    shutil.copytree(library_home, home)
    made = create_app(Settings(home, f"sqlite:///{home / 'mpdi.sqlite3'}", "a secret of the tests"))
    made.testing = True
    yield made
    made.extensions[EXTENSION].database.engine.dispose()


@pytest.fixture
def begin(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., PlanWalk]:
    """Begin a plan on 2 December 2026."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)

    def make(profile: PlanProfile | None = None, **values: str) -> PlanWalk:
        return PlanWalk(app, profile, **values)

    return make


def test_a_plan_goes_from_nothing_through_the_eight_steps_and_holds_what_was_typed(begin, nothing):
    walk = begin(nothing)
    order = [f"/plans/{walk.token}/{each}" for each in PlanStep]
    answer = walk.open("authority").send(name_nl="Gemeente Voorbeeld", type="local")
    assert answer.location == order[1]
    answer = walk.open("buying").send(category_1="cleaning", amount_1="900.000", contracts_1="3")
    assert answer.location == order[2]
    assert walk.open("assessment").send(policy="1", people="2").location == order[3]
    assert walk.open("objectives/general").send().location == f"{order[3]}/cleaning"
    answer = walk.open("objectives/cleaning").send(
        environmental_clauses__target="80 %", environmental_clauses__by="30/06/2028",
        environmental_clauses__reason="Trois marchés sur quatre",
    )  # fmt: skip
    assert answer.location == order[4]
    answer = walk.open("actions/governance").send(governance__coordinator__owner="Secrétaire communale")
    assert answer.location == f"{order[4]}/training"
    assert walk.open("actions/own").send().location == order[5]
    assert walk.open("options").send(option=["pilots", "coordination_lot"]).location == order[6]
    answer = walk.open("purchases").send(object_1="Écoles", category_1="cleaning", publication_1="15/9/2027")
    assert answer.location == order[7]
    assert walk.open("resources").send(coordinator="2,5").location == f"/plans/{walk.token}"
    stored = walk.stored
    assert stored.authority.name.nl == "Gemeente Voorbeeld"
    assert [(each.category, each.amount, each.contracts) for each in stored.spending] == [("cleaning", 900_000, 3)]
    assert dict(stored.self_assessment) == {"policy": 1, "people": 2}
    [objective] = stored.objectives
    assert (objective.target, objective.reason) == (Decimal("0.8"), "Trois marchés sur quatre")
    assert stored.actions["governance.coordinator"].owner == "Secrétaire communale"
    assert stored.options == (PlanOption.PILOTS, PlanOption.COORDINATION_LOT)
    assert stored.purchases[0].publication == datetime.date(2027, 9, 15)
    assert stored.resources == {"coordinator": Decimal("2.5")}


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_a_page_sent_back_untouched_changes_nothing_and_makes_no_revision(begin, commune, canevas, language):
    walk = begin(commune, language=language)
    categories, elements = commune.categories, [each.key for each in canevas.elements]
    if language != "nl":
        categories, elements = categories[:2], elements[:1]
    parts = [*(f"objectives/{each}" for each in categories), *(f"actions/{each}" for each in (*elements, "own"))]
    for step in (*SIMPLE, *parts):
        assert walk.open(step).send().status_code == 303, (step, walk.errors())
        assert walk.revision == 1, step
    assert walk.stored == commune


@pytest.mark.parametrize(
    ("step", "typed", "wrong"),
    [
        ("authority", {"last": "1/1/2020"}, "last"),
        ("buying", {"amount_1": "-5"}, "amount_1"),
        ("buying", {"amount_1": "=1+1"}, "amount_1"),
        ("objectives/cleaning", {"social_clauses__target": "120"}, "social_clauses.target"),
        ("objectives/cleaning", {"social_clauses__by": "1/6/2026"}, "social_clauses.by"),
        ("actions/training", {"training__base_training__deadline": "1/6/2026"}, "training.base_training.deadline"),
        ("actions/training", {"training__base_training__means": "=cmd"}, "training.base_training.means"),
        ("purchases", {"publication_1": "31/2/2027"}, "publication_1"),
        ("resources", {"training": "beaucoup"}, "training"),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_at_the_top_and_nothing_typed_is_lost(
    begin, commune, step, typed, wrong
):
    walk = begin(commune)
    before = walk.open(step).values()
    answer = walk.send(**typed)
    assert answer.status_code == 422
    assert list(walk.errors()) == [wrong]
    assert walk.summed() == [wrong]
    assert walk.page.xpath("//*[@id=$id]", id=wrong), "the link of the summary leads to the field"
    values = {name.replace("__", "."): value for name, value in typed.items()}
    assert {**walk.values(), "csrf_token": ""} == {**before, "csrf_token": ""} | values
    assert walk.revision == 1


def test_a_row_more_is_asked_for_by_a_button_which_stores_nothing(begin, nothing):
    walk = begin(nothing)
    rows = len(walk.open("buying").page.xpath("//select[starts-with(@name,'category_')]"))
    walk.send("add", category_1="food", amount_1="nonsense")
    assert len(walk.page.xpath("//select[starts-with(@name,'category_')]")) == rows + 1
    assert (walk.values()["amount_1"], walk.errors(), walk.revision) == ("nonsense", {}, 1)


def test_an_objective_of_ones_own_is_added_and_removed_without_scripts(begin, commune):
    walk = begin(commune)
    walk.open("objectives/food").send("add", add_indicator="price_only")
    walk.send(price_only__target="10", price_only__by="30/6/2028")
    assert walk.stored.objectives[-1].key == "food.price_only"
    walk.open("objectives/food").send(price_only__drop="yes")
    assert "food.price_only" not in [each.key for each in walk.stored.objectives]


def test_no_target_is_set_beforehand_and_the_reasoning_stands_beside_it(begin, commune):
    walk = begin(commune)
    values = walk.open("objectives/works").values()
    assert not any(value for name, value in values.items() if name.endswith((".target", ".baseline", ".by")))
    assert "Le profil compte 11 contrats" in walk.words()
    assert "Clauses de ce thème propres à la catégorie" in walk.words()


def test_a_target_that_is_worse_than_today_is_taken_and_said(begin, commune):
    walk = begin(commune)
    typed = {"environmental_clauses__baseline": "60", "environmental_clauses__target": "20"}
    assert walk.open("objectives/works").send(**typed).status_code == 303
    warned = walk.open("objectives/works").page.xpath(
        "//section[@id='environmental_clauses']//*[contains(@class,'mark-warn')]"
    )
    assert len(warned) == 1


def test_an_action_is_left_out_and_taken_back_and_its_dependants_say_what_they_wait_for(begin, commune):
    walk = begin(commune)
    walk.open("actions/governance")
    waits = walk.page.xpath("//section[@id='governance.steering']//ul[@class='action-facts']")[0].text_content()
    assert "Après l'action 1" in waits
    assert "Désigner un référent achats durables" in waits
    answer = walk.send("leave:governance.coordinator", governance__steering__owner="Bourgmestre")
    assert answer.location == f"/plans/{walk.token}/actions/governance"
    walk.open("actions/governance")
    assert not walk.page.xpath("//section[@id='governance.coordinator']")
    assert walk.stored.actions["governance.steering"].owner == "Bourgmestre", "what was typed beside it is stored too"
    walk.send("take:governance.coordinator")
    assert walk.open("actions/governance").page.xpath("//section[@id='governance.coordinator']")
    assert "governance.coordinator" not in walk.stored.actions


def test_own_actions_are_added_by_a_button(begin, commune):
    walk = begin(commune)
    typed = {"own__1__what": "Publier le plan", "own__1__owner": "Communication", "own__1__deadline": "1/3/2027"}
    walk.open("actions/own").send("add", **typed)
    assert walk.values()["own"] == ["own.1", "own.2"]
    assert walk.send().status_code == 303
    assert [(key, each.what) for key, each in walk.stored.actions.items()] == [("own.1", "Publier le plan")]


def test_two_people_on_one_step_are_shown_both_and_choose(begin, commune):
    first = begin(commune)
    second = begin(token=first.token)
    first.open("resources"), second.open("resources")
    assert first.send(training="7 000").status_code == 303
    answer = second.send(training="9 000")
    assert answer.status_code == 409
    words = answer.get_data(as_text=True)
    assert "7 000" in words
    assert "9 000" in words
    assert first.stored.resources["training"] == 7000
    [kept] = second.page.xpath("//main//form[.//input[@name='training']]")
    again = second.client.post(kept.get("action"), data=dict(kept.form_values()))
    assert again.status_code == 303
    assert first.stored.resources["training"] == 9000


def test_two_people_on_different_fields_lose_nothing(begin, commune):
    first = begin(commune)
    second = begin(token=first.token)
    first.open("resources"), second.open("resources")
    first.send(training="7 000")
    assert second.send(control="1 000").status_code == 303
    assert (first.stored.resources["training"], first.stored.resources["control"]) == (7000, 1000)


def test_hostile_words_are_shown_as_words(begin, commune):
    walk = begin(commune)
    words = "<script>alert(1)</script>"
    walk.open("purchases").send(object_1=words)
    assert walk.stored.purchases[0].object == words
    assert not walk.open("purchases").page.xpath("//main//script")
    assert walk.values()["object_1"] == words
    assert words in walk.words()


@pytest.mark.parametrize("address", ["objectives/nonsense", "objectives/health", "actions/nonsense", "nonsense"])
def test_what_is_no_step_and_no_part_is_no_page(begin, commune, address):
    walk = begin(commune)
    assert walk.client.get(f"/plans/{walk.token}/{address}").status_code == 404


def test_a_link_that_leads_nowhere_says_nothing(begin):
    assert begin().client.get(f"/plans/{'x' * 32}/buying").status_code == 404


def test_in_english_the_canevas_is_marked_as_french_and_numbers_are_english(begin, commune):
    walk = begin(commune, language="en")
    walk.open("assessment")
    assert walk.page.xpath("//legend/@lang") == ["fr"] * 6
    walk.open("resources").send(training="1,500.50")
    assert walk.stored.resources["training"] == Decimal("1500.50")
    assert walk.open("resources").values()["training"] == "1 500.5"


HOSTILE = (
    "\x00",
    "\u202e",
    "9" * 400,
    "1e400",
    "-",
    "=",
    "31/12/9999",
    "0000-00-00",
    "٣",
    "NaN",
    "Infinity",
    "½",
    "x" * 5000,
)


@pytest.mark.parametrize(
    "step",
    [*SIMPLE, "objectives/general", "actions/governance", "actions/own"],
    ids=lambda step: step.replace("/", "-"),
)
def test_nothing_that_is_typed_breaks_a_page(begin, commune, step):
    walk = begin(commune)
    values = walk.open(step).values()
    for hostile in HOSTILE:
        typed = {
            name: hostile if name not in ("csrf_token", "revision", "own") else value for name, value in values.items()
        }
        answer = walk.client.post(walk.address, data=typed)
        assert answer.status_code in (200, 303, 409, 422), (hostile, answer.status)
        if answer.status_code == 303:
            assert walk.open(step).page is not None, "what was stored can be shown again"
    for action, rows in (("add", "9999"), ("leave:nothing", "-1"), ("take:nothing", "x"), ("reason:nothing", "0")):
        answer = walk.client.post(walk.address, data=values | {"action": action, "rows": rows, "own": "own.<b>"})
        assert answer.status_code in (200, 303, 409, 422), (action, answer.status)


def test_a_form_that_does_not_say_of_which_revision_it_is_stores_nothing(begin, commune):
    walk = begin(commune)
    values = walk.open("resources").values() | {"training": "1"}
    for revision in ("", "x", "-1", "9" * 30):
        assert walk.client.post(walk.address, data=values | {"revision": revision}).status_code == 400
    assert walk.stored == commune


def test_what_notices_say_stands_beside_a_target_and_becomes_its_reason_by_a_button(begin, commune, monkeypatch):
    past = PastFigures(datetime.date(2024, 1, 1), TODAY, Measured(Decimal(3), 12, 15, Decimal("0.2"), Decimal("0.4")))
    known = ObjectiveFigures(past, None, MarketReadiness(3, 4, 5))

    def figures(_session, _authority, _category, indicators, _day, _kept):
        return dict.fromkeys(indicators, known)

    monkeypatch.setattr("mpdi.action_plans.steps.objective_views.objective_figures", figures)
    walk = begin(commune)
    walk.open("objectives/works").send("reason:social_clauses", social_clauses__reason="Décision du collège.")
    assert walk.values()["social_clauses.reason"].startswith("Décision du collège. ")
    assert "3 sur 4 lots" in walk.values()["social_clauses.reason"]
    assert walk.values()["social_clauses.target"] == "", "a reason is no target"
    assert walk.words().count("au moins trois offres de PME pour 3 sur 4") >= 1
    assert walk.revision == 1
