"""Budgets: every division of a total is added up, sound ones stay silent."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from drafting.form import Form
from tests.word.test_rules import codes, sound, text

WRONG = [
    ("总概算0.12亿元。具体为：（1）治理600万元；（2）平台300万元。",),
    ("项目总投入1,200万元，具体包括：治理600万元；平台1,000万元，其中设备300万元。",),
    ("总投资1200万元：治理600万元，平台500万元。",),
    ("治理：600万元；平台：500万元；合计：1200万元。",),
    ("项目概算1200万元，按年度安排：2026年800万元，2027年300万元。",),
    ("项目概算1200万元。", "其中2026年投入800万元、2027年投入300万元。"),
    ("项目概算1200万元。", "资金来源：自筹800万元，申请财政资金300万元。"),
    ("项目总预算1200万元。", "1.治理600万元，其中设备200万元；", "2.平台500万元。"),
    ("项目总投入1200万元，其中治理600万元，平台600万元，推广300万元。",),
    ("项目总预算1200万元。", "（三）治理600万元；", "（四）平台500万元。"),
]
RIGHT = [
    ("总概算0.12亿元。具体为：（1）治理600万元；（2）平台600万元。", "资金全部自筹。"),
    ("项目总投入1,200万元，具体为：治理200万元；平台1,000万元，其中设备300万元。",),
    ("项目总投入1200万元：治理（含设备100万元）600万元，平台600万元。",),
    ("治理：600万元；平台：600万元；合计：0.12亿元。",),
    ("项目概算1200万元，按年度安排：2026年800万元，2027年400万元。", "按用途安排：治理700万元、平台500万元。"),
    ("项目概算1200万元。2026年投入800万元，2027年投入400万元；其中自筹900万元，申请财政资金300万元。",),
    ("项目概算1200万元。", "资金来源：自筹900万元，申请财政资金300万元。", "其中设备费2026年300万元，人员费200万元。"),
    ("项目总预算1200万元。", "1.治理600万元，其中设备200万元；", "2.平台600万元（含云资源100万元）。"),
    ("总投入约0.33亿元，其中治理1404万元、研发900万元、平台1000万元。",),
    ("项目总投入1200万元，其中治理600万元、平台400万元等。",),
    ("项目总投入1200万元，其中自筹900万元，财政300万元，用于治理700万元、平台500万元。",),
    ("项目总投入1200万元，具体为治理700万元，其中设备200万元，平台500万元。",),
    ("项目总投资1200万元，牵头单位前期已投入5000万元。", "预计年新增产值2亿元，节约成本3000万元。"),
]


def planned(*lines: str) -> Callable[[Form], Form]:
    """The plan with these paragraphs at its end, at the old length."""
    many = sum(map(len, lines))
    return text("plan", lambda old: (*old[:-1], old[-1][:-many], *lines))


@pytest.mark.parametrize("lines", WRONG)
def test_a_division_that_does_not_add_up_is_found(lines: tuple[str, ...]) -> None:
    assert codes(planned(*lines)(sound())) == [("budget_sum_mismatch", "五/概算")]


@pytest.mark.parametrize("lines", RIGHT)
def test_a_sound_budget_raises_nothing(lines: tuple[str, ...]) -> None:
    assert codes(planned(*lines)(sound())) == []
