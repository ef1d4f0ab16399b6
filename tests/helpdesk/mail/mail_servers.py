"""Real mail servers for tests: a private dovecot with its own settings and users, and SMTP by aiosmtpd."""

import grp
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.controller import Controller

DOVECOT = shutil.which("dovecot") or "/usr/sbin/dovecot"
USERS = ("helpdesk", "other")
PASSWORD = "right words"

_CONFIG = """
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = {ssl}
{certificate}
auth_allow_cleartext = yes
auth_mechanisms = plain login
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
mail_uid = {owner}
mail_gid = {group}
first_valid_uid = 1
mail_driver = maildir
mail_path = {folder}/mail/%{{user}}
mail_inbox_path = {folder}/mail/%{{user}}
namespace inbox {{
  inbox = yes
}}
passdb passwd-file {{
  passwd_file_path = {folder}/users
}}
userdb static {{
  fields {{
    home = {folder}/home
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Dovecot:
    """A private dovecot: one maildir a user, mail put in by writing files."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.tls_port = folder, free_port(), free_port()
        self.certificate = folder / "certificate.pem"
        self._process: subprocess.Popen | None = None
        self._owner = self._accounts()["owner"]
        self._number = 0
        for name in USERS:
            for part in ("cur", "new", "tmp"):
                (folder / "mail" / name / part).mkdir(parents=True)
        (folder / "home").mkdir()
        (folder / "users").write_text("".join(f"{name}:{{PLAIN}}{PASSWORD}\n" for name in USERS))
        self._own()

    def _accounts(self) -> dict[str, str]:
        if os.geteuid() == 0:
            return {"internal": "dovecot", "login": "dovenull", "owner": "dovecot", "group": "dovecot"}
        me = pwd.getpwuid(os.geteuid()).pw_name
        return {"internal": me, "login": me, "owner": me, "group": grp.getgrgid(os.getegid()).gr_name}

    def _own(self) -> None:
        if os.geteuid() == 0:
            self.folder.chmod(0o755)
            subprocess.run(
                ["chown", "-R", f"{self._owner}:", str(self.folder / "mail"), str(self.folder / "home")], check=True
            )

    def with_tls(self) -> None:
        key = self.folder / "key.pem"
        subprocess.run(
            [
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-keyout",
                str(key),
                "-out",
                str(self.certificate),
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
            ],
            check=True,
            capture_output=True,
        )

    def start(self) -> None:
        has_tls = self.certificate.exists()
        certificate = (
            f"ssl_server_cert_file = {self.certificate}\nssl_server_key_file = {self.folder}/key.pem" if has_tls else ""
        )
        config = self.folder / "dovecot.conf"
        config.write_text(
            _CONFIG.format(
                folder=self.folder,
                port=self.port,
                tls_port=self.tls_port if has_tls else 0,
                ssl="yes" if has_tls else "no",
                certificate=certificate,
                **self._accounts(),
            )
        )
        with (self.folder / "output").open("a") as output:
            self._process = subprocess.Popen([DOVECOT, "-F", "-c", str(config)], stdout=output, stderr=output)
        self._await_greeting()

    def _await_greeting(self) -> None:
        for _ in range(100):
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=2) as line:
                    if b"OK" in line.recv(200):
                        return
            except OSError:
                pass
            time.sleep(0.1)
        raise RuntimeError((self.folder / "log").read_text()[-2000:])

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def url(self, user: str = "helpdesk", password: str = PASSWORD, folder: str = "INBOX") -> str:
        return f"imap://{user}:{password.replace(' ', '%20')}@127.0.0.1:{self.port}/{folder}?security=none"

    def put(self, raw: bytes, user: str = "helpdesk") -> None:
        """Put an unread mail into the mailbox, as a delivering server does."""
        self._number += 1
        name = f"{int(time.time())}.{self._number:06d}.{secrets.token_hex(4)}"
        box = self.folder / "mail" / user
        (box / "tmp" / name).write_bytes(raw)
        (box / "tmp" / name).chmod(0o644)
        if os.geteuid() == 0:
            shutil.chown(box / "tmp" / name, self._owner)
        (box / "tmp" / name).replace(box / "new" / name)

    def empty(self) -> None:
        for name in USERS:
            for part in ("cur", "new"):
                for path in (self.folder / "mail" / name / part).iterdir():
                    path.unlink()

    def received(self, user: str) -> list[EmailMessage]:
        """Every mail in a mailbox, in the order it came."""
        box = self.folder / "mail" / user
        paths = sorted([*(box / "new").iterdir(), *(box / "cur").iterdir()], key=lambda path: path.name)
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]

    def unread(self, user: str = "helpdesk") -> int:
        box = self.folder / "mail" / user
        seen = [path for path in (box / "cur").iterdir() if "S" in path.name.rpartition(",")[2]]
        return len(list((box / "new").iterdir())) + len(list((box / "cur").iterdir())) - len(seen)


@contextmanager
def dovecot(tls: bool = False) -> Iterator[Dovecot]:
    # Sockets of dovecot need a short path.
    with tempfile.TemporaryDirectory(prefix="mpdi-dc-", dir="/tmp", ignore_cleanup_errors=True) as name:
        server = Dovecot(Path(name))
        if tls:
            server.with_tls()
        server.start()
        try:
            yield server
        finally:
            server.stop()


class Postman:
    """Delivers what is sent by SMTP into the mailboxes of dovecot: the helpdesk's, and everybody else's."""

    def __init__(self, mailbox: Dovecot, ours: str) -> None:
        self.mailbox, self.ours, self.delivered, self.url = mailbox, ours, 0, ""

    async def handle_DATA(self, server, session, envelope):
        for address in envelope.rcpt_tos:
            self.mailbox.put(envelope.original_content, "helpdesk" if address == self.ours else "other")
            self.delivered += 1
        return "250 taken"


@contextmanager
def postman(mailbox: Dovecot, ours: str) -> Iterator[Postman]:
    """An SMTP server whose mail arrives in dovecot; its address is in `url`."""
    made = Postman(mailbox, ours)
    controller = Controller(made, hostname="127.0.0.1", port=free_port())
    controller.start()
    made.url = f"smtp://127.0.0.1:{controller.port}?security=none"
    try:
        yield made
    finally:
        controller.stop()


SMTP_PROGRAM = '''
"""An SMTP server that writes down every arrival, takes its time, and can break off: after DATA, before its answer."""
import asyncio, os, sys, time, uuid
from pathlib import Path
from aiosmtpd.controller import Controller

folder, port, delay = Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])

class Handler:
    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(delay)
        name = uuid.uuid4().hex
        (folder / (name + ".part")).write_bytes(envelope.original_content)
        (folder / (name + ".part")).rename(folder / (name + ".eml"))
        return "250 taken"

controller = Controller(Handler(), hostname="127.0.0.1", port=port)
controller.start()
print("ready", flush=True)
while True:
    time.sleep(1)
'''


@contextmanager
def smtp_process(folder: Path, delay: float = 0.0) -> Iterator[int]:
    """An SMTP server in a process of its own; mail arrives as files in the folder."""
    port = free_port()
    folder.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-c", SMTP_PROGRAM, str(folder), str(port), str(delay)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout.readline().strip() == "ready"
        yield port
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
