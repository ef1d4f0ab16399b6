"""Mail for tests, as mail programs and servers make it."""

from email.message import EmailMessage
from email.utils import make_msgid

OURS = "helpdesk@mpdi.example"
ASKER = "Élise Dupont <elise@commune.example>"
QUESTION = "Bonjour,\n\nQuelle clause pour le nettoyage écologique de nos bureaux ?\n\nElise"


def mail(subject="Nettoyage", body=QUESTION, sender=ASKER, to=OURS, mail_id=None, **headers) -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    if subject is not None:
        message["Subject"] = subject
    message["Message-ID"] = mail_id or make_msgid(domain="commune.example")
    message["Date"] = "Tue, 24 Nov 2026 10:00:00 +0100"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    if body is not None:
        message.set_content(body)
    return message


def raw(*arguments, **values) -> bytes:
    return mail(*arguments, **values).as_bytes()


def bounce(
    original_id: str, recipient: str = "gone@commune.example", action: str = "failed", status: str = "5.1.1"
) -> bytes:
    return f"""Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: {OURS}
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce.{original_id.strip("<>")}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=us-ascii

I could not deliver your message.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: message/rfc822

From: {OURS}
To: {recipient}
Subject: Re: Nettoyage
Message-ID: {original_id}

Bonjour
--b--
""".encode()
