"""`mpdi users …`, `mpdi audit …`, `mpdi privacy …`."""

import sys
from typing import Any

import click

from mpdi.accounts import audit as audit_log
from mpdi.accounts import operations, privacy
from mpdi.accounts.links import LinkPurpose
from mpdi.accounts.mails import link_address
from mpdi.accounts.models import User
from mpdi.accounts.operations import Invitation
from mpdi.accounts.queries import everybody
from mpdi.accounts.role_operations import EVERY_THEME, check_grant, grant_role
from mpdi.accounts.roles import Grant, Role
from mpdi.command_line import format_option, open_database, print_json, say
from mpdi.config import load_settings
from mpdi.exceptions import MpdiError

_ACTOR = "mpdi_users"
_EMAIL = click.argument("email")
_LANGUAGE = click.option("--language", type=click.Choice(["fr", "nl"]), default="fr", show_default=True)
_ROLES = [role.value for role in Role if role is not Role.VISITOR]


class NothingHeldError(MpdiError):
    """Nothing is held about this address."""


@click.group()
def users() -> None:
    """People: invite, list."""


@users.command("create-admin")
@_EMAIL
@_LANGUAGE
def create_admin(email: str, language: str) -> None:
    """Invite an administrator, the first or another, and print the link; who has an account is given the role."""
    with open_database().writing() as session:
        user = operations.find_user(session, email)
        if user is not None and user.password_hash is not None:
            grant_role(session, _ACTOR, user, Grant(Role.ADMINISTRATOR))
            say("This account has the role of administrator now.")
            return
    _print_link(_invite(email, Grant(Role.ADMINISTRATOR), language))


@users.command("invite")
@_EMAIL
@click.option("--role", type=click.Choice(_ROLES), required=True)
@click.option("--authority", help="Identifier of a contracting authority, in which the role holds.")
@click.option(
    "--route",
    help="For a facilitator: the theme of the helpdesk whose questions are read (mpd, mpi, sme, social, …), or all.",
)
@_LANGUAGE
def invite(email: str, role: str, authority: str | None, route: str | None, language: str) -> None:
    """Invite somebody with a role. The mail is sent by `mpdi jobs run`; without a mail server the link is printed."""
    is_facilitator = role == Role.FACILITATOR.value
    if is_facilitator and route is None:
        raise click.UsageError("Say which questions this facilitator reads: --route mpd (or another), or --route all.")
    theme = None if is_facilitator and route == EVERY_THEME else route
    invitation = _invite(email, Grant(Role(role), authority, theme), language)
    if load_settings().sends_mail:
        say("Invited: the mail waits to be sent.")
    else:
        say("No mail server is set (MPDI_SMTP_URL): give this link to the invited yourself.")
        _print_link(invitation)


def _invite(email: str, grant: Grant, language: str) -> Invitation:
    check_grant(grant)
    with open_database().writing() as session:
        return operations.invite(session, _ACTOR, email, [grant], language, load_settings().public_address)


def _print_link(invitation: Invitation) -> None:
    click.echo(link_address(LinkPurpose.INVITATION, invitation.token, load_settings().public_address))


@users.command("list")
@format_option
def list_users(output_format: str) -> None:
    """List everybody with an account and the roles held."""
    with open_database().reading() as session:
        rows = [_row(user) for user in everybody(session)]
    if output_format == "json":
        print_json(rows)
        return
    for row in rows:
        roles = ", ".join("/".join(filter(None, item.values())) for item in row["roles"]) or "–"
        click.echo(f"{row['number']}\t{row['email']}\t{row['name'] or '–'}\t{roles}\t{_state(row)}")


def _row(user: User) -> dict[str, Any]:
    return {
        "number": user.id,
        "email": user.email,
        "name": user.name,
        "is_active": user.is_active,
        "is_invited": user.password_hash is None,
        "roles": [{"role": item.role, "authority": item.authority_id, "route": item.route} for item in user.roles],
    }


def _state(row: dict[str, Any]) -> str:
    if not row["is_active"]:
        return "deactivated"
    return "invited" if row["is_invited"] else "active"


@click.group("audit")
def audit() -> None:
    """The log of who changed what."""


@audit.command("verify")
@click.option("--contains", metavar="HASH", help="A last hash kept elsewhere earlier, which must still be in the log.")
def verify(contains: str | None) -> None:
    """Follow the chain of the log. Exit 1 names the first entry that was changed, taken out or put in."""
    with open_database().reading() as session:
        report = audit_log.verify(session, contains)
    if not report.is_whole:
        where = f"entry {report.broken_entry}" if report.broken_entry is not None else "the end"
        say(f"Broken at {where}: {report.reason}. {report.entries} entries before it are whole.")
        sys.exit(1)
    say(f"{report.entries} entries, each fits the one before.")
    click.echo(report.last_hash)


@click.command("export")
@_EMAIL
def export(email: str) -> None:
    """Print everything held about a person as JSON, with an account or without."""
    with open_database().writing() as session:
        subject = privacy.data_subject(session, email)
        data = privacy.collect(session, subject)
        if not data:
            raise NothingHeldError(_nothing_held(email))
        privacy.note_export(session, "mpdi_privacy", subject)
    print_json(data)


@click.command("erase")
@_EMAIL
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(email: str, yes: bool) -> None:
    """Take a person out of every record. This cannot be undone."""
    database = open_database()
    with database.reading() as session:
        if not privacy.collect(session, privacy.data_subject(session, email)):
            raise NothingHeldError(_nothing_held(email))
    if not yes:
        click.confirm(f"Erase {email}? This cannot be undone", abort=True, err=True)
    with database.writing() as session:
        subject = privacy.data_subject(session, email)
        left = privacy.to_read(session, subject)
        counts = privacy.erase(session, "mpdi_privacy", subject)
    database.empty_log()
    say("Erased. Records changed: " + (", ".join(f"{name} {count}" for name, count in counts.items()) or "none") + ".")


    if left:
        say("Left as they are, made of what this person wrote. Read again whether they still tell who it was:")
    for each in left:
        say("  " + " ".join(filter(None, (each.title, each.link, each.public_link))))


def _nothing_held(email: str) -> str:
    return (
        f"Nothing is held that is tied to {email}. What was made of a question erased before, such as a published article, "
        "is tied to no address: look for the words themselves under /helpdesk/articles."
    )


privacy_commands = (export, erase)
"""The commands of `mpdi privacy`: whoever puts them on the command line makes every feature known first."""
