"""A specification that is awarded on life-cycle cost: annex and award clause in it, or what keeps them out."""

import datetime
import json
from io import BytesIO

import docx
import pytest

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.answers import AnswersError, read_answers
from mpdi.costing.specification_annex import specification_annex
from mpdi.costing.tender_parameters import freeze
from mpdi.documents.docx_reader import read_specification
from mpdi.documents.inline import content_text
from mpdi.documents.model import Paragraph
from mpdi.resources import folder
from mpdi.specifications.cost_annex import CostAnnexRefusedError
from mpdi.specifications.manifest import answers_data, answers_json
from mpdi.specifications.writing import prepare

EXAMPLES = folder("clauses").parent / "examples"
TODAY = datetime.date(2026, 12, 1)
CASE = strict_yaml.read(EXAMPLES / "lighting-offers.yaml")
AWARD = strict_yaml.read(EXAMPLES / "lighting-annex.yaml")


def answers(rule=AWARD, **changes):
    data = strict_yaml.read(EXAMPLES / "eclairage-cout-fr.yaml")
    return {**data, "life_cycle_cost": {"case": CASE, "award": rule}, **changes}


def annexed(without=(), **changes):
    """The award file of the example with its annex changed."""
    annex = {key: value for key, value in {**AWARD["annex"], **changes}.items() if key not in without}
    return {**AWARD, "annex": annex}


@pytest.fixture(scope="module")
def written(published_library):
    """Prepare a purchase with the writer of the portal."""

    def prepared(data):
        return prepare(read_answers(data, TODAY), published_library, specification_annex)

    return prepared


def texts(made: bytes) -> str:
    document = docx.Document(BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in document.paragraphs), *cells]).replace("\xa0", " ")


def test_annex_and_award_clause_stand_in_the_specification_with_the_digest(written):
    prepared = written(answers())
    assert prepared.findings == ()
    digest = freeze(CASE, TODAY).digest
    made = prepared.write()
    words = texts(made)
    assert "Coût du cycle de vie: clause d'attribution" in words
    assert words.count(digest) >= 2  # in the clause and in the annex
    assert "Points = 60 × coût comparé le plus bas ÷ coût comparé de l'offre." in words
    assert read_specification(made).manifest["life_cycle_cost"]["digest"] == digest
    assert "Alpha" not in words  # what an example offers is nobody's business


def test_the_same_answers_give_the_same_bytes(written):
    assert written(answers()).write() == written(answers()).write()


def test_the_criterion_points_to_its_annex_for_points_and_proof(written):
    words = texts(written(answers()).write())
    assert "Selon la formule de la clause d'attribution « coût du cycle de vie »" in words
    assert "Le classeur joint aux documents du marché, rempli" in words


def scoring(document):
    """The fixed words on points, total and ties, and how the section is headed."""
    found = next(each for each in document.sections if each.id == "award_scoring")
    words = " ".join(content_text(block.content) for block in found.blocks if isinstance(block, Paragraph))
    return f"{found.heading} {words}"


LINEAR = {**AWARD, "formula": "linear", "bounds": {"best": 60000, "worst": 200000}}
SOLE = {**annexed(criterion={"threshold": "below", "sole": True}), "formula": "lowest"}


@pytest.mark.parametrize("rule", [AWARD, LINEAR], ids=["proportional", "linear"])
def test_the_general_text_leaves_the_points_of_the_cost_to_the_clause_and_gives_none_for_price(written, rule):
    prepared = written(answers(rule))
    assert prepared.cost_annex_points == ()
    words = scoring(prepared.document)
    assert "ceux de la formule de la clause d'attribution « coût du cycle de vie », à l'exclusion de toute autre" in words
    assert "Les autres critères sont cotés" in words
    assert "prix" not in words
    assert "divisé par" not in words


def test_the_same_in_dutch(written):
    words = scoring(written(answers(language="nl")).document)
    assert "formule van de gunningsclausule „levenscycluskosten”, met uitsluiting van elke andere" in words
    assert "prijs" not in words


def test_as_sole_criterion_the_clause_ranks_and_a_shared_first_place_is_drawn(written):
    data = answers(SOLE)
    del data["award"]
    words = scoring(written(data).document)
    assert "classe première est la plus avantageuse" in words
    assert "partagent la première place, le tirage au sort décide" in words
    assert "autres critères" not in words
    assert "prix" not in words


def test_without_an_annex_the_formula_of_the_price_stands_only_where_price_has_points(written):
    quality = {"criterion": "Qualité", "scale": "De 0 à 40", "proof": "Étude"}
    data = answers(award=[{"criterion": "price", "weight": 60}, {**quality, "weight": 40}])
    del data["life_cycle_cost"]
    words = scoring(written(data).document)
    assert "reçoit tous les points du prix" in words
    assert "la formule du prix s'applique à ce coût" in words
    words = scoring(written({**data, "award": [{**quality, "weight": 100}]}).document)
    assert "points du prix" not in words
    assert "l'offre régulière au coût le plus bas reçoit tous les points de ce critère" in words


def test_in_both_languages_the_clause_stands_twice(written):
    award = [{"criterion": {"fr": "Coût du cycle de vie", "nl": "Levenscycluskosten"}, "weight": 60}]
    award.append({"criterion": {"fr": "Qualité", "nl": "Kwaliteit"}, "weight": 40,
                  "scale": {"fr": "De 0 à 40", "nl": "Van 0 tot 40"}, "proof": {"fr": "Étude", "nl": "Studie"}})  # fmt: skip
    words = texts(written(answers(language="fr+nl", award=award)).write())
    assert "Coût du cycle de vie: clause d'attribution" in words
    assert "Levenscycluskosten: gunningsclausule" in words


def test_what_the_purchase_says_is_not_asked_twice(written):
    award = annexed(without=("authority", "subject", "reference", "frozen"), criterion={"threshold": "below"})
    prepared = written(answers(award))
    assert prepared.cost_annex_points == ()
    assert "Son poids est de 60 %." in texts(prepared.write())


def test_a_sole_criterion_needs_no_list(written):
    award = {**annexed(criterion={"threshold": "below", "sole": True}), "formula": "lowest"}
    data = answers(award)
    del data["award"]
    prepared = written(data)
    assert (prepared.cost_annex_points, prepared.findings) == ((), ())
    assert [(each.criterion, each.weight) for each in prepared.purchase.award] == [("Coût du cycle de vie", 100)]


LISTED = {"criterion": "Coût du cycle de vie", "weight": 60}
REFUSED = {
    "a reason is missing": (answers(annexed(without=("effort",))), "annex.effort"),
    "an assumption is not confirmed": (answers(annexed(assumptions_confirmed=[])), "assumptions_confirmed"),
    "not in the list": (answers(award=[{"criterion": "Autre", "weight": 100, "scale": "x", "proof": "y"}]), "ne contient pas"),
    "the price counts twice": (answers(award=[LISTED, {"criterion": "price", "weight": 40}]), "compterait deux fois"),
    "another calculation": (answers(award=[LISTED, {"criterion": "ENV-GEN-001", "weight": 40}]), "son propre calcul"),
    "two weights": (answers(award=[{**LISTED, "weight": 50}, {"criterion": "Autre", "weight": 50, "scale": "x", "proof": "y"}]), "liste des critères (50)"),
    "quality in no table": (answers({**SOLE, "formula": "quality_in_euros", "quality": {"Garantie": 5000}}, award=[]), "échelle et leur preuve"),
    "no sheet": (answers(life_cycle_cost={"case": {"currency": "EUR"}, "award": AWARD}), "aucune fiche"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_a_point_that_is_open_is_said_and_the_document_lists_it(written, case):
    data, words = REFUSED[case]
    prepared = written(data)
    assert any(words in each for each in prepared.cost_annex_points), prepared.cost_annex_points
    assert any("liste de contrôle encore ouverts" in each.text for each in prepared.to_complete("fr"))
    with pytest.raises(CostAnnexRefusedError):
        specification_annex(prepared.purchase, "fr")


@pytest.mark.parametrize("case", ["a reason is missing", "the price counts twice", "quality in no table"])
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_without_the_annex_no_sentence_names_its_clause_or_its_points(written, case, language):
    data, _words = REFUSED[case]
    prepared = written({**data, "language": language})
    assert prepared.cost_annex_points
    words = texts(prepared.write())
    assert "Coût du cycle de vie" in words or "Levenscycluskosten" in words  # the criterion itself stays
    for clause in ("clause d'attribution « coût du cycle de vie »", "gunningsclausule „levenscycluskosten”", "Les points du coût du cycle"):
        assert clause not in words
    assert prepared.purchase.cost_annex is not None


def test_answers_kept_as_json_give_the_same_annex(written):
    purchase = read_answers(answers(), TODAY)
    again = answers_data(json.loads(json.dumps(answers_json(purchase))))
    assert written(again).write() == written(answers()).write()


@pytest.mark.parametrize("value", ["case.yaml", {"case": CASE}, {"case": CASE, "award": AWARD, "more": 1}], ids=["text", "no award", "unknown key"])  # fmt: skip
def test_what_is_no_annex_is_refused_by_name(value):
    with pytest.raises(AnswersError, match="life_cycle_cost"):
        read_answers(answers(life_cycle_cost=value), TODAY)


def naming_files(folder):
    """The answers of the example that name case and award file, which stand beside them."""
    text = (EXAMPLES / "eclairage-cout-fr.yaml").read_text(encoding="utf-8")
    named = "life_cycle_cost: {case: lighting-offers.yaml, award: lighting-annex.yaml}"
    before = text.partition("\nlife_cycle_cost:\n")[0]
    (folder / "answers.yaml").write_text(f"{before}\n{named}\n", encoding="utf-8")
    for name in ("lighting-offers.yaml", "lighting-annex.yaml"):
        (folder / name).write_bytes((EXAMPLES / name).read_bytes())
    return folder / "answers.yaml"


def test_the_example_holds_the_same_case_and_award_in_full(written):
    data = strict_yaml.read(EXAMPLES / "eclairage-cout-fr.yaml")
    assert texts(written(data).write()) == texts(written(answers()).write())


def test_the_command_reads_the_files_that_the_answers_name(mpdi, tmp_path):
    target = tmp_path / "cahier.docx"
    result = mpdi("specs", "write", naming_files(tmp_path), "--output", target)
    assert result.exit_code == 0, result.stderr
    assert freeze(CASE, TODAY).digest in texts(target.read_bytes())


def test_the_command_writes_nothing_while_a_point_is_open(mpdi, tmp_path):
    path = naming_files(tmp_path)
    text = (EXAMPLES / "lighting-annex.yaml").read_text(encoding="utf-8")
    (tmp_path / "lighting-annex.yaml").write_text(text.replace("missing_value: ask", "missing_value: maybe"), encoding="utf-8")
    target = tmp_path / "cahier.docx"
    result = mpdi("specs", "write", path, "--output", target)
    assert result.exit_code == 2
    assert "annex.missing_value" in result.stderr
    assert not target.exists()
