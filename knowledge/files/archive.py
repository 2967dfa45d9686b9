"""Look at an Office file before anything opens it; what is wrong comes back as a word, callers make the sentence."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

Fault = Literal["damaged", "locked", "huge", "odd", "macros", "macro_type", "objects", "links"]

SIZE: Final = 50 * 1024 * 1024
ENTRIES: Final = 2000
PART: Final = 32 * 1024 * 1024
TOTAL: Final = 128 * 1024 * 1024
RATIO: Final = 100
SMALL: Final = 1024 * 1024  # a part this small may be as compressible as it likes
LINKS: Final = 2 * 1024 * 1024  # no honest file has a longer list of links
MACROS: Final = ("vbaproject.bin", "vbadata.xml")
EMBEDDED: Final = ("activex/", "embeddings/oleobject")
RELATION = re.compile(rb"<(?:\w+:)?relationship\b[^>]*>", re.IGNORECASE)
EXTERNAL = re.compile(rb"targetmode\s*=\s*[\"']external[\"']", re.IGNORECASE)
HYPERLINK = re.compile(rb"type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
# Word notes which template a file was made from; one on the writer's own disk is never fetched.
TEMPLATE = re.compile(rb"type\s*=\s*[\"'][^\"']*/attachedtemplate[\"']", re.IGNORECASE)
LOCAL = re.compile(rb"target\s*=\s*[\"'](?:file:///[a-z](?::|%3a)|[a-z]:|[\w%. -]+[\"'])", re.IGNORECASE)


@dataclass(frozen=True)
class Looked:
    """What an archive shows from outside: what forbids opening it, None if nothing, and its parts' names."""

    fault: Fault | None
    names: tuple[str, ...] = ()


def look(path: Path, *, linked: bool = False) -> Looked:
    """The fault of an Office file and the names of its parts in small letters; it never raises for what is inside.

    Parts to be fetched from elsewhere are no fault where they may be `linked`.
    """
    try:
        if path.stat().st_size > SIZE:
            return Looked("huge")
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            names = tuple(entry.filename.lower() for entry in entries)
            inside = (_inside(archive, one) for one in entries)
            found = _fault(entries, names) or next(
                (one for one in inside if one and not (linked and one == "links")), None
            )
            return Looked(found, names)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
        return Looked("damaged")
    except Exception:  # a decompressor has errors of its own (zlib, lzma), and they are no base of each other
        return Looked("damaged")


def _fault(entries: list[zipfile.ZipInfo], names: tuple[str, ...]) -> Fault | None:
    if any(entry.flag_bits & 1 for entry in entries):
        return "locked"
    if _is_bomb(entries):
        return "huge"
    if len(set(names)) < len(names) or any(_is_escape(name) for name in names):
        return "odd"
    if any(name.endswith(MACROS) for name in names):
        return "macros"
    return "objects" if any(one in name for name in names for one in EMBEDDED) else None


def _is_bomb(entries: list[zipfile.ZipInfo]) -> bool:
    sizes = [entry.file_size for entry in entries]
    swollen = any(one.file_size > SMALL and one.file_size > RATIO * max(1, one.compress_size) for one in entries)
    return len(entries) > ENTRIES or max(sizes, default=0) > PART or sum(sizes) > TOTAL or swollen


def _is_escape(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _inside(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Fault | None:
    """Document types are where entity bombs live, and Office writes none; macro types count even without macros."""
    name = entry.filename.lower()
    if not name.endswith((".xml", ".rels")):
        return None
    with archive.open(entry) as part:
        head = part.read(LINKS if name.endswith(".rels") else 4096).replace(b"\0", b"")
    if b"<!doctype" in head.lower():
        return "odd"
    if name == "[content_types].xml" and b"macroenabled" in head.lower():
        return "macro_type"
    return "links" if name.endswith(".rels") and _fetches(head) else None


def _fetches(relations: bytes) -> bool:
    """True when opening the file would fetch something: an external part that is no link to click, no own template."""
    external = (found for found in RELATION.findall(relations) if EXTERNAL.search(found))
    return any(not HYPERLINK.search(one) and not (TEMPLATE.search(one) and LOCAL.search(one)) for one in external)
