"""A workbook of a plan opened with care and read back: its profile, its tables, what differs, the profile that follows."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mpdi.action_plans.core.canevas_reading import edition_canevas
from mpdi.action_plans.core.differences import Difference, accepted, differences, with_keys
from mpdi.action_plans.core.errors import PlanWorkbookError, ProfileError
from mpdi.action_plans.core.profile import PlanProfile
from mpdi.action_plans.core.profile_reading import read_profile
from mpdi.action_plans.core.profile_writing import profile_data
from mpdi.action_plans.core.tables import FIELDS, KeyedRow, TableName
from mpdi.action_plans.core.tables import said as in_language
from mpdi.action_plans.core.workbook_reading import MOST_ROWS, CellFound, Cells, profile_lines, read_tables
from mpdi.action_plans.files.workbook import PROFILE_SHEET, sheet_name
from mpdi.clause_library.core import strict_yaml
from mpdi.clause_library.core.said import said
from mpdi.costing.workbook_package import LARGEST, OpenedWorkbook
from mpdi.lcc.sheets.model import Language

_MOST_PROFILE_LINES = 5_000
_MERGED = b"<mergeCell "


@dataclass(frozen=True)
class ReadBack:
    """What an edited workbook holds: the profile it came from, what differs, and the profile that takes it over."""

    profile: PlanProfile
    differences: tuple[Difference, ...]
    accepted: PlanProfile
    rows: Mapping[TableName, Sequence[KeyedRow]]
    """Every row that was found, under its key."""


def read_back(path: Path) -> ReadBack:
    """Read an edited workbook; `PlanWorkbookError`, `ProfileError` or the refusals of an unsafe file."""
    return read_content(str(path), _content(path), "fr")


def read_content(name: str, content: bytes, language: Language) -> ReadBack:
    """Read the bytes of an edited workbook: the same errors. `language`: that in which an unsafe file is refused."""
    opened = OpenedWorkbook(Path(name).name, content, language)
    _refuse_merged(name, content)
    profile = _profile(_profile_data(name, opened))
    canevas = edition_canevas(profile.canevas)
    sheets = {}
    for table in TableName:
        sheet = sheet_name(in_language(canevas.words[f"sheet_{table}"], profile))
        page = opened.page(sheet, MOST_ROWS + 2, len(FIELDS[table]))
        if page is None:
            raise PlanWorkbookError(
                [
                    said(
                        "%(file)s: has no sheet “%(sheet)s”. Put it back, or draft the workbook again.",
                        file=name,
                        sheet=sheet,
                    )
                ]
            )
        sheets[table] = _cells(page)
    found: dict[TableName, list[KeyedRow]] = with_keys(read_tables(sheets, profile, canevas))
    return ReadBack(profile, differences(found, profile, canevas), checked(accepted(found, profile, canevas)), found)


def _profile_data(name: str, opened: OpenedWorkbook) -> object:
    cells = opened.page(PROFILE_SHEET, _MOST_PROFILE_LINES, 1)
    if cells is None:
        raise PlanWorkbookError(
            [
                said(
                    "%(file)s: was not written by “mpdi plans draft”, or its sheet %(sheet)s is gone. Use a workbook that has it.",
                    file=name,
                    sheet=PROFILE_SHEET,
                )
            ]
        )
    return strict_yaml.parse("\n".join(profile_lines(_cells(cells))), f"{name}, sheet {PROFILE_SHEET}")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise PlanWorkbookError(
            [f"{path}: cannot be read ({error.strerror}). Give the .xlsx that you edited."]
        ) from error


def _refuse_merged(name: str, content: bytes) -> None:
    """A merged cell hides the others: nothing tells which row its words belong to."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.namelist():
            if part.startswith("xl/worksheets/") and part.endswith(".xml") and _MERGED in package.read(part):
                raise PlanWorkbookError(
                    [said("%(file)s: has merged cells. Unmerge them, fill in each cell, and save it again.", file=name)]
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
        raise PlanWorkbookError([said("%(sheet)s: has no date. Draft the workbook again.", sheet=PROFILE_SHEET)])
    return read_profile(data, edition_canevas(str(version)), day)


def checked(profile: PlanProfile) -> PlanProfile:
    """Read the new profile as any other: what a workbook may say is what a profile may say."""
    try:
        return read_profile(profile_data(profile), edition_canevas(profile.canevas), profile.day)
    except ProfileError as error:
        raise PlanWorkbookError(error.problems) from error
