"""Cases of life-cycle cost: the samples beside the tests are importable."""

import sys
from pathlib import Path

# Under --import-mode=importlib, helpers beside the tests are not importable of themselves.
sys.path.insert(0, str(Path(__file__).parent.resolve()))
