"""The three files of a verification plan, by the ending of their name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mpdi.documents import docx_package, workbook
from mpdi.specifications import verification_calendar
from mpdi.specifications.verification import VerificationPlan
from mpdi.specifications.verification_document import write_plan
from mpdi.specifications.verification_workbook import write_plan_workbook


@dataclass(frozen=True)
class PlanFile:
    """How a plan is written in one format, and the media type of the file."""

    write: Callable[[VerificationPlan], bytes]
    media_type: str


PLAN_FILES: Mapping[str, PlanFile] = {
    "docx": PlanFile(write_plan, docx_package.MEDIA_TYPE),
    "xlsx": PlanFile(write_plan_workbook, workbook.MEDIA_TYPE),
    "ics": PlanFile(verification_calendar.write_plan_calendar, verification_calendar.MEDIA_TYPE),
}
