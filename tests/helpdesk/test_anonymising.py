"""What could tell who asked is taken out or marked; what an answer needs stays."""

import sys

import pytest
from article_samples import ANSWER, QUESTION

from mpdi.helpdesk.anonymising import IdentifierKind, Known, anonymise, find, pieces, unconfirmed
from mpdi.helpdesk.article_queries import authority_spellings, other_spellings
from mpdi.helpdesk.identifying_numbers import is_enterprise_number, is_iban, is_national_number

K = IdentifierKind
BODIES = authority_spellings()
KNOWN = Known(
    names=("Sophie Vandenbroucke", "Luc Facilitateur"), authority=BODIES["commune-auderghem"], domains=("auderghem.be",),
    other_authorities=other_spellings("commune-auderghem"),
)


@pytest.mark.parametrize(("text", "kind", "found"), [
    ("Écrivez à jean.dupont+achats@cpas-ixelles.be svp", K.EMAIL, "jean.dupont+achats@cpas-ixelles.be"),
    ("Tél. 02 555 44 33 le matin", K.PHONE, "02 555 44 33"),
    ("bel 0470/12.34.56 of", K.PHONE, "0470/12.34.56"),
    ("au +32 2 555 44 33.", K.PHONE, "+32 2 555 44 33"),
    ("TVA BE 0207.540.408, bien", K.ENTERPRISE_NUMBER, "BE 0207.540.408"),
    ("registre national 85.07.30-033.28 joint", K.NATIONAL_NUMBER, "85.07.30-033.28"),
    ("sur BE68 5390 0754 7034 merci", K.BANK_ACCOUNT, "BE68 5390 0754 7034"),
    ("rekening 539-0075470-34 van ons", K.BANK_ACCOUNT, "539-0075470-34"),
    ("nos bureaux, rue Gray 12 bte 4, 1040 Etterbeek, sont", K.ADDRESS, "rue Gray 12 bte 4, 1040 Etterbeek"),
    ("wij zitten in de Wetstraat 16 bus 3 en", K.ADDRESS, "Wetstraat 16 bus 3"),
    ("d'après Mme Fatima El Idrissi, il", K.NAME, "Fatima El Idrissi"),
    ("volgens de heer Jan Van den Broeck mag het", K.NAME, "Jan Van den Broeck"),
    ("Mevr. Peeters zegt", K.NAME, "Peeters"),
    ("Beste Els,\n\nMag dat?", K.NAME, "Els"),
    ("notre dossier n° 2026/114-B est", K.REFERENCE, "2026/114-B"),
    ("bestek nr. EX-2026-014 van", K.REFERENCE, "EX-2026-014"),
    ("chez nous à la commune d’Auderghem on", K.AUTHORITY, "la commune d’Auderghem"),
    ("bij het gemeentebestuur van Oudergem is", K.AUTHORITY, "gemeentebestuur van Oudergem"),
    ("Sophie VANDENBROUCKE a écrit", K.NAME, "Sophie VANDENBROUCKE"),
    ("Vandenbroucke Sophie a écrit", K.NAME, "Vandenbroucke Sophie"),
    ("voir https://portail.example/specifications/A1b2C3d4E5f6G7h8I9j0K1 ici", K.LINK, "https://portail.example/specifications/A1b2C3d4E5f6G7h8I9j0K1"),
    ("la page www.auderghem.be/marches.", K.LINK, "www.auderghem.be/marches"),
    ("le camion 1-ABC-123 roule", K.REFERENCE, "1-ABC-123"),
])
def test_what_surely_identifies_is_found(text, kind, found):
    assert [(each.kind, each.text) for each in find(text, KNOWN) if each.is_sure] == [(kind, found)]


@pytest.mark.parametrize(("text", "kind", "found"), [
    ("la commune de Forest fait pareil", K.AUTHORITY, "la commune de Forest"),
    ("demandez à Ahmed Benali, il sait", K.NAME, "Ahmed Benali"),
    ("la firme Propre Bruxel SRL a gagné", K.ORGANISATION, "Propre Bruxel SRL"),
    ("le chantier de la rue de Birmingham avance", K.ADDRESS, "rue de Birmingham"),
    ("Sophie a raison", K.NAME, "Sophie"),
    ("le marché TRAV/2026/041 est", K.REFERENCE, "TRAV/2026/041"),
    ("TVA BE 0207.540.409, bien", K.ENTERPRISE_NUMBER, "BE 0207.540.409"),
])
def test_what_may_identify_is_marked_and_not_taken_out(text, kind, found):
    assert [(each.kind, each.text, each.is_sure) for each in find(text, KNOWN)] == [(kind, found, False)]


@pytest.mark.parametrize("text", [
    "Le montant est de 143.000,00 euros hors TVA, soit 1 234 567,89 EUR sur 48 mois.",
    "Voir l'article 36 de l'arrêté royal du 18 avril 2017 et la loi du 17 juin 2016.",
    "La directive 2014/24/UE et le règlement (UE) 2018/848 le permettent; richtlijn 2014/24/EU ook.",
    "ENV-CLEAN-001 et SOC-GEN-003 conviennent, CPV 90919200-4 et 03221000-6.",
    "Bruxelles Environnement et le label Max Havelaar, EU Ecolabel ou Nordic Swan.",
    "Avant le 12/03/2026 ou le 01.02.2026, à 10 h 30, pour 0,5 % et 30 jours.",
    "Wij kopen 15.000 repen chocolade per jaar, prijs 0,35 euro, tegen 2027-01-12.",
    "De gunning gebeurt met 60 punten voor de prijs en 40 voor de kwaliteit.",
    "Le télétravail prend place dans 12 bureaux; la rue est sale.",
])
def test_what_an_answer_needs_stays(text):
    assert find(text, KNOWN) == []


def test_checksums_of_belgian_numbers():
    assert is_enterprise_number("0207.540.408")
    assert not is_enterprise_number("0207.540.409")
    assert is_national_number("85.07.30-033.28")
    assert is_national_number("00.01.01-001-05")  # born since 2000: the sum begins with a 2
    assert not is_national_number("85.07.30-033.29")
    assert is_iban("BE68539007547034")
    assert not is_iban("BE68539007547035")


def test_a_question_and_its_answer_tell_nobody_who_asked():
    question, answer = anonymise(QUESTION, KNOWN, "fr"), anonymise(ANSWER, KNOWN, "fr")
    for secret in ("Sophie", "Vandenbroucke", "Auderghem", "02 555 44 33", "EX-2026-014", "Luc"):
        assert secret not in question.text + answer.text
    assert "[pouvoir adjudicateur]" in question.text
    assert "120.000 euros" in question.text
    assert answer.text.endswith("Voyez le poids au cas par cas.")
    assert question.doubts == answer.doubts == ()


def test_dutch_words_take_the_place_in_dutch():
    text = anonymise("Ik bel 02 555 44 33.\n\nMet vriendelijke groeten\nJan Claes\nDienst Aankoop", KNOWN, "nl").text
    assert text == "Ik bel [telefoonnummer]."


def test_a_short_answer_that_begins_with_thanks_is_no_signature():
    assert anonymise("Merci,\n\nOui, c'est permis.", KNOWN, "fr").text == "Merci,\n\nOui, c'est permis."


def test_what_was_typed_later_must_be_confirmed_each_wording_once():
    texts = ["Appelez Ahmed Benali au 02 555 44 33.", "Nous avons vu Ahmed Benali."]
    assert [each.text for each in unconfirmed(texts, KNOWN, [])] == ["Ahmed Benali", "02 555 44 33"]
    assert [each.text for each in unconfirmed(texts, KNOWN, ["AHMED BENALI"])] == ["02 555 44 33"]


def test_pieces_put_together_are_the_text():
    text = "Voyez Ahmed Benali, 02 555 44 33, à Forest."
    cut = pieces(text, find(text, KNOWN))
    assert "".join(words for words, _ in cut) == text
    assert [finding.kind for _, finding in cut if finding] == [K.NAME, K.PHONE, K.AUTHORITY]


def test_questions_as_people_write_them_are_hardly_touched(request):
    """Invented questions hold no real names: what is taken out of them for sure is a greeting's name or a signature."""
    import yaml
    questions = yaml.safe_load((request.path.parent / "questions.yaml").read_text(encoding="utf-8"))["questions"]
    sure = [(item["id"], each.text) for item in questions for each in find(item["text"], KNOWN)
            if each.is_sure and each.kind not in (K.SIGNATURE, K.NAME)]
    assert sure == []


@pytest.mark.parametrize("text", ["0" * 20_000, "a@" * 5_000, "Jean Dupont " * 2_000, "1.1." * 5_000, "rue " * 5_000, "(" * 20_000, "ref:" * 5_000])
def test_hostile_text_takes_no_longer_than_its_length_warrants(text):
    import time
    begun = time.process_time()
    find(text, Known())
    assert time.process_time() - begun < 10, sys.getsizeof(text)
