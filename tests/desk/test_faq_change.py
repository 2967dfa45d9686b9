"""Stories of published entries that are changed: the old words answer until others approve, and come back at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk.bureau.life import Settled
from bot.desk.entries.life import EntryLed
from bot.store.connection import writing
from bot.store.desk.entries import entries
from bot.store.desk_tables import audit
from bot.turn.acts import Act
from bot.turn.ports import StaleError
from bot.turn.replies import Incoming
from bot.turn.scope import Scope, operator
from tests.conversation.office import DAY, Office
from tests.desk.faq_office import applicant, heard, hired, ticket

NEW = "新增常见问题 问：周末收材料吗？答：周末不收，工作日9点到17点收"
ASKED = "请问周末能收材料吗"
OLD, NEWER = "周末不收，工作日9点到17点收。", "周末不收，工作日8点到18点收。"
CHANGE = f"改答案 1 {NEWER}"


@pytest.fixture
def office(answering: Office) -> Office:
    return answering


class Later(Office):
    """The same office two days on."""

    def incoming(self, chat: str, said: str) -> Incoming:
        return replace(super().incoming(chat, said), today=DAY + timedelta(days=2))


def settled(office: Office, *people: str) -> None:
    """A bureau of these people with a published entry, and an applicant of its city."""
    hired(office, "nanjing", *people)
    applicant(office, "a", "nanjing")
    office.say(people[0], NEW)
    if len(people) > 1:
        office.say(people[0], "送审 1")
    publish(office, people[-1])
    assert OLD in office.say("a", ASKED)


def publish(office: Office, person: str) -> str:
    """Approved by somebody as it is now."""
    return office.say(person, f"[desk/faq_publish/1/{version(office)}")


def version(office: Office) -> int:
    with office.store.desks.look(operator("nanjing")) as seen:
        return entries(seen)[0].version


def record(office: Office) -> list[tuple[str, str, float]]:
    with office.store.desks.look(operator("nanjing")) as seen:
        rows = seen.rows(audit, audit.c.act.like("faq%"), order=(audit.c.id,))
    return [(row.act, row.person, row.at) for row in rows]


def buttons(office: Office, chat: str, said: str) -> list[str]:
    """What can be pressed under what a chat is told."""
    _, outcome = office.handled(chat, said)
    return [one.id for reply in outcome.replies if not reply.chat for row in reply.buttons for one in row]


# ---------------------------------------------------------------- changed
def test_old_words_answer_until_the_change_is_approved_by_another(office: Office) -> None:
    settled(office, "z", "y")
    told = office.say("z", CHANGE)
    assert "已改，送审发布以前仍按原来的答" in told and "常见问题1（修改中，仍按原来的答）" in told
    assert OLD in office.say("a", ASKED)
    office.say("z", "送审 1")
    letter = office.letters["y"][-1]
    assert "修改待审，仍按原来的答" in letter
    assert letter.endswith("改动：\n· 答案：“工作日9点到17点收。”改为“工作日8点到18点收。”")
    assert "（修改待审，仍按原来的答）" in office.say("y", "常见问题")
    assert "另一位同事" in publish(office, "z") and OLD in office.say("a", ASKED)
    assert "请先看一遍" in office.say("y", "发布 1") and OLD in office.say("a", ASKED)
    assert "已发布" in publish(office, "y")
    told = office.say("a", ASKED)
    assert NEWER in told and OLD not in told
    assert "（已发布）" in office.say("y", "常见问题") and "改动" not in office.say("y", "常见问题 1")


def test_every_part_that_changes_is_shown_as_it_was_and_is_to_be(small: Office) -> None:
    settled(small, "z", "y")
    small.say("z", "加相似问法 1 礼拜天收材料吗")
    small.say("z", "改问题 1 周末可以交材料吗")
    small.say("z", "依据 1 局里4月排班表")
    told = small.say("z", "有效期 1 2026年6月30日")
    assert told.endswith(
        "改动：\n· 问题：“周末收材料吗”改为“周末可以交材料吗”\n· 相似问法：加“礼拜天收材料吗”\n"
        "· 有效期：“长期”改为“2026年6月30日”\n· 依据：加“局里4月排班表”"
    )
    assert "和原来的一样" not in told


def test_the_difference_stands_beside_what_it_gainsays(small: Office) -> None:
    hired(small, "nanjing", "z", "y")
    small.say("z", "新增常见问题 问：申报书可以用复印件吗？答：不可以用复印件")
    small.say("z", "送审 1")
    publish(small, "y")
    small.say("z", "改答案 1 可以用复印件")
    small.say("z", "送审 1")
    assert "⚠ 与通知的结论不一致" in small.letters["y"][-1]
    assert "· 答案：“不可以用复印件。”改为“可以用复印件。”" in small.letters["y"][-1]


def test_what_is_changed_into_itself_stays_published(small: Office) -> None:
    settled(small, "z", "y")
    assert "和现在的一样，没有改" in small.say("z", f"改答案 1 {OLD}")
    small.say("z", CHANGE)
    assert "· 和原来的一样" in small.say("z", f"改答案 1 {OLD}")
    assert OLD in small.say("a", ASKED)


def test_a_change_is_sent_back_and_given_up(small: Office) -> None:
    settled(small, "z", "y")
    small.say("z", CHANGE)
    small.say("z", "送审 1")
    assert "已退回" in small.say("y", "退回常见问题 1 时间没定")
    assert "退回原因：时间没定" in small.say("z", "常见问题 1") and OLD in small.say("a", ASKED)
    assert "刚被改过" in small.say("y", "[desk/faq_drop/1/4")
    assert "修改已放弃" in small.say("y", "放弃修改 1")
    assert "y放弃了对常见问题1的修改" in small.letters["z"][-1]
    assert f"答：{OLD}" in small.say("z", "常见问题 1") and "审核：y" in small.say("z", "常见问题 1")
    assert "没有正在改的内容" in small.say("z", "常见问题 1 放弃修改")
    small.letters.clear()
    small.say("z", CHANGE)
    assert "修改已放弃" in small.say("z", f"[desk/faq_drop/1/{version(small)}") and not small.letters
    assert "没有第9条" in small.say("z", "放弃修改 9")
    assert OLD in small.say("a", ASKED)


def test_taken_away_while_it_is_being_changed_nothing_answers_and_the_change_goes_on(small: Office) -> None:
    settled(small, "z", "y")
    small.say("z", CHANGE)
    small.say("z", "送审 1")
    assert "正在改的那一稿还在" in small.say("y", "撤回常见问题 1")
    assert "周末不收" not in small.say("a", ASKED)
    assert "常见问题1（待审）" in small.say("y", "常见问题 1")
    publish(small, "y")
    assert NEWER in small.say("a", ASKED)
    assert "没有更早的版本" in small.say("y", "退回上一版 1"), "what was withdrawn comes back by nobody's press"


def test_one_alone_changes_approves_and_it_is_recorded(small: Office) -> None:
    settled(small, "z")
    small.say("z", CHANGE)
    assert "desk/faq_publish/1/3" in buttons(small, "z", "常见问题 1")
    assert "已按自审记录" in publish(small, "z")
    assert NEWER in small.say("a", ASKED) and "（自审）" in small.say("z", "常见问题 1")


# ---------------------------------------------------------------- back
def test_the_words_before_are_back_with_one_press_of_anybody(office: Office) -> None:
    settled(office, "z", "y", "x")
    office.say("z", CHANGE)
    office.say("z", "送审 1")
    publish(office, "x")
    assert NEWER in office.say("a", ASKED)
    office.letters.clear()
    pressed = next(one for one in buttons(office, "y", "常见问题 1") if "faq_back" in one)
    assert "已退回上一版，从下一个问题起这样答" in office.say("y", f"[{pressed}")
    told = office.say("a", ASKED)
    assert OLD in told and NEWER not in told
    for person in ("z", "x"):
        assert office.letters[person] == [
            f"y把常见问题1退回了上一版，现在这样答：\n问：周末收材料吗\n答：{OLD}",
        ]
    doing, who, at = record(office)[-1]
    assert (doing, who) == ("faq_back", "y") and at > 0
    assert "y 把问答退回上一版 1" in office.say("z", "操作记录")


def test_two_who_say_it_at_once_mean_one_step(small: Office) -> None:
    settled(small, "z", "y")
    for text in ("改答案 1 甲种答法。", "改答案 1 乙种答法。"):
        small.say("z", text)
        small.say("z", "送审 1")
        publish(small, "y")
    first, second = small.handled("z", "退回上一版 1"), small.handled("y", "退回上一版 1")
    assert small.keep("z", *first) and not small.keep("y", *second)
    assert "z刚退回过" in small.say("y", "常见问题 1 退回上一版")
    assert "甲种答法" in small.say("a", ASKED)
    assert "刚被改过" in small.say("y", "[desk/faq_back/1/8")
    small.say("y", f"[desk/faq_back/1/{version(small)}")
    assert OLD in small.say("a", ASKED)
    assert "没有更早的版本" in small.say("y", f"[desk/faq_back/1/{version(small)}")


def test_earlier_words_come_back_beside_a_change_that_goes_on(small: Office) -> None:
    settled(small, "z", "y")
    small.say("z", CHANGE)
    small.say("z", "送审 1")
    publish(small, "y")
    small.say("z", "改答案 1 周末不收，工作日10点到16点收。")
    small.say("z", "送审 1")
    seen = version(small)
    assert "改动" in small.say("y", "退回上一版 1")
    assert OLD in small.say("a", ASKED)
    assert "刚被改过" in small.say("y", f"[desk/faq_publish/1/{seen}")
    assert f"“{OLD.partition('，')[2]}”改为“工作日10点到16点收。”" in small.say("y", "常见问题 1")
    publish(small, "y")
    assert "10点到16点" in small.say("a", ASKED)


def test_earlier_words_whose_day_is_past_are_put_back_and_said_to_be_silent(small: Office) -> None:
    hired(small, "nanjing", "z")
    applicant(small, "a", "nanjing")
    small.say("z", NEW)
    publish(small, "z")
    small.say("z", "有效期 1 2026年3月28日")
    publish(small, "z")
    small.say("z", "有效期 1 长期")
    publish(small, "z")
    later = Later(small.assistant, small.store, small.clock, small.file)
    assert "已过有效期，不会用它答" in later.say("z", "退回上一版 1")
    assert "周末不收" not in later.say("a", ASKED)
    later.say("z", "改答案 1 收。")
    assert "（修改中，原来的已过期）" in later.say("z", "常见问题")


def test_the_group_they_work_in_hears_of_it_once(small: Office) -> None:
    settled(small, "z", "y")
    small.say("z", CHANGE)
    small.say("z", "送审 1")
    publish(small, "y")
    small.store.perform((Act(operator("nanjing"), Settled({"staff_chat": "g"})),))
    small.letters.clear()
    small.say("y", "退回上一版 1")
    assert [len(small.letters[one]) for one in ("g", "z")] == [1, 1]


def test_nobody_else_puts_anything_back(small: Office) -> None:
    settled(small, "z", "y")
    hired(small, "suzhou", "s")
    small.say("z", CHANGE)
    small.say("z", "送审 1")
    publish(small, "y")
    assert "没有第1条" in small.say("s", "退回上一版 1")
    assert "退回" not in small.say("a", "退回上一版 1")
    assert small.say("a", f"[desk/faq_back/1/{version(small)}") == "这项由工信局工作人员来办。"
    for scope in (Scope("nanjing", "staff", "a"), Scope("nanjing", "applicant", "a"), Scope("suzhou", "admin", "s")):
        with pytest.raises(StaleError):
            small.store.perform((Act(scope, EntryLed("faq_back"), 1, version(small)),))
    assert NEWER in small.say("a", ASKED)


# ---------------------------------------------------------------- abuse
DAY_NEW = "新增常见问题 问：送到市局的材料哪天截止收？答：3月30日17点前送到市局"
DAY_ASKED = "送到市局的材料哪天截止收"
RIGHT, WRONG = "3月30日17点前送到市局", "3月31日17点前送到市局"


def test_abuse_case_7_a_changed_deadline_reaches_nobody_without_another_and_after_rollback_nobody(
    office: Office,
) -> None:
    hired(office, "nanjing", "z", "y")
    people = ("a", "b", "c")
    for one in people:
        applicant(office, one, "nanjing")

    def told() -> set[str]:
        texts = [office.say(one, DAY_ASKED) for one in people]
        return {day for day in (RIGHT, WRONG) for text in texts if day in text}

    office.say("z", DAY_NEW)
    office.say("z", "送审 1")
    office.say("y", f"[desk/faq_publish/1/{version(office)}!")
    assert told() == {RIGHT}
    for said in (f"改答案 1 {WRONG}", "送审 1", "发布 1", f"[desk/faq_publish/1/{version(office) + 2}!"):
        office.say("z", said)
        assert told() == {RIGHT}, said
    with pytest.raises(StaleError):
        office.store.perform((Act(Scope("nanjing", "admin", "z"), EntryLed("faq_publish"), 1, version(office)),))
    assert "“3月30日17点前送到市局。”改为“3月31日17点前送到市局。”" in office.letters["y"][-1]
    office.say("y", f"[desk/faq_publish/1/{version(office)}!")
    assert told() == {WRONG}
    office.say("y", "退回上一版 1")
    assert told() == {RIGHT}
    assert [one[:2] for one in record(office)][-2:] == [("faq_publish", "y"), ("faq_back", "y")]


def test_abuse_case_15_an_answer_is_shown_again_word_for_word_whatever_came_after(office: Office) -> None:
    settled(office, "z", "y")
    first = office.say("a", ASKED)
    office.say("z", CHANGE)
    office.say("z", "送审 1")
    publish(office, "y")
    second = office.say("a", ASKED)
    office.say("y", "退回上一版 1")
    third = office.say("a", ASKED)
    office.say("y", "撤回常见问题 1")
    kept = [one.record for one in office.store.answers("a")][-3:]
    assert [one.text for one in kept] == [first, second, third]
    assert [one.citations[0].quote for one in kept] == [OLD, NEWER, OLD]
    assert {one.question for one in kept} == {ASKED} and {one.today for one in kept} == {"2026-03-28"}
    # Each says whose words they were, and their own data hold them too.
    assert all("南京市工业和信息化局，2026年3月28日" in one.citations[0].source for one in kept)
    own = office.store.load("a").past.everything()["answers"]
    assert [one["answer"] for one in own][-3:] == [first, second, third]


# ---------------------------------------------------------------- source, erasure
def test_what_an_entry_rests_on_is_shown_to_whoever_approves(small: Office) -> None:
    hired(small, "nanjing", "z", "y")
    ticket(small, "nanjing", "培训会哪天开", "4月8日开")
    assert "依据：工单1" in small.say("z", "[desk/keep/1")
    assert "依据：未写（可发“依据 2 …”补上）" in small.say("z", NEW)
    small.say("z", "送审 2")
    assert "依据：未写\n" in small.letters["y"][-1]
    assert "依据：张三的答复" in small.say("z", "依据 2：张三的答复。")
    assert "依据：未写" in small.say("z", "依据 2 无")
    assert "依据：通知第三条；工单1" in small.say("z", "依据 1 通知第三条")
    assert "最长100字" in small.say("z", f"依据 2 {'长' * 101}")
    told = small.say("z", "新增常见问题 问：午休收材料吗？答：不收，依据：局里作息表")
    assert "答：不收。" in told and "依据：局里作息表" in told
    assert "最长100字" in small.say("z", f"新增常见问题 问：午休收材料吗？答：不收，依据：{'长' * 101}")


def test_what_an_entry_rests_on_is_the_desks_own_and_not_told_to_askers(small: Office) -> None:
    hired(small, "nanjing", "z")
    applicant(small, "a", "nanjing")
    small.say("z", f"{NEW}，依据：张三的答复")
    publish(small, "z")
    _, outcome = small.handled("a", ASKED)
    assert OLD in outcome.replies[0].text and "张三" not in str(outcome)


def test_whoever_is_erased_is_in_no_earlier_words_either(office: Office) -> None:
    settled(office, "z", "y")
    for text in (CHANGE, "改答案 1 别的。"):
        office.say("z", text)
        office.say("z", "送审 1")
        publish(office, "y")
    office.say("y", "改答案 1 再别的。")
    office.say("z", "删除我的数据")
    office.say("z", "确认删除")
    with office.store.desks.look(operator("nanjing")) as seen:
        item = entries(seen)[0]
    assert item.standing and [one.approver for one in item.past] == ["y", "y"]
    held = (item.standing, *item.past)
    assert all(one.author.startswith("gone:") and not one.author_name for one in held)
    assert [one.answer for one in held] == ["别的。", OLD, NEWER]


def test_questions_that_either_wording_answers_are_not_open(small: Office) -> None:
    settled(small, "z", "y")
    heard(small, "nanjing", "周末收材料吗", "礼拜几可以送材料来")
    small.say("z", "改问题 1 礼拜几可以送材料来")
    assert "没有。" in small.say("z", "没答上的问题")


def test_a_row_of_an_older_program_reads_as_one_that_is_not_being_changed(small: Office) -> None:
    settled(small, "z", "y")
    with writing(small.store.engine) as connection:
        row = connection.exec_driver_sql("SELECT source, standing, past FROM faqs").one()
    assert tuple(row) == ("", "", "")
