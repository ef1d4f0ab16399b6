"""Lint of a whole specification: each rule on both sides of its threshold, in three languages."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pytest
from clause_samples import clause_data, paragraph, purchase, version_of

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.purchase import Authority, AwardWeight, DnshAnswer, LotDetail
from mpdi.clause_library.core.selection import select
from mpdi.clause_library.core.vocabulary import (
    AuthorityType,
    Nature,
    Procedure,
    PurchaseOption,
    Severity,
    TaxonomyObjective,
)
from mpdi.resources import folder
from mpdi.specifications.checking.findings import Finding
from mpdi.specifications.checking.lint import lint

TEXTS = {
    key: item
    for key, item in strict_yaml.read(folder("clauses") / "rules" / "lint.yaml").items()
    if key not in ("levels", "served_options")
}
LOCAL, REGIONAL = (Authority("A", kind) for kind in (AuthorityType.LOCAL, AuthorityType.REGIONAL))
CLEANING, CATERING, CONSULTING = ("90919200",), ("55524000",), ("72000000",)
ADVANCE = clause_data("SME-GEN-007", "performance")
AWARD = clause_data("ENV-GEN-902", "award")
MINIMUM = clause_data("ENV-GEN-901", award_companion="ENV-GEN-902")
BOTH = clause_data("ENV-GEN-902", "award", award_companion="ENV-GEN-901")
BEYOND = {
    **BOTH,
    "text": [
        paragraph(item["part"], "Ce qui va au-delà du minimum.", "Wat boven het minimum ligt.") for item in BOTH["text"]
    ],
}
INSERTION, FLEXIBLE = clause_data("SOC-GEN-001", "performance"), clause_data("SOC-GEN-003", "performance")
WHY = {"fr": "Elle la complète", "nl": "Ze vult ze aan"}
NEEDY = clause_data("SOC-GEN-902", "performance", requires=[{"id": "ENV-GEN-901", "reason": WHY}])
AT_ODDS = clause_data("DMP-GEN-902", "performance", conflicts=[{"id": "ENV-GEN-901", "reason": WHY}])
SOCIAL = clause_data(
    "SOC-GEN-901",
    "performance",
    applicability={"all": [{"options": "social_clause"}, {"estimated_value": {"above": 125000}}]},
)
ABOVE = {"authority": LOCAL, "estimated_value": Decimal(216_000), "lots": 2, "advance_percent": Decimal(20)}


def weights(**criteria: Any) -> dict[str, Any]:
    return {
        "award": tuple(AwardWeight(name.replace("_", "-"), Decimal(str(weight))) for name, weight in criteria.items())
    }


def worth(value: str, **answers: Any) -> dict[str, Any]:
    return {"estimated_value": Decimal(value), **answers}


def due(**answers: Any) -> dict[str, Any]:
    """A purchase for which an advance is mandatory."""
    return {
        "authority": LOCAL,
        "estimated_value": Decimal(100_000),
        "procedure": Procedure.OPEN,
        "duration_months": Decimal(12),
        **answers,
    }


@dataclass(frozen=True)
class Border:
    """A finding, the answers that just lead to it and those that just do not; the clauses considered."""

    key: str
    found: dict[str, Any]
    not_found: dict[str, Any]
    clauses: tuple[dict[str, Any], ...] = ()
    other_clauses: tuple[dict[str, Any], ...] | None = None


WITHOUT = Procedure.NEGOTIATED_WITHOUT_PUBLICATION
OWN = (AwardWeight("price", Decimal(60)), AwardWeight("Qualité", Decimal(40)))
DIRECT = {"procedure": Procedure.NEGOTIATED_WITH_PUBLICATION, "authority": LOCAL}
THREE = (LotDetail("A", Decimal(30)), LotDetail("B", Decimal(30)), LotDetail("C", Decimal(30)))
WATER = DnshAnswer(TaxonomyObjective.WATER_MAR, True, "Eaux usées")
WHOLE = (OWN[0], AwardWeight("Qualité", Decimal(40), "40 points pour…", "Note de deux pages"))
BORDERS = [
    Border("award_total", weights(price="99.99"), weights(price="100")),
    Border("award_total", weights(price="60", ENV_GEN_902="40.01"), weights(price="60", ENV_GEN_902="40"), (AWARD,)),
    Border(
        "award_without_scale",
        {"award": (AwardWeight("price", Decimal(60)), AwardWeight("Qualité", Decimal(40)))},
        weights(price="60", ENV_GEN_902="40"),
        (AWARD,),
    ),
    Border(
        "award_own_criterion",
        {**ABOVE, "estimated_value": Decimal("215999.99"), "award": OWN},
        {**ABOVE, "award": OWN},
    ),
    *(
        Border(key, {**answers, "award": (OWN[0], half)}, {**answers, "award": WHOLE})
        for key, answers in (
            ("award_own_criterion", {**ABOVE, "estimated_value": Decimal(1000)}),
            ("award_without_scale", ABOVE),
        )
        for half in (replace(WHOLE[1], scale=None), replace(WHOLE[1], proof=None))
    ),
    Border(
        "procedure_low_value",
        worth("30000", procedure=Procedure.LOW_VALUE),
        worth("29999.99", procedure=Procedure.LOW_VALUE),
    ),
    Border(
        "procedure_low_value", worth("30000", procedure=Procedure.LOW_VALUE), worth("30000", procedure=Procedure.OPEN)
    ),
    *(
        Border("procedure_negotiated", worth(at, **{**DIRECT, **answers}), worth(under, **{**DIRECT, **answers}))
        for at, under, answers in (
            ("216000", "215999.99", {}),
            ("750000", "749999.99", {"nature": Nature.WORKS}),
        )
    ),
    Border("procedure_negotiated", worth("300000", **DIRECT), worth("300000", **DIRECT, cpv=CATERING)),
    Border("procedure_without_publication", worth("140000", procedure=WITHOUT), worth("139999.99", procedure=WITHOUT)),
    Border(
        "procedure_without_publication",
        worth("750000", procedure=WITHOUT, cpv=CATERING),
        worth("749999.99", procedure=WITHOUT, cpv=CATERING),
    ),
    Border("dnsh_measure", {"dnsh": (WATER,)}, {"dnsh": (replace(WATER, measure="ENV-CLEAN-001"),)}),
    Border("dnsh_measure", {"dnsh": (WATER,)}, {"dnsh": (replace(WATER, relevant=False),)}),
    Border("lots_total", worth("100", lots_detail=THREE), worth("90", lots_detail=THREE)),
    Border(
        "award_unknown_clause", weights(price="60", ENV_GEN_999="40"), weights(price="60", ENV_GEN_902="40"), (AWARD,)
    ),
    Border("award_unknown_clause", weights(price="99", ENV_GEN_999="1"), weights(price="100", ENV_GEN_999="0")),
    Border("award_without_weight", ABOVE, {**ABOVE, "estimated_value": Decimal("215999.99")}, (AWARD,)),
    Border("award_without_weight", ABOVE, {**ABOVE, **weights(price="60", ENV_GEN_902="40")}, (AWARD,)),
    Border("award_order_only", {**ABOVE, "estimated_value": Decimal("215999.99")}, ABOVE, (AWARD,)),
    Border("award_order_only", {}, {}, (AWARD,), ()),
    *(
        Border(
            "award_selection_mixed",
            {"award": (AwardWeight(words, Decimal(100)),)},
            {"award": (AwardWeight("Délai", Decimal(100)),)},
        )
        for words in ("Références de la firme", "Ervaring van de firma", "Chiffre d'affaires", "Omzet", "Experience")
    ),
    Border("turnover", {"turnover_factor": Decimal("2.01")}, {"turnover_factor": Decimal(2)}),
    Border("payment", {"payment_days": 31}, {"payment_days": 30}),
    Border("deposit_high", {"deposit_percent": Decimal("5.01")}, {"deposit_percent": Decimal(5)}),
    Border("deposit_small", worth("49999.99", deposit_percent=Decimal(3)), worth("50000", deposit_percent=Decimal(3))),
    Border(
        "deposit_small", worth("10000", deposit_percent=Decimal("0.01")), worth("10000", deposit_percent=Decimal(0))
    ),
    Border("lots", worth("140000", lots=0), worth("139999.99", lots=0)),
    Border("lots", worth("500000", lots=0), worth("500000", lots=0, no_lots_reason="Un seul site")),
    Border("lots", worth("500000", lots=0, nature=Nature.WORKS), worth("500000", lots=2, nature=Nature.WORKS)),
    Border("lots_unknown", worth("140000"), worth("139999.99")),
    Border("lots_unknown", worth("500000"), worth("500000", lots_detail=(LotDetail("A"), LotDetail("B")))),
    Border("advance_missing", due(), due(), (), (ADVANCE,)),
    Border("advance_missing", due(), due(advance_percent=Decimal(20))),
    Border("advance_missing", due(estimated_value=Decimal(30_000)), due(estimated_value=Decimal("29999.99"))),
    Border("advance_missing", due(duration_months=Decimal(2)), due(duration_months=Decimal("1.99"))),
    Border("advance_missing", due(duration_months=None), due(authority=Authority("A", AuthorityType.OTHER))),
    Border("advance_missing", due(authority=REGIONAL), due(nature=Nature.CONCESSION)),
    Border(
        "advance_low",
        due(procedure=WITHOUT, advance_percent=Decimal("14.99")),
        due(procedure=WITHOUT, advance_percent=Decimal(15)),
    ),
    Border("advance_high", {"advance_percent": Decimal("20.01")}, {"advance_percent": Decimal(20)}),
    Border("advance_below_sme", due(advance_percent=Decimal("19.99")), due(advance_percent=Decimal(20))),
    Border("advance_below_sme", due(advance_percent=Decimal(10)), due(advance_percent=Decimal(10)), (), (ADVANCE,)),
    Border("companion", {}, {}, (MINIMUM, BOTH), (MINIMUM, BEYOND)),
    Border("companion", {}, {}, (MINIMUM, BOTH), (BOTH,)),
    *(Border("insertion_small", worth("124999.99"), worth("125000"), (clause,)) for clause in (INSERTION, FLEXIBLE)),
    Border(
        "insertion_small",
        worth("21999.99", nature=Nature.SUPPLIES),
        worth("22000", nature=Nature.SUPPLIES),
        (INSERTION,),
    ),
    Border("insertion_small", worth("10000"), worth("10000"), (INSERTION,), ()),
    Border("insertion_short", {"duration_months": Decimal("0.46")}, {"duration_months": Decimal("0.47")}, (INSERTION,)),
    Border("price_weight", {"cpv": CLEANING, **weights(price="60.01")}, {"cpv": CLEANING, **weights(price="60")}),
    Border("price_weight", {"cpv": CATERING, **weights(price="100")}, {"cpv": CONSULTING, **weights(price="100")}),
    Border(
        "price_weight",
        {"nature": Nature.WORKS, **weights(price="61")},
        {"nature": Nature.SUPPLIES, **weights(price="61")},
    ),
    Border("reserved", {"lots_detail": (LotDetail("A", None, True),)}, {"lots_detail": (LotDetail("A", None, False),)}),
    Border(
        "reserved",
        {"lots_detail": (LotDetail("A", None, True),)},
        {"lots_detail": (LotDetail("A", None, True),)},
        (),
        (clause_data("SOC-GEN-004", "lot_structure"),),
    ),
    Border(
        "reserved_unnamed",
        {"options": (PurchaseOption.RESERVED_LOT,)},
        {"options": (PurchaseOption.RESERVED_LOT,), "lots_detail": (LotDetail("A", None, True),)},
    ),
    Border(
        "variants_open",
        {"options": (PurchaseOption.VARIANTS,)},
        {"options": (PurchaseOption.VARIANTS,)},
        (),
        (clause_data("INN-GEN-002", "variant"),),
    ),
    Border(
        "variants_open",
        {**ABOVE, "estimated_value": Decimal("215999.99"), "options": (PurchaseOption.VARIANTS,)},
        {**ABOVE, "options": (PurchaseOption.VARIANTS,)},
    ),
    Border("companion_missing", {}, {}, (NEEDY,), (NEEDY, MINIMUM)),
    Border("clauses_conflict", {}, {}, (AT_ODDS, MINIMUM), (AT_ODDS,)),
    Border(
        "award_weight_range", weights(price="49", ENV_GEN_902="51"), weights(price="50", ENV_GEN_902="50"), (AWARD,)
    ),
    Border("award_weight_range", weights(price="91", ENV_GEN_902="9"), weights(price="90", ENV_GEN_902="10"), (AWARD,)),
    Border(
        "option_out",
        worth("125000", options=(PurchaseOption.SOCIAL_CLAUSE,)),
        worth("125000.01", options=(PurchaseOption.SOCIAL_CLAUSE,)),
        (SOCIAL,),
    ),
    Border("option_unserved", {"options": (PurchaseOption.LIFE_CYCLE_COST,)}, {}),
    Border(
        "option_unserved",
        {"options": (PurchaseOption.INNOVATION,)},
        {"options": (PurchaseOption.INNOVATION,)},
        (),
        (clause_data("INN-GEN-902", "performance"),),
    ),
    Border("observatory", {"authority": REGIONAL, "cpv": CLEANING}, {"authority": REGIONAL, "cpv": CONSULTING}),
    Border("observatory", {"authority": REGIONAL, "cpv": CLEANING}, {"authority": LOCAL, "cpv": CLEANING}),
    Border(
        "observatory",
        {"authority": REGIONAL, "cpv": CLEANING},
        {"authority": REGIONAL, "cpv": CLEANING},
        (),
        (clause_data("DMP-GEN-013", "price"),),
    ),
]


@pytest.fixture
def findings(clause_library):
    def found(answers: dict[str, Any], clauses: tuple[dict[str, Any], ...] = ()) -> list[Finding]:
        library = ClauseLibrary([version_of(data) for data in clauses], clause_library.reference)
        bought = purchase(**answers)
        return lint(bought, select(library, bought), library)

    return found


def shape(text: str) -> list[str]:
    """The fixed pieces of a text with places."""
    pieces, rest = [], text
    while "{" in rest:
        fixed, _, rest = rest.partition("{")
        pieces.append(fixed)
        rest = rest.partition("}")[2]
    return [*pieces, rest]


def is_of(finding: Finding, key: str) -> bool:
    """Whether a finding has the words of that entry of lint.yaml."""
    return finding.rule == TEXTS[key]["rule"] and all(
        piece in finding.message["en"] for piece in shape(TEXTS[key]["message"]["en"])
    )


@pytest.mark.parametrize("border", BORDERS, ids=lambda border: f"{border.key} {border.found}"[:80])
def test_a_rule_begins_and_ends_where_the_law_says(findings, border):
    found = [item for item in findings(border.found, border.clauses) if is_of(item, border.key)]
    assert len(found) == 1
    assert found[0].severity == TEXTS[border.key]["severity"]
    assert found[0].where
    other = border.clauses if border.other_clauses is None else border.other_clauses
    assert not [item for item in findings(border.not_found, other) if is_of(item, border.key)]


@pytest.mark.parametrize("border", BORDERS, ids=lambda border: border.key)
def test_every_finding_speaks_three_languages_with_every_place_filled(findings, border):
    for item in findings(border.found, border.clauses):
        for language in ("fr", "nl", "en"):
            told = item.as_json(language)
            assert list(told) == ["rule", "severity", "where", "message", "remedy"]
            for words in (told["message"], told["remedy"]):
                assert len(words) > 10
                assert not set("{}") & set(words)
                assert "None" not in words
        assert item.message["fr"] != item.message["nl"] != item.message["en"]


def test_every_text_of_the_rules_is_shown_above():
    assert {border.key for border in BORDERS} == set(TEXTS)


def test_nothing_stated_gives_no_finding_and_no_failure(findings):
    assert findings({"nature": None}) == []


def test_what_blocks_stands_first(findings):
    found = findings({"cpv": CLEANING, "payment_days": 60, **weights(price="90", ENV_GEN_999="20")})
    severities = [item.severity for item in found]
    assert severities == sorted(severities, key=lambda severity: severity is not Severity.BLOCK)
    assert {item.rule for item in found} == {"L04", "L09", "L23"}


def test_numbers_are_written_as_the_language_writes_them(findings):
    (found,) = [item for item in findings(worth("140000", lots=0)) if is_of(item, "lots")]
    assert "140\u00a0000 EUR" in found.message["fr"]
    assert "140.000 EUR" in found.message["nl"]
    assert "EUR 140,000" in found.message["en"]
