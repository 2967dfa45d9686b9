"""The checks: silent on a sound form, each speaking on its own defect, in the words of the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from drafting.application.whole_form import check, form_of
from drafting.form.cells import Form, Promise, UnitRow
from knowledge.call.definition import Call
from knowledge.call.pack import Pack, squeeze
from tests.word.drafts import example
from tests.word.test_roundtrip import PACKS

CALL = PACKS["shipped"].call


def sound(call: Call = CALL) -> Form:
    """A form without any defect, promise signed."""
    form = form_of(example(call), call)
    promise = call.of_kind("commitment")
    assert promise is not None
    return replace(form, promise=Promise(promise.statements, form.fields["lead_name"], "2026年3月31日"))


def codes(form: Form, call: Call = CALL) -> list[tuple[str, str]]:
    return [(one.code, one.where) for one in check(form, call)]


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_a_sound_form_raises_nothing(pack: Pack) -> None:
    call = pack.call
    assert check(sound(call), call) == []


def field(key: str, text: str) -> Callable[[Form], Form]:
    return lambda form: replace(form, fields={**form.fields, key: text})


def cover(key: str, text: str) -> Callable[[Form], Form]:
    return lambda form: replace(form, cover={**form.cover, key: text})


def both(key: str, text: str) -> Callable[[Form], Form]:
    return lambda form: field(key, text)(cover(key, text)(form))


def task(number: int, **cells: Any) -> Callable[[Form], Form]:
    return lambda form: replace(
        form, tasks=tuple(replace(row, **cells) if row.task == number else row for row in form.tasks)
    )


def unit(position: int, **cells: Any) -> Callable[[Form], Form]:
    return lambda form: replace(
        form, units=tuple(replace(one, **cells) if place == position else one for place, one in enumerate(form.units))
    )


def text(key: str, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Callable[[Form], Form]:
    return lambda form: replace(form, texts={**form.texts, key: change(form.texts[key])})


def added(key: str, line: str) -> Callable[[Form], Form]:
    """The section with its last paragraph in part replaced by this line, so that its length stays."""
    return text(key, lambda lines: (*lines[:-1], lines[-1][: -len(line)], line))


def a_sixteenth_row(form: Form) -> Form:
    return replace(form, tasks=(*form.tasks, replace(form.tasks[0], task=0, number="16")))


def without_budget(lines: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one for one in lines if "概算" not in one) + lines[:1]


def promise(**parts: Any) -> Callable[[Form], Form]:
    def changed(form: Form) -> Form:
        assert form.promise is not None
        return replace(form, promise=replace(form.promise, **parts))

    return changed


DEFECTS: list[tuple[str, str, Callable[[Form], Form]]] = [
    ("field_missing", "一/项目名称", field("project_name", " ")),
    ("field_missing", "封面/项目名称", cover("project_name", "")),
    ("contact_missing", "一/联系人/职务", field("contact_title", "/")),
    ("project_name_mismatch", "封面/项目名称", cover("project_name", "另一个虚构项目")),
    ("lead_name_mismatch", "三/牵头单位", unit(0, name="虚构甲装备公司")),
    ("lead_not_full_name", "一/牵头单位名称", both("lead_name", "虚构甲装备")),
    ("not_jiangsu_lead", "一/牵头单位名称", both("lead_name", "浙江虚构装备有限公司")),
    ("not_jiangsu_lead", "一/牵头单位名称", field("lead_profile", "公司注册于上海市，主营虚构产品。")),
    ("lead_not_legal_person", "一/牵头单位名称", both("lead_name", "虚构甲装备有限公司苏州分公司")),
    ("recommender_abbreviated", "封面/推荐单位", both("recommender", "南京市工信局")),
    ("recommender_not_city_bureau", "封面/推荐单位", both("recommender", "南京市玄武区工业和信息化局")),
    ("unknown_cluster", "一/适用行业/集群", field("cluster", "元宇宙")),
    ("unknown_chain", "一/适用行业/产业链", field("chain", "石墨烯")),
    ("chain_not_in_cluster", "一/适用行业/产业链", field("chain", "工业母机")),
    ("bad_phone", "一/联系人/电话", field("contact_phone", "1390000121")),
    ("bad_email", "一/联系人/邮箱", field("contact_email", "name.example.com")),
    ("task_row_missing", "二/任务15", lambda form: replace(form, tasks=form.tasks[:-1])),
    ("unknown_task", "二/任务16", a_sixteenth_row),
    ("task_mark_missing", "二/任务2", task(2, mark="")),
    ("task_mark_missing", "二/任务2", task(2, mark="√/×")),
    ("mandatory_task_deselected", "二/任务7", task(7, mark="✗")),
    ("target_missing_number", "二/任务5", task(5, target="/")),
    ("target_missing_number", "二/任务8", task(8, target="登记高质量数据集数（单位：个）。")),
    ("target_missing_unit", "二/任务1", task(1, target="500")),
    ("target_unit_mismatch", "二/任务3", task(3, target="20TB")),
    ("target_not_required", "二/任务4", task(4, target="2份")),
    ("zero_target", "二/任务3", task(3, target="0个")),
    ("negative_target", "二/任务3", task(3, target="-3个")),
    ("non_integer_target", "二/任务3", task(3, target="2.5个")),
    ("range_not_exact", "二/任务5", task(5, target="2～3项")),
    ("approximate_target", "二/任务10", task(10, target="约10个")),
    ("duplicate_member", "三/虚构1号大学", unit(2, name="虚构1号大学")),
    ("lead_as_member", "三/虚构甲装备股份有限公司", unit(2, name="虚构甲装备股份有限公司")),
    ("member_profile_missing", "三/虚构1号大学", unit(1, intro="")),
    ("member_duty_missing", "三/虚构1号大学", unit(1, duty="")),
    ("member_not_in_province", "三/上海虚构大学", unit(1, name="上海虚构大学")),
    ("unknown_task", "三/任务18", unit(1, duty="参与单位，负责任务4、任务18。")),
    ("section_missing", "四", text("foundation", lambda _lines: ())),
    ("section_too_short", "六", text("benefit", lambda lines: lines[:1])),
    ("section_too_long", "六", text("benefit", lambda lines: lines * 2)),
    ("placeholder_left", "六", text("benefit", lambda lines: (*lines[:-1], lines[-1].replace("任务", "XX", 1)))),
    ("placeholder_left", "三/虚构1号大学", unit(1, intro="（请填写单位简介）")),
    ("plan_part_missing", "五/项目概算", text("plan", without_budget)),
    ("number_contradiction", "五/任务3", added("plan", "任务3：新增申请发明专利18个。")),
    ("number_contradiction", "六/任务14", added("benefit", "带动应用企业达到200家。")),
    ("number_contradiction", "五/任务8", added("plan", "任务8：累计登记高质量数据集5个。")),
    ("date_out_of_range", "五", added("plan", "第三阶段（2027年7月—12月）：总结推广。")),
    ("date_out_of_range", "五", added("plan", "第一阶段（2025年10月—2026年6月）：梳理需求。")),
    ("date_out_of_range", "五", added("plan", "第四阶段（2027年下半年）：总结推广。")),
    ("date_out_of_range", "五", added("plan", "2027年9月底前完成全部验收。")),
    ("date_out_of_range", "五", added("plan", "第三阶段（2027.01-2027.09）：总结推广。")),
    ("date_out_of_range", "五", added("plan", "第四阶段（2028年）：总结推广。")),
    ("lead_not_legal_person", "一/牵头单位名称", field("lead_profile", "单位注册于南京，不具有独立法人资格。")),
    ("budget_sum_mismatch", "五/概算", added("plan", "项目总投入1000万元。其中，治理600万元，平台300万元。")),
    ("budget_sum_mismatch", "五/概算", added("plan", "总投资0.1亿元。资金由联合体自筹800万元，申请财政资金300万元。")),
    ("unit_not_in_consortium", "五", added("plan", "平台运维由虚构戊科技有限公司负责。")),
    ("commitment_altered", "七", promise(paragraphs=("本单位近1年内没有违规行为。",))),
    ("commitment_altered", "七", promise(paragraphs=())),
    ("commitment_undated", "七", promise(date="")),
    ("commitment_unit_mismatch", "七", promise(unit="虚构乙有限公司")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "where", "spoil"), DEFECTS, ids=[f"{one[0]}@{one[1]}" for one in DEFECTS])
def test_a_defect_is_found_in_its_place(code: str, where: str, spoil: Callable[[Form], Form]) -> None:
    assert (code, where) in codes(spoil(sound()))


def test_a_defect_raises_hardly_more_than_itself() -> None:
    for code, where, spoil in DEFECTS:
        others = {one for one in codes(spoil(sound())) if one != (code, where)}
        assert len(others) <= 2, (code, where, others)


def test_a_task_that_is_left_has_no_figure_and_no_unit() -> None:
    left = task(12, mark="×", target="3个")(sound())
    assert ("target_on_deselected_task", "二/任务12") in codes(left)
    assert ("member_assigned_unselected_task", "三/任务12") in codes(left)


def test_a_task_that_is_taken_has_a_unit() -> None:
    duties = unit(1, duty="参与单位，负责任务4、任务6至任务15。")(unit(2, duty="参与单位，负责第7项。")(sound()))
    assert codes(duties) == [("task_without_unit", "三/任务5")]


@pytest.mark.parametrize("duty", ["全面负责各项任务", "研发与推广"])
def test_nobody_is_accused_when_a_duty_names_no_numbers(duty: str) -> None:
    assert codes(unit(1, duty=duty)(sound())) == []


def test_two_members_are_enough_and_one_is_not() -> None:
    form = sound()
    assert ("too_few_members", "三/参与单位") in codes(replace(form, units=form.units[:2]))


def test_a_row_nobody_filled_is_a_leftover() -> None:
    form = sound()
    assert ("placeholder_left", "三/……") in codes(replace(form, units=(*form.units, UnitRow(label="……"))))


@pytest.mark.parametrize("mark", ["√", "✓", "✔", "☑", "是", "对号", " √ "])
def test_every_way_to_tick_counts(mark: str) -> None:
    assert codes(task(2, mark=mark)(sound())) == []


@pytest.mark.parametrize(
    "target", ["数据规模820TB、工况记录110万条", "1.5PB", "500万张", "图片300万张；600TB", "1,200小时"]
)
def test_every_way_to_write_a_figure_counts(target: str) -> None:
    assert codes(task(1, target=target)(sound())) == []


def test_a_rule_is_quoted_word_for_word() -> None:
    notice = squeeze(PACKS["shipped"].notice)
    for _code, _where, spoil in DEFECTS:
        for one in check(spoil(sound()), CALL):
            assert squeeze(one.rule) in notice, one
            assert one.mend, one


HARMLESS = [
    "任务3：新增申请发明专利12个。",
    "第二阶段（2026年7月—12月）：先登记高质量数据集5个。",
    "第三阶段（2027年1月至2027年6月）：完成数据集登记，累计达到12个，应用企业达到12家。",
    "第三阶段（2027年上半年）：总结验收，2027年7月以后转入常态运营。",
    "牵头单位2025年营业收入8.2亿元，已获授权发明专利45件。",
    "项目总投入1000万元。其中，治理600万元，平台400万元。资金由联合体自筹700万元，申请财政资金300万元。",
    "总投资1000万元，包括治理600万元（其中设备200万元）、平台400万元。所需资金1000万元全部由联合体自筹。",
    "项目概算800万元，其中数据治理300万元、平台200万元等，其余为其他支出。",
    "第一阶段（2026年）：完成建库；第二阶段（2027年）：完成推广。",
    "平台由虚构1号大学负责，虚构甲装备股份有限公司配合。",
]


@pytest.mark.parametrize("line", HARMLESS)
def test_an_honest_plan_raises_nothing(line: str) -> None:
    assert codes(added("plan", line)(sound())) == []
