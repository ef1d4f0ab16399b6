"""LibreOffice from a private profile: one call for many files."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

PACKAGE = "libreoffice-writer-nogui"


def program() -> str:
    """The path of soffice; where it is absent the test is skipped by name, and fails in CI."""
    found = shutil.which("soffice")
    if found is None:
        message = f"soffice is not there: apt-get install {PACKAGE}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return found


def convert(files: Sequence[Path], form: str, target: Path, timeout: int = 180) -> None:
    """Convert all files in one call into a folder; every file must come out."""
    profile = (target.parent / "profile").as_uri()
    subprocess.run(
        [
            program(),
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(target),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=timeout,
    )
    lost = [path.name for path in files if not (target / f"{path.stem}.{form}").is_file()]
    assert not lost, f"LibreOffice did not convert {lost}"
