"""Cases of life-cycle cost: the samples beside the tests are importable; the reference cases where they are."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

# Under --import-mode=importlib, helpers beside the tests are not importable of themselves.
sys.path.insert(0, str(Path(__file__).parent.resolve()))


@pytest.fixture(scope="session")
def cases() -> dict[str, dict[str, Any]]:
    """The published and independently computed cases, by identifier; without them skipped by name, in CI failed."""
    given = os.environ.get("MPDI_REFERENCE_DATA")
    if given and (Path(given) / "lcc-cases.json").is_file():
        listed = json.loads((Path(given) / "lcc-cases.json").read_text(encoding="utf-8"))["cases"]
        return {case["id"]: case for case in listed}
    message = "needs MPDI_REFERENCE_DATA, a folder with lcc-cases.json"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
