"""A notice as a page: what it says, declares and proves, with hostile texts harmless, and its lasting address."""

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from taking_in import CONTRACT
from uptake_portal import DEMO, REPRESENTATIVE, portal, services_of

from mpdi.clause_library.operations import load_edition
from mpdi.monitoring.clause_models import NoticeClause
from mpdi.monitoring.models import NoticeRecord
from mpdi.monitoring.notice_keys import key_of
from mpdi.resources import folder

HOSTILE = "<script>alert(1)</script>{{ 7*7 }}\u202eécolabel' onmouseover=\"x\""


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    home = tmp_path_factory.mktemp("notices") / "home"
    hostile = home.parent / "hostile.xml"
    said = CONTRACT.read_text(encoding="utf-8")
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;")
    for words in ("Nettoyage des écoles", "Produits portant un label écologique."):
        said = said.replace(words, f"{escaped} écolabel")
    said = said.replace("<cbc:Description languageID=\"FRA\">Nettoyage quotidien de quatre écoles.", "<cbc:Description languageID=\"FRA\">" + "mot " * 5000)
    hostile.write_text(said, encoding="utf-8")
    with portal(home, *(DEMO / name for name in REPRESENTATIVE), hostile) as made:
        yield made


@pytest.fixture
def client(app) -> FlaskClient:
    return app.test_client()


def address(app, name: str) -> str:
    """Where the notice of a file stands."""
    with services_of(app).database.reading() as session:
        query = select(NoticeRecord.identity).where(NoticeRecord.source.endswith(Path(name).name))
        return f"/notices/{key_of(session.scalars(query).one())}"


def page(client, app, name: str, language: str = "en") -> str:
    response = client.get(f"{address(app, name)}?language={language}")
    assert response.status_code == 200
    return response.text


def test_what_it_says_stands_there(client, app):
    text = page(client, app, REPRESENTATIVE[0], "fr")
    for words in ("Repas chauds pour les écoles", "Écoles fictives réunies", "Écoles du nord", "1 260 000", "45 %"):
        assert words.replace(" ", "\u202f") in text or words in text.replace("\u202f", " ").replace("\xa0", " "), words
    assert "55524000" in text
    assert 'lang="nl"' not in text.split('id="says"')[1].split('id="declares"')[0]


def test_its_language_is_that_of_the_reader_where_it_has_it(client, app):
    assert "Warme maaltijden voor de scholen" in page(client, app, REPRESENTATIVE[0], "nl")


def test_what_is_declared_by_some_lots_and_what_is_not_stated_are_told_apart(client, app):
    declared = page(client, app, REPRESENTATIVE[0]).split('id="declares"')[1].split('id="proves"')[0]
    assert "reduce environmental impact; social objectives" in declared
    assert "(LOT-0001)" in declared
    stated, _, unstated = declared.partition("Not stated:")
    assert "BT-06" in stated
    assert "BT-776" in unstated
    assert "BT-726" in unstated


def test_the_words_that_prove_it_are_marked_with_lot_place_and_rule(client, app):
    proved = page(client, app, REPRESENTATIVE[0], "fr").split('id="proves"')[1].split('id="texts"')[0]
    assert '<mark class="found">agriculture biologique</mark>' in proved
    assert "LOT-0001" in proved
    assert "/notices/rules/env_criterion#env_criterion." in proved
    assert "ProcurementProject/Description" in proved


def test_the_rule_it_names_is_on_the_page_it_leads_to(client, app):
    proved = page(client, app, REPRESENTATIVE[0])
    link = proved.split('href="/notices/rules/')[2].split('"')[0]
    label, _, rule = link.partition("#")
    rules = client.get(f"/notices/rules/{label}").text
    assert f'id="{rule}"' in rules
    assert client.get("/notices/rules/nothing").status_code == 404


def test_a_result_says_who_won_and_how_many_tendered(client, app):
    text = page(client, app, REPRESENTATIVE[1])
    assert "Repas Fictifs SA" in text
    assert "medium enterprise" in text
    assert "a winner was chosen" in text


def test_the_other_notices_of_the_procedure_are_named_and_what_replaced_it_is_said(client, app):
    assert address(app, REPRESENTATIVE[1]) in page(client, app, REPRESENTATIVE[0])
    old, new = page(client, app, REPRESENTATIVE[2]), page(client, app, REPRESENTATIVE[3])
    assert "A later notice replaces this one" in old
    assert "A later notice replaces this one" not in new
    assert "replaced" in new.split('id="others"')[1]


def test_where_it_comes_from_is_told_without_the_folders_of_the_machine(client, app):
    text = page(client, app, REPRESENTATIVE[0])
    assert REPRESENTATIVE[0] in text
    assert str(DEMO) not in text
    with services_of(app).database.reading() as session:
        record = session.scalars(select(NoticeRecord).where(NoticeRecord.source.endswith(REPRESENTATIVE[0]))).one()
        assert record.parser_version in text
        assert record.rules_version in text


def test_hostile_text_is_text(client, app):
    text = page(client, app, "hostile.xml", "fr")
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in text
    assert ' onmouseover="' not in text.replace("&#34;", "")
    assert "<mark class=\"found\">" in text
    assert "<details class=\"fold\"><summary><bdi" in text, "a text of twenty thousand characters is folded"


def test_the_number_of_a_record_leads_to_the_lasting_address(client, app):
    with services_of(app).database.reading() as session:
        number, identity = session.execute(select(NoticeRecord.id, NoticeRecord.identity).limit(1)).one()
    response = client.get(f"/notices/{number}")
    assert response.status_code == 302
    assert response.location == f"/notices/{key_of(identity)}"
    unknown = ("0", "99999999999999999999", "999999", "n", "n" + "0" * 24, "n%00", "nz" + "0" * 23)
    assert {client.get(f"/notices/{each}").status_code for each in unknown} == {404}


def test_texts_that_were_not_searched_are_not_said_to_say_nothing(tmp_path):
    with portal(tmp_path / "home", DEMO / REPRESENTATIVE[0], detection=False) as app:
        text = page(app.test_client(), app, REPRESENTATIVE[0])
    assert "were not searched" in text
    assert "Nothing of what is searched" not in text


def test_clauses_that_were_found_in_it_are_named_and_where_there_are_none_nothing_is_said(client, app, tmp_path):
    clauses = tmp_path / "clauses"
    shutil.copytree(folder("clauses") / "library" / "ENV-CLEAN-001", clauses / "library" / "ENV-CLEAN-001")
    empty = page(client, app, REPRESENTATIVE[1], "fr")
    assert 'id="clauses"' not in empty
    library = services_of(app).library
    with services_of(app).database.writing() as session:
        load_edition(session, clauses)
        record = session.scalars(
            select(NoticeRecord).where(NoticeRecord.source.endswith(Path(REPRESENTATIVE[0]).name))
        ).one()
        version = library.library(session).versions("ENV-CLEAN-001")[-1]
        row = {"record_id": record.id, "language": "fr", "words": "des produits porteurs d'un label", "place": 1}
        named = {"clause_id": "ENV-CLEAN-001", "version": str(version.version)}
        session.add(NoticeClause(**row, **named, how="words", share=0.274))
        session.add(NoticeClause(**{**row, **named, "version": "99.0.0"}, how="words", share=1.0))
    said = page(client, app, REPRESENTATIVE[0], "fr").split('id="clauses"')[1].split('id="texts"')[0]
    assert said.count('<h3 id="found-') == 1, "a version that the library does not hold is left out"
    for words in ("ENV-CLEAN-001", version.title["fr"], "27\xa0%", "des produits porteurs d&#39;un label", "<del>"):
        assert words in said, words
