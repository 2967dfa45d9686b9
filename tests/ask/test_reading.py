"""Reading a question: numbers, names, places, days, slips."""

import pytest

from knowledge.answers.engine import AnswerEngine
from knowledge.answers.mentions import days_in, numbered_tasks
from knowledge.call.definition import Call
from knowledge.language.normal import LONGEST, normalise, number


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("任务3", (3,)),
        ("第十二项", (12,)),
        ("任务3和5", (3, 5)),
        ("任务3-6", (3, 4, 5, 6)),
        ("任务3、任务十", (3, 10)),
        ("第2、5、6项", (2, 5, 6)),
        ("13号任务", (13,)),
        ("task 7", (7,)),
        ("任务99", ()),
        ("任务一共几项", ()),
        ("第三方测评", ()),
        ("第二部分", ()),
        ("第一次报", ()),
    ],
)
def test_tasks_named_by_number(text: str, tasks: tuple[int, ...], call: Call) -> None:
    assert numbered_tasks(text, call)[0] == tasks


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("4月3日", ((2026, 4, 3),)),
        ("2027年7月", ((2027, 7, 0),)),
        ("明年三月", ((2027, 3, 0),)),
        ("4.10交", ((2026, 4, 10),)),
        ("2026-04-05", ((2026, 4, 5),)),
        ("2028年", ((2028, 0, 0),)),
        ("任务3", ()),
    ],
)
def test_days_named(text: str, days: tuple[tuple[int, int, int], ...]) -> None:
    assert days_in(text, 2026) == days


@pytest.mark.parametrize(
    ("text", "value"), [("12", 12), ("十五", 15), ("两", 2), ("二十", 20), ("百", None), ("", None)]
)
def test_numbers(text: str, value: int | None) -> None:
    assert number(text) == value


def test_script_width_and_length_are_made_uniform() -> None:
    assert normalise("請問　ＤａａＳ\u200b") == "请问 daas"
    assert len(normalise("长" * 20_000)) == LONGEST


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("申抱书", "申报书"),
        ("tuijian danwei", "推荐单位"),
        ("deadline", "截止"),
        ("可以吗", "可以吗"),
        ("abc xyz", "abc xyz"),
    ],
)
def test_slips_and_pinyin_are_put_right(text: str, wanted: str, desk: AnswerEngine) -> None:
    assert desk._known.repair(text) == wanted
