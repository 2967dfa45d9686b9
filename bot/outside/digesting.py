"""A file that somebody sent for their bureau's shelf, read within the bounds of any document."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from bot.desk.display_names import plain
from bot.desk.life import MEGA
from bot.desk.materials.life import ALL_PASSAGES, LARGEST, PASSAGES, Material, Stocked, Words, titled
from bot.desk.papers import Digest, Digested
from bot.turn.wording import say
from knowledge.library.intake.accepting import Said, Taken, take
from knowledge.library.intake.content import Piece, UnreadableError
from knowledge.library.intake.formats import kind_of

LETTERS: Final = 1_000_000
NOTES: Final = 6


def digested(asked: Digest, file: Path | None) -> Digested:
    """The document in a file; too large or known, it isn't opened."""
    if file is None:
        return Digested(asked, "", why=say("mail.nothing"))
    try:
        size = file.stat().st_size
        content = file.read_bytes() if size <= LARGEST else b""
    except OSError:
        return Digested(asked, file.name, why=say("mail.nothing"))
    if size > LARGEST:
        return Digested(asked, file.name, why=say("stock.large", most=LARGEST // MEGA))
    mark, stock = hashlib.sha256(content).hexdigest(), asked.asked.seen
    if why := _known(mark, stock):
        return Digested(asked, file.name, why=why)
    try:
        made = _made(file, asked.words, stock)
    except UnreadableError as error:
        return Digested(asked, file.name, why=f"{error}。")
    return Digested(asked, file.name, replace(made, size=size, hash=mark, file=b64encode(content).decode()))


def _known(mark: str, stock: Stocked) -> str:
    """Why a file with that hash isn't taken: it is kept already; empty for one that isn't."""
    same = next((one for one in stock.items if one.hash == mark), None)
    if same:
        return say("stock.known", number=same.number)
    return say("stock.shelved") if mark in stock.held else ""


def _made(file: Path, words: Words, stock: Stocked) -> Material:
    """The document with its pieces; UnreadableError in one sentence when there is none, or too much of it."""
    if kind_of(file) == "jsonl":
        # Ready passages name their own sources, which is for whoever runs the program.
        raise UnreadableError(say("stock.kinds"))
    taken = take(file, Said(title=words.title, dated=_day(words.dated), valid_until=_day(words.valid_until)))
    pieces = _pieces(taken)
    if len(pieces) > PASSAGES or sum(len(one.text) for one in pieces) > LETTERS:
        raise UnreadableError(say("stock.long", most=PASSAGES))
    if stock.passages + len(pieces) > ALL_PASSAGES:
        raise UnreadableError(say("stock.crowded", count=stock.passages, most=ALL_PASSAGES))
    found, notes = taken.document, tuple(plain(one, 120) for one in taken.notes[:NOTES])
    title = titled(found.title) or titled(file.stem) or say("filed.unnamed")
    days = (found.dated.isoformat() if found.dated else "", words.valid_until)
    return Material(0, title, plain(file.name, 80), plain(found.issuer), *days, "pending",
                    passages=len(pieces), notes=notes, pieces=pieces)  # fmt: skip


def _pieces(taken: Taken) -> tuple[Piece, ...]:
    return tuple(Piece(one.locator, one.text, tuple(one.ways[1:])) for one in taken.passages)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
