"""The mechanisms behind the sentences, each where it speaks and where it keeps silent."""

from __future__ import annotations

import pytest

from drafting.form.draft import Amount, Choice, Draft, Member
from drafting.form.short_names import ONE, distinctive, referred
from drafting.reading.intents import aside, command
from drafting.reading.message import understand
from drafting.reading.pairing import paired, pointed, respectively, shared
from drafting.reading.persons import is_name
from drafting.reading.setting import Setting
from drafting.reading.sounds import in_characters
from knowledge.call.definition import Call
from knowledge.language.plain import plain

RECORDED = ["南京样例算法科技有限公司", "苏州范例传感技术有限公司", "扬州虚构纺织行业协会"]


# ---------------------------------------------------------------- figures on their way to tasks
def test_pairs_are_a_list_only_when_every_piece_is_one(call: Call) -> None:
    assert paired("3填8，9填2", call) == "任务3：8；任务9：2"
    assert paired("3填8，其余再说", call) == "3填8，其余再说"
    assert paired("20填8", call) == "20填8"


def test_lists_of_unequal_length_stay_as_they_are(call: Call) -> None:
    assert respectively("3和9分别是5、2", call) == "任务3：5；任务9：2"
    assert respectively("3和9分别是5", call) == "3和9分别是5"


def test_a_figure_is_shared_by_tasks_that_take_one(call: Call) -> None:
    assert shared("专利和模型各5个", call) == "任务3：5个；任务9：5个"
    assert shared("专利5个", call) == "专利5个"


def test_a_task_points_at_another_one_only_with_a_word_of_likeness(call: Call) -> None:
    assert pointed("智能体跟模型一样多", None, call) == (10, 9)
    assert pointed("智能体和模型", None, call) is None
    assert pointed("智能体跟模型一样，都是9个", None, call) is None


def test_a_pointer_at_an_unknown_figure_asks_for_one(call: Call) -> None:
    got = understand("智能体跟模型一样多", Setting(call))
    assert [(one.code, one.on) for one in got.problems] == [("target_missing_number", "10")]


SHORT = [
    ("3k家", "3千家"),
    ("50w张", "50万张"),
    ("two个", "2个"),
    ("廿个", "二十个"),
    ("３，０００个", "3,000个"),
    ("4K视频", "4K视频"),
    ("⑤⑥", "5、6"),
]


@pytest.mark.parametrize(("typed", "shown"), SHORT)
def test_shorthand_of_figures_is_written_out(typed: str, shown: str) -> None:
    assert plain(typed) == shown


# ---------------------------------------------------------------- corrections
def test_what_is_taken_back_leaves_the_rest_of_the_message(call: Call) -> None:
    got = understand("登记9个，专利5个，不对，专利8个", Setting(call))
    assert {number: one[0].value for number, one in got.targets.items()} == {8: 9, 3: 8}


def test_a_new_figure_replaces_the_one_of_its_unit(call: Call) -> None:
    got = understand("数据规模5TB，图片3万张，说错了，图片4万张", Setting(call))
    assert [(one.value, one.unit) for one in got.targets[1]] == [(5, "TB"), (40000, "张")]


def test_a_refusal_goes_with_the_words_it_was_for(call: Call) -> None:
    assert not understand("专利大概5个，不对，就5个", Setting(call)).problems


def test_a_word_of_doubt_without_anything_new_changes_nothing_more(call: Call) -> None:
    assert understand("不对", Setting(call)).intent == "deny"
    assert not understand("联系人写错了", Setting(call)).says_facts


# ---------------------------------------------------------------- decisions
def test_a_task_taken_and_left_is_asked_back(call: Call) -> None:
    got = understand("5做，6做，5不做", Setting(call, asking="tasks"))
    assert (got.select, [(one.code, one.on) for one in got.problems]) == ((6,), [("contradiction", "5")])


def test_a_second_thought_is_no_contradiction(call: Call) -> None:
    got = understand("5做，哦不，5不做", Setting(call, asking="tasks"))
    assert (got.deselect, got.problems) == ((5,), ())


def test_a_figure_for_a_task_that_was_left_is_refused_until_it_is_taken(call: Call) -> None:
    draft = Draft(tasks={12: Choice(selected=False)})
    assert [one.code for one in understand("开源3个", Setting(call, draft)).problems] == ["target_on_deselected_task"]
    assert understand("12也做，开源3个", Setting(call, draft)).targets == {12: (Amount(value=3, unit="个"),)}


def test_the_task_asked_for_is_decided_barely(call: Call) -> None:
    assert understand("不做，没人手", Setting(call, asking="target/12")).deselect == (12,)
    assert [one.code for one in understand("不做", Setting(call, asking="target/3")).problems] == [
        "mandatory_task_deselected"
    ]


# ---------------------------------------------------------------- units
def test_a_recorded_name_is_known_by_its_own_part() -> None:
    assert distinctive(RECORDED[0]) == "样例算法"
    assert referred("范例那家退出", RECORDED) == f"{RECORDED[1]}退出"
    assert referred("协会那家退出", RECORDED) == f"{RECORDED[2]}退出"
    assert referred("科技公司退出", [*RECORDED[:1], "无锡示范科技有限公司"]) == "科技公司退出"


def test_a_new_name_is_not_taken_for_a_recorded_one() -> None:
    text = "再加南京样例机床有限公司"
    assert referred(text, RECORDED) == text


NAMES = [
    ("用无锡示范软件有限公司替换", "无锡示范软件有限公司"),
    ("参与的有苏州示范集团有限公司", "苏州示范集团有限公司"),
    ("江苏示范新材料研究院有限公司", "江苏示范新材料研究院有限公司"),
    ("由有方示范科技有限公司来做", "有方示范科技有限公司"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_a_name_neither_swallows_words_nor_loses_its_end(text: str, name: str) -> None:
    assert [one.group() for one in ONE.finditer(text)] == [name]


def test_units_may_go_and_come_in_any_order(call: Call) -> None:
    draft = Draft(members=tuple(Member(name=name) for name in RECORDED))
    for text in ("用江苏假想大学换掉范例传感", "范例传感不要了，换成江苏假想大学", "范例传感退出，江苏假想大学补上"):
        assert understand(text, Setting(call, draft, "members")).rename == {RECORDED[1]: "江苏假想大学"}


# ---------------------------------------------------------------- persons, commands, small talk
@pytest.mark.parametrize("said", ["看看全部", "先不填", "下一个", "算了吧", "不知道", "全部"])
@pytest.mark.parametrize("asking", ["contact_name", "contact_title", "consortium_name"])
def test_a_command_is_never_the_value_of_a_cell(call: Call, said: str, asking: str) -> None:
    assert not understand(said, Setting(call, asking=asking)).fields


@pytest.mark.parametrize("said", ["稍等，我去问下领导", "我先看看合同", "哈哈辛苦了"])
@pytest.mark.parametrize("asking", ["", "contact_name", "project_name", "lead_name"])
def test_small_talk_changes_nothing(call: Call, said: str, asking: str) -> None:
    got = understand(said, Setting(call, asking=asking))
    assert (got.intent, got.says_facts, got.problems) == ("", False, ())


def test_small_talk_before_a_value_does_not_hide_it(call: Call) -> None:
    assert understand("稍等，联合体叫样例联合体", Setting(call)).fields == {"consortium_name": "样例联合体"}
    assert not aside("电话13800000001")


@pytest.mark.parametrize(
    ("name", "fits"), [("宋样例", True), ("欧阳样", True), ("柳芽", True), ("好的吧", False), ("再看看", False)]
)
def test_a_persons_name_is_no_phrase(name: str, fits: bool) -> None:
    assert is_name(name) is fits


SLOTS = [
    ("对，导出", "export"),
    ("不对不对", "deny"),
    ("好的好的", "confirm"),
    ("那就先看看进度吧", "progress"),
    ("做3和5", ""),
    ("退出3", ""),
]


@pytest.mark.parametrize(("said", "name"), SLOTS)
def test_a_command_is_its_core_word_and_fillers(said: str, name: str) -> None:
    assert command(said) == name


# ---------------------------------------------------------------- pinyin, the second call
def test_pinyin_is_read_where_it_spells_the_calls_own_words(call: Call, other: Call) -> None:
    assert in_characters("kaiyuan bu zuo", call) == "开源 不做"
    assert in_characters("kaiyuan bu zuo", other) == "kaiyuan 不做"
    assert in_characters("联合体叫Data One", call) == "联合体叫Data One"
    assert in_characters("song@example.com", call) == "song@example.com"


def test_the_second_call_is_read_with_its_own_words(other: Call) -> None:
    assert understand("5和6做，8不做", Setting(other, asking="work")).select == (5, 6)
    got = understand("底图800亩，不对，是900亩；农户120户", Setting(other))
    assert {n: (one[0].value, one[0].unit) for n, one in got.targets.items()} == {1: (900, "亩"), 7: (120, "户")}
    assert understand("产业类别选2号", Setting(other)).fields == {"produce": "水果"}
    assert understand("白鹭市农业农村局推荐的", Setting(other)).fields == {"recommender": "白鹭市农业农村局"}
    assert [one.code for one in understand("溯源3个", Setting(other)).problems] == ["target_not_required"]
