"""Coverage-guided fuzzing of the readers; not a test: atheris is no dependency of the project.

    python -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install atheris lxml
    /tmp/fuzz/bin/python tests/tender_parsers/fuzz_with_atheris.py FORMAT CORPUS -max_total_time=600

FORMAT is a folder of `fixtures/`, or `bytes`; CORPUS a folder that keeps what reached new code. Half of the inputs are
bytes as libFuzzer makes them, half a fixture spoilt as `mutation.py` does. What raises anything but a refusal is written
to `crash-…`: make it small, mend the reader, and keep the file in `fixtures/found/`.
"""

import sys
from pathlib import Path
from random import Random

import atheris

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

with atheris.instrument_imports(include=["tender_parsers"]):
    from mutation import SEEDS, hold, spoil

FORMAT = sys.argv.pop(1)
CHOSEN = [path.read_bytes() for path in SEEDS if path.parent.name == FORMAT]


def read(data: bytes) -> None:
    """One input: its first byte says whether the rest is the file, or the dice by which a fixture is spoilt."""
    if CHOSEN and data[:1] < b"\x80":
        random = Random(bytes(data))
        hold(spoil(random.choice(CHOSEN), random, CHOSEN))
    else:
        hold(data[1:])


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
