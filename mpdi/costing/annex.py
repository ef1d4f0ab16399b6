"""The annex on life-cycle cost for the tender documents, in French or Dutch; nothing is written before all is green."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from mpdi.costing.annex_formulas import formula_blocks
from mpdi.costing.annex_parameters import data_table, parameter_table, price_blocks
from mpdi.costing.annex_words import AnnexLanguage, laws, passage, phrase, point, point_certainty, points
from mpdi.costing.award_clause import clause_paragraphs, example_table, external_kind, rule_paragraphs
from mpdi.costing.checklist import GreenCase, check
from mpdi.costing.examples import word
from mpdi.costing.numbers import number, percent
from mpdi.documents.docx_writer import write_document
from mpdi.documents.inline import Language as DocumentLanguage
from mpdi.documents.model import (
    Block,
    Bullets,
    Callout,
    Metadata,
    NumberedItems,
    Paragraph,
    Section,
    Table,
    TitlePage,
    WordDocument,
    content,
)
from mpdi.lcc.award import TieRule
from mpdi.lcc.discounting import discount_factors
from mpdi.lcc.model import Timing
from mpdi.lcc.sheets.model import Value


def annex(case: Mapping[str, Any], award_file: Mapping[str, Any], language: AnnexLanguage) -> bytes:
    """Return the .docx; the same case and award give the same bytes. `ChecklistRefusedError` where a point is not green."""
    return write_document(_Annex(check(case, award_file, language), language).document())


def annex_parts(green: GreenCase, language: AnnexLanguage) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """Return the award clause and the sections of the annex, to stand in a document that has its own front and law."""
    return _Annex(green, language).parts()


class _Annex:
    """The sections of one annex."""

    def __init__(self, green: GreenCase, language: AnnexLanguage) -> None:
        self._green, self._language, self._held = green, language, green.parameters

    def document(self) -> WordDocument:
        """The plain data of the file."""
        texts, held = self._green.texts, self._held
        kind = self._say("kind")
        sections = [
            Section(self._say("object"), 1, self._object()),
            Section(self._say("method"), 1, (*self._method(), self._factors())),
            Section(self._say("parameters"), 1, (parameter_table(self._green, self._language), *price_blocks(held, self._language))),
            Section(self._say("data"), 1, (data_table(held, self._language),)),
            Section(self._say("formulas"), 1, tuple(formula_blocks(held, self._language))),
            Section(self._say("rules"), 1, (Bullets(tuple(map(content, rule_paragraphs(self._green, self._language)))),)),
            Section(self._say("clause"), 1, self._clause()),
            Section(self._say("basis"), 1, self._basis()),
            Section(self._say("checklist"), 1, (self._checklist(),), is_annex=True, starts_page=True),
        ]  # fmt: skip
        return WordDocument(
            language=DocumentLanguage(self._language),
            metadata=Metadata(f"{kind} – {texts['subject']}", held.date, authority=texts["authority"]),
            title_page=TitlePage(
                kind=kind,
                object=texts["subject"],
                authority=texts["authority"],
                reference=texts["reference"],
                date=held.date,
                notices=(self._say("review_pending"),),
            ),
            sections=tuple(sections),
            header=self._say("header", title=texts["subject"]),
            contents_levels=1,
        )

    def parts(self) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
        """The clause, and the annex: its heading, then a section a subject."""
        held, language = self._held, self._language
        parameters = (parameter_table(self._green, language), *price_blocks(held, language))
        rules = Bullets(tuple(map(content, rule_paragraphs(self._green, language))))
        subjects = {
            "object": self._object(),
            "method": (*self._method(), self._factors()),
            "parameters": parameters,
            "data": (data_table(held, language),),
            "formulas": tuple(formula_blocks(held, language)),
            "rules": (rules,),
            "basis": self._basis(),
            "checklist": (self._checklist(),),
        }
        review = Paragraph(content(self._say("review_pending")))
        heading = Section(
            self._say("annex_heading"), 1, (review,), id="annex_life_cycle_cost", is_annex=True, starts_page=True
        )
        under = (Section(self._say(key), 2, blocks, is_annex=True) for key, blocks in subjects.items())
        return self._clause(), (heading, *under)

    def _say(self, key: str, **values: str) -> str:
        return phrase("texts", key, self._language, **values)

    def _object(self) -> tuple[Block, ...]:
        held, texts, language = self._held, self._green.texts, self._language
        named = {"title": held.sheet.title.said(language), "id": held.sheet.id, "version": held.sheet.version}
        external = external_kind(self._green)
        facts = {
            "authority": texts["authority"],
            "reference": texts["reference"],
            "subject": texts["subject"],
            "sheet": self._say("sheet_said", **named),
            "sheet_digest": held.sheet.digest,
            "frozen": f"{held.date:%d/%m/%Y}",
            "digest": held.digest,
            "currency": held.currency,
            "vat": word("choices", str(held.vat), language),
            "external": self._say(external) if external == "no_external" else word("choices", external, language),
            "access": texts["access"],
        }
        rows = tuple((content(self._say(key)), content(value)) for key, value in facts.items() if value)
        table = Table(self._say("facts"), (self._say("fact"), self._say("value")), rows, (34.0, 66.0))
        purpose = Paragraph(content(held.sheet.purpose.said(language)))
        same = Paragraph(content(self._say("same_digest", digest=held.digest[:12])))
        return (purpose, table, same)

    def _method(self) -> Iterator[Block]:
        buyer, language = self._held.buyer, self._language
        values = {
            "years": number(_decimal(buyer["years"]), language),
            "rate": percent(_decimal(buyer["discount_rate"]) / 100, language),
            "money": word("choices", str(buyer["money"]), language),
        }
        residual = ("residual",) if any("unused_share" in each.amount.text for each in self._held.sheet.flows) else ()
        keys = ("sum", str(buyer["timing"]), str(buyer["first_year"]), "again", *residual, external_kind(self._green))
        for key in keys:
            yield Paragraph(content(phrase("method", key, language, **values)))

    def _factors(self) -> Table:
        """Every year's factor, as the engine has it: with them a tenderer can follow each sum."""
        buyer = self._held.buyer
        years, rate = int(_decimal(buyer["years"])), _decimal(buyer["discount_rate"]) / 100
        factors = discount_factors(rate, years, Timing(str(buyer["timing"])))
        rows = tuple(
            (content(str(year)), content(f"{factor:.6f}".replace(".", ","))) for year, factor in enumerate(factors)
        )
        header = (self._say("year_of"), self._say("factor"))
        return Table(self._say("factors"), header, rows, (50.0, 50.0), right_aligned=(1,), is_dense=True)

    def _clause(self) -> tuple[Block, ...]:
        items = NumberedItems(tuple(map(content, clause_paragraphs(self._green, self._language))))
        review = Callout("", (content(self._say("review_pending")),))
        return (review, items, example_table(self._green.rule, self._held.currency, self._language))

    def _basis(self) -> tuple[Block, ...]:
        rows = tuple(tuple(map(content, each)) for each in laws(self._language))
        header = (self._say("law"), self._say("says"), self._say("certainty"))
        table = Table(self._say("basis"), header, rows, (24.0, 60.0, 16.0))
        notes = (passage("laws_note", self._language), self._say("review_pending"))
        return (table, *(Paragraph(content(each)) for each in notes))

    def _checklist(self) -> Table:
        language, answers = self._language, self._answers()
        rows: list[Sequence[str]] = [
            (
                point(key, "title", language),
                f"{point(key, 'basis', language)} ({point_certainty(key, language)})",
                point(key, "answer", language, **answers),
            )
            for key in points()
        ]
        header = (self._say("condition"), self._say("law_basis"), self._say("answer"))
        cells = tuple(tuple(map(content, row)) for row in rows)
        return Table(self._say("checklist"), header, cells, (32.0, 24.0, 44.0), is_dense=True)

    def _answers(self) -> dict[str, str]:
        held, green, language = self._held, self._green, self._language
        kept = [each for each in held.sheet.buyer if each.key in held.defaulted and each.is_assumption]
        tie = "tie_lower_price" if green.rule.ties is TieRule.LOWER_PRICE else "tie_none"
        standing = phrase("answers", green.standing.kind, language, value=number(green.standing.value, language))
        return {
            **green.texts,
            "id": held.sheet.id,
            "version": held.sheet.version,
            "count": str(len(held.buyer)),
            "kept": str(len(kept)),
            "not_used": str(len(green.not_used)),
            "date": f"{held.date:%d/%m/%Y}",
            "digest": held.digest[:12],
            "standing": standing,
            "ties": phrase("answers", tie, language),
            "missing_value": phrase("answers", green.missing_value, language),
        }


def _decimal(value: Value) -> Decimal:
    """The fixed parameters that every sheet has are numbers; `freeze` has seen to it."""
    return Decimal(value)
