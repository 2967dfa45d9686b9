"""A PNG file of rows of pixels, eight bits red, green, blue."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable


def png(wide: int, rows: Iterable[bytes]) -> bytes:
    """The file; every row holds `wide` pixels of three bytes."""
    lines = [b"\0" + row for row in rows]
    head = struct.pack(">IIBBBBB", wide, len(lines), 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in parts)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
