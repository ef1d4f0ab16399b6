"""The dashboard of uptake: its parts, the list of notices behind each figure, its files."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Response, abort, current_app, make_response, render_template, request
from sqlalchemy.orm import Session

from mpdi.accounts.authorities import register
from mpdi.csv_text import csv_text
from mpdi.i18n import content_language, interface_language
from mpdi.monitoring.dashboard import dashboard_words as words
from mpdi.monitoring.dashboard.dashboard_page import page_of
from mpdi.monitoring.dashboard.dashboard_queries import behind
from mpdi.monitoring.dashboard.kept_facts import FactsStore, KeptFacts
from mpdi.monitoring.dashboard.selection import (
    ANSWERS,
    BY,
    PARTS,
    Selection,
    ignored_filters,
    narrowed,
    read_selection,
    scope_of,
)
from mpdi.monitoring.dashboard.units import Figure, Unit, bought_apart, units
from mpdi.monitoring.indicators import INDICATORS
from mpdi.monitoring.indicators.dimensions import SPLITS
from mpdi.monitoring.indicators.model import Counted, NoticeFacts, Reading
from mpdi.monitoring.indicators.tally import PerNotice
from mpdi.monitoring.notice_keys import key_of
from mpdi.monitoring.pages import uptake
from mpdi.monitoring.report_queries import Scope
from mpdi.monitoring.uptake_book import uptake_workbook
from mpdi.monitoring.uptake_document import uptake_docx
from mpdi.monitoring.uptake_figures import MEANS, UPTAKE
from mpdi.monitoring.uptake_report import LEVELS, NothingToReportError, uptake_report
from mpdi.monitoring.uptake_rows import as_json, as_rows
from mpdi.monitoring.uptake_words import FEW, market_categories
from mpdi.services import services

PAGE = 25
STORE = "mpdi_uptake_facts"
"""The application's extension that keeps the facts."""
_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_LABELS: Mapping[str, tuple[str, ...]] = {
    "sustainable_clauses": ("env_criterion", "env_subject", "social_criterion", "ethical"),
    "environmental_clauses": ("env_criterion", "env_subject"),
    "social_clauses": ("social_criterion",),
    "ethical_clauses": ("ethical",),
    "innovative_purchases": ("innovation",),
    "anti_dumping_clauses": ("anti_dumping",),
    "sme_access": ("sme",),
}
"""Labels of detection that prove a theme."""


@dataclass(frozen=True)
class Choices:
    """What the filters offer: what the notices hold."""

    periods: Sequence[str]
    authorities: Sequence[tuple[str, str]]
    categories: Sequence[tuple[str, str]]


def kept_facts(session: Session) -> KeptFacts:
    """The facts of what is stored now, read again only where that has changed."""
    store: FactsStore = current_app.extensions.setdefault(STORE, FactsStore())
    return store.kept(session)


def selected(kept: KeptFacts, asked: Selection) -> tuple[Scope, list[NoticeFacts]]:
    """What is counted, and its facts."""
    scope = scope_of(asked, kept.years)
    return scope, kept.once(scope, lambda: narrowed(kept.facts, scope))


@uptake.get("/uptake")
def dashboard() -> str:
    """Show how many purchases are sustainable, innovative and open to small firms."""
    asked = _known(read_selection(request.args))
    with services().database.reading() as session:
        kept = kept_facts(session)
    if not kept.years:
        return render_template("monitoring/dashboard_empty.html")
    scope, facts = selected(kept, asked)
    language = interface_language()
    page = kept.once((asked, language), lambda: page_of(facts, asked, (scope.last - scope.first).days))
    return render_template(
        "monitoring/dashboard.html",
        asked=asked,
        scope=scope,
        page=page,
        ignored=ignored_filters(request.args, asked),
        choices=kept.once(("choices", language), lambda: _choices(kept)),
        authority=register().get(asked.authority),
        words=words,
        parts=PARTS,
        by=BY,
        themes=UPTAKE,
        levels=LEVELS,
        few=FEW,
        readings=list(Reading),
        counted=list(Counted),
    )


def _known(asked: Selection) -> Selection:
    """Without an authority that is not in the register, and a category that the library does not have."""
    authority = asked.authority if register().get(asked.authority) else ""
    category = asked.category if asked.category in market_categories() else ""
    return replace(asked, authority=authority, category=category)


def _choices(kept: KeptFacts) -> Choices:
    quarters = {notice.quarter for notice in kept.facts if notice.quarter}
    halves = {f"{quarter[:4]}-H{1 + (quarter[-1] > '2')}" for quarter in quarters}
    parts = sorted(halves, reverse=True) + sorted(quarters, reverse=True)
    known = sorted({notice.authority for notice in kept.facts if notice.authority})
    categories = {lot.category for notice in kept.facts for lot in notice.lots if lot.category}
    return Choices(
        [*(each for year in kept.years for each in (year, *(part for part in parts if part.startswith(year)))), "all"],
        sorted(((words.split_words("authority", each), each) for each in known), key=lambda pair: pair[0].lower()),
        sorted(((words.split_words("category", each), each) for each in categories), key=lambda pair: pair[0].lower()),
    )


@uptake.get("/uptake/notices")
def dashboard_notices() -> str:
    """List the procedures or lots that a figure counts, those that say no, or those that say nothing."""
    asked, answer = read_selection(request.args), request.args.get("answer", "yes")
    group, number = request.args.get("group", ""), _page_number(request.args.get("page", ""))
    figure = None if group else _figure(asked, request.args)
    if answer not in ANSWERS or (group and not (group.isascii() and group.isdecimal())):
        abort(404)
    with services().database.reading() as session:
        kept = kept_facts(session)
        if not kept.years:
            return render_template("monitoring/dashboard_empty.html")
        scope, facts = selected(kept, asked)
        found = kept.once((scope, figure, group, answer), lambda: _found(facts, figure, group, answer))
        shown = found[(number - 1) * PAGE : number * PAGE]
        name = figure.indicator.id if figure else ""
        is_read = answer == "yes" and asked.reading in (Reading.DETECTED, Reading.CONTRADICTORY)
        told = behind(session, {unit.record for unit in shown}, _LABELS.get(name, ()) if is_read else ())
    return render_template(
        "monitoring/dashboard_notices.html",
        asked=asked,
        scope=scope,
        figure=figure,
        group=group,
        answer=answer,
        units=shown,
        total=len(found),
        number=number,
        pages_=-(-len(found) // PAGE),
        told=told,
        words=words,
        key_of=key_of,
        is_mean=name in MEANS,
        arguments=_kept_arguments(),
    )


def _kept_arguments() -> dict[str, str]:
    return {name: value for name, value in request.args.items() if name not in ("page", "language", "content")}


def _found(facts: Sequence[NoticeFacts], figure: Figure | None, group: str, answer: str) -> list[Unit]:
    """The newest first."""
    every = bought_apart(facts, group) if figure is None else units(facts, figure, figure.indicator.id in MEANS)
    wanted = [unit for unit in every if unit.answer == answer]
    return sorted(wanted, key=lambda unit: (str(unit.notice.day), unit.notice.procedure), reverse=True)


def _figure(asked: Selection, given: Mapping[str, str]) -> Figure:
    """The figure that an address names: a theme with its reading, or another indicator."""
    name = given.get("indicator", asked.theme)
    indicator, split = INDICATORS.get(name), given.get("split", "")
    if not isinstance(indicator, PerNotice) or (split and split not in SPLITS):
        abort(404)
    reading = Reading(asked.reading) if name in UPTAKE else None
    return Figure(indicator, Counted(asked.counted), reading, asked.currency, split, given.get("value", ""))


def _page_number(text: str) -> int:
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 6 else 1


@uptake.get("/uptake/figures.<kind>")
def dashboard_file(kind: str) -> Response:
    """Return every figure of the period and the purchases that are chosen, as a file."""
    if kind not in _TYPES:
        abort(404)
    asked = read_selection(request.args)
    with services().database.reading() as session:
        kept = kept_facts(session)
        if not kept.years:
            abort(404)
        scope, facts = selected(kept, asked)
        try:
            found = uptake_report(session, scope, facts=facts)
        except NothingToReportError:
            abort(404)
    if kind == "csv":
        data = csv_text(as_rows(found.rates)).encode()
    elif kind == "json":
        data = (json.dumps(as_json(found.rates), ensure_ascii=False, indent=1) + "\n").encode()
    else:
        data = (uptake_workbook if kind == "xlsx" else uptake_docx)(found, content_language())
    response = make_response(data)
    response.mimetype = _TYPES[kind]
    name = f"mpdi-uptake-{scope.first:%Y-%m-%d}-{scope.last:%Y-%m-%d}.{kind}"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    return response
