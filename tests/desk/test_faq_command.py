"""`shenbao faq`: what whoever runs the machine does with a bureau's entries."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from bot.desk.entries.life import EntryEdited, EntryLed
from bot.desk.materials.life import Material, MaterialBegun, MaterialLed
from bot.store import open_store
from bot.store.desk.entries import entries
from bot.turn.acts import Act
from bot.turn.scope import operator
from knowledge.library.intake.content import Piece
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


def changed(data: Path, answer: str) -> None:
    """An entry changed in chat by one of the desk, and sent for approval."""
    with closing(open_store(f"sqlite:///{data / 'shenbao.db'}")) as store:
        with store.desks.look(operator("nanjing")) as seen:
            version = entries(seen)[0].version
        edit = Act(operator("nanjing"), EntryEdited(answer=answer), 1, version)
        store.perform((edit, Act(operator("nanjing"), EntryLed("faq_submit"), 1, version + 1)))


def test_a_change_takes_the_place_of_what_stands_and_goes_back_again(tmp_path: Path) -> None:
    faq(tmp_path, "add", *ENTRY, "--source", "局里排班表", "--publish")
    assert "没有更早的版本可退" in faq(tmp_path, "rollback", "1", fails=True)
    changed(tmp_path, "周末收。")
    assert "修改待审，仍按原来的答" in faq(tmp_path, "list") and "已发布1条" in faq(tmp_path, "list")
    faq(tmp_path, "export", "问答.csv")
    row = (tmp_path / "问答.csv").read_text("utf-8-sig").splitlines()[1]
    assert "已发布,周末收材料吗,周末不收。" in row and row.endswith(",局里排班表")
    assert "没有重复收" in faq(tmp_path, "import", "问答.csv")
    assert "周末不收" in asked(tmp_path, "周末能收材料吗", "nanjing")
    assert "· 答案：“周末不收。”改为“周末收。”\n常见问题1已发布" in faq(tmp_path, "publish", "1")
    assert "：周末收。" in asked(tmp_path, "周末能收材料吗", "nanjing")
    assert "已退回上一版：周末收材料吗 周末不收。" in faq(tmp_path, "rollback", "1")
    assert "：周末不收。" in asked(tmp_path, "周末能收材料吗", "nanjing")
    changed(tmp_path, "周末收。")
    assert "正在改的那一稿还在" in faq(tmp_path, "withdraw", "1")
    assert "已作废" in faq(tmp_path, "withdraw", "1")


def test_a_document_that_a_desk_says_is_taken_back_where_it_is_said(tmp_path: Path) -> None:
    faq(tmp_path, "add", *ENTRY, "--publish")
    faq(tmp_path, "add", "--question", "要几份", "--answer", "3份", "--ruling", "--publish")
    given = ("--inner-deadline", "2026-03-30", "--contact", "某某", "--priorities", "智能体")
    shenbao("bureau", "add", "nanjing", *given, data=tmp_path)
    held = [line.split("  ") for line in shenbao("docs", "list", data=tmp_path).stdout.splitlines()[:-1]]
    wanted = {
        "周末收材料吗": "它是常见问题1，请用 shenbao faq withdraw 1 --bureau nanjing 撤回",
        "要几份": "它是口径2，请用 shenbao faq withdraw 2 --bureau nanjing 撤回",
        "本市报送时间": "请用 shenbao bureau add nanjing --inner-deadline … 改，或在工作台说“设置内部截止 无”",
        "本市联系方式": "请用 shenbao bureau add nanjing --contact … 改，或在工作台说“设置联系人 无”“设置联系电话 无”",
        "本市重点方向": "请用 shenbao bureau add nanjing --priorities … 改，或在工作台说“设置重点方向 无”",
    }
    for title, said in wanted.items():
        id_ = next(one for one, source, *_ in held if source.startswith(f"《{title}》"))
        told = shenbao("docs", "remove", id_, data=tmp_path)
        assert told.returncode == 2 and said in told.stderr and f"没有删除“{title}”（{id_}）" in told.stderr
    assert "共5份" in shenbao("docs", "list", data=tmp_path).stdout
    assert "周末不收" in asked(tmp_path, "周末能收材料吗", "nanjing")


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
    assert "依据最长100字" in faq(tmp_path, "add", *ENTRY, "--source", "长" * 101, fails=True)
    assert "省工业和信息化厅" in faq(tmp_path, "list", bureau="province")


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


def test_a_document_from_a_desk_is_taken_back_at_the_desk(tmp_path: Path) -> None:
    shenbao("docs", "list", data=tmp_path)
    pieces = (Piece("", "云溪窗口每周三开放。", ()),)
    item = Material(1, "窗口指南", "a.txt", "某局", passages=1, size=1, hash="x", pieces=pieces)
    with closing(open_store(f"sqlite:///{tmp_path / 'shenbao.db'}")) as store:
        new = Act(operator("nanjing"), MaterialBegun(item), 1)
        store.perform((new, Act(operator("nanjing"), MaterialLed("material_publish"), 1, 1)))
    id_, line = shenbao("docs", "list", data=tmp_path).stdout.splitlines()[0].split("  ", 1)
    assert "《窗口指南》（某局）  1段  只给 nanjing" in line
    told = shenbao("docs", "remove", id_, data=tmp_path)
    assert told.returncode == 2 and "是工作台收的资料1（nanjing），请在工作台说“撤回资料 1”" in told.stderr
    assert "窗口指南" in shenbao("docs", "list", data=tmp_path).stdout
