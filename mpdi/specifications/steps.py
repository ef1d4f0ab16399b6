"""The steps of the flow, and the names of what was changed."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from mpdi.clause_library.core.answers import CLAUSE_ID
from mpdi.specifications.questionnaire import BY_KEY, question_of_answer


@dataclass(frozen=True)
class Step:
    """One step: its endpoint and its words."""

    key: str
    label: LazyString

    @property
    def endpoint(self) -> str:
        """The endpoint of its page."""
        return f"specifications.{self.key}"


STEPS: tuple[Step, ...] = (
    Step("summary", _l("Answers")),
    Step("clauses", _l("Clauses")),
    Step("award", _l("Award criteria")),
    Step("numbers", _l("Numbers")),
    Step("check", _l("Check")),
    Step("download", _l("Download")),
)
_CHANGES = {
    "begin": _l("the beginning"),
    "upload": _l("the answers file"),
    "copy": _l("the copy"),
    "clauses": _l("the choice of clauses"),
    "award": _l("the award criteria"),
    "numbers": _l("the numbers"),
    "life_cycle_cost": _l("the life-cycle cost"),
}


def change_label(what: str) -> str:
    """Return in words what a revision changed: a question, a step, the decision on a clause."""
    if what in BY_KEY:
        return str(BY_KEY[what].short)
    if CLAUSE_ID.fullmatch(what):
        return _("the decision on %(clause)s", clause=what)
    return str(_CHANGES.get(what, what))


def address_of(token: str, where: str) -> tuple[str, str]:
    """Return the page that mends a finding, and its name: a question, the award criteria or a clause."""
    if CLAUSE_ID.fullmatch(where):
        return url_for("specifications.clauses", token=token, _anchor=where), where
    if where == "award":
        return url_for("specifications.award", token=token), str(STEPS[2].label)
    question = question_of_answer(where)
    if question is None:
        return url_for("specifications.summary", token=token), str(STEPS[0].label)
    return url_for("specifications.question", token=token, key=question.key), str(question.short)
