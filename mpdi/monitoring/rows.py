"""A `Notice` as the rows that keep it: the record, its lots, what its texts say, the names that tie it to others."""

from collections.abc import Iterable
from dataclasses import dataclass

from mpdi.accounts.authorities import fold
from mpdi.monitoring.detection import Observation
from mpdi.monitoring.links import Link, identity, links_of
from mpdi.monitoring.lot_rows import lot_rows
from mpdi.monitoring.models import LinkKind
from mpdi.monitoring.told_columns import asked_plainly, lot_facts, record_facts
from mpdi.monitoring.values import Row, amount, code, currency, nuts, text, whole_number
from tender_parsers.notice import Notice, Organisation, in_language, three_letters, two_letters
from tender_parsers.serialise import to_ascii_json


@dataclass(frozen=True, slots=True)
class NoticeRows:
    """Everything that is stored of one notice. Keys are the columns; JSON stands as its text."""

    record: Row
    lots: list[Row]
    observations: list[Row]
    links: tuple[Link, ...]

    @property
    def identity(self) -> str:
        """Which notice it is."""
        found: str = self.record["identity"]
        return found

    @property
    def procedures(self) -> tuple[str, ...]:
        """Digests of the names of its procedure."""
        return tuple(value for kind, value in self.links if kind == LinkKind.PROCEDURE)


def notice_rows(
    notice: Notice, observations: Iterable[Observation] | None, file_digest: str, position: int
) -> NoticeRows:
    """The rows of a notice that stands at this place of the file of this digest; `None`: its words were not searched.

    Raises `tender_parsers.exceptions.TooLarge` where its JSON would be out of all proportion.
    """
    whole = to_ascii_json(notice)
    record = {
        **_names(notice),
        **_terms(notice),
        **_buyer(notice.buyers, notice.language),
        "identity": identity(notice, whole, file_digest, position),
        "whole": whole,
    }
    said, lots = asked_plainly(notice), lot_rows(notice)
    record |= record_facts(said, record["language"], observations is not None)
    facts = lot_facts(said, notice.format, lots, record["is_searched"])
    links = links_of(notice)
    own = next((value for kind, value in links if kind == LinkKind.PROCEDURE), None)
    record["procedure_key"] = own or record["identity"]
    found = [_observation(each) for each in observations or ()]
    return NoticeRows(record, [row | own for row, own in zip(lots, facts, strict=True)], found, links)


def _names(notice: Notice) -> Row:
    dispatched = notice.dispatched.day if notice.dispatched else None
    published = notice.published.day if notice.published else None
    return {
        "format": notice.format,
        "format_version": text(notice.version, 80),
        "source": text(notice.source) or "",
        "notice_id": text(notice.notice_id, 200),
        "notice_version": text(notice.notice_version, 40),
        "publication_id": text(notice.publication_id, 200),
        "procedure_id": text(notice.procedure_id, 200),
        "form_type": text(code(notice.form_type), 40),
        "notice_type": text(code(notice.notice_type), 80),
        "subtype": text(code(notice.subtype), 40),
        "legal_basis": text(code(notice.legal_basis), 80),
        "language": text(two_letters(notice.language), 8),
        "dispatched": dispatched,
        "published": published,
        "day": published or dispatched,
    }


def _terms(notice: Notice) -> Row:
    totals, limits = notice.totals, notice.lot_limits
    return {
        "country": three_letters(notice.country),
        "procedure_type": text(code(notice.procedure_type), 80),
        "title": text(notice.title),
        "lots": len(notice.lots),
        "results": len(notice.results),
        "contracts": len(notice.contracts),
        "awarded_value": amount(totals.awarded) if totals else None,
        "awarded_currency": currency(totals.awarded) if totals else None,
        "lots_max_submitted": whole_number(limits.max_submitted) if limits else None,
        "lots_max_awarded": whole_number(limits.max_awarded) if limits else None,
        "is_current": True,
        "duplicate_of_id": None,
    }


def _buyer(buyers: tuple[Organisation, ...], language: str | None) -> Row:
    first = buyers[0] if buyers else Organisation()
    name = text(in_language(first.name, language))
    return {
        "buyer_name": name,
        "buyer_key": (fold(name)[:200].strip() or None) if name else None,
        "buyer_number": text(first.identifiers[0].id, 80) if first.identifiers else None,
        "buyer_legal_type": text(code(first.legal_type), 80),
        "buyer_nuts": nuts([first.address.nuts if first.address else None]),
        "buyers": len(buyers),
    }


def _observation(observation: Observation) -> Row:
    return {
        "label": observation.label.value,
        "lot": text(observation.lot, 200),
        "element": text(observation.element),
        "words": text(observation.words),
        "text_number": observation.text,
        "begins": observation.start,
        "ends": observation.end,
        "language": text(observation.language, 8),
        "rule": text(observation.rule, 80),
    }
