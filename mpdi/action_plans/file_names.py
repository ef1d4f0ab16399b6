"""What the files of a plan are called: what they are, whose, for which years, in which language, of which day."""

import re
import unicodedata

from mpdi.action_plans.core.profile import PlanProfile

_KINDS = {
    "docx": {"fr": "plan-d-action", "nl": "actieplan", "fr+nl": "plan-d-action-actieplan"},
    "xlsx": {"fr": "plan-d-action-classeur", "nl": "actieplan-werkmap", "fr+nl": "plan-d-action-actieplan-classeur"},
    "ics": {"fr": "plan-d-action-calendrier", "nl": "actieplan-kalender", "fr+nl": "plan-d-action-calendrier"},
}
_LONGEST = 48


def plan_file_name(profile: PlanProfile, suffix: str, version: int | None = None) -> str:
    """Return the name of a file of a plan in the language of its profile; `version`: of which decision it is."""
    name = profile.authority.name["nl" if profile.language == "nl" else "fr"]
    parts = (
        _KINDS[suffix][profile.language],
        slug(name),
        f"{profile.period.first.year}-{profile.period.last.year}",
        f"v{version}" if version else "",
        profile.language.replace("+", "-"),
        profile.day.isoformat(),
    )
    return "_".join(filter(None, parts)) + f".{suffix}"


def slug(text: str) -> str:
    """Return a text as a part of a file name: plain letters and figures, hyphens between words, not too long."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")
    return words if len(words) <= _LONGEST else words[: _LONGEST + 1].rpartition("-")[0] or words[:_LONGEST]
