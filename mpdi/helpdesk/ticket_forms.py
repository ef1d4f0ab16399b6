"""What facilitators type into a ticket, read into values of the closed lists; what is unknown there is refused."""

import datetime
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from mpdi.accounts.authorities import register
from mpdi.clause_library.core.vocabulary import Category
from mpdi.exceptions import MpdiError
from mpdi.helpdesk.fact_operations import Facts
from mpdi.helpdesk.vocabulary import AskerKind, Obstacle, QuestionNature, Stage
from mpdi.references import Reference, ReferenceKind
from mpdi.specifications.typed_values import NotADateError, read_date

Typed = MultiDict[str, str]
Value = TypeVar("Value", bound=StrEnum)
_CPV = re.compile(r"[0-9]{8}(?:-[0-9])?")
_CLAUSE = re.compile(r"([A-Z]{3}-[A-Z]+-[0-9]{3})(?:@([0-9a-z.+]{1,40}))?")
_MOST_CODES = 20
_MOST_FIELDS = 100
SHOWN = "facts_shown"
"""The field that says which facts the page showed: somebody who changed none of them stores none."""
FACT_FIELDS = (
    "subject",
    "nature",
    "stage",
    "category",
    "cpv",
    "authority",
    "other_obstacle",
    "is_pilot",
    "tender_deadline",
    "asker_kind",
    "obstacles",
)


class FactError(MpdiError):
    """One of the facts typed cannot be read; `field` is its name, or `no_such_day`."""

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__(f"{field} cannot be read")


def read_facts(typed: Typed) -> Facts:
    """Read the form of facts; `FactError` names the field that cannot be read."""
    name = " ".join(typed.get("authority", "").split())
    authority = register().named(name) if name else None
    return Facts(
        question_nature=_value(QuestionNature, typed, "nature"),
        stage=_value(Stage, typed, "stage"),
        category=_value(Category, typed, "category"),
        cpv=_codes(typed.get("cpv", "")),
        authority_id=authority.id if authority else None,
        authority_name=name,
        obstacles=tuple(_member(Obstacle, code, "obstacles") for code in typed.getlist("obstacles")),
        other_obstacle=typed.get("other_obstacle", ""),
        is_pilot=typed.get("is_pilot") == "1",
        tender_deadline=_date(typed.get("tender_deadline", "")),
        asker_kind=_value(AskerKind, typed, "asker_kind"),
        subject=" ".join(typed.get("subject", "").split()) or None,
    )


@dataclass(frozen=True)
class TypedFacts:
    """The facts of a page as somebody left them, and as the page showed them: what differs is what was typed."""

    shown: Facts
    typed: Facts


def read_typed_facts(form: Typed) -> TypedFacts | None:
    """Read the facts of a ticket's page; None for a page that shows none, `FactError` for one that cannot be read."""
    if SHOWN not in form:
        return None
    try:
        shown = read_facts(MultiDict(parse_qsl(form[SHOWN], max_num_fields=_MOST_FIELDS)))
    except (ValueError, FactError) as error:
        raise FactError(SHOWN) from error
    return TypedFacts(shown, read_facts(form))


def fact_values(facts: Facts) -> Typed:
    """Return facts as the fields of a form hold them."""
    deadline = facts.tender_deadline
    single = {
        "subject": facts.subject,
        "nature": facts.question_nature,
        "stage": facts.stage,
        "category": facts.category,
        "cpv": " ".join(facts.cpv),
        "authority": facts.authority_name,
        "other_obstacle": facts.other_obstacle,
        "is_pilot": "1" if facts.is_pilot else None,
        "tender_deadline": f"{deadline:%d/%m/%Y}" if deadline else None,
        "asker_kind": facts.asker_kind,
    }
    pairs = [(name, str(value)) for name, value in single.items() if value]
    return MultiDict([*pairs, *(("obstacles", str(each)) for each in facts.obstacles)])


def shown_facts(facts: Facts) -> str:
    """Write down, for a hidden field, the facts that a page shows."""
    return urlencode(list(fact_values(facts).items(multi=True)))


def _value(kind: type[Value], typed: Typed, name: str) -> Value | None:
    text = typed.get(name, "")
    return _member(kind, text, name) if text else None


def _member(kind: type[Value], text: str, name: str) -> Value:
    try:
        return kind(text)
    except ValueError as error:
        raise FactError(name) from error


def _codes(text: str) -> tuple[str, ...]:
    codes = re.split(r"[\s,;]+", text.strip()) if text.strip() else []
    if len(codes) > _MOST_CODES or not all(_CPV.fullmatch(code) for code in codes):
        raise FactError("cpv")
    return tuple(dict.fromkeys(code[:8] for code in codes))


def _date(text: str) -> datetime.date | None:
    try:
        return read_date(text.strip()) if text.strip() else None
    except NotADateError as error:
        raise FactError("tender_deadline" if error.exists else "no_such_day") from error


def read_reference(text: str) -> Reference:
    """Read what a ticket is to point at: `ENV-CLEAN-001`, `ENV-CLEAN-001@1.0.0`, `MPDI-2026-00001` or `kind:identifier`."""
    plain = " ".join(text.split())[:100]
    if (clause := _CLAUSE.fullmatch(plain.upper())) is not None:
        kind = ReferenceKind.CLAUSE_VERSION if clause[2] else ReferenceKind.CLAUSE
        return Reference(kind, plain.upper() if not clause[2] else f"{clause[1]}@{clause[2].lower()}")
    if re.fullmatch(r"MPDI-[0-9]{4}-[0-9]{5,9}", plain.upper()):
        return Reference(ReferenceKind.TICKET, plain.upper())
    try:
        return Reference.parse(plain.replace(" ", ""))
    except ValueError as error:
        raise FactError("reference") from error
