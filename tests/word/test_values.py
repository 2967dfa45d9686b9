"""Single values: what the interview and the check of a file both say about them."""

from __future__ import annotations

import pytest

from drafting.application.exchange import FactsError, from_facts
from drafting.form.amounts import read_amounts
from drafting.form.draft import Amount, Draft, Member
from drafting.form.duties import read_duty
from drafting.form.problem import Problem
from drafting.form.values import check_choice, check_field, check_target, settle
from drafting.rules.participants import check_members
from knowledge.call.definition import Call
from knowledge.call.pack import DEFAULT, load
from knowledge.language.numerals import to_number

CALL: Call = load(DEFAULT).call


def judged(field: str, text: str, **known: str) -> str:
    """The value kept, or the code of the problem."""
    value = check_field(CALL.field_by_id[field], text, Draft(fields=known), CALL)
    return value.code if isinstance(value, Problem) else value


@pytest.mark.parametrize(
    "said", ["南京市工业和信息化局", "南京市工信局", "南京工信局", "南京", "江苏省南京市工业和信息化局"]
)
def test_a_short_name_of_a_bureau_is_completed(said: str) -> None:
    assert judged("recommender", said) == "南京市工业和信息化局"


@pytest.mark.parametrize(
    "said", ["南京市玄武区工业和信息化局", "苏州工业园区经济发展委员会", "江苏省工业和信息化厅", "合肥市经信局"]
)
def test_a_body_below_above_or_beside_the_city_can_not_recommend(said: str) -> None:
    assert judged("recommender", said) == "recommender_not_city_bureau"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("上海虚构数据有限公司", "not_jiangsu_lead"),
        ("浙江省虚构研究院", "not_jiangsu_lead"),
        ("江苏虚构装备股份有限公司徐州分公司", "lead_not_legal_person"),
        ("江苏虚构装备股份有限公司数字化部", "lead_not_legal_person"),
        ("虚构装备", "lead_not_full_name"),
        ("徐州虚构公司", "lead_not_full_name"),
    ],
)
def test_who_can_not_lead(said: str, code: str) -> None:
    assert judged("lead_name", said) == code


@pytest.mark.parametrize(
    "said",
    [
        "江苏虚构装备股份有限公司",
        "上海虚构电气（南通）有限公司",
        "泰州虚构医药集团有限公司",
        "虚构工业大学",
        "江苏省虚构行业协会",
        "无锡虚构研究中心（有限合伙）",
        "中山虚构陵园管理有限公司",
    ],
)
def test_who_can_lead(said: str) -> None:
    assert judged("lead_name", said) == said


def test_a_chain_must_lie_in_its_cluster() -> None:
    assert judged("cluster", "10") == judged("cluster", "生物医药集群") == "生物医药"
    assert judged("cluster", "生物制造") == "unknown_cluster"
    assert judged("chain", "中药", cluster="生物医药") == "中药"
    assert judged("chain", "智能终端(消费)") == "智能终端（消费）"
    assert judged("chain", "工业母机", cluster="生物医药") == "chain_not_in_cluster"
    assert judged("chain", "石墨烯") == "unknown_chain"


@pytest.mark.parametrize(
    ("field", "said", "kept"),
    [
        ("contact_phone", "１３９ 0000 1216", "13900001216"),
        ("contact_phone", "025-80001234转801", "025-80001234转801"),
        ("contact_phone", "13900001216；025-80001234", "13900001216；025-80001234"),
        ("contact_phone", "025—80001234", "025-80001234"),
        ("contact_phone", "025-80001234 13900001216", "025-80001234；13900001216"),
        ("contact_phone", "（025）80001234", "(025)80001234"),
        ("contact_phone", "1390000121", "bad_phone"),
        ("contact_phone", "80001234", "bad_phone"),
        ("contact_email", "xing＠example.com", "xing@example.com"),
        ("contact_email", "xing#example.com", "bad_email"),
        ("contact_title", "待定", "contact_missing"),
        ("project_name", " / ", "field_missing"),
    ],
)
def test_how_to_be_reached(field: str, said: str, kept: str) -> None:
    assert judged(field, said) == kept


@pytest.mark.parametrize(
    ("task", "value", "unit", "code"),
    [
        (1, 600, "TB", None),
        (1, 1.5, "PB", None),
        (1, 500, "", "target_missing_unit"),
        (1, 500, "万元", "target_unit_mismatch"),
        (3, 12, "件", None),
        (3, 20, "TB", "target_unit_mismatch"),
        (3, 0, "个", "zero_target"),
        (3, -5, "个", "negative_target"),
        (3, 2.5, "个", "non_integer_target"),
        (4, 2, "个", "target_not_required"),
    ],
)
def test_a_figure_of_a_task(task: int, value: float, unit: str, code: str | None) -> None:
    problem = check_target(CALL.task_by_number[task], (Amount(value=value, unit=unit),), CALL)
    assert (problem.code if problem else None) == code


def test_a_starred_task_needs_a_figure_and_a_mandatory_one_its_tick() -> None:
    first = CALL.task_by_number[1]
    problem = check_target(first, (), CALL)
    assert problem is not None
    assert problem.code == "target_missing_number"
    refused = check_choice(first, False, CALL)
    assert refused is not None
    assert (refused.code, refused.on) == ("mandatory_task_deselected", "1")
    assert check_choice(CALL.task_by_number[2], False, CALL) is None


def test_counted_things_are_kept_in_the_forms_unit() -> None:
    fourteen = CALL.task_by_number[14]
    assert settle(fourteen, (Amount(value=150, unit="家"),)) == (Amount(value=150, unit="个"),)


def test_members_are_two_others() -> None:
    draft = Draft(
        fields={"lead_name": "江苏虚构装备股份有限公司"},
        members=(Member(name="江苏虚构大学"), Member(name="江苏 虚构大学"), Member(name="江苏虚构装备股份有限公司")),
    )
    assert [problem.code for problem in check_members(draft, CALL)] == ["duplicate_member", "lead_as_member"]
    assert [problem.code for problem in check_members(Draft(), CALL)] == ["too_few_members"]


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("3,000", 3000),
        ("300万", 3000000),
        ("1.1亿", 110000000),
        ("１２", 12),
        ("一万二", 12000),
        ("两千零三", 2003),
        ("三点五万", 35000),
        ("-5", -5),
        ("十几", None),
        ("", None),
    ],
)
def test_numbers_as_people_write_them(said: str, number: float | None) -> None:
    assert to_number(said) == number


@pytest.mark.parametrize(
    ("cell", "tasks"),
    [
        ("牵头单位，负责任务1、任务8、任务12。", (1, 8, 12)),
        ("参与单位，负责任务3、9和10", (3, 9, 10)),
        ("第1、8项", (1, 8)),
        ("承担第3项、第9项任务", (3, 9)),
        ("任务4至任务7", (4, 5, 6, 7)),
        ("任务4-7、9", (4, 5, 6, 7, 9)),
        ("任务1,3,8", (1, 3, 8)),
        ("任务1.构建资源库；任务3.技术研发", (1, 3)),
        ("任务1、3，20人参与，5项专利", (1, 3)),
        ("任务一、任务十二：统筹", (1, 12)),
        ("1、3、8", (1, 3, 8)),
        ("负责编制行业高质量数据集目录", (7,)),
        ("任务8（建设20个数据集）、任务9", (8, 9)),
        ("参与3项任务", ()),
        ("/", ()),
    ],
)
def test_a_duty_names_its_tasks_in_many_ways(cell: str, tasks: tuple[int, ...]) -> None:
    assert read_duty(cell, CALL).tasks == tasks


@pytest.mark.parametrize(
    ("task", "cell", "figures"),
    [
        (1, "数据规模820TB、整机工况记录110万条", [(820, "TB"), (1100000, "条")]),
        (3, "新增申请发明专利数（单位：个）：十二件", [(12, "个")]),
        (8, "到2027年6月，登记高质量数据集20个", [(20, "个")]),
        (8, "登记高质量数据集数（单位：个）。", []),
        (5, "牵头1项，参与两项", [(1, "项"), (2, "项")]),
        (14, "150家", [(150, "个")]),
        (1, "1,200小时（语音）", [(1200, "小时")]),
        (8, "建设一批数据集，登记30个", [(30, "个")]),
        (8, "尽可能多", []),
    ],
)
def test_a_target_cell_says_its_figures(task: int, cell: str, figures: list[tuple[float, str]]) -> None:
    row = CALL.task_by_number[task]
    read = read_amounts(cell, row)
    assert read.code == ""
    assert [(one.value, one.unit) for one in settle(row, read.amounts)] == figures


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2-3项", "range_not_exact"),
        ("2～3项", "range_not_exact"),
        ("2至3项", "range_not_exact"),
        ("两到三项", "range_not_exact"),
        ("约3项", "approximate_target"),
        ("3项左右", "approximate_target"),
        ("十几项", "approximate_target"),
        ("20余项", "approximate_target"),
        ("两三项", "approximate_target"),
        ("若干项", "approximate_target"),
    ],
)
def test_a_figure_must_be_one_exact_number(cell: str, code: str) -> None:
    assert read_amounts(cell, CALL.task_by_number[5]).code == code


def test_a_number_nobody_means_is_none() -> None:
    """A cell of four hundred nines broke the check of the whole file."""
    task = CALL.task_by_number[8]
    assert read_amounts("9" * 400 + "个", task).amounts == ()
    with pytest.raises(FactsError):
        from_facts({"tasks": {"8": {"selected": True, "targets": [{"value": 10**400, "unit": "个"}]}}}, CALL)
