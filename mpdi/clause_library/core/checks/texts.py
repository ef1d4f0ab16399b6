"""Checks of one clause's own words: parameters, parts, cases, terms."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from mpdi.clause_library.core.conditions import CLOSED_FACTS, ConditionError, check_condition
from mpdi.clause_library.core.law_numbers import UnknownLawNumberError
from mpdi.clause_library.core.model import ClauseVersion, Paragraph, Parameter
from mpdi.clause_library.core.problems import Problem
from mpdi.clause_library.core.reference_data import ReferenceData
from mpdi.clause_library.core.rendering import parameter_keys
from mpdi.clause_library.core.vocabulary import LANGUAGES, ClauseKind

REQUIRED_PARTS: Mapping[ClauseKind, tuple[tuple[str, ...], ...]] = {
    ClauseKind.TECHNICAL_SPECIFICATION: (("obligation",), ("proof_at_tender", "proof_in_execution"), ("consequence",)),
    ClauseKind.PERFORMANCE: (("obligation",), ("proof_at_tender", "proof_in_execution"), ("consequence",)),
    ClauseKind.AWARD: (("obligation",), ("scoring",), ("proof_at_tender",)),
    ClauseKind.SELECTION: (("obligation",), ("proof_at_tender",), ("consequence",)),
    ClauseKind.EXCLUSION: (("obligation",), ("proof_at_tender",), ("consequence",)),
    ClauseKind.PRICE: (("obligation",), ("calculation", "proof_at_tender", "proof_in_execution")),
    ClauseKind.LOT_STRUCTURE: (("obligation",),),
    ClauseKind.VARIANT: (("obligation",),),
    ClauseKind.SANCTION: (("obligation",), ("calculation",), ("consequence",)),
    ClauseKind.PREPARATION: (("internal", "obligation"),),
}
"""For each kind, the parts it must have: one of each group."""

_BARE_NUMBER = re.compile(
    r"(?<![\w/.,§-])\d[\d .,\u00a0\u202f]*\s?(?:%|EUR\b|euros?\b|jours?\b|(?:kalender|werk)?dag(?:en)?\b|heures?\b|uur\b|uren\b"
    r"|semaines?\b|we(?:ek|ken)\b|mois\b|maand(?:en)?\b|ans?\b|années?\b|jaar\b|jaren\b|m2\b|m²|dB\b|points?\b|punt(?:en)?\b|pour cent\b|procent\b)",
    re.IGNORECASE,
)
_DATE_BEFORE = re.compile(r"(?:du|le|van|op|au|tot)\s+\d{1,2}$", re.IGNORECASE)


def check_texts(clause: ClauseVersion, reference: ReferenceData, file: str) -> Iterator[Problem]:
    """Yield the problems of parameters, parts, cases, bare numbers and terms."""
    yield from _parameter_use(clause, file)
    for parameter in clause.parameters.values():
        yield from _parameter(parameter, reference, file)
    yield from _parts(clause, file)
    yield from _conditions(clause, reference, file)
    yield from _cases(clause, file)
    yield from _bare_numbers(clause, file)
    yield from _terms(clause, reference, file)


def _parameter_use(clause: ClauseVersion, file: str) -> Iterator[Problem]:
    used: set[str] = set()
    for index, paragraph in enumerate(clause.text):
        french, dutch = (parameter_keys(paragraph.text[language]) for language in LANGUAGES)
        used |= french | dutch
        if french != dutch:
            missing = ", ".join(sorted(french ^ dutch))
            yield Problem(
                file,
                f"text.{index}",
                "L20",
                f"The parameters differ between French and Dutch ({missing}).",
                "Use the same parameters in both languages.",
            )
    guidance = [parameter_keys(clause.guidance[language]) for language in LANGUAGES]
    if guidance[0] != guidance[1]:
        yield Problem(
            file,
            "guidance",
            "L20",
            "The guidance names other parameters in French than in Dutch.",
            "Use the same parameters in both languages.",
        )
    for key in sorted((used | guidance[0]) - set(clause.parameters)):
        yield Problem(
            file,
            f"parameters.{key}",
            "L18",
            f"The text uses {{{{ {key} }}}}, which is not a parameter.",
            "Define it under parameters.",
        )
    for key in sorted(set(clause.parameters) - used):
        yield Problem(
            file, f"parameters.{key}", "parameter", "The parameter is not used in the text.", "Use it or remove it."
        )


def _parameter(parameter: Parameter, reference: ReferenceData, file: str) -> Iterator[Problem]:
    key = f"parameters.{parameter.key}"
    if parameter.law_number is not None and parameter.law_number not in reference.numbers:
        yield Problem(
            file,
            key,
            "L18",
            f"“{parameter.law_number}” is not in law/numbers.yaml.",
            "Add it there with its source, or mend the key.",
        )
    if parameter.provenance == "eu_gpp":
        yield Problem(
            file,
            key,
            "L18",
            "No figure of the EU GPP criteria has been read.",
            "Use project_default, or eu_ecolabel with its decision.",
        )
    low, high, default = parameter.minimum, parameter.maximum, parameter.default
    if low is not None and high is not None and low > high:
        yield Problem(file, key, "parameter", f"minimum {low} is above maximum {high}.", "Correct the bounds.")
    if isinstance(default, Decimal) and low is not None and high is not None and not low <= default <= high:
        yield Problem(
            file, key, "parameter", f"default {default} is outside {low}–{high}.", "Correct the default or the bounds."
        )
    if parameter.type == "choice" and default is not None and default not in dict(parameter.choices):
        yield Problem(
            file,
            key,
            "parameter",
            f"default “{default}” is not one of the choices.",
            "Use a value of choices, or null.",
        )


def _parts(clause: ClauseVersion, file: str) -> Iterator[Problem]:
    present = {paragraph.part for paragraph in clause.text}
    for group in REQUIRED_PARTS[clause.kind]:
        if not present & set(group):
            rule = "L04" if clause.kind is ClauseKind.AWARD else "part"
            yield Problem(
                file,
                "text",
                rule,
                f"A clause of kind {clause.kind} needs a paragraph of part {' or '.join(group)}.",
                "Write it.",
            )


def _conditions(clause: ClauseVersion, reference: ReferenceData, file: str) -> Iterator[Problem]:
    places = [("applicability", clause.applicability)]
    for index, paragraph in enumerate(clause.text):
        places += [
            (f"text.{index}.{name}", value)
            for name, value in (("when", paragraph.when), ("only_when", paragraph.only_when))
            if value is not None
        ]
    for key, condition in places:
        try:
            check_condition(condition, reference.numbers)
        except (ConditionError, UnknownLawNumberError) as error:
            yield Problem(file, key, "condition", str(error), "See clauses/README.md, Conditions.")


def _cases(clause: ClauseVersion, file: str) -> Iterator[Problem]:
    groups: dict[tuple[str, str], list[Paragraph]] = defaultdict(list)
    for paragraph in clause.text:
        if paragraph.when is not None:
            groups[paragraph.part, next(iter(paragraph.when))].append(paragraph)
    for (part, fact), paragraphs in groups.items():
        if fact not in CLOSED_FACTS:
            yield Problem(
                file,
                "text",
                "case",
                f"{part}: “when” on “{fact}”, which has no closed list of values.",
                "Use only_when.",
            )
            continue
        covered = [value for paragraph in paragraphs for value in _values(paragraph, fact)]
        if sorted(map(str, covered)) != sorted(map(str, CLOSED_FACTS[fact])):
            yield Problem(
                file,
                "text",
                "case",
                f"{part}: the cases of “{fact}” are {covered}; each of {list(CLOSED_FACTS[fact])} must stand once.",
                "Add or remove paragraphs.",
            )


def _values(paragraph: Paragraph, fact: str) -> list[str | bool]:
    assert paragraph.when is not None
    value = paragraph.when[fact]
    return value if isinstance(value, list) else [value]


def _bare_numbers(clause: ClauseVersion, file: str) -> Iterator[Problem]:
    for index, paragraph in enumerate(clause.text):
        for language in LANGUAGES:
            text = paragraph.text[language]
            for match in _BARE_NUMBER.finditer(text):
                if not _DATE_BEFORE.search(text[: match.start()].rstrip()):
                    yield Problem(
                        file,
                        f"text.{index}.{language}",
                        "L18",
                        f"“{match.group().strip()}” stands in the text as digits.",
                        "Make it a parameter with its provenance, or a law_number.",
                    )


def _terms(clause: ClauseVersion, reference: ReferenceData, file: str) -> Iterator[Problem]:
    for language in LANGUAGES:
        text = " ".join(paragraph.text[language] for paragraph in clause.text).lower()
        for term in reference.terms:
            for word in term.avoid[language]:
                # Looking for the letters first spares nearly all of fifty thousand searches.
                if word.lower() in text and re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", text):
                    yield Problem(
                        file,
                        f"text ({language})",
                        "term",
                        f"“{word}” is not the word for this concept.",
                        f"Write “{term.word[language]}” (glossary/terms.yaml).",
                    )
