"""Words of the BOAMP, which are names of empty elements, put into the codes of eForms where they mean the same."""

PROCEDURES = {
    "OUVERT": "open",
    "RESTREINT": "restricted",
    "NEGOCIE": "neg-w-call",
    "NEGOCIE_AVEC_APPEL": "neg-w-call",
    "PROCEDURE_CONCURRENTIELLE_NEGOCIATION": "neg-w-call",
    "NEGOCIE_SANS_PUBLICITE": "neg-wo-call",
    "DIALOGUE_COMPETITIF": "comp-dial",
    "PARTENARIAT_INNOVATION": "innovation",
}
"""`TYPE_PROCEDURE` → BT-105; `PROCEDURE_ADAPTE` has no equal."""

NATURES = {
    "SERVICE": "services",
    "SERVICES": "services",
    "TRAVAUX": "works",
    "FOURNITURE": "supplies",
    "FOURNITURES": "supplies",
}

FORM_TYPES = {
    "APPEL_OFFRE": "competition",
    "ATTRIBUTION": "result",
    "PRE-INFORMATION": "planning",
    "PREINFORMATION": "planning",
    "INTENTION_CONCLURE": "dir-awa-pre",
    "MODIFICATION": "cont-modif",
}
"""`TYPE_AVIS/NATURE` → BT-03."""

CHANGES = frozenset({"RECTIFICATIF", "RECTIF", "ANNULATION", "RECTIFANNUL"})
"""`TYPE_AVIS/STATUT` of a notice that changes or cancels an earlier one."""

AIMS = {"ENVIRONNEMENTAUX": "env-imp", "SOCIAUX": "soc-obj"}
"""`CRITERES_SOCIAUX_ENV` of the whole notice → BT-06; the index of the BOAMP sets it, no lot is told apart."""

RECEIVED = {
    "NB_OFFRE_RECU": "tenders",
    "NB_OFFRE_RECU_PME": "t-sme",
    "NB_OFFRE_RECU_UE": "t-oth-eea",
    "NB_OFFRE_RECU_NON_UE": "t-no-eea",
    "NB_OFFRE_RECU_ELECT": "t-esubm",
}
"""Counts of a decision → BT-760."""

NOT_AWARDED = {"INFRUCTUEUX": "unsuccessful", "SANS_SUITE": "discontinued", "NON_ATTRIBUE": None}
"""Elements of a decision without a holder, and the reason as TED words it."""

BUYER_TYPES = {
    "COMMUNE": "la",
    "AUTOTRITE_REGIONAL": "rl-aut",
    "AUTORITE_REGIONAL": "rl-aut",
    "MIN_AUTORITE_NATIONALE": "cga",
    "ORGANISME_DROIT_PUBLIC": "body-pl",
}
"""`TYPE_ORGANISME`, `TYPE_POUVOIR_ADJUDICATEUR` → BT-11; `AUTOTRITE` is how the BOAMP spells it."""

ACTIVITIES = {
    "ACT_SERV_ADM_PUB": "gen-pub",
    "SERV_GEN_ADM_PUB": "gen-pub",
    "DEFENSE": "defence",
    "ORDRE_SECURITE_PUBLIQUE": "pub-os",
    "ENVIRONNEMENT": "env-pro",
    "SANTE": "health",
    "EDUCATION": "education",
    "PROTECTION_SOCIALE": "soc-pro",
    "LOGEMENT_DEV_COLLECTIF": "hc-am",
    "AFFAIRES_ECO_FI": "econ-aff",
    "LOISIRS_CULTURE_RELIGION": "rcr",
}
"""`ACTIVITE_PRINCIPALE` → BT-10."""

SELECTION = {
    "SITUATION_JURIDIQUE": "sui-act",
    "CAP_ECO": "ef-stand",
    "CAP_TECH": "tp-abil",
    "CRITERE_SELECTION": None,
}
"""Conditions for taking part → BT-747."""
