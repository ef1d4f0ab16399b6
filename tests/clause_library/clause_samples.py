"""Small clauses of the tests' own: `clause_data()` is a valid text, `SampleLibrary` a folder of them."""

import datetime
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.clause_files import clause_version
from mpdi.clause_library.core.library import ClauseLibrary
from mpdi.clause_library.core.model import ClauseVersion
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.vocabulary import Nature, Status
from mpdi.resources import folder

DAY = datetime.date(2026, 12, 1)
THEMES = {
    "ENV": "environmental",
    "SOC": "social",
    "ETH": "ethical",
    "DMP": "anti_dumping",
    "SME": "sme",
    "INN": "innovation",
}
PARTS = {
    "technical_specification": ("obligation", "proof_at_tender", "consequence"),
    "performance": ("obligation", "proof_in_execution", "consequence"),
    "award": ("obligation", "scoring", "proof_at_tender", "proof_in_execution", "consequence"),
    "selection": ("obligation", "proof_at_tender", "consequence"),
    "exclusion": ("obligation", "proof_at_tender", "consequence"),
    "price": ("obligation", "calculation"),
    "lot_structure": ("obligation",),
    "variant": ("obligation",),
    "sanction": ("obligation", "calculation", "consequence"),
    "preparation": ("internal",),
}


def both(fr: str, nl: str | None = None) -> dict[str, str]:
    return {"fr": fr, "nl": nl or fr}


def paragraph(part: str, fr: str = "Le texte.", nl: str = "De tekst.", **guards: Any) -> dict[str, Any]:
    return {"part": part, **guards, "fr": fr, "nl": nl}


def percent(**changes: Any) -> dict[str, Any]:
    return {
        "type": "percent",
        "unit": both("%"),
        "minimum": 10,
        "maximum": 90,
        "default": 50,
        "provenance": "project_default",
        "decided_by": "buyer",
        "label": both("Part", "Aandeel"),
        **changes,
    }


def law_parameter(key: str = "low_value", **changes: Any) -> dict[str, Any]:
    return {
        "type": "money",
        "unit": both("EUR"),
        "provenance": "law",
        "decided_by": "law",
        "law_number": key,
        "label": both("Montant", "Bedrag"),
        **changes,
    }


def clause_data(
    identifier: str = "ENV-GEN-901", kind: str = "technical_specification", **changes: Any
) -> dict[str, Any]:
    """A valid text of that kind; `changes` replace whole keys."""
    data: dict[str, Any] = {
        "id": identifier,
        "version": "1.0.0",
        "themes": [THEMES[identifier[:3]]],
        "categories": ["general"],
        "kind": kind,
        "ambition": "core",
        "nature": ["works", "supplies", "services"],
        "cpv": [],
        "title": both(f"Titre {identifier}", f"Titel {identifier}"),
        "summary": both("Résumé.", "Samenvatting."),
        "parameters": {},
        "text": [paragraph(part) for part in PARTS[kind]],
        "guidance": both("Conseil.", "Raad."),
        "legal_basis": [{"act": "LAW-2016-06-17", "article": "87", "used_for": "performance"}],
        "labels": [],
        "verification": {"tender": [], "execution": []},
        "evidence": [],
        "sanction": {"kinds": ["none"], "procedure": None, "cap": None},
        "applicability": {},
        "requires": [],
        "suggests": [],
        "conflicts": [],
        "award_companion": None,
        "market_readiness": {"score": 1, "sme_risk": 1, "note": both("Prêt.", "Klaar.")},
        "eforms": {"strategic_procurement": ["none"]},
        "taxonomy_objectives": [],
        "plans": [],
        "sources": [{"title": "Texte propre", "kind": "own"}],
        "change": both("Première version", "Eerste versie"),
    }
    if kind == "award":
        data["award"] = {"weight_minimum": 10, "weight_maximum": 50, "weight_default": 20, "method": "proportional"}
    return {**data, **changes}


def register_data(data: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    """The register entry of a text: published, read in both languages."""
    reading = {"date": DAY, "role": "reader", "finding": "rien trouvé", "change": "aucun"}
    return {
        "status": "published",
        "valid_from": datetime.date(2026, 1, 1),
        "valid_to": None,
        "review_due": datetime.date(2027, 12, 1),
        "obligation": [{"category": data["categories"][0], "status": "information", "from": DAY, "source": None}],
        "legal_review": {"state": "pending"},
        "certainty": [
            {"act": item["act"], "article": item["article"], "certainty": "partly", "checked_on": DAY}
            for item in data["legal_basis"]
        ],
        "readings": [{**reading, "language": "fr"}, {**reading, "language": "nl"}],
        "market_check": {"date": None, "note": None},
        **changes,
    }


class _PlainDumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_yaml(data: Any) -> str:
    return yaml.dump(data, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=120)


_NEEDED = {
    "law/instruments.yaml": ("LAW-2016-06-17", "RD-2013-01-14"),
    "law/numbers.yaml": ("low_value", "lots_reason"),
    "labels/labels.yaml": ("EU-ECOLABEL-CLEANING",),
    "glossary/terms.yaml": ("contracting_authority", "specifications"),
}


@cache
def _small_reference() -> dict[str, str]:
    """What samples need of the edition's reference data: reading all of it for each test would take most of the time."""
    edition = {name: strict_yaml.read(folder("clauses") / name) for name in _NEEDED}
    return {name: as_yaml({key: edition[name][key] for key in keys}) for name, keys in _NEEDED.items()}


class SampleLibrary:
    """A folder of clauses of one's own, with what they need of the edition's law, labels and terms."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "clauses"
        for name, text in _small_reference().items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")
        (self.folder / "library").mkdir()

    def add(self, data: Mapping[str, Any], *, register: Mapping[str, Any] | None = None, **changes: Any) -> Path:
        """Write a text and its register entry (`changes` go into the entry)."""
        place = self.folder / "library" / data["id"]
        place.mkdir(exist_ok=True)
        path = place / f"{data['version']}.yaml"
        path.write_text(as_yaml(data), encoding="utf-8")
        entry = register_data(data, **changes) if register is None else register
        path.with_name(f"{data['version']}.register.yaml").write_text(as_yaml(entry), encoding="utf-8")
        return path


def version_of(data: Mapping[str, Any], **changes: Any) -> ClauseVersion:
    return clause_version(data, register_data(data, **changes), f"{data['id']}/{data['version']}.yaml")


def published(library: ClauseLibrary) -> ClauseLibrary:
    """The same library, every clause published."""
    return ClauseLibrary(
        [replace(version, register=replace(version.register, status=Status.PUBLISHED)) for version in library],
        library.reference,
    )


def purchase(**changes: Any) -> Purchase:
    return Purchase(**{"publication_date": DAY, "nature": Nature.SERVICES, **changes})
