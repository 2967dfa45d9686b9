"""An application is handed in, sent back with comments on places, handed in again, accepted: who sees what of it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.desk.applications.life import Ordered, Renewed, Vetted
from bot.dialogue.assistant import Assistant
from bot.store.desk_tables import submissions
from bot.turn.acts import Act, Change
from bot.turn.ports import StaleError
from bot.turn.scope import Scope, operator
from drafting.form.draft import Draft
from tests.conversation.office import Office
from tests.desk.applications import NANJING, application, changed, drafted, said
from tests.desk.bureau import bureau, recruit, staffed


@pytest.fixture
def office(tmp_path: Path, shared: Assistant, address: str) -> Iterator[Office]:
    """南京 with 张三 and 李四, 苏州 with 孙九, the province with 赵六; 王五 has a draft."""
    office = staffed(tmp_path, shared, address)
    office.names = {"z": "张三", "l": "李四", "s": "孙九", "p": "赵六", "w": "王五", "v": "周七"}
    bureau(office, "nanjing", contact="甄样例", phone="025-00000000")
    bureau(office, "suzhou")
    bureau(office, "province")
    for chat, code in (("z", "nanjing"), ("l", "nanjing"), ("s", "suzhou"), ("p", "province")):
        recruit(office, code, chat)
    drafted(office, "w", application())
    yield office
    office.store.close()


def handed(office: Office) -> None:
    assert f"已提交给{NANJING}，编号1，待审" in office.say("w", "提交")


# ---------------------------------------------------------------- handing in
def test_a_bureau_sees_nothing_of_a_draft_and_then_what_was_handed_in_and_no_more(office: Office) -> None:
    assert "还没有收到申报" in office.say("z", "申报")
    handed(office)
    assert (
        "收到申报1号：样例甲联合体（虚构）（南京样例甲装备有限公司），没有查出问题" in office.letters["desk:nanjing"][0]
    )
    changed(office, "w", application("改名"))
    opened = office.say("z", "申报 1")
    assert "联合体名称：样例甲联合体" in opened and "牵头单位：南京样例甲装备有限公司" in opened
    assert "参与单位3家：江苏样例理工大学" in opened and "预检：没有查出问题" in opened
    assert "改名" not in opened + office.say("z", "申报")


def test_what_is_wrong_is_said_and_asked_about_once_more_and_then_it_goes_all_the_same(office: Office) -> None:
    fields = {key: value for key, value in application().fields.items() if key not in ("contact_phone", "cluster")}
    drafted(office, "v", Draft(fields=fields))
    first = said(office, "v", "提交给工信局")
    assert f"还没提交给{NANJING}：查出" in first.text and "须改 " in first.text
    assert "还没有收到申报" in office.say("z", "申报")
    changed(office, "v", Draft(fields={**fields, "project_name": "样例乙数据集（虚构）"}))
    again = said(office, "v", first.press("仍要提交"))
    assert "还没提交" in again.text, "it is no longer what was asked about"
    assert "编号1，待审" in said(office, "v", again.press("仍要提交")).text
    assert "处须改" in office.say("z", "申报 1") and "须改 " in office.say("z", "申报 1")


def test_insisting_in_words_does_it_too(office: Office) -> None:
    drafted(office, "v", Draft(fields=application().fields))
    assert "承诺书还没有确认" in office.say("v", "仍要提交")


def test_the_same_is_not_taken_twice(office: Office) -> None:
    handed(office)
    assert "这一版已经提交过了，编号1，待审" in office.say("w", "报送")
    assert "待审（1份）" in office.say("z", "申报")


def test_it_goes_to_the_recommender_of_the_form_whatever_city_the_person_chose(office: Office) -> None:
    office.say("w", "我们是苏州的")
    assert "推荐单位是南京市" in office.say("w", "提交给苏州市工信局")
    handed(office)
    assert "还没有收到" in office.say("s", "申报")
    assert "1号 样例甲联合体" in office.say("w", "我的申报")


def test_what_was_handed_in_at_several_bureaus_is_shown_together(office: Office) -> None:
    handed(office)
    office.say("w", "我们是苏州的")
    assert "1号 样例甲联合体" in office.say("w", "我的申报"), "whichever city answers now"
    office.say("w", "新建申报书")
    changed(office, "w", application("丙", recommender="苏州市工业和信息化局"))
    assert "编号1" in office.say("w", "提交")
    told = office.say("w", "我的申报").splitlines()
    assert told[0].startswith("苏州市工业和信息化局 1号 样例丙联合体")
    assert told[1].startswith(f"{NANJING} 1号 样例甲联合体")
    assert "样例丙" not in office.say("z", "申报") and "样例甲" not in office.say("s", "申报")


def test_without_a_recommender_it_goes_to_the_persons_city(office: Office) -> None:
    fields = {key: value for key, value in application().fields.items() if key != "recommender"}
    drafted(office, "v", Draft(fields=fields))
    assert "还不知道交给哪个市" in office.say("v", "提交")
    office.say("v", "我们是苏州的")
    assert "还没提交给苏州市工业和信息化局" in office.say("v", "提交")


def test_a_bureau_that_is_not_in_use_takes_nothing_in_and_staff_hand_nothing_in(office: Office) -> None:
    drafted(office, "v", application(recommender="无锡市工业和信息化局"))
    assert "无锡市工业和信息化局还没有在这里收申报" in office.say("v", "提交")
    drafted(office, "z", application("丙"))
    assert "不能在这里申报" in office.say("z", "提交")
    assert "还没有开始填申报书" in office.say("n", "提交")


def test_nothing_is_handed_in_in_a_group(office: Office) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from tests.desk.applications import got  # noqa: PLC0415

    handed(office)
    for words in ("提交", "我的申报", "撤回 1"):
        group = replace(office.incoming("w", words), private=False)
        told = got(office, group).text
        assert "私聊" in told and "样例甲" not in told
    assert "待审（1份）" in office.say("z", "申报")


def test_the_desk_opens_nothing_where_others_read_along_or_drafts_are_not_wanted(office: Office) -> None:
    from dataclasses import replace  # noqa: PLC0415

    from tests.desk.applications import got  # noqa: PLC0415

    handed(office)
    office.say("z", "接收 1")
    office.say("z", "[desk/rank/1/in")
    for words in ("申报 1", "申报书 1", "检查报告 1", "打包", "收邮寄的申报书"):
        group = got(office, replace(office.incoming("z", words), private=False))
        assert group.text == "申报材料请私聊我看，群里不发。" and not group.files
        closed = got(office, replace(office.incoming("z", words), drafting=False))
        assert closed.text == "这里不收发申报材料，请用网页或终端版。" and not closed.files


def test_they_count_in_the_bureaus_numbers(office: Office) -> None:
    handed(office)
    office.say("w", "我们是南京的")
    office.say("w", "补助有多少")
    assert re.search("申报：.*待审", office.say("z", "统计"))


def test_a_colleague_hands_in_and_the_owner_hears_of_it(office: Office) -> None:
    handed(office)
    office.joined("w", "v")
    changed(office, "v", application("新"))
    assert "编号2" in office.say("v", "提交")
    assert f"周七把申报书提交给了{NANJING}，编号2" in office.letters["w"][-1]
    assert "已有新版（1份）" in office.say("z", "申报")
    assert "1号 样例甲联合体（虚构）（南京样例甲装备有限公司）：已有新版" in office.say("w", "我的申报")


# ---------------------------------------------------------------- back and forth
def test_sent_back_with_comments_the_applicant_goes_to_each_place(office: Office) -> None:
    handed(office)
    assert "退回要写明意见" in office.say("z", "退回申报 1")
    told = office.say("z", "退回 1 五/项目概算：缺总投资；分年也没有；任务5：目标偏低\n整体再核一遍")
    assert "1号已退回" in told
    letter = office.letters["w"][-1]
    assert f"{NANJING}退回了您的申报" in letter
    assert "1. 五/项目概算：缺总投资；分年也没有" in letter and "2. 任务5：目标偏低" in letter
    assert "3. 整体再核一遍" in letter
    mine = said(office, "w", "我的申报")
    assert "意见：任务5：目标偏低" in mine.text
    assert "任务5（编制标准）的目标是多少" in office.say("w", mine.press("去改：任务5的目标"))
    office.say("w", "3项")
    assert "您之前交的1号由这一版接替" in office.say("w", "提交")
    assert "1号已有新版" in office.say("z", "接收 1")
    assert "2号已接收" in office.say("z", "接收 2")
    assert f"{NANJING}接收了您的申报（编号2" in office.letters["w"][-1]


def test_a_second_round_of_comments_leads_to_its_own_places(office: Office) -> None:
    handed(office)
    office.say("z", "退回 1 任务5：目标偏低")
    office.say("z", "重审 1")
    assert "重新列为待审" in office.letters["w"][-1]
    saved, outcome = office.handled("z", "退回 1 项目名称：太长")
    assert office.keep("z", saved, outcome)
    letter = next(one for one in outcome.replies if one.chat == "w")
    assert [one.label for row in letter.buttons for one in row] == ["去改：项目名称"]
    assert "项目名称：太长" in office.say("w", f"[{letter.buttons[0][0].id}")


def test_a_place_is_gone_to_in_the_draft_it_is_about(office: Office) -> None:
    handed(office)
    office.say("z", "退回 1 任务5：目标偏低")
    mine = said(office, "w", "我的申报")
    office.say("w", "新建申报书")
    assert "先说“换一份”" in office.say("w", mine.press("去改：任务5的目标"))


def test_withdrawn_before_it_is_accepted_and_not_after(office: Office) -> None:
    handed(office)
    assert "1号已撤回" in office.say("w", "撤回 1")
    assert "由申报单位撤回了" in office.letters["desk:nanjing"][-1]
    assert "已撤回" in office.say("z", "接收 1")
    for words in ("申报 1", "申报书 1", "检查报告 1"):
        told = said(office, "z", words)
        assert told.text == "1号已撤回。" and not told.files
    assert "编号2" in office.say("w", "提交")
    office.say("z", "接收 2")
    assert "已接收，不能撤回" in office.say("w", "撤回 2")
    assert "由申报单位自己撤回" in office.say("z", "撤回申报 2")


def test_an_accepted_one_stands_until_its_newer_version_is_accepted_which_takes_its_place(office: Office) -> None:
    handed(office)
    office.say("z", "接收 1")
    office.say("z", "[desk/rank/1/in")
    changed(office, "w", application("新"))
    assert "1号已接收，新版接收之前仍以它为准" in office.say("w", "提交")
    assert "另有新版2号待审" in office.say("z", "申报")
    assert "它接替1号，名次照旧" in office.say("z", "接收 2")
    board = office.say("z", "排名")
    assert "1. 样例新联合体" in board and "样例甲" not in board


def test_two_who_decide_at_the_same_moment_the_slower_is_told(office: Office) -> None:
    handed(office)
    first, second = office.handled("z", "接收 1"), office.handled("l", "退回 1 任务5：目标偏低")
    assert office.keep("z", *first)
    assert not office.keep("l", *second)
    assert "1号已接收" in office.say("l", "退回 1 任务5：目标偏低")


def test_withdrawn_while_it_is_accepted_only_one_of_the_two_happens(office: Office) -> None:
    handed(office)
    first, second = office.handled("w", "撤回 1"), office.handled("z", "接收 1")
    assert office.keep("w", *first)
    assert not office.keep("z", *second)
    assert "已撤回" in office.say("z", "接收 1")


# ---------------------------------------------------------------- walls
TRIED = (
    "申报", "申报 1", "接收 1", "退回 1 五：不好", "重审 1", "排名", "打包", "检查报告 1", "申报书 1", "撤回 1", "我的申报",
    "[desk/opened/1", "[desk/accepts/1", "[desk/word/1", "[desk/report/1", "[desk/rank/1/in", "[desk/pack/0/sure",
    "[desk/withdraw/1/nanjing", "[desk/removes/1", "撤回申报 1", "[desk/spot/1/nanjing/0", "[desk/returns/1/nanjing", "[desk/mailed/0/x", "[desk/submit/1/nanjing",
    "[desk/opened/999999999", "[desk/rank/1/9", "[desk/spot/1/nanjing/-1", "[desk/spot/1/province/0",
)  # fmt: skip


@pytest.mark.parametrize("who", ["s", "p", "v", "n"])
def test_nobody_else_sees_or_does_anything(who: str, office: Office) -> None:
    handed(office)
    for words in TRIED:
        told = said(office, who, words)
        assert "样例" not in told.text and not told.files, words
    assert "1号 样例甲联合体" in office.say("z", "申报 待审")


def test_the_store_itself_refuses_a_stranger(office: Office) -> None:
    handed(office)
    draft = office.id("w")
    strangers = [("nanjing", "staff", "v"), ("suzhou", "admin", "s"), ("nanjing", "admin", "s"),
                 ("nanjing", "applicant", "w"), ("nanjing", "applicant", "v")]  # fmt: skip
    forged: list[Act[Change]] = [
        Act(Scope(bureau_, role, user), change, 1, 1)  # type: ignore[arg-type]
        for bureau_, role, user in strangers
        for change in (Vetted("accept"), Ordered((1,), 1))
    ]
    forged.append(Act(Scope("nanjing", "applicant", "v"), Vetted("withdraw"), 1, 1))
    forged.append(Act(Scope("nanjing", "applicant", "v"), Renewed(draft), 2))
    for one in forged:
        with pytest.raises(StaleError):
            office.store.perform([one])
    office.store.perform([Act(Scope("suzhou", "admin", "s"), Renewed(draft), 2)])
    assert "待审（1份）" in office.say("z", "申报")


def test_every_look_is_in_the_record(office: Office) -> None:
    handed(office)
    office.say("z", "申报 1")
    office.say("l", "检查报告 1")
    office.say("z", "接收 1")
    record = office.say("z", "操作记录")
    for line in ("王五 提交申报 1：", "张三 查看 1：打开", "李四 查看 1：检查报告", "张三 审申报 1：接收"):
        assert line in record


def test_erased_the_applicant_is_gone_from_the_desk_and_its_ranking(office: Office) -> None:
    handed(office)
    office.say("z", "接收 1")
    office.say("z", "[desk/rank/1/in")
    office.say("w", "删除我的数据")
    office.say("w", "确认删除")
    assert "还没有收到申报" in office.say("z", "申报")
    assert "还没有接收申报" in office.say("z", "排名")


def test_what_was_handed_in_is_frozen_with_its_hash_and_tampering_is_seen(office: Office) -> None:
    handed(office)
    with office.store.desks.change(operator("nanjing")) as seen:
        row = seen.rows(submissions)[0]
        assert len(row.hash) == 64 and '"form": "jiangsu_2026/' in row.facts
        seen.change(submissions, facts=row.facts.replace(_escaped("样例甲联合体"), _escaped("样例乙联合体")))
    assert "校验码对不上" in office.say("z", "申报 1")


def _escaped(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode()


def test_a_province_still_sends_tickets_back_by_the_same_word(office: Office) -> None:
    assert "没有编号1的问题" in office.say("p", "退回 1")
