"""Databases that can't be used: one sentence each, the file left alone, no password in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from bot.store import Store, StoreError, open_store
from bot.store.failures import CROWDED, FULL, sentence
from bot.turn.outcome import Outcome, Saved
from tests.postgres import Server


@pytest.mark.parametrize("content", [b"no database", b"x" * 5000, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_database_is_named_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "shenbao.db"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="已损坏"):
        open_store(f"sqlite:///{path}")
    assert path.read_bytes() == content


def test_damage_in_the_middle_is_found_by_looking(tmp_path: Path) -> None:
    path = tmp_path / "data" / "shenbao.db"
    store = open_store(f"sqlite:///{path}")
    for number in range(50):
        store.commit(store.load(str(number)), Outcome({"text": "x" * 3000}))
    store.examine()
    store.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:40960] + b"\xa5" * 40960 + whole[81920:])
    damaged = open_store(f"sqlite:///{path}")
    with pytest.raises(StoreError, match="已损坏"):
        damaged.examine()
    damaged.close()


def test_a_folder_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="SHENBAO_DATA"):
        open_store(f"sqlite:///{tmp_path / 'file' / 'shenbao.db'}")
    (tmp_path / "folder.db").mkdir()
    with pytest.raises(StoreError, match="打不开"):
        open_store(f"sqlite:///{tmp_path / 'folder.db'}")


@pytest.mark.parametrize("address", ["what", "postgresql://nobody:hush@127.0.0.1:1/none", "oracle://x/y"])
def test_an_address_that_leads_nowhere_is_one_sentence(address: str) -> None:
    assert "hush" not in refused(address)


def refused(address: str) -> str:
    """The sentence an address is refused with."""
    with pytest.raises(StoreError) as caught:
        open_store(address)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_what_is_wrong_with_a_server_is_told_apart(postgres: Server) -> None:
    assert "连不上" in refused("postgresql://nobody@127.0.0.1:1/none")
    assert "没有这个数据库" in refused(postgres.address("nowhere"))
    assert "用户或密码" in refused(postgres.address("postgres", user="nobody"))


@pytest.fixture
def reader(postgres: Server) -> Iterator[str]:
    """The address of a database as one who may connect and nothing else sees it."""
    postgres.execute("CREATE ROLE reader LOGIN")
    try:
        with postgres.database() as fresh:
            yield fresh.replace("postgres@", "reader@")
    finally:
        postgres.execute("DROP ROLE reader")


def test_a_user_without_rights_and_a_server_that_only_reads_are_told(reader: str, postgres: Server) -> None:
    assert "权限不够" in refused(reader)
    with postgres.database() as fresh:
        store = open_store(fresh)
        postgres.execute(f"ALTER DATABASE {make_url(fresh).database} SET default_transaction_read_only = on")
        store.close()
        assert store.load("a") == Saved("a")
        with pytest.raises(StoreError, match="只能读"):
            store.commit(Saved("a"), Outcome({}))
        store.close()


class RefusalError(Exception):
    """An error as the driver has it, of a kind that is hard to bring about."""

    def __init__(self, code: str) -> None:
        super().__init__("could not extend file: No space left on device")
        self.sqlstate = code


@pytest.mark.parametrize(("code", "line"), [("53100", FULL), ("53300", CROWDED), ("XX000", "数据库出错（XX000）")])
def test_codes_of_the_server_become_sentences(code: str, line: str) -> None:
    url: Any = make_url("postgresql://u:hush@h/d")
    told = sentence(url, OperationalError("INSERT", {}, RefusalError(code)))
    assert told.startswith(line)
    assert "hush" not in told


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = open_store(address)
    yield opened
    opened.close()


ODD = "甲\x00乙\ud83d𠮷"


def test_names_no_database_takes_are_kept_apart_and_come_back(store: Store) -> None:
    for chat in (ODD, "甲\x00", "甲\x01", "甲"):
        store.commit(store.load(chat), Outcome({"chat": chat}, consented="x"), ODD)
    assert store.load(ODD).state == {"chat": ODD}
    assert store.load("甲\x00").state == {"chat": "甲\x00"}
    assert store.load("甲").state == {"chat": "甲"}
