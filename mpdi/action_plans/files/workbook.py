"""A plan as a workbook that can be edited outside and read back: a stable key in each row, the profile in a hidden sheet."""

from mpdi.action_plans.core.plan import ActionPlanDocument
from mpdi.action_plans.core.profile_writing import profile_text
from mpdi.action_plans.core.tables import FIELDS, KeyedRow, TableName, said, table_rows
from mpdi.clause_library.core.vocabulary import Category
from mpdi.documents.workbook import Cell, Column, Sheet, Workbook, write_workbook

PROFILE_SHEET = "mpdi-profile"
"""The hidden sheet: the text of the profile, a line a row."""
_WIDTHS = {
    "key": 30, "element": 24, "what": 52, "owner": 26, "deadline": 13, "means": 36, "measure": 34, "baseline": 13,
    "target": 13, "state": 13, "comment": 34, "category": 24, "objective": 48, "by": 13, "object": 48,
    "publication": 13, "amount": 16,
}  # fmt: skip
_DAYS = ("deadline", "by", "publication")
_READ_ME = ("what", "keys", "add", "plain", "targets", "calendar")
_HEADS = {"what": "action"}
"""Where the word of a column is not that of its field."""


def write_plan_workbook(plan: ActionPlanDocument) -> bytes:
    """Return the plan as an .xlsx; the same plan gives the same bytes."""
    return write_workbook(plan_workbook(plan))


def plan_workbook(plan: ActionPlanDocument) -> Workbook:
    """Return the plain data of the file, in the language of the profile."""
    profile, canevas = plan.profile, plan.canevas
    rows = table_rows(profile, canevas)
    tables = tuple(_table(plan, name, rows[name]) for name in TableName)
    title = f"{said(canevas.words['kind'], profile)} – {said(profile.authority.name, profile)}"
    return Workbook(
        title,
        profile.day,
        (_read_me(plan), *tables, _calendar(plan), _profile(plan)),
        said(profile.authority.name, profile),
    )


def sheet_name(plan_words: str) -> str:
    """Return the words of a sheet as its name; what a name may not hold becomes a dash."""
    return "".join("–" if letter in "[]:*?/\\" else letter for letter in plan_words)[:31]


def _word(plan: ActionPlanDocument, key: str) -> str:
    return said(plan.canevas.words[key], plan.profile)


def _read_me(plan: ActionPlanDocument) -> Sheet:
    lines = tuple((_word(plan, f"read_me_{each}"),) for each in _READ_ME)
    review = (_word(plan, f"review_{plan.canevas.legal_review}"),)
    return Sheet(sheet_name(_word(plan, "sheet_read_me")), (Column(_word(plan, "read_me"), 110),), (*lines, review))


def _table(plan: ActionPlanDocument, name: TableName, rows: tuple[KeyedRow, ...]) -> Sheet:
    columns = tuple(_column(plan, name, field) for field in FIELDS[name])
    return Sheet(
        sheet_name(_word(plan, f"sheet_{name}")),
        columns,
        tuple(tuple(_cell(row, field) for field in FIELDS[name]) for row in rows),
        frozen_columns=1,
    )


def _cell(row: KeyedRow, field: str) -> Cell:
    if field == "key":
        return row.key
    value = row.values.get(field)
    return "" if value is None else value


def _column(plan: ActionPlanDocument, table: TableName, field: str) -> Column:
    choices: tuple[str, ...] = ()
    if field == "state":
        choices = tuple(said(text, plan.profile) for text in plan.canevas.states.values())
    elif field == "category" and table is TableName.PURCHASES:
        choices = tuple(Category)
    figures = ""
    if table is TableName.OBJECTIVES and field in ("baseline", "target"):
        figures = "General"
    elif field == "amount":
        figures = "#,##0.00"
    head = _word(plan, f"head_{_HEADS.get(field, field)}")
    return Column(head, _WIDTHS[field], choices, field in _DAYS, figures)


def _calendar(plan: ActionPlanDocument) -> Sheet:
    heads = (("day", 13), ("kind", 16), ("what", 64), ("owner", 28))
    columns = tuple(Column(_word(plan, f"head_{each}"), width, is_day=each == "day") for each, width in heads)
    rows = tuple(
        (
            entry.day,
            _word(plan, f"kind_{entry.kind}"),
            said(entry.what, plan.profile) + (f" ({_word(plan, 'late')})" if entry.is_late else ""),
            said(entry.owner, plan.profile),
        )
        for entry in plan.calendar
    )
    return Sheet(sheet_name(_word(plan, "sheet_calendar")), columns, rows)


def _profile(plan: ActionPlanDocument) -> Sheet:
    lines = tuple((line,) for line in profile_text(plan.profile).splitlines())
    return Sheet(PROFILE_SHEET, (Column("PROFILE.yaml", 100),), lines, is_hidden=True)
