"""Vectors on a real Chroma server: it serves the command line, goes away, comes back and is replaced."""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.doctor import OUTSIDE
from bot.process.settings import Settings
from bot.running.doctor import report
from knowledge.library.holdings import Scope
from knowledge.library.meaning import Meaning
from knowledge.library.search import chroma
from knowledge.library.search.chroma_folder import ChromaError
from knowledge.library.search.embeddings import embeddings
from tests.chroma_server import ChromaServer
from tests.commands import rows
from tests.conftest import YUNXI
from tests.core.test_commands import shenbao
from tests.embedder import Embedder
from tests.library.shelf import Memory, document

ALL = Scope()
NEAR = {"q": "红茶冲泡", "collection": "茶"}


@pytest.fixture(scope="module")
def model() -> Iterator[Embedder]:
    with Embedder() as running:
        yield running


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChromaServer]:
    with ChromaServer(tmp_path / "server") as running:
        yield running


def leg(server: ChromaServer, model: Embedder, library: Memory) -> Meaning:
    return Meaning(lambda: chroma.served(server.url, embeddings("hash", model.url), "hash"), library, {}, rest=0)


def found(leg: Meaning, query: str) -> list[str]:
    return [one.passage.id for one in leg.near(query, (ALL,), 5)]


def healed(leg: Meaning, query: str) -> list[str]:
    """What is found once the repair that the first question starts is done."""
    assert found(leg, query) == []
    leg.settle()
    return found(leg, query)


def test_documents_are_added_searched_and_reindexed_by_separate_processes(
    server: ChromaServer, model: Embedder, tmp_path: Path
) -> None:
    (tmp_path / "茶.md").write_text("# 泡茶\n\n红茶要用沸水冲泡。\n\n绿茶要用温水冲泡。\n", "utf-8")
    with_server = {
        "SHENBAO_CHROMA_URL": server.url,
        "SHENBAO_EMBEDDINGS": "hash",
        "SHENBAO_MODEL_URL": model.url,
        "SHENBAO_CALL": str(YUNXI),
    }
    told = shenbao("docs", "add", "茶.md", "--collection", "茶", data=tmp_path, **with_server)
    assert (told.returncode, told.stderr) == (0, "")
    model.asked.clear()
    assert "沸水" in _first(shenbao("search", "--jsonl", given=json.dumps(NEAR), data=tmp_path, **with_server).stdout)
    assert ["红茶冲泡"] in [one["input"] for one in model.asked]
    model.asked.clear()
    assert shenbao("docs", "reindex", data=tmp_path, **with_server).returncode == 0
    assert "红茶要用沸水" in json.dumps([one["input"] for one in model.asked], ensure_ascii=False)
    assert not (tmp_path / "chroma-1.5").exists()
    server.stop()
    told = shenbao("search", "--jsonl", given=json.dumps(NEAR), data=tmp_path, **with_server)
    assert "沸水" in _first(told.stdout)
    assert told.stderr.strip() == "注意：连不上 Chroma 服务（ConnectError），先按字词检索"


def _first(out: str) -> str:
    (row,) = rows(out)
    hits = row["hits"]
    assert isinstance(hits, list)
    return str(hits[0]["text"])


def test_a_server_that_goes_away_is_told_once_and_used_again_when_it_is_back(
    server: ChromaServer, model: Embedder, caplog: pytest.LogCaptureFixture
) -> None:
    library = Memory()
    library.add(document("a"), ["红茶要用沸水冲泡。", "绿茶要用温水冲泡。"])
    own = leg(server, model, library)
    own.prepare((ALL,))
    assert found(own, "红茶冲泡")[0] == "a#1"
    server.stop()
    with caplog.at_level(logging.INFO, "knowledge.library.meaning"):
        assert [found(own, "红茶冲泡") for _ in range(3)] == [[], [], []]
        own.settle()
        assert len(caplog.records) == 1
        server.start()
        assert healed(own, "红茶冲泡")[0] == "a#1"
        assert [one.levelname for one in caplog.records] == ["WARNING", "INFO"]
    own.close()


def test_a_server_that_lost_everything_is_filled_again(server: ChromaServer, model: Embedder, tmp_path: Path) -> None:
    library = Memory()
    library.add(document("a"), ["红茶要用沸水冲泡。"])
    own = leg(server, model, library)
    own.prepare((ALL,))
    other = leg(server, model, library)
    other.prepare((ALL,), anew=True)
    assert found(own, "红茶") == ["a#1"]
    server._folder = tmp_path / "empty"
    server.stop()
    server.start()
    assert healed(own, "红茶") == ["a#1"]
    own.close()
    other.close()


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "{model}", "http://127.0.0.1:{silent}"])
def test_a_wrong_address_is_one_sentence_in_the_search_and_in_the_doctor(
    url: str, model: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.library.search.chroma_server.SECONDS", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = url.format(model=model.url, silent=silent.getsockname()[1])
        with pytest.raises(ChromaError, match=r"连不上 Chroma 服务（\w+），先按字词检索"):
            chroma.served(url, embeddings("hash", model.url), "hash")
        lines = [line for line in report(Settings(chroma_url=url), OUTSIDE) if line.text.startswith("Chroma")]
    assert [line.state for line in lines] == ["wrong"]
    assert "先按字词检索" in lines[0].text


def test_the_doctor_sees_a_server_that_answers(server: ChromaServer) -> None:
    (line,) = (line for line in report(Settings(chroma_url=server.url), OUTSIDE) if line.text.startswith("Chroma"))
    assert (line.state, "有应答" in line.text) == ("ok", True)
