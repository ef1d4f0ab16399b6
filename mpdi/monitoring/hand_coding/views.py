"""The pages of hand coding: draw a sample, read a notice, settle what differs, see what it tells.

Whoever reads sees neither what another said nor what detection found.
"""

import datetime
import secrets
from collections.abc import Mapping

from flask import Blueprint, Response, abort, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from mpdi import clock, security
from mpdi.accounts import audit
from mpdi.accounts.current import current_user, require
from mpdi.accounts.roles import Action, may_somewhere
from mpdi.csv_text import csv_text
from mpdi.i18n import interface_language
from mpdi.i18n import translate as _
from mpdi.monitoring.detection.model import Label
from mpdi.monitoring.hand_coding import operations, queries
from mpdi.monitoring.hand_coding.guide_words import guide, label_words
from mpdi.monitoring.hand_coding.models import CodingItem, CodingSample
from mpdi.monitoring.hand_coding.operations import AlreadyReadError, IncompleteReadingError, NothingToDrawError
from mpdi.monitoring.hand_coding.results import results_of, rows_of
from mpdi.services import services

coding = Blueprint("coding", __name__, url_prefix="/notices/coding")
coding.before_request(security.keep_private)
_SMALLEST, _USUAL = 10, 100
_ANSWERS = {"yes": True, "no": False, "doubt": None}
_LARGEST_SEED = 2**31 - 1


@coding.get("")
def samples() -> str:
    """List the samples; who draws them finds the form."""
    require(Action.READ_SAMPLE)
    return _samples({"size": str(_USUAL), **_last_year()})


@coding.post("")
def draw() -> AnyResponse | tuple[str, int]:
    """Draw a sample."""
    person = require(Action.DRAW_SAMPLE)
    typed = {key: request.form.get(key, "").strip() for key in ("name", "begins", "ends", "size", "seed")}
    begins, ends, size = _day(typed["begins"]), _day(typed["ends"]), _number(typed["size"], operations.LARGEST)
    if begins is None or ends is None or begins > ends or not size or size < _SMALLEST:
        return _samples(typed, _("Give a first and a last day, and how many notices: from 10 to 1,000.")), 422
    seed = _number(typed["seed"], _LARGEST_SEED) or secrets.randbelow(_LARGEST_SEED)
    name = typed["name"][:200] or f"{begins:%d/%m/%Y} – {ends:%d/%m/%Y}"
    try:
        with services().database.writing() as session:
            made = operations.draw_sample(session, name, begins, ends, size, seed)
            audit.note(session, person, "draw_sample", f"sample:{made.id}")
            identifier = made.id
    except NothingToDrawError:
        return _samples(typed, _("No notice of this period, in French, Dutch or English, was taken in.")), 422
    flash(_("The sample is drawn. Two people read each notice, apart."))
    return redirect(url_for("coding.results", sample=identifier), 303)


@coding.get("/<int:sample>/read")
def read_next(sample: int) -> AnyResponse:
    """Go to the next notice to be read."""
    require(Action.READ_SAMPLE)
    with services().database.reading() as session:
        _whole(session, sample)
        number = queries.next_to_read(session, sample, _reader())
    if number is None:
        flash(_("You have read all that waits for you in this sample."))
        return redirect(url_for("coding.samples"), 303)
    return redirect(url_for("coding.read", sample=sample, number=number), 303)


@coding.get("/<int:sample>/<int:number>")
def read(sample: int, number: int) -> str:
    """Show a notice to be read, with the guide."""
    require(Action.READ_SAMPLE)
    return _reading_page(sample, number, {})


@coding.post("/<int:sample>/<int:number>")
def note(sample: int, number: int) -> AnyResponse | tuple[str, int]:
    """Note what a reader says."""
    require(Action.READ_SAMPLE)
    typed = {each.value: request.form.get(each.value, "") for each in Label}
    labels = {label: _ANSWERS[answer] for label, answer in typed.items() if answer in _ANSWERS}
    try:
        with services().database.writing() as session:
            item = queries.item_of(session, sample, number) or abort(404)
            operations.note_reading(session, item.id, _reader(), labels)
    except IncompleteReadingError:
        return _reading_page(sample, number, typed, _("Answer for each of the seven: yes, no or doubt.")), 422
    except AlreadyReadError:
        flash(_("This notice has been read already; here is the next one."), "error")
    return redirect(url_for("coding.read_next", sample=sample), 303)


@coding.get("/<int:sample>")
def results(sample: int) -> str:
    """Show agreement, score and what is to be settled."""
    require(Action.DRAW_SAMPLE)
    with services().database.reading() as session:
        found = _whole(session, sample)
        told = results_of(found, queries.detected(session, sample))
        open_items = [(item.number, operations.undecided(item.readings)) for item in found.items]
        read_twice = sum(len(item.readings) == operations.READERS for item in found.items)
        return render_template(
            "monitoring/coding_results.html",
            sample=found,
            results=told,
            two_digits=_two_digits,
            to_settle=[
                (number, [label for label in labels if _item(found, number).settled.get(label) is None])
                for number, labels in open_items
            ],
            read_twice=read_twice,
            words=label_words(),
        )


@coding.get("/<int:sample>.csv")
def as_csv(sample: int) -> Response:
    """Give the sample as a table."""
    require(Action.DRAW_SAMPLE)
    with services().database.reading() as session:
        found = _whole(session, sample)
        text = csv_text(rows_of(found, queries.detected(session, sample)))
    response = make_response(text)
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["Content-Disposition"] = f'attachment; filename="sample-{sample}.csv"'
    return response


@coding.get("/<int:sample>/<int:number>/settle")
def settle(sample: int, number: int) -> str:
    """Show what two readers say differently of a notice."""
    require(Action.DRAW_SAMPLE)
    return _settling_page(sample, number)


@coding.post("/<int:sample>/<int:number>/settle")
def settled(sample: int, number: int) -> AnyResponse:
    """Decide it."""
    person = require(Action.DRAW_SAMPLE)
    decided = {
        each.value: request.form.get(each.value) == "yes"
        for each in Label
        if request.form.get(each.value) in ("yes", "no")
    }
    with services().database.writing() as session:
        item = queries.item_of(session, sample, number) or abort(404)
        operations.settle(item, decided)
        audit.note(session, person, "settle_sample", f"sample:{sample}")
    flash(_("It is settled."))
    return redirect(url_for("coding.results", sample=sample), 303)


def _samples(typed: Mapping[str, str], problem: str | None = None) -> str:
    person = require(Action.READ_SAMPLE)
    with services().database.reading() as session:
        found = queries.samples(session)
        waiting = {sample.id: queries.next_to_read(session, sample.id, _reader()) for sample, _items, _read in found}
        return render_template(
            "monitoring/coding.html",
            samples=found,
            waiting=waiting,
            typed=typed,
            problem=problem,
            may_draw=may_somewhere(person, Action.DRAW_SAMPLE),
        )


def _reading_page(sample: int, number: int, typed: Mapping[str, str], problem: str | None = None) -> str:
    with services().database.reading() as session:
        item = queries.item_of(session, sample, number) or abort(404)
        is_read = any(each.reader_id == _reader() for each in item.readings)
        return render_template(
            "monitoring/coding_read.html",
            sample=sample,
            number=number,
            notice=_texts(session, item),
            is_closed=is_read or len(item.readings) >= operations.READERS,
            guide=guide(),
            typed=typed,
            problem=problem,
        )


def _settling_page(sample: int, number: int) -> str:
    with services().database.reading() as session:
        item = queries.item_of(session, sample, number) or abort(404)
        labels = operations.undecided(item.readings)
        return render_template(
            "monitoring/coding_settle.html",
            sample=sample,
            number=number,
            notice=_texts(session, item),
            rows=[
                (label, *(each.labels.get(label) for each in item.readings), item.settled.get(label))
                for label in labels
            ],
            words=label_words(),
        )


def _texts(session: Session, item: CodingItem) -> dict[str, object] | None:
    """Title and free texts of a notice, as it writes them; None where it is no longer there."""
    record = queries.record_of(session, item.identity)
    if record is None:
        return None
    return {"title": record.title, "language": record.language, "texts": record.whole.get("texts") or []}


def _whole(session: Session, sample: int) -> CodingSample:
    return queries.whole_sample(session, sample) or abort(404)


def _item(sample: CodingSample, number: int) -> CodingItem:
    return next(item for item in sample.items if item.number == number)


def _reader() -> int:
    user = current_user()
    return user.user_id if user else abort(403)


def _day(text: str) -> datetime.date | None:
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.datetime.strptime(text, pattern).replace(tzinfo=clock.BRUSSELS).date()
        except ValueError:
            continue
    return None


def _two_digits(value: float) -> str:
    """A share with two decimals, after a comma in French and Dutch."""
    return f"{value:.2f}" if interface_language() == "en" else f"{value:.2f}".replace(".", ",")


def _number(text: str, most: int) -> int | None:
    return min(int(text), most) if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) else None


def _last_year() -> dict[str, str]:
    today = clock.today()
    return {"begins": (today - datetime.timedelta(days=364)).isoformat(), "ends": today.isoformat()}
