"""Checks of one clause's law: bases, certainty, labels, penalties, and wording that the law forbids."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.checks.phrases import Phrase, folded, matches, read_phrase
from mpdi.clause_library.core.model import ClauseVersion, Paragraph
from mpdi.clause_library.core.problems import Problem
from mpdi.clause_library.core.reference_data import ReferenceData
from mpdi.clause_library.core.vocabulary import (
    LABEL_TYPES_WITHOUT_STATEMENT,
    LANGUAGES,
    Certainty,
    ClauseKind,
    Severity,
)
from mpdi.resources import folder


@dataclass(frozen=True)
class WordingRule:
    """A wording the law forbids in clauses of some kinds."""

    rule: str
    severity: Severity
    kinds: tuple[str, ...]
    phrases: Mapping[str, tuple[Phrase, ...]]
    message: str
    remedy: str


def read_wording_rules() -> tuple[WordingRule, ...]:
    """Read `rules/wording.yaml`."""
    items = strict_yaml.read(folder("clauses") / "rules" / "wording.yaml")
    return tuple(
        WordingRule(
            item["rule"],
            Severity(item["severity"]),
            tuple(item["kinds"]),
            {language: tuple(map(read_phrase, item[language])) for language in LANGUAGES},
            item["message"],
            item["remedy"],
        )
        for item in items
    )


def check_law(
    clause: ClauseVersion, reference: ReferenceData, rules: tuple[WordingRule, ...], file: str
) -> Iterator[Problem]:
    """Yield the problems of legal bases, certainty, labels, penalties and forbidden wording."""
    yield from _bases(clause, reference, file)
    yield from _register_certainty(clause, reference, file)
    yield from _labels(clause, reference, file)
    yield from _penalty(clause, file)
    yield from _self_cleaning(clause, file)
    yield from _applicable_articles(clause, file)
    yield from _wordings(clause, rules, file)


def _bases(clause: ClauseVersion, reference: ReferenceData, file: str) -> Iterator[Problem]:
    for index, basis in enumerate(clause.legal_basis):
        key = f"legal_basis.{index}"
        instrument = reference.instruments.get(basis.act)
        if instrument is None:
            yield Problem(
                file,
                key,
                "law",
                f"The act “{basis.act}” is not in law/instruments.yaml.",
                "Add it there, or mend the key.",
            )
        elif basis.article not in instrument.articles:
            yield Problem(
                file,
                key,
                "law",
                f"Article “{basis.article}” of {basis.act} is not in law/instruments.yaml.",
                "Add it there with the certainty that the law file gives it.",
            )
    if all(basis.certainty is Certainty.GENERAL_KNOWLEDGE for basis in clause.legal_basis):
        yield Problem(
            file,
            "legal_basis",
            "L19",
            "The clause rests on general knowledge only: it cannot be signed.",
            "Have a jurist open the articles.",
            Severity.WARN,
        )
        if clause.register.is_signed:
            yield Problem(
                file,
                "legal_review",
                "L19",
                "A clause that rests only on general knowledge may not be signed.",
                "Set it to pending.",
            )


def _register_certainty(clause: ClauseVersion, reference: ReferenceData, file: str) -> Iterator[Problem]:
    listed = {(item["act"], item["article"]) for item in clause.register_data["certainty"]}
    used = {(basis.act, basis.article) for basis in clause.legal_basis}
    for act, article in sorted(listed ^ used):
        yield Problem(
            file,
            f"certainty {act} {article}",
            "law",
            "Text and register entry do not list the same articles.",
            "List each article of the text once in the register's certainty.",
        )
    for basis in clause.legal_basis:
        known = reference.instruments.get(basis.act)
        ceiling = known.articles.get(basis.article) if known else None
        if ceiling is not None and basis.certainty.rank > ceiling.rank:
            yield Problem(
                file,
                f"certainty {basis.act} {basis.article}",
                "law",
                f"{basis.certainty} is more than law/instruments.yaml says ({ceiling}).",
                "Lower it, or record the reading there.",
            )
    if clause.register.is_signed and clause.register.legal_review.get("digest") != clause.digest:
        yield Problem(
            file, "legal_review.digest", "law", "The signature names another text.", "Have this version signed."
        )


def _labels(clause: ClauseVersion, reference: ReferenceData, file: str) -> Iterator[Problem]:
    for label in clause.labels:
        if label not in reference.labels:
            yield Problem(
                file,
                "labels",
                "L01",
                f"The label “{label}” is not in labels/labels.yaml.",
                "Add it there, or mend the key.",
            )
    types = {reference.labels[label].type for label in clause.labels if label in reference.labels}
    if types - LABEL_TYPES_WITHOUT_STATEMENT:
        yield from _label_statement(clause, file)


def _label_statement(clause: ClauseVersion, file: str) -> Iterator[Problem]:
    statements = [paragraph for paragraph in clause.text if paragraph.part == "label_statement"]
    if not statements:
        yield Problem(
            file,
            "text",
            "L01",
            "A label is named without the statement of article 54, § 3.",
            "Add the label_statement paragraphs (law/statements.yaml).",
        )
    anchors = strict_yaml.read(folder("clauses") / "law" / "statements.yaml")["label_statement"]
    for paragraph in statements:
        case = _statement_case(paragraph)
        for language in LANGUAGES:
            for phrase in anchors.get(case, anchors["below"])[language]:
                if phrase not in " ".join(paragraph.text[language].split()):
                    yield Problem(
                        file,
                        f"label_statement ({language}, {case})",
                        "L01",
                        f"The statement lacks “{phrase}”.",
                        "Use the wording of law/statements.yaml.",
                    )
    for language, pattern in (("fr", r"équivalent"), ("nl", r"gelijkwaardig")):
        text = " ".join(
            paragraph.text[language]
            for paragraph in clause.text
            if paragraph.part in ("obligation", "scoring", "definition")
        )
        if not re.search(pattern, text):
            yield Problem(
                file,
                f"text ({language})",
                "L01",
                "Labels are named without “or equivalent”.",
                "Accept every label with equivalent requirements.",
            )


def _statement_case(paragraph: Paragraph) -> str | None:
    """Return the wording that a statement must have: by value where the label is required, else by the paragraph it names."""
    if paragraph.when is None:
        return "part_only" if "article 54, § 2" in " ".join(paragraph.text.fr.split()) else None
    value: str | None = paragraph.when.get("value_against_eu_threshold")
    return value


def _penalty(clause: ClauseVersion, file: str) -> Iterator[Problem]:
    if "special_penalty" not in clause.sanction.kinds:
        return
    articles = {basis.article for basis in clause.legal_basis if basis.act == "RD-2013-01-14"}
    if clause.sanction.procedure != "article-44" or not {"44", "45"} <= articles:
        yield Problem(
            file,
            "sanction",
            "L17",
            "A special penalty without the procedure of articles 44 and 45.",
            "Set procedure: article-44 and cite RD-2013-01-14, articles 44 and 45.",
        )
    if not any(
        paragraph.part == "consequence" and "44" in paragraph.text.fr and "44" in paragraph.text.nl
        for paragraph in clause.text
    ):
        yield Problem(
            file,
            "text",
            "L17",
            "No consequence paragraph names the record of article 44.",
            "Name it in both languages.",
        )


def _cites(clause: ClauseVersion, *articles: str) -> bool:
    return any(basis.act == "LAW-2016-06-17" and basis.article in articles for basis in clause.legal_basis)


def _self_cleaning(clause: ClauseVersion, file: str) -> Iterator[Problem]:
    if clause.kind is ClauseKind.EXCLUSION and _cites(clause, "67") and not _cites(clause, "70"):
        yield Problem(
            file,
            "legal_basis",
            "L27",
            "A ground of article 67 without the sentence that article 70, § 2, applies.",
            "Say that the operator shows corrective measures spontaneously at the start.",
        )


def _applicable_articles(clause: ClauseVersion, file: str) -> Iterator[Problem]:
    mentions_light = any("light_regime" in str(paragraph.only_when or paragraph.when) for paragraph in clause.text)
    if (
        "services" in clause.nature
        and _cites(clause, "53", "54", "55", "56", "58")
        and "general" in clause.categories
        and not mentions_light
    ):
        yield Problem(
            file,
            "text",
            "L25",
            "In a light-regime service, articles 53 to 58 apply only where the documents say so.",
            "Add an only_when: {light_regime: true} paragraph that makes the article applicable.",
            Severity.WARN,
        )


def _wordings(clause: ClauseVersion, rules: tuple[WordingRule, ...], file: str) -> Iterator[Problem]:
    asked = [rule for rule in rules if not rule.kinds or clause.kind in rule.kinds]
    for index, paragraph in enumerate(clause.text):
        if not paragraph.is_printed:
            continue
        for language in LANGUAGES:
            text = paragraph.text[language]
            letters = folded(text)
            for rule in asked:
                for found in matches(rule.phrases[language], text, letters):
                    yield Problem(
                        file,
                        f"text.{index}.{language}",
                        rule.rule,
                        f"{rule.message} (“{found}”)",
                        rule.remedy,
                        rule.severity,
                    )
