"""Colleagues in one draft: invited by code, filling together, undoing their own, coming and going."""

import json
from pathlib import Path

import pytest

from bot.process.settings import Settings
from bot.running import conversation
from bot.turn.codes import new_code
from tests.conftest import YUNXI
from tests.conversation.office import CODE, DAY, Office, opened

PHONE = "13800000001"


@pytest.fixture
def three(office: Office) -> Office:
    """张三's draft with 李四 in it; 王五 stands outside."""
    office.names = {"z": "张三", "l": "李四", "w": "王五"}
    office.say("z", "联合体名称：样例甲联合体")
    office.joined("z", "l")
    return office


# ---------------------------------------------------------------- codes
def test_whoever_joins_is_told_whose_draft_it_is_and_what_they_can_do(three: Office) -> None:
    said = three.say("w", f"加入 {three.code('z')}")
    assert "已加入“样例甲联合体”（张三负责）。您和张三一起填，哪一项都能填能改。" in said
    assert "王五加入了“样例甲联合体”。" in three.letters["z"]
    assert three.id("w") == three.id("z")


def test_a_link_opens_the_same_and_small_letters_do_too(three: Office) -> None:
    assert "已加入" in three.say("w", f"/start join_{three.code('z').lower()}")
    assert "已加入" in three.say("x", three.code("z"))


def test_a_code_is_good_once_for_a_week_and_never_for_who_is_in(three: Office) -> None:
    code = three.code("z")
    assert "您已经在“样例甲联合体”里了" in three.say("z", f"加入 {code}")
    three.clock.now += 6.9 * 24 * 3600
    assert "已加入" in three.say("w", f"加入 {code}")
    assert "已经用过" in three.say("x", f"加入 {code}")
    late = three.code("z")
    three.clock.now += 7.1 * 24 * 3600
    assert "过期" in three.say("x", f"加入{late}")
    assert three.store.load("x").draft is None


def test_guessing_is_stopped_for_an_hour_even_for_the_right_code(three: Office) -> None:
    code = three.code("z")
    for guess in ("AAAA2222", "BBBB2222", "CCCC2222", "DDDD2222", "EEEE2222"):
        assert "没有这个邀请码" in three.say("w", f"加入 {guess}")
    assert "过一小时" in three.say("w", f"加入 {code}")
    assert "已加入" in three.say("x", f"加入 {code}")
    three.clock.now += 3700
    assert "已加入" in three.say("w", f"加入 {three.code('z')}")


def test_a_code_that_two_type_at_once_lets_one_in(three: Office) -> None:
    code = three.code("z")
    first, second = three.handled("w", f"加入 {code}"), three.handled("x", f"加入 {code}")
    assert three.keep("w", *first)
    assert not three.keep("x", *second)
    assert "已经用过" in three.say("x", f"加入 {code}")
    assert three.store.load("x").draft is None


def test_codes_are_nothing_to_guess_and_only_the_owner_makes_them(three: Office) -> None:
    codes = {three.code("z") for _ in range(20)}
    assert len(codes) == 20
    assert all(any(char.isdigit() for char in new_code()) for _ in range(500))
    assert not set("".join(codes)) & set("IL01O")
    assert "只有张三能办" in three.say("l", "邀请同事")
    assert "带上邀请码" in three.say("w", "加入")


def test_where_others_read_along_nobody_joins_or_invites(three: Office) -> None:
    saved = three.store.load("g")
    incoming = three.incoming("g", f"加入 {three.code('z')}")
    group = type(incoming)(**{**incoming.__dict__, "private": False, "drafting": False})
    assert "私聊" in three.assistant.handle(group, saved).replies[0].text


@pytest.mark.parametrize("said", ["让同事一起填", "我想邀请同事", "邀请我同事李四", "拉个同事进来", "邀请"])
def test_an_invitation_is_asked_for_in_many_ways(said: str, three: Office) -> None:
    assert "7天内有效" in three.say("z", said)


def test_how_to_invite_is_told_without_making_a_code(three: Office) -> None:
    said = three.say("z", "怎么邀请同事")
    assert "给您一个邀请码" in said
    assert not CODE.search(said)


@pytest.mark.parametrize(
    "said",
    [
        "邀请了3家单位参与",
        "加入江苏样例大学",
        "成员单位",
        "让我来填",
        "谁填写推荐单位意见？",
        "邀请外省单位可以吗",
        "转交材料给谁？",
        "参与单位邀请江苏样例大学，做任务3",
    ],
)
def test_words_of_the_form_are_no_commands(said: str, three: Office) -> None:
    assert "邀请码" not in three.say("z", said)
    assert "7天内有效" not in three.say("z", said)


# ---------------------------------------------------------------- two at once
def test_what_a_colleague_did_meanwhile_is_told_once_and_what_was_replaced_is_named(three: Office) -> None:
    three.say("l", "项目名称：李四的项目；专利5个")
    said = three.say("z", "项目名称改成张三的项目")
    assert said.startswith("您不在时：李四填了项目名称、任务3。\n项目名称原来李四填的是“李四的项目”，已按您说的改了。")
    assert "您不在时" not in three.say("z", "进度")
    changed = [one["event"]["changed"] for one in three.store.events(three.id("z"))]
    assert {"fields/project_name": ["李四的项目", "张三的项目"]} in changed


def test_a_question_that_a_colleague_answered_is_not_answered_twice(three: Office) -> None:
    assert "项目叫什么名字" in three.say("z", "你好")
    three.say("l", "项目名称：李四的项目")
    said = three.say("z", "张三的项目")
    assert "“项目名称”李四刚填好了“李四的项目”，您说的没有记到这一项" in said
    assert "牵头单位的全称" in said
    assert three.draft("z").fields["project_name"] == "李四的项目"


def test_what_else_was_said_with_an_answer_that_came_second_is_put_down(three: Office) -> None:
    three.say("l", "项目名称：李四的项目")
    said = three.say("z", "张三牵头搞的大数据底座\n\n专利5个，模型2个")
    assert three.draft("z").fields["project_name"] == "李四的项目"
    assert {3, 9} == set(three.draft("z").tasks)
    assert "没看懂：张三牵头搞的大数据底座" in said


def test_a_figure_that_came_second_is_not_put_down_and_the_one_beside_it_is(three: Office) -> None:
    three.say("z", "做任务3")
    assert "任务3（关键技术研发）的目标是多少" in three.say("z", "专利0个")
    three.say("l", "专利5个")
    said = three.say("z", "6个，模型2个")
    assert "“任务3的目标”李四刚填好了“√5个”，您说的没有记到这一项" in said
    assert [three.draft("z").tasks[number].targets[0].value for number in (3, 9)] == [5, 2]


def test_a_button_of_a_question_that_was_answered_meanwhile_changes_nothing(three: Office) -> None:
    three.say("z", "项目名称：样例项目；牵头单位：南京样例装备股份有限公司；推荐单位：南京市工信局")
    three.say("l", "集群半导体")
    assert "“适用行业集群”李四刚填好了“半导体”" in three.say("z", "[cluster/3")
    assert three.draft("z").fields["cluster"] == "半导体"


def test_two_who_answer_at_the_same_moment_keep_both_words_straight(three: Office) -> None:
    slow = three.handled("z", "张三的项目")
    three.say("l", "项目名称：李四的项目")
    assert not three.keep("z", *slow)
    assert "没有记到这一项" in three.say("z", "张三的项目")
    assert three.draft("z").fields["project_name"] == "李四的项目"


def test_undo_takes_back_the_own_last_step_and_leaves_what_others_changed_since(three: Office) -> None:
    three.say("l", "项目名称：李四的项目；专利5个")
    three.say("z", "模型2个")
    three.say("z", "专利6个")
    said = three.say("l", "撤销")
    assert "已撤销上一次改动（项目名称）" in said
    assert "任务3之后又有人改过，没有动" in said
    draft = three.draft("l")
    assert "project_name" not in draft.fields
    assert (draft.tasks[3].targets[0].value, draft.tasks[9].targets[0].value) == (6, 2)
    assert "没有可以撤销的改动" in three.say("l", "撤销")


def test_who_filled_what_is_listed_without_what_was_filled(three: Office) -> None:
    three.say("l", "项目名称：李四的项目")
    three.clock.now += 24 * 3600
    three.say("z", f"联系人姓名：甄样例，电话{PHONE}")
    three.say("z", "专利5个")
    said = three.say("l", "谁填的")
    assert "张三（3月28日）：联合体名称" in said
    assert "李四（3月28日）：项目名称" in said
    assert "张三（3月29日）：联系人姓名、联系人电话、任务3" in said
    three.say("z", "项目名称改成张三的项目")
    assert "项目名称：张三（3月29日 12:00），之前是李四（3月28日 12:00）" in three.say("l", "谁填的项目名称")
    assert "“推荐单位”还没有人填" in three.say("l", "推荐单位是谁填的")
    assert PHONE not in said
    assert PHONE not in json.dumps(three.store.events(three.id("z")))


def test_many_things_done_meanwhile_are_counted_and_tasks_stand_together(three: Office) -> None:
    three.say("l", "必选的都做")
    three.say(
        "l",
        "项目名称：李四的项目；牵头单位：南京样例装备股份有限公司；推荐单位：南京市工信局；集群半导体；产业链集成电路",
    )
    three.say("l", "参与单位：江苏样例大学，南通样例软件有限公司")
    said = three.say("z", "进度").split("\n")[0]
    assert said.startswith("您不在时：李四填了任务1、3、4、7、8、9、13、14、项目名称、")
    assert said.endswith("等8处。")


def test_another_call_goes_the_same_way(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, today=DAY, office=False, call=str(YUNXI))
    office = opened(tmp_path, conversation.assistant(settings))
    office.say("z", "写申报书")
    office.say("z", "参与单位：云溪样例大学，云溪样例软件有限公司")
    office.say("w", f"加入 {office.code('z', '邀请云溪样例大学')}")
    office.say("w", "简介：农业高校，教师45人；任务：1、2")
    assert "云溪样例大学的内容已确认" in office.say("w", "确认")
    assert "w（3月28日）：云溪样例大学" in office.say("z", "谁填的")
    office.store.close()


# ---------------------------------------------------------------- coming and going
def test_who_is_in_it_is_listed_with_role_and_last_visit(three: Office) -> None:
    assert "1 张三（负责人，就是您）\n2 李四（一起填，最近3月28日 12:00）" in three.say("z", "同事")
    assert "只有您一个人在填" in (three.say("x", "写申报书") and three.say("x", "谁在填"))


def test_whoever_is_removed_sees_and_changes_nothing_more(three: Office) -> None:
    three.say("l", "项目名称：李四的项目")
    assert "已把李四移出" in three.say("z", "移除 李四")
    assert three.letters["l"] == ["您已被移出“样例甲联合体”，您填过的内容留在那里。"]
    before = three.draft("z")
    said = three.say("l", "项目名称改成别的")
    assert "您已不在原来那份申报书里了" in said
    assert "李四的项目" not in said + three.say("l", "预览")
    assert three.draft("z") == before
    assert "已加入" in three.say("l", f"加入 {three.code('z')}")


def test_a_save_that_crosses_a_removal_is_refused(three: Office) -> None:
    slow = three.handled("l", "项目名称：李四的项目")
    three.say("z", "移除2")
    assert not three.keep("l", *slow)
    three.say("l", "项目名称：李四的项目")
    assert "project_name" not in three.draft("z").fields


def test_only_the_owner_removes_and_a_unit_of_that_name_still_goes_out_of_the_form(three: Office) -> None:
    assert "只有张三能办" in three.say("l", "移除 张三")
    three.say("z", "参与单位：江苏样例大学")
    three.say("z", "移除江苏样例大学")
    assert three.draft("z").members == ()
    assert "没有“赵六”" in three.say("z", "移除 赵六")


def test_the_owner_hands_over_before_leaving(three: Office) -> None:
    assert "先说“移交给”" in three.say("z", "退出这份申报书")
    assert "已移交给李四" in three.say("z", "移交给李四")
    assert "移交给您了" in three.letters["l"][-1]
    assert "只有李四能办" in three.say("z", "邀请同事")
    assert "已退出“样例甲联合体”" in three.say("z", "退出这份申报书")
    assert three.store.load("z").draft is None
    assert "退出了就没人管了" in three.say("l", "退出这份申报书")
    assert three.draft("l").fields == {"consortium_name": "样例甲联合体"}


def test_people_of_one_name_are_told_apart_by_number(three: Office) -> None:
    three.names["w"] = "李四"
    three.joined("z", "w")
    assert "有几位都叫“李四”" in three.say("z", "移除 李四")
    three.say("z", "移除3")
    assert three.store.load("w").draft is None
    assert three.store.load("l").draft is not None


def test_a_name_from_outside_is_cut_to_one_plain_line(three: Office) -> None:
    three.names["w"] = "王\n五\u202e" + "长" * 90
    three.joined("z", "w")
    line = three.say("z", "同事").split("\n")[2]
    assert line.startswith("3 王五" + "长" * 18)


def test_drafts_one_was_invited_to_stand_beside_ones_own(three: Office) -> None:
    three.say("w", "联合体名称：王五自己的联合体")
    assert "您原来那份还在" in three.say("w", f"加入 {three.code('z')}")
    assert "2 王五自己的联合体（已完成1项）" in three.say("w", "切换")
    three.say("w", "换一份")
    assert three.draft("w").fields == {"consortium_name": "王五自己的联合体"}
    assert "2 样例甲联合体（张三负责）（已完成1项）" in three.say("w", "切换")


def test_a_version_kept_by_one_is_brought_back_by_another(three: Office) -> None:
    three.say("z", "存一版")
    three.say("l", "项目名称：李四的项目")
    assert "已恢复到版本1" in three.say("l", "恢复版本1")
    assert "您不在时：李四" not in three.say("z", "预览")
    assert "版本2" in three.say("z", "版本")


def test_a_no_to_the_notice_strikes_only_what_that_person_told(three: Office) -> None:
    three.say("z", f"联系人姓名：甄样例，电话{PHONE}")
    three.say(
        "z",
        "项目名称：样例项目；牵头单位：南京样例装备股份有限公司；推荐单位：南京市工信局；集群半导体；产业链集成电路",
    )
    three.say("z", "存一版")
    three.say("l", "联系人职务：经理")
    three.say("l", "好的")
    for _ in range(9):
        if "不记录" in three.say("l", "不同意"):
            break
        three.say("l", "跳过")
    fields = three.draft("z").fields
    assert (fields["contact_phone"], "contact_title" in fields) == (PHONE, False)
    assert three.store.load("z").past.versions()[0].facts["fields"]["contact_phone"] == PHONE
