"""From what a report is made: files, notices, versions of parser and rules."""

import datetime
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mpdi.monitoring.models import IngestedFile, NoticeRecord
from mpdi.monitoring.report_queries import COUNTED, Scope


@dataclass(frozen=True, slots=True)
class Provenance:
    """From what a report was made."""

    files: int
    files_without: int
    """Of them those that gave no notice: they could not be read, or hold none."""
    notices: int
    """Stored, whatever their day."""
    counted: int
    """Of them those that no later notice and no other format says again."""
    without_day: int
    """Of those: no day, so in no period."""
    in_period: int
    parsers: tuple[str, ...]
    rules: tuple[str, ...]
    read: tuple[datetime.datetime, ...]
    """First and last moment at which a file was read; empty where there is none."""
    by_format: tuple[tuple[str, int], ...] = ()
    """Notices of the period that are counted."""


def provenance(session: Session, scope: Scope) -> Provenance:
    """From what a report on this period is made."""
    within = NoticeRecord.day.between(scope.first, scope.last)
    one = session.execute(
        select(
            select(func.count(IngestedFile.id)).scalar_subquery(),
            select(func.min(IngestedFile.read_at)).scalar_subquery(),
            select(func.max(IngestedFile.read_at)).scalar_subquery(),
            select(func.count(NoticeRecord.id)).scalar_subquery(),
            select(func.count(NoticeRecord.id)).where(COUNTED).scalar_subquery(),
            select(func.count(NoticeRecord.id)).where(COUNTED, NoticeRecord.day.is_(None)).scalar_subquery(),
            select(func.count(IngestedFile.id)).where(IngestedFile.notices == 0).scalar_subquery(),
        )
    ).one()
    formats = session.execute(
        select(NoticeRecord.format, func.count()).where(COUNTED, within).group_by(NoticeRecord.format)
    ).all()
    versions = session.execute(
        select(NoticeRecord.parser_version, NoticeRecord.rules_version).where(COUNTED, within).distinct()
    ).all()
    by_format = tuple(sorted((name, number) for name, number in formats))
    return Provenance(
        files=one[0],
        files_without=one[6],
        notices=one[3],
        counted=one[4],
        without_day=one[5],
        in_period=sum(number for _, number in by_format),
        parsers=tuple(sorted({parser for parser, _ in versions})),
        rules=tuple(sorted({rules for _, rules in versions if rules})),
        read=(one[1], one[2]) if one[1] is not None else (),
        by_format=by_format,
    )
