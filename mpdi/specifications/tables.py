"""Tables that a specification computes: identification, lots, award criteria, reporting, and those of the annexes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from mpdi.clause_library.core.model import Check, ClauseVersion
from mpdi.clause_library.core.parameter_values import values_for
from mpdi.clause_library.core.purchase import Purchase
from mpdi.clause_library.core.rendering import NBSP, format_number
from mpdi.clause_library.core.vocabulary import Certainty, PurchaseOption
from mpdi.documents.model import Block, Content, Emphasis, Link, Paragraph, ParagraphKind, Run, Table, content
from mpdi.specifications.award import QUALITY_TO_COMPLETE, WeightedCriterion, weighted_criteria
from mpdi.specifications.context import Context
from mpdi.specifications.handed_over import handed_over, is_on_request
from mpdi.specifications.words import label, phrase


def computed_blocks(key: str, context: Context, where: str) -> list[Block]:
    """Return the blocks of a computed table; none when there is nothing to say."""
    return _TABLES[key](context, where)


def _identification(context: Context, where: str) -> list[Block]:
    rows = []
    for key in ("authority_name", "reference", "object", "nature_label", "cpv_label", "procedure_label", "duration"):
        words = phrase(f"fact_{key}", context.language)
        rows.append((content(words), _fact_cell(key, words, context, where)))
    return [_table("identification", ("what", "answer"), rows, (32, 68), context)]


def _fact_cell(key: str, words: str, context: Context, where: str) -> Content:
    if key == "duration":
        months = context.fact("duration_months")
        value = None if months is None else f"{months}{NBSP}{phrase('months', context.language)}"
    else:
        value = context.fact(key)
    if value is None:
        words = phrase("fact_duration_months", context.language) if key == "duration" else words
        context.need(words, where)
        return (Run(f"[{words}]", Emphasis.HIGHLIGHT),)
    return content(value)


def _lots(context: Context, where: str) -> list[Block]:
    lots = context.purchase.lots_detail
    if not lots:
        if context.purchase.lots:
            context.need(phrase("lot_titles", context.language), where)
        return []
    numbered = [(number, (content(str(number)), content(lot.title))) for number, lot in enumerate(lots, 1)]
    if not asks_for_reserved_lot(context.purchase):
        return [_table("lots", ("lot", "lot_title"), [cells for _number, cells in numbered], (10, 90), context)]
    rows = [(*cells, _reserved_cell(number, context, where)) for number, cells in numbered]
    return [_table("lots", ("lot", "lot_title", "lot_reserved"), rows, (10, 65, 25), context)]


def asks_for_reserved_lot(purchase: Purchase) -> bool:
    """Whether reserving a lot is in question: the option is asked for, or something of it is stated for a lot."""
    stated = any(lot.reserved is not None for lot in purchase.lots_detail)
    return stated or PurchaseOption.RESERVED_LOT in purchase.options


def _reserved_cell(number: int, context: Context, where: str) -> Content:
    """Whether a lot is reserved; not stated is not no: it is to complete."""
    reserved = context.purchase.lots_detail[number - 1].reserved
    if reserved is not None:
        return content(phrase("yes" if reserved else "no", context.language))
    words = phrase("lot_reserved_missing", context.language, number=str(number))
    context.need(words, where)
    return (Run(f"[{words}]", Emphasis.HIGHLIGHT),)


def _award_criteria(context: Context, where: str) -> list[Block]:
    criteria = weighted_criteria(context.purchase, context.selection.chosen)
    rows: list[tuple[Content, ...]] = []
    for item in criteria:
        weight = format_number(item.weight, context.language)
        if item.name == QUALITY_TO_COMPLETE:
            context.need(phrase("quality_to_complete", context.language), where)
        rows.append((_criterion_cell(item.name, item.clause, context), content(weight)))
    total = sum(item.weight for item in criteria)
    rows.append(
        (
            content(Run(phrase("total", context.language), Emphasis.BOLD)),
            content(format_number(total, context.language)),
        )
    )
    blocks: list[Block] = [
        _table("award_criteria", ("criterion", "weight"), rows, (78, 22), context, right=(1,), has_total=True)
    ]
    if any(item.is_proposed for item in criteria):
        context.need(phrase("confirm_weights", context.language), where)
        blocks.append(
            Paragraph((Run(phrase("weights_proposed", context.language), Emphasis.HIGHLIGHT),), ParagraphKind.NOTE)
        )
    return blocks


def _criterion_cell(name: str, clause: ClauseVersion | None, context: Context) -> Content:
    if clause is not None:
        return (Run(f"{clause.title[context.language]} ("), Link(clause.id, clause.id), Run(")"))
    if name == QUALITY_TO_COMPLETE:
        return (Run(f"[{phrase('quality_to_complete', context.language)}]", Emphasis.HIGHLIGHT),)
    return content(phrase("price", context.language) if name == "price" else name)


def _own_criteria(context: Context, where: str) -> list[Block]:
    """The criteria in the buyer's own words: how points are given and what proves them (article 81 of the Law)."""
    rows = [
        (content(item.name), _own_text("scale", item, context, where), _own_text("proof", item, context, where))
        for item in weighted_criteria(context.purchase, context.selection.chosen)
        if item.is_own
    ]
    return [_table("own_criteria", ("criterion", "scale", "proof"), rows, (24, 40, 36), context)] if rows else []


def _own_text(key: str, item: WeightedCriterion, context: Context, where: str) -> Content:
    text = item.scale if key == "scale" else item.proof
    if text:
        return content(text)
    words = phrase(f"{key}_missing", context.language, criterion=item.name)
    context.need(words, where)
    return (Run(f"[{words}]", Emphasis.HIGHLIGHT),)


def _reporting(context: Context, where: str) -> list[Block]:
    del where
    rows = [
        (
            _clause_cell(clause),
            content(_document_title(clause, check, context)),
            content(_moment(clause, check, context)),
        )
        for clause in context.selection.chosen
        for check in handed_over(clause)
    ]
    return (
        [_table("reporting", ("clause", "document", "moment"), rows, (20, 50, 30), context, is_dense=True)]
        if rows
        else []
    )


def _moment(clause: ClauseVersion, check: Check, context: Context) -> str:
    if is_on_request(clause, check.document, context.evaluator.holds):
        return phrase("on_request", context.language)
    return label("moment", check.moment, context.language)


_TABLES: Mapping[str, Callable[[Context, str], list[Block]]] = {
    "identification": _identification,
    "lots": _lots,
    "award_criteria": _award_criteria,
    "own_criteria": _own_criteria,
    "reporting": _reporting,
}


def _table(
    name: str,
    heads: Sequence[str],
    rows: Sequence[tuple[Content, ...]],
    widths: tuple[float, ...],
    context: Context,
    *,
    right: tuple[int, ...] = (),
    has_total: bool = False,
    is_dense: bool = False,
) -> Table:
    header = tuple(phrase(f"head_{head}", context.language) for head in heads)
    return Table(
        phrase(f"table_{name}", context.language),
        header,
        tuple(rows),
        widths,
        right,
        has_total=has_total,
        is_dense=is_dense,
    )


def _clause_cell(clause: ClauseVersion) -> Content:
    return (Link(clause.id, clause.id),)


def _document_title(clause: ClauseVersion, check: Check, context: Context) -> str:
    for evidence in clause.evidence:
        if evidence.name == check.document:
            return evidence.title[context.language]
    return phrase("check_on_site" if check.source == "site" else "own_check", context.language)


def annex_table(item: Mapping[str, Any], rows: Sequence[tuple[Content, ...]], context: Context) -> Table:
    """Return a table of `annexes.yaml` with given rows."""
    columns = item["columns"]
    return Table(
        caption=item["caption"][context.language],
        header=tuple(column["head"][context.language] for column in columns),
        rows=tuple(rows),
        widths=tuple(float(column["width"]) for column in columns),
        right_aligned=tuple(index for index, column in enumerate(columns) if column.get("is_figure")),
        is_dense=bool(item.get("is_dense")),
    )


def tender_check_rows(context: Context) -> list[tuple[Content, ...]]:
    """Return what is checked of the tenders: clause, document, check, who and with which source."""
    return [
        (
            _clause_cell(clause),
            content(_document_title(clause, check, context)),
            content(check.check[context.language]),
            _who(check, context),
        )
        for clause in context.selection.chosen
        for check in clause.tender_checks
    ]


def execution_check_rows(context: Context) -> list[tuple[Content, ...]]:
    """Return what is checked in execution: clause, moment, document, check, who and with which source."""
    return [
        (
            _clause_cell(clause),
            content(label("moment", check.moment, context.language)),
            content(_document_title(clause, check, context)),
            content(check.check[context.language]),
            _who(check, context),
        )
        for clause in context.selection.chosen
        for check in clause.execution_checks
    ]


def _who(check: Check, context: Context) -> Content:
    who = label("who", check.who, context.language)
    return content(f"{who} ({label('source', check.source, context.language)})" if check.source else who)


def register_rows(context: Context) -> list[tuple[Content, ...]]:
    """Return the clause register: identifier, version, title, digest, lowest certainty, legal review, changed by the buyer."""
    rows = []
    for clause in context.selection.chosen:
        review = "signed" if clause.register.is_signed else "pending"
        changed = "yes" if values_for(clause, context.purchase) else "no"
        rows.append(
            (
                _clause_cell(clause),
                content(str(clause.version)),
                content(clause.title[context.language]),
                content(clause.digest[:12]),
                content(label("certainty", clause.certainty, context.language)),
                content(label("legal_review", review, context.language)),
                content(phrase(changed, context.language)),
            )
        )
    return rows


def clause_law_rows(context: Context) -> list[tuple[Content, ...]]:
    """Return the legal basis of each clause: acts and articles, those not read in full marked."""
    rows = []
    for clause in context.selection.chosen:
        by_act: dict[str, list[str]] = {}
        for basis in sorted(clause.legal_basis, key=lambda basis: _article_order(basis.article)):
            by_act.setdefault(basis.act, []).append(basis.article + _MARKS[basis.certainty])
        acts = [
            f"{context.library.reference.instruments[act].short[context.language]}: {', '.join(articles)}"
            for act, articles in by_act.items()
        ]
        rows.append((_clause_cell(clause), content("; ".join(acts))))
    return rows


def act_rows(context: Context, section_bases: Sequence[tuple[str, str]]) -> list[tuple[Content, ...]]:
    """Return the acts that clauses and fixed text rest on, with their articles, those not read in full marked."""
    instruments = context.library.reference.instruments
    clause_bases = ((basis.act, basis.article) for clause in context.selection.chosen for basis in clause.legal_basis)
    by_act: dict[str, set[str]] = {}
    for act, article in (*section_bases, *clause_bases):
        by_act.setdefault(act, set()).add(article)
    rows = []
    for act in sorted(by_act, key=list(instruments).index):
        known = instruments[act].articles
        articles = [
            article + _MARKS[known.get(article, Certainty.GENERAL_KNOWLEDGE)]
            for article in sorted(by_act[act], key=_article_order)
        ]
        rows.append((content(instruments[act].title[context.language]), content(", ".join(articles))))
    return rows


_MARKS = {Certainty.VERIFIED: "", Certainty.PARTLY: "*", Certainty.GENERAL_KNOWLEDGE: "**"}


def _article_order(article: str) -> tuple[int, int, str]:
    main, _, rest = article.partition("/")
    number = "".join(character for character in main if character.isdigit())
    return int(number or 0), int(rest) if rest.isdigit() else 0, article
