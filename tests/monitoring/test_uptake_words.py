"""The words of the uptake report: whole in both languages, numbers as they are read, nothing of few as a percentage."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from mpdi.monitoring.indicators import INDICATORS
from mpdi.monitoring.indicators.dimensions import BANDS, LAST_BAND, NOT_EURO, value_band
from mpdi.monitoring.indicators.model import Declaration, LotFacts, Rate
from mpdi.monitoring.uptake_words import Words

FOLDER = Path(__file__).resolve().parents[2] / "mpdi" / "monitoring"
WORDS = yaml.safe_load((FOLDER / "data" / "uptake_report.yaml").read_text(encoding="utf-8"))
CODED = ("band_", "nature_", "procedure_", "level_", "label_", "sheet_", "table_")


def rate(numerator, denominator, population, lower="0", upper="1"):
    figures = (Decimal(numerator), Decimal(denominator), Decimal(population))
    return Rate("social_clauses", {}, *figures, Decimal(lower), Decimal(upper))


def test_every_word_is_in_both_languages_with_the_same_places():
    for key, said in WORDS.items():
        assert set(said) == {"fr", "nl"}, key
        assert set(re.findall(r"\{\w+\}", said["fr"])) == set(re.findall(r"\{\w+\}", said["nl"])), key


def test_no_word_is_kept_that_nothing_says():
    code = "".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py"))
    quoted = set(re.findall(r'"([\w-]+)"', code))
    said_otherwise = set(INDICATORS) | {"strict", "detailed", "contradictory", "detected", "procedures_one", "lots_one"}
    unused = {key for key in WORDS if key not in quoted and not key.startswith(CODED) and key not in said_otherwise}
    assert unused <= {"by_year", "by_quarter"}


def test_every_band_of_value_has_its_words():
    assert {f"band_{name}" for name in (*(name for _, name in BANDS), LAST_BAND, NOT_EURO)} <= set(WORDS)


@pytest.mark.parametrize(
    ("value", "currency", "band"),
    [
        (Decimal(29_999), "EUR", "under_30000"),
        (Decimal(30_000), "EUR", "30000_to_140000"),
        (Decimal(5_000_000), "EUR", LAST_BAND),
        (Decimal(5), "SEK", NOT_EURO),
        (None, None, "not_stated"),
        (Decimal(0), "EUR", "not_stated"),
    ],
    ids=["under", "edge", "last", "currency", "none", "zero"],
)
def test_a_value_stands_in_its_band(value, currency, band):
    assert value_band(LotFacts(1, value=value, currency=currency)) == band


@pytest.mark.parametrize(
    ("given", "french", "dutch"),
    [
        (rate(1234, 4321, 9999), "1 234 sur 4 321 (29 %)", "1.234 op 4.321 (29 %)"),
        (rate(1, 400, 400), "1 sur 400 (0,3 %)", "1 op 400 (0,3 %)"),
        (rate(0, 400, 400), "0 sur 400 (0 %)", "0 op 400 (0 %)"),
        (rate(399, 400, 400), "399 sur 400 (99,8 %)", "399 op 400 (99,8 %)"),
        (rate(1, 4000, 4000), "1 sur 4 000 (< 0,1 %)", "1 op 4.000 (< 0,1 %)"),
        (rate(3999, 4000, 4000), "3 999 sur 4 000 (> 99,9 %)", "3.999 op 4.000 (> 99,9 %)"),
        (rate(2, 4, 400), "2 sur 4", "2 op 4"),
        (rate(0, 0, 400), "non indiqué", "niet vermeld"),
        (None, "–", "–"),
    ],
    ids=["many", "below-one", "nothing", "near-all", "next-to-nothing", "all-but-one", "few", "not-stated", "none"],
)
def test_a_share_is_told_with_its_count(given, french, dutch):
    assert Words("fr").share(given).replace("\xa0", " ") == french
    assert Words("nl").share(given).replace("\xa0", " ") == dutch


@pytest.mark.parametrize(
    ("declaration", "expected"),
    [
        (Declaration(strict=False, detailed=True), True),
        (Declaration(strict=False, detected=True), True),
        (Declaration(strict=False, detailed=False, detected=False), False),
        (Declaration(strict=True, detailed=False, detected=False), False),
        (Declaration(strict=True, detected=True, denies_itself=True), True),
        (Declaration(detailed=True, detected=True), None),
        (Declaration(strict=False), None),
    ],
    ids=["detail", "words", "agreed", "silence", "both", "not-stated", "nothing-to-compare"],
)
def test_a_declaration_contradicts_itself_only_where_it_says_no(declaration, expected):
    assert declaration.contradictory is expected
