"""What somebody asks of the queue: an address becomes a filter, a filter an address or a saved view."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from mpdi.clause_library.core.vocabulary import LANGUAGES, AuthorityType, Category
from mpdi.helpdesk.vocabulary import AskerKind, Obstacle, QuestionNature, Route, Stage, TicketKind, TicketState

MOST_WORDS, LONGEST_TEXT, LAST_PAGE = 8, 200, 10_000
CHOICES: Mapping[str, tuple[str, ...]] = {
    "state": tuple(TicketState),
    "route": tuple(Route),
    "nature": tuple(QuestionNature),
    "stage": tuple(Stage),
    "category": tuple(Category),
    "obstacle": tuple(Obstacle),
    "asked_in": tuple(LANGUAGES),
    "kind": tuple(TicketKind),
    "door": tuple(AskerKind),
    "level": tuple(AuthorityType),
}
"""The filters that choose among the values of a closed list. `asked_in` is the language of the question: `language` chooses the portal's."""
_OLD_NAMES = {"language": "asked_in"}
"""What saved views of earlier releases call a filter."""


class Due(StrEnum):
    """Answers that press, and those awaited by who came back after an answer."""

    OVERDUE = "overdue"
    SOON = "soon"
    AGAIN = "again"


class Sort(StrEnum):
    """Orders of the queue."""

    PRIORITY = "priority"
    NEWEST = "newest"
    OLDEST = "oldest"
    CHANGED = "changed"


@dataclass(frozen=True)
class QueueFilter:
    """A filter; an empty one means every ticket that is not done. `assignee` is `me`, `none` or a user's number.

    `authority` is a body of the register in any of its spellings, else a part of a name that the register lacks.
    """

    text: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    assignee: str | None = None
    due: Due | None = None
    is_pilot: bool = False
    with_done: bool = False
    sort: Sort = Sort.PRIORITY
    page: int = 1
    authority: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words searched for; each must be found."""
        return tuple(self.text.split())[:MOST_WORDS]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked but the order."""
        return replace(self, sort=Sort.PRIORITY, page=1) == QueueFilter()

    def arguments(self, **changed: object) -> list[tuple[str, str]]:
        """Return the filter as arguments of an address, its page left out."""
        made = replace(self, **changed) if changed else self  # type: ignore[arg-type]
        pairs = [("words", made.text), ("authority", made.authority)]
        pairs += [("assignee", made.assignee or ""), ("due", made.due or "")]
        pairs += [(name, value) for name, values in made.chosen.items() for value in values]
        pairs += [("pilot", "1" if made.is_pilot else ""), ("done", "1" if made.with_done else "")]
        pairs += [("sort", "" if made.sort is Sort.PRIORITY else made.sort)]
        pairs += [("page", str(made.page) if "page" in changed else "")]
        return [(name, str(value)) for name, value in pairs if value]

    def query_string(self, **changed: object) -> str:
        """Return the filter as the query of an address."""
        return urlencode(self.arguments(**changed))

    def stored(self) -> dict[str, list[str]]:
        """Return the filter as a saved view keeps it."""
        kept: dict[str, list[str]] = {}
        for name, value in self.arguments():
            kept.setdefault(name, []).append(value)
        return kept


def read_filter(arguments: MultiDict[str, str]) -> QueueFilter:
    """Read a filter from an address or a saved view; what is unknown is left out."""
    chosen = {
        name: kept
        for name, values in CHOICES.items()
        if (kept := tuple(value for value in values if value in arguments.getlist(name)))
    }
    assignee, page = arguments.get("assignee", ""), arguments.get("page", "")
    return QueueFilter(
        text=_line(arguments.get("words", "")),
        authority=_line(arguments.get("authority", "")),
        chosen=chosen,
        assignee=assignee if assignee in ("me", "none") or _is_number(assignee) else None,
        due=Due(arguments["due"]) if arguments.get("due") in tuple(Due) else None,
        is_pilot=arguments.get("pilot") == "1",
        with_done=arguments.get("done") == "1",
        sort=Sort(arguments["sort"]) if arguments.get("sort") in tuple(Sort) else Sort.PRIORITY,
        page=min(max(int(page), 1), LAST_PAGE) if _is_number(page) else 1,
    )


def _line(text: str) -> str:
    return " ".join(text.replace("\0", " ").split())[:LONGEST_TEXT]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 9


def stored_filter(kept: Mapping[str, list[str]]) -> QueueFilter:
    """Read a saved view, one of an earlier release too."""
    named = ((_OLD_NAMES.get(name, name), values) for name, values in kept.items())
    return read_filter(MultiDict([(name, value) for name, values in named for value in values]))
