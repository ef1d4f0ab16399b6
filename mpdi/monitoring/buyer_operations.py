"""Who a buyer is: exact forms join by themselves, alike ones are proposed, a person decides."""

from sqlalchemy import Row, Select, delete, func, select
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.authorities import register
from mpdi.exceptions import MpdiError
from mpdi.monitoring.bulk import lock_writing
from mpdi.monitoring.likeness import Likeness, likeness_to_register
from mpdi.monitoring.models import BuyerSpelling, NoticeRecord, SpellingState


class UnknownSpellingError(MpdiError):
    """There is no way to write a buyer of this number, or nothing is proposed for it."""


class UnknownAuthorityError(MpdiError):
    """No authority of the register has this identifier."""


def recognise_buyers(session: Session) -> int:
    """Look up every way to write a buyer that is new; return how many proposals wait for a person because of them."""
    lock_writing(session)
    likeness = likeness_to_register()
    proposals = 0
    for row in session.execute(_new_spellings()).all():
        spelling = _spelling(row, likeness)
        session.add(spelling)
        proposals += spelling.state == SpellingState.PROPOSED
    session.flush()
    return proposals


def look_up_again(session: Session) -> int:
    """Look up what nothing resembled once more, after the register grew; return how many proposals wait because of it."""
    session.execute(delete(BuyerSpelling).where(BuyerSpelling.state == SpellingState.UNKNOWN.value))
    return recognise_buyers(session)


def _new_spellings() -> Select[str | None, str | None, str | None, str | None]:
    known = select(BuyerSpelling.key)
    return (
        select(
            NoticeRecord.buyer_key,
            func.min(NoticeRecord.buyer_name),
            func.min(NoticeRecord.buyer_number),
            func.min(NoticeRecord.country),
        )
        .where(NoticeRecord.buyer_key.is_not(None), NoticeRecord.buyer_key.not_in(known))
        .group_by(NoticeRecord.buyer_key)
        .order_by(NoticeRecord.buyer_key)
    )


def _spelling(row: Row[str | None, str | None, str | None, str | None], likeness: Likeness) -> BuyerSpelling:
    key, name, number, country = row
    written = name or ""
    spelling = BuyerSpelling(key=key, name=written, state=SpellingState.UNKNOWN.value)
    if country not in (None, "BEL"):
        return spelling
    if exact := likeness.exact(written, number):
        spelling.state, spelling.authority_id = SpellingState.EXACT.value, exact
    elif proposal := likeness.proposed(written):
        spelling.state = SpellingState.PROPOSED.value
        spelling.proposed_id, spelling.likeness = proposal.authority_id, proposal.likeness
    return spelling


def confirm(session: Session, number: int, who: str, authority_id: str | None = None) -> BuyerSpelling:
    """Say that a way to write a buyer is the authority proposed, or another of the register; the function of who says so is kept."""
    spelling = _get(session, number)
    chosen = authority_id or spelling.proposed_id
    if chosen is None:
        raise UnknownSpellingError(f"Nothing is proposed for number {number}: name the authority with --authority.")
    if register().get(chosen) is None:
        raise UnknownAuthorityError(f"No authority of the register has the identifier {chosen}.")
    spelling.state, spelling.authority_id = SpellingState.CONFIRMED.value, chosen
    spelling.decided_by, spelling.decided_at = who, clock.now()
    return spelling


def refuse(session: Session, number: int, who: str) -> BuyerSpelling:
    """Say that a way to write a buyer is not the authority proposed: it stays a buyer of its own."""
    spelling = _get(session, number)
    spelling.state, spelling.authority_id = SpellingState.REFUSED.value, None
    spelling.decided_by, spelling.decided_at = who, clock.now()
    return spelling


def _get(session: Session, number: int) -> BuyerSpelling:
    spelling = session.get(BuyerSpelling, number)
    if spelling is None:
        raise UnknownSpellingError(
            f"There is no way to write a buyer with the number {number}: see mpdi notices buyers."
        )
    return spelling
