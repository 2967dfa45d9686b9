"""What a database refuses is logged without what people wrote."""

from __future__ import annotations

import io
import logging

import pytest
from sqlalchemy.exc import IntegrityError

from bot.process.logs import set_up
from bot.store import open_store
from bot.store.connection import writing
from bot.store.tables import consents, conversations

CANARY = "金丝雀联系人"


@pytest.mark.parametrize(
    ("table", "row"),
    [
        (conversations, {"chat": CANARY, "version": 1, "state": CANARY, "updated": 1.0}),
        (consents, {"chat": CANARY, "who": CANARY, "version": None, "at": 1.0}),
    ],
)
def test_a_refused_row_is_in_no_log(address: str, table: object, row: dict[str, object]) -> None:
    stream, root = io.StringIO(), logging.getLogger()
    before = root.handlers[:], root.level
    set_up((), logging.DEBUG, stream)
    store = open_store(address)
    try:
        with pytest.raises(IntegrityError) as refused, writing(store.engine) as connection:
            for _ in range(2):
                connection.execute(table.insert().values(row))  # type: ignore[attr-defined]
        logging.getLogger("bot").error("failed: %s", refused.value, exc_info=refused.value)
    finally:
        store.close()
        root.handlers[:], root.level = before
    assert "IntegrityError" in stream.getvalue() and CANARY not in stream.getvalue()
