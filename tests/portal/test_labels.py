"""The labels directory in the portal: found by name, category and theme; the statement with its choices; open data."""

import csv
import html
import io
import json

import pytest

from mpdi.clause_library.core.label_directory import edition_directory


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return html.unescape(response.get_data(as_text=True))


def test_the_list_has_every_label(client):
    text = page(client, "/labels?language=en&content=nl")
    for entry in edition_directory().all():
        assert f'href="/labels/{entry.id}"' in text
        assert entry.label.name.nl in text
    assert "Legal review: pending" in text


@pytest.mark.parametrize(
    ("query", "inside", "outside"),
    [
        ("words=ÉCOLABEL+nettoyage", "EU-ECOLABEL-CLEANING", "NORDIC-SWAN-CLEANING"),
        ("words=reinigingsproducten", "NORDIC-SWAN-CLEANING", "FSC"),
        ("words=oeko-tex", "OEKO-TEX-100", "GOTS"),
        ("category=food", "MSC", "TCO-CERTIFIED"),
        ("theme=ethical", "FAIRTRADE", "MSC"),
        ("category=it&theme=ethical", "TCO-CERTIFIED", "FAIRTRADE"),
    ],
)
def test_the_list_is_searched_and_filtered(client, query, inside, outside):
    text = page(client, f"/labels?{query}")
    assert f'href="/labels/{inside}"' in text
    assert f'href="/labels/{outside}"' not in text


def test_nothing_found_says_so_and_keeps_what_was_typed(client):
    text = page(client, "/labels?words=zzqqx&language=en")
    assert "No label found" in text
    assert 'value="zzqqx"' in text
    assert (
        "<script>alert" not in page(client, "/labels?words=%3Cscript%3Ealert&category=%3Cscript%3E").split("value=")[0]
    )


def test_values_that_no_list_has_are_left_out(client):
    assert 'href="/labels/FSC"' in page(client, "/labels?category=gardening&theme=money")


def test_a_label_says_what_it_covers_how_to_verify_it_and_what_is_open(client):
    text = page(client, "/labels/FSC?language=en&content=fr")
    for words in (
        "gestion durable de la forêt",
        "Forest Stewardship Council",
        "code du certificat",
        'href="/labels/PEFC"',
        'href="/clauses/ENV-WORKS-004"',
        "to be verified",
        "Legal review: pending",
        "The five conditions of article 54, § 1, are all still to be checked",
    ):
        assert words in text


@pytest.mark.parametrize(
    ("query", "fr", "nl"),
    [
        ("case=below", "souhaité en exécution de l'article 54, § 1er", "gewenste keurmerk in uitvoering"),
        ("case=at_or_above", "Ce label est exigé", "Dit keurmerk wordt geëist"),
        ("case=part_only&object=services", "des services sont détaillées", "van de diensten"),
        ("case=nonsense&object=concession&about=99&about=x&with=FSC", "souhaité en exécution", "van de leveringen"),
    ],
)
def test_the_statement_follows_the_choices_in_both_languages(client, query, fr, nl):
    text = page(client, f"/labels/EU-ECOLABEL-TISSUE?{query}")
    assert fr in text
    assert nl in text


def test_other_labels_and_what_is_taken_over_come_into_the_statement(client):
    query = "case=part_only&with=BLUE-ANGEL-TISSUE&about=0&about=2"
    text = page(client, f"/labels/EU-ECOLABEL-TISSUE/statement.txt?{query}&content=nl")
    assert text.startswith("Keurmerken: EU-ecolabel, tissuepapier")
    assert "Blauwe Engel" in text
    assert "namelijk die over: gerecycleerde vezels" in text
    assert "chemische stoffen beperkt." in text
    shown = page(client, f"/labels/EU-ECOLABEL-TISSUE?{query}&content=fr")
    assert "Labels: Écolabel de l'Union européenne, papier absorbant" in shown
    assert "statement.txt?content=nl&case=part_only&object=supplies&with=BLUE-ANGEL-TISSUE&about=0&about=2" in shown


def test_a_label_that_may_not_be_required_whole_offers_only_its_specifications(client):
    text = page(client, "/labels/GOOD-FOOD?case=at_or_above")
    assert 'value="part_only"' in text
    assert 'value="at_or_above"' not in text
    assert "n'est pas en soi exigé" in text


@pytest.mark.parametrize("label", ["EMAS", "TOTEM", "GUARANTEE-OF-ORIGIN"])
def test_what_is_no_label_under_article_54_has_no_statement(client, label):
    text = page(client, f"/labels/{label}?language=en")
    assert "No statement:" in text
    assert "data-copy" not in text
    page(client, f"/labels/{label}/statement.txt", 404)


@pytest.mark.parametrize("address", ["/labels/NOPE", "/labels/NOPE/statement.txt", "/labels/fsc"])
def test_an_unknown_label_is_not_found(client, address):
    page(client, address, 404)


def test_every_page_of_a_label_opens_in_every_language(client):
    for entry in edition_directory().all():
        for language, content in (("fr", "fr"), ("nl", "nl"), ("en", "fr")):
            assert entry.label.name[content] in page(
                client, f"/labels/{entry.id}?language={language}&content={content}"
            )


def test_a_clause_leads_to_its_labels(client):
    assert 'href="/labels/EU-ECOLABEL-CLEANING"' in page(client, "/clauses/ENV-CLEAN-001")


def test_the_directory_as_json_and_csv(client):
    data = json.loads(client.get("/labels.json").data)
    assert data["licence"].startswith("https://creativecommons.org/licenses/by/4.0")
    assert data["conditions_opened"] == []
    identifiers = [label["id"] for label in data["labels"]]
    assert identifiers == [entry.id for entry in edition_directory().all()]
    for label in data["labels"]:
        for said in (label["owner"], label["criteria"], *label["verification"], *label["may"], *label["may_not"]):
            assert said["certainty"]
            assert said["source"]["nl"]
    rows = list(csv.DictReader(io.StringIO(client.get("/labels.csv").data.decode("utf-8-sig")), delimiter=";"))
    assert [row["id"] for row in rows] == identifiers
    assert all(row["name_fr"] and row["name_nl"] and row["certainty"] for row in rows)
