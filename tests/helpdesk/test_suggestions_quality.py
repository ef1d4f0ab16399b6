"""How good suggestions are: floors a little under what was measured (docs/routing.md), on both sets of questions."""

from pathlib import Path

import pytest

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.search import ClauseSearch
from mpdi.helpdesk.core import SuggestionService
from mpdi.helpdesk.core.quality import JUDGES, Share, measure, questions

QUESTIONS = Path(__file__).with_name("questions.yaml")
FLOORS = {
    "tune": {"route": 0.92, "clause in the first five": 0.94, "nature": 0.80, "obstacles, one": 0.84},
    "test": {"route": 0.79, "clause in the first five": 0.87, "nature": 0.72, "obstacles, one": 0.66},
}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory, clause_library: ClauseLibrary) -> SuggestionService:
    """Suggestions over the released library, with the vectors of all its clauses."""
    home = tmp_path_factory.mktemp("suggestions")
    search = ClauseSearch(home / "index", home / "cache")
    search.rebuild(clause_library)
    return SuggestionService(home / "cache", search)


@pytest.mark.parametrize("name", ["tune", "test"])
def test_suggestions_are_as_good_as_they_were(service: SuggestionService, name: str) -> None:
    figures = measure(service, questions(QUESTIONS, name))
    below = {key: str(figures[key, "all"]) for key, floor in FLOORS[name].items() if figures[key, "all"].value < floor}
    assert not below


def test_each_language_is_measured(service: SuggestionService) -> None:
    figures = measure(service, questions(QUESTIONS, "tune")[:6])
    for judge in JUDGES:
        assert figures[judge, "all"].asked == figures[judge, "fr"].asked + figures[judge, "nl"].asked


def test_the_interval_is_wilsons() -> None:
    lower, upper = Share(82, 107).interval
    assert (round(lower, 3), round(upper, 3)) == (0.678, 0.836)
    assert Share(0, 0).interval == (0.0, 1.0)
