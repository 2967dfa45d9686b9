"""A backup made from either database while it is used, put back into either, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.process.lock import only_one
from bot.running.backup import MANIFEST, BackupError, back_up, restore
from bot.store import Sent, Store, StoreError, Update, open_store
from bot.store.transfer import rows_of
from bot.turn.outcome import DraftStep, Outcome, Post, Work
from knowledge.library.holdings import Document, Scope
from knowledge.library.passages import Passage
from tests.commands import shenbao
from tests.postgres import Server
from tests.store import old

SOURCE = ("telegram", "7")
DATE = "2031-02-03"


def filled(address: str) -> Store:
    """A store with something of everything in it."""
    store = open_store(address)
    store.inbox.receive(SOURCE, [Update(2**40, "tg:5", {"text": "甲\x00\ud83d"}), Update(6, "tg:6", {})])
    taken = store.take(SOURCE, "tg:5")
    assert taken
    step = DraftStep({"lead": "甲"}, [{"set": "甲"}, {"set": "乙"}], "yunxi_2031")
    work = Work(taken[0].id, "telegram", (Post("tg:5", {"text": "1"}), Post("tg:5", {"text": "2"})))
    store.commit(taken[1], Outcome({"n": 1.5}, draft=step, consented="x"), "人\x00", work)
    letter = store.outbox.take("telegram", "tg:5")
    assert letter
    store.outbox.take("telegram", "tg:5", Sent(letter.id, "m1"))
    document = Document("d1", Scope("", "yunxi"), "解读", "a.md", "v")
    store.documents.add(document, [Passage(f"p{n}", "一", "原文\ud83d", "解读") for n in range(1200)])
    return store


def folder(path: Path) -> Path:
    """A data folder with files of both kinds: those to be kept and caches."""
    for name in (
        "exports/0a/申报书 第1版.docx",
        "index/x.sqlite",
        "chroma-1.5/chroma.bin",
        "uploads/1/a.docx",
        "running.lock",
    ):
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(name.encode() * 1000)
    return path


def dump(store: Store) -> dict[str, list[dict[str, Any]]]:
    with rows_of(store.engine) as tables:
        return {name: [dict(zip(columns, row, strict=True)) for row in rows] for name, columns, rows in tables}


def test_what_was_backed_up_is_there_again_on_either_database(address: str, elsewhere: str, tmp_path: Path) -> None:
    store, data = filled(address), folder(tmp_path / "data")
    file = tmp_path / "b.zip"
    counted = back_up(store, data, file)
    assert (counted.rows["conversations"], counted.rows["passages"], counted.files) == (1, 1200, 1)
    assert file.stat().st_mode & 0o077 == 0
    other = open_store(elsewhere)
    there = tmp_path / "elsewhere"
    assert restore(other, there, file) == counted
    before, after = dump(store), dump(other)
    for row in before["outbox"]:
        row["state"] = "sending" if row["state"] == "queued" else row["state"]
    assert after == before
    assert sorted(str(one.relative_to(there)) for one in there.rglob("*.docx")) == ["exports/0a/申报书 第1版.docx"]
    assert not list(there.glob("*.part"))
    goes_on(other)
    store.close()
    other.close()


def goes_on(store: Store) -> None:
    """What waited is handled, and new rows get numbers of their own."""
    letter = store.outbox.take("telegram", "tg:5")
    while letter and letter.wait:
        store.leases.release()
        letter = store.outbox.take("telegram", "tg:5") if letter.mine else None
    assert store.inbox.chats(SOURCE) == ["tg:6"]
    assert store.inbox.receive(SOURCE, [Update(2**40, "tg:5", {}), Update(7, "tg:5", {})]) == {7}
    store.commit(store.load("tg:5"), Outcome({"n": 2}, consented="y"), "u")
    store.finish(Work(None, "telegram", [Post("tg:9", {"text": "3"})]))
    assert store.load("tg:5").state == {"n": 2}


def test_a_store_that_holds_something_is_replaced_only_when_told(address: str, tmp_path: Path) -> None:
    store = filled(address)
    file = tmp_path / "b.zip"
    back_up(store, tmp_path / "none", file)
    store.commit(store.load("tg:5"), Outcome({"n": 9}))
    with pytest.raises(StoreError, match="--replace"):
        restore(store, tmp_path, file)
    assert store.load("tg:5").state == {"n": 9}
    restore(store, tmp_path, file, replace=True)
    assert store.load("tg:5").state == {"n": 1.5}
    store.close()


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


def emptied(file: Path) -> None:
    file.write_bytes(b"PK")


def flipped(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 3] ^= 0xFF
    file.write_bytes(content)


def rewritten(**changes: Any) -> Callable[[Path], None]:
    """The file with another manifest."""

    def change(file: Path) -> None:
        with zipfile.ZipFile(file) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        manifest = json.loads(members[MANIFEST])
        with zipfile.ZipFile(file, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, json.dumps({**manifest, **changes}) if name == MANIFEST else content)

    return change


DAMAGE: dict[str, tuple[Callable[[Path], None], str]] = {
    "cut": (cut, "损坏"),
    "flipped": (flipped, "损坏|不是申报助手的备份"),
    "none": (emptied, "不是备份"),
    "other": (rewritten(sha256={"../../x": "0"}), "损坏"),
    "newer format": (rewritten(format=99), "请升级程序"),
    "newer": (rewritten(revision="9001"), "请升级程序"),
    "foreign": (lambda file: zipfile.ZipFile(file, "w").close(), "不是申报助手的备份"),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_backup_that_is_damaged_or_foreign_changes_nothing(tmp_path: Path, damage: str) -> None:
    store = filled(f"sqlite:///{tmp_path / 'data' / 'x.db'}")
    file = tmp_path / "b.zip"
    back_up(store, tmp_path / "none", file)
    before = dump(store)
    break_, sentence = DAMAGE[damage]
    break_(file)
    with pytest.raises((BackupError, StoreError), match=sentence):
        restore(store, tmp_path / "data", file, replace=True)
    assert dump(store) == before
    store.close()


def test_rows_that_do_not_fit_change_nothing(address: str, tmp_path: Path) -> None:
    store = filled(address)
    file = tmp_path / "b.zip"
    back_up(store, tmp_path / "none", file)
    before = dump(store)
    rewritten(revision="0001")(file)
    with pytest.raises((BackupError, StoreError)):
        restore(store, tmp_path / "data", file, replace=True)
    assert dump(store) == before
    store.close()


def test_a_backup_of_an_older_revision_is_brought_along(bare: str, elsewhere: str, tmp_path: Path) -> None:
    """As the program of revision 0001 would have made it: without the columns that came later."""
    old.make(bare, 3)
    store, file = open_store(bare), tmp_path / "b.zip"
    back_up(store, tmp_path / "none", file)
    with zipfile.ZipFile(file) as archive:
        manifest = json.loads(archive.read(MANIFEST))
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest["revision"] = "0001"
    for table in ("inbox", "outbox"):
        keep = [one for one in manifest["columns"][table] if one not in ("holder", "until")]
        rows = [json.loads(line) for line in members[f"tables/{table}"].splitlines()]
        members[f"tables/{table}"] = b"".join(json.dumps(row[: len(keep)]).encode() + b"\n" for row in rows)
        manifest["columns"][table] = keep
        manifest["sha256"][f"tables/{table}"] = hashlib.sha256(members[f"tables/{table}"]).hexdigest()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in {**members, MANIFEST: json.dumps(manifest).encode()}.items():
            archive.writestr(name, content)
    other = open_store(elsewhere)
    restore(other, tmp_path, file)
    assert other.load("tg:5").state == {"n": 1}
    assert other.take(SOURCE, "tg:5")
    store.close()
    other.close()


def test_a_server_in_use_is_not_restored_over(postgres: Server, tmp_path: Path) -> None:
    with postgres.database() as address:
        store = filled(address)
        back_up(store, tmp_path / "none", tmp_path / "b.zip")
        assert store.leases.hold("poll")
        with pytest.raises(StoreError, match="先停掉"):
            restore(store, tmp_path, tmp_path / "b.zip", replace=True)
        store.leases.release()
        restore(store, tmp_path, tmp_path / "b.zip", replace=True)
        store.close()


def test_one_command_each(tmp_path: Path, elsewhere: str) -> None:
    line = json.dumps({"chat": "a", "text": "写申报书"})
    shenbao("chat", "--jsonl", given=line, data=tmp_path)
    told = shenbao("backup", "b.zip", data=tmp_path)
    assert (told.returncode, "备份好了" in told.stdout, "1 个会话" in told.stdout) == (0, True, True)
    with only_one(tmp_path):
        assert shenbao("restore", "b.zip", data=tmp_path).returncode == 2
    refused = shenbao("restore", "b.zip", data=tmp_path)
    assert (refused.returncode, "--replace" in refused.stderr) == (2, True)
    there = shenbao("restore", "b.zip", data=tmp_path, SHENBAO_DATABASE_URL=elsewhere)
    assert (there.returncode, "恢复好了" in there.stdout) == (0, True), there.stderr
    assert shenbao("restore", "none.zip", data=tmp_path).returncode == 2
    assert shenbao("backup", "no/such/folder.zip", data=tmp_path).returncode == 2
