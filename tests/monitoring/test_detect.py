"""What a notice says, shown with its words; what only sounds alike is left."""

import unicodedata
from pathlib import Path
from time import process_time

import pytest
from notices_of_ours import ELEMENTS, notice_of, said

from mpdi.monitoring.detection import detect, labels_of
from tender_parsers import iter_notices, parse_notice
from tender_parsers.notice import Notice, Organisation, Text

FIXTURES = Path(__file__).resolve().parents[1] / "tender_parsers" / "fixtures"


def labels(notice: Notice, rules) -> set[str]:
    return {label for label, found in labels_of(detect(notice, rules)).items() if found}


def test_each_observation_names_lot_element_words_and_rule(rules):
    notice = parse_notice(FIXTURES / "eforms" / "contract_notice_two_languages.xml")
    found = {(each.lot, each.element.split("/")[-1], each.words, each.rule) for each in detect(notice, rules)}
    assert found == {
        ("LOT-0001", "Description", "Système de gestion environnementale", "env_criterion.management"),
        ("LOT-0001", "Name", "Environnement", "env_criterion.award"),
        ("LOT-0001", "Description", "Clause sociale", "social_criterion.insertion"),
        ("LOT-0001", "Description", "label écologique", "env_criterion.labels"),
        ("LOT-0001", "Description", "milieukeurmerk", "env_criterion.labels"),
    }


@pytest.mark.parametrize("folder", ["eforms", "ted", "ocds", "decp", "boamp", "bda"])
def test_the_offsets_lead_to_the_words_in_every_format(rules, folder):
    for notice in iter_notices(FIXTURES / folder):
        for each in detect(notice, rules):
            text = notice.texts[each.text]
            assert text.value[each.start : each.end] == each.words != ""
            assert (text.lot, text.element) == (each.lot, each.element)


@pytest.mark.parametrize(
    "text",
    [
        "Main-d’œuvre… clause sociale prévue",
        unicodedata.normalize("NFD", "Éléments de qualité… clause sociale prévue"),
        "Chef-d’œuvre\u00a0: une clau\u00adse sociale prévue",
    ],
    ids=["ligature", "decomposed", "soft-hyphen"],
)
def test_the_offsets_hold_where_folding_changes_the_length(rules, text):
    (found,) = detect(said(text, "performance"), rules)
    assert text[found.start : found.end].replace("\u00ad", "") == "clause sociale"


def test_a_text_that_two_lots_repeat_is_found_in_both(rules):
    text = "Une clause sociale s'applique."
    notice = Notice(
        format="eforms",
        texts=tuple(Text(text, "FRA", ELEMENTS["performance"], lot=lot) for lot in ("LOT-0001", "LOT-0002")),
    )
    assert [each.lot for each in detect(notice, rules)] == ["LOT-0001", "LOT-0002"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Il n'y a pas de clause sociale."),
        ("fr", "Clauses sociales : néant."),
        ("fr", "La clause sociale n'est pas applicable."),
        ("nl", "Er geldt geen sociale clausule."),
        ("nl", "Sociale clausule: nee"),
        ("en", "The contract is awarded without social clauses."),
        ("en", "Social clauses: none"),
    ],
)
def test_what_is_denied_is_not_said(rules, language, text):
    assert labels(said(text, "performance", language), rules) == set()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le prix n'est pas révisable, une clause sociale s'applique."),
        ("fr", "Non seulement une clause sociale, mais aussi un stage."),
        ("nl", "Niet alleen een sociale clausule geldt."),
        ("en", "Lot no 2 has a social clause."),
    ],
)
def test_a_negation_of_something_else_denies_nothing(rules, language, text):
    assert labels(said(text, "performance", language), rules) == {"social_criterion"}


def test_a_kind_of_waste_is_no_answer(rules):
    assert labels(said("Valorisation des déchets non dangereux"), rules) == {"env_subject"}


def test_the_name_of_the_buyer_asks_for_nothing(rules):
    texts = (Text("Séance d'information : Écolabel Plus asbl, rue Fictive 1", "fr", ELEMENTS["other"]),)
    buyer = Organisation(name=(Text("ECOLABEL PLUS ASBL", "fr"),))
    assert labels(Notice(format="eforms", texts=texts), rules) == {"env_criterion"}
    assert labels(Notice(format="eforms", texts=texts, organisations=(buyer,)), rules) == set()


@pytest.mark.parametrize(
    "element",
    [
        "COMPLEMENTARY_INFO/REVIEW_PROCEDURE",
        "TenderingTerms/TendererQualificationRequest/SpecificTendererRequirement/Description",
        "OBJECT_CONTRACT/OBJECT_DESCR/MAIN_SITE",
        "CONTRACTING_BODY/CA_ACTIVITY_OTHER",
    ],
)
def test_elements_that_ask_for_nothing_are_not_read(rules, element):
    text = "Une clause sociale s'applique."
    assert labels(Notice(format="eforms", texts=(Text(text, "fr", element),)), rules) == set()


def test_a_word_counts_as_a_criterion_among_the_criteria_only(rules):
    assert labels(said("Environnement", "award"), rules) == {"env_criterion"}
    assert labels(said("Environnement", "subject"), rules) == set()


@pytest.mark.parametrize("stated", ["NLD", "FRA", None, "DEU"])
def test_the_language_of_a_text_is_seen_where_the_notice_states_another_or_none(rules, stated):
    text = "Une clause sociale est prévue dans le marché pour la formation des personnes qui sont sans emploi sur le chantier."
    notice = Notice(format="eforms", texts=(Text(text, stated, ELEMENTS["performance"]),))
    assert labels(notice, rules) == {"social_criterion"}


def test_a_text_in_another_language_says_nothing(rules):
    text = "Die Bieter legen ein Zertifikat nach EMAS vor."
    assert labels(Notice(format="eforms", texts=(Text(text, "DEU", ELEMENTS["selection"]),)), rules) == set()


def test_a_notice_without_texts_says_nothing_and_has_every_label(rules):
    assert labels_of(detect(notice_of([]), rules)) == {
        "env_criterion": 0,
        "env_subject": 0,
        "social_criterion": 0,
        "ethical": 0,
        "anti_dumping": 0,
        "innovation": 0,
        "sme": 0,
    }


def test_the_time_grows_with_the_text_and_no_faster(rules):
    def seconds(times: int) -> float:
        notice = said("pas de clause sociale, clause sociale " * times, "performance")
        start = process_time()
        detect(notice, rules)
        return process_time() - start

    seconds(10)
    short = min(seconds(100) for _ in range(3))
    assert min(seconds(800) for _ in range(3)) < 24 * short, "eight times the text, and more than three times that"
