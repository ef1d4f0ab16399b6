"""Reading the library: packs, two levels side by side, open data, freshness, feed."""

import csv
import io
import json

import pytest
from lxml import etree

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, address
    return response.get_data(as_text=True)


def test_packs_name_every_category_that_has_clauses(client):
    text = page(client, "/clauses/packs?language=fr")
    assert "Nettoyage" in text
    assert 'href="/clauses/packs/cleaning?level=core"' in text


def test_a_higher_level_takes_the_lower_one_along(client):
    core, high = (page(client, f"/clauses/packs/cleaning?level={level}") for level in ("core", "exemplary"))
    assert "ENV-CLEAN-001" in core
    assert "ENV-CLEAN-001" in high
    assert "ENV-CLEAN-002" in high, "the award criterion is of a higher level"
    assert "ENV-CLEAN-002" not in core
    assert "DMP-GEN-001" in core, "general clauses stand apart, on the same page"


def test_two_levels_side_by_side(client):
    text = page(client, "/clauses/packs/cleaning/compare?from=exemplary&to=core&language=en")
    assert "Only in: exemplary" in text
    assert "ENV-CLEAN-001" in text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/clauses/packs/gardening", 404),
        ("/clauses/packs/cleaning?level=most", 400),
        ("/clauses/packs/cleaning/compare?from=core&to=", 400),
    ],
)
def test_a_pack_that_is_none_says_so(client, address, status):
    page(client, address, status)


@pytest.mark.parametrize(
    ("facet", "inside", "outside"),
    [
        ("law=REG-2017-1369", "ENV-FOOD-013", "DMP-GEN-001"),
        ("label=EU-ECOLABEL-CLEANING", "ENV-CLEAN-001", "DMP-GEN-001"),
        ("plan=social_economy", "SOC-GEN-003", "ENV-CLEAN-001"),
        ("objective=circ-econ", "ENV-CLEAN-004", "DMP-GEN-003"),
    ],
)
def test_the_list_is_browsed_by_law_label_plan_and_objective(client, facet, inside, outside):
    results = page(client, f"/clauses?{facet}").split('class="facets"')[0]
    assert f"/clauses/{inside}" in results
    assert f"/clauses/{outside}" not in results


def test_an_unknown_act_finds_nothing_and_says_so(client):
    text = page(client, "/clauses?law=LAW-1900-01-01&language=en")
    assert "No clause fits these words and all of these filters" in text
    assert page(client, "/clauses?law=%3Cscript%3E").count("<script>") == 0


def test_the_whole_library_as_json_and_csv(client, clause_library):
    data = json.loads(client.get("/clauses.json").data)
    assert data["licence"].startswith("https://creativecommons.org/licenses/by/4.0")
    assert {clause["id"] for clause in data["clauses"]} == set(clause_library.identifiers)
    assert len(data["edition"]) == 64
    response = client.get("/clauses.csv")
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig")), delimiter=";"))
    assert [row["id"] for row in rows] == list(clause_library.identifiers)
    assert all(row["title_fr"] and row["title_nl"] and len(row["digest"]) == 64 for row in rows)
    schema = json.loads(client.get("/clauses/schema.json").data)
    assert "parameters" in schema["properties"]


def test_the_feed_has_the_newest_versions_in_both_languages(client, clause_library):
    root = etree.fromstring(client.get("/clauses/changes.xml").data)
    entries = root.findall("a:entry", ATOM)
    newest = sorted(clause_library, key=lambda version: (version.register.valid_from, version.id), reverse=True)[:100]
    for language in ("fr", "nl"):
        own = [entry for entry in entries if entry.get("{http://www.w3.org/XML/1998/namespace}lang") == language]
        titles = [entry.findtext("a:title", namespaces=ATOM) for entry in own]
        assert titles == [f"{each.id} {each.version} – {each.title[language]}" for each in newest]
    assert all(entry.findtext("a:summary", namespaces=ATOM) for entry in entries)


def test_freshness_shows_what_it_is_a_share_of(client, clause_library):
    text = page(client, "/clauses/open-data?language=en")
    total = len(clause_library.identifiers)
    assert f"{total} of {total} clauses in use are within their review date." in text
    assert f"0 of {total} are signed by a lawyer." in text
