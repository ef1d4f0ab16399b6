"""Open notices for firms: a list to search, the same as a feed and as a calendar of last days."""

import datetime
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from mpdi import clock
from mpdi.clause_library.core.cpv import cpv_table
from mpdi.clause_library.core.search.cpv_finder import CpvFinder
from mpdi.feeds import Feed, FeedEntry, atom
from mpdi.i18n import content_language, interface_language
from mpdi.i18n import translate as _
from mpdi.monitoring import market_queries, market_query, market_words, notice_words
from mpdi.monitoring.market_calendar import Deadline, deadlines
from mpdi.monitoring.market_page import OpenNotice, open_notice
from mpdi.monitoring.market_queries import SMALL_LOT, OpenPage
from mpdi.monitoring.market_query import MarketQuery, prefixes, read_query
from mpdi.monitoring.pages import uptake
from mpdi.page import long_date, number
from mpdi.services import public_url, services

FEED_LENGTH = 50
CALENDAR_LENGTH = 200
_CODES_OF_WORDS = 8
_NEAR = 0.5
"""Codes found half as well as the best one are searched too; an assumption of ours."""
_UNTITLED = "–"


@uptake.get("/market")
def market() -> str:
    """List open notices, the one that closes first at the top."""
    asked, today = read_query(request.args), clock.today()
    codes = _codes(asked)
    with services().database.reading() as session:
        page = market_queries.open_page(session, asked, prefixes(codes), today, market_query.PAGE)
        is_empty = page.total == 0 and not market_queries.has_notices(session)
        notices = _notices(page, today)
    return render_template(
        "monitoring/market.html",
        asked=asked,
        notices=notices,
        total=page.total,
        pages_=-(-page.total // market_query.PAGE),
        is_empty=is_empty,
        today=today,
        codes=[] if asked.digits else [cpv_table()[code] for code in codes],
        code=_exact(asked),
        words=notice_words,
        market_words=market_words,
        choices=market_query,
        time_of=time_of,
        small=SMALL_LOT,
        feed_address=public_url("uptake.market_feed", language=interface_language(), **asked.arguments(page=1)),
    )


def time_of(moment: datetime.datetime) -> str:
    """The time of a moment in Brussels: “11:00”."""
    return f"{moment.astimezone(clock.BRUSSELS):%H:%M}"


@cache
def _finder(cache_folder: Path) -> CpvFinder:
    return CpvFinder(cache_folder)


def _codes(asked: MarketQuery) -> list[str]:
    """The codes that digits or words mean; the beginning of a code stands for all below it."""
    if asked.digits:
        return [asked.digits]
    if not asked.cpv:
        return []
    hits = _finder(services().settings.cache_folder).find(asked.cpv, interface_language(), _CODES_OF_WORDS)
    return [hit.code for hit in hits if hit.score >= _NEAR * hits[0].score]


def _exact(asked: MarketQuery) -> str | None:
    """The name of the code whose beginning was typed."""
    return notice_words.cpv_name(asked.digits.ljust(8, "0")) if asked.digits else None


def _language() -> str:
    return interface_language() if interface_language() == "en" else content_language()


def _notices(page: OpenPage, today: datetime.date) -> list[OpenNotice]:
    return [
        open_notice(each, page.lots[each.id], page.welcoming.get(each.id, ()), today, _language(), SMALL_LOT)
        for each in page.records
    ]


def _found(most: int, by_day: bool) -> tuple[MarketQuery, list[OpenNotice]]:
    asked, today = read_query({**request.args, "page": "1"}), clock.today()
    with services().database.reading() as session:
        page = market_queries.open_page(session, asked, prefixes(_codes(asked)), today, most, by_day)
        return asked, _notices(page, today)


@uptake.get("/market/feed")
def market_feed() -> Response:
    """Return the newest open notices of a search as Atom."""
    asked, notices = _found(FEED_LENGTH, by_day=True)
    arguments = {**asked.arguments(page=1), "language": interface_language()}
    entries = [_entry(each) for each in notices]
    feed = Feed(
        title=_name(asked),
        author="MPDI",
        address=public_url("uptake.market_feed", **arguments),
        page=public_url("uptake.market", **arguments),
        updated=max((entry.updated for entry in entries), default=clock.now()),
        entries=entries,
    )
    response = make_response(atom(feed))
    response.mimetype = "application/atom+xml"
    return response


def _entry(notice: OpenNotice) -> FeedEntry:
    moment = datetime.datetime.combine(notice.day or notice.closes, datetime.time(), datetime.UTC)
    return FeedEntry(
        address=public_url("uptake.notice", key=notice.key),
        language=(notice.title.language if notice.title else None) or interface_language(),
        title=notice.title.value if notice.title else _UNTITLED,
        summary=_summary(notice),
        updated=moment,
        published=moment,
        category=notice.cpv or "",
    )


def _summary(notice: OpenNotice) -> str:
    """Buyer, last day, value and what speaks for a small firm, in one text."""
    value = notice.value
    parts = [
        ", ".join(buyer.name.value for buyer in notice.buyers if buyer.name),
        _("Until %(day)s.", day=long_date(notice.closes)),
        f"{number(value.value)} {value.currency or ''}" if value and value.value is not None else "",
        *(market_words.reason_words(reason) for reason in notice.openness.speaks_for),
    ]
    return " · ".join(part for part in parts if part)


def _name(asked: MarketQuery) -> str:
    told: Sequence[str] = (asked.cpv, asked.place, asked.buyer)
    narrowed = ", ".join(each for each in told if each)
    return _("Open notices: %(narrowed)s", narrowed=narrowed) if narrowed else _("Open notices")


@uptake.get("/market/deadlines.ics")
def market_calendar() -> Response:
    """Return the last days of a search as a calendar to subscribe to."""
    asked, notices = _found(CALENDAR_LENGTH, by_day=False)
    entries = [
        Deadline(
            each.key,
            each.title.value if each.title else _UNTITLED,
            _summary(each),
            public_url("uptake.notice", key=each.key),
            each.closes,
            each.at,
            _read_at(each.day),
        )
        for each in notices
    ]
    host = urlsplit(services().settings.public_address).hostname or "mpdi"
    response = make_response(deadlines(entries, _name(asked), host))
    response.mimetype = "text/calendar"
    return response


def _read_at(day: datetime.date | None) -> datetime.datetime:
    return datetime.datetime.combine(day or datetime.date(2000, 1, 1), datetime.time(), datetime.UTC)
