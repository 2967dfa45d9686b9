"""Words and meaning together at the command line, with vectors from a server on loopback; and words alone without one."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands import rows
from tests.conftest import YUNXI
from tests.core.test_commands import shenbao
from tests.embedder import Embedder

GUIDE = (
    "# 茶馆须知\n\n## 收费\n\n收费标准为每位客人二十元，儿童减半。\n\n## 时间\n\n茶馆每周一休息，其余日子九点开门。\n"
)
UNLIKE = "要花几块钱"  # shares no word with what it means


@pytest.fixture(scope="module")
def model() -> Iterator[Embedder]:
    with Embedder(means={UNLIKE: "收费标准"}) as running:
        yield running


@pytest.fixture(scope="module")
def data(model: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "茶.md").write_text(GUIDE, "utf-8")
    for collection in ("", "茶"):
        told = shenbao("docs", "add", "茶.md", "--collection", collection, data=folder, **settings(model))
        assert (told.returncode, told.stderr) == (0, "")
    return folder


def settings(model: Embedder, name: str = "hash") -> dict[str, str]:
    return {"SHENBAO_EMBEDDINGS": name, "SHENBAO_MODEL_URL": model.url, "SHENBAO_CALL": str(YUNXI)}


def first(query: str, data: Path, **more: str) -> str:
    told = shenbao("search", "--jsonl", given=json.dumps({"q": query, "collection": "茶"}), data=data, **more)
    (row,) = rows(told.stdout)
    hits = row["hits"]
    assert isinstance(hits, list)
    return str(hits[0]["text"]) if hits else ""


def test_what_only_meaning_finds_is_found_and_so_is_what_only_words_find(model: Embedder, data: Path) -> None:
    assert "二十元" in first(UNLIKE, data, **settings(model))
    assert first(UNLIKE, data) == ""
    model.broken = True
    assert "九点开门" in first("茶馆几点开门", data, **settings(model))
    model.broken = False


def test_an_answer_has_added_documents_as_background_with_both_legs(model: Embedder, data: Path) -> None:
    model.asked.clear()
    question = json.dumps({"q": "茶馆的收费标准是多少元"})
    told = shenbao("ask", "--jsonl", given=question, data=data, **settings(model))
    (row,) = rows(told.stdout)
    assert "二十元" in json.dumps(row.get("background"), ensure_ascii=False)
    assert any("收费标准" in text for one in model.asked for text in one["input"])
    assert told.stderr == ""


def test_another_model_is_told_by_a_bar_and_fills_everything_anew(model: Embedder, data: Path) -> None:
    model.asked.clear()
    bar = on_a_terminal("search", "茶馆", data=data, **settings(model, "hash-2"))
    assert "准备向量" in bar
    assert {one["model"] for one in model.asked} == {"hash-2"}
    assert sum("收费标准为每位客人" in text for one in model.asked for text in one["input"]) == 2
    model.asked.clear()
    assert "二十元" in first(UNLIKE, data, **settings(model, "hash-2"))
    assert [one["input"] for one in model.asked] == [[UNLIKE]]


def on_a_terminal(*arguments: str, data: Path, **more: str) -> str:
    """What a command writes to standard error when that is a terminal."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "SHENBAO_DATA": str(data), "TERM": "xterm", **more}
    command = [sys.executable, "-m", "bot.cli", *arguments]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment, cwd=data) as process:
        os.close(theirs)
        raw = b"".join(iter(lambda: _read(ours), b""))
    os.close(ours)
    assert process.returncode == 0
    return raw.decode("utf-8", "replace")


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # a terminal nobody writes to any more
        return b""


@pytest.mark.parametrize("command", [["ask", "成员单位最少几家"], ["search", "公章"], ["docs", "list"]])
def test_without_a_model_for_vectors_chroma_is_not_even_loaded(command: list[str], tmp_path: Path) -> None:
    program = (
        "import sys\nfrom bot.cli import main\nmain(sys.argv[1:])\n"
        "print('loaded:', *[one for one in ('chromadb', 'langchain_core', 'onnxruntime') if one in sys.modules])"
    )
    environment = {**os.environ, "SHENBAO_DATA": str(tmp_path)}
    environment.pop("SHENBAO_EMBEDDINGS", None)
    done = subprocess.run(
        [sys.executable, "-c", program, *command], capture_output=True, text=True, env=environment, check=True
    )
    assert done.stdout.splitlines()[-1] == "loaded:"
    assert not list(tmp_path.glob("chroma*"))
