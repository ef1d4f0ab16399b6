"""The words of the interface for every value of the closed lists, in the language of the request.

Templates reach this module as `labels`: `labels.kind("award")`. A value of a closed list without words is a `KeyError`,
and a test asks for each of them.
"""

from collections.abc import Callable, Iterable, Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from mpdi.clause_library.core.reasons import fact_label, value_label
from mpdi.i18n import interface_language

Words = Mapping[str, LazyString]
Lookup = Callable[[str], str]


def _closed(words: Words) -> Lookup:
    return lambda code: str(words[code])


THEMES: Words = {
    "environmental": _l("Environment"),
    "social": _l("Social"),
    "ethical": _l("Ethics"),
    "anti_dumping": _l("Social dumping"),
    "sme": _l("Small firms"),
    "innovation": _l("Innovation"),
}
THEME_LETTERS: Mapping[str, Mapping[str, str]] = {
    "environmental": {},
    "social": {},
    "innovation": {},
    "ethical": {"fr": "É", "nl": "ET", "en": "ET"},
    "anti_dumping": {"fr": "AD", "nl": "AD", "en": "AD"},
    "sme": {"fr": "P", "nl": "K", "en": "P"},
}
"""Letter mark of each theme where it is not the first letter of its code: É or ET, AD, P (PME) or K (kmo)."""
KINDS: Words = {
    "preparation": _l("Preparation"),
    "lot_structure": _l("Lots"),
    "exclusion": _l("Exclusion ground"),
    "selection": _l("Selection criterion"),
    "technical_specification": _l("Technical specification"),
    "award": _l("Award criterion"),
    "variant": _l("Variants"),
    "price": _l("Price"),
    "performance": _l("Performance condition"),
    "sanction": _l("Sanctions"),
}
STATUSES: Words = {
    "draft": _l("Draft"),
    "in_review": _l("In editorial review"),
    "published": _l("Published"),
    "superseded": _l("Replaced by a newer version"),
    "withdrawn": _l("Withdrawn"),
}
CERTAINTIES: Words = {
    "verified": _l("read in the source"),
    "partly": _l("read in part"),
    "general_knowledge": _l("to be verified"),
}
DECISIONS: Words = {"in": _l("In"), "suggested": _l("Suggested"), "out": _l("Out")}
SEVERITIES: Words = {"block": _l("To mend"), "warn": _l("To read")}
PARTS: Words = {
    "definition": _l("Definitions"),
    "obligation": _l("Obligation"),
    "label_statement": _l("Statement on labels"),
    "scoring": _l("Scoring"),
    "calculation": _l("Calculation"),
    "proof_at_tender": _l("Proof with the tender"),
    "proof_in_execution": _l("Proof during execution"),
    "change": _l("Changes"),
    "consequence": _l("Consequence"),
    "notice": _l("For the contract notice"),
    "internal": _l("For the buyer's file, not printed for tenderers"),
}
CHECKERS: Words = {
    "buyer": _l("the buyer"),
    "evaluator": _l("the evaluator of tenders"),
    "contract_manager": _l("the contract manager"),
    "site_manager": _l("the site manager"),
    "contractor": _l("the contractor"),
    "third_party": _l("a third party"),
}
CHECK_SOURCES: Words = {
    "tender": _l("the tender"),
    "label_register": _l("register of the label"),
    "telemarc": _l("Telemarc"),
    "onss": _l("social security office"),
    "limosa": _l("Limosa"),
    "check_in_at_work": _l("Check In and Out at Work"),
    "eprel": _l("EPREL"),
    "go_registry": _l("register of guarantees of origin"),
    "invoice": _l("invoice"),
    "delivery_note": _l("delivery note"),
    "payslip": _l("payslip"),
    "time_log": _l("time log"),
    "laboratory": _l("laboratory"),
    "site": _l("on site"),
    "public_register": _l("public register"),
    "contractor": _l("documents of the contractor"),
}
MOMENTS: Words = {
    "tender": _l("with the tender"),
    "award": _l("before the award"),
    "start": _l("at the start"),
    "each_delivery": _l("at each delivery"),
    "each_invoice": _l("at each invoice"),
    "monthly": _l("every month"),
    "quarterly": _l("every quarter"),
    "each_half_year": _l("every half-year"),
    "yearly": _l("every year"),
    "yearly_unannounced": _l("every year, unannounced"),
    "acceptance": _l("at acceptance"),
    "end": _l("at the end"),
}
PROVENANCES: Words = {
    "law": _l("fixed by law"),
    "eu_gpp": _l("EU green public procurement criteria"),
    "eu_ecolabel": _l("criteria of the EU Ecolabel"),
    "belgian_practice": _l("Belgian practice"),
    "project_default": _l("proposed by this library"),
    "buyer": _l("yours to choose"),
}
DECIDERS: Words = {"buyer": _l("You"), "law": _l("The law")}
OBLIGATIONS: Words = {
    "information": _l("for information: not compulsory"),
    "recommended": _l("recommended"),
    "basic_requirement": _l("basic requirement"),
}
SANCTIONS: Words = {
    "special_penalty": _l("special penalty"),
    "general_penalty": _l("general penalty"),
    "delay_fine": _l("fine for delay"),
    "withholding": _l("payment withheld"),
    "ex_officio": _l("measures ex officio"),
    "irregular_tender": _l("tender irregular"),
    "exclusion": _l("exclusion"),
    "not_selected": _l("candidate not selected"),
    "no_points": _l("no points"),
    "none": _l("none"),
}
AWARD_METHODS: Words = {
    "proportional": _l("in proportion"),
    "steps": _l("by steps"),
    "formula": _l("by formula"),
    "price_share": _l("share of the price"),
}
LABEL_TYPES: Words = {
    "type_i": _l("ecolabel of type I"),
    "management_system": _l("management system"),
    "sustainability_scheme": _l("sustainability scheme"),
    "building_certification": _l("certification of buildings"),
    "assessment_method": _l("method of assessment"),
    "official_certificate": _l("certificate or scale set by law"),
}
LABEL_USES: Words = {
    "whole": _l("As proof, if every criterion is linked to the purchase"),
    "part": _l("Some of its specifications only"),
    "selection": _l("Selection of the firm only"),
    "evidence": _l("Proof of a performance that you set"),
}
SOURCE_KINDS: Words = {
    "law": _l("law"),
    "eu_ecolabel": _l("EU Ecolabel"),
    "eu_gpp": _l("EU green public procurement"),
    "guide": _l("guide"),
    "practice": _l("practice"),
    "own": _l("own work"),
}
EFFORTS: Words = {
    "1": _l("nothing to produce"),
    "2": _l("about an hour, with a model"),
    "3": _l("a certificate or an outside service"),
    "4": _l("an investment"),
}
READINESS: Words = {
    "1": _l("The market is ready."),
    "2": _l("Most of the market is ready."),
    "3": _l("Part of the market is ready."),
    "4": _l("Few firms can offer this."),
}
SME_RISKS: Words = {
    "1": _l("Neutral for small firms."),
    "2": _l("A small effort for small firms."),
    "3": _l("May put small firms off."),
    "4": _l("Reduces the number of small firms that can tender."),
}
EFORMS_FIELDS: Words = {
    "strategic_procurement": _l("Strategic procurement (BT-06)"),
    "environmental_impact": _l("Environmental impact (BT-774)"),
    "social_objective": _l("Social objective (BT-775)"),
    "innovative_acquisition": _l("Innovative acquisition (BT-776)"),
    "gpp_criteria": _l("Green procurement criteria (BT-805)"),
}
OBJECTIVES: Words = {
    "clim-mitig": _l("Climate change mitigation"),
    "clim-adapt": _l("Climate change adaptation"),
    "water-mar": _l("Sustainable use and protection of water and marine resources"),
    "circ-econ": _l("Transition to a circular economy"),
    "pollu-prev": _l("Pollution prevention and control"),
    "biodiv-eco": _l("Protection and restoration of biodiversity and ecosystems"),
}
ROLES: Words = {"critical reader": _l("critical reader"), "lawyer": _l("lawyer")}

theme = _closed(THEMES)
kind = _closed(KINDS)
status = _closed(STATUSES)
certainty = _closed(CERTAINTIES)
decision = _closed(DECISIONS)
severity = _closed(SEVERITIES)
part = _closed(PARTS)
checker = _closed(CHECKERS)
check_source = _closed(CHECK_SOURCES)
moment = _closed(MOMENTS)
provenance = _closed(PROVENANCES)
decider = _closed(DECIDERS)
obligation = _closed(OBLIGATIONS)
award_method = _closed(AWARD_METHODS)
label_use = _closed(LABEL_USES)
source_kind = _closed(SOURCE_KINDS)
eforms_field = _closed(EFORMS_FIELDS)
objective = _closed(OBJECTIVES)


def sanctions(codes: Iterable[str]) -> str:
    """Return what follows a breach, as the beginning of a sentence."""
    return capital(", ".join(str(SANCTIONS[code]) for code in codes))


def theme_letter(code: str) -> str:
    """Return the letter mark of a theme in the language of the page."""
    return THEME_LETTERS[code].get(interface_language(), code[0].upper())


def category(code: str) -> str:
    """Return a market category in words."""
    return value_label("category", code, interface_language())


def ambition(code: str) -> str:
    """Return a level of ambition in words."""
    return value_label("ambition", code, interface_language())


def nature(code: str) -> str:
    """Return the nature of a contract in words."""
    return value_label("nature", code, interface_language())


def fact(code: str) -> str:
    """Return the name of a fact of a purchase in words."""
    return fact_label(code, interface_language())


def effort(level: int) -> str:
    """Say what a piece of evidence costs a small firm, 1 to 4."""
    return str(EFFORTS[str(level)])


def readiness(score: int) -> str:
    """Say how ready the market is, 1 to 4."""
    return str(READINESS[str(score)])


def sme_risk(score: int) -> str:
    """Say what the clause does to small firms, 1 to 4."""
    return str(SME_RISKS[str(score)])


def label_type(code: str) -> str:
    """Return a type of label in words; the code itself where it is one of an open list."""
    return str(LABEL_TYPES.get(code, code.replace("_", " ")))


def role(code: str) -> str:
    """Return the role of a reader; the word of the register where it is another one."""
    return str(ROLES.get(code, code))


def capital(text: str) -> str:
    """Return a text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]
