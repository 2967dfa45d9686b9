"""Somebody of a participating unit: fills and confirms the own part, sees the rest, changes none of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.form.draft import Draft, Member, Part
from drafting.form.organisations import alike
from drafting.reading.own import own
from tests.conversation.office import Office
from tests.conversation.talk import CALL

UNIT = "江苏样例大学"
OTHER = "南通样例软件有限公司"


@pytest.fixture
def unit(office: Office) -> Office:
    """张三's draft with two units; 王五 is the university's."""
    office.names = {"z": "张三", "w": "王五", "l": "李四"}
    office.say("z", "联合体名称：样例甲联合体")
    office.say("z", f"参与单位：{UNIT}，{OTHER}")
    office.say("w", f"加入 {office.code('z', '邀请江苏样例大学')}")
    office.letters.clear()
    return office


def part(office: Office, name: str = UNIT) -> Member:
    return next(one for one in office.draft("z").members if one.name == name)


def test_a_unit_is_invited_by_its_name_and_asked_which_when_it_is_not_clear(unit: Office) -> None:
    assert f"说“邀请”加单位名称：{UNIT}、{OTHER}" in unit.say("z", "邀请参与单位")
    assert f"转给{OTHER}的人" in unit.say("z", "邀请南通样例")
    assert f"转给{OTHER}的人" in unit.say("z", f"邀请参与单位{OTHER}")
    assert "参与单位里没有这一家" in unit.say("z", "邀请苏州样例研究院")
    assert "还没有参与单位" in (unit.say("x", "写申报书") and unit.say("x", "邀请参与单位"))


def test_its_person_fills_profile_tasks_and_duty_and_confirms(unit: Office) -> None:
    assert f"{UNIT}还缺承担的任务" in unit.say("w", "省属高校，光学工程学科，教师45人")
    assert "还没填全" in unit.say("w", "确认本单位内容")
    said = unit.say("w", "我们做任务3、5")
    assert "已记：任务3、5" in said
    assert "确认本单位内容" in said
    unit.say("w", "分工：负责数据标注")
    assert part(unit) == Member(
        name=UNIT, intro="省属高校，光学工程学科，教师45人", part=Part(tasks=(3, 5), duty="负责数据标注")
    )
    assert "已确认" in unit.say("w", "[unit/confirm")
    assert unit.letters["z"] == [f"王五确认了{UNIT}的内容。"]
    assert f"2 王五（填{UNIT}，已确认" in unit.say("z", "同事")


@pytest.mark.parametrize(
    "said",
    ["项目名称：王五的项目", "任务1数据规模500TB", "必选都做", f"{OTHER}做任务4", f"去掉{OTHER}", "联系人姓名：甲",
     f"{UNIT}换成南京样例大学", "实施方案：先采数，再建集。", "确认承诺", "恢复版本1", "存一版", "导出", "邀请同事", "移除 张三",
     "移交给王五", "[tasks/5", "[file/all", "[consent/no", "不同意", "上一步", "版本"],
)  # fmt: skip
def test_anything_else_is_refused_with_who_can(said: str, unit: Office) -> None:
    before = unit.draft("z")
    told = unit.say("w", said)
    assert "张三" in told or "没看懂" in told or UNIT in told
    assert unit.draft("z") == before
    assert unit.store.load("w").past.versions() == ()


def test_its_own_part_is_put_down_and_the_rest_of_the_message_refused(unit: Office) -> None:
    told = unit.say("w", f"{UNIT}做任务3，{OTHER}做任务4")
    assert "已记：任务3" in told
    assert "其余内容不归本单位填，没有记，请告诉张三" in told
    assert (part(unit).part.tasks, part(unit, OTHER).part.tasks) == ((3,), ())


def test_it_sees_everything_but_personal_fields(unit: Office) -> None:
    unit.say("z", "联系人姓名：甄样例，电话13800000001")
    unit.say("z", "项目名称：样例项目")
    seen = unit.say("w", "预览")
    assert "联合体名称：样例甲联合体" in seen
    assert "联系人电话：（不显示）" in seen
    assert not {"13800000001", "甄样例"} & {seen[at : at + size] for size in (3, 11) for at in range(len(seen))}
    assert "二、项目任务" in unit.say("w", "进度")
    assert "4月3日" in unit.say("w", "几号截止？")


def test_a_confirmation_lapses_when_others_change_the_part_and_its_person_is_told(unit: Office) -> None:
    unit.say("w", "简介：省属高校，教师45人；任务：3、5")
    unit.say("w", "确认本单位内容")
    unit.say("z", "专利5个")
    assert unit.letters["z"] and "w" not in unit.letters
    unit.say("z", f"{UNIT}做任务3、9")
    assert f"张三改了{UNIT}的内容，您的确认不再有效" in unit.letters["w"][0]
    assert f"请过的单位还没有确认本单位内容：{UNIT}" in unit.say("z", "导出")
    unit.say("z", "撤销")
    assert "您的确认仍然有效" in unit.letters["w"][1]
    assert "还没有确认本单位" not in unit.say("z", "导出")


def test_a_unit_invited_that_never_came_is_named_at_export_and_one_never_invited_is_not(unit: Office) -> None:
    assert f"还没有确认本单位内容：{UNIT}。" in unit.say("z", "导出")
    unit.say("z", f"邀请{OTHER}")
    assert f"还没有确认本单位内容：{UNIT}、{OTHER}。" in unit.say("z", "导出")


def test_a_unit_that_gets_another_name_keeps_its_person_and_its_confirmation(unit: Office) -> None:
    unit.say("w", "简介：省属高校，教师45人；任务：3、5")
    unit.say("w", "确认本单位内容")
    told = unit.say("z", f"{UNIT}换成江苏样例科技大学")
    assert "原来王五填的" not in told
    assert "w" not in unit.letters
    assert "填江苏样例科技大学，已确认" in unit.say("z", "同事")
    unit.say("w", "我们也做任务9")
    assert part(unit, "江苏样例科技大学").part.tasks == (3, 5, 9)


def test_a_unit_exchanged_for_another_does_not_hand_its_person_over(unit: Office) -> None:
    unit.say("z", f"{UNIT}换成苏州样例研究院")
    assert unit.letters["w"] == [f"张三把{UNIT}从参与单位里去掉了，没有要您填的了。"]
    before = unit.draft("z")
    assert f"{UNIT}已不在参与单位里" in unit.say("w", "简介：省属高校，教师45人")
    assert unit.draft("z") == before


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("江苏样列大学", UNIT, True), ("样例科技", "南京样例科技有限公司", True), ("南京样例科技公司", "南京样例科技有限公司", True),
        ("苏州样例科技有限公司", "南京样例科技有限公司", False), (UNIT, "南京样例大学", False), (UNIT, OTHER, False),
    ],
)  # fmt: skip
def test_a_name_put_right_is_told_from_another_unit(one: str, other: str, same: bool) -> None:
    assert alike(one, other) == alike(other, one) == same


def test_its_person_is_told_when_the_unit_is_no_longer_in_the_draft(unit: Office) -> None:
    unit.say("z", f"去掉{UNIT}")
    assert f"{UNIT}已不在参与单位里" in unit.say("w", "确认本单位内容")
    before = unit.draft("z")
    unit.say("w", "简介：省属高校，教师45人")
    assert unit.draft("z") == before


def test_undo_of_its_person_takes_back_its_own_and_leaves_the_rest(unit: Office) -> None:
    unit.say("w", "任务：3、5")
    unit.say("z", "专利5个")
    assert f"已撤销上一次改动（{UNIT}）" in unit.say("w", "撤销")
    assert part(unit).part.tasks == ()
    assert unit.draft("z").tasks[3].selected


def test_its_person_leaves_and_has_drafts_of_its_own(unit: Office) -> None:
    unit.say("w", "新开一份")
    unit.say("w", "联合体名称：王五的联合体")
    assert unit.draft("w").fields == {"consortium_name": "王五的联合体"}
    unit.say("w", "换一份")
    assert "已退出“样例甲联合体”" in unit.say("w", "退出这份申报书")
    unit.say("w", "换一份")
    assert unit.draft("w").fields == {"consortium_name": "王五的联合体"}


# ---------------------------------------------------------------- what it says of itself
HAS = Draft(members=(Member(name=UNIT, intro="省属高校", part=Part(tasks=(3, 5))), Member(name=OTHER)))
NONE = Draft(members=(Member(name=UNIT), Member(name=OTHER)))


@pytest.mark.parametrize(
    ("said", "intro", "tasks", "duty"),
    [
        ("任务3、9我们来", None, (3, 9), None),
        ("换成任务3、4", None, (3, 4), None),
        ("我们也做任务9", None, (3, 5, 9), None),
        ("我们不做任务5", None, (3,), None),
        ("3、4", None, (3, 4), None),
        ("简介改成省属重点高校", "省属重点高校", None, None),
        ("我们是省属高校，教师45人，承担任务3、9", "省属高校，教师45人", (3, 9), None),
        ("负责数据标注", None, None, "负责数据标注"),
        ("简介：\n第一句。\n第二句。\n分工：标注", "第一句。\n第二句。", None, "标注"),
    ],
)
def test_what_a_unit_says_of_itself(
    said: str, intro: str | None, tasks: tuple[int, ...] | None, duty: str | None
) -> None:
    (got,) = own(said, UNIT, HAS, CALL).members
    assert (got.name, got.intro, got.tasks, got.duty) == (UNIT, intro, tasks, duty)


def test_a_task_that_is_none_is_refused_and_the_others_stand() -> None:
    got = own("任务：3、16", UNIT, NONE, CALL)
    assert got.members[0].tasks == (3,)
    assert [(one.code, one.on) for one in got.problems] == [("unknown_task", "16")]


@given(st.text(max_size=60))
def test_anything_can_be_said(text: str) -> None:
    assert all(one.name for one in own(text, UNIT, NONE, CALL).members)
