"""From a file and what the person says of it to a document with its passages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from knowledge.library.holdings import Document, Scope
from knowledge.library.intake import heads
from knowledge.library.intake.content import Block, Content, Piece
from knowledge.library.intake.formats import kind_of
from knowledge.library.intake.reader import read
from knowledge.library.intake.ready import ready
from knowledge.library.intake.splitting import split
from knowledge.library.passages import Authority, Passage

EVERYBODY: Final = Scope()


@dataclass(frozen=True)
class Said:
    """What the person who adds a file says of it; empty where it is to be found in the file."""

    scope: Scope = EVERYBODY
    title: str = ""
    issuer: str = ""
    dated: date | None = None
    valid_until: date | None = None
    authority: Authority = "guide"
    ways: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taken:
    """A document ready to be kept. `passages` may be read while they are kept; `notes` are for the person."""

    document: Document
    passages: Iterable[Passage]
    notes: tuple[str, ...] = ()


def take(path: Path, said: Said) -> Taken:
    """The document in a file; UnreadableError in one sentence when there is none."""
    if kind_of(path) == "jsonl":
        document = _document(path, said, Content((), path.stem))
        return Taken(document, ready(path, document))
    content = read(path)
    document = _document(path, said, content)
    return Taken(document, passages(document, content, said.ways), content.notes)


def passages(document: Document, content: Content, further: tuple[str, ...] = ()) -> tuple[Passage, ...]:
    """The passages of a document's content, found by their text, the headings above them, the title and `further`."""
    blocks = content.blocks
    if blocks and blocks[0].text == document.title and blocks[0].level <= 1 and len(blocks) > 1:
        blocks = blocks[1:]
    return tuple(_passage(document, piece, further) for piece in split(blocks))


def _passage(document: Document, piece: Piece, further: tuple[str, ...]) -> Passage:
    ways = (document.title, *piece.headings, *further)
    id_ = f"{document.id}#{piece.locator}"
    where = document.scope.bureau
    return Passage(id_, piece.locator, piece.text, document.source, document.authority, ways, (), where)


def _document(path: Path, said: Said, content: Content) -> Document:
    issuer, dated = heads.issued(_foot(content.blocks))
    name = re.sub(r"[\x00-\x1f\x7f]", "", path.name.encode("utf-8", "replace").decode())[:200]
    scope = said.scope
    identity = "\0".join((scope.collection, scope.bureau, name)).encode("utf-8", "replace")
    found = Document(
        id=hashlib.sha256(identity).hexdigest()[:12],
        scope=scope,
        title=said.title or heads.title_of(content, path.stem),
        name=name,
        version=_digest(path),
        issuer=said.issuer or content.issuer or issuer,
        dated=said.dated or heads.day_in(content.date) or dated,
    )
    return replace(found, valid_until=said.valid_until, authority=said.authority)


def _foot(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Where the issuer signs: before the first attachment, else at the very end."""
    ends = (place for place, block in enumerate(blocks) if re.fullmatch(r"附件\s?\d*", block.text.strip()))
    return blocks[: next((place for place in ends if place > 2), len(blocks))]


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
