"""Ways to sign in. Each takes the same four moves, so that another can be added beside the password:

1. `identify`: from what the browser brought to a user, or a refusal that never says why;
2. a further step, where the user must give a second proof: the name of the page that asks for it;
3. `operations.start_session` once nothing is left to prove;
4. the cookie (`current.remember`).

A second factor is a `FurtherStep` that `further_step` returns for users who have one; OpenID Connect is a class with
`identify` that checks the provider's answer and finds the user by its address. See docs/operating.md, “People”.
"""

from dataclasses import dataclass
from typing import Protocol

from mpdi.accounts import passwords
from mpdi.accounts.operations import Credentials, credentials_of
from mpdi.database import Database
from mpdi.exceptions import MpdiError


class SignInRefusedError(MpdiError):
    """Nobody is identified: unknown, without password, not active, or a wrong password; all are answered alike."""


@dataclass(frozen=True)
class Identified:
    """A user who has shown who he is, and by what."""

    user_id: int
    method: str
    renewed_hash: str | None = None
    """The password hashed with today's parameters, where the one kept is older."""


@dataclass(frozen=True)
class FurtherStep:
    """The endpoint of the page that asks for a second proof."""

    endpoint: str


class SignInMethod(Protocol):
    """One way to show who one is."""

    @property
    def name(self) -> str:
        """What the session keeps of how it began."""
        ...

    def identify(self, database: Database) -> Identified:
        """Return the user; `SignInRefusedError` for everything else."""
        ...


@dataclass(frozen=True)
class PasswordMethod:
    """E-mail address and password. The database is not held while the password is compared."""

    email: str
    password: str
    name: str = "password"

    def identify(self, database: Database) -> Identified:
        """Compare the password; as much work is done where there is no account."""
        with database.reading() as session:
            found = credentials_of(session, self.email)
        is_right = passwords.is_right(found.password_hash if found else None, self.password)
        if found is None or not is_right:
            raise SignInRefusedError("The e-mail address or the password is not right.")
        return Identified(found.user_id, self.name, self._renewed(found))

    def _renewed(self, found: Credentials) -> str | None:
        return passwords.hash_password(self.password) if passwords.is_outdated(found.password_hash) else None


def further_step(_identified: Identified) -> FurtherStep | None:
    """Return what is still to be proved; today nobody has a second factor."""
    return None
