"""The register of legal instruments: plain words of every article cited, and what their check refuses."""

import datetime

import pytest
from clause_samples import SampleLibrary, clause_data

from mpdi.clause_library.core.checks import check_files
from mpdi.clause_library.core.law_register import edition_law_register, read_law_register, with_numbers
from mpdi.clause_library.core.vocabulary import Certainty
from mpdi.clause_library.law_form import read_day
from mpdi.clause_library.law_pages import InstrumentPage, instruments_found
from mpdi.exceptions import DataFileError

DAY = datetime.date(2026, 12, 1)
REGISTER = edition_law_register()
LAW = "LAW-2016-06-17"
SAYS = """LAW-2016-06-17:
  regional_competence: null
  says: [{articles: ["4"], fr: "Égalité de traitement.", nl: "Gelijke behandeling."}]
  dates: []
  not_read: ["87"]
"""


def test_every_article_cited_has_its_words_or_is_said_to_be_unread(clause_library):
    for version in clause_library:
        for basis in version.legal_basis:
            words = REGISTER[basis.act]
            assert (basis.article in words.says) != (basis.article in words.not_read), (basis.act, basis.article)


def test_the_register_says_every_article_in_both_languages_with_numbers_of_the_day(clause_library):
    reference = clause_library.reference
    for act, words in REGISTER.items():
        for article, said in words.says.items():
            for language in ("fr", "nl"):
                text = with_numbers(said, language, reference.numbers, DAY)
                assert len(text) >= 10, (act, article, language)
                assert "{" not in text, (act, article, language)
    page = InstrumentPage(clause_library, REGISTER, "RD-2013-01-14", DAY)
    assert "0,07 %" in (page.said("45", "fr") or "")
    assert "15 dagen" in (page.said("44", "nl") or "")
    assert page.said("123", "fr") is None


def test_an_article_nobody_read_is_never_summed_up_as_verified(clause_library):
    for act, words in REGISTER.items():
        for article in words.says:
            assert article in clause_library.reference.instruments[act].articles
    assert "76" in REGISTER["RD-2017-04-18"].not_read


def test_an_article_read_but_for_some_parts_is_read_in_part_and_names_them(clause_library):
    page = InstrumentPage(clause_library, REGISTER, "RD-2017-04-18", DAY)
    assert page.instrument.articles["36"] is Certainty.VERIFIED
    assert page.certainty("36") is Certainty.PARTLY
    assert page.certainty("33") is Certainty.VERIFIED
    assert {row.article: row.certainty for row in page.rows("fr")}["36"] is Certainty.PARTLY
    parts = page.unread_parts("36", "fr")
    assert len(parts) == 3
    assert "À partir de 7 offres, quelles offres restent hors de la moyenne" in parts[1]
    assert page.unread_parts("33", "fr") == []


def test_articles_stand_in_the_order_in_which_one_looks_them_up(clause_library):
    articles = [row.article for row in InstrumentPage(clause_library, REGISTER, LAW, DAY).rows("fr")]
    assert articles.index("12") < articles.index("12/1") < articles.index("12/9") < articles.index("13")
    assert articles.index("9") < articles.index("10")


@pytest.mark.parametrize(
    ("words", "found"),
    [("cautionnement", "RD-2013-01-14"), ("BORGTOCHT", "RD-2013-01-14"), ("egalite", LAW), ("RGPD", "REG-2016-679")],
)
def test_words_find_titles_and_what_articles_ask(clause_library, words, found):
    groups = instruments_found(clause_library.reference.instruments, REGISTER, words)
    assert found in [each.id for _, some in groups for each in some]


def test_words_that_nothing_holds_find_nothing(clause_library):
    assert instruments_found(clause_library.reference.instruments, REGISTER, "zzqqx") == []


def problems(library: SampleLibrary, text: str) -> list[str]:
    library.add(clause_data())
    (library.folder / "law" / "articles.yaml").write_text(text, encoding="utf-8")
    return [f"{each.key} {each.message}" for each in check_files(library.folder) if "articles.yaml" in each.file]


def test_a_library_without_plain_words_is_not_refused(sample_library):
    sample_library.add(clause_data())
    assert not [each for each in check_files(sample_library.folder) if "articles.yaml" in each.file]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('articles: ["4"]', 'articles: ["4", "87"]', "more than once"),
        ('articles: ["4"]', 'articles: ["4", "4000"]', "not in law/instruments.yaml"),
        ("LAW-2016-06-17:", "LAW-1830-01-01:", "The act is not in"),
        ("Égalité de", "{{lots_reason}} Égalité de", "do not name the same numbers"),
        (', nl: "Gelijke behandeling."', "", "nl"),
        ('not_read: ["87"]', "not_read: []", "has no plain words"),
        ("  dates: []", '  dates: []\n  not_read_parts: [{article: "87", fr: "Une partie du texte.", nl: "Een deel van de tekst."}]', "A part of the article is said to be unread"),
        ("  dates: []", '  dates: []\n  not_read_parts: [{article: "4", fr: "Une partie {{lots_reason}}.", nl: "Een deel van de tekst."}]', "do not name the same numbers"),
    ],
)
def test_the_check_names_what_is_wrong(sample_library, old, new, said):
    data = clause_data()
    cited = {item["article"] for item in data["legal_basis"] if item["act"] == LAW}
    base = SAYS.replace('["87"]', "[" + ", ".join(f'"{each}"' for each in sorted(cited | {"87"})) + "]")
    text = base.replace(old, new) if "not_read" not in old else SAYS.replace('["87"]', "[]").replace('["4"]', '["5"]')
    assert any(said in each for each in problems(sample_library, text)), problems(sample_library, text)


def test_a_number_nobody_knows_is_refused(sample_library):
    text = SAYS.replace("Égalité", "{{no_such}} égalité").replace("Gelijke", "{{no_such}} gelijke")
    assert any("no_such" in each for each in problems(sample_library, text))


def test_a_broken_register_says_which_file(tmp_path):
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "articles.yaml").write_text("LAW: {says: []}", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"articles\.yaml"):
        read_law_register(tmp_path)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("31/12/2026", datetime.date(2026, 12, 31)),
        (" 1.2.2027 ", datetime.date(2027, 2, 1)),
        ("2026-12-31", datetime.date(2026, 12, 31)),
        ("31/02/2026", None),
        ("demain", None),
    ],
)
def test_a_day_is_read_as_people_write_it(typed, day):
    assert read_day(typed) == day
