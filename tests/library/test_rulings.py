"""A bureau's ruling stands above the answer it decides, in its own name, for its own people, while it holds."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands import rows, shenbao

QUESTION = "成员单位不少于2家，牵头的算在内吗"
RULING = ["关于家数的口径", "示例市数据局", "2026年4月2日", "成员单位不少于2家，不含牵头单位。"]


def asked(data: Path, **more: str) -> dict[str, object]:
    told = shenbao("ask", "--jsonl", given=json.dumps({"q": QUESTION, **more}), data=data)
    return rows(told.stdout)[0]


def add(data: Path, *more: str) -> None:
    (data / "口径.txt").write_text("\n".join(RULING), "utf-8")
    told = shenbao("docs", "add", "口径.txt", "--ruling", "2家含不含牵头单位", *more, data=data)
    assert (told.returncode, told.stderr) == (0, "")


def test_a_ruling_is_told_to_those_of_its_bureau_and_to_nobody_else(tmp_path: Path) -> None:
    add(tmp_path, "--bureau", "南京")
    assert "口径" in shenbao("docs", "list", data=tmp_path).stdout
    mine, theirs, nobodys = (asked(tmp_path, bureau=one) for one in ("nanjing", "suzhou", ""))
    assert str(mine["answer"]).startswith("本市口径（示例市数据局，2026年4月2日）：成员单位不少于2家，不含牵头单位。")
    assert mine["status"] == "answered"
    assert json.dumps(mine["citations"], ensure_ascii=False).startswith('[{"source": "《关于家数的口径》')
    assert "口径" not in json.dumps([theirs, nobodys], ensure_ascii=False)
    assert theirs["status"] == "not_covered"


def test_a_ruling_for_everybody_gives_way_to_the_bureaus_own(tmp_path: Path) -> None:
    add(tmp_path)
    assert str(asked(tmp_path, bureau="suzhou")["answer"]).startswith("口径（示例市数据局")
    (tmp_path / "另.txt").write_text("关于家数的口径\n成员单位不少于2家，含牵头单位。", "utf-8")
    shenbao("docs", "add", "另.txt", "--bureau", "suzhou", "--ruling", "2家含不含牵头单位", data=tmp_path)
    assert "，含牵头单位" in str(asked(tmp_path, bureau="suzhou")["answer"])
    assert "不含牵头单位" in str(asked(tmp_path, bureau="nanjing")["answer"])


def test_a_ruling_that_has_run_out_says_nothing(tmp_path: Path) -> None:
    add(tmp_path, "--bureau", "南京", "--valid-until", "2026-04-30")
    assert "口径" in str(asked(tmp_path, bureau="南京", today="2026-04-30")["answer"])
    assert "口径" not in str(asked(tmp_path, bureau="南京", today="2026-05-01")["answer"])


def test_a_ruling_leaves_other_questions_alone(tmp_path: Path) -> None:
    add(tmp_path, "--bureau", "南京")
    told = shenbao("ask", "--jsonl", given='{"q": "申报书要盖章吗", "bureau": "南京"}', data=tmp_path)
    assert "口径" not in told.stdout


def test_a_ruling_on_nothing_the_notice_speaks_of_is_sent_back(tmp_path: Path) -> None:
    (tmp_path / "口径.txt").write_text("天气\n今天晴。", "utf-8")
    told = shenbao("docs", "add", "口径.txt", "--ruling", "今天天气怎么样", data=tmp_path)
    assert (told.returncode, told.stderr.strip()) == (2, "“今天天气怎么样”看不出问的是通知的哪一点，请换个问法")


def test_a_note_on_an_item_stands_in_its_guidance_for_those_of_its_bureau(tmp_path: Path) -> None:
    (tmp_path / "提示.txt").write_text("关于联系人的提示\n示例市数据局\n联系人请填实际经办人，手机保持畅通。", "utf-8")
    added = shenbao("docs", "add", "提示.txt", "--bureau", "南京", "--item", "联系人电话", data=tmp_path)
    assert (added.returncode, added.stderr) == (0, "")
    lines = ["写申报书", "同意", "联系人电话", "怎么填"]
    given = "\n".join(
        json.dumps({"chat": city, "bureau": city, "text": line}) for city in ("nanjing", "suzhou") for line in lines
    )
    told = rows(shenbao("chat", "--jsonl", given=given, data=tmp_path).stdout)
    mine, theirs = (json.dumps(told[at]["replies"], ensure_ascii=False) for at in (3, 7))
    assert "这一问是“联系人电话”" in mine and "手机保持畅通" in mine
    assert "这一问是“联系人电话”" in theirs and "手机保持畅通" not in theirs


def test_a_note_on_what_the_form_lacks_is_sent_back(tmp_path: Path) -> None:
    (tmp_path / "提示.txt").write_text("提示\n请注意。", "utf-8")
    told = shenbao("docs", "add", "提示.txt", "--item", "开户银行", data=tmp_path)
    assert told.returncode == 2 and "没有“开户银行”这一项" in told.stderr
