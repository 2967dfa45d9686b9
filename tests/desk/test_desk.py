"""A question the notice leaves open goes to people, and what they say comes back; one that nobody else can see."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.desk.tickets.life import TicketTended
from bot.dialogue.assistant import Assistant
from bot.hearing.wishes import typed
from bot.store.desk_tables import asked
from bot.store.tables import metadata
from bot.turn.acts import Act
from bot.turn.ports import StaleError
from bot.turn.replies import Incoming
from bot.turn.scope import Role, Scope, operator
from tests.ask.test_questions import FURTHER, GOLDEN
from tests.conversation.office import DAY, Office
from tests.desk.bureau import bureau, recruit, staffed

ASKED = "补助有多少"


@pytest.fixture
def office(tmp_path: Path, shared: Assistant, address: str) -> Iterator[Office]:
    """南京 with 张三 and 李四, the province with 赵六, an applicant 王五."""
    office = staffed(tmp_path, shared, address)
    office.names = {"z": "张三", "l": "李四", "p": "赵六", "w": "王五", "v": "周七"}
    bureau(office, "nanjing", phone="025-00000000")
    recruit(office, "nanjing", "z")
    recruit(office, "nanjing", "l", "staff")
    bureau(office, "province")
    recruit(office, "province", "p")
    office.say("w", "我们是南京的")
    office.say("w", ASKED)
    yield office
    office.store.close()


def handed(office: Office) -> None:
    assert "已转给南京市工业和信息化局，编号1" in office.say("w", "转人工")


def test_the_desk_sees_the_question_with_what_was_found_and_the_asker_hears_who_has_it(office: Office) -> None:
    handed(office)
    card = office.letters["desk:nanjing"][0]
    assert f"问：{ASKED}" in card and "通知里最接近的：通知没有写明支持多少" in card
    assert f"#1 {ASKED}（待接单" in office.say("z", "待办")
    assert f"#1 {ASKED}（待接单" in office.say("w", "我的提问")


def test_an_answer_reaches_the_asker_and_nobody_answers_it_unknowingly_again(office: Office) -> None:
    handed(office)
    assert "1号由您来办" in office.say("z", "接单 1")
    assert "1号张三在办。要由您来办，先说“接手 1”" in office.say("l", "答复 1 没有补助。")
    assert "1号已答复" in office.say("z", "答复 1 按省厅通知执行，本市另行通知。")
    told = office.letters["w"][-1]
    assert "南京市工业和信息化局答复（编号1）：按省厅通知执行，本市另行通知。" in told and f"您问的是：{ASKED}" in told
    assert "1号张三在" in office.say("l", "答复 1 没有") and len(office.letters["w"]) == 1


def test_two_who_answer_at_the_same_moment_the_slower_is_told(office: Office) -> None:
    handed(office)
    first, second = office.handled("z", "答复 1 甲"), office.handled("l", "答复 1 乙")
    assert office.keep("z", *first)
    assert not office.keep("l", *second)
    assert "1号张三在" in office.say("l", "答复 1 乙")
    assert "甲" in office.say("w", "我的提问")


def test_asked_back_the_asker_adds_and_it_goes_on(office: Office) -> None:
    handed(office)
    assert "已追问" in office.say("z", "追问 1 是问本市的还是省里的？")
    assert "想先了解（编号1）：是问本市的还是省里的？" in office.letters["w"][-1]
    assert "已补充到1号" in office.say("w", "补充 1 省里的")
    assert "#1 提问人补充：省里的" in office.letters["desk:nanjing"][-1]
    assert "张三在办" in office.say("z", "工单 1")


def test_the_province_answers_what_is_passed_to_it_and_sees_nothing_else(office: Office) -> None:
    handed(office)
    assert "已转给" in office.say("w", "转人工 集群和产业链选错了能改吗")
    assert "1号已转省厅" in office.say("z", "转省厅 1")
    assert office.letters["desk:province"]
    seen = office.say("p", "待办")
    assert ASKED in seen and "集群和产业链" not in seen
    assert "由省厅答复" in office.say("z", "答复 1 没有")
    assert "没有编号2的问题" in office.say("p", "工单 南京2")
    assert "1号已答复" in office.say("p", "答复 南京1 另行通知。")
    assert "答复（编号1）：另行通知。" in office.letters["w"][-1]


def test_what_is_personal_stays_behind_unless_the_asker_says_so(office: Office) -> None:
    office.say("w", "联合体名称：样例甲联合体")
    said = office.say("w", "转人工 我是样例甲联合体的，电话13800000001，专利能不能算外观设计")
    assert "已隐去" in said
    card = office.letters["desk:nanjing"][0]
    assert "样例甲" not in card and "13800000001" not in card and "外观设计" in card
    assert "已补充到1号" in office.say("w", "[desk/reveal/1/nanjing")
    assert "13800000001" in office.letters["desk:nanjing"][-1]


def test_solved_or_not_is_said_by_a_button(office: Office) -> None:
    handed(office)
    office.say("z", "答复 1 没有。")
    assert "已重开" in office.say("w", "[desk/unsolved/1/nanjing")
    assert "提问人说还没解决" in office.letters["desk:nanjing"][-1]
    office.say("z", "补充答复 1 另行通知。")
    assert "已办结" in office.say("w", "[desk/solved/1/nanjing")
    assert "没有待办" in office.say("z", "待办")


@pytest.mark.parametrize(
    "said", ["待办", "工单 1", "接单 1", "答复 1 可以", "转省厅 1", "关闭 1", "本局设置", "操作记录"]
)
def test_words_of_the_desk_are_nothing_to_an_applicant(said: str, office: Office) -> None:
    handed(office)
    before = office.store.load("v").state
    told = office.say("v", said)
    assert ASKED not in told and "025-00000000" not in told and before is None
    assert "待接单" in office.say("z", "工单 1")


@pytest.mark.parametrize("press", ["take", "answer", "close", "pass", "reopen", "queue", "ticket", "solved", "said"])
def test_a_forged_button_opens_nothing(press: str, office: Office) -> None:
    handed(office)
    office.say("v", "我们是南京的")
    told = office.say("v", f"[desk/{press}/1/nanjing")
    assert ASKED not in told
    assert "待接单" in office.say("z", "工单 1")


def test_who_says_to_be_staff_is_not(office: Office) -> None:
    handed(office)
    for said in ("我是省厅的，把1号的问题给我看", "我是南京市工信局的工作人员，待办", "以管理员身份：待办"):
        assert "待接单" not in office.say("v", said)


def test_whoever_left_can_do_nothing_from_that_moment(office: Office) -> None:
    handed(office)
    late = office.handled("l", "答复 1 可以")
    assert "已停用李四" in office.say("z", "移除 李四")
    assert not office.keep("l", *late)
    assert "这项由工信局工作人员来办" in office.say("l", "答复 1 可以")
    assert "待接单" in office.say("z", "工单 1")


def test_without_a_city_or_a_desk_it_is_said_whom_to_call(office: Office) -> None:
    office.say("v", ASKED)
    assert "您在哪个市" in office.say("v", "转人工")
    bureau(office, "suzhou", phone="0512-00000000")
    office.say("v", "我们是苏州的")
    assert "可直接联系：0512-00000000" in office.say("v", "转人工")


def test_answers_are_judged_by_whom_they_were_given(office: Office) -> None:
    told = office.assistant.handle(office.incoming("w", "截止时间是哪天"), office.store.load("w"))
    good = told.replies[-1].buttons[-1][0].id
    office.say("w", "截止时间是哪天")
    assert "谢谢" in office.say("w", f"[{good}")
    with office.store.desks.look(operator("nanjing")) as seen:
        assert [row.thumb for row in seen.rows(asked, asked.c.mark != "", asked.c.question == "截止时间是哪天")] == [1]
    office.say("v", "我们是南京的")
    office.say("v", good.replace("good", "bad").join(("[", "")))
    with office.store.desks.look(operator("nanjing")) as seen:
        assert seen.count(asked, asked.c.thumb == -1) == 0


def test_every_act_is_in_the_record_and_only_administrators_read_it(office: Office) -> None:
    handed(office)
    office.say("z", "答复 1 没有。")
    record = office.say("z", "操作记录")
    assert "张三 办工单 1：答复" in record and "王五 提问转人工 1" in record
    assert "由本局管理员来办" in office.say("l", "操作记录")


def test_erased_the_asker_is_nowhere_and_the_desk_goes_on(office: Office) -> None:
    handed(office)
    office.say("z", "接单 1")
    office.say("w", "删除我的数据")
    office.say("w", "确认删除")
    assert "没有编号1" in office.say("z", "工单 1")
    assert "王五" not in office.say("z", "操作记录")


def test_erased_whoever_goes_by_another_name_at_desks_is_nowhere_either(office: Office) -> None:
    def says(chat: str, user: str, text: str) -> str:
        incoming = Incoming(chat, user, text=text, today=DAY, name=user)
        saved = office.store.load(chat)
        outcome = office.assistant.handle(incoming, saved)
        office.store.commit(saved, outcome, user)
        return office.told(chat, outcome.replies)

    says("c1", "钱十", "我们是南京的")
    says("c1", "钱十", "转人工 周末收材料吗")
    says("c1", "钱十", "订阅提醒")
    says("c1", "钱十", "删除我的数据")
    says("c1", "钱十", "确认删除")
    assert "还没有" in says("c1", "钱十", "我的提问") and "周末" not in office.say("z", "待办")
    with office.store.engine.begin() as connection:
        for table in metadata.sorted_tables:
            assert "钱十" not in repr(connection.execute(table.select()).all()), table.name


def test_erased_somebody_of_the_desk_works_there_no_more_and_may_be_invited_again(office: Office) -> None:
    assert "您在南京市工业和信息化局工作台的身份" in office.say("l", "删除我的数据")
    office.say("l", "确认删除")
    assert "李四" not in office.say("z", "工作人员")
    assert "没有待办" not in office.say("l", "待办")
    recruit(office, "nanjing", "l", "staff")
    assert "没有待办" in office.say("l", "待办")


def test_a_number_is_given_once_however_many_ask_at_once(office: Office) -> None:
    office.say("v", "我们是南京的")
    one, two = office.handled("w", "转人工 甲问题能不能报"), office.handled("v", "转人工 乙问题能不能报")
    assert office.keep("w", *one)
    assert not office.keep("v", *two)
    assert "编号2" in office.say("v", "转人工 乙问题能不能报")


def test_an_act_of_a_stranger_is_refused_by_the_store_itself(office: Office) -> None:
    handed(office)
    forged = Act(operator("nanjing"), TicketTended("answer", "nanjing"), 1, 1)
    strangers: tuple[tuple[str, Role], ...] = (("nanjing", "staff"), ("suzhou", "admin"), ("nanjing", "applicant"))
    for bureau_, role in strangers:
        with pytest.raises(StaleError):
            office.store.perform([replace(forged, scope=Scope(bureau_, role, "v"))])
    assert "待接单" in office.say("z", "工单 1")


def test_questions_at_several_bureaus_are_shown_together(office: Office) -> None:
    bureau(office, "suzhou")
    recruit(office, "suzhou", "s")
    office.say("w", "转人工 周末收材料吗")
    office.say("w", "我们是苏州的")
    assert "周末收材料吗" in office.say("w", "我的提问")
    office.say("w", "转人工 要几份")
    lines = office.say("w", "我的提问").splitlines()
    assert {line.partition("#")[0].strip() for line in lines} == {"南京市工业和信息化局", "苏州市工业和信息化局"}
    assert "没有" in office.say("v", "我的提问")


# ---------------------------------------------------------------- as applicants say it
def test_once_the_city_is_chosen_the_question_goes_there(office: Office) -> None:
    office.say("v", "转人工 周末收材料吗")
    told = office.say("v", "我们是南京的")
    assert "已转给南京市工业和信息化局，编号1" in told
    assert "问：周末收材料吗" in office.letters["desk:nanjing"][-1]
    assert "编号" not in office.say("v", "换城市 南京"), "once"


def test_where_nobody_answers_it_is_said_whom_to_call(office: Office) -> None:
    office.say("v", "我们是苏州的")
    assert "可打省厅电话025-" in office.say("v", "转人工 周末收材料吗")


def test_the_same_question_is_not_handed_over_twice(office: Office) -> None:
    handed(office)
    assert "已经转过去了，编号1" in office.say("w", f"转人工 {ASKED}")
    assert len(office.letters["desk:nanjing"]) == 1


def test_who_asks_is_left_out_unless_they_agree(office: Office) -> None:
    office.say("w", "转人工 设备采购要招标吗 我是样例食品有限公司的陈样例 13812345678")
    card = office.letters["desk:nanjing"][-1]
    assert "设备采购要招标吗" in card and not any(one in card for one in ("样例食品", "陈样例", "13812345678"))
    office.say("w", "[desk/reveal/1")
    assert "样例食品有限公司的陈样例 13812345678" in office.letters["desk:nanjing"][-1]


def test_after_a_change_of_city_the_question_is_still_found(office: Office) -> None:
    bureau(office, "suzhou")
    recruit(office, "suzhou", "s")
    handed(office)
    office.say("z", "答复 1 没有。")
    assert "现在按苏州市" in office.say("w", "我现在在苏州了 换成苏州局")
    assert "没有编号" not in office.say("w", "[desk/unsolved/1/nanjing")
    assert "提问人说还没解决" in office.letters["desk:nanjing"][-1]
    office.say("z", "答复 1 真的没有。")
    assert (
        "提问人补充：我问的是市里的"
        in (office.say("w", "补充 1 我问的是市里的"), office.letters["desk:nanjing"][-1])[1]
    )
    office.say("z", "答复 1 市里也没有。")
    office.say("w", "还没解决，电话打不通")
    assert "电话打不通" in office.letters["desk:nanjing"][-1]
    office.say("w", "1号解决了")
    assert "已关闭" in office.say("z", "工单 1") or "办结" in office.say("z", "工单 1")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("我问的问题有回信了吗", "mine"), ("之前问的咋样了", "mine"), ("编号3怎么样了", "mine"), ("我提的问题", "mine"),
        ("提问记录", "mine"), ("催一下我的问题", "mine"), ("催一下", "mine"),
        ("我要找人问", "human"), ("有没有真人", "human"), ("帮我转给人工", "human"), ("还是转人工吧", "human"),
        ("麻烦帮我转一下工作人员", "human"), ("我对这个答复不满意", "human"), ("不对啊 我要的不是这个", "human"),
        ("没解决", "unsolved"), ("3号没解决", "unsolved"), ("６号还没解决", "unsolved"), ("4号我不同意", "unsolved"),
        ("6号撤了吧不问了", "solved"), ("取消提问6", "solved"),
        ("我的申报状态", "handed"), ("申报进度", "handed"), ("我报的到哪一步了", "handed"), ("材料收到没", "handed"),
        ("交上去的那份怎么样了", "handed"), ("我的材料审到哪了", "handed"), ("审核通过了吗", "handed"),
        ("怎么退回来了", "handed"), ("退回的意见再看一下", "handed"),
        ("交给工信局", "submit"), ("我就想先交上去 不全也行", "submit"), ("重新提交", "submit"), ("再交一次", "submit"),
        ("我想撤回来改改", "withdraw"), ("撤回申报", "withdraw"), ("撤销提交", "withdraw"), ("把提交撤了", "withdraw"),
        ("提醒我", "subscribe"), ("快截止了提醒我一下", "subscribe"), ("加个提醒", "subscribe"), ("设个提醒", "subscribe"),
        ("到期提醒", "subscribe"), ("截止日期提醒我", "subscribe"), ("到时候叫我一声", "subscribe"),
        ("关掉提醒", "stop"), ("别给我发消息了", "stop"), ("不用提醒我了", "stop"), ("不要再发了", "stop"),
        ("工信局现在能看到我写的啥吗", "privacy"), ("我写的草稿你们看得到吗", "privacy"), ("我的个人信息你们怎么用", "privacy"),
    ],
)  # fmt: skip
def test_an_applicants_own_words_are_heard(said: str, kind: str) -> None:
    wish = typed(said, serves=False)
    assert wish is not None and wish.kind == kind


def test_nothing_asked_of_the_notice_or_said_to_the_form_is_taken_for_one() -> None:
    folder = Path(__file__).parent.parent
    lines = (folder / "reading" / "sentences.jsonl").read_text("utf-8").splitlines()
    said = [one.q for one in (*GOLDEN, *FURTHER)] + [json.loads(line)["text"] for line in lines]
    assert [one for one in said if typed(one, serves=False)] == []


def test_whoever_is_asked_back_presses_and_says_it(office: Office) -> None:
    handed(office)
    office.say("z", "追问 1 是问市里的还是省里的？")
    assert "点“我来补充”直接说" in office.letters["w"][-1]
    assert "请发来" in office.say("w", "[desk/said/1/nanjing")
    assert "已补充到1号" in office.say("w", "省里的")
    assert "#1 提问人补充：省里的" in office.letters["desk:nanjing"][-1]


def test_the_asker_hears_that_it_was_passed_on_or_closed_without_an_answer(office: Office) -> None:
    handed(office)
    office.say("z", "转省厅 1")
    assert f"您的问题（编号1：{ASKED}）已转给省厅" in office.letters["w"][-1]
    office.say("w", "转人工 要几份")
    office.say("z", "关闭 2")
    assert "已办结，没有另外的答复" in office.letters["w"][-1]
    office.say("w", "转人工 什么时候培训")
    office.say("z", "答复 3 4月1日。")
    before = len(office.letters["w"])
    office.say("z", "关闭 3")
    assert len(office.letters["w"]) == before, "whoever was answered needs no more"


def test_what_was_asked_last_is_what_is_handed_over_even_if_it_was_none_of_the_notices(office: Office) -> None:
    office.say("w", "任务5是必选吗")
    assert "帮不上忙" in office.say("w", "周末收材料不")
    office.say("w", "帮我转给人工")
    assert "问：周末收材料不" in office.letters["desk:nanjing"][-1]


def test_not_solved_without_a_number_means_the_one_that_was_answered(office: Office) -> None:
    handed(office)
    office.say("z", "答复 1 没有。")
    office.say("w", "转人工 要几份")
    assert "1号已重开" in office.say("w", "没解决 我问的是市里的")
    assert "重开：我问的是市里的" in office.say("z", "工单 1")
