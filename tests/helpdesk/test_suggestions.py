"""Suggestions as somebody meets them: in the service, in the command, with any text."""

import json
import time
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.search import ClauseSearch, SearchIndexError
from mpdi.cli import main
from mpdi.config import Settings
from mpdi.helpdesk.core import RoutingFileError, SuggestionService
from mpdi.helpdesk.core.decisions import Decisions
from mpdi.helpdesk.core.question_text import read_question
from mpdi.helpdesk.core.relevance import is_likely, is_sure
from mpdi.helpdesk.core.rules import read_rules, shipped_rules
from mpdi.helpdesk.core.wording import probable_reason
from mpdi.helpdesk.vocabulary import BODIES, AskerKind, Obstacle, QuestionNature, Route


def _service(home: Path, **options: bool) -> SuggestionService:
    return SuggestionService(home / "cache", ClauseSearch(home / "index", home / "cache"), **options)


@pytest.fixture(scope="module")
def service(library_home: Path) -> SuggestionService:
    """Suggestions over the released library."""
    return _service(library_home)


# What is found

def test_a_firm_that_waits_for_its_money_is_sent_to_sme_with_the_clause_on_payment(service: SuggestionService) -> None:
    found = service.suggest("Ma facture de mars n'est toujours pas payée par la commune, que puis-je faire ?", "fr")
    assert (found.route, found.asker, found.obstacles[0]) == (Route.SME, AskerKind.FIRM, Obstacle.E2)
    assert "SME-GEN-009" in [key for key, _ in found.clauses]


def test_the_same_question_in_dutch_finds_the_same(service: SuggestionService) -> None:
    found = service.suggest("De gemeente heeft mijn factuur van maart nog altijd niet betaald, wat kan ik doen?", "nl")
    assert (found.route, found.asker) == (Route.SME, AskerKind.FIRM)
    assert "SME-GEN-009" in [key for key, _ in found.clauses]


def test_accents_and_spelling_do_not_matter(service: SuggestionService) -> None:
    written = service.suggest("Peut-on exiger un écolabel pour les détergents ?", "fr")
    typed = service.suggest("peut on exigé un ecolabell pr les detergants ??", "fr")
    assert written.route is typed.route is Route.MPD
    assert "ENV-CLEAN-001" in {key for key, _ in written.clauses} & {key for key, _ in typed.clauses}


def test_what_is_asked_of_a_canteen_goes_before_the_canteen(service: SuggestionService) -> None:
    assert service.suggest("Quels légumes bio pour la cantine ?", "fr").route is Route.FOOD
    assert service.suggest("Une clause d'insertion pour demandeurs d'emploi dans le marché de la cantine", "fr").route is Route.SOCIAL


def test_every_decision_and_clause_says_why_in_the_language_of_the_question(service: SuggestionService) -> None:
    found = service.suggest("Mogen we een offerte met een abnormaal lage prijs weigeren?", "nl")
    assert found.route is Route.ANTI_DUMPING
    assert "abnormaal" in found.reasons[found.route]
    assert found.reasons[found.route].startswith("Woorden: ")
    assert set(found.reasons) >= {str(found.route), str(found.question_nature), *map(str, found.obstacles)}
    assert found.clauses
    assert all(why for _, why in found.clauses)


def test_at_most_five_clauses_each_once(service: SuggestionService) -> None:
    keys = [key for key, _ in service.suggest("nettoyage, prix, sous-traitants, lots, clause sociale, écolabel", "fr").clauses]
    assert 3 <= len(keys) == len(set(keys)) <= 5


def test_the_door_somebody_came_in_by_decides_whose_obstacle_it_is(service: SuggestionService) -> None:
    text = "Le chiffre d'affaires demandé est trop élevé"
    as_firm, as_buyer = service.suggest(text, "fr", AskerKind.FIRM), service.suggest(text, "fr", AskerKind.BUYER)
    assert as_firm.obstacles[0] is Obstacle.E3
    assert all(each.startswith("O-A") for each in as_buyer.obstacles)


def test_articles_come_from_the_search_that_is_given(library_home: Path) -> None:
    search = ClauseSearch(library_home / "index", library_home / "cache")
    asked = SuggestionService(library_home / "cache", search, lambda text, language: [(f"{language}-1", text)])
    assert asked.suggest("Bonjour,\nfaut-il des lots ?", "fr").articles == (("fr-1", "faut-il des lots ?"),)


def test_words_alone_still_route_and_find_clauses(library_home: Path) -> None:
    found = _service(library_home, is_by_words_only=True).suggest("Faut-il diviser le marché en lots ?", "fr")
    assert not found.is_by_meaning
    assert found.route is Route.SME
    assert found.clauses[0][0] == "SME-GEN-001"


def test_a_text_about_something_else_gets_no_clause_and_nobody_silently(service: SuggestionService) -> None:
    asked = strict_yaml.read(Path(__file__).parent / "off_topic.yaml")["questions"]
    found = [service.suggest(each["text"], each["language"]) for each in asked]
    assert sum(each.route is Route.UNKNOWN for each in found) >= 22
    assert sum(len(each.clauses) for each in found) <= len(asked)


@pytest.mark.parametrize(("text", "language"), [("voir pièce", "fr"), ("je veux lire", "fr"), ("zie bijlage", "nl"), ("Mon chien est malade", "fr")])
def test_a_text_that_tells_nothing_is_left_to_people(service: SuggestionService, text: str, language: str) -> None:
    found = service.suggest(text, language)
    assert (found.route, found.clauses, found.obstacles) == (Route.UNKNOWN, (), ())


@pytest.mark.parametrize(("text", "language"), [
    ("Quelle est la capitale du Pérou ?", "fr"), ("Wat is de hoofdstad van Peru?", "nl"), ("Kan u mij helpen?", "nl"),
    ("Ik heb een vraag", "nl"), ("local", "fr"), ("marché public", "fr"), ("Combien d'habitants compte Bruxelles ?", "fr"),
])
def test_where_one_weak_word_at_most_speaks_for_a_body_people_sort_it(
    service: SuggestionService, text: str, language: str,
) -> None:
    found = service.suggest(text, language)
    assert (found.route, found.certainty, found.clauses) == (Route.UNKNOWN, 0.0, ())


@pytest.mark.parametrize(("text", "language"), [
    ("Traiteur local", "fr"), ("Traiteur du quartier, local", "fr"), ("Traiteur : privilégier un fournisseur local ?", "fr"),
    ("Traiteur pour la fête du personnel, local", "fr"), ("Traiteur, liefst lokaal", "nl"),
])
def test_a_body_is_not_named_against_the_words_of_another(service: SuggestionService, text: str, language: str) -> None:
    found = service.suggest(text, language)
    assert found.route in (Route.FOOD, Route.UNKNOWN)
    if found.route is Route.UNKNOWN:
        assert found.certainty == 0.0
        assert "coördinatie" in found.reasons["unknown"] or "coordination" in found.reasons["unknown"]


@pytest.mark.parametrize(("text", "language", "helps"), [
    ("je suis une petite boîte, comment je peux répondre à vos marchés", "fr", "SME-GEN-021"),
    ("wij zijn een kleine zaak, hoe kunnen wij meedoen", "nl", "SME-GEN-021"),
    ("trop de papiers demandés", "fr", "SME-GEN-022"), ("veel te veel papieren!", "nl", "SME-GEN-011"),
    ("betaling laat", "nl", "SME-GEN-009"), ("on nous paie trop tard", "fr", "SME-GEN-009"),
    ("puis-je m'associer", "fr", "SME-GEN-006"), ("ik zoek iemand om samen in te schrijven", "nl", "SME-GEN-035"),
    ("we zijn pas gestart, maken we kans?", "nl", "SME-GEN-029"), ("c'est trop grand pour nous", "fr", "SME-GEN-001"),
    ("pas de nouvelles de mon offre", "fr", "SME-GEN-016"),
])
def test_what_a_small_firm_asks_in_few_words_finds_what_helps_it(
    service: SuggestionService, text: str, language: str, helps: str,
) -> None:
    found = service.suggest(text, language)
    assert (found.route, found.asker) == (Route.SME, AskerKind.FIRM)
    assert helps in [key for key, _ in found.clauses]


def test_meals_of_a_creche_do_not_find_illegal_employment(service: SuggestionService) -> None:
    keys = [key for key, _ in service.suggest("Repas pour la crèche communale", "fr").clauses]
    assert keys
    assert not [key for key in keys if key.startswith("DMP")]


def test_where_two_bodies_may_answer_the_first_is_named_as_probable_with_the_second() -> None:
    chances = {**dict.fromkeys(BODIES, 0.05), Route.SME: 0.45, Route.SOCIAL: 0.35}
    decisions = Decisions(
        Route.SME, QuestionNature.LEGAL, AskerKind.BUYER, (), (), chances, {}, subject_words=6.0, route_words=3.0)
    assert (decisions.second_route, is_likely(decisions)) == (Route.SOCIAL, False)
    assert is_sure(decisions, np.zeros(1), is_by_meaning=True)
    said = probable_reason("Mots : lots", shipped_rules().bodies[decisions.second_route], "fr")
    assert said.startswith("Probable")
    assert "Actiris" in said
    assert said.endswith("Mots : lots")


def test_where_one_body_is_sure_no_second_is_named(service: SuggestionService) -> None:
    found = service.suggest("Ma facture de mars n'est toujours pas payée par la commune, que puis-je faire ?", "fr")
    assert found.second_route is None
    assert not found.reasons[found.route].startswith("Probable")


# What is read of a text

def test_greeting_signature_quoted_mail_and_addresses_are_no_question() -> None:
    text = (
        "Bonjour Madame,\n\nFaut-il des lots ? Appelez-moi au 02 555 12 12.\n\nBien à vous,\nJeanne Exemple\n"
        "Commune d'Exemple\n\nLe lundi 3 mars, Paul a écrit :\n> Parlons plutôt de cantine")
    assert read_question(text, "fr", {}).whole == "Faut-il des lots ? Appelez-moi au ."


def test_a_mail_that_only_quotes_is_read_all_the_same() -> None:
    assert "cantine" in read_question("> Parlons de la cantine", "fr", {}).words


def test_short_forms_are_written_out() -> None:
    assert "beaucoup" in read_question("bcp de dechets", "fr", {"bcp": "beaucoup"}).words


def test_a_dutch_question_on_the_french_page_is_answered_in_dutch(service: SuggestionService) -> None:
    found = service.suggest("Wij willen dat het poetsen overdag gebeurt, hoe zetten we dat in het bestek?", "fr")
    assert (found.language, found.route) == ("nl", Route.SOCIAL)


@pytest.mark.parametrize("text", ["", "   ", "\x00\x1b[31m\ud800", "???", "🙂🙂", "'" * 50, "a" * 5_000, "- - -\n--\n--"])
def test_any_text_is_answered(service: SuggestionService, text: str) -> None:
    found = service.suggest(text, "fr")
    assert found.route in Route
    assert found.question_nature in QuestionNature
    json.dumps(found.as_json())


def test_a_hundred_kilobytes_are_answered_in_time(service: SuggestionService) -> None:
    service.warm()
    start = time.perf_counter()
    found = service.suggest("Le prix du nettoyage est trop bas et les salaires aussi. " * 2_000, "fr")
    assert time.perf_counter() - start < 2
    assert found.route is Route.ANTI_DUMPING


def test_nothing_asked_goes_to_the_coordination_without_clauses(service: SuggestionService) -> None:
    found = service.suggest("", "nl")
    assert (found.route, found.clauses, found.certainty) == (Route.UNKNOWN, (), 0.0)


def test_a_missing_index_says_how_to_build_it(tmp_path: Path) -> None:
    with pytest.raises(SearchIndexError, match="mpdi clauses index"):
        _service(tmp_path).suggest("Faut-il des lots ?", "fr")


# The command

def test_the_command_prints_the_json_that_was_promised(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPDI_HOME", str(settings.home))
    ran = CliRunner().invoke(main, ["helpdesk", "suggest", "--language", "fr", "--format", "json", "Faut-il diviser en lots ?"])
    assert ran.exit_code == 0
    printed = json.loads(ran.stdout)
    assert list(printed) == ["route", "question_nature", "obstacles", "clauses", "articles"]
    assert (printed["route"], printed["question_nature"], printed["articles"]) == ("sme", "legal", [])
    assert printed["clauses"][0]["id"] == "SME-GEN-001"
    assert set(printed["clauses"][0]) == {"id", "why"}


def test_the_command_says_why_to_somebody_who_reads(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPDI_HOME", str(settings.home))
    ran = CliRunner().invoke(main, ["helpdesk", "suggest", "--language", "nl", "Moeten", "we", "percelen", "maken?"])
    assert ran.exit_code == 0
    assert "percelen" in ran.stdout.splitlines()[0]


# The data

def test_the_rules_that_ship_are_whole() -> None:
    rules = shipped_rules()
    for route in BODIES:
        own = [situation for situation in rules.situations if situation.route is route]
        assert len(own) >= 20, route
    for obstacle in Obstacle:
        assert any(obstacle in situation.obstacles for situation in rules.situations), obstacle


def _data(routing: dict[str, object]) -> dict[str, object]:
    body = {"body": {"fr": "x", "nl": "x"}, "subject": {"fr": "x", "nl": "x"}, "themes": []}
    obstacle = {"asker": "buyer", "label": {"fr": "x", "nl": "x"}}
    return {
        "routes": {"routes": dict.fromkeys(BODIES, body)}, "routing": routing, "situations": {"situations": []},
        "labelled_questions": {"situations": []},
        "other_subjects": {"texts": []},
        "obstacles": {"obstacles": dict.fromkeys(Obstacle, obstacle)},
    }


@pytest.mark.parametrize(("routing", "message"), [
    ({"colours": {}}, "no section “colours”"),
    ({"routes": {"mars": {"fr": {"strong": ["x"]}}}}, "“mars” is unknown"),
    ({"routes": {"sme": {"fr": {"strong": [14]}}}}, "“14” is no phrase"),
    ({"routes": {"sme": {"fr": {"huge": ["lot"]}}}}, "sme: huge"),
])
def test_a_wrong_rule_says_where(routing: dict[str, object], message: str) -> None:
    with pytest.raises(RoutingFileError, match=message):
        read_rules(_data(routing))


def test_a_text_about_something_else_in_one_language_only_is_no_rule() -> None:
    data = _data({})
    data["other_subjects"] = {"texts": [{"fr": "Mon chat a faim"}]}
    with pytest.raises(RoutingFileError, match=r"other_subjects.yaml: text 1"):
        read_rules(data)


def test_a_route_that_is_missing_is_named() -> None:
    data = _data({})
    data["routes"] = {"routes": {}}
    with pytest.raises(RoutingFileError, match=r"routes.yaml: mpd, mpi, .* missing"):
        read_rules(data)
