"""The library searched, with vectors of a few clauses: those of all take half a minute."""

import datetime
from pathlib import Path

import pytest
import yaml

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.search.meaning import MeaningIndex
from mpdi.monitoring.found_clauses.search import FoundClauseSearch
from mpdi.specifications.skeleton import fixed_texts

DAY = datetime.date(2026, 12, 1)
PAIRS = yaml.safe_load((Path(__file__).parent / "pairs.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def pairs() -> list[dict[str, str]]:
    """Passages, each with the clause that it says."""
    return PAIRS


@pytest.fixture(scope="session")
def by_words(clause_library: ClauseLibrary, tmp_path_factory: pytest.TempPathFactory) -> FoundClauseSearch:
    """A search without vectors."""
    made = FoundClauseSearch.over(
        clause_library, DAY, MeaningIndex(tmp_path_factory.mktemp("no vectors")), fixed_texts()
    )
    made.words.build()
    return made


@pytest.fixture(scope="session")
def searched(clause_library: ClauseLibrary, tmp_path_factory: pytest.TempPathFactory) -> FoundClauseSearch:
    """A search with vectors of the clauses of the pairs, and of as many others."""
    index = MeaningIndex(tmp_path_factory.mktemp("vectors"))
    asked = {pair["clause"] for pair in PAIRS if "clause" in pair}
    others = [each for each in clause_library.identifiers if each not in asked][::14]
    index.build([clause_library.latest(each, DAY) for each in (*sorted(asked), *others)])
    return FoundClauseSearch.over(clause_library, DAY, index, fixed_texts())
