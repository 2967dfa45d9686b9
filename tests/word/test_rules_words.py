"""Dates in words, units that are asked to join in, dots to write on, the promise with its numeral in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.word.test_rules import CALL, added, codes, field, sound

SPEAKING = [
    ("date_out_of_range", "第三阶段（二〇二七年一月至二〇二七年八月）：总结推广。"),
    ("date_out_of_range", "第三阶段（二○二七年七月—十二月）：总结推广。"),
    ("date_out_of_range", "第一阶段（二零二五年十月—2026年6月）：梳理需求。"),
    ("unit_not_in_consortium", "委托虚构己标注有限公司承担样本标注。"),
    ("unit_not_in_consortium", "联合虚构庚工程研究院开展模型训练。"),
    ("placeholder_left", "预计新增产值…………万元。"),
    ("placeholder_left", "预计新增产值。。。。"),
]
SILENT = [
    "第三阶段（二〇二七年一月至二〇二七年六月三十日）：总结推广。",
    "第一阶段（二〇二六年一月—六月）：梳理需求，二〇二七年八月以后转入常态运营。",
    "委托虚构1号大学承担样本标注，联合虚构甲装备股份有限公司开展训练。",
    "采购虚构辛设备有限公司的设备，租用虚构壬云计算有限公司的云资源。",
    "委托第三方检测公司开展质量检测，联合省内高水平大学开展研究。",
    "委托虚构癸测评有限公司开展测评，联合虚构子行业协会开展宣讲。",
    "牵头单位已联合虚构丑大学开展前期研究。",
    "持续推进……，逐步完善。",
]


@pytest.mark.parametrize(("code", "line"), SPEAKING)
def test_a_defect_in_words_is_found(code: str, line: str) -> None:
    assert codes(added("plan", line)(sound())) == [(code, "五")]


@pytest.mark.parametrize("line", SILENT)
def test_honest_words_raise_nothing(line: str) -> None:
    assert codes(added("plan", line)(sound())) == []


def test_a_field_of_dots_is_missing_and_nothing_more() -> None:
    assert codes(field("contact_title", "…………")(sound())) == [("contact_missing", "一/联系人/职务")]


@pytest.mark.parametrize(("years", "found"), [("三", []), ("两", [("commitment_altered", "七")])])
def test_the_promise_may_write_its_years_in_words(years: str, found: list[tuple[str, str]]) -> None:
    form, said = sound(), CALL.of_kind("commitment")
    assert said is not None and form.promise is not None and any("近3年" in one for one in said.statements)
    lines = tuple(one.replace("近3年", f"近{years}年") for one in said.statements)
    assert codes(replace(form, promise=replace(form.promise, paragraphs=lines))) == found
