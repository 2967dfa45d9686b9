"""The command line as people and scripts use it: real processes, clear sentences, no tracebacks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.process.lock import only_one
from knowledge.call import pack
from tests.commands import PREFIX, rows, settings
from tests.conftest import YUNXI
from tests.furnished import furnished


def shenbao(*arguments: str, given: str | bytes = "", data: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, with nothing of this machine's settings."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(PREFIX)}
    environment = kept | settings(data, **more)
    command = [sys.executable, "-m", "bot.cli", *arguments]
    raw = given.encode() if isinstance(given, str) else given
    done = subprocess.run(command, input=raw, capture_output=True, env=environment, cwd=data, timeout=60, check=False)
    text = subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in text.stdout + text.stderr, text.stderr
    return text


@pytest.fixture
def tmp_path(tmp_path: Path) -> Path:
    """A data folder that was used before: the first question in one takes a second longer."""
    return furnished(tmp_path)


def test_help_and_slips_are_answered_in_chinese(tmp_path: Path) -> None:
    told = shenbao("--help", data=tmp_path)
    assert (told.returncode, "问一个政策问题" in told.stdout) == (0, True)
    for arguments in (
        ("aks",),
        (),
        ("fill", "a.json"),
        ("chat", "--jsonlines"),
        ("search", "--top", "x", "甲"),
        ("ask",),
    ):
        slip = shenbao(*arguments, data=tmp_path)
        assert slip.returncode == 2
        assert len(slip.stderr.strip().splitlines()) == 1
        assert any("\u4e00" <= char <= "\u9fff" for char in slip.stderr)
    assert "用法见 shenbao bureau --help" in shenbao("bureau", data=tmp_path).stderr
    assert "用法：shenbao bureau " in shenbao("bureau", "--help", data=tmp_path).stdout


def test_a_question_is_answered_with_its_clause(tmp_path: Path) -> None:
    told = shenbao("ask", "成员单位最少几家", data=tmp_path, SHENBAO_DATA=str(tmp_path / "new"))
    assert "2家" in told.stdout
    assert "成员单位应不少于2家" in "".join(line.strip(" │") for line in told.stdout.splitlines())


def test_lines_are_answered_in_order_and_a_bad_one_stops_nothing(tmp_path: Path) -> None:
    lines = ['{"id": 1, "q": "可选任务有几项"}', "not json", '{"id": 3}', '[1]', '{"id": 5, "q": "几号截止", "today": "soon"}',
             '{"id": 6, "q": "几号截止", "bureau": "火星市"}', '{"id": 7, "q": "几号截止", "bureau": "nantong", "more": 1}']  # fmt: skip
    told = shenbao("ask", "--jsonl", given="\n".join(lines), data=tmp_path)
    got = rows(told.stdout)
    assert [row["id"] for row in got] == [1, None, 3, None, 5, 6, 7]
    assert ["error" in row for row in got] == [False, True, True, True, True, True, False]
    assert set(got[0]) >= {"id", "answer", "status", "citations", "passages"}


def test_input_that_is_no_utf8_is_one_bad_line(tmp_path: Path) -> None:
    told = shenbao(
        "ask",
        "--jsonl",
        given=b'\xff\xfe\x00\n{"id": 2, "q": "\xe5\x87\xa0\xe5\x8f\xb7\xe6\x88\xaa\xe6\xad\xa2"}\n',
        data=tmp_path,
    )
    assert [("error" in row) for row in rows(told.stdout)] == [True, False]


def test_search_names_its_passages(tmp_path: Path) -> None:
    told = shenbao("search", "--jsonl", given='{"id": 1, "q": "公章 复印", "top": 3}', data=tmp_path)
    (row,) = rows(told.stdout)
    hits = row["hits"]
    assert isinstance(hits, list)
    assert len(hits) == 3
    assert set(hits[0]) == {"passage", "source", "locator", "score", "text"}
    assert any("复印无效" in hit["text"] for hit in hits)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("schema",), 0, "consortium_name"),
        (("bureau", "list"), 0, "共13个工信局"),
        (("faq", "list", "--bureau", "nanjing"), 0, "共0条"),
        (("docs", "list"), 0, ""),
        (("backup", "b.zip"), 0, "备份好了"),
        (("restore", "none.zip"), 2, "none.zip"),
        (("summary", "none.docx", "--bureau", "nanjing", "--out", "t.docx"), 2, "none.docx"),
    ],
)
def test_what_other_tests_run_within_themselves_is_a_process_too(
    arguments: tuple[str, ...], code: int, said: str, tmp_path: Path
) -> None:
    told = shenbao(*arguments, data=tmp_path)
    assert told.returncode == code, told.stderr
    assert said in (told.stderr if code else told.stdout)
    assert bool(told.stderr) == bool(code)


def test_a_chat_goes_on_where_it_stopped(tmp_path: Path) -> None:
    first = shenbao("chat", "--jsonl", given='{"chat": "a", "text": "联合体名称：示例甲联合体"}', data=tmp_path)
    assert "项目叫什么名字" in first.stdout
    again = shenbao(
        "chat", "--jsonl", given='{"chat": "a", "text": "预览"}\n{"chat": "b", "text": "预览"}', data=tmp_path
    )
    mine, other = rows(again.stdout)
    assert "示例甲联合体" in json.dumps(mine, ensure_ascii=False)
    assert "示例甲" not in json.dumps(other, ensure_ascii=False)


def test_several_people_fill_one_draft_in_one_run_and_the_next(tmp_path: Path) -> None:
    def told(*lines: tuple[str, str]) -> list[dict[str, object]]:
        given = "\n".join(json.dumps({"chat": chat, "user": f"{chat}某", "text": text}) for chat, text in lines)
        return rows(shenbao("chat", "--jsonl", given=given, data=tmp_path).stdout)

    first = told(("甲", "联合体名称：示例丁联合体"), ("甲", "邀请同事"))
    code = re.search(r"加入 ([A-Z2-9]{8})", json.dumps(first, ensure_ascii=False))
    assert code
    joined, filled, seen = told(("乙", f"加入 {code[1]}"), ("乙", "项目名称：示例丁项目"), ("甲", "预览"))
    assert [one["chat"] for one in joined["replies"] if "chat" in one] == ["甲"]  # type: ignore[attr-defined]
    assert "已记：项目名称" in json.dumps(filled, ensure_ascii=False)
    assert "您不在时：乙某填了项目名称" in json.dumps(seen, ensure_ascii=False)


def test_a_chat_of_presses_files_and_nonsense(tmp_path: Path) -> None:
    lines = [{"chat": "a", "press": "start"}, {"chat": "a", "press": "x" * 3000}, {"chat": "a", "file": "/no/such.docx"},
             {"chat": "a", "text": "很" * 10000}, {"chat": "a", "text": "\x00\x07\ud83d"}, {"chat": "a"}, {"text": "甲"}]  # fmt: skip
    told = shenbao("chat", "--jsonl", given="\n".join(map(json.dumps, lines)), data=tmp_path)
    got = rows(told.stdout)
    assert len(got) == len(lines)
    assert ["error" in row for row in got] == [False, False, False, False, False, True, True]


def test_the_terminal_talks_until_the_input_ends(tmp_path: Path) -> None:
    told = shenbao("chat", given="写申报书\n示例乙联合体\n", data=tmp_path)
    assert told.returncode == 0
    assert "已记：联合体名称 示例乙联合体" in told.stdout


FACTS = {
    "consortium_name": "示例丙联合体", "project_name": "示例丙项目", "lead_name": "苏州样例装备有限公司",
    "recommender": "苏州市工业和信息化局", "cluster": "高端装备", "chain": "工业母机",
    "tasks": {"1": {"selected": True, "targets": [{"value": 30, "unit": "TB"}]}, "2": {"selected": False}},
    "members": [{"name": "苏州样例装备有限公司", "role": "牵头单位", "tasks": [1], "duty": "统筹"}],
    "plan": ["先采数。", "再建集。"],
}  # fmt: skip


def test_an_application_goes_into_the_form_and_comes_back(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(FACTS, ensure_ascii=False), "utf-8")
    filled = shenbao("fill", "a.json", "--out", "a.docx", data=tmp_path)
    assert (filled.returncode, filled.stderr) == (0, "")
    back = json.loads(shenbao("read", "a.docx", data=tmp_path).stdout)
    assert {key: back[key] for key in FACTS if key not in ("members", "tasks")} == {
        key: value for key, value in FACTS.items() if key not in ("members", "tasks")
    }
    assert back["tasks"]["1"] == {"selected": True, "targets": [{"value": 30, "unit": "TB"}]}
    assert back["members"][0]["tasks"] == [1]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"tasks": 5}', b'{"members": [5]}', b"\xff", b"[" * 100000])
def test_a_file_that_is_no_application_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(content)
    told = shenbao("fill", "a.json", "--out", "a.docx", data=tmp_path)
    assert told.returncode == 2
    assert "a.json" in told.stderr
    assert not (tmp_path / "a.docx").exists()


def test_files_that_are_no_word_form_are_refused_with_what_to_do(tmp_path: Path) -> None:
    for name, content in (
        ("a.doc", b"\xd0\xcf\x11\xe0"),
        ("b.pdf", b"%PDF-1.7"),
        ("c.docx", b"PK\x03\x04"),
        ("d.docx", b""),
    ):
        (tmp_path / name).write_bytes(content)
        told = shenbao("read", name, data=tmp_path)
        assert (told.returncode, told.stdout) == (2, "")
        assert name in told.stderr


def test_an_unreadable_pack_and_a_wrong_setting_are_one_line_each(tmp_path: Path) -> None:
    for more in ({"SHENBAO_CALL": "nowhere"}, {"SHENBAO_TODAY": "tomorrow"}, {"SHENBAO_TELEGRAM_DRAFTING": "perhaps"}):
        told = shenbao("ask", "几号截止", data=tmp_path, **more)
        assert told.returncode == 2
        assert len(told.stderr.strip().splitlines()) == 1
    broken = tmp_path / "pack"
    broken.mkdir()
    (broken / "notice.txt").write_text("通知", "utf-8")
    (broken / "call.toml").write_text("[call", "utf-8")
    assert "call.toml" in shenbao("pack", "check", str(broken), data=tmp_path).stderr


def test_a_damaged_index_is_rebuilt_and_a_damaged_database_is_left_alone(tmp_path: Path) -> None:
    shenbao("ask", "几号截止", data=tmp_path)
    for file in tmp_path.rglob("*"):
        if file.is_file():
            file.write_bytes(b"rubbish" * 100)
    assert "4月3日" in shenbao("ask", "几号截止", data=tmp_path).stdout
    (tmp_path / "shenbao.db").write_bytes(b"no database at all" * 100)
    told = shenbao("chat", "--jsonl", given='{"chat": "a", "text": "你好"}', data=tmp_path)
    assert (told.returncode, "已损坏" in told.stderr) == (2, True)
    assert (tmp_path / "shenbao.db").read_bytes() == b"no database at all" * 100


def test_a_data_folder_that_can_not_be_written_still_answers(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", "utf-8")
    assert "4月3日" in shenbao("ask", "几号截止", data=tmp_path, SHENBAO_DATA=str(tmp_path / "file")).stdout
    told = shenbao(
        "chat", "--jsonl", given='{"chat": "a", "text": "你好"}', data=tmp_path, SHENBAO_DATA=str(tmp_path / "file")
    )
    assert told.returncode == 2


def test_a_conversation_goes_on_in_another_process_on_either_database(tmp_path: Path, address: str) -> None:
    for text in ("写申报书", "联合体就叫虚构甲联合体", "预览"):
        line = json.dumps({"chat": "甲\x00", "text": text})
        told = shenbao("chat", "--jsonl", given=line, data=tmp_path, SHENBAO_DATABASE_URL=address)
        assert told.returncode == 0, told.stderr
    assert "虚构甲联合体" in told.stdout


def test_a_second_conversation_on_the_folder_is_refused_but_a_question_is_not(tmp_path: Path) -> None:
    with only_one(tmp_path):
        told = shenbao("chat", given="你好\n", data=tmp_path)
        assert (told.returncode, "正被另一个申报助手使用" in told.stderr) == (2, True)
        assert shenbao("telegram", data=tmp_path, SHENBAO_TELEGRAM_TOKEN="1:x").returncode == 2
        assert "4月3日" in shenbao("ask", "几号截止", data=tmp_path).stdout


def test_telegram_without_a_token_says_where_to_get_one(tmp_path: Path) -> None:
    told = shenbao("telegram", data=tmp_path)
    assert (told.returncode, "SHENBAO_TELEGRAM_TOKEN" in told.stderr) == (2, True)


def test_the_doctor_and_the_pack_say_that_all_is_well(tmp_path: Path) -> None:
    assert shenbao("doctor", data=tmp_path).returncode == 0
    assert shenbao("pack", "check", data=tmp_path).returncode == 0
    slip = shenbao("doctor", data=tmp_path, SHENBAO_TOKN="1")
    assert (slip.returncode, "SHENBAO_TOKN" in slip.stdout) == (1, True)


def test_another_call_is_another_folder(tmp_path: Path) -> None:
    more = {"SHENBAO_CALL": str(YUNXI), "SHENBAO_TODAY": "2030-12-20"}
    assert "9项" in shenbao("ask", "一共有几项任务", data=tmp_path, **more).stdout
    assert shenbao("pack", "check", data=tmp_path, **more).returncode == 0
    lines = ["写申报书", "必做的都做，选做的不要", "底图3000亩", "导出"]
    given = "\n".join(json.dumps({"chat": "a", "text": line}) for line in lines)
    replies = rows(shenbao("chat", "--jsonl", given=given, data=tmp_path, **more).stdout)
    told = json.dumps(replies, ensure_ascii=False)
    assert "已记：任务1 3000亩" in told
    assert not any(word in told for word in ("江苏", "工信", "1650", "联合体"))
    file = next(reply["file"] for row in replies for reply in row["replies"] if reply["file"])  # type: ignore[attr-defined]
    back = json.loads(shenbao("read", str(file), data=tmp_path, **more).stdout)
    assert back["tasks"]["1"] == {"selected": True, "targets": [{"value": 3000, "unit": "亩"}]}
    checked = shenbao("check", "--json", str(file), data=tmp_path, **more)
    (row,) = rows(checked.stdout)
    codes = {finding["code"] for finding in row["findings"]}  # type: ignore[attr-defined]
    assert (checked.returncode, row["readable"], "too_few_members" in codes) == (1, True, True)
    assert "target_unit_mismatch" not in codes


def test_the_shipped_example_is_sound_as_json_and_as_a_file(tmp_path: Path) -> None:
    example = str(pack.DEFAULT / "example.json")
    assert shenbao("fill", example, "--out", "a.docx", data=tmp_path).returncode == 0
    told = shenbao("check", example, "a.docx", data=tmp_path)
    assert told.returncode == 0
    assert told.stdout.count("0处须改") + told.stdout.count("没有发现问题") == 2


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"project_name": 5}, "project_name 的值不对：应是文字"),
        ({"tasks": {"1": {"selected": True, "targets": [{"value": "多", "unit": "TB"}]}}}, "应是整数"),
        ({"members": [{"name": "虚构大学", "role": "成员"}]}, "role 的值不对：应是牵头单位或参与单位"),
        ({"members": [5]}, "应是一个对象"),
    ],
)
def test_a_wrong_value_is_named_in_plain_words(facts: dict[str, object], said: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(facts), "utf-8")
    assert said in shenbao("check", "a.json", data=tmp_path).stdout
    assert "没有 b.json 这个文件" in shenbao("check", "b.json", data=tmp_path).stdout


def test_a_narrative_as_one_text_is_its_lines(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"plan": "先采数。\n\n再建集。"}), "utf-8")
    (line,) = rows(shenbao("check", "--json", "a.json", data=tmp_path).stdout)
    assert line["application"]["plan"] == ["先采数。", "再建集。"]  # type: ignore[index]
