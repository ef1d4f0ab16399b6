"""A PostgreSQL of one's own for a benchmark: a fresh cluster on a free port, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NoPostgresqlError(Exception):
    """The Debian package “postgresql” is not installed."""


@contextmanager
def postgresql() -> Iterator[str]:
    """Start a cluster, as Debian sets it up but without Unix passwords; yield the address of its database."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        raise NoPostgresqlError("PostgreSQL is not installed (Debian package “postgresql”).")
    with tempfile.TemporaryDirectory(prefix="mpdi-bench-pg-", ignore_cleanup_errors=True) as name:
        folder, port = Path(name), free_port()
        control = [*_as_server_account(folder), str(found[-1] / "pg_ctl"), "-D", str(folder / "cluster"), "-w"]
        _run(control, "initdb", "-o", "-U postgres -A trust -E UTF8 --locale=C.UTF-8", cwd=folder)
        options = f"-p {port} -h 127.0.0.1 -k {folder} -c max_connections=200"
        _run(control, "-o", options, "-l", str(folder / "log"), "start", cwd=folder)
        try:
            yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
        finally:
            _run(control, "-m", "immediate", "stop", cwd=folder)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _as_server_account(folder: Path) -> list[str]:
    """Give the folder to the account that Debian made for the server, which refuses to run as root."""
    if os.geteuid() != 0:
        return []
    shutil.chown(folder, "postgres")
    return ["runuser", "-u", "postgres", "--"]


def _run(control: list[str], *arguments: str, cwd: Path) -> None:
    with (cwd / "output").open("a") as output:
        subprocess.run([*control, *arguments], check=True, cwd=cwd, stdout=output, stderr=output)
