"""What the helpers say: three languages, a source with each certainty, clauses that exist, no statement that nothing says."""

import re
from pathlib import Path

import pytest

from mpdi.advice.core.errors import AdviceDataError
from mpdi.advice.core.reading import DATA, HELPERS, read_helpers
from mpdi.advice.core.scoring_warnings import scoring_words
from mpdi.resources import folder

CODE = "".join(path.read_text(encoding="utf-8") for path in (DATA.parent / "core").glob("*.py"))
PLACE = re.compile(r"\{(\w+)\}")
BUILT = re.compile(r"(step_(micro|small|medium|first|second)|missing_\w+)$")
"""Keys that the code puts together."""


def test_the_same_places_stand_in_every_language(helpers):
    statements = [each for helper in helpers.values() for each in helper.statements.values()] + list(scoring_words().statements.values())
    for statement in statements:
        words = statement.words
        assert all((words.fr, words.nl, words.en))
        assert set(PLACE.findall(words.fr)) == set(PLACE.findall(words.nl)) == set(PLACE.findall(words.en)), statement.key
    for wording in [each for helper in helpers.values() for each in helper.wordings.values()]:
        assert set(PLACE.findall(wording.text.fr)) == set(PLACE.findall(wording.text.nl)), wording.key


def test_everything_that_can_be_said_is_said_somewhere(helpers):
    for helper in helpers.values():
        for key in (*helper.statements, *helper.wordings):
            assert f'"{key}"' in CODE or BUILT.match(key), f"{helper.key}: {key}"
    for key in scoring_words().statements:
        assert f'"{key}"' in CODE, key


def test_law_is_never_stated_without_its_certainty(helpers):
    for helper in helpers.values():
        assert any(each.certainty == "verified" for each in helper.statements.values())
        for each in helper.statements.values():
            assert (each.source is None) is (each.certainty is None)
            if each.source:
                assert all((each.source.fr, each.source.nl))


def test_no_number_of_law_stands_in_a_sentence(helpers):
    """Thresholds come from numbers.yaml: sentences hold places for them, and figures only in names of articles."""
    for helper in helpers.values():
        for each in helper.statements.values():
            bare = re.sub(r"(article|artikel)(en|s)?\s[0-9/,° §er.a-z)àtot]*", "", each.words.fr)
            assert not re.search(r"\d{2,}", re.sub(r"(article|articles|SME-GEN|title) ?[-0-9/ ,à et]*", "", bare)), each.key


def test_the_clauses_named_are_in_the_library(helpers):
    named = {identifier for helper in helpers.values() for each in helper.wordings.values() for identifier in each.clauses}
    assert named
    assert {each for each in named if not (folder("clauses") / "library" / each).is_dir()} == set()


@pytest.mark.parametrize("broken", ["certainty: verified", "title:", "kind: choice"])
def test_a_file_that_lacks_something_cannot_be_loaded(tmp_path: Path, broken):
    for name in HELPERS:
        text = (DATA / f"{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text(text.replace(broken, broken.replace("certainty", "x").replace("title", "x").replace("choice", "date")), encoding="utf-8")
    with pytest.raises(AdviceDataError, match=r"turnover\.yaml"):
        read_helpers(tmp_path)
