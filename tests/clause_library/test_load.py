"""The edition in the database: loaded once, loaded again, changed, exported. Once on SQLite, once on PostgreSQL."""

import datetime

import pytest
from clause_samples import as_yaml, both, clause_data, paragraph, register_data
from sqlalchemy import event, select

from mpdi.accounts import audit
from mpdi.accounts.models import AuditEntry
from mpdi.clause_library.core.clause_files import ClauseFileError, read_clause_version, text_files
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.models import ClauseVersionRecord
from mpdi.clause_library.operations import PublishedTextChangedError, export_edition, load_edition
from mpdi.clause_library.queries import LibraryCache, read_library
from mpdi.jobs.models import OutboxEvent
from mpdi.resources import folder

OTHER_WORDS = {
    "text": [
        paragraph(part, "Autre texte.", "Andere tekst.") for part in ("obligation", "proof_at_tender", "consequence")
    ]
}


def load(database, place):
    with database.writing() as session:
        return load_edition(session, place)


def rows_of(database):
    with database.reading() as session:
        return [
            (row.clause_id, row.version, row.digest, row.status, row.text, row.changed_at)
            for row in session.scalars(select(ClauseVersionRecord))
        ]


def events_of(database):
    with database.reading() as session:
        return [
            (row.name, row.reference, row.payload)
            for row in session.scalars(select(OutboxEvent).order_by(OutboxEvent.id))
        ]


def test_the_edition_loads_once_and_again_changes_nothing(database):
    files = text_files(folder("clauses") / "library")
    first = load(database, folder("clauses"))
    assert (len(first.added), first.changed, first.unchanged) == (len(files), (), 0)
    rows, events = rows_of(database), events_of(database)
    assert len(rows) == len(events) == len(files)
    again = load(database, folder("clauses"))
    assert (again.added, again.changed, again.unchanged) == ((), (), len(files))
    assert (rows_of(database), events_of(database)) == (rows, events)


def test_what_is_loaded_is_noted_in_the_audit_log_once(database):
    files = text_files(folder("clauses") / "library")
    for _ in range(2):
        load(database, folder("clauses"))
    with database.reading() as session:
        noted = session.execute(select(AuditEntry.actor, AuditEntry.action, AuditEntry.reference)).all()
        assert audit.verify(session).is_whole
    assert len(noted) == len(files)
    assert ("mpdi_init", "clause_added", "clause_version:ENV-CLEAN-001@1.0.0") in noted


def test_what_the_database_gives_back_is_what_the_files_say(database):
    load(database, folder("clauses"))
    with database.reading() as session:
        stored = read_library(session)
    released = ClauseLibrary.from_folder(folder("clauses"))
    assert [version.reference for version in stored] == [version.reference for version in released]
    for ours, theirs in zip(stored, released, strict=True):
        assert ours == theirs, ours.reference


def test_a_published_text_never_changes(database, sample_library):
    sample_library.add(clause_data())
    load(database, sample_library.folder)
    before = rows_of(database)
    sample_library.add(clause_data(**OTHER_WORDS))
    sample_library.add(clause_data("ENV-GEN-900"))
    with pytest.raises(PublishedTextChangedError, match=r"ENV-GEN-901@1\.0\.0.*new version number"):
        load(database, sample_library.folder)
    assert rows_of(database) == before, "nothing of the edition comes in"


@pytest.mark.parametrize("status", ["superseded", "withdrawn"])
def test_a_text_once_published_never_changes_later_either(database, sample_library, status):
    sample_library.add(clause_data(), status=status)
    load(database, sample_library.folder)
    sample_library.add(clause_data(**OTHER_WORDS), status="draft")
    with pytest.raises(PublishedTextChangedError):
        load(database, sample_library.folder)


@pytest.mark.parametrize("status", ["draft", "in_review"])
def test_a_text_not_yet_published_may_change(database, sample_library, status):
    sample_library.add(clause_data(), status=status)
    load(database, sample_library.folder)
    sample_library.add(clause_data(**OTHER_WORDS), status="published")
    assert load(database, sample_library.folder).changed == ("ENV-GEN-901@1.0.0",)
    with database.reading() as session:
        (version,) = read_library(session)
    assert version.text[0].text.nl == "Andere tekst."
    assert version.register.status == "published"


def test_a_register_entry_may_change_and_it_is_told(database, sample_library):
    sample_library.add(clause_data())
    load(database, sample_library.folder)
    sample_library.add(clause_data(), status="superseded", valid_to=datetime.date(2026, 12, 31))
    assert load(database, sample_library.folder).changed == ("ENV-GEN-901@1.0.0",)
    with database.reading() as session:
        (version,) = read_library(session)
    assert (version.register.status, version.register.valid_to) == ("superseded", datetime.date(2026, 12, 31))
    assert events_of(database) == 2 * [
        ("clause_published", "clause:ENV-GEN-901", {"clause_id": "ENV-GEN-901", "version": "1.0.0"})
    ]


def test_a_new_version_stands_beside_the_old_and_a_local_one_stays(database, sample_library):
    local = sample_library.add(clause_data(version="1.0.0+local.1"))
    sample_library.add(clause_data())
    load(database, sample_library.folder)
    local.unlink()
    local.with_name("1.0.0+local.1.register.yaml").unlink()
    sample_library.add(clause_data(version="1.1.0", **OTHER_WORDS))
    report = load(database, sample_library.folder)
    assert (report.added, report.changed, report.unchanged) == (("ENV-GEN-901@1.1.0",), (), 1)
    with database.reading() as session:
        assert [version.reference for version in read_library(session)] == [
            f"ENV-GEN-901@{n}" for n in ("1.0.0", "1.0.0+local.1", "1.1.0")
        ]


def test_a_file_that_breaks_the_schema_leaves_the_database_as_it_was(database, sample_library):
    sample_library.add(clause_data("ENV-GEN-901"))
    sample_library.add(clause_data("ENV-GEN-902")).write_text("id: x\n", encoding="utf-8")
    with pytest.raises(ClauseFileError, match="ENV-GEN-902"):
        load(database, sample_library.folder)
    assert rows_of(database) == events_of(database) == []


def test_an_export_holds_the_same_texts_and_digests(database, tmp_path):
    load(database, folder("clauses"))
    with database.reading() as session:
        assert export_edition(session, tmp_path) == len(text_files(folder("clauses") / "library"))
    exported = text_files(tmp_path / "library")
    for path in exported:
        source = folder("clauses") / "library" / path.parent.name / path.name
        assert path.read_bytes() == source.read_bytes()
        ours, theirs = read_clause_version(path), read_clause_version(source)
        assert (ours.digest, ours.register) == (theirs.digest, theirs.register)
    report = load(database, tmp_path)
    assert (report.added, report.changed, report.unchanged) == ((), (), len(exported))


ODD = {"role": "1234-56-78", "finding": "2026-13-45", "change": "« a: b », 'c', #d, [e], 2026-12-01"}


def test_odd_words_in_a_register_entry_go_round_unharmed(database, sample_library, tmp_path):
    data = clause_data(title=both("Les « 3 » : #1 – 😀", "D'r 'n \"x\""))
    entry = register_data(data)
    entry["readings"][0] |= ODD
    path = sample_library.add(data, register=entry)
    load(database, sample_library.folder)
    with database.reading() as session:
        (version,) = read_library(session)
        export_edition(session, tmp_path / "out")
    back = read_clause_version(tmp_path / "out" / "library" / path.parent.name / path.name)
    for each in (version, back):
        assert each.title == read_clause_version(path).title
        assert {key: getattr(each.register.readings[0], key) for key in ODD} == ODD


def test_the_cache_asks_once_and_sees_every_change(database, sample_library):
    sample_library.add(clause_data())
    load(database, sample_library.folder)
    cache, statements = LibraryCache(), []
    event.listen(database.engine, "before_cursor_execute", lambda *args: statements.append(args[2]))

    def current():
        statements.clear()
        with database.reading() as session:
            return cache.library(session)

    first = current()
    assert current() is first
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1
    sample_library.add(clause_data(), status="withdrawn")
    load(database, sample_library.folder)
    (changed,) = current()
    assert changed.register.status == "withdrawn"
    sample_library.add(clause_data("ENV-GEN-902"))
    load(database, sample_library.folder)
    assert len(list(current())) == 2
    assert any(each is changed for each in current())  # what did not change is not read anew


def test_a_text_that_is_no_longer_the_one_recorded_is_held_against_its_schema_again(database, sample_library):
    sample_library.add(clause_data())
    load(database, sample_library.folder)
    with database.writing() as session:
        row = session.scalars(select(ClauseVersionRecord)).one()
        row.text = as_yaml({**clause_data(), "colour": "red"})
    with database.reading() as session, pytest.raises(ClauseFileError, match="colour"):
        read_library(session)


def test_a_register_with_an_unknown_key_is_refused_by_name(database, sample_library):
    data = clause_data()
    path = sample_library.add(data)
    path.with_name("1.0.0.register.yaml").write_text(
        as_yaml({**register_data(data), "colour": "red"}), encoding="utf-8"
    )
    with pytest.raises(ClauseFileError, match=r"ENV-GEN-901/1\.0\.0\.register\.yaml.*colour"):
        load(database, sample_library.folder)
