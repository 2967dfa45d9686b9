"""A tired clerk at the desk: words that come after a button, answers put right, work handed on, and no drafts."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk.bureau.life import Settled
from bot.desk.tickets.life import Doing, TicketTended
from bot.dialogue.assistant import Assistant
from bot.dialogue.restoring import restore
from bot.turn.acts import Act
from bot.turn.ports import StaleError
from bot.turn.scope import Scope, operator
from tests.conversation.office import Office
from tests.desk.applications import application, drafted, said
from tests.desk.bureau import bureau, recruit, staffed

ASKED = "补助有多少"


@pytest.fixture
def office(tmp_path: Path, shared: Assistant, address: str) -> Iterator[Office]:
    """南京 with 张三 and 李四, 苏州 with 孙九, the province with 赵六; 王五 has handed a question over."""
    office = staffed(tmp_path, shared, address)
    office.names = {"z": "张三", "l": "李四", "s": "孙九", "p": "赵六", "w": "王五", "v": "周七"}
    for code in ("nanjing", "suzhou", "province"):
        bureau(office, code)
    for chat, code in (("z", "nanjing"), ("l", "nanjing"), ("s", "suzhou"), ("p", "province")):
        recruit(office, code, chat)
    office.say("w", "我们是南京的")
    office.say("w", ASKED)
    office.say("w", "转人工")
    yield office
    office.store.close()


def waits(office: Office, chat: str) -> str:
    """What a chat is waited for."""
    held = restore(office.store.load(chat)).awaiting
    return held.kind if held else ""


# ---------------------------------------------------------------- words that come after
def test_a_button_that_needs_words_waits_for_the_next_plain_text(office: Office) -> None:
    assert "请把给1号的答复发来" in office.say("z", "[desk/answer/1/nanjing")
    assert "1号已答复" in office.say("z", "按省厅通知执行，本市另行通知。")
    assert "答复（编号1）：按省厅通知执行，本市另行通知。" in office.letters["w"][-1]
    assert not waits(office, "z")


def test_said_without_words_it_waits_as_well_even_for_a_question(office: Office) -> None:
    assert "要问1号的提问人什么" in office.say("z", "追问1")
    assert "1号已追问" in office.say("z", "问的是市里的还是省里的？")
    assert "想先了解（编号1）：问的是市里的还是省里的？" in office.letters["w"][-1]


def test_dropped_it_waits_no_more_and_neither_after_a_command(office: Office) -> None:
    office.say("z", "答复 1")
    assert "好，没有发" in office.say("z", "算了")
    office.say("z", "按省厅通知执行")
    assert "w" not in office.letters
    office.say("z", "答复 1")
    assert ASKED in office.say("z", "待办")
    assert not waits(office, "z")


def test_taken_the_next_statement_is_offered_and_a_question_answered(office: Office) -> None:
    office.say("z", "1号我来接")
    assert "4月3日" in office.say("z", "什么时候截止？")
    offered = said(office, "z", "按省厅通知执行，本市另行通知")
    assert "把这句发给提问人（编号1）？" in offered.text and "w" not in office.letters
    assert "1号已答复" in office.say("z", offered.press("发给提问人"))
    assert "按省厅通知执行，本市另行通知" in office.letters["w"][-1]


def test_what_is_offered_goes_by_a_word_or_not_at_all(office: Office) -> None:
    office.say("z", "接单 1")
    office.say("z", "按省厅通知执行")
    offered = said(office, "z", "不发")
    assert "没有发" in offered.text and "w" not in office.letters
    office.say("z", "接手 1")
    office.say("l", "接手 1")
    told = said(office, "l", "按省厅通知执行")
    assert "没有发" in office.say("l", told.press("不发")) and "w" not in office.letters
    office.say("l", "8号归我")
    office.say("z", "接手 1")
    office.say("z", "按省厅通知执行")
    assert "1号已答复" in office.say("z", "发")


def test_an_old_button_of_an_offer_sends_nothing(office: Office) -> None:
    office.say("z", "接单 1")
    offered = said(office, "z", "按省厅通知执行")
    office.say("z", "待办")
    assert "已经更新" in office.say("z", offered.press("发给提问人")) and "w" not in office.letters


def test_without_a_number_the_only_one_in_hand_is_meant(office: Office) -> None:
    assert "请带上编号" in office.say("z", "答复：没有")
    office.say("z", "接单 1")
    assert "1号已答复" in office.say("z", "答复：没有补助。")


def test_a_broadcast_goes_by_a_word(office: Office) -> None:
    office.say("w", "订阅")
    assert "将发给订阅的1人" in office.say("z", "给大家发个通知 明天开会")
    assert "正在发给1人" in office.say("z", "确认")
    office.say("z", "广播 后天开会")
    assert "不发给这1人" in office.say("z", "算了")


def test_what_answers_the_card_goes_at_once_and_what_another_says_is_theirs(office: Office) -> None:
    office.say("z", "接单 1")
    saved = office.store.load("z")
    reply = replace(office.incoming("z", "没有补助。"), matter="nanjing/1", replying=True)
    outcome = office.assistant.handle(reply, saved)
    assert office.keep("z", saved, outcome) and "1号已答复" in office.told("z", outcome.replies)


def test_a_number_or_an_entry_that_wasnt_named_is_asked_for(office: Office) -> None:
    assert "存哪个问题的答复" in office.say("z", "存成常见问题")
    assert "是哪一条" in office.say("z", "换回原来的")
    office.say("z", "新增常见问题 问：周末收材料吗 答：不收。")
    told = said(office, "z", "退回常见问题1")
    assert "现在办不了" in told.text
    office.say("z", "送审1")
    assert "为什么退回" in office.say("l", "退回常见问题1")
    assert "已退回常见问题1" in office.say("l", "日期不对")
    assert "退回原因：日期不对" in office.say("z", "常见问题1")


# ---------------------------------------------------------------- put right
def test_a_wrong_answer_is_put_right_and_the_last_one_counts(office: Office) -> None:
    assert "1号还没有答复" in office.say("z", "更正 1 有补助")
    office.say("z", "1号答复：有补助。")
    office.say("z", "[desk/keep/1")
    told = said(office, "z", "1号答错了")
    assert "请把1号更正后的完整答复发来" in told.text
    told = said(office, "z", "没有补助。")
    assert "1号已更正" in told.text and "常见问题1由它而来，要一起改吗" in told.text
    assert "常见问题1" in office.say("z", told.press("看第1条"))
    letter = office.letters["w"][-1]
    assert "更正答复（编号1，以此为准）：没有补助。" in letter and f"您问的是：{ASKED}" in letter
    office.say("z", "补充答复 1 另行通知。")
    mine = office.say("w", "我的提问")
    assert "没有补助。" in mine and "另行通知" in mine and "有补助。" not in mine.replace("没有补助。", "")
    assert "张三更正答复：没有补助。" in office.say("z", "1号")


def test_the_entry_is_made_of_the_answer_that_counts(office: Office) -> None:
    office.say("z", "答复 1 有补助。")
    office.say("z", "更正 1 没有补助。")
    office.say("z", "补充答复 1 另行通知。")
    told = office.say("z", "1号存成常见问题")
    assert "没有补助。" in told and "另行通知。" in told and "答：有补助" not in told


def test_closed_as_well_and_by_nobody_else(office: Office) -> None:
    office.say("z", "答复 1 有补助。")
    assert "1号张三在办" in office.say("l", "更正 1 没有补助。")
    office.say("w", "[desk/solved/1/nanjing")
    assert "1号已更正" in office.say("l", "更正 1 没有补助。")
    assert "没有编号1" in office.say("s", "更正 1 不对")


def test_asked_back_after_an_answer_it_is_opened_again_by_one_button(office: Office) -> None:
    office.say("z", "答复 1 没有。")
    told = said(office, "z", "追问 1 您是哪一类单位？")
    assert "1号已答复，要追问得先重开" in told.text and len(office.letters["w"]) == 1
    assert "1号已重开并追问" in office.say("z", told.press("重开并追问"))
    assert "您是哪一类单位？" in office.letters["w"][-1]
    assert "等提问人补充" in office.say("z", "1号")
    office.say("w", "补充 1 企业")
    office.say("z", "答复 1 没有。")
    told = said(office, "z", "追问 1")
    office.say("z", told.press("重开并追问"))
    assert "1号已重开并追问" in office.say("z", "哪一家？")


# ---------------------------------------------------------------- handed on
def test_put_back_it_is_anybodys_again(office: Office) -> None:
    assert "没有人在办" in office.say("z", "放下1")
    office.say("z", "接单 1")
    assert "1号张三在办" in office.say("l", "退单1")
    assert "1号放回待办了" in office.say("z", "1号不办了")
    assert "待接单" in office.say("l", "看看1号")


def test_handed_over_the_colleague_and_the_group_hear_of_it(office: Office) -> None:
    office.store.perform([Act(operator("nanjing"), Settled({"staff_chat": "g"}))])
    assert "没有认出“小孙”，可以转给：李四" in office.say("z", "1号转给小孙")
    assert "1号已转给李四" in office.say("z", "1号转给小李")
    assert "张三把1号转给您办" in office.letters["l"][-1] and f"问：{ASKED}" in office.letters["l"][-1]
    assert "1号由张三转给李四办" in office.letters["g"][-1]
    assert "李四在办" in office.say("z", "1号") and "张三转给李四" in office.say("z", "1号")
    assert "1号李四在办" in office.say("z", "让李四处理1")
    assert "1号已答复" in office.say("l", "答复：没有。")
    assert "张三在" not in office.say("l", "1号转给张三")


def test_what_was_passed_up_is_taken_back_until_somebody_there_has_it(office: Office) -> None:
    assert "没有转到省厅" in office.say("z", "收回1")
    office.say("z", "1号往上报")
    assert "已从省厅收回" in office.say("z", "1号转错了 拿回来")
    assert "把1号收回去了" in office.letters["desk:province"][-1]
    assert "没有待办" in office.say("p", "待办") and "1号由您来办" in office.say("z", "接1")
    office.say("z", "转省里 1")
    office.say("p", "接单1")
    assert "收不回来" in office.say("z", "收回1")


def test_the_province_needs_no_city_where_one_number_is_one_ticket(office: Office) -> None:
    office.say("z", "转省厅 1")
    assert "1号由您来办" in office.say("p", "接单1")
    office.say("v", "我们是苏州的")
    office.say("v", "转人工 集群和产业链选错了能改吗")
    office.say("s", "转省厅 1")
    told = said(office, "p", "答复 1 另行通知。")
    assert "有几个市都有1号" in told.text and "另行通知" not in "".join(office.letters["v"])
    assert "1号已答复" in office.say("p", told.press("苏州市工业和信息化局"))
    assert "另行通知。" in office.letters["v"][-1]


def test_the_store_lets_nobody_else_hand_on_or_put_right(office: Office) -> None:
    office.say("z", "答复 1 没有。")
    steps: tuple[Doing, ...] = ("fix", "hand", "leave", "fetch", "reask")
    for step in steps:
        for scope in (
            Scope("nanjing", "applicant", "w"),
            Scope("nanjing", "staff", "v"),
            Scope("suzhou", "admin", "s"),
        ):
            with pytest.raises(StaleError):
                office.store.perform([Act(scope, TicketTended(step, "nanjing", to="v"), 1, 2)])


# ---------------------------------------------------------------- whose number
def test_a_number_that_may_be_several_things_is_asked_about(office: Office) -> None:
    drafted(office, "v", application())
    office.say("v", "提交")
    office.say("z", "新增常见问题 问：周末收材料吗 答：不收。")
    told = said(office, "z", "退回 1")
    assert [one.label for one in told.buttons] == ["退回申报1号"]
    told = said(office, "z", "撤回 1")
    assert [one.label for one in told.buttons] == ["撤回常见问题1"]
    office.say("z", "转省厅 1")
    assert [one.label for one in said(office, "z", "撤回 1").buttons] == ["把问题1号从省厅收回", "撤回常见问题1"]
    assert "没有编号7" in office.say("z", "撤回 7")
    assert "请把1号的意见发来" in office.say("z", "[desk/returns/1")
    assert "1号已退回" in office.say("z", "任务5：目标偏低")
    assert "另有申报1号，要看说“申报 1”" in office.say("z", "看看1号")


def test_entries_that_wait_for_approval_are_in_the_queue(office: Office) -> None:
    office.say("z", "加一条常见问题")
    assert "已存草稿" in office.say("z", "问：周末收材料吗 答：不收。")
    office.say("z", "送审1")
    queue = said(office, "l", "有没有要处理的")
    assert "常见问题1 周末收材料吗（等您审批）" in queue.text and ASKED in queue.text
    assert "周末收材料吗" in office.say("l", "待审")
    assert "请先看一遍再发布" in office.say("l", "批准1")
    assert "请把新的答案发来" in office.say("z", "第1条改一下")
    assert "周末不收，周一起收。" in office.say("z", "周末不收，周一起收")


# ---------------------------------------------------------------- no drafts
FACTS = (
    "联合体名称：示例甲联合体",
    "专利5个，模型2个",
    "推荐单位：苏州市工信局",
    "我们负责1、7、8",
    "看第五部分",
    "我想报这个项目",
)


@pytest.mark.parametrize("text", FACTS)
def test_nobody_at_a_desk_falls_into_a_draft(text: str, office: Office) -> None:
    assert "没听懂，也没有记" in office.say("z", text)
    assert office.store.load("z").draft is None and restore(office.store.load("z")).phase == "idle"


def test_who_wants_a_draft_there_says_so_and_desk_commands_come_first(office: Office) -> None:
    assert "我们来填申报书" in office.say("z", "写申报书")
    office.say("z", "联合体名称：示例甲联合体")
    assert office.draft("z").fields["consortium_name"] == "示例甲联合体"
    assert ASKED in office.say("z", "待办")
    office.say("z", "退出")
    assert "没听懂" in office.say("z", "专利5个，模型2个")
    assert not office.draft("z").tasks


def test_questions_are_still_answered_and_what_is_nothing_gets_the_nearest_commands(office: Office) -> None:
    assert "4月3日" in office.say("z", "什么时候截止")
    assert "任务1" in office.say("z", "任务1是必选吗")
    assert "看收到的申报说“申报”" in office.say("z", "申报那个东西弄一下")


def test_applicants_are_heard_as_before(office: Office) -> None:
    assert "我们来填申报书" in office.say("v", "联合体名称：示例甲联合体")


# ---------------------------------------------------------------- the record
def test_the_record_speaks_chinese(office: Office) -> None:
    office.say("z", "答复 1 没有。")
    office.say("z", "更正 1 有。")
    office.say("z", "新增常见问题 问：周末收材料吗 答：不收。")
    office.say("z", "改答案 1 收。")
    office.say("z", "有效期 1 长期")
    office.say("z", "邀请同事")
    office.say("z", "设置联系人 甄样例")
    office.say("z", "广播 明天开会")
    office.say("z", "不发")
    record = office.say("z", "操作记录 50")
    for line in (
        "办工单 1：更正答复",
        "改问答 1：答案",
        "改问答 1：有效期",
        "发邀请码：工作人员",
        "改设置：联系人 甄样例",
        "群发 1：不发",
    ):
        assert line in record, line
    told = record.translate(str.maketrans("", "", "#"))
    assert not [one for one in told.splitlines() if one.rpartition("：")[2].isascii() and one.rpartition("：")[2]]
