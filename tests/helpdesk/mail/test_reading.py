"""Reading: what a facilitator sees of a mail, whatever program made it."""

import time

import mails
import pytest

from mpdi.helpdesk.mail.errors import MailTooLargeError
from mpdi.helpdesk.mail.html_text import html_to_text
from mpdi.helpdesk.mail.mail_language import guess_language
from mpdi.helpdesk.mail.quoting import split_quoted
from mpdi.helpdesk.mail.reading import read_mail


def read(raw):
    return read_mail(raw, mails.OURS)


def test_a_plain_mail_is_read_whole():
    mail = read(
        mails.raw(
            subject="Question à Évere", mail_id="<a.1@commune.example>", In_Reply_To="<b@x>", References="<a@x> <b@x>"
        )
    )
    assert (mail.from_name, mail.from_address, mail.to) == ("Élise Dupont", "elise@commune.example", (mails.OURS,))
    assert (mail.subject, mail.mail_id, mail.language) == ("Question à Évere", "<a.1@commune.example>", "fr")
    assert (mail.in_reply_to, mail.references) == (("<b@x>",), ("<a@x>", "<b@x>"))
    assert "Quelle clause pour le nettoyage écologique" in mail.text
    assert mail.sent_at.isoformat() == "2026-11-24T09:00:00+00:00"
    assert not (mail.is_auto_reply)
    assert not (mail.is_bounce)
    assert not (mail.is_loop)
    assert not (mail.is_damaged)


def test_no_subject_no_id_no_date():
    mail = read(b"From: a@b.example\n\nVraag over het bestek\n")
    assert (mail.subject, mail.text, mail.sent_at) == ("", "Vraag over het bestek", None)
    assert len(mail.mail_id) == 64


@pytest.mark.parametrize(
    ("head", "body", "text"),
    [
        (b"Content-Type: text/plain; charset=utf-8", "Critère à revoir".encode("cp1252"), "Critère à revoir"),
        (b"Content-Type: text/plain; charset=iso-8859-1", "prix : 5 €".encode("cp1252"), "prix : 5 €"),
        (b"Content-Type: text/plain; charset=us-ascii", "Critère à revoir".encode(), "Critère à revoir"),
        (b"Content-Type: text/plain; charset=klingon", "Critère à revoir".encode("cp1252"), "Critère à revoir"),
        (b"X-Nothing: 1", "Critère à revoir".encode("cp1252"), "Critère à revoir"),
        (b"Content-Type: text/plain; charset=utf-16", "Critère".encode("utf-16"), "Critère"),
        (b'Content-Type: text/plain; charset="utf-8', "Critère".encode(), "Critère"),
    ],
)
def test_wrong_and_missing_charsets(head, body, text):
    assert read(b"From: a@b.example\n" + head + b"\n\n" + body).text == text


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("Critère à revoir".encode("cp1252"), "Critère à revoir"),
        ("Critère à revoir".encode(), "Critère à revoir"),
        (b"=?utf-8?q?Crit=C3=A8re?= =?utf-8?q?_=C3=A0_revoir?=", "Critère à revoir"),
        (b"=?utf-8?q?Crit=E8re?=", "Critère"),
        (b"=?nonsense?b?!!!?= reste", "reste"),
        (b"Une\r\n ligne", "Une ligne"),
    ],
)
def test_subjects_in_any_encoding(subject, shown):
    assert read(b"From: a@b.example\r\nSubject: " + subject + b"\r\n\r\nx").subject == shown


def test_html_only_is_text_with_its_links_and_its_quote_apart():
    html = """<html><head><style>p{color:red}</style><script>alert(1)</script></head><body><p>Bonjour,</p>
      <p>Voir <a href="https://example.org/clause">la clause</a> <a href="javascript:alert(1)">ici</a></p><ul><li>un</li><li>deux</li></ul>
      <div>Le mar. 3 nov. 2026 à 10:12, Helpdesk a écrit :<br></div><blockquote>ancienne <b>réponse</b></blockquote></body></html>"""
    message = mails.mail(body=None)
    message.set_content(html, subtype="html")
    mail = read(message.as_bytes())
    assert mail.text == "Bonjour,\n\nVoir la clause (https://example.org/clause) ici\n\n- un\n- deux"
    assert "> ancienne réponse" in mail.quoted
    assert "alert" not in mail.text + mail.quoted
    assert "color" not in mail.text


def test_the_plain_version_is_taken_where_there_are_two():
    message = mails.mail(body="La version simple")
    message.add_alternative("<p>La version riche</p>", subtype="html")
    assert read(message.as_bytes()).text == "La version simple"
    message = mails.mail(body=" \n")
    message.add_alternative("<p>La version riche</p>", subtype="html")
    assert read(message.as_bytes()).text == "La version riche"


@pytest.mark.parametrize(
    "quote",
    [
        "Le mar. 3 nov. 2026 à 10:12, Helpdesk <h@x.be> a écrit :\n> ancien texte",
        "Le mar. 3 nov. 2026 à 10:12, Helpdesk Marchés Publics\n<h@x.be> a écrit :\n\n> ancien texte",
        "Op di 3 nov. 2026 om 10:12 schreef Helpdesk <h@x.be>:\n> ancien texte",
        "On Tue, Nov 3, 2026 at 10:12 AM Helpdesk <h@x.be> wrote:\n> ancien texte",
        "-----Message d'origine-----\nDe : Helpdesk\nancien texte",
        "-----Oorspronkelijk bericht-----\nVan: Helpdesk\nancien texte",
        "________________________________\nDe : Helpdesk\nEnvoyé : mardi\nÀ : Elise\nObjet : x\n\nancien texte",
        "De : Helpdesk <h@x.be>\nEnvoyé : mardi 3 novembre\nÀ : Elise\nObjet : Nettoyage\n\nancien texte",
        "Van: Helpdesk\nVerzonden: dinsdag\nAan: Elise\nOnderwerp: x\n\nancien texte",
        "Le 3 nov. 2026, Helpdesk a écrit :\n\nancien texte",
    ],
)
def test_quoted_text_is_folded_away(quote):
    written, quoted = split_quoted(f"Merci, c'est clair.\n\nElise\n\n{quote}")
    assert written == "Merci, c'est clair.\n\nElise"
    assert "ancien texte" in quoted


def test_answers_between_quotes_stay():
    written, quoted = split_quoted("Le 3 nov., X a écrit :\n> question 1\noui\n> question 2\nnon")
    assert written == "oui\nnon"
    assert "question 2" in quoted


def test_a_forwarded_mail_alone_is_all_text():
    forward = "-----Message transféré-----\nDe : Paul\nObjet : x\n\nQuelle clause ?"
    assert split_quoted(forward) == (forward, "")


def test_ordinary_words_are_no_quote():
    text = "De : quoi parle-t-on ?\nLe fournisseur a écrit une lettre.\nFrom here on: we decide"
    assert split_quoted(text) == (text, "")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Bonjour, quelle clause pour le nettoyage ?", "fr"),
        ("Beste, welke clausule voor het bestek?", "nl"),
        ("Geachte, is dit criterium toegelaten voor de opdracht van onze gemeente?", "nl"),
        ("12345", "fr"),
        ("Pouvez-vous relire notre cahier des charges ? Merci", "fr"),
        ("Kan u ons bestek nalezen? Dank u", "nl"),
    ],
)
def test_the_language_is_guessed(text, language):
    assert guess_language(text) == language


def test_attachments_have_safe_names_and_the_type_of_their_bytes():
    message = mails.mail()
    message.add_attachment(b"%PDF-1.7 ...", maintype="image", subtype="png", filename="../../etc/cahier é.pdf")
    message.add_attachment(b"<html><script>x</script>", maintype="application", subtype="pdf", filename="facture.pdf")
    message.add_attachment(b"MZ\x90", maintype="application", subtype="pdf", filename="con.pdf")
    message.add_attachment(b"\x89PNG\r\n\x1a\n0", maintype="image", subtype="png", filename="a\u202egnp.exe")
    message.add_attachment(b"zzz", maintype="text", subtype="plain", filename="facture.pdf")
    mail = read(message.as_bytes())
    assert [(item.file_name, item.media_type) for item in mail.attachments] == [
        ("cahier é.pdf", "application/pdf"),
        ("facture.pdf", "text/html"),
        ("_con.pdf", "application/x-msdownload"),
        ("agnp.exe", "image/png"),
        ("facture (2).pdf", "text/plain"),
    ]


def test_a_mail_attached_to_a_mail_is_a_file_to_the_letter():
    inner = mails.mail(subject="Intérieur", body="dedans").as_bytes()
    outer = (
        b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nvoir\n--x\nContent-Type: message/rfc822\n\n"
        + inner
        + b"\n--x--\n"
    )
    mail = read(outer)
    assert (mail.text, mail.attachments[0].media_type, mail.attachments[0].file_name) == (
        "voir",
        "message/rfc822",
        "attachment-1.eml",
    )
    assert mail.attachments[0].content.strip() == inner.strip()


def test_thirty_megabytes_are_read_in_seconds():
    message = mails.mail()
    message.add_attachment(
        b"%PDF" + bytes(30 * 1024 * 1024), maintype="application", subtype="pdf", filename="plans.pdf"
    )
    content = message.as_bytes()
    start = time.monotonic()
    mail = read(content)
    assert time.monotonic() - start < 15
    assert mail.attachments[0].size == 30 * 1024 * 1024 + 4


def test_a_mail_beyond_all_measure_is_refused_by_name():
    with pytest.raises(MailTooLargeError, match="52"):
        read(b"From: a@b.example\n\n" + bytes(51 * 1024 * 1024))


HOSTILE = {
    "thousands of parts": b"Content-Type: multipart/mixed; boundary=x\n\n"
    + b"--x\nContent-Disposition: attachment; filename=a\n\nhello\n" * 20_000,
    "three thousand levels": b"From: a@b.c\n"
    + b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (i, i) for i in range(3000)),
    "thirty million lines": b"From: a@b.c\n\n" + b"\n" * 30_000_000,
    "open brackets": b"From: " + b"(" * 100_000 + b"\n\nx",
    "deep html": b"Content-Type: text/html\n\n" + b"<div>" * 90_000 + b"</div>" * 90_000,
    "deep html closed wrongly": b"Content-Type: text/html\n\n" + b"<div></b>" * 90_000,
    "links left open": b"Content-Type: text/html\n\n" + b"<a href=x><p>" * 50_000,
    "a null in a charset": b"Content-Type: multipart/mixed; boundary*=\0x'en'b\n\n--b\n\nx",
    "quotes without end": b"From: a@b.c\n\n" + b"Le x\n" * 200_000,
    "one long line": b"From: a@b.c\n\n" + b"Le " * 1_000_000,
    "headers without end": b"X: " + b"a" * 5_000_000 + b"\n" + b"To: a@b.c\n" * 20_000 + b"\nx",
    "addresses without end": b"From: a@b.c\nTo: " + b"<a@b.c>," * 100_000 + b"\n\nx",
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE)
def test_hostile_mail_is_read_within_bounds(raw):
    start = time.monotonic()
    mail = read(raw)
    assert time.monotonic() - start < 10
    assert len(mail.text) <= 200_000
    assert len(mail.attachments) <= 100


def test_thousands_of_parts_say_how_many_were_left_out():
    mail = read(HOSTILE["thousands of parts"])
    assert (len(mail.attachments), mail.left_out) == (100, 400)


def test_html_quotes_inside_quotes_stay_readable():
    assert html_to_text("<blockquote>a<blockquote>b</blockquote></blockquote>") == "> a\n> > b"
