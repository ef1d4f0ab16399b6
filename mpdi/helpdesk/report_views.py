"""Reports for those who run the helpdesk: figures with their tables, bars and CSV; and the obstacles everybody may read."""

import datetime
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from mpdi import clock
from mpdi.accounts.current import require
from mpdi.accounts.roles import Action
from mpdi.clause_library import labels as clause_labels
from mpdi.csv_text import csv_text
from mpdi.helpdesk import digest_operations, labels
from mpdi.helpdesk.digest_models import ObstacleDigest
from mpdi.helpdesk.digest_operations import SMALLEST, SPANS, OverlappingDigestError, PeriodNotOverError, Span
from mpdi.helpdesk.obstacle_words import obstacle_label
from mpdi.helpdesk.report_charts import Bar, bars
from mpdi.helpdesk.report_tables import Words, report_rows
from mpdi.helpdesk.reports import DIMENSIONS, Breakdown, ImpossiblePeriodError, Period, Report, count_obstacles, report
from mpdi.helpdesk.vocabulary import Obstacle
from mpdi.i18n import interface_language
from mpdi.page import number
from mpdi.services import services
from mpdi.specifications.typed_values import NotADateError, read_date, write_date

reports = Blueprint("reports", __name__)
_MOST_BARS = 15
_FIRST_YEAR = 2020


def dimension_words() -> dict[str, tuple[str, Callable[[str], str]]]:
    """Return what each dimension and its values are called."""
    return {
        "route": (_("Subject and body"), labels.short_route), "nature": (_("Nature of the question"), labels.nature),
        "category": (_("Category"), lambda code: clause_labels.capital(clause_labels.category(code))),
        "level": (_("Level of authority"), labels.level), "obstacle": (_("Obstacle"), labels.obstacle),
        "clause": (_("Clause"), str), "language": (_("Language"), labels.language), "door": (_("Who asked"), labels.door),
    }


@reports.get("/helpdesk/reports")
def show() -> AnyResponse | str | tuple[str, int]:
    """Show every figure of a period."""
    require(Action.SEE_REPORTS)
    try:
        period = _period()
    except (NotADateError, ImpossiblePeriodError):
        words = render_template("helpdesk/reports/report.html", report=None, typed=request.args, presets=_presets())
        return words, 422
    typed = {"from": write_date(period.first), "to": write_date(period.last)}
    return render_template(
        "helpdesk/reports/report.html", report=_report(period), typed=typed, presets=_presets(), words=dimension_words(),
        hours=hours, percent=percent, own=int(interface_language() == "nl"),
    )


def _period() -> Period:
    """Read `from` and `to`; this quarter where none is given."""
    today = clock.today()
    first, last = request.args.get("from"), request.args.get("to")
    return Period(read_date(first) if first else _quarter_of(today), read_date(last) if last else today)


def _quarter_of(day: datetime.date) -> datetime.date:
    return datetime.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _report(period: Period) -> Report:
    with services().database.reading() as session:
        return report(session, period)


def _presets() -> list[tuple[str, dict[str, str]]]:
    today = clock.today()
    quarter = _quarter_of(today)
    before = quarter - datetime.timedelta(days=1)
    spans = (
        (_("This quarter"), quarter, today), (_("Last quarter"), _quarter_of(before), before),
        (_("This year"), datetime.date(today.year, 1, 1), today),
        (_("Last twelve months"), today - datetime.timedelta(days=365), today),
    )
    return [(words, {"from": write_date(first), "to": write_date(last)}) for words, first, last in spans]


def hours(value: float | None) -> str:
    """Write working hours with one figure behind the comma."""
    return "–" if value is None else number_with(value, 1)


def percent(value: float | None) -> str:
    """Write a share in percent, halves rounded up as people do; a dash where nothing is known."""
    return "–" if value is None else f"{number(Decimal(repr(round(value * 100, 6))).quantize(Decimal(1), ROUND_HALF_UP))} %"


def number_with(value: float, places: int) -> str:
    """Write a number rounded to so many places in the language of the page."""
    return number(Decimal(f"{value:.{places}f}"))


@reports.get("/helpdesk/reports.csv")
def as_csv() -> Response:
    """Return every figure of a period for a spreadsheet."""
    require(Action.SEE_REPORTS)
    period = _period_or_refuse()
    made = _report(period)
    return _csv(csv_text(report_rows(made, _csv_words(made))), f"mpdi-{period.first}-{period.last}.csv")


def _csv_words(made: Report) -> Words:
    """Return what the CSV's codes are called in the language of the page."""
    dimensions, own = dimension_words(), int(interface_language() == "nl")
    titles = {use.slug: use.titles[own] or use.titles[1 - own] for use in made.articles}
    figures = {
        "period": _("Questions asked"), "all": _("Questions asked"), "week": _("Week of"),
        "route_right": _("Sent to the right body at once"),
        "suggestion_spared_question": _("Suggestion enough, question not sent"),
    }

    def words(section: str, code: str) -> str:
        if section not in dimensions:
            return figures[section] if section in figures else titles.get(code, code)
        name, said = dimensions[section]
        return f"{name}: {_('not stated') if code == 'not_stated' else said(code)}"

    return words


def _period_or_refuse() -> Period:
    try:
        return _period()
    except (NotADateError, ImpossiblePeriodError):
        abort(400)


def _csv(text: str, name: str) -> Response:
    response = make_response(text.encode("utf-8"))
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@reports.get("/helpdesk/reports/<dimension>.svg")
def chart(dimension: str) -> Response:
    """Draw the bars of one dimension, or of the weeks; the page has the table beside it."""
    require(Action.SEE_REPORTS)
    if dimension not in (*DIMENSIONS, "weeks"):
        abort(404)
    made = _report(_period_or_refuse())
    if dimension == "weeks":
        rows = [Bar(write_date(week.monday), week.asked, str(week.asked)) for week in made.weeks]
        return _svg(bars(_("Questions by week"), rows))
    part = next(each for each in made.breakdowns if each.dimension == dimension)
    name, said = dimension_words()[dimension]
    return _svg(bars(name, _bars(part, said)))


def _bars(part: Breakdown, said: Callable[[str], str]) -> list[Bar]:
    rows = [Bar(said(row.code), row.rate.numerator, str(row.rate.numerator)) for row in part.rows[:_MOST_BARS]]
    return [*rows, Bar(_("not stated"), part.total - part.known, str(part.total - part.known))]


def _svg(content: bytes) -> Response:
    response = make_response(content)
    response.mimetype = "image/svg+xml"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@reports.get("/helpdesk/obstacles")
def digest() -> str:
    """Show what would be published of the obstacles of a period."""
    require(Action.SEE_REPORTS)
    span = _span()
    with services().database.reading() as session:
        counted = count_obstacles(session, span.period)
        digests = digest_operations.published_digests(session)
        return render_template(
            "helpdesk/reports/digest.html", span=span, spans=_span_words(), counted=counted, counts=counted.counts, digests=digests,
            obstacles=[each.value for each in Obstacle], desk_labels=labels, smallest=SMALLEST,
            is_empty=not digest_operations.published_counts(counted.counts) and not _is_published(digests, span),
            is_over=span.period.last < clock.today(), years=range(clock.today().year, clock.today().year - 4, -1),
        )


def _is_published(digests: Sequence[ObstacleDigest], span: Span) -> bool:
    """Whether this very span is published, so that publishing it again corrects it, to nothing if need be."""
    return any((each.first_day, each.last_day) == (span.period.first, span.period.last) for each in digests)


def _has_nothing(session: Session, span: Span) -> bool:
    counts = digest_operations.published_counts(count_obstacles(session, span.period).counts)
    return not counts and not _is_published(digest_operations.published_digests(session), span)


def _span() -> Span:
    """Read year and span; the last quarter that is over where none is given."""
    before = _quarter_of(clock.today()) - datetime.timedelta(days=1)
    year, code = request.values.get("year", str(before.year)), request.values.get("span", f"q{(before.month - 1) // 3 + 1}")
    if code not in SPANS or not year.isdecimal() or not _FIRST_YEAR <= int(year[:6]) <= clock.today().year:
        abort(400)
    return Span(int(year), code)


def _span_words() -> dict[str, str]:
    quarters = {f"q{each}": _("Quarter %(number)s", number=each) for each in range(1, 5)}
    return {**quarters, "h1": _("First half-year"), "h2": _("Second half-year"), "year": _("Whole year")}


@reports.post("/helpdesk/obstacles")
def publish_digest() -> AnyResponse:
    """Publish the obstacles of a period that is over."""
    person, span = require(Action.PUBLISH_ARTICLE), _span()
    try:
        with services().database.writing() as session:
            if span.period.last < clock.today() and _has_nothing(session, span):
                flash(_("There is nothing to publish: every count is too small."), "error")
                return redirect(url_for("reports.digest", year=span.year, span=span.code), 303)
            digest_operations.publish_digest(session, span, person)
    except PeriodNotOverError:
        flash(_("This period is not over yet: its counts would still change."), "error")
    except OverlappingDigestError:
        flash(_("A digest over some of these months is published already. Comparing the two could tell a small count: choose other months."), "error")
    else:
        flash(_("Published: everybody can read it."))
        return redirect(url_for("reports.obstacles"), 303)
    return redirect(url_for("reports.digest", year=span.year, span=span.code), 303)


@reports.get("/obstacles")
def obstacles() -> str:
    """Show the obstacles that questions named, as published."""
    with services().database.reading() as session:
        return render_template(
            "helpdesk/reports/obstacles.html", digests=digest_operations.published_digests(session), desk_labels=labels,
            obstacles=[each.value for each in Obstacle], smallest=SMALLEST,
        )


@reports.get("/obstacles.csv")
def obstacles_csv() -> Response:
    """Return the published counts with their words in both languages."""
    with services().database.reading() as session:
        rows = [
            (digest.first_day.isoformat(), digest.last_day.isoformat(), code, obstacle_label(code, "fr"), obstacle_label(code, "nl"), count, digest.stated, digest.total)
            for digest in digest_operations.published_digests(session) for code, count in digest.counts.items()
        ]
    return _csv(csv_text([("first_day", "last_day", "obstacle", "fr", "nl", "questions", "stated_in", "questions_in_all"), *rows]), "mpdi-obstacles.csv")
