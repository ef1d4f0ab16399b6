"""The words of a reminder: `templates/action_plans/mails/`, the subject on the first line. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import Template

from mpdi.action_plans.core.canevas_reading import FOLDER
from mpdi.action_plans.core.plan import PlanAction
from mpdi.action_plans.core.profile import PlanLanguage
from mpdi.action_plans.core.reminding import DueActions
from mpdi.clause_library.core.model import Bilingual
from mpdi.clause_library.core.vocabulary import LANGUAGES, Language
from mpdi.resources import folder

_COUNTED = {
    "fr": ("aucune action", "1 action", "{} actions"),
    "nl": ("geen actie", "1 actie", "{} acties"),
}
_HEADS = {"late": Bilingual("En retard :", "Te laat:"), "coming": Bilingual("Dans les 30 jours :", "Binnen 30 dagen:")}


@dataclass(frozen=True)
class ReminderMail:
    """A reminder ready to be sent; `language`: the one in which it begins."""

    subject: str
    body: str
    language: Language


def reminder_mail(authority: Bilingual, language: PlanLanguage, due: DueActions, link: str, stop: str) -> ReminderMail:
    """Return the reminder in the language of the plan; in both, one below the other, where the plan is in both."""
    spoken = [each for each in LANGUAGES if language in (each, "fr+nl")]
    parts = [_part(authority, each, due, link, stop) for each in spoken]
    return ReminderMail(
        " / ".join(subject for subject, _ in parts), "\n\n---\n\n".join(body for _, body in parts), spoken[0]
    )


def _part(authority: Bilingual, language: Language, due: DueActions, link: str, stop: str) -> tuple[str, str]:
    text = (folder("templates") / FOLDER / "mails" / f"reminder.{language}.txt").read_text(encoding="utf-8")
    subject, _, body = text.partition("\n")
    places = {
        "authority": " ".join(authority[language].split()),
        "late": _counted(len(due.late), language),
        "coming": _counted(len(due.coming), language),
        "link": link,
        "stop": stop,
        "actions": "\n".join(_lines(due, language)),
    }
    return Template(subject.strip()).substitute(places), Template(body.strip()).substitute(places) + "\n"


def _counted(count: int, language: Language) -> str:
    none, one, many = _COUNTED[language]
    return none if count == 0 else one if count == 1 else many.format(count)


def _lines(due: DueActions, language: Language) -> Iterator[str]:
    groups: tuple[tuple[str, Sequence[PlanAction]], ...] = (("late", due.late), ("coming", due.coming))
    for name, actions in groups:
        if actions:
            yield ""
            yield _HEADS[name][language]
        for each in actions:
            day = f"{each.deadline.day:02d}/{each.deadline.month:02d}/{each.deadline.year}"
            yield f"- {day}: {each.what[language]} ({each.owner[language]})"
    yield ""
