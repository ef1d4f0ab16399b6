"""What the tests of monitoring share lies beside them."""

import sys
from pathlib import Path

import pytest

from mpdi.monitoring.detection import DetectionRules, read_detection_rules

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="session")
def rules() -> DetectionRules:
    """The rules that ship with MPDI."""
    return read_detection_rules()
