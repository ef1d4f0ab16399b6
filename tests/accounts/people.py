"""People for tests: accounts with roles, signed in without the slow way through the password."""

import datetime
import re
from itertools import count

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from mpdi import clock
from mpdi.accounts import role_operations, session_operations
from mpdi.accounts.emails import email_key
from mpdi.accounts.models import User
from mpdi.accounts.roles import Grant, Role
from mpdi.services import EXTENSION, Services

PASSWORD = "vieux tram jaune vers Stockel"
PASSWORD_HASH = "$argon2id$v=19$m=65536,t=3,p=4$PeNTPVufEX+0Ch9UWQBPpA$28JkWni1Tp4p22n1lxZXIyHSDiQoxkbao0USdhEX1Uw"
"""Made once: 0.15 s each would be felt."""
_NUMBERS = count(1)


def services_of(app: Flask) -> Services:
    """The services of a portal."""
    found: Services = app.extensions[EXTENSION]
    return found


def add_user(
    session: Session, *grants: Grant, email: str = "", name: str = "Ann", password_hash: str | None = None
) -> User:
    """An account with these roles."""
    address = email or f"person{next(_NUMBERS)}@example.brussels"
    user = User(
        email=address,
        email_key=email_key(address),
        name=name,
        language="fr",
        password_hash=password_hash,
        created_at=clock.now(),
        is_active=True,
    )
    session.add(user)
    session.flush()
    for grant in grants:
        role_operations.grant_role(session, "tests", user, grant)
    return user


def sign_in(client: FlaskClient, user_id: int) -> None:
    """Give a browser the session of a user."""
    with services_of(client.application).database.writing() as session:
        token = session_operations.start_session(session, session.get_one(User, user_id), "Firefox, Linux")
    client.set_cookie("mpdi_sign_in", token, domain="localhost")


def signed_in(app: Flask, *grants: Grant | Role) -> tuple[FlaskClient, int]:
    """A browser in which a new user with these roles is signed in, and the user's number."""
    held = [grant if isinstance(grant, Grant) else Grant(grant) for grant in grants]
    with services_of(app).database.writing() as session:
        user_id = add_user(session, *held).id
    client = app.test_client()
    sign_in(client, user_id)
    return client, user_id


def csrf(client: FlaskClient, address: str = "/sign-in") -> str:
    """The token of the forms of a browser."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get(address, follow_redirects=True).text)
    assert found is not None, f"no form at {address}"
    return found[1]


def later(**delta: float) -> datetime.datetime:
    """A moment from now."""
    return clock.now() + datetime.timedelta(**delta)
