"""Pages of packs: the categories, one pack at one level, two levels side by side."""

from typing import TypeVar

from flask import abort, render_template, request

from mpdi import clock
from mpdi.clause_library.core.vocabulary import Ambition, Category
from mpdi.clause_library.library_pages import clauses, current_library
from mpdi.clause_library.packs import level_step, pack, pack_summaries

_Value = TypeVar("_Value", Ambition, Category)


@clauses.get("/clauses/packs")
def pack_list() -> str:
    """Show the market categories, each with its packs."""
    return render_template("clauses/pack_list.html", packs=pack_summaries(current_library(), clock.today()))


@clauses.get("/clauses/packs/<category>")
def pack_page(category: str) -> str:
    """Show a pack at a level: `?level=core|advanced|exemplary`."""
    shown = pack(current_library(), clock.today(), _one_of(Category, category), _level("level", Ambition.CORE))
    return render_template("clauses/pack.html", pack=shown, levels=list(Ambition))


@clauses.get("/clauses/packs/<category>/compare")
def pack_comparison(category: str) -> str:
    """Show two levels side by side: `?from=core&to=advanced`."""
    lower, higher = sorted(
        (_level("from", Ambition.CORE), _level("to", Ambition.EXEMPLARY)), key=lambda level: level.rank
    )
    step = level_step(current_library(), clock.today(), _one_of(Category, category), lower, higher)
    return render_template("clauses/pack_comparison.html", step=step, levels=list(Ambition))


def _level(name: str, default: Ambition) -> Ambition:
    return _one_of(Ambition, request.args.get(name, default.value), status=400)


def _one_of(values: type[_Value], code: str, *, status: int = 404) -> _Value:
    if code not in list(values):
        abort(status)
    return values(code)
