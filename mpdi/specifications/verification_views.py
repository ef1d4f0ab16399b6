"""The verification plan of a draft: three files to work with, from the page where its documents are downloaded."""

from flask import abort, flash, request, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from mpdi.specifications.document_views import file_name, in_posted_language, show_download
from mpdi.specifications.draft_pages import open_page, specifications
from mpdi.specifications.field_values import date_refused
from mpdi.specifications.file_pages import download_of
from mpdi.specifications.planned_start import keep_start
from mpdi.specifications.typed_values import NotADateError, read_date, write_date
from mpdi.specifications.verification import plan_verification
from mpdi.specifications.verification_dates import FIRST_YEAR, LAST_YEAR, StartOutOfRangeError
from mpdi.specifications.verification_files import PLAN_FILES


@specifications.post("/<token>/verification/<suffix>")
def verification(token: str, suffix: str) -> Response:
    """Write the plan; a date that cannot be read is shown with what is wrong."""
    plan_file = PLAN_FILES.get(suffix)
    if plan_file is None:
        abort(404)
    page = open_page(token)
    prepared = in_posted_language(page)
    typed = request.form.get("start", "").strip()[:40]
    try:
        start = read_date(typed) if typed else None
        plan = plan_verification(prepared.purchase, prepared.selection, prepared.library, start)
    except NotADateError as error:
        return show_download(page, prepared.purchase.language, typed, date_refused(error))
    except StartOutOfRangeError:
        words = _("Write a year from %(first)s to %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)
        return show_download(page, prepared.purchase.language, typed, words)
    if start is not None:
        keep_start(session, token, start)
    if plan.starts_before_publication:
        flash(
            _(
                "The execution starts before the publication of %(day)s: one of the two dates is to be corrected. The plan says so too.",
                day=write_date(plan.publication_date),
            ),
            "error",
        )
    name = file_name(page.purchase, "verification", prepared.purchase.language, suffix)
    return download_of(plan_file.write(plan), name, plan_file.media_type)
