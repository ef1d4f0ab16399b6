"""Ready answers: parts of answers kept in both languages."""

from flask import abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from mpdi.accounts.current import require
from mpdi.accounts.roles import Action
from mpdi.helpdesk import labels, queries, queue_operations
from mpdi.helpdesk.asker_forms import strip
from mpdi.helpdesk.models import ReadyAnswer
from mpdi.helpdesk.queue_operations import ReadyText, UnknownReadyAnswerError
from mpdi.helpdesk.ticket_pages import helpdesk
from mpdi.helpdesk.vocabulary import BODIES, Route
from mpdi.services import services

_BOTH = _l("Both languages are needed: the asker reads one of them.")


class ReadyAnswerForm(FlaskForm):
    """A ready answer, in both languages."""

    title_fr = StringField(_l("Title in French"), filters=[strip], validators=[DataRequired(_BOTH), Length(max=120)])
    title_nl = StringField(_l("Title in Dutch"), filters=[strip], validators=[DataRequired(_BOTH), Length(max=120)])
    text_fr = TextAreaField(_l("Text in French"), filters=[strip], validators=[DataRequired(_BOTH), Length(max=8_000)])
    text_nl = TextAreaField(_l("Text in Dutch"), filters=[strip], validators=[DataRequired(_BOTH), Length(max=8_000)])
    route = SelectField(_l("For"))

    def __init__(self, *arguments: object, **values: object) -> None:
        """Offer the routes in the language of the request."""
        super().__init__(*arguments, **values)
        self.route.choices = [
            SelectChoice("", _("every body")),
            *(SelectChoice(code.value, labels.route(code)) for code in BODIES),
        ]

    @property
    def written(self) -> ReadyText:
        """What was written, once it is valid."""
        route = Route(self.route.data) if self.route.data else None
        return ReadyText(self.title_fr.data, self.title_nl.data, self.text_fr.data, self.text_nl.data, route)


@helpdesk.get("/ready-answers")
def ready_answers() -> str:
    """List the ready answers."""
    require(Action.MANAGE_READY_ANSWERS)
    with services().database.reading() as session:
        return render_template("helpdesk/ready_answers.html", answers=queries.ready_answers(session))


@helpdesk.get("/ready-answers/new")
def new_ready_answer() -> str:
    """Write a new one."""
    require(Action.MANAGE_READY_ANSWERS)
    return _page(ReadyAnswerForm(), None)


@helpdesk.post("/ready-answers/new")
def add_ready_answer() -> Response:
    """Keep a new one."""
    return _save(None)


@helpdesk.get("/ready-answers/<int:identifier>")
def ready_answer(identifier: int) -> str:
    """Change one."""
    require(Action.MANAGE_READY_ANSWERS)
    with services().database.reading() as session:
        kept = session.get(ReadyAnswer, identifier) or abort(404)
        return _page(ReadyAnswerForm(obj=kept), identifier)


@helpdesk.post("/ready-answers/<int:identifier>")
def change_ready_answer(identifier: int) -> Response:
    """Keep the change."""
    return _save(identifier)


@helpdesk.post("/ready-answers/<int:identifier>/delete")
def delete_ready_answer(identifier: int) -> Response:
    """Delete one."""
    require(Action.MANAGE_READY_ANSWERS)
    with services().database.writing() as session:
        queue_operations.delete_ready_answer(session, identifier)
    flash(_("The ready answer is deleted."))
    return redirect(url_for("helpdesk.ready_answers"), 303)


def _save(identifier: int | None) -> Response:
    require(Action.MANAGE_READY_ANSWERS)
    form = ReadyAnswerForm()
    if not form.validate_on_submit():
        return make_response(_page(form, identifier), 422)
    try:
        with services().database.writing() as session:
            queue_operations.save_ready_answer(session, form.written, identifier)
    except UnknownReadyAnswerError:
        flash(_("This ready answer was deleted meanwhile. Your text is below: save it as a new one."), "error")
        return make_response(_page(form, None), 409)
    flash(_("The ready answer is kept."))
    return redirect(url_for("helpdesk.ready_answers"), 303)


def _page(form: ReadyAnswerForm, identifier: int | None) -> str:
    return render_template("helpdesk/ready_answer.html", form=form, identifier=identifier)
