"""Names that tie notices to one another: repeats, changes, one procedure in several formats."""

import hashlib
import json
import re
from collections.abc import Iterator

from mpdi.monitoring.models import LinkKind
from tender_parsers.notice import Notice
from tender_parsers.once import identity_of, is_unique_alone, names_of, names_replaced, publication_number
from tender_parsers.placeholders import is_placeholder

Link = tuple[str, str]
"""Kind and digest of the name."""

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_NO_UUID = "00000000-0000-0000-0000-000000000000"
_OUTCOMES = frozenset({"result", "cont-modif", "dir-awa-pre", "completion"})
"""Form types whose earlier notices are of the same procedure; a contract notice may follow a prior information notice
that several procedures share."""


def told(*parts: str) -> str:
    """The SHA-256 of a name."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def identity(notice: Notice, whole: str, file_digest: str, position: int) -> str:
    """What makes it this notice and no other, as a digest; `whole` is its JSON.

    A notice that names itself nowhere is the one at this place of this file.
    """
    name = identity_of(notice)
    if name is None:
        return told("place", file_digest, str(position))
    if is_unique_alone(notice):
        return told("name", name)
    said = {key: value for key, value in json.loads(whole).items() if key not in ("source", "container")}
    return told("said", name, json.dumps(said, sort_keys=True))


def links_of(notice: Notice) -> tuple[Link, ...]:
    """Everything that ties it to others, each once."""
    return tuple(dict.fromkeys(_links(notice)))


def _links(notice: Notice) -> Iterator[Link]:
    for name in names_of(notice):
        yield LinkKind.NAME.value, told(_family(notice), name)
    for name in names_replaced(notice):
        yield LinkKind.REPLACES.value, told(_family(notice), name)
    for name in _procedures(notice):
        yield LinkKind.PROCEDURE.value, told(name)


def _family(notice: Notice) -> str:
    """Formats that name one another's notices: a change in eForms may name a notice of TED."""
    return "ocds" if notice.format == "ocds" else "gazette"


def _procedures(notice: Notice) -> Iterator[str]:
    yield from _identifiers(notice)
    own = () if is_placeholder(notice.publication_id) else (notice.publication_id or "",)
    if notice.format in ("eforms", "ted_export"):
        yield from (f"publication {publication_number(each)}" for each in own)
        if notice.form_type in _OUTCOMES or notice.format == "ted_export":
            yield from (f"publication {publication_number(each)}" for each in _same_procedure(notice))
    elif notice.format == "boamp":
        yield from (f"boamp {each}" for each in (*own, *_same_procedure(notice)))


def _same_procedure(notice: Notice) -> Iterator[str]:
    """Earlier notices of the procedure, and those that it corrects; a word that names nothing ties nothing."""
    earlier = notice.previous_notices if notice.form_type in _OUTCOMES else ()
    corrected = (change.changed for change in notice.changes if change.of == "notice")
    yield from (each for each in (*earlier, *corrected) if each and not is_placeholder(each))


def _identifiers(notice: Notice) -> Iterator[str]:
    """The identifier of the procedure: a UUID is given once for all, any other only by its format and buyer.

    Of OCDS it is that of the process (`ocid`): the identifier of a tender is one only within it.
    """
    process = notice.document_id if notice.format == "ocds" else None
    stated = [each.casefold() for each in (process, notice.procedure_id) if each and not is_placeholder(each)]
    unique = [found[0] for each in stated if (found := _UUID.search(each)) and found[0] != _NO_UUID]
    yield from (f"uuid {each}" for each in unique)
    if stated and not unique:
        numbers = [number.id for buyer in notice.buyers[:1] for number in buyer.identifiers[:1]]
        owner = "" if notice.format in ("ocds", "bda", "eforms") else ",".join(numbers)
        if owner or notice.format in ("ocds", "bda", "eforms"):
            yield f"{notice.format} {owner} {stated[0]}"
