"""Rows of a table put into notices: a row a lot, rows of one notice that follow one another are one notice."""

from collections.abc import Iterator
from decimal import Decimal

from tender_parsers.exceptions import MappingError, NotANotice
from tender_parsers.loose_values import Sayings, number
from tender_parsers.mapped.cells import Cells, Row, plain_number, text_of
from tender_parsers.mapped.mapping import LOT_FIELDS, Mapping
from tender_parsers.mapped.workbook import MAGIC, Cell, Workbook
from tender_parsers.notice import (
    AwardCriterion,
    Contract,
    CriterionNumber,
    Duration,
    Framework,
    Identifier,
    LegalInstruments,
    Lot,
    LotLimits,
    LotResult,
    Notice,
    Organisation,
    Place,
    SelectionCriterion,
    Statistic,
    Strategic,
    Subcontracting,
    Tender,
    Text,
    ValueTotals,
)
from tender_parsers.reading import Source
from tender_parsers.tables import table_rows


def read(source: Source, mapping: Mapping) -> Iterator[Notice]:
    """The notices of a CSV or XLSX file; raises `MappingError` where a column it names is not there."""
    group: list[Row] = []
    met = False
    key = mapping.columns.get("notice_id")
    for row in _rows(source, mapping):
        met = True
        if group and (
            key is None or text_of(group[0].get(key)) is None or text_of(group[0].get(key)) != text_of(row.get(key))
        ):
            yield notice_of(group, mapping, source.name)
            group = []
        group.append(row)
    if not met:
        raise NotANotice(source.name, "a table without rows")
    yield notice_of(group, mapping, source.name)


def _rows(source: Source, mapping: Mapping) -> Iterator[Row]:
    lines = _lines(source, mapping)
    for _ in range(mapping.headings_row - 1):
        next(lines, None)
    headings = [text_of(cell) or "" for cell in next(lines, [])]
    if not any(headings):
        raise NotANotice(source.name, "a table without headings", 0)
    missing = mapping.missing(headings)
    if missing:
        raise MappingError(
            source.name, f"no columns {', '.join(missing)}; there are: {', '.join(filter(None, headings))}"
        )
    for cells in lines:
        row = {name: cell for name, cell in zip(headings, cells, strict=False) if name}
        if any(text_of(cell) is not None for cell in row.values()):
            yield row


def _lines(source: Source, mapping: Mapping) -> Iterator[list[Cell]]:
    if source.head.startswith(MAGIC):
        yield from Workbook(source).rows(mapping.sheet)
        return
    for line in table_rows(source, mapping.delimiter, mapping.encoding):
        yield list(line)


def notice_of(rows: list[Row], mapping: Mapping, name: str) -> Notice:
    """The notice of its rows."""
    said = Sayings(mapping.language)
    first = Cells(rows[0], mapping, said)
    buyer = _buyer(first, mapping)
    whole = _whole(first, said, mapping)
    lots, decisions = [], []
    if LOT_FIELDS & mapping.columns.keys():
        for at, row in enumerate(rows, 1):
            cells = Cells(row, mapping, said)
            lot = cells.words("lot_id") or str(at)
            lots.append(_lot(cells, lot, said, mapping))
            decisions.append(_decision(cells, lot, mapping))
    results = [decided[0] for decided in decisions if decided]
    _keep_texts(rows, mapping, said)
    awarded = first.money("awarded_value")
    submitted, won = first.count("lots_max_submitted"), first.count("lots_max_awarded")
    return Notice(
        format="mapped",
        source=name,
        root="row",
        container=mapping.sheet,
        notice_id=first.words("notice_id"),
        publication_id=first.words("publication_id"),
        procedure_id=first.words("procedure_id"),
        subtype=first.code("subtype"),
        form_type=first.code("form_type"),
        notice_type=first.code("notice_type"),
        language=mapping.language,
        legal_basis=first.code("legal_basis"),
        dispatched=first.moment("dispatched"),
        published=first.moment("published"),
        country=buyer.address.country if buyer and buyer.address else None,
        buyers=(buyer,) if buyer else (),
        organisations=((buyer,) if buyer else ()) + _distinct(results),
        procedure_type=first.code("procedure_type"),
        procedure_type_stated=first.words("procedure_type"),
        whole=whole,
        lots=tuple(lots),
        lot_limits=LotLimits(max_submitted=submitted, max_awarded=won) if submitted or won else None,
        totals=ValueTotals(awarded=awarded) if awarded else None,
        results=tuple(results),
        tenders=tuple(decided[1] for decided in decisions if decided and decided[1]),
        contracts=tuple(decided[2] for decided in decisions if decided and decided[2]),
        winners=_distinct(results),
        texts=said.texts,
        remarks=said.remarks,
    )


def _keep_texts(rows: list[Row], mapping: Mapping, said: Sayings) -> None:
    """The columns that the mapping keeps as free text."""
    for row in rows:
        for column in mapping.texts:
            said.text(text_of(row.get(column)), column, text_of(row.get(mapping.columns.get("lot_id", ""))))


def _buyer(cells: Cells, mapping: Mapping) -> Organisation | None:
    name, number_ = cells.words("buyer_name"), cells.words("buyer_id")
    country, nuts = cells.code("buyer_country"), cells.code("buyer_nuts")
    if name is None and number_ is None:
        return None
    return Organisation(
        id=number_,
        name=_name(name, mapping.columns.get("buyer_name"), mapping),
        identifiers=(Identifier(number_),) if number_ else (),
        address=Place(country=country, nuts=nuts) if country or nuts else None,
        roles=("buyer",),
        legal_type=cells.code("buyer_legal_type"),
    )


def _name(name: str | None, column: str | None, mapping: Mapping) -> tuple[Text, ...]:
    return (Text(name, mapping.language, column or ""),) if name else ()


def _whole(cells: Cells, said: Sayings, mapping: Mapping) -> Lot:
    heading = mapping.columns
    return Lot(
        kind="whole",
        title=said.text(cells.words("title"), heading.get("title", ""), None, "BT-21"),
        description=said.text(cells.words("description"), heading.get("description", ""), None, "BT-24"),
        nature=cells.code("nature"),
        cpv_main=cells.words("cpv_main"),
        cpv_additional=cells.list("cpv_additional"),
        places=tuple(Place(nuts=each) for each in cells.list("nuts")),
        estimated_value=cells.money("estimated_value"),
        tender_deadline=cells.moment("tender_deadline"),
    )


def _lot(cells: Cells, lot: str, said: Sayings, mapping: Mapping) -> Lot:
    heading = mapping.columns
    months, framework, vehicles = (
        cells.amount("duration_months"),
        cells.code("framework"),
        cells.truth("clean_vehicles"),
    )
    selection = said.text(cells.words("selection_criteria"), heading.get("selection_criteria", ""), lot, "BT-750")
    return Lot(
        id=lot,
        title=said.text(cells.words("lot_title"), heading.get("lot_title", ""), lot, "BT-21"),
        description=said.text(cells.words("lot_description"), heading.get("lot_description", ""), lot, "BT-24"),
        nature=cells.code("lot_nature"),
        cpv_main=cells.words("lot_cpv_main"),
        cpv_additional=cells.list("lot_cpv_additional"),
        places=tuple(Place(nuts=each) for each in cells.list("lot_nuts")),
        estimated_value=cells.money("lot_estimated_value"),
        duration=None if months is None else Duration(months, "MONTH"),
        framework=Framework(framework) if framework else None,
        strategic=_strategic(cells),
        sme_suitable=cells.truth("sme_suitable"),
        reserved_participation=cells.codes("reserved_participation"),
        reserved_execution=cells.code("reserved_execution"),
        instruments=None if vehicles is None else LegalInstruments(clean_vehicles=vehicles),
        selection_criteria=(SelectionCriterion(description=selection),) if selection else (),
        award_criteria=tuple(_criteria(cells, lot, said, mapping)),
        performance_conditions=said.text(
            cells.words("performance_conditions"), heading.get("performance_conditions", ""), lot, "BT-70"
        ),
    )


def _strategic(cells: Cells) -> Strategic | None:
    aims, criteria = cells.codes("aims"), cells.codes("gpp_criteria")
    green, social, new = (cells.codes(field) for field in ("environmental", "social", "innovation"))
    if not (aims or criteria or green or social or new):
        return None
    return Strategic(aims, green, social, new, criteria)


def _criteria(cells: Cells, lot: str, said: Sayings, mapping: Mapping) -> Iterator[AwardCriterion]:
    weights = cells.list("award_criteria_weights")
    for at, name in enumerate(cells.list("award_criteria")):
        written = weights[at] if at < len(weights) else None
        value = number(plain_number(written.rstrip("% "), mapping.decimal)) if written else None
        yield AwardCriterion(
            name=said.text(name, mapping.columns["award_criteria"], lot, "BT-734"),
            numbers=(CriterionNumber("weight", value),) if value is not None else (),
            weight_text=written,
        )


def _decision(cells: Cells, lot: str, mapping: Mapping) -> tuple[LotResult, Tender | None, Contract | None] | None:
    status, reason = cells.code("result_status"), cells.code("non_award_reason")
    value, concluded = cells.money("lot_awarded_value"), cells.day("concluded")
    winners, outsourced = tuple(_winners(cells, mapping)), cells.truth("subcontracting")
    counts = (("tenders", cells.count("received_tenders")), ("t-sme", cells.count("received_tenders_sme")))
    received = tuple(Statistic(code, Decimal(count)) for code, count in counts if count is not None)
    if not (status or reason or value or concluded or winners or received):
        return None
    result = LotResult(lots=(lot,), status=status, reason=reason, received=received, value=value, winners=winners)
    if not winners:
        return result, None, None
    applies = None if outsourced is None else Subcontracting("yes" if outsourced else "no")
    return (
        result,
        Tender(lot=lot, value=value, tenderers=winners, subcontracting=applies),
        Contract(concluded=concluded, value=value, lots=(lot,)),
    )


def _winners(cells: Cells, mapping: Mapping) -> Iterator[Organisation]:
    names, numbers, sizes = cells.list("winner_name"), cells.list("winner_id"), cells.codes("winner_size")
    for at in range(max(len(names), len(numbers))):
        number_ = numbers[at] if at < len(numbers) else None
        yield Organisation(
            id=number_,
            name=_name(names[at] if at < len(names) else None, mapping.columns.get("winner_name"), mapping),
            identifiers=(Identifier(number_),) if number_ else (),
            size=sizes[at] if at < len(sizes) else None,
            roles=("winner",),
        )


def _distinct(results: list[LotResult]) -> tuple[Organisation, ...]:
    found: dict[object, Organisation] = {}
    for result in results:
        for each in result.winners:
            found.setdefault(each.id or tuple(text.value for text in each.name), each)
    return tuple(found.values())
