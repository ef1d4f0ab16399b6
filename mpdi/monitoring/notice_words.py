"""The words of the interface for the codes of notices. A code that is in no list is shown as it is written."""

from collections.abc import Mapping
from decimal import Decimal

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l

from mpdi.clause_library import labels
from mpdi.clause_library.core.cpv import cpv_table
from mpdi.i18n import interface_language
from mpdi.i18n import translate as _
from mpdi.page import number

Words = Mapping[str, LazyString]

LABELS: Words = {
    "env_criterion": _l("Environment: something is asked or scored"),
    "env_subject": _l("Environment: the purpose of the purchase"),
    "social_criterion": _l("Social aims"),
    "ethical": _l("Ethics and human rights"),
    "anti_dumping": _l("Measures against social dumping"),
    "innovation": _l("Innovation"),
    "sme": _l("Small firms are eased or welcomed"),
}
THEMES: Mapping[str, str] = {
    "env_criterion": "environmental",
    "env_subject": "environmental",
    "social_criterion": "social",
    "ethical": "ethical",
    "anti_dumping": "anti_dumping",
    "innovation": "innovation",
    "sme": "sme",
}
PLACES: Words = {
    "subject": _l("what is bought"),
    "award": _l("award criteria"),
    "selection": _l("selection"),
    "performance": _l("performance conditions"),
    "other": _l("other information"),
    "left_out": _l("not searched"),
}
FORMS: Words = {
    "planning": _l("prior information"),
    "competition": _l("contract notice"),
    "result": _l("result"),
    "dir-awa-pre": _l("award without a call"),
    "cont-modif": _l("change of a contract"),
    "change": _l("correction"),
    "completion": _l("end of a contract"),
    "consultation": _l("market consultation"),
    "bri": _l("registration of a firm"),
}
PROCEDURES: Words = {
    "open": _l("open procedure"),
    "restricted": _l("restricted procedure"),
    "neg-w-call": _l("negotiated with a call"),
    "neg-wo-call": _l("negotiated without a call"),
    "comp-dial": _l("competitive dialogue"),
    "comp-tend": _l("competitive tendering"),
    "innovation": _l("innovation partnership"),
    "oth-single": _l("other procedure in one stage"),
    "oth-mult": _l("other procedure in several stages"),
}
AIMS: Words = {
    "env-imp": _l("reduce environmental impact"),
    "soc-obj": _l("social objectives"),
    "inn-pur": _l("innovative purchase"),
    "none": _l("none"),
}
SOCIAL: Words = {
    "acc-all": _l("accessible to all"),
    "et-eq": _l("ethnic equality"),
    "gen-eq": _l("equality of women and men"),
    "hum-right": _l("human rights in supply chains"),
    "opp": _l("work for disadvantaged people"),
    "work-cond": _l("fair working conditions"),
    "other": _l("another one"),
}
INNOVATION: Words = {
    "mar-nov": _l("new to the market"),
    "proc-innov": _l("innovative process"),
    "prod-innov": _l("innovative product"),
    "rd-act": _l("research and development"),
    "other": _l("another one"),
}
GPP: Words = {
    "eu": _l("EU green public procurement criteria"),
    "national": _l("national criteria"),
    "other": _l("other criteria"),
    "none": _l("none"),
}
ACCESSIBILITY: Words = {
    "inc": _l("included"),
    "n-inc": _l("not included: not for natural persons"),
    "n-inc-just": _l("not included, with a reason"),
}
RESERVED: Words = {
    "res-ws": _l("reserved for sheltered workshops and firms that employ disadvantaged people"),
    "res-pub-ser": _l("reserved for organisations with a public service mission"),
    "none": _l("not reserved"),
}
SIZES: Words = {
    "micro": _l("micro-enterprise"),
    "small": _l("small enterprise"),
    "medium": _l("medium enterprise"),
    "large": _l("large enterprise"),
    "sme": _l("small or medium enterprise"),
}
STATUSES: Words = {
    "selec-w": _l("a winner was chosen"),
    "clos-nw": _l("closed without a winner"),
    "open-nw": _l("no winner yet"),
}
REASONS: Words = {
    "no-rece": _l("no tender was received"),
    "all-rej": _l("every tender was withdrawn or refused"),
    "chan-need": _l("the need changed"),
    "ins-fund": _l("not enough money"),
    "one-admis": _l("only one tender could be accepted"),
    "no-signed": _l("the best tenderer did not sign"),
    "rev-body": _l("decision of a review body"),
    "rev-buyer": _l("decision of the buyer after a complaint"),
    "tch-pr-error": _l("technical or procedural errors"),
    "other": _l("another reason"),
    "unsuccessful": _l("no suitable tender"),
    "discontinued": _l("procedure ended"),
}
FRAMEWORKS: Words = {
    "none": _l("no framework agreement"),
    "fa": _l("framework agreement"),
    "fa-wo-rc": _l("framework agreement without new competition"),
    "fa-w-rc": _l("framework agreement with new competition"),
    "fa-mix": _l("framework agreement, partly with new competition"),
}
CRITERIA: Words = {
    "price": _l("price"),
    "cost": _l("cost"),
    "quality": _l("quality"),
}
BUYERS: Words = {
    "cga": _l("federal or central authority"),
    "ra": _l("regional authority"),
    "la": _l("local authority"),
    "body-pl": _l("body governed by public law"),
    "body-pl-cga": _l("body governed by public law, central level"),
    "body-pl-ra": _l("body governed by public law, regional level"),
    "body-pl-la": _l("body governed by public law, local level"),
    "pub-undert": _l("public undertaking"),
    "eu-ins-bod-ag": _l("institution or agency of the European Union"),
}
NATURES: Words = {"works": _l("Works"), "supplies": _l("Supplies"), "services": _l("Services")}
FORMATS: Mapping[str, str] = {
    "eforms": "eForms",
    "ted_export": "TED XML",
    "ocds": "OCDS",
    "decp": "DECP",
    "boamp": "BOAMP",
    "bda": "BDA",
    "mapped": "CSV, XLSX",
}
DECLARED: tuple[tuple[str, str, LazyString, Words], ...] = (
    ("aims", "BT-06", _l("Strategic procurement"), AIMS),
    (
        "environmental",
        "BT-774",
        _l("Environmental impact"),
        {**labels.OBJECTIVES, "other": _l("another one")},
    ),
    ("social", "BT-775", _l("Social objective"), SOCIAL),
    ("innovation", "BT-776", _l("Innovative purchase"), INNOVATION),
    ("gpp_criteria", "BT-805", _l("Green procurement criteria"), GPP),
    ("accessibility", "BT-754", _l("Accessibility criteria"), ACCESSIBILITY),
)
"""What a lot may declare: key, business term, name, words of its codes."""
LEVELS = {
    "la": "local",
    "body-pl-la": "local",
    "ra": "regional",
    "body-pl-ra": "regional",
    "cga": "federal",
    "body-pl-cga": "federal",
}


def word(words: Mapping[str, object], code: str | None) -> str:
    """The words of a code; the code itself where it has none, a dash where nothing is stated."""
    return "–" if code is None else str(words.get(code, code))


def words_of(words: Mapping[str, object], codes: tuple[str, ...] | list[str] | None) -> str:
    """The words of several codes."""
    return "; ".join(word(words, code) for code in codes or ())


def cpv_name(code: str) -> str:
    """The digits of a CPV code with its official name in the language of the page."""
    known = cpv_table().get(code[:8])
    return f"{code[:8]} {known.name(interface_language())}" if known else code


def duration_words(value: Decimal, unit: str | None) -> str:
    """“48 months”."""
    plural = 1 if value == 1 else 2
    shown = number(value)
    if unit == "DAY":
        return str(ngettext("%(shown)s day", "%(shown)s days", plural, shown=shown))
    if unit == "WEEK":
        return str(ngettext("%(shown)s week", "%(shown)s weeks", plural, shown=shown))
    if unit == "MONTH":
        return str(ngettext("%(shown)s month", "%(shown)s months", plural, shown=shown))
    if unit == "YEAR":
        return str(ngettext("%(shown)s year", "%(shown)s years", plural, shown=shown))
    return f"{shown} {unit or ''}".strip()


def weight_words(weight: str, unit: str | None) -> str:
    """“60 %”, “60 points”, or as it is written."""
    shown = weight.replace(".", ",") if interface_language() != "en" else weight
    if unit in ("per-exa", "per-mid"):
        return f"{shown} %"
    if unit in ("poi-exa", "poi-mid"):
        return _("%(shown)s points", shown=shown)
    return shown
