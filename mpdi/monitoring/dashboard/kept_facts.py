"""The facts of all notices, read once after each change of what is stored, and figures worked out of them."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mpdi.monitoring.dashboard.selection import years_of
from mpdi.monitoring.indicators.model import NoticeFacts
from mpdi.monitoring.models import BuyerSpelling, IngestedFile, NoticeRecord
from mpdi.monitoring.report_queries import EVERYTHING, facts_of

Made = TypeVar("Made")
State = tuple[Any, ...]
_WORKED_OUT = 64


@dataclass(frozen=True)
class KeptFacts:
    """The facts of everything stored in one state of it."""

    state: State
    facts: Sequence[NoticeFacts]
    years: Sequence[str]
    """That have notices, the last one first."""
    _made: OrderedDict[Any, Any] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def once(self, key: Any, make: Callable[[], Made]) -> Made:
        """What was made for this key before, else make it; the oldest of 64 is forgotten."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return cast(Made, self._made[key])
        made = make()
        with self._lock:
            self._made[key] = made
            while len(self._made) > _WORKED_OUT:
                self._made.popitem(last=False)
        return made


class FactsStore:
    """Facts in memory: some 3 kB a procedure. One statement says whether what is stored has changed since."""

    def __init__(self) -> None:
        self._kept: KeptFacts | None = None
        self._lock = threading.Lock()

    def kept(self, session: Session) -> KeptFacts:
        """The facts of what is stored now."""
        state = state_of(session)
        with self._lock:
            if self._kept is None or self._kept.state != state:
                facts = list(facts_of(session, EVERYTHING))
                self._kept = KeptFacts(state, facts, years_of(facts))
            return self._kept


def state_of(session: Session) -> State:
    """What changes whenever a notice is taken in or read again, or a buyer is recognised."""
    found = session.execute(
        select(
            select(func.max(IngestedFile.read_at)).scalar_subquery(),
            select(func.count(IngestedFile.id)).scalar_subquery(),
            select(func.max(NoticeRecord.id)).scalar_subquery(),
            select(func.count(NoticeRecord.id)).scalar_subquery(),
            select(func.count(BuyerSpelling.authority_id)).scalar_subquery(),
            select(func.max(BuyerSpelling.decided_at)).scalar_subquery(),
        )
    ).one()
    return tuple(found)
