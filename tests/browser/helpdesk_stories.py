"""The two stories of the helpdesk's journey, one in each language, and the people in them. Nobody here exists."""

from dataclasses import dataclass

from mpdi.helpdesk.queue_operations import ReadyText

READY = ReadyText(
    title_fr="Label ou équivalent",
    title_nl="Keurmerk of gelijkwaardig",
    text_fr="Un label se demande toujours avec la mention « ou équivalent » : toute preuve appropriée est acceptée.",
    text_nl="Een keurmerk vraagt u altijd met de woorden “of gelijkwaardig”: elk passend bewijs wordt aanvaard.",
    route=None,
)


@dataclass(frozen=True)
class Story:
    """What is written in one language; the words of the interface come from its translations."""

    language: str
    width: int
    subject: str
    question: str
    """Vague and misspelt, with a name and a telephone number below it."""
    private: tuple[str, ...]
    """What tells who asked, and must not reach the article."""
    acknowledged: str
    note: str
    hand_over: str
    answer: str
    """It names the asker in passing: what no rule can be sure of, and a facilitator forgets."""
    forgotten: str
    instead: str
    """The same words without the name."""
    thanks: str
    title: str
    cleaned_question: str
    search: str
    similar: str


STORIES = (
    Story(
        language="fr",
        width=1280,
        subject="netoyage refectoire",
        question=(
            "Bonjour,\n\non doit refaire le marcher pour le netoyage du refectoire et de la cuisine de l'ecole et le colege "
            "veut que ce soi ecologique. Je sais pas quoi exiger ni comment verifié les produits.\n\n"
            "Merci d'avance\nElise Dupont\n02 348 65 11"
        ),
        private=("Elise", "Dupont", "348 65 11"),
        acknowledged="Nous avons bien reçu votre question",
        note="C'est une question de nettoyage, pas de repas : à reprendre par Bruxelles Environnement.",
        hand_over="Elle publie son avis vendredi.",
        answer="Bonjour,\n\nComme convenu avec Elise, demandez des produits porteurs d'un label écologique (clause ENV-CLEAN-001).",
        forgotten="Comme convenu avec Elise, demandez",
        instead="Demandez",
        thanks="Merci, c'est très clair !\n\nLe 24 nov. 2026 à 12:30, Helpdesk a écrit :\n> Demandez",
        title="Comment demander un nettoyage écologique d'un réfectoire ?",
        cleaned_question="Que peut-on exiger pour le nettoyage écologique d'un réfectoire scolaire, et comment le vérifier ?",
        search="nettoyage écologique réfectoire",
        similar="quel label pour le nettoyage ecologique du refectoire de notre ecole ?",
    ),
    Story(
        language="nl",
        width=360,
        subject="schoonmak refter",
        question=(
            "Goedendag,\n\nwij moeten de schoonmak van de refter en de keuken van de school herdoen en het colege wil dat het "
            "ecologis is. Wat mogen we eisen en hoe controleren we de producten?\n\nAlvast bedankt\nElise Dupont\n02 348 65 11"
        ),
        private=("Elise", "Dupont", "348 65 11"),
        acknowledged="Wij hebben uw vraag goed ontvangen",
        note="Dit gaat over schoonmaak, niet over maaltijden: voor Leefmilieu Brussel.",
        hand_over="Haar aankondiging verschijnt vrijdag.",
        answer="Goedendag,\n\nZoals besproken met Elise vraagt u producten met een milieukeur (clausule ENV-CLEAN-001).",
        forgotten="Zoals besproken met Elise vraagt u",
        instead="Vraag",
        thanks="Bedankt, dat is duidelijk!\n\nOp 24 nov. 2026 om 12:30 schreef Helpdesk:\n> Vraag producten",
        title="Hoe vraag ik een ecologische schoonmaak van een refter?",
        cleaned_question="Wat mag men eisen voor de ecologische schoonmaak van een schoolrefter, en hoe wordt dat gecontroleerd?",
        search="ecologische schoonmaak refter",
        similar="welk keurmerk voor de ecologische schoonmaak van onze schoolrefter?",
    ),
)
