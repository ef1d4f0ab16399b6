"""What a notice declares of each field, lots that declare the same together. Pure but for its words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from mpdi.monitoring import notice_words as words
from mpdi.monitoring.notice_reading import LotRead, NoticeRead


@dataclass(frozen=True)
class DeclaredRow:
    """One field: what is said of it, with the lots that say it."""

    term: str
    name: str
    said: Sequence[tuple[str | None, Sequence[str]]]
    """Words, or `None` for "not stated", and the lots; no lots: all of them, or the whole."""

    @property
    def is_stated(self) -> bool:
        """Whether any lot says it."""
        return any(value is not None for value, _lots in self.said)


def declared_rows(read: NoticeRead) -> list[DeclaredRow]:
    """The fields of strategic procurement, small firms and reservation, in the order of the notice."""
    lots = [lot for lot in read.lots if lot.kind != "group"] or [read.whole]
    rows = [_row(lots, read.whole, term, str(name), _codes(key, codes)) for key, term, name, codes in words.DECLARED]
    return [
        *rows,
        _row(lots, read.whole, "BT-777", _("In its own words"), lambda lot: lot.why.value if lot.why else None),
        _row(lots, read.whole, "BT-726", _("Suitable for small and medium enterprises"), _suitable),
        _row(lots, read.whole, "BT-71", _("Reserved participation"), _reserved),
        _row(lots, read.whole, "BT-736", _("Reserved execution"), _execution),
    ]


def _codes(key: str, codes: words.Words) -> Callable[[LotRead], str | None]:
    return lambda lot: words.words_of(codes, lot.declared[key]) or None


def yes_or_no(value: bool | None) -> str | None:
    """“yes”, “no”, or `None` where nothing is stated."""
    return None if value is None else _("yes") if value else _("no")


def _suitable(lot: LotRead) -> str | None:
    return yes_or_no(lot.sme_suitable)


def _reserved(lot: LotRead) -> str | None:
    return words.words_of(words.RESERVED, lot.reserved) or None


def _execution(lot: LotRead) -> str | None:
    return yes_or_no({"yes": True, "no": False}.get(lot.reserved_execution or ""))


def _row(
    lots: Sequence[LotRead], whole: LotRead, term: str, name: str, say: Callable[[LotRead], str | None]
) -> DeclaredRow:
    groups: dict[str | None, list[str]] = {}
    for lot in lots:
        said = say(lot) or say(whole)
        groups.setdefault(said, []).append(lot.id or "")
    if len(groups) == 1:
        return DeclaredRow(term, name, [(next(iter(groups)), ())])
    return DeclaredRow(term, name, list(groups.items()))
