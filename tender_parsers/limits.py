"""How much a reader takes from a file it does not know."""

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one input; each is refused by name when passed. The largest real notice met has 2.8 MB and depth 20."""

    document_bytes: int = 64 * MEBIBYTE
    """Of one document held in memory (XML, single JSON object), once unpacked."""
    stream_bytes: int = 16 * 1024 * MEBIBYTE
    """Of one file read by blocks (JSON array, JSON Lines, package, CSV), once unpacked."""
    object_bytes: int = 64 * MEBIBYTE
    """Of one object within a file read by blocks."""
    depth: int = 200
    """Of elements or objects within one another (libxml2 itself stops at 256)."""
    members: int = 2_000_000
    """Of one archive."""
    archive_bytes: int = 64 * 1024 * MEBIBYTE
    """Of all members of one archive together, once unpacked."""
    nesting: int = 3
    """Of archives within archives."""
    ratio: int = 250
    """Unpacked to packed bytes, looked at beyond `ratio_from` (real notices reach 40)."""
    ratio_from: int = 8 * MEBIBYTE


DEFAULT_LIMITS = Limits()
