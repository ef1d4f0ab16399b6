"""Pages of the clause library."""

from flask import Blueprint, render_template

clauses = Blueprint("clauses", __name__)


@clauses.get("/clauses")
def clause_list() -> str:
    """List the clauses, searched and filtered."""
    return render_template("clauses/list.html")
