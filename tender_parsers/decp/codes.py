"""Words of the DECP put into the codes of eForms, where they mean the same."""

PROCEDURES = {
    "appel d'offres ouvert": "open",
    "appel d'offres restreint": "restricted",
    "procédure concurrentielle avec négociation": "neg-w-call",
    "procédure avec négociation": "neg-w-call",
    "procédure négociée avec mise en concurrence préalable": "neg-w-call",
    "marché négocié sans publicité ni mise en concurrence préalable": "neg-wo-call",
    "marché passé sans publicité ni mise en concurrence préalable": "neg-wo-call",
    "procédure négociée sans publicité ni mise en concurrence préalable": "neg-wo-call",
    "dialogue compétitif": "comp-dial",
    "partenariat d'innovation": "innovation",
}
"""`procedure` → BT-105. `Procédure adaptée` and the procedures of concessions have no equal there."""

NO_SOCIAL = "pas de considération sociale"
NO_ENVIRONMENTAL = "pas de considération environnementale"
RESERVED = frozenset({"marché réservé", "concession réservée", "concession réservé"})
"""Social considerations that reserve the contract: sheltered workshops or the social economy, the DECP do not say which."""
RESERVED_UNSPECIFIED = "reserved"
"""In `reserved_participation`: reserved, by which of the two articles is not said. No code of eForms."""

SIZES = {"pme": "sme", "eti": "large", "ge": "large"}
"""`titulaire.categorie` of enriched files → BT-165: an *entreprise de taille intermédiaire* is no SME in the Union's sense."""

CONCESSION_NATURES = {
    "concession de travaux": "works",
    "concession de service": "services",
    "concession de services": "services",
    "concession de service public": "services",
    "délégation de service public": "services",
}


def nature_of_cpv(digits: str | None) -> str | None:
    """Contract nature by the division of the CPV: 45 works; below, and 48, supplies; the rest services."""
    if digits is None:
        return None
    division = int(digits[:2])
    if division == 45:
        return "works"
    return "supplies" if division < 45 or division == 48 else "services"
