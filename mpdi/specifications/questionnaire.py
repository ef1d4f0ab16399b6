"""The twelve questions, as data: form, validation, summary and the links from a finding all come from here."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from mpdi.clause_library.core.answers import MAX_VALUE


class FieldKind(StrEnum):
    """How an answer is typed and read."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    AMOUNT = "amount"
    NUMBER = "number"
    WHOLE = "whole"
    CHOICE = "choice"
    SELECT = "select"
    CHOICES = "choices"
    YES_NO = "yes_no"
    DATE = "date"


@dataclass(frozen=True)
class Field:
    """One control: its name, its words, and where its value stands in the answers."""

    name: str
    label: LazyString
    kind: FieldKind
    path: tuple[str, ...] = ()
    help: LazyString | None = None
    limit: int = 300
    low: Decimal = Decimal(0)
    high: Decimal = MAX_VALUE
    unit: LazyString | str = ""
    fact: str = ""
    """The fact of `clauses/rules/words.yaml` whose values are the choices."""
    has_languages: bool = False
    language: str = ""
    """`has_languages`: a document in two languages asks for it in both; `language`: of one of the two controls."""

    @property
    def place(self) -> tuple[str, ...]:
        """Where the value stands in the answers."""
        return self.path or (self.name,)


@dataclass(frozen=True)
class Question:
    """One page: a question, one line of help, and its fields. `keys`: what it answers in the answers file."""

    key: str
    title: LazyString
    short: LazyString
    help: LazyString
    keys: tuple[str, ...]
    fields: tuple[Field, ...] = ()


_PERCENT = Decimal(100)
QUESTIONS: tuple[Question, ...] = (
    Question(
        "authority",
        _l("Who buys?"),
        _l("Contracting authority"),
        _l("The name goes on the first page; the type decides which European threshold counts."),
        ("authority",),
        (
            Field(
                "authority_name",
                _l("Name of the contracting authority"),
                FieldKind.TEXT,
                ("authority", "name"),
                limit=200,
                has_languages=True,
            ),
            Field(
                "authority_type",
                _l("Type of authority"),
                FieldKind.CHOICE,
                ("authority", "type"),
                fact="authority_type",
            ),
        ),
    ),
    Question(
        "object",
        _l("What do you buy?"),
        _l("Object"),
        _l("One sentence, as it will stand on the first page and in the header."),
        ("object", "reference"),
        (
            Field("object", _l("Object of the contract, in one sentence"), FieldKind.LONG_TEXT, has_languages=True),
            Field(
                "reference",
                _l("Your reference"),
                FieldKind.TEXT,
                limit=60,
                help=_l("If your file has one, such as EX-2026-014."),
            ),
        ),
    ),
    Question(
        "cpv",
        _l("Which CPV codes describe it?"),
        _l("CPV codes and category"),
        _l("Search with your own words. The main code decides which clauses are considered."),
        ("cpv", "category"),
        (
            Field(
                "category",
                _l("Category"),
                FieldKind.SELECT,
                fact="category",
                help=_l("Found from the main code. Choose another only if it does not fit."),
            ),
        ),
    ),
    Question(
        "nature",
        _l("Works, supplies or services?"),
        _l("Nature"),
        _l("If the contract mixes them: what is its main object?"),
        ("nature",),
        (Field("nature", _l("Nature of the contract"), FieldKind.CHOICE, fact="nature"),),
    ),
    Question(
        "value",
        _l("What is it worth?"),
        _l("Estimated value"),
        _l("Without VAT, for the whole duration, with all options, renewals and lots."),
        ("estimated_value",),
        (
            Field(
                "estimated_value",
                _l("Estimated value"),
                FieldKind.AMOUNT,
                unit=_l("EUR without VAT"),
                help=_l("Spaces, dots and commas are understood: 120 000, 120.000 or 120000,50."),
            ),
        ),
    ),
    Question(
        "procedure",
        _l("Which procedure?"),
        _l("Procedure"),
        _l("What the value allows is shown as a hint; the choice is yours."),
        ("procedure",),
        (Field("procedure", _l("Award procedure"), FieldKind.CHOICE, fact="procedure"),),
    ),
    Question(
        "duration",
        _l("How long will it run?"),
        _l("Duration"),
        _l("The whole duration, renewals included."),
        ("duration_months", "framework"),
        (
            Field(
                "duration_months",
                _l("Duration"),
                FieldKind.NUMBER,
                low=Decimal("0.1"),
                high=Decimal(600),
                unit=_l("months"),
            ),
            Field("framework", _l("Is it a framework agreement?"), FieldKind.YES_NO),
        ),
    ),
    Question(
        "lots",
        _l("Is it divided into lots?"),
        _l("Lots"),
        _l("Lots open the contract to small firms; without lots, say why."),
        ("lots", "lots_detail", "no_lots_reason"),
        (
            Field("divided", _l("Divided into lots"), FieldKind.YES_NO),
            Field(
                "lots",
                _l("Number of lots"),
                FieldKind.WHOLE,
                low=Decimal(1),
                high=Decimal(200),
                help=_l("Leave empty if you describe every lot below."),
            ),
            Field(
                "no_lots_reason",
                _l("Main reason for not dividing"),
                FieldKind.LONG_TEXT,
                limit=2000,
                has_languages=True,
            ),
        ),
    ),
    Question(
        "money",
        _l("Which money conditions?"),
        _l("Money conditions"),
        _l("All may stay open: the document then follows the rules of law and marks what is left to fill in."),
        ("payment_days", "advance", "deposit_percent", "turnover_factor", "subsidised_by_region"),
        (
            Field(
                "payment_days",
                _l("Payment term"),
                FieldKind.WHOLE,
                low=Decimal(1),
                high=Decimal(365),
                unit=_l("days"),
                help=_l("Checking and paying together; 30 days unless justified."),
            ),
            Field(
                "advance",
                _l("Advance"),
                FieldKind.NUMBER,
                ("advance", "percent"),
                high=_PERCENT,
                unit="%",
                help=_l("Left open, the clause on advances by size of firm applies where an advance is mandatory."),
            ),
            Field(
                "deposit_percent",
                _l("Deposit (performance bond)"),
                FieldKind.NUMBER,
                high=_PERCENT,
                unit="%",
                help=_l("0 for none; at most 5 percent unless justified."),
            ),
            Field(
                "turnover_factor",
                _l("Turnover required, as a multiple of the estimated value"),
                FieldKind.NUMBER,
                high=_PERCENT,
                help=_l("1 is usually enough; at most 2 unless special risks are justified."),
            ),
            Field("subsidised_by_region", _l("Subsidised by the Region?"), FieldKind.YES_NO),
        ),
    ),
    Question(
        "ambition",
        _l("How far do you want to go?"),
        _l("Ambition and options"),
        _l("Each level includes the one before. What lies above is suggested, never imposed."),
        ("ambition", "options"),
        (
            Field("ambition", _l("Ambition"), FieldKind.CHOICE, fact="ambition"),
            Field("options", _l("What you also want"), FieldKind.CHOICES, fact="options"),
        ),
    ),
    Question(
        "dnsh",
        _l("Could it do significant harm?"),
        _l("DNSH screening"),
        _l("Voluntary record for your own file, objective by objective; nothing of it is asked from tenderers."),
        ("dnsh",),
    ),
    Question(
        "publication",
        _l("When is it published, and in which language?"),
        _l("Publication and language"),
        _l("The date decides which versions and thresholds apply."),
        ("publication_date", "language"),
        (
            Field(
                "publication_date",
                _l("Publication date"),
                FieldKind.DATE,
                help=_l("Day/month/year, such as 01/12/2026. Left open: today."),
            ),
            Field("language", _l("Language of the document"), FieldKind.CHOICE, fact="language"),
        ),
    ),
)
BY_KEY = {question.key: question for question in QUESTIONS}
_BY_ANSWER = {key: question for question in QUESTIONS for key in question.keys}


def number_of(question: Question) -> int:
    """Return the place of a question, from 1."""
    return QUESTIONS.index(question) + 1


def following(question: Question) -> Question | None:
    """Return the next question, None after the last."""
    position = number_of(question)
    return QUESTIONS[position] if position < len(QUESTIONS) else None


def previous(question: Question) -> Question | None:
    """Return the question before, None before the first."""
    position = number_of(question) - 1
    return QUESTIONS[position - 1] if position else None


def question_of_answer(key: str) -> Question | None:
    """Return the question that asks for a key of the answers file (`advance`, `lots_detail`…)."""
    return _BY_ANSWER.get(key.split(".")[0])
