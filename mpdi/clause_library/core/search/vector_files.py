"""Vectors on disk: npz files written whole and moved into place, so that a reader never sees half of one."""

import os
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

Arrays = dict[str, "np.ndarray[Any, Any]"]
_UNREADABLE = (OSError, ValueError, KeyError, EOFError, AttributeError, zipfile.BadZipFile, zlib.error)
"""A file that is no archive, half of one, or one array without names."""


def write_vectors(path: Path, arrays: Mapping[str, "np.ndarray[Any, Any]"]) -> None:
    """Write arrays into one file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(descriptor, "wb") as file:
            np.savez(file, **dict(arrays))  # type: ignore[arg-type]
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_vectors(path: Path) -> Arrays | None:
    """Return the arrays of a file; None when it is missing or damaged: it is only a cache."""
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except _UNREADABLE:
        return None
