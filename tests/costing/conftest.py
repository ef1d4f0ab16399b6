"""What the tests of life-cycle cost share."""

import sys
from pathlib import Path

# Under --import-mode=importlib, helpers beside the tests are not importable of themselves.
for place in (".", "../specifications"):
    sys.path.insert(0, str((Path(__file__).parent / place).resolve()))
