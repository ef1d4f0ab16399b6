"""The language of the patterns: what is written finds what is meant, and nothing across the end of a sentence."""

import pytest

from mpdi.monitoring.detection.folding import fold, searchable
from mpdi.monitoring.detection.phrases import PhraseError, phrase_set


def found(written: str, text: str) -> list[str]:
    folded = fold(text)
    return [folded[start:end] for start, end in phrase_set([written]).spans(searchable(folded))]


@pytest.mark.parametrize(
    ("written", "text", "expected"),
    [
        ("clause sociale", "Une CLAUSE SOCIALE.", ["clause sociale"]),
        ("qualite", "La Qualité", ["qualite"]),
        ("environnement*", "aspects environnementaux", ["environnementaux"]),
        ("*panelen", "levering van zonnepanelen", ["zonnepanelen"]),
        ("clause d insertion", "la clause d’insertion", ["clause d'insertion"]),
        ("clause|clauses sociale*", "les clauses sociales", ["clauses sociales"]),
        ("critere ~3 environnement", "critère n° 2 : l'environnement", ["critere n° 2 : l'environnement"]),
        ("respect [de l] environnement", "respect de l'environnement", ["respect de l'environnement"]),
        ("respect [de l] environnement", "respect environnement", ["respect environnement"]),
        ("duurzaamheid #", "duurzaamheid: 20,5 %", ["duurzaamheid: 20,5"]),
        ("oeuvre", "main-d’œuvre", ["oeuvre"]),
        ("iso 14001", "ISO-14001", ["iso-14001"]),
    ],
)
def test_a_phrase_finds(written, text, expected):
    assert found(written, text) == expected


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("clause sociale", "une clause. Sociale, elle ne l'est pas"),
        ("clause sociale", "une clause antisociale"),
        ("critere ~2 environnement", "critère un deux trois environnement"),
        ("emas", "themas"),
        ("label", "labels"),
        ("critere ~5 environnement", "le critère est le prix ; environnement urbain"),
    ],
)
def test_a_phrase_does_not_find(written, text):
    assert found(written, text) == []


@pytest.mark.parametrize("written", ["", "~3 clause", "clause ~2", "[une] clause", "# #", "clause (sociale)", "a||b"])
def test_a_phrase_that_cannot_be_read_is_refused(written):
    with pytest.raises(PhraseError):
        phrase_set([written])
