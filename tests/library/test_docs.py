"""`shenbao docs` as staff use it: real processes, a real database, clear sentences."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands import rows, shenbao
from tests.library import papers


def hits(query: str, data: Path, **more: str) -> list[str]:
    told = shenbao("search", "--jsonl", given=json.dumps({"q": query, **more}), data=data)
    (row,) = rows(told.stdout)
    return [hit["passage"] if row else "" for hit in row["hits"]]  # type: ignore[attr-defined]


def test_a_document_is_added_found_listed_and_removed(tmp_path: Path) -> None:
    papers.word(tmp_path / "茶.docx")
    told = shenbao("docs", "add", "茶.docx", "--bureau", "南京", data=tmp_path)
    assert (told.returncode, told.stderr) == (0, "")
    assert "《云溪市茶叶数据管理办法》（云溪市茶叶数据局，2031年3月4日）" in told.stdout
    assert any("第三条" in one for one in hits("产地证明", tmp_path, bureau="南京"))
    assert not any("第三条" in one for one in hits("产地证明", tmp_path))
    assert not any("第三条" in one for one in hits("产地证明", tmp_path, bureau="苏州"))
    asked = shenbao("ask", "--jsonl", given='{"q": "登记要交产地证明吗", "bureau": "nanjing"}', data=tmp_path)
    (row,) = rows(asked.stdout)
    assert row["status"] != "answered"
    assert "产地证明" in json.dumps(row["background"], ensure_ascii=False)
    id_ = shenbao("docs", "list", data=tmp_path).stdout.split()[0]
    assert "已删除" in shenbao("docs", "remove", id_, data=tmp_path).stdout
    assert not any("第三条" in one for one in hits("产地证明", tmp_path, bureau="南京"))


def test_ready_passages_make_a_collection_and_the_same_file_replaces_itself(tmp_path: Path) -> None:
    lines = [{"id": f"p{n}", "title": f"茶{n}", "text": f"第{n}种茶要泡{n}分钟"} for n in range(30)]
    (tmp_path / "a.jsonl").write_text("\n".join(json.dumps(one) for one in lines), "utf-8")
    assert "30段" in shenbao("docs", "add", "--collection", "茶", "a.jsonl", data=tmp_path).stdout
    assert hits("第7种茶", tmp_path, collection="茶")[0] == "p7"
    assert not any(one == "p7" for one in hits("第7种茶", tmp_path))
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "q", "title": "", "text": "只剩第7种茶"}), "utf-8")
    assert "已更新" in shenbao("docs", "add", "a.jsonl", "--collection", "茶", data=tmp_path).stdout
    assert hits("第7种茶", tmp_path, collection="茶") == ["q"]
    assert "共1份，1段" in shenbao("docs", "list", data=tmp_path).stdout


def test_a_bad_file_is_named_and_changes_nothing(tmp_path: Path) -> None:
    papers.sheet(tmp_path / "a.xlsx")
    (tmp_path / "b.jsonl").write_text('{"id": "1", "text": "茶"}\nrubbish\n', "utf-8")
    told = shenbao("docs", "add", "a.xlsx", "b.jsonl", "c.docx", data=tmp_path)
    assert told.returncode == 2
    assert [line.split("：")[0] for line in told.stderr.strip().splitlines()] == ["b.jsonl", "c.docx"]
    assert "共1份" in shenbao("docs", "list", data=tmp_path).stdout


def test_an_index_thrown_away_is_made_again(tmp_path: Path) -> None:
    papers.word(tmp_path / "茶.docx")
    shenbao("docs", "add", "茶.docx", data=tmp_path)
    for file in (tmp_path / "index").iterdir():
        file.write_bytes(b"rubbish" * 100)
    assert "1份" in shenbao("docs", "reindex", data=tmp_path).stdout
    assert any("第三条" in one for one in hits("产地证明", tmp_path))


def test_slips_are_one_sentence(tmp_path: Path) -> None:
    for arguments in (("add",), ("remove",), ("remove", "x"), ("add", "a.txt", "--date", "soon"), ("burn",),
                      ("add", "a.txt", "--bureau", "火星"), ("add", "a", "b", "--title", "甲")):  # fmt: skip
        told = shenbao("docs", *arguments, data=tmp_path)
        assert (told.returncode, len(told.stderr.strip().splitlines())) == (2, 1)


def test_the_guides_are_background_and_prove_nothing(tmp_path: Path) -> None:
    told = shenbao("ask", "--jsonl", given='{"q": "GB/T 36073 的成熟度分几个等级"}', data=tmp_path)
    (row,) = rows(told.stdout)
    assert "初始级" in json.dumps(row.get("background"), ensure_ascii=False)
    assert "背景" not in json.dumps(row["citations"], ensure_ascii=False)
