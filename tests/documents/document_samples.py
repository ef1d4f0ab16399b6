"""A realistic specification, French and Dutch, plainly fictitious: what the tests and the eye look at."""

import datetime
from hashlib import sha256

from mpdi.documents.model import (
    Bullets,
    Callout,
    CalloutKind,
    ClauseBlock,
    ClauseLine,
    Content,
    Emphasis,
    Language,
    Link,
    Metadata,
    NumberedItems,
    Paragraph,
    ParagraphKind,
    Parameter,
    Run,
    Section,
    SpecificationDocument,
    Table,
    TitlePage,
    ToComplete,
    content,
)

FR, NL = Language.FR, Language.NL


def sample(language: Language = FR) -> SpecificationDocument:
    """About ten pages: title page, contents, three parts, six clauses, three annexes."""
    words = _Words(language)
    clauses = _clauses(words)
    return SpecificationDocument(
        language=language,
        metadata=Metadata(
            title=words("Cahier spécial des charges EX-2026-014", "Bestek EX-2026-014"),
            date=datetime.date(2026, 12, 1),
            reference="EX-2026-014",
            authority=words("Commune d'Exemple", "Gemeente Voorbeeld"),
            subject=words("Nettoyage des bureaux administratifs", "Schoonmaak van administratieve kantoren"),
            keywords=("90919200", "ENV-CLEAN-001"),
        ),
        title_page=_title_page(words),
        sections=(*_first_part(words), *_technical_part(words, clauses), *_execution_part(words, clauses),
                  *_annexes(words, clauses)),
        manifest={
            "clauses": [
                {"id": clause.clause_id, "version": clause.version, "rendered": clause.rendered_digest}
                for clause in clauses
            ],
            "publication_date": "2026-12-01",
            "note": "é < & > ]]> \u0001",
        },
        header="EX-2026-014",
    )  # fmt: skip


class _Words:
    """Chooses the French or the Dutch of two wordings."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, fr: str, nl: str) -> str:
        return fr if self.language is FR else nl


def digest_of(text: str) -> str:
    """Stands in for a version's digest."""
    return sha256(text.encode()).hexdigest()


def _title_page(words: _Words) -> TitlePage:
    return TitlePage(
        kind=words("Cahier spécial des charges", "Bestek"),
        object=words(
            "Nettoyage durable des bureaux administratifs et des écoles communales",
            "Duurzame schoonmaak van de administratieve kantoren en de gemeentescholen",
        ),
        authority=words("Commune d'Exemple", "Gemeente Voorbeeld"),
        reference="EX-2026-014",
        procedure=words(
            "Procédure ouverte, article 36 de la loi du 17 juin 2016",
            "Openbare procedure, artikel 36 van de wet van 17 juni 2016",
        ),
        date=datetime.date(2026, 12, 1),
        facts=(
            (words("Nature", "Aard"), words("Services, 48 mois, trois lots", "Diensten, 48 maanden, drie percelen")),
            (words("Code CPV", "CPV-code"), "90919200-4"),
        ),
        notices=(
            words(
                "Avis juridique en attente : les clauses de ce document n'ont pas encore été relues par un juriste.",
                "Juridisch advies in afwachting: de clausules zijn nog niet door een jurist nagelezen.",
            ),
        ),
        to_complete=(
            ToComplete(words("Montant de la pénalité par jour", "Bedrag van de straf per dag"), "SOC-CLEAN-001",
                       "SOC-CLEAN-001"),
            ToComplete(words("Adresse du lieu de dépôt des échantillons", "Adres voor het indienen van de monsters"),
                       words("Remise des offres", "Indiening van de offertes"), "offers"),
        ),
        logo_place=words("Logo de la commune", "Logo van de gemeente"),
    )  # fmt: skip


def _first_part(words: _Words) -> tuple[Section, ...]:
    lots = Table(
        caption=words("Lots et valeur estimée, en euros hors TVA", "Percelen en geraamde waarde, in euro zonder btw"),
        header=(words("Lot", "Perceel"), words("Objet", "Voorwerp"), words("Surface (m²)", "Oppervlakte (m²)"),
                words("Valeur estimée", "Geraamde waarde")),
        rows=(
            content_row("1", words("Bureaux administratifs", "Administratieve kantoren"), "6 400", "40 000,00"),
            content_row("2", words("Écoles communales (lot réservé, article 15)",
                                   "Gemeentescholen (voorbehouden perceel, artikel 15)"), "9 150", "50 000,00"),
            content_row("3", words("Vitres et façades", "Ramen en gevels"), "2 300", "30 000,00"),
            content_row("", words("Total", "Totaal"), "17 850", "120 000,00"),
        ),
        widths=(9, 51, 18, 22),
        right_aligned=(2, 3),
        has_total=True,
    )  # fmt: skip
    return (
        Section(words("Objet et conditions du marché", "Voorwerp en voorwaarden van de opdracht"), 1, (
            Paragraph(content(words(
                "Le présent cahier spécial des charges fixe les conditions auxquelles la commune confie le nettoyage "
                "de ses bâtiments pour quatre ans.",
                "Dit bestek legt de voorwaarden vast waaronder de gemeente de schoonmaak van haar gebouwen voor vier "
                "jaar toevertrouwt.")), ParagraphKind.LEAD),
        ), id="object"),
        Section(words("Objet et lots", "Voorwerp en percelen"), 2, (
            Paragraph(content(words(
                "Le marché porte sur le nettoyage courant, le nettoyage périodique et le lavage des vitres. Il est "
                "divisé en trois lots ; un soumissionnaire peut remettre offre pour un, deux ou trois lots et "
                "l'exécution commence le premier jour du mois qui suit la conclusion.",
                "De opdracht omvat de dagelijkse schoonmaak, de periodieke schoonmaak en het wassen van de ramen. Zij "
                "is verdeeld in drie percelen; een inschrijver kan een offerte indienen voor één, twee of drie "
                "percelen en de uitvoering begint op de eerste dag van de maand na de sluiting."))),
            lots,
            Paragraph(content(words("Options et reconductions comprises.", "Opties en verlengingen inbegrepen.")),
                      ParagraphKind.NOTE),
        ), id="lots"),
        Section(words("Remise des offres", "Indiening van de offertes"), 2, (
            Paragraph(content(words("L'offre comprend :", "De offerte bevat:"))),
            NumberedItems((
                content(words("le formulaire d'offre complété et signé ;", "het ingevulde en ondertekende "
                                                                            "offerteformulier;")),
                content(words("l'inventaire de l'annexe C ;", "de inventaris van bijlage C;")),
                content(words("les preuves que demandent les clauses, réunies dans ",
                              "de bewijsstukken die de clausules vragen, samengebracht in "),
                        Link(words("le plan de vérification", "het verificatieplan"), "verification"), "."),
            )),
            Callout(words("Échantillons", "Monsters"), (
                content(words("Les échantillons sont déposés à l'adresse suivante : ",
                              "De monsters worden afgegeven op het volgende adres: "),
                        Run(words("[adresse à compléter]", "[adres aan te vullen]"), Emphasis.HIGHLIGHT), "."),
            ), CalloutKind.TO_COMPLETE),
        ), id="offers"),
    )  # fmt: skip


def content_row(*cells: str) -> tuple[Content, ...]:
    """A row of plain cells."""
    return tuple(content(cell) for cell in cells)


def _clauses(words: _Words) -> tuple[ClauseBlock, ...]:
    def clause(identifier: str, title: str, kind: str, *lines: ClauseLine, level: int = 3) -> ClauseBlock:
        return ClauseBlock(identifier, "1.0.0", words.language, digest_of(identifier), title,
                           f"{identifier}  ·  version 1.0.0  ·  {kind}".replace(
                               "version", words("version", "versie")), lines, kind, level)  # fmt: skip

    technical = words("spécification technique", "technische specificatie")
    performance = words("condition d'exécution", "uitvoeringsvoorwaarde")
    proof = words("Preuve dans l'offre.", "Bewijs in de offerte.")
    follow_up = words("Preuve en cours d'exécution.", "Bewijs tijdens de uitvoering.")
    consequence = words("Conséquence.", "Gevolg.")
    return (
        clause("ENV-CLEAN-001", words("Produits de nettoyage à écolabel", "Schoonmaakproducten met ecolabel"),
            technical,
            ClauseLine("obligation", content(
                words("Au cours de chaque semestre, au moins ", "Tijdens elk halfjaar voldoet ten minste "),
                Parameter("ENV-CLEAN-001", "ecolabel_share", "75\u00a0%", True),
                words(" du volume des produits de nettoyage courant satisfait aux critères de l'écolabel de l'Union "
                      "européenne pour les produits de nettoyage pour surfaces dures. Le label Nordic Swan et tout "
                      "autre label aux exigences équivalentes sont acceptés. La part est le volume conforme divisé par "
                      "le volume total, arrondie à une décimale.",
                      " van het volume van de gangbare schoonmaakproducten aan de criteria van het EU-ecolabel voor "
                      "reinigingsproducten voor harde oppervlakken. Het label Nordic Swan en elk ander keurmerk met "
                      "gelijkwaardige eisen worden aanvaard. Het aandeel is het conforme volume gedeeld door het "
                      "totale volume, afgerond op één decimaal."))),
            ClauseLine("proof_at_tender", content(words(
                "Le soumissionnaire joint à son offre :", "De inschrijver voegt bij zijn offerte:")), proof, (
                content(words("(1) la liste des produits, avec leur volume annuel prévu ;",
                              "(1) de lijst van de producten, met hun verwachte jaarvolume;")),
                content(words("(2) pour chacun, le numéro de licence du label ou le dossier technique du fabricant.",
                              "(2) voor elk product, het licentienummer van het keurmerk of het technisch dossier van "
                              "de fabrikant.")))),
            ClauseLine("proof_in_execution", content(
                words("Dans les ", "Binnen "), Parameter("ENV-CLEAN-001", "report_days", "30", True),
                words(" jours de calendrier qui suivent chaque semestre, l'adjudicataire remet le relevé des volumes "
                      "achetés.", " kalenderdagen na elk halfjaar bezorgt de opdrachtnemer het overzicht van de "
                                  "aangekochte volumes.")), follow_up),
            ClauseLine("consequence", content(
                words("Par point manquant, une pénalité de ", "Per volledig ontbrekend punt wordt een straf van "),
                Parameter("ENV-CLEAN-001", "penalty_per_point", "50\u00a0EUR", True),
                words(" est appliquée, plafonnée à ", " toegepast, begrensd tot "),
                Parameter("ENV-CLEAN-001", "penalty_cap", "2\u00a0%", True),
                words(" du montant hors TVA du semestre.", " van het bedrag zonder btw van het halfjaar.")),
                consequence)),
        clause("ENV-CLEAN-002", words("Dosage et consommation d'eau", "Dosering en waterverbruik"), technical,
            ClauseLine("obligation", content(words(
                "Chaque poste dispose d'un système de dosage. Le nettoyage à l'eau courante est exclu, sauf pour les "
                "sanitaires et les cuisines.",
                "Elke post beschikt over een doseersysteem. Reiniging met stromend water is uitgesloten, behalve voor "
                "sanitair en keukens.")))),
        clause("ETH-GEN-001", words("Chaîne d'approvisionnement des textiles", "Toeleveringsketen van het textiel"),
            technical,
            ClauseLine("obligation", content(words(
                "Les vêtements de travail et les textiles d'entretien proviennent de fabricants qui respectent les "
                "conventions fondamentales de l'Organisation internationale du Travail.",
                "De werkkledij en het schoonmaaktextiel komen van fabrikanten die de fundamentele verdragen van de "
                "Internationale Arbeidsorganisatie naleven.")))),
        clause("SOC-CLEAN-001", words("Travail de jour", "Dagschoonmaak"), performance,
            ClauseLine("obligation", content(
                words("Au moins ", "Ten minste "), Parameter("SOC-CLEAN-001", "day_share", "60\u00a0%", True),
                words(" des heures sont prestées entre 7 et 18 heures.", " van de uren wordt gepresteerd tussen 7 en "
                                                                         "18 uur."))),
            ClauseLine("consequence", content(
                words("Une pénalité de ", "Een straf van "),
                Parameter("SOC-CLEAN-001", "penalty_per_day",
                          words("à compléter : montant par jour", "aan te vullen: bedrag per dag"), False),
                words(" est due par jour et par bâtiment.", " is verschuldigd per dag en per gebouw.")), consequence),
            level=2),
        clause("DMP-GEN-001", words("Lutte contre le dumping social", "Strijd tegen sociale dumping"), performance,
            ClauseLine("obligation", content(words(
                "L'adjudicataire tient à jour, sur le lieu d'exécution, la liste du personnel occupé, sous-traitants "
                "compris.",
                "De opdrachtnemer houdt op de plaats van uitvoering de lijst van het tewerkgestelde personeel bij, "
                "onderaannemers inbegrepen."))), level=2),
        clause("SME-GEN-001", words("Paiement des sous-traitants", "Betaling van de onderaannemers"), performance,
            ClauseLine("obligation", content(
                words("L'adjudicataire paie ses sous-traitants dans les ", "De opdrachtnemer betaalt zijn "
                                                                            "onderaannemers binnen "),
                Parameter("SME-GEN-001", "payment_days", "30", True), words(" jours.", " dagen."))), level=2),
    )  # fmt: skip


def _technical_part(words: _Words, clauses: tuple[ClauseBlock, ...]) -> tuple[Section, ...]:
    return (
        Section(words("Spécifications techniques", "Technische specificaties"), 1, (), id="technical"),
        Section(words("Produits et matériel", "Producten en materiaal"), 2, (
            Paragraph(content(words("Les clauses de cette section valent pour les trois lots.",
                                    "De clausules van deze afdeling gelden voor de drie percelen."))),
            *clauses[:3],
            Paragraph(content(words("Les fiches de sécurité sont tenues dans chaque bâtiment.",
                                    "De veiligheidsfiches worden in elk gebouw bewaard."))),
        ), id="products"),
    )  # fmt: skip


def _execution_part(words: _Words, clauses: tuple[ClauseBlock, ...]) -> tuple[Section, ...]:
    return (
        Section(words("Conditions d'exécution", "Uitvoeringsvoorwaarden"), 1, clauses[3:5], id="execution"),
        Section(words("Réunions de suivi", "Opvolgingsvergaderingen"), 3, (
            Bullets((
                content(words("une réunion de démarrage ;", "een startvergadering;")),
                content(words("une réunion par trimestre ;", "een vergadering per kwartaal;")),
                content(words("une réunion de clôture.", "een slotvergadering.")),
            )), clauses[5]), id="meetings"),
    )  # fmt: skip


def _annexes(words: _Words, clauses: tuple[ClauseBlock, ...]) -> tuple[Section, ...]:
    moments = (words("offre", "offerte"), words("semestre", "halfjaar"), words("visite", "bezoek"))
    plan = Table(
        caption=words("Qui vérifie quoi, et quand", "Wie controleert wat, en wanneer"),
        header=(words("Clause", "Clausule"), words("Document", "Document"), words("Contrôle", "Controle"),
                words("Moment", "Moment")),
        rows=tuple(
            (content(Link(clause.clause_id, clause.clause_id)),
             content(words("Relevé ou attestation", "Overzicht of attest")),
             content(words("Comparer le document avec la valeur fixée dans la clause ; noter le résultat.",
                           "Het document vergelijken met de waarde in de clausule; het resultaat noteren.")),
             content(moments[index % 3]))
            for index, clause in enumerate(clauses)
        ),
        widths=(20, 24, 40, 16),
    )  # fmt: skip
    register = Table(
        caption=words("Clauses de ce document", "Clausules van dit document"),
        header=(
            words("Identifiant", "Identificatie"),
            words("Version", "Versie"),
            words("Titre", "Titel"),
            words("Empreinte", "Digest"),
        ),
        rows=tuple(content_row(c.clause_id, c.version, c.title, c.digest[:12]) for c in clauses),
        widths=(20, 12, 46, 22),
    )
    inventory = Table(
        caption=words("Inventaire, à remplir par le soumissionnaire", "Inventaris, in te vullen door de inschrijver"),
        header=(words("Poste", "Post"), words("Description", "Omschrijving"), words("Unité", "Eenheid"),
                words("Quantité", "Hoeveelheid"), words("Prix unitaire", "Eenheidsprijs"), words("Total", "Totaal")),
        rows=tuple(
            content_row(f"{lot}.{number}", words("Nettoyage courant, passage quotidien", "Dagelijkse schoonmaak"),
                        "m²", f"{number * 640}", "", "")
            for lot in (1, 2, 3) for number in range(1, 13)
        ),
        widths=(9, 37, 10, 14, 15, 15),
        right_aligned=(3, 4, 5),
    )  # fmt: skip
    return (
        Section(
            words("Plan de vérification", "Verificatieplan"),
            1,
            (plan,),
            id="verification",
            is_annex=True,
            starts_page=True,
        ),
        Section(
            words("Registre des clauses", "Clausuleregister"),
            1,
            (register,),
            id="register",
            is_annex=True,
            starts_page=True,
        ),
        Section(words("Inventaire des prix", "Prijsinventaris"), 1, (), id="prices", is_annex=True, starts_page=True),
        Section(words("Postes par lot", "Posten per perceel"), 2, (inventory,), is_annex=True),
    )
