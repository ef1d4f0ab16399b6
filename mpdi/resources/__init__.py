"""Where the data folders are: beside this file when installed, at the root of a checkout otherwise."""

from pathlib import Path
from typing import Literal

from mpdi.exceptions import MpdiError

Folder = Literal["clauses", "examples", "templates", "static"]


class ResourceFolderMissingError(MpdiError):
    """A data folder that ships with MPDI is not where it should be: the installation is incomplete."""


def folder(name: Folder) -> Path:
    """Return the folder of that name; raise `ResourceFolderMissingError` when the installation lacks it."""
    here = Path(__file__).resolve().parent
    for candidate in (here / name, here.parent.parent / name):
        if candidate.is_dir():
            return candidate
    raise ResourceFolderMissingError(
        f"The folder “{name}” is missing: install MPDI again, or run it from a whole checkout."
    )
