"""Words that systems write where a number or a name is demanded and none exists: they name nothing.

Each with the reason why it is here. Data: met in published notices, or the same word of another language of ours.
"""

import re
from collections.abc import Mapping

PLACEHOLDERS: Mapping[str, str] = {
    "n.a.": "publication number in national notices of Norway, which appear in no journal that numbers them",
    "n.a": "the same without its last stop",
    "n/a": "the same, written with a stroke",
    "n/a.": "the same, written with a stroke and a stop",
    "na": "the same without signs",
    "nvt": "niet van toepassing",
    "n.v.t.": "niet van toepassing",
    "n.v.t": "niet van toepassing",
    "s.o.": "sans objet",
    "s/o": "sans objet",
    "sans objet": "French: does not apply",
    "niet van toepassing": "Dutch: does not apply",
    "not applicable": "English: does not apply",
    "none": "English, and what Python writes for nothing",
    "null": "what JSON and databases write for nothing",
    "nil": "English: nothing",
    "nan": "what tables of numbers write for nothing",
    "undefined": "what JavaScript writes for nothing",
    "unknown": "English: not known",
    "inconnu": "French: not known",
    "onbekend": "Dutch: not known",
    "aucun": "French: none",
    "geen": "Dutch: none",
    "tbd": "English: to be determined",
    "test": "left by a trial of the publishing system",
}
"""By the word in small letters."""

_SIGNS_AND_NOUGHTS = re.compile(r"[\W_0]*")
"""Empty, a dash, dots, `0`, `0000`, the UUID of noughts only."""


def is_placeholder(name: str | None) -> bool:
    """Whether what stands in the place of a name names nothing."""
    plain = (name or "").strip().casefold()
    return plain in PLACEHOLDERS or _SIGNS_AND_NOUGHTS.fullmatch(plain) is not None
