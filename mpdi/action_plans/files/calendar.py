"""The calendar of a plan as an .ics: a whole day an entry, with an identifier that stays when the day moves."""

import datetime
from hashlib import sha256

from icalendar import Event

from mpdi.action_plans.core.plan import ActionPlanDocument, CalendarEntry
from mpdi.action_plans.files.voice import Voice
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import LANGUAGES
from mpdi.documents.calendar import write_calendar

_ONE_DAY = datetime.timedelta(days=1)
_MARK_LENGTH = 16


def write_plan_calendar(plan: ActionPlanDocument) -> bytes:
    """Return the .ics; in both languages an entry says French, then Dutch. The same plan gives the same bytes."""
    name = f"{_said(plan, plan.canevas.both('kind'))} – {_said(plan, plan.profile.authority.name)}"
    return write_calendar("action plan//", name, [_event(plan, entry) for entry in plan.calendar])


def _event(plan: ActionPlanDocument, entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}-{_mark(plan)}@mpdi")
    event.add("dtstamp", datetime.datetime.combine(plan.profile.day, datetime.time(), datetime.UTC))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + _ONE_DAY)
    event.add("transp", "TRANSPARENT")
    event.add("summary", _said(plan, entry.what))
    lines = [_said(plan, entry.owner)]
    if entry.is_late:
        lines.append(_said(plan, plan.canevas.both("late")))
    event.add("description", "\n".join(lines))
    event.add("categories", [_said(plan, plan.canevas.both(f"kind_{entry.kind}"))])
    return event


def _said(plan: ActionPlanDocument, text: Bilingual) -> str:
    languages = LANGUAGES if plan.profile.language == "fr+nl" else (plan.profile.language,)
    return " / ".join(dict.fromkeys(Voice(plan, each).of(text) for each in languages))


def _mark(plan: ActionPlanDocument) -> str:
    """What tells the plan of one authority and period from another."""
    period = plan.profile.period
    words = f"{plan.profile.authority.name.fr}\n{period.first.isoformat()}"
    return sha256(words.encode()).hexdigest()[:_MARK_LENGTH]
