"""A worker killed while it sends: each mail arrives once, or is shown as uncertain. By count of what arrived."""

import collections
import datetime
import email
import os
import signal
import subprocess
import sys
import time

import mail_servers
import pytest
from sqlalchemy import select

from mpdi.helpdesk.mail.sending import deliver, want
from mpdi.helpdesk.models import OutgoingMail

pytestmark = pytest.mark.services

DELIVER = """
import sys
from mpdi.database import Database
from mpdi.helpdesk.mail.sending import deliver
from mpdi.helpdesk.mail.settings import load_mail_settings
database = Database(sys.argv[1])
print("ready", flush=True)
deliver(database, load_mail_settings("secret"))
"""
MAILS = 40


def start(database, port):
    url = database.engine.url.render_as_string(hide_password=False)
    environ = {
        **os.environ,
        "MPDI_SMTP_URL": f"smtp://127.0.0.1:{port}?security=none",
        "MPDI_MAIL_FROM": "helpdesk@mpdi.example",
    }
    process = subprocess.Popen(
        [sys.executable, "-c", DELIVER, url], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ
    )
    assert process.stdout.readline().strip() == "ready"
    return process


def kill(process):
    process.send_signal(signal.SIGKILL)
    process.communicate()


def one_more_arrived(folder, already):
    """Wait until more than so many mails lie there: on a busy machine a worker is killed in its work too, not before it."""
    ends = time.monotonic() + 30
    while sum(1 for _ in folder.glob("*.eml")) <= already:
        assert time.monotonic() < ends, "no mail arrives"
        time.sleep(0.005)


def outcome(database, folder):
    arrived = collections.Counter(
        email.message_from_bytes(path.read_bytes())["Message-ID"] for path in folder.glob("*.eml")
    )
    with database.reading() as session:
        states = dict(session.execute(select(OutgoingMail.mail_id, OutgoingMail.state)).all())
    return arrived, states


def wish_all(database):
    with database.writing() as session:
        for number in range(MAILS):
            want(session, f"a{number}@commune.example", f"Réponse {number}", "Bonjour", "fr")


def test_killed_again_and_again(database, tmp_path, with_servers, later):
    wish_all(database)
    folder = tmp_path / "arrived"
    with mail_servers.smtp_process(folder, delay=0.02) as port:
        for round_ in range(6):
            process = start(database, port)
            one_more_arrived(folder, round_)
            time.sleep(0.01 * round_)
            kill(process)
        time.sleep(0.3)
        arrived, states = outcome(database, folder)
        assert 0 < len(arrived) < MAILS
        assert "sending" in states.values()
        settings = with_servers(smtp=f"smtp://127.0.0.1:{port}?security=none")
        deliver(database, settings)
        later(datetime.timedelta(minutes=11))
        deliver(database, settings)
    arrived, states = outcome(database, folder)
    assert set(states.values()) <= {"sent", "uncertain"}
    assert 1 <= sum(state == "uncertain" for state in states.values()) <= 6
    assert max(arrived.values()) == 1, "a mail arrived twice"
    assert all(arrived[mail_id] == 1 for mail_id, state in states.items() if state == "sent"), (
        "a mail shown as sent did not arrive"
    )
    assert sum(arrived.values()) >= MAILS - 6


def test_the_server_is_killed_while_it_takes_a_mail(sqlite_database, tmp_path, with_servers):
    wish_all(sqlite_database)
    folder = tmp_path / "arrived"
    with mail_servers.smtp_process(folder, delay=0.6) as port:
        process = start(sqlite_database, port)
        one_more_arrived(folder, 1)
        time.sleep(0.3)  # the third mail is handed over, and the server has not answered yet
    process.communicate(timeout=60)
    arrived, states = outcome(sqlite_database, folder)
    counted = collections.Counter(states.values())
    assert counted["uncertain"] == 1
    assert counted["sent"] + counted["uncertain"] + counted["waiting"] == MAILS
    assert all(arrived[mail_id] == 1 for mail_id, state in states.items() if state == "sent")
    assert all(arrived[mail_id] == 0 for mail_id, state in states.items() if state == "waiting")


def test_three_workers_at_once_send_each_mail_once(database, tmp_path):
    wish_all(database)
    folder = tmp_path / "arrived"
    with mail_servers.smtp_process(folder) as port:
        running = [start(database, port) for _ in range(3)]
        assert [(process.communicate(timeout=60)[1], process.returncode) for process in running] == [("", 0)] * 3
    arrived, states = outcome(database, folder)
    assert set(states.values()) == {"sent"}
    assert arrived == dict.fromkeys(states, 1)
