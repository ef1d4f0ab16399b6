"""The closed lists that every clause, answers file and page uses."""

from enum import StrEnum
from typing import Literal

Language = Literal["fr", "nl"]
LANGUAGES: tuple[Language, Language] = ("fr", "nl")


class ClauseKind(StrEnum):
    """What a clause does in the documents; the law treats each kind differently."""

    PREPARATION = "preparation"
    LOT_STRUCTURE = "lot_structure"
    EXCLUSION = "exclusion"
    SELECTION = "selection"
    TECHNICAL_SPECIFICATION = "technical_specification"
    AWARD = "award"
    VARIANT = "variant"
    PRICE = "price"
    PERFORMANCE = "performance"
    SANCTION = "sanction"


class Ambition(StrEnum):
    """How far a clause goes. Cumulative: who asks for `advanced` takes `core` along."""

    CORE = "core"
    ADVANCED = "advanced"
    EXEMPLARY = "exemplary"

    @property
    def rank(self) -> int:
        """0 for core, 1 for advanced, 2 for exemplary."""
        return list(Ambition).index(self)


class Theme(StrEnum):
    """What a clause is about; the first theme is the one in the identifier."""

    ENVIRONMENTAL = "environmental"
    SOCIAL = "social"
    ETHICAL = "ethical"
    ANTI_DUMPING = "anti_dumping"
    SME = "sme"
    INNOVATION = "innovation"


class Category(StrEnum):
    """Market category of a purchase."""

    GENERAL = "general"
    FOOD = "food"
    CLEANING = "cleaning"
    WORKS = "works"
    IT = "it"
    FURNITURE = "furniture"
    TEXTILES = "textiles"
    PAPER = "paper"
    VEHICLES = "vehicles"
    LOGISTICS = "logistics"
    ENERGY = "energy"
    GREEN_SPACES = "green_spaces"
    EVENTS = "events"
    WASTE = "waste"
    SECURITY = "security"
    FINANCIAL = "financial"
    COMMUNICATION = "communication"
    HEALTH = "health"


class Nature(StrEnum):
    """Nature of a contract."""

    WORKS = "works"
    SUPPLIES = "supplies"
    SERVICES = "services"
    CONCESSION = "concession"


class Procedure(StrEnum):
    """Award procedure (Law of 17 June 2016, articles 36 to 43 and 92)."""

    OPEN = "open"
    RESTRICTED = "restricted"
    COMPETITIVE_NEGOTIATION = "competitive_negotiation"
    NEGOTIATED_WITH_PUBLICATION = "negotiated_with_publication"
    NEGOTIATED_WITHOUT_PUBLICATION = "negotiated_without_publication"
    COMPETITIVE_DIALOGUE = "competitive_dialogue"
    INNOVATION_PARTNERSHIP = "innovation_partnership"
    LOW_VALUE = "low_value"


class AuthorityType(StrEnum):
    """Level of a contracting authority."""

    LOCAL = "local"
    REGIONAL = "regional"
    FEDERAL = "federal"
    OTHER = "other"


class PurchaseOption(StrEnum):
    """What a buyer may ask for besides the ambition."""

    RESERVED_LOT = "reserved_lot"
    SOCIAL_CLAUSE = "social_clause"
    INNOVATION = "innovation"
    LIFE_CYCLE_COST = "life_cycle_cost"
    VARIANTS = "variants"
    MARKET_CONSULTATION = "market_consultation"


class Status(StrEnum):
    """Editorial status of a clause version."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Certainty(StrEnum):
    """How sure we are of a legal basis."""

    VERIFIED = "verified"
    PARTLY = "partly"
    GENERAL_KNOWLEDGE = "general_knowledge"

    @property
    def rank(self) -> int:
        """2 for verified, 1 for partly, 0 for general knowledge."""
        return 2 - list(Certainty).index(self)


class Decision(StrEnum):
    """What the library says of a clause for a purchase."""

    IN = "in"
    SUGGESTED = "suggested"
    OUT = "out"


class Severity(StrEnum):
    """Severity of a finding: `block` must be mended, `warn` must be read."""

    BLOCK = "block"
    WARN = "warn"


class TaxonomyObjective(StrEnum):
    """The six environmental objectives of Regulation (EU) 2020/852, as eForms codes."""

    CLIM_MITIG = "clim-mitig"
    CLIM_ADAPT = "clim-adapt"
    WATER_MAR = "water-mar"
    CIRC_ECON = "circ-econ"
    POLLU_PREV = "pollu-prev"
    BIODIV_ECO = "biodiv-eco"


PRINTED_PARTS = (
    "definition",
    "obligation",
    "label_statement",
    "scoring",
    "calculation",
    "proof_at_tender",
    "proof_in_execution",
    "change",
    "consequence",
)
"""Parts printed for tenderers, in the order a clause reads; `notice` and `internal` are for the buyer."""

LABEL_TYPES_WITHOUT_STATEMENT = frozenset({"management_system", "assessment_method", "official_certificate"})
"""Types of labels that are no proof under article 54: of the firm, or of a performance that the documents themselves set."""
