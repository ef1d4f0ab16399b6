"""A notice as a page: what it says, what it declares, what its words prove; and the rules by which words were found."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from mpdi.i18n import content_language, interface_language
from mpdi.monitoring import notice_words
from mpdi.monitoring.declared_rows import declared_rows
from mpdi.monitoring.detection.model import Label
from mpdi.monitoring.marked_texts import Mark, Piece, around, pieces
from mpdi.monitoring.models import NoticeObservation
from mpdi.monitoring.notice_keys import key_of
from mpdi.monitoring.notice_queries import (
    MOST_OBSERVATIONS,
    KeptNotice,
    UnknownNoticeError,
    identity_of_number,
    kept_notice,
)
from mpdi.monitoring.notice_reading import Json, read_notice, texts_of
from mpdi.monitoring.pages import uptake
from mpdi.monitoring.rule_catalogue import RuleText, catalogue, place_of
from mpdi.monitoring.shown_clauses import clauses_of_notice, how_words
from mpdi.page import date_time, long_date
from mpdi.services import services
from tender_parsers.notice import two_letters

MOST_TEXTS = 400
"""Texts of a notice that its page shows whole."""
_PUBLICATION = re.compile(r"0*(\d{1,8})-(\d{4})")


@dataclass(frozen=True)
class Finding:
    """A text that proves something: its words marked, what they say, of which lots, by which rules."""

    excerpt: Sequence[Piece]
    language: str | None
    labels: Sequence[str]
    lots: Sequence[str]
    elements: Sequence[str]
    place: str
    rules: Sequence[RuleText]


@dataclass(frozen=True)
class WholeText:
    """One text in full."""

    pieces: Sequence[Piece]
    language: str | None
    element: str
    field: str | None
    lot: str | None


@uptake.get("/notices/<int:number>")
def notice_of_number(number: int) -> Response:
    """Lead from the number of a record to the lasting address of its notice."""
    with services().database.reading() as session:
        try:
            identity = identity_of_number(session, number)
        except UnknownNoticeError:
            abort(404)
    return redirect(url_for("uptake.notice", key=key_of(identity)), 302)


@uptake.get("/notices/<key>")
def notice(key: str) -> str:
    """Show one notice."""
    with services().database.reading() as session:
        try:
            kept = kept_notice(session, key)
        except UnknownNoticeError:
            abort(404)
        whole: Json = kept.record.whole
        read = read_notice(whole, _wanted())
        shown = kept.observations[:MOST_OBSERVATIONS]
        return render_template(
            "monitoring/notice.html",
            kept=kept,
            record=kept.record,
            notice=read,
            words=notice_words,
            findings=findings(whole, shown),
            is_cut=len(kept.observations) > MOST_OBSERVATIONS,
            texts=_whole_texts(whole, shown),
            more_texts=max(0, len(whole.get("texts") or ()) - MOST_TEXTS),
            published=_published(kept),
            file_name=re.split(r"[\\/]", kept.file.name)[-1],
            declared=declared_rows(read),
            clauses=clauses_of_notice(session, kept.record),
            how=how_words(),
            language=content_language(),
            moment_words=moment_words,
            key_of=key_of,
            market_address=url_for("uptake.market"),
        )


def _wanted() -> str:
    return interface_language() if interface_language() == "en" else content_language()


def moment_words(value: str) -> str:
    """A day, or a moment as it is in Brussels, of ISO 8601; as it is written where it is neither."""
    try:
        return (
            date_time(datetime.datetime.fromisoformat(value))
            if "T" in value
            else long_date(datetime.date.fromisoformat(value[:10]))
        )
    except ValueError:
        return value


def _published(kept: KeptNotice) -> str | None:
    """Where the Official Journal shows it: its own address of a notice number."""
    number = kept.record.publication_id if kept.record.format in ("eforms", "ted_export") else None
    found = _PUBLICATION.fullmatch(number or "")
    return f"https://ted.europa.eu/en/notice/-/detail/{found[1]}-{found[2]}" if found else None


def findings(whole: Json, observations: Sequence[NoticeObservation]) -> list[Finding]:
    """What the words say, one finding a text; lots that repeat a text are named together."""
    texts = dict(texts_of(whole))
    groups: dict[tuple[str, str], list[NoticeObservation]] = {}
    for each in observations:
        text = texts.get(each.text_number)
        if text is not None:
            groups.setdefault((text["value"], place_of(each.element)), []).append(each)
    return [_finding(value, place, group, texts) for (value, place), group in groups.items()]


def _finding(value: str, place: str, group: Sequence[NoticeObservation], texts: dict[int, Json]) -> Finding:
    marks = list(dict.fromkeys(Mark(each.begins, each.ends, each.label) for each in group))
    rules = {rule.id: rule for label in {each.label for each in group} for rule in _rules_of(label)}
    named = dict.fromkeys(each.rule for each in group)
    order = [label.value for label in Label]
    text = texts[group[0].text_number]
    return Finding(
        excerpt=around(value, marks),
        language=two_letters(text.get("language")),
        labels=sorted({each.label for each in group}, key=lambda label: order.index(label) if label in order else 99),
        lots=list(dict.fromkeys(each.lot for each in group if each.lot)),
        elements=list(dict.fromkeys(_element(each.element, texts[each.text_number]) for each in group)),
        place=place,
        rules=[rules.get(name, RuleText(name, "", (), ())) for name in named],
    )


def _rules_of(label: str) -> tuple[RuleText, ...]:
    found = catalogue().get(label)
    return found.rules if found else ()


def _element(element: str, text: Json) -> str:
    return f"{text['field']}, {element}" if text.get("field") else element


def _whole_texts(whole: Json, observations: Sequence[NoticeObservation]) -> list[WholeText]:
    marks: dict[int, list[Mark]] = {}
    for each in observations:
        marks.setdefault(each.text_number, []).append(Mark(each.begins, each.ends, each.label))
    return [
        WholeText(
            pieces(text["value"], marks.get(number, ())),
            two_letters(text.get("language")),
            text.get("element") or "",
            text.get("field"),
            text.get("lot"),
        )
        for number, text in texts_of(whole)
        if number < MOST_TEXTS
    ]


@uptake.get("/notices/rules/<label>")
def rules(label: str) -> str:
    """Say by which rules words are found to say one thing, and what does not count."""
    found = catalogue().get(label)
    if found is None:
        abort(404)
    return render_template(
        "monitoring/rules.html", label=label, found=found, words=notice_words, every=list(catalogue())
    )
