"""A workbook of a plan opened with care and read back: its profile, its tables, what differs, the profile that follows."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.differences import Difference, accepted, differences, with_keys
from mpdi.action_plans.core.errors import PlanWorkbookError, ProfileError
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.profile_reading import read_profile
from mpdi.action_plans.core.profile_writing import profile_data
from mpdi.action_plans.core.tables import FIELDS, KeyedRow, TableName, said
from mpdi.action_plans.core.workbook_reading import MOST_ROWS, CellFound, Cells, profile_lines, read_tables
from mpdi.action_plans.files.workbook import PROFILE_SHEET, sheet_name
from mpdi.clause_library.core import strict_yaml
from mpdi.costing.workbook_package import LARGEST, OpenedWorkbook

_MOST_PROFILE_LINES = 5_000
_MERGED = b"<mergeCell "


@dataclass(frozen=True)
class ReadBack:
    """What an edited workbook holds: the profile it came from, what differs, and the profile that takes it over."""

    profile: PlanProfile
    differences: tuple[Difference, ...]
    accepted: PlanProfile


def read_back(path: Path) -> ReadBack:
    """Read an edited workbook; `PlanWorkbookError`, `ProfileError` or the refusals of an unsafe file."""
    content = _content(path)
    opened = OpenedWorkbook(path.name, content, "fr")
    _refuse_merged(path, content)
    profile_cells = opened.page(PROFILE_SHEET, _MOST_PROFILE_LINES, 1)
    if profile_cells is None:
        raise PlanWorkbookError(
            [
                f"{path}: was not written by “mpdi plans draft”, or its sheet {PROFILE_SHEET} is gone. Use a workbook that has it."
            ]
        )
    text = "\n".join(profile_lines(_cells(profile_cells)))
    data = strict_yaml.parse(text, f"{path}, sheet {PROFILE_SHEET}")
    profile = _profile(data)
    canevas = edition_canevas(profile.canevas)
    sheets = {}
    for table in TableName:
        name = sheet_name(said(canevas.words[f"sheet_{table}"], profile))
        page = opened.page(name, MOST_ROWS + 2, len(FIELDS[table]))
        if page is None:
            raise PlanWorkbookError([f"{path}: has no sheet “{name}”. Put it back, or draft the workbook again."])
        sheets[table] = _cells(page)
    found: dict[TableName, list[KeyedRow]] = with_keys(read_tables(sheets, profile, canevas))
    return ReadBack(profile, differences(found, profile, canevas), _checked(accepted(found, profile, canevas)))


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise PlanWorkbookError(
            [f"{path}: cannot be read ({error.strerror}). Give the .xlsx that you edited."]
        ) from error


def _refuse_merged(path: Path, content: bytes) -> None:
    """A merged cell hides the others: nothing tells which row its words belong to."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/") and name.endswith(".xml") and _MERGED in package.read(name):
                raise PlanWorkbookError(
                    [f"{path}: has merged cells. Unmerge them, fill in each cell, and save it again."]
                )


def _cells(page: Mapping[tuple[int, int], object]) -> Cells:
    return {
        place: CellFound(getattr(found, "value", None), bool(getattr(found, "is_formula", False)))
        for place, found in page.items()
    }


def _profile(data: object) -> PlanProfile:
    version = data.get("canevas", "") if isinstance(data, dict) else ""
    day = data.get("date") if isinstance(data, dict) else None
    if day is None:
        raise PlanWorkbookError([f"{PROFILE_SHEET}: has no date. Draft the workbook again."])
    return read_profile(data, edition_canevas(str(version)), day)


def _checked(profile: PlanProfile) -> PlanProfile:
    """Read the new profile as any other: what a workbook may say is what a profile may say."""
    try:
        return read_profile(profile_data(profile), edition_canevas(profile.canevas), profile.day)
    except ProfileError as error:
        raise PlanWorkbookError(error.problems) from error
