"""MPDI: a toolkit and clause library for sustainable, innovative and SME-friendly public procurement."""

import os

__version__ = "0.1.0"

# Before anything imports numpy, in portal, workers and commands alike: the threads of its matrix library wait for each
# other where the processors are busy, and a suggestion takes three to five times as long. Who sets a number keeps it.
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
