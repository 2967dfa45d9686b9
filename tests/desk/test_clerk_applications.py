"""Applications at a tired clerk's desk: accepted only knowingly, sent back by words that come after, told truly."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.dialogue.assistant import Assistant
from bot.interview.findings import TO_COME
from bot.turn.wording import sentences
from drafting.form.draft import Draft
from tests.conversation.office import Office
from tests.desk.applications import application, changed, drafted, said, sends, word
from tests.desk.bureau import bureau, recruit, staffed

RULES = Path(__file__).parents[2] / "drafting" / "rules"


@pytest.fixture
def office(tmp_path: Path, shared: Assistant, address: str) -> Iterator[Office]:
    """南京 with 张三 alone; 王五 has handed in."""
    office = staffed(tmp_path, shared, address)
    office.names = {"z": "张三", "w": "王五", "v": "周七"}
    bureau(office, "nanjing")
    recruit(office, "nanjing", "z")
    drafted(office, "w", application())
    office.say("w", "提交")
    yield office
    office.store.close()


def test_one_that_was_sent_back_is_accepted_only_knowingly(office: Office) -> None:
    assert "1号已退回" in office.say("z", "1号让他们改电话")
    assert "改电话" in office.letters["w"][-1]
    told = said(office, "z", "通过1")
    assert "1号已退回，还没有收到改后的新版" in told.text
    assert "1号已接收" in office.say("z", told.press("仍要接收"))
    office.say("z", "撤销接收1")
    assert "1号已接收" in office.say("z", "接收 1")


def test_one_with_what_must_be_mended_too(office: Office) -> None:
    fields = {key: value for key, value in application("乙").fields.items() if key != "contact_phone"}
    drafted(office, "v", Draft(fields=fields))
    office.say("v", "仍要提交")
    told = said(office, "z", "收下2号")
    assert "2号还有" in told.text and "处须改" in told.text and "待审" in office.say("z", "申报 2")
    assert "2号已接收" in office.say("z", "仍要接收 2")


def test_several_are_accepted_one_by_one(office: Office) -> None:
    told = said(office, "z", "接收 1 2")
    assert [one.label for one in told.buttons] == ["接收1号", "接收2号"]
    assert "1号已接收" in office.say("z", told.press("接收1号"))


def test_the_words_of_sending_back_come_after(office: Office) -> None:
    told = said(office, "z", "申报 1")
    assert "请把1号的意见发来" in office.say("z", told.press("退回"))
    assert "1号已退回" in office.say("z", "五/项目概算：缺总投资")
    assert "五/项目概算：缺总投资" in office.letters["w"][-1]


def test_one_handed_in_again_says_what_it_takes_the_place_of(office: Office) -> None:
    office.say("z", "退回 1 电话不对")
    changed(office, "w", application("改"))
    office.say("w", "提交")
    assert "和1号是同一份申报书，由这一版接替" in office.letters["desk:nanjing"][-1]
    assert "和1号是同一份申报书" in office.say("z", "看2号申报")


def test_a_mailed_one_says_whose_it_is_and_nobody_was_written_to(office: Office, tmp_path: Path) -> None:
    office.say("z", "我收到几份邮寄的怎么弄")
    file = word(tmp_path, "寄.docx", application("丙", recommender="苏州市工业和信息化局"))
    assert "注意：推荐单位写的是苏州市工业和信息化局" in sends(office, "z", file).text
    office.say("z", "收完了")
    assert "推荐单位写的是苏州市" in office.say("z", "打开2号申报")
    told = office.say("z", "驳回2 不归我们管")
    assert "意见已记下" in told and "已发给申报单位" not in told


def test_the_only_person_is_told_that_they_may_publish_themselves(office: Office) -> None:
    office.say("z", "新增常见问题 问：周末收材料吗 答：不收。")
    told = said(office, "z", "送审1")
    assert "本局只有您一位，可以自己发布" in told.text
    assert "已发布" in office.say("z", told.press("发布"))


def test_a_place_in_the_order_is_said_in_words(office: Office) -> None:
    office.say("z", "接收 1")
    assert "1. 样例甲联合体" in office.say("z", "把1号排第一")
    assert "已接收、未排名" in office.say("z", "1号移出")


def test_every_finding_has_words() -> None:
    known = {key.removeprefix("finding.") for key in sentences() if key.startswith("finding.")}
    source = "\n".join(file.read_text("utf-8") for file in RULES.glob("*.py"))
    codes = set(re.findall(r'[fF]inding\(\s*"([a-z_]+)"', source))
    assert codes | set(TO_COME) <= known and len(codes) > 15


def test_a_file_that_is_only_shown_begins_nothing(office: Office, tmp_path: Path) -> None:
    told = sends(office, "z", word(tmp_path, "看.docx", application("丁")))
    assert "没有收下" in told.text and not told.buttons
