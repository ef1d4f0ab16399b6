"""An authority's own page: its figures, fit for its board."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from flask import abort, render_template, request

from mpdi.accounts.authorities import ContractingAuthority, register
from mpdi.i18n import interface_language
from mpdi.monitoring.dashboard import dashboard_words as words
from mpdi.monitoring.dashboard.authority_figures import BESIDE, Beside, Peers, beside, peers_of
from mpdi.monitoring.dashboard.dashboard_page import figures_of, page_of
from mpdi.monitoring.dashboard.dashboard_views import kept_facts, selected
from mpdi.monitoring.dashboard.kept_facts import KeptFacts
from mpdi.monitoring.dashboard.selection import Selection, read_selection
from mpdi.monitoring.dashboard.units import Figure, Unit, units
from mpdi.monitoring.indicators import INDICATORS
from mpdi.monitoring.indicators.model import Counted, NoticeFacts, Reading
from mpdi.monitoring.indicators.tally import PerNotice
from mpdi.monitoring.pages import uptake
from mpdi.monitoring.uptake_figures import UPTAKE
from mpdi.monitoring.uptake_words import FEW
from mpdi.services import services

_CATEGORIES = 6
_LOTS = 20


@uptake.get("/uptake/authorities/<identifier>")
def authority_page(identifier: str) -> str:
    """Show an authority its own figures, beside those of authorities like it."""
    authority = register().get(identifier)
    if authority is None:
        abort(404)
    asked = replace(
        read_selection(request.args), authority=authority.id, level="", category="", part="uptake", by="category"
    )
    with services().database.reading() as session:
        kept = kept_facts(session)
    if not kept.years:
        return render_template("monitoring/dashboard_empty.html")
    scope, facts = selected(kept, asked)
    days, language = (scope.last - scope.first).days, interface_language()
    peers, compared = _compared(kept, authority, asked)
    return render_template(
        "monitoring/authority.html",
        authority=authority,
        name=authority.name_in(language),
        asked=asked,
        scope=scope,
        page=kept.once((asked, language), lambda: page_of(facts, asked, days)),
        procedures=sum(notice.is_uptake for notice in facts),
        peers=peers,
        compared=compared,
        without=list(_without_small_offer(facts))[:_LOTS],
        categories=_categories(facts),
        periods=list(dict.fromkeys([*kept.years, "all", *filter(None, [asked.period])])),
        winners=figures_of(facts, ("sme_winners",)).of("sme_winners", Counted.LOTS),
        words=words,
        few=FEW,
        fewest=BESIDE,
    )


def _compared(kept: KeptFacts, authority: ContractingAuthority, asked: Selection) -> tuple[Peers, Sequence[Beside]]:
    everybody = replace(asked, authority="")
    _scope, facts = selected(kept, everybody)
    active = {notice.authority for notice in facts if notice.authority and notice.is_uptake}
    peers = peers_of(authority, register().authorities, active)
    reading = Reading(asked.reading)
    key = ("beside", authority.id, asked.period, reading)
    return peers, kept.once(key, lambda: beside(facts, authority.id, peers, UPTAKE, reading))


def _without_small_offer(facts: Sequence[NoticeFacts]) -> list[Unit]:
    """Lots of which it is known that no small or medium firm tendered; the newest first."""
    indicator = INDICATORS["lots_without_sme_tender"]
    if not isinstance(indicator, PerNotice):
        return []
    found = [unit for unit in units(facts, Figure(indicator, Counted.LOTS)) if unit.answer == "yes"]
    return sorted(found, key=lambda unit: (str(unit.notice.day), unit.notice.procedure), reverse=True)


def _categories(facts: Sequence[NoticeFacts]) -> list[tuple[str, int]]:
    """The categories it buys most often, with the number of procedures."""
    counted: Counter[str] = Counter()
    for notice in facts:
        if notice.is_uptake:
            counted.update({lot.category for lot in notice.lots if lot.category and lot.category != "general"})
    return counted.most_common(_CATEGORIES)
