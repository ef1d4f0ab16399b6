"""`mpdi clauses check`: one failing example for every rule, and a message that names file, key and remedy."""

import ast
import datetime
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from clause_samples import (
    PARTS,
    as_yaml,
    both,
    clause_data,
    law_parameter,
    paragraph,
    percent,
    register_data,
    version_of,
)

import mpdi.clause_library.core.checks as checks_package
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.checks import check_files
from mpdi.clause_library.core.vocabulary import Severity
from mpdi.resources import folder

LAW = "LAW-2016-06-17"
EXECUTION = "RD-2013-01-14"
ECOLABEL = "EU-ECOLABEL-CLEANING"
OTHER = "ENV-GEN-902"


@dataclass(frozen=True)
class Example:
    """A clause that breaks one rule, and where the finding must point."""

    rule: str
    key: str
    words: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    register: dict[str, Any] = field(default_factory=dict)
    kind: str = "technical_specification"
    severity: Severity = Severity.BLOCK
    others: tuple[dict[str, Any], ...] = ()


def texts(
    kind: str = "technical_specification", *, fr: str = "Le texte.", nl: str = "De tekst.", part: str = "obligation"
) -> dict[str, Any]:
    """The paragraphs of a kind, one of them with words of the example's."""
    return {"text": [paragraph(each, fr, nl) if each == part else paragraph(each) for each in PARTS[kind]]}


def cites(*articles: str, act: str = LAW) -> dict[str, Any]:
    return {"legal_basis": [{"act": act, "article": article, "used_for": "reason"} for article in articles]}


def statement(case: str, language: str = "", lacking: int = -1) -> dict[str, Any]:
    """The paragraph of article 54, § 3, from the wording that the law prescribes; one phrase of it may lack."""
    phrases = strict_yaml.read(folder("clauses") / "law" / "statements.yaml")["label_statement"][case]
    words = {
        each: ". ".join(
            phrase for index, phrase in enumerate(phrases[each]) if not (each == language and index == lacking)
        )
        for each in ("fr", "nl")
    }
    when = {} if case == "part_only" else {"when": {"value_against_eu_threshold": case}}
    return paragraph("label_statement", **words, **when)


def labelled(
    *statements: dict[str, Any],
    fr: str = "Label ou équivalent.",
    nl: str = "Keurmerk of gelijkwaardig.",
    **changes: Any,
) -> dict[str, Any]:
    text = texts(fr=fr, nl=nl)["text"]
    light = paragraph("notice", only_when={"light_regime": True})
    return {"labels": [ECOLABEL], "text": [*text, light, *statements], **changes}


WORDINGS = [
    ("L02", "technical_specification", "Des produits locaux sont livrés.", "Lokale producten worden geleverd."),
    ("L02", "selection", "Une firme implantée à Namur.", "Een firma gevestigd te Gent."),
    ("L02", "award", "Une livraison en circuit court.", "Levering in de korte keten."),
    ("L02", "technical_specification", "À moins de 20 km du site.", "Op minder dan 20 km van de site."),
    ("L03", "technical_specification", "Un appareil de la marque Xerxes.", "Een toestel van het merk Xerxes."),
    ("L03", "performance", "Selon le brevet n° 12.", "Volgens octrooi nr 12."),
    ("L06", "performance", "La firme verdit l'ensemble de ses activités.", "De firma vergroent al haar activiteiten."),
    (
        "L06",
        "selection",
        "La politique RSE de l'entreprise est jointe.",
        "Het MVO-beleid van de onderneming wordt bijgevoegd.",
    ),
    (
        "L07",
        "performance",
        "La sous-traitance est limitée à {{ share }}.",
        "De onderaanneming is beperkt tot {{ share }}.",
    ),
    (
        "L07",
        "performance",
        "Il ne peut sous-traiter plus de {{ share }}.",
        "Maximaal {{ share }} van de diensten in onderaanneming.",
    ),
    (
        "L13",
        "performance",
        "Un salaire supérieur au minimum est payé.",
        "Een loon hoger dan het minimum wordt betaald.",
    ),
    (
        "L14",
        "selection",
        "La nationalité du personnel est indiquée.",
        "De nationaliteit van het personeel wordt vermeld.",
    ),
    (
        "L14",
        "performance",
        "Le personnel a une maîtrise du français.",
        "Het personeel heeft een perfecte beheersing van het Nederlands.",
    ),
    (
        "L22",
        "performance",
        "Cela vaut pour les achats généraux du pouvoir adjudicateur.",
        "Dit geldt voor de algemene aankopen van de aanbesteder.",
    ),
]
SAME = {"share": percent()}


def wording_examples() -> list[Example]:
    found = []
    for rule, kind, fr, nl in WORDINGS:
        severity = Severity.WARN if rule == "L13" else Severity.BLOCK
        has_share = "share" in fr
        for language in ("fr", "nl"):
            words = {
                "fr": fr if language == "fr" else "Une part {{ share }}." if has_share else "Le texte.",
                "nl": nl if language == "nl" else "Een aandeel {{ share }}." if has_share else "De tekst.",
            }
            data = texts(kind, **words) | ({"parameters": SAME} if has_share else {})
            found.append(Example(rule, f"text.0.{language}", "", data, kind=kind, severity=severity))
    return found


PENALTY = {"kinds": ["special_penalty"], "procedure": "article-44", "cap": None}
WITH_44 = {"legal_basis": [{"act": EXECUTION, "article": article, "used_for": "penalty"} for article in ("44", "45")]}
SIGNED = {"state": "signed", "date": datetime.date(2026, 11, 1), "function": "juriste", "digest": "0" * 64}
UNREAD = {
    "certainty": [
        {"act": LAW, "article": "87", "certainty": "general_knowledge", "checked_on": datetime.date(2026, 11, 1)}
    ]
}
TIE = [{"id": OTHER, "reason": both("Va avec.", "Hoort erbij.")}]
LONG = (
    "L'adjudicataire tient un relevé de chaque livraison, avec la quantité, la date et la preuve. Il le remet au fonctionnaire "
    "dirigeant dans le délai convenu après la fin de chaque trimestre, sous une forme lisible sans logiciel particulier. Ce qui est "
    "livré sans preuve est repris à ses frais et remplacé; le remplacement ne donne droit à aucun paiement ni à aucun délai."
)
THREE_NATURES = [paragraph("definition", when={"nature": each}) for each in ("works", "supplies", "services")]

EXAMPLES = [
    Example("L01", "text", "without the statement", labelled()),
    Example("L01", "labels", "NO-SUCH-LABEL", {"labels": ["NO-SUCH-LABEL"]}),
    *(
        Example(
            "L01",
            f"label_statement ({language}, {case})",
            "lacks",
            labelled(
                *(
                    statement(each, language, 3) if each == case else statement(each)
                    for each in ("below", "at_or_above")
                )
            ),
        )
        for case in ("below", "at_or_above")
        for language in ("fr", "nl")
    ),
    *(
        Example(
            "L01", f"label_statement ({language}, part_only)", "lacks", labelled(statement("part_only", language, 2))
        )
        for language in ("fr", "nl")
    ),
    Example(
        "L01", "text (fr)", "or equivalent", labelled(statement("below"), statement("at_or_above"), fr="Le label.")
    ),
    Example(
        "L01", "text (nl)", "or equivalent", labelled(statement("below"), statement("at_or_above"), nl="Het keurmerk.")
    ),
    *wording_examples(),
    *(
        Example(
            "L04", "text", part, {"text": [paragraph(each) for each in PARTS["award"] if each != part]}, kind="award"
        )
        for part in ("obligation", "scoring", "proof_at_tender")
    ),
    *(
        Example(
            "part",
            "text",
            part,
            {"text": [paragraph(each) for each in PARTS[kind] if each != part] or [paragraph("notice")]},
            kind=kind,
        )
        for kind in PARTS
        if kind != "award"
        for part in PARTS[kind]
    ),
    Example(
        "L17",
        "sanction",
        "articles 44 and 45",
        {"sanction": PENALTY, **texts(fr="PV de l'article 44.", nl="PV van artikel 44.", part="consequence")},
    ),
    Example(
        "L17",
        "sanction",
        "articles 44 and 45",
        {
            "sanction": {**PENALTY, "procedure": None},
            **WITH_44,
            **texts(fr="Article 44.", nl="Artikel 44.", part="consequence"),
        },
    ),
    Example(
        "L17",
        "text",
        "record of article 44",
        {"sanction": PENALTY, **WITH_44, **texts(fr="L'article 44.", nl="Dat artikel.", part="consequence")},
    ),
    Example(
        "L17",
        "text",
        "record of article 44",
        {"sanction": PENALTY, **WITH_44, **texts(fr="Cet article.", nl="Artikel 44.", part="consequence")},
    ),
    Example(
        "L17",
        "sanction.cap",
        "“ceiling”",
        {"sanction": {"kinds": ["general_penalty"], "procedure": None, "cap": "ceiling"}},
    ),
    Example(
        "L18", "parameters.share", "not a parameter", texts(fr="Au moins {{ share }}.", nl="Minstens {{ share }}.")
    ),
    Example(
        "L18",
        "parameters.share",
        "no_such_number",
        {
            "parameters": {"share": law_parameter("no_such_number")},
            **texts(fr="Sous {{ share }}.", nl="Onder {{ share }}."),
        },
    ),
    Example(
        "L18",
        "parameters.share",
        "EU GPP",
        {"parameters": {"share": percent(provenance="eu_gpp")}, **texts(fr="{{ share }}", nl="{{ share }}")},
    ),
    *(
        Example("L18", f"text.0.{language}", "digits", texts(**{language: words}))
        for language, words in [
            ("fr", "Au moins 75 % du volume."),
            ("fr", "Dans les 10 jours."),
            ("fr", "Une amende de 1 000 EUR."),
            ("fr", "Pendant 3 ans."),
            ("nl", "Ten minste 75 % van het volume."),
            ("nl", "Binnen 10 kalenderdagen."),
            ("nl", "Een boete van 1.000 euro."),
            ("nl", "Binnen 24 uur."),
        ]
    ),
    Example("L19", "legal_basis", "general knowledge", register=UNREAD, severity=Severity.WARN),
    Example("L19", "legal_review", "may not be signed", register={**UNREAD, "legal_review": SIGNED}),
    Example(
        "L20", "text.0", "share", {"parameters": SAME, **texts(fr="Au moins {{ share }}.", nl="Minstens een deel.")}
    ),
    Example(
        "L20", "text.0", "share", {"parameters": SAME, **texts(fr="Au moins une part.", nl="Minstens {{ share }}.")}
    ),
    Example(
        "L20",
        "guidance",
        "guidance",
        {
            "parameters": SAME,
            "guidance": both("Viser {{ share }}.", "Mik hoog."),
            **texts(fr="{{ share }}", nl="{{ share }}"),
        },
    ),
    Example("L25", "text", "light-regime", cites("53"), severity=Severity.WARN),
    Example("L27", "legal_basis", "article 70", cites("67"), kind="exclusion"),
    Example("parameter", "parameters.share", "not used", {"parameters": SAME}),
    *(
        Example(
            "parameter",
            "parameters.share",
            words,
            {"parameters": {"share": {**percent(), **wrong}}, **texts(fr="{{ share }}", nl="{{ share }}")},
        )
        for words, wrong in [
            ("outside", {"default": 95}),
            ("outside", {"default": 5}),
            ("above maximum", {"minimum": 91, "default": None}),
        ]
    ),
    Example(
        "parameter",
        "parameters.share",
        "not one of the choices",
        {
            "parameters": {
                "share": {
                    "type": "choice",
                    "default": "c",
                    "provenance": "buyer",
                    "decided_by": "buyer",
                    "label": both("Choix"),
                    "choices": [{"value": each, "label": both(each)} for each in "ab"],
                }
            },
            **texts(fr="{{ share }}", nl="{{ share }}"),
        },
    ),
    Example("condition", "applicability", "“colour” is not a fact", {"applicability": {"colour": "red"}}),
    Example(
        "condition",
        "applicability",
        "no_such_number",
        {"applicability": {"estimated_value": {"above": {"number": "no_such_number"}}}},
    ),
    Example(
        "condition",
        "text.3.only_when",
        "“service”",
        {"text": [*texts()["text"], paragraph("definition", only_when={"nature": "service"})]},
    ),
    Example("case", "text", "must stand once", {"text": [*texts()["text"], *THREE_NATURES]}),
    Example(
        "case",
        "text",
        "must stand once",
        {
            "text": [
                *texts()["text"],
                *THREE_NATURES,
                *(paragraph("definition", when={"nature": ["concession", each]}) for each in ("works",)),
            ]
        },
    ),
    Example(
        "case",
        "text",
        "no closed list",
        {"text": [*texts()["text"], paragraph("definition", when={"category": "cleaning"})]},
    ),
    Example("term", "text (fr)", "pouvoir adjudicateur", texts(fr="L'acheteur public paie.")),
    Example("term", "text (nl)", "bestek", texts(nl="Zie het lastenboek.")),
    Example("law", "legal_basis.0", "NO-SUCH-ACT", cites("1", act="NO-SUCH-ACT")),
    Example("law", "legal_basis.0", "“9999”", cites("9999")),
    Example("law", f"certainty {LAW} 87", "same articles", register={"certainty": []}),
    Example(
        "law",
        f"certainty {LAW} 99999",
        "same articles",
        register={
            "certainty": [
                {"act": LAW, "article": article, "certainty": "partly", "checked_on": datetime.date(2026, 11, 1)}
                for article in ("87", "99999")
            ]
        },
    ),
    Example("law", "legal_review.digest", "another text", register={"legal_review": SIGNED}),
    Example("relation", "requires", OTHER, {"requires": TIE}),
    Example("relation", "conflicts", OTHER, {"conflicts": TIE}),
    Example("relation", "suggests", OTHER, {"suggests": TIE}, severity=Severity.WARN),
    Example("relation", "award_companion", OTHER, {"award_companion": OTHER}),
    Example(
        "reading",
        "readings",
        "in fr",
        register={
            "readings": [
                {
                    "date": datetime.date(2026, 11, 1),
                    "language": "nl",
                    "role": "lezer",
                    "finding": "niets",
                    "change": "geen",
                }
            ]
        },
    ),
    Example(
        "reading",
        "readings",
        "in nl",
        register={
            "readings": [
                {
                    "date": datetime.date(2026, 11, 1),
                    "language": "fr",
                    "role": "lecteur",
                    "finding": "rien",
                    "change": "aucun",
                }
            ]
        },
    ),
    Example(
        "evidence",
        "evidence",
        "“list”",
        {"evidence": [{"name": "list", "title": both("Liste", "Lijst"), "sme_effort": 1}]},
    ),
    Example(
        "market",
        "market_readiness.note",
        "explains",
        {"market_readiness": {"score": 3, "sme_risk": 1, "note": both("Peu.", "Weinig.")}},
    ),
    *(
        Example(
            "obligation",
            "obligation",
            words,
            register={
                "obligation": [
                    {"category": category, "status": status, "from": datetime.date(2026, 1, 1), "source": None}
                ]
            },
        )
        for words, category, status in [
            ("without a source", "general", "recommended"),
            ("without a source", "general", "basic_requirement"),
            ("not a category", "food", "information"),
        ]
    ),
    Example("similar", "text (fr)", OTHER, texts(fr=LONG), others=(clause_data(OTHER, **texts(fr=LONG)),)),
    Example("status", "status", "2 published versions", others=(clause_data("ENV-GEN-901", version="1.1.0"),)),
    Example("identity", "themes", "first theme", {"themes": ["social", "environmental"]}),
    Example("schema", "status", "'publishd'", register={"status": "publishd"}),
    Example("schema", "title.fr", "too long", {"title": both("x" * 81, "y")}),
    Example("schema", "", "'colour'", {"colour": "red"}),
    Example("schema", "text.0.part", "obligatoin", {"text": [paragraph("obligatoin")]}),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.rule} {example.key} {example.words}")
def test_what_breaks_a_rule_is_found_and_told(sample_library, example):
    data = clause_data("ENV-GEN-901", example.kind, **example.data)
    sample_library.add(data, register={**register_data(data), **example.register})
    for other in example.others:
        sample_library.add(other)
    found = [problem for problem in check_files(sample_library.folder) if problem.rule == example.rule]
    matching = [
        problem for problem in found if problem.key == example.key and example.words in problem.message + problem.remedy
    ]
    assert matching, found
    problem = matching[0]
    assert problem.severity is example.severity
    assert problem.file in ("ENV-GEN-901/1.0.0.yaml", "ENV-GEN-901/1.0.0.register.yaml")
    assert len(problem.message) > 8
    assert len(problem.remedy) > 4
    assert {problem.file, example.rule} <= set(re.split(r"[ :\[\],]+", str(problem)))


@pytest.mark.parametrize("kind", PARTS)
def test_a_sound_clause_of_each_kind_passes(sample_library, kind):
    sample_library.add(clause_data("ENV-GEN-901", kind))
    assert check_files(sample_library.folder) == []


SOUND = {
    "labels with both statements": labelled(statement("below"), statement("at_or_above")),
    "part of a label's specifications, by article 54, § 2": labelled(statement("part_only")),
    "a penalty by the book": {
        "sanction": PENALTY,
        **WITH_44,
        **texts(fr="PV de l'article 44.", nl="PV van artikel 44.", part="consequence"),
    },
    "a date with digits": texts(
        fr="La loi du 17 juin 2016; dès le 1er janvier 2026.", nl="De wet van 17 juni 2016; op 1 januari 2026."
    ),
    "articles and paragraphs": texts(
        fr="L'article 54, § 1er, et l'article 12/3.", nl="Artikel 54, § 1, en artikel 12/3."
    ),
    "Belgian law and the Brussels Region": texts(nl="Het Belgisch Staatsblad en het Brussels Hoofdstedelijk Gewest."),
    "a number of law": {
        "parameters": {"limit": law_parameter()},
        **texts(fr="Sous {{ limit }}.", nl="Onder {{ limit }}."),
    },
    "every case once": {
        "text": [*texts()["text"], *THREE_NATURES, paragraph("definition", when={"nature": "concession"})]
    },
    "two cases in one paragraph": {
        "text": [
            *texts()["text"],
            paragraph("definition", when={"nature": ["works", "concession"]}),
            paragraph("definition", when={"nature": ["supplies", "services"]}),
        ]
    },
    "words for the buyer's file": {
        "text": [*texts()["text"], paragraph("internal", "Des produits locaux.", "Lokale producten.")]
    },
}


@pytest.mark.parametrize("data", SOUND.values(), ids=SOUND)
def test_what_only_looks_like_a_fault_is_none(sample_library, data):
    sample_library.add(clause_data("ENV-GEN-901", **data))
    assert check_files(sample_library.folder) == []


def test_relations_answer_each_other(sample_library):
    sample_library.add(clause_data("ENV-GEN-901", conflicts=TIE, award_companion=OTHER))
    sample_library.add(clause_data(OTHER, "award"))
    found = {(problem.file, problem.key, problem.rule) for problem in check_files(sample_library.folder)}
    assert found == {
        (f"{OTHER}/1.0.0.yaml", "conflicts", "relation"),
        (f"{OTHER}/1.0.0.yaml", "award_companion", "relation"),
    }


def test_folder_name_and_file_name_are_those_of_the_clause(sample_library):
    path = sample_library.add(clause_data())
    path.rename(path.with_name("2.0.0.yaml"))
    path.with_name("1.0.0.register.yaml").rename(path.with_name("2.0.0.register.yaml"))
    (found,) = check_files(sample_library.folder)
    assert (found.file, found.rule) == ("ENV-GEN-901/2.0.0.yaml", "identity")


def test_a_certainty_above_what_was_read_is_refused(sample_library):
    path = sample_library.folder / "law" / "instruments.yaml"
    instruments = strict_yaml.read(path)
    instruments[LAW]["articles"]["87"] = "general_knowledge"
    path.write_text(as_yaml(instruments), encoding="utf-8")
    sample_library.add(clause_data())
    assert [(problem.key, problem.rule) for problem in check_files(sample_library.folder)] == [
        (f"certainty {LAW} 87", "law")
    ]


def test_a_text_without_register_entry_is_a_warning_and_is_checked_all_the_same(sample_library):
    path = sample_library.add(clause_data(**texts(fr="Au moins 75 %.", nl="Een deel.")))
    path.with_name("1.0.0.register.yaml").unlink()
    found = check_files(sample_library.folder)
    assert {(problem.rule, problem.severity) for problem in found} == {
        ("register", Severity.WARN),
        ("L18", Severity.BLOCK),
    }


def test_a_malformed_text_without_register_entry_is_a_finding_too(sample_library):
    path = sample_library.add(clause_data())
    path.write_text(as_yaml({**clause_data(), "legal_basis": ["article 87"], "categories": None}), encoding="utf-8")
    path.with_name("1.0.0.register.yaml").unlink()
    assert {problem.key for problem in check_files(sample_library.folder)} == {"legal_basis.0", "categories"}


@pytest.mark.parametrize(
    ("content", "words"),
    [("a: 1\na: 2\n", "stands twice"), ("- a\n", "not of type 'object'"), ("", "not of type 'object'")],
)
def test_a_file_that_cannot_be_read_does_not_hide_the_others(sample_library, content, words):
    sample_library.add(clause_data()).write_text(content, encoding="utf-8")
    sample_library.add(clause_data(OTHER, **texts(fr="Au moins 75 %.", nl="Een deel.")))
    found = check_files(sample_library.folder)
    assert any(problem.file == "ENV-GEN-901/1.0.0.yaml" and words in problem.message for problem in found)
    assert any(problem.file == f"{OTHER}/1.0.0.yaml" and problem.rule == "L18" for problem in found)
    assert {problem.file for problem in check_files(sample_library.folder, [OTHER])} == {f"{OTHER}/1.0.0.yaml"}


def test_broken_reference_data_is_one_finding_that_names_the_file(sample_library):
    (sample_library.folder / "law" / "instruments.yaml").write_text("A: {short: x}\n", encoding="utf-8")
    (found,) = check_files(sample_library.folder)
    assert found.rule == "file"
    assert "instruments.yaml" in found.message


def rules_in_the_code() -> set[str]:
    """The rule of every `Problem(…)` that the checks build, and those of the wordings."""
    rules = {item["rule"] for item in strict_yaml.read(folder("clauses") / "rules" / "wording.yaml")}
    for path in Path(checks_package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "Problem"
                and isinstance(node.args[2], ast.Constant)
            ):
                rules.add(node.args[2].value)
    return rules | {"L04", "part", "schema"}


def test_every_rule_has_its_example():
    shown = {example.rule for example in EXAMPLES} | {"register", "file"}
    assert rules_in_the_code() - {"labels"} == shown, "those of the labels directory have theirs in test_label_directory"
    for rule in {item["rule"] for item in strict_yaml.read(folder("clauses") / "rules" / "wording.yaml")}:
        keys = {example.key.rsplit(".", 1)[-1] for example in EXAMPLES if example.rule == rule}
        assert keys == {"fr", "nl"}, f"{rule} is not shown in both languages"


def test_the_released_edition_passes_and_the_command_says_so():
    result = subprocess.run(
        [Path(sys.executable).with_name("mpdi"), "clauses", "check"], capture_output=True, text=True, check=False
    )
    blocking = [problem for problem in check_files(folder("clauses")) if problem.severity is Severity.BLOCK]
    assert blocking == []
    assert result.returncode == 0, result.stdout
    assert result.stderr.startswith("0 to mend, ")


def test_a_signature_of_this_very_text_is_accepted(sample_library):
    data = clause_data()
    sample_library.add(data, legal_review={**SIGNED, "digest": version_of(data).digest})
    assert check_files(sample_library.folder) == []


@pytest.mark.parametrize("wrong", ["many", {}, [1]], ids=["word", "mapping", "list"])
def test_a_default_that_is_no_number_is_a_finding_and_ends_nothing(sample_library, wrong):
    data = {"parameters": {"share": {**percent(), "default": wrong}}, **texts(fr="{{ share }}", nl="{{ share }}")}
    sample_library.add(clause_data("ENV-GEN-901", **data))
    sample_library.add(clause_data(OTHER, **texts(fr="Au moins 75 %.", nl="Een deel.")))
    found = check_files(sample_library.folder)
    assert any(problem.file == "ENV-GEN-901/1.0.0.yaml" and problem.rule == "schema" for problem in found), found
    assert any(problem.file == f"{OTHER}/1.0.0.yaml" and problem.rule == "L18" for problem in found)
