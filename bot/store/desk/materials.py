"""The rows of a bureau's own documents, and what of them stands on its shelf."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import Row, select

from bot.desk.life import Doer
from bot.desk.materials import life
from bot.desk.materials.life import Material
from bot.store.desk.bound import Bound, Condition, Look, value_of
from bot.store.desk.crew import approves, as_seen, clerks
from bot.store.desk.record import noted, of
from bot.store.desk.sayings import SAID, key_of, shelf_of
from bot.store.desk_tables import materials
from bot.store.documents import put, struck
from bot.store.tables import documents
from bot.turn.acts import Act
from bot.turn.ports import StaleError
from bot.turn.wish import Seen, Wish
from knowledge.library.holdings import Document, Scope
from knowledge.library.intake.content import Piece
from knowledge.library.passages import Passage

# Files and what was read of them are large: without them unless one is asked for.
HEAVY: Final = ("file", "pieces")
LIGHT: Final = tuple(one for one in materials.c if one.name not in HEAVY)
READ: Final = (*LIGHT, materials.c.pieces)
GIVEN: Final = ("title", "name", "issuer", "dated", "valid_until", "passages", "size", "hash", "file")
KEPT: Final = (
    "title", "issuer", "dated", "valid_until", "state", "author", "author_name", "approver", "approver_name", "version",
)  # fmt: skip


# ---------------------------------------------------------------- looked at
def stock(seen: Bound, wish: Wish) -> life.Stock:
    """What the scope sees for a wish on documents: of all only those have their pieces that the one meant replaces."""
    item, items = _whole(seen, wish.number), light(seen)
    twins = [old.number for old in life.standing(items, item)] if item and item.may("material_publish") else []
    read = _read(seen, materials.c.number.in_(twins)) if twins else ()
    return life.Stock(item, _with(items, read), clerks=clerks(seen), next=seen.next("materials"))


def with_file(seen: Bound, wish: Wish) -> life.StockFile:
    """The one that is meant, with its file."""
    return life.StockFile(_whole(seen, wish.number, file=True))


def stocked(seen: Bound, _wish: Wish) -> life.Stocked:
    """Every document as far as a new one is compared with it."""
    items = _with(light(seen), _read(seen, materials.c.state == "published"))
    return life.Stocked(None, items, clerks=clerks(seen), next=seen.next("materials"), held=_held(seen))


def _with(items: Sequence[Material], read: Sequence[Material]) -> tuple[Material, ...]:
    """The same, those that were read with what is in them."""
    known = {one.number: one for one in read}
    return tuple(known.get(item.number, item) for item in items)


def light(seen: Bound) -> tuple[Material, ...]:
    """Every document in the order of their numbers, without what is in it."""
    rows = seen.rows(materials, _own(seen), order=(materials.c.number,), only=LIGHT)
    return tuple(map(_material, rows))


def _own(seen: Bound) -> Condition:
    return materials.c.bureau == seen.scope.bureau


def _whole(seen: Bound, number: int, *, file: bool = False) -> Material | None:
    """One document with its pieces, and with its file where that is wanted."""
    columns = tuple(materials.c) if file else READ
    rows = seen.rows(materials, _own(seen), materials.c.number == number, most=1, only=columns)
    return _material(rows[0]) if rows else None


def _read(seen: Bound, which: Condition) -> tuple[Material, ...]:
    """Documents with their pieces."""
    return tuple(map(_material, seen.rows(materials, _own(seen), which, only=READ)))


def _material(row: Row[Any]) -> Material:
    pieces = json.loads(getattr(row, "pieces", "") or "[]")
    read = tuple(Piece(piece["locator"], piece["text"], tuple(piece["headings"])) for piece in pieces)
    return value_of(Material, row, notes=tuple(json.loads(row.notes or "[]")), pieces=read)


def _held(seen: Bound) -> frozenset[str]:
    """The hashes of files on the shelf that the operator put there."""
    shelf = (documents.c.collection == "", documents.c.bureau == shelf_of(seen.scope.bureau))
    query = select(documents.c.version).where(*shelf, documents.c.name.not_like(f"{SAID}%"))
    return frozenset(seen.connection.execute(query).scalars())


# ---------------------------------------------------------------- acts
def new(bound: Bound, act: Act[life.MaterialBegun]) -> None:
    """A document under the number that was shown for it, on no shelf yet."""
    item = act.change.item
    columns = {name: getattr(item, name) for name in GIVEN}
    # JSON in ASCII, because what a file says may hold characters that no database takes as text.
    columns |= {"notes": json.dumps(item.notes), "pieces": json.dumps([asdict(piece) for piece in item.pieces])}
    who = {"author": act.scope.user, "author_name": act.name, "approver": "", "approver_name": ""}
    bound.begin(materials, act.number, state="pending", version=1, made=bound.now, **columns, **who)
    noted(bound, act, f"{item.title} {item.hash[:12]}")


def _kept(bound: Bound, item: Material, made: Material) -> None:
    this = (_own(bound), materials.c.number == item.number, materials.c.version == item.version)
    bound.once(materials, *this, **{name: getattr(made, name) for name in KEPT}, updated=bound.now)


def edited(bound: Bound, act: Act[life.MaterialEdited]) -> None:
    """Other words about it; what is published may only be ended earlier, and is from now on."""
    item = as_seen(act, _whole(bound, act.number))
    if item.state == "published" and not item.narrows(act.change):
        raise StaleError
    made = life.after(item, act.change.kind, Doer(act.scope.user, act.name), act.change)
    _kept(bound, item, made)
    if made.state == "published":
        _shelved(bound, made)
    noted(bound, act, "、".join(act.change.parts))


def step(bound: Bound, act: Act[life.MaterialLed]) -> None:
    """On the shelf or off it at once, or gone with its file: that it was there stays in the record."""
    item, kind = as_seen(act, _whole(bound, act.number)), act.change.kind
    made = life.after(item, kind, Doer(act.scope.user, act.name))
    if kind == "material_drop":
        bound.drop(materials, _own(bound), materials.c.number == item.number)
    else:
        if kind == "material_publish":
            approves(bound, item)
            _made_way(bound, item)
        _kept(bound, item, made)
    if made.state == "published":
        _shelved(bound, made)
    elif item.state == "published":
        struck(bound.connection, _id(bound, item), bound.now)
    noted(bound, act, act.change.detail)


def _made_way(bound: Bound, item: Material) -> None:
    """What stood under its name makes way, and may come back; what a document that comes back takes away may not."""
    # One at a time: of two under one name who are published at once the slower is looked at anew.
    bound.take("shelf", bound.next("shelf"))
    state: life.State = "withdrawn" if item.state == "replaced" else "replaced"
    for twin in life.standing(light(bound), item):
        _kept(bound, twin, replace(twin, state=state, version=twin.version + 1))
        struck(bound.connection, _id(bound, twin), bound.now)


# ---------------------------------------------------------------- the shelf
def _id(bound: Bound, item: Material) -> str:
    return key_of(bound.scope.bureau, f"doc/{item.number}")


def _shelved(bound: Bound, item: Material) -> None:
    """A document among those that are searched: background, of that bureau, and no word of its own."""
    id_ = _id(bound, item)
    version = hashlib.sha256(f"{id_}\0{item.version}\0{item.hash}".encode()).hexdigest()
    where = Scope("", shelf_of(bound.scope.bureau))
    days = _day(item.dated), _day(item.valid_until)
    document = Document(id_, where, item.title, f"{SAID}doc/{item.number}", version, item.issuer, *days, "guide")
    put(bound.connection, document, (_passage(document, piece) for piece in item.pieces), bound.now)


def _passage(document: Document, piece: Piece) -> Passage:
    ways = (document.title, *piece.headings)
    where = document.scope.bureau
    id_ = f"{document.id}#{piece.locator}"
    return Passage(id_, piece.locator, piece.text, document.source, document.authority, ways, (), where)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


CHANGES: Final = (of(life.MaterialBegun, new), of(life.MaterialEdited, edited), of(life.MaterialLed, step))
LOOKS: Final[dict[type[Seen], Look]] = {life.Stock: stock, life.StockFile: with_file, life.Stocked: stocked}
