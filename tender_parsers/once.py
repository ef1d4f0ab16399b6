"""Each notice once: without the notices that a later one says it replaces, and without repeats of one notice."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tender_parsers.notice import Notice
from tender_parsers.placeholders import is_placeholder

_UNIQUE_ALONE = frozenset({"eforms", "ted_export", "boamp", "bda"})
"""Their identifiers are given once for all; those of the others only as far as each publisher takes care."""
_GAZETTE = re.compile(r"(?P<year>\d{4})/S \d+-0*(?P<number>\d+)")
_NUMBERED = re.compile(r"0*(?P<number>\d+)-(?P<year>\d{4})")
_VERSIONED = re.compile(r"(?P<id>.+)-0*(?P<version>\d{1,2})")


def each_once(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """The notices in the order given, less those that would be counted twice.

    Left out is only

    - what the change (BT-758) of another of these notices names: by notice identifier and version or by publication
      number in eForms, which may name a notice of TED_EXPORT; by release identifier within one process in OCDS, unless
      that would lose an award or a contract;
    - a repeat: the notice and version (eForms), the publication number (TED), the identifier (BOAMP, BDA) is that of a
      notice before. For OCDS, DECP and mapped tables, whose identifiers several publishers may share, the content must
      be the same too.

    A contract notice and its award notice, two awards of one procedure, the modification of a contract, two contracts
    under one identifier all stay. So does what a corrigendum of TED (F14) or BOAMP corrects: it corrects texts and
    repeats nothing. Of notices that name one another in a circle all stay. What names itself nowhere always stays.

    All notices are held in memory until the last has been read.
    """
    kept: dict[object, Notice] = {}
    names: dict[object, object] = {}
    for number, notice in enumerate(notices):
        key = _identity(notice) or number
        kept.setdefault(key, notice)
        for name in _names(notice):
            names.setdefault(name, key)
    left = _replaced(kept, names)
    return tuple(notice for key, notice in kept.items() if key not in left)


def identity_of(notice: Notice) -> str | None:
    """The name under which a notice is one and the same wherever it is met again, as one text; `None`: it has none.

    Of formats whose identifiers several publishers may share it is one only together with the content
    (`is_unique_alone`).
    """
    name = _own_name(notice)
    return None if not name else _as_text((notice.format, name))


def is_unique_alone(notice: Notice) -> bool:
    """Whether the identifiers of its format are given once for all."""
    return notice.format in _UNIQUE_ALONE


def names_of(notice: Notice) -> tuple[str, ...]:
    """The names by which a change may call it, each as one text."""
    return tuple(_as_text(name) for name in _names(notice))


def names_replaced(notice: Notice) -> tuple[str, ...]:
    """The names, written as `names_of` writes them, of the notices that it says it replaces whole."""
    return tuple(_as_text(name) for name in _called_by(notice))


def publication_number(name: str) -> str:
    """A publication number of TED, `123456-2024`, however it is written; another name in small letters."""
    return _publication(name)


def _as_text(name: object) -> str:
    return "\x1f".join(_as_text(part) for part in name) if isinstance(name, tuple) else str(name or "")


def _own_name(notice: Notice) -> object:
    own, publication = notice.notice_id, _real(notice.publication_id)
    if notice.format in _UNIQUE_ALONE:
        own = _real(own)
    name: object = own and (own.casefold(), _plain_number(notice.notice_version))
    if notice.format == "ocds":
        name = notice.document_id and own and (notice.document_id, own)
    elif notice.format == "ted_export" or not name:
        name = publication and _publication(publication)
    return name


def _real(name: str | None) -> str | None:
    """The name, unless it is a word that stands for none."""
    return None if is_placeholder(name) else name


def _identity(notice: Notice) -> object:
    """What is the same for two copies of one notice; `None` where it has no name."""
    name = _own_name(notice)
    if not name:
        return None
    if notice.format in _UNIQUE_ALONE:
        return notice.format, name
    return replace(notice, source=None, container=None)


def _names(notice: Notice) -> Iterator[object]:
    """Names by which a change may call it."""
    if notice.format == "ocds":
        if notice.document_id and notice.notice_id:
            yield notice.document_id, notice.notice_id
    elif notice.format in ("eforms", "ted_export"):
        if notice.notice_id and notice.notice_version:
            yield _called(f"{notice.notice_id}-{notice.notice_version}")
        if publication := _real(notice.publication_id):
            yield _publication(publication)


def _replaced(kept: dict[object, Notice], names: dict[object, object]) -> set[object]:
    """Keys that a chain of changes leads to from a notice that nothing replaces."""
    edges = {key: found for key, notice in kept.items() if (found := set(_replaces(key, notice, kept, names)))}
    named = {old for found in edges.values() for old in found}
    waiting = [key for key in edges if key not in named]
    left: set[object] = set()
    while waiting:
        for old in edges.get(waiting.pop(), ()):
            if old not in left:
                left.add(old)
                waiting.append(old)
    return left


def _replaces(key: object, notice: Notice, kept: dict[object, Notice], names: dict[object, object]) -> Iterator[object]:
    """Keys of the notices that this one replaces whole."""
    for name in _called_by(notice):
        old = names.get(name)
        if old is None or old == key or (notice.format == "ocds" and would_lose(kept[old], notice)):
            continue
        yield old


def _called_by(notice: Notice) -> Iterator[object]:
    """Names of the notices that its changes name, as `_names` writes them."""
    if notice.format not in ("eforms", "ocds"):
        return
    for change in notice.changes:
        if change.of == "notice" and change.changed and not is_placeholder(change.changed):
            yield (notice.document_id, change.changed) if notice.format == "ocds" else _called(change.changed)


def would_lose(old: Notice, new: Notice) -> bool:
    """A release that amends the tender may leave away what an earlier one told of its outcome."""
    return bool((old.results and not new.results) or (old.contracts and not new.contracts))


def _called(name: str) -> str:
    """The name as a change writes it: `…-01`, `00123456-2024`; zeros before a number and case make no difference."""
    if _NUMBERED.fullmatch(name):
        return _publication(name)
    found = _VERSIONED.fullmatch(name)
    return f"{found['id']}-{found['version']}".casefold() if found else name.casefold()


def _publication(name: str) -> str:
    """A publication number of TED, `123456-2024`, however it is written: `2024/S 099-123456`, `00123456-2024`."""
    found = _GAZETTE.fullmatch(name) or _NUMBERED.fullmatch(name)
    return f"{found['number']}-{found['year']}" if found else name.casefold()


def _plain_number(version: str | None) -> str | None:
    return (version.lstrip("0") or "0") if version else None
