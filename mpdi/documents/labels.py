"""The few words the writer itself puts on paper, French and Dutch, and how it writes a date."""

import datetime
from dataclasses import dataclass

from mpdi.documents.inline import Language


@dataclass(frozen=True, slots=True)
class Labels:
    """Fixed words of a document. ``page`` holds two places: the page and the number of pages."""

    locale: str
    annex: str
    contents: str
    table: str
    reference: str
    procedure: str
    date: str
    to_complete: str
    to_complete_what: str
    where: str
    end: str
    page: tuple[str, str]
    months: tuple[str, ...]


LABELS = {
    Language.FR: Labels(
        locale="fr-BE",
        annex="Annexe",
        contents="Table des matières",
        table="Tableau",
        reference="Référence",
        procedure="Procédure",
        date="Date",
        to_complete="À compléter avant publication",
        to_complete_what="Quoi",
        where="Où",
        end="Fin du document",
        page=("Page ", " sur "),
        months=(
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ),
    ),
    Language.NL: Labels(
        locale="nl-BE",
        annex="Bijlage",
        contents="Inhoud",
        table="Tabel",
        reference="Referentie",
        procedure="Procedure",
        date="Datum",
        to_complete="Aan te vullen vóór bekendmaking",
        to_complete_what="Wat",
        where="Waar",
        end="Einde van het document",
        page=("Pagina ", " van "),
        months=(
            "januari",
            "februari",
            "maart",
            "april",
            "mei",
            "juni",
            "juli",
            "augustus",
            "september",
            "oktober",
            "november",
            "december",
        ),
    ),
}


def written_date(day: datetime.date, language: Language) -> str:
    """``1er décembre 2026``, ``1 december 2026``, held together by no-break spaces."""
    number = "1er" if language is Language.FR and day.day == 1 else str(day.day)
    return f"{number}\N{NO-BREAK SPACE}{LABELS[language].months[day.month - 1]}\N{NO-BREAK SPACE}{day.year}"
