"""Questions by mail get what the rules guess, as those of the portal do."""

import mails

from mpdi.clause_library.core.vocabulary import Category
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.incoming_operations import Understood, file_incoming
from mpdi.helpdesk.mail.reading import read_mail
from mpdi.helpdesk.vocabulary import Obstacle, QuestionNature, Route


def test_mail_gets_the_same_guesses_as_the_portal(database, tmp_path) -> None:
    seen = Understood(Route.MPD, QuestionNature.ECONOMIC, Category.CLEANING, (Obstacle.A2,))
    mail = read_mail(mails.raw(mail_id="<q@x>"), mails.OURS)
    with database.writing() as session:
        ticket = file_incoming(session, mail, "digest", AttachmentStore(tmp_path), lambda _text, _language: seen).ticket
        assert (ticket.question_nature, ticket.category, ticket.obstacles) == ("economic", "cleaning", [])
        assert ticket.guesses == {"nature": "economic", "category": "cleaning", "obstacles": ["O-A2"]}
        assert ticket.asker_kind == "unknown", "a firm writes by mail too"
