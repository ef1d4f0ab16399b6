"""LibreOffice, run from a private profile, for the tests that need it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Under --import-mode=importlib, helpers beside the tests are not importable of themselves.
sys.path.insert(0, str(Path(__file__).parent))

PACKAGE = "libreoffice-writer-nogui"


@pytest.fixture
def soffice(tmp_path):
    """``convert(data, form) -> bytes``: skipped where LibreOffice is absent, failed in CI."""
    program = shutil.which("soffice")
    if program is None:
        message = f"soffice is not there: apt-get install {PACKAGE}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)

    def convert(data: bytes, form: str) -> bytes:
        source = tmp_path / "source.docx"
        source.write_bytes(data)
        target = tmp_path / form
        profile = (tmp_path / "profile").as_uri()
        subprocess.run(
            [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "--outdir", str(target),
             str(source)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        return Path(target / f"source.{form}").read_bytes()

    return convert
