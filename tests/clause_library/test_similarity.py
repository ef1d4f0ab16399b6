"""Near-copies are refused: one text with its nouns changed is one clause badly cut."""

import pytest
from clause_samples import clause_data, paragraph

from mpdi.clause_library.core.checks import check_files

PAPER = (
    "L'adjudicataire livre du papier qui répond aux exigences de la fiche technique jointe aux documents du marché. Il tient un "
    "relevé de chaque livraison de papier, avec la quantité, la date et la preuve. Il remet ce relevé au fonctionnaire dirigeant "
    "dans le délai convenu après la fin de chaque trimestre, sous une forme lisible sans logiciel particulier. Le papier livré "
    "sans preuve est repris à ses frais et remplacé; le remplacement ne donne droit à aucun paiement ni à aucun délai."
)
LAMP = (
    PAPER.replace("du papier", "des lampes")
    .replace("de papier", "de lampes")
    .replace("Le papier livré", "La lampe livrée")
)
OTHER_DUTY = (
    "Avant la première prestation, l'adjudicataire désigne une personne de contact et la communique par écrit. Elle assiste aux "
    "réunions de suivi, répond aux questions du pouvoir adjudicateur et organise le remplacement du personnel absent. Lorsque la "
    "personne change, l'adjudicataire l'annonce à temps et présente celle qui lui succède; entre-temps une autre personne la "
    "remplace. Les réunions se tiennent au siège du pouvoir adjudicateur ou à distance, selon ce que les parties préfèrent."
)


def add(library, identifier, words):
    data = clause_data(identifier)
    first, *rest = data["text"]
    library.add({**data, "text": [paragraph(first["part"], words, f"Tekst {identifier}."), *rest]})


@pytest.mark.parametrize(("second", "expected"), [(LAMP, True), (PAPER, True), (OTHER_DUTY, False)])
def test_a_copy_with_its_nouns_changed_is_refused(sample_library, second, expected):
    add(sample_library, "ENV-GEN-901", PAPER)
    add(sample_library, "ENV-GEN-902", second)
    found = [problem for problem in check_files(sample_library.folder) if problem.rule == "similar"]
    assert bool(found) is expected
    if found:
        (problem,) = found
        assert problem.file == "ENV-GEN-901/1.0.0.yaml"
        assert problem.key == "text (fr)"
        assert "ENV-GEN-902" in problem.message
        assert "one clause" in problem.remedy
