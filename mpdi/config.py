"""Settings, read once from the environment. All state lives in one folder."""

import contextlib
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from mpdi.exceptions import MpdiError

_MARK = "demonstration"
"""A file of this name in the state folder says that `mpdi demo` filled it."""


class StateFolderError(MpdiError):
    """The folder that holds all state cannot be made or written."""


@dataclass(frozen=True)
class Settings:
    """Where state lives and how the portal behaves."""

    home: Path
    database_url: str
    secret_key: str
    is_https: bool = False
    public_address: str = "http://127.0.0.1:8000"
    """Where the portal is reached from outside: what links in mails begin with, whatever a request says of itself."""

    sends_mail: bool = False
    """Whether a server for outgoing mail is set; without one, links of invitations are shown to who invites."""

    @property
    def index_folder(self) -> Path:
        """Where the search index lies; it can always be rebuilt."""
        return self.home / "index"

    @property
    def cache_folder(self) -> Path:
        """Where vectors and other things that can be rebuilt lie."""
        return self.home / "cache"


def _default_home() -> Path:
    checkout = Path(__file__).resolve().parent.parent
    if (checkout / "setup.cfg").is_file():
        return checkout / "var"
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "mpdi"


def _secret_key(home: Path) -> str:
    path = home / "secret_key"
    if not path.exists():
        _make_secret_key(path)
    return path.read_text(encoding="ascii")


def _make_secret_key(path: Path) -> None:
    """Write a new key whole under a name of its own, then link it: of two processes that start at once, one key wins."""
    draft = path.with_name(f"secret_key.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48))
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def load_settings(environ: "os._Environ[str] | dict[str, str] | None" = None) -> Settings:
    """Read `MPDI_HOME`, `MPDI_DATABASE_URL`, `MPDI_SECRET_KEY`, `MPDI_HTTPS`, `MPDI_PUBLIC_ADDRESS`; make the state folder."""
    values = os.environ if environ is None else environ
    home = Path(values.get("MPDI_HOME") or _default_home()).expanduser().resolve()
    try:
        home.mkdir(parents=True, exist_ok=True)
        secret = values.get("MPDI_SECRET_KEY") or _secret_key(home)
    except OSError as error:
        raise StateFolderError(
            f"{home}: cannot be written ({error.strerror}). Set MPDI_HOME to a folder of yours."
        ) from error
    url = values.get("MPDI_DATABASE_URL") or f"sqlite:///{home / 'mpdi.sqlite3'}"
    public = values.get("MPDI_PUBLIC_ADDRESS") or Settings.public_address
    return Settings(
        home,
        url,
        secret,
        is_https=values.get("MPDI_HTTPS") == "1",
        public_address=public.rstrip("/"),
        sends_mail=bool(values.get("MPDI_SMTP_URL")),
    )


def is_demonstration() -> bool:
    """Whether this is a demonstration: `MPDI_DEMONSTRATION` (1 or 0), where it is not set whether `mpdi demo` filled the state."""
    stated = os.environ.get("MPDI_DEMONSTRATION")
    return stated == "1" if stated else _is_marked(os.environ.get("MPDI_HOME") or "")


@lru_cache(maxsize=8)
def _is_marked(home: str) -> bool:
    """Look once a process: the register of authorities asks for every notice that is read."""
    return ((Path(home).expanduser() if home else _default_home()) / _MARK).is_file()


def mark_demonstration(home: Path) -> None:
    """Note in a state folder that it holds a demonstration."""
    (home / _MARK).touch()
    _is_marked.cache_clear()
