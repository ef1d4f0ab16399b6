"""The register of Brussels contracting authorities: whole, in both languages, and no spelling with two owners."""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from copy import deepcopy
from pathlib import Path

import jsonschema
import pytest

from mpdi.clause_library.core import strict_yaml

DATA = Path(__file__).parents[2] / "mpdi" / "accounts" / "data"
AUTHORITIES = strict_yaml.read(DATA / "authorities.yaml")
VALIDATOR = jsonschema.Draft202012Validator(json.loads((DATA / "authorities.schema.json").read_text(encoding="utf-8")))


def fold(text):
    """Small letters without accents; every run of other signs is one space."""
    letters = (letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[\W_]+", " ", "".join(letters)).split())


def written_names(authority):
    """Every way the body's name is written; a name alike in both languages counts once."""
    return [*dict.fromkeys(authority["name"].values()), *authority["spellings"]]


def of_kind(kind):
    return [authority for authority in AUTHORITIES if authority["kind"] == kind]


def passes_modulo_97(number):
    digits = number.replace(".", "")
    return 97 - int(digits[:8]) % 97 == int(digits[8:])


def test_the_register_follows_its_schema():
    jsonschema.Draft202012Validator.check_schema(VALIDATOR.schema)
    assert [f"{list(error.absolute_path)}: {error.message}" for error in VALIDATOR.iter_errors(AUTHORITIES)] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "ministry"},
        {"level": "communal"},
        {"under_regional_supervision": "yes"},
        {"name": {"fr": "Commune d'Anderlecht"}},
        {"name": {"fr": "Commune d'Anderlecht", "nl": " "}},
        {"id": "Commune Anderlecht"},
        {"municipality": "Anderlecht"},
        {"telephone": "02"},
        {"enterprise_number": {"value": "0207.540.408", "source": "a web page"}},
        {"enterprise_number": {"value": "0207540408", "source": "TED notice 344711-2020"}},
        {
            "certainty": "general_knowledge",
            "enterprise_number": {"value": "0207.540.408", "source": "TED notice 344711-2020"},
        },
    ],
)
def test_the_schema_refuses(wrong):
    authority = deepcopy(next(item for item in AUTHORITIES if item["id"] == "commune-anderlecht")) | wrong
    assert not VALIDATOR.is_valid([authority])


def test_identifiers_are_unique():
    assert [name for name, count in Counter(item["id"] for item in AUTHORITIES).items() if count > 1] == []


def test_every_spelling_leads_to_one_body_only():
    owners = defaultdict(set)
    for authority in AUTHORITIES:
        for written in written_names(authority):
            owners[fold(written)].add(authority["id"])
    assert "" not in owners
    assert {written: ids for written, ids in owners.items() if len(ids) > 1} == {}


def test_no_body_repeats_a_spelling_that_folds_alike():
    repeated = {}
    for authority in AUTHORITIES:
        counts = Counter(map(fold, written_names(authority)))
        if twice := [written for written, count in counts.items() if count > 1]:
            repeated[authority["id"]] = twice
    assert repeated == {}


def test_the_nineteen_communes_each_have_their_cpas():
    communes = {authority["id"] for authority in of_kind("commune")}
    assert len(communes) == 19
    assert {authority["municipality"] for authority in of_kind("commune")} == communes
    assert len(of_kind("cpas")) == 19
    assert {authority["municipality"] for authority in of_kind("cpas")} == communes
    assert all(authority["id"] == authority["municipality"] for authority in of_kind("commune"))


def test_the_other_closed_groups_are_whole():
    assert {item["id"] for item in of_kind("police_zone")} == {f"police-zone-{number}" for number in range(5339, 5345)}
    assert {item["id"] for item in of_kind("community_commission")} == {"cocof", "vgc", "cocom"}
    assert len(of_kind("housing_company")) == 16


def test_a_municipality_is_a_commune_of_the_register():
    communes = {authority["id"] for authority in of_kind("commune")}
    assert {item["municipality"] for item in AUTHORITIES if "municipality" in item} <= communes


def test_enterprise_numbers_are_valid_and_belong_to_one_body():
    numbers = [item["enterprise_number"]["value"] for item in AUTHORITIES if "enterprise_number" in item]
    assert [number for number in numbers if not passes_modulo_97(number)] == []
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("number", ["0207.540.409", "0270.540.408"])
def test_a_wrong_enterprise_number_fails_modulo_97(number):
    assert not passes_modulo_97(number)


@pytest.mark.parametrize(
    ("written", "identifier"),
    [
        ("OUDERGEM", "commune-auderghem"),
        ("Administration communale d’Etterbeek", "commune-etterbeek"),
        ("ocmw elsene", "cpas-ixelles"),
        ("C.P.A.S. d'Uccle", "cpas-uccle"),
        ("MIVB", "stib"),
        ("Sibelga CVBA/SCRL", "sibelga"),
        ("Bruxelles-Proprete", "bruxelles-proprete"),
        ("IBGE", "bruxelles-environnement"),
        ("finance & invest.brussels", "finance-invest-brussels"),
        ("GOB Stedenbouw en Erfgoed - Algemene directie", "urban-brussels"),
    ],
)
def test_a_name_as_notices_write_it_is_found(written, identifier):
    assert [item["id"] for item in AUTHORITIES if fold(written) in map(fold, written_names(item))] == [identifier]
