"""More of what people type, by kind of difficulty."""

from __future__ import annotations

from typing import Any

import pytest

from drafting.form.draft import Amount, Choice, Draft, Member, Part
from drafting.reading.message import understand
from drafting.reading.setting import Setting
from knowledge.call.definition import Call

DRAFT = Draft(
    fields={"lead_name": "徐州样例装备有限公司", "project_name": "样例项目一期"},
    tasks={3: Choice(selected=True, targets=(Amount(value=5, unit="个"),)), 5: Choice(selected=False)},
    members=(Member(name="江苏样例大学", part=Part(tasks=(3, 9))), Member(name="南京样例科技有限公司")),
)
MUST = (1, 3, 4, 7, 8, 9, 13, 14)

TASKS: list[tuple[str, tuple[int, ...], tuple[int, ...]]] = [
    ("选做的我们挑2、6、15三项", (2, 6, 15), ()),
    ("2不要，5要，6不要，10要，11不要，12要，15不要", (5, 10, 12), (2, 6, 11, 15)),
    ("必选+5+12", tuple(sorted((*MUST, 5, 12))), ()),
    ("第五项和第十项也做", (5, 10), ()),
    ("五、十、十二", (5, 10, 12), ()),
    ("平台那两项都做", (13, 14, 15), ()),
    ("标准库的三项都选", (4, 5, 6), ()),
    ("数据集库那六项全要", (7, 8, 9, 10, 11, 12), ()),
    ("带星的都做，不带星的可选不做", (1, 3, 5, 8, 9, 10, 11, 12, 14), (2, 6, 15)),
    ("11跟12先不做", (), (11, 12)),
    ("任务二打钩", (2,), ()),
    ("刚才说错了，5要做", (5,), ()),
    ("第三方测评的要做，开源就算了", (11,), (12,)),
    ("前8项都做", (1, 2, 3, 4, 5, 6, 7, 8), ()),
    ("1-9、13、14", (1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 14), ()),
    ("除了开源和测评，其他全做", (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 13, 14, 15), (11, 12)),
    ("全部都做，除了15", tuple(range(1, 15)), (15,)),
    ("8项必选，另外再加任务10", tuple(sorted((*MUST, 10))), ()),
    ("不选2、5、6", (), (2, 5, 6)),
]


@pytest.mark.parametrize(("text", "taken", "left"), TASKS, ids=[one[0] for one in TASKS])
def test_tasks(call: Call, text: str, taken: tuple[int, ...], left: tuple[int, ...]) -> None:
    got = understand(text, Setting(call, DRAFT, "tasks"))
    assert (got.select, got.deselect, got.problems) == (taken, left, ())


TARGETS = [
    ("专利八件", {3: [(8, "个")]}), ("一千二百小时的语音", {1: [(1200, "小时")]}), ("2000万条日志，50万张图片", {1: [(20000000, "条"), (500000, "张")]}),
    ("企业一百二十家", {14: [(120, "个")]}), ("任务8：15个；任务9：4个；任务14：60家", {8: [(15, "个")], 9: [(4, "个")], 14: [(60, "个")]}),
    ("8、9、14分别是15、4、60", {8: [(15, "个")], 9: [(4, "个")], 14: [(60, "个")]}), ("把专利改成6个", {3: [(6, "个")]}),
    ("发明专利从5个改到7个", {3: [(7, "个")]}), ("壹佰伍拾家企业", {14: [(150, "个")]}), ("开源俩", {12: [(2, "个")]}),
    ("登记12个数据集，其中开源2个", {8: [(12, "个")], 12: [(2, "个")]}), ("专利 5 测评 1 登记 6", {3: [(5, "个")], 11: [(1, "个")], 8: [(6, "个")]}),
    ("300T", {1: [(300, "TB")]}), ("1.2亿条", {1: [(120000000, "条")]}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), TARGETS, ids=[one[0] for one in TARGETS])
def test_figures(call: Call, text: str, wanted: dict[int, list[tuple[float, str]]]) -> None:
    got = understand(text, Setting(call, DRAFT))
    assert {n: [(one.value, one.unit) for one in found] for n, found in got.targets.items()} == wanted
    assert not got.problems


CELLS: list[tuple[str, dict[str, str]]] = [
    ("单位全称是徐州样例重工有限公司", {"lead_name": "徐州样例重工有限公司"}),
    ("由徐州市工信局推荐", {"recommender": "徐州市工业和信息化局"}),
    ("集群11", {"cluster": "高端纺织"}),
    ("选第9个集群", {"cluster": "新材料"}),
    ("電話：０２５－８３００００００", {"contact_phone": "025-83000000"}),
    (
        "王样例 总经理 13800000001",
        {"contact_name": "王样例", "contact_title": "总经理", "contact_phone": "13800000001"},
    ),
    ("联系人换成李样例", {"contact_name": "李样例"}),
    ("適用行業：半導體，產業鏈：集成電路", {"cluster": "半导体", "chain": "集成电路"}),
    ("联合体名称跟项目名称一样", {"consortium_name": "样例项目一期"}),
]


@pytest.mark.parametrize(("text", "wanted"), CELLS, ids=[one[0] for one in CELLS])
def test_cells(call: Call, text: str, wanted: dict[str, str]) -> None:
    assert understand(text, Setting(call, DRAFT)).fields == wanted


UNITS: list[tuple[str, list[tuple[str, tuple[int, ...] | None]]]] = [
    ("还有一家：无锡样例软件有限公司", [("无锡样例软件有限公司", None)]),
    ("再加一个苏州样例协会，做4和7", [("苏州样例协会", (4, 7))]),
    ("南京样例科技有限公司负责任务7到9", [("南京样例科技有限公司", (7, 8, 9))]),
    ("江苏样例大学改做任务3、9、11", [("江苏样例大学", (3, 9, 11))]),
    ("牵头单位做1、2、3，江苏样例大学做4", [("", (1, 2, 3)), ("江苏样例大学", (4,))]),
    (
        "成员：A苏州样例大学 B无锡样例有限公司 C常州样例协会",
        [("苏州样例大学", None), ("无锡样例有限公司", None), ("常州样例协会", None)],
    ),
    (
        "1.苏州样例医院（承担任务3）2.无锡样例软件有限公司（承担任务7、8）",
        [("苏州样例医院", (3,)), ("无锡样例软件有限公司", (7, 8))],
    ),
    (
        "分工：江苏样例大学任务3，南京样例科技有限公司任务8、12",
        [("江苏样例大学", (3,)), ("南京样例科技有限公司", (8, 12))],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), UNITS, ids=[one[0] for one in UNITS])
def test_units(call: Call, text: str, wanted: list[tuple[str, tuple[int, ...] | None]]) -> None:
    got = understand(text, Setting(call, DRAFT, "members"))
    assert [(one.name, one.tasks) for one in got.members] == wanted


OTHERS: list[tuple[str, dict[str, Any]]] = [
    ("把江苏样例大学去掉", {"remove_members": ("江苏样例大学",)}),
    ("江苏样例大学不参加了", {"remove_members": ("江苏样例大学",)}),
    ("算了不填了", {"intent": "cancel"}),
    ("导成word给我", {"intent": "export"}),
    ("先放着，后面再填", {"intent": "skip"}),
    ("撤销刚才那步", {"intent": "undo"}),
    ("还差啥没填", {"intent": "progress"}),
    ("任务3是不是必选啊", {"intent": "ask_policy"}),
]


@pytest.mark.parametrize(("text", "wanted"), OTHERS, ids=[one[0] for one in OTHERS])
def test_commands_and_removals(call: Call, text: str, wanted: dict[str, Any]) -> None:
    got = understand(text, Setting(call, DRAFT, "members"))
    assert {key: getattr(got, key) for key in wanted} == wanted


PROBLEMS = [
    ("任务20", "tasks", "unknown_task"), ("都不选", "tasks", "ambiguous_task"), ("测评三个左右", "", "approximate_target"),
    ("智能体二到三个", "", "range_not_exact"), ("指南编1份", "", "target_not_required"), ("集群填新能源车", "", "unknown_cluster"),
    ("推荐单位是江苏省工业和信息化厅", "", "recommender_not_city_bureau"), ("没有其他单位", "members", "too_few_members"),
    ("参与单位是徐州样例装备有限公司", "members", "lead_as_member"), ("牵头单位是南京样例研究院北京分院", "", "lead_not_legal_person"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "asking", "code"), PROBLEMS, ids=[one[0] for one in PROBLEMS])
def test_problems(call: Call, text: str, asking: str, code: str) -> None:
    got = understand(text, Setting(call, DRAFT, asking))
    assert [one.code for one in got.problems] == [code]
    assert not got.says_facts


def test_a_pasted_table_is_read_line_by_line(call: Call) -> None:
    text = "下面是任务：\n1 √ 500TB\n2 ×\n3 √ 6个\n4 √\n7 ×\n8、√ 大约8个\n19 √"
    got = understand(text, Setting(call, DRAFT, "lead_profile"))
    assert (got.select, got.deselect) == ((1, 3, 4, 8), (2,))
    assert {n: one[0].value for n, one in got.targets.items()} == {1: 500, 3: 6}
    assert [one.code for one in got.problems] == ["mandatory_task_deselected", "unknown_task", "approximate_target"]


@pytest.mark.parametrize("asking", ["foundation", "plan", "lead_profile"])
def test_a_correction_is_no_text_for_the_section_that_was_asked(call: Call, asking: str) -> None:
    assert understand("专利改成8个", Setting(call, DRAFT, asking)).targets
    assert understand("联系电话应该是13800000001", Setting(call, DRAFT, asking)).fields == {
        "contact_phone": "13800000001"
    }
    text = "已建成样例数据集12个，授权专利30件，平台接入设备两百台。"
    got = understand(text, Setting(call, DRAFT, asking))
    assert not got.targets
    assert got.texts or got.fields == {asking: text}


def test_a_task_marked_as_left_is_given_to_nobody(call: Call) -> None:
    got = understand("再加一个苏州样例协会，做4和5", Setting(call, DRAFT, "members"))
    assert [(one.name, one.tasks) for one in got.members] == [("苏州样例协会", (4,))]
    assert [(one.code, one.on) for one in got.problems] == [("member_assigned_unselected_task", "5")]


@pytest.mark.parametrize(
    "text",
    [
        "牵头单位苏州样例机床有限公司，参与单位江苏样例大学、无锡样例软件有限公司",
        "苏州样例机床有限公司牵头，江苏样例大学和无锡样例软件有限公司参与",
        "由苏州样例机床有限公司牵头，联合江苏样例大学、无锡样例软件有限公司一起申报",
        "牵头是苏州样例机床有限公司，成员有江苏样例大学和无锡样例软件有限公司",
    ],
)
def test_lead_and_members_in_one_breath(call: Call, text: str) -> None:
    got = understand(text, Setting(call, Draft()))
    assert got.fields == {"lead_name": "苏州样例机床有限公司"}
    assert [one.name for one in got.members] == ["江苏样例大学", "无锡样例软件有限公司"]


@pytest.mark.parametrize("text", ["我们自己做剩下的", "剩下的牵头单位做", "其余任务我们负责"])
def test_the_lead_takes_what_nobody_has_yet(call: Call, text: str) -> None:
    member = Member(name="江苏样例大学", part=Part(tasks=(3,)))
    chosen = {number: Choice(selected=number in (1, 3, 4)) for number in call.task_by_number}
    got = understand(text, Setting(call, Draft(tasks=chosen, members=(member,))))
    assert [(one.name, one.tasks) for one in got.members] == [("", (1, 4))]
