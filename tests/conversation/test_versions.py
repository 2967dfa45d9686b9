"""Versions of a draft, several drafts, and coming back after weeks."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.dialogue import step
from bot.events import Said, Written
from bot.filling import Ground
from bot.session import Session
from tests.conversation.talk import CALL, Talk


def two_versions() -> Talk:
    talk = Talk()
    talk.say("联合体名称：样例甲联合体")
    talk.say("存一版")
    talk.say("联合体名称改成样例乙联合体")
    talk.say("专利5个")
    talk.say("导出")
    return talk


def test_versions_are_listed_with_their_day_and_what_changed() -> None:
    said = two_versions().say("版本")
    assert "版本1（2026年3月28日）：改了基本信息" in said
    assert "版本2（2026年3月28日）：改了基本信息、项目任务" in said


def test_the_time_of_day_stands_with_a_version_where_it_is_known() -> None:
    opened = step(Session(), Said("联合体名称：样例甲联合体"), Ground(CALL, date(2026, 3, 28))).session
    turn = step(opened, Written(Path("/tmp/甲.docx")), replace(Ground(CALL, date(2026, 3, 28)), now="14:05"))
    assert turn.session.kept[0].at == "2026年3月28日 14:05"


def test_two_versions_are_compared() -> None:
    said = two_versions().say("比较版本1和2")
    assert "联合体名称：样例甲联合体 → 样例乙联合体" in said
    assert "任务3：未定 → √5个" in said


def test_a_version_is_brought_back_and_that_can_be_undone() -> None:
    talk = two_versions()
    last = talk.draft
    assert "已恢复到版本1" in talk.say("恢复版本1")
    assert talk.draft.fields == {"consortium_name": "样例甲联合体"}
    talk.say("撤销")
    assert talk.draft == last


def test_what_was_not_kept_is_kept_before_another_version_comes_back() -> None:
    talk = two_versions()
    talk.say("模型2个")
    talk.say("恢复第1版")
    assert len(talk.session.kept) == 3
    assert 9 in talk.session.kept[2].draft.tasks
    assert "没有这个版本" in talk.say("恢复版本9")


def test_the_same_draft_is_kept_once() -> None:
    talk = two_versions()
    talk.say("导出")
    assert len(talk.session.kept) == 2
    assert "还没有存过版本" in Talk(session=Session(phase="filling", asking="project_name")).say("版本")


def test_a_second_draft_leaves_the_first_as_it_is() -> None:
    talk = two_versions()
    first = talk.draft
    talk.say("新建申报书")
    assert not talk.draft.fields
    talk.say("联合体名称：样例丙联合体")
    assert "2 样例乙联合体" in talk.say("切换")
    assert "上次填到" in talk.say("切换2")
    assert talk.draft == first
    assert len(talk.session.kept) == 2
    talk.say("切换到样例丙")
    assert talk.draft.fields == {"consortium_name": "样例丙联合体"}


def test_with_one_draft_there_is_nothing_to_change_to() -> None:
    assert "只有这一份" in two_versions().say("切换")


def test_refused_personal_fields_are_in_no_version_either() -> None:
    talk = Talk()
    talk.say("联合体名称：样例甲联合体")
    talk.say("联系人甄样例，电话13800000001")
    talk.say("项目名称：样例项目")
    talk.say("存一版")
    talk.session = talk.session.but(asking="contact_title")
    talk.say("不同意")
    assert "13800000001" not in talk.session.model_dump_json()


def test_whoever_comes_back_after_weeks_is_told_where_things_stand() -> None:
    opened = step(Session(), Said("联合体名称：样例甲联合体"), Ground(CALL, date(2026, 3, 2))).session
    later = Ground(CALL, date(2026, 3, 28), seen=date(2026, 3, 2))
    replies = step(opened, Said("项目名称：样例项目"), later).replies
    assert "上次是2026年3月2日，“样例甲联合体”填到“项目名称”，已完成1/" in replies[0].text
    assert "2026年4月3日前" in replies[0].text
    soon = step(opened, Said("进度"), replace(later, seen=date(2026, 3, 27)))
    assert not any("上次是" in reply.text for reply in soon.replies)
