"""The fixed text of a specification: parts, sections, blocks and slots, read from `templates/documents/`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.model import Bilingual
from mpdi.exceptions import DataFileError
from mpdi.resources import folder

Condition = Mapping[str, Any]


@dataclass(frozen=True)
class TextItem:
    """A sentence or more in both languages, and when it stands."""

    text: Bilingual
    only_when: Condition | None = None


@dataclass(frozen=True)
class Block:
    """One block of a section: `kind` is paragraph, list, to_complete, table or clauses."""

    kind: str
    items: tuple[TextItem, ...] = ()
    key: str = ""
    slot_ids: tuple[str, ...] = ()
    slot_kinds: tuple[str, ...] = ()
    when: Condition | None = None
    only_when: Condition | None = None


@dataclass(frozen=True)
class SkeletonSection:
    """A heading, what it rests on, its blocks and the sections under it."""

    id: str
    heading: Bilingual
    only_when: Condition | None
    legal_basis: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    sections: tuple["SkeletonSection", ...]

    def walk(self) -> Iterator["SkeletonSection"]:
        """Yield this section and all those under it, in order."""
        yield self
        for section in self.sections:
            yield from section.walk()


@cache
def read_skeleton() -> tuple[SkeletonSection, ...]:
    """Return the parts of a specification, in order of their file names."""
    return tuple(_part(path) for path in sorted((folder("templates") / "documents" / "specification").glob("*.yaml")))


def fixed_texts() -> tuple[str, ...]:
    """Return the headings and sentences of every specification, in both languages."""
    sections = [section for part in read_skeleton() for section in part.walk()]
    texts = [section.heading for section in sections]
    texts += [item.text for section in sections for block in section.blocks for item in block.items]
    return tuple(text for each in texts for text in (each.fr, each.nl))


@cache
def read_document_data(name: str) -> Mapping[str, Any]:
    """Return `annexes`, `labels`, `models` or `phrases`: `templates/documents/<name>.yaml` and any `<name>/*.yaml`."""
    return merged_data(folder("templates") / "documents", name)


def merged_data(documents: Path, name: str) -> Mapping[str, Any]:
    """Return `<name>.yaml` of that folder with what `<name>/*.yaml` adds; a key that two files hold is refused."""
    data: dict[str, Any] = dict(strict_yaml.read(documents / f"{name}.yaml"))
    for path in sorted((documents / name).glob("*.yaml")):
        _add_without_overlap(data, strict_yaml.read(path), path)
    return data


def _add_without_overlap(data: dict[str, Any], more: Mapping[str, Any], path: Path) -> None:
    twice = sorted(data.keys() & more.keys())
    if twice:
        raise DataFileError(f"{path}: {', '.join(twice)} stands in another file already: keep one of the two.")
    data.update(more)


def _part(path: Any) -> SkeletonSection:
    data = strict_yaml.read(path)
    try:
        return _section(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise DataFileError(f"{path}: a section lacks a key or has a wrong one: {error}.") from error


def _section(item: Mapping[str, Any]) -> SkeletonSection:
    return SkeletonSection(
        item["id"],
        Bilingual(**item["heading"]),
        item.get("only_when"),
        tuple((basis["act"], basis["article"]) for basis in item.get("legal_basis", ())),
        tuple(_block(block) for block in item.get("blocks", ())),
        tuple(_section(section) for section in item.get("sections", ())),
    )


def _block(item: Mapping[str, Any]) -> Block:
    guards = {"when": item.get("when"), "only_when": item.get("only_when")}
    for kind in ("paragraph", "list", "to_complete", "table", "clauses"):
        if kind in item:
            return _of_kind(kind, item[kind], guards)
    raise KeyError(f"a block of unknown kind: {', '.join(item)}")


def _of_kind(kind: str, value: Any, guards: Mapping[str, Any]) -> Block:
    match kind:
        case "paragraph":
            return Block(kind, (TextItem(Bilingual(**value)),), **guards)
        case "list":
            return Block(
                kind,
                tuple(TextItem(Bilingual(each["fr"], each["nl"]), each.get("only_when")) for each in value),
                **guards,
            )
        case "to_complete":
            own = value.get("only_when")
            merged = {**guards, "only_when": guards["only_when"] or own}
            return Block(kind, (TextItem(Bilingual(value["fr"], value["nl"])),), key=value["key"], **merged)
        case "table":
            return Block(kind, key=value, **guards)
    return Block(kind, slot_ids=tuple(value.get("ids", ())), slot_kinds=tuple(value.get("kinds", ())), **guards)
