"""Lists inside clauses: a number in brackets begins an item only where it counts on; a reference to numbers is no list."""

import re

import pytest

from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.documents.inline import content_text
from mpdi.documents.model import Content, Parameter, Run
from mpdi.resources import folder
from mpdi.specifications.clause_blocks import split_items

LIBRARY = ClauseLibrary.from_folder(folder("clauses"))


def split(text: str) -> tuple[str, list[str], str]:
    lead, items, tail = split_items((Run(text),))
    return content_text(lead), [content_text(item) for item in items], content_text(tail)


@pytest.mark.parametrize(
    "text",
    [
        "Le matériel prévu pour les tâches (1) à (6) (modèle en annexe) est décrit.",
        "Al het materieel voor de taken (1) tot (6) wil gebruiken.",
        "Les points (2) et (3) du rapport ne sont pas remis.",
        "Pour chaque catégorie (1), (2) ou (3) qu'il emploie, une fiche est jointe.",
        "Lijnen (1) en (2) blijven. De regels (3) waarvoor een gegadigde is, en regel (4) ook.",
    ],
)
def test_a_reference_to_numbers_stays_in_its_sentence(text: str) -> None:
    assert split(text) == (text, [], "")


def test_a_list_ends_where_its_numbers_no_longer_run_on() -> None:
    lead, items, tail = split("Sont visés: (1) un; (2) deux; et (3) trois. Dans les cas (1) et (3), rien n'est dû.")
    assert (lead, tail) == ("Sont visés: ", "Dans les cas (1) et (3), rien n'est dû.")
    assert items == ["(1) un; ", "(2) deux; et ", "(3) trois."]


def test_a_list_that_an_earlier_paragraph_began_goes_on() -> None:
    assert split("Durée de vie. (5) cinq. (6) six.")[1] == ["(5) cinq. ", "(6) six."]


def test_a_parameter_stays_in_its_item() -> None:
    value = Parameter("ENV-GEN-001", "share", "50", True)
    content: Content = (Run("Soit: (1) au moins "), value, Run(" %; (2) rien."))
    lead, items, _tail = split_items(content)
    assert content_text(lead) == "Soit: "
    assert items[0] == (Run("(1) au moins "), value, Run(" %; "))


@pytest.mark.parametrize("clause", list(LIBRARY), ids=lambda clause: clause.id)
def test_items_of_the_library_count_on_and_say_something(clause: ClauseVersion) -> None:
    for paragraph in clause.text:
        for language in ("fr", "nl"):
            text = " ".join(paragraph.text[language].split())
            lead, items, tail = split(text)
            assert " ".join((lead + "".join(items), tail)).split() == text.split()
            numbers = [int(item[1 : item.index(")")]) for item in items]
            assert numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else True
            assert all(len(re.sub(r"^\(\d+\)\s*", "", item).strip(" .;,")) > 3 for item in items), text
