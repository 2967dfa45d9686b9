"""Stories of entries at two bureaus, on both databases: written, approved by another, told, withdrawn; walls hold."""

from __future__ import annotations

import re

import pytest

from bot.store.desk.entries import entries, past, view
from bot.store.desk_tables import audit, faqs
from bot.turn.acts import act
from bot.turn.ports import StaleError
from bot.turn.scope import Scope, operator
from bot.turn.wish import Wish
from tests.conversation.office import Office
from tests.desk.faq_office import applicant, hired, ticket
from tests.desk.faq_office import heard as asked_before

NEW = "新增常见问题 问：周末收材料吗？答：周末不收，工作日9点到17点收"
ASKED = "请问周末能收材料吗"
TOLD = "常见问题（南京市工业和信息化局，2026年3月28日）：周末不收，工作日9点到17点收。"


@pytest.fixture
def office(answering: Office) -> Office:
    return answering


def acts(office: Office, bureau: str = "nanjing") -> list[tuple[str, str]]:
    with office.store.desks.look(operator(bureau)) as seen:
        rows = seen.rows(audit, order=(audit.c.id,))
    return [(row.act, row.detail) for row in rows if row.act.startswith("faq")]


def buttons(office: Office, chat: str, said: str) -> list[str]:
    """The buttons under what a chat is told, which is saved."""
    saved, outcome = office.handled(chat, said)
    assert office.keep(chat, saved, outcome)
    return [one.id for reply in outcome.replies if not reply.chat for row in reply.buttons for one in row]


def test_an_entry_is_written_by_one_and_published_by_another(office: Office) -> None:
    hired(office, "nanjing", "z", "y")
    applicant(office, "a", "nanjing")
    assert "常见问题1（草稿）" in office.say("z", NEW)
    assert "周末不收" not in office.say("a", ASKED)
    assert "已送审" in office.say("z", "送审 1")
    assert "z送审，请看" in office.letters["y"][-1]
    assert "另一位同事" in office.say("z", "[desk/faq_publish/1/2")
    assert "周末不收" not in office.say("a", ASKED)
    assert "请先看一遍" in office.say("y", "发布 1")
    assert "已发布" in office.say("y", "[desk/faq_publish/1/2")
    assert "已由y发布" in office.letters["z"][-1]
    assert office.say("a", ASKED).startswith(TOLD)
    assert "作者：z；审核：y" in office.say("z", "常见问题 1")
    assert "已撤回" in office.say("z", "撤回常见问题 1")
    assert "周末不收" not in office.say("a", ASKED)
    kinds = [one for one, _ in acts(office)]
    assert kinds == ["faq_new", "faq_submit", "faq_publish", "faq_withdraw"]


def test_nobody_of_another_bureau_sees_hits_or_counts_it(office: Office) -> None:
    hired(office, "nanjing", "z")
    hired(office, "suzhou", "s")
    for person, bureau in (("a", "nanjing"), ("b", "suzhou")):
        applicant(office, person, bureau)
    asked_before(office, "nanjing", "公章盖在哪一页", "公章盖在哪一页")
    office.say("z", NEW)
    office.say("z", "[desk/faq_publish/1/1")
    assert office.say("a", ASKED).startswith(TOLD)
    assert "周末不收" not in office.say("b", ASKED)
    assert "还没有" in office.say("s", "常见问题") and "没有第1条" in office.say("s", "常见问题 1")
    for said in (
        "撤回常见问题 1",
        "[desk/faq_publish/1/1",
        "[desk/faq_withdraw/1",
        "改答案 1 别的",
        "试运行 1",
        "[desk/keep/1",
    ):
        assert "周末" not in office.say("s", said)
    assert "公章" not in office.say("s", "没答上的问题")
    assert "常见问题1（草稿）" in office.say("s", "新增常见问题 问：苏州周末收材料吗 答：收")
    for scope in (Scope("suzhou", "staff", "s"), Scope("nanjing", "applicant", "a"), Scope("", "applicant", "a")):
        with office.store.desks.look(scope) as seen:
            assert all("9点" not in one.answer for one in entries(seen))
            # Whoever asked sees their own question, and nobody what the others asked.
            assert all("公章" not in one.question for one in view(seen, Wish("faq_trial", 1)).past)
            assert seen.count(faqs) == (1 if scope.bureau == "suzhou" else 0)


def test_an_applicant_reaches_none_of_it(office: Office) -> None:
    hired(office, "nanjing", "z")
    applicant(office, "a", "nanjing")
    office.say("z", NEW)
    for said in ("[desk/faqs/0", "[desk/faq/1", "[desk/faq_publish/1/1", "[desk/keep/1", "[desk/gaps/0"):
        assert office.say("a", said) == "这项由工信局工作人员来办。"
    with pytest.raises(StaleError):
        office.store.perform((act("faq_publish", Scope("nanjing", "staff", "a"), 1, 1),))
    assert [one for one, _ in acts(office)] == ["faq_new"]


def test_one_alone_may_approve_and_it_is_shown(small: Office) -> None:
    hired(small, "nanjing", "z")
    small.say("z", NEW)
    assert "本局只有您一人" in small.say("z", "[desk/faq_publish/1/1")
    assert "审核：z（自审）" in small.say("z", "常见问题 1")
    assert acts(small)[-1] == ("faq_publish", "一人自审")


def test_the_second_look_at_rights_stops_an_author_whom_a_colleague_joined(small: Office) -> None:
    hired(small, "nanjing", "z")
    small.say("z", NEW)
    saved, outcome = small.handled("z", "[desk/faq_publish/1/1")
    hired(small, "nanjing", "y")
    assert not small.keep("z", saved, outcome)
    assert "另一位同事" in small.say("z", "[desk/faq_publish/1/1")


def test_what_gainsays_the_notice_is_shown_to_both_and_takes_a_second_press(small: Office) -> None:
    hired(small, "nanjing", "z", "y")
    applicant(small, "a", "nanjing")
    small.say("z", "新增常见问题 问：申报书可以用复印件吗？答：可以用复印件")
    assert "⚠ 与通知的结论不一致" in small.say("z", "送审 1")
    assert "⚠ 与通知的结论不一致" in small.letters["y"][-1] and "复印无效" in small.letters["y"][-1]
    assert buttons(small, "y", "[desk/faq_publish/1/2") == ["desk/faq_publish/1/2!"]
    assert "常见问题（" not in small.say("a", "申报书用复印件行吗")
    assert "已发布" in small.say("y", "[desk/faq_publish/1/2!")
    assert acts(small)[-1] == ("faq_publish", "明知不一致仍发布")
    told = small.say("a", "申报书用复印件行吗")
    assert "可以用复印件。\n通知原文：不可以用复印件" in told


def test_what_gainsays_another_entry_is_shown(small: Office) -> None:
    hired(small, "nanjing", "z")
    small.say("z", NEW)
    small.say("z", "[desk/faq_publish/1/1")
    small.say("z", "新增常见问题 问：周末能不能收材料？答：周末收，工作日8点到18点收")
    assert "⚠ 与第1条的" in small.say("z", "[desk/faq_publish/2/1")


def test_it_comes_back_with_a_reason_and_whoever_changes_it_is_its_author(small: Office) -> None:
    hired(small, "nanjing", "z", "y")
    small.say("z", NEW)
    small.say("z", "送审 1")
    assert "请把原因发来" in small.say("y", "[desk/faq_return/1/2")
    assert "已退回" in small.say("y", "退回常见问题 1 时间不对")
    assert "被退回：时间不对" in small.letters["z"][-1]
    assert "退回原因：时间不对" in small.say("z", "常见问题 1")
    assert "作者：y" in small.say("y", "改答案 1 周末不收，工作日8点到18点收")
    small.say("y", "送审 1")
    assert "另一位同事" in small.say("y", "[desk/faq_publish/1/5")
    assert "刚被改过" in small.say("z", "[desk/faq_publish/1/2")
    assert "已发布" in small.say("z", "[desk/faq_publish/1/5")


def test_two_who_change_it_at_once_do_not_undo_each_other(office: Office) -> None:
    hired(office, "nanjing", "z", "y")
    office.say("z", NEW)
    first, second = office.handled("z", "改答案 1 甲"), office.handled("y", "改问题 1 周日收材料吗")
    assert office.keep("z", *first) and not office.keep("y", *second)
    again = office.say("y", "改问题 1 周日收材料吗")
    assert "问：周日收材料吗" in again and "答：甲。" in again


def test_it_holds_until_its_day(small: Office) -> None:
    hired(small, "nanjing", "z")
    applicant(small, "a", "nanjing")
    small.say("z", NEW)
    assert "已经过了" in small.say("z", "有效期 1 2026年3月1日")
    assert "日期请写成" in small.say("z", "有效期 1 改天")
    assert "有效期：长期" in small.say("z", "有效期 1 长期")
    assert "有效期：2026年3月28日" in small.say("z", "有效期 1 3月28日")
    small.say("z", "[desk/faq_publish/1/3")
    assert small.say("a", ASKED).startswith(TOLD)


def test_a_ruling_of_its_people_decides_an_open_point(small: Office) -> None:
    hired(small, "nanjing", "z")
    applicant(small, "a", "nanjing")
    assert "口径1（草稿）" in small.say("z", "新增口径 问：成员单位不少于2家，牵头单位算在内吗？答：不含牵头单位")
    small.say("z", "[desk/faq_publish/1/1")
    told = small.say("a", "2家含不含牵头单位")
    assert told.startswith("本市口径（南京市工业和信息化局，2026年3月28日）：不含牵头单位。\n通知本身没有定论。")


def test_an_answer_to_a_ticket_is_kept_with_one_press(office: Office) -> None:
    hired(office, "nanjing", "z", "y")
    ticket(
        office, "nanjing", "您好，我们是示例智造有限公司，周末收材料吗，电话13812345678", "周末不收，急的打13812345678"
    )
    ticket(office, "nanjing", "培训会哪天开", number=2)
    told = office.say("z", "[desk/keep/1")
    assert "问：周末收材料吗，电话138****5678" in told and "答：周末不收，急的打138****5678。" in told
    assert "依据：工单1" in told and "示例" not in told
    assert "已经收过" in office.say("y", "[desk/keep/1")
    assert "还没有答复" in office.say("z", "[desk/keep/2")
    assert "还没有答复" in office.say("z", "[desk/keep/9")


def test_a_trial_says_what_it_would_have_answered(office: Office) -> None:
    hired(office, "nanjing", "z")
    asked_before(office, "nanjing", ASKED, ASKED, "公章盖在哪一页")
    asked_before(office, "nanjing", "周末可以收材料吗", status="declined")
    asked_before(office, "suzhou", "周末收材料吗")
    office.say("z", NEW)
    told = office.say("z", "试运行 1")
    assert "过去3个问题里会命中2个（共问过3次）" in told
    assert f"· {ASKED}（" in told and "当时没答上" in told and "当时没答）" in told
    with office.store.desks.look(Scope("nanjing", "staff", "z")) as seen:
        assert {one.question: one.times for one in past(seen)}[ASKED] == 2


def test_open_questions_become_a_draft_and_ways_of_asking_are_added(small: Office) -> None:
    hired(small, "nanjing", "z")
    asked_before(small, "nanjing", "周末收材料吗", "周末收材料吗", "周日收材料吗", "公章盖在哪一页")
    told = small.say("z", "没答上的问题")
    assert "1. 周末收材料吗——3次，2种问法" in told and "2. 公章盖在哪一页——1次" in told
    first = buttons(small, "z", "没答上的问题")[0]
    assert re.fullmatch(r"desk/faq_draft/0/[0-9a-f]{12}", first)
    assert "还差答案" in small.say("z", f"[{first}")
    assert "（还没写）" in small.say("z", "[desk/faq_publish/1/1")
    assert "答：不收。" in small.say("z", "改答案 1 不收")
    assert "周末收材料吗" not in small.say("z", "没答上的问题")
    (way,) = buttons(small, "z", "找相似问法 1")
    assert "相似问法：周日收材料吗" in small.say("z", f"[{way}")
    assert "没有找到" in small.say("z", "找相似问法 1")
    assert "相似问法：周日收材料吗；礼拜天收材料吗" in small.say("z", "加相似问法 1 礼拜天收材料吗")
    assert "已经更新" in small.say("z", "[desk/faq_draft/0/0123456789ab")
    assert "已经更新" in small.say("z", "[desk/faq_like/1/0123456789ab")
    small.say("z", "[desk/faq_publish/1/4")
    applicant(small, "a", "nanjing")
    assert "：不收。" in small.say("a", "礼拜天收材料吗")


def test_what_cant_be_an_entry_is_sent_back_kindly(small: Office) -> None:
    hired(small, "nanjing", "z")
    assert "看不出在问什么" in small.say("z", "新增常见问题 问：能不能？答：能")
    assert "最长200字" in small.say("z", f"新增常见问题 问：周末收材料吗？答：{'长' * 601}")
    for said in (
        "送审 9",
        "发布 9",
        "退回常见问题 9 错",
        "撤回常见问题 9",
        "改答案 9 甲",
        "试运行 9",
        "找相似问法 9",
        "加相似问法 9 周末",
    ):
        assert small.say("z", said) == "没有第9条。"
    small.say("z", NEW)
    assert "现在办不了" in small.say("z", "退回常见问题 1 错")
    assert "已作废" in small.say("z", "撤回常见问题 1")
    assert "回到草稿" in small.say("z", "改答案 1 收")
    assert acts(small)[0] == ("faq_new", "周末收材料吗")


def test_the_list_shows_what_waits_first(small: Office) -> None:
    hired(small, "nanjing", "z", "y")
    for place in range(1, 24):
        small.say("z", f"新增常见问题 问：第{place}次培训在哪里开？答：{place}楼")
    small.say("z", "送审 23")
    told = small.say("y", "常见问题").split("\n")
    assert told[1] == "23. 第23次培训在哪里开（待审）" and "……另有3条" in told
    assert buttons(small, "y", "口径列表") == ["desk/faq/23"]


def test_what_comes_too_early_too_late_or_of_nothing_is_said(small: Office) -> None:
    hired(small, "nanjing", "z", "y")
    small.say("z", NEW)
    assert "先说“送审 1”" in small.say("y", "[desk/faq_publish/1/1")
    assert "请写成" in small.say("z", "[desk/faq_add/0")
    assert "看不出在问什么" in small.say("z", "改问题 1 能吗")
    assert "没有第9条" in small.say("z", "有效期 9 6月30日")
    assert "没有第9条" in small.say("z", "[desk/faq_like/9/0123456789ab")
    assert "看不出在问什么" in small.say("z", "加相似问法 1 能吗")
    assert "相似问法" not in small.say("z", "加相似问法 1 周末收材料吗")
    small.say("z", "送审 1")
    small.say("y", "[desk/faq_publish/1/2")
    with small.store.desks.change(operator("nanjing")) as seen:
        seen.change(faqs, faqs.c.number == 1, valid_until="2026-03-01")
    assert "（已过期）" in small.say("z", "常见问题") and "（已过期）" in small.say("z", "常见问题 1")


def test_the_group_they_work_in_is_asked_for_approval(small: Office) -> None:
    hired(small, "nanjing", "z", "y")
    small.store.perform((act("settle", operator("nanjing"), staff_chat="g"),))
    small.say("z", NEW)
    small.say("z", "送审 1")
    assert "z送审" in small.letters["g"][-1] and "y" not in small.letters
