"""The rows of a bureau's own documents, and what of them stands on its shelf."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final, cast

from sqlalchemy import Row, select
from sqlalchemy.exc import IntegrityError

from bot.desk.entries.life import Doer
from bot.desk.materials.life import Material, Stock, after
from bot.store.desk.bound import Bound, Condition
from bot.store.desk.crew import clerks
from bot.store.desk.record import noted
from bot.store.desk.sayings import SAID, key_of, shelf_of
from bot.store.desk_tables import materials
from bot.store.documents import put, struck
from bot.store.tables import documents
from bot.turn.acts import Act
from bot.turn.ports import StaleError
from bot.turn.wish import Wish
from knowledge.library.holdings import Document, Scope
from knowledge.library.intake.content import Piece
from knowledge.library.passages import Passage

KINDS: Final = (
    "stock", "stocked", "materials", "material", "material_file", "material_publish", "material_withdraw",
    "material_drop", "material_edit",
)  # fmt: skip
# Files and what was read of them are large: without them unless one is asked for.
HEAVY: Final = ("file", "pieces")
LIGHT: Final = tuple(one for one in materials.c if one.name not in HEAVY)
READ: Final = (*LIGHT, materials.c.pieces)
PLAIN: Final = (
    "number", "title", "name", "issuer", "dated", "valid_until", "author", "author_name", "approver", "approver_name",
    "passages", "size", "hash", "version",
)  # fmt: skip
GIVEN: Final = ("title", "name", "issuer", "dated", "valid_until", "passages", "size", "hash", "file")
KEPT: Final = (
    "title", "issuer", "dated", "valid_until", "state", "author", "author_name", "approver", "approver_name", "version",
)  # fmt: skip


# ---------------------------------------------------------------- looked at
def stock(seen: Bound, wish: Wish) -> Stock:
    """What the scope sees for a wish on documents."""
    item = _whole(seen, wish.number, file=wish.kind == "material_file") if wish.number else None
    found = Stock(item, light(seen), clerks(seen), seen.next("materials"))
    if wish.kind == "stocked":
        read = _read(seen, materials.c.state == "published")
        return replace(found, items=_with(found.items, read), held=_held(seen))
    twins = [one.number for one in found.standing(item)] if item and item.may("material_publish") else []
    return replace(found, items=_with(found.items, _read(seen, materials.c.number.in_(twins)))) if twins else found


def _with(items: Sequence[Material], read: Sequence[Material]) -> tuple[Material, ...]:
    """The same, those that were read with what is in them."""
    known = {one.number: one for one in read}
    return tuple(known.get(one.number, one) for one in items)


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
    return Material(
        **{name: getattr(row, name) for name in PLAIN},
        state=cast(Any, row.state),
        notes=tuple(json.loads(row.notes or "[]")),
        pieces=tuple(Piece(one["locator"], one["text"], tuple(one["headings"])) for one in pieces),
        file=getattr(row, "file", ""),
    )


def _held(seen: Bound) -> frozenset[str]:
    """The hashes of files on the shelf that the operator put there."""
    shelf = (documents.c.collection == "", documents.c.bureau == shelf_of(seen.scope.bureau))
    query = select(documents.c.version).where(*shelf, documents.c.name.not_like(f"{SAID}%"))
    return frozenset(seen.connection.execute(query).scalars())


# ---------------------------------------------------------------- acts
def new(bound: Bound, act: Act) -> None:
    """A document under the number that was shown for it, on no shelf yet."""
    given = {name: act.values[name] for name in GIVEN}
    # JSON in ASCII, because what a file says may hold characters that no database takes as text.
    given |= {name: json.dumps(act.values[name]) for name in ("notes", "pieces")}
    who = {"author": act.user, "author_name": act.name, "approver": "", "approver_name": ""}
    bound.take("materials", act.number)
    times = {"made": bound.now, "updated": bound.now}
    try:
        bound.add(materials, number=act.number, state="pending", version=1, **given, **who, **times)
    except IntegrityError as error:
        raise StaleError from error
    noted(bound, act, f"{given['title']} {given['hash'][:12]}")


def _seen(bound: Bound, act: Act) -> Material:
    """The document as the act was decided on; StaleError when it is another by now, or no such thing is done to it."""
    item = _whole(bound, act.number)
    if item is None or item.version != act.was or not item.may(act.kind):
        raise StaleError
    return item


def _led(bound: Bound, act: Act, item: Material, **values: Any) -> Material:
    """The document led on in its life, its row with it."""
    made = after(item, act.kind, Doer(act.user, act.name), **values)
    _kept(bound, item, made)
    return made


def _kept(bound: Bound, item: Material, made: Material) -> None:
    this = (_own(bound), materials.c.number == item.number, materials.c.version == item.version)
    bound.once(materials, *this, **{name: getattr(made, name) for name in KEPT}, updated=bound.now)


def publish(bound: Bound, act: Act) -> None:
    """On the shelf: by somebody else than its author, by whoever works there alone, or by the operator.

    What stood there under its name makes way, and may come back; what a document that comes back takes away may not.
    """
    item = _seen(bound, act)
    if item.own(act.user) and bound.scope.role != "operator" and len(clerks(bound)) > 1:
        raise StaleError
    # One at a time: of two under one name who are published at once the slower is looked at anew.
    bound.take("shelf", bound.next("shelf"))
    for twin in [one for one in light(bound) if one.state == "published" and item.like(one)]:
        state: Any = "withdrawn" if item.state == "replaced" else "replaced"
        _kept(bound, twin, replace(twin, state=state, version=twin.version + 1))
        struck(bound.connection, _id(bound, twin), bound.now)
    _shelved(bound, _led(bound, act, item))
    noted(bound, act, str(act.values.get("detail", "")))


def withdraw(bound: Bound, act: Act) -> None:
    """Off the shelf at once."""
    item = _seen(bound, act)
    _led(bound, act, item)
    if item.state == "published":
        struck(bound.connection, _id(bound, item), bound.now)
    noted(bound, act, str(act.values.get("detail", "")))


def edit(bound: Bound, act: Act) -> None:
    """Other words about it; what is published may only be ended earlier, and is from now on."""
    item = _seen(bound, act)
    if item.state == "published" and not item.narrows(act.values):
        raise StaleError
    made = _led(bound, act, item, **act.values)
    if made.state == "published":
        _shelved(bound, made)
    noted(bound, act, "、".join(act.values))


def drop(bound: Bound, act: Act) -> None:
    """Gone with its file; that it was there stays in the record."""
    item = _seen(bound, act)
    bound.drop(materials, _own(bound), materials.c.number == item.number)
    noted(bound, act, str(act.values.get("detail", "")))


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
    put(bound.connection, document, (_passage(document, one) for one in item.pieces), bound.now)


def _passage(document: Document, piece: Piece) -> Passage:
    ways = (document.title, *piece.headings)
    where = document.scope.bureau
    id_ = f"{document.id}#{piece.locator}"
    return Passage(id_, piece.locator, piece.text, document.source, document.authority, ways, (), where)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


# ---------------------------------------------------------------- people who are gone
def forgotten(seen: Bound, person: str, nobody: str) -> None:
    """Whoever sent or published a document is `nobody`."""
    for name in ("author", "approver"):
        seen.change(materials, materials.c[name] == person, **{name: nobody, f"{name}_name": ""})


ACTS: Final[dict[str, Callable[[Bound, Act], None]]] = {
    "material_new": new, "material_publish": publish, "material_withdraw": withdraw, "material_edit": edit,
    "material_drop": drop,
}  # fmt: skip
