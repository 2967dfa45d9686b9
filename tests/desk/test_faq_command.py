"""`shenbao faq`: what whoever runs the machine does with a bureau's entries."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands import rows, shenbao

ENTRY = ("--question", "周末收材料吗", "--answer", "周末不收")


def faq(data: Path, *more: str, fails: bool = False, bureau: str = "nanjing") -> str:
    told = shenbao("faq", *more, "--bureau", bureau, data=data)
    assert told.returncode == (2 if fails else 0), told.stderr
    return str(told.stderr if fails else told.stdout)


def asked(data: Path, question: str, bureau: str) -> str:
    given = json.dumps({"q": question, "bureau": bureau}, ensure_ascii=False)
    return str(rows(shenbao("ask", "--jsonl", given=given, data=data).stdout)[0]["answer"])


def test_an_entry_is_added_published_and_withdrawn(tmp_path: Path) -> None:
    assert "已收1条，待审。" in faq(tmp_path, "add", *ENTRY, "--similar", "周日收不收材料")
    assert "周末不收" not in asked(tmp_path, "周末能收材料吗", "nanjing")
    assert "常见问题1已发布" in faq(tmp_path, "publish", "1")
    assert asked(tmp_path, "周日收材料吗", "nanjing").startswith("常见问题（南京市工业和信息化局，")
    assert "周末不收" not in asked(tmp_path, "周末能收材料吗", "suzhou")
    assert "已发布  周末收材料吗" in faq(tmp_path, "list") and "共0条" in faq(tmp_path, "list", bureau="suzhou")
    assert "会命中0个" in faq(tmp_path, "trial", "1")
    assert "不能发布" in faq(tmp_path, "publish", "1", fails=True)
    assert "已撤回" in faq(tmp_path, "withdraw", "1")
    assert "周末不收" not in asked(tmp_path, "周末能收材料吗", "nanjing")
    assert "已经撤回" in faq(tmp_path, "withdraw", "1", fails=True)


def test_what_gainsays_the_notice_is_not_published_unless_told_so(tmp_path: Path) -> None:
    faq(tmp_path, "add", "--question", "申报书可以用复印件吗", "--answer", "可以用复印件")
    assert "与通知的结论不一致" in faq(tmp_path, "publish", "1", fails=True)
    assert "已发布" in faq(tmp_path, "publish", "1", "--anyway")


def test_a_table_goes_out_and_comes_in_waiting(tmp_path: Path) -> None:
    faq(tmp_path, "add", *ENTRY, "--ruling", "--valid-until", "2026-06-30")
    faq(tmp_path, "export", "问答.csv")
    file = tmp_path / "问答.csv"
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert "没有重复收" in faq(tmp_path, "import", "问答.csv")
    assert "已收1条，待审。" in faq(tmp_path, "import", "问答.csv", bureau="苏州")
    assert "待审  周末收材料吗" in faq(tmp_path, "list", bureau="suzhou")
    file.write_text("问题,答案\n停车方便吗,方便\n开会吗,", "utf-8-sig")
    told = shenbao("faq", "import", "问答.csv", "--publish", "--bureau", "nanjing", data=tmp_path)
    assert told.returncode == 2 and "第3行没有收：问题和答案都要有" in told.stderr
    assert "常见问题2已发布" in told.stdout


def test_what_cant_be_done_is_said_in_a_line(tmp_path: Path) -> None:
    assert "没有编号为 7 的条目" in faq(tmp_path, "publish", "7", fails=True)
    assert "请给出编号" in faq(tmp_path, "publish", fails=True)
    assert "读不出来" in faq(tmp_path, "import", "无.csv", fails=True)
    assert "写不进去" in faq(tmp_path, "export", "无/无.csv", fails=True)
    assert "请给出 --question" in faq(tmp_path, "add", fails=True)
    assert "看不出在问什么" in faq(tmp_path, "add", "--question", "能吗", "--answer", "能", fails=True)
    assert "应写成" in faq(tmp_path, "add", *ENTRY, "--valid-until", "六月", fails=True)
    assert "各工信局的" in faq(tmp_path, "list", bureau="province", fails=True)


def test_settings_of_a_bureau_answer_their_questions(tmp_path: Path) -> None:
    given = ("--inner-deadline", "2026-03-30", "--contact", "某某", "--phone", "025-00000000", "--priorities", "智能体")
    shenbao("bureau", "add", "nanjing", *given, data=tmp_path)
    for question, said in (
        ("什么时候截止", "申报材料于2026年3月30日前报到本局。"),
        ("市里几号之前要交", "申报材料于2026年3月30日前报到本局。"),
        ("有问题找谁", "联系方式：某某，025-00000000。"),
        ("市工信局电话多少", "联系方式：某某，025-00000000。"),
        ("重点支持哪些领域", "本次重点方向：智能体。"),
        ("本市重点方向是什么", "本次重点方向：智能体。"),
    ):
        told = asked(tmp_path, question, "nanjing")
        assert told.startswith("本市口径（南京市工业和信息化局，") and said in told, question
        assert "本市口径" not in asked(tmp_path, question, "suzhou")
    assert "联系方式：某某" in asked(tmp_path, "申报书要彩色打印吗", "nanjing")
