"""Figures as people write them, and those that are no exact figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafting.form.draft import Amount
from drafting.reading.message import understand
from drafting.reading.quantities import scan
from drafting.reading.setting import Setting
from knowledge.call.definition import Call
from knowledge.language.plain import plain

EXACT = [
    ("八百TB", 800, "TB"), ("0.8PB", 0.8, "PB"), ("八百T", 800, "TB"), ("1,200小时", 1200, "小时"), ("３０个", 30, "个"),
    ("一万二千张", 12000, "张"), ("一万二张", 12000, "张"), ("3万5千条", 35000, "条"), ("2百万帧", 2000000, "帧"),
    ("壹佰贰拾套", 120, "套"), ("1.5亿条", 150000000, "条"), ("两个", 2, "个"), ("一百零五件", 105, "件"), ("俩个", 2, "个"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "unit"), EXACT, ids=[one[0] for one in EXACT])
def test_a_figure_is_read_with_its_unit(text: str, value: float, unit: str) -> None:
    (found,) = scan(plain(text), ("TB", "张", "条", "小时", "帧", "套"))
    assert (found.amount.value, found.amount.unit, found.flaw) == (value, unit, "")


VAGUE = [
    ("5到8个", "range_not_exact"), ("5-8个", "range_not_exact"), ("3个至5个", "range_not_exact"), ("十几个", "approximate_target"),
    ("大概20个", "approximate_target"), ("20个左右", "approximate_target"), ("一百多家", "approximate_target"),
    ("两三个", "approximate_target"), ("负5个", "negative_target"), ("-5个", "negative_target"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "flaw"), VAGUE, ids=[one[0] for one in VAGUE])
def test_what_is_no_exact_figure_says_why(text: str, flaw: str) -> None:
    (found,) = scan(plain(text))
    assert found.flaw == flaw


def test_at_least_is_a_remark_and_no_doubt() -> None:
    (found,) = scan("不少于6个")
    assert (found.amount.note, found.flaw) == ("不少于", "")


@pytest.mark.parametrize("text", ["改一下", "第三方机构", "一般", "一起做"])
def test_words_with_a_numeral_in_them_are_no_figures(text: str) -> None:
    assert not list(scan(text))


@given(st.integers(1, 10**9), st.sampled_from(["TB", "张", "条", "小时", "帧", "套"]))
def test_any_plain_figure_comes_back(value: int, unit: str) -> None:
    (found,) = scan(f"{value}{unit}", ("TB", "张", "条", "小时", "帧", "套"))
    assert found.amount == Amount(value=value, unit=unit)


def targets(text: str, call: Call, asking: str = "") -> dict[int, list[tuple[float, str]]]:
    got = understand(text, Setting(call, asking=asking))
    return {number: [(one.value, one.unit) for one in found] for number, found in got.targets.items()}


SPREAD = [
    ("专利7个，模型3个", "", {3: [(7, "个")], 9: [(3, "个")]}),
    ("任务14填60家", "", {14: [(60, "个")]}),
    ("数据规模200TB，另外视频5000小时", "", {1: [(200, "TB"), (5000, "小时")]}),
    ("12", "target/8", {8: [(12, "个")]}),
    ("九个", "target/10", {10: [(9, "个")]}),
    ("专利这块改改，所里说能报九个", "", {3: [(9, "个")]}),
    ("规模300TB", "", {1: [(300, "TB")]}),
    ("第三方测评过的数据集4个", "", {11: [(4, "个")]}),
]


@pytest.mark.parametrize(("text", "asking", "wanted"), SPREAD, ids=[one[0] for one in SPREAD])
def test_figures_find_their_tasks(
    call: Call, text: str, asking: str, wanted: dict[int, list[tuple[float, str]]]
) -> None:
    assert targets(text, call, asking) == wanted


REFUSED = [
    ("专利3到5个", "", "range_not_exact", "3"),
    ("登记大约10个", "", "approximate_target", "8"),
    ("模型0个", "", "zero_target", "9"),
    ("专利30TB", "", "target_unit_mismatch", "3"),
    ("400", "target/1", "target_missing_unit", "1"),
    ("越多越好", "target/9", "target_missing_number", "9"),
    ("2.5个", "target/3", "non_integer_target", "3"),
]


@pytest.mark.parametrize(("text", "asking", "code", "on"), REFUSED, ids=[one[0] for one in REFUSED])
def test_a_figure_that_breaks_a_rule_is_refused_with_the_forms_words(
    call: Call, text: str, asking: str, code: str, on: str
) -> None:
    got = understand(text, Setting(call, asking=asking))
    assert (got.problems[0].code, got.problems[0].on, got.targets) == (code, on, {})
    assert got.problems[0].rule


def test_the_rest_of_a_message_counts(call: Call) -> None:
    got = understand("专利0个，模型6个", Setting(call))
    assert (list(got.targets), got.problems[0].code) == ([9], "zero_target")


def test_units_are_those_of_the_call(other: Call) -> None:
    assert targets("底图3000亩", other) == {1: [(3000, "亩")]}
