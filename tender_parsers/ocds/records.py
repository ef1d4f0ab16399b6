"""One release out of what OCDS wraps it in: a record with its compiled, versioned, embedded or linked releases."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tender_parsers.exceptions import NotANotice, TooDeep
from tender_parsers.json_blocks import Item
from tender_parsers.loose_values import Json, record, records, words

KNOWN = frozenset({"ocid", "tender", "awards", "contracts", "bids", "buyer", "parties", "planning", "compiledRelease"})
"""Keys of which a release or a record has at least one."""

OWN = frozenset({"ocid", "compiledRelease", "versionedRelease"})
"""Keys by which an object is a record or a release of its own, though it has `releases`."""

BELOW = frozenset({"releases", "records"})
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Release:
    """A release, and what it came out of."""

    value: Json
    root: str
    """`release`, `compiledRelease`, `versionedRelease`, or `record` where the record holds links only."""
    container: str | None
    """`release_package`, `record_package`, `record`, `json_lines`, `json_array`; of a package or record within a file of
    several, both: `json_lines[3]/release_package`."""
    version: str | None
    record_ocid: str | None = None
    link: str | None = None
    """Address of the last release of a record that holds links only."""


def release_of(name: str, item: Item) -> Release:
    """The release of one object; raises `NotANotice` where it is none."""
    value, version = item.value, words(item.meta.get("version"))
    if not isinstance(value, dict) or not (KNOWN & value.keys() or item.path):
        raise NotANotice(name, "a JSON object without any key of an OCDS release", item.offset)
    place = item.container or ""
    if item.path:
        kind = "record_package" if item.path.endswith("records") else "release_package"
        place = f"{place}/{kind}" if place else kind
    if _is_record(value):
        bare = f"{place}/record" if place else "record"
        return _of_record(name, value, place if item.path else bare, version)
    return Release(value, "release", place or None, version)


def _is_record(value: Json) -> bool:
    return any(key in value for key in ("compiledRelease", "versionedRelease", "releases")) and "tag" not in value


def _of_record(name: str, value: Json, place: str, version: str | None) -> Release:
    ocid = words(value.get("ocid"))
    if compiled := record(value.get("compiledRelease")):
        return Release(compiled, "compiledRelease", place, version, ocid)
    if versioned := record(value.get("versionedRelease")):
        return Release(record(latest(versioned, name)), "versionedRelease", place, version, ocid)
    held = list(records(value.get("releases")))
    embedded = [each for each in held if KNOWN & each.keys()]
    if embedded:
        return Release(merged(embedded, name), "release", place, version, ocid)
    last = held[-1] if held else {}
    return Release(last, "record", place, version, ocid, words(last.get("url")))


def latest(value: Any, name: str, depth: int = 0) -> Any:
    """A versioned release with, for each field, the last of its values (`[{"releaseID": …, "value": …}]`)."""
    if depth > _DEEPEST:
        raise TooDeep(name, "versioned release")
    if isinstance(value, dict):
        return {key: latest(each, name, depth + 1) for key, each in value.items()}
    if isinstance(value, list):
        if value and all(isinstance(each, dict) and "value" in each and "releaseDate" in each for each in value):
            return value[-1]["value"]
        return [latest(each, name, depth + 1) for each in value]
    return value


def merged(releases: list[Json], name: str) -> Json:
    """What the releases of one process say together, in the order of their dates: as OCDS compiles them.

    A later value replaces an earlier one, `null` takes it away, arrays of objects with `id` are merged by it.
    """
    whole: dict[str, Any] = {}
    for each in sorted(releases, key=lambda release: words(release.get("date")) or ""):
        _merge(whole, each, name, 0)
    return whole


def _merge(into: dict[str, Any], new: Json, name: str, depth: int) -> None:
    if depth > _DEEPEST:
        raise TooDeep(name, "releases of a record")
    for key, value in new.items():
        old = into.get(key)
        if value is None:
            into.pop(key, None)
        elif isinstance(value, dict):
            fresh = dict(old) if isinstance(old, dict) else {}
            _merge(fresh, value, name, depth + 1)
            into[key] = fresh
        elif isinstance(value, list) and isinstance(old, list) and _has_ids(value) and _has_ids(old):
            into[key] = list(_merged_list(old, value, name, depth))
        else:
            into[key] = value


def _has_ids(value: list[Any]) -> bool:
    return all(isinstance(each, dict) and isinstance(each.get("id"), str | int) for each in value)


def _merged_list(old: list[Json], new: list[Json], name: str, depth: int) -> Iterator[Json]:
    by_id = {each["id"]: dict(each) for each in old}
    for each in new:
        _merge(by_id.setdefault(each["id"], {}), each, name, depth + 1)
    return iter(by_id.values())
