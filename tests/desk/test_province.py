"""The province's desk: what it says holds in every city, under its own name, and gives way to a city's own word."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from bot.desk.sayings import Shelved
from bot.store.tables import documents
from bot.turn.acts import Act
from bot.turn.ports import StaleError
from bot.turn.scope import Scope
from tests.conversation.office import Office
from tests.desk.bureau import bureau
from tests.desk.faq_office import applicant, hired

ISSUER = "省工业和信息化厅"


@pytest.fixture
def office(answering: Office) -> Office:
    """The province with 赵六 and 钱七, two cities with somebody each and an applicant each."""
    answering.names = {"p": "赵六", "q": "钱七", "z": "张三", "s": "孙九"}
    for code in ("province", "nanjing", "suzhou"):
        bureau(answering, code)
    hired(answering, "province", "p", "q")
    hired(answering, "nanjing", "z")
    hired(answering, "suzhou", "s")
    applicant(answering, "a", "nanjing")
    applicant(answering, "b", "suzhou")
    return answering


def published(office: Office, kind: str, question: str, answer: str) -> None:
    """What 赵六 writes and 钱七 publishes."""
    number = office.say("p", f"新增{kind} 问：{question} 答：{answer}").partition(kind)[2][:1]
    office.say("p", f"送审 {number}")
    office.say("q", f"常见问题 {number}")
    card = office.say("q", f"发布 {number}")
    if "已发布" not in card:
        assert "已发布" in office.say("q", f"[desk/faq_publish/{number}/2")


def test_what_the_province_publishes_answers_in_every_city_under_its_name(office: Office) -> None:
    published(office, "常见问题", "周末收材料吗", "周末不收，邮寄的以邮戳为准。")
    for asker in ("a", "b", "c"):
        told = office.say(asker, "周末收材料吗")
        assert f"常见问题（{ISSUER}，2026年3月28日）：周末不收，邮寄的以邮戳为准。" in told
    assert "已撤回" in office.say("q", "撤回常见问题 1")
    assert "邮戳" not in office.say("a", "周末收材料吗")


def test_a_ruling_of_the_province_gives_way_to_a_citys_own(office: Office) -> None:
    published(office, "口径", "成员单位不少于2家，牵头单位算在内吗", "不含牵头单位。")
    assert f"口径（{ISSUER}，2026年3月28日）：不含牵头单位。" in office.say("a", "2家成员含不含牵头单位")
    office.say("z", "新增口径 问：成员单位不少于2家，牵头单位算在内吗 答：本市按含牵头单位掌握。")
    office.say("z", "[desk/faq_publish/1/1")
    told = office.say("a", "2家成员含不含牵头单位")
    assert "本市口径（南京市工业和信息化局，2026年3月28日）：本市按含牵头单位掌握。" in told
    assert "本市" not in office.say("b", "2家成员含不含牵头单位")


def test_an_answer_to_what_was_passed_up_is_kept_for_all(office: Office) -> None:
    office.say("a", "转人工 培训会哪天开")
    office.say("z", "转省厅 1")
    office.say("p", "[desk/take/1/nanjing")
    assert "已答复" in office.say("p", "答复 南京 1 4月1日开。")
    card = office.say("p", "工单 南京 1")
    assert "培训会哪天开" in card
    assert "依据：工单1" in office.say("p", "[desk/keep/1/nanjing")
    assert "还没有答复" in office.say("p", "[desk/keep/1/suzhou"), "not of what was never passed up"


def test_a_citys_people_write_nothing_for_all(office: Office) -> None:
    with pytest.raises(StaleError):
        office.store.perform([Act(Scope("province", "province", "z"), Shelved(()))])
    assert not office.store.documents.all()
    office.say("z", "新增常见问题 问：周末收材料吗 答：收。")
    office.say("z", "[desk/faq_publish/1/1")
    with office.store.engine.connect() as connection:
        assert connection.execute(select(func.count()).where(documents.c.bureau == "")).scalar_one() == 0
    assert "收。" not in office.say("b", "周末收材料吗")


def test_it_is_told_what_a_province_can_do_and_sets_nothing_else(office: Office) -> None:
    told = office.say("p", "工作台")
    assert "对全省有效" in told and "转省厅" not in told and "打包" not in told
    assert "提醒时限：" in (shown := office.say("p", "本局设置")) and "内部截止：" not in shown
    assert "由各市自己设" in office.say("p", "设置内部截止 3月30日")
    assert "已设：提醒时限 48小时" in office.say("p", "设置提醒时限 2天")
