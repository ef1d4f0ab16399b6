"""Mail that nobody wrote: recognised, and a real question never taken for it."""

import mails
import pytest

from mpdi.helpdesk.mail.reading import read_mail


def read(raw):
    return read_mail(raw, mails.OURS)


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; x=y"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"X_Auto_Response_Suppress": "All"},
        {"X_Auto_Response_Suppress": "OOF, AutoReply"},
        {"X_Autoreply": "yes"},
    ],
)
def test_headers_of_programs(headers):
    assert read(mails.raw(**headers)).is_auto_reply


@pytest.mark.parametrize(
    "subject",
    [
        "Réponse automatique : Nettoyage",
        "Automatisch antwoord: Schoonmaak",
        "Automatic reply: Cleaning",
        "Out of office",
        "Absence du bureau",
        "Afwezig",
        "Afwezig: terug op 3/12",
        "Message d’absence : Nettoyage",
        "[EXT] Out of Office: x",
        "Niet op kantoor - Jan",
    ],
)
def test_subjects_of_absence(subject):
    assert read(mails.raw(subject=subject)).is_auto_reply


@pytest.mark.parametrize(
    "subject",
    [
        "Absence de critères environnementaux",
        "Afwezigheid van een criterium",
        "Out of office furniture, what now?",
        "Absent du cahier : clause",
        "Re: Question automatique",
        "Bureau",
    ],
)
def test_questions_that_begin_alike(subject):
    assert not read(mails.raw(subject=subject, Auto_Submitted="no")).is_auto_reply


@pytest.mark.parametrize(
    "values",
    [
        {"sender": f"Helpdesk <{mails.OURS.upper()}>"},
        {"X_MPDI_Loop": mails.OURS},
        {"List_Id": "Helpdesk <helpdesk.mpdi.example>"},
    ],
)
def test_our_own_mail_come_back(values):
    assert read(mails.raw(**values)).is_loop


def test_another_helpdesk_is_no_loop():
    assert not read(mails.raw(X_MPDI_Loop="helpdesk@other.example")).is_loop


def test_a_delivery_report_names_recipient_mail_and_code():
    bounce = read(mails.bounce("<x.mpdi@mpdi.example>")).bounce
    assert (bounce.failed_recipient, bounce.original_mail_id, bounce.status, bounce.is_final) == (
        "gone@commune.example",
        "<x.mpdi@mpdi.example>",
        "5.1.1",
        True,
    )


def test_a_delay_is_not_final():
    assert not read(mails.bounce("<x@y>", action="delayed", status="4.4.1")).bounce.is_final


def test_an_old_style_report_is_one_too():
    raw = b"From: MAILER-DAEMON@mx.example\nSubject: failure notice\nIn-Reply-To: <x.mpdi@mpdi.example>\n\nSorry.\n"
    assert read(raw).bounce.original_mail_id == "<x.mpdi@mpdi.example>"


def test_a_receipt_of_reading_is_no_bounce():
    raw = b"From: a@b.example\nContent-Type: multipart/report; report-type=disposition-notification; boundary=x\n\n--x\n\nRead\n--x--\n"
    assert read(raw).bounce is None
