"""What a desk says itself, as documents of its shelf: searched and answered from as any other document."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Final

from bot.desk.sayings import Saying, Shelved
from bot.store.desk.bound import Bound
from bot.store.desk.record import of
from bot.store.documents import put, struck
from bot.turn.acts import Act
from bot.turn.scope import PROVINCE
from knowledge.library.holdings import ON, Document, Scope
from knowledge.library.passages import Passage

# How the names of documents begin that a desk says itself.
SAID: Final = "@desk/"


def shelve(bound: Bound, act: Act[Shelved]) -> None:
    """Each saying in the place of what stood under its key; one without text takes that away."""
    for saying in act.change.sayings:
        id_ = key_of(bound.scope.bureau, saying.key)
        struck(bound.connection, id_, bound.now)
        if saying.text:
            document = _document(bound.scope.bureau, id_, saying)
            put(bound.connection, document, (_passage(document, saying),), bound.now)


def shelf_of(bureau: str) -> str:
    """The bureau whose shelf a desk writes on; what the province says is everybody's."""
    return "" if bureau == PROVINCE else bureau


def key_of(bureau: str, key: str) -> str:
    """The document's id: one for each bureau and key."""
    return hashlib.sha256(f"desk\0{bureau}\0{key}".encode()).hexdigest()[:12]


def _document(bureau: str, id_: str, saying: Saying) -> Document:
    version = hashlib.sha256(saying.model_dump_json().encode()).hexdigest()
    day, until = date.fromisoformat(saying.dated), saying.valid_until
    last = date.fromisoformat(until) if until else None
    where, name = Scope("", shelf_of(bureau)), f"{SAID}{saying.key}"
    return Document(id_, where, saying.title, name, version, saying.issuer, day, last, saying.voice)


def _passage(document: Document, saying: Saying) -> Passage:
    ways = (saying.title, *saying.questions, *((ON, *saying.points) if saying.points else ()))
    return Passage(f"{document.id}#1", "", saying.text, document.source, saying.voice, ways, (), document.scope.bureau)


CHANGES: Final = (of(Shelved, shelve),)
