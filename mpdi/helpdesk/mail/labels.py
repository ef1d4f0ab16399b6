"""The words of the mail's closed lists, in the language of the page, and their marks."""

from flask_babel import lazy_gettext as _l

from mpdi.helpdesk.mail.vocabulary import IgnoredBecause
from mpdi.helpdesk.vocabulary import MailState

OUTGOING = {
    MailState.WAITING: _l("Waiting"),
    MailState.SENDING: _l("Being sent"),
    MailState.SENT: _l("Sent"),
    MailState.FAILED: _l("Not sent"),
    MailState.UNCERTAIN: _l("Uncertain"),
}
OUTGOING_MARKS = {
    MailState.WAITING: "mark-out",
    MailState.SENDING: "mark-out",
    MailState.SENT: "mark-done",
    MailState.FAILED: "mark-block",
    MailState.UNCERTAIN: "mark-warn",
}
IGNORED = {
    IgnoredBecause.AUTO_REPLY: _l("An automatic reply"),
    IgnoredBecause.BOUNCE: _l("A report about mail that did not arrive"),
    IgnoredBecause.LOOP: _l("Our own mail come back"),
}
