"""Life-cycle cost put into a draft on the pages: a case by its link, the checklist, what the document then holds."""

import html
import re
from io import BytesIO
from urllib.parse import urlencode

import docx
import openpyxl
import pytest
from page_walk import Flow, hidden, served

from mpdi.costing.draft_annex import award_from, typed_of
from mpdi.costing.examples import example_of
from mpdi.costing.links import as_file, example, of_case
from mpdi.costing.tender_parameters import restored
from mpdi.costing.workbook_layout import DATA_ROW, TECHNICAL

SHEET = "indoor_lighting"
LINK = f"https://mpdi.example/life-cycle-cost/{SHEET}?{urlencode({**example(SHEET, 'fr'), 'language': 'fr'})}"
REASONS = {
    f"{key}_fr": f"Réponse de l'acheteur sur {key}"
    for key in ("link", "objectivity", "access", "effort", "verification")
}
RULE = {"formula": "proportional", "maximum": "100", "ties": "none", "threshold": "below", "sole": "y", "missing_value": "ask",
        "frozen": "1/12/2026", **REASONS}  # fmt: skip


@pytest.fixture(scope="module")
def app(published_home, tmp_path_factory):
    yield from served(published_home, tmp_path_factory.mktemp("annex") / "home")


@pytest.fixture
def flow(app):
    return Flow(app).begin()


def send(flow, **fields):
    page = flow.get("life-cycle-cost")
    data = {"csrf_token": hidden(page, "csrf_token"), "revision": hidden(page, "revision"), **fields}
    return flow.client.post(f"{flow.base}/life-cycle-cost", data=data)


def words(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split()).replace("\xa0", " ")


def boxes(page, name):
    return re.findall(rf'name="{name}"[^>]*value="([^"]*)"', page)


def answered(flow):
    """A draft whose checklist is whole: saved twice, for the assumptions are known once the case is."""
    assert send(flow, case=LINK, **RULE).status_code == 303
    page = flow.get("life-cycle-cost")
    fields = {"assumptions": boxes(page, "assumptions"), "not_used": boxes(page, "not_used")}
    assert send(flow, case=LINK, **RULE, **fields).status_code == 303
    return flow.get("life-cycle-cost")


def test_what_is_missing_is_said_and_what_was_typed_stays(flow):
    page = flow.get("life-cycle-cost")
    data = {
        "csrf_token": hidden(page, "csrf_token"),
        "revision": hidden(page, "revision"),
        "case": LINK,
        "formula": "proportional",
        "frozen": "1/12/2026",
    }
    answer = flow.client.post(f"{flow.base}/life-cycle-cost", data=data)
    assert answer.status_code == 303
    said = words(flow.get("life-cycle-cost"))
    assert "« Les données s'obtiennent avec un effort raisonnable » : il n'y a pas de réponse en français." in said
    assert "annex." not in said.partition("Le cas")[0]
    assert 'value="proportional" selected' in flow.get("life-cycle-cost").replace(
        'selected value="proportional"', 'value="proportional" selected'
    )


def test_the_specification_holds_annex_and_clause_once_all_is_answered(flow):
    for key, value in (
        ("authority", {"authority_name": "Commune d'Exemple", "authority_type": "local"}),
        ("object", {"object": "Éclairage"}),
    ):
        page = flow.get(f"questions/{key}")
        data = {"csrf_token": hidden(page, "csrf_token"), "revision": hidden(page, "revision"), **value}
        assert flow.client.post(f"{flow.base}/questions/{key}", data=data).status_code == 303
    page = answered(flow)
    assert "life_cycle_cost" not in words(page)
    assert 'id="state"' in page
    assert "<li" not in page.partition('id="state"')[2].partition("<form")[0], words(page)
    download = flow.get("download")
    made = flow.client.post(
        f"{flow.base}/specification", data={"csrf_token": hidden(download, "csrf_token"), "language": "fr"}
    )
    document = docx.Document(BytesIO(made.data))
    assert "Coût du cycle de vie: clause d'attribution" in [each.text for each in document.paragraphs]


def test_without_its_answers_the_document_says_so_on_its_first_page(flow):
    send(flow, case=LINK, formula="lowest", frozen="1/12/2026")
    download = flow.get("download")
    made = flow.client.post(
        f"{flow.base}/specification", data={"csrf_token": hidden(download, "csrf_token"), "language": "fr"}
    )
    cells = [
        cell.text for table in docx.Document(BytesIO(made.data)).tables for row in table.rows for cell in row.cells
    ]
    assert any("liste de contrôle encore ouverts" in each for each in cells)


def about(flow, **changes):
    """Answer what the annex takes from the purchase."""
    answers = {"authority": {"authority_name": "Commune d'Exemple", "authority_type": "local"}, "object": {"object": "Éclairage"}}
    for key, value in (answers | changes).items():
        page = flow.get(f"questions/{key}")
        data = {"csrf_token": hidden(page, "csrf_token"), "revision": hidden(page, "revision"), **value}
        assert flow.client.post(f"{flow.base}/questions/{key}", data=data).status_code == 303


def digest_in(words):
    found = re.findall(r"[0-9a-f]{64}", words)
    assert len(set(found)) == 1, found
    return found[0]


def test_page_workbook_and_document_have_one_day_and_one_digest(flow):
    about(flow)
    fields = {**RULE, "frozen": "15/11/2026"}
    assert send(flow, case=LINK, **fields).status_code == 303
    page = flow.get("life-cycle-cost")
    ticked = {each: boxes(page, each) for each in ("assumptions", "not_used")}
    assert send(flow, case=LINK, **fields, **ticked).status_code == 303
    page = flow.get("life-cycle-cost")
    assert "Figés le 15/11/2026, comme l'annexe le dit." in words(page)
    digest = digest_in(words(page))
    address = html.unescape(re.search(r'href="([^"]*/workbook-fr\.xlsx)"', page)[1])
    book = openpyxl.load_workbook(BytesIO(flow.client.get(address).data))
    kept = restored(book[TECHNICAL].cell(DATA_ROW + 1, 2).value)
    assert (kept.date.isoformat(), kept.digest) == ("2026-11-15", digest)
    download = flow.get("download")
    made = flow.client.post(
        f"{flow.base}/specification", data={"csrf_token": hidden(download, "csrf_token"), "language": "fr"}
    )
    document = docx.Document(BytesIO(made.data))
    assert digest_in(" ".join(each.text for each in document.paragraphs if "15/11/2026" in each.text)) == digest
    assert flow.client.get(address.replace("-fr.xlsx", "-nl.xlsx")).status_code == 404


def test_the_page_of_the_sheet_gives_the_same_digest_for_the_same_day(flow):
    about(flow)
    answered(flow)
    digest = digest_in(words(flow.get("life-cycle-cost")))
    typed = {**example(SHEET, "fr"), "language": "fr", "frozen": "01/12/2026"}
    shown = flow.client.get(f"/life-cycle-cost/{SHEET}/workbook?{urlencode(typed)}").get_data(as_text=True)
    assert digest_in(words(shown)) == digest


def test_while_a_point_is_open_there_is_no_workbook_of_the_annex(flow):
    send(flow, case=LINK, formula="lowest", frozen="1/12/2026")
    assert "workbook-fr.xlsx" not in flow.get("life-cycle-cost")
    answer = flow.client.get(f"{flow.base}/life-cycle-cost/workbook-fr.xlsx")
    assert (answer.status_code, answer.headers["Location"].endswith("/life-cycle-cost#state")) == (303, True)


def test_an_empty_day_is_refused_at_its_field_and_a_new_form_proposes_one(flow):
    assert re.search(r'name="frozen"[^>]*value="[0-9]{2}/[0-9]{2}/[0-9]{4}"', flow.get("life-cycle-cost"))
    answer = send(flow, case=LINK, **{**RULE, "frozen": " "})
    assert answer.status_code == 422
    assert "Écrivez le jour" in words(answer.get_data(as_text=True))


@pytest.mark.parametrize(
    "link", ["", "https://mpdi.example/life-cycle-cost", "no address", "/life-cycle-cost/spaceship?b_years=1"]
)
def test_a_link_that_holds_no_case_is_refused_at_its_field(flow, link):
    answer = send(flow, case=link, **RULE)
    assert answer.status_code == 422
    assert 'id="case-error"' in answer.get_data(as_text=True)


def test_a_case_without_what_the_buyer_must_fix_is_refused(flow):
    answer = send(flow, case="/life-cycle-cost/indoor_lighting?b_years=20", **RULE)
    assert answer.status_code == 422


QUALITY = {"q1_name": "Garantie", "q1_points": "10", "q1_value": "500", "q2_name": "Délai de dépannage", "q2_points": "4", "q2_value": "1250,50"}


def test_every_formula_is_offered(flow):
    page = flow.get("life-cycle-cost")
    assert all(f'value="{each}"' in page for each in ("lowest", "proportional", "linear", "quality_in_euros"))


def test_quality_in_euros_is_typed_with_the_worth_of_a_point_and_stands_in_the_clause(flow):
    rule = {**RULE, "formula": "quality_in_euros", **QUALITY}
    assert send(flow, case=LINK, **rule).status_code == 303
    page = flow.get("life-cycle-cost")
    fields = {"assumptions": boxes(page, "assumptions"), "not_used": boxes(page, "not_used")}
    assert send(flow, case=LINK, **rule, **fields).status_code == 303
    page = flow.get("life-cycle-cost")
    said = words(page).partition("encore ouverts")[2].partition("Lien du cas")[0]
    assert "« Pouvoir adjudicateur »" in said
    assert not any(word in said for word in ("formule", "quality", "poids du critère", "décide seule"))
    assert [re.search(rf'id="{name}"[^>]*value="([^"]*)"', page)[1] for name in ("q1_points", "q1_value", "q2_value")] == ["10", "500", "1250,5"]


@pytest.mark.parametrize(
    ("language", "open_point", "beside_the_choice"),
    [
        ("fr", "« Qualité en euros » ne peut pas décider dans ce cahier des charges : ses critères ne figurent pas au tableau", "La qualité en euros est gardée"),
        ("nl", None, "Kwaliteit in euro's wordt bewaard"),
        ("en", None, "Quality in euros is kept but not written"),
    ],
)  # fmt: skip
def test_quality_in_euros_keeps_a_point_open_and_the_form_says_so_beside_the_choice(flow, language, open_point, beside_the_choice):
    about(flow)
    rule = {**RULE, "formula": "quality_in_euros", **QUALITY}
    assert send(flow, case=LINK, **rule).status_code == 303
    page = flow.get("life-cycle-cost")
    fields = {"assumptions": boxes(page, "assumptions"), "not_used": boxes(page, "not_used")}
    assert send(flow, case=LINK, **rule, **fields).status_code == 303
    page = words(flow.client.get(f"{flow.base}/life-cycle-cost?language={language}").get_data(as_text=True))
    assert beside_the_choice in page
    assert "ne figurent pas au tableau des critères d'attribution, avec leur échelle et leur preuve" in page  # of the document
    if open_point:
        assert open_point in page
        assert "1 point est encore ouvert" in page


def test_the_clause_publishes_worth_points_and_bounds_of_each_criterion():
    award = award_from({**RULE, "formula": "quality_in_euros", **QUALITY}, ("fr",), "fr")
    assert {key: int(value) for key, value in award["quality"].items()} == {"Garantie": 5000, "Délai de dépannage": 5002}
    typed = typed_of(award, ("fr",), "fr")
    assert {key: typed[key] for key in QUALITY} == {**QUALITY, "q2_value": "1250,5"}


@pytest.mark.parametrize("without", ["q1_name", "q1_points", "q2_value"])
def test_a_criterion_of_quality_that_lacks_a_part_is_asked_for_at_its_field(flow, without):
    typed = {key: value for key, value in {**RULE, "formula": "quality_in_euros", **QUALITY}.items() if key != without}
    answer = send(flow, case=LINK, **typed)
    assert answer.status_code == 422
    assert f'id="{without}-error"' in answer.get_data(as_text=True)


SOLE_SAID = {
    "fr": "Le coût du cycle de vie est le seul critère d'attribution : il n'y a pas de poids à enregistrer.",
    "nl": "De levenscycluskosten zijn het enige gunningscriterium: er zijn geen gewichten op te slaan.",
    "en": "Life-cycle cost is the only award criterion: there are no weights to save.",
}


@pytest.mark.parametrize("language", SOLE_SAID)
def test_as_sole_criterion_no_step_asks_for_weights_nor_offers_the_price(flow, language):
    assert send(flow, case=LINK, **{**RULE, "formula": "lowest"}).status_code == 303
    for step in ("award", "check"):
        page = flow.client.get(f"{flow.base}/{step}?language={language}").get_data(as_text=True)
        assert SOLE_SAID[language].replace("'", "’") in words(page).replace("'", "’")
        assert 'name="weight_price"' not in page
        assert not any(each in page for each in ("répartition à confirmer", "No weight is set", "te bevestigen verdeling"))


def test_weights_saved_beside_a_sole_criterion_are_shown_to_be_taken_out(flow):
    page = flow.get("award")
    data = {"csrf_token": hidden(page, "csrf_token"), "revision": hidden(page, "revision"), "weight_price": "100"}
    assert flow.client.post(f"{flow.base}/award", data=data).status_code == 303
    assert 'id="sole-cost"' not in flow.get("award")
    send(flow, case=LINK, **{**RULE, "formula": "lowest"})
    page = flow.get("award")
    assert 'id="sole-cost"' in page
    assert 'value="clear"' in page


def test_numbers_and_dates_that_are_none_are_refused(flow):
    answer = send(flow, case=LINK, **{**RULE, "maximum": "many", "frozen": "soon"}).get_data(as_text=True)
    assert 'id="maximum-error"' in answer
    assert 'id="frozen-error"' in answer


def test_it_can_be_taken_out_again_and_another_window_is_noticed(flow):
    send(flow, case=LINK, **RULE)
    stale = flow.get("life-cycle-cost")
    assert send(flow, remove="1").status_code == 303
    data = {"csrf_token": hidden(stale, "csrf_token"), "revision": hidden(stale, "revision"), "case": LINK, **RULE}
    assert flow.client.post(f"{flow.base}/life-cycle-cost", data=data).status_code == 409
    assert 'name="remove"' not in flow.get("life-cycle-cost")


def test_a_strange_link_of_a_draft_leads_nowhere(app):
    assert app.test_client().get("/specifications/none/life-cycle-cost").status_code == 404


def test_what_was_typed_comes_back_as_it_was():
    typed = {**RULE, "formula": "linear", "best": "1000", "worst": "2500,5", "sole": "y", "frozen": "01/12/2026"}
    back = typed_of(award_from(typed, ("fr",), "fr"), ("fr",), "fr")
    for key in ("formula", "maximum", "best", "worst", "ties", "threshold", "missing_value", "frozen", *REASONS):
        assert back[key] == typed[key], key


def test_the_address_of_a_case_holds_its_emission_prices():
    case = {
        **example_of("vending"),
        "vat": "included",
        "externalities": {"prices": "eib-2020", "first_year": 2031, "external_costs": "counted"},
    }
    assert as_file(case)
    made = of_case(case, "fr")
    assert (made["vat"], made["prices"], made["starts"], made["external"]) == (
        "included",
        "eib-2020",
        "2031",
        "counted",
    )
