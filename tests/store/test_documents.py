"""Documents and their passages on both databases: in whole or not at all, the newer in place of the older."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.store import Store, open_store
from bot.store.documents import CHUNK
from knowledge.library.holdings import Document, Scope
from knowledge.library.passages import Passage

SCOPE = Scope("", "yunxi")


def document(id_: str, name: str = "a.md", **more: object) -> Document:
    base: dict[str, object] = {"scope": SCOPE, "title": "解读\x00\ud83d", "version": id_, "dated": date(2031, 2, 3)}
    return Document(id=id_, name=name, **(base | more))  # type: ignore[arg-type]


def passages(count: int, text: str = "原文") -> list[Passage]:
    return [Passage(f"p{n}", f"第{n}条", f"{text}{n}", "解读", "guide", ("别的\ud83d问法",)) for n in range(count)]


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = open_store(address, lambda: 5_000_000_000.0)
    yield opened
    opened.close()


def test_what_was_added_comes_back_in_order_however_long(store: Store) -> None:
    assert store.documents.add(document("d1"), iter(passages(CHUNK + 5))) == ()
    kept = list(store.documents.passages("d1"))
    assert [one.id for one in kept] == [f"p{n}" for n in range(CHUNK + 5)]
    assert (kept[7].text, kept[7].bureau, kept[7].authority) == ("原文7", "yunxi", "guide")
    (listed,) = store.documents.all()
    assert (listed.passages, listed.document.dated, listed.document.title[:2]) == (CHUNK + 5, date(2031, 2, 3), "解读")
    assert store.documents.scopes() == (SCOPE,)


def test_the_newer_takes_the_place_of_the_older_and_the_revision_grows(store: Store) -> None:
    revisions = [store.documents.revision(SCOPE)]
    for id_, name in (("d1", "a.md"), ("d2", "a.md"), ("d3", "b.md")):
        store.documents.add(document(id_, name), passages(2))
        revisions.append(store.documents.revision(SCOPE))
    assert [one.document.id for one in store.documents.documents(SCOPE)] == ["d2", "d3"]
    assert list(store.documents.passages("d1")) == []
    assert store.documents.remove("d2")
    assert store.documents.remove("d2") is None
    revisions.append(store.documents.revision(SCOPE))
    assert revisions == sorted(set(revisions))
    assert revisions[1] == 5_000_000_000


def test_one_that_breaks_off_leaves_nothing(store: Store) -> None:
    def broken() -> Iterator[Passage]:
        yield from passages(CHUNK + 1)
        raise RuntimeError("the file ends here")

    with pytest.raises(RuntimeError):
        store.documents.add(document("d1"), broken())
    assert (store.documents.all(), store.documents.scopes()) == ((), ())
