"""The index by words: what is found, in which order, and what happens to a damaged or busy index."""

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index

from mpdi.clause_library.core.clause_files import read_clause_version, text_files
from mpdi.clause_library.core.model import Bilingual, ClauseVersion, VersionNumber
from mpdi.clause_library.core.search import ClauseIndex, IndexBusyError, SearchIndexError
from mpdi.clause_library.core.search.schema import INDEX_NAME
from mpdi.resources import folder

CHOSEN = ("ENV-CLEAN-001", "ENV-CLEAN-005", "DMP-CLEAN-003", "SME-GEN-010", "SOC-CLEAN-001", "SOC-GEN-004")


def whoosh_leaves_files_open(test: Callable[..., None]) -> Callable[..., None]:
    """Let pass what Whoosh does when reading fails: it raises without closing."""
    test = pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")(test)
    return pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")(test)


@cache
def clauses() -> dict[str, ClauseVersion]:
    """Return some real clauses by identifier."""
    found = (path for path in text_files(folder("clauses") / "library") if path.parent.name in CHOSEN)
    return {version.id: version for version in map(read_clause_version, found)}


@pytest.fixture
def search(tmp_path: Path) -> Iterator[ClauseIndex]:
    built = ClauseIndex(tmp_path / "index", lock_wait=0.1)
    built.rebuild(clauses().values())
    yield built
    built.close()


def identifiers(search: ClauseIndex, query: str, language: str = "fr", **options: object) -> list[str]:
    return [hit.id for hit in search.search(query, language, **options)]


def marked(search: ClauseIndex, query: str, language: str) -> list[str]:
    return [text for text, is_match in search.search(query, language)[0].excerpt if is_match]


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("écolabel", "fr"),
        ("ecolabel", "fr"),
        ("ÉCOLABELS", "fr"),
        ("l'écolabel", "fr"),
        ("ecolabel", "nl"),
        ("schoonmaakproducten", "nl"),
        ("Schoonmaakproduct", "nl"),
        ("schoonmaakproducten", "fr"),
    ],
)
def test_accents_endings_and_the_other_language(search: ClauseIndex, query: str, language: str) -> None:
    assert identifiers(search, query, language)[0] == "ENV-CLEAN-001"


def test_ligatures_are_two_letters(search: ClauseIndex) -> None:
    summary = Bilingual("La main-d'œuvre et la manœuvre", "Handenarbeid")
    search.update(replace(clauses()["SOC-GEN-004"], summary=summary, digest="of the changed summary"))
    assert identifiers(search, "manoeuvre") == identifiers(search, "manœuvre") == ["SOC-GEN-004"]


@pytest.mark.parametrize(
    "query",
    [
        "ENV-CLEAN-005",
        "env-clean-005",
        "env clean 5",
        "ENV CLEAN 005",
        "ENV_CLEAN_5",
        "voir ENV-CLEAN-005@1.0.0",
    ],
)
def test_an_identifier_comes_first(search: ClauseIndex, query: str) -> None:
    assert identifiers(search, query)[0] == "ENV-CLEAN-005"


def test_a_family_of_identifiers(search: ClauseIndex) -> None:
    assert set(identifiers(search, "ENV-CLEAN")[:2]) == {"ENV-CLEAN-001", "ENV-CLEAN-005"}


def test_a_phrase_in_quotes(search: ClauseIndex) -> None:
    assert identifiers(search, '"heures de nettoyage"') == ["SOC-CLEAN-001"]
    assert identifiers(search, "« heures de nettoyage »") == ["SOC-CLEAN-001"]
    assert identifiers(search, '"nettoyage de heures"') == []


def test_near_spellings_only_when_nothing_is_found(search: ClauseIndex) -> None:
    assert identifiers(search, "borgtogt", "nl")[0] == "SME-GEN-010"
    assert identifiers(search, "cautionement", "fr")[0] == "SME-GEN-010"
    assert identifiers(search, "qzxwvk", "fr") == []


@pytest.mark.parametrize(
    ("query", "language", "expected"),
    [
        ("produits verts", "fr", "ENV-CLEAN-001"),
        ("groene producten", "nl", "ENV-CLEAN-001"),
        ("waarborg", "nl", "SME-GEN-010"),
        ("garantie bancaire", "fr", "SME-GEN-010"),
        ("waarborg", "fr", "SME-GEN-010"),
        ("prikklok", "nl", "DMP-CLEAN-003"),
        ("maatwerkbedrijf", "nl", "SOC-GEN-004"),
    ],
)
def test_buyers_words(search: ClauseIndex, query: str, language: str, expected: str) -> None:
    assert identifiers(search, query, language)[0] == expected


def test_an_excerpt_marks_the_words_asked_for(search: ClauseIndex) -> None:
    assert {"écolabel"} <= {word.lower() for word in marked(search, "ecolabels", "fr")}
    hit = search.search("écolabel", "fr")[0]
    assert "écolabel" in "".join(text for text, _ in hit.excerpt)
    assert hit.title == clauses()["ENV-CLEAN-001"].title
    assert hit.version == str(clauses()["ENV-CLEAN-001"].version)


def test_an_excerpt_is_plain_text_without_placeholders(search: ClauseIndex) -> None:
    dangerous = Bilingual("Le <script>alert(1)</script> zibeline & {{ day_share }} du marché.", "Zibeline")
    search.update(replace(clauses()["SOC-GEN-004"], summary=dangerous, digest="of the dangerous summary"))
    text = "".join(text for text, _ in search.search("zibeline", "fr")[0].excerpt)
    assert "<script>" in text
    assert "{{" not in text


def test_without_excerpts(search: ClauseIndex) -> None:
    assert all(hit.excerpt == () for hit in search.search("nettoyage", "fr", with_excerpts=False))


def test_filters(search: ClauseIndex) -> None:
    assert identifiers(search, "", filters={"themes": "sme"}) == ["SME-GEN-010"]
    both = identifiers(search, "", filters={"themes": ["environmental"], "kind": {"award", "technical_specification"}})
    assert both == ["ENV-CLEAN-001", "ENV-CLEAN-005"]
    assert identifiers(search, "nettoyage", filters={"kind": "nothing"}) == []
    with pytest.raises(ValueError, match="no filter"):
        search.search("", "fr", {"colour": "red"})


def test_an_empty_query_lists_all_by_identifier(search: ClauseIndex) -> None:
    assert identifiers(search, "  ") == sorted(CHOSEN)
    assert identifiers(search, "", limit=2) == sorted(CHOSEN)[:2]
    assert identifiers(search, "", limit=0) == []


def test_facets_count_what_is_found(search: ClauseIndex) -> None:
    counts = search.facets("", "fr")
    assert counts["themes"]["environmental"] == 2
    assert sum(counts["kind"].values()) == len(CHOSEN)
    narrowed = search.facets("", "fr", {"themes": "sme"})
    assert narrowed["kind"] == {"price": 1}
    assert narrowed["themes"]["environmental"] == 2


def test_update_replaces_and_remove_takes_out(search: ClauseIndex) -> None:
    title = Bilingual("Zibeline", "Sabelmarter")
    changed = replace(clauses()["SME-GEN-010"], title=title, version=VersionNumber(1, 1, 0))
    search.update(changed)
    search.update(changed)
    assert identifiers(search, "zibeline") == ["SME-GEN-010"]
    assert [hit.version for hit in search.search("SME-GEN-010", "fr", limit=1)] == ["1.1.0"]
    assert len(identifiers(search, "")) == len(CHOSEN)
    search.remove("SME-GEN-010")
    search.remove("SME-GEN-010")
    assert identifiers(search, "zibeline") == []
    assert search.facets("", "fr")["kind"].get("price") is None


def test_rebuild_keeps_the_highest_version_and_nothing_else(search: ClauseIndex) -> None:
    old = clauses()["SME-GEN-010"]
    search.rebuild([replace(old, version=VersionNumber(1, 10, 0)), old, replace(old, version=VersionNumber(1, 9, 0))])
    assert [(hit.id, hit.version) for hit in search.search("", "fr")] == [("SME-GEN-010", "1.10.0")]


ODD = ['"', "*", "AND", "OR", "NOT", "(", ")", "~2", "^3", "[a TO", "ENV-", "«", "\x00", "\ud800", "é", "-"]


@given(st.text(max_size=200) | st.lists(st.sampled_from(ODD)).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_nothing_typed_raises(query: str) -> None:
    one_index().search(query, "fr")
    one_index().facets(query, "nl")


@cache
def one_index() -> ClauseIndex:
    built = ClauseIndex(Path(mkdtemp()) / "index")
    built.rebuild(clauses().values())
    return built


@pytest.mark.parametrize(
    "query",
    [
        "nettoyage " * 20_000,
        "a" * 1_000_000,
        '"' * 500,
        "é" * 5_000,
        "\x00\x1e6 nettoyage",
    ],
)
def test_long_and_strange_queries(search: ClauseIndex, query: str) -> None:
    search.search(query, "fr")


def test_readers_see_updates_while_another_thread_writes(search: ClauseIndex) -> None:
    problems: list[Exception] = []
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                assert len(search.search("nettoyage", "fr", with_excerpts=False)) >= 2
        except (AssertionError, SearchIndexError) as error:
            problems.append(error)
        finally:
            search.close()

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(8):
        search.update(replace(clauses()["SME-GEN-010"], title=Bilingual(f"Zibeline{number}", "x")))
        assert identifiers(search, f"zibeline{number}") == ["SME-GEN-010"]
    stop.set()
    for thread in threads:
        thread.join()
    assert problems == []


def test_a_second_writer_gets_a_clear_error(search: ClauseIndex, tmp_path: Path) -> None:
    writer = whoosh_index.open_dir(str(tmp_path / "index"), INDEX_NAME).writer()
    try:
        with pytest.raises(IndexBusyError, match="another process"):
            search.update(replace(clauses()["SME-GEN-010"], title=Bilingual("Zibeline", "Sabelmarter")))
    finally:
        writer.cancel()
    search.update(replace(clauses()["SME-GEN-010"], title=Bilingual("Zibeline", "Sabelmarter")))
    assert identifiers(search, "zibeline") == ["SME-GEN-010"]


def test_what_is_indexed_already_is_not_written_again(search: ClauseIndex, tmp_path: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "index").iterdir()}
    search.update(clauses()["SME-GEN-010"])
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "index").iterdir()} == before


def test_a_missing_index_names_the_command(tmp_path: Path) -> None:
    missing = ClauseIndex(tmp_path / "nothing")
    assert not missing.is_ready()
    for act in (lambda: missing.search("x", "fr"), lambda: missing.facets("", "fr"), lambda: missing.remove("X")):
        with pytest.raises(SearchIndexError, match="mpdi clauses index"):
            act()


@whoosh_leaves_files_open
def test_a_damaged_index_names_the_command_and_is_rebuilt(search: ClauseIndex, tmp_path: Path) -> None:
    search.close()
    for table in (tmp_path / "index").glob("*.toc"):
        table.write_bytes(b"not a table of contents")
    with pytest.raises(SearchIndexError, match="mpdi clauses index"):
        search.search("x", "fr")
    search.rebuild(clauses().values())
    assert identifiers(search, "borgtocht", "nl")[0] == "SME-GEN-010"


@whoosh_leaves_files_open
def test_any_damage_is_a_search_index_error_or_harmless(tmp_path: Path) -> None:
    built = ClauseIndex(tmp_path / "index")
    built.rebuild(clauses().values())
    files = {path: path.read_bytes() for path in (tmp_path / "index").iterdir() if path.stat().st_size}
    chance = random.Random(7)
    for path, content in files.items():
        for _ in range(15):
            cut = chance.randrange(len(content))
            rest = b"" if chance.random() < 0.4 else chance.randbytes(40) + content[cut + 40 :]
            path.write_bytes(content[:cut] + rest)
            reader = ClauseIndex(tmp_path / "index")
            try:
                reader.search("nettoyage écolabel", "fr")
                reader.search("netoyages écolabl", "fr")
                reader.facets("", "fr")
            except SearchIndexError:
                pass
            finally:
                reader.close()
        path.write_bytes(content)
