"""Every clause is decided, by one rule, with a reason in three languages."""

import datetime
from decimal import Decimal

import pytest
from clause_samples import both, clause_data, purchase, version_of

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.purchase import Authority, AwardWeight, DnshAnswer, LotDetail, Override
from mpdi.clause_library.core.selection import select
from mpdi.clause_library.core.vocabulary import (
    Ambition,
    AuthorityType,
    Category,
    Decision,
    Nature,
    Procedure,
    PurchaseOption,
    TaxonomyObjective,
)
from mpdi.resources import folder

LANGUAGES = ("fr", "nl", "en")
LOCAL = Authority("Commune d'Exemple", AuthorityType.LOCAL)


@pytest.fixture
def decide(clause_library):
    """Decide on small clauses: `{identifier: Decided}` and the conflicts."""

    def decided(*clauses, **answers):
        library = ClauseLibrary([version_of(data) for data in clauses], clause_library.reference)
        selection = select(library, purchase(**answers))
        for item in selection.decided:
            for language in LANGUAGES:
                assert item.reason[language].strip()
                assert "{" not in item.reason[language]
        return {item.clause.id: item for item in selection.decided}, selection.conflicts

    return decided


def one(decide, data, **answers):
    found, _ = decide(data, **answers)
    return found[data["id"]]


def test_a_clause_of_another_category_is_out(decide):
    item = one(decide, clause_data("ENV-FOOD-901", categories=["food"]), cpv=("90919200",))
    assert (item.decision, item.rule) == (Decision.OUT, "category")
    assert "alimentation" in item.reason["fr"]
    assert "schoonmaak" in item.reason["nl"]


@pytest.mark.parametrize(
    ("categories", "category"),
    [(["cleaning"], Category.CLEANING), (["general"], Category.FOOD), (["food", "cleaning"], Category.CLEANING)],
)
def test_a_clause_of_the_category_or_of_all_is_in(decide, categories, category):
    item = one(decide, clause_data(categories=categories), category=category)
    assert (item.decision, item.rule) == (Decision.IN, "applicability")


def test_a_clause_written_for_another_nature_is_out_and_an_unknown_nature_excludes_nothing(decide):
    data = clause_data(nature=["works"])
    assert (one(decide, data).decision, one(decide, data).rule) == (Decision.OUT, "nature")
    assert "travaux" in one(decide, data).reason["fr"]
    assert one(decide, data, nature=None).decision is Decision.IN


def test_what_is_known_not_to_hold_puts_out_and_names_the_fact(decide):
    data = clause_data(applicability={"all": [{"nature": "services"}, {"duration_months": {"at_least": 6}}]})
    item = one(decide, data, duration_months=Decimal(3))
    assert (item.decision, item.rule) == (Decision.OUT, "applicability:duration_months")
    assert "3\u00a0mois" in item.reason["fr"]
    assert "au moins 6\u00a0mois" in item.reason["fr"]
    assert "minstens 6\u00a0maanden" in item.reason["nl"]


def test_what_is_unknown_does_not_exclude_and_the_reason_says_so(decide):
    item = one(decide, clause_data(applicability={"duration_months": {"at_least": 6}}))
    assert item.decision is Decision.IN
    assert "faute d'information" in item.reason["fr"]
    assert "non précisé" in item.reason["fr"]


def test_a_negated_condition_is_told_as_an_exception(decide):
    item = one(
        decide, clause_data(applicability={"not": {"procedure": ["open", "restricted"]}}), procedure=Procedure.OPEN
    )
    assert (item.decision, item.rule) == (Decision.OUT, "applicability:procedure")
    assert "tout sauf procédure ouverte ou procédure restreinte" in item.reason["fr"]


@pytest.mark.parametrize(
    ("level", "asked", "decision"),
    [
        ("core", "core", "in"),
        ("advanced", "core", "suggested"),
        ("exemplary", "core", "suggested"),
        ("core", "advanced", "in"),
        ("advanced", "advanced", "in"),
        ("exemplary", "advanced", "suggested"),
        ("core", "exemplary", "in"),
        ("advanced", "exemplary", "in"),
        ("exemplary", "exemplary", "in"),
    ],
)
def test_ambition_is_cumulative(decide, level, asked, decision):
    item = one(decide, clause_data(ambition=level), ambition=Ambition(asked))
    assert item.decision == decision
    assert (item.rule == "ambition") is (decision == "suggested")


def test_what_is_not_applicable_is_out_whatever_the_ambition(decide):
    item = one(
        decide, clause_data(ambition="exemplary", applicability={"nature": "works"}), ambition=Ambition.EXEMPLARY
    )
    assert item.decision is Decision.OUT


def test_only_clauses_in_force_on_the_day_are_decided(clause_library):
    day = datetime.date(2026, 12, 1)
    library = ClauseLibrary(
        [
            version_of(clause_data("ENV-GEN-901"), valid_to=day - datetime.timedelta(1)),
            version_of(clause_data("ENV-GEN-902"), status="draft"),
            version_of(clause_data("ENV-GEN-903"), status="withdrawn"),
            version_of(clause_data("ENV-GEN-904"), valid_from=day + datetime.timedelta(1)),
            version_of(clause_data("ENV-GEN-905"), valid_from=day, valid_to=day),
        ],
        clause_library.reference,
    )
    assert [item.clause.id for item in select(library, purchase()).decided] == ["ENV-GEN-905"]


RULES = strict_yaml.read(folder("clauses") / "rules" / "selection.yaml")
EXCLUDED = {
    "X-LOWVALUE-ADVANCE": {"estimated_value": Decimal(29_999)},
    "X-PRICE-WEIGHT": {"award": (AwardWeight("price", Decimal(60)),)},
    "X-DEPOSIT-HIGH": {"deposit_percent": Decimal(5)},
    "X-DEPOSIT-NONE": {"deposit_percent": Decimal(0)},
    "X-PAYMENT-LONG": {"payment_days": 31},
    "X-CLEAN-CONSUMABLES": {"nature": Nature.SUPPLIES, "cpv": ("39830000",)},
    "X-ADVANCE-CONTINUING": {"cpv": ("66510000",)},
    "X-FINISHING-TRADES": {"cpv": ("45421000",)},
    "X-PAINTING-ONLY": {"cpv": ("45442110",)},
    "X-LOWVALUE-APPROVAL": {"estimated_value": Decimal(29_999)},
    "X-ROOFING": {"cpv": ("45261900",)},
    "X-FRESH-PRODUCE": {"cpv": ("15860000",)},
    "X-WINDOWS-ONLY": {"cpv": ("90911300",)},
    "X-FIN-PAYMENT-ACCOUNT": {"cpv": ("66113000",)},
    "X-INSTALLATION-LOGISTICS": {"cpv": ("45310000",)},
    "X-CAR-WASH-TYRES": {"cpv": ("50112300",)},
    "X-LOWVALUE-BATTERY": {"estimated_value": Decimal(29_999)},
    "X-WASTE-TREATMENT-ONLY": {"cpv": ("90513000",)},
    "X-SMALL-EVENT-TRAVEL": {"estimated_value": Decimal(29_999), "cpv": ("79951000",)},
    "X-PRINT-SERVICE-CARTRIDGES": {"cpv": ("79521000",)},
    "X-PRUNING-ONLY": {"cpv": ("77340000",)},
    "X-NO-BUILDING": {"cpv": ("45233222",)},
    "X-ADVANCE-HIRE": {"nature": Nature.SUPPLIES, "object": "Leasing van personenwagens"},
    "X-ACCESS-NO-USER": {"cpv": ("50750000",)},
    "X-CONSUMABLE-NO-PARTS": {"nature": Nature.SUPPLIES, "cpv": ("33141420",)},
    "X-SAMPLES-NOT-IN-HAND": {"nature": Nature.SUPPLIES, "cpv": ("09310000",)},
    "X-PEST-CONTROL": {"cpv": ("90923000",)},
    "X-WINDOWS-NO-TEAM": {"cpv": ("90911300",)},
    "X-LOWVALUE-AFTERCARE": {"estimated_value": Decimal(29_999)},
    "X-CHAIN-SERVICES": {"cpv": ("79530000",)},
    "X-CRAFT-NO-PACKAGING": {"nature": Nature.SUPPLIES, "cpv": ("34520000",)},
    "X-ASBESTOS-ONLY": {"nature": Nature.WORKS, "cpv": ("45262660",)},
    "X-ROAD-MARKING": {"nature": Nature.WORKS, "cpv": ("45233221",)},
    "X-NO-ENVELOPE": {"nature": Nature.WORKS, "cpv": ("45313100",)},
    "X-PAINT-NO-TESTS": {"nature": Nature.WORKS, "cpv": ("45442110",)},
    "X-BANK-INSURER": {"cpv": ("66113000",)},
    "X-DEPOSIT-NO-RULES": {"cpv": ("66510000",)},
    "X-STUDY-NO-SITE-LABOUR": {"cpv": ("71420000",)},
    "X-BULK-NO-PACKAGING": {"nature": Nature.SUPPLIES, "cpv": ("14212000",)},
    "X-WATER-NOT-ORGANIC": {"nature": Nature.SUPPLIES, "cpv": ("15981000",)},
    "X-BREAD-NO-EGGS": {"nature": Nature.SUPPLIES, "cpv": ("15811000",)},
    "X-FROZEN-NO-COFFEE": {"nature": Nature.SUPPLIES, "cpv": ("15896000",)},
    "X-LOWVALUE-FOLLOW-UP": {"estimated_value": Decimal(29_999)},
    "X-DEMOLITION-ONLY": {"nature": Nature.WORKS, "cpv": ("45111100",)},
    "X-HIRE-OWNER": {"nature": Nature.SUPPLIES, "object": "Huur van bestelwagens"},
    "X-DPS-CONTINUING": {"cpv": ("90919200",)},
    "X-ALARM-ONLY": {"cpv": ("79711000",)},
    "X-INSTALLATION-NO-WOOD": {"nature": Nature.WORKS, "cpv": ("45331000",)},
    "X-SERVERS-NO-SOFTWARE": {"nature": Nature.SUPPLIES, "cpv": ("48820000",)},
    "X-NOTHING-CREATED": {"cpv": ("66510000",), "procedure": Procedure.OPEN},
    "X-DPS-SMALL": {"estimated_value": Decimal(215_999), "authority": Authority("G", AuthorityType.LOCAL)},
    "X-OFFICE-SERVICE": {"cpv": ("73000000",)},
    "X-DEPOSIT-EXEMPT": {"cpv": ("72000000",)},
    "X-DEPOSIT-SHORT": {"duration_months": Decimal(1)},
    "X-OBSERVATORY-CPAS": {"authority": Authority("CPAS d'Exemple", AuthorityType.LOCAL)},
    "X-PRICE-NOT-MAIN": {"award": (AwardWeight("price", Decimal(49)),)},
    "X-NO-SAMPLE-ASKED": {"cpv": ("30192700",), "object": "Mobilier", "procedure": Procedure.RESTRICTED},
    "X-CONTINUING-CALENDAR": {"cpv": ("65310000",)},
    "X-CHAIN-NO-FACTORY": {"cpv": ("79713000",)},
    "X-HEALTH-NO-OPEN-DATA": {"cpv": ("85100000",)},
    "X-NO-MEASURED-USE": {"cpv": ("72000000",)},
    "X-EQUIPMENT-ONCE": {"nature": Nature.SUPPLIES, "cpv": ("42512000",)},
    "X-VEHICLE-CLEANING": {"cpv": ("90917000",)},
    "X-WINDOWS-SMALL": {"cpv": ("90911300",), "estimated_value": Decimal(29_999)},
    "X-CAR-PARK-CLEANING": {"cpv": ("90914000",)},
    "X-CLEANING-ONCE": {"cpv": ("90911200",), "object": "Nettoyage après chantier"},
    "X-BUYER-PRODUCTS": {"object": "Schoonmaak, zonder producten"},
    "X-WITHOUT-CONSUMABLES": {"object": "Nettoyage, sans savon ni papier"},
    "X-WITHOUT-PLANTING": {"object": "Tonte, sans plantation"},
    "X-WITHOUT-SOIL": {"object": "Onderhoud zonder potgrond"},
    "X-WITHOUT-WEBSITE": {"object": "Campagne, ni site internet ni vidéo"},
    "X-WITHOUT-PRINTING": {"object": "Campagne sans impression"},
    "X-WITHOUT-ITEMS": {"object": "Campagne zonder relatiegeschenken"},
    "X-WITHOUT-WOOD": {"nature": Nature.WORKS, "object": "Ravalement, hors bois"},
    "X-WITHOUT-PAINT": {"nature": Nature.WORKS, "object": "Vloeren, zonder schilderwerk"},
    "X-WITHOUT-TAKE-BACK": {"nature": Nature.SUPPLIES, "object": "Ordinateurs, reprise non comprise"},
    "X-WITHOUT-MEAT": {"object": "Repas sans viande"},
    "X-WITHOUT-FISH": {"object": "Maaltijden zonder poisson"},
    "X-WITHOUT-EGGS": {"object": "Denrées, hors œufs"},
    "X-WITHOUT-COFFEE": {"object": "Denrées, sans café ni thé"},
    "X-SECOND-HAND": {"nature": Nature.SUPPLIES, "object": "Ordinateurs reconditionnés"},
    "X-SERVED-AT-TABLE": {"object": "Diner, service à table"},
    "X-EVENT-INDOORS": {"object": "Congrès dans une salle raccordée"},
    "X-ASPHALT-NO-STONE": {"nature": Nature.WORKS, "object": "Vernieuwing van asfaltwegen"},
    "X-COMBUSTION-NO-BATTERY": {"nature": Nature.SUPPLIES, "object": "Camion diesel"},
    "X-NO-COMMODITY": {"nature": Nature.SUPPLIES, "cpv": ("15811000",)},
    "X-FISH-ONLY": {"nature": Nature.SUPPLIES, "cpv": ("15220000",)},
    "X-PRESERVED-PRODUCE": {"nature": Nature.SUPPLIES, "cpv": ("15330000",)},
    "X-DRY-NO-COFFEE": {"nature": Nature.SUPPLIES, "cpv": ("15850000",)},
    "X-MEALS-DELIVERED": {"cpv": ("55521200",)},
    "X-CATERER": {"cpv": ("55520000",), "object": "Réceptions"},
    "X-ONE-FAMILY": {"nature": Nature.SUPPLIES, "cpv": ("15110000",)},
    "X-METAL-FURNITURE": {"nature": Nature.SUPPLIES, "object": "Metalen kasten"},
    "X-OUTDOOR-FURNITURE": {"nature": Nature.SUPPLIES, "cpv": ("39113600",), "object": "Bancs pour un parc"},
    "X-IT-PERIPHERALS": {"nature": Nature.SUPPLIES, "cpv": ("30232100",)},
    "X-IT-ACCESSORIES": {"nature": Nature.SUPPLIES, "cpv": ("30237000",)},
    "X-DESKTOP-NO-BATTERY": {"nature": Nature.SUPPLIES, "cpv": ("30213300",)},
    "X-INTERNET-ACCESS": {"cpv": ("72411000",)},
    "X-NETWORK-ACCESS": {"cpv": ("72411000",)},
    "X-IT-ADVICE": {"cpv": ("72220000",)},
    "X-SERVICE-NO-TAKE-BACK": {"object": "Maintenance du parc"},
    "X-OFFICE-LICENCES": {"nature": Nature.SUPPLIES, "cpv": ("48310000",)},
    "X-CONSUMABLE-NO-COST": {"nature": Nature.SUPPLIES, "cpv": ("33141420",)},
    "X-PRINTED-NO-ITEMS": {"nature": Nature.SUPPLIES, "cpv": ("22462000",), "object": "Brochures"},
    "X-LOWVALUE-SITE": {"nature": Nature.WORKS, "estimated_value": Decimal(29_999)},
    "X-CIVIL-NO-WOOD": {"nature": Nature.WORKS, "cpv": ("45232400",)},
    "X-EARTHWORKS": {"nature": Nature.WORKS, "cpv": ("45112500",)},
    "X-FLOORS-ENVELOPE": {"nature": Nature.WORKS, "cpv": ("45430000",)},
    "X-INSTALLATION-NO-PAINT": {"nature": Nature.WORKS, "cpv": ("45331100",)},
    "X-SINGLE-INSTALLATION": {"nature": Nature.WORKS, "cpv": ("45313100",)},
    "X-SOLAR-ONLY": {"nature": Nature.WORKS, "cpv": ("09331200",)},
    "X-SHELL-TRADES": {"nature": Nature.WORKS, "cpv": ("45262500",)},
    "X-SCAFFOLDING": {"nature": Nature.WORKS, "cpv": ("45262100",)},
    "X-PIPES": {"nature": Nature.WORKS, "cpv": ("45231300",)},
    "X-GARDEN-WORKS": {"nature": Nature.WORKS, "cpv": ("77310000",)},
    "X-ONE-TRADE": {"nature": Nature.WORKS, "cpv": ("45442100",)},
    "X-OWN-MATERIALS": {"nature": Nature.WORKS, "object": "Rénovation"},
    "X-WITHOUT-HOSTING": {"object": "Site, sans hébergement"},
    "X-WITHOUT-DRINKS": {"object": "Fête sans boissons"},
    "X-WITHOUT-TYRES": {"object": "Onderhoud, zonder banden"},
    "X-WITHOUT-CONCRETE": {"nature": Nature.WORKS, "object": "Structure en bois, sans béton"},
    "X-WITHOUT-DEMOLITION": {"nature": Nature.WORKS, "object": "Nieuwbouw, zonder afbraak"},
    "X-WITHOUT-SOLAR": {"nature": Nature.WORKS, "object": "Toiture, sans panneaux photovoltaïques"},
    "X-WITHOUT-COOLING": {"nature": Nature.WORKS, "object": "Chaufferie, sans climatisation"},
    "X-WITHOUT-LIGHTING": {"nature": Nature.WORKS, "object": "Schilderwerk, zonder verlichting"},
    "X-WITHOUT-PERSONAL-DATA": {"object": "Software zonder persoonsgegevens"},
    "X-WITHOUT-SERVICE": {"cpv": ("55524000",), "object": "Repas livrés, sans service"},
    "X-ONE-DELIVERY": {"nature": Nature.SUPPLIES, "object": "Armoires, livraison unique"},
    "X-URGENT": {"nature": Nature.SUPPLIES, "object": "Gants, en urgence impérieuse"},
    "X-NIGHT-ROUNDS": {"object": "Rondes de nuit"},
    "X-FROZEN-WORDS": {"nature": Nature.SUPPLIES, "object": "Légumes surgelés"},
    "X-SPECIAL-LIGHTING": {"nature": Nature.SUPPLIES, "object": "Éclairage d'un terrain de sport"},
    "X-RESIDUAL-ONLY": {"object": "Ophaling van restafval"},
    "X-CUSTOM-FURNITURE": {"nature": Nature.SUPPLIES, "object": "Bancs sur mesure"},
    "X-BUILT-IN": {"nature": Nature.SUPPLIES, "object": "Armoires encastrées"},
    "X-FIRST-EQUIPMENT": {"nature": Nature.SUPPLIES, "object": "Premier équipement d'une école"},
    "X-FRAMEWORK-SINGLE": {"object": "Accord-cadre avec un seul participant"},
    "X-NO-MODELS": {"cpv": ("98310000",)},
}
NOT_EXCLUDED = {
    "X-LOWVALUE-ADVANCE": {"estimated_value": Decimal(30_000)},
    "X-PRICE-WEIGHT": {"award": (AwardWeight("price", Decimal(50)),)},
    "X-DEPOSIT-HIGH": {"deposit_percent": Decimal(4)},
    "X-DEPOSIT-NONE": {"deposit_percent": Decimal(1)},
    "X-PAYMENT-LONG": {"payment_days": 30},
    "X-CLEAN-CONSUMABLES": {"nature": Nature.SUPPLIES, "cpv": ("33760000",)},
    "X-ADVANCE-CONTINUING": {"cpv": ("30213100",)},
    "X-FINISHING-TRADES": {"cpv": ("45421000", "45210000")},
    "X-PAINTING-ONLY": {"cpv": ("45442110", "45210000")},
    "X-LOWVALUE-APPROVAL": {"estimated_value": Decimal(30_000)},
    "X-ROOFING": {"cpv": ("45261900", "45262300")},
    "X-FRESH-PRODUCE": {"cpv": ("15860000", "15300000")},
    "X-WINDOWS-ONLY": {"cpv": ("90911300", "90919200")},
    "X-FIN-PAYMENT-ACCOUNT": {"cpv": ("66113000", "66112000")},
    "X-INSTALLATION-LOGISTICS": {"cpv": ("45310000", "45210000")},
    "X-CAR-WASH-TYRES": {"cpv": ("50112300", "50112200")},
    "X-LOWVALUE-BATTERY": {"estimated_value": Decimal(30_000)},
    "X-WASTE-TREATMENT-ONLY": {"cpv": ("90513000", "90511000")},
    "X-SMALL-EVENT-TRAVEL": {"estimated_value": Decimal(30_000), "cpv": ("79951000",)},
    "X-PRINT-SERVICE-CARTRIDGES": {"cpv": ("30125100",)},
    "X-PRUNING-ONLY": {"cpv": ("77340000", "77310000")},
    "X-NO-BUILDING": {"cpv": ("45233222", "45210000")},
    "X-ADVANCE-HIRE": {"nature": Nature.SUPPLIES, "object": "Aankoop van personenwagens met lokalisatie"},
    "X-ACCESS-NO-USER": {"cpv": ("50750000", "71200000")},
    "X-CONSUMABLE-NO-PARTS": {"nature": Nature.SUPPLIES, "cpv": ("33141420", "33115000")},
    "X-SAMPLES-NOT-IN-HAND": {"nature": Nature.SUPPLIES, "cpv": ("09310000", "39112000")},
    "X-PEST-CONTROL": {"cpv": ("90923000", "90919200")},
    "X-WINDOWS-NO-TEAM": {"cpv": ("90911300", "90919200")},
    "X-LOWVALUE-AFTERCARE": {"estimated_value": Decimal(30_000)},
    "X-CHAIN-SERVICES": {"cpv": ("79810000",)},
    "X-CRAFT-NO-PACKAGING": {"nature": Nature.SUPPLIES, "cpv": ("34520000", "18110000")},
    "X-ASBESTOS-ONLY": {"nature": Nature.WORKS, "cpv": ("45262660", "45210000")},
    "X-ROAD-MARKING": {"nature": Nature.WORKS, "cpv": ("45233221", "45210000")},
    "X-NO-ENVELOPE": {"nature": Nature.WORKS, "cpv": ("45313100", "45210000")},
    "X-PAINT-NO-TESTS": {"nature": Nature.WORKS, "cpv": ("45442110", "45330000")},
    "X-BANK-INSURER": {"cpv": ("66113000", "45210000")},
    "X-DEPOSIT-NO-RULES": {"cpv": ("85000000", "55500000")},
    "X-STUDY-NO-SITE-LABOUR": {"cpv": ("71420000", "77310000")},
    "X-BULK-NO-PACKAGING": {"nature": Nature.SUPPLIES, "cpv": ("14212000", "39224000")},
    "X-WATER-NOT-ORGANIC": {"nature": Nature.SUPPLIES, "cpv": ("15981000", "15982000")},
    "X-BREAD-NO-EGGS": {"nature": Nature.SUPPLIES, "cpv": ("15811000", "15812000")},
    "X-FROZEN-NO-COFFEE": {"nature": Nature.SUPPLIES, "cpv": ("15896000", "15860000")},
    "X-LOWVALUE-FOLLOW-UP": {"estimated_value": Decimal(30_000)},
    "X-DEMOLITION-ONLY": {"nature": Nature.WORKS, "cpv": ("45111100", "45210000")},
    "X-HIRE-OWNER": {"nature": Nature.SUPPLIES, "object": "Aankoop van bestelwagens"},
    "X-DPS-CONTINUING": {"cpv": ("79530000",)},
    "X-ALARM-ONLY": {"cpv": ("79711000", "79713000")},
    "X-INSTALLATION-NO-WOOD": {"nature": Nature.WORKS, "cpv": ("45331000", "45420000")},
    "X-SERVERS-NO-SOFTWARE": {"nature": Nature.SUPPLIES, "cpv": ("48820000", "48400000")},
    "X-NOTHING-CREATED": {"cpv": ("66510000",), "procedure": Procedure.COMPETITIVE_DIALOGUE},
    "X-DPS-SMALL": {"estimated_value": Decimal(216_000), "authority": Authority("G", AuthorityType.LOCAL)},
    "X-OFFICE-SERVICE": {"cpv": ("90919200",)},
    "X-DEPOSIT-EXEMPT": {"cpv": ("72000000",), "deposit_percent": Decimal(2)},
    "X-DEPOSIT-SHORT": {"duration_months": Decimal(2)},
    "X-OBSERVATORY-CPAS": {"authority": Authority("Commune d'Exemple", AuthorityType.LOCAL)},
    "X-PRICE-NOT-MAIN": {"award": (AwardWeight("price", Decimal(50)),)},
    "X-NO-SAMPLE-ASKED": {"cpv": ("79341000",), "object": "Affiches, avec esquisse", "procedure": Procedure.RESTRICTED},
    "X-CONTINUING-CALENDAR": {"cpv": ("65310000", "71000000")},
    "X-CHAIN-NO-FACTORY": {"cpv": ("98310000",)},
    "X-HEALTH-NO-OPEN-DATA": {"cpv": ("77310000",)},
    "X-NO-MEASURED-USE": {"cpv": ("72000000", "50700000")},
    "X-EQUIPMENT-ONCE": {"nature": Nature.SUPPLIES, "cpv": ("42512000",), "framework": True},
    "X-VEHICLE-CLEANING": {"cpv": ("90917000", "90919200")},
    "X-WINDOWS-SMALL": {"cpv": ("90911300",), "estimated_value": Decimal(30_000)},
    "X-CAR-PARK-CLEANING": {"cpv": ("90914000", "90919200")},
    "X-CLEANING-ONCE": {"cpv": ("90911200",), "object": "Nettoyage des écoles"},
    "X-BUYER-PRODUCTS": {"object": "Schoonmaak, met producten"},
    "X-WITHOUT-CONSUMABLES": {"object": "Nettoyage, savon compris"},
    "X-WITHOUT-PLANTING": {"object": "Tonte et plantation"},
    "X-WITHOUT-SOIL": {"object": "Onderhoud met potgrond"},
    "X-WITHOUT-WEBSITE": {"object": "Campagne et site internet"},
    "X-WITHOUT-PRINTING": {"object": "Campagne et impression"},
    "X-WITHOUT-ITEMS": {"object": "Campagne met relatiegeschenken"},
    "X-WITHOUT-WOOD": {"nature": Nature.WORKS, "object": "Charpente en bois"},
    "X-WITHOUT-PAINT": {"nature": Nature.WORKS, "object": "Vloeren en schilderwerk"},
    "X-WITHOUT-TAKE-BACK": {"nature": Nature.SUPPLIES, "object": "Ordinateurs, avec reprise"},
    "X-WITHOUT-MEAT": {"object": "Repas avec viande"},
    "X-WITHOUT-FISH": {"object": "Repas"},
    "X-WITHOUT-EGGS": {"object": "Denrées et œufs"},
    "X-WITHOUT-COFFEE": {"object": "Denrées et café"},
    "X-SECOND-HAND": {"nature": Nature.SUPPLIES, "object": "Ordinateurs neufs et reconditionnés"},
    "X-SERVED-AT-TABLE": {"object": "Dîner à table dans un parc"},
    "X-EVENT-INDOORS": {"object": "Festival en plein air"},
    "X-ASPHALT-NO-STONE": {"nature": Nature.WORKS, "object": "Asphalte et pavés de pierre"},
    "X-COMBUSTION-NO-BATTERY": {"nature": Nature.SUPPLIES, "object": "Camion électrique, en remplacement d'un diesel"},
    "X-NO-COMMODITY": {"nature": Nature.SUPPLIES, "cpv": ("15811000", "15860000")},
    "X-FISH-ONLY": {"nature": Nature.SUPPLIES, "cpv": ("15220000", "15300000")},
    "X-PRESERVED-PRODUCE": {"nature": Nature.SUPPLIES, "cpv": ("15330000", "03221000")},
    "X-DRY-NO-COFFEE": {"nature": Nature.SUPPLIES, "cpv": ("15850000", "15860000")},
    "X-MEALS-DELIVERED": {"cpv": ("55521200", "55524000")},
    "X-CATERER": {"cpv": ("55520000",), "object": "Cantine du personnel"},
    "X-ONE-FAMILY": {"nature": Nature.SUPPLIES, "cpv": ("15110000", "15300000")},
    "X-METAL-FURNITURE": {"nature": Nature.SUPPLIES, "object": "Armoires en métal et en bois"},
    "X-OUTDOOR-FURNITURE": {"nature": Nature.SUPPLIES, "cpv": ("39113600",), "object": "Bancs pour le hall"},
    "X-IT-PERIPHERALS": {"nature": Nature.SUPPLIES, "cpv": ("30232100", "30213100")},
    "X-IT-ACCESSORIES": {"nature": Nature.SUPPLIES, "cpv": ("30237000", "30213100")},
    "X-DESKTOP-NO-BATTERY": {"nature": Nature.SUPPLIES, "cpv": ("30213300", "30213100")},
    "X-INTERNET-ACCESS": {"cpv": ("72411000", "72415000")},
    "X-NETWORK-ACCESS": {"cpv": ("72411000", "72415000")},
    "X-IT-ADVICE": {"cpv": ("72220000", "72212000")},
    "X-SERVICE-NO-TAKE-BACK": {"object": "Maintenance du parc et reprise des appareils"},
    "X-OFFICE-LICENCES": {"nature": Nature.SUPPLIES, "cpv": ("48310000", "48450000")},
    "X-CONSUMABLE-NO-COST": {
        "nature": Nature.SUPPLIES,
        "cpv": ("33141420",),
        "options": (PurchaseOption.LIFE_CYCLE_COST,),
    },
    "X-PRINTED-NO-ITEMS": {"nature": Nature.SUPPLIES, "cpv": ("22462000",), "object": "Gadgets"},
    "X-LOWVALUE-SITE": {"nature": Nature.WORKS, "estimated_value": Decimal(30_000)},
    "X-CIVIL-NO-WOOD": {"nature": Nature.WORKS, "cpv": ("45232400", "45210000")},
    "X-EARTHWORKS": {"nature": Nature.WORKS, "cpv": ("45112500", "45210000")},
    "X-FLOORS-ENVELOPE": {"nature": Nature.WORKS, "cpv": ("45430000", "45421000")},
    "X-INSTALLATION-NO-PAINT": {"nature": Nature.WORKS, "cpv": ("45331100", "45421000")},
    "X-SINGLE-INSTALLATION": {"nature": Nature.WORKS, "cpv": ("45313100", "45331100")},
    "X-SOLAR-ONLY": {"nature": Nature.WORKS, "cpv": ("09331200", "45261000")},
    "X-SHELL-TRADES": {"nature": Nature.WORKS, "cpv": ("45262500", "45210000")},
    "X-SCAFFOLDING": {"nature": Nature.WORKS, "cpv": ("45262100", "45210000")},
    "X-PIPES": {"nature": Nature.WORKS, "cpv": ("45231300", "45233120")},
    "X-GARDEN-WORKS": {"nature": Nature.WORKS, "cpv": ("77310000", "45233120", "45210000")},
    "X-ONE-TRADE": {"nature": Nature.WORKS, "cpv": ("45442100", "45331100")},
    "X-OWN-MATERIALS": {"nature": Nature.WORKS, "object": "Rénovation avec des matériaux de réemploi"},
    "X-WITHOUT-HOSTING": {"object": "Site, avec hébergement"},
    "X-WITHOUT-DRINKS": {"object": "Fête avec boissons"},
    "X-WITHOUT-TYRES": {"object": "Onderhoud, banden inbegrepen"},
    "X-WITHOUT-CONCRETE": {"nature": Nature.WORKS, "object": "Structure en béton"},
    "X-WITHOUT-DEMOLITION": {"nature": Nature.WORKS, "object": "Afbraak en nieuwbouw"},
    "X-WITHOUT-SOLAR": {"nature": Nature.WORKS, "object": "Toiture et panneaux photovoltaïques"},
    "X-WITHOUT-COOLING": {"nature": Nature.WORKS, "object": "Climatisation"},
    "X-WITHOUT-LIGHTING": {"nature": Nature.WORKS, "object": "Verlichting"},
    "X-WITHOUT-PERSONAL-DATA": {"object": "Software met persoonsgegevens"},
    "X-WITHOUT-SERVICE": {"cpv": ("55524000",), "object": "Repas livrés, avec service"},
    "X-ONE-DELIVERY": {"nature": Nature.SUPPLIES, "object": "Armoires"},
    "X-URGENT": {"nature": Nature.SUPPLIES, "object": "Gants pour le service des urgences"},
    "X-NIGHT-ROUNDS": {"object": "Rondes de nuit et accueil du public"},
    "X-FROZEN-WORDS": {"nature": Nature.SUPPLIES, "object": "Légumes frais et surgelés"},
    "X-SPECIAL-LIGHTING": {"nature": Nature.SUPPLIES, "object": "Éclairage d'une rue"},
    "X-RESIDUAL-ONLY": {"object": "Ophaling van restafval en pmc"},
    "X-CUSTOM-FURNITURE": {"nature": Nature.SUPPLIES, "object": "Bancs"},
    "X-BUILT-IN": {"nature": Nature.SUPPLIES, "object": "Armoires"},
    "X-FIRST-EQUIPMENT": {"nature": Nature.SUPPLIES, "object": "Mobilier d'une école"},
    "X-FRAMEWORK-SINGLE": {"object": "Accord-cadre avec trois participants"},
    "X-NO-MODELS": {"cpv": ("72415000", "48000000")},
}


@pytest.mark.parametrize("rule", RULES["exclusions"], ids=lambda rule: rule["id"])
def test_each_exclusion_of_the_rules(decide, rule):
    for identifier in rule["clauses"]:
        # a dependent stands beside what it depends on, so that only the exclusion decides
        needed = [each["any_of"][0] for each in RULES["dependents"] if identifier in each["clauses"]]
        small = [clause_data(each, "performance") for each in (identifier, *needed)]

        def one_of(small=small, identifier=identifier, **answers):
            return decide(*small, **answers)[0][identifier]

        item = one_of(**EXCLUDED[rule["id"]])
        assert (item.decision, item.rule, item.reason["nl"]) == (Decision.OUT, rule["id"], rule["reason"]["nl"])
        assert one_of(**NOT_EXCLUDED[rule["id"]]).decision is Decision.IN
        assert one_of().decision is Decision.IN, "unknown excludes nothing"


UNKNOWN_DURATION = {"duration_months": {"at_least": 12}}
PRESUMED = {
    # the clause's own condition, answers that leave it unknown, answers that state it, answers that leave it open for another reason
    "P-RARE-PROCEDURE": (
        {"procedure": ["innovation_partnership", "competitive_dialogue"]},
        {},
        {"procedure": Procedure.INNOVATION_PARTNERSHIP},
        None,
    ),
    "P-LOTS-UNSTATED": ({"has_lots": True}, {}, {"lots": 2}, None),
    "P-OBJECT-UNSTATED": (
        {"cpv": ["302"]},
        {"lots": 2},
        {"lots": 2, "cpv": ("30200000",)},
        {"lots": 2, "category": Category.IT},
    ),
    "P-STUDY-UNSTATED": ({"cpv": ["73"]}, {}, {"cpv": ("73000000",)}, None),
    "P-SIMPLE-REQUEST": ({"low_value": True}, {}, {"estimated_value": Decimal(9_000)}, None),
    "P-FRAMEWORK-UNSTATED": ({"framework": True}, {}, {"framework": True}, None),
    "P-WITHHOLDING-GOODS": (
        {"cpv": ["44114100"]},
        {"nature": Nature.SUPPLIES},
        {"nature": Nature.SUPPLIES, "cpv": ("44114100",)},
        {"nature": Nature.SERVICES},
    ),
    "P-ONE-DELIVERY": (
        {"any": [{"framework": True}, UNKNOWN_DURATION]},
        {"duration_months": Decimal(2)},
        {"duration_months": Decimal(24)},
        {},
    ),
}


@pytest.mark.parametrize("rule", RULES["presumptions"], ids=lambda rule: rule["id"])
def test_each_presumption_of_the_rules(decide, rule):
    condition, unstated, stated, open_otherwise = PRESUMED[rule["id"]]
    for identifier in rule["clauses"]:
        data = clause_data(identifier, "performance", applicability=condition)
        item = one(decide, data, **unstated)
        assert (item.decision, item.rule, item.reason["nl"]) == (Decision.OUT, rule["id"], rule["reason"]["nl"])
        assert one(decide, data, **stated).decision is Decision.IN
        assert one(decide, {**data, "applicability": {}}, **unstated).decision is Decision.IN, "only where unknown"
        if open_otherwise is not None:
            assert one(decide, data, **open_otherwise).decision is Decision.IN
        taken = one(decide, data, **unstated, overrides={identifier: Override(Decision.IN, "voulu")})
        assert taken.decision is Decision.IN


@pytest.mark.parametrize(
    ("words", "known"),
    [
        ("Location de scènes", True),
        ("Huur, reiniging en herstelling van werkkledij", True),
        ("Postes de travail payés à l\u2019usage", True),
        ("Abonnementen op tijdschriften", True),
        ("Localisation par satellite", False),
        ("Vervanging van de gehuurde wagens", False),
        (None, False),
    ],
)
def test_hire_is_told_by_the_words_of_the_object(decide, words, known):
    item = one(decide, clause_data("SME-GEN-007", "price"), nature=Nature.SUPPLIES, object=words)
    assert (item.decision is Decision.OUT) is known
    assert one(decide, clause_data("SME-GEN-007", "price"), object=words).decision is Decision.IN, (
        "services are not hired"
    )


SUGGESTED = {
    "S-FOOD-FISH": ({"cpv": ("15000000",)}, {"cpv": ("15000000", "15220000")}),
    "S-FOOD-EGGS": ({"cpv": ("15000000",)}, {"cpv": ("15000000", "03142500")}),
    "S-FOOD-MEAT": ({"cpv": ("15000000",)}, {"cpv": ("15000000", "15110000")}),
    "S-FOOD-FAMILIES": ({"lots": 3}, {"lots": 0}),
    "S-TENDER-COMPENSATION": (
        {"procedure": Procedure.RESTRICTED, "cpv": ("30192700",)},
        {"procedure": Procedure.RESTRICTED, "cpv": ("79341000",)},
    ),
}


@pytest.mark.parametrize("rule", RULES["suggestions"], ids=lambda rule: rule["id"])
def test_each_suggestion_of_the_rules(decide, rule):
    holds, fails = SUGGESTED[rule["id"]]
    for identifier in rule["clauses"]:
        data = clause_data(identifier, "performance")
        item = one(decide, data, **holds)
        assert (item.decision, item.rule, item.reason["nl"]) == (Decision.SUGGESTED, rule["id"], rule["reason"]["nl"])
        assert one(decide, data, **fails).decision is Decision.IN
        taken = one(decide, data, **holds, overrides={identifier: Override(Decision.IN, "poisson")})
        assert taken.decision is Decision.IN


def test_a_code_for_all_food_only_suggests_what_is_for_some_of_it(published_library):
    found = {
        item.clause.id: item.decision
        for item in select(
            published_library,
            purchase(
                nature=Nature.SUPPLIES,
                cpv=("15000000",),
                duration_months=Decimal(24),
                estimated_value=Decimal(90_000),
                lots=3,
            ),
        ).decided
    }
    suggested = {"ENV-FOOD-005", "ENV-FOOD-006", "ENV-FOOD-007", "SME-FOOD-001"}
    assert {found[each] for each in suggested} == {Decision.SUGGESTED}
    assert found["ENV-FOOD-001"] is Decision.IN


LIFTED = {
    "L-RESERVED-LOT": ({"options": (PurchaseOption.RESERVED_LOT,)}, {"lots_detail": (LotDetail("A", None, True),)}),
    "L-RESERVED-REUSE-LOT": (
        {"options": (PurchaseOption.RESERVED_LOT,)},
        {"lots_detail": (LotDetail("A", None, True),)},
    ),
    "L-FREE-VARIANTS": (
        {"estimated_value": Decimal(60_000), "cpv": ("50110000",), "procedure": Procedure.OPEN, "authority": LOCAL},
    ),
    "L-MARKET-CONSULTATION": ({"options": (PurchaseOption.MARKET_CONSULTATION,)},),
    "L-DIALOGUE": ({"procedure": Procedure.COMPETITIVE_DIALOGUE},),
    "L-PARTNERSHIP": ({"procedure": Procedure.INNOVATION_PARTNERSHIP},),
    "L-DNSH": ({"dnsh": (DnshAnswer(TaxonomyObjective.CLIM_MITIG, False, "non"),)},),
}


@pytest.mark.parametrize("rule", RULES["lifts"], ids=lambda rule: rule["id"])
def test_each_lift_of_the_rules(decide, rule):
    for identifier in rule["clauses"]:
        data = clause_data(identifier, "performance", ambition="exemplary")
        for answers in LIFTED[rule["id"]]:
            item = one(decide, data, **answers)
            assert (item.decision, item.rule) == (Decision.IN, rule["id"])
            assert item.reason["fr"] == rule["reason"]["fr"] if "reason" in rule else "demandée" in item.reason["fr"]
        assert one(decide, data).decision is Decision.SUGGESTED
        unlawful = {**data, "applicability": {"nature": "works"}}
        assert one(decide, unlawful, **LIFTED[rule["id"]][0]).decision is Decision.OUT, "a wish does not make it lawful"


@pytest.mark.parametrize("rule", RULES["alternatives"], ids=lambda rule: rule["id"])
def test_each_alternative_of_the_rules(decide, rule):
    preferred, others = (
        clause_data(rule["prefer"], "performance"),
        [clause_data(each, "performance") for each in rule["over"]],
    )
    found, _ = decide(preferred, *others)
    expected = Decision.OUT if rule.get("only_one") else Decision.SUGGESTED
    for other in others:
        assert (found[other["id"]].decision, found[other["id"]].rule) == (expected, rule["id"])
    assert found[preferred["id"]].decision is Decision.IN
    found, _ = decide({**preferred, "applicability": {"nature": "works"}}, *others)
    assert found[others[0]["id"]].decision is Decision.IN, "where the preferred is out, the next one is in"
    assert all(found[other["id"]].rule != rule["id"] for other in others)


@pytest.mark.parametrize("only_one", [True, False])
def test_of_two_that_never_go_together_only_the_preferred_is_suggested(decide, only_one):
    rule = next(rule for rule in RULES["alternatives"] if bool(rule.get("only_one")) is only_one)
    pair = [clause_data(each, "performance", ambition="exemplary") for each in (rule["prefer"], rule["over"][0])]
    found, _ = decide(*pair)
    assert found[rule["prefer"]].decision is Decision.SUGGESTED
    assert (found[rule["over"][0]].decision is Decision.OUT) is only_one


def test_a_criterion_that_the_buyer_weighs_is_left_to_him(decide):
    weighed, preferred = (clause_data(each, kind="award") for each in ("ENV-GEN-004", "ENV-LOG-001"))
    award = (AwardWeight("price", Decimal(60)), AwardWeight("ENV-GEN-004", Decimal(40)))
    found, _ = decide(weighed, preferred, award=award)
    assert found["ENV-GEN-004"].decision is Decision.IN
    assert found["ENV-LOG-001"].decision is Decision.SUGGESTED


@pytest.mark.parametrize("rule", RULES["dependents"], ids=lambda rule: rule["id"])
def test_each_dependent_of_the_rules(decide, rule):
    dependent = clause_data(rule["clauses"][0], "sanction")
    assert (one(decide, dependent).decision, one(decide, dependent).rule) == (Decision.OUT, rule["id"])
    for needed in rule["any_of"]:
        found, _ = decide(dependent, clause_data(needed, "performance"))
        assert found[dependent["id"]].decision is Decision.IN
        found, _ = decide(dependent, clause_data(needed, "performance", ambition="exemplary"))
        assert found[dependent["id"]].decision is Decision.OUT, "what is only suggested carries nothing"


def test_every_rule_of_selection_is_shown():
    assert {rule["id"] for rule in RULES["exclusions"]} == set(EXCLUDED)
    assert {rule["id"] for rule in RULES["lifts"]} == set(LIFTED)
    assert {rule["id"] for rule in RULES["suggestions"]} == set(SUGGESTED)
    assert {rule["id"] for rule in RULES["presumptions"]} == set(PRESUMED)


@pytest.mark.parametrize(
    ("ambition", "weights", "decision", "rule"),
    [
        ("core", {"price": 60, "ENV-GEN-901": 40}, Decision.IN, "applicability"),
        ("core", {"price": 60, "Qualité": 40}, Decision.SUGGESTED, "award-list"),
        ("core", {"price": 100}, Decision.OUT, "award-list"),
        ("core", {"price": 100, "ENV-GEN-901": 0}, Decision.OUT, "award-list"),
        ("core", {}, Decision.IN, "applicability"),
        ("exemplary", {"price": 60, "ENV-GEN-901": 40}, Decision.IN, "award-list"),
        ("exemplary", {"price": 60, "Qualité": 40}, Decision.SUGGESTED, "ambition"),
        ("exemplary", {"price": 100}, Decision.OUT, "award-list"),
    ],
)
def test_award_clauses_follow_the_buyers_weights(decide, ambition, weights, decision, rule):
    award = tuple(AwardWeight(name, Decimal(weight)) for name, weight in weights.items())
    item = one(decide, clause_data(kind="award", ambition=ambition), award=award)
    assert (item.decision, item.rule) == (decision, rule)


def test_a_weight_does_not_bring_in_what_is_not_applicable(decide):
    item = one(
        decide,
        clause_data(kind="award", applicability={"nature": "works"}),
        award=(AwardWeight("ENV-GEN-901", Decimal(40)),),
    )
    assert item.decision is Decision.OUT


def test_a_rule_on_the_weight_of_price_takes_no_weight_itself(decide):
    advice = {"weight_minimum": 30, "weight_maximum": 50, "weight_default": 40, "method": "price_share"}
    item = one(decide, clause_data(kind="award", award=advice), award=(AwardWeight("price", Decimal(40)),))
    assert item.decision is Decision.IN


@pytest.mark.parametrize("wanted", [Decision.IN, Decision.OUT])
def test_an_override_wins_and_keeps_what_the_rule_said(decide, wanted):
    ambition = "exemplary" if wanted is Decision.IN else "core"
    item = one(
        decide, clause_data(ambition=ambition), overrides={"ENV-GEN-901": Override(wanted, "Décision du collège")}
    )
    assert (item.decision, item.rule, item.is_overridden) == (wanted, "override", True)
    assert item.ruled is not wanted
    for language in LANGUAGES:
        assert "Décision du collège" in item.reason[language]


def test_an_override_that_agrees_with_the_rule_changes_nothing(decide):
    item = one(decide, clause_data(), overrides={"ENV-GEN-901": Override(Decision.IN, "d'accord")})
    assert (item.rule, item.is_overridden) == ("applicability", False)


def tied(kind, decide, **answers):
    tie = [{"id": "ENV-GEN-902", "reason": both("Double emploi", "Dubbel werk")}]
    back = [{"id": "ENV-GEN-901", "reason": both("Double emploi", "Dubbel werk")}] if kind == "conflicts" else []
    found, conflicts = decide(clause_data(**{kind: tie}), clause_data("ENV-GEN-902", conflicts=back), **answers)
    return found, conflicts


def test_two_clauses_in_conflict_are_told_once(decide):
    _, conflicts = tied("conflicts", decide)
    assert [(each.kind, each.clause, each.other) for each in conflicts] == [("conflict", "ENV-GEN-901", "ENV-GEN-902")]
    assert "Double emploi" in conflicts[0].reason["fr"]
    assert "Dubbel werk" in conflicts[0].reason["nl"]
    _, none = tied("conflicts", decide, overrides={"ENV-GEN-902": Override(Decision.OUT, "choix")})
    assert none == ()


def test_a_missing_companion_is_told(decide):
    assert tied("requires", decide)[1] == ()
    _, conflicts = tied("requires", decide, overrides={"ENV-GEN-902": Override(Decision.OUT, "choix")})
    assert [(each.kind, each.clause, each.other) for each in conflicts] == [("missing", "ENV-GEN-901", "ENV-GEN-902")]
    assert "{" not in conflicts[0].reason["en"]


PURCHASES = {
    "nothing stated": {"nature": None},
    "cleaning": {"cpv": ("90919200",), "estimated_value": Decimal(120_000), "duration_months": Decimal(48)},
    "works": {
        "nature": Nature.WORKS,
        "cpv": ("45210000",),
        "estimated_value": Decimal(6_000_000),
        "procedure": Procedure.OPEN,
    },
    "supplies, low value": {
        "nature": Nature.SUPPLIES,
        "estimated_value": Decimal(9_000),
        "procedure": Procedure.LOW_VALUE,
    },
    "concession": {"nature": Nature.CONCESSION},
    "catering": {"cpv": ("55524000",), "ambition": Ambition.EXEMPLARY},
    "regional": {
        "authority": Authority("R", AuthorityType.REGIONAL),
        "options": tuple(PurchaseOption),
        "ambition": Ambition.EXEMPLARY,
    },
    "lots": {
        "lots": 2,
        "lots_detail": (LotDetail("A", None, True), LotDetail("B")),
        "award": (AwardWeight("price", Decimal(100)),),
    },
}


@pytest.mark.parametrize("answers", PURCHASES.values(), ids=PURCHASES)
def test_every_clause_of_the_edition_is_decided_with_a_reason(published_library, answers):
    selection = select(published_library, purchase(**answers))
    assert len(selection.decided) == len(published_library.identifiers)
    for item in selection.decided:
        assert item.rule
        for language in LANGUAGES:
            assert item.reason[language].strip(), item.clause.id
            assert not set("{}") & set(item.reason[language]), item.clause.id
            assert "None" not in item.reason[language], item.clause.id
    for conflict in selection.conflicts:
        assert all(conflict.reason[language].strip() for language in LANGUAGES)


def test_a_category_without_a_code_rules_out_codes_of_other_markets(decide):
    data = clause_data("ENV-GEN-901", "performance", applicability={"cpv": ["909", "45"]})
    assert one(decide, data, cpv=(), category=Category.IT).decision is Decision.OUT
    assert one(decide, data, cpv=(), category=Category.CLEANING).decision is Decision.IN
    assert one(decide, data, cpv=(), category=None).decision is Decision.IN


def test_nothing_of_the_law_on_public_contracts_is_taken_over_for_a_concession(decide):
    item = one(decide, clause_data(nature=["services"]), nature=Nature.CONCESSION)
    assert (item.decision, item.rule) == (Decision.OUT, "nature")
    assert "concessions n'a pas été lue" in item.reason["fr"]


@pytest.mark.parametrize(
    ("answers", "is_in"),
    [
        ({"cpv": ("79341000",)}, False),
        ({"cpv": ("79341000", "48000000")}, True),
        ({"cpv": ("48000000",), "category": Category.COMMUNICATION}, True),
    ],
)
def test_the_other_codes_of_a_purchase_bring_their_market_along(decide, answers, is_in):
    item = one(decide, clause_data(categories=["it"]), **answers)
    assert (item.decision is Decision.IN) is is_in


def test_works_by_nature_are_works_whatever_the_code(decide):
    data = clause_data(categories=["works"], nature=["works"])
    assert one(decide, data, nature=Nature.WORKS, cpv=("45112700",)).decision is Decision.IN
    assert one(decide, data, nature=Nature.SERVICES, cpv=("77310000",)).rule == "category"


def test_a_good_that_the_object_names_counts_where_only_its_code_is_missing(decide):
    eggs = clause_data("ENV-GEN-901", "performance", applicability={"cpv": ["0314"]})
    fruit = {"nature": Nature.SUPPLIES, "cpv": ("15300000",)}
    assert one(decide, eggs, **fruit, object="Fruits et œufs").decision is Decision.IN
    assert one(decide, eggs, **fruit, object="Fruits").decision is Decision.OUT
    assert one(decide, eggs, **fruit, object="Fruits, sans œufs").decision is Decision.OUT
    without = clause_data("ENV-GEN-901", "performance", applicability={"not": {"cpv": ["0314"]}})
    assert one(decide, without, **fruit, object="Fruits et œufs").decision is Decision.IN, "words take nothing away"
