"""What the buyer's own words name and rule out."""

import datetime
from decimal import Decimal

import pytest
from clause_samples import purchase

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.object_words import is_welfare_centre, topics_of
from mpdi.clause_library.core.purchase import Authority, AwardWeight, LotDetail
from mpdi.resources import folder

DAY = datetime.date(2026, 12, 1)
TOPICS = strict_yaml.read(folder("clauses") / "rules" / "object_words.yaml")["topics"]
RULES = strict_yaml.read(folder("clauses") / "rules" / "selection.yaml")


@pytest.mark.parametrize(
    ("words", "said", "without"),
    [
        ("Entretien de parcs, sans plantation ni fourniture de terreau; un lot réservé", set(), {"planting", "soil"}),
        ("Onderhoud van perken, zonder planten maar met potgrond", {"soil"}, {"planting"}),
        ("Campagne d\u2019affiches; ni site internet ni objets promotionnels", {"printed_matter"}, {"website"}),
        ("Nettoyage des écoles, savon non compris", {"canteen"}, {"sanitary_consumables"}),
        ("Schoonmaak, verbruiksgoederen niet inbegrepen", set(), {"sanitary_consumables"}),
        ("Sans viande, mais avec du poisson", {"fish"}, {"meat"}),
        ("Café, sans thé", {"fair_trade_goods"}, set()),
        ("OEUFS et BANANES", {"eggs", "fair_trade_goods"}, set()),
        ("Cafétéria", set(), set()),
    ],
)
def test_topics_named_and_ruled_out(words, said, without):
    topics = topics_of(purchase(object=words))
    assert said <= set(topics.said or ())
    assert without <= set(topics.said_without or ())
    assert not set(topics.said or ()) & set(topics.said_without or ())


def test_without_an_object_nothing_is_known():
    topics = topics_of(purchase(lots_detail=(LotDetail("Œufs", Decimal(1)),)))
    assert (topics.said, topics.said_without, topics.codes) == (None, None, ())


def test_lots_proofs_and_both_languages_are_read():
    named = topics_of(
        purchase(
            object="Denrées",
            texts={"object": Bilingual("Denrées", "Voeding en vissen")},
            lots_detail=(LotDetail("Œufs"),),
            award=(AwardWeight("Goût", Decimal(40), "De 0 à 40", "Un échantillon par produit"),),
        )
    )
    assert {"eggs", "fish", "samples"} <= set(named.said or ())
    assert set(named.codes) == {"03142500", "15200000"}


@pytest.mark.parametrize(
    ("name", "known"),
    [("CPAS d\u2019Exemple", True), ("OCMW Voorbeeld", True), ("Commune d\u2019Exemple", None), (None, None)],
)
def test_a_welfare_centre_is_known_by_its_name(name, known):
    assert is_welfare_centre(purchase(authority=Authority(name, None))) is known


def topics_asked(condition):
    if isinstance(condition, dict):
        for key, value in condition.items():
            if key in ("said", "said_without") and not isinstance(value, dict):
                yield from [value] if isinstance(value, str) else value
            else:
                yield from topics_asked(value)
    elif isinstance(condition, list):
        for each in condition:
            yield from topics_asked(each)


def test_rules_ask_only_for_topics_that_exist_and_every_topic_serves():
    asked = {topic for group in RULES.values() for rule in group for topic in topics_asked(rule.get("when", {}))}
    assert asked <= set(TOPICS)
    assert set(TOPICS) == asked | {key for key, topic in TOPICS.items() if "cpv" in topic}
