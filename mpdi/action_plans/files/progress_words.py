"""How the figures of a progress report are said: counts, shares with what they rest on, bounds."""

from decimal import ROUND_HALF_UP, Decimal

from mpdi.action_plans.core.progress import FEW, Followed
from mpdi.action_plans.core.progress_facts import Measured
from mpdi.action_plans.core.vocabulary import Unit
from mpdi.action_plans.files.voice import Voice
from mpdi.clause_library.core.rendering import NBSP
from mpdi.documents.model import Callout, CalloutKind, Content, Emphasis, Run, content

_TENTH = Decimal("0.1")


def name_of(voice: Voice, followed: Followed) -> str:
    """Write the indicator, with its category where it is of one."""
    words = voice.of(followed.indicator.name)
    return words if followed.category is None else f"{words} ({voice.category(followed.category)})"


def value(voice: Voice, followed: Followed, rate: Decimal) -> str:
    """Write a value of an indicator in its unit."""
    unit = followed.indicator.unit
    if unit is Unit.SHARE:
        return voice.share(rate)
    shown = voice.number(rate.quantize(_TENTH, ROUND_HALF_UP))
    return f"{shown}{NBSP}%" if unit is Unit.PERCENT else shown


def count(voice: Voice, followed: Followed, measured: Measured | None) -> str:
    """Write what was counted: “3/7 = 42,9 %”; below `FEW` without a share; a mean with its number of counts."""
    if measured is None or measured.rate is None:
        return "–"
    of = voice.number(measured.denominator)
    if followed.indicator.unit is Unit.SHARE:
        counted = f"{voice.number(measured.numerator)}/{of}"
        return counted if measured.denominator < FEW else f"{counted} = {voice.share(measured.rate)}"
    total = voice.number(measured.numerator.quantize(_TENTH, ROUND_HALF_UP))
    if measured.denominator < FEW:
        return f"{total}/{of}"
    return f"{total}/{of} = {value(voice, followed, measured.rate)}"


def baseline(voice: Voice, followed: Followed) -> Content:
    """Write where it began: what the profile says, and what was counted before the plan."""
    given = followed.objective.baseline if followed.objective is not None else None
    counted = count(voice, followed, followed.series.baseline)
    if given is None:
        return content(counted)
    said = voice.word("from_profile", value=value(voice, followed, given))
    return content(said if counted == "–" else f"{said}; {counted}")


def target(voice: Voice, followed: Followed) -> Content:
    """Write the target and its day; what is not set is marked."""
    objective = followed.objective
    if objective is None:
        return content("–")
    if objective.target is None:
        return (Run(f"[{voice.word('to_set')}]", Emphasis.HIGHLIGHT),)
    day = voice.short_day(objective.by) if objective.by is not None else f"[{voice.word('to_set')}]"
    return content(f"{value(voice, followed, objective.target)}, {day}")


def coverage(voice: Voice, followed: Followed) -> Content:
    """Write coverage and bounds; below `FEW` only how many there are."""
    measured = followed.series.now
    if measured is None or measured.coverage is None:
        return content("–")
    words = voice.word(
        "coverage_of", coverage=voice.number(measured.denominator), population=voice.number(measured.population)
    )
    if measured.population < FEW or measured.lower is None or measured.upper is None:
        return content(words)
    lower, upper = (value(voice, followed, each) for each in (measured.lower, measured.upper))
    return content(f"{words}; {voice.word('bounds', lower=lower, upper=upper)}")


def sure(voice: Voice, followed: Followed) -> Content:
    """Write how sure the figure is, and by which way it is known."""
    words = voice.word(f"sure_{followed.sureness}")
    reading = followed.series.reading
    return content(f"{words} ({voice.word(f'reading_{reading}')})" if reading else words)


def verdict(voice: Voice, followed: Followed) -> str:
    """Write what can be said of an objective."""
    by = followed.objective.by if followed.objective is not None else None
    line = "" if followed.line is None else value(voice, followed, followed.line)
    return voice.word(f"verdict_{followed.verdict}", line=line, by="" if by is None else voice.short_day(by))


def comment(voice: Voice) -> Callout:
    """Leave a place for what the authority says."""
    place = (Run(voice.word("comment_place"), Emphasis.HIGHLIGHT),)
    return Callout(voice.word("comment_title"), (place,), CalloutKind.TO_COMPLETE)
