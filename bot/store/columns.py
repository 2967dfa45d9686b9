"""Columns, written as name and type, of types that both databases take whatever people type for."""

from __future__ import annotations

import re
from typing import Any, Final

import sqlalchemy
from sqlalchemy import BigInteger, Column, Dialect, ForeignKey, Integer
from sqlalchemy.types import TypeDecorator, TypeEngine

Kind = TypeEngine[Any] | type[TypeEngine[Any]] | ForeignKey

# No database takes a lone surrogate, PostgreSQL takes no NUL.
ODD: Final = re.compile(r"[\0\ud800-\udfff]")

# SQLite numbers rows by itself only in a column of type INTEGER.
RowId: Final = BigInteger().with_variant(Integer, "sqlite")


class Text(TypeDecorator[str]):
    """Text of any content; a character no database takes is kept as � and its number, so that two stay two."""

    impl = sqlalchemy.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The value as it is stored and compared with."""
        return None if value is None else stored(value)


def stored(value: str) -> str:
    """A text as its column holds it, to be compared with what came out of one."""
    return ODD.sub(lambda odd: f"\ufffd{ord(odd[0]):x}", value) if ODD.search(value) else value


def keys(**kinds: Kind) -> list[Column[Any]]:
    """Columns that together are the key."""
    return [Column(name, kind, primary_key=True) for name, kind in kinds.items()]


def columns(**kinds: Kind) -> list[Column[Any]]:
    """Columns that always hold something."""
    return [Column(name, kind, nullable=False) for name, kind in kinds.items()]


def maybe(**kinds: Kind) -> list[Column[Any]]:
    """Columns that may hold nothing."""
    return [Column(name, kind) for name, kind in kinds.items()]
