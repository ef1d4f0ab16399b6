"""The rules are data: each is sound, alive, explained; a broken file is refused with its place."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mpdi.monitoring.detection import DetectionRulesError, Label, read_detection_rules
from mpdi.monitoring.detection.folding import fold, searchable
from mpdi.monitoring.detection.phrases import read_phrase
from mpdi.monitoring.detection.reading import DATA

PAGES = Path(__file__).resolve().parents[2] / "docs" / "uptake" / "detection"
HEADINGS = ("## Methodology", "## Exclusions", "## Assumptions", "## Demonstration")


def an_example_of(written: str) -> str:
    """A text that a phrase means: gaps empty, first alternatives, optional parts left out."""
    words = []
    for token in written.split("[")[0].split() + written.partition("]")[2].split():
        if token.startswith("~"):
            continue
        words.append("7" if token == "#" else token.split("|")[0].replace("*", ""))
    return " ".join(words)


def test_every_phrase_that_ships_finds_what_it_says(rules):
    sets = [phrases for each in (*rules.rules, *rules.exclusions) for phrases in each.phrases.values()]
    dead = [
        phrase.written
        for phrases in sets
        for phrase in phrases.phrases
        if not list(phrase.spans(searchable(fold(an_example_of(phrase.written)))))
    ]
    assert len([phrase for phrases in sets for phrase in phrases.phrases]) > 1000
    assert dead == []


def test_no_phrase_stands_twice_in_a_rule(rules):
    twice = [
        (rule.id, phrase.written)
        for rule in (*rules.rules, *rules.exclusions)
        for phrases in rule.phrases.values()
        for phrase in phrases.phrases
        if [each.written for each in phrases.phrases].count(phrase.written) > 1
    ]
    assert twice == []


@pytest.mark.parametrize("label", list(Label))
def test_every_label_has_rules_in_three_languages(rules, label):
    assert {language for rule in rules.rules if rule.label is label for language in rule.phrases} == {"fr", "nl", "en"}


@pytest.mark.parametrize("label", list(Label))
def test_every_label_has_its_page_that_names_every_rule_and_exclusion(rules, label):
    page = (PAGES / f"{label}.md").read_text(encoding="utf-8")
    assert all(heading in page for heading in HEADINGS)
    own = [each.id for each in (*rules.rules, *rules.exclusions) if each.label is label]
    assert [identifier for identifier in own if f"`{identifier}`" not in page] == []


def test_what_holds_for_every_label_stands_on_the_first_page(rules):
    page = (PAGES / "README.md").read_text(encoding="utf-8")
    shared = [each.id for each in rules.exclusions if each.label is None]
    assert [identifier for identifier in shared if f"`{identifier}`" not in page] == []


def _replace(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("sme.yaml", _replace("label: sme", "label: ethical"), "`label` must be sme"),
        ("sme.yaml", _replace("id: suitable", "id: lots"), "twice: sme.lots"),
        ("sme.yaml", _replace("what: ", "why: "), "no such key: why"),
        ("sme.yaml", _replace("covers: words", "covers: page"), "`covers` takes"),
        ("sme.yaml", _replace("    fr: |", "    de: |"), "patterns by language"),
        ("sme.yaml", _replace("lots ~10 pme", "lots (pme)"), "is no word"),
        ("sme.yaml", lambda text: "- [", "is no YAML"),
        ("innovation.yaml", _replace("where: [award]", "where: [attic]"), "`where` takes"),
        ("negation.yaml", _replace("words_before: 5", "words_before: five"), "whole number"),
        ("elements.yaml", _replace("place: left_out", "place: attic"), "known `place`"),
        ("boilerplate.yaml", _replace("exclusions:", "exclusion:"), "`exclusions` must be a list"),
    ],
)
def test_a_broken_file_is_refused_with_its_place(tmp_path, name, change, message):
    shutil.copytree(DATA, tmp_path / "rules")
    path = tmp_path / "rules" / name
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(DetectionRulesError) as raised:
        read_detection_rules(tmp_path / "rules")
    assert message in str(raised.value)
    assert "rules" in str(raised.value)


def test_an_absent_file_is_told(tmp_path):
    shutil.copytree(DATA, tmp_path / "rules")
    (tmp_path / "rules" / "sme.yaml").unlink()
    with pytest.raises(DetectionRulesError, match=r"sme\.yaml: cannot be read"):
        read_detection_rules(tmp_path / "rules")


def test_the_example_of_a_phrase_is_what_its_author_meant():
    assert an_example_of("respect [de l] environnement*") == "respect environnement"
    assert read_phrase("clause ~2 sociale").written == "clause ~2 sociale"
