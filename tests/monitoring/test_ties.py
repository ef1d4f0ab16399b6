"""What ties notices to one another: changes take places, one procedure in several formats is one."""

from dataclasses import replace

import pytest
from taking_in import CHANGE, CONTRACT, FIXTURES, current, records, renamed, take_in

from mpdi.database import Database
from mpdi.monitoring.documents import ReadDocument
from mpdi.monitoring.ingest_operations import write_documents
from mpdi.monitoring.links import told
from mpdi.monitoring.queries import doubtful_ties
from mpdi.monitoring.rows import notice_rows
from mpdi.monitoring.versions import Versions
from tender_parsers import Notice, each_once, iter_notices, parse_notice
from tender_parsers.notice import Change, Text

OLD, NEW = "22222222-0000-4000-8000-000000000001-01", "22222222-0000-4000-8000-000000000001-02"
AWARD = FIXTURES / "eforms" / "award_notice_withheld_values.xml"


def write(database: Database, *notices: Notice) -> None:
    """Write notices as a document each, a transaction each."""
    for notice in notices:
        digest = digest_of(notice)
        read = ReadDocument("made.xml", digest, 1, [notice_rows(notice, (), digest, 0)], [])
        with database.writing() as session:
            write_documents(session, [read], Versions("parser", ""))


def digest_of(notice: Notice) -> str:
    return told(repr(notice))


def changed(notice: Notice, number: int, *names: str) -> Notice:
    """The same notice under another name, which says that it changes those of these names."""
    name = f"22222222-0000-4000-8000-{number:012d}"
    changes = tuple(Change("notice", changed=each) for each in names)
    return replace(notice, notice_id=name, notice_version="01", publication_id=None, changes=changes)


def named(notice: Notice) -> str:
    return f"{notice.notice_id}-{notice.notice_version}"


@pytest.mark.parametrize("paths", [(CONTRACT, CHANGE), (CHANGE, CONTRACT)], ids=["old-first", "new-first"])
def test_a_change_notice_takes_the_place_of_what_it_changes_in_either_order(database, tmp_path, paths):
    take_in(database, tmp_path, paths[0])
    take_in(database, tmp_path, paths[1])
    assert current(database) == [NEW]
    assert len(records(database)) == 2


def test_a_chain_and_a_circle_are_what_each_once_makes_of_them(database):
    first = changed(parse_notice(CONTRACT), 1)
    second = changed(first, 2, named(first))
    third = changed(first, 3, named(second))
    circle = [changed(first, 4, "22222222-0000-4000-8000-000000000005-01"), changed(first, 5, named(changed(first, 4)))]
    notices = [third, *circle, first, second]
    write(database, *notices)
    assert current(database) == sorted(map(named, each_once(notices)))
    assert current(database) == sorted(map(named, [third, *circle]))


def test_a_release_that_leaves_away_an_outcome_takes_no_place(database):
    told = parse_notice_of("award_package.json")
    assert told.results
    less = replace(
        told, notice_id="later", results=(), contracts=(), changes=(Change("notice", changed=told.notice_id),)
    )
    more = replace(told, notice_id="latest", changes=(Change("notice", changed=told.notice_id),))
    write(database, told, less)
    assert all(each.is_current for each in records(database))
    write(database, more)
    assert [each.notice_id for each in records(database) if not each.is_current] == [told.notice_id]


def parse_notice_of(name: str) -> Notice:
    return next(notice for notice in iter_notices(FIXTURES / "ocds" / name) if notice.results)


def test_the_old_notice_counts_again_when_the_change_is_read_anew_as_none(database):
    old = parse_notice(CONTRACT)
    new = changed(old, 8, named(old))
    write(database, old, new)
    assert current(database) == [named(new)]
    read = ReadDocument("made.xml", digest_of(new), 1, [notice_rows(replace(new, changes=()), (), "d", 0)], [])
    with database.writing() as session:
        write_documents(session, [read], Versions("better", ""))
    assert current(database) == sorted([named(old), named(new)])


def test_notices_of_one_procedure_share_its_key_whatever_order_shows_it(database, tmp_path):
    other = renamed(
        CONTRACT,
        tmp_path / "other.xml",
        "22222222-0000-4000-8000-0000000000ff",
        "5" * 8 + "-0000-4000-8000-000000000001",
    )
    take_in(database, tmp_path, CONTRACT, AWARD, other)
    keys = [each.procedure_key for each in records(database)]
    assert keys[0] == keys[1] != keys[2]


def test_two_groups_become_one_when_a_notice_names_both(database):
    call = parse_notice(FIXTURES / "ted" / "contract_notice_two_languages.xml")
    award = parse_notice(FIXTURES / "ted" / "award_notice.xml")
    first = replace(call, publication_id="2021/S 200-900100", previous_notices=())
    second = replace(award, publication_id="2022/S 001-000007", previous_notices=())
    write(database, first, second)
    assert len({each.procedure_key for each in records(database)}) == 2
    write(database, replace(award, previous_notices=("2021/S 200-900100", "2022/S 001-000007")))
    assert len({each.procedure_key for each in records(database)}) == 1


def test_a_prior_information_notice_that_calls_for_tenders_refer_to_joins_nothing(database):
    call = parse_notice(FIXTURES / "ted" / "contract_notice_two_languages.xml")
    assert call.previous_notices
    write(database, call, replace(call, publication_id="2022/S 100-900555"))
    assert len({each.procedure_key for each in records(database)}) == 2


def unrelated(notice: Notice, number: int, publication: str | None, procedure: str | None = None) -> Notice:
    """The same notice of another buyer, under names of its own but for its publication number."""
    own = f"33333333-0000-4000-8000-{number:012d}"
    return replace(
        notice,
        notice_id=f"22222222-0000-4000-8000-{number:012d}",
        publication_id=publication,
        procedure_id=procedure or own,
        buyers=(replace(notice.buyers[0], name=(Text(f"Commune fictive {number}", "fr"),)),),
        changes=(),
    )


@pytest.mark.parametrize("word", ["n.a.", "N/A", "-", "0", "0000", "none", " ", "niet van toepassing", "s.o."])
def test_a_word_that_stands_for_no_number_ties_nothing(database, word):
    call = parse_notice(CONTRACT)
    first = unrelated(call, 11, word)
    other = replace(unrelated(call, 12, word), form_type="result", previous_notices=(word,))
    write(database, first, other, unrelated(call, 13, word, first.procedure_id))
    keys = [each.procedure_key for each in records(database)]
    assert keys[0] == keys[2] != keys[1]


def test_two_notices_whose_only_name_is_such_a_word_are_two(database):
    call = parse_notice(CONTRACT)
    nameless = [replace(unrelated(call, number, "n.a."), notice_id="n/a", procedure_id="-") for number in (21, 22)]
    write(database, *nameless)
    assert len({each.procedure_key for each in records(database)}) == 2
    assert len(each_once(nameless)) == 2


def test_reading_again_parts_what_an_older_reader_tied_by_such_a_word(database, monkeypatch):
    call = parse_notice(CONTRACT)
    pairs = [unrelated(call, number, "n.a.") for number in (31, 32)]
    pairs += [
        unrelated(call, number + 10, "n.a.", each.procedure_id) for number, each in zip((31, 32), pairs, strict=True)
    ]
    with monkeypatch.context() as older:
        older.setattr("mpdi.monitoring.links.is_placeholder", lambda name: False)
        write(database, *pairs)
    assert len({each.procedure_key for each in records(database)}) == 1
    for notice in pairs:
        digest = digest_of(notice)
        read = ReadDocument("made.xml", digest, 1, [notice_rows(notice, (), digest, 0)], [])
        with database.writing() as session:
            write_documents(session, [read], Versions("better", ""))
    again = records(database)
    keys = {each.procedure_id: each.procedure_key for each in again}
    assert len(set(keys.values())) == 2
    assert [each.procedure_key for each in again] == [keys[each.procedure_id] for each in again]


@pytest.mark.parametrize("order", ["eforms-first", "ocds-first"])
def test_what_another_format_says_of_the_same_lots_is_a_duplicate_of_the_one_that_says_more(database, order):
    call = parse_notice(CONTRACT)
    same = replace(call, format="ocds", document_id=f"ocds-000000-{call.procedure_id}", lots=call.lots[:1], changes=())
    notices = [call, same] if order == "eforms-first" else [same, call]
    write(database, *notices)
    kept = {each.format: each for each in records(database)}
    assert kept["ocds"].duplicate_of_id == kept["eforms"].id
    assert kept["eforms"].duplicate_of_id is None


def test_another_stage_another_lot_or_the_same_format_is_no_duplicate(database):
    call = parse_notice(CONTRACT)
    elsewhere = replace(call, format="ocds", document_id=f"ocds-000000-{call.procedure_id}", changes=())
    award = replace(elsewhere, form_type="result")
    third_lot = replace(
        elsewhere, document_id=f"{elsewhere.document_id}-b", lots=(replace(call.lots[0], id="LOT-0003"),)
    )
    again = changed(call, 9)
    write(database, call, award, third_lot, again)
    assert len({each.procedure_key for each in records(database)}) == 1
    assert [each.duplicate_of_id for each in records(database)] == [None] * 4


def test_unrelated_buyers_under_one_name_are_told_of_and_namesakes_are_not(database):
    call = parse_notice(CONTRACT)
    write(database, *(unrelated(call, number, "123456-2026") for number in (41, 42)))
    with database.reading() as session:
        assert doubtful_ties(session) == 0
    write(database, unrelated(call, 43, "123456-2026"))
    with database.reading() as session:
        assert doubtful_ties(session) == 1
