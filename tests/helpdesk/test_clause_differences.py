"""What changed in a clause of a file: the words, not the whole clause; whichever case of the clause stands in it."""

import datetime
from dataclasses import replace

from mpdi.clause_library.core.answers import read_answers
from mpdi.documents.docx_reader import ReadClause, read_specification
from mpdi.helpdesk.clause_differences import changes_in
from mpdi.specifications.writing import prepare

DAY = datetime.date(2026, 12, 1)


def clauses(library, **answers) -> list[ReadClause]:
    purchase = read_answers({
        "publication_date": DAY, "authority": {"name": "Commune d'Exemple", "type": "local"}, "object": "Nettoyage",
        "nature": "services", "cpv": ["90919200"], "procedure": "open", "language": "fr", "estimated_value": 120000,
        "duration_months": 48, **answers,
    }, DAY)
    return list(read_specification(prepare(purchase, library).write()).clauses)


def test_nothing_is_said_to_be_changed_in_a_clause_as_it_was_written(clause_library):
    found = clauses(clause_library)
    assert len(found) > 10
    for clause in found:
        version = clause_library.version(clause.id, clause.version)
        changes = changes_in(clause, version, "fr", clause.rendered_digest)
        assert [each.kind for each in changes] == ["same"], clause.id


def test_of_one_word_changed_that_word_is_shown(clause_library):
    for clause in clauses(clause_library, language="nl"):
        version = clause_library.version(clause.id, clause.version)
        words = clause.text.split()
        place = len(words) * 2 // 3
        changed = replace(clause, text=" ".join([*words[:place], "WOORD", *words[place + 1 :]]))
        changes = changes_in(changed, version, "nl", clause.rendered_digest)
        assert [(each.kind, each.text) for each in changes if each.kind != "same"] == [
            ("removed", words[place]), ("added", "WOORD"),
        ], clause.id


def test_where_the_digest_does_not_help_most_of_the_clause_stays_the_same(clause_library):
    for clause in clauses(clause_library):
        version = clause_library.version(clause.id, clause.version)
        changes = changes_in(clause, version, "fr", "unknown")
        same = sum(len(each.text.split()) for each in changes if each.kind == "same")
        assert same >= 0.95 * len(clause.text.split()), clause.id
