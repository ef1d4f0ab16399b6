"""What every page of a log needs: the log behind the link, its checks as they stand, saving what was noted."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, make_response, render_template, request
from werkzeug.wrappers import Response

from mpdi import clock, security
from mpdi.accounts.current import current_person, current_user
from mpdi.accounts.roles import Action, Subject, may
from mpdi.clause_library.core.model import Bilingual
from mpdi.follow_up import labels, operations, queries
from mpdi.follow_up.frozen import FrozenPlan
from mpdi.follow_up.operations import NewEntry, UnknownLogError
from mpdi.follow_up.queries import OpenLog
from mpdi.follow_up.state import CheckState, states
from mpdi.follow_up.vocabulary import Standing
from mpdi.i18n import content_language
from mpdi.services import services
from mpdi.specifications.words import label

follow_up = Blueprint("follow_up", __name__, url_prefix="/follow-up")
follow_up.before_request(security.keep_private)


@follow_up.before_request
def _keep_answers_to_forms() -> None:
    if request.method == "POST":
        security.keep_for_going_back()


@dataclass(frozen=True)
class LogPage:
    """A log opened for one request."""

    token: str
    log: OpenLog

    @property
    def plan(self) -> FrozenPlan:
        """The frozen checks."""
        return self.log.plan

    @cached_property
    def checks(self) -> tuple[CheckState, ...]:
        """Every check as it stands today."""
        return states(self.plan, self.log.start, self.log.entries, clock.today())

    def check(self, key: str) -> CheckState:
        """Return one check; a page that says nothing where there is none of this key."""
        found = next((each for each in self.checks if each.check.key == key), None)
        return found if found is not None else abort(404)

    @cached_property
    def on_site(self) -> tuple[CheckState, ...]:
        """The checks that can be made where the work is done, but those that do not apply any more."""
        dropped = "not_applicable"
        return tuple(
            each
            for each in self.checks
            if each.check.is_on_site and not any(entry.kind == dropped for entry in each.effective)
        )

    def groups(self) -> Iterator[tuple[Standing, list[tuple[str, Bilingual, list[CheckState]]]]]:
        """Yield each standing that occurs, with its checks by clause."""
        for standing in Standing:
            found = [each for each in self.checks if each.standing is standing]
            if found:
                by_clause = groupby(found, key=lambda each: each.check.clause_id)
                yield standing, [(key, checks[0].check.title, checks) for key, checks in _listed(by_clause)]

    @property
    def published_after_start(self) -> datetime.date | None:
        """The day of publication where the execution would begin before it: one of the two is surely wrong."""
        start, published = self.log.start, self.plan.publication_date
        return published if start is not None and published is not None and start < published else None

    @property
    def name(self) -> str:
        """What the log is called: the object, or the reference."""
        words = self.plan.object[content_language()] or self.plan.reference
        return words if len(words) <= 80 else words[:79] + "…"

    @property
    def can_be_claimed(self) -> bool:
        """Whether somebody signed in may make it a log of the account."""
        return self.log.owner_id is None and may(current_person(), Action.CLAIM_DRAFT, Subject(is_held_by_link=True))

    @property
    def is_mine(self) -> bool:
        """Whether it stands among the logs of the account that is signed in."""
        user = current_user()
        return user is not None and self.log.owner_id == user.user_id


def _listed(groups: Any) -> Iterator[tuple[str, list[CheckState]]]:
    for key, checks in groups:
        yield key, list(checks)


def open_page(token: str) -> LogPage:
    """Open a log; a page that says nothing where the link leads nowhere."""
    with services().database.reading() as session:
        try:
            return LogPage(token, queries.open_log(session, token))
        except UnknownLogError:
            abort(404)


def show(template: str, page: LogPage, status: int = 200, **values: Any) -> Response:
    """Render a page of a log."""
    words = render_template(
        f"follow_up/{template}.html", page=page, words=labels, label=label, today=clock.today(), **values
    )
    return make_response(words, status)


def save(page: LogPage, expected: int, *entries: NewEntry) -> None:
    """Note entries; `LogChangedElsewhereError` where the page was made before something else was noted."""
    with services().database.writing() as session:
        operations.note(session, operations.find_log(session, page.token), expected, entries)
