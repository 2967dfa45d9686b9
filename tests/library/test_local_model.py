"""A model for vectors in a folder, run by ONNX Runtime: a tiny one, built here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.library.search.embeddings import EmbeddingsError, embeddings, identity
from tests.commands import rows
from tests.conftest import YUNXI
from tests.core.test_commands import shenbao
from tests.onnx_model import made

TEXTS = ["红茶要用沸水冲泡。", "绿茶", "茶馆每周一休息，其余日子九点开门。"]


def cosine(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return made(tmp_path / "tiny", "".join(TEXTS))


def test_vectors_are_unit_and_the_same_alone_and_among_longer_ones(folder: Path) -> None:
    model = embeddings(str(folder), "")
    together = model.embed_documents(TEXTS * 10)
    assert len(together) == 30
    for text, vector in zip(TEXTS, together, strict=False):
        assert cosine(vector, model.embed_query(text)) == pytest.approx(1, abs=1e-5)
    assert cosine(together[0], together[2]) < 0.9


@pytest.mark.parametrize(("pooling", "character"), [("cls_token", "绿"), ("lasttoken", "茶")])
def test_tokens_are_pooled_as_the_model_says(pooling: str, character: str, tmp_path: Path) -> None:
    model = embeddings(str(made(tmp_path / "tiny", "".join(TEXTS), pooling=pooling)), "")
    several = model.embed_documents(["绿茶", TEXTS[2]])
    assert cosine(several[0], model.embed_query(character)) == pytest.approx(1, abs=1e-5)


def test_a_question_is_introduced_where_the_model_wants_it(folder: Path) -> None:
    (folder / "config_sentence_transformers.json").write_text(json.dumps({"prompts": {"query": "红"}}), "utf-8")
    model = embeddings(str(folder), "")
    assert model.embed_query("茶") == pytest.approx(model.embed_documents(["红茶"])[0], abs=1e-5)


def test_another_model_in_the_same_folder_is_another_model(folder: Path, tmp_path: Path) -> None:
    before = identity(str(folder))
    assert before == identity(str(folder))
    made(tmp_path / "other", "".join(TEXTS), seed=2)
    (tmp_path / "other" / "model.onnx").replace(folder / "model.onnx")
    assert identity(str(folder)) != before
    assert identity("bge@http://127.0.0.1") == "bge@http://127.0.0.1"


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_file_that_is_missing_or_no_good_is_one_sentence(name: str, folder: Path) -> None:
    (folder / name).write_bytes(b"rubbish")
    with pytest.raises(EmbeddingsError, match="打不开"):
        embeddings(str(folder), "")
    (folder / name).unlink()
    with pytest.raises(EmbeddingsError, match=f"没有 {name}"):
        embeddings(str(folder), "")


def test_the_command_line_searches_with_it_and_needs_no_server(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "茶.md").write_text("# 茶\n\n" + "\n\n".join(TEXTS), "utf-8")
    more = {"SHENBAO_EMBEDDINGS": str(folder), "SHENBAO_CALL": str(YUNXI)}
    assert shenbao("docs", "add", "茶.md", "--collection", "茶", data=tmp_path, **more).stderr == ""
    told = shenbao("search", "--jsonl", given='{"q": "沸水冲泡", "collection": "茶"}', data=tmp_path, **more)
    (row,) = rows(told.stdout)
    assert "红茶要用沸水" in json.dumps(row["hits"], ensure_ascii=False)
    assert told.stderr == ""
