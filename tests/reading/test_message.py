"""Whole messages: fields, units, texts, commands and questions."""

import pytest

from drafting.form.draft import Draft, Member
from drafting.reading.message import understand
from drafting.reading.setting import Setting
from knowledge.call.definition import Call

FIELDS = [
    ("联合体名称：示例纺织数据联合体", {"consortium_name": "示例纺织数据联合体"}),
    ("联合体就叫“示例纺织数据联合体”吧", {"consortium_name": "示例纺织数据联合体"}),
    ("项目名是示例项目一号，牵头单位 南通样例纺织有限公司", {"project_name": "示例项目一号", "lead_name": "南通样例纺织有限公司"}),
    ("牵头的是我们公司，南通样例纺织有限公司", {"lead_name": "南通样例纺织有限公司"}),
    ("推荐单位南通市工信局，牵头单位南通样例纺织有限公司", {
        "recommender": "南通市工业和信息化局", "lead_name": "南通样例纺织有限公司",
    }),
    ("推荐单位：南通市工信局", {"recommender": "南通市工业和信息化局"}),
    ("推荐 南通市工业和信息化局", {"recommender": "南通市工业和信息化局"}),
    ("集群选高端纺织，产业链化学纤维", {"cluster": "高端纺织", "chain": "化学纤维"}),
    ("联合体叫示例甲，产业链化学纤维", {"consortium_name": "示例甲", "chain": "化学纤维"}),
    ("半导体，集成电路", {"cluster": "半导体", "chain": "集成电路"}),
    ("联系人甄样例，数据部经理，电话025-83000000，邮箱zhen@example.com", {
        "contact_name": "甄样例", "contact_title": "数据部经理", "contact_phone": "025-83000000", "contact_email": "zhen@example.com",
    }),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), FIELDS, ids=[one[0] for one in FIELDS])
def test_fields_are_found_by_their_labels_and_shapes(call: Call, text: str, wanted: dict[str, str]) -> None:
    assert understand(text, Setting(call)).fields == wanted


ASKED = [
    ("consortium_name", "示例联合体", "示例联合体"),
    ("cluster", "13", "半导体"),
    ("chain", "光伏", "光伏"),
    ("recommender", "苏州", "苏州市工业和信息化局"),
    ("contact_phone", "１３８０００００００１", "13800000001"),
    ("lead_profile", "公司成立于2009年，主营样例设备，员工300人。", "公司成立于2009年，主营样例设备，员工300人。"),
]


@pytest.mark.parametrize(("asking", "text", "value"), ASKED, ids=[one[0] for one in ASKED])
def test_a_bare_answer_belongs_to_what_was_asked(call: Call, asking: str, text: str, value: str) -> None:
    assert understand(text, Setting(call, asking=asking)).fields == {asking: value}


REFUSED = [
    ("电话 1380000", "contact_phone", "bad_phone"),
    ("邮箱zhen#example.com", "", "bad_email"),
    ("推荐单位：昆山市工业和信息化局", "", "recommender_not_city_bureau"),
    ("牵头单位：杭州样例科技有限公司", "", "not_jiangsu_lead"),
    ("牵头单位：南通样例纺织有限公司海门分公司", "", "lead_not_legal_person"),
    ("集群选金融", "", "unknown_cluster"),
    ("集群新能源，产业链中药", "", "chain_not_in_cluster"),
    ("就我们一家报", "", "too_few_members"),
    ("参与单位：上海样例大学，做任务3", "", "member_not_in_province"),
    ("任务3不做了", "", "mandatory_task_deselected"),
    ("任务18也要", "", "unknown_task"),
]


@pytest.mark.parametrize(("text", "asking", "code"), REFUSED, ids=[one[0] for one in REFUSED])
def test_what_breaks_a_rule_is_refused_and_not_recorded(call: Call, text: str, asking: str, code: str) -> None:
    got = understand(text, Setting(call, asking=asking))
    assert [one.code for one in got.problems] == [code]
    assert not got.says_facts


COMMANDS = [
    ("写申报书", "start"), ("我来填一份数据集的申报书", "start"), ("进度", "progress"), ("预览", "preview"), ("好，看一眼", "preview"),
    ("上一步", "back"), ("跳过", "skip"), ("这题先跳过吧", "skip"), ("没问题，导出word", "export"), ("帮助", "help"), ("？", "help"),
    ("同意", "confirm"), ("不同意", "deny"), ("退出", "cancel"), ("你好", "greet"), ("/start nantong", "greet"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "intent"), COMMANDS, ids=[one[0] for one in COMMANDS])
def test_commands_are_known_with_and_without_politeness(call: Call, text: str, intent: str) -> None:
    assert understand(text, Setting(call, asking="consortium_name")).intent == intent


QUESTIONS = [
    "必选任务能不能少做一项？",
    "最晚什么时候交",
    "资金有多少",
    "牵头单位必须在江苏吗",
    "任务8要登记几个",
    "推荐单位填谁",
]


@pytest.mark.parametrize("text", QUESTIONS)
@pytest.mark.parametrize("asking", ["", "tasks", "target/8", "members", "lead_name", "plan"])
def test_a_question_changes_nothing_wherever_it_is_asked(call: Call, text: str, asking: str) -> None:
    got = understand(text, Setting(call, asking=asking))
    assert (got.intent, got.says_facts, got.problems) == ("ask_policy", False, ())


def test_others_in_a_choice_are_no_question(call: Call) -> None:
    assert understand("可选的要5和6，其他几个打叉", Setting(call)).intent == ""


def test_units_come_with_profile_and_tasks(call: Call) -> None:
    text = "参与单位两家：江苏样例大学，省属高校，专做数据治理研究，负责任务3和9；南通样例软件有限公司，员工60人，做7、13。"
    first, second = understand(text, Setting(call)).members
    assert (first.name, first.intro, first.tasks) == ("江苏样例大学", "省属高校，专做数据治理研究", (3, 9))
    assert (second.name, second.intro, second.tasks) == ("南通样例软件有限公司", "员工60人", (7, 13))


def test_names_alone_may_be_joined(call: Call) -> None:
    text = "参与单位有江苏样例大学、南通样例软件有限公司和苏州样例协会"
    assert [one.name for one in understand(text, Setting(call)).members] == [
        "江苏样例大学", "南通样例软件有限公司", "苏州样例协会",
    ]  # fmt: skip


def test_the_leads_own_part(call: Call) -> None:
    (unit,) = understand("我们自己负责1、8、13，统筹协调", Setting(call)).members
    assert (unit.leads, unit.tasks, unit.duty) == (True, (1, 8, 13), "统筹协调")


def test_a_unit_goes_and_another_takes_its_place(call: Call) -> None:
    draft = Draft(members=(Member(name="南通样例软件有限公司"),))
    gone = understand("去掉南通样例软件有限公司", Setting(call, draft))
    assert (gone.remove_members, gone.members) == (("南通样例软件有限公司",), ())
    swap = understand("不用南通样例软件有限公司了，换成南通范例软件有限公司，员工80人", Setting(call, draft))
    assert swap.rename == {"南通样例软件有限公司": "南通范例软件有限公司"}
    assert [(one.name, one.intro) for one in swap.members] == [("南通范例软件有限公司", "员工80人")]


def test_what_a_unit_owes_is_answered_barely(call: Call) -> None:
    draft = Draft(members=(Member(name="江苏样例大学"),))
    (unit,) = understand("省属高校，做任务3和9", Setting(call, draft, "unit/江苏样例大学")).members
    assert (unit.name, unit.intro, unit.tasks) == ("江苏样例大学", "省属高校", (3, 9))


def test_a_headed_text_goes_to_its_section_from_anywhere(call: Call) -> None:
    text = "五、实施方案的要点：\n【实施路径】\n- 先采数，再建集\n【项目概算】\n- 总投入100万元"
    got = understand(text, Setting(call, asking="consortium_name"))
    assert got.texts == {"plan": ("【实施路径】", "先采数，再建集", "【项目概算】", "总投入100万元")}


def test_a_text_for_the_section_asked_keeps_its_paragraphs(call: Call) -> None:
    got = understand("第一段写数据资源。\n\n第二段写数据标准。", Setting(call, asking="foundation"))
    assert got.texts == {"foundation": ("第一段写数据资源。", "第二段写数据标准。")}


def test_a_section_is_known_by_the_calls_own_title(other: Call) -> None:
    section = other.narratives()[0]
    got = understand(f"{section.title}：\n先写第一段。\n再写第二段。", Setting(other))
    assert got.texts == {section.id: ("先写第一段。", "再写第二段。")}


@pytest.mark.parametrize("text", ["", "   ", "🙂🙂", "\x00\x01", "\u202e\u202e", "。。。", "…"])
def test_nothing_is_read_out_of_nothing(call: Call, text: str) -> None:
    got = understand(text, Setting(call))
    assert not got.says_facts
    assert not got.problems


MIXED = [
    ("必选的都做，可选的要5和10，专利10个，模型3个", [1, 3, 4, 5, 7, 8, 9, 10, 13, 14], {3: 10, 9: 3}, {}),
    ("推荐单位苏州市工信局，专利5个，开源不做", [], {3: 5}, {"recommender": "苏州市工业和信息化局"}),
    ("联合体名称：示例甲，可选的只做2，智能体那个不做", [2], {}, {"consortium_name": "示例甲"}),
    ("电话13800000001，登记数据集6个", [], {8: 6}, {"contact_phone": "13800000001"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "taken", "figures", "cells"), MIXED, ids=[one[0] for one in MIXED])
def test_several_kinds_of_facts_in_one_message(
    call: Call, text: str, taken: list[int], figures: dict[int, int], cells: dict[str, str]
) -> None:
    got = understand(text, Setting(call))
    assert list(got.select) == taken
    assert {number: one[0].value for number, one in got.targets.items()} == figures
    assert got.fields == cells
    assert not got.problems
