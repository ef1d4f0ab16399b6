"""The command line: `mpdi …`."""

import os
import socket
import threading
import time

import click
import waitress

from mpdi import __version__, clock
from mpdi.accounts import privacy
from mpdi.accounts.commands import audit, privacy_commands, users
from mpdi.accounts.retention import Retention
from mpdi.action_plans.commands import plans
from mpdi.action_plans.wish_operations import want_reminders
from mpdi.app import create_app
from mpdi.clause_library.commands import clauses
from mpdi.clause_library.operations import LoadReport, load_edition
from mpdi.command_line import MpdiGroup, open_database, say, show_progress
from mpdi.config import load_settings, mark_demonstration
from mpdi.costing.annex_commands import write_annex
from mpdi.costing.commands import lcc
from mpdi.costing.specification_annex import specification_annex
from mpdi.costing.workbook_commands import read as read_workbooks
from mpdi.costing.workbook_commands import workbook
from mpdi.database import Database
from mpdi.demo import fill as fill_demo
from mpdi.demo import take_in_notices
from mpdi.demo_plans import fill_plans
from mpdi.exceptions import MpdiError
from mpdi.helpdesk.article_operations import flag_articles
from mpdi.helpdesk.commands import helpdesk
from mpdi.helpdesk.law_commands import law
from mpdi.helpdesk.mail.commands import mail
from mpdi.helpdesk.mail.worker import mail_rounds
from mpdi.helpdesk.routing import understanding_by
from mpdi.migrations import upgrade
from mpdi.monitoring.clause_commands import find_command
from mpdi.monitoring.commands import notices
from mpdi.monitoring.report_commands import report
from mpdi.monitoring.watching.rounds import watch_rounds
from mpdi.personal_data import register_personal_data
from mpdi.price_check.commands import prices
from mpdi.resources import folder
from mpdi.services import EXTENSION, Services
from mpdi.specifications.commands import COST_ANNEX_WRITER, specs
from mpdi.specifications.cpv_form import finder as cpv_finder

_RELAY_SECONDS = 2
_UPKEEP_SECONDS = 3_600


@click.group(cls=MpdiGroup, context_settings={"obj": {COST_ANNEX_WRITER: specification_annex}})
@click.version_option(__version__)
def main() -> None:
    """MPDI: sustainable, innovative and SME-friendly public procurement."""


main.add_command(clauses)
clauses.add_command(find_command)
main.add_command(specs)
main.add_command(law)
main.add_command(prices)
main.add_command(plans)
main.add_command(notices)
main.add_command(report)
main.add_command(lcc)
lcc.add_command(workbook)
lcc.add_command(read_workbooks)
lcc.add_command(write_annex)
for group in (users, audit):
    main.add_command(group)
main.add_command(mail)
main.add_command(helpdesk)


@main.group("privacy")
def privacy_group() -> None:
    """What is held about a person."""
    register_personal_data(load_settings())


for command in privacy_commands:
    privacy_group.add_command(command)


@main.command()
def init() -> None:
    """Set up or upgrade the database, load the clause library, build the search index. Repeated, it changes nothing."""
    settings = load_settings()
    database = Database(settings.database_url)
    upgrade(database.engine)
    report = _load(database)
    say(f"Database: {settings.home if settings.database_url.startswith('sqlite') else 'PostgreSQL'}")
    say(f"Clauses: {len(report.added)} added, {len(report.changed)} changed, {report.unchanged} as they were.")
    say("Building the search (about two minutes)…")
    app = create_app(settings)
    services: Services = app.extensions[EXTENSION]
    with database.reading() as session:
        library = services.library.library(session)
    current = [library.latest(identifier, clock.today()) for identifier in library.identifiers]
    services.search.rebuild(current, show_progress)
    services.jobs.run_pending()
    say("Search: ready.")


def _load(database: Database) -> LoadReport:
    with database.writing() as session:
        return load_edition(session, folder("clauses"))


@main.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--threads", default=4, show_default=True, type=click.IntRange(1, 64))
def serve(port: int, host: str, threads: int) -> None:
    """Serve the portal, and handle what happened in the background."""
    _require_free_port(host, port)
    open_database()
    _links_lead_to(port)
    app = create_app()
    services: Services = app.extensions[EXTENSION]
    rounds = mail_rounds(services.settings, services.database, understanding_by(services.suggestions))
    if rounds.has_server:
        threading.Thread(target=rounds.go_on, daemon=True, name="mpdi-mail").start()
    watching = watch_rounds(services.settings, services.database)
    if watching.settings.is_on:
        threading.Thread(target=watching.go_on, daemon=True, name="mpdi-watch").start()
    sends = rounds.settings.smtp is not None
    threading.Thread(target=_work, args=(services, sends), daemon=True, name="mpdi-jobs").start()
    click.echo(f"http://{host}:{port}/")
    # Larger requests end here, unread; those up to this size get a page that says what is too large.
    waitress.serve(app, host=host, port=port, threads=threads, ident=None, max_request_body_size=64 * 1024 * 1024)


def _links_lead_to(port: int) -> None:
    """Let links in mails lead to this port where nothing else is set; what sends mails reads the same setting."""
    os.environ.setdefault("MPDI_PUBLIC_ADDRESS", f"http://127.0.0.1:{port}")


class PortTakenError(MpdiError):
    """Another program listens on the port, or this one may not."""


def _require_free_port(host: str, port: int) -> None:
    """Refuse a port on which another program listens, before anything else is done."""
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        raise PortTakenError(
            f"{host}:{port}: the portal cannot listen there ({error.strerror}). Another program may use this port: "
            "end it, or choose another with --port."
        ) from error


def _work(services: Services, sends_mail: bool) -> None:
    """Make what search still lacks (vectors of CPV names: half a minute, once), then handle events as they come."""
    services.suggestions.warm()
    cpv_finder(services.settings.cache_folder).build()
    retention, next_upkeep = Retention.from_environment(), 0.0
    while True:
        services.jobs.run_pending()
        if time.monotonic() >= next_upkeep:
            next_upkeep = time.monotonic() + _UPKEEP_SECONDS
            with services.database.writing() as session:
                privacy.carry_out(session, "mpdi_serve", retention)
            services.database.empty_log()
            if sends_mail:
                _remind(services)
        time.sleep(_RELAY_SECONDS)


def _remind(services: Services) -> int:
    """Want the reminders of action plans sent that are due; return how many. Without a server they would only pile up."""
    with services.database.writing() as session:
        return want_reminders(session, services.settings.public_address, services.settings.secret_key)


@main.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--only-fill", is_flag=True, help="Put everything in and end; serve it later with mpdi serve.")
@click.pass_context
def demo(context: click.Context, port: int, only_fill: bool) -> None:
    """Set up the portal, put in plainly fictitious people, questions, articles, events, notices and plans, once; serve it."""
    _require_free_port("127.0.0.1", port)
    _links_lead_to(port)  # before anybody is put in: notices of the first questions are written with that
    context.invoke(init)
    _fill_demo(port)
    if not only_fill:
        context.invoke(serve, port=port, host="127.0.0.1", threads=4)


def _fill_demo(port: int) -> None:
    """Put the demonstration in; passwords and links are printed once, on standard error, and never again."""
    services: Services = create_app().extensions[EXTENSION]
    mark_demonstration(services.settings.home)
    with services.database.writing() as session:
        library = services.library.library(session)
        people = fill_demo(session, library)
        plans_in = fill_plans(session, library)
    services.jobs.run_pending()
    notices_in = take_in_notices(services.database, services.settings.home)
    if notices_in:
        say(f"{notices_in} fictitious notices taken in.")
    if people or plans_in.password:
        say("DEMONSTRATION: fictitious people. Their passwords are shown this once:")
    for person in people:
        say(f"  {person.role}: {person.email}  {person.password}")
    if plans_in.password:
        say(f"  buyer of the commune, owner of its plan: {plans_in.email}  {plans_in.password}")
    for name, token in plans_in.links:
        say(f"  plan of {name}: http://127.0.0.1:{port}/plans/{token}")


@main.group()
def jobs() -> None:
    """The job queue."""


@jobs.command("run")
def run_jobs() -> None:
    """Handle every event that waits, fetch and send mail, take in what is watched, and delete what was kept long enough."""
    database = open_database()
    services: Services = create_app().extensions[EXTENSION]
    handled = services.jobs.run_pending()
    with database.writing() as session:
        flagged = flag_articles(session, services.library.library(session), clock.today())
        gone = privacy.carry_out(session, "mpdi_jobs", Retention.from_environment())
    database.empty_log()
    say(f"{handled} events handled.")
    say(f"{len(flagged)} articles flagged: a clause they rest on has another version in force.")
    say("Kept long enough, now gone: " + ", ".join(f"{name} {count}" for name, count in gone.items()) + ".")
    rounds = mail_rounds(services.settings, database, understanding_by(services.suggestions))
    if rounds.settings.smtp is not None:
        say(f"{_remind(services)} reminders of action plans.")
    for words in rounds.round() if rounds.has_server else ():
        say(words)
    watching = watch_rounds(services.settings, database)
    if watching.settings.is_on and (said := watching.tried()):
        say(said)
