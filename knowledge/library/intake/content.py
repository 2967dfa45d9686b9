"""What a reader makes of a file: paragraphs and tables in order."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.library.holdings import LibraryError

Row = tuple[str, ...]


class UnreadableError(LibraryError):
    """A document that can't be read; the text is a Chinese sentence without the file's name."""


@dataclass(frozen=True)
class Block:
    """A paragraph, or with `rows` a table; `level` is 1 to 6 for a heading, `name` what a sheet is called."""

    text: str = ""
    level: int = 0
    rows: tuple[Row, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class Content:
    """A document as read: its blocks, what it says of itself, and what the person should know about the reading."""

    blocks: tuple[Block, ...]
    title: str = ""
    issuer: str = ""
    date: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Piece:
    """A part of a document that is found as one: its place, its exact text, the headings above it."""

    locator: str
    text: str
    headings: tuple[str, ...] = ()


def one_line(text: str) -> str:
    """A text with every run of white space made one blank."""
    return re.sub(r"\s+", " ", text).strip()
