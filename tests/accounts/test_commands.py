"""`mpdi users`, `mpdi audit`, `mpdi privacy`, and upkeep by `mpdi jobs run`."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from people import PASSWORD
from sqlalchemy import select, update

from mpdi.accounts import operations
from mpdi.accounts.models import AuditEntry, User
from mpdi.cli import main
from mpdi.config import Settings
from mpdi.database import Database
from mpdi.jobs.models import OutboxEvent

Run = Callable[..., Result]
ADDRESS = "https://portal.example"


@pytest.fixture
def mpdi(settings: Settings) -> Run:
    """Run `mpdi ARGUMENTS` on a state folder of one's own."""

    def run(*arguments: str, **environ: str) -> Result:
        values = {
            "MPDI_HOME": str(settings.home), "MPDI_DATABASE_URL": "", "MPDI_PUBLIC_ADDRESS": ADDRESS + "/",
            "MPDI_SMTP_URL": "",
        }  # fmt: skip
        return CliRunner().invoke(main, list(arguments), env=values | environ)

    return run


@pytest.fixture
def database(settings: Settings) -> Database:
    """The database of that folder."""
    return Database(settings.database_url)


def test_the_first_administrator_comes_in_by_the_printed_link(mpdi: Run, database: Database) -> None:
    done = mpdi("users", "create-admin", "boss@example.brussels")
    assert done.exit_code == 0
    assert done.stdout.startswith(f"{ADDRESS}/invitation/")
    with database.writing() as session:
        user = operations.accept_invitation(session, done.stdout.strip().rsplit("/", 1)[1], "Boss", "fr", PASSWORD)
        assert [item.role for item in user.roles] == ["administrator"]
    again = mpdi("users", "create-admin", "boss@example.brussels")
    assert again.exit_code == 0
    assert again.stdout == "", "no link into an account that is in use"


def test_an_invitation_prints_its_link_only_without_mail_server(mpdi: Run, database: Database) -> None:
    arguments = (
        "users",
        "invite",
        "jan@example.brussels",
        "--role",
        "facilitator",
        "--route",
        "food",
        "--language",
        "nl",
    )
    assert mpdi(*arguments).stdout.startswith(f"{ADDRESS}/invitation/")
    assert mpdi(*arguments, MPDI_SMTP_URL="smtp://127.0.0.1:2525").stdout == ""
    with database.reading() as session:
        wanted = session.scalars(select(OutboxEvent.payload).where(OutboxEvent.name == "mail_wanted")).all()
    assert [mail["recipient"] for mail in wanted] == ["jan@example.brussels"] * 2
    assert {mail["language"] for mail in wanted} == {"nl"}


@pytest.mark.parametrize(
    "arguments",
    [
        ("users", "invite", "no address", "--role", "buyer"),
        ("users", "invite", "a@example.brussels", "--role", "emperor"),
        ("users", "invite", "a@example.brussels", "--role", "facilitator"),
        ("users", "invite", "a@example.brussels", "--role", "buyer", "--route", "all"),
        ("users", "invite", "a@example.brussels", "--role", "visitor"),
        ("users", "invite", "a@example.brussels", "--role", "buyer", "--authority", "no-such-body"),
        ("users", "invite", "a@example.brussels", "--role", "buyer", "--route", "food"),
        ("users", "invite", "a@example.brussels"),
        ("privacy", "export", "nobody@example.brussels"),
        ("privacy", "erase", "nobody@example.brussels", "--yes"),
    ],
)
def test_wrong_use_is_a_message_and_exit_2(mpdi: Run, database: Database, arguments: tuple[str, ...]) -> None:
    done = mpdi(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert done.stderr
    with database.reading() as session:
        assert session.scalars(select(User)).all() == []


def test_people_are_listed_as_lines_and_as_json(mpdi: Run) -> None:
    mpdi("users", "invite", "jan@example.brussels", "--role", "buyer", "--authority", "commune-uccle")
    assert "buyer/commune-uccle\tinvited" in mpdi("users", "list").stdout
    (row,) = json.loads(mpdi("users", "list", "--format", "json").stdout)
    assert row["email"] == "jan@example.brussels"
    assert row["roles"] == [{"role": "buyer", "authority": "commune-uccle", "route": None}]


def test_a_whole_log_is_exit_0_and_a_broken_one_exit_1_with_its_entry(mpdi: Run, database: Database) -> None:
    for name in ("a", "b", "c"):
        mpdi("users", "invite", f"{name}@example.brussels", "--role", "firm")
    whole = mpdi("audit", "verify")
    assert whole.exit_code == 0
    assert len(whole.stdout.strip()) == 64
    assert mpdi("audit", "verify", "--contains", whole.stdout.strip()).exit_code == 0
    assert mpdi("audit", "verify", "--contains", "f" * 64).exit_code == 1
    with database.writing() as session:
        target = session.scalars(select(AuditEntry.id).where(AuditEntry.action == "user_invited")).all()[1]
        session.execute(update(AuditEntry).where(AuditEntry.id == target).values(actor="user:9"))
    broken = mpdi("audit", "verify")
    assert broken.exit_code == 1
    assert f"entry {target}:" in broken.stderr
    assert broken.stdout == ""


def test_data_are_exported_then_erased_after_a_question(mpdi: Run) -> None:
    mpdi("users", "invite", "jan@example.brussels", "--role", "firm")
    data = json.loads(mpdi("privacy", "export", "JAN@example.brussels").stdout)
    assert data["account"]["email"] == "jan@example.brussels"
    assert mpdi("privacy", "erase", "jan@example.brussels").exit_code == 1, "nothing was answered: nothing is erased"
    assert mpdi("privacy", "export", "jan@example.brussels").exit_code == 0
    assert mpdi("privacy", "erase", "jan@example.brussels", "--yes").exit_code == 0
    assert mpdi("privacy", "export", "jan@example.brussels").exit_code == 2
    assert mpdi("users", "list").stdout == ""
    assert mpdi("audit", "verify").exit_code == 0


def test_upkeep_is_done_with_the_jobs_and_counted(mpdi: Run) -> None:
    mpdi("users", "invite", "jan@example.brussels", "--role", "firm")
    assert "links 0" in mpdi("jobs", "run").stderr
    assert "links 1" in mpdi("jobs", "run", MPDI_RETENTION_LINKS="0h").stderr
    assert mpdi("jobs", "run", MPDI_RETENTION_LINKS="soon").exit_code == 2


def test_the_secret_of_a_link_is_not_in_the_log_or_the_list(mpdi: Run, settings: Settings, database: Database) -> None:
    token = mpdi("users", "create-admin", "boss@example.brussels").stdout.strip().rsplit("/", 1)[1]
    assert token not in mpdi("users", "list", "--format", "json").stdout
    assert token not in mpdi("privacy", "export", "boss@example.brussels").stdout
    with database.reading() as session:
        assert token not in str(session.execute(select(*AuditEntry.__table__.columns)).all())
    assert Path(settings.home).is_dir()
