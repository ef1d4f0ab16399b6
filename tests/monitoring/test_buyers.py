"""Buyers across spellings and languages: exact forms join, alike ones are proposed, a person decides."""

import pytest
from sqlalchemy import select

from mpdi.monitoring import buyer_operations
from mpdi.monitoring.buyer_operations import UnknownAuthorityError, UnknownSpellingError, recognise_buyers
from mpdi.monitoring.documents import ReadDocument
from mpdi.monitoring.ingest_operations import write_documents
from mpdi.monitoring.likeness import likeness_to_register
from mpdi.monitoring.models import BuyerSpelling, SpellingState
from mpdi.monitoring.queries import proposals
from mpdi.monitoring.rows import notice_rows
from mpdi.monitoring.versions import Versions
from tender_parsers.notice import Identifier, Notice, Organisation, Text

AUDERGHEM, NUMBER = "commune-auderghem", "0207.540.408"


def bought_by(database, *names, number=None, country="BEL"):
    """Write a notice bought by each of these; look the names up."""
    identifiers = (Identifier(number),) if number else ()
    notices = [
        Notice(
            "eforms",
            notice_id=f"n-{name}",
            country=country,
            buyers=(Organisation(name=(Text(name),), identifiers=identifiers),),
        )
        for name in names
    ]
    rows = [notice_rows(notice, (), "d", place) for place, notice in enumerate(notices)]
    with database.writing() as session:
        write_documents(session, [ReadDocument("made", names[0][:64], 1, rows, [])], Versions("parser", ""))
    with database.writing() as session:
        return recognise_buyers(session)


def spellings(database):
    with database.reading() as session:
        found = {each.name: each for each in session.scalars(select(BuyerSpelling))}
        session.expunge_all()
        return found


def test_french_dutch_capitals_and_accents_are_one_authority(database):
    names = ["Commune d'Auderghem", "GEMEENTE OUDERGEM", "commune d’Auderghém"]
    assert bought_by(database, *names) == 0
    found = spellings(database)
    assert {each.authority_id for each in found.values()} == {AUDERGHEM}
    assert {each.state for each in found.values()} == {SpellingState.EXACT}


@pytest.mark.parametrize("number", [NUMBER, "BE0207540408", "0207.540.408_212", "207540408"])
def test_the_enterprise_number_joins_whatever_the_name(database, number):
    bought_by(database, "Service des achats, maison communale", number=number)
    [found] = spellings(database).values()
    assert (found.state, found.authority_id) == (SpellingState.EXACT, AUDERGHEM)


def test_what_is_alike_is_proposed_and_joins_nothing_by_itself(database):
    assert bought_by(database, "Comune d'Auderghemm") == 1
    [found] = spellings(database).values()
    assert (found.state, found.proposed_id, found.authority_id) == (SpellingState.PROPOSED, AUDERGHEM, None)
    assert 0.8 <= found.likeness < 1
    with database.reading() as session:
        assert [(each.name, count) for each, count in proposals(session)] == [("Comune d'Auderghemm", 1)]


@pytest.mark.parametrize(
    "name", ["Commune de Namur", "Ville de Lyon", "Gemeente Voorbeeld", "Société du Logement de la Côte", "X", "…"]
)
def test_what_resembles_none_is_a_buyer_of_its_own(name):
    assert likeness_to_register().exact(name, None) is None
    assert likeness_to_register().proposed(name) is None


def test_a_buyer_that_resembled_nothing_is_looked_up_again_after_the_register_grew(database, monkeypatch):
    bought_by(database, "Fictieve gemeente Voorbeelddal", "Comune d'Auderghemm")
    with database.writing() as session:
        buyer_operations.refuse(session, spellings(database)["Comune d'Auderghemm"].id, "coordination")
    monkeypatch.setenv("MPDI_DEMONSTRATION", "1")
    with database.writing() as session:
        assert buyer_operations.look_up_again(session) == 0
    found = spellings(database)
    assert found["Fictieve gemeente Voorbeelddal"].authority_id == "commune-valexemple"
    assert found["Comune d'Auderghemm"].state == SpellingState.REFUSED


def test_a_body_of_another_country_is_not_looked_up(database):
    bought_by(database, "Commune d'Auderghem", country="FRA")
    [found] = spellings(database).values()
    assert (found.state, found.authority_id) == (SpellingState.UNKNOWN, None)


def test_a_person_confirms_refuses_or_names_another_and_it_is_kept_who_did(database):
    bought_by(database, "Comune d'Auderghemm", "Gemente Oudergem", "Comune d'Auderghem bis")
    found = spellings(database)
    numbers = {name: each.id for name, each in found.items() if each.state == SpellingState.PROPOSED}
    assert set(numbers) == set(found)
    first, second, third = numbers.values()
    with database.writing() as session:
        buyer_operations.confirm(session, first, "coordination")
        buyer_operations.refuse(session, second, "coordination")
        buyer_operations.confirm(session, third, "coordination", "commune-anderlecht")
    by_number = {each.id: each for each in spellings(database).values()}
    assert (by_number[first].state, by_number[first].authority_id) == (SpellingState.CONFIRMED, AUDERGHEM)
    assert (by_number[second].state, by_number[second].authority_id) == (SpellingState.REFUSED, None)
    assert by_number[third].authority_id == "commune-anderlecht"
    assert {each.decided_by for each in by_number.values()} == {"coordination"}
    assert bought_by(database, "Gemente Oudergem") == 0
    assert spellings(database)[by_number[second].name].state == SpellingState.REFUSED


def test_a_decision_that_cannot_be_taken_says_why(database):
    bought_by(database, "Gemeente Voorbeeld")
    [found] = spellings(database).values()
    with database.writing() as session:
        with pytest.raises(UnknownSpellingError, match="Nothing is proposed"):
            buyer_operations.confirm(session, found.id, "who")
        with pytest.raises(UnknownSpellingError, match="mpdi notices buyers"):
            buyer_operations.refuse(session, found.id + 1, "who")
        with pytest.raises(UnknownAuthorityError, match="nowhere"):
            buyer_operations.confirm(session, found.id, "who", "nowhere")
