"""The steps as forms: what people type becomes the plan, and what cannot be taken is said beside its field."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from mpdi.accounts.authorities import register
from mpdi.action_plans.core.actions import plan_actions
from mpdi.action_plans.core.profile import ActionChange
from mpdi.action_plans.core.profile_reading import read_profile
from mpdi.action_plans.core.profile_writing import profile_data
from mpdi.action_plans.core.vocabulary import ActionState, AssessedTheme, PlanOption, Unit
from mpdi.action_plans.steps.actions_form import ActionsForm
from mpdi.action_plans.steps.assessment_form import AssessmentForm
from mpdi.action_plans.steps.authority_form import AuthorityForm
from mpdi.action_plans.steps.buying_form import BuyingForm
from mpdi.action_plans.steps.objectives_form import ObjectivesForm
from mpdi.action_plans.steps.options_form import OptionsForm, suits_words
from mpdi.action_plans.steps.purchases_form import PurchasesForm
from mpdi.action_plans.steps.resources_form import ResourcesForm
from mpdi.action_plans.steps.step_form import StepContext
from mpdi.action_plans.steps.typed import TypedValueError, figure, money
from mpdi.clause_library.core.vocabulary import Category

TODAY = datetime.date(2026, 12, 2)


@pytest.fixture
def at(canevas):
    """The context of a form over a profile."""

    def make(profile, language="fr"):
        return StepContext(profile, canevas, TODAY, language, "nl" if language == "nl" else "fr")

    return make


def sent(form) -> dict[str, str]:
    """What a browser sends back of a form that nobody touched."""
    return {name: cell.text for name, cell in form.cells.items()}


@pytest.mark.parametrize(
    "typed", ["1 500 000", "1.500.000", "1500000", "1 500 000,00 EUR", "€ 1500000", "1.500.000,00"]
)
def test_an_amount_is_taken_as_people_type_it(typed):
    assert money(typed, "fr") == 1_500_000


@pytest.mark.parametrize(
    ("typed", "language", "amount"),
    [
        ("1500000,50", "fr", "1500000.5"),
        ("120.000", "nl", "120000"),
        ("120,000", "en", "120000"),
        ("1,500.50", "en", "1500.5"),
    ],
)
def test_the_marks_of_a_language_are_read_as_it_writes_them(typed, language, amount):
    assert money(typed, language) == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("-5", "negative"),
        ("=1+1", "formula"),
        ("$ 500", "not an amount in euros"),
        ("500 USD", "not an amount in euros"),
        ("beaucoup", "not an amount in euros"),
        ("120,000", "two ways. Write 120 000"),
        ("9" * 14, "in euros, not in cents"),
    ],
)
def test_an_amount_that_cannot_be_taken_is_refused_with_a_remedy(typed, said):
    with pytest.raises(TypedValueError, match=said):
        money(typed, "fr")


@pytest.mark.parametrize(("typed", "unit", "value"), [("60", "share", "0.6"), ("12,5 %", "share", "0.125"),
                                                      ("100", "share", "1"), ("35", "percent", "35"),
                                                      ("3,4", "mean", "3.4")])  # fmt: skip
def test_a_share_is_typed_as_a_percentage(typed, unit, value):
    assert figure(typed, Unit(unit), "fr") == Decimal(value)


@pytest.mark.parametrize(
    ("typed", "unit", "said"),
    [
        ("130", "share", "over 100 %"),
        ("101 %", "percent", "over 100 %"),
        ("-1", "share", "negative"),
        ("=60", "share", "formula"),
        ("la moitié", "share", "not a number"),
        ("2000", "mean", "more than 1 000"),
    ],
)
def test_a_figure_that_cannot_be_is_refused(typed, unit, said):
    with pytest.raises(TypedValueError, match=said):
        figure(typed, Unit(unit), "fr")


FORMS = {
    "authority": (AuthorityForm.stored, AuthorityForm.typed),
    "buying": (BuyingForm.stored, BuyingForm.typed),
    "assessment": (AssessmentForm.stored, AssessmentForm.typed),
    "purchases": (PurchasesForm.stored, PurchasesForm.typed),
    "resources": (ResourcesForm.stored, ResourcesForm.typed),
}


@pytest.mark.parametrize("step", FORMS)
@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("name", ["commune", "hospital", "nothing"])
def test_a_step_saved_untouched_changes_nothing(at, request, step, language, name):
    profile = request.getfixturevalue(name)
    stored, typed = FORMS[step]
    context = at(profile, language)
    values = sent(stored(context)) | {"rows": "30"}
    again = typed(context, values)
    assert again.errors == []
    assert again.changed() == profile


@pytest.mark.parametrize("language", ["fr", "en"])
def test_objectives_and_actions_saved_untouched_change_nothing(at, commune, canevas, language):
    context = at(commune, language)
    for category in commune.categories:
        stored = ObjectivesForm.stored(context, category)
        again = ObjectivesForm.typed(context, category, sent(stored), stored.own)
        assert (again.errors, again.changed()) == ([], commune)
    for element in [*(each.key for each in canevas.elements), "own"]:
        stored = ActionsForm.stored(context, element)
        again = ActionsForm.typed(context, element, sent(stored), stored.keys)
        assert (again.errors, again.changed()) == ([], commune), element


def test_the_name_in_one_language_stands_in_both_and_the_register_is_found(at, nothing):
    typed = sent(AuthorityForm.stored(at(nothing))) | {
        "name_fr": "",
        "name_nl": "Gemeente Voorbeeld",
        "register": "none",
    }
    authority = AuthorityForm.typed(at(nothing), typed).changed().authority
    assert (authority.name.fr, authority.name.nl, authority.id) == ("Gemeente Voorbeeld", "Gemeente Voorbeeld", "")


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"name_fr": "=1+1"}, "name_fr", "formula"),
        ({"name_fr": "", "name_nl": ""}, "name_fr", "Write the name"),
        ({"type": "club"}, "type", "Choose what the authority is"),
        ({"last": "31/12/2019"}, "last", "end before it begins"),
        ({"first": "01/01/2024", "last": "31/12/2025"}, "last", "31/12/2025 is past"),
        ({"last": "31/12/2036", "first": "01/01/2026"}, "last", "longer than ten years"),
        ({"last": "31/12/2206"}, "last", "more than ten years away"),
        ({"first": "32/01/2027"}, "first", "not a day of the calendar"),
        ({"first": "demain"}, "first", "not a date"),
        ({"last": ""}, "last", "Write the day"),
        ({"last": "30/06/2028"}, "last", "due on 29/12/2028"),
        ({"language": "de"}, "language", "in which language"),
    ],
)
def test_what_is_wrong_about_the_authority_is_said_beside_its_field(at, commune, typed, field, said):
    form = AuthorityForm.typed(at(commune), sent(AuthorityForm.stored(at(commune))) | typed)
    assert said in {name: words for name, _label, words in form.errors}[field]


def test_rows_are_added_by_a_button_and_an_empty_one_is_dropped(at, nothing):
    typed = {"rows": "2", "category_1": "cleaning", "amount_1": "900.000", "contracts_1": "3", "action": "add"}
    form = BuyingForm.typed(at(nothing), typed)
    assert (form.is_asking, form.rows) == (True, 3)
    assert form["amount_1"].text == "900.000", "what was typed stays as it was typed"
    spending = BuyingForm.typed(at(nothing), typed | {"action": "save"}).changed().spending
    assert [(each.category, each.amount, each.contracts) for each in spending] == [("cleaning", 900_000, 3)]


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"amount_1": "100"}, "category_1", "Choose the category"),
        ({"category_1": "food"}, "amount_1", "rough amount"),
        ({"category_1": "food", "amount_1": "5", "category_2": "food", "amount_2": "6"}, "category_2", "Add both up"),
        ({"category_1": "food", "amount_1": "-5"}, "amount_1", "negative"),
        ({"category_1": "food", "amount_1": "10 %"}, "amount_1", "is a share"),
        ({"category_1": "food", "amount_1": "5", "contracts_1": "50 %"}, "contracts_1", "is a share"),
        ({"category_1": "food", "amount_1": "5", "contracts_1": "2,5"}, "contracts_1", "whole number"),
        ({"category_1": "<b>", "amount_1": "5"}, "category_1", "Choose the category"),
    ],
)
def test_a_row_of_spending_that_cannot_be_is_told_and_nothing_typed_is_lost(at, nothing, typed, field, said):
    form = BuyingForm.typed(at(nothing), typed)
    errors = {name: words for name, _label, words in form.errors}
    assert list(errors) == [field]
    assert said in errors[field]
    assert sent(form).items() >= typed.items()


def test_a_theme_without_answer_is_no_level(at, nothing):
    form = AssessmentForm.typed(at(nothing), {"policy": "0", "people": "", "process": "3"})
    assert form.changed().self_assessment == {AssessedTheme.POLICY: 0, AssessedTheme.PROCESS: 3}
    assert form.answered == 2
    assert AssessmentForm.typed(at(nothing), {"policy": "7"}).errors[0][0] == "policy"


def test_a_target_is_set_with_its_day_and_its_reason(at, commune):
    typed = {
        "environmental_clauses.baseline": "10",
        "environmental_clauses.target": "75 %",
        "environmental_clauses.by": "30/06/2028",
        "environmental_clauses.reason": "Trois marchés  sur quatre",
    }
    changed = ObjectivesForm.typed(at(commune), Category.WORKS, typed, ()).changed()
    added = changed.objectives[-1]
    assert (added.key, added.baseline, added.target) == ("works.environmental_clauses", Decimal("0.1"), Decimal("0.75"))
    assert (added.by, added.reason) == (datetime.date(2028, 6, 30), "Trois marchés sur quatre")
    assert changed.objectives[:-1] == commune.objectives


@pytest.mark.parametrize(
    ("part", "typed", "said"),
    [
        ("target", "140", "over 100 %"),
        ("baseline", "-3", "negative"),
        ("by", "01/02/2026", "is past"),
        ("by", "01/02/2030", "runs from 01/01/2027 to 31/12/2028"),
        ("by", "01/12/2026", "is past"),
        ("by", "31/12/2026", "runs from 01/01/2027"),
        ("reason", "=HYPERLINK()", "formula"),
        ("reason", "x" * 501, "at most 500"),
    ],
)
def test_an_objective_that_cannot_be_is_told_beside_its_field(at, commune, part, typed, said):
    form = ObjectivesForm.typed(at(commune), Category.WORKS, {f"environmental_clauses.{part}": typed}, ())
    [(name, _label, words)] = form.errors
    assert name == f"environmental_clauses.{part}"
    assert said in words


def test_an_objective_of_ones_own_is_added_open_and_removed_again(at, commune):
    asked = ObjectivesForm.typed(at(commune), Category.FOOD, {"action": "add", "add_indicator": "price_only"}, ())
    assert (asked.is_asking, asked.own) == (True, ["price_only"])
    changed = ObjectivesForm.typed(at(commune), Category.FOOD, {}, asked.own).changed()
    assert [each.key for each in changed.objectives if each.category is Category.FOOD] == ["food.price_only"]
    again = ObjectivesForm.stored(at(changed), Category.FOOD)
    gone = ObjectivesForm.typed(at(changed), Category.FOOD, sent(again) | {"price_only.drop": "yes"}, again.own)
    assert "food.price_only" not in [each.key for each in gone.changed().objectives]


def test_a_day_that_passed_since_it_was_stored_is_no_fault_of_who_saves_something_else(at, commune, canevas):
    late = replace(commune, objectives=(replace(commune.objectives[0], by=datetime.date(2026, 3, 1)),))
    stored = ObjectivesForm.stored(at(late), late.objectives[0].category)
    again = ObjectivesForm.typed(at(late), late.objectives[0].category, sent(stored), ())
    assert again.errors == []


def test_options_are_kept_in_their_order_and_say_to_whom_they_suit(at, nothing, canevas):
    form = OptionsForm.ticked(at(nothing), ["pilots", "life_cycle_cost", "nonsense"])
    assert form.changed().options == (PlanOption.LIFE_CYCLE_COST, PlanOption.PILOTS)
    words = {key: suits_words(each.suits, at(nothing)) for key, each in canevas.options.items()}
    assert all(words.values())
    assert "level 2" in words[PlanOption.PILOTS]


def test_an_action_keeps_only_what_differs_from_the_canevas(at, commune):
    values = sent(ActionsForm.stored(at(commune), "governance"))
    typed = values | {
        "governance.coordinator.owner": "Secrétaire communale",
        "governance.coordinator.deadline": "15/02/2027",
        "governance.coordinator.state": "started",
        "governance.steering.means": "",
    }
    changed = ActionsForm.typed(at(commune), "governance", typed).changed()
    assert changed.actions == {
        "governance.coordinator": ActionChange(
            owner="Secrétaire communale", deadline=datetime.date(2027, 2, 15), state=ActionState.STARTED
        )
    }


def test_an_action_left_out_keeps_its_words_and_is_taken_back_with_them(at, commune, canevas):
    owned = replace(commune, actions={"governance.steering": ActionChange(owner="Bourgmestre")})
    values = sent(ActionsForm.stored(at(owned), "governance"))
    out = ActionsForm.typed(at(owned), "governance", values | {"action": "leave:governance.steering"}).changed()
    assert "governance.steering" not in {each.key for each in plan_actions(out, canevas)}
    form = ActionsForm.stored(at(out), "governance")
    assert form.left_out == ["governance.steering"]
    back = ActionsForm.typed(at(out), "governance", sent(form) | {"action": "take:governance.steering"}).changed()
    assert back == owned


def test_own_actions_are_added_and_need_words_a_function_and_a_day(at, commune, canevas):
    typed = {"own.1.what": "Publier le plan", "own.1.comment": "en ligne"}
    form = ActionsForm.typed(at(commune), "own", typed, ["own.1"])
    assert [name for name, _label, _words in form.errors] == ["own.1.owner", "own.1.deadline"]
    typed |= {"own.1.owner": "Communication", "own.1.deadline": "01/03/2027", "action": "add"}
    asked = ActionsForm.typed(at(commune), "own", typed, ["own.1"])
    assert (asked.keys, asked.errors) == (["own.1", "own.2"], [])
    changed = ActionsForm.typed(at(commune), "own", sent(asked), asked.keys).changed()
    assert [each.what.fr for each in plan_actions(changed, canevas) if each.element == "own"] == ["Publier le plan"]
    gone = ActionsForm.typed(at(changed), "own", sent(asked) | {"action": "leave:own.1"}, asked.keys).changed()
    assert gone == commune


@pytest.mark.parametrize(("state", "is_taken"), [("planned", False), ("started", False), ("done", True)])
def test_a_deadline_may_be_past_only_where_the_action_is_over(at, commune, state, is_taken):
    typed = sent(ActionsForm.stored(at(commune), "training")) | {
        "training.base_training.deadline": "01/09/2026",
        "training.base_training.state": state,
    }
    assert ActionsForm.typed(at(commune), "training", typed).is_valid is is_taken


def test_a_contract_to_come_needs_a_day_to_come(at, commune):
    typed = sent(PurchasesForm.stored(at(commune))) | {
        "rows": "5", "object_4": "Mobilier", "category_4": "furniture", "publication_4": "01/06/2026",
        "object_5": "=1", "category_5": "furniture", "publication_5": "01/06/2027", "amount_5": "1.200",
    }  # fmt: skip
    errors = {name: words for name, _label, words in PurchasesForm.typed(at(commune), typed).errors}
    assert set(errors) == {"publication_4", "object_5"}
    assert "01/06/2026 is past" in errors["publication_4"]
    mended = typed | {"publication_4": "01/06/2027", "object_5": "Chaises"}
    purchases = PurchasesForm.typed(at(commune), mended).changed().purchases
    assert [(each.object, each.amount) for each in purchases[3:]] == [("Mobilier", None), ("Chaises", 1200)]


def test_what_every_form_makes_is_a_profile_that_can_be_read(at, commune, canevas):
    """The rules of the pages are no laxer than those of a file."""
    changed = BuyingForm.typed(at(commune), {"category_1": "it", "amount_1": "1500000,50"}).changed()
    changed = ResourcesForm.typed(at(changed), {"coordinator": "2,5", "training": "6.000"}).changed()
    assert read_profile(profile_data(changed), canevas, TODAY) == changed
    assert changed.resources == {"coordinator": Decimal("2.5"), "training": 6000}


def test_a_new_name_is_looked_for_in_the_register_anew(at, nothing):
    known = next(each for each in register().authorities if each.name["fr"].startswith("Commune"))
    renamed = {"name_fr": known.name["fr"], "name_nl": known.name["nl"]}
    values = sent(AuthorityForm.stored(at(nothing)))
    profile = AuthorityForm.typed(at(nothing), values | renamed).changed()
    assert profile.authority.id == known.id
    values = sent(AuthorityForm.stored(at(profile)))
    other = AuthorityForm.typed(at(profile), values | {"name_fr": "Régie Fictive de Nulle Part", "name_nl": ""})
    assert other.changed().authority.id == ""
    alike = AuthorityForm.typed(at(profile), values | {"name_fr": "Commune", "name_nl": ""})
    assert [name for name, _label, _words in alike.errors] == ["register"]
    assert AuthorityForm.typed(at(profile), values | {"name_fr": "Commune", "name_nl": "", "register": "none"}).is_valid
