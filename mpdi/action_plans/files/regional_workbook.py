"""The regional view of action plans as a workbook: figures that calculate; the same view gives the same bytes."""

from decimal import Decimal

from mpdi.action_plans.core.regional import AimRow, RegionalView
from mpdi.action_plans.core.vocabulary import Unit
from mpdi.action_plans.files.regional_words import RegionalVoice, brief_figures, in_order, regional_voice
from mpdi.clause_library.core.vocabulary import Language
from mpdi.documents.calculation import CalculationSheet, Cell, Look, Number, Words, write_calculation

_AIM_HEADS = ("category", "indicator", "unit", "authorities", "targets", "median", "first_quartile", "third_quartile",
              "numerator", "denominator", "population", "lower", "upper", "judged", "reached")  # fmt: skip
_RESULT_HEADS = ("level", "category", "authorities", "objectives", "with_target", "with_measure", "judged", "reached")


def write_regional_workbook(view: RegionalView, language: Language) -> bytes:
    """Return the .xlsx."""
    voice = regional_voice(language)
    sheets = (_brief(voice, view), _authorities(voice, view), _aims(voice, view), _results(voice, view))
    return write_calculation(f"{voice.word('region_kind')} – {voice.day(view.day)}", view.day, sheets)


def _heads(voice: RegionalVoice, names: tuple[str, ...]) -> tuple[Cell, ...]:
    return tuple(Words(voice.word(f"head_{each}"), Look.HEAD) for each in names)


def _brief(voice: RegionalVoice, view: RegionalView) -> CalculationSheet:
    told = [
        (voice.word("fact_told_on"), voice.day(view.day)),
        (voice.word("fact_filters"), voice.filters(view.chosen)),
        *brief_figures(voice, view),
    ]
    rows = [(Words(what), Words(figure)) for what, figure in told]
    notes = [(Words(voice.word(each)), None) for each in ("notice_known", "notice_unranked", "method_adopted")]
    title = (Words(voice.word("region_title"), Look.TITLE), None)
    return CalculationSheet(voice.word("sheet_brief"), (70.0, 60.0), (title, *rows, *notes), frozen=(1, 0))


def _authorities(voice: RegionalVoice, view: RegionalView) -> CalculationSheet:
    heads = _heads(voice, ("authority", "level", "standing", "period", "decided", "objectives"))
    rows = [
        (
            Words(each.body.name[voice.language]),
            Words(voice.level(each.body.level)),
            Words(voice.standing(each.standing)),
            Words(f"{each.plan.first.isoformat()} / {each.plan.last.isoformat()}" if each.plan else ""),
            Words(each.plan.decided_on.isoformat() if each.plan else ""),
            _whole(len(each.plan.aims)) if each.plan else None,
        )
        for each in in_order(view.listed, voice.language)
    ]
    return CalculationSheet(voice.word("sheet_authorities"), (60.0, 14.0, 34.0, 26.0, 14.0, 12.0), (heads, *rows))


def _aims(voice: RegionalVoice, view: RegionalView) -> CalculationSheet:
    rows = [_aim(voice, each) for each in view.aims]
    widths = (22.0, 46.0, 16.0, *(13.0 for _ in _AIM_HEADS[3:]))
    return CalculationSheet(voice.word("sheet_aims"), widths, (_heads(voice, _AIM_HEADS), *rows), frozen=(1, 2))


def _aim(voice: RegionalVoice, row: AimRow) -> tuple[Cell, ...]:
    look = Look.PERCENT if row.indicator.unit is Unit.SHARE else Look.NUMBER
    quartiles = row.quartiles or (None, None)
    measured = row.measured
    counts = (measured.numerator, measured.denominator, measured.population) if measured else (None, None, None)
    bounds = (measured.lower, measured.upper) if measured else (None, None)
    return (
        Words(voice.category(row.category)),
        Words(row.indicator.name[voice.language]),
        Words(voice.word(f"unit_{row.indicator.unit}")),
        _whole(row.authorities),
        _whole(len(row.targets)),
        *(_number(each, look) for each in (row.median, *quartiles)),
        *(_number(each, Look.NUMBER) for each in counts),
        *(_number(each, look) for each in bounds),
        _whole(row.judged),
        _whole(row.reached),
    )


def _results(voice: RegionalVoice, view: RegionalView) -> CalculationSheet:
    rows = [
        (
            Words(voice.level(each.level)),
            Words(voice.category(each.category)),
            *(
                _whole(one)
                for one in (
                    each.authorities,
                    each.objectives,
                    each.with_target,
                    each.measured,
                    each.judged,
                    each.reached,
                )
            ),
        )
        for each in view.results
    ]
    widths = (16.0, 26.0, *(14.0 for _ in _RESULT_HEADS[2:]))
    return CalculationSheet(voice.word("sheet_results"), widths, (_heads(voice, _RESULT_HEADS), *rows), frozen=(1, 2))


def _whole(value: int) -> Cell:
    return Number(float(value), Look.WHOLE)


def _number(value: Decimal | None, look: Look) -> Cell:
    return None if value is None else Number(float(value), look)
