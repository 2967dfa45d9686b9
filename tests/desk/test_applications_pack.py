"""Ranked on one message and packed: the table, the list, the files in order; what speaks against it is named."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Doc

from bot.desk.applications.ranking import BOARD
from bot.desk.bureau.life import Settled
from bot.dialogue.assistant import Assistant
from bot.store.desk_tables import submissions
from bot.turn.acts import Act
from bot.turn.scope import operator
from drafting.papers.filing import sending
from drafting.word.form_file import read
from tests.commands import shenbao
from tests.conversation.office import Office
from tests.desk.applications import CALL, NANJING, application, changed, drafted, said, sends, word
from tests.desk.bureau import bureau, recruit, staffed


@pytest.fixture
def office(tmp_path: Path, shared: Assistant, address: str) -> Iterator[Office]:
    """南京 with 张三 and 李四, and three who handed in; all three were accepted."""
    office = staffed(tmp_path, shared, address)
    office.names = {"z": "张三", "l": "李四"}
    bureau(office, "nanjing", contact="甄样例", phone="025-00000000")
    recruit(office, "nanjing", "z")
    recruit(office, "nanjing", "l", "staff")
    for number, name in enumerate("甲乙丙", 1):
        drafted(office, f"w{number}", application(name))
        assert f"编号{number}" in office.say(f"w{number}", "提交")
        office.say("z", f"接收 {number}")
    yield office
    office.store.close()


def ranked(office: Office, *numbers: int) -> None:
    for number in numbers:
        office.say("z", f"[desk/rank/{number}/in")


def order(text: str) -> list[str]:
    return re.findall(r"^\d+\. 样例(.)联合体", text, re.MULTILINE)


# ---------------------------------------------------------------- the order
def test_the_order_is_made_on_one_message(office: Office) -> None:
    first = said(office, "z", "排名")
    assert "推荐排名（0/10）" in first.text and "已接收、未排名（3份）" in first.text
    office.say("z", first.press("列入 2号"))
    office.say("z", first.press("列入 1号"))
    board = said(office, "z", first.press("列入 3号"))
    assert order(board.text) == ["乙", "甲", "丙"] and "张三 3月28日" in board.text
    assert order(said(office, "l", board.press("↑ 3")).text) == ["乙", "丙", "甲"]
    assert "李四 3月28日" in office.say("z", "排名")
    assert order(office.say("z", "1号排第1")) == ["甲", "乙", "丙"]
    assert order(office.say("z", "[desk/rank/1/down")) == ["乙", "甲", "丙"]
    assert order(office.say("z", "[desk/rank/1/out")) == ["乙", "丙"]
    assert "李四 排名 3：2、3、1" in office.say("z", "操作记录")


def test_it_is_edited_in_place(office: Office) -> None:
    _, outcome = office.handled("z", "排名")
    assert [one.board for one in outcome.replies] == [BOARD]


def test_only_what_was_accepted_is_ranked(office: Office) -> None:
    ranked(office, 1, 2)
    office.say("z", "重审 1")
    assert "1号没有接收" in office.say("z", "[desk/rank/1/in")
    assert order(office.say("z", "排名")) == ["乙"]
    assert "已接收" in office.say("z", "接收 1")
    assert order(office.say("z", "排名")) == ["乙"]


def test_two_who_order_at_once_the_slower_looks_again(office: Office) -> None:
    ranked(office, 1, 2)
    first, second = office.handled("z", "[desk/rank/2/up"), office.handled("l", "[desk/rank/3/in")
    assert office.keep("z", *first)
    assert not office.keep("l", *second)
    assert order(office.say("l", "[desk/rank/3/in")) == ["乙", "甲", "丙"]


def test_one_that_is_reopened_meanwhile_is_not_ranked(office: Office) -> None:
    ranked(office, 1, 2)
    late = office.handled("l", "[desk/rank/1/down")
    office.say("z", "重审 1")
    assert not office.keep("l", *late)


def test_no_more_than_the_call_allows(office: Office, tmp_path: Path) -> None:
    for number in range(4, 12):
        drafted(office, f"w{number}", application(f"第{number}"))
        office.say(f"w{number}", "提交")
        office.say("z", f"接收 {number}")
    ranked(office, *range(1, 11))
    assert f"最多推荐{CALL.consortium.quota}个" in office.say("z", "[desk/rank/11/in")
    assert len(order(office.say("z", "排名"))) == 3


def test_names_that_several_share_are_named(office: Office) -> None:
    drafted(office, "w4", application("丁", lead_name="南京样例甲装备有限公司"))
    office.say("w4", "提交")
    office.say("z", "接收 4")
    assert "请核：1号、4号的牵头单位名称都是“南京样例甲装备有限公司”" in office.say("z", "排名")


# ---------------------------------------------------------------- the pack
def packed(office: Office, words: str = "打包") -> dict[str, bytes]:
    told = said(office, "z", words)
    assert "推荐材料打好了" in told.text, told.text
    with zipfile.ZipFile(told.files[0]) as made:
        assert made.testzip() is None
        return {name: made.read(name) for name in made.namelist()}


def opened(content: bytes) -> Doc:
    return Document(BytesIO(content))


def test_the_pack_holds_table_list_and_every_file_in_order(office: Office, tmp_path: Path) -> None:
    ranked(office, 3, 1, 2)
    changed(office, "w1", application("后改"))
    files = packed(office)
    names = [f"0{rank}_样例{name}联合体（虚构）_申报书.docx" for rank, name in enumerate("丙甲乙", 1)]
    assert list(files) == ["00_报送清单.docx", "00_推荐汇总表.docx", *names]
    table = opened(files["00_推荐汇总表.docx"])
    head = [one.text for one in table.paragraphs]
    assert "南京市行业高质量数据集建设先行先试联合体推荐汇总表" in head
    assert any("甄样例" in one and "025-00000000" in one for one in head)
    rows = [[cell.text for cell in row.cells] for row in table.tables[0].rows[1:]]
    assert [(row[0], row[3]) for row in rows] == [
        (str(at), f"南京样例{one}装备有限公司") for at, one in enumerate("丙甲乙", 1)
    ]
    out = tmp_path / "1.docx"
    out.write_bytes(files[names[1]])
    assert read(out, CALL).cover["consortium_name"] == "样例甲联合体（虚构）", "as it was handed in"


def test_the_list_says_what_is_stamped_and_sent_where_in_the_calls_words(office: Office) -> None:
    ranked(office, 2, 1, 3)
    listed = opened(packed(office)["00_报送清单.docx"])
    said_ = "\n".join(one.text for one in listed.paragraphs)
    seals, sent = ([[cell.text for cell in row.cells] for row in one.rows] for one in listed.tables)
    assert seals[0] == ["名次", "文件", "牵头单位盖章", "推荐单位盖章"]
    assert seals[1][1:] == ["00_推荐汇总表.docx", "—", f"□ {NANJING}，“推荐单位（盖章）”处"]
    lead, own = "□ 南京样例乙装备有限公司，“七、牵头单位承诺书”处", f"□ {NANJING}，“八、推荐单位意见”处"
    assert seals[2] == ["1", "01_样例乙联合体（虚构）_申报书.docx", lead, own]
    assert sent[1:] == [list(one) for one in sending(CALL)]
    assert ["邮箱（电子版）", "gxt_dsjc@163.com"] in sent and ["2026年4月3日前", CALL.deadlines[0].what] in sent
    assert CALL.clauses["seal"] in said_


def test_what_speaks_against_it_is_named_and_may_be_insisted_on(office: Office) -> None:
    assert "还没有排名，没有可打包的（已接收3份）" in office.say("z", "打包")
    ranked(office, 1, 2)
    changed(office, "w1", application("新"))
    office.say("w1", "提交")
    told = said(office, "z", "打包")
    assert "1号 样例甲联合体（虚构）：接收之后又提交了新版4号，还没有审" in told.text
    assert "3号 样例丙联合体（虚构）：已接收，没有排名" in told.text and not told.files
    assert len(packed(office, told.press("仍要打包"))) == len(packed(office, "仍要打包")) == 4


def test_what_may_never_go_out_does_not(office: Office) -> None:
    drafted(office, "w4", application("丁"))
    office.say("w4", "提交")
    office.say("z", "接收 4")
    ranked(office, 1, 2, 3, 4)
    with office.store.desks.change(operator("nanjing")) as seen:
        row = seen.rows(submissions, submissions.c.number == 4)[0]
        seen.change(submissions, submissions.c.number == 4, facts=row.facts.replace("1500000", "2500000"))
    for words in ("打包", "仍要打包", "[desk/pack/0/sure"):
        told = said(office, "z", words)
        assert "4号 样例丁联合体（虚构）：存着的内容与提交时的校验码对不上" in told.text and not told.files


def test_one_for_another_city_is_kept_out(office: Office, tmp_path: Path) -> None:
    office.say("z", "收邮寄的申报书")
    sends(office, "z", word(tmp_path, "寄.docx", application("丁", recommender="苏州市工业和信息化局")))
    office.say("z", "接收 4")
    ranked(office, 1, 2, 3, 4)
    assert "4号写的推荐单位是“苏州市工业和信息化局”" in office.say("z", "排名")
    assert "推荐单位是“苏州市工业和信息化局”" in office.say("z", "仍要打包")


def test_a_desk_without_a_contact_is_told_that_it_stays_blank(office: Office) -> None:
    office.store.perform([Act(operator("nanjing"), Settled({"contact": "", "phone": ""}))])
    ranked(office, 1, 2, 3)
    assert "汇总表上留空" in office.say("z", "打包")


def test_who_got_the_pack_is_in_the_record(office: Office) -> None:
    ranked(office, 1, 2, 3)
    packed(office)
    assert "张三 查看：打包：1、2、3" in office.say("z", "操作记录")


# ---------------------------------------------------------------- at the machine
def test_the_operator_takes_a_folder_and_packs(tmp_path: Path) -> None:
    letters = tmp_path / "寄来"
    letters.mkdir()
    for name in "甲乙":
        word(letters, f"{name}.docx", application(name))
    (letters / "坏.docx").write_bytes(b"PK broken")
    assert shenbao("bureau", "add", "nanjing", data=tmp_path).returncode == 0
    done = shenbao("bureau", "take", "nanjing", "寄来", data=tmp_path)
    assert done.returncode == 1
    assert (
        "收下1号：样例乙联合体" in done.stdout
        and "收下2号：样例甲联合体" in done.stdout
        and "没收“坏.docx”" in done.stdout
    )
    again = shenbao("bureau", "take", "nanjing", "寄来", data=tmp_path)
    assert again.stdout.count("是同一个文件") == 2
    none = shenbao("bureau", "pack", "nanjing", "--out", "a.zip", data=tmp_path)
    assert (none.returncode, none.stdout) == (2, "") and "还没有排名" in none.stderr
    assert "请用 --out" in shenbao("bureau", "pack", "nanjing", data=tmp_path).stderr
    assert "请给出邮寄来的申报书" in shenbao("bureau", "take", "nanjing", data=tmp_path).stderr
    assert "推荐单位" in shenbao("bureau", "pack", "province", "--out", "a.zip", data=tmp_path).stderr
