"""Labels of the authority and where its amounts come from, kept in the profile."""

import pytest
from docx import Document

from mpdi.action_plans.core.errors import ProfileError
from mpdi.action_plans.core.profile_json import profile_from_json, profile_json
from mpdi.action_plans.core.profile_writing import profile_text
from mpdi.action_plans.core.three_ways import both_ways
from mpdi.action_plans.files.document import write_plan
from mpdi.clause_library.core.vocabulary import Category

TEXT = (
    "authority: {name: Commune d'Exemple, type: local}\nperiod: {from: 2027-01-01, to: 2028-12-31}\ndate: 2026-12-02\n"
    "spending: [{category: cleaning, amount: 100}]\nspending_note: Factures de 2025 hors TVA.\n"
    "spending_labels: {612/03*: cleaning, Cantines: food}\n"
)


def test_labels_and_note_survive_every_way_of_keeping_a_profile(read):
    profile = read(TEXT)
    assert profile.spending_labels == {"612/03*": Category.CLEANING, "Cantines": Category.FOOD}
    assert read(profile_text(profile)) == profile
    assert profile_from_json(profile_json(profile)) == profile


def test_the_word_file_says_where_the_amounts_come_from(read, draft, tmp_path):
    (tmp_path / "plan.docx").write_bytes(write_plan(draft(read(TEXT))))
    said = [each.text for each in Document(str(tmp_path / "plan.docx")).paragraphs]
    assert "Factures de 2025 hors TVA." in said


@pytest.mark.parametrize(
    ("labels", "fault"),
    [("{Cantines: meals}", "is not in the list"), ("{'=1+1': food}", "starts with"), ("[food]", "is not a list")],
)
def test_a_label_that_cannot_be_used_is_refused(read, labels, fault):
    with pytest.raises(ProfileError, match=fault):
        read(TEXT.replace("{612/03*: cleaning, Cantines: food}", labels))


def test_two_people_may_each_give_a_label_a_category(read):
    base = read(TEXT)
    mine = read(TEXT.replace("food}", "food, Papier: paper}"))
    theirs = read(TEXT.replace("food}", "food, Bureau: furniture}"))
    found = both_ways(base, mine, theirs)
    assert not found.conflicts
    assert set(found.profile.spending_labels) == {"612/03*", "Cantines", "Papier", "Bureau"}
