"""Reminders of a plan: only to its owner, who asked; by a real SMTP server; monthly at most; a link that ends them."""

import datetime
import email.policy
import re
from dataclasses import replace
from email import message_from_bytes

import mail_servers
import pytest
from aiosmtpd.controller import Controller
from people import add_user
from sqlalchemy import select

from mpdi import clock
from mpdi.accounts.roles import Grant, Role
from mpdi.action_plans.core.profile import ActionChange
from mpdi.action_plans.core.vocabulary import ActionState
from mpdi.action_plans.models import ActionPlan
from mpdi.action_plans.operations import begin_plan, claim_plan, release_plans
from mpdi.action_plans.wish_operations import (
    NotTheOwnerError,
    UnknownReminderError,
    choose_wishes,
    stop_reminders,
    want_reminders,
    wishes_of,
)
from mpdi.helpdesk.attachments import AttachmentStore
from mpdi.helpdesk.mail.sending import deliver
from mpdi.helpdesk.mail.settings import load_mail_settings
from mpdi.helpdesk.models import OutgoingMail

DAY = datetime.date(2027, 6, 1)
PORTAL, KEY = "https://mpdi.example/", "a secret of the tests"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: DAY)


class Arrived:
    """An SMTP server that takes everything."""

    def __init__(self) -> None:
        self.envelopes = []

    async def handle_DATA(self, _server, _session, envelope):
        self.envelopes.append(envelope)
        return "250 taken"

    @property
    def mails(self):
        return [message_from_bytes(each.original_content, policy=email.policy.default) for each in self.envelopes]


@pytest.fixture
def arrived(monkeypatch):
    monkeypatch.setenv("MPDI_MAIL_FROM", "Helpdesk <helpdesk@mpdi.example>")
    handler = Arrived()
    controller = Controller(handler, hostname="127.0.0.1", port=mail_servers.free_port())
    controller.start()
    handler.port = controller.port
    yield handler
    controller.stop()


@pytest.fixture
def profile(commune):
    """One action late, one due in ten days, one in three months, one late but done; the others far away."""
    last = commune.period.last
    return replace(
        commune,
        actions={
            "own.late": ActionChange("Publier la liste", "Coordinatrice", deadline=DAY - datetime.timedelta(5)),
            "own.soon": ActionChange("Former les acheteurs", "Formatrice", deadline=DAY + datetime.timedelta(10)),
            "own.later": ActionChange("Relire les clauses", "Juriste", deadline=DAY + datetime.timedelta(90)),
            "own.done": ActionChange(
                "Remplir le registre", "Secrétaire", deadline=DAY - datetime.timedelta(50), state=ActionState.DONE
            ),
        },
        period=replace(commune.period, last=max(last, datetime.date(2028, 12, 31))),
    )


@pytest.fixture
def owned(database, profile):
    """A plan claimed by somebody: its number and the number of its owner."""
    with database.writing() as session:
        user = add_user(session, Grant(Role.BUYER, "commune-uccle"), email="ann@commune.example")
        plan, _ = begin_plan(session, profile)
        claim_plan(session, plan, user.id)
        return plan.id, user.id


def ask(database, plan_id: int, user_id: int, *, is_reminded: bool = True) -> None:
    with database.writing() as session:
        choose_wishes(session, session.get_one(ActionPlan, plan_id), user_id, is_shown=False, is_reminded=is_reminded)


def remind(database, day: datetime.date = DAY) -> int:
    with database.writing() as session:
        return want_reminders(session, PORTAL, KEY, day)


def test_nothing_is_sent_to_who_did_not_ask(database, owned):
    assert remind(database) == 0


def test_a_reminder_arrives_once_a_month_in_the_language_of_the_plan_and_its_link_ends_it(
    database, owned, arrived, tmp_path
):
    plan_id, user_id = owned
    ask(database, plan_id, user_id)
    assert remind(database) == 1
    assert remind(database) == 0
    assert remind(database, DAY + datetime.timedelta(29)) == 0
    settings = load_mail_settings(
        KEY,
        {
            "MPDI_MAIL_FROM": "Helpdesk <helpdesk@mpdi.example>",
            "MPDI_SMTP_URL": f"smtp://127.0.0.1:{arrived.port}?security=none",
        },
    )
    deliver(database, settings, AttachmentStore(tmp_path))
    [mail] = arrived.mails
    body = mail.get_content()
    assert mail["To"] == "ann@commune.example"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "Publier la liste (Coordinatrice)" in body
    assert "Former les acheteurs (Formatrice)" in body
    assert "Relire les clauses" not in body
    assert "Remplir le registre" not in body
    assert re.search(r"https://mpdi\.example/plans/[\w-]{20,}/progress\b", body)
    [stop] = re.findall(r"https://mpdi\.example/plans/reminders/([\w-]+)", body)
    assert mail["List-Unsubscribe"] == f"<https://mpdi.example/plans/reminders/{stop}>"
    assert remind(database, DAY + datetime.timedelta(30)) == 1
    with database.writing() as session:
        stop_reminders(session, stop)
    assert remind(database, DAY + datetime.timedelta(61)) == 0


def test_a_plan_in_two_languages_is_reminded_of_in_both(database, profile, arrived):
    with database.writing() as session:
        user = add_user(session, Grant(Role.BUYER, "commune-uccle"), email="ann@commune.example")
        plan, _ = begin_plan(session, replace(profile, language="fr+nl"))
        claim_plan(session, plan, user.id)
        choose_wishes(session, plan, user.id, is_shown=False, is_reminded=True)
    assert remind(database) == 1
    with database.reading() as session:
        body = session.scalars(select(OutgoingMail.body)).one()
    assert "Publier la liste" in body
    assert "Binnen 30 dagen:" in body
    assert "En retard :" in body


def test_what_is_done_is_not_reminded_of_and_a_plan_that_is_over_neither(database, owned):
    plan_id, user_id = owned
    ask(database, plan_id, user_id)
    assert remind(database, datetime.date(2040, 1, 1)) == 0


def test_who_takes_the_plan_over_gets_no_reminder_that_another_asked_for(database, owned):
    plan_id, user_id = owned
    ask(database, plan_id, user_id)
    with database.writing() as session:
        release_plans(session, user_id)
        other = add_user(session, Grant(Role.BUYER, "commune-uccle"))
        claim_plan(session, session.get_one(ActionPlan, plan_id), other.id)
    assert remind(database) == 0


def test_only_the_owner_may_ask_and_a_made_up_link_ends_nothing(database, owned):
    plan_id, user_id = owned
    with pytest.raises(NotTheOwnerError), database.writing() as session:
        choose_wishes(session, session.get_one(ActionPlan, plan_id), user_id + 1, is_shown=True, is_reminded=True)
    ask(database, plan_id, user_id)
    with pytest.raises(UnknownReminderError), database.writing() as session:
        stop_reminders(session, "made up")
    with database.reading() as session:
        assert wishes_of(session, plan_id).is_reminded
