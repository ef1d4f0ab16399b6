"""Clauses found again: whole, changed, translated, in a file written here; and nothing where there is nothing."""

import datetime
import json
from collections import Counter
from io import BytesIO
from pathlib import Path
from statistics import median

import docx
import pytest
from click.testing import CliRunner

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.answers import read_answers
from mpdi.cli import main
from mpdi.monitoring.found_clauses.model import How, SearchedText, UnreadableTextError
from mpdi.monitoring.found_clauses.reading import searched_file, searched_notice, searched_words
from mpdi.monitoring.found_clauses.tongue import LIBRARY, SEARCHED, is_in
from mpdi.specifications.skeleton import fixed_texts
from mpdi.specifications.writing import prepare
from tender_parsers.notice import Notice, Text

ROOT = Path(__file__).resolve().parents[3]
DAY = datetime.date(2026, 12, 1)


def printed(library, identifier, language, **values):
    """The paragraphs of a clause for tenderers, with parameters filled."""
    version = library.latest(identifier, DAY)
    found = [" ".join(each.text[language].split()) for each in version.text if each.is_printed and each.when is None]
    for key, value in values.items():
        found = [text.replace("{{ " + key + " }}", value) for text in found]
    return found


VALUES = {"ecolabel_share": "80 %", "report_days": "20", "penalty_per_point": "75 EUR", "penalty_cap": "3 %"}


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_clause_pasted_whole_is_found_whole(by_words, clause_library, language):
    paragraphs = ["Un autre texte.", *printed(clause_library, "ENV-CLEAN-001", language, **VALUES)]
    [found] = by_words.find(SearchedText(paragraphs))
    assert (found.id, found.language, found.how, found.place) == ("ENV-CLEAN-001", language, How.WORDS, 2)
    assert found.version == str(clause_library.latest("ENV-CLEAN-001", DAY).version)
    assert found.share > 0.8, "the statement on the label, which depends on the value, is not in the text"


def test_a_paragraph_of_a_clause_is_found_with_its_share(by_words, clause_library):
    [obligation] = [
        each for each in printed(clause_library, "ENV-GREEN-001", "fr") if "n'applique et n'entrepose" in each
    ]
    [found] = by_words.find(SearchedText(["Entretien des espaces verts.", obligation]))
    assert found.id == "ENV-GREEN-001"
    assert 0.03 < found.share < 0.3
    assert obligation.startswith(found.words[:60])


def test_what_was_changed_lowers_the_share(by_words, clause_library):
    text = printed(clause_library, "ENV-CLEAN-001", "nl", **VALUES)
    [whole] = by_words.find(SearchedText(text))
    [less] = by_words.find(SearchedText([each for each in text if "straf" not in each]))
    assert less.id == whole.id
    assert less.share < whole.share - 0.1


def test_case_accents_and_lines_of_a_pdf_make_no_difference(by_words, clause_library):
    text = "\n".join(printed(clause_library, "ENV-CLEAN-001", "fr", **VALUES))
    cut = text.upper().replace("PRODUITS", "PRO-\nDUITS").replace("É", "E")
    cut = cut.lower().replace("pro-\nduits", "pro-\nduits")
    [found] = by_words.find(searched_words(cut))
    assert (found.id, found.share > 0.85) == ("ENV-CLEAN-001", True)


def test_an_older_version_is_told_from_the_newer(by_words, clause_library):
    several = [each for each in clause_library.identifiers if len(clause_library.versions(each)) > 1]
    found = 0
    for identifier in several[::40]:
        old = clause_library.versions(identifier)[0]
        new = clause_library.latest(identifier, DAY)
        texts = [[each.text["fr"] for each in version.text if each.is_printed] for version in (old, new)]
        if texts[0] == texts[1]:
            continue
        answers = [next(each for each in by_words.find(SearchedText(text)) if each.id == identifier) for text in texts]
        assert [answer.share for answer in answers] == pytest.approx([1.0, 1.0], abs=0.02), identifier
        found += answers[0].version != answers[1].version
    assert found


def test_a_file_written_here_gives_its_clauses_whole(by_words, clause_library):
    answers = read_answers(strict_yaml.read(ROOT / "examples" / "nettoyage-fr.yaml"), DAY)
    written = prepare(answers, clause_library)
    data = written.write()
    read = searched_file(data)
    found = by_words.find(read)
    printed_clauses = {each.id for each in read.tagged}
    assert len(printed_clauses) > 10
    tagged = [each for each in found if each.how is How.TAG]
    assert {each.id for each in tagged} == printed_clauses
    assert {each.share for each in tagged} == {1.0}
    others = [each for each in found if each.how is not How.TAG]
    assert not printed_clauses & {each.id for each in others}, "what the file names is not found a second time"
    assert max((each.share for each in others), default=0) < 0.25, "sentences that the fixed text shares with clauses"


def test_the_same_file_without_its_tags_gives_its_clauses_by_their_words(by_words, clause_library):
    answers = read_answers(strict_yaml.read(ROOT / "examples" / "nettoyage-fr.yaml"), DAY)
    read = searched_file(prepare(answers, clause_library).write())
    found = {each.id: each.share for each in by_words.find(SearchedText(read.paragraphs))}
    named = {each.id for each in read.tagged}
    assert named - set(found) == set()
    assert max((share for identifier, share in found.items() if identifier not in named), default=0) < 0.25
    assert median(found[identifier] for identifier in named) > 0.9


def test_reworded_and_translated_clauses_are_found_and_others_are_not(searched, pairs):
    """On every second pair; the figures stand in docs/uptake/found-clauses.md."""
    found = Counter()
    for pair in pairs[1::2]:
        got = {each.id for each in searched.find(SearchedText([pair["text"]]))}
        found["right"] += pair.get("clause") in got
        found["wrong"] += len(got - {pair.get("clause")})
        found["asked"] += "clause" in pair
    print(found)
    assert found["asked"] == 18
    assert found["right"] >= 11
    assert found["wrong"] <= 1


@pytest.mark.parametrize(
    "sentence",
    [
        "Alle Geräte werden mit den Werkzeugen geliefert, die für die Wartung nötig sind.",
        "Todos los aparatos se entregan con las herramientas que son necesarias para su mantenimiento.",
        "Tutti gli apparecchi sono consegnati con gli attrezzi necessari per la loro manutenzione.",
        "Alle apparater leveres med det verktøy som er nødvendig for vedlikehold av dem.",
        "All devices are delivered with the tools which are needed for the maintenance of them.",
        "Wszystkie urządzenia są dostarczane z narzędziami, które są potrzebne do ich konserwacji.",
    ],
    ids=["de", "es", "it", "no", "en", "pl"],
)
def test_other_languages_are_not_taken_for_french_or_dutch(sentence):
    assert not is_in(sentence, LIBRARY)


@pytest.mark.parametrize(
    "sentence",
    [
        "Tous les appareils sont livrés avec les outils nécessaires à leur entretien.",
        "Alle toestellen worden geleverd met het gereedschap dat nodig is voor hun onderhoud.",
    ],
    ids=["fr", "nl"],
)
def test_french_and_dutch_are_known(sentence):
    assert is_in(sentence, LIBRARY)
    assert is_in(sentence, SEARCHED)


@pytest.mark.parametrize(
    "text",
    [
        "Le soumissionnaire est exclu conformément à l'article 73 de la loi du 17 juin 2016 et à l'article 67 de l'arrêté "
        "royal du 18 avril 2017; à titre de preuve, la Banque-Carrefour des Entreprises est consultée et le document "
        "unique de marché européen (DUME) est joint aux critères de sélection visés à l'article 71.",
        "De inschrijver bevindt zich niet in een toestand bedoeld in de artikelen 67 tot 69 van de wet van 17 juni 2016 en "
        "artikel 61 van het koninklijk besluit van 18 april 2017; zijn aanvraag tot deelneming bevat een uittreksel uit "
        "het strafregister van elk lid.",
    ],
    ids=["fr", "nl"],
)
def test_a_text_that_cites_the_same_law_holds_no_clause(by_words, text):
    assert by_words.find(SearchedText([text])) == []


def test_the_fixed_text_of_specifications_holds_no_clause(by_words):
    assert by_words.find(SearchedText(fixed_texts())) == []


def test_french_is_found_by_the_dutch_clause_alone(clause_library, tmp_path, pairs):
    """Meaning crosses languages: the same, with every French sentence taken out of the vectors."""
    from mpdi.clause_library.core.search.meaning import MeaningIndex, SentenceVectors
    from mpdi.monitoring.found_clauses.search import FoundClauseSearch

    asked = sorted({pair["clause"] for pair in pairs if pair.get("language") == "fr" and "clause" in pair})
    index = MeaningIndex(tmp_path)
    index.build([clause_library.latest(each, DAY) for each in asked])

    class DutchOnly:
        is_ready = True
        encode = index.encode

        def text_vectors(self, version):
            own = index.text_vectors(version)
            rows = [row for row, language in enumerate(own.languages) if language == "nl"] if own else []
            return rows and SentenceVectors([own.texts[row] for row in rows], ["nl"] * len(rows), own.vectors[rows])

    search = FoundClauseSearch.over(clause_library, DAY, DutchOnly())
    text = "Chaque trimestre, 70 % au minimum des heures de nettoyage sont effectuées en journée, tous bâtiments confondus. Le prestataire dresse un planning par site et un plan de sécurité pour travailler en présence des occupants."
    [found] = search.find(SearchedText([text]))
    assert (found.id, found.language, found.how) == ("SOC-CLEAN-001", "nl", How.MEANING)
    assert "overdag" in found.clause_words or "gebruikers" in found.clause_words


def test_the_texts_of_a_notice_are_searched(by_words, clause_library):
    [obligation] = [each for each in printed(clause_library, "ENV-GREEN-001", "nl") if "achter slot" in each]
    notice = Notice(
        format="eforms", texts=(Text("Groenonderhoud", "NLD", "Name"), Text(obligation, "NLD", "Description"))
    )
    [found] = by_words.find(searched_notice(notice))
    assert (found.id, found.place) == ("ENV-GREEN-001", 2)


@pytest.mark.parametrize(
    "data",
    [b"", b"%PDF-1.7 nothing", b"PK\x03\x04 nothing", b"\xff\xfe\x00", b"   \n\n ", b"%PDF-1.4\n" + b"1 0 obj<</Kids[1 0 R]>>" * 50],
    ids=["empty", "no-pdf", "no-word-file", "no-text", "blanks", "circle"],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused_in_words(data):
    with pytest.raises(UnreadableTextError):
        searched_file(data)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"<?xml version='1.0'?><ContractNotice xmlns='urn:x'><a>cut", "notice.xml", "cut off"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><TED_EXPORT><a></TED_EXPORT>", "-", "cut off"),
        (b'{"ocid": "ocds-000000-1", "tender": {"title": "Net', "release.json", "cut off"),
        (b"Le pouvoir adjudicateur demande un label.", "cahier.DOCX", r"named \.docx"),
        (b"Le pouvoir adjudicateur", "cahier.pdf", r"named \.pdf"),
    ],
    ids=["xml", "byte-order-mark", "json", "text-as-docx", "text-as-pdf"],
)  # fmt: skip
def test_what_is_cut_off_or_misnamed_is_refused_and_said_how_to_mend(data, name, says):
    with pytest.raises(UnreadableTextError, match=says):
        searched_file(data, name)


@pytest.mark.parametrize("text", ["<à compléter> le lot est attribué", "{lot} est attribué", "<p>Un texte"])
def test_a_text_that_begins_with_a_bracket_is_a_text(text):
    assert searched_file(text.encode(), "cahier.txt").paragraphs == (text,)


def pdf_of(*lines: str) -> bytes:
    """A PDF of one page with these lines, written by hand: signs of Latin alone."""
    escaped = [
        line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") for line in lines
    ]
    shown = b"BT /F1 8 Tf 10 TL 20 800 Td " + b" ".join(b"(" + line + b") Tj T*" for line in escaped) + b" ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj%s endobj\n" % (number, each)
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return made + table + b"trailer<</Root 1 0 R/Size 6>>\nstartxref\n%d\n%%%%EOF" % len(made)


def test_the_text_of_a_pdf_is_searched(by_words, clause_library):
    words = " ".join(printed(clause_library, "ENV-CLEAN-001", "fr", **VALUES)).replace("\u2019", "'").split()
    lines = [" ".join(words[start : start + 14]) for start in range(0, len(words), 14)]
    [found] = by_words.find(searched_file(pdf_of(*lines)))
    assert (found.id, found.how) == ("ENV-CLEAN-001", How.WORDS)
    assert found.share > 0.85


def test_a_pdf_of_pictures_says_so():
    with pytest.raises(UnreadableTextError, match="pictures"):
        searched_file(pdf_of())


@pytest.fixture
def installation(settings, monkeypatch):
    monkeypatch.setenv("MPDI_HOME", str(settings.home))
    return settings


def word_file(paragraphs):
    document, out = docx.Document(), BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def test_the_command_prints_json_and_reads_standard_input(installation, clause_library, tmp_path):
    path = tmp_path / "cahier.docx"
    path.write_bytes(word_file(["Clauses", *printed(clause_library, "ENV-CLEAN-001", "fr", **VALUES)]))
    said = CliRunner().invoke(main, ["clauses", "find", str(path), "--format", "json"])
    assert said.exit_code == 0
    [found] = json.loads(said.stdout)
    assert (found["id"], found["how"], found["language"]) == ("ENV-CLEAN-001", "words", "fr")
    typed = CliRunner().invoke(main, ["clauses", "find", "-", "--language", "nl"], input=path.read_bytes())
    assert typed.stdout.startswith("ENV-CLEAN-001@")
    assert "Schoonmaakproducten met ecolabel" in typed.stdout
    misnamed = tmp_path / "texte.docx"
    misnamed.write_text("Un texte.", encoding="utf-8")
    refused = CliRunner().invoke(main, ["clauses", "find", str(misnamed)])
    assert (refused.exit_code, ".txt" in refused.stderr) == (2, True)
    refused = CliRunner().invoke(main, ["clauses", "find", "-"], input=b"%PDF-1.4 nothing")
    assert (refused.exit_code, "damaged" in refused.stderr) == (2, True)


def test_a_text_that_would_take_minutes_is_refused():
    with pytest.raises(UnreadableTextError, match="longer"):
        searched_words("des mots qui ne finissent pas " * 60_000)
