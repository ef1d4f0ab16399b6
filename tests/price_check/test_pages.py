"""The pages of the price check: typed or as a file, refused with what to mend, letters from what was sent."""

import html
import io
import re

import pytest
from docx import Document
from price_samples import EXAMPLE

from mpdi.clause_library.core import strict_yaml

TYPED = {
    "offers": "Fictive Un\t80 000,00\nFictive Deux;95.000\nFictive Trois;105000\nFictive Quatre;120000",
    "hours": "3 000", "object": "Nettoyage d'exemple", "authority_name": "Commune d'Exemple", "authority_type": "local", "nature": "services",
    "fraud_sensitive": "yes", "procedure": "open", "light_regime": "no", "price_weight": "100", "estimated_value": "150 000",
    "publication_date": "01/12/2026", "cpv_risk_list": "no", "works_above_class_2": "unknown", "joint_committee": "121",
    "wage_costs": "121; 27,50; Fiche inventée; 01/01/2026", "wage_certainty": "general_knowledge", "materials": "5", "language": "nl", "answer_days": "20",
}  # fmt: skip
WRONG = (
    ({"offers": ""}, "There is no offer"),
    ({"offers": "Fictive;douze"}, "Line 1: “douze” is not a number"),
    ({"offers": "Fictive;100 USD\nAutre;100 EUR"}, "Line 1: “100 USD” is in another currency"),
    ({"offers": "Fictive;$100"}, "in another currency"),
    ({"offers": "Fictive;100;-5"}, "hours cannot be negative"),
    ({"offers": "Fictive;-100"}, "is not between"),
    ({"offers": "Fictive"}, "is missing"),
    ({"offers": "Fictive;100;5;lot 121"}, "is not the number of a joint committee"),
    ({"offers": "A;1;2;121;Lot;Rue 1;de trop"}, "more than 6 columns"),
    ({"offers": "A;100\nA;200"}, "has another offer here already"),
    ({"offers": "\n".join(f"F{place};100" for place in range(41))}, "41 offers"),
    ({"hours": "-3"}, "hours cannot be negative"),
    ({"price_weight": "beaucoup"}, "“beaucoup” is not a number"),
    ({"price_weight": "101"}, "is not between"),
    ({"publication_date": "32/12/2026"}, "is not a date"),
    ({"offers": "Fictive;100\n\nAutre;-1.500,50"}, "Line 3, total: −1,500.5 is not between 0.01 and 100,000,000,000 EUR."),
    ({"offers": "Fictive;100\nAutre;100;5;12"}, "Line 2, joint committee: “12” is not the number"),
    ({"offers": "Fictive;100\nAutre;100\nautre;200"}, "Line 3, tenderer: “autre” has another offer here already"),
    ({"offers": "Firme;à remettre\nFictive;100"}, "Line 1: “à remettre” is not a number. If this line is the heading of the table, leave it out."),
    ({"wage_costs": "121;27,50"}, "Line 1, source: is missing."),
    ({"materials": "60", "margin": "40"}, "nothing is left for work"),
    ({"nature": "jardinage"}, "is not a value here"),
    ({"answer_days": "1,5"}, "is not a whole number"),
)
UNREADABLE = (
    (b"\xff\xfe\x00", "not a text file in UTF-8"),
    (b"offers: [", "not YAML"),
    (b"a: &x 1\nb: *x", "alias"),
    (b"just words", "holds no purchase"),
    (b"offers:\n- {tenderer: A, amount: cher}", "offers[1].amount"),
)


@pytest.fixture
def send(client, token):
    """Send the form; what is changed is given by name."""
    return lambda address="/prices?language=en", **changes: client.post(address, data={"csrf_token": token(client)} | TYPED | changes)


def words_of(answer):
    return html.unescape(answer.get_data(as_text=True))


def data_of(page):
    return html.unescape(re.search(r'name="data" value="([^"]*)"', page.get_data(as_text=True)).group(1))


def test_the_form_says_that_nothing_is_stored_and_that_no_figure_ships(client):
    page = client.get("/prices?language=en").get_data(as_text=True)
    assert "Nothing is stored" in page
    assert "We give no figure" in page
    assert "Nettoyage" in client.get("/prices?language=fr&content=fr").get_data(as_text=True), "the committees by name"


def test_a_pasted_table_is_checked(send):
    answer = send()
    page = words_of(answer)
    assert answer.status_code == 200
    assert "1 offer must be questioned" in page
    assert "No offer is called abnormal here" in page
    assert "80,000.00 − 4,000.00 − 1,600.00 − 6,400.00 − 3,200.00 = <strong>64,800.00" in page
    assert "21.60\u00a0EUR/h" in page
    assert "Legal review: pending" in page
    assert 'src="data:image/svg+xml;base64,' in page
    assert "no-cache" in answer.headers["Cache-Control"]
    assert "private" in answer.headers["Cache-Control"]


def test_the_page_speaks_the_language_chosen_without_losing_the_data(client, send, token):
    data = data_of(send())
    page = words_of(client.post("/prices/again?language=nl", data={"csrf_token": token(client), "data": data}))
    assert "1 offerte moet worden bevraagd" in page
    assert "80.000,00" in page
    kept = words_of(send("/prices?language=nl", action="keep", offers="Nog niet af"))
    assert "Nog niet af" in kept
    assert "error-summary" not in kept


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(send):
    for changes, words in WRONG:
        answer = send(**changes)
        page = words_of(answer)
        assert answer.status_code == 422, changes
        assert words in page, changes
        assert 'class="error-summary"' in page
        assert "Nettoyage d'exemple" in page
        assert changes.get("offers", "Fictive Deux;95.000") in page


@pytest.mark.parametrize(
    "heading", ["Soumissionnaire\tTotal HTVA (EUR)\tHeures", "Inschrijver;Prijs zonder btw", "Tenderer|Amount", "\n\nNom;Montant"]
)
def test_a_heading_pasted_with_the_table_is_left_out_with_a_word(send, heading):
    page = words_of(send(offers=f"{heading}\n{TYPED['offers']}"))
    assert "1 offer must be questioned" in page
    assert "was taken for the heading of the table and left out" in page
    assert "was taken for the heading" not in words_of(send())
    wrong = words_of(send(offers=f"{heading.strip()}\nFictive;100;0"))
    assert "Line 2, hours: 0 hours" in wrong, "lines are counted as they were pasted"


def test_an_address_and_the_certainty_of_a_wage_cost_are_typed(client, send, token):
    page = send(offers=TYPED["offers"].replace("80 000,00", "80 000,00\t\t\t\tRue Inventée 1, 1000 Exemple"), wage_certainty="verified", price_weight="100")
    data = data_of(page)
    assert "the wage cost of joint committee 121" not in words_of(page)
    assert "the wage cost of joint committee 121" in words_of(send(wage_certainty="general_knowledge"))
    answer = client.post("/prices/letter", data={"csrf_token": token(client), "data": data, "offer": "1-fr"})
    words = " ".join(paragraph.text for paragraph in Document(io.BytesIO(answer.get_data())).paragraphs)
    assert "Rue Inventée 1, 1000 Exemple" in words
    assert "[adresse du soumissionnaire]" not in words
    assert "Coût salarial\u00a0: source lue" in words


def test_that_no_wage_check_took_place_stands_at_the_top_with_why(send):
    unknown = words_of(send(joint_committee="999", wage_costs=""))
    assert "The wage check did not take place: no offer could be compared" in unknown
    assert unknown.index("Joint committee 999 is not in our list") < unknown.index("The offers beside each other")
    assert unknown.count("without the wage check") == 4
    some = words_of(send(offers=TYPED["offers"].replace("95.000", "95.000;;302")))
    assert "The wage check did not take place for 1 offer: Fictive Deux." in some
    assert "did not take place" not in words_of(send())


def test_an_early_publication_leaves_out_the_averages_and_says_what_to_do(send):
    page = words_of(send(publication_date="15/11/2025"))
    assert "The rule of averages could not be applied" in page
    assert "Read article 36, § 4, as it stood that day" in page
    assert "21.60\u00a0EUR/h" in page
    assert "offer must be questioned" not in page


def test_shares_without_a_source_are_warned_of_before_the_letter_is_downloaded(send):
    page = words_of(send())
    assert "shares without a source (transport 2\u00a0%, overhead 8\u00a0%, margin 4\u00a0%)" in page
    sourced = {"materials": "5", "transport": "2", "overhead": "8", "margin": "4", "shares_source": "Fiche inventée"}
    assert "Before you send the letter" not in words_of(send(**sourced))


def test_one_offer_and_forty_are_checked(send):
    assert "Too few offers" in words_of(send(offers="Fictive;100000"))
    page = words_of(send(offers="\n".join(f"Fictive {place};{100000 + place}" for place in range(40))))
    assert "40 offers" in page
    assert "Plain average of all offers" in page


def test_lots_are_taken_from_the_table(send):
    page = words_of(send(offers="A;100;;;Bureaux\nB;200;;;Vitres"))
    assert "Lot Bureaux" in page
    assert "Lot Vitres" in page


def test_a_file_is_checked_and_comes_back_whole(client, token, send):
    file = (io.BytesIO(EXAMPLE.read_bytes()), "offers.yaml")
    answer = client.post("/prices/file?language=en", data={"csrf_token": token(client), "file": file})
    assert "Éclat Inexistant SRL" in words_of(answer)
    data = data_of(send())
    kept = client.post("/prices/offers.yaml", data={"csrf_token": token(client), "data": data})
    assert kept.headers["Content-Disposition"] == 'attachment; filename="offers.yaml"'
    again = client.post("/prices/file?language=en", data={"csrf_token": token(client), "file": (io.BytesIO(kept.get_data()), "x.yaml")})
    assert "1 offer must be questioned" in words_of(again)


def test_a_file_that_cannot_be_read_is_refused(client, token):
    for content, words in UNREADABLE:
        answer = client.post("/prices/file?language=en", data={"csrf_token": token(client), "file": (io.BytesIO(content), "x.yaml")})
        assert answer.status_code == 422
        assert words in words_of(answer)


def test_a_file_that_is_too_large_is_refused(client, token, monkeypatch):
    monkeypatch.setattr(strict_yaml, "MAX_BYTES", 100)
    answer = client.post("/prices/file?language=en", data={"csrf_token": token(client), "file": (io.BytesIO(b"x" * 200), "x.yaml")})
    assert answer.status_code == 422
    assert "larger than" in words_of(answer)


def test_no_file_chosen(client, token):
    answer = client.post("/prices/file?language=en", data={"csrf_token": token(client)})
    assert answer.status_code == 422
    assert "No file was chosen" in words_of(answer)


def test_a_letter_is_made_from_what_was_sent(client, send, token):
    data = data_of(send())
    answer = client.post("/prices/letter", data={"csrf_token": token(client), "data": data, "offer": "1-nl"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="01-fictive-un-nl.docx"'
    assert answer.headers["Cache-Control"] == "no-store"
    words = " ".join(paragraph.text for paragraph in Document(io.BytesIO(answer.get_data())).paragraphs)
    assert "binnen 20 kalenderdagen" in words
    assert "105" not in words, "no price of another tenderer"


def test_a_letter_of_what_makes_no_sense_is_refused(client, send, token):
    sent = {"csrf_token": token(client), "data": data_of(send()), "offer": "1-fr"}
    for changes in [{"offer": "9-fr"}, {"offer": "0-fr"}, {"offer": "x"}, {"offer": "1-de"}, {"data": "["}, {"data": "offers: []"}]:
        assert client.post("/prices/letter", data=sent | changes).status_code == 400, changes


def test_hostile_names_are_shown_as_they_are(client, send, token):
    page = send(offers="<script>alert(1)</script>;80000\n=HYPERLINK(1);95000\n../../etc;105000\nQ;120000").get_data(as_text=True)
    assert "<script>alert" not in page
    data = html.unescape(re.search(r'name="data" value="([^"]*)"', page).group(1))
    answer = client.post("/prices/letter", data={"csrf_token": token(client), "data": data, "offer": "3-fr"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="03-etc-fr.docx"'


@pytest.mark.parametrize("committee", ["121", "CP 121", "PC 121", "cp121", "CP n° 121", "PC nr. 121"])
def test_a_joint_committee_is_read_behind_the_letters_that_people_write(send, committee):
    answer = send(offers=f"Fictive Un;80000;3000;{committee}")
    assert answer.status_code == 200
    assert strict_yaml.parse(data_of(answer), "data")["offers"][0]["joint_committee"] == committee
    assert "27.50" in words_of(answer)


@pytest.mark.parametrize(("language", "said"), [("fr", "inférieure au seuil européen (216 000 EUR)"), ("nl", "onder de Europese drempel (216.000 EUR)")])
def test_a_negotiated_procedure_below_the_threshold_is_warned_of_and_so_is_who_sends_its_letter(send, client, token, language, said):
    page = send(f"/prices?language={language}", procedure="negotiated_without_publication")
    assert said in words_of(page).replace("\N{NO-BREAK SPACE}", " ")
    letter = client.post("/prices/letter", data={"csrf_token": token(client), "data": data_of(page), "offer": f"1-{language}"})
    box = "\n".join(each.text for each in Document(io.BytesIO(letter.data)).element.body.iter() if each.text)
    assert ("§§ 2 à 4 ont été lus" if language == "fr" else "§§ 2 tot 4 zijn gelezen") in box.replace("\N{NO-BREAK SPACE}", " ")
    assert said not in words_of(send(f"/prices?language={language}"))
