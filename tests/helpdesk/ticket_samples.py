"""People, questions and a clock for the tests of tickets."""

import datetime
from dataclasses import dataclass

from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts.models import RoleGrant, User
from mpdi.accounts.roles import Role
from mpdi.helpdesk.change_operations import Actor
from mpdi.helpdesk.models import Ticket
from mpdi.helpdesk.operations import NewQuestion, open_ticket
from mpdi.helpdesk.vocabulary import Route

TUESDAY = datetime.datetime(2026, 11, 24, 9, 30, tzinfo=clock.BRUSSELS)
ASKER = Actor(name="Ann Asker")


@dataclass
class Clock:
    """A clock that a test sets: it stands in for `clock.now` and `clock.today`."""

    moment: datetime.datetime = TUESDAY

    def now(self) -> datetime.datetime:
        return self.moment.astimezone(datetime.UTC)

    def today(self) -> datetime.date:
        return self.moment.astimezone(clock.BRUSSELS).date()

    def forward(self, **span: float) -> None:
        self.moment += datetime.timedelta(**span)


def user(session: Session, name: str, role: Role, route: Route | None = None, authority_id: str | None = None) -> User:
    """Somebody with an account and one role."""
    key = f"{name.lower()}@example.org"
    made = User(email=key, email_key=key, name=name, language="fr", created_at=clock.now())
    made.roles.append(
        RoleGrant(
            role=role.value, route=route.value if route else None, authority_id=authority_id, granted_at=clock.now()
        )
    )
    session.add(made)
    session.flush()
    return made


def actor(person: User) -> Actor:
    """The user as one who makes changes."""
    return Actor(person.id, person.name)


def ask(session: Session, body: str = "Puis-je demander un écolabel pour le nettoyage ?", **facts: object) -> Ticket:
    """A question from the portal."""
    question = {"language": "fr", "route": Route.MPD, "email": "ann@example.org", "name": "Ann Asker"} | facts
    return open_ticket(session, NewQuestion(body=body, **question), ASKER)[0]  # type: ignore[arg-type]
