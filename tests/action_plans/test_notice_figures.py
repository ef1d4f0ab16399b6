"""What notices say before there is a plan: awards by category and year, own past, comparable authorities, the market."""

import datetime
import sys
from decimal import Decimal
from pathlib import Path

import pytest

sys.path.insert(0, str((Path(__file__).parent / "../monitoring").resolve()))

from short_notices import write_notices

from mpdi.accounts.authorities import register
from mpdi.action_plans.core.objective_help import objective_help
from mpdi.action_plans.core.profile import Authority
from mpdi.action_plans.core.progress_facts import Recognition
from mpdi.action_plans.core.vocabulary import Unit
from mpdi.action_plans.notice_figures import notice_spending, objective_figures
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import AuthorityType, Category
from mpdi.database import Base, Database
from mpdi.monitoring.buyer_operations import recognise_buyers
from mpdi.monitoring.dashboard.kept_facts import FactsStore
from mpdi.monitoring.documents import ReadingPlan
from mpdi.monitoring.ingestion import ingest

DAY = datetime.date(2026, 12, 2)
OWN = "Commune fictive d’Exemple"
COMMUNES = [each.name["fr"] for each in register().authorities if each.kind == "commune"][:6]
CLEAN, FOOD, PAPER = {"cpv": 90919200}, {"cpv": 15811000}, {"cpv": 30197630}
WON = {"winners": ["small"], "tenders": 6}
RESULTS = [
    {"day": "2024-03-10", "lots": [{**CLEAN, **WON, "price": 120_000, "sme_tenders": 3}]},
    {"day": "2025-06-01", "lots": [{**CLEAN, **WON, "price": 60_000, "sme_tenders": 1}]},
    {"day": "2026-02-03", "lots": [{**FOOD, **WON, "sme_tenders": 4}, {**FOOD, "status": "clos-nw", "tenders": 0}]},
    {"day": "2026-03-03", "lots": [{**WON, "price": 10_000}]},
    {"day": "2026-04-03", "lots": [{**PAPER, **WON, "price": 500, "currency": "USD"}]},
    {"day": "2020-04-03", "lots": [{**CLEAN, **WON, "price": 999_999}]},
]
GREEN, PLAIN = {**CLEAN, "aims": ["env-imp"]}, {**CLEAN, "aims": ["none"]}
CALLS = [
    *({"day": f"202{year}-05-0{n}", "lots": [lot]} for year, n, lot in ((4, 1, GREEN), (4, 2, PLAIN), (5, 1, PLAIN))),
    *({"day": f"2026-05-0{n}", "lots": [lot]} for n, lot in ((1, GREEN), (2, GREEN), (3, CLEAN))),
    *(
        {"day": f"2026-06-0{number + 1}", "buyer": name, "lots": [GREEN if number < green else PLAIN]}
        for green, name in enumerate(COMMUNES)
        for number in range(5)
    ),
]


def authority(name: str = OWN, identifier: str = "") -> Authority:
    return Authority(Bilingual(name, name), AuthorityType.LOCAL, identifier)


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    database = Database(f"sqlite:///{home / 'mpdi.sqlite3'}")
    Base.metadata.create_all(database.engine)
    notices = [*({**each, "result": True} for each in RESULTS), *CALLS]
    paths = write_notices([{"buyer": OWN, **each} for each in notices], home / "published")
    ingest(database, [str(paths)], ReadingPlan(home, False), 1)
    with database.writing() as session:
        recognise_buyers(session)
    with database.reading() as session:
        yield session
    database.engine.dispose()


@pytest.fixture(scope="module")
def kept(session):
    return FactsStore().kept(session)


def test_awards_become_spending_by_category_and_year_with_their_coverage(session, kept):
    how, found = notice_spending(session, authority(), DAY, kept.facts)
    assert how is Recognition.WRITTEN
    assert found is not None
    assert (found.whole.awarded, found.whole.valued) == (5, 4)
    assert found.whole.amounts == {"EUR": Decimal(190_000), "USD": Decimal(500)}
    assert (found.without_category.awarded, found.without_category.euros) == (1, Decimal(10_000))
    cleaning = found.by_year[Category.CLEANING]
    assert {year: each.euros for year, each in cleaning.items()} == {2024: Decimal(120_000), 2025: Decimal(60_000)}
    assert (found.by_category[Category.FOOD].awarded, found.by_category[Category.FOOD].valued) == (1, 0)
    assert found.months == 34
    [only] = found.spending
    assert (only.category, only.amount, only.contracts) == (Category.CLEANING, Decimal("63529.41"), 1)
    assert "C'est un minimum" in found.note("fr")
    assert "4 lots attribués avec valeur sur 5" in found.note("fr")


def test_an_authority_without_notices_is_told_so(session, kept):
    assert notice_spending(session, authority("Inconnue"), DAY, kept.facts) == (Recognition.NOBODY, None)


def test_help_tells_own_past_others_and_the_market(session, kept):
    figures = objective_figures(
        session, authority(), Category.CLEANING, ["environmental_clauses", "sme_tenders_per_lot"], DAY, kept
    )
    said = objective_help(figures["environmental_clauses"], Unit.SHARE)
    french = [each.fr.replace("\u202f", " ").replace("\xa0", " ") for each in said.lines]
    assert french == [
        "Vos avis: 3 sur 5 (60 %), du 01/12/2023 au 02/12/2026 (d'après le champ déclaré); indiqué pour 5 sur 8; "
        "entre 37,5 % et 75 % selon ce qui n'est pas indiqué.",
        "Par année: 2024: 1 sur 2; 2025: 0 sur 1; 2026: 2 sur 2.",
        "Autorités du même niveau qui ont assez d'avis (6): médiane 50 %; la moitié d'entre elles est entre 25 % et 75 %.",
        "Le marché, toutes autorités, trois ans: au moins trois offres de PME pour 1 sur 2 lots (le nombre est indiqué pour 2 sur 2).",
    ]
    assert said.reason.nl.startswith("Vertrekpunt: 3 op 5 (60")
    assert "mediaan 50" in said.reason.nl
    assert len(said.reason.fr) < 500


def test_a_commune_of_the_register_stands_beside_communes_and_not_beside_itself(session, kept):
    own = next(each for each in register().authorities if each.name["fr"] == COMMUNES[0])
    figures = objective_figures(
        session, authority(COMMUNES[0], own.id), Category.CLEANING, ["environmental_clauses"], DAY, kept
    )["environmental_clauses"]
    assert figures.others is not None
    assert figures.others.is_same_kind
    assert figures.others.rates == tuple(Decimal(each) / 5 for each in range(1, 6))
    assert figures.past is not None
    assert figures.past.whole is not None
    assert (figures.past.whole.numerator, figures.past.whole.denominator) == (0, 5)


def test_fewer_than_five_others_are_not_told_of(session, kept):
    figures = objective_figures(session, authority(), Category.FOOD, ["environmental_clauses"], DAY, kept)
    said = objective_help(figures["environmental_clauses"], Unit.SHARE)
    assert any("Pas de comparaison: autorités du même niveau qui ont assez d'avis: 0" in each.fr for each in said.lines)
    assert not any("médiane" in each.fr for each in (*said.lines, said.reason))


def test_who_is_nobody_still_hears_of_the_market(session, kept):
    figures = objective_figures(session, authority("Inconnue"), Category.CLEANING, ["price_only"], DAY, kept)
    said = objective_help(figures["price_only"], Unit.SHARE)
    assert "écrivez-le à l'étape 1" in said.lines[0].fr
    assert said.lines[-1].nl.startswith("De markt, alle overheden, drie jaar: minstens drie")
