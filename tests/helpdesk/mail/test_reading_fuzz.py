"""Reading never raises but our own error, and gives nothing that a database or a page cannot hold."""

import mails
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mpdi.helpdesk.mail.reading import read_mail

HEADER_NAMES = st.sampled_from(
    [
        b"From",
        b"To",
        b"Subject",
        b"Message-ID",
        b"References",
        b"In-Reply-To",
        b"Date",
        b"Content-Type",
        b"Content-Disposition",
        b"Content-Transfer-Encoding",
        b"MIME-Version",
        b"Auto-Submitted",
        b"List-Id",
        b"X-MPDI-Loop",
    ]
)
VALUES = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        [
            b"multipart/mixed; boundary=x",
            b'multipart/alternative; boundary="y',
            b"multipart/report; report-type=delivery-status; boundary=x",
            b"message/rfc822",
            b"message/delivery-status",
            b"text/html; charset=utf-7",
            b"text/plain; charset*=a''b",
            b"base64",
            b"quoted-printable",
            b"x-uuencode",
            b"attachment; filename*0*=utf-8''%ff; filename*1=b",
            b"=?utf-8?b?/////w==?=",
            b"=?utf-8?q?=ff=fe?=",
            b"<a@b> <c@d>",
            b"Tue, 99 Foo 20260 99:99:99 +9999",
            b'"\\" <a@b>',
            b"a@b, ((",
            b"text/plain; charset=undefined",
            b"text/plain; charset=punycode",
            b"text/plain; charset=hex",
            b"text/plain; charset=unicode_escape",
            b"text/plain; charset=idna",
        ]
    ),
)
HEADERS = st.lists(st.tuples(HEADER_NAMES, VALUES), max_size=8).map(
    lambda pairs: b"".join(name + b": " + value + b"\n" for name, value in pairs)
)
PIECES = st.one_of(
    st.binary(max_size=80),
    st.sampled_from(
        [
            b"\n",
            b"\r\n",
            b"--x\n",
            b"--x--\n",
            b"--y\n",
            b"begin 644 x\n",
            b"> q\n",
            b"<blockquote><b>",
            b"&#0;&#xD800;",
        ]
    ),
)


@settings(max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HEADERS, st.lists(st.one_of(PIECES, HEADERS.map(lambda head: b"--x\n" + head + b"\n")), max_size=12))
def test_any_bytes_are_read(head, pieces):
    mail = read_mail(head + b"\n" + b"".join(pieces), mails.OURS)
    for text in (
        mail.mail_id,
        mail.from_name,
        mail.from_address,
        mail.subject,
        mail.text,
        mail.quoted,
        *mail.to,
        *mail.references,
        *(item.file_name for item in mail.attachments),
    ):
        text.encode("utf-8")
        assert "\0" not in text
    assert "\n" not in mail.subject + mail.from_name + mail.from_address
    assert len(mail.mail_id) <= 250
    assert len(mail.subject) <= 200
    assert len(mail.from_address) <= 254
    assert all(0 < len(item.file_name) <= 140 and "/" not in item.file_name for item in mail.attachments)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_no_mail_at_all_is_read_too(raw):
    read_mail(raw, mails.OURS)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200), st.text(max_size=60).filter(lambda text: "\n" not in text and "\r" not in text))
def test_what_a_proper_program_writes_comes_out_again(body, subject):
    message = mails.mail(subject=" ".join(subject.split()), body=body.encode("utf-8", "ignore").decode())
    mail = read_mail(message.as_bytes(), mails.OURS)
    assert not mail.is_damaged
