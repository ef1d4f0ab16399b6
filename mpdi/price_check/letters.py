"""The letter that asks a tenderer to justify prices. It holds the tenderer's own figures and never those of another."""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.rendering import NBSP
from mpdi.clause_library.core.said import Said
from mpdi.clause_library.core.vocabulary import Certainty, Language
from mpdi.documents.docx_writer import write_document
from mpdi.documents.model import (
    Block,
    Callout,
    CalloutKind,
    Content,
    Emphasis,
    LetterDocument,
    Metadata,
    NumberedItems,
    Paragraph,
    ParagraphKind,
    Run,
    Section,
    Table,
    TitlePage,
    content,
)
from mpdi.documents.model import Language as DocumentLanguage
from mpdi.price_check.catalogues import translator
from mpdi.price_check.core.check import CheckedOffer, PriceCheck
from mpdi.price_check.core.display import day_words, plain, written
from mpdi.price_check.core.floor import FloorLine
from mpdi.price_check.core.model import CostShare, ShareProvenance
from mpdi.price_check.core.observatory import Consultation
from mpdi.price_check.core.rules import DATA, PriceRules
from mpdi.price_check.core.steps import EUR_HOUR, Step, cost_words, floor_steps, provenance_words
from mpdi.public_holidays import closed_day


@cache
def _words() -> dict[str, Any]:
    read: dict[str, Any] = strict_yaml.read(DATA / "letter.yaml")
    return read


def letter_language(checked: CheckedOffer, check: PriceCheck) -> Language:
    """Return the language of the tenderer, or that of the purchase."""
    return checked.offer.language or check.case.language


def letter_name(number: int, checked: CheckedOffer, language: Language) -> str:
    """Return a file name of letters, digits and hyphens only; `number` keeps two alike apart."""
    bare = unicodedata.normalize("NFKD", checked.offer.tenderer).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall(r"[a-z0-9]+", bare.lower()))[:50].strip("-")
    return f"{number:02d}-{slug or 'offer'}-{language}.docx"


def write_letter(checked: CheckedOffer, check: PriceCheck, rules: PriceRules, day: datetime.date, language: Language) -> bytes:
    """Return the letter to one tenderer as a Word file, dated `day`."""
    return write_document(_Letter(checked, check, rules, day, language).document())


def unsourced(checked: CheckedOffer) -> tuple[CostShare, ...]:
    """Return the shares of the arithmetic that are defaults of the project: nobody gave a source for them."""
    shares = (line.share for line in checked.floor.costs)
    return tuple(share for share in shares if share.provenance is ShareProvenance.PROJECT_DEFAULT)


class _Letter:
    """Makes one letter."""

    def __init__(self, checked: CheckedOffer, check: PriceCheck, rules: PriceRules, day: datetime.date, language: Language) -> None:
        self._offer, self._floor, self._reasons, self._unsourced = checked.offer, checked.floor, checked.reasons, unsourced(checked)
        self._average, self._case, self._advice = checked.group.average, check.case, check.observatory
        self._scope = check.scope
        self._language, self._day = language, day
        self._translate: Callable[[str], str] = translator(language)
        self._default_days = rules.known("justification_days", check.case.publication_date)
        default = int(self._default_days.value) if self._default_days else None
        self._days = check.case.letter.answer_days or default

    def document(self) -> LetterDocument:
        case = self._case
        facts = [(self._say("contract"), case.object or f"[{self._say('missing_object')}]")]
        facts += [(self._say("lot"), self._offer.lot)] if self._offer.lot else []
        facts += [(self._say("subject"), self._say("subject_words", amount=self._money(self._offer.amount)))]
        title = TitlePage(
            self._say("kind"), case.object, case.authority or f"[{self._say('missing_authority')}]", case.reference, date=self._day, facts=tuple(facts)
        )
        kind = self._say("kind")
        return LetterDocument(
            language=DocumentLanguage(self._language),
            metadata=Metadata(kind, self._day, case.reference, case.authority, case.object),
            title_page=title,
            sections=tuple(self._sections()),
            manifest={"kind": "price_letter", "reference": case.reference, "tenderer": self._offer.tenderer, "answer_days": self._days, "reasons": [reason.code for reason in self._reasons]},
            header=case.reference,
            contents_levels=0,
            addressee=(content(self._offer.tenderer), self._address()),
            salutation=self._say("salutation"),
            opening=tuple(self._opening()),
            signature=self._signature(),
            foreword=(Callout(self._say("sender_heading"), tuple(content(text) for text in self._for_sender()), CalloutKind.TO_COMPLETE),),
        )

    def _say(self, key: str, **places: object) -> str:
        return self._put(_words()[key][self._language], places)

    def _put(self, template: str, places: Mapping[str, object]) -> str:
        """Fill the places of a sentence of ours, set as its language is; what is filled in is never read as a template."""
        return re.sub(r"\{([a-z]+)\}", lambda found: str(places[found.group(1)]), _set(template, self._language))

    def _money(self, value: Decimal) -> str:
        return written(value, self._language)

    def _address(self) -> Content:
        return content(self._offer.address) if self._offer.address else (Run(f"[{self._say('missing_tenderer')}]", Emphasis.HIGHLIGHT),)

    def _signature(self) -> tuple[Content, ...]:
        letter = self._case.letter
        signatory: Content = content(letter.signatory) if letter.signatory else (Run(f"[{self._say('missing_signatory')}]", Emphasis.HIGHLIGHT),)
        return (content(self._case.authority), signatory)

    def _opening(self) -> Iterator[Block]:
        reasons = self._why() or [self._say("reason_general")]
        yield Paragraph(content(self._say("intro") + " " + self._say("intro_one" if len(reasons) == 1 else "intro_more")))
        for text in reasons:
            yield Paragraph(content(text))
        yield Paragraph(content(self._say("no_reproach")))

    def _why(self) -> list[str]:
        gap = plain(self._average.gap, self._language) if self._average else ""
        said = []
        for reason in self._reasons:
            if reason.code == "below_bound":
                said.append(self._say("reason_below_bound", gap=gap))
            elif reason.code.startswith("below_") and reason.code != "below_wage_cost":
                said.append(self._say("reason_below_average", gap=gap))
        return said + [self._why_wage(line) for line in self._floor.below]

    def _why_wage(self, line: FloorLine) -> str:
        assert line.per_hour is not None
        assert line.wage_per_hour is not None
        key = "reason_wage_post" if line.title else "reason_wage"
        return self._say(key, post=line.title, left=self._money(line.per_hour), wage=self._money(line.wage_per_hour))

    def _sections(self) -> Iterator[Section]:
        yield Section(self._say("sums_heading"), 1, (Paragraph(content(self._say("sums_intro"))), self._table(), Paragraph(content(self._say("sums_note")), ParagraphKind.NOTE)))
        items = tuple(content(self._put(item[self._language], {})) for item in _words()["ask_items"])
        yield Section(self._say("ask_heading"), 1, (Paragraph(content(self._say("ask_intro"))), NumberedItems(items)))
        yield Section(self._say("term_heading"), 1, tuple(self._term()))

    def _table(self) -> Table:
        heads = tuple(self._say(f"head_{name}") for name in ("what", "sum", "value", "source"))
        named: set[str] = set()
        rows = tuple(self._row(step, named) for step in floor_steps(self._floor, self._language))
        return Table(self._say("sums_caption"), heads, rows, (29, 30, 17, 24), right_aligned=(2,), is_dense=True)

    def _row(self, step: Step, named: set[str]) -> tuple[Content, ...]:
        """Return a row of the table; a wage cost whose source was named above is not given it again."""
        note = step.note.told(self._translate) if isinstance(step.note, Said) else step.note
        if note and step.unit == EUR_HOUR and note in named:
            note = self._say("source_above")
        named.add(note)
        is_default = step.note == provenance_words(ShareProvenance.PROJECT_DEFAULT)
        source = (Run(f"[{self._say('missing_source')}]", Emphasis.HIGHLIGHT),) if is_default else content(note or "–")
        return (content(step.words.told(self._translate)), content(step.sum or "–"), content(step.shown(self._language)), source)

    def _term(self) -> Iterator[Block]:
        contact = self._case.letter.contact
        where = self._say("term_to", contact=contact) if contact else self._say("term_platform")
        days = Run(f"[{self._say('missing_days')}]", Emphasis.HIGHLIGHT)
        if self._days is not None:
            is_own = self._case.letter.answer_days is not None
            days = Run(self._say("term_days", days=self._days), Emphasis.PLAIN if is_own else Emphasis.HIGHLIGHT)
        yield Paragraph(content(self._say("term_before"), days, self._say("term_after") + where))
        yield Paragraph(content(self._say("secrets")))
        yield Paragraph(content(self._say("then")))
        if self._advice.consultation is not Consultation.NOT_PROVIDED:
            yield Paragraph(content(self._say("observatory")))
        yield Paragraph(content(self._say("closing")))

    def _for_sender(self) -> Iterator[str]:
        yield self._say("sender_marks")
        if self._unsourced:
            named = [f"{cost_words(share.cost).told(self._translate).lower()} {plain(share.percent, self._language)}{NBSP}%" for share in self._unsourced]
            yield self._say("sender_defaults", costs=", ".join(named))
        if self._days is None:
            yield self._say("sender_days_unknown", day=day_words(self._case.publication_date))
        elif self._default_days is not None and self._case.letter.answer_days is None:
            source = self._default_days.source
            yield self._say("sender_days_default", days=self._days, source=source.nl if self._language == "nl" else source.fr)
        else:
            yield self._say("sender_days_own", days=self._days)
        if self._floor.wage_costs:
            yield self._say("sender_wage", certainty=self._say(_least([cost.certainty for cost in self._floor.wage_costs])))
        yield from self._closed_last_day()
        if self._scope is not None:
            yield self._say("sender_scope")
        yield self._say("sender_confidential")
        yield self._say("sender_review")

    def _closed_last_day(self) -> Iterator[str]:
        """Warn where the last day to answer, of a letter received on its own day, is one on which offices are closed."""
        last = None if self._days is None else self._day + datetime.timedelta(days=self._days)
        why = closed_day(last, self._language) if last is not None else ""
        if last is not None and why:
            yield self._say("sender_closed_day", day=day_words(last), why=why)


def _least(certainties: list[Certainty]) -> str:
    return min(certainties, key=lambda each: each.rank).value


def _set(text: str, language: Language) -> str:
    """Set a sentence as its language is: a number and its unit on one line; in French a space before : ; ? ! and in « »."""
    text = re.sub(r" (?=%|EUR\b|§)|(?<=§) |(?<=§§) ", NBSP, text)
    if language == "fr":
        text = re.sub(r"(?<=[^\s\d]) ?([:;?!])(?=\s|$)", NBSP + r"\1", text).replace("« ", f"«{NBSP}").replace(" »", f"{NBSP}»")
    return text
