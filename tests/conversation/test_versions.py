"""Versions of a draft, several drafts, and coming back after weeks."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.dialogue.table import step
from bot.turn.events import Said, Written
from bot.turn.ground import Ground
from bot.turn.session import Session
from drafting.form.draft import Draft
from tests.conversation.office import Office
from tests.conversation.talk import CALL


def two_versions(office: Office) -> None:
    office.say("a", "联合体名称：样例甲联合体")
    office.say("a", "存一版")
    office.say("a", "联合体名称改成样例乙联合体")
    office.say("a", "专利5个")
    office.say("a", "导出")


def versions(office: Office) -> list[Draft]:
    return [Draft.model_validate(one.facts) for one in office.store.load("a").past.versions()]


def test_versions_are_listed_with_their_day_and_what_changed(office: Office) -> None:
    two_versions(office)
    said = office.say("a", "版本")
    assert "版本1（2026年3月28日）：改了基本信息" in said
    assert "版本2（2026年3月28日）：改了基本信息、项目任务" in said


def test_the_time_of_day_stands_with_a_version_where_it_is_known() -> None:
    opened = step(Session(), Said("联合体名称：样例甲联合体"), Ground(CALL, date(2026, 3, 28))).session
    turn = step(opened, Written(Path("/tmp/甲.docx")), replace(Ground(CALL, date(2026, 3, 28)), now="14:05"))
    assert [deed.text for deed in turn.session.deeds] == ["2026年3月28日 14:05"]


def test_two_versions_are_compared(office: Office) -> None:
    two_versions(office)
    said = office.say("a", "比较版本1和2")
    assert "联合体名称：样例甲联合体 → 样例乙联合体" in said
    assert "任务3：未定 → √5个" in said


def test_a_version_is_brought_back_and_that_can_be_undone(office: Office) -> None:
    two_versions(office)
    last = office.draft("a")
    assert "已恢复到版本1" in office.say("a", "恢复版本1")
    assert office.draft("a").fields == {"consortium_name": "样例甲联合体"}
    office.say("a", "撤销")
    assert office.draft("a") == last


def test_what_was_not_kept_is_kept_before_another_version_comes_back(office: Office) -> None:
    two_versions(office)
    office.say("a", "模型2个")
    office.say("a", "恢复第1版")
    assert len(versions(office)) == 3
    assert 9 in versions(office)[2].tasks
    assert "没有这个版本" in office.say("a", "恢复版本9")


def test_the_same_draft_is_kept_once(office: Office) -> None:
    two_versions(office)
    office.say("a", "导出")
    assert "已存为版本2" in office.say("a", "存一版")
    assert len(versions(office)) == 2
    office.say("b", "写申报书")
    assert "还没有存过版本" in office.say("b", "版本")


def test_a_second_draft_leaves_the_first_as_it_is(office: Office) -> None:
    two_versions(office)
    first, id_ = office.draft("a"), office.id("a")
    office.say("a", "新建申报书")
    assert not office.draft("a").fields
    office.say("a", "联合体名称：样例丙联合体")
    assert "2 样例乙联合体" in office.say("a", "切换")
    assert "上次填到" in office.say("a", "切换2")
    assert (office.draft("a"), office.id("a")) == (first, id_)
    assert len(versions(office)) == 2
    office.say("a", "换一份")
    assert office.draft("a").fields == {"consortium_name": "样例丙联合体"}
    assert versions(office) == []
    assert [one["event"]["changed"] for one in office.store.events(office.id("a"))] == [
        {"fields/consortium_name": [None, "样例丙联合体"]}
    ]


def test_what_was_said_in_the_message_that_changes_drafts_stays_in_the_first(office: Office) -> None:
    two_versions(office)
    office.say("a", "新开一份")
    office.say("a", "联合体名称：样例丙联合体")
    assert office.draft("a").fields == {"consortium_name": "样例丙联合体"}
    office.say("a", "项目名称：样例丙项目\n\n切换2")
    assert office.draft("a").fields == {"consortium_name": "样例乙联合体"}
    office.say("a", "换一份")
    assert office.draft("a").fields == {"consortium_name": "样例丙联合体", "project_name": "样例丙项目"}


def test_with_one_draft_there_is_nothing_to_change_to(office: Office) -> None:
    two_versions(office)
    assert "只有这一份" in office.say("a", "切换")
    assert "还没有申报书" in office.say("b", "换一份")


def test_refused_personal_fields_are_in_no_version_and_no_other_draft_either(office: Office) -> None:
    office.say("a", "联合体名称：样例甲联合体")
    office.say("a", "联系人甄样例，电话13800000001")
    office.say("a", "项目名称：样例项目")
    office.say("a", "存一版")
    office.say("a", "新建申报书")
    office.say("a", "联系人甄样例，电话13800000001")
    office.say("a", "存一版")
    for _ in range(12):
        if "不记录" in office.say("a", "不同意"):
            break
        office.say("a", "跳过")
    saved = office.store.load("a")
    held: list[object] = [
        saved.state,
        [one.facts for one in saved.past.drafts()],
        [one.facts for one in saved.past.versions()],
    ]
    office.say("a", "换一份")
    held += [[one.facts for one in office.store.load("a").past.versions()]]
    held += [office.store.events(one.draft) for one in saved.past.drafts()]
    assert "13800000001" not in json.dumps(held)
    assert office.draft("a").fields == {"consortium_name": "样例甲联合体", "project_name": "样例项目"}


OLD = {
    "phase": "filling",
    "asking": "lead_name",
    "steps": [{"fields": {"consortium_name": "旧名"}}, {"tasks": {}}],
    "kept": [{"at": "2026年3月1日", "draft": Draft(fields={"consortium_name": "旧名"}).model_dump(mode="json")}],
    "shelf": [
        {
            "draft": Draft(fields={"consortium_name": "另一份"}).model_dump(mode="json"),
            "kept": [{"at": "2026年2月1日", "draft": Draft().model_dump(mode="json")}],
        }
    ],
}


def test_a_conversation_of_the_release_before_finds_all_its_drafts_versions_and_steps(office: Office) -> None:
    office.say("a", "联合体名称：样例甲联合体；专利5个")
    with closing(sqlite3.connect(office.file)) as database:
        database.execute("UPDATE conversations SET state = ?", (json.dumps(OLD),))
        database.execute("DELETE FROM draft_people")
        database.commit()
    assert "版本1（2026年3月1日）" in office.say("a", "版本")
    office.say("a", "撤销")
    office.say("a", "撤销")
    assert office.draft("a").model_dump(exclude_defaults=True) == {"fields": {"consortium_name": "旧名"}}
    office.say("a", "换一份")
    assert office.draft("a").fields == {"consortium_name": "另一份"}
    assert "版本1（2026年2月1日）" in office.say("a", "版本")
    assert len(office.store.load("a").past.drafts()) == 2


def test_whoever_comes_back_after_weeks_is_told_where_things_stand() -> None:
    opened = step(Session(), Said("联合体名称：样例甲联合体"), Ground(CALL, date(2026, 3, 2))).session
    later = Ground(CALL, date(2026, 3, 28), seen=date(2026, 3, 2))
    replies = step(opened, Said("项目名称：样例项目"), later).replies
    assert "上次是2026年3月2日，“样例甲联合体”填到“项目名称”，已完成1/" in replies[0].text
    assert "2026年4月3日前" in replies[0].text
    soon = step(opened, Said("进度"), replace(later, seen=date(2026, 3, 27)))
    assert not any("上次是" in reply.text for reply in soon.replies)
