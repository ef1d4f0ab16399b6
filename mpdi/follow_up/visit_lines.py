"""The lines of a site visit: which checks are on its one page, and what each says."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from mpdi.clause_library.core.vocabulary import Language
from mpdi.follow_up.frozen import FrozenCheck
from mpdi.follow_up.labels import SEEN
from mpdi.follow_up.log_pages import LogPage
from mpdi.follow_up.state import CheckState
from mpdi.follow_up.vocabulary import Standing

MOST_LINES = 8
"""Lines of one visit: more are not looked at, and do not fit a page with the words of the contract."""
_LONGEST_REMARK = 300
_LONGEST_FIGURES = 150


@dataclass
class Line:
    """One line of the visit: its check, what was ticked (nothing: not looked at), the remark, and what is wrong."""

    state: CheckState
    seen: str = ""
    remark: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """What the fields of the line are called."""
        return self.state.check.key.replace(":", "-")


def proposed(checks: Sequence[CheckState]) -> tuple[CheckState, ...]:
    """Return the lines to propose, in the order of the log: what falls short, then what is due first.

    Of checks due on the same day, one of each clause comes before a second of the same.
    """
    order, earlier = list(Standing), dict[str, int]()
    keyed = []
    for place, state in enumerate(checks):
        of_clause = earlier.get(state.check.clause_id, 0)
        earlier[state.check.clause_id] = of_clause + 1
        due = state.due.toordinal() if state.due else 0
        keyed.append(((order.index(state.standing), due, of_clause, place), place))
    return tuple(checks[place] for place in sorted(place for _key, place in sorted(keyed)[:MOST_LINES]))


def asked_for(page: LogPage, keys: Sequence[str]) -> tuple[CheckState, ...]:
    """Return the lines of these checks; those proposed where none of them can be seen on site."""
    wanted = set(keys)
    named = tuple(each for each in page.on_site if each.check.key in wanted)
    return named or proposed(page.on_site)


def typed_lines(page: LogPage, keys: Sequence[str], form: Mapping[str, str]) -> Iterator[Line]:
    """Yield the lines of the form that was sent (`keys`: those it showed), each with what is wrong with it."""
    wanted = set(keys)
    lines = [Line(each) for each in page.on_site]
    sent = [line for line in lines if line.state.check.key in wanted or _is_sent(line, form)]
    for line in sent or [Line(each) for each in proposed(page.on_site)]:
        yield _read(line, form)


def _is_sent(line: Line, form: Mapping[str, str]) -> bool:
    return any(f"{field}-{line.name}" in form for field in ("seen", "remark"))


def _read(line: Line, form: Mapping[str, str]) -> Line:
    line.seen = form.get(f"seen-{line.name}", "")
    line.remark = form.get(f"remark-{line.name}", "")
    if line.seen not in ("", *SEEN):
        line.seen = ""
    if len(line.remark.strip()) > _LONGEST_REMARK:
        line.error = _(
            "%(count)s characters were typed; at most %(limit)s fit here. Shorten it.",
            count=len(line.remark),
            limit=_LONGEST_REMARK,
        )
    elif line.seen == "shortcoming" and not line.remark.strip():
        line.error = _("Say in a few words what is not in order.")
    return line


def figures_on_line(check: FrozenCheck, language: Language) -> str:
    """Return the figures of this contract that the check on one line is about, as many as fit; empty where none is tied to it."""
    kept: list[str] = []
    for label, value in check.seen:
        pair = f"{label[language]}: {value[language]}"
        if not kept or len("; ".join([*kept, pair])) <= _LONGEST_FIGURES:
            kept.append(pair)
    return "; ".join(kept)
