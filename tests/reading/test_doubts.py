"""Clauses that decide nothing, names of the same sound, and figures changed: each speaking and silent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.form.draft import Amount
from drafting.reading.doubts import firm
from drafting.reading.relative import applied, change, same
from drafting.reading.sounds import respelt
from knowledge.call.definition import Call


def test_what_is_said_for_certain_is_kept_and_what_is_conditional_is_asked_back(call: Call) -> None:
    said = firm("5肯定做；要是预算够，10也做", call)
    assert said.text == "5肯定做"
    assert [(one.code, one.on) for one in said.problems] == [("ambiguous_task", "10")]


@pytest.mark.parametrize("text", ["5和10做，15不做", "如果可以的话，5和10做", "没人手做10", "可能性大的5和10做"])
def test_a_message_without_doubt_stays_as_it_is(call: Call, text: str) -> None:
    assert firm(text, call).text == text


def test_a_name_of_the_same_sound_is_put_right_but_not_inside_a_units_name(call: Call) -> None:
    assert respelt("首席数据管那项不做", call) == "首席数据官那项不做"
    assert respelt("苏州首席数据管科技有限公司参与", call) == "苏州首席数据管科技有限公司参与"
    assert respelt("质量平台做", call) == "质量平台做"


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_what_is_added_can_be_cut_again(base: int, step: int) -> None:
    more, less = change(f"再加{step}个"), change(f"砍掉{step}个")
    assert more and less
    raised = applied(more, (Amount(value=base, unit="个"),))
    assert applied(less, raised) == (Amount(value=base, unit="个"),)


@pytest.mark.parametrize("text", ["加到60家", "减到5个", "不少于5个", "至少3个", "参加的3家", "新增5个"])
def test_a_figure_of_its_own_is_no_change(text: str) -> None:
    assert change(text) is None


def test_twice_more_is_asked_back_since_it_may_mean_two_things() -> None:
    said = change("增加两倍")
    assert said and not applied(said, (Amount(value=8, unit="个"),))


def test_one_figure_in_two_units_is_one_figure() -> None:
    assert same(Amount(value=1.2, unit="PB"), Amount(value=1200, unit="TB"))
    assert same(Amount(value=1, unit="PB"), Amount(value=1024, unit="TB"))
    assert not same(Amount(value=1.2, unit="PB"), Amount(value=120, unit="TB"))
    assert not same(Amount(value=3, unit="张"), Amount(value=3, unit="条"))
